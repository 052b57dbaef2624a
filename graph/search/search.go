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
	parsed, err := parse(q.Text)
	if err != nil {
		return err
	}
	s := x.begin(ctx, parsed)
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
	if err = ctx.Err(); err == nil {
		s.answer(q, out)
	}
	x.end(s)
	return err
}

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

// found is a hit: an entry and its row.
type found struct {
	entry uint32
	row   row
	edits uint8
	alike bool // of an exact hit: it is spelled as it was typed
}

// scratch is the memory of one question. Its lists are empty and its sets clear
// between questions.
type scratch struct {
	*query
	x   *Index
	ctx context.Context // a scratch serves one question at a time

	hits  []found
	seen  []uint64 // concepts among the hits
	marks marks

	stage, cost    []uint8 // of each entry with words: how many of the words it has, at what cost
	touched        []uint32
	candidates     []candidate
	listA, listB   []uint32
	completing     bool             // the question is Complete's
	want           uint16           // the kinds to keep, as Complete asks for them
	met            []uint32         // for each concept, the last list that it was met in
	round          uint32           // the number of the current list
	limit          int              // how many hits are enough
	counts         uint16           // the kinds of which a hit counts towards the limit
	enough         int              // how many of the hits do
	behind         [Description]int // for each field, the first row behind the exact ones
	scan, scanText scanner
}

// everyKind is the set of all kinds.
const everyKind = ^uint16(0)

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
			x: x, seen: make([]uint64, x.Concepts/64+1), marks: newMarks(x.Bounds[Description]),
			met: make([]uint32, x.Concepts), stage: make([]uint8, x.Bounds[Description]), cost: make([]uint8, x.Bounds[Description]),
		}
	}
	s.ctx, s.query, s.completing, s.want, s.counts, s.limit, s.enough = ctx, q, false, everyKind, everyKind, int(x.Concepts), 0
	return s
}

// end puts the memory back. What damage has stopped in the middle is not put
// back: its sets are not clear.
func (x *Index) end(s *scratch) {
	clear(s.seen)
	s.ctx, s.query, s.hits = nil, nil, s.hits[:0]
	s.scan.reset("")
	s.scanText.reset("")
	x.scratch.Put(s)
}

// full reports that no more hits are wanted, or nobody waits for them.
func (s *scratch) full() bool { return s.enough >= s.limit || s.ctx.Err() != nil }

// add takes a hit, unless its concept has a better one.
func (s *scratch) add(f found) {
	ref := s.x.ref(f.entry)
	kinds := s.x.kindsOf(ref)
	if s.enough >= s.limit || s.seen[ref/64]>>(ref%64)&1 != 0 || kinds&s.want == 0 {
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
	s.prefix()
	if s.full() {
		return
	}
	s.wordsAndDescriptions(func() {
		s.parts()
		if len(s.hits) == 0 { // a text that is found as it was typed is not guessed at
			s.typos()
		}
	})
}

// exact finds the texts that are what was typed.
func (s *scratch) exact() {
	for f := Name; f < Description && !s.full(); f++ {
		if f != Code {
			s.exactRows(f)
			continue
		}
		s.markRows(s.x.codes(), s.code, true)
		s.markRows(s.x.localCodes(), s.local, true)
		s.marked(f, func(e uint32) { s.add(found{entry: e, row: exactRow + row(f), alike: true}) })
	}
}

// exactRows is exact for one field, and notes where the rows end. Rows of one key
// are in the order of their entries: of a common name as many are read as are
// wanted.
func (s *scratch) exactRows(f Field) {
	in := s.x.keyed(f)
	i := in.from(s.key)
	for ; i < in.len() && s.enough < s.limit; i++ {
		e := u32(in.list, uint32(i))
		if string(s.x.key(e)) != s.key {
			break
		}
		if s.alike(e) {
			s.add(found{entry: e, row: exactRow + row(f), alike: true})
		} else {
			s.listA = append(s.listA, e)
		}
	}
	s.behind[f] = i
	for _, e := range s.listA {
		s.add(found{entry: e, row: exactRow + row(f)})
	}
	s.listA = s.listA[:0]
}

// alike reports whether an exact hit is spelled as it was typed, apart from
// case, accents and punctuation, so that AIDS comes before an aid.
func (s *scratch) alike(e uint32) bool {
	text := s.x.text(e)
	if string(text) == s.folded {
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

// prefix finds the texts that begin with what was typed; those that are it are
// hits already, and those that go on behind it stand behind them.
func (s *scratch) prefix() {
	for f := Name; f < Description && !s.full(); f++ {
		in := s.x.keyed(f)
		switch {
		case f == Code && s.codePrefix:
			s.markRows(in, s.code, false)
			s.markRows(s.x.localCodes(), s.local, false)
		case f == Code:
		case !s.open:
			s.markFrom(in, s.behind[f], s.longer, false)
		case s.typed == s.key:
			s.markFrom(in, s.behind[f], s.key, false)
		default:
			s.markRows(in, s.typed, false)
			s.markFrom(in, s.behind[f], s.longer, false)
		}
		s.marked(f, func(e uint32) { s.add(found{entry: e, row: prefixRow + row(f)}) })
	}
}

// wordsAndDescriptions finds the texts that have all words: names first, then,
// after what comes between, descriptions.
func (s *scratch) wordsAndDescriptions(between func()) {
	if len(s.distinct) == 1 {
		s.wordAndDescriptions(between)
		return
	}
	all := s.withAll(s.distinct)
	named := sort.Search(len(all), func(i int) bool { return all[i] >= s.x.Bounds[Description] })
	for _, e := range all[:named] {
		s.add(found{entry: e, row: rowOf(Words, s.x.field(e), 0)})
	}
	between()
	for _, e := range all[named:] {
		s.add(found{entry: e, row: lastRow})
	}
}

// wordAndDescriptions is wordsAndDescriptions for one word: of its list as much
// is read as is wanted.
func (s *scratch) wordAndDescriptions(between func()) {
	var list []byte
	if n, known := s.x.lookUp(s.distinct[0].stem); known {
		list = s.x.list(n)
	}
	last := int64(-1)
	for len(list) > 0 && s.enough < s.limit {
		rest, e := next(list, last)
		if e >= int64(s.x.Bounds[Description]) {
			break
		}
		s.add(found{entry: uint32(e), row: rowOf(Words, s.x.field(uint32(e)), 0)})
		list, last = rest, e
	}
	if s.full() {
		return
	}
	between()
	for len(list) > 0 && s.enough < s.limit {
		list, last = next(list, last)
		s.add(found{entry: uint32(last), row: lastRow})
	}
}

// withAll returns the entries that have all words, in order; the next call
// overwrites them.
func (s *scratch) withAll(words []word) []uint32 {
	a, b := s.listA[:0], s.listB[:0]
	for i, w := range words {
		n, known := s.x.lookUp(w.stem)
		if !known {
			return nil
		}
		if i == 0 {
			a = s.x.appendList(a, n)
			continue
		}
		b = b[:0]
		at, last := 0, int64(-1)
		for list := s.x.list(n); len(list) > 0 && at < len(a); {
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

// appendList appends the entries with a word.
func (x *Index) appendList(dst []uint32, w uint32) []uint32 {
	last := int64(-1)
	for list := x.list(w); len(list) > 0; {
		list, last = next(list, last)
		dst = append(dst, uint32(last))
	}
	return dst
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
