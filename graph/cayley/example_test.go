package cayley_test

import (
	"context"
	"fmt"
	"log"

	"github.com/cayleygraph/cayley/graph/memstore"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/cayley"
	"github.com/plexus-kg/plexus/graph/quads"
)

func Example() {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(nil),
		Sources:  []graph.Source{{ID: "notes", Kind: graph.DataSource}},
		Concepts: []graph.Concept{
			{ID: "flu", Types: []graph.ID{"schema:MedicalCondition"}, Names: []graph.Text{{Text: "Flu"}}},
			{ID: "fever", Types: []graph.ID{"schema:MedicalSymptom"}, Names: []graph.Text{{Text: "Fever"}}},
		},
		Statements: []graph.Statement{{
			Subject: "flu", Predicate: graph.PredicateSignOrSymptom, Object: "fever", Source: "notes",
			Qualifiers: graph.Qualifiers{Frequency: "often"},
		}},
	}
	if err := ds.Normalize(); err != nil {
		log.Fatal(err)
	}

	ctx := context.Background()
	qs := memstore.New()
	if err := cayley.Load(ctx, qs, quads.Encode(ds)); err != nil {
		log.Fatal(err)
	}
	store, err := cayley.Open(ctx, qs, ds.Prefixes)
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = store.Close() }()

	var found graph.Resolution
	var links graph.LinkBatch
	var other graph.ConceptBatch
	var said graph.StatementBatch
	if err := store.Resolve(ctx, []string{"flu"}, &found); err != nil {
		log.Fatal(err)
	}
	if err := store.Links(ctx, found.Refs, graph.LinkQuery{}, &links); err != nil {
		log.Fatal(err)
	}
	if err := store.Concepts(ctx, links.Other, graph.ConceptName, &other); err != nil {
		log.Fatal(err)
	}
	if err := store.Statements(ctx, links.Statements.Items, graph.Columns(graph.QualifierFrequency), &said); err != nil {
		log.Fatal(err)
	}
	fmt.Println(other.Name[0], said.Qualifiers[graph.QualifierFrequency].Texts[0])
	// Output: Fever often
}
