package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
)

// ClaimAnswer says how the sources answer a claim.
type ClaimAnswer string

// The answers.
const (
	ClaimAnswerStated      ClaimAnswer = "STATED"
	ClaimAnswerNegated     ClaimAnswer = "NEGATED"
	ClaimAnswerDiscouraged ClaimAnswer = "DISCOURAGED"
	ClaimAnswerConflicting ClaimAnswer = "CONFLICTING"
	ClaimAnswerNotStated   ClaimAnswer = "NOT_STATED"
)

// Claim is what the sources say of one claim.
type Claim struct {
	view    *View
	subject graph.Ref
	query   graph.LinkQuery

	answer     ClaimAnswer
	scopes     graph.ScopeMatch // NoScopes unless it is conflicting
	differsIn  []graph.Qualifier
	Statements []*Statement
}

func (c *Claim) Answer() ClaimAnswer      { return c.answer }
func (c *Claim) Scopes() graph.ScopeMatch { return c.scopes }
func (c *Claim) DiffersIn() []string      { return qualifierNames(c.differsIn) }

// Claim answers the root field claim.
func (v *View) Claim(ctx context.Context, subject, predicate, object string, stage *string) (*Claim, error) {
	s, err := v.ConceptRef(ctx, "subject", subject)
	if err != nil {
		return nil, err
	}
	p, reversed, err := v.findPredicate(BadID, "predicate", predicate)
	if err != nil {
		return nil, err
	}
	if known := v.Summary().Predicates[p]; known.Text {
		return nil, errorf(BadID, "predicate: %s gives a text, not a concept: properties(predicates: [%q]) of the concept has it", known.Name, known.Name)
	}
	o, err := v.ConceptRef(ctx, "object", object)
	if err != nil {
		return nil, err
	}
	if reversed {
		s, o = o, s
	}
	// Denials count: they are one of the answers.
	q := graph.LinkQuery{Direction: graph.Out, Predicates: []graph.PredicateRef{p}, To: o, Negated: true}
	if stage != nil {
		ref, err := v.ConceptRef(ctx, "stage", *stage)
		if err != nil {
			return nil, err
		}
		if err := v.stages(ctx, BadID, "stage", []string{*stage}, []graph.Ref{ref}); err != nil {
			return nil, err
		}
		q.Filter = &graph.Filter{Where: []graph.Criterion{{Qualifier: graph.QualifierStage, Refs: []graph.Ref{ref}}}}
	}
	claim := &Claim{view: v, subject: s, query: q}
	if claim.Statements, claim.answer, err = v.answer(ctx, s, q); claim.answer == ClaimAnswerConflicting {
		claim.compareScopes()
	}
	return claim, err
}

// compareScopes compares the scopes of both sides.
func (c *Claim) compareScopes() {
	var holding, against []graph.ClaimScope
	for _, s := range c.Statements {
		switch s.stance() {
		case graph.Supports:
			holding = append(holding, s.Batch.Scope(s.At))
		case graph.Denies, graph.Discourages:
			against = append(against, s.Batch.Scope(s.At))
		}
	}
	c.scopes, c.differsIn = graph.CompareScopes(holding, against)
}

// StatementRefs returns the statements that the answer rests on.
func (c *Claim) StatementRefs() []graph.Ref {
	refs := make([]graph.Ref, len(c.Statements))
	for i, s := range c.Statements {
		refs[i] = s.ref
	}
	return refs
}

// Exchanged resolves the field exchanged.
func (c *Claim) Exchanged(ctx context.Context) (ClaimAnswer, error) {
	q := c.query
	q.To = c.subject
	_, answer, err := c.view.answer(ctx, c.query.To, q)
	return answer, err
}

// answer reads what is stated of one claim.
func (v *View) answer(ctx context.Context, subject graph.Ref, q graph.LinkQuery) ([]*Statement, ClaimAnswer, error) {
	var links graph.LinkBatch
	if err := v.reader.Links(ctx, []graph.Ref{subject}, q, &links); err != nil {
		return nil, "", err
	}
	statements, err := v.Statements(ctx, links.Statements.Items)
	if err != nil {
		return nil, "", err
	}
	var all graph.Stance
	for _, s := range statements {
		all |= s.stance()
	}
	return statements, claimAnswers[all.Answer()], nil
}

// claimAnswers are the words for the answers of the graph.
var claimAnswers = map[graph.Answer]ClaimAnswer{
	graph.NotStated:         ClaimAnswerNotStated,
	graph.Stated:            ClaimAnswerStated,
	graph.NegatedAnswer:     ClaimAnswerNegated,
	graph.DiscouragedAnswer: ClaimAnswerDiscouraged,
	graph.Conflicting:       ClaimAnswerConflicting,
}
