package kgx_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/kgx"
)

// TestWords: every word of the Biolink Model means a word that is known here,
// and none means two.
func TestWords(t *testing.T) {
	t.Parallel()
	words := kgx.Words()
	for i, word := range words {
		class, isClass := kgx.Class(word)
		predicate, _, isPredicate := kgx.Predicate(word)
		if _, known := graph.LookupPredicate(predicate); isClass == isPredicate || isClass && !slices.Contains(graph.Classes(), class) || isPredicate && !known {
			t.Errorf("%s is %q and %q", word, class, predicate)
		}
		if slices.Contains(words[:i], word) || !strings.HasPrefix(word, kgx.Prefix+":") || kgx.IsGroup(word) {
			t.Errorf("%s stands twice, or is no word of the Biolink Model", word)
		}
	}
	// What says more than our word is not our word.
	for _, word := range []string{"biolink:treats", "biolink:causes", "biolink:subclass_of", "biolink:related_to", "biolink:contraindicated_in"} {
		if _, _, ok := kgx.Predicate(word); ok {
			t.Errorf("%s says more than any predicate here", word)
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
