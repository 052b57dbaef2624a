package search_test

import (
	"context"
	"fmt"
	"log"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/search"
)

// A text with a slip finds the condition, and the hit says why.
func Example() {
	ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil), Concepts: []graph.Concept{
		{ID: "bells-palsy", Types: []graph.ID{"schema:MedicalCondition"}, Names: []graph.Text{{Text: "Bell's palsy", Language: "en"}}},
		{ID: "eeg", Types: []graph.ID{"schema:MedicalTest"}, Names: []graph.Text{{Text: "EEG", Language: "en"}}},
	}}
	if err := ds.Normalize(); err != nil {
		log.Fatal(err)
	}
	reader := graphtest.NewNaive(ds) // any graph.Reader will do
	index, err := search.Build(context.Background(), reader)
	if err != nil {
		log.Fatal(err)
	}
	var result search.Result
	if err := index.Search(context.Background(), search.Query{Text: "bels palsy"}, &result); err != nil {
		log.Fatal(err)
	}
	var concepts graph.ConceptBatch
	for _, hit := range result.Hits {
		if err := reader.Concepts(context.Background(), []graph.Ref{hit.Concept}, graph.ConceptID, &concepts); err != nil {
			log.Fatal(err)
		}
		fmt.Println(concepts.ID[0], "by", hit.Match, "with", hit.Match.Edits, "edit at", hit.Match.Ranges)
	}
	fmt.Println(result.Total, "in all, by kind", result.Kinds)
	// Output:
	// bells-palsy by typo name "Bell's palsy" with 1 edit at [{0 6} {7 12}]
	// 1 in all, by kind [{Condition 1}]
}
