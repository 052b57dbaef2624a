package graphtest

import (
	"cmp"
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Links implements graph.Reader.
func (n *Naive) Links(ctx context.Context, refs []graph.Ref, q graph.LinkQuery, out *graph.LinkBatch) error {
	out.Reset()
	if err := cmp.Or(ctx.Err(), q.Check(n.Summary())); err != nil {
		return err
	}
	for _, ref := range refs {
		links := n.linksOf(ref, &q)
		slices.SortFunc(links, q.Order.CompareLinks)
		out.Append(links, q.Window)
	}
	return nil
}

// linksOf returns the links of one concept that the query keeps, unordered.
func (n *Naive) linksOf(ref graph.Ref, q *graph.LinkQuery) []graph.Link {
	var links []graph.Link
	further := func(p graph.PredicateRef, incoming bool, other, statement graph.Ref) {
		if q.To != graph.NoRef && q.To != other {
			return
		}
		i := slices.IndexFunc(links, func(l graph.Link) bool {
			return l.Predicate == p && l.Incoming == incoming && l.Other == other
		})
		if i < 0 {
			links = append(links, graph.Link{Predicate: p, Incoming: incoming, Other: other})
			i = len(links) - 1
		}
		links[i].Statements = append(links[i].Statements, statement)
	}
	add := func(p graph.PredicateRef, incoming bool, other, statement graph.Ref) {
		if q.Predicates == nil || slices.Contains(q.Predicates, p) {
			further(p, incoming, other, statement)
		}
	}
	for i := range n.ds.Statements {
		s := &n.ds.Statements[i]
		if s.Object == "" || s.With != nil || !q.Filter.Shows(s.Withdrawn) || !q.Filter.Match(n.filterRow(s)) {
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
	return slices.DeleteFunc(links, func(l graph.Link) bool {
		holding := graph.Holding(q.Filter, q.Negated)
		if q.Predicates != nil && !slices.Contains(q.Predicates, l.Predicate) {
			holding |= graph.Discourages
		}
		return !n.holds(l.Statements, holding)
	})
}

// Combinations implements graph.Reader.
func (n *Naive) Combinations(ctx context.Context, refs []graph.Ref, out *graph.Lists[graph.Ref]) error {
	out.Reset()
	for _, ref := range refs {
		for i := range n.ds.Statements {
			s := &n.ds.Statements[i]
			if names := append(s.Together(), s.Object); len(s.With) > 0 && s.Withdrawn == graph.NotWithdrawn && ref != graph.NoRef &&
				slices.ContainsFunc(names, func(id graph.ID) bool { return n.refs[id] == ref }) {
				out.Items = append(out.Items, n.refs[s.ID])
			}
		}
		out.Close()
	}
	return ctx.Err()
}

// Properties implements graph.Reader.
func (n *Naive) Properties(ctx context.Context, refs []graph.Ref, q graph.PropertyQuery, out *graph.PropertyBatch) error {
	out.Reset()
	if err := cmp.Or(ctx.Err(), q.Check(n.Summary())); err != nil {
		return err
	}
	for _, ref := range refs {
		values := n.valuesOf(ref, &q)
		slices.SortFunc(values, graph.CompareStatedValues)
		out.Append(values, q.Window)
	}
	return nil
}

// valuesOf returns the values of one concept that the query keeps, unordered.
func (n *Naive) valuesOf(ref graph.Ref, q *graph.PropertyQuery) []graph.StatedValue {
	var values []graph.StatedValue
	add := func(id graph.ID, v graph.Value) *graph.StatedValue {
		p := n.predicate[id]
		if q.Predicates != nil && !slices.Contains(q.Predicates, p) {
			return &graph.StatedValue{}
		}
		i := slices.IndexFunc(values, func(x graph.StatedValue) bool { return x.Predicate == p && x.Value == v })
		if i < 0 {
			values = append(values, graph.StatedValue{Predicate: p, Value: v})
			i = len(values) - 1
		}
		return &values[i]
	}
	for i := range n.ds.Statements {
		s := &n.ds.Statements[i]
		if s.Object == "" && n.refs[s.Subject] == ref && s.With == nil && q.Filter.Shows(s.Withdrawn) && q.Filter.Match(n.filterRow(s)) {
			x := add(s.Predicate, s.Value)
			x.Statements = append(x.Statements, n.refs[s.ID])
		}
	}
	bare := map[graph.Property]bool{} // given without a statement
	if c, present := at(n, graph.ClassConcept, n.ds.Concepts, ref); present && q.Filter == nil {
		for _, p := range c.Properties {
			add(p.Predicate, p.Value)
			bare[p] = true
		}
	}
	holding := graph.Holding(q.Filter, q.Negated)
	return slices.DeleteFunc(values, func(x graph.StatedValue) bool {
		return !bare[graph.Property{Predicate: n.sum.Predicates[x.Predicate].ID, Value: x.Value}] && !n.holds(x.Statements, holding)
	})
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
