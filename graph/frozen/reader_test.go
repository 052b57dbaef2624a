package frozen_test

import (
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

func TestReader(t *testing.T) {
	graphtest.TestReader(t, func(t *testing.T, ds *graph.Dataset) graph.Reader {
		t.Helper()
		s, err := frozen.Build(ds)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := s.Summary().Quads, len(slices.Collect(quads.Encode(ds))); got != want {
			t.Errorf("the summary counts %d quads of %d", got, want)
		}
		return s
	})
}
