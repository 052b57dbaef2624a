package diff_test

import (
	"io"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/diff"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// BenchmarkCompare compares graphs of a million quads: two of the same
// content, two of which a hundredth of the statements differ, and two that have
// nothing in common but their sources.
func BenchmarkCompare(b *testing.B) {
	const size = 1_000_000
	ds := graphtest.Large(1, size)
	edited := graphtest.Large(1, size)
	for i := 0; i < len(edited.Statements); i += 100 {
		edited.Statements[i].Frequency = "now and then"
	}
	other := graphtest.Large(2, size)
	for i := range other.Concepts {
		other.Concepts[i].ID += "-other"
	}
	for i := range other.Statements {
		s := &other.Statements[i]
		s.Subject += "-other"
		s.ID += "-other"
		if s.Object != "" {
			s.Object += "-other"
		}
	}
	for _, c := range []struct {
		name  string
		after *graph.Dataset
	}{{"same", graphtest.Large(1, size)}, {"edited", edited}, {"other", other}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := diff.Compare(ds, c.after).Text(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
