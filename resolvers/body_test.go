package resolvers_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
)

// TestAppendBody: what a client is sent is the same JSON, whether or not the data
// is looked at again.
func TestAppendBody(t *testing.T) {
	e := newExecutor(t, graphtest.NewNaive(graphtest.Small()))
	for _, query := range []string{
		`{ concepts { nodes { name } } }`, `{ a: concept(id: "") { id } dataset { version } }`, `{ concepts(first: -1) { totalCount } }`, `{ nonsense }`, `{`,
	} {
		response := e.Execute(t.Context(), &graphql.RawParams{Query: query})
		for _, extensions := range []map[string]any{nil, {"cost": map[string]any{"asked": 3}}} {
			response.Extensions = extensions
			want, err := json.Marshal(resolvers.BodyOf(response))
			if err != nil {
				t.Fatal(err)
			}
			got, err := resolvers.AppendBody([]byte("before"), response)
			if err != nil || string(got[:6]) != "before" {
				t.Fatalf("%s: %v", got, err)
			}
			var a, b any
			if json.Unmarshal(want, &a) != nil || json.Unmarshal(got[6:], &b) != nil || !reflect.DeepEqual(a, b) {
				t.Errorf("%s\n%s\nwant %s", query, got[6:], want)
			}
		}
	}
}
