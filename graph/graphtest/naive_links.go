package graphtest

import (
	"cmp"
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// link is one row of a LinkBatch.
type link struct {
	predicate  graph.PredicateRef
	incoming   bool
	other      graph.Ref
	statements []graph.Ref
}

// Links implements graph.Reader.
func (n *Naive) Links(ctx context.Context, refs []graph.Ref, q graph.LinkQuery, out *graph.LinkBatch) error {
	out.Reset()
	if err := cmp.Or(ctx.Err(), q.Check(n.Summary())); err != nil {
		return err
	}
	for _, ref := range refs {
		links := n.linksOf(ref, &q)
		slices.SortFunc(links, func(a, b link) int {
			byName := cmp.Or(cmp.Compare(a.other, b.other), cmp.Compare(a.predicate, b.predicate), compareBools(a.incoming, b.incoming))
			if q.Order == graph.BySource {
				return cmp.Or(cmp.Compare(a.statements[0], b.statements[0]), byName)
			}
			return byName
		})
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
	return nil
}

// linksOf returns the links of one concept that the query keeps, unordered.
func (n *Naive) linksOf(ref graph.Ref, q *graph.LinkQuery) []link {
	var links []link
	further := func(p graph.PredicateRef, incoming bool, other, statement graph.Ref) {
		if q.To != graph.NoRef && q.To != other {
			return
		}
		i := slices.IndexFunc(links, func(l link) bool {
			return l.predicate == p && l.incoming == incoming && l.other == other
		})
		if i < 0 {
			links = append(links, link{p, incoming, other, nil})
			i = len(links) - 1
		}
		links[i].statements = append(links[i].statements, statement)
	}
	add := func(p graph.PredicateRef, incoming bool, other, statement graph.Ref) {
		if q.Predicates == nil || slices.Contains(q.Predicates, p) {
			further(p, incoming, other, statement)
		}
	}
	for i := range n.ds.Statements {
		s := &n.ds.Statements[i]
		if s.Object == "" || !q.Filter.Match(n.filterRow(s)) {
			continue
		}
		discouraging := n.stance(n.refs[s.ID]) == graph.Discourages
		statement, p := n.refs[s.ID], n.predicate[s.Predicate]
		subject, object := n.refs[s.Subject], n.refs[s.Object]
		symmetric := n.sum.Predicates[p].Symmetric
		if ref == subject && (symmetric || q.Direction != graph.In) {
			add(p, false, object, statement)
		}
		if ref == object && symmetric && object != subject {
			add(p, false, subject, statement)
		}
		if ref == object && !symmetric && q.Direction != graph.Out {
			add(p, true, subject, statement)
		}
		if !discouraging || q.Predicates == nil || slices.Contains(q.Predicates, p) {
			continue
		}
		if ref == subject && slices.Contains(q.Discouraging, graph.Follow{Predicate: p}) {
			further(p, false, object, statement)
		}
		if ref == object && symmetric && object != subject && slices.Contains(q.Discouraging, graph.Follow{Predicate: p}) {
			further(p, false, subject, statement)
		}
		if ref == object && !symmetric && slices.Contains(q.Discouraging, graph.Follow{Predicate: p, Incoming: true}) {
			further(p, true, subject, statement)
		}
	}
	return slices.DeleteFunc(links, func(l link) bool {
		holding := graph.Holding(q.Filter, q.Negated)
		if q.Predicates != nil && !slices.Contains(q.Predicates, l.predicate) {
			holding |= graph.Discourages
		}
		return !n.holds(l.statements, holding)
	})
}

// value is one row of a PropertyBatch.
type value struct {
	predicate  graph.PredicateRef
	value      graph.Value
	bare       bool // given without a statement
	statements []graph.Ref
}

// Properties implements graph.Reader.
func (n *Naive) Properties(ctx context.Context, refs []graph.Ref, q graph.PropertyQuery, out *graph.PropertyBatch) error {
	out.Reset()
	if err := cmp.Or(ctx.Err(), q.Check(n.Summary())); err != nil {
		return err
	}
	for _, ref := range refs {
		values := n.valuesOf(ref, &q)
		slices.SortFunc(values, func(a, b value) int {
			return cmp.Or(cmp.Compare(a.predicate, b.predicate), graph.CompareValues(a.value, b.value))
		})
		from, to := q.Window.Range(len(values))
		for _, v := range values[from:to] {
			out.Predicate = append(out.Predicate, v.predicate)
			out.Value = append(out.Value, v.value)
			list(true, &out.Statements, v.statements)
		}
		out.Start = append(out.Start, uint32(len(out.Value)))
		out.Total = append(out.Total, len(values))
	}
	return nil
}

// valuesOf returns the values of one concept that the query keeps, unordered.
func (n *Naive) valuesOf(ref graph.Ref, q *graph.PropertyQuery) []value {
	var values []value
	add := func(id graph.ID, v graph.Value) *value {
		p := n.predicate[id]
		if q.Predicates != nil && !slices.Contains(q.Predicates, p) {
			return &value{}
		}
		i := slices.IndexFunc(values, func(x value) bool { return x.predicate == p && x.value == v })
		if i < 0 {
			values = append(values, value{predicate: p, value: v})
			i = len(values) - 1
		}
		return &values[i]
	}
	for i := range n.ds.Statements {
		s := &n.ds.Statements[i]
		if s.Object == "" && n.refs[s.Subject] == ref && q.Filter.Match(n.filterRow(s)) {
			x := add(s.Predicate, s.Value)
			x.statements = append(x.statements, n.refs[s.ID])
		}
	}
	if c, present := at(n, graph.ClassConcept, n.ds.Concepts, ref); present && q.Filter == nil {
		for _, p := range c.Properties {
			add(p.Predicate, p.Value).bare = true
		}
	}
	holding := graph.Holding(q.Filter, q.Negated)
	return slices.DeleteFunc(values, func(x value) bool { return !x.bare && !n.holds(x.statements, holding) })
}

// holds reports whether one of the statements is enough to hold a link.
func (n *Naive) holds(statements []graph.Ref, holding graph.Stance) bool {
	return slices.ContainsFunc(statements, func(r graph.Ref) bool { return n.stance(r)&holding != 0 })
}

func (n *Naive) stance(statement graph.Ref) graph.Stance {
	s := n.statement(statement)
	return graph.StanceOf(&n.sum.Predicates[n.predicate[s.Predicate]].Predicate, s.Modality, s.Negated)
}

func (n *Naive) filterRow(s *graph.Statement) graph.StatementRow {
	return graph.StatementRow{Statement: s, Refs: n.refs}
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}
