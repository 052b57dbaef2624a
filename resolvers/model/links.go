package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
)

// LinkConnection is a page of links.
type LinkConnection struct {
	pageOf
	view  *View
	links graph.LinkBatch // of one concept: this page
}

// LinkEdge is a link in a list.
type LinkEdge struct {
	view       *View
	statements []graph.Ref

	Cursor    string
	Node      Concept
	Predicate *Predicate
	Direction graph.Direction
}

// Nodes resolves the field nodes.
func (c *LinkConnection) Nodes(ctx context.Context) ([]Concept, error) {
	return c.view.Concepts(ctx, c.links.Other)
}

// Edges resolves the field edges.
func (c *LinkConnection) Edges(ctx context.Context) ([]*LinkEdge, error) {
	nodes, err := c.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	edges := make([]*LinkEdge, len(nodes))
	for i, node := range nodes {
		edges[i] = &LinkEdge{
			view:       c.view,
			statements: c.links.Statements.At(i),
			Cursor:     c.cursor(i),
			Node:       node,
			Predicate:  c.view.predicate(c.links.Predicate[i]),
			Direction:  graph.Out,
		}
		if c.links.Incoming[i] {
			edges[i].Direction = graph.In
		}
	}
	return edges, nil
}

// Statements resolves the field statements.
func (e *LinkEdge) Statements(ctx context.Context) ([]*Statement, error) {
	return e.view.Statements(ctx, e.statements)
}

// Links resolves the field links.
func (c *concept) Links(ctx context.Context, direction graph.Direction, predicates []string, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	refs, err := c.view.predicateRefs(predicates)
	if err != nil {
		return nil, err
	}
	l := c.view.listOf("links", c.ID, direction, refs, filter, orderBy)
	q := graph.LinkQuery{Direction: direction, Predicates: refs, Order: orderBy}
	return c.links(ctx, l, q, filter, Page{first, after, last, before})
}

// predicateRefs finds the predicates that an argument names; no list stays no
// list.
func (v *View) predicateRefs(names []string) ([]graph.PredicateRef, error) {
	if names == nil {
		return nil, nil
	}
	refs := make([]graph.PredicateRef, len(names))
	for i, name := range names {
		ref, reversed, err := v.findPredicate(BadFilter, "predicates", name)
		if err != nil {
			return nil, err
		}
		if p := v.Summary().Predicates[ref]; reversed {
			return nil, errorf(BadFilter, "predicates: %q is %s read from the object: ask for %q with direction IN", name, p.ID, p.Name)
		}
		refs[i] = ref
	}
	return refs, nil
}

// links answers a link field.
func (c *concept) links(ctx context.Context, l list, q graph.LinkQuery, filter *LinkFilter, p Page) (*LinkConnection, error) {
	var err error
	if q.Window, err = l.window(p); err != nil {
		return nil, err
	}
	if q.Filter, err = c.view.linkFilter(ctx, filter); err != nil {
		return nil, err
	}
	connection := &LinkConnection{view: c.view}
	if err := c.view.reader.Links(ctx, []graph.Ref{c.ref}, q, &connection.links); err != nil {
		return nil, err
	}
	connection.pageOf = newPage(l, q.Window, connection.links.Total[0])
	return connection, nil
}

// PropertyConnection is a page of values.
type PropertyConnection struct {
	pageOf
	view       *View
	properties graph.PropertyBatch // of one concept: this page
}

// PropertyEdge is a value in a list.
type PropertyEdge struct {
	view       *View
	statements []graph.Ref

	Cursor string
	Node   *Property
}

// Nodes resolves the field nodes.
func (c *PropertyConnection) Nodes() []*Property {
	nodes := make([]*Property, len(c.properties.Value))
	for i, v := range c.properties.Value {
		nodes[i] = &Property{Predicate: c.view.predicate(c.properties.Predicate[i]), Value: value(v)}
	}
	return nodes
}

// Edges resolves the field edges.
func (c *PropertyConnection) Edges() []*PropertyEdge {
	edges := make([]*PropertyEdge, len(c.properties.Value))
	for i, node := range c.Nodes() {
		edges[i] = &PropertyEdge{view: c.view, statements: c.properties.Statements.At(i), Cursor: c.cursor(i), Node: node}
	}
	return edges
}

// Statements resolves the field statements.
func (e *PropertyEdge) Statements(ctx context.Context) ([]*Statement, error) {
	return e.view.Statements(ctx, e.statements)
}

// Properties resolves the field properties.
func (c *concept) Properties(ctx context.Context, predicates []string, filter *LinkFilter, first *int32, after *string, last *int32, before *string) (*PropertyConnection, error) {
	refs, err := c.view.predicateRefs(predicates)
	if err != nil {
		return nil, err
	}
	l := c.view.listOf("properties", c.ID, refs, filter)
	q := graph.PropertyQuery{Predicates: refs}
	if q.Window, err = l.window(Page{first, after, last, before}); err != nil {
		return nil, err
	}
	if q.Filter, err = c.view.linkFilter(ctx, filter); err != nil {
		return nil, err
	}
	connection := &PropertyConnection{view: c.view}
	if err := c.view.reader.Properties(ctx, []graph.Ref{c.ref}, q, &connection.properties); err != nil {
		return nil, err
	}
	connection.pageOf = newPage(l, q.Window, connection.properties.Total[0])
	return connection, nil
}
