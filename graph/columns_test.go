package graph

import (
	"math/bits"
	"testing"
)

// TestColumns: every column has a name.
func TestColumns(t *testing.T) {
	if names, fields := len(conceptColumns), bits.OnesCount32(uint32(AllConceptFields)); names != fields || ConceptColumn("sources") != ConceptSources {
		t.Errorf("%d names for %d fields of concepts", names, fields)
	}
	if names, fields := len(sourceColumns)+int(NumSourceDetails), bits.OnesCount32(uint32(AllSourceFields)); names != fields || SourceColumn("sections") != SourceSections {
		t.Errorf("%d names for %d fields of sources", names, fields)
	}
	if ConceptColumn("unknown") != 0 || SourceColumn("unknown") != 0 {
		t.Error("an unknown name is a column")
	}
}
