package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// ConceptConnection is a page of concepts.
type ConceptConnection struct {
	PageOf
	counting
	refs []graph.Ref // of the page
}

// ConceptEdge is a concept in a list.
type ConceptEdge struct {
	Cursor string
	Node   Concept
}

// Refs returns the concepts of the page.
func (c *ConceptConnection) Refs() []graph.Ref { return c.refs }

// Nodes resolves the field nodes.
func (c *ConceptConnection) Nodes(ctx context.Context) ([]Concept, error) {
	return c.view.Concepts(ctx, c.refs)
}

// Edges resolves the field edges.
func (c *ConceptConnection) Edges(ctx context.Context) ([]ConceptEdge, error) {
	nodes, err := c.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	edges := make([]ConceptEdge, len(nodes))
	for i, node := range nodes {
		edges[i] = ConceptEdge{Cursor: c.cursor(i), Node: node}
	}
	return edges, nil
}

// List answers a root field that lists concepts of a kind, by any of their
// types; KindNone lists all.
func (v *View) List(ctx context.Context, field string, kind graph.Kind, filter *ConceptFilter, order walk.ListOrder, p Page) (*ConceptConnection, error) {
	l := v.listOf(field, "", filter, order)
	q := walk.ListQuery{Order: order}
	var err error
	if q.Window, err = l.window(p); err != nil {
		return nil, err
	}
	if q.Where, err = v.selection(ctx, "filter", filter); err != nil {
		return nil, err
	}
	if !filter.asksDeprecated() {
		current := false
		if q.Where == nil {
			q.Where = &walk.Selection{}
		}
		q.Where.Deprecated = &current
	}
	if kind != graph.KindNone {
		q.Kinds = []graph.Kind{kind}
	}
	found, err := walk.List(ctx, v.reader, q)
	if err != nil {
		return nil, err
	}
	return &ConceptConnection{
		PageOf: newPage(l, q.Window, found.Total), refs: found.Concepts,
		counting: counting{v, counter{count: func(ctx context.Context) (walk.Counts, error) {
			q, none := q, 0
			q.Window, q.Counts = graph.Window{First: &none}, conceptGroups
			found, err := walk.List(ctx, v.reader, q)
			if err != nil {
				return walk.Counts{}, err
			}
			return found.Counts, nil
		}}},
	}, nil
}

// ConceptPage cuts a page out of the list of concepts that a field gives of the
// object with the id.
func (v *View) ConceptPage(field, id string, refs []graph.Ref, p Page) (*ConceptConnection, error) {
	l := v.listOf(field, id)
	w, err := l.window(p)
	if err != nil {
		return nil, err
	}
	page := newPage(l, w, len(refs))
	return &ConceptConnection{
		PageOf: page, refs: refs[page.from:page.to],
		counting: counting{v, counter{count: func(ctx context.Context) (walk.Counts, error) {
			return walk.CountConcepts(ctx, v.reader, refs, conceptGroups)
		}}},
	}, nil
}

// SameAs resolves the field sameAs.
func (c *concept) SameAs(ctx context.Context, first *int32, after *string, last *int32, before *string) (*ConceptConnection, error) {
	same, err := walk.SameAs(ctx, c.view.reader, []graph.Ref{c.ref})
	if err != nil {
		return nil, err
	}
	return c.view.ConceptPage("sameAs", c.ID(), same[0].Concepts, Page{first, after, last, before})
}
