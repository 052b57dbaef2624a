package cayley_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/cayley"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

func memory(testing.TB) cgraph.QuadStore { return memstore.New() }

func slice(testing.TB) cgraph.QuadStore { return new(sliceStore) }

// open returns a function that opens a data set in a new store.
func open(store func(testing.TB) cgraph.QuadStore) func(*testing.T, *graph.Dataset) graph.Reader {
	return func(t *testing.T, ds *graph.Dataset) graph.Reader {
		t.Helper()
		ctx := context.Background()
		qs := store(t)
		if err := cayley.Load(ctx, qs, quads.Encode(ds)); err != nil {
			t.Fatal(err)
		}
		s, err := cayley.Open(ctx, qs, ds.Prefixes)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		if got, want := s.Summary().Quads, len(slices.Collect(quads.Encode(ds))); got != want {
			t.Errorf("the summary counts %d quads of %d", got, want)
		}
		return s
	}
}

func TestReaderOnMemstore(t *testing.T) { graphtest.TestReader(t, open(memory)) }

func TestReaderOnSlice(t *testing.T) { graphtest.TestReader(t, open(slice)) }

// TestReaderOnFrozen runs the suite over Cayley's interface of our own store:
// what frozen answers from its arrays, and what it tells Cayley, agree.
func TestReaderOnFrozen(t *testing.T) {
	graphtest.TestReader(t, open(func(t testing.TB) cgraph.QuadStore {
		qs, err := frozen.NewQuadStore(graph.NewPrefixes(nil), func(func(quad.Quad) bool) {})
		if err != nil {
			t.Fatal(err)
		}
		return qs
	}))
}

// TestOpenRefuses: a store that holds anything but the encoding of a data set
// is refused, and the error names the quad and the way out.
func TestOpenRefuses(t *testing.T) {
	const s, p = quad.IRI("http://x.example/s"), quad.IRI("http://x.example/p")
	name := quad.IRI(graph.SchemaOrg + "name")
	ds := graphtest.Small()
	encoded := slices.Collect(quads.Encode(ds))
	claim := slices.IndexFunc(encoded, func(q quad.Quad) bool { return q.Label != nil })
	mention := slices.IndexFunc(encoded, func(q quad.Quad) bool { return q.Predicate == quads.Mentions })
	concept := encoded[claim].Subject
	for what, c := range map[string]struct {
		quads []quad.Quad
		names string
	}{
		"a link without a statement": {append(slices.Clone(encoded), quad.Quad{Subject: concept, Predicate: p, Object: concept}), p.String()},
		"a foreign source": {
			append(slices.Clone(encoded), quad.Quad{Subject: concept, Predicate: p, Object: quad.String("o"), Label: quad.IRI("http://x.example/g")}),
			p.String(),
		},
		"a second name": {
			append(slices.Clone(encoded), quad.Quad{Subject: s, Predicate: name, Object: quad.String("one")}, quad.Quad{Subject: s, Predicate: name, Object: quad.String("two")}),
			"two",
		},
		"a literal as subject": {append(slices.Clone(encoded), quad.Quad{Subject: quad.String("literal"), Predicate: p, Object: quad.String("o")}), "literal"},
		"a missing type":       {encoded[1:], encoded[1].Subject.String()},
		"a section cut off":    {slices.DeleteFunc(slices.Clone(encoded), func(q quad.Quad) bool { return q.Subject == encoded[mention].Subject && q.Predicate == quads.IsPartOf }), encoded[mention].Subject.String()},
	} {
		t.Run(what, func(t *testing.T) {
			_, err := cayley.Open(context.Background(), memstore.New(c.quads...), ds.Prefixes)
			if !errors.Is(err, graph.ErrUnreadable) {
				t.Fatalf("error %v, want %v", err, graph.ErrUnreadable)
			}
			for _, part := range []string{c.names, "quads.Encode"} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error does not say %q: %v", part, err)
				}
			}
		})
	}
}

// TestCancelled: a context that is done before the end is an error, never a
// part of the answer.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	ds := graphtest.Small()
	qs := memstore.New()
	if err := cayley.Load(ctx, qs, quads.Encode(ds)); !errors.Is(err, context.Canceled) {
		t.Errorf("Load: %v", err)
	}
	if err := cayley.Load(context.Background(), qs, quads.Encode(ds)); err != nil {
		t.Fatal(err)
	}
	if _, err := cayley.Open(ctx, qs, ds.Prefixes); !errors.Is(err, context.Canceled) {
		t.Errorf("Open: %v", err)
	}
}
