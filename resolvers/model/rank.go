package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// RankConnection is a page of the conditions that fit some findings.
type RankConnection struct {
	PageOf
	view  *View
	found *walk.Ranking // of this page
}

func (c *RankConnection) FindingCount() int { return c.found.Findings }

// RankEdge is a condition with the reasons for and against it.
type RankEdge struct {
	view *View
	RankRow

	Cursor string
	Node   Concept
}

// RankRow is a condition in a ranking: its scalars.
type RankRow struct{ of *walk.Ranked }

// RankRowOf returns the scalars of a condition in a ranking.
func RankRowOf(r *walk.Ranked) RankRow { return RankRow{r} }

func (r RankRow) Score() float64 { return r.of.Score }

// RankReason is a reason for or against a condition.
type RankReason struct {
	view *View
	ReasonRow
}

// ReasonRow is a reason for or against a condition: its scalars.
type ReasonRow struct{ of *walk.Evidence }

// ReasonRowOf returns the scalars of a reason.
func ReasonRowOf(e *walk.Evidence) ReasonRow { return ReasonRow{e} }

func (r ReasonRow) Match() walk.Match { return r.of.Match }
func (r ReasonRow) Weight() float64   { return r.of.Weight }

// RankCombination is a reason for or against a condition of several findings
// together.
type RankCombination struct {
	view *View
	CombinationRow
}

// CombinationRow is such a reason: its scalars.
type CombinationRow struct{ of *walk.Combination }

// CombinationRowOf returns the scalars of such a reason.
func CombinationRowOf(c *walk.Combination) CombinationRow { return CombinationRow{c} }

func (r CombinationRow) Weight() float64 { return r.of.Weight }

// Rank answers the root field rank.
func (v *View) Rank(ctx context.Context, findings, excluded []string, kinds []graph.Kind, p Page) (*RankConnection, error) {
	l := v.listOf("rank", "", findings, excluded, kinds)
	q := walk.RankQuery{Kinds: kinds}
	var err error
	if q.Window, err = l.window(p); err != nil {
		return nil, err
	}
	if len(findings)+len(excluded) > walk.MaxFindings {
		return nil, errorf(BadArgument, "%d findings were given; a ranking takes at most %d", len(findings)+len(excluded), walk.MaxFindings)
	}
	if q.Findings, err = v.conceptRefs(ctx, "findings", findings); err != nil {
		return nil, err
	}
	if q.Excluded, err = v.conceptRefs(ctx, "excluded", excluded); err != nil {
		return nil, err
	}
	found, err := walk.Rank(ctx, v.reader, q)
	if err != nil {
		return nil, badArgument(err)
	}
	return &RankConnection{newPage(l, q.Window, found.Total), v, found}, nil
}

// Results returns the conditions of the page.
func (c *RankConnection) Results() []walk.Ranked { return c.found.Results }

// Nodes resolves the field nodes.
func (c *RankConnection) Nodes(ctx context.Context) ([]Concept, error) {
	return c.view.Concepts(ctx, objectsOf(c.Results(), func(r *walk.Ranked) graph.Ref { return r.Concept }))
}

// Edges resolves the field edges.
func (c *RankConnection) Edges(ctx context.Context) ([]*RankEdge, error) {
	nodes, err := c.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	edges := make([]*RankEdge, len(nodes))
	for i, node := range nodes {
		edges[i] = &RankEdge{c.view, RankRow{&c.found.Results[i]}, c.cursor(i), node}
	}
	return edges, nil
}

// Matched resolves the field matched.
func (e *RankEdge) Matched() []*RankReason { return reasons(e.view, e.of.Matched) }

// Denied resolves the field denied.
func (e *RankEdge) Denied() []*RankReason { return reasons(e.view, e.of.Denied) }

// Excluded resolves the field excluded.
func (e *RankEdge) Excluded() []*RankReason { return reasons(e.view, e.of.Excluded) }

// Together resolves the field together.
func (e *RankEdge) Together() []*RankCombination {
	return objectsOf(e.of.Together, func(c *walk.Combination) *RankCombination { return &RankCombination{e.view, CombinationRow{c}} })
}

// Findings resolves the field findings.
func (r *RankCombination) Findings(ctx context.Context) ([]Concept, error) {
	return r.view.Concepts(ctx, r.of.Findings)
}

// Statements resolves the field statements.
func (r *RankCombination) Statements(ctx context.Context) ([]*Statement, error) {
	return r.view.Statements(ctx, r.of.Statements)
}

// Explanation resolves the field explanation.
func (r *RankCombination) Explanation(ctx context.Context) (string, error) {
	var list graph.Lists[graph.Ref]
	list.Items = r.of.Statements
	list.Close()
	sentences, err := walk.ExplainStatements(ctx, r.view.reader, list)
	if err != nil {
		return "", err
	}
	return sentences[0], nil
}

// Missing resolves the field missing.
func (e *RankEdge) Missing(ctx context.Context) ([]Concept, error) {
	return e.view.Concepts(ctx, e.of.Missing)
}

func reasons(v *View, evidence []walk.Evidence) []*RankReason {
	return objectsOf(evidence, func(e *walk.Evidence) *RankReason { return &RankReason{v, ReasonRow{e}} })
}

// Finding resolves the field finding.
func (r *RankReason) Finding(ctx context.Context) (Concept, error) {
	return r.view.Concept(ctx, r.of.Finding)
}

// Sign resolves the field sign.
func (r *RankReason) Sign(ctx context.Context) (Concept, error) {
	return r.view.Concept(ctx, r.of.Sign)
}

// Statements resolves the field statements.
func (r *RankReason) Statements(ctx context.Context) ([]*Statement, error) {
	return r.view.Statements(ctx, r.of.Statements)
}
