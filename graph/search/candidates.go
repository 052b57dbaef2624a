package search

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// candidate is a word of the dictionary that a typed word may mean.
type candidate struct {
	word  uint32
	edits uint8
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
			s.candidates = s.x.containing(s.candidates, w.stem)
		}
		if !s.join(i) {
			break
		}
	}
	s.joined(Parts, len(s.distinct))
}

// typos finds the texts that have each word, or one that it may misspell.
func (s *scratch) typos() {
	for i, w := range s.distinct {
		s.misspelled(w, false)
		if !s.join(i) {
			break
		}
	}
	s.joined(Typo, len(s.distinct))
}

// join notes which entries have one of the candidates, beside the i words
// before, and adds the least edits to their cost. It reports whether any has.
func (s *scratch) join(i int) (found bool) {
	limit := int64(s.x.Bounds[Description])
	for edits := range uint8(maxWordEdit + 1) {
		for _, c := range s.candidates {
			if c.edits != edits {
				continue
			}
			if s.ctx.Err() != nil {
				return false
			}
			last := int64(-1)
			for list := s.x.list(c.word); len(list) > 0; {
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
				s.cost[last] += edits
				found = true
			}
		}
	}
	return found
}

// joined takes the entries that have all n words as hits, the least edits first,
// and clears what join noted.
func (s *scratch) joined(k MatchKind, n int) {
	for edits := range uint8(MaxEdits + 1) {
		for _, e := range s.touched {
			if int(s.stage[e]) == n && s.cost[e] == edits && (k != Typo || edits > 0) {
				s.mark(e)
			}
		}
		s.markedWithin(0, s.x.Bounds[Description], func(e uint32) {
			s.add(found{entry: e, row: rowOf(k, s.x.field(e), int(edits)), edits: edits})
		})
		if k == Parts {
			break
		}
	}
	for _, e := range s.touched {
		s.stage[e], s.cost[e] = 0, 0
	}
	s.touched = s.touched[:0]
}

// misspelled leaves the words that a word may misspell, or misspell the
// beginning of, in s.candidates.
func (s *scratch) misspelled(w word, begun bool) {
	s.candidates = s.candidates[:0]
	switch {
	case w.edits > 0 && begun:
		s.candidates = s.x.near(s.candidates, w.folded, w.edits, true)
	case w.edits > 0:
		s.candidates = s.x.near(s.candidates, w.stem, w.edits, false)
	case begun:
		for n := s.x.wordFrom(w.folded); n < s.x.Words && bytes.HasPrefix(s.x.word(n), []byte(w.folded)); n++ {
			s.candidates = append(s.candidates, candidate{word: n})
		}
	default:
		if n, known := s.x.lookUp(w.stem); known {
			s.candidates = append(s.candidates, candidate{word: n})
		}
	}
}
