package walk

import (
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// wording is how a link is said when it is read from one end: the verb as it
// stands alone ("may be caused by") and after another verb ("be caused by"),
// for "$x verb $y".
//
// What the source asserts is said with the strength that the predicate itself
// has, no more: a cause in the registry "causes, or may cause", so an asserted
// cause is one that "may" be it. What is possible or suspected takes the second
// form, after a hedge. Where neither fits, the other fields say it.
type wording struct {
	verb, bare string
	// recommended is what it is called when it is recommended; without it, and
	// for what is discouraged, the neutral words say what the source does.
	recommended string
	// discouraged is the same for what is advised against.
	discouraged string
	// recorded is said where no modality is stated; without it, "is recorded to"
	// and the bare verb.
	recorded string
}

// phrase returns the words between two concepts for a modality, of what is so or
// denied; "$often" marks the place of an adverb. Advice that is denied has no words
// of its own.
func (w wording) phrase(m graph.Modality, denied bool) (words string, ok bool) {
	hedge := map[graph.Modality][2]string{
		graph.ModalityNotStated: {"is recorded to $often", "is recorded not to $often"},
		graph.Possible:          {"might $often", "might not $often"},
		graph.Suspected:         {"is suspected to $often", "is suspected not to $often"},
		graph.Asserted:          {"", "is stated not to $often"},
	}[m]
	switch {
	case denied:
		return hedge[1] + w.bare, hedge[1] != ""
	case m == graph.Asserted:
		return adverbInto(w.verb), true
	case m == graph.Recommended:
		return "$often" + w.recommended, w.recommended != ""
	case m == graph.Discouraged:
		return "$often" + w.discouraged, w.discouraged != ""
	case m == graph.ModalityNotStated && w.recorded != "":
		return "is recorded as $often" + w.recorded, true
	default:
		return hedge[0] + w.bare, true
	}
}

// ofSeveral returns a phrase of the wording for a subject that is several concepts
// together.
func (w wording) ofSeveral(phrase string) string {
	words, adverb := strings.CutPrefix(phrase, "$often")
	first, rest, _ := strings.Cut(words, " ")
	switch {
	case first == "is":
		words = "are " + rest
	case first == "has":
		words = "have " + rest
	case words == w.verb && first != "may" && first != "can":
		words = w.bare
	}
	if adverb {
		return "$often" + words
	}
	return words
}

// adverbInto finds the place of an adverb: after the first auxiliary ("may
// often cause", "is often used"), before any other verb ("often has").
func adverbInto(verb string) string {
	first, rest, more := strings.Cut(verb, " ")
	switch first {
	case "may", "can", "is":
		if more {
			return first + " $often" + rest
		}
	}
	return "$often" + verb
}

// wordings has the words for every predicate of the registry that joins
// concepts, read from the subject and read from the object.
func wordings(p graph.ID) (out, in wording, ok bool) {
	w, ok := phraseTable[p]
	return w[0], w[1], ok
}

var phraseTable = map[graph.ID][2]wording{
	graph.PredicateCause: {
		{verb: "may be caused by", bare: "be caused by", recorded: "possibly caused by"},
		{verb: "may cause", bare: "cause", recorded: "a possible cause of"},
	},
	graph.PredicateSignOrSymptom: {
		{verb: "has the sign or symptom", bare: "have the sign or symptom"},
		{verb: "is a sign or symptom of", bare: "be a sign or symptom of"},
	},
	graph.PredicateTypicalTest: {
		{verb: "may be looked into with", bare: "be looked into with", recommended: "has the recommended test", discouraged: "has the discouraged test", recorded: "possibly looked into with"},
		{verb: "may be used to look into", bare: "be used to look into", recommended: "is recommended as a test for", discouraged: "is discouraged as a test for", recorded: "a possible test for"},
	},
	graph.PredicatePossibleTreatment: {
		{verb: "may be treated with", bare: "be treated with", recommended: "has the recommended treatment", discouraged: "has the discouraged treatment", recorded: "possibly treated with"},
		{verb: "may be used to treat", bare: "be used to treat", recommended: "is recommended as a treatment for", discouraged: "is discouraged as a treatment for", recorded: "a possible treatment for"},
	},
	graph.PredicateAdvisedAgainstIn: {
		{verb: "is advised against in", bare: "be advised against in", discouraged: "is advised against in", recorded: "advised against in"},
		{verb: "is a reason to advise against", bare: "be a reason to advise against", discouraged: "is a reason to advise against"},
	},
	graph.PredicateContraindication: {
		{verb: "is contraindicated in", bare: "be contraindicated in", recorded: "contraindicated in"},
		{verb: "is a contraindication to", bare: "be a contraindication to", recorded: "a contraindication to"},
	},
	graph.PredicateAdverseOutcome: {
		{verb: "may lead to the unwanted outcome", bare: "lead to the unwanted outcome", recorded: "possibly leading to the unwanted outcome"},
		{verb: "may be an unwanted outcome of", bare: "be an unwanted outcome of", recorded: "a possible unwanted outcome of"},
	},
	graph.PredicateIncreasesRiskOf: {
		{verb: "may raise the risk of", bare: "raise the risk of", recorded: "a possible risk factor for"},
		{verb: "may have the risk factor", bare: "have the risk factor", recorded: "having the possible risk factor"},
	},
	graph.PredicateComplication: {
		{verb: "may lead to the complication", bare: "lead to the complication", recorded: "possibly leading to the complication"},
		{verb: "may be a complication of", bare: "be a complication of", recorded: "a possible complication of"},
	},
	graph.PredicateUsedToRuleOut: {
		{verb: "may be used to rule out", bare: "be used to rule out", recommended: "is recommended to rule out", discouraged: "is advised against as a test to rule out", recorded: "a possible test to rule out"},
		{verb: "may be ruled out with", bare: "be ruled out with", recommended: "has, to rule it out, the recommended test", discouraged: "has, to rule it out, the discouraged test", recorded: "possibly ruled out with"},
	},
	graph.PredicateSignDetected: {
		{verb: "can show", bare: "show", recorded: "a test that can show"},
		{verb: "can be shown by", bare: "be shown by", recorded: "something that can be shown by"},
	},
	graph.PredicateExamines: {
		{verb: "can examine", bare: "examine", recorded: "a test that can examine"},
		{verb: "can be examined with", bare: "be examined with", recorded: "a body part that can be examined with"},
	},
	graph.PredicateAssociatedAnatomy: {
		{verb: "is associated with the body part", bare: "be associated with the body part"},
		{verb: "is a body part associated with", bare: "be a body part associated with"},
	},
	graph.PredicateStage: {
		{verb: "has the stage", bare: "have the stage"},
		{verb: "is a stage of", bare: "be a stage of"},
	},
	graph.PredicateGuidelineSubject: {
		{verb: "is about", bare: "be about"},
		{verb: "is a subject of", bare: "be a subject of"},
	},
	graph.PredicatePrevents: {
		{verb: "may prevent", bare: "prevent", recommended: "is recommended to prevent", discouraged: "is advised against as a way to prevent", recorded: "possibly preventing"},
		{verb: "may be prevented by", bare: "be prevented by", recommended: "has, to prevent it, the recommended", discouraged: "has, to prevent it, the discouraged", recorded: "possibly prevented by"},
	},
	graph.PredicateMayIndicate: {
		{verb: "may be a sign of", bare: "be a sign of", recorded: "a possible sign of"},
		{verb: "may be indicated by", bare: "be indicated by", recorded: "possibly indicated by"},
	},
	graph.PredicateIncludes: {
		{verb: "includes", bare: "include"},
		{verb: "is a part of", bare: "be a part of"},
	},
	graph.PredicateBroader: {
		{verb: "is narrower than", bare: "be narrower than"},
		{verb: "is broader than", bare: "be broader than"},
	},
	graph.PredicateRelated: {
		{verb: "is related to", bare: "be related to"},
		{verb: "is related to", bare: "be related to"},
	},
	"kg:trigger": {
		{verb: "may be set off by", bare: "be set off by", recorded: "possibly set off by"},
		{verb: "may set off", bare: "set off", recorded: "a possible trigger of"},
	},
	"kg:controls": {
		{verb: "controls", bare: "control"},
		{verb: "is controlled by", bare: "be controlled by"},
	},
	"kg:duringStage": {
		{verb: "occurs or applies in", bare: "occur or apply in"},
		{verb: "is a stage for", bare: "be a stage for"},
	},
	"kg:followUp": {
		{verb: "may be followed by the care", bare: "be followed by the care", recommended: "has the recommended follow-up", discouraged: "has the discouraged follow-up", recorded: "possibly followed by the care"},
		{verb: "may be care that follows after", bare: "be care that follows after", recommended: "is recommended as follow-up of", discouraged: "is discouraged as follow-up of", recorded: "possible care that follows after"},
	},
	"kg:guides": {
		{verb: "can help to choose", bare: "help to choose", recommended: "is recommended to help choose", discouraged: "is advised against as a help to choose"},
		{verb: "may be chosen with the help of", bare: "be chosen with the help of", recorded: "possibly chosen with the help of"},
	},
	"kg:intendedEffect": {
		{verb: "is meant to bring about", bare: "be meant to bring about"},
		{verb: "is an intended effect of", bare: "be an intended effect of"},
	},
	"kg:involves": {
		{verb: "involves the use of", bare: "involve the use of"},
		{verb: "is involved in", bare: "be involved in"},
	},
	"kg:occursBetween": {
		{verb: "takes place with, at one end,", bare: "take place with, at one end,"},
		{verb: "is one of the two ends of", bare: "be one of the two ends of"},
	},
	"kg:occursIn": {
		{verb: "takes place in", bare: "take place in"},
		{verb: "is the place of", bare: "be the place of"},
	},
	"kg:preferredOver": {
		{verb: "is preferred to", bare: "be preferred to", recommended: "is recommended rather than", discouraged: "is advised against as preferable to"},
		{verb: "has the preferred alternative", bare: "have the preferred alternative", recommended: "has the recommended alternative", discouraged: "has the discouraged alternative"},
	},
	"kg:recommendedCare": {
		{verb: "has the recommended care", bare: "have the recommended care", recommended: "has the recommended care"},
		{verb: "is recommended care for", bare: "be recommended care for", recommended: "is recommended care for"},
	},
	"schema:nerveMotor": {
		{verb: "is a nerve that moves", bare: "be a nerve that moves"},
		{verb: "is moved by the nerve", bare: "be moved by the nerve"},
	},
	"schema:relevantSpecialty": {
		{verb: "belongs to the specialty", bare: "belong to the specialty"},
		{verb: "is the specialty of", bare: "be the specialty of"},
	},
	"schema:differentialDiagnosis": {
		{verb: "is told apart from something similar in", bare: "be told apart from something similar in"},
		{verb: "tells apart from something similar", bare: "tell apart from something similar"},
	},
	"schema:diagnosis": {
		{verb: "weighs", bare: "weigh"},
		{verb: "is weighed in", bare: "be weighed in"},
	},
	"schema:distinguishingSign": {
		{verb: "has the distinguishing sign", bare: "have the distinguishing sign"},
		{verb: "is a distinguishing sign in", bare: "be a distinguishing sign in"},
	},
	graph.PredicateUnclearClaim: {
		{verb: "stands in an unclear relation to", bare: "stand in an unclear relation to"},
		{verb: "stands in an unclear relation to", bare: "stand in an unclear relation to"},
	},
	graph.PredicateExactMatch: {
		{verb: "is matched exactly with", bare: "be matched exactly with"},
		{verb: "is matched exactly with", bare: "be matched exactly with"},
	},
	"skos:closeMatch": {
		{verb: "is matched closely with", bare: "be matched closely with"},
		{verb: "is matched closely with", bare: "be matched closely with"},
	},
	"skos:broadMatch": {
		{verb: "is matched with the broader", bare: "be matched with the broader"},
		{verb: "is matched with the narrower", bare: "be matched with the narrower"},
	},
	"skos:narrowMatch": {
		{verb: "is matched with the narrower", bare: "be matched with the narrower"},
		{verb: "is matched with the broader", bare: "be matched with the broader"},
	},
	"skos:relatedMatch": {
		{verb: "is matched with the related", bare: "be matched with the related"},
		{verb: "is matched with the related", bare: "be matched with the related"},
	},
}
