package frozen_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// A store gives back the data set it was built of, from memory and from a file.
func TestDataset(t *testing.T) {
	graphs := uint64(200)
	if testing.Short() {
		graphs = 60
	}
	for seed := range graphs {
		ds := graphtest.Random(seed, 1+int(seed)%60)
		s := build(t, ds)
		sameDataset(t, fmt.Sprint("seed ", seed), dataset(t, s), ds)
		if seed%10 == 0 {
			sameDataset(t, fmt.Sprint("seed ", seed, ", from a file"), dataset(t, reopened(t, s)), ds)
		}
		if t.Failed() {
			return
		}
	}
	ds := graphtest.Small()
	sameDataset(t, "the small graph", dataset(t, build(t, ds)), ds)
}

// The data set has the version of the store: what the store lacks would show.
func TestDatasetOfALargeGraph(t *testing.T) {
	ds := graphtest.Large(5, large())
	sameDataset(t, "large", dataset(t, reopened(t, build(t, ds))), ds)
}

func TestDatasetIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if ds, err := build(t, graphtest.Small()).Dataset(ctx); !errors.Is(err, context.Canceled) || ds != nil {
		t.Errorf("%v, %v", ds, err)
	}
}

func dataset(t *testing.T, s interface {
	Dataset(context.Context) (*graph.Dataset, error)
},
) *graph.Dataset {
	t.Helper()
	ds, err := s.Dataset(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return ds
}

// sameDataset compares two data sets; an absent list is an empty one.
func sameDataset(t *testing.T, what string, got, want *graph.Dataset) {
	t.Helper()
	sameThings(t, what, "source", got.Sources, want.Sources)
	sameThings(t, what, "article", got.Articles, want.Articles)
	sameThings(t, what, "predicate", got.Predicates, want.Predicates)
	sameThings(t, what, "concept", got.Concepts, want.Concepts)
	sameThings(t, what, "statement", got.Statements, want.Statements)
	if g, w := got.Version(), want.Version(); g != w {
		t.Errorf("%s: version %s, want %s", what, g, w)
	}
}

func sameThings[T any](t *testing.T, what, class string, got, want []T) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d of class %s, want %d", what, len(got), class, len(want))
		return
	}
	written := func(thing T) string {
		b, err := json.Marshal(thing)
		if err != nil {
			t.Fatal(err)
		}
		return strings.NewReplacer("null", "[]", `:""`, ":[]").Replace(string(b)) // kinds are written as bytes
	}
	for i := range got {
		if g, w := written(got[i]), written(want[i]); g != w {
			t.Errorf("%s: %s %d:\n got %s\nwant %s", what, class, i, g, w)
			return
		}
	}
}
