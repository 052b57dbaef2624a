package graph

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CompareNames is the order of names: by case-folded code points, the same in
// every locale, then by the names as they are written.
func CompareNames(a, b string) int {
	return cmp.Or(compareFolded(a, b), cmp.Compare(a, b))
}

func compareFolded(a, b string) int {
	for a != "" && b != "" {
		ra, na := utf8.DecodeRuneInString(a)
		rb, nb := utf8.DecodeRuneInString(b)
		if ra != rb {
			if c := cmp.Compare(foldRune(ra), foldRune(rb)); c != 0 {
				return c
			}
		}
		a, b = a[na:], b[nb:]
	}
	return cmp.Compare(len(a), len(b))
}

// foldedLetters returns the first sixteen letters of a text as numbers: of two
// texts whose numbers differ, the one with the smaller numbers comes first. A
// letter beyond ASCII is the last one that counts.
func foldedLetters(s string) (letters [2]uint64) {
	for i := range letters {
		for shift := 64 - 8; shift >= 0 && s != ""; shift -= 8 {
			r, size := utf8.DecodeRuneInString(s)
			if r = foldRune(r); r >= utf8.RuneSelf {
				letters[i] |= 0xff << shift
				return letters
			}
			letters[i] |= uint64(r) << shift
			s = s[size:]
		}
	}
	return letters
}

// foldRune returns one rune for all that differ in case only.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

// CompareConcepts is the default order of concepts: by name, then by id.
func CompareConcepts(a, b *Concept) int {
	return cmp.Or(compareFolded(a.Name(), b.Name()), cmp.Compare(a.ID, b.ID))
}

// CompareLocators is the order of positions in a source: digits in them
// compare as numbers, so that L2.S1 comes before L10.S1; an empty locator
// comes last.
func CompareLocators(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(len(b), len(a))
	}
	return compareNatural(a, b)
}

// compareNatural compares runs of digits as numbers and all else by bytes.
func compareNatural(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		if isDigit(x[0]) && isDigit(y[0]) {
			var dx, dy string
			dx, x = cutDigits(x)
			dy, y = cutDigits(y)
			dx, dy = strings.TrimLeft(dx, "0"), strings.TrimLeft(dy, "0")
			if c := cmp.Or(cmp.Compare(len(dx), len(dy)), cmp.Compare(dx, dy)); c != 0 {
				return c
			}
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func cutDigits(s string) (digits, rest string) {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	return s[:i], s[i:]
}
