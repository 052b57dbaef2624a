package quads_test

import (
	"reflect"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// TestOntology reads a slice of an OBO ontology in OWL, and writes and reads it
// again: names, definition, synonyms and the hierarchy are ours, and nothing is
// lost.
func TestOntology(t *testing.T) {
	t.Parallel()
	const (
		obo  = "http://purl.obolibrary.org/obo/"
		rdfs = graph.RDFS
		owl  = "http://www.w3.org/2002/07/owl#"
		oio  = "http://www.geneontology.org/formats/oboInOwl#"
	)
	en := func(s string) quad.Value { return quad.LangString{Value: quad.String(s), Lang: "en"} }
	part := quads.Part{Source: graph.Source{ID: "doid", Kind: graph.DataSource, Name: "DOID"}, Quads: []quad.Quad{
		{Subject: quad.IRI(obo + "DOID_4"), Predicate: quad.IRI(graph.RDF + "type"), Object: quad.IRI(owl + "Class")},
		{Subject: quad.IRI(obo + "DOID_4"), Predicate: quad.IRI(rdfs + "label"), Object: en("disease")},
		{Subject: quad.IRI(obo + "DOID_4"), Predicate: quad.IRI(graph.SKOS + "prefLabel"), Object: en("disease")},
		{Subject: quad.IRI(obo + "DOID_4"), Predicate: quad.IRI(graph.SKOS + "definition"), Object: quad.String("What ails.")},
		{Subject: quad.IRI(obo + "DOID_7"), Predicate: quad.IRI(rdfs + "subClassOf"), Object: quad.IRI(obo + "DOID_4")},
		{Subject: quad.IRI(obo + "DOID_7"), Predicate: quad.IRI(rdfs + "subClassOf"), Object: quad.BNode("b1")},
		{Subject: quad.BNode("b1"), Predicate: quad.IRI(owl + "onProperty"), Object: quad.IRI(obo + "RO_1")},
		{Subject: quad.IRI(obo + "DOID_7"), Predicate: quad.IRI(graph.SchemaOrg + "name"), Object: en("palsy")},
		{Subject: quad.IRI(obo + "DOID_7"), Predicate: quad.IRI(rdfs + "label"), Object: en("Palsy!")},
		{Subject: quad.IRI(obo + "DOID_7"), Predicate: quad.IRI(obo + "IAO_0000115"), Object: en("Weakness.")},
		{Subject: quad.IRI(obo + "DOID_7"), Predicate: quad.IRI(oio + "hasExactSynonym"), Object: quad.String("paralysis")},
		{Subject: quad.IRI(obo + "DOID_7"), Predicate: quad.IRI(oio + "hasBroadSynonym"), Object: quad.String("weakness")},
	}}
	prefixes := graph.NewPrefixes(map[string]string{"DOID": obo + "DOID_"})
	ds, err := quads.Decode(prefixes, part)
	if err != nil {
		t.Fatal(err)
	}
	concepts := map[graph.ID]graph.Concept{}
	for _, c := range ds.Concepts {
		concepts[c.ID] = c
	}
	if c := concepts["DOID:4"]; c.Name() != "disease" || len(c.Names) != 1 || len(c.Synonyms) > 0 || len(c.Descriptions) != 1 || len(c.Properties) > 0 {
		t.Errorf("a class with label, preferred label and definition is %+v", c)
	}
	c := concepts["DOID:7"]
	synonyms := []graph.Synonym{{Text: "paralysis", Scope: graph.ScopeExact}, {Text: "weakness", Scope: graph.ScopeBroad}}
	if c.Name() != "palsy" || !reflect.DeepEqual(c.Synonyms, synonyms) || len(c.Descriptions) != 1 || len(c.Properties) != 1 {
		t.Errorf("a class with a name of ours beside the label is %+v", c)
	}
	said := map[graph.ID]graph.ID{}
	for _, s := range ds.Statements {
		said[s.Object] = s.Predicate
	}
	if want := map[graph.ID]graph.ID{"DOID:4": graph.PredicateBroader}; !reflect.DeepEqual(said, want) {
		t.Errorf("the hierarchy is %v, want %v", said, want)
	}
	var again quads.Part
	for q := range quads.Encode(ds) {
		again.Quads = append(again.Quads, q)
	}
	if back, err := quads.Decode(prefixes, again); err != nil || back.Version() != ds.Version() {
		t.Errorf("written and read again, it is another data set: %v", err)
	}
}
