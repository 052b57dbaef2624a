package quads_test

import (
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

// Every field of a data set comes back from its quads.
func TestQuadsLoseNothing(t *testing.T) {
	want := graphtest.Filled()
	got, err := quads.Decode(want.Prefixes, quads.Part{Quads: slices.Collect(quads.Encode(want))})
	if err != nil {
		t.Fatal(err)
	}
	for _, lost := range graph.Lost(got, want) {
		t.Errorf("quads: %s", lost)
	}
}
