package kgx_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/kgx"
)

// TestCategories: every category that has a counterpart means a class that is
// known here, and none stands twice.
func TestCategories(t *testing.T) {
	t.Parallel()
	categories := kgx.Categories()
	for i, category := range categories {
		if class, known := kgx.Class(category); !known || !slices.Contains(graph.Classes(), class) {
			t.Errorf("%s is %q", category, class)
		}
		if slices.Contains(categories[:i], category) || !strings.HasPrefix(category, kgx.Prefix+":") || kgx.IsGroup(category) {
			t.Errorf("%s stands twice, or is no word of the Biolink Model", category)
		}
	}
}

func TestSlots(t *testing.T) {
	t.Parallel()
	for _, table := range []kgx.Table{kgx.Nodes, kgx.Edges} {
		if slots := table.Slots(); !slices.IsSorted(slots) || len(slots) == 0 {
			t.Errorf("%v: %v", table, slots)
		}
		if table.IsSlot("id") || table.IsSlot("nonsense") {
			t.Errorf("%v has slots that it has not", table)
		}
	}
	if !kgx.Nodes.IsSlot("in_taxon") || kgx.Edges.IsSlot("in_taxon") || !kgx.Edges.IsSlot("publications") {
		t.Error("the slots of the tables are mixed up")
	}
}
