package search

import (
	"iter"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// scanner cuts a text into folded words. What it does is the whole analysis of
// a text, the same when an index is built, searched and highlighted.
type scanner struct {
	text string
	pos  int

	start, end int    // of the word, in bytes of text
	folded     []byte // the word, folded; valid until next

	rune []byte // the current rune, folded
}

// reset begins a text and keeps the memory.
func (s *scanner) reset(text string) { s.text, s.pos = text, 0 }

// next finds the next word.
func (s *scanner) next() bool {
	s.folded = s.folded[:0]
	for s.pos < len(s.text) {
		if c := s.text[s.pos]; c < utf8.RuneSelf { // nine of ten texts are ASCII alone
			if c = foldASCII(c); c != 0 {
				s.grow(1)
				s.folded = append(s.folded, c)
				s.pos++
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(s.text[s.pos:])
		switch s.fold(r) {
		case letters:
			s.grow(size)
			s.folded = append(s.folded, s.rune...)
		case ideograph:
			if len(s.folded) > 0 {
				return true
			}
			s.grow(size)
			s.folded = append(s.folded, s.rune...)
			s.pos += size
			return true
		case nothing:
			if len(s.folded) > 0 {
				s.end = s.pos + size // a mark belongs to the letter before it
			}
		case apostrophe:
			if len(s.folded) > 0 && !s.letterAt(s.pos+size) {
				s.pos += size
				return true
			}
		case separator:
			if len(s.folded) > 0 {
				return true
			}
		}
		s.pos += size
	}
	return len(s.folded) > 0
}

// grow extends the word over the next size bytes of the text.
func (s *scanner) grow(size int) {
	if len(s.folded) == 0 {
		s.start = s.pos
	}
	s.end = s.pos + size
}

func (s *scanner) letterAt(pos int) bool {
	r, _ := utf8.DecodeRuneInString(s.text[pos:])
	return pos < len(s.text) && s.fold(r) == letters
}

// role is what a rune does in a text.
type role uint8

const (
	separator role = iota
	letters
	nothing // a mark, a soft hyphen: as if it were not there
	apostrophe
	ideograph // or another rune that is a word by itself
)

// fold leaves the folded form of a rune in s.rune: compatibility decomposition,
// without marks, in one case.
func (s *scanner) fold(r rune) role {
	s.rune = s.rune[:0]
	if r < utf8.RuneSelf {
		if c := foldASCII(byte(r)); c != 0 {
			s.rune = append(s.rune, c)
			return letters
		}
		if r == '\'' || r == '`' {
			return apostrophe
		}
		return separator
	}
	switch r {
	case '’', '‘', 'ʼ', '´', '′', '＇':
		return apostrophe
	case utf8.RuneError:
		return separator
	}
	var raw [utf8.UTFMax]byte
	var decomposed [64]byte
	n := utf8.EncodeRune(raw[:], r)
	between, inner := 0, false // bytes after the last letter; whether such stand between letters
	for rest := norm.NFKD.Append(decomposed[:0], raw[:n]...); len(rest) > 0; {
		d, size := utf8.DecodeRune(rest)
		rest = rest[size:]
		switch {
		case unicode.IsLetter(d), unicode.IsNumber(d), unicode.Is(unicode.Mc, d):
			inner = inner || between > 0
			s.rune, between = appendFolded(s.rune, d), 0
		case unicode.In(d, unicode.Mn, unicode.Me):
		case len(s.rune) > 0:
			s.rune, between = append(s.rune, string(d)...), between+size
		}
	}
	s.rune = s.rune[:len(s.rune)-between]
	if inner { // ½ is 1⁄2, which is neither 12 nor two words
		return ideograph
	}
	switch {
	case len(s.rune) == 0 && unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return nothing
	case len(s.rune) == 0:
		return separator
	}
	first, _ := utf8.DecodeRune(s.rune)
	if unicode.In(first, unicode.Han, unicode.Hiragana, unicode.Katakana) {
		return ideograph
	}
	return letters
}

// appendFolded appends a decomposed rune in the one case for all that differ
// in case only. Letters that Unicode does not decompose, but that people
// without the key type as others, become those.
func appendFolded(dst []byte, r rune) []byte {
	r = unicode.ToLower(unicode.ToUpper(r))
	switch r {
	case 'ß':
		return append(dst, "ss"...)
	case 'æ':
		return append(dst, "ae"...)
	case 'œ':
		return append(dst, "oe"...)
	case 'þ':
		return append(dst, "th"...)
	case 'ø':
		return append(dst, 'o')
	case 'ł':
		return append(dst, 'l')
	case 'đ', 'ð':
		return append(dst, 'd')
	}
	return utf8.AppendRune(dst, r)
}

// foldASCII folds an ASCII letter or digit; all else is 0.
func foldASCII(c byte) byte {
	switch {
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		return c
	case 'A' <= c && c <= 'Z':
		return c + 'a' - 'A'
	}
	return 0
}

// stem returns a folded word without the s of a plural or a possessive, after
// Harman's S-stemmer (How effective is suffixing?, JASIS 42, 1991): allergies →
// allergy, abscesses → abscess, bells → bell; but not pus, paralysis, abscess,
// gas. The result shares the memory of the word, except that ies becomes y in
// place.
func stem(word []byte) []byte {
	n := len(word)
	if n < 4 || word[n-1] != 's' {
		return word
	}
	ends := func(suffix string) bool { return n > len(suffix) && string(word[n-len(suffix):]) == suffix }
	switch {
	case ends("ss"), ends("us"), ends("is"):
		return word
	case n >= 5 && ends("ies") && word[n-4] != 'a' && word[n-4] != 'e':
		word[n-3] = 'y'
		return word[:n-2]
	case n >= 6 && (ends("sses") || ends("xes")):
		return word[:n-2]
	case !isASCIILetter(word[n-2]): // 1990s, B12s
		return word
	}
	return word[:n-1]
}

func isASCIILetter(c byte) bool { return 'a' <= c && c <= 'z' }

// Word is a word of a text.
type Word struct {
	// Start and End are where it stands, in bytes.
	Start, End int
	// Stem is what is compared of it, valid until the next word.
	Stem []byte
}

// EachWord yields the words of a text as names are compared by them (see above): folded,
// without the s of a plural or a possessive.
func EachWord(text string) iter.Seq[Word] {
	return func(yield func(Word) bool) {
		s := scanner{text: text}
		for s.next() {
			if !yield(Word{s.start, s.end, stem(s.folded)}) {
				return
			}
		}
	}
}
