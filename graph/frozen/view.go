package frozen

import (
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// PlainQuadStore is [Store.QuadStore] without what is no plain claim, for whoever
// walks from quad to quad and does not read the record of each statement: there
// a denial looks like the claim. It cannot be written to.
//
// Of a statement that is left out, all is: the quad that it is, its record, what
// leads to it. Counts, sizes and nodes are those of the quads that are left.
func (s *Store) PlainQuadStore() (_ *QuadStore, err error) {
	defer recovered(&err)
	left := newLeftOut(s.tables)
	first := uint32(s.sum.First(graph.ClassStatement))
	for i := range uint32(s.sum.Statements) {
		if !s.isPlain(first + i) {
			s.leaveOut(left, first+i)
		}
	}
	qs := &QuadStore{prefixes: s.sum.Prefixes, readOnly: true}
	qs.current.Store(newVersion(s.tables).without(left))
	return qs, nil
}

// isPlain reports whether a statement says that its claim holds, so that its quad
// can be read alone.
func (s *Store) isPlain(statement uint32) bool {
	claim, ok := s.claim(statement)
	if s.isLeftOut(statement, false) {
		return false
	}
	if !ok {
		return true
	}
	r := s.read(s.of(statement))
	modality := graph.Modality(s.word(graph.QualifierModality, r[graph.QualifierModality]))
	return graph.StanceOf(&s.sum.Predicates[s.predicate[claim]].Predicate, modality, r[graph.QualifierNegated] != 0) == graph.Supports
}

// leaveOut adds all quads of a statement, and of the helper nodes of its record.
func (s *Store) leaveOut(left *leftOut, statement uint32) {
	left.node(s.tables, statement)
	about := s.of(statement)
	for i := about.from; i < about.to; i++ {
		if s.fields[s.predicate[i]] == quads.FieldMore {
			left.node(s.tables, s.object[i])
		}
	}
}

// leftOut is the quads that a version of a QuadStore does not show.
type leftOut struct {
	quads []uint64    // as bits, by position
	count int         // of them
	at    map[end]int // how many of them have a term at an end
	terms uint32      // that no other quad has
}

// end is a term at one end of quads.
type end struct {
	direction quad.Direction
	term      uint32
}

func newLeftOut(t *tables) *leftOut {
	return &leftOut{quads: make([]uint64, (t.quads()+63)/64), at: map[end]int{}}
}

// quad adds the quad at a position.
func (l *leftOut) quad(t *tables, i uint32) {
	if bit(l.quads, i) {
		return
	}
	l.quads[i/64] |= 1 << (i % 64)
	l.count++
	r := t.row(i)
	for _, d := range quad.Directions {
		if term := t.end(r, d); term != 0 {
			l.at[end{d, term}]++
		}
	}
}

// node adds all quads that have a term as subject, object or label.
func (l *leftOut) node(t *tables, term uint32) {
	for s, i := t.of(term), uint32(0); int(i) < s.len(); i++ {
		l.quad(t, s.from+i)
	}
	for s, i := t.to(term), uint32(0); int(i) < s.len(); i++ {
		l.quad(t, t.byObject[s.from+i])
	}
	for s, i := t.with(term), uint32(0); int(i) < s.len(); i++ {
		l.quad(t, t.byLabel[s.from+i])
	}
}

// without returns a version that does not show some quads.
func (v *version) without(left *leftOut) *version {
	next := &version{tables: v.tables, numbers: v.numbers, left: left}
	counted := map[uint32]bool{}
	for e := range left.at {
		if !counted[e.term] {
			counted[e.term] = true
			if !next.shows(e.term) {
				left.terms++
			}
		}
	}
	return next
}

// hides reports whether a quad is left out.
func (v *version) hides(i uint32) bool { return v.left != nil && bit(v.left.quads, i) }

// shown returns how many of n quads that have a term at an end are not left out.
func (v *version) shown(n int, d quad.Direction, term uint32) int {
	switch {
	case v.left == nil:
		return n
	case d == quad.Any:
		return n - v.left.count
	default:
		return n - v.left.at[end{d, term}]
	}
}

// shows reports whether a quad that is not left out has the term.
func (v *version) shows(term uint32) bool {
	if v.left == nil {
		return v.dead == 0 || v.isUsed(term, v.numbers)
	}
	for _, d := range quad.Directions {
		if v.size(d, term) > 0 {
			return true
		}
	}
	return false
}

// nodes returns the number of terms that are shown.
func (v *version) nodes() int {
	n := v.count() - int(v.dead)
	if v.left != nil {
		n -= int(v.left.terms)
	}
	return n
}
