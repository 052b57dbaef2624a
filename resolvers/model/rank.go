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

func (c *RankConnection) FindingCount() int  { return c.found.Findings }
func (c *RankConnection) RankableCount() int { return c.found.Conditions }

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
func (r RankRow) Place() int     { return r.of.Place }
func (r RankRow) TiedCount() int { return r.of.Tied }

// RankReason is a reason for or against a condition.
type RankReason struct {
	view *View
	ReasonRow
}

// ReasonRow is a reason for or against a condition: its scalars.
type ReasonRow struct{ of *walk.Evidence }

// ReasonRowOf returns the scalars of a reason.
func ReasonRowOf(e *walk.Evidence) ReasonRow { return ReasonRow{e} }

func (r ReasonRow) Match() walk.Match   { return r.of.Match }
func (r ReasonRow) Weight() float64     { return r.of.Weight }
func (r ReasonRow) ShareStated() bool   { return r.of.ShareStated }
func (r ReasonRow) ConditionCount() int { return r.of.Conditions }

// Share is nil where the reason is a denial.
func (r ReasonRow) Share() *float64 {
	if r.of.Share == 0 {
		return nil
	}
	return &r.of.Share
}

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

// RankArguments are the arguments of the field rank.
type RankArguments struct {
	Findings, Excluded []string
	Kinds              []graph.Kind
	Within             *string
	Filter             *LinkFilter
	Page
}

// Rank answers the root field rank.
func (v *View) Rank(ctx context.Context, a RankArguments) (*RankConnection, error) {
	l := v.listOf("rank", "", a.Findings, a.Excluded, a.Kinds, a.Within, a.Filter)
	q := walk.RankQuery{Kinds: a.Kinds}
	var err error
	if q.Window, err = l.window(a.Page); err != nil {
		return nil, err
	}
	if len(a.Findings)+len(a.Excluded) > walk.MaxFindings {
		return nil, errorf(BadArgument, "%d findings were given; a ranking takes at most %d", len(a.Findings)+len(a.Excluded), walk.MaxFindings)
	}
	if q.Findings, err = v.conceptRefs(ctx, "findings", a.Findings); err != nil {
		return nil, err
	}
	if q.Excluded, err = v.conceptRefs(ctx, "excluded", a.Excluded); err != nil {
		return nil, err
	}
	if a.Within != nil {
		if q.Within, err = v.ConceptRef(ctx, "within", *a.Within); err != nil {
			return nil, err
		}
	}
	if q.Filter, err = v.linkFilter(ctx, "filter", a.Filter); err != nil {
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

// Suggestions returns the findings of the field suggest.
func (c *RankConnection) Suggestions(ctx context.Context, first int) ([]walk.Suggestion, error) {
	found, err := c.found.Suggest(ctx, first)
	return found, badArgument(err)
}

// Suggest resolves the field suggest.
func (c *RankConnection) Suggest(ctx context.Context, first int32) ([]*RankSuggestion, error) {
	found, err := c.Suggestions(ctx, int(first))
	return objectsOf(found, func(s *walk.Suggestion) *RankSuggestion { return &RankSuggestion{c.view, SuggestionRow{s}} }), err
}

// RankSuggestion is a finding that would tell the first conditions apart.
type RankSuggestion struct {
	view *View
	SuggestionRow
}

// SuggestionRow is such a finding: its scalars.
type SuggestionRow struct{ of *walk.Suggestion }

// SuggestionRowOf returns the scalars of such a finding.
func SuggestionRowOf(s *walk.Suggestion) SuggestionRow { return SuggestionRow{s} }

func (s SuggestionRow) ExpectedInformation() float64 { return s.of.Information }

// Finding resolves the field finding.
func (s *RankSuggestion) Finding(ctx context.Context) (Concept, error) {
	return s.view.Concept(ctx, s.of.Finding)
}

// ListedBy resolves the field listedBy.
func (s *RankSuggestion) ListedBy(ctx context.Context) ([]Concept, error) {
	return s.view.Concepts(ctx, s.of.Listed)
}

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
	return r.view.sentence(ctx, r.of.Statements)
}

// sentence tells statements in one sentence.
func (v *View) sentence(ctx context.Context, statements []graph.Ref) (string, error) {
	var list graph.Lists[graph.Ref]
	list.Items = statements
	list.Close()
	sentences, err := walk.ExplainStatements(ctx, v.reader, list)
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

// Common resolves the field common.
func (r *RankReason) Common(ctx context.Context) (Concept, error) {
	if r.of.Common == graph.NoRef {
		return nil, nil
	}
	return r.view.Concept(ctx, r.of.Common)
}

// Explanation resolves the field explanation.
func (r *RankReason) Explanation(ctx context.Context) (string, error) {
	return r.view.sentence(ctx, r.of.Statements)
}
