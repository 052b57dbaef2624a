package quads_test

import (
	"fmt"
	"log"
	"slices"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

func Example() {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(nil),
		Sources:  []graph.Source{{ID: "notes", Kind: graph.DataSource}},
		Concepts: []graph.Concept{{ID: "flu"}, {ID: "fever"}},
		Statements: []graph.Statement{{
			Subject: "flu", Predicate: graph.PredicateSignOrSymptom, Object: "fever", Source: "notes",
			Qualifiers: graph.Qualifiers{Frequency: "often"},
		}},
	}
	if err := ds.Normalize(); err != nil {
		log.Fatal(err)
	}
	encoded := slices.Collect(quads.Encode(ds))
	for _, q := range encoded {
		if q.Label != nil {
			fmt.Println(q.NQuad())
		}
	}
	back, err := quads.Decode(ds.Prefixes, quads.Part{Quads: encoded})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(back.Version() == ds.Version())
	// Output:
	// <https://kg.example/id/flu> <https://schema.org/signOrSymptom> <https://kg.example/id/fever> <https://kg.example/statement/st-g7irtfkmsamqzklx> .
	// true
}
