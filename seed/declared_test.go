package seed_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/cayleygraph/quad/nquads"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed"
)

const ownWords = `
dataset: {id: leaflet, name: A leaflet, license: CC0-1.0, language: en, prefixes: {EX: "https://example.com/"}}
predicates:
  - id: EX:interactsWith
    inverse: changedBy
    description: The subject changes what the object does.
    domain: [LifestyleModification, Test]
    range: ["EX:Pill"]
    hedged: true
  - {id: EX:advice, name: told, text: true, description: What whoever takes it is told.}
  - {id: EX:besides, symmetric: true, sameKind: true, domain: [Anatomy], description: Side by side.}
types:
  - {id: EX:Pill, description: A drug to swallow., subClassOf: Drug}
  - {id: EX:BigPill, name: big pill, description: A large one., subClassOf: Pill}
`

const ownStatements = `
concepts:
  - {id: tea, name: Tea, types: [LifestyleModification]}
  - {id: pill, name: Pill, types: [BigPill]}
  - {id: ear, name: Ear, types: [AnatomicalStructure]}
  - {id: nose, name: Nose, types: [AnatomicalStructure]}
defaults: {source: leaflet, modality: possible, locator: L1}
statements:
  - {subject: pill, predicate: changedBy, object: tea}
  - {subject: pill, predicate: EX:advice, value: Not with tea.}
  - {subject: nose, predicate: besides, object: ear}
`

// What a data set declares is used as if Plexus had known it, in whatever
// order files are read, and comes back from the quads that it is written in.
func TestOwnWords(t *testing.T) {
	t.Parallel()
	ds := read(t, fstest.MapFS{"z.yaml": {Data: []byte(ownWords)}, "a.yaml": {Data: []byte(ownStatements)}})
	for i, want := range []graph.Predicate{
		{ID: "EX:advice", IRI: "https://example.com/advice", Name: "told", Text: true, Description: "What whoever takes it is told."},
		{
			ID: "EX:besides", IRI: "https://example.com/besides", Name: "besides", Inverse: "besides", Symmetric: true, SameKind: true,
			Description: "Side by side.", Domain: []graph.Kind{graph.Anatomy}, Range: []graph.Kind{graph.Anatomy},
		},
		{
			ID: "EX:interactsWith", IRI: "https://example.com/interactsWith", Name: "interactsWith", Inverse: "changedBy", Hedged: true,
			Description: "The subject changes what the object does.",
			Domain:      []graph.Kind{graph.Treatment, graph.Test}, Range: []graph.Kind{graph.Treatment},
		},
	} {
		if got := ds.Predicates[i]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("predicate %d is\n%v, want\n%v", i, got, want)
		}
	}
	if got, want := fmt.Sprint(ds.Types), "[{EX:BigPill https://example.com/BigPill big pill A large one. EX:Pill} {EX:Pill https://example.com/Pill Pill A drug to swallow. schema:Drug}]"; got != want {
		t.Errorf("the types are %s, want %s", got, want)
	}
	var said []string
	for _, s := range ds.Statements {
		said = append(said, fmt.Sprint(s.Subject, " ", s.Predicate, " ", s.Object, s.Value.Text))
	}
	if got, want := fmt.Sprintf("%q", said), `["nose EX:besides ear" "pill EX:advice Not with tea." "tea EX:interactsWith pill"]`; got != want {
		t.Errorf("the statements are %s, want %s", got, want)
	}

	// As N-Quads, and with only the statements as YAML beside them.
	if again := read(t, fstest.MapFS{"prefixes.yaml": {Data: []byte(`prefixes: {EX: "https://example.com/"}`)}, "all.nq": {Data: inQuads(t, ds)}}); again.Version() != ds.Version() {
		t.Errorf("the version of the quads is %s, want %s", again.Version(), ds.Version())
	}
	words := *ds
	words.Concepts, words.Statements = nil, nil
	mixed := read(t, fstest.MapFS{
		"prefixes.yaml": {Data: []byte("prefixes: {EX: \"https://example.com/\"}\ndataset: {id: other, name: Other}\n" + ownStatements)},
		"words.nq":      {Data: inQuads(t, &words)},
	})
	if a, b := fmt.Sprint(mixed.Statements), fmt.Sprint(ds.Statements); a != b {
		t.Errorf("with words from N-Quads, the statements are\n%s, want\n%s", a, b)
	}
}

func read(t *testing.T, fsys fstest.MapFS) *graph.Dataset {
	t.Helper()
	ds, _, err := seed.ReadFS(t.Context(), fsys, ".")
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

func inQuads(t *testing.T, ds *graph.Dataset) []byte {
	t.Helper()
	var b bytes.Buffer
	w := nquads.NewWriter(&b)
	for q := range quads.Encode(ds) {
		if err := w.WriteQuad(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A hedge that a data set asks for is missed.
func TestOwnHedge(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{"a.yaml": {Data: []byte(ownWords + `
concepts:
  - {id: tea, name: Tea, types: [LifestyleModification]}
  - {id: pill, name: Pill, types: [Pill]}
statements:
  - {subject: tea, predicate: interactsWith, object: pill, source: leaflet, locator: L1}
`)}}
	_, report, err := seed.CheckFS(t.Context(), fsys, ".")
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Problems) != 1 || report.Problems[0].Rule != seed.RuleLostHedge {
		t.Errorf("the problems are %v, want one of the rule %s", report.Problems, seed.RuleLostHedge)
	}
}

// What others declare in the words of RDF Schema alone is used in YAML, by the
// last part of its name.
func TestWordsOfRDF(t *testing.T) {
	t.Parallel()
	ds := read(t, fstest.MapFS{
		"a.ttl": {Data: []byte(`
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix e: <https://example.com/> .
e:besides a rdf:Property ; rdfs:label "stands besides"@en ; rdfs:comment "Side by side."@en ; rdfs:domain e:Part .
e:Part a rdfs:Class ; rdfs:label "a part"@en ; rdfs:subClassOf schema:AnatomicalStructure .
e:ear a e:Part ; schema:name "Ear"@en ; e:besides e:nose .
e:nose a e:Part ; schema:name "Nose"@en .
`)},
		"b.yaml": {Data: []byte(`
dataset: {id: mine, name: Mine, language: en}
concepts:
  - {id: eye, name: Eye, types: [Part]}
  - {id: brow, name: Brow, types: [Nerve]}
statements:
  - {subject: eye, predicate: besides, object: brow, source: mine, locator: L1}
`)},
	})
	if len(ds.Predicates) != 1 || len(ds.Types) != 1 || len(ds.Statements) != 2 {
		t.Fatalf("%d predicates, %d types, %d statements, want 1, 1 and 2", len(ds.Predicates), len(ds.Types), len(ds.Statements))
	}
	if p := ds.Predicates[0]; p.ID != "https://example.com/besides" || p.Name != "stands besides" || p.Description != "Side by side." || !slices.Equal(p.Domain, []graph.Kind{graph.Anatomy}) {
		t.Errorf("the predicate is %+v", p)
	}
	for _, c := range ds.Concepts {
		if c.Kind() != graph.Anatomy {
			t.Errorf("%s is a %s", c.ID, c.Kind())
		}
	}
	for _, s := range ds.Statements {
		if s.Predicate != ds.Predicates[0].ID {
			t.Errorf("%s has the predicate %s", s.ID, s.Predicate)
		}
	}
}
