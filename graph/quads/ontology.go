package quads

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// Ontologies have their own words for what a concept has here: OBO and OWL the
// label, the definition and the synonyms of four scopes, SKOS the preferred
// label and the definition. They are read, and written in ours.
const (
	skosPrefLabel  = quad.IRI(graph.SKOS + "prefLabel")
	skosDefinition = quad.IRI(graph.SKOS + "definition")
	oboDefinition  = quad.IRI("http://purl.obolibrary.org/obo/IAO_0000115")

	oboInOwl          = quad.IRI("http://www.geneontology.org/formats/oboInOwl#")
	oboExactSynonym   = oboInOwl + "hasExactSynonym"
	oboRelatedSynonym = oboInOwl + "hasRelatedSynonym"
	oboNarrowSynonym  = oboInOwl + "hasNarrowSynonym"
	oboBroadSynonym   = oboInOwl + "hasBroadSynonym"
)

// oboScopes are the scopes of the synonyms of OBO.
var oboScopes = map[quad.IRI]graph.Scope{
	oboExactSynonym: graph.ScopeExact, oboRelatedSynonym: graph.ScopeRelated,
	oboNarrowSynonym: graph.ScopeNarrow, oboBroadSynonym: graph.ScopeBroad,
}

// ontologyWords takes names and descriptions from quads in the words of
// ontologies where a concept has none in ours; beside ours they are properties.
func (t *Things) ontologyWords(c *graph.Concept, names []graph.Text, others []quad.Quad) []graph.Text {
	named, described := len(names) > 0, len(c.Descriptions) > 0
	for _, q := range others {
		said, _ := languageText(q.Object)
		isName := q.Predicate == rdfsLabel || q.Predicate == skosPrefLabel
		switch {
		case isName && named, !isName && described:
			c.Properties = t.property(c.Properties, q)
		case !isName:
			c.Descriptions = append(c.Descriptions, said)
		case !slices.Contains(names, said):
			names = append(names, said)
		}
	}
	return names
}

// broader returns the predicate of a statement in our words: a class that is a
// concept here, and said to be a subclass of another one, is narrower than it.
// What a class in brackets restricts is no concept that it could be narrower
// than.
func broader(predicate graph.ID, iri, subject, object string) graph.ID {
	if iri != string(rdfsSubClassOf) || strings.HasPrefix(subject, "_:") || strings.HasPrefix(object, "_:") {
		return predicate
	}
	return graph.PredicateBroader
}
