package rdf

import (
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph/quads"
)

// jsonExamples are documents of JSON-LD, each with the quads that it says, as
// sorted N-Quads; blank nodes are named by their canonical names.
var jsonExamples = []struct{ what, text, want string }{
	{"nothing", `{}`, ``},
	{"an empty array", `[]`, ``},
	{
		"types, languages and numbers",
		`{"@context": {"ex": "http://a.example/", "label": {"@id": "ex:label", "@container": "@language"}},
		"@id": "ex:a", "@type": ["ex:T", "ex:U"], "label": {"EN-gb": "colour", "de": "Farbe"},
		"ex:n": [1, -0, 1.5, 1e3, 123456789012345678901234567890, true, "007"]}`,
		`<http://a.example/a> <http://a.example/label> "Farbe"@de .
<http://a.example/a> <http://a.example/label> "colour"@EN-gb .
<http://a.example/a> <http://a.example/n> "0"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://a.example/a> <http://a.example/n> "007" .
<http://a.example/a> <http://a.example/n> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://a.example/a> <http://a.example/n> "1.5E0"^^<http://www.w3.org/2001/XMLSchema#double> .
<http://a.example/a> <http://a.example/n> "1000"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://a.example/a> <http://a.example/n> "123456789012345678901234567890"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://a.example/a> <http://a.example/n> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<http://a.example/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a.example/T> .
<http://a.example/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a.example/U> .
`,
	},
	{
		"nodes in nodes, lists and reverse properties",
		`[{"@context": {"@vocab": "http://a.example/", "@base": "http://b.example/"}, "@id": "a", "p": {"q": {"@list": ["x", "y"]}},
		"@reverse": {"r": {"@id": "b"}}, "s": {"@set": [{"@id": "_:b1"}]}}]`,
		`<http://b.example/a> <http://a.example/p> _:c14n0 .
<http://b.example/a> <http://a.example/s> _:c14n1 .
<http://b.example/b> <http://a.example/r> <http://b.example/a> .
_:c14n0 <http://a.example/q> _:c14n3 .
_:c14n2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> "y" .
_:c14n2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .
_:c14n3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> "x" .
_:c14n3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:c14n2 .
`,
	},
	{
		"a named graph whose name and context stand behind it",
		`{"@graph": [{"@id": "ex:a", "ex:p": {"@value": "x", "@type": "ex:t"}}], "@id": "ex:g", "@context": {"ex": "http://a.example/"}}`,
		`<http://a.example/a> <http://a.example/p> "x"^^<http://a.example/t> <http://a.example/g> .
`,
	},
	{
		"a context behind the graph",
		`{"@graph": [{"@id": "ex:a", "ex:p": "x"}], "@context": {"ex": "http://a.example/"}}`,
		`<http://a.example/a> <http://a.example/p> "x" .
`,
	},
	{
		"JSON as a literal, escapes and a byte order mark",
		"\uFEFF" + `{"@context": {"p": {"@id": "http://a.example/p", "@type": "@json"}, "q": "http://a.example/q"}, "@id": "http://a.example/a", "p": {"b": [1], "a": null}, "q": "\ud83d\ude00\n"}`,
		`<http://a.example/a> <http://a.example/p> "{\"a\":null,\"b\":[1]}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON> .
<http://a.example/a> <http://a.example/q> "😀\n" .
`,
	},
}

// TestJSONLD reads the examples.
func TestJSONLD(t *testing.T) {
	t.Parallel()
	for _, e := range jsonExamples {
		all, err := collect(t.Context(), JSONLD, []byte(e.text), "")
		if err != nil {
			t.Errorf("%s: %v", e.what, err)
			continue
		}
		if got := canonical(t, all); got != e.want {
			t.Errorf("%s gives\n%swant\n%s", e.what, got, e.want)
		}
	}
}

// TestLargeGraph reads a @graph that is too large to wait for what follows:
// a name behind it is refused, not lost.
func TestLargeGraph(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes seconds")
	}
	entry := `{"@id": "http://a.example/a", "http://a.example/p": ["` + strings.Repeat(`x","`, 1000) + `x"]}`
	graph := `"@graph": [` + strings.Repeat(entry+",\n", 400) + entry + `]`
	all, err := collect(t.Context(), JSONLD, []byte(`{"@context": {}, `+graph+`}`), "")
	if err != nil || len(all) != 401*1001 {
		t.Errorf("%d quads, want %d: %v", len(all), 401*1001, err)
	}
	if _, err := collect(t.Context(), JSONLD, []byte(`{`+graph+`, "@id": "http://a.example/g"}`), ""); err == nil || !strings.Contains(err.Error(), "write it before it") {
		t.Errorf("a name behind a large graph: %v", err)
	}
	all, err = collect(t.Context(), JSONLD, []byte(`{"@id": "http://a.example/g", `+graph+`}`), "")
	if err != nil || len(all) != 401*1001 || slices.ContainsFunc(all, func(q quad.Quad) bool { name, _ := quads.Name(q.Label); return name != "http://a.example/g" }) {
		t.Errorf("a large named graph: %d quads, %v", len(all), err)
	}
}
