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
	ClaimAnswerConflicting ClaimAnswer = "CONFLICTING"
	ClaimAnswerNotStated   ClaimAnswer = "NOT_STATED"
)

// Claim is what the sources say of one claim.
type Claim struct {
	Answer     ClaimAnswer
	Statements []*Statement
}

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
		q.Filter = &graph.Filter{Stage: &graph.OneOf[graph.Ref]{In: []graph.Ref{ref}}}
	}
	var links graph.LinkBatch
	if err := v.reader.Links(ctx, []graph.Ref{s}, q, &links); err != nil {
		return nil, err
	}
	claim := &Claim{Answer: ClaimAnswerNotStated}
	if claim.Statements, err = v.Statements(ctx, links.Statements.Items); err != nil {
		return nil, err
	}
	var stated, denied bool
	for _, statement := range claim.Statements {
		stated = stated || !statement.Negated
		denied = denied || statement.Negated
	}
	switch {
	case stated && denied:
		claim.Answer = ClaimAnswerConflicting
	case stated:
		claim.Answer = ClaimAnswerStated
	case denied:
		claim.Answer = ClaimAnswerNegated
	}
	return claim, nil
}
