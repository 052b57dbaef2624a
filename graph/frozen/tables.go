package frozen

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/plexus-kg/plexus/graph/release"
)

// tables holds quads of any kind, sorted: by subject, predicate, object, label.
// Quad i is position i of four columns, of which two are mostly implied.
type tables struct {
	terms
	predicates []uint32 // the term of each predicate, 0 for one that was never used
	usage      []uint32 // of each predicate: its quads, the position of the first, that behind the last

	begins    ranks    // the quads that are the first of their subject,
	subject   []uint32 // and the subjects, nil where they are 1, 2, 3 …
	predicate []uint16
	object    []uint32
	labelled  ranks // the quads that have a label,
	labels    []uint32

	first []uint32 // the quads of subject s are [first[s], first[s+1])

	objectFirst []uint32 // the quads of object o are byObject[objectFirst[o]:objectFirst[o+1]],
	byObject    []uint32 // in the order of predicate, subject, label

	labelFirst []uint32 // likewise, counted from the lowest label;
	byLabel    []uint32 // labelFirst is nil if each of them has one quad
	lowLabel   uint32

	dead uint32 // terms that no quad has any more
}

func (t *tables) quads() int { return len(t.object) }

// subjectOf returns the subject of a quad.
func (t *tables) subjectOf(i uint32) uint32 {
	n := t.begins.rank(i + 1)
	if t.subject == nil {
		return n
	}
	return t.subject[n-1]
}

// labelOf returns the label of a quad, 0 for none.
func (t *tables) labelOf(i uint32) uint32 {
	if !t.labelled.has(i) {
		return 0
	}
	return t.labels[t.labelled.rank(i)]
}

// span is a range of positions.
type span struct{ from, to uint32 }

func (s span) len() int { return int(s.to) - int(s.from) }

// at returns the span of a number in an array of starts.
func at(first []uint32, i uint32) span {
	if int64(i)+1 >= int64(len(first)) {
		return span{}
	}
	return span{first[i], first[i+1]}
}

// of returns the quads of a subject.
func (t *tables) of(subject uint32) span { return at(t.first, subject) }

// to returns, as positions in byObject, the quads of an object.
func (t *tables) to(object uint32) span { return at(t.objectFirst, object) }

// with returns, as positions in byLabel, the quads of a label.
func (t *tables) with(label uint32) span {
	if label < t.lowLabel || label == 0 {
		return span{}
	}
	if t.labelFirst == nil {
		if l := label - t.lowLabel; int(l) < len(t.byLabel) {
			return span{l, l + 1}
		}
		return span{}
	}
	return at(t.labelFirst, label-t.lowLabel)
}

// run narrows the quads of a subject to those of a predicate.
func (t *tables) run(s span, predicate uint16) span { return narrow(t.predicate, s, predicate) }

// narrow returns the part of a span that has this predicate, in a column of
// predicates that is sorted there.
func narrow(column []uint16, s span, predicate uint16) span {
	// A subject has few quads: looking at all of them is faster than halving.
	const few = 16
	part := column[s.from:s.to]
	from := 0
	if len(part) <= few {
		for from < len(part) && part[from] < predicate {
			from++
		}
	} else {
		from = sort.Search(len(part), func(i int) bool { return part[i] >= predicate })
	}
	to := from
	if len(part)-from <= few {
		for to < len(part) && part[to] == predicate {
			to++
		}
	} else {
		to += sort.Search(len(part)-from, func(i int) bool { return part[from+i] > predicate })
	}
	return span{s.from + uint32(from), s.from + uint32(to)}
}

// runTo narrows the quads of an object to those of a predicate.
func (t *tables) runTo(s span, predicate uint16) span {
	positions := t.byObject[s.from:s.to]
	from := sort.Search(len(positions), func(i int) bool { return t.predicate[positions[i]] >= predicate })
	to := from + sort.Search(len(positions)-from, func(i int) bool { return t.predicate[positions[from+i]] > predicate })
	return span{s.from + uint32(from), s.from + uint32(to)}
}

func (t *tables) row(i uint32) row {
	return row{t.subjectOf(i), t.object[i], t.labelOf(i), t.predicate[i]}
}

func compareRows(a, b row) int {
	return cmp.Or(cmp.Compare(a.subject, b.subject), cmp.Compare(a.predicate, b.predicate),
		cmp.Compare(a.object, b.object), cmp.Compare(a.label, b.label))
}

// position returns where a quad is.
func (t *tables) position(r row) (uint32, bool) {
	s := t.of(r.subject)
	i, ok := sort.Find(s.len(), func(i int) int { return compareRows(r, t.row(s.from+uint32(i))) })
	return s.from + uint32(i), ok
}

// arrange sorts rows into the columns and builds the ways in. It counts where
// each subject begins and sorts within: 0.11 µs a quad with all the ways in,
// where sorting all at once takes 0.53 (BenchmarkArrange).
func (t *tables) arrange(rows []row) {
	top, low, high := uint32(0), uint32(0), uint32(0)
	for i := range rows {
		top = max(top, rows[i].subject)
		if l := rows[i].label; l != 0 {
			high = max(high, l)
			if low == 0 || l < low {
				low = l
			}
		}
	}
	first := make([]uint32, top+2)
	for i := range rows {
		first[rows[i].subject+1]++
	}
	sum(first)
	next := slices.Clone(first)
	sorted := make([]row, len(rows))
	for i := range rows {
		s := rows[i].subject
		sorted[next[s]] = rows[i]
		next[s]++
	}
	kept := sorted[:0]
	for s := uint32(0); s <= top; s++ {
		part := sorted[first[s]:first[s+1]]
		slices.SortFunc(part, compareRows)
		first[s] = uint32(len(kept))
		kept = append(kept, slices.Compact(part)...)
	}
	first[top+1] = uint32(len(kept))
	t.first = first
	n := len(kept)
	t.begins, t.labelled = newRanks(n+1), newRanks(n)
	t.predicate, t.object = make([]uint16, n), make([]uint32, n)
	labels := 0
	for i := range kept {
		if kept[i].label != 0 {
			labels++
		}
	}
	t.labels = make([]uint32, 0, labels)
	dense := true
	t.subject = nil
	for i, r := range kept {
		t.predicate[i], t.object[i] = r.predicate, r.object
		if r.label != 0 {
			t.labelled.set(uint32(i))
			t.labels = append(t.labels, r.label)
		}
		if i == 0 || kept[i-1].subject != r.subject {
			t.begins.set(uint32(i))
			t.subject = append(t.subject, r.subject)
			dense = dense && int(r.subject) == len(t.subject)
		}
	}
	if dense {
		t.subject = nil
	}
	t.begins.count()
	t.labelled.count()
	t.indexObjects()
	t.indexLabels(kept, low, high)
	t.countPredicates()
	t.dead = 0
	numbers := t.predicateNumbers()
	for id := uint32(1); int(id) <= t.count(); id++ {
		if !t.isUsed(id, numbers) {
			t.dead++
		}
	}
}

// countPredicates notes where the quads of each predicate are. There is no
// list of them, which would take 4 bytes a quad: whoever wants them all looks
// through the column, at 1 ns a quad (BenchmarkScanOfAPredicate).
func (t *tables) countPredicates() {
	t.usage = make([]uint32, 3*len(t.predicates))
	for i, p := range t.predicate {
		u := t.usage[3*int(p):][:3]
		if u[0] == 0 {
			u[1] = uint32(i)
		}
		u[0]++
		u[2] = uint32(i) + 1
	}
}

// predicateNumbers returns the number of each predicate by term.
func (t *tables) predicateNumbers() map[uint32]uint16 {
	numbers := make(map[uint32]uint16, len(t.predicates))
	for i, term := range t.predicates {
		if term != 0 {
			numbers[term] = uint16(i)
		}
	}
	return numbers
}

// isUsed reports whether a quad has the term.
func (t *tables) isUsed(id uint32, predicates map[uint32]uint16) bool {
	if t.of(id).len() > 0 || t.to(id).len() > 0 || t.with(id).len() > 0 {
		return true
	}
	p, ok := predicates[id]
	return ok && t.usage[3*int(p)] > 0
}

// sum turns counts at i+1 into starts at i.
func sum(counts []uint32) {
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
}

// indexObjects sorts the quads by predicate, then, keeping that order, by
// object.
func (t *tables) indexObjects() {
	byPredicate := make([]uint32, t.quads())
	starts := make([]uint32, len(t.predicates)+1)
	for _, p := range t.predicate {
		starts[p+1]++
	}
	sum(starts)
	for i, p := range t.predicate {
		byPredicate[starts[p]] = uint32(i)
		starts[p]++
	}
	t.objectFirst = make([]uint32, t.count()+2)
	for _, o := range t.object {
		t.objectFirst[o+1]++
	}
	sum(t.objectFirst)
	next := slices.Clone(t.objectFirst)
	t.byObject = make([]uint32, t.quads())
	for _, i := range byPredicate {
		o := t.object[i]
		t.byObject[next[o]] = i
		next[o]++
	}
}

// indexLabels notes the quads of each label. Labels of statements have one
// quad each and lie together: then there is no need for starts.
func (t *tables) indexLabels(rows []row, low, high uint32) {
	t.lowLabel = low
	if low == 0 {
		return
	}
	t.labelFirst = make([]uint32, high-low+2)
	for _, l := range t.labels {
		t.labelFirst[l-low+1]++
	}
	single := !slices.ContainsFunc(t.labelFirst[1:], func(n uint32) bool { return n != 1 })
	sum(t.labelFirst)
	next := slices.Clone(t.labelFirst)
	t.byLabel = make([]uint32, len(t.labels))
	for i := range rows {
		if l := rows[i].label; l != 0 {
			t.byLabel[next[l-low]] = uint32(i)
			next[l-low]++
		}
	}
	if single {
		t.labelFirst = nil
	}
}

// check tells arrays that cannot belong together, in constant time.
func (t *tables) check() error {
	n := t.quads()
	fit := func(first []uint32, items int) bool {
		return len(first) == 0 && items == 0 || len(first) > 0 && first[0] == 0 && int(first[len(first)-1]) == items
	}
	if len(t.predicate) != n || !fit(t.first, n) || !fit(t.objectFirst, n) || len(t.byObject) != n ||
		t.labelFirst != nil && !fit(t.labelFirst, len(t.byLabel)) || len(t.labels) != len(t.byLabel) ||
		len(t.predicates) > maxPredicates || len(t.usage) != 3*len(t.predicates) {
		return fmt.Errorf("%w: the columns of quads do not fit together", release.ErrDamaged)
	}
	return errors.Join(t.begins.check(n+1), t.labelled.check(n), t.terms.check())
}
