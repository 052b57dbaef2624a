package graph

import (
	"cmp"
	"slices"
	"strings"
)

// SortMembers puts the members of a concept with this id in order.
func SortMembers(of ID, members []Concept) {
	slices.SortFunc(members, func(a, b Concept) int { return CompareMembers(of, &a, &b) })
}

// CompareMembers is the order of the members of a concept with this id: those of
// the same id first, then by id; of one id those that give a kind first, then by
// sources.
func CompareMembers(of ID, a, b *Concept) int {
	return cmp.Or(CompareFirst(a.ID == of, b.ID == of), cmp.Compare(a.ID, b.ID),
		CompareFirst(a.Kind() != OtherConcept, b.Kind() != OtherConcept), slices.Compare(a.Sources, b.Sources))
}

// CompareFirst orders what is so before what is not: its results are those of
// cmp.Compare.
func CompareFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	default:
		return 1
	}
}

// Merge returns a concept that says what its members say, and has them. The first
// gives the id and comes first in all else: of several names in a language its own
// is the name, the others are synonyms; of several descriptions in a language, and
// of several notes, the first is taken. Deprecated is what all members are; of those
// of one id, what one of them says is.
func Merge(members []Concept) Concept {
	first := &members[0]
	c := Concept{ID: first.ID, IRI: first.IRI, Deprecated: true, Members: members}
	for i := range members {
		m := &members[i]
		c.Types = add(c.Types, m.Types...)
		for _, name := range m.Names {
			if i == 0 || addsTo(c.Names, name) {
				c.Names = append(c.Names, name)
			}
		}
		for _, text := range m.Descriptions {
			if i == 0 || addsTo(c.Descriptions, text) {
				c.Descriptions = append(c.Descriptions, text)
			}
		}
		c.Synonyms = add(c.Synonyms, m.Synonyms...)
		c.Codes = add(c.Codes, m.Codes...)
		c.Note = cmp.Or(c.Note, m.Note)
		c.Sections = add(c.Sections, m.Sections...)
		c.Sources = add(c.Sources, m.Sources...)
		c.Deprecated = c.Deprecated && slices.ContainsFunc(members, func(o Concept) bool { return o.ID == m.ID && o.Deprecated })
		c.ReplacedBy = cmp.Or(c.ReplacedBy, m.ReplacedBy)
		c.FormerIDs = add(c.FormerIDs, m.FormerIDs...)
		c.Properties = add(c.Properties, m.Properties...)
	}
	if !c.Deprecated {
		c.ReplacedBy = ""
	}
	for i := range members[1:] {
		for _, name := range members[1+i].Names {
			if !isCalled(&c, name) {
				c.Synonyms = append(c.Synonyms, Synonym{Text: name.Text, Language: name.Language})
			}
		}
	}
	return c
}

// addsTo reports whether a text is of a language in which there is none yet, and
// would not be shown before those that are there.
func addsTo(texts []Text, text Text) bool {
	return !slices.ContainsFunc(texts, func(t Text) bool {
		return t.Language == text.Language || CompareTexts(Text{Language: text.Language}, Text{Language: t.Language}) < 0
	})
}

// isCalled reports whether a name or a synonym of a concept is this text, whatever
// its case, in its language or in none.
func isCalled(c *Concept, name Text) bool {
	same := func(text, language string) bool {
		return strings.EqualFold(text, name.Text) && (language == name.Language || language == "" || name.Language == "")
	}
	return slices.ContainsFunc(c.Names, func(t Text) bool { return same(t.Text, t.Language) }) ||
		slices.ContainsFunc(c.Synonyms, func(s Synonym) bool { return same(s.Text, s.Language) })
}

// add appends what is not there yet.
func add[T comparable](items []T, more ...T) []T {
	for _, item := range more {
		if !slices.Contains(items, item) {
			items = append(items, item)
		}
	}
	return items
}
