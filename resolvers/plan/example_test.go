package plan_test

import (
	"context"
	"fmt"

	"github.com/vektah/gqlparser/v2"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/model"
	"github.com/plexus-kg/plexus/resolvers/plan"
)

// A plan is made once and asked of any version of the graph, with any variables.
func Example() {
	schema := resolvers.Schema()
	document, err := gqlparser.LoadQueryWithRules(schema, `query($id: ID!) { concept(id: $id) { name signsAndSymptoms { nodes { name } } } }`, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	p, uncovered := plan.Compile(schema, document, document.Operations[0], nil)
	if uncovered != nil {
		fmt.Println(uncovered)
		return
	}
	view := model.NewView(model.Release{Reader: graphtest.NewNaive(graphtest.Small())})
	for _, id := range []string{"cold", "nothing"} {
		_ = p.Answer(context.Background(), view, map[string]any{"id": id}, nil, nil, func(r plan.Result) {
			fmt.Println(string(r.Data), len(r.Faults), r.Objects) // that nothing is found is a fault, which is shown as a notice
		})
	}
	// Output:
	// {"concept":{"name":"Common cold","signsAndSymptoms":{"nodes":[{"name":"cough"},{"name":"Fever"}]}}} 0 4
	// {"concept":null} 1 0
}
