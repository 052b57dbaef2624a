package walk_test

import (
	"sync"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/walk"
)

// largeGraph is made once: 100,000 quads, about 6,000 concepts. The Reader is
// the tests' own, so that the numbers say what the walks cost, on top of map
// look-ups and sorting in the Reader.
var largeGraph = sync.OnceValue(func() *indexed { return newIndexed(graphtest.Large(1, 100_000)) })

// benchmark asks of the 200 conditions with most links, on the made graph and on
// the real data, where it is there.
func benchmark(b *testing.B, ask func(a asker, of []graph.Ref) error) {
	run := func(name string, on func(*testing.B) asker) {
		b.Run(name, func(b *testing.B) {
			a := on(b)
			first := 200
			page, err := walk.List(b.Context(), a.r, walk.ListQuery{Kinds: []graph.Kind{graph.Condition}, Order: walk.ByLinks, Window: graph.Window{First: &first}})
			a.ok(err)
			b.ReportAllocs()
			for b.Loop() {
				a.ok(ask(a, page.Concepts))
			}
		})
	}
	run("made", func(b *testing.B) asker { return asker{b, largeGraph()} })
	run("real", func(b *testing.B) asker { return realData(b, realdata.Whole(b)) })
}

// BenchmarkPaths joins the first and the hundredth of the conditions with most
// links.
func BenchmarkPaths(b *testing.B) {
	benchmark(b, func(a asker, of []graph.Ref) error {
		_, err := walk.Paths(b.Context(), a.r, walk.PathQuery{From: of[0], To: of[99]})
		return err
	})
}

// BenchmarkRank ranks by the signs of the condition with most links.
func BenchmarkRank(b *testing.B) {
	var asked asker
	var findings []graph.Ref
	benchmark(b, func(a asker, of []graph.Ref) error {
		if asked != a {
			asked, findings = a, nil
			q := walk.LinkQuery{}
			q.Predicates = []graph.PredicateRef{a.predicate(graph.PredicateSignOrSymptom)}
			pages, err := walk.Links(b.Context(), a.r, of[:1], q)
			a.ok(err)
			for _, l := range pages[0].Links {
				findings = append(findings, l.Other)
			}
			findings = findings[:min(len(findings), 10)]
		}
		_, err := walk.Rank(b.Context(), a.r, walk.RankQuery{Findings: findings})
		return err
	})
}

// BenchmarkLinks reads a page of 20 links, narrower ones included and counted,
// of 200 conditions at once.
func BenchmarkLinks(b *testing.B) {
	first := 20
	q := walk.LinkQuery{IncludeNarrower: true, Counts: walk.CountKinds | walk.CountPredicates}
	q.Window.First = &first
	benchmark(b, func(a asker, of []graph.Ref) error {
		_, err := walk.Links(b.Context(), a.r, of, q)
		return err
	})
}

// BenchmarkHierarchy walks up from 200 conditions at once.
func BenchmarkHierarchy(b *testing.B) {
	benchmark(b, func(a asker, of []graph.Ref) error {
		_, err := walk.Hierarchy(b.Context(), a.r, of, walk.HierarchyQuery{})
		return err
	})
}

// BenchmarkList lists the conditions without any test.
func BenchmarkList(b *testing.B) {
	benchmark(b, func(a asker, _ []graph.Ref) error {
		test := walk.LinkPattern{Predicates: []graph.PredicateRef{a.predicate(graph.PredicateTypicalTest)}}
		_, err := walk.List(b.Context(), a.r, walk.ListQuery{Kinds: []graph.Kind{graph.Condition}, Where: &walk.Selection{Not: &walk.Selection{Link: &test}}})
		return err
	})
}

// BenchmarkNeighbourhood draws 50 concepts round the one with most links.
func BenchmarkNeighbourhood(b *testing.B) {
	benchmark(b, func(a asker, of []graph.Ref) error {
		_, err := walk.Neighbourhood(b.Context(), a.r, walk.NeighbourhoodQuery{Concept: of[0], Depth: 2})
		return err
	})
}
