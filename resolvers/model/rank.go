package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// RankConnection is a page of the conditions that fit some findings.
type RankConnection struct {
	PageOf
	view    *View
	results []walk.Ranked // of this page

	FindingCount int32
}

// RankEdge is a condition with the reasons for and against it.
type RankEdge struct {
	view   *View
	ranked *walk.Ranked

	Cursor string
	Node   Concept
	Score  float64
}

// RankReason is a reason for or against a condition.
type RankReason struct {
	view     *View
	evidence walk.Evidence

	Match  walk.Match
	Weight float64
}

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
	return &RankConnection{PageOf: newPage(l, q.Window, found.Total), view: v, results: found.Results, FindingCount: int32(found.Findings)}, nil
}

// Results returns the conditions of the page.
func (c *RankConnection) Results() []walk.Ranked { return c.results }

// Nodes resolves the field nodes.
func (c *RankConnection) Nodes(ctx context.Context) ([]Concept, error) {
	refs := make([]graph.Ref, len(c.results))
	for i := range c.results {
		refs[i] = c.results[i].Concept
	}
	return c.view.Concepts(ctx, refs)
}

// Edges resolves the field edges.
func (c *RankConnection) Edges(ctx context.Context) ([]*RankEdge, error) {
	nodes, err := c.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	edges := make([]*RankEdge, len(nodes))
	for i, node := range nodes {
		edges[i] = &RankEdge{view: c.view, ranked: &c.results[i], Cursor: c.cursor(i), Node: node, Score: c.results[i].Score}
	}
	return edges, nil
}

// Matched resolves the field matched.
func (e *RankEdge) Matched() []*RankReason { return reasons(e.view, e.ranked.Matched) }

// Denied resolves the field denied.
func (e *RankEdge) Denied() []*RankReason { return reasons(e.view, e.ranked.Denied) }

// Excluded resolves the field excluded.
func (e *RankEdge) Excluded() []*RankReason { return reasons(e.view, e.ranked.Excluded) }

// Missing resolves the field missing.
func (e *RankEdge) Missing(ctx context.Context) ([]Concept, error) {
	return e.view.Concepts(ctx, e.ranked.Missing)
}

func reasons(v *View, evidence []walk.Evidence) []*RankReason {
	all := make([]*RankReason, len(evidence))
	for i, e := range evidence {
		all[i] = &RankReason{view: v, evidence: e, Match: e.Match, Weight: e.Weight}
	}
	return all
}

// Finding resolves the field finding.
func (r *RankReason) Finding(ctx context.Context) (Concept, error) {
	return r.view.Concept(ctx, r.evidence.Finding)
}

// Sign resolves the field sign.
func (r *RankReason) Sign(ctx context.Context) (Concept, error) {
	return r.view.Concept(ctx, r.evidence.Sign)
}

// Statements resolves the field statements.
func (r *RankReason) Statements(ctx context.Context) ([]*Statement, error) {
	return r.view.Statements(ctx, r.evidence.Statements)
}
