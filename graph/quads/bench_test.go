package quads_test

import (
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

func BenchmarkEncode(b *testing.B) {
	ds := graphtest.Large(1, 100_000)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n = 0
		for range quads.Encode(ds) {
			n++
		}
	}
	b.ReportMetric(float64(n), "quads/op")
}

func BenchmarkDecode(b *testing.B) {
	ds := graphtest.Large(1, 100_000)
	encoded := slices.Collect(quads.Encode(ds))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := quads.Decode(ds.Prefixes, quads.Part{Quads: encoded}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(encoded)), "quads/op")
}
