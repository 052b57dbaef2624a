package model

import (
	"context"
	"slices"

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
	warns   warnings // of what it offers

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
	warns := v.warnings(p)
	if stage != nil {
		ref, err := v.ConceptRef(ctx, "stage", *stage)
		if err != nil {
			return nil, err
		}
		if err := v.stages(ctx, BadID, "stage", []string{*stage}, []graph.Ref{ref}); err != nil {
			return nil, err
		}
		inStage := func(refs ...graph.Ref) *graph.Filter {
			return &graph.Filter{Where: []graph.Criterion{{Qualifier: graph.QualifierStage, Refs: refs}}}
		}
		q.Filter, warns.filter = inStage(ref), inStage(ref, graph.NoRef) // a warning that names no stage warns in all of them
	}
	claim := &Claim{view: v, subject: s, query: q, warns: warns}
	if claim.Statements, claim.answer, err = v.answer(ctx, s, q, claim.warns); claim.answer == ClaimAnswerConflicting {
		claim.compareScopes()
	}
	return claim, err
}

// warnings are the predicates that warn of what a claim offers, by the end from
// which they lead to the other one: its subject, or its object.
type warnings struct {
	predicates [2][]graph.PredicateRef
	filter     *graph.Filter // of their statements
}

// warnings returns the predicates that warn of what a predicate offers.
func (v *View) warnings(of graph.PredicateRef) (all warnings) {
	if v.Summary().Predicates[of].Offers() {
		all.predicates[0], all.predicates[1] = v.Summary().Warners()
	}
	return all
}

// warn reports whether a predicate is one of them.
func (w warnings) warn(p graph.PredicateRef) bool {
	return slices.Contains(w.predicates[0], p) || slices.Contains(w.predicates[1], p)
}

// stance returns what a statement says of the claim: who warns of what it offers
// advises against it, and who denies the warning says nothing of it.
func (w warnings) stance(s *Statement) graph.Stance {
	stance := s.stance()
	if !w.warn(s.Batch.Predicate[s.At]) {
		return stance
	}
	if stance == graph.Supports {
		return graph.Discourages
	}
	return 0
}

// compareScopes compares the scopes of both sides.
func (c *Claim) compareScopes() {
	var holding, against []graph.ClaimScope
	for _, s := range c.Statements {
		switch c.warns.stance(s) {
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
	_, answer, err := c.view.answer(ctx, c.query.To, q, c.warns)
	return answer, err
}

// answer reads what is stated of one claim, warnings of what it offers included.
func (v *View) answer(ctx context.Context, subject graph.Ref, q graph.LinkQuery, w warnings) ([]*Statement, ClaimAnswer, error) {
	var links graph.LinkBatch
	if err := v.reader.Links(ctx, []graph.Ref{subject}, q, &links); err != nil {
		return nil, "", err
	}
	refs := slices.Clone(links.Statements.Items)
	for end, predicates := range w.predicates {
		from, to := subject, q.To
		if end == 1 {
			from, to = to, from
		}
		if predicates == nil {
			continue
		}
		warning := graph.LinkQuery{Direction: graph.Out, Predicates: predicates, To: to, Filter: w.filter}
		if err := v.reader.Links(ctx, []graph.Ref{from}, warning, &links); err != nil {
			return nil, "", err
		}
		refs = append(refs, links.Statements.Items...)
	}
	slices.Sort(refs) // by source, then position
	statements, err := v.Statements(ctx, slices.Compact(refs))
	if err != nil {
		return nil, "", err
	}
	var all graph.Stance
	for _, s := range statements {
		all |= w.stance(s)
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
