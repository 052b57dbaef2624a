package search_test

import (
	"context"
	"sync"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/seed"
)

// world is a graph with its index.
type world struct {
	reader graph.Reader
	index  *search.Index
	refs   map[graph.ID]graph.Ref
	ids    []graph.ID // by ref
	data   *graph.Dataset
}

func newWorld(ds *graph.Dataset) (*world, error) {
	store, err := frozen.Build(ds) // the naive Reader is too slow for large ones
	if err != nil {
		return nil, err
	}
	w := &world{reader: store, data: ds, refs: map[graph.ID]graph.Ref{}, ids: []graph.ID{""}}
	for i, c := range ds.Concepts {
		w.refs[c.ID] = graph.Ref(i + 1)
		w.ids = append(w.ids, c.ID)
	}
	w.index, err = search.Build(context.Background(), w.reader)
	return w, err
}

func worldOf(t testing.TB, ds *graph.Dataset) *world {
	t.Helper()
	w, err := newWorld(ds)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

var articleWorld = sync.OnceValues(func() (*world, error) {
	ds, _, err := seed.Read(context.Background(), seed.EmbeddedPath)
	if err != nil {
		return nil, err
	}
	return newWorld(ds)
})

func article(t testing.TB) *world {
	t.Helper()
	w, err := articleWorld()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// reals are the worlds of real data, each built once.
var reals sync.Map // of func() (*world, error), by path

func realData(t testing.TB, d realdata.Data) *world {
	t.Helper()
	build, _ := reals.LoadOrStore(d.Path, sync.OnceValues(func() (*world, error) {
		ds, _, err := seed.Read(context.Background(), d.Path)
		if err != nil {
			return nil, err
		}
		return newWorld(ds)
	}))
	w, err := build.(func() (*world, error))()
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// first is a page of n hits.
func first(n int) graph.Window { return graph.Window{First: &n} }

func (w *world) search(t testing.TB, text string, n int) *search.Result {
	t.Helper()
	var out search.Result
	if err := w.index.Search(t.Context(), search.Query{Text: text, Window: first(n)}, &out); err != nil {
		t.Fatalf("Search(%q): %v", text, err)
	}
	return &out
}

func (w *world) complete(t testing.TB, text string, n int) []search.Hit {
	t.Helper()
	var out search.Completion
	if err := w.index.Complete(t.Context(), search.Query{Text: text}, n, &out); err != nil {
		t.Fatalf("Complete(%q): %v", text, err)
	}
	return out.Hits
}

func (w *world) idsOf(hits []search.Hit) []graph.ID {
	var ids []graph.ID
	for _, h := range hits {
		ids = append(ids, w.ids[h.Concept])
	}
	return ids
}
