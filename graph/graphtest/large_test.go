package graphtest_test

import (
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

func TestLargeSize(t *testing.T) {
	sizes := []int{1_000, 10_000, 200_000}
	if !testing.Short() {
		sizes = append(sizes, 1_000_000)
	}
	for _, wanted := range sizes {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		ds := graphtest.Large(1, wanted)
		took := time.Since(start)
		runtime.GC()
		runtime.ReadMemStats(&after)
		got := 0
		for range quads.Encode(ds) {
			got++
		}
		t.Logf("%d quads of %d wanted: %d concepts, %d statements, %v, %d MB",
			got, wanted, len(ds.Concepts), len(ds.Statements), took.Round(time.Millisecond), int64(after.HeapAlloc-before.HeapAlloc)>>20)
		if share := float64(got) / float64(wanted); math.Abs(share-1) > 0.05 && wanted > 1_000 {
			t.Errorf("Large(1, %d) has %d quads", wanted, got)
		}
		runtime.KeepAlive(ds)
	}
}

func TestLargeIsReal(t *testing.T) {
	ds := graphtest.Large(7, 60_000)
	if again := graphtest.Large(7, 60_000); ds.Version() != again.Version() {
		t.Error("the same seed gives another graph")
	}
	if other := graphtest.Large(8, 60_000); ds.Version() == other.Version() {
		t.Error("another seed gives the same graph")
	}

	kinds := map[graph.ID]graph.Kind{}
	for i := range ds.Concepts {
		kinds[ds.Concepts[i].ID] = ds.Concepts[i].Kind()
	}
	type link struct{ subject, predicate, object graph.ID }
	evidence, sources, degrees := map[link]int{}, map[link]map[graph.ID]bool{}, map[graph.ID]int{}
	for i := range ds.Statements {
		s := &ds.Statements[i]
		if s.Object == "" {
			continue
		}
		if p, ok := graph.LookupPredicate(s.Predicate); ok {
			if p.Domain != nil && !slices.Contains(p.Domain, kinds[s.Subject]) || p.Range != nil && !slices.Contains(p.Range, kinds[s.Object]) {
				t.Fatalf("%s: a %s %s a %s", s.ID, kinds[s.Subject], s.Predicate, kinds[s.Object])
			}
		}
		l := link{s.Subject, s.Predicate, s.Object}
		if evidence[l]++; sources[l] == nil {
			sources[l] = map[graph.ID]bool{}
		}
		sources[l][s.Source] = true
		degrees[s.Object]++
	}
	several, fromSeveral := 0, 0
	for l, n := range evidence {
		if n > 1 {
			several++
		}
		if len(sources[l]) > 1 {
			fromSeveral++
		}
	}
	if share := float64(several) / float64(len(evidence)); share < 0.3 || share > 0.7 {
		t.Errorf("%.0f%% of links have several statements, want about half", 100*share)
	}
	if fromSeveral < several*9/10 {
		t.Errorf("%d of the %d links with several statements have several sources", fromSeveral, several)
	}

	// Zipf: among symptoms the first has about ten times the links of the tenth.
	var symptoms []int
	for id, n := range degrees {
		if kinds[id] == graph.Symptom {
			symptoms = append(symptoms, n)
		}
	}
	slices.SortFunc(symptoms, func(a, b int) int { return b - a })
	if ratio := float64(symptoms[0]) / float64(symptoms[9]); ratio < 4 || ratio > 20 {
		t.Errorf("the first symptom has %.1f times the links of the tenth, want about 10", ratio)
	}
}

func BenchmarkLarge(b *testing.B) {
	for b.Loop() {
		graphtest.Large(1, 100_000)
	}
}
