package cayley

import (
	"cmp"
	"context"
	"slices"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// link is a pair of predicate and other concept, with what supports it.
type link struct {
	predicate  graph.PredicateRef
	incoming   bool
	other      graph.Ref
	statements []graph.Ref
}

// byName is the default order of links.
func byName(a, b link) int {
	in := func(l link) int {
		if l.incoming {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.other, b.other), cmp.Compare(a.predicate, b.predicate), cmp.Compare(in(a), in(b)))
}

// Links implements graph.Reader.
func (s *Store) Links(ctx context.Context, refs []graph.Ref, q graph.LinkQuery, out *graph.LinkBatch) error {
	out.Reset()
	if err := cmp.Or(ctx.Err(), q.Check(s.Summary())); err != nil {
		return err
	}
	for _, ref := range refs {
		links, err := s.linksOf(ctx, ref, &q)
		if err != nil {
			return err
		}
		if q.Order == graph.BySource {
			slices.SortFunc(links, func(a, b link) int {
				return cmp.Or(cmp.Compare(a.statements[0], b.statements[0]), byName(a, b))
			})
		}
		from, to := q.Window.Range(len(links))
		for _, l := range links[from:to] {
			out.Predicate = append(out.Predicate, l.predicate)
			out.Incoming = append(out.Incoming, l.incoming)
			out.Other = append(out.Other, l.other)
			list(true, &out.Statements, l.statements)
		}
		out.Start = append(out.Start, uint32(len(out.Other)))
		out.Total = append(out.Total, len(links))
	}
	return ctx.Err()
}

// linksOf returns the links of one concept that the query keeps, in default
// order.
func (s *Store) linksOf(ctx context.Context, ref graph.Ref, q *graph.LinkQuery) ([]link, error) {
	if _, present := s.sum.Index(graph.ClassConcept, ref); !present {
		return nil, ctx.Err()
	}
	outgoing, err := s.linksAt(ctx, ref, quad.Subject, q)
	if err != nil {
		return nil, err
	}
	incoming, err := s.linksAt(ctx, ref, quad.Object, q)
	if err != nil {
		return nil, err
	}
	all := append(outgoing, incoming...) // a link for each statement
	slices.SortFunc(all, func(a, b link) int {
		return cmp.Or(byName(a, b), cmp.Compare(a.statements[0], b.statements[0]))
	})
	links := all[:0]
	for _, l := range all {
		if n := len(links); n > 0 && byName(links[n-1], l) == 0 {
			links[n-1].statements = append(links[n-1].statements, l.statements...)
		} else {
			links = append(links, l)
		}
	}
	return keep(ctx, s, links, q.Filter, q.Negated, func(l *link) (*[]graph.Ref, graph.Stance) {
		if q.Predicates != nil && !slices.Contains(q.Predicates, l.predicate) {
			return &l.statements, graph.Discourages
		}
		return &l.statements, 0
	})
}

// linksAt returns, as a link each, the statements that have the concept at
// one end and can be part of the answer.
func (s *Store) linksAt(ctx context.Context, ref graph.Ref, end quad.Direction, q *graph.LinkQuery) ([]link, error) {
	otherEnd, against := quad.Object, graph.In
	if end == quad.Object {
		otherEnd, against = quad.Subject, graph.Out
	}
	var links []link
	err := s.each(ctx, end, s.nodes[ref], func(handle cgraph.Ref) error {
		statement, err := s.thing(handle, quad.Label)
		if err != nil || statement == graph.NoRef {
			return err
		}
		p, err := s.predicateOf(handle)
		if err != nil {
			return err
		}
		symmetric := s.sum.Predicates[p.ref].Symmetric
		if q.Predicates != nil && !slices.Contains(q.Predicates, p.ref) {
			if !slices.Contains(q.Discouraging, graph.Follow{Predicate: p.ref, Incoming: end == quad.Object && !symmetric}) {
				return nil
			}
			if stance, err := s.stance(ctx, statement); err != nil || stance != graph.Discourages {
				return err
			}
		} else if q.Direction == against && !symmetric {
			return nil
		}
		other, err := s.thing(handle, otherEnd)
		switch {
		case err != nil:
			return err
		case s.sum.Class(other) != graph.ClassConcept, q.To != graph.NoRef && q.To != other:
			return nil
		case symmetric && other == ref && end == quad.Object:
			return nil // found from the other end already
		}
		links = append(links, link{p.ref, end == quad.Object && !symmetric, other, []graph.Ref{statement}})
		return nil
	})
	return links, err
}

// keep drops the statements that do not pass the filter, and the rows that none
// of those left with them holds; further is what holds a row besides.
func keep[T any](ctx context.Context, s *Store, rows []T, f *graph.Filter, negated bool, statements func(*T) (_ *[]graph.Ref, further graph.Stance)) ([]T, error) {
	kept := rows[:0]
	asked := graph.Holding(f, negated)
	for i := range rows {
		all, further := statements(&rows[i])
		passing, held := (*all)[:0], false
		for _, ref := range *all {
			if f != nil {
				if record, err := s.record(ctx, ref); err != nil {
					return nil, err
				} else if !f.Match(row{s, &record}) {
					continue
				}
			}
			if !held {
				stance, err := s.stance(ctx, ref)
				if err != nil {
					return nil, err
				}
				held = stance&(asked|further) != 0
			}
			passing = append(passing, ref)
		}
		*all = passing
		if len(passing) > 0 && held {
			kept = append(kept, rows[i])
		}
	}
	return kept, nil
}

// row is a statement as a filter looks at it.
type row struct {
	*Store
	record *graph.Statement
}

func (r row) Text(q graph.Qualifier) string    { return *r.record.Text(q) }
func (r row) Ref(q graph.Qualifier) graph.Ref  { return r.byID[string(*r.record.Reference(q))] }
func (r row) Word(q graph.Qualifier) uint8     { return r.record.Word(q) }
func (r row) Number(q graph.Qualifier) float64 { return r.record.Share(q) }

// value is a pair of predicate and value, with what supports it.
type value struct {
	predicate  graph.PredicateRef
	value      graph.Value
	statements []graph.Ref // none where the value is given without a statement
}

func byPredicate(a, b value) int {
	return cmp.Or(cmp.Compare(a.predicate, b.predicate), graph.CompareValues(a.value, b.value))
}

// Properties implements graph.Reader.
func (s *Store) Properties(ctx context.Context, refs []graph.Ref, q graph.PropertyQuery, out *graph.PropertyBatch) error {
	out.Reset()
	if err := cmp.Or(ctx.Err(), q.Check(s.Summary())); err != nil {
		return err
	}
	for _, ref := range refs {
		values, err := s.valuesOf(ctx, ref, &q)
		if err != nil {
			return err
		}
		from, to := q.Window.Range(len(values))
		for _, v := range values[from:to] {
			out.Predicate = append(out.Predicate, v.predicate)
			out.Value = append(out.Value, v.value)
			list(true, &out.Statements, v.statements)
		}
		out.Start = append(out.Start, uint32(len(out.Value)))
		out.Total = append(out.Total, len(values))
	}
	return ctx.Err()
}

// valuesOf returns the values of one concept that the query keeps, in order.
func (s *Store) valuesOf(ctx context.Context, ref graph.Ref, q *graph.PropertyQuery) ([]value, error) {
	if _, present := s.sum.Index(graph.ClassConcept, ref); !present {
		return nil, ctx.Err()
	}
	stated, err := s.statedValues(ctx, ref, q)
	if err != nil {
		return nil, err
	}
	bare := map[graph.Property]bool{} // given without a statement
	if q.Filter == nil {
		c, err := s.concept(ctx, ref)
		if err != nil {
			return nil, err
		}
		for _, p := range c.Properties {
			bare[p] = q.Predicates == nil || slices.Contains(q.Predicates, s.byName[p.Predicate])
		}
	}
	var kept, denied []value
	for _, v := range stated {
		p := graph.Property{Predicate: s.sum.Predicates[v.predicate].ID, Value: v.value}
		if bare[p] {
			kept = append(kept, v)
			bare[p] = false
		} else {
			denied = append(denied, v)
		}
	}
	passing, err := keep(ctx, s, denied, q.Filter, q.Negated, func(v *value) (*[]graph.Ref, graph.Stance) { return &v.statements, 0 })
	if err != nil {
		return nil, err
	}
	kept = append(kept, passing...)
	for p, left := range bare {
		if left {
			kept = append(kept, value{predicate: s.byName[p.Predicate], value: p.Value})
		}
	}
	slices.SortFunc(kept, byPredicate)
	return kept, nil
}

// statedValues returns the values that statements give, in order.
func (s *Store) statedValues(ctx context.Context, ref graph.Ref, q *graph.PropertyQuery) ([]value, error) {
	var all []value // one for each statement
	err := s.each(ctx, quad.Subject, s.nodes[ref], func(handle cgraph.Ref) error {
		statement, err := s.thing(handle, quad.Label)
		if err != nil {
			return err
		}
		i, present := s.sum.Index(graph.ClassStatement, statement)
		if !present {
			return nil
		}
		c, err := s.claim(i)
		if err != nil || c.object != graph.NoRef || q.Predicates != nil && !slices.Contains(q.Predicates, c.predicate) {
			return err
		}
		all = append(all, value{c.predicate, c.value, []graph.Ref{statement}})
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b value) int {
		return cmp.Or(byPredicate(a, b), cmp.Compare(a.statements[0], b.statements[0]))
	})
	values := all[:0]
	for _, v := range all {
		if n := len(values); n > 0 && byPredicate(values[n-1], v) == 0 {
			values[n-1].statements = append(values[n-1].statements, v.statements...)
		} else {
			values = append(values, v)
		}
	}
	return values, nil
}
