package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
)

// PropertyConnection is a page of values.
type PropertyConnection struct {
	PageOf
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
	for i := range nodes {
		nodes[i] = &Property{c.view.predicate(c.properties.Predicate[i]), &Value{&c.properties.Value[i]}}
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
	question, err := c.view.AskProperties(ctx, PropertyArguments{predicates, filter, Page{first, after, last, before}})
	if err != nil {
		return nil, err
	}
	window, err := question.Window(c.ID())
	if err != nil {
		return nil, err
	}
	connection := &PropertyConnection{view: c.view}
	if err := question.Read(ctx, c.view, []graph.Ref{c.ref}, window, &connection.properties); err != nil {
		return nil, err
	}
	connection.PageOf = question.Page(c.ID(), window, connection.properties.Total[0])
	return connection, nil
}

// PropertyArguments are the arguments of the field properties.
type PropertyArguments struct {
	Predicates []string
	Filter     *LinkFilter
	Page
}

// PropertyQuestion is what the field properties asks, the same of every concept
// that it is on, and in every view of one version.
type PropertyQuestion struct {
	Paging
	query graph.PropertyQuery
}

// AskProperties makes the question of the field properties. Its errors are
// those that the field has on every concept.
func (v *View) AskProperties(ctx context.Context, a PropertyArguments) (*PropertyQuestion, error) {
	refs, err := v.predicateRefs(a.Predicates)
	if err != nil {
		return nil, err
	}
	q := &PropertyQuestion{}
	if q.Paging, err = v.paging(a.Page, "properties", refs, a.Filter); err != nil {
		return nil, err
	}
	q.query.Predicates = refs
	q.query.Filter, err = v.linkFilter(ctx, "filter", a.Filter)
	return q, err
}

// Read asks the question of concepts: a row for each, in their order.
func (q *PropertyQuestion) Read(ctx context.Context, v *View, concepts []graph.Ref, w graph.Window, out *graph.PropertyBatch) error {
	query := q.query
	query.Window = w
	return v.reader.Properties(ctx, concepts, query, out)
}
