package seed

import (
	"net/url"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/kgx"
)

// vocabulary knows the words that a file may use for predicates and types,
// however short they are written.
type vocabulary struct {
	predicates map[string]direction
	types      map[string]graph.ID
	// What may be written, for suggestions.
	predicateWords, typeWords []string
	// The names that data sets declare, which need not be of one predicate.
	names map[string][]scoped
	uses  map[prefixUse]bool
	// Where the words stand that the data declares.
	declaredAt map[graph.ID]place
}

// direction is a predicate, and how it is written.
type direction struct {
	graph.Predicate
	reversed bool
	denies   bool // what it says is that it is not so
	word     string
}

// scoped is what a word means in a data set.
type scoped struct {
	direction
	set graph.ID
}

// prefixUse is a prefix that a data set declares.
type prefixUse struct {
	set    graph.ID
	prefix string
}

func newVocabulary() *vocabulary {
	v := &vocabulary{
		names:      map[string][]scoped{},
		uses:       map[prefixUse]bool{},
		predicates: map[string]direction{},
		types:      map[string]graph.ID{},
		declaredAt: map[graph.ID]place{},
	}
	word := v.addWord
	for _, p := range graph.Registry() {
		word(p.Name, direction{Predicate: p})
		word(string(p.ID), direction{Predicate: p})
	}
	for _, w := range graph.Words() {
		if p, known := graph.LookupPredicate(w.Predicate); known {
			d := direction{Predicate: p, reversed: w.Reversed, denies: w.Denies}
			if !strings.HasPrefix(string(w.ID), kgx.Prefix+":") {
				word(localName(w.ID), d)
			}
			word(string(w.ID), d)
		}
	}
	for _, p := range graph.Registry() {
		if p.Inverse != "" && !p.Symmetric {
			word(p.Inverse, direction{Predicate: p, reversed: true})
		}
	}
	for _, class := range graph.Classes() {
		if local, ok := strings.CutPrefix(string(class), "schema:"); ok {
			v.addClass(local, class)
		}
		v.addClass(string(class), class)
	}
	v.addBiolink()
	return v
}

// addWord adds a word for a predicate. Of two that are the same the earlier
// wins: a name of the registry before one of an alias, and both before what is
// declared.
func (v *vocabulary) addWord(w string, d direction) {
	if _, taken := v.predicates[w]; !taken && w != "" {
		v.predicates[w] = d
		v.predicateWords = append(v.predicateWords, w)
	}
}

// addClass adds a word for a type, likewise.
func (v *vocabulary) addClass(w string, class graph.ID) {
	if _, taken := v.types[w]; !taken {
		v.types[w] = class
		v.typeWords = append(v.typeWords, w)
	}
}

// addPredicate adds the words for a declared predicate: its id, its name and
// its inverse.
func (v *vocabulary) addPredicate(p graph.Predicate, at place) {
	v.declaredAt[p.ID] = at
	v.addWord(string(p.ID), direction{Predicate: p})
	v.addWord(p.Name, direction{Predicate: p})
	if !isWord(p.Name) { // a label of RDF
		v.addWord(shortName(p.ID), direction{Predicate: p})
	}
	if p.Inverse != "" && !p.Symmetric {
		v.addWord(p.Inverse, direction{Predicate: p, reversed: true})
	}
}

// addNames takes note of whose the names of a declared predicate are.
func (v *vocabulary) addNames(p graph.Predicate, set graph.ID) {
	v.names[p.Name] = append(v.names[p.Name], scoped{direction{Predicate: p}, set})
	if p.Inverse != "" && !p.Symmetric {
		v.names[p.Inverse] = append(v.names[p.Inverse], scoped{direction{Predicate: p, reversed: true}, set})
	}
}

// mayShare reports whether a data set may give a predicate a name that is taken: by
// other data sets, or by another word for one that Plexus knows.
func (v *vocabulary) mayShare(name string, set graph.ID) bool {
	p := v.predicates[name]
	_, known := graph.LookupPredicate(p.ID)
	switch others := v.names[name]; {
	case set == "", known && (name == p.Name || name == p.Inverse):
		return false
	case len(others) == 0:
		return known
	default:
		return !slices.ContainsFunc(others, func(s scoped) bool { return s.set == set || s.set == "" })
	}
}

// lookup returns the predicate that a word means in a data set, or those that it
// may mean: what the data set declares itself comes first, then what has one of the
// prefixes that it declares.
func (v *vocabulary) lookup(word string, set graph.ID) (p direction, several []string) {
	p = v.predicates[word]
	var used []direction
	for _, s := range v.names[word] {
		prefix, _, _ := strings.Cut(string(s.ID), ":")
		switch {
		case s.set == set:
			return s.direction, nil
		case v.uses[prefixUse{set, prefix}]:
			used = append(used, s.direction)
		}
		several = with(several, string(s.ID))
	}
	if several = with(several, string(p.ID)); len(used) == 1 {
		return used[0], nil
	} else if len(several) == 1 {
		return p, nil
	}
	slices.Sort(several)
	return p, several
}

// addType adds the words for a declared type: its id, with and without the
// prefix.
func (v *vocabulary) addType(id graph.ID, at place) {
	v.declaredAt[id] = at
	v.addClass(string(id), id)
	if short := shortName(id); short != "" {
		v.addClass(short, id)
	}
}

// shortName returns an id without its prefix, or the last part of an IRI.
func shortName(id graph.ID) string {
	if graph.IsCURIE(string(id)) {
		return localName(id)
	}
	return string(id[strings.LastIndexAny(string(id), "#/")+1:])
}

func localName(id graph.ID) string {
	_, local, _ := strings.Cut(string(id), ":")
	return local
}

// typeFor returns the type to suggest for a concept that should have a kind.
func typeFor(k graph.Kind) string {
	switch k {
	case graph.Condition:
		return "MedicalCondition"
	case graph.Symptom:
		return "MedicalSignOrSymptom"
	case graph.Treatment:
		return "MedicalTherapy"
	case graph.RiskFactor:
		return "MedicalRiskFactor"
	case graph.Test:
		return "MedicalTest"
	case graph.Cause:
		return "MedicalCause"
	case graph.Anatomy:
		return "AnatomicalStructure"
	case graph.Stage:
		return "MedicalConditionStage"
	case graph.Guideline:
		return "MedicalGuideline"
	case graph.Specialty:
		return "MedicalSpecialty"
	default:
		return "MedicalEntity"
	}
}

// typeForWord returns the type that somebody means who writes the name of a
// kind, empty for any other word.
func typeForWord(word string) string {
	for _, k := range graph.Kinds() {
		if strings.EqualFold(k.String(), word) {
			return typeFor(k)
		}
	}
	return ""
}

// kindWords names kinds with their article: a Condition, an Anatomy.
func kindWords(kinds []graph.Kind) []string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = "a " + k.String()
		if strings.ContainsRune("AO", rune(k.String()[0])) {
			words[i] = "an " + k.String()
		}
	}
	return words
}

func typeNames(kinds []graph.Kind) []string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = typeFor(k)
	}
	return words
}

// isLanguage reports whether s has the form of a BCP 47 tag
// (https://www.rfc-editor.org/info/bcp47): letters, then groups of letters and
// digits, each of at most eight.
func isLanguage(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if len(part) == 0 || len(part) > 8 || i == 0 && (len(part) < 2 || len(part) > 3) { // longer ones nobody has registered
			return false
		}
		for _, c := range part {
			letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
			if !letter && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return true
}

// isURL reports whether s is a full address of the web.
func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(s, " \t\n<>\"")
}

// isNamespace reports whether s can stand before the local names of a
// vocabulary.
func isNamespace(s string) bool {
	return isURL(s) || strings.HasPrefix(s, "urn:") && len(s) > len("urn:") && !strings.ContainsAny(s, " \t\n<>\"")
}

// isEvidenceCode reports whether s has the form of a term of the Evidence and
// Conclusion Ontology.
func isEvidenceCode(s string) bool {
	digits, ok := strings.CutPrefix(s, "ECO:")
	if !ok || len(digits) != 7 {
		return false
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return false
		}
	}
	return true
}
