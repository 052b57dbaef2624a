package frozen_test

import (
	"context"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	cgraph "github.com/cayleygraph/cayley/graph"
	cgraphtest "github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/path/pathtest"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

func quadStore(t testing.TB, quads ...quad.Quad) *frozen.QuadStore {
	t.Helper()
	qs, err := frozen.NewQuadStore(graph.Prefixes{}, slices.Values(quads))
	if err != nil {
		t.Fatal(err)
	}
	return qs
}

func emptyStore(t testing.TB) (cgraph.QuadStore, cgraph.Options) { return quadStore(t), nil }

// inCayley changes to the folder where Cayley's suites find their data.
func inCayley(t *testing.T) {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		needs.Missing(t, "the source of Cayley's module is not here: "+err.Error())
	}
	t.Chdir(filepath.Join(strings.TrimSpace(string(dir)), "graph", "graphtest"))
}

// exceptions are the tests of Cayley's suites that the store does not pass, with
// the reason.
var exceptions = map[string]string{
	"TestCayley/paths/follows_recursive_loop$": upstreamRecursive,
	"TestCayleyPaths/follows_recursive_loop$":  upstreamRecursive,

	"TestCayleyView/paths/follows_recursive_loop$": upstreamRecursive,
	"TestCayleyViewPaths/follows_recursive_loop$":  upstreamRecursive,
}

// TestUpstreamRecursive shows it on memstore.
const upstreamRecursive = "Cayley's recursiveContains answers with the tags of the value asked for before: what it says depends on the order of quads"

func TestMain(m *testing.M) {
	flag.Parse()
	if skip := flag.Lookup("test.skip"); skip.Value.String() == "" {
		if err := skip.Value.Set(strings.Join(slices.Sorted(maps.Keys(exceptions)), "|")); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// Cayley's own suites, but for the exceptions.
func TestCayley(t *testing.T) {
	for name, reason := range exceptions {
		t.Logf("not run: %s: %s", name, reason)
	}
	inCayley(t)
	cgraphtest.TestAll(t, emptyStore, &cgraphtest.Config{AlwaysRunIntegration: !testing.Short()})
}

func TestCayleyPaths(t *testing.T) {
	inCayley(t)
	pathtest.RunTestMorphisms(t, emptyStore)
}

// The query of the exception gives another answer on memstore too, if the same
// quads are written in another order.
func TestUpstreamRecursive(t *testing.T) {
	written := []quad.Quad{
		quad.MakeIRI("1", "relatesTo", "x", ""), quad.MakeIRI("2", "relatesTo", "x", ""), quad.MakeIRI("3", "relatesTo", "y", ""),
		quad.MakeIRI("1", "knows", "2", ""), quad.MakeIRI("2", "knows", "3", ""), quad.MakeIRI("2", "knows", "1", ""),
	}
	parent := func(quads ...quad.Quad) (of3 string) {
		qs := memstore.New(quads...)
		query := path.StartPath(qs, quad.IRI("1")).FollowRecursive(
			path.StartMorphism().Tag("pid").Out(quad.IRI("knows")), 2, nil).Has(quad.IRI("relatesTo")).Tag("id")
		err := query.Iterate(context.Background()).Paths(true).TagValues(qs, func(tags map[string]quad.Value) error {
			if tags["id"] == quad.IRI("3") {
				of3 = tags["pid"].String()
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return of3
	}
	if got := parent(written...); got != "<2>" {
		t.Errorf("3 is known by %s, want <2>", got)
	}
	written[4], written[5] = written[5], written[4]
	if got := parent(written...); got == "<2>" {
		t.Error("Cayley is right now: remove the exceptions")
	}
}
