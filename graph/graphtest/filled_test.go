package graphtest_test

import (
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// Naive answers with every field of a data set.
func TestNaiveLosesNothing(t *testing.T) {
	want := graphtest.Filled()
	got, err := graphtest.Read(t.Context(), graphtest.NewNaive(want))
	if err != nil {
		t.Fatal(err)
	}
	for _, lost := range graph.Lost(got, want) {
		t.Errorf("the naive Reader: %s", lost)
	}
}

// A change of any field makes another version.
func TestVersionSeesEveryField(t *testing.T) {
	ds := graphtest.Filled()
	version := ds.Version()
	for field, changed := range graphtest.Changes(ds) {
		if changed.Version() == version {
			t.Errorf("the version does not cover %s", field)
		}
	}
	if ds.Version() != version {
		t.Error("the data set was changed")
	}
}
