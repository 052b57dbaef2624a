package main

import (
	"go/parser"
	gotoken "go/token"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Cayley's query languages are on the command line only: no package that serves
// is built on them, one file of the command is, and a server answers none of the
// paths of Cayley's own.
func TestLanguagesAreNotServed(t *testing.T) {
	t.Parallel()
	isLanguage := func(path string) bool {
		return path == module+"cmd/internal/languages" || slices.Contains([]string{"gizmo", "mql", "sexp"}, strings.TrimPrefix(path, "github.com/cayleygraph/cayley/query/"))
	}
	serving := []string{"cmd/internal/server", "cmd/internal/telemetry", "cmd/internal/web", "resolvers", "resolvers/plan", "graph/frozen"}
	args := []string{"list", "-deps"}
	for _, name := range serving {
		args = append(args, module+name)
	}
	out, err := exec.CommandContext(t.Context(), "go", args...).Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for _, path := range strings.Fields(string(out)) {
		if isLanguage(path) {
			t.Errorf("what serves is built on %s", path)
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var users []string
	for _, name := range files {
		file, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range file.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); isLanguage(path) {
				users = append(users, name)
			}
		}
	}
	if !slices.Equal(users, []string{"query_worker.go"}) {
		t.Errorf("%q import Cayley's query languages, only query_worker.go may", users)
	}

	address := serve(t)
	for _, path := range []string{
		"api/v1/query/gizmo", "api/v1/query/mql", "api/v1/query/sexp", "api/v1/query/graphql", "api/v1/shape/gizmo", "api/v1/write",
		"api/v2/query?lang=gizmo", "api/v2/query?lang=mql&qu=%5B%5D", "api/v2/write", "api/v2/delete", "gizmo", "mql", "sexp", "query?lang=gizmo",
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			request, err := http.NewRequestWithContext(t.Context(), method, address+path, strings.NewReader(`g.V().all()`))
			if err != nil {
				t.Fatal(err)
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if response.StatusCode != http.StatusNotFound && response.StatusCode != http.StatusMethodNotAllowed {
				t.Errorf("%s /%s: %s", method, path, response.Status)
			}
		}
	}
}
