package seed

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/kgx"
	"github.com/plexus-kg/plexus/seed/schemaorg"
)

// nearest returns the candidate that was probably meant by word: the one with
// the fewest edits, the earlier of two; nothing if all are further away than a
// third of the word (but two edits are always near, in words of more than
// three letters). Letter case counts for little: it is the commonest slip. What is
// of another vocabulary, by its prefix, or has other digits, is another thing, and
// never meant.
func nearest(word string, candidates []string) string {
	length := utf8.RuneCountInString(word)
	prefix := word[:strings.IndexByte(word, ':')+1]
	counts := length - utf8.RuneCountInString(prefix)
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
		if !strings.EqualFold(prefix, c[:strings.IndexByte(c, ':')+1]) || digits(word) != digits(c) {
			continue
		}
		if d := levenshtein.ComputeDistance(lower, strings.ToLower(c)); d < best {
			best, found = d, c
		}
	}
	return found
}

// digits returns the digits of a text, but for zeros before a number.
func digits(s string) string {
	var found strings.Builder
	for i := range len(s) {
		if c := s[i]; c > '0' && c <= '9' || c == '0' && i > 0 && s[i-1] >= '0' && s[i-1] <= '9' && found.Len() > 0 {
			found.WriteByte(c)
		}
	}
	return found.String()
}

// isNear reports whether two words differ in nearMiss letters at most.
func isNear(a, b string) bool { return levenshtein.ComputeDistance(a, b) <= nearMiss }

// nearestPrefix returns the known prefix that was probably meant by another one:
// one of the same vocabulary, or a slip of one letter or of two that changed places.
// ICD10CM is not meant by ICD10, nor CHEBI by CHEMBL.
func nearestPrefix(prefix string, known []string) string {
	if v, _, isVocabulary := graph.VocabularyOf(graph.ID(prefix + ":")); isVocabulary {
		if slices.Contains(known, v.Prefix) && v.Prefix != prefix {
			return v.Prefix
		}
		return ""
	}
	lower := strings.ToLower(prefix)
	for _, k := range known {
		other := strings.ToLower(k)
		switch {
		case lower == other:
			return k
		case len(lower) < shortestPrefix || digits(lower) != digits(other):
		case len(lower) == len(other) && len(lower) > shortestPrefix && levenshtein.ComputeDistance(lower, other) == 1, isExchanged(lower, other), isDoubled(lower, other):
			return k
		}
	}
	return ""
}

// shortestPrefix is how long a prefix is at least that could be a slip: HP, MP and
// GO are near to each other.
const shortestPrefix = 4

// isExchanged reports whether two letters that follow each other have changed places.
func isExchanged(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) - 1 {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// isDoubled reports whether one of two words has a letter twice that the other has
// once.
func isDoubled(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	for i := range len(b) {
		if a[i] != b[i] {
			return i > 0 && a[i] == a[i-1] && a[i+1:] == b[i:]
		}
	}
	return len(a) == len(b)+1 && len(b) > 0 && a[len(b)] == b[len(b)-1]
}

// nearestWord is nearest for predicates and types. A word that schema.org has in the
// same role, or the Biolink Model has, is no slip. Words of the Biolink Model and of Plexus are also written
// without their prefix: those are meant by the same word, but for one letter.
func nearestWord(word string, candidates []string, role schemaorg.Role) string {
	if schemaorg.RoleOf(strings.TrimPrefix(word, "schema:")) == role {
		return ""
	}
	if graph.LookupBiolink(strings.TrimPrefix(word, kgx.Prefix+":")) != graph.NoBiolink {
		if biolink := kgx.Prefix + ":" + word; slices.Contains(candidates, biolink) {
			return biolink
		}
		return ""
	}
	near := nearest(word, candidates)
	if near != "" || strings.Contains(word, ":") {
		return near
	}
	for most := range 2 {
		for _, prefix := range []string{kgx.Prefix, "kg"} {
			for _, c := range candidates {
				if local, ok := strings.CutPrefix(c, prefix+":"); ok && levenshtein.ComputeDistance(word, local) <= most {
					return c
				}
			}
		}
	}
	return ""
}

// list joins words as a sentence does: a, b or c.
func list(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}
