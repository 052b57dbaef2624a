package cayley_test

import (
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// Every field of a data set comes back through the Reader.
func TestReaderLosesNothing(t *testing.T) {
	want := graphtest.Filled()
	got, err := graphtest.Read(t.Context(), open(slice)(t, want))
	if err != nil {
		t.Fatal(err)
	}
	for _, lost := range graph.Lost(got, want) {
		t.Errorf("cayley: %s", lost)
	}
}
