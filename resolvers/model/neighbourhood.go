package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// Neighbourhood is what surrounds a concept.
type Neighbourhood struct {
	view    *View
	picture *walk.Picture
}

func (n *Neighbourhood) OmittedCount() int { return n.picture.Omitted }
func (n *Neighbourhood) Complete() bool    { return n.picture.Complete }
func (n *Neighbourhood) LeftOutCount() int { return n.picture.LeftOut }

// NeighbourhoodNode is a concept of a neighbourhood.
type NeighbourhoodNode struct {
	NodeRow
	Concept Concept
}

// NodeRow is a concept of a neighbourhood: its scalars.
type NodeRow struct{ of *walk.Node }

// NodeRowOf returns the scalars of a concept of a neighbourhood.
func NodeRowOf(n *walk.Node) NodeRow { return NodeRow{n} }

func (n NodeRow) Distance() int  { return n.of.Distance }
func (n NodeRow) Score() float64 { return n.of.Score }

// NeighbourhoodEdge is a link of a neighbourhood.
type NeighbourhoodEdge struct {
	view *View
	edge walk.Edge

	Predicate *Predicate
}

// Neighbourhood resolves the field neighbourhood.
func (c *concept) Neighbourhood(ctx context.Context, depth, first int32, predicates []string) (*Neighbourhood, error) {
	return c.view.Neighbourhood(ctx, c.ref, depth, first, predicates)
}

// Picture returns what was found.
func (n *Neighbourhood) Picture() *walk.Picture { return n.picture }

// Neighbourhood finds what surrounds a concept.
func (v *View) Neighbourhood(ctx context.Context, concept graph.Ref, depth, first int32, predicates []string) (*Neighbourhood, error) {
	// What walk takes for "the default" must not be had by asking for nothing.
	if depth < 1 || first < 1 {
		return nil, errorf(BadArgument, "depth is %d and first is %d; both begin at 1", depth, first)
	}
	refs, err := v.predicateRefs(predicates)
	if err != nil {
		return nil, err
	}
	picture, err := walk.Neighbourhood(ctx, v.reader, walk.NeighbourhoodQuery{Concept: concept, Depth: int(depth), First: int(first), Predicates: refs})
	if err != nil {
		return nil, badArgument(err)
	}
	return &Neighbourhood{v, picture}, nil
}

// Nodes resolves the field nodes.
func (n *Neighbourhood) Nodes(ctx context.Context) ([]NeighbourhoodNode, error) {
	concepts, err := n.view.Concepts(ctx, objectsOf(n.picture.Nodes, func(n *walk.Node) graph.Ref { return n.Concept }))
	if err != nil {
		return nil, err
	}
	nodes := make([]NeighbourhoodNode, len(concepts))
	for i, c := range concepts {
		nodes[i] = NeighbourhoodNode{NodeRow{&n.picture.Nodes[i]}, c}
	}
	return nodes, nil
}

// Edges resolves the field edges.
func (n *Neighbourhood) Edges() []*NeighbourhoodEdge {
	edges := make([]*NeighbourhoodEdge, len(n.picture.Edges))
	for i, e := range n.picture.Edges {
		edges[i] = &NeighbourhoodEdge{view: n.view, edge: e, Predicate: n.view.predicate(e.Predicate)}
	}
	return edges
}

// Subject resolves the field subject.
func (e *NeighbourhoodEdge) Subject(ctx context.Context) (Concept, error) {
	return e.view.Concept(ctx, e.edge.Subject)
}

// Object resolves the field object.
func (e *NeighbourhoodEdge) Object(ctx context.Context) (Concept, error) {
	return e.view.Concept(ctx, e.edge.Object)
}

// Statements resolves the field statements.
func (e *NeighbourhoodEdge) Statements(ctx context.Context) ([]*Statement, error) {
	return e.view.Statements(ctx, e.edge.Statements)
}
