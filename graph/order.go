package graph

import (
	"cmp"
	"slices"
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

// CompareTexts is the order of names and descriptions: without a language first,
// then English, then the other languages by tag; within one language by name.
func CompareTexts(a, b Text) int {
	return cmp.Or(cmp.Compare(languageRank(a.Language), languageRank(b.Language)),
		CompareLanguages(a.Language, b.Language), CompareNames(a.Text, b.Text), CompareSpellings(a.Language, b.Language))
}

func languageRank(tag string) int {
	switch {
	case tag == "":
		return 0
	case IsEnglish(tag):
		return 1
	default:
		return 2
	}
}

// CompareSynonyms is the order of synonyms: by text as texts are ordered, then by
// scope and vocabulary.
func CompareSynonyms(a, b Synonym) int {
	return cmp.Or(cmp.Compare(languageRank(a.Language), languageRank(b.Language)), CompareLanguages(a.Language, b.Language), CompareNames(a.Text, b.Text),
		cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Via, b.Via), CompareSpellings(a.Language, b.Language))
}

// CompareCodes is the order of codes: the closest match first and "not stated"
// last, then by code.
func CompareCodes(a, b Code) int {
	return cmp.Or(cmp.Compare(matchRank(a.Match), matchRank(b.Match)),
		cmp.Compare(a.Code, b.Code), cmp.Compare(a.Label, b.Label), cmp.Compare(a.Via, b.Via))
}

func matchRank(m Match) int {
	if i := slices.Index(Matches(), m); i >= 0 {
		return i
	}
	return len(Matches())
}

// CompareClasses orders classes by the kind they make, then by name: the
// order of a concept's further types, and the rule that picks the first one
// where a store does not say which it is.
func CompareClasses(a, b ID) int {
	return cmp.Or(cmp.Compare(KindOf(a), KindOf(b)), cmp.Compare(a, b))
}

// CompareProperties is the order of further values: by predicate, then by value.
func CompareProperties(a, b Property) int {
	return cmp.Or(cmp.Compare(a.Predicate, b.Predicate), CompareValues(a.Value, b.Value))
}

// CompareValues is the order of values: by text as names are ordered, then by
// language and datatype.
func CompareValues(a, b Value) int {
	return cmp.Or(CompareNames(a.Text, b.Text), cmp.Compare(a.Language, b.Language), cmp.Compare(a.Datatype, b.Datatype))
}

// CompareLinks is an order of links, each with its statements.
func (o Order) CompareLinks(a, b Link) int {
	byName := cmp.Or(cmp.Compare(a.Other, b.Other), cmp.Compare(a.Predicate, b.Predicate))
	switch {
	case o == BySource && a.Statements[0] != b.Statements[0]:
		return cmp.Compare(a.Statements[0], b.Statements[0])
	case byName == 0 && a.Incoming != b.Incoming && a.Incoming:
		return 1
	case byName == 0 && a.Incoming != b.Incoming:
		return -1
	default:
		return byName
	}
}
