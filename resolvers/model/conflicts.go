package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// StatementArguments are the arguments of the root field statements.
type StatementArguments struct {
	Predicates []string
	Filter     *LinkFilter
	OrderBy    walk.StatementOrder
	Page
}

// AllStatements answers the root field statements.
func (v *View) AllStatements(ctx context.Context, a StatementArguments) (*StatementConnection, error) {
	q := walk.StatementQuery{Order: a.OrderBy}
	l := v.listOf("statements", "", a.Predicates, a.Filter, a.OrderBy)
	var err error
	if q.Window, err = l.window(a.Page); err != nil {
		return nil, err
	}
	if q.Predicates, err = v.eitherWay(a.Predicates); err != nil {
		return nil, err
	}
	if q.Filter, err = v.linkFilter(ctx, "filter", a.Filter); err != nil {
		return nil, err
	}
	found, err := walk.Statements(ctx, v.reader, q)
	if err != nil {
		return nil, err
	}
	return &StatementConnection{PageOf: newPage(l, q.Window, found.Total), view: v, refs: found.Statements}, nil
}

// eitherWay finds predicates by their forward names or their names read from the
// object; no list stays no list.
func (v *View) eitherWay(names []string) ([]graph.PredicateRef, error) {
	if names == nil {
		return nil, nil
	}
	refs := make([]graph.PredicateRef, len(names))
	for i, name := range names {
		var err error
		if refs[i], _, err = v.findPredicate(BadFilter, "predicates", name); err != nil {
			return nil, err
		}
	}
	return refs, nil
}

// ConflictArguments are the arguments of the root field conflicts.
type ConflictArguments struct {
	Predicates []string
	Filter     *LinkFilter
	Page
}

// ConflictConnection is a page of conflicts.
type ConflictConnection struct {
	PageOf
	view  *View
	found *walk.ConflictPage // of this page
}

// ConflictEdge is a conflict in a list.
type ConflictEdge struct {
	Cursor string
	Node   *Conflict
}

// Conflict is a claim that some hold, and that others speak against.
type Conflict struct {
	view *View
	ConflictRow
}

// ConflictRow is a conflict: its scalars.
type ConflictRow struct{ of *walk.Conflict }

// ConflictRowOf returns the scalars of a conflict.
func ConflictRowOf(c *walk.Conflict) ConflictRow { return ConflictRow{c} }

func (c ConflictRow) Scopes() graph.ScopeMatch { return c.of.Scopes }
func (c ConflictRow) DiffersIn() []string      { return qualifierNames(c.of.DiffersIn) }

// Conflicts answers the root field conflicts.
func (v *View) Conflicts(ctx context.Context, a ConflictArguments) (*ConflictConnection, error) {
	var q walk.ConflictQuery
	l := v.listOf("conflicts", "", a.Predicates, a.Filter)
	var err error
	if q.Window, err = l.window(a.Page); err != nil {
		return nil, err
	}
	if q.Predicates, err = v.eitherWay(a.Predicates); err != nil {
		return nil, err
	}
	if q.Filter, err = v.linkFilter(ctx, "filter", a.Filter); err != nil {
		return nil, err
	}
	found, err := walk.Conflicts(ctx, v.reader, q)
	if err != nil {
		return nil, err
	}
	return &ConflictConnection{newPage(l, q.Window, found.Total), v, found}, nil
}

// Found returns the conflicts of the page.
func (c *ConflictConnection) Found() []walk.Conflict { return c.found.Conflicts }

// Nodes resolves the field nodes.
func (c *ConflictConnection) Nodes() []*Conflict {
	return objectsOf(c.found.Conflicts, func(f *walk.Conflict) *Conflict { return &Conflict{c.view, ConflictRow{f}} })
}

// Edges resolves the field edges.
func (c *ConflictConnection) Edges() []ConflictEdge {
	edges := make([]ConflictEdge, c.Len())
	for i, node := range c.Nodes() {
		edges[i] = ConflictEdge{Cursor: c.cursor(i), Node: node}
	}
	return edges
}

// Subject resolves the field subject.
func (c *Conflict) Subject(ctx context.Context) (Concept, error) {
	return c.view.Concept(ctx, c.of.Subject)
}

// Predicate resolves the field predicate.
func (c *Conflict) Predicate() *Predicate { return c.view.predicate(c.of.Predicate) }

// Object resolves the field object.
func (c *Conflict) Object(ctx context.Context) (Concept, error) {
	return c.view.Concept(ctx, c.of.Object)
}

// Value resolves the field value.
func (c *Conflict) Value() *Value {
	if c.of.Object != graph.NoRef {
		return nil
	}
	return &Value{&c.of.Value}
}

// Supporting resolves the field supporting.
func (c *Conflict) Supporting(ctx context.Context) ([]*Statement, error) {
	return c.view.Statements(ctx, c.of.Holding)
}

// Opposing resolves the field opposing.
func (c *Conflict) Opposing(ctx context.Context) ([]*Statement, error) {
	return c.view.Statements(ctx, c.of.Against)
}

// qualifierNames returns the names of qualifiers; never nil.
func qualifierNames(all []graph.Qualifier) []string {
	names := make([]string, len(all))
	for i, q := range all {
		names[i] = q.String()
	}
	return names
}
