package resolvers_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
	"github.com/plexus-kg/plexus/schema"
	"github.com/plexus-kg/plexus/seed"
)

// TestManyRepresentations: a router is answered whole, or told that it asks for
// too much.
func TestManyRepresentations(t *testing.T) {
	reader := graphtest.NewNaive(readSeed(t, seed.EmbeddedPath))
	most := limits.Default().ListItems
	for way, executor := range map[string]*resolvers.Executor{"planned": newExecutor(t, reader), "unplanned": newReference(t, reader)} {
		for _, n := range []int{most, most + 1} {
			representations := slices.Repeat([]any{map[string]any{"__typename": "Test", "id": "eeg"}}, n)
			response := executor.Execute(t.Context(), &graphql.RawParams{
				Query:     `query($r: [_Any!]!) { _entities(representations: $r) { ... on Test { id } } }`,
				Variables: map[string]any{"r": representations},
			})
			if n > most {
				if len(response.Errors) != 1 || response.Errors[0].Extensions["code"] != "LIMIT_EXCEEDED" || response.Data != nil {
					t.Errorf("%s: %d: %v %.100s", way, n, response.Errors, response.Data)
				}
				continue
			}
			if found := strings.Count(string(response.Data), `{"id":"eeg"}`); found != n || len(response.Errors) > 0 {
				t.Errorf("%s: %d of %d, %v", way, found, n, response.Errors)
			}
		}
	}
}

// TestSubgraph: what a router reads of this service is the schema that everyone
// sees, with directives of federation.
func TestSubgraph(t *testing.T) {
	reader := graphtest.NewNaive(readSeed(t, seed.EmbeddedPath))
	for way, executor := range map[string]*resolvers.Executor{"planned": newExecutor(t, reader), "unplanned": newReference(t, reader)} {
		response := executor.Execute(t.Context(), &graphql.RawParams{Query: `{ _service { sdl } }`})
		var data struct {
			Service struct{ SDL string } `json:"_service"`
		}
		if err := json.Unmarshal(response.Data, &data); err != nil || len(response.Errors) > 0 {
			t.Fatal(way, err, response.Errors)
		}
		plain := strings.NewReplacer(` @key(fields: "id")`, "", " @shareable", "").Replace(data.Service.SDL)
		link, plain, _ := strings.Cut(plain, "\n\n")
		if plain != schema.SDL() || !strings.HasPrefix(link, "extend schema @link(") {
			t.Errorf("%s: another schema\n%s", way, link)
		}
	}
}
