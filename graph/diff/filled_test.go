package diff_test

import (
	"testing"

	"github.com/plexus-kg/plexus/graph/diff"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// A change of any field is told as a difference.
func TestDiffSeesEveryField(t *testing.T) {
	before := graphtest.Filled()
	for field, after := range graphtest.Changes(graphtest.Filled()) {
		if diff.Compare(before, after).Summary == (diff.Summary{}) {
			t.Errorf("diff does not see %s", field)
		}
	}
}
