package graph

import (
	_ "embed" // of the table
	"slices"
	"strings"
	"sync"
)

// The words of the Biolink Model (https://w3id.org/biolink, CC0) are data: which
// categories it has and under which they stand, which predicates, and which slots.
// What a few of them are called here says [Words] for predicates, and biolinkClasses
// for categories.

//go:embed biolink.tsv
var biolinkTable string

// biolinkModel is the table, by the words without their prefix.
type biolinkModel struct {
	above      map[string][]string // of categories
	predicates map[string]string   // and their inverses
	slots      map[string]bool
	namespaces map[string]string // by prefix
	kinds      map[ID]Kind       // of categories that no class here means, by those above them
}

var biolink = sync.OnceValue(func() *biolinkModel {
	m := &biolinkModel{map[string][]string{}, map[string]string{}, map[string]bool{}, map[string]string{}, map[ID]Kind{}}
	for line := range strings.Lines(biolinkTable) {
		cells := append(strings.Split(strings.TrimSuffix(line, "\n"), "\t"), "", "")
		switch word, more := cells[1], cells[2]; cells[0] {
		case "category":
			m.above[word] = strings.FieldsFunc(more, func(r rune) bool { return r == '|' })
		case "predicate":
			m.predicates[word] = more
		case "slot":
			m.slots[word] = true
		case "prefix":
			m.namespaces[word] = more
		}
	}
	for category := range m.above {
		if k, known := m.kind(category); known {
			m.kinds["biolink:"+ID(category)] = k
		}
	}
	return m
})

// kind returns the kind that a category makes: that of the first class above it that
// makes one.
func (m *biolinkModel) kind(category string) (Kind, bool) {
	if class, known := biolinkClasses["biolink:"+ID(category)]; known {
		return classKinds[class], true
	}
	for _, above := range m.above[category] {
		if k, known := m.kind(above); known {
			return k, true
		}
	}
	return OtherConcept, false
}

// isAbove reports whether a category collects another one, however far up.
func (m *biolinkModel) isAbove(category, other string) bool {
	return slices.ContainsFunc(m.above[other], func(above string) bool { return above == category || m.isAbove(category, above) })
}

// biolinkClasses are the categories that mean what a class here means.
var biolinkClasses = map[ID]ID{
	"biolink:AnatomicalEntity":  "schema:AnatomicalStructure",
	"biolink:Disease":           "schema:MedicalCondition",
	"biolink:Drug":              "schema:Drug",
	"biolink:PhenotypicFeature": "schema:MedicalSignOrSymptom",
	"biolink:Procedure":         "schema:MedicalProcedure",
	"biolink:Treatment":         "schema:MedicalTherapy",
}

// BiolinkRole is what a word of the Biolink Model is for.
type BiolinkRole uint8

// The roles. A BiolinkSlot is any slot that is no predicate.
const (
	NoBiolink BiolinkRole = iota
	BiolinkCategory
	BiolinkPredicate
	BiolinkSlot
)

// LookupBiolink returns the role of a word of the Biolink Model, without its prefix.
func LookupBiolink(word string) BiolinkRole {
	m := biolink()
	if _, known := m.above[word]; known {
		return BiolinkCategory
	}
	if _, known := m.predicates[word]; known {
		return BiolinkPredicate
	}
	if m.slots[word] {
		return BiolinkSlot
	}
	return NoBiolink
}

// BiolinkWords returns the words of a role without their prefix, in alphabetical
// order.
func BiolinkWords(role BiolinkRole) (words []string) {
	m := biolink()
	switch role {
	case BiolinkCategory:
		for w := range m.above {
			words = append(words, w)
		}
	case BiolinkPredicate:
		for w := range m.predicates {
			words = append(words, w)
		}
	case BiolinkSlot:
		for w := range m.slots {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	return words
}

// BiolinkNamespace returns what a prefix stands for in the Biolink Model.
func BiolinkNamespace(prefix string) (string, bool) {
	namespace, known := biolink().namespaces[prefix]
	return namespace, known
}

// BiolinkCategoryOf returns the category that means what a class means.
func BiolinkCategoryOf(class ID) (ID, bool) {
	for category, means := range biolinkClasses {
		if means == class {
			return category, true
		}
	}
	return "", false
}

// ForwardClasses returns the classes of a thing in our words, where these mean the
// same: schema:MedicalCondition for biolink:Disease. Categories of the Biolink Model
// that only collect another one of the list are left out, as are those that say
// nothing of anything (NamedThing); what says most comes first. Without such
// categories the list is returned as it is.
func ForwardClasses(classes []ID) []ID {
	isBiolink := func(c ID) bool { return strings.HasPrefix(string(c), "biolink:") }
	if !slices.ContainsFunc(classes, isBiolink) {
		return classes
	}
	m := biolink()
	word := func(c ID) string { return strings.TrimPrefix(string(c), "biolink:") }
	collects := func(c ID) bool {
		w := word(c)
		return isBiolink(c) && (w == "NamedThing" || w == "Entity" ||
			slices.ContainsFunc(classes, func(o ID) bool {
				if isBiolink(o) {
					return m.isAbove(w, word(o))
				}
				category, known := BiolinkCategoryOf(o)
				return known && m.isAbove(w, word(category))
			}))
	}
	var all []ID
	for _, c := range classes {
		if collects(c) {
			continue
		}
		if class, known := biolinkClasses[c]; known {
			c = class
		}
		if !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	return all
}
