package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// LinkConnection is a page of links.
type LinkConnection struct {
	PageOf
	view    *View
	links   []Link  // of this page
	counter counter // of the whole list

	Complete bool
}

// LinkEdge is a link in a list.
type LinkEdge struct {
	view       *View
	statements []graph.Ref
	via        []graph.Ref

	Cursor    string
	Node      Concept
	Predicate *Predicate
	Direction graph.Direction
	Distance  int32
}

// Nodes resolves the field nodes.
func (c *LinkConnection) Nodes(ctx context.Context) ([]Concept, error) {
	refs := make([]graph.Ref, len(c.links))
	for i := range c.links {
		refs[i] = c.links[i].Other
	}
	return c.view.Concepts(ctx, refs)
}

// Edges resolves the field edges.
func (c *LinkConnection) Edges(ctx context.Context) ([]*LinkEdge, error) {
	nodes, err := c.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	edges := make([]*LinkEdge, len(nodes))
	for i, node := range nodes {
		l := &c.links[i]
		edges[i] = &LinkEdge{
			view:       c.view,
			statements: l.Statements,
			via:        l.Via,
			Cursor:     c.cursor(i),
			Node:       node,
			Predicate:  c.view.predicate(l.Predicate),
			Direction:  DirectionOf(l.Incoming),
			Distance:   int32(l.Distance),
		}
	}
	return edges, nil
}

// DirectionOf says which way a link is followed.
func DirectionOf(incoming bool) graph.Direction {
	if incoming {
		return graph.In
	}
	return graph.Out
}

// Statements resolves the field statements.
func (e *LinkEdge) Statements(ctx context.Context) ([]*Statement, error) {
	return e.view.Statements(ctx, e.statements)
}

// Via resolves the field via.
func (e *LinkEdge) Via(ctx context.Context) ([]Concept, error) {
	return e.view.Concepts(ctx, e.via)
}

// Links resolves the field links.
func (c *concept) Links(ctx context.Context, direction graph.Direction, predicates []string, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "links", LinkArguments{
		Direction: direction, Predicates: predicates, Filter: filter, NodeFilter: nodeFilter,
		IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before},
	})
}

// links answers a link field.
func (c *concept) links(ctx context.Context, field string, a LinkArguments) (*LinkConnection, error) {
	question, err := c.view.AskLinks(ctx, field, a)
	if err != nil {
		return nil, err
	}
	window, err := question.Window(c.ID)
	if err != nil {
		return nil, err
	}
	concepts := []graph.Ref{c.ref}
	pages, err := question.Read(ctx, c.view, concepts, window)
	if err != nil {
		return nil, err
	}
	connection := &LinkConnection{
		PageOf: question.Page(c.ID, window, pages[0].Total),
		view:   c.view, links: pages[0].Links, Complete: pages[0].Complete,
	}
	connection.counter.count = func(ctx context.Context) (walk.Counts, error) {
		counts, err := question.Count(ctx, c.view, concepts)
		if err != nil {
			return walk.Counts{}, err
		}
		return counts[0], nil
	}
	return connection, nil
}
