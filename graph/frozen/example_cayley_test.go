package frozen_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
)

// A release is a quad store to Cayley: here its paths find the signs of a cold,
// first without what a source denies, then with it.
func ExampleStore_PlainQuadStore() {
	dir, err := os.MkdirTemp("", "plexus-example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	release := filepath.Join(dir, "colds.plexus")
	if err := writeColds(release); err != nil { // as plexus build does
		fmt.Println(err)
		return
	}

	store, err := frozen.OpenFile(release)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = store.Close() }()
	plain, err := store.PlainQuadStore()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, view := range []struct {
		name string
		of   cgraph.QuadStore
	}{{"plain claims", plain}, {"all quads", store.QuadStore()}} {
		signs := path.StartPath(view.of, quad.IRI(graph.ConceptBase+"cold")).
			Out(quad.IRI(graph.SchemaOrg + "signOrSymptom")).
			Out(quad.IRI(graph.SchemaOrg + "name"))
		names, err := signs.Iterate(context.Background()).AllValues(view.of)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(view.name+":", names)
	}
	// Output:
	// plain claims: ["Cough"]
	// all quads: ["Cough" "Rash"]
}

// writeColds writes a release of two statements, of which one is a denial.
func writeColds(path string) error {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(nil),
		Sources:  []graph.Source{{ID: "notes", Kind: graph.DataSource, Name: "Notes"}},
		Concepts: []graph.Concept{
			{ID: "cold", Types: []graph.ID{"schema:MedicalCondition"}, Names: []graph.Text{{Text: "Common cold"}}},
			{ID: "cough", Types: []graph.ID{"schema:MedicalSymptom"}, Names: []graph.Text{{Text: "Cough"}}},
			{ID: "rash", Types: []graph.ID{"schema:MedicalSymptom"}, Names: []graph.Text{{Text: "Rash"}}},
		},
		Statements: []graph.Statement{
			{Subject: "cold", Predicate: graph.PredicateSignOrSymptom, Object: "cough", Source: "notes"},
			{Subject: "cold", Predicate: graph.PredicateSignOrSymptom, Object: "rash", Source: "notes", Qualifiers: graph.Qualifiers{Negated: true}},
		},
	}
	if err := ds.Normalize(); err != nil {
		return err
	}
	store, err := frozen.Build(ds)
	if err != nil {
		return err
	}
	return store.WriteFile(path)
}
