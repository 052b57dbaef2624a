package model

import "github.com/plexus-kg/plexus/graph"

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
