package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
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

// IsLinkField reports whether a field of concepts follows one predicate.
func IsLinkField(name string) bool {
	_, is := linkFields[name]
	return is
}

// Causes resolves the field causes.
func (c *concept) Causes(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "causes", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// CauseOf resolves the field causeOf.
func (c *concept) CauseOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "causeOf", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// SignsAndSymptoms resolves the field signsAndSymptoms.
func (c *concept) SignsAndSymptoms(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "signsAndSymptoms", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Conditions resolves the field conditions.
func (c *concept) Conditions(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "conditions", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Tests resolves the field tests.
func (c *concept) Tests(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "tests", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// UsedToDiagnose resolves the field usedToDiagnose.
func (c *concept) UsedToDiagnose(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "usedToDiagnose", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Treatments resolves the field treatments.
func (c *concept) Treatments(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "treatments", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Treats resolves the field treats.
func (c *concept) Treats(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "treats", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// AdvisedAgainstFor resolves the field advisedAgainstFor.
func (c *concept) AdvisedAgainstFor(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "advisedAgainstFor", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Cautions resolves the field cautions.
func (c *concept) Cautions(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "cautions", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// AdverseOutcomes resolves the field adverseOutcomes.
func (c *concept) AdverseOutcomes(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "adverseOutcomes", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// AdverseOutcomeOf resolves the field adverseOutcomeOf.
func (c *concept) AdverseOutcomeOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "adverseOutcomeOf", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// IncreasesRiskOf resolves the field increasesRiskOf.
func (c *concept) IncreasesRiskOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "increasesRiskOf", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// RiskFactors resolves the field riskFactors.
func (c *concept) RiskFactors(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "riskFactors", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Complications resolves the field complications.
func (c *concept) Complications(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "complications", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// ComplicationOf resolves the field complicationOf.
func (c *concept) ComplicationOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "complicationOf", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// RulesOut resolves the field rulesOut.
func (c *concept) RulesOut(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "rulesOut", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// RuledOutBy resolves the field ruledOutBy.
func (c *concept) RuledOutBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "ruledOutBy", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Detects resolves the field detects.
func (c *concept) Detects(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "detects", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// DetectedBy resolves the field detectedBy.
func (c *concept) DetectedBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "detectedBy", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Examines resolves the field examines.
func (c *concept) Examines(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "examines", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// ExaminedBy resolves the field examinedBy.
func (c *concept) ExaminedBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "examinedBy", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Anatomy resolves the field anatomy.
func (c *concept) Anatomy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "anatomy", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// AffectedBy resolves the field affectedBy.
func (c *concept) AffectedBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "affectedBy", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Stages resolves the field stages.
func (c *concept) Stages(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "stages", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// StageOf resolves the field stageOf.
func (c *concept) StageOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "stageOf", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Subjects resolves the field subjects.
func (c *concept) Subjects(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "subjects", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Guidelines resolves the field guidelines.
func (c *concept) Guidelines(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "guidelines", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Prevents resolves the field prevents.
func (c *concept) Prevents(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "prevents", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// PreventedBy resolves the field preventedBy.
func (c *concept) PreventedBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "preventedBy", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// MayIndicate resolves the field mayIndicate.
func (c *concept) MayIndicate(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "mayIndicate", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// IndicatedBy resolves the field indicatedBy.
func (c *concept) IndicatedBy(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "indicatedBy", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Includes resolves the field includes.
func (c *concept) Includes(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "includes", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// PartOf resolves the field partOf.
func (c *concept) PartOf(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "partOf", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Broader resolves the field broader.
func (c *concept) Broader(ctx context.Context, transitive bool, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "broader", LinkArguments{Transitive: transitive, Filter: filter, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Narrower resolves the field narrower.
func (c *concept) Narrower(ctx context.Context, transitive bool, filter *LinkFilter, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "narrower", LinkArguments{Transitive: transitive, Filter: filter, OrderBy: orderBy, Page: Page{first, after, last, before}})
}

// Related resolves the field related.
func (c *concept) Related(ctx context.Context, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	return c.links(ctx, "related", LinkArguments{Filter: filter, NodeFilter: nodeFilter, IncludeNarrower: includeNarrower, MergeSame: mergeSame, OrderBy: orderBy, Page: Page{first, after, last, before}})
}
