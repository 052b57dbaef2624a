package annotate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// sentences cuts a part of a text into sentences by Unicode's rules (UAX 29), which
// know no abbreviations: what ends in one goes on. Places are in bytes, without the
// white space around a sentence.
func sentences(text string, start, end int) (found [][2]int) {
	state, rest := -1, text[start:end]
	at, goesOn := start, false // what was found goes on
	whole := false             // it is closed, whatever it ends in
	for rest != "" {
		var sentence string
		sentence, rest, state = uniseg.FirstSentenceInString(rest, state)
		begin := at
		at += len(sentence)
		from, to := trim(text, begin, at)
		if from == to {
			continue
		}
		last := len(found) - 1
		if n := reference(text[from:to]); n > 0 && last >= 0 { // [12] belongs to what is before it
			found[last][1], whole = from+n, true
			if from, to = trim(text, from+n, to); from == to {
				continue
			}
		}
		if last >= 0 && !whole && (goesOn || isBroken(text[found[last][0]:found[last][1]], text[from:to])) {
			found[last][1] = to
		} else {
			found = append(found, [2]int{from, to})
		}
		goesOn, whole = isAbbreviated(text[from:to]), false
	}
	return found
}

func trim(text string, from, to int) (int, int) {
	from = to - len(strings.TrimLeftFunc(text[from:to], isSpace))
	to = from + len(strings.TrimRightFunc(text[from:to], isSpace))
	return from, to
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }

// reference returns how long the rest of a reference to literature is that a text
// begins with: "12]" after a bracket, which Unicode's rules leave before the end.
func reference(text string) int {
	digits := len(text) - len(strings.TrimLeft(text, "[0123456789,–- "))
	if digits > 0 && digits < len(text) && text[digits] == ']' {
		return digits + 1
	}
	return 0
}

// isBroken reports whether a line break within a wrapped paragraph has cut a
// sentence: Unicode ends one at a paragraph separator, and a text has line breaks.
func isBroken(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, ")]}\"'”’»"))
	return !strings.ContainsRune(".!?…。", last) && after != ""
}

// abbreviations never end a sentence. MS, in capital letters, is none of them.
var abbreviations = strings.Fields("Dr Mr Mrs Ms Prof St vs v e.g E.g i.e I.e eg ie cf Cf al fig figs Fig Figs approx ca resp incl viz vol Vol pp ref refs Ref Refs eq Eq sp spp var")

// isAbbreviated reports whether a text ends in an abbreviation that something
// follows.
func isAbbreviated(text string) bool {
	text, dotted := strings.CutSuffix(text, ".")
	if !dotted {
		return false
	}
	before, word := "", text
	if i := strings.LastIndexFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == '[' || r == ',' }); i >= 0 {
		_, size := utf8.DecodeRuneInString(text[i:])
		before, word = strings.TrimRightFunc(text[:i], unicode.IsSpace), text[i+size:]
	}
	if r, size := utf8.DecodeRuneInString(word); size == len(word) && unicode.IsUpper(r) { // an initial; vitamin D and type I end a sentence
		return before == "" || isName(before)
	}
	return slices.Contains(abbreviations, word)
}

// isName reports whether the last word of a text begins with a capital letter:
// "John F." goes on, "vitamin D." does not.
func isName(text string) bool {
	word := text[strings.LastIndexByte(text, ' ')+1:]
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}
