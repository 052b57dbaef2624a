package cayley

import (
	"cmp"
	"context"
	"slices"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

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
		slices.SortFunc(links, q.Order.CompareLinks)
		out.Append(links, q.Window)
	}
	return ctx.Err()
}

// linksOf returns the links of one concept that the query keeps, in default
// order.
func (s *Store) linksOf(ctx context.Context, ref graph.Ref, q *graph.LinkQuery) ([]graph.Link, error) {
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
	slices.SortFunc(all, func(a, b graph.Link) int {
		return cmp.Or(graph.ByName.CompareLinks(a, b), cmp.Compare(a.Statements[0], b.Statements[0]))
	})
	links := all[:0]
	for _, l := range all {
		if n := len(links); n > 0 && graph.ByName.CompareLinks(links[n-1], l) == 0 {
			links[n-1].Statements = append(links[n-1].Statements, l.Statements...)
		} else {
			links = append(links, l)
		}
	}
	return keep(ctx, s, links, q.Filter, q.Negated, func(l *graph.Link) (*[]graph.Ref, graph.Stance) {
		if q.Predicates != nil && !slices.Contains(q.Predicates, l.Predicate) {
			return &l.Statements, graph.Discourages
		}
		return &l.Statements, 0
	})
}

// linksAt returns, as a link each, the statements that have the concept at
// one end and can be part of the answer.
func (s *Store) linksAt(ctx context.Context, ref graph.Ref, end quad.Direction, q *graph.LinkQuery) ([]graph.Link, error) {
	otherEnd, against := quad.Object, graph.In
	if end == quad.Object {
		otherEnd, against = quad.Subject, graph.Out
	}
	var links []graph.Link
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
		links = append(links, graph.Link{Predicate: p.ref, Incoming: end == quad.Object && !symmetric, Other: other, Statements: []graph.Ref{statement}})
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
			if i, _ := s.sum.Index(graph.ClassStatement, ref); !f.Shows(s.withdrawn[i]) || s.combined[i] {
				continue
			}
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

// Together returns nil: links and values are of statements of one concept.
func (r row) Together() []graph.Ref { return nil }

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
		out.Append(values, q.Window)
	}
	return ctx.Err()
}

// valuesOf returns the values of one concept that the query keeps, in order.
func (s *Store) valuesOf(ctx context.Context, ref graph.Ref, q *graph.PropertyQuery) ([]graph.StatedValue, error) {
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
	var kept, denied []graph.StatedValue
	for _, v := range stated {
		p := graph.Property{Predicate: s.sum.Predicates[v.Predicate].ID, Value: v.Value}
		if bare[p] {
			kept = append(kept, v)
			bare[p] = false
		} else {
			denied = append(denied, v)
		}
	}
	passing, err := keep(ctx, s, denied, q.Filter, q.Negated, func(v *graph.StatedValue) (*[]graph.Ref, graph.Stance) { return &v.Statements, 0 })
	if err != nil {
		return nil, err
	}
	kept = append(kept, passing...)
	for p, left := range bare {
		if left {
			kept = append(kept, graph.StatedValue{Predicate: s.byName[p.Predicate], Value: p.Value})
		}
	}
	slices.SortFunc(kept, graph.CompareStatedValues)
	return kept, nil
}

// statedValues returns the values that statements give, in order.
func (s *Store) statedValues(ctx context.Context, ref graph.Ref, q *graph.PropertyQuery) ([]graph.StatedValue, error) {
	var all []graph.StatedValue // one for each statement
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
		all = append(all, graph.StatedValue{Predicate: c.predicate, Value: c.value, Statements: []graph.Ref{statement}})
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b graph.StatedValue) int {
		return cmp.Or(graph.CompareStatedValues(a, b), cmp.Compare(a.Statements[0], b.Statements[0]))
	})
	values := all[:0]
	for _, v := range all {
		if n := len(values); n > 0 && graph.CompareStatedValues(values[n-1], v) == 0 {
			values[n-1].Statements = append(values[n-1].Statements, v.Statements...)
		} else {
			values = append(values, v)
		}
	}
	return values, nil
}
