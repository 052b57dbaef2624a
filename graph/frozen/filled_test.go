package frozen_test

import (
	"path/filepath"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// Every field of a data set comes back from a store, in memory and from a file,
// as a data set and through the Reader.
func TestStoreLosesNothing(t *testing.T) {
	want := graphtest.Filled()
	built, err := frozen.Build(want)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "filled.plexus")
	if err := built.WriteFile(file); err != nil {
		t.Fatal(err)
	}
	opened, err := frozen.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = opened.Close() }()
	for where, store := range map[string]*frozen.Store{"in memory": built, "from a file": opened} {
		whole, err := store.Dataset(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, lost := range graph.Lost(whole, want) {
			t.Errorf("frozen %s, as a data set: %s", where, lost)
		}
		read, err := graphtest.Read(t.Context(), store)
		if err != nil {
			t.Fatal(err)
		}
		for _, lost := range graph.Lost(read, want) {
			t.Errorf("frozen %s, through the Reader: %s", where, lost)
		}
	}
}
