package search

import (
	"context"
	"math/bits"
	"slices"
	"sort"

	"github.com/plexus-kg/plexus/graph"
)

// Search finds the concepts that a text finds, in the order of the package
// comment. A text without a word finds nothing, which is no error. Errors are
// the context's, or wrap graph.ErrInvalid: a text that is too long, not UTF-8 or
// has control characters, a window of a negative size, or ErrDamaged: see Open.
func (x *Index) Search(ctx context.Context, q Query, out *Result) (err error) {
	defer recovered(&err)
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := q.Window.Check(); err != nil {
		return err
	}
	if err := q.Languages.Check(); err != nil {
		return err
	}
	parsed, err := parse(q.Text)
	if err != nil {
		return err
	}
	s := x.begin(ctx, parsed)
	s.languages, s.deprecated = q.Languages, q.Deprecated
	if q.Kinds != nil {
		s.counts = kindSet(q.Kinds)
	}
	if w := q.Window; q.Uncounted && w.First != nil && w.Last == nil {
		from := 0
		if w.After != nil {
			from = min(max(*w.After, -1), s.limit) + 1
		}
		s.limit = min(s.limit, from+min(*w.First, s.limit)+1)
	}
	if len(parsed.words) > 0 {
		s.findAll()
	}
	if err = graph.Spend(ctx, hitSteps*len(s.hits)+1000*len(parsed.words)); err == nil {
		s.answer(q, out)
	}
	x.end(s)
	return err
}

// hitSteps is what a hit takes to be found, chosen and counted, in steps of
// graph.Meter.
const hitSteps = 10

// answer fills the result with the hits that were found.
func (s *scratch) answer(q Query, out *Result) {
	if out.Kinds = out.Kinds[:0]; !q.Uncounted {
		out.Kinds = s.countKinds(out.Kinds)
	}
	if q.Kinds != nil {
		s.keep(kindSet(q.Kinds))
	}
	out.Total = len(s.hits)
	from, to := q.Window.Range(len(s.hits))
	if !q.Unexplained {
		out.Hits = s.write(out.Hits, s.hits[from:to])
		return
	}
	out.Hits = slices.Grow(out.Hits[:0], to-from)
	for _, f := range s.hits[from:to] {
		out.Hits = append(out.Hits, Hit{Concept: s.x.ref(f.entry)})
	}
}

// found is a hit: an entry and its tier.
type found struct {
	entry uint32
	tier  tier
}

// scratch is the memory of one question. Its lists are empty and its sets clear
// between questions.
type scratch struct {
	*query
	others    []*query // the text in other spellings
	languages graph.Languages
	x         *Index
	ctx       context.Context // a scratch serves one question at a time

	hits  []found
	seen  []uint64 // concepts among the hits
	marks marks

	stage, cost    []uint8 // of each entry with words: how many of the words it has, at what cost
	touched        []uint32
	candidates     []candidate
	listA, listB   []uint32
	postings       [][]byte // the lists of the words
	described      []uint32 // descriptions with all words
	rest           []byte   // or, where there is one word, the list of which they are the rest,
	last           int64    // behind this entry
	completing     bool     // the question is Complete's
	want           uint16   // the kinds to keep, as Complete asks for them
	deprecated     bool     // deprecated concepts are found, too
	met            []uint32 // for each concept, the last list that it was met in
	round          uint32   // the number of the current list
	limit          int      // how many hits are enough
	counts         uint16   // the kinds of which a hit counts towards the limit
	enough         int      // how many of the hits do
	behind         []int    // for each list, the first row behind those of the last tier
	scan, scanText scanner
}

// deprecated stands among the kinds of a concept that is.
const deprecated uint16 = 1 << 15

// everyKind is the set of all kinds.
const everyKind = deprecated - 1

// wants reports whether a concept of some kinds may be a hit.
func (s *scratch) wants(kinds uint16) bool {
	return kinds&s.want != 0 && (s.deprecated || kinds&deprecated == 0)
}

func kindSet(kinds []graph.Kind) uint16 {
	set := uint16(0)
	for _, k := range kinds {
		if k <= graph.OtherConcept {
			set |= 1 << k
		}
	}
	return set
}

// begin prepares to answer a question.
func (x *Index) begin(ctx context.Context, q *query) *scratch {
	s, ok := x.scratch.Get().(*scratch)
	if !ok {
		s = &scratch{
			x: x, seen: make([]uint64, x.Concepts/64+1), marks: newMarks(x.named()),
			met: make([]uint32, x.Concepts), behind: make([]int, len(x.lists)), stage: make([]uint8, x.named()), cost: make([]uint8, x.named()),
		}
	}
	s.ctx, s.query, s.completing, s.want, s.counts, s.limit, s.enough = ctx, q, false, everyKind, everyKind, int(x.Concepts), 0
	return s
}

// end puts the memory back. What damage has stopped in the middle is not put
// back: its sets are not clear.
func (x *Index) end(s *scratch) {
	clear(s.seen)
	s.ctx, s.query, s.others, s.hits = nil, nil, nil, s.hits[:0]
	s.scan.reset("")
	s.scanText.reset("")
	x.scratch.Put(s)
}

// spend tells of work, as steps of graph.Meter.
func (s *scratch) spend(steps int) { _ = graph.Spend(s.ctx, steps) } // the context is asked before long

// full reports that no more hits are wanted, or nobody waits for them.
func (s *scratch) full() bool { return s.enough >= s.limit || s.ctx.Err() != nil }

// add takes a hit, unless its concept has a better one.
func (s *scratch) add(f found) {
	ref := s.x.ref(f.entry)
	kinds := s.x.kindsOf(ref)
	if s.enough >= s.limit || s.seen[ref/64]>>(ref%64)&1 != 0 || !s.wants(kinds) {
		return
	}
	if kinds&s.counts != 0 {
		s.enough++
	}
	s.seen[ref/64] |= 1 << (ref % 64)
	s.hits = append(s.hits, f)
}

// findAll finds all hits, or enough of them, in order.
func (s *scratch) findAll() {
	s.exact()
	s.begins()
	if s.full() {
		return
	}
	s.inside()
	s.cut(cutTier)
	if s.full() {
		return
	}
	s.parts()
	if len(s.hits) == 0 { // a text that is found as it was typed is not guessed at
		s.typos()
	}
	s.descriptions()
}

// exact finds the texts that are what was typed, those that are spelled so first.
func (s *scratch) exact() {
	for i := range s.x.lists {
		in := &s.x.lists[i]
		from := in.from(s.key)
		s.behind[i] = in.end(from, s.key, true)
		s.markBetween(in, from, s.behind[i])
	}
	s.markRows(&s.x.codes, s.code, true)
	s.markRows(&s.x.locals, s.local, true)
	s.marked(func(e uint32) {
		if s.alike(e) {
			s.add(found{e, exactTier})
		} else {
			s.listA = append(s.listA, e)
		}
	})
	for _, e := range s.listA {
		s.mark(e)
	}
	s.listA = s.listA[:0]
	if len(s.hits) == 0 { // what is somebody's name is spelled well
		s.others = s.x.spellings(s.query)
	}
	for _, o := range s.others {
		for i := range s.x.lists {
			s.markRows(&s.x.lists[i], o.key, true)
		}
	}
	s.addMarked(formTier)
}

// alike reports whether an exact hit is spelled as it was typed, apart from
// case, accents and punctuation, so that AIDS comes before an aid. Codes have one
// spelling.
func (s *scratch) alike(e uint32) bool {
	text := s.x.text(e)
	if string(text) == s.folded || s.x.field(e) == Code {
		return true
	}
	i := 0
	for s.scan.reset(string(text)); s.scan.next(); i++ {
		if i >= len(s.words) || string(s.scan.folded) != s.words[i].folded {
			return false
		}
	}
	return i == len(s.words)
}

// begins finds the texts that begin with the words that were typed. They stand
// behind those that are these words.
func (s *scratch) begins() {
	if s.full() {
		return
	}
	for i := range s.x.lists {
		in := &s.x.lists[i]
		from := s.behind[i]
		s.behind[i] = in.end(from, s.longer, false)
		s.markBetween(in, from, s.behind[i])
		for _, o := range s.others {
			s.markRows(in, o.longer, false)
		}
	}
	s.addMarked(beginTier)
}

// cut finds the texts that begin with what was typed and go on within its last
// word, and the codes that begin so. The texts stand behind those that begin with
// whole words, unless the last word has lost its plural.
func (s *scratch) cut(t tier) {
	if s.full() {
		return
	}
	for i := range s.x.lists {
		in := &s.x.lists[i]
		if s.open && s.typed == s.key {
			s.markBetween(in, s.behind[i], in.end(s.behind[i], s.typed, false))
		} else if s.open {
			s.markRows(in, s.typed, false)
		}
		for _, o := range s.others {
			if o.open {
				s.markRows(in, o.typed, false)
			}
		}
	}
	if s.codePrefix {
		s.markRows(&s.x.codes, s.code, false)
		s.markRows(&s.x.locals, s.local, false)
	}
	s.addMarked(t)
}

// inside finds the names that have all words, and leaves the descriptions that have
// them for later. Of the list of a single word as much is read as is wanted.
func (s *scratch) inside() {
	s.described, s.rest, s.last = s.described[:0], nil, -1
	if s.full() {
		return
	}
	if len(s.distinct) > 1 || len(s.others) > 0 {
		s.insideAny()
		return
	}
	if n, known := s.x.lookUp(s.distinct[0].stem); known {
		s.rest = s.x.list(n)
	}
	for len(s.rest) > 0 && s.enough < s.limit {
		rest, e := next(s.rest, s.last)
		if e >= int64(s.x.named()) {
			break
		}
		s.add(found{uint32(e), wordsTier})
		s.rest, s.last = rest, e
	}
}

// insideAny is inside for several words, or several spellings.
func (s *scratch) insideAny() {
	all := s.withAll(s.distinct)
	named := sort.Search(len(all), func(i int) bool { return all[i] >= s.x.named() })
	s.described = append(s.described, all[named:]...)
	if len(s.others) == 0 {
		for _, e := range all[:named] {
			s.add(found{e, wordsTier})
		}
		return
	}
	for _, e := range all[:named] {
		s.mark(e)
	}
	for _, o := range s.others {
		for _, e := range s.withAll(o.distinct) {
			switch {
			case e < s.x.named() && o.phraseIn(s.x.key(e)):
				s.mark(e)
			case e >= s.x.named() && o.phrase == "":
				s.described = append(s.described, e)
			}
		}
	}
	s.addMarked(wordsTier)
	slices.Sort(s.described)
}

// descriptions finds the descriptions that inside has left.
func (s *scratch) descriptions() {
	for len(s.rest) > 0 && s.enough < s.limit {
		s.rest, s.last = next(s.rest, s.last)
		s.add(found{uint32(s.last), descriptionTier})
	}
	for _, e := range s.described {
		s.add(found{e, descriptionTier})
	}
}

// withAll returns the entries that have all words, in order; the next call
// overwrites them. The rarest word goes first.
func (s *scratch) withAll(words []word) []uint32 {
	s.postings = s.postings[:0]
	for _, w := range words {
		n, known := s.x.lookUp(w.stem)
		if !known {
			return nil
		}
		s.postings = append(s.postings, s.x.list(n))
		s.spend(len(s.x.list(n)))
	}
	slices.SortFunc(s.postings, func(a, b []byte) int { return len(a) - len(b) })
	a, b := s.listA[:0], s.listB[:0]
	for i, list := range s.postings {
		last := int64(-1)
		if i == 0 {
			for len(list) > 0 {
				list, last = next(list, last)
				a = append(a, uint32(last))
			}
			continue
		}
		b = b[:0]
		for at := 0; len(list) > 0 && at < len(a); {
			list, last = next(list, last)
			for at < len(a) && int64(a[at]) < last {
				at++
			}
			if at < len(a) && int64(a[at]) == last {
				b = append(b, a[at])
			}
		}
		a, b = b, a
	}
	s.listA, s.listB = a[:0], b[:0]
	return a
}

// countKinds counts the hits by kind.
func (s *scratch) countKinds(dst []graph.KindCount) []graph.KindCount {
	var counts [16]int
	for _, h := range s.hits {
		for set := s.x.kindsOf(s.x.ref(h.entry)); set != 0; set &= set - 1 {
			counts[bits.TrailingZeros16(set)]++
		}
	}
	for _, k := range graph.Kinds() {
		if counts[k] > 0 {
			dst = append(dst, graph.KindCount{Kind: k, Concepts: counts[k]})
		}
	}
	return dst
}

// keep drops the hits of other kinds.
func (s *scratch) keep(kinds uint16) {
	kept := s.hits[:0]
	for _, h := range s.hits {
		if s.x.kindsOf(s.x.ref(h.entry))&kinds != 0 {
			kept = append(kept, h)
		}
	}
	s.hits = kept
}
