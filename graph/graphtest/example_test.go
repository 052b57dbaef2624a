package graphtest_test

import (
	"context"
	"fmt"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// A Reader is asked with refs: ids are resolved once, then every call takes
// many refs and fills a batch.
func ExampleNewNaive() {
	ctx := context.Background()
	r := graphtest.NewNaive(graphtest.Small())

	var ids graph.Resolution
	if err := r.Resolve(ctx, []string{"DOID:10459"}, &ids); err != nil {
		fmt.Println(err)
		return
	}
	var links graph.LinkBatch
	if err := r.Links(ctx, ids.Refs, graph.LinkQuery{}, &links); err != nil {
		fmt.Println(err)
		return
	}
	var others graph.ConceptBatch
	if err := r.Concepts(ctx, links.Other, graph.ConceptName, &others); err != nil {
		fmt.Println(err)
		return
	}
	for i, name := range others.Name {
		p := r.Summary().Predicates[links.Predicate[i]]
		fmt.Printf("%s %s: %d statements\n", p.Name, name, len(links.Statements.At(i)))
	}
	// Output:
	// signOrSymptom cough: 2 statements
	// signOrSymptom Fever: 2 statements
	// related Influenza: 2 statements
	// possibleTreatment Rest: 2 statements
}
