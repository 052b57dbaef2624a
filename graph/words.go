package graph

import (
	"slices"
	"strings"
	"unicode"
)

// Word is a predicate of another vocabulary, or another form of one of ours, that
// says the same as a predicate of the registry.
type Word struct {
	ID        ID // with the prefix that its vocabulary is known by
	Predicate ID
	// Reversed: subject and object change places.
	Reversed bool
	// Denies: it says that it is not so.
	Denies bool
}

// words is the one list of them, by vocabulary. What says more than any
// predicate of the registry is none of them: biolink:treats claims more than
// schema:possibleTreatment, and stays what it is. Of several words of a
// vocabulary for one predicate the first that is not reversed is written.
var words = []Word{
	{ID: "biolink:broad_match", Predicate: "skos:broadMatch"},
	{ID: "biolink:close_match", Predicate: "skos:closeMatch"},
	{ID: "biolink:contraindicated_in", Predicate: PredicateContraindication},
	{ID: "biolink:contraindicated_for", Predicate: PredicateContraindication}, // its name in earlier versions
	{ID: "biolink:exact_match", Predicate: PredicateExactMatch},
	{ID: "biolink:has_contraindication", Predicate: PredicateContraindication, Reversed: true},
	{ID: "biolink:has_part", Predicate: PredicateIncludes},
	{ID: "biolink:has_phenotype", Predicate: PredicateSignOrSymptom},
	{ID: "biolink:narrow_match", Predicate: "skos:narrowMatch"},
	{ID: "biolink:part_of", Predicate: PredicateIncludes, Reversed: true},
	{ID: "biolink:phenotype_of", Predicate: PredicateSignOrSymptom, Reversed: true},
	{ID: "biolink:related_match", Predicate: "skos:relatedMatch"},
	{ID: "kg:absentSignOrSymptom", Predicate: PredicateSignOrSymptom, Denies: true},
	{ID: "kg:nonIndication", Predicate: PredicatePossibleTreatment, Denies: true},
	{ID: "kg:partOf", Predicate: PredicateIncludes, Reversed: true},
	{ID: "kg:sideEffect", Predicate: PredicateAdverseOutcome},
	{ID: "kg:sideEffectOf", Predicate: PredicateAdverseOutcome, Reversed: true},
	{ID: "schema:causeOf", Predicate: PredicateCause, Reversed: true},
	{ID: "schema:identifyingTest", Predicate: PredicateSignDetected, Reversed: true},
	{ID: "schema:primaryPrevention", Predicate: PredicatePrevents, Reversed: true},
	{ID: "schema:riskFactor", Predicate: PredicateIncreasesRiskOf, Reversed: true},
	{ID: "schema:subTest", Predicate: PredicateIncludes},
	{ID: "schema:usedToDiagnose", Predicate: PredicateTypicalTest, Reversed: true},
	{ID: "skos:narrower", Predicate: PredicateBroader, Reversed: true},
}

// wordIndex has the words by id and by IRI.
var wordIndex = func() map[string]*Word {
	vocabularies := NewPrefixes(map[string]string{"biolink": Biolink})
	index := make(map[string]*Word, 2*len(words))
	for i := range words {
		w := &words[i]
		index[string(w.ID)], index[vocabularies.Expand(w.ID)] = w, w
	}
	return index
}()

// Words returns all words, by vocabulary.
func Words() []Word { return slices.Clone(words) }

// LookupWord returns the word with an IRI or an id.
func LookupWord(name string) (Word, bool) {
	if w, known := wordIndex[name]; known {
		return *w, true
	}
	return Word{}, false
}

// ForwardPredicate returns the one forward form of a predicate, and whether
// subject and object change places for it: schema:causeOf is a reversed
// schema:cause. A predicate without another form is returned as it is, and so is
// a word that denies.
func ForwardPredicate(id ID) (forward ID, reversed bool) {
	if w, known := wordIndex[string(id)]; known && !w.Denies {
		return w.Predicate, w.Reversed
	}
	return id, false
}

// WordNamed returns the other form of a predicate with a local name: sideEffect
// is kg:sideEffect, which [ForwardPredicate] knows.
func WordNamed(name string) (id ID, known bool) {
	for _, w := range words {
		if _, local, _ := strings.Cut(string(w.ID), ":"); local == name && !w.Denies {
			return w.ID, true
		}
	}
	return "", false
}

// MayContraindicate reports whether the local name of an IRI, of whatever
// vocabulary, says no more than that something is contraindicated. Such a word never supports or denies a treatment. Which end is the
// treatment differs: contraindicated_in of one vocabulary is has_contraindication
// of another, and CI_with of NDF-RT is read from either end in RxNorm's tables.
func MayContraindicate(iri string) bool {
	tokens := splitName(iriName(iri))
	if slices.Equal(tokens, []string{"ci", "with"}) {
		return true
	}
	says := false
	for _, t := range tokens {
		switch t {
		case "contraindication", "contraindications", "contraindicated":
			says = true
		case "has", "is", "in", "for", "with", "of", "by", "drug", "disease", "condition":
		default:
			return false
		}
	}
	return says
}

// warns reports whether a predicate that nobody explains warns, by its name.
func warns(name string) bool {
	return MayContraindicate(name) || !negative(name) && slices.ContainsFunc(splitName(name), func(t string) bool {
		return strings.HasPrefix(t, "contraindic")
	})
}

// IsWalked reports whether paths and neighbourhoods may go over links of the
// predicate. A word that the registry does not know and that sounds like a denial
// or advice against something (noObservedBenefit, not_caused_by, to_be_avoided_in) is listed as
// what it is, and joins nothing, unless its data set declares that it is a caution.
func (p *Predicate) IsWalked() bool {
	if _, known := registryIndex[p.ID]; known || p.Caution {
		return true
	}
	return !negative(p.Name) && !negative(iriName(p.IRI))
}

// negative reports whether a name has a word that denies, doubts or advises
// against.
func negative(name string) bool {
	return slices.ContainsFunc(splitName(name), func(t string) bool {
		switch t {
		case "no", "not", "never", "neither", "nor", "without", "absent", "absence", "lack", "lacks", "lacking", "missing",
			"cannot", "isnt", "doesnt", "denies", "denied", "excludes", "excluded", "refutes", "refuted", "ineffective", "disjoint", "different",
			"negative", "disproved", "disproves", "disputed", "disputes", "dissociated", "incompatible", "ruled",
			// What was tried, and failed or ended.
			"fail", "fails", "failed", "failing", "retracted", "withdrawn", "discontinued", "ceased", "stop", "stopped",
			// What is advised against, where nobody declares a caution.
			"avoid", "avoids", "avoided", "inadvisable", "prohibited", "forbidden", "discouraged", "harmful", "warning", "precaution":
			return true
		}
		for _, positive := range []string{"under", "unit", "uniq", "unif", "unil", "univ", "union", "until", "ungu", "unct"} {
			if strings.HasPrefix(t, positive) {
				return false
			}
		}
		return strings.HasPrefix(t, "non") || strings.HasPrefix(t, "un") && len(t) > 2
	})
}

// splitName splits a name into its words, in small letters: notCausedBy,
// not_caused_by and "not caused by" are three.
func splitName(name string) (tokens []string) {
	var token []rune
	end := func() {
		if len(token) > 0 {
			tokens, token = append(tokens, strings.ToLower(string(token))), nil
		}
	}
	letters := []rune(name)
	for i, r := range letters {
		after := func(is func(rune) bool) bool { return i > 0 && is(letters[i-1]) }
		before := func(is func(rune) bool) bool { return i+1 < len(letters) && is(letters[i+1]) }
		switch {
		case !unicode.IsLetter(r) && r != '\'' && r != '’':
			end()
			continue
		case unicode.IsUpper(r) && (after(unicode.IsLower) || after(unicode.IsUpper) && before(unicode.IsLower)):
			end()
		}
		if unicode.IsLetter(r) {
			token = append(token, r)
		}
	}
	end()
	return tokens
}
