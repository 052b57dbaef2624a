package resolvers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/rogpeppe/go-internal/diff"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/cayley"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/seed"
)

var update = flag.Bool("update", false, "rewrite the wanted answers of testdata/*.txtar")

// TestScripts runs testdata/*.txtar: what the script shows in prose, a seed
// (seed.yaml, seed.ttl, seed.trig or seed.nq; without one the embedded seed), then queries (NAME.graphql, with
// NAME.variables.json where it has variables), each with its wanted answer
// (NAME.json). Every script runs on every Reader, planned and unplanned.
func TestScripts(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	embedded := readSeed(t, seed.EmbeddedPath)
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			dataset := embedded
			for _, own := range []string{"seed.yaml", "seed.ttl", "seed.trig", "seed.nq"} {
				if text := file(archive, own); text != nil {
					path := filepath.Join(t.TempDir(), own)
					if err := os.WriteFile(path, text.Data, 0o600); err != nil {
						t.Fatal(err)
					}
					dataset = readSeed(t, path)
				}
			}
			for reader, open := range readers {
				t.Run(reader, func(t *testing.T) { runScript(t, archive, newExecutor(t, open(t, dataset))) })
				t.Run(reader+" unplanned", func(t *testing.T) { runScript(t, archive, newReference(t, open(t, dataset))) })
			}
		})
		if *update {
			if err := os.WriteFile(name, txtar.Format(archive), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// readers are what every script is answered from.
var readers = map[string]func(*testing.T, *graph.Dataset) graph.Reader{
	"naive": func(_ *testing.T, ds *graph.Dataset) graph.Reader { return graphtest.NewNaive(ds) },
	"frozen": func(t *testing.T, ds *graph.Dataset) graph.Reader {
		store, err := frozen.Build(ds)
		if err != nil {
			t.Fatal(err)
		}
		return store
	},
	"cayley": func(t *testing.T, ds *graph.Dataset) graph.Reader {
		quadStore := memstore.New()
		if err := cayley.Load(t.Context(), quadStore, quads.Encode(ds)); err != nil {
			t.Fatal(err)
		}
		store, err := cayley.Open(t.Context(), quadStore, ds.Prefixes)
		if err != nil {
			t.Fatal(err)
		}
		return store
	},
}

func readSeed(t *testing.T, path string) *graph.Dataset {
	t.Helper()
	dataset, _, err := seed.Read(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return dataset
}

// release makes a release of what a Reader has.
func release(t *testing.T, r graph.Reader) resolvers.Release {
	t.Helper()
	index, err := search.Build(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return resolvers.Release{Reader: r, Index: index}
}

func newExecutor(t *testing.T, r graph.Reader) *resolvers.Executor { return open(t, r, false) }

// newReference returns an executor that makes no plans.
func newReference(t *testing.T, r graph.Reader) *resolvers.Executor { return open(t, r, true) }

func open(t *testing.T, r graph.Reader, unplanned bool) *resolvers.Executor {
	served := release(t, r)
	return resolvers.NewExecutor(resolvers.Config{
		Unplanned: unplanned,
		Current:   func() resolvers.Release { return served },
		RequestID: func(context.Context) string { return "r1" },
		Report:    func(_ context.Context, err error) { t.Errorf("internal error: %v", err) },
	})
}

func runScript(t *testing.T, archive *txtar.Archive, executor *resolvers.Executor) {
	for _, f := range archive.Files {
		name, isQuery := strings.CutSuffix(f.Name, ".graphql")
		if !isQuery {
			continue
		}
		params := &graphql.RawParams{Query: string(f.Data)}
		if text := file(archive, name+".variables.json"); text != nil {
			d := json.NewDecoder(bytes.NewReader(text.Data))
			d.UseNumber() // as the server does
			if err := d.Decode(&params.Variables); err != nil {
				t.Fatalf("%s.variables.json: %v", name, err)
			}
		}
		response := executor.Execute(t.Context(), params)
		checkErrors(t, f.Name, response)
		got := answer(t, response)
		want := file(archive, name+".json")
		switch {
		case want == nil && !*update:
			t.Errorf("%s: the script has no %s.json", f.Name, name)
		case want == nil:
			archive.Files = append(archive.Files, txtar.File{Name: name + ".json", Data: got})
		case *update:
			want.Data = got
		case !bytes.Equal(got, want.Data):
			t.Errorf("%s (if it changed on purpose: go test ./resolvers -update)\n%s", f.Name, diff.Diff("wanted", want.Data, "got", got))
		}
	}
}

// checkPlaces makes sure that every path, of errors and of notices, names a place in the
// answer, which is null there or from somewhere above on.
func checkErrors(t *testing.T, name string, response *graphql.Response) {
	t.Helper()
	var paths []ast.Path
	codes := resolvers.Schema().Types["ErrorCode"].EnumValues
	for _, fault := range response.Errors {
		if code, _ := fault.Extensions["code"].(string); codes.ForName(code) == nil {
			t.Errorf("%s: ErrorCode has not %q", name, code)
		}
		if response.Data == nil && fault.Path != nil {
			t.Errorf("%s: nothing was run, and an error has the path %v", name, fault.Path)
		}
		if response.Data != nil {
			paths = append(paths, fault.Path)
		}
	}
	notices, _ := response.Extensions["notices"].([]resolvers.Notice)
	for _, notice := range notices {
		if codes.ForName(notice.Code) == nil {
			t.Errorf("%s: ErrorCode has not %q", name, notice.Code)
		}
		paths = append(paths, notice.Path)
	}
	for _, path := range paths {
		var here any
		if err := json.Unmarshal(response.Data, &here); err != nil {
			t.Fatal(err)
		}
		for _, step := range path {
			switch step := step.(type) {
			case ast.PathName:
				object, _ := here.(map[string]any)
				value, known := object[string(step)]
				if here != nil && !known {
					t.Errorf("%s: of the path %v the answer has no %s", name, path, step)
				}
				here = value
			case ast.PathIndex:
				list, _ := here.([]any)
				if here != nil && int(step) >= len(list) {
					t.Errorf("%s: of the path %v the answer has no %d", name, path, step)
					return
				}
				if here != nil {
					here = list[step]
				}
			}
		}
		if len(path) == 0 || here != nil {
			t.Errorf("%s: at the path %v stands %v", name, path, here)
		}
	}
}

// answer returns a response as indented JSON.
func answer(t *testing.T, response *graphql.Response) []byte {
	t.Helper()
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(resolvers.BodyOf(response)); err != nil {
		t.Fatal(err)
	}
	return text.Bytes()
}

func file(archive *txtar.Archive, name string) *txtar.File {
	for i := range archive.Files {
		if archive.Files[i].Name == name {
			return &archive.Files[i]
		}
	}
	return nil
}
