package frozen_test

import (
	"context"
	"fmt"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
)

func Example() {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(nil),
		Sources:  []graph.Source{{ID: "notes", Kind: graph.DataSource, Name: "Notes"}},
		Concepts: []graph.Concept{
			{ID: "cold", Types: []graph.ID{"schema:MedicalCondition"}, Names: []graph.Text{{Text: "Common cold"}}},
			{ID: "cough", Types: []graph.ID{"schema:MedicalSymptom"}, Names: []graph.Text{{Text: "Cough"}}},
		},
		Statements: []graph.Statement{
			{Subject: "cold", Predicate: graph.PredicateSignOrSymptom, Object: "cough", Source: "notes", Qualifiers: graph.Qualifiers{Frequency: "often"}},
		},
	}
	if err := ds.Normalize(); err != nil {
		fmt.Println(err)
		return
	}
	store, err := frozen.Build(ds)
	if err != nil {
		fmt.Println(err)
		return
	}

	ctx := context.Background()
	var found graph.Resolution
	var links graph.LinkBatch
	var names graph.ConceptBatch
	var said graph.StatementBatch
	if err := store.Resolve(ctx, []string{"cold"}, &found); err != nil {
		fmt.Println(err)
		return
	}
	if err := store.Links(ctx, found.Refs, graph.LinkQuery{Direction: graph.Out}, &links); err != nil {
		fmt.Println(err)
		return
	}
	if err := store.Concepts(ctx, links.Other, graph.ConceptName, &names); err != nil {
		fmt.Println(err)
		return
	}
	if err := store.Statements(ctx, links.Statements.Items, graph.Columns(graph.QualifierFrequency), &said); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(names.Name, said.Qualifiers[graph.QualifierFrequency].Texts)
	// Output: [Cough] [often]
}
