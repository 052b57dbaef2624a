package resolvers_test

import (
	"bytes"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/seed"
)

// TestAgain: a document that has come before is answered as one that has not, whatever
// the request says besides.
func TestAgain(t *testing.T) {
	reader := graphtest.NewNaive(readSeed(t, seed.EmbeddedPath))
	const query = `query One($id: ID!, $few: Boolean = true) { condition(id: $id) { id name @skip(if: $few) } __typename }
query Two($first: Int) { concepts(first: $first) { nodes { id } } }`
	ask := func(e *resolvers.Executor, name string, variables map[string]any) []byte {
		body, err := resolvers.AppendBody(nil, e.Execute(t.Context(), &graphql.RawParams{Query: query, OperationName: name, Variables: variables}))
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	used := newExecutor(t, reader)
	ask(used, "One", map[string]any{"id": "bells-palsy"})
	answers := map[string]bool{}
	for _, c := range []struct {
		name      string
		variables map[string]any
	}{
		{"One", map[string]any{"id": "bells-palsy"}},
		{"One", map[string]any{"id": "hemifacial-spasm", "few": false}},
		{"One", map[string]any{"id": "bells-palsy", "few": nil}},
		{"One", map[string]any{"id": nil}},
		{"One", map[string]any{"id": "bells-palsy", "few": "yes"}},
		{"One", nil},
		{"Two", map[string]any{"first": 2}},
		{"Two", map[string]any{"first": 1000}},
		{"Two", map[string]any{"first": "2"}},
		{"Three", nil},
		{"", nil},
	} {
		first := ask(newExecutor(t, reader), c.name, c.variables)
		if again := ask(used, c.name, c.variables); !bytes.Equal(first, again) {
			t.Errorf("%s %v:\n%s\nand when it has come before\n%s", c.name, c.variables, first, again)
		}
		answers[string(first)] = true
	}
	if len(answers) != 10 { // without an id, and with null for one, is the same
		t.Errorf("%d different answers", len(answers))
	}
}
