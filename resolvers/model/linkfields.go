package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
)

// The link fields: one predicate, in one direction. What a field means stands
// in schema/internal/expand/concept.graphqls, what its predicate means in
// package graph.

// link answers a link field of one predicate and direction.
func (c *concept) link(ctx context.Context, field string, predicate graph.ID, direction graph.Direction, filter *LinkFilter, orderBy graph.Order, p Page) (*LinkConnection, error) {
	ref, ok := c.view.Summary().Predicate(predicate)
	if !ok {
		return nil, errorf(BadFilter, "%s: the predicate %s is not known here", field, predicate)
	}
	l := c.view.listOf(field, c.ID, filter, orderBy)
	return c.links(ctx, l, graph.LinkQuery{Direction: direction, Predicates: []graph.PredicateRef{ref}, Order: orderBy}, filter, p)
}

// Causes resolves the field causes.
func (c *concept) Causes(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "causes", graph.PredicateCause, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// CauseOf resolves the field causeOf.
func (c *concept) CauseOf(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "causeOf", graph.PredicateCause, graph.In, filter, orderBy, Page{first, after, last, before})
}

// SignsAndSymptoms resolves the field signsAndSymptoms.
func (c *concept) SignsAndSymptoms(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "signsAndSymptoms", graph.PredicateSignOrSymptom, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// Conditions resolves the field conditions.
func (c *concept) Conditions(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "conditions", graph.PredicateSignOrSymptom, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Tests resolves the field tests.
func (c *concept) Tests(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "tests", graph.PredicateTypicalTest, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// UsedToDiagnose resolves the field usedToDiagnose.
func (c *concept) UsedToDiagnose(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "usedToDiagnose", graph.PredicateTypicalTest, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Treatments resolves the field treatments.
func (c *concept) Treatments(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "treatments", graph.PredicatePossibleTreatment, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// Treats resolves the field treats.
func (c *concept) Treats(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "treats", graph.PredicatePossibleTreatment, graph.In, filter, orderBy, Page{first, after, last, before})
}

// AdvisedAgainstFor resolves the field advisedAgainstFor.
func (c *concept) AdvisedAgainstFor(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "advisedAgainstFor", graph.PredicateAdvisedAgainstIn, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// Cautions resolves the field cautions.
func (c *concept) Cautions(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "cautions", graph.PredicateAdvisedAgainstIn, graph.In, filter, orderBy, Page{first, after, last, before})
}

// AdverseOutcomes resolves the field adverseOutcomes.
func (c *concept) AdverseOutcomes(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "adverseOutcomes", graph.PredicateAdverseOutcome, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// AdverseOutcomeOf resolves the field adverseOutcomeOf.
func (c *concept) AdverseOutcomeOf(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "adverseOutcomeOf", graph.PredicateAdverseOutcome, graph.In, filter, orderBy, Page{first, after, last, before})
}

// IncreasesRiskOf resolves the field increasesRiskOf.
func (c *concept) IncreasesRiskOf(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "increasesRiskOf", graph.PredicateIncreasesRiskOf, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// RiskFactors resolves the field riskFactors.
func (c *concept) RiskFactors(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "riskFactors", graph.PredicateIncreasesRiskOf, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Complications resolves the field complications.
func (c *concept) Complications(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "complications", graph.PredicateComplication, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// ComplicationOf resolves the field complicationOf.
func (c *concept) ComplicationOf(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "complicationOf", graph.PredicateComplication, graph.In, filter, orderBy, Page{first, after, last, before})
}

// RulesOut resolves the field rulesOut.
func (c *concept) RulesOut(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "rulesOut", graph.PredicateUsedToRuleOut, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// RuledOutBy resolves the field ruledOutBy.
func (c *concept) RuledOutBy(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "ruledOutBy", graph.PredicateUsedToRuleOut, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Detects resolves the field detects.
func (c *concept) Detects(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "detects", graph.PredicateSignDetected, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// DetectedBy resolves the field detectedBy.
func (c *concept) DetectedBy(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "detectedBy", graph.PredicateSignDetected, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Examines resolves the field examines.
func (c *concept) Examines(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "examines", graph.PredicateExamines, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// ExaminedBy resolves the field examinedBy.
func (c *concept) ExaminedBy(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "examinedBy", graph.PredicateExamines, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Anatomy resolves the field anatomy.
func (c *concept) Anatomy(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "anatomy", graph.PredicateAssociatedAnatomy, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// AffectedBy resolves the field affectedBy.
func (c *concept) AffectedBy(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "affectedBy", graph.PredicateAssociatedAnatomy, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Stages resolves the field stages.
func (c *concept) Stages(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "stages", graph.PredicateStage, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// StageOf resolves the field stageOf.
func (c *concept) StageOf(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "stageOf", graph.PredicateStage, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Subjects resolves the field subjects.
func (c *concept) Subjects(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "subjects", graph.PredicateGuidelineSubject, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// Guidelines resolves the field guidelines.
func (c *concept) Guidelines(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "guidelines", graph.PredicateGuidelineSubject, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Prevents resolves the field prevents.
func (c *concept) Prevents(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "prevents", graph.PredicatePrevents, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// PreventedBy resolves the field preventedBy.
func (c *concept) PreventedBy(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "preventedBy", graph.PredicatePrevents, graph.In, filter, orderBy, Page{first, after, last, before})
}

// MayIndicate resolves the field mayIndicate.
func (c *concept) MayIndicate(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "mayIndicate", graph.PredicateMayIndicate, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// IndicatedBy resolves the field indicatedBy.
func (c *concept) IndicatedBy(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "indicatedBy", graph.PredicateMayIndicate, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Includes resolves the field includes.
func (c *concept) Includes(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "includes", graph.PredicateIncludes, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// PartOf resolves the field partOf.
func (c *concept) PartOf(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "partOf", graph.PredicateIncludes, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Broader resolves the field broader.
func (c *concept) Broader(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "broader", graph.PredicateBroader, graph.Out, filter, orderBy, Page{first, after, last, before})
}

// Narrower resolves the field narrower.
func (c *concept) Narrower(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "narrower", graph.PredicateBroader, graph.In, filter, orderBy, Page{first, after, last, before})
}

// Related resolves the field related.
func (c *concept) Related(ctx context.Context, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "related", graph.PredicateRelated, graph.Out, filter, orderBy, Page{first, after, last, before})
}
