package resolvers_test

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/seed"
)

func Example() {
	ctx := context.Background()
	dataset, _, err := seed.Read(ctx, seed.EmbeddedPath)
	if err != nil {
		fmt.Println(err)
		return
	}
	reader := graphtest.NewNaive(dataset)
	index, err := search.Build(ctx, reader)
	if err != nil {
		fmt.Println(err)
		return
	}
	executor := resolvers.NewExecutor(resolvers.Config{
		Current:   func() resolvers.Release { return resolvers.Release{Reader: reader, Index: index} },
		RequestID: func(context.Context) string { return "" },
		Report:    func(_ context.Context, err error) { fmt.Println(err) },
	})
	response := executor.Execute(ctx, &graphql.RawParams{
		Query: `{ symptom(id: "facial-twitching") { causes { nodes { name } } } }`,
	})
	fmt.Println(string(response.Data))
	// Output: {"symptom":{"causes":{"nodes":[{"name":"Bell's palsy"},{"name":"Focal epilepsy"},{"name":"Focal seizure involving the face"}]}}}
}
