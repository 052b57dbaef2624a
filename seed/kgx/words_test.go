package kgx_test

import (
	"testing"

	"github.com/plexus-kg/plexus/seed/kgx"
)

// TestIsSlot: slots of the Biolink Model are further values, but for those that have a
// column with a place of their own, and so are those of its earlier versions.
func TestIsSlot(t *testing.T) {
	for name, want := range map[string]bool{
		"symbol": true, "in_taxon": true, "publications": true, "provided_by": true, "timepoint": true, "clique_leader": true,
		"id": false, "xref": false, "iri": false, "knowledge_source": false, "modality": false, "Disease": false, "smybol": false,
	} {
		if got := kgx.IsSlot(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
