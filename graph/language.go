package graph

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
)

// SameLanguage reports whether two language tags are one: case does not count.
func SameLanguage(a, b string) bool { return a == b || strings.EqualFold(a, b) }

// CompareLanguages orders language tags; case does not count.
func CompareLanguages(a, b string) int {
	if a == b {
		return 0
	}
	return strings.Compare(strings.ToLower(a), strings.ToLower(b))
}

// CompareSpellings orders tags that differ in case alone: first the one that is
// written as tags usually are (BCP 47, section 2.1.1): en-GB, zh-Hant.
func CompareSpellings(a, b string) int {
	if a == b {
		return 0
	}
	return cmp.Or(cmp.Compare(unusual(a), unusual(b)), cmp.Compare(a, b))
}

// unusual counts the letters of a tag that are usually written in the other case.
func unusual(tag string) (n int) {
	private := false
	for i, part := range strings.Split(tag, "-") {
		usual := strings.ToLower(part)
		switch {
		case i == 0 || private:
		case len(part) == 2:
			usual = strings.ToUpper(part)
		case len(part) == 4 && (part[0] < '0' || part[0] > '9'):
			usual = strings.ToUpper(part[:1]) + usual[1:]
		}
		private = private || len(part) == 1
		for j := range min(len(part), len(usual)) {
			if part[j] != usual[j] {
				n++
			}
		}
	}
	return n
}

// IsEnglish reports whether a language tag is that of English, or of a variety of it.
func IsEnglish(tag string) bool {
	return len(tag) >= 2 && strings.EqualFold(tag[:2], "en") && (len(tag) == 2 || tag[2] == '-')
}

// MaxLanguages is how many ranges of languages can be asked for at once.
const MaxLanguages = 20

// Languages are ranges of languages (RFC 4647) in the order in which somebody
// prefers them, as they have them in their browser: de-CH, de, en.
type Languages []string

// Check returns an error that wraps ErrInvalid for a range that is none.
func (l Languages) Check() error {
	if len(l) > MaxLanguages {
		return fmt.Errorf("%w: %d languages were asked for, at most %d can be", ErrInvalid, len(l), MaxLanguages)
	}
	for _, r := range l {
		if err := checkRange(r); err != nil {
			return fmt.Errorf("%w: %.40q is no language: %w; write a BCP 47 tag such as de or pt-BR", ErrInvalid, r, err)
		}
	}
	return nil
}

func checkRange(r string) error {
	if r == "*" {
		return nil
	}
	for i, part := range strings.Split(r, "-") {
		if len(part) == 0 || len(part) > 8 {
			return errors.New("its parts have 1 to 8 letters or digits")
		}
		for _, c := range []byte(part) {
			if letter := c|0x20 >= 'a' && c|0x20 <= 'z'; !letter && (i == 0 || c < '0' || c > '9') {
				return errors.New("it is of letters, digits and hyphens, and begins with letters")
			}
		}
	}
	return nil
}

// Lookup returns which of n tagged things answers: the first one whose tag is the
// first range or, failing that, the range without its last part, and so on, then
// the same for the next range (RFC 4647, section 3.4). It returns -1 where no
// range leads to any; the range * leads to none.
func (l Languages) Lookup(n int, tag func(int) string) int {
	for _, r := range l {
		for r != "" && r != "*" {
			for i := range n {
				if SameLanguage(tag(i), r) {
					return i
				}
			}
			r = shorter(r)
		}
	}
	return -1
}

// shorter returns a range without its last part, and without the single letter
// before that, which says nothing by itself (zh-x, de-u).
func shorter(r string) string {
	r = r[:max(0, strings.LastIndexByte(r, '-'))]
	if n := len(r); n >= 2 && r[n-2] == '-' {
		r = r[:n-2]
	}
	return r
}
