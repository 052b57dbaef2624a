package plan_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/rogpeppe/go-internal/diff"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/resolvers"
)

// filtered asks by every kind of filter.
const filtered = `query Q($c: ConceptFilter, $l: LinkFilter) {
	concepts(filter: $c, first: 3) {
		totalCount
		pageInfo { endCursor }
		nodes { id links(filter: $l, first: 3) { totalCount nodes { id } } }
	}
	conditions(filter: $c, last: 2) { nodes { id causes(filter: $l) { totalCount } } kindCounts { kind count } }
}`

// FuzzFilter: whatever stands for the filters, the answer is the same planned
// and resolved: an answer, or an error with a code that says whose fault it is.
// The fuzzer chooses by bytes; what it chooses from is the schema, the ids of the
// graph, and what belongs to neither.
func FuzzFilter(f *testing.F) {
	worlds := make([]*world, 10)
	for n := range worlds {
		worlds[n] = newWorld(f, dataset(f, uint64(n)), uint64(n)) // the last is the article
	}
	for n := range byte(10) {
		all := make([]byte, 200)
		for i := range all {
			all[i] = byte(i)*(2*n+1) + n
		}
		f.Add(n, all)
	}
	codes := map[string]bool{
		"BAD_FILTER": true, "BAD_ID": true, "AMBIGUOUS_ID": true, "BAD_CURSOR": true, "STALE_CURSOR": true, "LIMIT_EXCEEDED": true, "GRAPHQL_VALIDATION_FAILED": true,
	}
	f.Fuzz(func(t *testing.T, n uint8, chosen []byte) {
		w := worlds[int(n)%len(worlds)]
		c := &choices{world: w, bytes: chosen}
		variables := map[string]any{}
		variables["c"] = c.value(ast.NamedType("ConceptFilter", nil), 0)
		variables["l"] = c.value(ast.NamedType("LinkFilter", nil), 0)
		given, err := json.Marshal(variables)
		if err != nil {
			t.Fatal(err)
		}
		ask := func(e *resolvers.Executor) *graphql.Response {
			return e.Execute(t.Context(), &graphql.RawParams{Query: filtered, OperationName: "Q", Variables: variables})
		}
		response := ask(w.planned)
		for _, e := range response.Errors {
			if code, _ := e.Extensions["code"].(string); !codes[code] || e.Message == "" {
				t.Errorf("%s: %v %s", given, e.Extensions, e.Message)
			}
		}
		planned := text(t, response)
		if resolved := text(t, ask(w.resolved)); string(planned) != string(resolved) {
			t.Errorf("%s\n%s", given, diff.Diff("resolved", resolved, "planned", planned))
		}
	})
}

// choices makes values, each choice by a byte; where there are no more, it
// chooses the first.
type choices struct {
	world *world
	bytes []byte
}

func (c *choices) of(n int) int {
	if len(c.bytes) == 0 {
		return 0
	}
	choice := int(c.bytes[0]) % n
	c.bytes = c.bytes[1:]
	return choice
}

// value makes a value of a type, now and then one of none.
func (c *choices) value(of *ast.Type, depth int) any {
	if c.of(24) == 23 {
		return []any{nil, "", json.Number("-1"), json.Number("1e999"), true, []any{}, map[string]any{"x": nil}, "\x00", "\ufffd"}[c.of(9)]
	}
	if of.Elem != nil {
		list := []any{}
		for range c.of(4) {
			list = append(list, c.value(of.Elem, depth+1))
		}
		return list
	}
	definition := c.world.schema.Types[of.NamedType]
	switch {
	case definition.Kind == ast.InputObject:
		object := map[string]any{}
		for range c.of(4) {
			field := definition.Fields[c.of(len(definition.Fields))]
			if depth < 5 {
				object[field.Name] = c.value(field.Type, depth+1)
			}
		}
		return object
	case definition.Kind == ast.Enum:
		return definition.EnumValues[c.of(len(definition.EnumValues))].Name
	case of.NamedType == "Boolean":
		return c.of(2) == 1
	case of.NamedType == "Int":
		return json.Number(strconv.Itoa(c.of(200) - 20))
	default: // ids and texts
		d := c.world.dataset
		others := []string{"", "nothing", "typicalTest", "schema:cause", "MedicalSign", "often", "a", "F", "curator", "AAAA", strings.Repeat("x", 3000)}
		switch from := c.of(6); {
		case from == 0 || len(d.Concepts) == 0 || len(d.Statements) == 0:
			return others[c.of(len(others))]
		case from == 1:
			return string(d.Statements[c.of(len(d.Statements))].Predicate)
		default:
			return string(d.Concepts[c.of(len(d.Concepts))].ID)
		}
	}
}
