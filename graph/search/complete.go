package search

import (
	"bytes"
	"context"
	"fmt"

	"github.com/plexus-kg/plexus/graph"
)

// Complete finds the first n concepts that a text under the keyboard may be on
// its way to: its words are in a name, synonym, code or related label, the last
// one perhaps only begun. It is Search for a box in which every key counts: the
// same order, the same reasons, but a word that has been begun is enough, parts
// of words and descriptions are left out, and nothing is counted. The last word
// is finished where something that is not part of a word follows it. Where nothing
// of the kinds is found, the words may be misspelled as in Search, and so may the begun one
// as far as it goes.
//
// Of the query, Window, Uncounted and Unexplained say nothing here. Errors are the context's, or wrap graph.ErrInvalid: a
// text as in Search, n below 0 or above MaxCompletions; or ErrDamaged.
func (x *Index) Complete(ctx context.Context, q Query, n int, out *Completion) (err error) {
	defer recovered(&err)
	if err := ctx.Err(); err != nil {
		return err
	}
	if n < 0 || n > MaxCompletions {
		return fmt.Errorf("%w: %d completions, at most %d can be asked for", graph.ErrInvalid, n, MaxCompletions)
	}
	if err := q.Languages.Check(); err != nil {
		return err
	}
	parsed, err := parse(q.Text)
	if err != nil {
		return err
	}
	s := x.begin(ctx, parsed)
	s.completing, s.limit, s.languages, s.deprecated = true, n, q.Languages, q.Deprecated
	if q.Kinds != nil {
		s.want = kindSet(q.Kinds)
	}
	if len(parsed.words) > 0 {
		s.completeAll()
	}
	if err = graph.Spend(ctx, hitSteps*len(s.hits)+1000*len(parsed.words)); err == nil {
		out.Hits = s.write(out.Hits, s.hits)
	}
	x.end(s)
	return err
}

func (s *scratch) completeAll() {
	s.exact()
	s.begins()
	if s.open && len(s.words) > 1 { // the last of several words is expected to go on
		s.cut(goesOnTier)
		s.inside()
	} else {
		s.inside()
		s.cut(cutTier)
	}
	if s.full() {
		return
	}
	whole, begun := s.distinct, word{}
	if s.open {
		begun = s.words[len(s.words)-1]
		whole = nil
		for _, w := range s.words[:len(s.words)-1] {
			if !hasStem(whole, w.stem) {
				whole = append(whole, w)
			}
		}
		if len(whole) > 0 {
			s.addNamed(s.withAll(whole), partsTier, func(e uint32) bool { return hasBegun(s.x.key(e), begun) })
		} else {
			s.begunWord(begun)
		}
	}
	if len(s.hits) == 0 && s.ctx.Err() == nil {
		s.completeTypos(whole, begun)
	}
}

// addNamed takes entries as hits until there are enough.
func (s *scratch) addNamed(entries []uint32, t tier, ok func(uint32) bool) {
	for _, e := range entries {
		if s.full() || e >= s.x.named() {
			return
		}
		if ok(e) {
			s.add(found{e, t})
		}
	}
}

// hasBegun reports whether a key has a word that begins as typed, or is the
// typed word but for its plural s.
func hasBegun(key []byte, begun word) bool {
	for w := range bytes.SplitSeq(key, []byte(" ")) {
		if bytes.HasPrefix(w, []byte(begun.folded)) || string(w) == begun.stem {
			return true
		}
	}
	return false
}

// begunWord finds the first entries with a word that has been begun. Of each
// list only as much is read as can stand among the first: its first entries of
// as many concepts as are still wanted.
func (s *scratch) begunWord(begun word) {
	mark := func(w uint32) {
		s.round++
		fresh, last := 0, int64(-1)
		for list := s.x.list(w); len(list) > 0 && fresh < s.limit; {
			list, last = next(list, last)
			if last >= int64(s.x.named()) {
				return
			}
			e := uint32(last)
			s.mark(e)
			ref := s.x.ref(e)
			if s.met[ref-1] != s.round && s.seen[ref/64]>>(ref%64)&1 == 0 && s.wants(s.x.kindsOf(ref)) {
				s.met[ref-1] = s.round
				fresh++
			}
		}
	}
	for w := s.x.wordFrom(begun.folded); w < s.x.Words && bytes.HasPrefix(s.x.word(w), []byte(begun.folded)); w++ {
		if s.ctx.Err() != nil {
			break
		}
		mark(w)
	}
	if w, known := s.x.lookUp(begun.stem); known {
		mark(w)
	}
	s.addMarked(partsTier)
}

// completeTypos finds the texts that have each word, or one that it may
// misspell.
func (s *scratch) completeTypos(whole []word, begun word) {
	n := 0
	found := true
	for _, w := range whole {
		if found {
			s.misspelled(w, false)
			found = s.join(n)
		}
		n++
	}
	if begun.folded != "" {
		if found {
			s.misspelled(begun, true)
			s.join(n)
		}
		n++
	}
	s.joined(Typo, n)
}
