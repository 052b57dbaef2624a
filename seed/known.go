package seed

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// RDF may speak of what documents declare: link to their concepts, name their
// articles and sections. What is a link and what a value depends on it, so the
// decoder is told what there is, as if one more file of RDF said so; what came
// of this is taken out again before the documents are built.

const (
	rdfType = quad.IRI(graph.RDF + "type")
	partOf  = quad.IRI(graph.SchemaOrg + "isPartOf")
	kgID    = quad.IRI(graph.KG + "id")
)

// know tells the decoder what the documents declare.
func (all *foreignQuads) know(documents []document, prefixes graph.Prefixes) error {
	if all.Len() == 0 {
		return nil
	}
	all.Begin(graph.Source{})
	var failed error
	known := map[string]bool{}
	say := func(id text, predicate quad.IRI, object quad.Value) {
		if failed == nil {
			failed = all.Add(quad.Quad{Subject: quads.Node(prefixes.Expand(graph.ID(id.is))), Predicate: predicate, Object: object})
		}
	}
	// What has an id twice is a problem that is found later: here the first counts.
	first := func(id text, predicate quad.IRI, object quad.Value) bool {
		if id.is == "" || known[id.is] {
			return false
		}
		known[id.is] = true
		say(id, predicate, object)
		return true
	}
	for i := range documents {
		for _, s := range documents[i].datasets {
			first(s.id, rdfType, quad.IRI(graph.SchemaOrg+"Dataset"))
		}
	}
	for i := range documents {
		doc := &documents[i]
		for _, s := range doc.sources {
			class := quad.IRI(graph.SchemaOrg + "Dataset")
			if s.kind.is == "curator" {
				class = quads.ClassPerson
			}
			first(s.id, rdfType, class)
		}
		for _, a := range doc.articles {
			if !first(a.id, rdfType, quads.ClassArticle) {
				continue
			}
			for _, s := range a.sections {
				if first(s.id, rdfType, quad.IRI(graph.KG+"Section")) {
					say(s.id, partOf, quads.Node(prefixes.Expand(graph.ID(a.id.is))))
				}
			}
		}
		for i := range doc.concepts {
			id := doc.concepts[i].id
			first(id, kgID, quad.String(id.is))
		}
	}
	// A class or property that a document declares is used as one: the decoder
	// takes it for a type or predicate, unless more is said of it than these have.
	use := func(n int, class, predicate quad.IRI, object quad.Value) {
		if failed == nil {
			user := quad.IRI(userOfWord + strconv.Itoa(n))
			failed = cmp.Or(all.Add(quad.Quad{Subject: user, Predicate: rdfType, Object: class}),
				all.Add(quad.Quad{Subject: user, Predicate: predicate, Object: object}))
		}
	}
	n := 0
	for i := range documents {
		for _, t := range documents[i].types {
			if graph.IsCURIE(t.id.is) {
				use(n, graph.KG+"Type", graph.RDFS+"subClassOf", quads.Node(prefixes.Expand(graph.ID(t.id.is))))
				n++
			}
		}
		for _, p := range documents[i].predicates {
			if graph.IsCURIE(p.id.is) {
				use(n, graph.KG+"Predicate", quad.IRI(prefixes.Expand(graph.ID(p.id.is))), quad.String("used"))
				n++
			}
		}
	}
	return failed
}

// userOfWord begins the names of types and predicates that are there only to
// use a word; they are forgotten, too.
const userOfWord = "urn:x-plexus:uses:"

// forget takes out of a data set what is there only because documents declare
// it.
func forget(d *graph.Dataset, documents []document) {
	at := declaredAt(documents)
	declared := func(id graph.ID) bool {
		_, known := at[string(id)]
		return known
	}
	nameless := func(s *graph.Source) bool {
		return declared(s.ID) && !s.IsKnown()
	}
	d.Sources = slices.DeleteFunc(d.Sources, func(s graph.Source) bool { return nameless(&s) })
	d.Articles = slices.DeleteFunc(d.Articles, func(a graph.Article) bool { return nameless(&a.Source) })
	d.Concepts = slices.DeleteFunc(d.Concepts, func(c graph.Concept) bool { return declared(c.ID) && isNamed(&c) })
	isUser := func(iri string) bool { return strings.HasPrefix(iri, userOfWord) }
	d.Types = slices.DeleteFunc(d.Types, func(t graph.Type) bool { return isUser(t.IRI) })
	d.Predicates = slices.DeleteFunc(d.Predicates, func(p graph.Predicate) bool { return isUser(p.IRI) })
}

// isNamed reports whether nothing is known of a concept but that there is one.
func isNamed(c *graph.Concept) bool {
	return len(c.Types)+len(c.Names)+len(c.Descriptions)+len(c.Synonyms)+len(c.Codes)+len(c.Sections)+len(c.Sources)+len(c.Properties)+len(c.FormerIDs) == 0 && c.Note == "" && !c.Deprecated && c.ReplacedBy == ""
}

// declaredAt returns where documents declare ids: of several places the first.
func declaredAt(documents []document) map[string]place {
	at := map[string]place{}
	note := func(id text) {
		if _, twice := at[id.is]; !twice && id.is != "" {
			at[id.is] = id.at
		}
	}
	for i := range documents {
		doc := &documents[i]
		for _, s := range doc.datasets {
			note(s.id)
		}
		for _, s := range doc.sources {
			note(s.id)
		}
		for _, a := range doc.articles {
			note(a.id)
			for _, s := range a.sections {
				note(s.id)
			}
		}
		for i := range doc.concepts {
			note(doc.concepts[i].id)
		}
	}
	return at
}

// setNamedAside keeps concepts of RDF of which nothing but the name is known:
// a table, which is read later, may declare them.
func (b *builder) setNamedAside() {
	if len(b.tables) == 0 {
		return
	}
	b.dataset.Concepts = slices.DeleteFunc(b.dataset.Concepts, func(c graph.Concept) bool {
		if isNamed(&c) {
			b.named = append(b.named, c)
		}
		return isNamed(&c)
	})
}

// declareNamed declares those that nothing has declared.
func (b *builder) declareNamed() {
	for i := range b.named {
		c := &b.named[i]
		if _, declared := b.things[c.ID]; !declared {
			b.things[c.ID] = thing{class: aConcept, kinds: b.kindsOf(nil)}
			b.dataset.Concepts = append(b.dataset.Concepts, *c)
		}
	}
	b.named = nil
}
