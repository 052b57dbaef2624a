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
	{ID: "biolink:subclass_of", Predicate: PredicateBroader},
	{ID: "biolink:superclass_of", Predicate: PredicateBroader, Reversed: true},
	{ID: "biolink:same_as", Predicate: PredicateExactMatch},
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

// biolinkPredicates are the words of the Biolink Model for predicates of the registry.
var biolinkPredicates = func() map[ID]ID {
	written := map[ID]ID{}
	for _, w := range words {
		if _, first := written[w.Predicate]; !first && !w.Reversed && strings.HasPrefix(string(w.ID), "biolink:") {
			written[w.Predicate] = w.ID
		}
	}
	return written
}()

// BiolinkPredicateOf returns the word of the Biolink Model for a predicate of the
// registry, from subject to object; nothing where it has none.
func BiolinkPredicateOf(predicate ID) ID { return biolinkPredicates[predicate] }

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
		case "contraindication", "contraindications", "contraindicated", "counterindication", "counterindications", "counterindicated":
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
	return MayContraindicate(name) || !SoundsNegative(name) && slices.ContainsFunc(splitName(name), func(t string) bool {
		return strings.HasPrefix(t, "contraindic") || strings.HasPrefix(t, "counterindic")
	})
}

// IsWalked reports whether paths and neighbourhoods may go over links of the
// predicate. What the registry does not know is listed as what it is, and joins
// nothing, if it
//
//   - sounds like a denial, a failure or advice against something
//     (noObservedBenefit, not_caused_by, to_be_avoided_in), unless its data set
//     declares that it is a caution,
//   - is a word of ours of which the ends did not tell the direction, or a
//     contraindication that nobody describes,
//   - or says how RDF and OWL write something down (rdf:first, owl:sourceIndividual).
//
// Nor are claims that are unclear ([ReadUnclear]).
func (p *Predicate) IsWalked() bool {
	if _, known := registryIndex[p.ID]; known {
		return p.ID != PredicateUnclearClaim
	}
	_, isWord := LookupWord(p.IRI)
	if isWord || strings.HasPrefix(p.IRI, RDF) || p.Description == "" && MayContraindicate(p.IRI) {
		return false
	}
	if name, isOWL := strings.CutPrefix(p.IRI, OWL); isOWL {
		return name == "sameAs" || name == "equivalentClass"
	}
	return p.Caution || !SoundsNegative(p.Name) && !SoundsNegative(iriName(p.IRI))
}

// negatives are the words of names that deny, doubt, end or advise against
// something. An asterisk stands for any end.
var negatives = [...]string{
	"no", "not*", "nobody", "nor", "never*", "neither", "non*", "un*", "cannot*", "without*", "sans", "absen*", "lack*", "missing", "missed", "misses", "devoid",
	"isnot*", "doesnot*", "donot*", "didnot*", "shouldnot*", "mustnot*", "maynot*", "neednot*",
	"isnt", "arent", "wasnt", "werent", "doesnt", "dont", "didnt", "cant", "couldnt", "wont", "wouldnt", "shouldnt", "mustnt", "hasnt", "havent", "neednt",
	// What is said not to be so, or put in doubt.
	"deni*", "deny*", "exclude*", "excluding", "exclusion", "except*", "refut*", "rebut*", "debunk*", "falsif*", "false*", "disprov*", "disput*", "disconfirm*",
	"discredit*", "dissociat*", "dismiss*", "disagree*", "disjoint*", "disallow*", "disqualif*", "disclaim*", "different", "negative", "negated", "negates", "negation",
	"contradict*", "contrary", "oppos*", "reject*", "doubt*", "dubious", "questioned", "questionable", "impossible", "improbable", "implausible", "incorrect*",
	"invalid*", "inconsistent", "inconclusive", "ruleout", "rulesout", "ruledout*",
	// What does not work, or cannot be together.
	"ineffective*", "inefficac*", "inefficient", "useless", "futile", "insufficient", "ineligible", "incompatib*", "refractory", "resistant", "worthless",
	// What was tried, and failed or ended.
	"fail", "fails", "failed", "failing", "retract*", "withdrawn", "withdrew", "withdraws", "withheld", "withhold*", "discontinu*", "ceased", "cease", "ceases",
	"stop", "stops", "stopped", "stopping", "halted", "abandon*", "aborted", "terminated", "suspended", "revok*", "recalled", "cancelled", "canceled", "delist*",
	"deprecat*", "obsolet*", "declined", "refus*", "banned", "bans", "barred",
	// What is advised against, where nobody declares a caution.
	"avoid*", "inadvisab*", "inappropriate*", "prohibit*", "forbid*", "forbad*", "discourag*", "disfavo*", "disapprov*", "disrecommend*", "dissuad*", "refrain*",
	"abstain*", "harm", "harms", "harmed", "harmful*", "danger*", "hazard*", "risky", "warn*", "caution*", "precaution*", "counterproductive", "omit*", "vetoed",
}

// harmless are words that begin like negatives.
var harmless = [...]string{
	"nota*", "note*", "notif*", "notic*", "notion*", "notch*", "notoch*", "notum", "nonsense",
	"un", "under*", "unit*", "uniq*", "unif*", "unil*", "univ*", "union*", "unip*", "unic*", "unidirection*", "until*", "ungu*", "unct*", "unci*", "uncus", "undula*",
}

// protects are words after which "against" is no advice: vaccine_against.
var protects = [...]string{
	"protect*", "vaccin*", "immun*", "act*", "effective*", "effic*", "work*", "use*", "direct*", "guard*", "defen*", "antibod*", "shield*", "fight*", "treat*", "help*",
	"prophyla*", "prevent*", "indicated",
}

// isOneOf reports whether a word is in a list, in which an asterisk stands for any
// end.
func isOneOf(word string, list []string) bool {
	return slices.ContainsFunc(list, func(entry string) bool {
		stem, open := strings.CutSuffix(entry, "*")
		return word == stem || open && strings.HasPrefix(word, stem)
	})
}

// SoundsNegative reports whether the name of a predicate has words that deny,
// doubt, end or advise against something.
func SoundsNegative(name string) bool {
	tokens := append(splitName(name), "")
	for i, t := range tokens[:len(tokens)-1] {
		switch next := tokens[i+1]; {
		case isOneOf(next, []string{"sign", "signs", "symptom", "symptoms"}) && isOneOf(t, []string{"warning", "danger"}): // of what is there
		case isOneOf(t, negatives[:]) && !isOneOf(t, harmless[:]),
			isOneOf(t, []string{"rule", "rules", "ruled", "ruling"}) && next == "out",
			t == "free" && (next == "of" || next == "from"), t == "black" && next == "box",
			t == "against" && !slices.ContainsFunc(tokens[:i], func(before string) bool { return isOneOf(before, protects[:]) }):
			return true
		}
	}
	return false
}

// splitName splits a name into its words, in small letters: notCausedBy,
// not_caused_by and "not caused by" are three. Contra-indicated is one.
func splitName(name string) (tokens []string) {
	var token []rune
	end := func() {
		if len(token) == 0 {
			return
		}
		word := strings.ToLower(string(token))
		if n := len(tokens); n > 0 && (tokens[n-1] == "contra" || tokens[n-1] == "counter") && strings.HasPrefix(word, "indicat") {
			tokens[n-1] += word
		} else {
			tokens = append(tokens, word)
		}
		token = nil
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
