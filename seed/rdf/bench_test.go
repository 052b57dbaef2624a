package rdf_test

import (
	"bytes"
	"context"
	"io"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// BenchmarkRead and BenchmarkWrite tell the quads a second of each format, on
// a made graph of the size and shape of real data.
func BenchmarkRead(b *testing.B) {
	ds := graphtest.Large(1, 100_000)
	for _, format := range writable() {
		b.Run(format.String(), func(b *testing.B) {
			text := write(b, format, ds)
			b.SetBytes(int64(len(text)))
			n := 0
			for b.Loop() {
				n = 0
				err := format.Read(context.Background(), bytes.NewReader(text), func(syntax.Place, quad.Quad) error {
					n++
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	ds := graphtest.Large(1, 100_000)
	n := 0
	for range quads.Encode(ds) {
		n++
	}
	for _, format := range writable() {
		b.Run(format.String(), func(b *testing.B) {
			for b.Loop() {
				if err := format.Write(context.Background(), io.Discard, ds); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "quads/s")
		})
	}
}
