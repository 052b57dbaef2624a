package resolvers_test

import (
	"bytes"
	"maps"
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
	if len(answers) != 11 {
		t.Errorf("%d different answers", len(answers))
	}
}

// TestDefaultsOfFragments: a fragment takes the defaults of the variables of the
// operation that runs, in whatever order operations stand in the document.
func TestDefaultsOfFragments(t *testing.T) {
	e := newExecutor(t, graphtest.NewNaive(readSeed(t, seed.EmbeddedPath)))
	const (
		fragment = ` fragment F on Query { concepts(first: 100, filter: { kind: { in: [TEST] }, name: { contains: $word } }) { totalCount } }`
		all      = `query All($word: [String!]) { ...F }`
		few      = `query Few($word: [String!] = ["electro"]) { ...F }`
	)
	counts := map[string]map[string]bool{}
	for _, document := range []string{all + few + fragment, few + all + fragment, fragment + few + all} {
		for _, name := range []string{"All", "Few"} {
			response := e.Execute(t.Context(), &graphql.RawParams{Query: document, OperationName: name})
			if len(response.Errors) > 0 {
				t.Fatal(response.Errors)
			}
			if counts[name] == nil {
				counts[name] = map[string]bool{}
			}
			counts[name][string(response.Data)] = true
		}
	}
	if len(counts["All"]) != 1 || len(counts["Few"]) != 1 || maps.Equal(counts["All"], counts["Few"]) {
		t.Errorf("%v", counts)
	}
}
