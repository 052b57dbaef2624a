package search

import (
	"strings"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/graph"
)

// write writes hits for the caller, into memory that it may have used before.
func (s *scratch) write(dst []Hit, hits []found) []Hit {
	spare := dst[:cap(dst)]
	dst = dst[:0]
	for i, f := range hits {
		var ranges []Range
		if i < len(spare) {
			ranges = spare[i].Match.Ranges[:0]
		}
		dst = append(dst, s.hit(f, ranges))
	}
	return dst
}

func (s *scratch) hit(f found, ranges []Range) Hit {
	coverage := 1.0
	if f.tier.kind() != Exact {
		coverage = min(1, float64(s.letters)/float64(max(1, utf8.RuneCount(s.x.text(f.entry)))))
	}
	row := float64(f.tier)*float64(shelves) + float64(s.x.shelf(f.entry))
	h := Hit{Concept: s.x.ref(f.entry), Score: 1 - (row+1-coverage)/(float64(tiers)*float64(shelves))}
	if len(s.languages) > 0 {
		f.entry = s.inLanguage(f)
	}
	h.Match = s.matchOf(f, ranges)
	return h
}

// matchOf says why a hit is one.
func (s *scratch) matchOf(f found, ranges []Range) Match {
	m := Match{
		Field: s.x.field(f.entry), Kind: f.tier.kind(), Text: string(s.x.text(f.entry)), Language: s.x.language(f.entry), Edits: f.tier.edits(),
	}
	if m.Field == Description {
		if p := s.x.predicate(f.entry); p > 0 {
			m.Field, m.Predicate = Value, graph.PredicateRef(p-1)
		}
	} else if relation := int(s.x.relation(f.entry)); relation > 0 {
		if scopes := graph.Scopes(); m.Field == Synonym && relation <= len(scopes) {
			m.Scope = scopes[relation-1]
		}
		if mappings := graph.Matches(); m.Field == Code && relation <= len(mappings) {
			m.Mapping = mappings[relation-1]
		}
	}
	h := highlighter{text: m.Text, ranges: ranges}
	if m.Field == Code {
		s.highlightCode(&h, m.Kind)
	} else {
		s.highlight(&h, m.Kind)
	}
	m.Ranges = h.ranges
	return m
}

// inLanguage returns the text of a concept that is told for a hit: of those that
// match in the same way, the one that the languages lead to. Codes have no
// language, and of misspellings each has edits of its own.
func (s *scratch) inLanguage(f found) uint32 {
	field := s.x.field(f.entry)
	if field == Code || f.tier.kind() == Typo {
		return f.entry
	}
	alike := []uint32{f.entry}
	var h highlighter
	for _, e := range s.x.siblings.of(s.x, s.x.ref(f.entry)) {
		other := s.x.field(e)
		if e == f.entry || other == Code || (other == Description) != (field == Description) ||
			field == Description && s.x.predicate(e) != s.x.predicate(f.entry) {
			continue
		}
		h = highlighter{text: string(s.x.text(e)), ranges: h.ranges[:0]}
		if s.highlight(&h, f.tier.kind()) {
			alike = append(alike, e)
		}
	}
	return alike[max(0, s.languages.Lookup(len(alike), func(i int) string { return s.x.language(alike[i]) }))]
}

// highlight marks the words of a text that match, in the first spelling in which
// all that was typed does. It reports false, and marks nothing, if there is none.
func (s *scratch) highlight(h *highlighter, k MatchKind) bool {
	typed := s.query
	defer func() { s.query = typed }()
	for i := -1; i < len(s.others); i++ {
		if i >= 0 {
			s.query = s.others[i]
		}
		if s.highlightWords(h, k) {
			return true
		}
		h.ranges = h.ranges[:0]
	}
	return false
}

// highlightWords marks the words of a text that match, or as much of them as
// does, and reports whether all that was typed does.
func (s *scratch) highlightWords(h *highlighter, k MatchKind) bool {
	position, matched := 0, uint64(0)
	for s.scanText.reset(h.text); s.scanText.next(); position++ {
		t := &s.scanText
		folded := string(t.folded)
		stemmed := string(stem(t.folded))
		from, to := 0, len(s.words) // the typed words that this one may be
		if k == Exact || k == Prefix {
			from, to = min(position, to), min(position+1, to)
			if from == to && k == Exact {
				return false
			}
		}
		marked := false
		for i := from; i < to; i++ {
			part, all, ok := s.match(folded, stemmed, s.words[i], k, i == len(s.words)-1)
			if !ok {
				continue
			}
			matched |= 1 << i
			switch {
			case marked:
			case all:
				h.mark(t.start, t.end)
			default:
				h.markPart(t.start, t.end, part.Start, part.End)
			}
			marked = true
		}
	}
	return matched == 1<<len(s.words)-1
}

// match reports whether a word of a text is why a typed word matches, and which
// part of it, if not all. The last typed word may be the beginning of it.
func (s *scratch) match(folded, stemmed string, w word, k MatchKind, last bool) (part Range, all, ok bool) {
	begun := last && s.open && k != Exact && (k == Prefix || s.completing)
	switch {
	case stemmed == w.stem:
		return part, true, true
	case begun && strings.HasPrefix(folded, w.folded):
		return Range{0, len(w.folded)}, false, true
	case k == Parts && utf8.RuneCountInString(w.stem) >= PartFrom && strings.Contains(stemmed, w.stem):
		at := max(0, strings.Index(folded, w.stem))
		return Range{at, at + len(w.stem)}, false, true
	case k == Typo && begun && w.edits > 0 && s.beginsNear(stemmed, w):
		return part, true, true
	default:
		return part, true, k == Typo && distanceWithin(w.stem, stemmed, w.edits) <= w.edits
	}
}

// beginsNear reports whether a stem has a beginning that a begun word may
// misspell.
func (s *scratch) beginsNear(stemmed string, w word) bool {
	a := automaton{letters: []rune(w.folded), distance: uint8(w.edits)}
	a.start()
	for at, r := range stemmed {
		if !a.push(r, at+utf8.RuneLen(r)) {
			break
		}
	}
	return a.best[a.depth] <= a.distance
}

// highlightCode marks what was typed of a code, with or without its vocabulary.
func (s *scratch) highlightCode(h *highlighter, k MatchKind) {
	whole, local := codeKeys(h.text)
	from := strings.Index(h.text, ":") + 1
	switch {
	case k == Exact && whole == s.code:
		h.mark(0, len(h.text))
	case k == Exact:
		h.mark(from, len(h.text))
	case strings.HasPrefix(whole, s.code):
		h.markPart(0, len(h.text), 0, len(strings.Replace(s.code, ":", "", 1)))
	case strings.HasPrefix(local, s.local):
		h.markPart(from, len(h.text), 0, len(s.local))
	}
}

// highlighter gathers ranges of a text, from left to right.
type highlighter struct {
	text   string
	ranges []Range

	bytes, units int // how far the text has been measured
	scan         scanner
}

// mark marks a range of bytes.
func (h *highlighter) mark(start, end int) {
	h.ranges = append(h.ranges, Range{h.at(start), h.at(end)})
}

// at returns a place in the text in UTF-16 code units.
func (h *highlighter) at(place int) int {
	if place < h.bytes {
		h.bytes, h.units = 0, 0
	}
	for h.bytes < place {
		r, size := utf8.DecodeRuneInString(h.text[h.bytes:])
		h.bytes += size
		h.units++
		if r > 0xffff {
			h.units++
		}
	}
	return h.units
}

// markPart marks that part of a range of bytes that is folded to [from, to).
func (h *highlighter) markPart(start, end, from, to int) {
	first, folded := start, 0
	for at := start; at < end; {
		r, size := utf8.DecodeRuneInString(h.text[at:])
		role := h.scan.fold(r)
		at += size
		if role != letters && role != ideograph {
			if folded <= from {
				first = at
			}
			continue
		}
		folded += len(h.scan.rune)
		if folded <= from {
			first = at
		}
		if folded >= to {
			h.mark(first, at)
			return
		}
	}
	h.mark(first, end)
}
