package graph_test

import (
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// TestWords has a line for every word of others that means one of ours.
func TestWords(t *testing.T) {
	const table = `
biolink:has_phenotype → schema:signOrSymptom
biolink:phenotype_of → schema:signOrSymptom reversed
biolink:has_part → kg:includes
biolink:part_of → kg:includes reversed
biolink:contraindicated_in → schema:contraindication
biolink:contraindicated_for → schema:contraindication
biolink:has_contraindication → schema:contraindication reversed
biolink:exact_match → skos:exactMatch
biolink:close_match → skos:closeMatch
biolink:broad_match → skos:broadMatch
biolink:narrow_match → skos:narrowMatch
biolink:related_match → skos:relatedMatch
biolink:same_as → skos:exactMatch
biolink:subclass_of → skos:broader
biolink:superclass_of → skos:broader reversed
kg:absentSignOrSymptom → schema:signOrSymptom denied
kg:nonIndication → schema:possibleTreatment denied
kg:partOf → kg:includes reversed
kg:sideEffect → schema:adverseOutcome
kg:sideEffectOf → schema:adverseOutcome reversed
schema:causeOf → schema:cause reversed
schema:identifyingTest → schema:signDetected reversed
schema:primaryPrevention → kg:prevents reversed
schema:riskFactor → schema:increasesRiskOf reversed
schema:subTest → kg:includes
schema:usedToDiagnose → schema:typicalTest reversed
skos:narrower → skos:broader reversed`
	want := map[string]string{}
	for line := range strings.Lines(strings.TrimSpace(table)) {
		id, means, _ := strings.Cut(strings.TrimSpace(line), " → ")
		want[id] = means
	}
	for _, w := range graph.Words() {
		got := string(w.Predicate)
		if w.Reversed {
			got += " reversed"
		}
		if w.Denies {
			got += " denied"
		}
		if got != want[string(w.ID)] {
			t.Errorf("%s means %q, want %q", w.ID, got, want[string(w.ID)])
		}
		delete(want, string(w.ID))
		p, known := graph.LookupPredicate(w.Predicate)
		if _, registered := graph.LookupPredicate(w.ID); !known || registered || p.Caution && w.Denies {
			t.Errorf("%s stands for %s: one is no predicate of the registry, the other one is, or a warning is denied", w.ID, w.Predicate)
		}
		// An inverse that has an id of its own is the reversed form, not the same.
		if _, local, _ := strings.Cut(string(w.ID), ":"); local == p.Inverse && !w.Reversed {
			t.Errorf("%s is the inverse of %s, but does not reverse", w.ID, w.Predicate)
		}
		namespace, _ := graph.NewPrefixes(map[string]string{"biolink": graph.Biolink}).Namespace(strings.Split(string(w.ID), ":")[0])
		if byIRI, known := graph.LookupWord(namespace + strings.Split(string(w.ID), ":")[1]); !known || byIRI != w {
			t.Errorf("%s is not found by its IRI", w.ID)
		}
		if forward, reversed := graph.ForwardPredicate(w.ID); w.Denies == (forward == w.Predicate) || !w.Denies && reversed != w.Reversed {
			t.Errorf("ForwardPredicate(%s) = %s, %t", w.ID, forward, reversed)
		}
	}
	for id := range want {
		t.Errorf("%s is no word", id)
	}
	// What says more than our word is not our word, nor is what denies something else.
	for _, id := range []string{"biolink:treats", "biolink:causes", "biolink:related_to", "biolink:preventative_for_condition", "kg:noObservedBenefit", "ex:other", "ex:nonIndication"} {
		if w, known := graph.LookupWord(id); known {
			t.Errorf("%s means %s", id, w.Predicate)
		}
		if forward, reversed := graph.ForwardPredicate(graph.ID(id)); forward != graph.ID(id) || reversed {
			t.Errorf("ForwardPredicate(%s) = %s, %t", id, forward, reversed)
		}
	}
}

// TestNames: what the name of a predicate tells where nothing else is known.
func TestNames(t *testing.T) {
	for name, want := range map[string]string{
		// Denials of whatever: never walked.
		"noObservedBenefit": "denies", "not_caused_by": "denies", "NOT_TREATS": "denies", "NOTCausedBy": "denies", "isNotA": "denies", "never_in_taxon": "denies",
		"absentFinding": "denies", "withoutEffect": "denies", "unrelatedTo": "denies", "nonIndication": "denies",
		"lacks_part": "denies", "missing_from": "denies", "disjointWith": "denies", "differentFrom": "denies", "does not cause": "denies",
		"doesn't cause": "denies", "isn’t": "denies", "unaffected-by": "denies", "HAS_NO_EFFECT_ON": "denies", "no": "denies",
		"unspecifiedAction": "denies", "notContraindicatedIn": "denies",
		// And what only looks like one.
		"notation": "walked", "node": "walked", "normalRange": "walked", "noted": "walked", "noseSide": "walked", "hasUnit": "walked",
		"unitOf": "walked", "underlyingCause": "walked", "union": "walked", "unique": "walked", "universalDonor": "walked", "unilateral": "walked",
		"knownCause": "walked", "treats": "walked", "linksTo": "walked", "announces": "walked", "negatively_regulates": "walked", "": "walked",
		"fails_to_prevent": "denies", "failed_trial_for": "denies", "avoidIn": "denies", "to_be_avoided_in": "denies", "inadvisable_in": "denies",
		"prohibited_in": "denies", "forbidden_in": "denies", "discouragedIn": "denies", "incompatible_with": "denies", "ruled_out_by": "denies",
		"disproved": "denies", "disputed": "denies", "retracted_claim": "denies", "hasNegativeFinding": "denies", "dissociated_from": "denies",
		"withdrawn_for": "denies", "discontinued_for": "denies", "stop_in": "denies", "black_box_warning": "denies", "precautionIn": "denies",
		"heart_failure_of": "walked",
		"prohibitedFor":    "denies", "discouraged_for": "denies", "failedIn": "denies", "warning_for": "denies", "withdrawnFrom": "denies",
		"rejected_for": "denies", "refuted_by": "denies", "contradicts": "denies", "falsifiedBy": "denies", "debunkedAs": "denies", "isDeniedBy": "denies",
		"excludedFrom": "denies", "rules_out": "denies", "ruleOutFor": "denies", "recommended_against_in": "denies", "evidence_against": "denies",
		"abandonedFor": "denies", "terminated_for": "denies", "revokedFor": "denies", "banned_in": "denies", "haltedFor": "denies", "refused_for": "denies",
		"inappropriateFor": "denies", "dangerous_in": "denies", "harms": "denies", "cautionIn": "denies", "use_with_caution_in": "denies", "notindicatedin": "denies",
		"shouldNotBeUsedIn": "denies", "mustn’t_be_given_in": "denies", "donotuse": "denies", "useless_in": "denies", "refractory_to": "denies",
		"free_of": "denies", "doubted_for": "denies", "unprovenFor": "denies", "notToBeGivenIn": "denies", "obsolete_for": "denies", "inconclusive_for": "denies",
		"insufficient_evidence_for": "denies", "oppositeOf": "denies", "invalidatedBy": "denies", "disfavoredIn": "denies", "disapproved_for": "denies",
		"treatedWith": "walked", "protects_against": "walked", "vaccineAgainst": "walked", "active_against": "walked", "notableFor": "walked", "notifiesOf": "walked",
		"notchOf": "walked", "uncinate_process_of": "walked", "undulates": "walked", "unipolar_form_of": "walked", "unitedWith": "walked", "warning_sign_of": "walked",
		"danger_signs_of": "walked", "insulin_needed_in": "walked", "increases_risk_of": "walked", "inhibits": "walked", "interactsWith": "walked", "inheritedFrom": "walked",
		"discoveredIn": "walked", "disease_has_feature": "walked", "distinguishes": "walked", "displacedBy": "walked",
		"differential_diagnosis_of": "walked", "exclusivelyIn": "walked", "business_rule_of": "walked", "terminatesIn": "walked", "declinesWith": "walked",
		"nodule_of": "walked", "normalizes": "walked", "nourishes": "walked", "failure_of_organ": "walked", "withdrawal_symptom_of": "walked", "smoking_cessation_for": "walked",
		"contralateralTo": "walked", "counteracts": "walked", "harmonizesWith": "walked", "freed_by": "walked", "blackheadOf": "walked", "positive_for": "walked",
		"contra-indicated_in": "warns", "counterindicatedIn": "warns",
		// Warnings, of whatever vocabulary.
		"contraindicated_in": "warns", "contraindication": "warns", "has_contraindication": "warns", "CI_with": "warns", "hasContraindications": "warns",
		"contraindicated_with_disease": "warns", "has_contraindicated_drug": "warns", "contraindicated_mechanism_of_action_of": "warns",
	} {
		p := graph.DescribePredicate(graph.ID("https://other.example/"+name), graph.Prefixes{})
		got := "walked"
		switch {
		case p.Caution:
			got = "warns"
		case !p.IsWalked():
			got = "denies"
		}
		if got != want || graph.SoundsNegative(name) != (got == "denies") || graph.MayContraindicate(string(p.IRI)) && p.IsWalked() {
			t.Errorf("%q %s, want %s; it is walked: %t", name, got, want, p.IsWalked())
		}
	}
	for _, p := range graph.Registry() {
		if p.IsWalked() == (p.ID == graph.PredicateUnclearClaim) {
			t.Errorf("%s of the registry is walked: %t", p.ID, p.IsWalked())
		}
	}
	// How something is written down joins nothing, nor does a word of ours that is left.
	for iri, want := range map[graph.ID]bool{
		"http://www.w3.org/1999/02/22-rdf-syntax-ns#first": false, "http://www.w3.org/2002/07/owl#sourceIndividual": false,
		"http://www.w3.org/2002/07/owl#annotatedTarget": false, "http://www.w3.org/2002/07/owl#sameAs": true, "schema:primaryPrevention": false,
		"https://w3id.org/biolink/vocab/contraindicated_in": false, "https://w3id.org/biolink/vocab/treats": true,
	} {
		if p := graph.DescribePredicate(iri, graph.NewPrefixes(nil)); p.IsWalked() != want {
			t.Errorf("%s is walked: %t", iri, !want)
		}
	}
	for name, want := range map[string]bool{
		"contraindicated_in": true, "CI_with": true, "ciWith": true, "contraindicated_mechanism_of_action_of": false, "notContraindicatedIn": false, "in": false, "treats": false,
	} {
		if got := graph.MayContraindicate("https://other.example/" + name); got != want {
			t.Errorf("MayContraindicate(%s) = %t", name, got)
		}
	}
}
