package graph_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph/graphtest"
)

// BenchmarkNormalize sorts a graph that comes sorted, and one that does not.
func BenchmarkNormalize(b *testing.B) {
	ds := graphtest.Large(1, 300_000)
	for _, order := range []string{"sorted", "mixed"} {
		b.Run(order, func(b *testing.B) {
			if order == "mixed" {
				r := rand.New(rand.NewPCG(1, 1))
				r.Shuffle(len(ds.Concepts), func(i, j int) { ds.Concepts[i], ds.Concepts[j] = ds.Concepts[j], ds.Concepts[i] })
				r.Shuffle(len(ds.Statements), func(i, j int) {
					ds.Statements[i], ds.Statements[j] = ds.Statements[j], ds.Statements[i]
				})
			}
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				again := *ds
				again.Concepts, again.Statements = slices.Clone(ds.Concepts), slices.Clone(ds.Statements)
				b.StartTimer()
				if err := again.Normalize(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
