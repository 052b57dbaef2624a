package graph

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Predicate is a relation that statements use, in its one forward direction.
type Predicate struct {
	// ID is the CURIE (schema:cause), IRI the full form.
	ID  ID
	IRI string
	// Name is the forward name, the local name of the IRI; Inverse is what the
	// relation is called when it is read from the object.
	Name    string
	Inverse string
	// Description says what the subject is to the object.
	Description string
	// Domain and Range list the kinds that subject and object may have; none
	// means any. They are as narrow as the statements allow, and bind what is
	// written as seed, not foreign data.
	Domain []Kind
	Range  []Kind
	// Text marks a predicate whose object is a value, not a concept.
	Text bool
	// SameKind asks that subject and object share a kind.
	SameKind bool
	// Symmetric marks a relation that is the same from both ends: its links are
	// found from either and always count as outgoing.
	Symmetric bool
	// Mapping marks a SKOS mapping relation: its objects are codes where they are
	// no concepts of the data set.
	Mapping bool
	// Hedged marks a relation whose claims sources mostly make with a hedge, and
	// on which readers act: a statement of it without a modality has perhaps lost
	// its hedge.
	Hedged bool
	// Caution marks a relation that warns: a statement of it says that something
	// should not be done. All others say that something is so, or may be done.
	Caution bool
}

// The predicates that the code asks for by name.
const (
	PredicateCause             ID = "schema:cause"
	PredicateSignOrSymptom     ID = "schema:signOrSymptom"
	PredicateTypicalTest       ID = "schema:typicalTest"
	PredicatePossibleTreatment ID = "schema:possibleTreatment"
	PredicateRecommendedCare   ID = "kg:recommendedCare"
	PredicateAdvisedAgainstIn  ID = "kg:advisedAgainstIn"
	PredicateContraindication  ID = "schema:contraindication"
	PredicateAdverseOutcome    ID = "schema:adverseOutcome"
	PredicateIncreasesRiskOf   ID = "schema:increasesRiskOf"
	PredicateComplication      ID = "kg:complication"
	PredicateUsedToRuleOut     ID = "kg:usedToRuleOut"
	PredicateSignDetected      ID = "schema:signDetected"
	PredicateExamines          ID = "kg:examines"
	PredicateAssociatedAnatomy ID = "schema:associatedAnatomy"
	PredicateStage             ID = "schema:stage"
	PredicateGuidelineSubject  ID = "schema:guidelineSubject"
	PredicatePrevents          ID = "kg:prevents"
	PredicateMayIndicate       ID = "kg:mayIndicate"
	PredicateIncludes          ID = "kg:includes"
	PredicateBroader           ID = "skos:broader"
	PredicateRelated           ID = "skos:related"
	PredicateExactMatch        ID = "skos:exactMatch"
	PredicateUnclearClaim      ID = "kg:unclearClaim"
)

// registry is the one list of predicates, in the order in which they are
// listed to users.
var registry = []Predicate{
	{
		ID: PredicateCause, Inverse: "causeOf", Domain: []Kind{Condition, Symptom, Cause}, Range: []Kind{Cause}, Hedged: true,
		Description: "The subject is caused, or may be caused, by the object.",
	},
	{
		ID: PredicateSignOrSymptom, Inverse: "signOrSymptomOf", Domain: []Kind{Condition, Symptom}, Range: []Kind{Symptom}, Hedged: true,
		Description: "The object is a sign or symptom of the subject.",
	},
	{
		ID: PredicateTypicalTest, Inverse: "usedToDiagnose", Domain: []Kind{Condition, Symptom}, Range: []Kind{Test}, Hedged: true,
		Description: "The object is a test used when looking into the subject.",
	},
	{
		ID: PredicatePossibleTreatment, Inverse: "treats", Domain: []Kind{Condition, Symptom}, Range: []Kind{Treatment}, Hedged: true,
		Description: "The object is a treatment that may be used for the subject.",
	},
	{
		ID: PredicateAdvisedAgainstIn, Inverse: "caution", Caution: true, Domain: []Kind{Treatment, Test}, Range: []Kind{Condition, Symptom}, Hedged: true,
		Description: "The subject is a treatment or test that is advised against in the object.",
	},
	{
		ID: PredicateContraindication, Inverse: "contraindicationOf", Caution: true, Domain: []Kind{Treatment}, Range: []Kind{Condition, Symptom, RiskFactor}, Hedged: true,
		Description: "The object is a reason not to use the subject.",
	},
	{
		ID: PredicateAdverseOutcome, Inverse: "adverseOutcomeOf", Domain: []Kind{Treatment}, Range: []Kind{Condition, Symptom}, Hedged: true,
		Description: "The object is an unwanted outcome that the subject may lead to.",
	},
	{
		ID: PredicateIncreasesRiskOf, Inverse: "riskFactor", Domain: []Kind{RiskFactor}, Range: []Kind{Condition}, Hedged: true,
		Description: "The subject is a factor that may raise the risk of the object.",
	},
	{
		ID: PredicateComplication, Inverse: "complicationOf", Domain: []Kind{Condition, Symptom}, Range: []Kind{Condition}, Hedged: true,
		Description: "The object is a complication to which the subject may lead.",
	},
	{
		ID: PredicateUsedToRuleOut, Inverse: "ruledOutBy", Domain: []Kind{Test}, Range: []Kind{Condition}, Hedged: true,
		Description: "The subject is a test used to rule out the object.",
	},
	{
		ID: PredicateSignDetected, Inverse: "detectedBy", Domain: []Kind{Test}, Range: []Kind{Symptom, Condition, Cause},
		Description: "The object is what the subject, a test, can show: a sign, or what lies behind it.",
	},
	{
		ID: PredicateExamines, Inverse: "examinedBy", Domain: []Kind{Test}, Range: []Kind{Anatomy},
		Description: "The object is a part of the body that the subject, a test, looks at.",
	},
	{
		ID: PredicateAssociatedAnatomy, Inverse: "affectedBy", Domain: []Kind{Condition, Symptom}, Range: []Kind{Anatomy},
		Description: "The object is a part of the body in which the subject shows or lies.",
	},
	{
		ID: PredicateStage, Inverse: "stageOf", Domain: []Kind{Condition}, Range: []Kind{Stage},
		Description: "The object is a stage of the subject.",
	},
	{
		ID: PredicateGuidelineSubject, Inverse: "guideline", Domain: []Kind{Guideline}, Range: []Kind{Condition, Symptom, Treatment},
		Description: "The subject is a guideline about the object.",
	},
	{
		ID: PredicatePrevents, Inverse: "preventedBy", Domain: []Kind{Treatment}, Range: []Kind{Condition}, Hedged: true,
		Description: "The subject may prevent the object.",
	},
	{
		ID: PredicateMayIndicate, Inverse: "indicatedBy", Domain: []Kind{Symptom}, Range: []Kind{Condition}, Hedged: true,
		Description: "The subject may be a sign that the object is present.",
	},
	{
		ID: PredicateIncludes, Inverse: "partOf", Domain: []Kind{Treatment, Test, Anatomy}, Range: []Kind{Treatment, Test, Anatomy}, SameKind: true,
		Description: "The object is a part of the subject.",
	},
	{
		ID: PredicateBroader, Inverse: "narrower", SameKind: true,
		Description: "The object is a more general concept than the subject.",
	},
	{
		ID: PredicateRelated, Inverse: "related", Symmetric: true,
		Description: "Subject and object are associated, neither being more general.",
	},

	{
		ID: "kg:trigger", Inverse: "triggers", Domain: []Kind{Condition, Symptom}, Range: []Kind{Cause, RiskFactor, Condition, Symptom, Treatment}, Hedged: true,
		Description: "The object may set off an episode of the subject; not that it is the cause.",
	},
	{
		ID: "kg:controls", Inverse: "controlledBy", Domain: []Kind{Anatomy}, Range: []Kind{Anatomy},
		Description: "The subject is a part of the body that controls the object.",
	},
	{
		ID: "kg:duringStage", Inverse: "stageContext", Domain: []Kind{Condition, Treatment, RiskFactor, Guideline}, Range: []Kind{Stage},
		Description: "The subject occurs or applies in the stage that the object names.",
	},
	{
		ID: "kg:followUp", Inverse: "followUpOf", Domain: []Kind{Condition}, Range: []Kind{Treatment}, Hedged: true,
		Description: "The object is care that follows after the subject.",
	},
	{
		ID: "kg:guides", Inverse: "guidedBy", Domain: []Kind{Test}, Range: []Kind{Treatment},
		Description: "The subject is a test whose result helps to choose the object.",
	},
	{
		ID: "kg:intendedEffect", Inverse: "intendedEffectOf", Domain: []Kind{Treatment}, Range: []Kind{Condition},
		Description: "The object is what the subject is meant to bring about; not that it does.",
	},
	{
		ID: "kg:involves", Inverse: "involvedIn", Domain: []Kind{RiskFactor}, Range: []Kind{Treatment},
		Description: "The subject is a risk factor that consists in the use of the object.",
	},
	{
		ID: "kg:occursBetween", Inverse: "endOf", Domain: []Kind{Cause}, Range: []Kind{Anatomy},
		Description: "The object is one of the two ends between which the subject takes place.",
	},
	{
		ID: "kg:occursIn", Inverse: "siteOf", Domain: []Kind{Cause}, Range: []Kind{Anatomy},
		Description: "The object is the part of the body in which the subject takes place.",
	},
	{
		ID: "kg:preferredOver", Inverse: "lessPreferredThan", Domain: []Kind{Treatment}, Range: []Kind{Treatment}, Hedged: true,
		Description: "The subject is preferred to the object.",
	},
	{
		ID: PredicateRecommendedCare, Inverse: "recommendedCareFor", Domain: []Kind{Symptom}, Range: []Kind{Treatment}, Hedged: true,
		Description: "The object is care that is recommended for whoever has the subject.",
	},
	{
		ID: "schema:nerveMotor", Inverse: "innervatedBy", Domain: []Kind{Anatomy}, Range: []Kind{Anatomy},
		Description: "The subject is a nerve that moves the object.",
	},
	{
		ID: "schema:relevantSpecialty", Inverse: "relevantSpecialtyOf", Domain: []Kind{Treatment}, Range: []Kind{Specialty},
		Description: "The object is the medical specialty to which the subject belongs.",
	},
	{
		ID: "schema:differentialDiagnosis", Inverse: "differentialDiagnosisOf", Domain: []Kind{Condition, Symptom}, Range: []Kind{OtherConcept},
		Description: "The object describes how the subject is told apart from something similar.",
	},
	{
		ID: "schema:diagnosis", Inverse: "diagnosisOf", Domain: []Kind{OtherConcept}, Range: []Kind{Condition, Symptom},
		Description: "The object is what the subject, a way to tell two things apart, weighs.",
	},
	{
		ID: "schema:distinguishingSign", Inverse: "distinguishingSignOf", Domain: []Kind{OtherConcept}, Range: []Kind{Symptom},
		Description: "The object is a sign by which the subject tells two things apart.",
	},

	{
		ID: PredicateUnclearClaim, Inverse: "unclearClaimOf",
		Description: "A source says something of the two that Plexus has no words for: the further values of the statement have the source's. No path goes over it.",
	},

	{
		ID: "schema:alternateName", Text: true,
		Description: "Another name that the source itself uses for the subject.",
	},
	{
		ID: "schema:expectedPrognosis", Domain: []Kind{Condition, Symptom}, Text: true,
		Description: "How the subject is expected to go on.",
	},
	{
		ID: "kg:duration", Domain: []Kind{Condition, Symptom}, Text: true,
		Description: "How long the subject lasts.",
	},
	{
		ID: "kg:recurrence", Domain: []Kind{Condition, Symptom}, Text: true,
		Description: "Whether and how the subject comes back.",
	},
	{
		ID: "kg:onset", Domain: []Kind{Condition, Symptom}, Text: true,
		Description: "When the subject begins.",
	},
	{
		ID: "kg:pattern", Domain: []Kind{Symptom}, Text: true,
		Description: "How the subject shows over time.",
	},
	{
		ID: "kg:evidenceStatus", Domain: []Kind{RiskFactor, Cause}, Text: true,
		Description: "How well the subject is understood, in the source's words.",
	},
	{
		ID: "kg:measures", Domain: []Kind{Test}, Text: true,
		Description: "What the subject, a test, measures.",
	},
	{
		ID: "kg:improves", Domain: []Kind{Treatment}, Text: true,
		Description: "What the subject makes better.",
	},

	{
		ID: PredicateExactMatch, Inverse: "exactMatchOf", Mapping: true,
		Description: "The object is the same concept in another vocabulary.",
	},
	{
		ID: "skos:closeMatch", Inverse: "closeMatchOf", Mapping: true,
		Description: "The object is nearly the same concept in another vocabulary.",
	},
	{
		ID: "skos:broadMatch", Inverse: "broadMatchOf", Mapping: true,
		Description: "The object is a more general concept in another vocabulary.",
	},
	{
		ID: "skos:narrowMatch", Inverse: "narrowMatchOf", Mapping: true,
		Description: "The object is a more special concept in another vocabulary.",
	},
	{
		ID: "skos:relatedMatch", Inverse: "relatedMatchOf", Mapping: true,
		Description: "The object is an associated concept in another vocabulary.",
	},
}

var registryIndex = func() map[ID]int {
	vocabulary := NewPrefixes(nil)
	index := make(map[ID]int, len(registry))
	for i := range registry {
		p := &registry[i]
		_, p.Name, _ = strings.Cut(string(p.ID), ":")
		p.IRI = vocabulary.Expand(p.ID)
		index[p.ID] = i
	}
	return index
}()

// Registry returns the predicates that Plexus knows, in the order in which
// they are listed. The caller must not change them.
func Registry() []Predicate { return slices.Clone(registry) }

// LookupPredicate returns the predicate of the registry with this id.
func LookupPredicate(id ID) (Predicate, bool) {
	i, ok := registryIndex[id]
	if !ok {
		return Predicate{}, false
	}
	return registry[i], true
}

// DescribePredicate returns the registry's entry or, for a predicate that no
// registry knows, one made from its id: the local name, whether that warns, and
// no inverse, description, domain or range.
func DescribePredicate(id ID, p Prefixes) Predicate {
	if known, ok := LookupPredicate(id); ok {
		return known
	}
	iri := p.Expand(id)
	name := iriName(iri)
	return Predicate{ID: id, IRI: iri, Name: name, Caution: warns(name)}
}

// iriName returns the local name of an IRI.
func iriName(iri string) string { return iri[strings.LastIndexAny(iri, "#/:")+1:] }

// NameInWords writes the local name of a predicate as words: expectedPrognosis is
// "expected prognosis".
func NameInWords(name string) string {
	var words strings.Builder
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			words.WriteByte(' ')
			r = unicode.ToLower(r)
		}
		words.WriteRune(r)
	}
	return words.String()
}

// sortPredicates brings declared predicates into order and fills what follows
// from the rest.
func (d *Dataset) sortPredicates() {
	for i := range d.Predicates {
		p := &d.Predicates[i]
		described := DescribePredicate(p.ID, d.Prefixes)
		p.IRI = cmp.Or(p.IRI, described.IRI)
		p.Name = cmp.Or(p.Name, described.Name)
		p.Caution = p.Caution || described.Caution
		for _, kinds := range []*[]Kind{&p.Domain, &p.Range} {
			slices.Sort(*kinds)
			*kinds = slices.Compact(*kinds)
		}
	}
	slices.SortFunc(d.Predicates, func(a, b Predicate) int { return cmp.Compare(a.ID, b.ID) })
}
