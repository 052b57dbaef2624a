package search_test

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/search"
)

// TestOpen writes an index, opens what was written, and asks both.
func TestOpen(t *testing.T) {
	w := article(t)
	var section bytes.Buffer
	if n, err := w.index.WriteTo(&section); err != nil || int(n) != section.Len() {
		t.Fatal(n, err)
	}
	opened, err := search.Open(section.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if opened.Version() != w.reader.Summary().Version {
		t.Errorf("version %q, want that of the graph, %q", opened.Version(), w.reader.Summary().Version)
	}
	if opened.Stats() != w.index.Stats() || opened.Stats().Concepts != len(w.data.Concepts) {
		t.Errorf("%+v, want %+v", opened.Stats(), w.index.Stats())
	}
	again := *w
	again.index = opened
	for _, text := range []string{"bels palsy", "facial", "g51"} {
		if got, want := describeHits(again.search(t, text, 50).Hits), describeHits(w.search(t, text, 50).Hits); got != want {
			t.Errorf("%q finds\n%swant\n%s", text, got, want)
		}
	}
}

func TestEmptyGraph(t *testing.T) {
	w := worldOf(t, &graph.Dataset{})
	if r := w.search(t, "anything", 5); r.Total != 0 || len(r.Hits) != 0 || len(r.Kinds) != 0 {
		t.Errorf("an empty graph has %+v", r)
	}
	if hits := w.complete(t, "a", 5); len(hits) != 0 {
		t.Errorf("an empty graph completes to %v", hits)
	}
}

func TestContext(t *testing.T) {
	w := article(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := search.Build(ctx, w.reader); !errors.Is(err, context.Canceled) {
		t.Errorf("Build: %v", err)
	}
	if err := w.index.Search(ctx, search.Query{Text: "facial"}, &search.Result{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Search: %v", err)
	}
	if err := w.index.Complete(ctx, search.Query{Text: "facial"}, 5, &search.Completion{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Complete: %v", err)
	}
	// Cancelled halfway, a question leaves nothing behind for the next one.
	for _, text := range []string{"facial", "bels palsi", "acial pasm"} {
		want := describeHits(w.search(t, text, 50).Hits)
		for after := 1; after < 12; after++ {
			if err := w.index.Search(&tiring{t.Context(), after}, search.Query{Text: text}, &search.Result{}); err != nil && !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			if got := describeHits(w.search(t, text, 50).Hits); got != want {
				t.Fatalf("%q after one that was cancelled at look %d finds\n%swant\n%s", text, after, got, want)
			}
		}
	}
}

// tiring is a context that is cancelled when it has been looked at so often.
type tiring struct {
	context.Context
	left int
}

func (c *tiring) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestManyAtOnce(t *testing.T) {
	ds := graphtest.Large(1, 20_000)
	w := worldOf(t, ds)
	texts := []string{"facial", "a", "acute facal neuritis", "chronic", "made:00", "itis", "renal card"}
	var want []string
	for _, text := range texts {
		want = append(want, describeHits(w.search(t, text, 20).Hits))
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			var out search.Result
			var completion search.Completion
			n := 20
			for range 20 {
				for i, text := range texts {
					if err := w.index.Search(t.Context(), search.Query{Text: text, Window: graph.Window{First: &n}}, &out); err != nil {
						t.Error(err)
					} else if got := describeHits(out.Hits); got != want[i] {
						t.Errorf("%q finds\n%swant\n%s", text, got, want[i])
					}
					if err := w.index.Complete(t.Context(), search.Query{Text: text}, 10, &completion); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
}
