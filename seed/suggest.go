package seed

import (
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// nearest returns the candidate that was probably meant by word: the one with
// the fewest edits, the earlier of two; nothing if all are further away than a
// third of the word (but two edits are always near, in words of more than
// three letters). Letter case counts for little: it is the commonest slip. Of a
// CURIE only the letters after the prefix count for how near is near.
func nearest(word string, candidates []string) string {
	length := utf8.RuneCountInString(word)
	counts := length - utf8.RuneCountInString(word[:strings.IndexByte(word, ':')+1])
	limit := counts / 3
	if counts > 3 {
		limit = max(limit, 2)
	}
	lower := strings.ToLower(word)
	best, found := limit+1, ""
	for _, c := range candidates {
		if gap := utf8.RuneCountInString(c) - length; gap >= best || -gap >= best || c == word {
			continue
		}
		if d := levenshtein.ComputeDistance(lower, strings.ToLower(c)); d < best {
			best, found = d, c
		}
	}
	return found
}

// shorten keeps a quoted text of a message readable.
func shorten(s string) string {
	const limit = 60
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	return string([]rune(s[:min(len(s), 4*limit)])[:limit-1]) + "…"
}

// list joins words as a sentence does: a, b or c.
func list(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}
