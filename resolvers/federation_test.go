package resolvers_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/model"
	"github.com/plexus-kg/plexus/schema"
	"github.com/plexus-kg/plexus/seed"
)

// TestTooManyRepresentations: a router that asks for too many things at once
// loses those that are too many, and is told so once.
func TestTooManyRepresentations(t *testing.T) {
	reader := graphtest.NewNaive(readSeed(t, seed.EmbeddedPath))
	const more = 3
	var representations []any
	for range model.MaxIDs + more {
		representations = append(representations, map[string]any{"__typename": "Test", "id": "eeg"})
	}
	for way, executor := range map[string]*resolvers.Executor{"planned": newExecutor(t, reader), "unplanned": newReference(t, reader)} {
		response := executor.Execute(t.Context(), &graphql.RawParams{
			Query:     `query($r: [_Any!]!) { _entities(representations: $r) { ... on Test { id } } }`,
			Variables: map[string]any{"r": representations},
		})
		if len(response.Errors) != 1 || response.Errors[0].Path.String() != "_entities[100]" || response.Errors[0].Extensions["code"] != "BAD_PAGE_SIZE" {
			t.Errorf("%s: %v", way, response.Errors)
		}
		var data struct {
			Entities []*struct{ ID string } `json:"_entities"`
		}
		if err := json.Unmarshal(response.Data, &data); err != nil {
			t.Fatal(err)
		}
		if len(data.Entities) != model.MaxIDs+more {
			t.Fatalf("%s: %d entities", way, len(data.Entities))
		}
		for i, e := range data.Entities {
			if (e != nil) != (i < model.MaxIDs) {
				t.Errorf("%s: entity %d: %v", way, i, e)
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
