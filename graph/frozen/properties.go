package frozen

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// given is a value as one statement gives it, or none.
type given struct {
	predicate graph.PredicateRef
	value     graph.Value
	statement uint32 // 0 if it is given without one
}

func compareGiven(a, b given) int {
	return cmp.Or(cmp.Compare(a.predicate, b.predicate), graph.CompareValues(a.value, b.value))
}

// valueScratch is the memory of one call of Properties.
type valueScratch struct {
	given  []given
	values []span // of given
	all    bool   // what is withdrawn is asked for
	row    qualified
	each   int // steps of one value
	work
}

var valuePool = sync.Pool{New: func() any { return new(valueScratch) }}

// Properties implements graph.Reader.
func (s *Store) Properties(ctx context.Context, refs []graph.Ref, q graph.PropertyQuery, out *graph.PropertyBatch) (err error) {
	defer recovered(&err)
	out.Reset()
	if err := cmp.Or(ctx.Err(), q.Check(s.Summary())); err != nil {
		return err
	}
	w := valuePool.Get().(*valueScratch)
	w.row.Store = s
	defer func() {
		clear(w.given[:cap(w.given)]) // keeps no IRIs alive
		w.row.Store, w.work = nil, work{}
		valuePool.Put(w)
	}()
	var a arena
	holding := graph.Holding(q.Filter, q.Negated)
	w.all = q.Filter.Shows(graph.WithdrawnRetracted)
	if w.work, w.each = (work{ctx: ctx}), 4; q.Filter != nil {
		w.each += 4 + q.Filter.Steps()
	}
	for _, ref := range refs {
		if err := w.spend(8); err != nil {
			return err
		}
		w.given, w.values = w.given[:0], w.values[:0]
		if s.isConcept(uint32(ref)) {
			if err := s.given(w, &a, uint32(ref), &q); err != nil {
				return err
			}
			slices.SortFunc(w.given, func(a, b given) int {
				return cmp.Or(compareGiven(a, b), cmp.Compare(a.statement, b.statement))
			})
			s.groupValues(w, holding)
		}
		from, to := q.Window.Range(len(w.values))
		for _, v := range w.values[from:to] {
			out.Predicate = append(out.Predicate, w.given[v.from].predicate)
			out.Value = append(out.Value, w.given[v.from].value)
			for _, g := range w.given[v.from:v.to] {
				if g.statement != 0 {
					out.Statements.Items = append(out.Statements.Items, graph.Ref(g.statement))
				}
			}
			out.Statements.Close()
		}
		out.Start = append(out.Start, uint32(len(out.Value)))
		out.Total = append(out.Total, len(w.values))
	}
	return w.done()
}

// given collects the values of a concept that pass: of all its quads or, where
// predicates are named, of theirs, which lie together, and of the helpers that
// hold values of any.
func (s *Store) given(w *valueScratch, a *arena, ref uint32, q *graph.PropertyQuery) error {
	about := s.of(ref)
	if q.Predicates == nil {
		return s.givenIn(w, a, about, q)
	}
	for i, p := range q.Predicates {
		if s.fields[p] != quads.FieldMore && !slices.Contains(q.Predicates[:i], p) {
			if err := s.givenIn(w, a, s.run(about, uint16(p)), q); err != nil {
				return err
			}
		}
	}
	return s.givenIn(w, a, s.fieldRun(ref, quads.FieldMore), q)
}

// givenIn collects the values among some quads of a concept.
func (s *Store) givenIn(w *valueScratch, a *arena, about span, q *graph.PropertyQuery) error {
	wanted := func(p graph.PredicateRef) bool { return q.Predicates == nil || slices.Contains(q.Predicates, p) }
	for i := about.from; i < about.to; i++ {
		if err := w.spend(1); err != nil {
			return err
		}
		o, l, no := s.object[i], s.labelOf(i), s.predicate[i]
		f := s.fields[no]
		p := graph.PredicateRef(no)
		switch {
		case l != 0:
			if s.isConcept(o) || !wanted(p) {
				continue
			}
			w.steps += w.each
			if s.hides && s.isLeftOut(l, w.all) || q.Filter != nil && !w.row.passes(l, q.Filter) {
				continue
			}
			w.given = append(w.given, given{p, s.value(a, o), l})
		case q.Filter != nil:
		case f == quads.FieldMore:
			property, term := s.more(a, o)
			if p, ok := s.refs[term]; ok && wanted(p) {
				w.given = append(w.given, given{p, property.Value, 0})
			}
		case !f.OfConcept() && wanted(p):
			w.given = append(w.given, given{p, s.value(a, o), 0})
		}
	}
	return nil
}

// groupValues makes values of what is given. A value that no statement holds is
// left out.
func (s *Store) groupValues(w *valueScratch, holding graph.Stance) {
	for i := 0; i < len(w.given); {
		from, held := i, false
		for ; i < len(w.given) && compareGiven(w.given[from], w.given[i]) == 0; i++ {
			l := w.given[i].statement
			held = held || l == 0 || s.stance(l, w.given[i].predicate)&holding != 0
		}
		if held {
			w.values = append(w.values, span{uint32(from), uint32(i)})
		}
	}
}
