package search

import (
	"bytes"
	"sort"
	"unicode"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/graph"
)

// candidate is a word of the dictionary that a typed word may mean.
type candidate struct {
	word  uint32
	edits uint8
	begun bool // the typed word is but a beginning of it
}

// lookUp finds a word of the dictionary.
func (x *Index) lookUp(stem string) (uint32, bool) {
	w := x.wordFrom(stem)
	return w, w < x.Words && string(x.word(w)) == stem
}

// dictionary is an Index as a list of words.
type dictionary Index

func (d *dictionary) at(i int) []byte { return (*Index)(d).word(uint32(i)) }

// wordFrom returns the first word of the dictionary that is not before s.
func (x *Index) wordFrom(s string) uint32 {
	x.wordLadder.make(int(x.Words), (*dictionary)(x))
	low, high := x.wordLadder.around(s, int(x.Words))
	return uint32(low + sort.Search(high-low, func(i int) bool { return string(x.word(uint32(low+i))) >= s }))
}

// containing appends the words that contain a stem and are longer.
func (x *Index) containing(dst []candidate, stem string) []candidate {
	for from := 0; ; {
		i := bytes.Index(x.words[from:], []byte(stem))
		if i < 0 {
			return dst
		}
		from += i
		// The last word that begins at or before the hit.
		w := uint32(sort.Search(int(x.Words), func(w int) bool { return u32(x.wordStarts, uint32(w)) > uint32(from) })) - 1
		end := u32(x.wordStarts, w+1)
		if end <= uint32(from) {
			panic(damage("the words are out of order"))
		}
		if uint32(from+len(stem)) > end { // it reaches into the next word
			from++
			continue
		}
		if len(x.word(w)) > len(stem) {
			dst = append(dst, candidate{word: w})
		}
		from = int(end)
	}
}

// parts finds the texts that have each word, or a longer one around it.
func (s *scratch) parts() {
	for i, w := range s.distinct {
		s.candidates = s.candidates[:0]
		if n, known := s.x.lookUp(w.stem); known {
			s.candidates = append(s.candidates, candidate{word: n})
		}
		if utf8.RuneCountInString(w.stem) >= PartFrom {
			s.spend(len(s.x.words) / 16)
			s.candidates = s.x.containing(s.candidates, w.stem)
		}
		if !s.join(i) {
			break
		}
	}
	s.joined(Parts, len(s.distinct))
}

// typos finds the texts that have each word, or one that it may misspell; failing
// that, of a few words, those that have it where two of them are written as one.
func (s *scratch) typos() {
	s.typosOf(s.distinct)
	for i := 1; i < len(s.words) && len(s.words) <= mostJoined && len(s.hits) == 0 && s.ctx.Err() == nil; i++ {
		o := s.joinedAt(i-1, 2)
		s.others = append(s.others, o)
		s.typosOf(o.distinct)
	}
}

func (s *scratch) typosOf(words []word) {
	for i, w := range words {
		s.misspelled(w, false)
		if !s.join(i) {
			break
		}
	}
	s.joined(Typo, len(words))
}

// join notes which entries have one of the candidates, beside the i words
// before, and adds the least edits to their cost. It reports whether any has.
func (s *scratch) join(i int) (found bool) {
	limit := int64(s.x.named())
	for _, cost := range []uint8{0, 1, maxWordEdit, begunCost, begunCost + 1, begunCost + maxWordEdit} {
		for _, c := range s.candidates {
			if c.cost() != cost {
				continue
			}
			last, list := int64(-1), s.x.list(c.word)
			if graph.Spend(s.ctx, len(list)) != nil {
				return false
			}
			for len(list) > 0 {
				list, last = next(list, last)
				if last >= limit {
					break
				}
				if s.stage[last] != uint8(i) {
					continue
				}
				if i == 0 {
					s.touched = append(s.touched, uint32(last))
				}
				s.stage[last]++
				s.cost[last] += cost
				found = true
			}
		}
	}
	return found
}

// begunCost is what a begun word costs beside its edits: more than the edits of all
// words.
const begunCost = 1 << 7

func (c candidate) cost() uint8 {
	if c.begun {
		return c.edits + begunCost
	}
	return c.edits
}

// joined takes the entries that have all n words as hits, the least edits first,
// of these the texts of no further word, and clears what join noted. Nobody guesses
// at abbreviations: one letter makes another one.
func (s *scratch) joined(k MatchKind, n int) {
	if k == Parts {
		for _, e := range s.touched {
			if int(s.stage[e]) == n {
				s.mark(e)
			}
		}
		s.addMarked(partsTier)
	}
	for edits := uint8(1); k == Typo && edits <= MaxEdits; edits++ {
		s.joinedOf(n, edits, typoTier+2*tier(edits-1))
	}
	for edits := uint8(1); k == Typo && s.completing && edits <= MaxEdits; edits++ {
		s.joinedOf(n, begunCost+edits, begunTypoTier+2*tier(edits-1))
	}
	for _, e := range s.touched {
		s.stage[e], s.cost[e] = 0, 0
	}
	s.touched = s.touched[:0]
}

// isAbbreviation reports whether a text has capitals, and no small letter.
func isAbbreviation(text []byte) bool {
	return bytes.IndexFunc(text, unicode.IsLower) < 0 && bytes.IndexFunc(text, unicode.IsUpper) >= 0
}

// joinedOf is joined for misspellings of one cost.
func (s *scratch) joinedOf(n int, cost uint8, t tier) {
	for _, e := range s.touched {
		if int(s.stage[e]) == n && s.cost[e] == cost {
			s.mark(e)
		}
	}
	s.marked(func(e uint32) {
		if bytes.Count(s.x.key(e), []byte(" ")) == n-1 && !isAbbreviation(s.x.text(e)) {
			s.add(found{e, t})
		} else {
			s.listA = append(s.listA, e)
		}
	})
	for _, e := range s.listA {
		s.add(found{e, t + 1})
	}
	s.listA = s.listA[:0]
}

// misspelled leaves the words that a word may misspell, or misspell the
// beginning of, in s.candidates.
func (s *scratch) misspelled(w word, begun bool) {
	s.candidates = s.candidates[:0]
	s.spend(int(s.x.Words))
	switch {
	case w.edits > 0 && begun:
		s.candidates = s.x.near(s.candidates, w.folded, w.edits, true)
		if w.stem != w.folded {
			s.candidates = s.x.near(s.candidates, w.stem, w.edits, false)
		}
	case w.edits > 0:
		s.candidates = s.x.near(s.candidates, w.stem, w.edits, false)
	case begun:
		for n := s.x.wordFrom(w.folded); n < s.x.Words && bytes.HasPrefix(s.x.word(n), []byte(w.folded)); n++ {
			s.candidates = append(s.candidates, candidate{word: n, begun: len(s.x.word(n)) > len(w.folded)})
		}
	default:
		if n, known := s.x.lookUp(w.stem); known {
			s.candidates = append(s.candidates, candidate{word: n})
		}
	}
}
