package seed_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
)

// ontology is how a small part of an ontology looks in Turtle.
const ontology = `@prefix EX: <http://example.com/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
EX:Mimic a owl:Class ; rdfs:subClassOf schema:MedicalCondition ; rdfs:label "mimic" .
EX:worsens a owl:ObjectProperty ; rdfs:label "makes worse" ; rdfs:domain schema:MedicalTherapy .
EX:T1 a owl:Class ; rdfs:label "tic"@en .
EX:T2 a owl:Class ; rdfs:subClassOf EX:T1 ; rdfs:label "motor tic"@en .
EX:T3 a owl:Class ; rdfs:subClassOf EX:T2 ; rdfs:label "eye tic"@en .
`

const own = `dataset: {id: farm, name: Farm, license: CC0-1.0, language: en, prefixes: {EX: "http://example.com/"}}
`

func readAll(t *testing.T, files map[string]string) (*graph.Dataset, *seed.Report) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, content := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(content)}
	}
	d, report, err := seed.ReadFS(t.Context(), fsys, ".")
	if err != nil {
		t.Fatalf("%v\n%v", err, report)
	}
	return d, report
}

func conceptOf(t *testing.T, d *graph.Dataset, id graph.ID) *graph.Concept {
	t.Helper()
	i := slices.IndexFunc(d.Concepts, func(c graph.Concept) bool { return c.ID == id })
	if i < 0 {
		t.Fatalf("there is no %s", id)
	}
	return &d.Concepts[i]
}

// TestClassBecomesType: a class and a property of RDF that a document declares
// are a type and a predicate, with all that either says, and no concepts.
func TestClassBecomesType(t *testing.T) {
	t.Parallel()
	d, _ := readAll(t, map[string]string{"o.ttl": ontology, "a.yaml": own + `
types: [{id: "EX:Mimic", subClassOf: MedicalCondition, description: What looks like another.}]
predicates: [{id: "EX:worsens", inverse: worsenedBy, description: Makes it worse., range: [Condition]}]
concepts:
  - {id: imitator, name: Imitator, types: ["EX:Mimic"]}
  - {id: remedy, name: Remedy, types: [Drug]}
statements:
  - {subject: imitator, predicate: worsenedBy, object: remedy, source: farm, locator: L1}
`})
	if len(d.Types) != 1 || d.Types[0] != (graph.Type{
		ID: "EX:Mimic", IRI: "http://example.com/Mimic", Name: "mimic", Description: "What looks like another.", SubClassOf: "schema:MedicalCondition",
	}) {
		t.Errorf("types %+v", d.Types)
	}
	if p := d.Predicates; len(p) != 1 || p[0].ID != "EX:worsens" || p[0].Inverse != "worsenedBy" ||
		!slices.Equal(p[0].Domain, []graph.Kind{graph.Treatment}) || !slices.Equal(p[0].Range, []graph.Kind{graph.Condition}) {
		t.Errorf("predicates %+v", p)
	}
	for i := range d.Concepts {
		if c := &d.Concepts[i]; c.ID == "EX:Mimic" || c.ID == "EX:worsens" {
			t.Errorf("%s is a concept, too", c.ID)
		}
	}
	if c := conceptOf(t, d, "imitator"); c.Kind() != graph.Condition {
		t.Errorf("an imitator is a %v", c.Kind())
	}
	if len(d.Concepts) != 5 {
		t.Errorf("%d concepts", len(d.Concepts))
	}
}

// TestEntryAdds: YAML and tables give concepts of an ontology types and more,
// and are named as sources; what RDF says stays.
func TestEntryAdds(t *testing.T) {
	t.Parallel()
	alone, _ := readAll(t, map[string]string{"o.ttl": ontology})
	for name, files := range map[string]map[string]string{
		"YAML": {"o.ttl": ontology, "sub/a.yaml": own + `
concepts:
  - {id: "EX:T2", types: [MedicalCondition], synonyms: [{text: twitch, scope: lay}], codes: [{code: "EX:9", match: exact}], name: motor tic}
`},
		"table": {
			"o.ttl": ontology, "sub/a.yaml": own,
			"sub/a_nodes.tsv": "id\tcategory\tname\tlay_synonym\texact_match\nEX:T2\tbiolink:Disease\t\ttwitch\tEX:9\n",
		},
	} {
		d, report := readAll(t, files)
		was, is := conceptOf(t, alone, "http://example.com/T2"), conceptOf(t, d, "EX:T2")
		if !is.HasKind(graph.Condition) || !slices.Contains(is.Types, was.Types[0]) {
			t.Errorf("%s: types %v", name, is.Types)
		}
		if !slices.Equal(is.Names, was.Names) {
			t.Errorf("%s: names %v, were %v", name, is.Names, was.Names)
		}
		if len(is.Synonyms) != 1 || len(is.Codes) != 1 {
			t.Errorf("%s: synonyms %v, codes %v", name, is.Synonyms, is.Codes)
		}
		for _, s := range append(slices.Clone(was.Sources), "farm") {
			if !slices.Contains(is.Sources, s) {
				t.Errorf("%s: sources %v, not %s", name, is.Sources, s)
			}
		}
		if report.Concepts != len(d.Concepts) {
			t.Errorf("%s: the report counts %d concepts, there are %d", name, report.Concepts, len(d.Concepts))
		}
	}
}
