package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// linkFields says of every link field which predicate it follows, and which
// way. What a field means stands in schema/internal/expand/concept.graphqls,
// what its predicate means in package graph.
var linkFields = map[string]struct {
	predicate graph.ID
	direction graph.Direction
}{
	"causes":            {graph.PredicateCause, graph.Out},
	"causeOf":           {graph.PredicateCause, graph.In},
	"signsAndSymptoms":  {graph.PredicateSignOrSymptom, graph.Out},
	"conditions":        {graph.PredicateSignOrSymptom, graph.In},
	"tests":             {graph.PredicateTypicalTest, graph.Out},
	"usedToDiagnose":    {graph.PredicateTypicalTest, graph.In},
	"treatments":        {graph.PredicatePossibleTreatment, graph.Out},
	"treats":            {graph.PredicatePossibleTreatment, graph.In},
	"advisedAgainstFor": {graph.PredicateAdvisedAgainstIn, graph.Out},
	"cautions":          {graph.PredicateAdvisedAgainstIn, graph.In},
	"adverseOutcomes":   {graph.PredicateAdverseOutcome, graph.Out},
	"adverseOutcomeOf":  {graph.PredicateAdverseOutcome, graph.In},
	"increasesRiskOf":   {graph.PredicateIncreasesRiskOf, graph.Out},
	"riskFactors":       {graph.PredicateIncreasesRiskOf, graph.In},
	"complications":     {graph.PredicateComplication, graph.Out},
	"complicationOf":    {graph.PredicateComplication, graph.In},
	"rulesOut":          {graph.PredicateUsedToRuleOut, graph.Out},
	"ruledOutBy":        {graph.PredicateUsedToRuleOut, graph.In},
	"detects":           {graph.PredicateSignDetected, graph.Out},
	"detectedBy":        {graph.PredicateSignDetected, graph.In},
	"examines":          {graph.PredicateExamines, graph.Out},
	"examinedBy":        {graph.PredicateExamines, graph.In},
	"anatomy":           {graph.PredicateAssociatedAnatomy, graph.Out},
	"affectedBy":        {graph.PredicateAssociatedAnatomy, graph.In},
	"stages":            {graph.PredicateStage, graph.Out},
	"stageOf":           {graph.PredicateStage, graph.In},
	"subjects":          {graph.PredicateGuidelineSubject, graph.Out},
	"guidelines":        {graph.PredicateGuidelineSubject, graph.In},
	"prevents":          {graph.PredicatePrevents, graph.Out},
	"preventedBy":       {graph.PredicatePrevents, graph.In},
	"mayIndicate":       {graph.PredicateMayIndicate, graph.Out},
	"indicatedBy":       {graph.PredicateMayIndicate, graph.In},
	"includes":          {graph.PredicateIncludes, graph.Out},
	"partOf":            {graph.PredicateIncludes, graph.In},
	"broader":           {graph.PredicateBroader, graph.Out},
	"narrower":          {graph.PredicateBroader, graph.In},
	"related":           {graph.PredicateRelated, graph.Out},
}

// link answers a link field.
func (c *concept) link(ctx context.Context, field string, a linkArguments) (*LinkConnection, error) {
	f := linkFields[field]
	ref, err := c.view.known(f.predicate)
	if err != nil {
		return nil, err
	}
	a.direction, a.predicates = f.direction, []graph.PredicateRef{ref}
	return c.links(ctx, field, a)
}

// Causes resolves the field causes.
func (c *concept) Causes(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "causes", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// CauseOf resolves the field causeOf.
func (c *concept) CauseOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "causeOf", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// SignsAndSymptoms resolves the field signsAndSymptoms.
func (c *concept) SignsAndSymptoms(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "signsAndSymptoms", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Conditions resolves the field conditions.
func (c *concept) Conditions(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "conditions", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Tests resolves the field tests.
func (c *concept) Tests(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "tests", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// UsedToDiagnose resolves the field usedToDiagnose.
func (c *concept) UsedToDiagnose(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "usedToDiagnose", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Treatments resolves the field treatments.
func (c *concept) Treatments(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "treatments", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Treats resolves the field treats.
func (c *concept) Treats(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "treats", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// AdvisedAgainstFor resolves the field advisedAgainstFor.
func (c *concept) AdvisedAgainstFor(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "advisedAgainstFor", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Cautions resolves the field cautions.
func (c *concept) Cautions(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "cautions", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// AdverseOutcomes resolves the field adverseOutcomes.
func (c *concept) AdverseOutcomes(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "adverseOutcomes", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// AdverseOutcomeOf resolves the field adverseOutcomeOf.
func (c *concept) AdverseOutcomeOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "adverseOutcomeOf", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// IncreasesRiskOf resolves the field increasesRiskOf.
func (c *concept) IncreasesRiskOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "increasesRiskOf", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// RiskFactors resolves the field riskFactors.
func (c *concept) RiskFactors(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "riskFactors", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Complications resolves the field complications.
func (c *concept) Complications(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "complications", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// ComplicationOf resolves the field complicationOf.
func (c *concept) ComplicationOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "complicationOf", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// RulesOut resolves the field rulesOut.
func (c *concept) RulesOut(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "rulesOut", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// RuledOutBy resolves the field ruledOutBy.
func (c *concept) RuledOutBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "ruledOutBy", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Detects resolves the field detects.
func (c *concept) Detects(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "detects", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// DetectedBy resolves the field detectedBy.
func (c *concept) DetectedBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "detectedBy", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Examines resolves the field examines.
func (c *concept) Examines(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "examines", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// ExaminedBy resolves the field examinedBy.
func (c *concept) ExaminedBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "examinedBy", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Anatomy resolves the field anatomy.
func (c *concept) Anatomy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "anatomy", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// AffectedBy resolves the field affectedBy.
func (c *concept) AffectedBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "affectedBy", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Stages resolves the field stages.
func (c *concept) Stages(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "stages", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// StageOf resolves the field stageOf.
func (c *concept) StageOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "stageOf", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Subjects resolves the field subjects.
func (c *concept) Subjects(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "subjects", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Guidelines resolves the field guidelines.
func (c *concept) Guidelines(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "guidelines", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Prevents resolves the field prevents.
func (c *concept) Prevents(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "prevents", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// PreventedBy resolves the field preventedBy.
func (c *concept) PreventedBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "preventedBy", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// MayIndicate resolves the field mayIndicate.
func (c *concept) MayIndicate(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "mayIndicate", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// IndicatedBy resolves the field indicatedBy.
func (c *concept) IndicatedBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "indicatedBy", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Includes resolves the field includes.
func (c *concept) Includes(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "includes", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// PartOf resolves the field partOf.
func (c *concept) PartOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "partOf", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}

// Broader resolves the field broader.
func (c *concept) Broader(ctx context.Context, transitive bool, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	page := Page{first, after, last, before}
	if transitive {
		return c.hierarchy(ctx, "broader", walk.Broader, filter, page)
	}
	return c.link(ctx, "broader", linkArguments{filter: filter, order: orderBy, page: page})
}

// Narrower resolves the field narrower.
func (c *concept) Narrower(ctx context.Context, transitive bool, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	page := Page{first, after, last, before}
	if transitive {
		return c.hierarchy(ctx, "narrower", walk.Narrower, filter, page)
	}
	return c.link(ctx, "narrower", linkArguments{filter: filter, order: orderBy, page: page})
}

// Related resolves the field related.
func (c *concept) Related(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.link(ctx, "related", linkArguments{filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy, page: Page{first, after, last, before}})
}
