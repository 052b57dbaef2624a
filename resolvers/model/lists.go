package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
)

// ConceptConnection is a page of concepts.
type ConceptConnection struct {
	pageOf
	view *View
	refs []graph.Ref // of the page
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
func (v *View) List(ctx context.Context, field string, kind graph.Kind, filter *ConceptFilter, p Page) (*ConceptConnection, error) {
	l := v.listOf(field, "", filter)
	var q graph.ConceptQuery
	var err error
	if q.Window, err = l.window(p); err != nil {
		return nil, err
	}
	if q.Filter, err = v.conceptFilter(ctx, filter); err != nil {
		return nil, err
	}
	if kind != graph.KindNone {
		q.Kinds = []graph.Kind{kind}
	}
	var found graph.RefList
	if err := v.reader.List(ctx, q, &found); err != nil {
		return nil, err
	}
	return &ConceptConnection{pageOf: newPage(l, q.Window, found.Total), view: v, refs: found.Refs}, nil
}
