package languages_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/cmd/internal/languages"
	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
)

// people is a store of who follows whom.
func people(t testing.TB) *frozen.QuadStore {
	t.Helper()
	const base = quad.IRI("http://a.example/")
	all := []quad.Quad{
		{Subject: base + "ann", Predicate: base + "follows", Object: base + "bob"},
		{Subject: base + "bob", Predicate: base + "follows", Object: base + "cy"},
		{Subject: base + "cy", Predicate: base + "follows", Object: base + "ann", Label: base + "l"},
		{Subject: base + "ann", Predicate: base + "age", Object: quad.Int(40)},
		{Subject: base + "bob", Predicate: base + "name", Object: quad.String("Bob")},
		{Subject: base + "cy", Predicate: base + "name", Object: quad.LangString{Value: "Cy", Lang: "en"}},
		{Subject: base + "cy", Predicate: base + "born", Object: quad.Time(time.Date(2001, 2, 3, 0, 0, 0, 0, time.UTC))},
	}
	qs, err := frozen.NewQuadStore(graph.Prefixes{}, slices.Values(all))
	if err != nil {
		t.Fatal(err)
	}
	return qs.Snapshot()
}

// ask returns the results of a query, sorted.
func ask(ctx context.Context, t testing.TB, language, text string, limit int) (lines []string, cut bool, err error) {
	t.Helper()
	cut, err = languages.Run(ctx, people(t), languages.Query{
		Language: language, Text: text, Name: "q", Limit: limit,
		Expand: func(id string) string { return "http://a.example/" + strings.TrimPrefix(id, "a:") },
	}, func(line []byte) error {
		lines = append(lines, strings.TrimSuffix(string(line), "\n"))
		return nil
	})
	slices.Sort(lines)
	return lines, cut, err
}

func TestRun(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ language, text, want string }{
		{"gizmo", `g.V("<ann>").out("<follows>").all()`, `{"id":"<http://a.example/bob>"}`},
		{"gizmo", `g.V("<a:ann>").out("<http://a.example/follows>").tag("x").out("<follows>").all()`, `{"id":"<http://a.example/cy>","x":"<http://a.example/bob>"}`},
		{"gizmo", `g.V("<ann>").out("<age>").all()`, `{"id":40}`},
		{"gizmo", `g.V("<cy>").out("<born>").all()`, `{"id":"2001-02-03T00:00:00Z"}`},
		{"gizmo", `g.emit(g.V().has("<follows>").count()); g.emit({a: [1, "two", true, {b: 1.5}], c: null}); g.emit("<&>")`, `"<&>" 3 {"a":[1,"two",true,{"b":1.5}],"c":null}`},
		{"gizmo", `g.emit(g.V("<bob>").out("<name>").toArray()); g.emit(g.V("<bob>").tag("t").out("<name>").tagArray())`, `["Bob"] [{"id":"Bob","t":"<http://a.example/bob>"}]`},
		{"gizmo", `1 + 1`, ``},
		{"mql", `[{"id": "<ann>", "<follows>": null}]`, `{"<follows>":"<http://a.example/bob>","id":"<http://a.example/ann>"}`},
		{"mql", `[{"id": null, "<name>": "\"Cy\"@en"}]`, `{"<name>":"Cy","id":"<http://a.example/cy>"}`},
		{"mql", `[{"id": null, "!<follows>": {"id": "<ann>"}}]`, `{"!<follows>":{"id":"<http://a.example/ann>"},"id":"<http://a.example/bob>"}`},
		{"mql", `[{"id": "<nobody>"}]`, ``},
		{"sexp", `($x (:follows :bob))`, `{"$x":"<http://a.example/ann>"}`},
		{"sexp", "\n ($x\n  (:a:name \"Bob\")) ", `{"$x":"<http://a.example/bob>"}`},
		{"sexp", `(:ann (:follows $y))`, `{"$y":"<http://a.example/bob>"}`},
	} {
		lines, cut, err := ask(t.Context(), t, c.language, c.text, 10)
		if got := strings.Join(lines, " "); got != c.want || cut || err != nil {
			t.Errorf("%s %s:\n got  %s, %v, %v\n want %s", c.language, c.text, got, cut, err, c.want)
		}
	}
}

// Limit results are no more than Limit, and cut is true if and only if there are
// more.
func TestLimit(t *testing.T) {
	t.Parallel()
	for language, text := range map[string]string{
		"gizmo": `g.V().has("<follows>").all()`,
		"mql":   `[{"id": null, "<follows>": {"id": null}}]`,
		"sexp":  `($x (:follows $y))`,
	} {
		for limit, want := range []int{0, 1, 2, 3, 3} {
			if limit == 0 {
				continue
			}
			lines, cut, err := ask(t.Context(), t, language, text, limit)
			if len(lines) != want || cut != (limit < 3) || err != nil {
				t.Errorf("%s, limit %d: %q, cut %v, %v", language, limit, lines, cut, err)
			}
		}
	}
	if lines, cut, err := ask(t.Context(), t, "gizmo", `while (true) g.emit("x")`, 4); len(lines) != 4 || !cut || err != nil {
		t.Errorf("%q, %v, %v", lines, cut, err)
	}
}

// A query ends with its context, whatever it does.
func TestTime(t *testing.T) {
	t.Parallel()
	long := strings.Repeat(`.both("<follows>")`, 60)
	for _, c := range [][2]string{
		{"gizmo", `while (true) {}`},
		{"gizmo", `g.V()` + long + `.all(); while (true) {}`},
		{"gizmo", `g.emit(g.V()` + long + `.count())`},
		{"gizmo", `g.V()` + long + `.forEach(function(d) {})`},
		{"sexp", `($x` + strings.Repeat(` (:follows $y)`, 3) + ` ($p $a) ($q $b) ($r ($c ($d $e))))`},
		{"mql", `[{"id": null, "<follows>": {"id": null, "<follows>": {"id": null}}}]`},
	} {
		ctx, end := context.WithCancel(t.Context())
		if c[1] != `while (true) {}` {
			end() // before it begins
		} else {
			time.AfterFunc(50*time.Millisecond, end)
		}
		if _, cut, err := ask(ctx, t, c[0], c[1], 1<<30); !errors.Is(err, context.Canceled) || cut {
			t.Errorf("%s %.60s: %v, %v", c[0], c[1], cut, err)
		}
		end()
	}
}

// mistakes are queries that are wrong, and what is said.
func mistakes() [][3]string {
	return [][3]string{
		{"gizmo", "", "q: the query is empty"},
		{"gizmo", "g.V(\n x.y", "q:2:5: SyntaxError: Unexpected end of input"},
		{"gizmo", "let a; let a", "q:1:12: SyntaxError: Identifier 'a' has already been declared"},
		{"gizmo", "var a = 1;\n  nothing.at.all", "q:2:3: ReferenceError: nothing is not defined"},
		{"gizmo", "function f() {\n throw new Error('mine') }\nf()", "q:2:8: Error: mine"},
		{"gizmo", `require("fs")`, "q:1:8: ReferenceError: require is not defined"},
		{"gizmo", `fetch("/etc/passwd")`, "q:1:6: ReferenceError: fetch is not defined"},
		{"gizmo", `g.addQuad("a", "b", "c")`, "q:1:10: TypeError: Object has no member 'addQuad'"},
		{"gizmo", `g.V().intersect(5).all()`, "q:1:16: TypeError: argument 0 has a wrong type: 5"},
		{"gizmo", `g.V(g).all()`, "q: this is no value of the graph: give a text, a number, true or false"},
		{"gizmo", `g.V({}).all()`, "q: this is no value of the graph: give a text, a number, true or false"},
		{"gizmo", `g.V(null).all()`, "q: this is no value of the graph: give a text, a number, true or false"},
		{"gizmo", `g.V([1]).all()`, "q: this is no value of the graph: give a text, a number, true or false"},
		{"gizmo", `g.V().filter(like(5)).all()`, "q: wildcard: unsupported type: a number"},
		{"gizmo", `g.V().filter(regex(5)).all()`, "q: regexp: unsupported type: something else"},
		{"gizmo", `g.V().filter(regex("(")).all()`, "q: error parsing regexp: missing closing ): `(`"},
		{"gizmo", `g.emit(g)`, "q: a result is no data but a path or a function: end a path with .all(), .toArray() or .count()"},
		{"gizmo", `g.emit(g.V())`, "q: a result is no data but a path or a function: end a path with .all(), .toArray() or .count()"},
		{"gizmo", `g.emit(0/0)`, "q: a result is NaN, which JSON cannot hold"},
		{"mql", "[{\n  \"id\" null}]", "q:2:8: this is no JSON: invalid character 'n' after object key"},
		{"mql", `{"id":`, "q:1:6: this is no JSON: unexpected end of JSON input"},
		{"mql", `[]`, `q: a query is an object, such as {"id": null, "schema:name": null}, or a list of one`},
		{"mql", `[{"a": [1, 2]}]`, "q: multiple fields at location root .a"},
		{"sexp", "x", "q:1:1: a query begins with (, such as ($x (:schema:cause $y))"},
		{"sexp", "\n ($x (:a :b)", "q:2:2: a parenthesis is not closed: ) is missing"},
		{"sexp", "($x (:a :b)) ($y)", "q:1:13: the query has ended before this: it is one pair of parentheses"},
		{"sexp", `($x (:a "b))`, `q:1:13: a text is not closed: " is missing`},
		{"sexp", `($x (:a :bells-palsy))`, "q: this cannot be read: a query is ($x (:predicate $y) …), a word has letters, digits and _ . / : # only, a text in quotes letters, digits and _ / : ' and spaces"},
		{"sexp", strings.Repeat("(", 1000), "q:1:101: there are more than 100 parentheses in each other"},
	}
}

func TestMistakes(t *testing.T) {
	t.Parallel()
	for _, c := range mistakes() {
		_, _, err := ask(t.Context(), t, c[0], c[1], 10)
		if wrong := (*languages.QueryError)(nil); !errors.As(err, &wrong) || err.Error() != c[2] {
			t.Errorf("%s %.60s:\n got  %v\n want %s", c[0], c[1], err, c[2])
		}
	}
}

// What ends the process is explained by its last words. The test is its own
// process.
func TestCrash(t *testing.T) {
	t.Parallel()
	const variable = "LANGUAGES_TEST_QUERY"
	if text := os.Getenv(variable); text != "" {
		debug.SetMaxStack(1 << 20)
		_, _, err := ask(t.Context(), t, "gizmo", text, 10)
		t.Fatalf("the query did not end the process: %v", err)
	}
	for text, want := range map[string]string{
		`g.V().out({}).all()`:               "unsupported type: an object",
		`g.V().out("<follows>", {}).all()`:  "expected string, got: an object",
		`"x".repeat(1e15)`:                  languages.TooMuchMemory,
		`var a = {}; a.a = a; g.V(a).all()`: "the query is nested too deeply",
	} {
		process := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestCrash$")
		process.Env = append(os.Environ(), variable+"="+text, "GOTRACEBACK=none")
		var words bytes.Buffer
		process.Stderr = &words
		if out, err := process.Output(); err == nil || bytes.Contains(out, []byte("did not end")) {
			t.Errorf("%s: the process ended with %v\n%s", text, err, out)
		}
		if got := languages.Crash(words.String()); got != want {
			t.Errorf("%s:\n got  %s\n want %s\n%s", text, got, want, words.String())
		}
	}
	if got := languages.Crash("signal: killed"); got != "the engine failed at this query" {
		t.Error(got)
	}
}
