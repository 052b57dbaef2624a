package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
)

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
	if q.Filter, err = c.view.linkFilter(ctx, "filter", filter); err != nil {
		return nil, err
	}
	connection := &PropertyConnection{view: c.view}
	if err := c.view.reader.Properties(ctx, []graph.Ref{c.ref}, q, &connection.properties); err != nil {
		return nil, err
	}
	connection.pageOf = newPage(l, q.Window, connection.properties.Total[0])
	return connection, nil
}
