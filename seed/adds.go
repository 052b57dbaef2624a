package seed

import "github.com/plexus-kg/plexus/graph"

// An entry of a document or a table may say more of a concept that RDF
// describes: above all, give a class of an ontology the types that it has here.

// adds reports whether an entry says more of a concept that RDF describes, and
// merges it if it does. Who says so is one more of its sources.
func (b *builder) adds(n *conceptNode, set *datasetNode) bool {
	id := graph.ID(n.id.is)
	if known := b.things[id]; known.class != aConcept || known.at.file != "" {
		return false
	}
	if b.foreignConcepts == nil {
		b.foreignConcepts = make(map[graph.ID]int, len(b.dataset.Concepts))
		for i := range b.dataset.Concepts {
			b.foreignConcepts[b.dataset.Concepts[i].ID] = i
		}
	}
	c := &b.dataset.Concepts[b.foreignConcepts[id]]
	types := b.typesOf(n)
	for _, t := range types {
		c.Types = with(c.Types, t)
	}
	is := thing{class: aConcept, at: n.id.at}
	if len(types) == len(n.types) { // else what follows from the types is not reported
		is.kinds = b.kindsOf(c.Types)
	}
	b.things[id] = is
	for _, s := range b.describedBy(n, set) {
		c.Sources = with(c.Sources, s)
	}
	for _, t := range b.texts(n.name, n.names, set.language.is, "name", "names") {
		b.addName(n, c, t)
	}
	for _, t := range b.texts(n.description, n.descriptions, set.language.is, "description", "descriptions") {
		c.Descriptions = with(c.Descriptions, t)
	}
	for _, s := range b.synonyms(n.synonyms, set.language.is) {
		c.Synonyms = with(c.Synonyms, s)
	}
	for _, k := range b.conceptCodes(id, n.codes) {
		c.Codes = with(c.Codes, k)
	}
	for _, s := range b.sectionsOf(n) {
		c.Sections = with(c.Sections, s)
	}
	for _, p := range propertiesOf(n) {
		c.Properties = with(c.Properties, p)
	}
	if c.Note != "" && n.note.is != "" && n.note.is != c.Note {
		b.clash(n.note.at, id, "%s has another note already (in RDF): leave one out", id)
	} else if n.note.is != "" {
		c.Note = n.note.is
	}
	b.life(n, c)
	b.merged++
	return true
}

// addName adds a name to a concept, which has one for a language: a second one
// that is another cannot be.
func (b *builder) addName(n *conceptNode, c *graph.Concept, name graph.Text) {
	for _, known := range c.Names {
		switch {
		case known.Text == name.Text && (graph.SameLanguage(known.Language, name.Language) || known.Language == ""):
			return
		case graph.SameLanguage(known.Language, name.Language):
			at := n.name.at
			for _, several := range n.names {
				if several.language.is == name.Language {
					at = several.text.at
				}
			}
			b.clash(at, c.ID, "%s is called %q already (in RDF): leave the name out, or write it as a synonym", c.ID, shorten(known.Text))
			return
		}
	}
	c.Names = append(c.Names, name)
}

// with appends an item unless it is there.
func with[T comparable](items []T, item T) []T {
	for _, have := range items {
		if have == item {
			return items
		}
	}
	return append(items, item)
}
