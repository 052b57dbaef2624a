package seed

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"github.com/plexus-kg/plexus/seed/kgx"
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

// isNear reports whether two words differ in nearMiss letters at most.
func isNear(a, b string) bool { return levenshtein.ComputeDistance(a, b) <= nearMiss }

// nearestWord is nearest for predicates and types, which people also write as
// the Biolink Model does without its prefix.
func nearestWord(word string, candidates []string) string {
	biolink := kgx.Prefix + ":" + word
	if slices.Contains(candidates, biolink) {
		return biolink
	}
	if near := nearest(word, candidates); near != "" || strings.Contains(word, ":") {
		return near
	}
	return nearest(biolink, slices.DeleteFunc(slices.Clone(candidates), func(c string) bool { return !strings.HasPrefix(c, kgx.Prefix+":") }))
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
