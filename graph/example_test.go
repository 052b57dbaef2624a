package graph_test

import (
	"fmt"

	"github.com/plexus-kg/plexus/graph"
)

// A data set is built in any order, then normalized: ids, IRIs and order follow.
func Example() {
	ds := graph.Dataset{
		Prefixes: graph.NewPrefixes(nil),
		Sources:  []graph.Source{{ID: "handbook", Kind: graph.DataSource, Name: "A handbook"}},
		Concepts: []graph.Concept{
			{ID: "fever", Types: []graph.ID{"schema:MedicalSymptom"}, Names: []graph.Text{{Text: "Fever"}}},
			{ID: "cold", Types: []graph.ID{"schema:MedicalCondition"}, Names: []graph.Text{{Text: "Common cold"}}},
		},
		Statements: []graph.Statement{{
			Subject: "cold", Predicate: graph.PredicateSignOrSymptom, Object: "fever", Source: "handbook",
			Qualifiers: graph.Qualifiers{Modality: graph.Possible, Frequency: "rarely"},
		}},
	}
	if err := ds.Normalize(); err != nil {
		fmt.Println(err)
		return
	}
	for i := range ds.Concepts {
		fmt.Println(ds.Concepts[i].Kind(), ds.Concepts[i].Name(), ds.Concepts[i].IRI)
	}
	s := ds.Statements[0]
	fmt.Println(s.ID, s.Modality, s.Frequency)
	// Output:
	// Condition Common cold https://kg.example/id/cold
	// Symptom Fever https://kg.example/id/fever
	// st-rxio2xgeccojklj6 possible rarely
}
