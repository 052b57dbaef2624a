package cayley_test

import (
	"context"
	"testing"

	"github.com/cayleygraph/cayley/graph/memstore"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/cayley"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

func BenchmarkOpen(b *testing.B) {
	ctx := context.Background()
	ds := graphtest.Large(1, 50_000)
	qs := memstore.New()
	if err := cayley.Load(ctx, qs, quads.Encode(ds)); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cayley.Open(ctx, qs, ds.Prefixes); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLinks reads all links of 100 concepts.
func BenchmarkLinks(b *testing.B) {
	ctx := context.Background()
	ds := graphtest.Large(1, 50_000)
	qs := memstore.New()
	if err := cayley.Load(ctx, qs, quads.Encode(ds)); err != nil {
		b.Fatal(err)
	}
	s, err := cayley.Open(ctx, qs, ds.Prefixes)
	if err != nil {
		b.Fatal(err)
	}
	refs := make([]graph.Ref, 100)
	for i := range refs {
		refs[i] = graph.Ref(1 + i*len(ds.Concepts)/len(refs))
	}
	var out graph.LinkBatch
	b.ReportAllocs()
	for b.Loop() {
		if err := s.Links(ctx, refs, graph.LinkQuery{Direction: graph.Both}, &out); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(out.Other)), "links/op")
}
