package frozen

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// The benchmarks of the tricks, whose numbers stand in the comments. What the
// store is worth as a whole is measured by cmd/bench.

func large(b *testing.B) *Store {
	b.Helper()
	s, err := Build(graphtest.Large(1, 300_000))
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func BenchmarkArrange(b *testing.B) {
	s := large(b)
	rows := make([]row, s.quads())
	for i := range rows {
		rows[i] = s.row(uint32(i))
	}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	b.Run("counted", func(b *testing.B) {
		for b.Loop() {
			t := tables{terms: s.terms, predicates: s.predicates}
			t.arrange(rows)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(rows)), "ns/quad")
	})
	b.Run("sort alone", func(b *testing.B) {
		for b.Loop() {
			slices.SortFunc(slices.Clone(rows), compareRows)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(rows)), "ns/quad")
	})
}

func BenchmarkScanOfAPredicate(b *testing.B) {
	s := large(b)
	qs := s.QuadStore()
	n, err := qs.ValueOf(quad.IRI(graph.KG + "severity"))
	if err != nil || n == nil {
		b.Fatal(err)
	}
	found := 0
	for b.Loop() {
		found = 0
		for it := qs.QuadIterator(quad.Predicate, n).Iterate(); it.Next(context.Background()); {
			found++
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*s.quads()), "ns/quad")
	b.ReportMetric(float64(found)/float64(s.quads()), "share")
}

func BenchmarkIncoming(b *testing.B) {
	s := large(b)
	edges := len(s.in.subject)
	var sum uint32
	perEdge := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*edges), "ns/link")
	}
	b.Run("links", func(b *testing.B) {
		for b.Loop() {
			for c := uint32(1); s.isConcept(c); c++ {
				r := s.in.of(c)
				for i := r.from; i < r.to; i++ {
					sum += s.in.subject[i] + s.in.statement[i] + uint32(s.in.predicate[i])
				}
			}
		}
		perEdge(b)
	})
	b.Run("by object", func(b *testing.B) {
		for b.Loop() {
			for c := uint32(1); s.isConcept(c); c++ {
				r := s.to(c)
				for _, i := range s.byObject[r.from:r.to] {
					if l := s.labelOf(i); l != 0 {
						sum += s.subjectOf(i) + l + uint32(s.predicate[i])
					}
				}
			}
		}
		perEdge(b)
	})
}

func BenchmarkLinks(b *testing.B) {
	s := large(b)
	p, _ := s.sum.Predicate(graph.PredicateSignOrSymptom)
	refs := make([]graph.Ref, s.sum.Concepts)
	for i := range refs {
		refs[i] = graph.Ref(i + 1)
	}
	for name, q := range map[string]graph.LinkQuery{
		"simple":  {Direction: graph.In, Predicates: []graph.PredicateRef{p}},
		"general": {Direction: graph.In, Predicates: []graph.PredicateRef{p}, Filter: &graph.Filter{}},
		"sorted":  {Direction: graph.In, Predicates: []graph.PredicateRef{p}, Order: graph.BySource},
	} {
		b.Run(name, func(b *testing.B) {
			var out graph.LinkBatch
			for b.Loop() {
				if err := s.Links(context.Background(), refs, q, &out); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(out.Statements.Items)), "ns/statement")
		})
	}
}

// BenchmarkNodeText tells what IRIs take as CURIEs and as they are.
func BenchmarkNodeText(b *testing.B) {
	s := large(b)
	short, whole := 0, 0
	for b.Loop() {
		short, whole = 0, 0
		for id := uint32(1); int(id) <= s.count(); id++ {
			if s.isNode(id) {
				short += len(s.record(id))
				whole += len(s.appendName(nil, id))
			}
		}
	}
	b.ReportMetric(float64(short)/float64(s.quads()), "B/quad")
	b.ReportMetric(float64(whole)/float64(s.quads()), "B/quad-whole")
}
