package model

import (
	"context"
	"sync"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// LinkConnection is a page of links.
type LinkConnection struct {
	PageOf
	counting
	question *LinkQuestion
	links    []Link // of this page

	supported sync.Once
	supports  []walk.Support // of the links, read when the first edge is asked
	fault     error

	Complete bool
}

// LinkEdge is a link in a list.
type LinkEdge struct {
	view *View
	link *Link
	LinkRow
	of *LinkConnection
	at int // on its page

	Cursor    string
	Node      Concept
	Predicate *Predicate
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
			view:      c.view,
			link:      l,
			LinkRow:   LinkRow{l.Incoming, l.Distance},
			of:        c,
			at:        i,
			Cursor:    c.cursor(i),
			Node:      node,
			Predicate: c.view.predicate(l.Predicate),
		}
	}
	return edges, nil
}

// LinkRow is a link of a concept: its scalars.
type LinkRow struct {
	incoming bool // the concept is the object
	distance int  // from the concept, or from a narrower one, in links
}

// LinkRowOf returns the scalars of a link.
func LinkRowOf(incoming bool, distance int) LinkRow { return LinkRow{incoming, distance} }

func (l LinkRow) Distance() int { return l.distance }

// Direction says which way the link is followed.
func (l LinkRow) Direction() graph.Direction {
	if l.incoming {
		return graph.In
	}
	return graph.Out
}

// Statements resolves the field statements.
func (e *LinkEdge) Statements(ctx context.Context) ([]*Statement, error) {
	return e.view.Statements(ctx, e.link.Statements)
}

// Support resolves the field support.
func (e *LinkEdge) Support(ctx context.Context) (Support, error) {
	c := e.of
	c.supported.Do(func() {
		var statements graph.Lists[graph.Ref]
		statements.Reset()
		for i := range c.links {
			statements.Items = append(statements.Items, c.links[i].Statements...)
			statements.Close()
		}
		c.supports, c.fault = c.question.Supports(ctx, e.view, statements)
	})
	if c.fault != nil {
		return Support{}, c.fault
	}
	return Support{&c.supports[e.at]}, nil
}

// Explanation resolves the field explanation.
func (e *LinkEdge) Explanation(ctx context.Context) (string, error) {
	return e.view.sentence(ctx, e.link.Statements)
}

// Via resolves the field via.
func (e *LinkEdge) Via(ctx context.Context) ([]Concept, error) {
	return e.view.Concepts(ctx, e.link.Via)
}

// Links resolves the field links.
func (c *concept) Links(ctx context.Context, direction graph.Direction, predicates []string, filter *LinkFilter, nodeFilter *ConceptFilter, support *SupportFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "links", LinkArguments{
		Direction: direction, Predicates: predicates, Filter: filter, NodeFilter: nodeFilter, Support: support,
		IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before},
	})
}

// links answers a link field.
func (c *concept) links(ctx context.Context, field string, a LinkArguments) (*LinkConnection, error) {
	question, err := c.view.AskLinks(ctx, field, a)
	if err != nil {
		return nil, err
	}
	window, err := question.Window(c.ID())
	if err != nil {
		return nil, err
	}
	concepts := []graph.Ref{c.ref}
	pages, err := question.Read(ctx, c.view, concepts, window)
	if err != nil {
		return nil, err
	}
	connection := &LinkConnection{
		PageOf:   question.Page(c.ID(), window, pages[0].Total),
		question: question, links: pages[0].Links, Complete: pages[0].Complete,
	}
	connection.view, connection.counter.count = c.view, func(ctx context.Context) (walk.Counts, error) {
		counts, err := question.Count(ctx, c.view, concepts)
		if err != nil {
			return walk.Counts{}, err
		}
		return counts[0], nil
	}
	return connection, nil
}
