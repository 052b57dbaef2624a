package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// ConceptConnection is a page of concepts.
type ConceptConnection struct {
	pageOf
	view    *View
	refs    []graph.Ref // of the page
	counter counter     // of the whole list
}

// ConceptEdge is a concept in a list.
type ConceptEdge struct {
	Cursor string
	Node   Concept
}

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
	if kind != graph.KindNone {
		q.Kinds = []graph.Kind{kind}
	}
	found, err := walk.List(ctx, v.reader, q)
	if err != nil {
		return nil, err
	}
	return &ConceptConnection{
		pageOf: newPage(l, q.Window, found.Total), view: v, refs: found.Concepts,
		counter: counter{count: func(ctx context.Context) (walk.Counts, error) {
			q, none := q, 0
			q.Window, q.Counts = graph.Window{First: &none}, conceptGroups
			found, err := walk.List(ctx, v.reader, q)
			if err != nil {
				return walk.Counts{}, err
			}
			return found.Counts, nil
		}},
	}, nil
}

// conceptPage cuts a page out of a list of concepts.
func (v *View) conceptPage(l list, refs []graph.Ref, p Page) (*ConceptConnection, error) {
	w, err := l.window(p)
	if err != nil {
		return nil, err
	}
	page := newPage(l, w, len(refs))
	return &ConceptConnection{
		pageOf: page, view: v, refs: refs[page.from:page.to],
		counter: counter{count: func(ctx context.Context) (walk.Counts, error) {
			return walk.CountConcepts(ctx, v.reader, refs, conceptGroups)
		}},
	}, nil
}

// SameAs resolves the field sameAs.
func (c *concept) SameAs(ctx context.Context, first *int32, after *string, last *int32, before *string) (*ConceptConnection, error) {
	same, err := walk.SameAs(ctx, c.view.reader, []graph.Ref{c.ref})
	if err != nil {
		return nil, err
	}
	return c.view.conceptPage(c.view.listOf("sameAs", c.ID), same[0].Concepts, Page{first, after, last, before})
}
