package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// PathArguments are the arguments of the root field paths.
type PathArguments struct {
	From, To            string
	MaxLength, LongerBy int32
	Predicates, Avoid   []string
	Page
}

// PathConnection is a page of the paths between two concepts.
type PathConnection struct {
	PageOf
	view  *View
	found *walk.PathPage // of this page
}

func (c *PathConnection) NoPathReason() walk.Reason { return c.found.Reason }
func (c *PathConnection) Complete() bool            { return c.found.Complete }

// NoPathExplanation says the reason in words.
func (c *PathConnection) NoPathExplanation() Stated { return Stated(c.found.WhyNone()) }

// PathEdge is a path in a list.
type PathEdge struct {
	Cursor string
	Node   *Path
}

// Path is a way from one concept to another.
type Path struct {
	view *View
	PathRow
}

// PathRow is a path that was found: its scalars.
type PathRow struct{ of *walk.Path }

// PathRowOf returns the scalars of a path.
func PathRowOf(p *walk.Path) PathRow { return PathRow{p} }

func (p PathRow) Length() int    { return len(p.of.Steps) }
func (p PathRow) Score() float64 { return p.of.Score }

// PathStep is a pair of neighbours on a path.
type PathStep struct {
	view *View
	step *walk.Step
}

// StepLink is a link between two neighbours on a path.
type StepLink struct {
	view *View
	link *walk.Link
	LinkRow

	Predicate *Predicate
}

// Paths answers the root field paths.
func (v *View) Paths(ctx context.Context, a PathArguments) (*PathConnection, error) {
	l := v.listOf("paths", "", a.From, a.To, a.MaxLength, a.LongerBy, a.Predicates, a.Avoid)
	q := walk.PathQuery{MaxLength: int(a.MaxLength), LongerBy: int(a.LongerBy)}
	// What walk takes for "the default" must not be had by asking for nothing.
	if a.MaxLength < 1 {
		return nil, errorf(BadArgument, "maxLength is %d; a path has 1 to %d links", a.MaxLength, walk.LongestMaxLength)
	}
	var err error
	if q.Window, err = l.window(a.Page); err != nil {
		return nil, err
	}
	if q.From, err = v.ConceptRef(ctx, "from", a.From); err != nil {
		return nil, err
	}
	if q.To, err = v.ConceptRef(ctx, "to", a.To); err != nil {
		return nil, err
	}
	if q.Predicates, err = v.predicateRefs(a.Predicates); err != nil {
		return nil, err
	}
	if q.Avoid, err = v.conceptRefs(ctx, "avoid", a.Avoid); err != nil {
		return nil, err
	}
	found, err := walk.Paths(ctx, v.reader, q)
	if err != nil {
		return nil, badArgument(err)
	}
	return &PathConnection{newPage(l, q.Window, found.Total), v, found}, nil
}

// conceptRefs finds concepts that have to be there.
func (v *View) conceptRefs(ctx context.Context, argument string, ids []string) ([]graph.Ref, error) {
	refs := make([]graph.Ref, len(ids))
	for i, id := range ids {
		var err error
		if refs[i], err = v.ConceptRef(ctx, argument, id); err != nil {
			return nil, err
		}
	}
	return refs, nil
}

// Paths returns the paths of the page.
func (c *PathConnection) Paths() []walk.Path { return c.found.Paths }

// Nodes resolves the field nodes.
func (c *PathConnection) Nodes() []*Path {
	return objectsOf(c.found.Paths, func(p *walk.Path) *Path { return &Path{c.view, PathRow{p}} })
}

// Edges resolves the field edges.
func (c *PathConnection) Edges() []PathEdge {
	edges := make([]PathEdge, c.Len())
	for i, node := range c.Nodes() {
		edges[i] = PathEdge{Cursor: c.cursor(i), Node: node}
	}
	return edges
}

// Nodes resolves the field nodes.
func (p *Path) Nodes(ctx context.Context) ([]Concept, error) {
	return p.view.Concepts(ctx, p.of.Nodes)
}

// Steps resolves the field steps.
func (p *Path) Steps() []*PathStep {
	return objectsOf(p.of.Steps, func(s *walk.Step) *PathStep { return &PathStep{p.view, s} })
}

// Explanation resolves the field explanation.
func (p *Path) Explanation(ctx context.Context) (string, error) {
	sentences, err := walk.Explain(ctx, p.view.reader, []walk.Path{*p.of})
	if err != nil {
		return "", err
	}
	return sentences[0], nil
}

// From resolves the field from.
func (s *PathStep) From(ctx context.Context) (Concept, error) {
	return s.view.Concept(ctx, s.step.From)
}

// To resolves the field to.
func (s *PathStep) To(ctx context.Context) (Concept, error) { return s.view.Concept(ctx, s.step.To) }

// Links resolves the field links.
func (s *PathStep) Links() []*StepLink {
	return objectsOf(s.step.Links, func(l *walk.Link) *StepLink {
		return &StepLink{s.view, l, LinkRow{incoming: l.Incoming}, s.view.predicate(l.Predicate)}
	})
}

// Statements resolves the field statements.
func (l *StepLink) Statements(ctx context.Context) ([]*Statement, error) {
	return l.view.Statements(ctx, l.link.Statements)
}
