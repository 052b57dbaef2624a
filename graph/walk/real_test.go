package walk_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/seed"
)

// reals are the real data as graphs, each read once for all tests and benchmarks.
var reals sync.Map // of func() (*indexed, error), by path

func realData(t testing.TB, d realdata.Data) asker {
	t.Helper()
	read, _ := reals.LoadOrStore(d.Path, sync.OnceValues(func() (*indexed, error) {
		ds, _, err := seed.Read(context.Background(), d.Path)
		if err != nil {
			return nil, err
		}
		return newIndexed(ds), nil
	}))
	r, err := read.(func() (*indexed, error))()
	if err != nil {
		t.Fatal(err)
	}
	return asker{t, r}
}

// hubs returns the concepts with most links.
func hubs(a asker, n int) []graph.Ref {
	a.t.Helper()
	page, err := walk.List(a.t.Context(), a.r, walk.ListQuery{Order: walk.ByLinks, Window: graph.Window{First: &n}})
	a.ok(err)
	return page.Concepts
}

func lap(t testing.TB, format string, args ...any) func() {
	start := time.Now()
	return func() {
		t.Logf("%8v  "+format, append([]any{time.Since(start).Round(10 * time.Microsecond)}, args...)...)
	}
}

// TestRealPaths: questions of four steps and more between the concepts with most
// links are answered in full for a budget of 20,000 links.
func TestRealPaths(t *testing.T) { realdata.Each(t, realPaths) }

func realPaths(t *testing.T, d realdata.Data) {
	a := realData(t, d)
	const budget = 20_000
	far, dearest := 0, 0
	longest := walk.LongestMaxLength
	if d.Whole {
		longest = 6
	}
	done := lap(t, "all pairs of 12 hubs")
	most := hubs(a, 12)
	for i, from := range most {
		for _, to := range most[:i] {
			first := 20
			found, err := walk.Paths(t.Context(), a.r, walk.PathQuery{From: from, To: to, MaxLength: longest, Budget: budget, Window: graph.Window{First: &first}})
			a.ok(err)
			if found.Length >= 4 {
				far++
			}
			dearest = max(dearest, found.Looked)
			if !found.Complete || found.Reason != walk.Connected || found.Looked > budget {
				t.Errorf("%v: %v, %d paths of length %d, %d links read, complete %t", a.ids(from, to), found.Reason, found.Total, found.Length, found.Looked, found.Complete)
			}
			for j, p := range found.Paths {
				if len(p.Nodes)-1 != found.Length || j > 0 && p.Score > found.Paths[j-1].Score {
					t.Errorf("%v: path %d is out of order", a.ids(from, to), j)
				}
			}
		}
	}
	done()
	t.Logf("%d questions of four steps or more, at most %d links read", far, dearest)
	if d.Whole && far < 10 {
		t.Errorf("only %d questions of four steps or more", far)
	}

	if !d.Whole { // no question of it is dear, and all of it hangs together
		return
	}

	// With a tenth of it the search ends cleanly and says so.
	short := 0
	for _, to := range most[1:] {
		found, err := walk.Paths(t.Context(), a.r, walk.PathQuery{From: most[0], To: to, MaxLength: 6, Budget: budget / 10})
		a.ok(err)
		if found.Looked > budget/10 || found.Complete == (found.Reason == walk.OutOfBudget) {
			t.Errorf("%d links read, %v, complete %t", found.Looked, found.Reason, found.Complete)
		}
		if found.Reason == walk.OutOfBudget {
			short++
		}
	}
	if short == 0 {
		t.Error("no search ran out of budget")
	}

	// DDXPlus is joined to nothing else.
	found, err := walk.Paths(t.Context(), a.r, walk.PathQuery{From: a.ref("DDX:condition/myasthenia-gravis"), To: a.ref("DOID:12506"), MaxLength: 8})
	a.ok(err)
	if found.Reason != walk.Disconnected || !found.Complete {
		t.Errorf("from DDXPlus to the Disease Ontology: %v after %d links", found.Reason, found.Looked)
	}
}

// TestRealRank: a disease is the best fit for the signs that are listed for it.
// No other can score more, since each sign is worth most where it is listed
// itself.
func TestRealRank(t *testing.T) { realdata.Each(t, realRank) }

func realRank(t *testing.T, d realdata.Data) {
	a := realData(t, d)
	sign := walk.LinkPattern{Predicates: []graph.PredicateRef{a.predicate(graph.PredicateSignOrSymptom)}}
	with, err := walk.List(t.Context(), a.r, walk.ListQuery{Kinds: []graph.Kind{graph.Condition}, Where: &walk.Selection{Link: &sign}})
	a.ok(err)
	done := lap(t, "ranking the signs of 100 of %d diseases", with.Total)
	first := 0
	for i := range 100 {
		disease := with.Concepts[i*with.Total/100]
		q := walk.LinkQuery{}
		q.Predicates = sign.Predicates
		signs, err := walk.Links(t.Context(), a.r, []graph.Ref{disease}, q)
		a.ok(err)
		var findings []graph.Ref
		for _, l := range signs[0].Links {
			findings = append(findings, l.Other)
		}
		ranking, err := walk.Rank(t.Context(), a.r, walk.RankQuery{Findings: findings})
		a.ok(err)
		at := slices.IndexFunc(ranking.Results, func(x walk.Ranked) bool { return x.Concept == disease })
		if at < 0 || ranking.Results[at].Score < ranking.Results[0].Score || len(ranking.Results[at].Matched) != len(findings) || len(ranking.Results[at].Missing) != 0 {
			t.Errorf("%v stands at place %d of %d for its own %d signs", a.ids(disease), at, ranking.Total, len(findings))
		}
		if at == 0 {
			first++
		}
	}
	done()
	t.Logf("%d of 100 stand alone or by name at the top", first)
}

// TestRealLists: what is asked of all 55,000 concepts, in a number of calls
// that their batches make, not they.
func TestRealLists(t *testing.T) { realdata.Each(t, realLists) }

func realLists(t *testing.T, d realdata.Data) {
	a := realData(t, d)
	r := a.r.(*indexed)
	test := walk.LinkPattern{Direction: graph.Both, Other: &walk.Selection{Kinds: []graph.Kind{graph.Test}}}
	first := 20
	before, done := r.calls.Load(), lap(t, "conditions without a link to a test")
	without, err := walk.List(t.Context(), a.r, walk.ListQuery{
		Kinds: []graph.Kind{graph.Condition}, Where: &walk.Selection{Not: &walk.Selection{Link: &test}}, Counts: walk.CountKinds | walk.CountSources,
		Window: graph.Window{First: &first},
	})
	a.ok(err)
	done()
	if calls := r.calls.Load() - before; calls > 20 {
		t.Errorf("%d calls for links", calls)
	}
	with, err := walk.List(t.Context(), a.r, walk.ListQuery{Kinds: []graph.Kind{graph.Condition}, Where: &walk.Selection{Link: &test}})
	a.ok(err)
	if conditions := a.r.Summary().Kinds[0].Concepts; with.Total+without.Total != conditions || d.Whole && with.Total == 0 || len(without.Concepts) != first || without.Counts.Kinds[0].Count != without.Total {
		t.Errorf("%d with and %d without of %d conditions, counts %v", with.Total, without.Total, conditions, without.Counts)
	}
	done = lap(t, "names that contain palsy")
	named, err := walk.List(t.Context(), a.r, walk.ListQuery{Where: &walk.Selection{Name: &walk.TextMatch{Contains: []string{"PALSY"}}}})
	a.ok(err)
	done()
	if !slices.Contains(named.Concepts, a.ref("DOID:12506")) {
		t.Error("Bell's palsy is not named palsy")
	}
}

// TestRealLinks: one disease under several ids, and all that is narrower than
// "disease".
func TestRealLinks(t *testing.T) { realdata.Each(t, realLinks) }

func realLinks(t *testing.T, d realdata.Data) {
	a := realData(t, d)
	palsy := a.ref("DOID:12506")
	same, err := walk.SameAs(t.Context(), a.r, []graph.Ref{palsy})
	a.ok(err)
	if !same[0].Complete || d.Whole && !slices.Contains(same[0].Concepts, a.ref("MONDO:0005665")) {
		t.Errorf("the same as Bell's palsy: %v", a.ids(same[0].Concepts...))
	}
	q := walk.LinkQuery{MergeSame: true}
	q.Direction = graph.Both
	merged, err := walk.Links(t.Context(), a.r, []graph.Ref{palsy}, q)
	a.ok(err)
	via := map[graph.Ref]int{}
	for _, l := range merged[0].Links {
		for _, ref := range l.Via {
			via[ref]++
		}
	}
	if d.Whole && len(via) < 2 {
		t.Errorf("the links of Bell's palsy came through %v", via)
	}
	disease := a.ref("DOID:4")
	done := lap(t, "all that is narrower than disease")
	below, err := walk.Hierarchy(t.Context(), a.r, []graph.Ref{disease}, walk.HierarchyQuery{Axis: walk.Narrower})
	a.ok(err)
	done()
	first := 20
	done = lap(t, "the signs of all that is narrower, counted")
	q = walk.LinkQuery{IncludeNarrower: true, Counts: walk.CountKinds | walk.CountSources | walk.CountModalities}
	q.Predicates, q.Window.First = []graph.PredicateRef{a.predicate(graph.PredicateSignOrSymptom)}, &first
	signs, err := walk.Links(t.Context(), a.r, []graph.Ref{disease}, q)
	a.ok(err)
	done()
	diseases, symptoms := 150, 40
	if d.Whole {
		diseases, symptoms = 10_000, 100
	}
	if below[0].Total < diseases || signs[0].Total < symptoms || len(signs[0].Links) != first {
		t.Errorf("%d narrower concepts with %d signs, of which %d are on the page", below[0].Total, signs[0].Total, len(signs[0].Links))
	}
	t.Logf("%d narrower concepts, at most %d links away, with %d signs", below[0].Total, below[0].Relatives[below[0].Total-1].Distance, signs[0].Total)
}

// TestRealNeighbourhood draws the surroundings of a hub.
func TestRealNeighbourhood(t *testing.T) { realdata.Each(t, realNeighbourhood) }

func realNeighbourhood(t *testing.T, d realdata.Data) {
	a := realData(t, d)
	hub := hubs(a, 1)[0]
	done := lap(t, "two rings round %v", a.ids(hub))
	picture, err := walk.Neighbourhood(t.Context(), a.r, walk.NeighbourhoodQuery{Concept: hub, Depth: 2, First: 60})
	a.ok(err)
	done()
	if len(picture.Nodes) != 60 || picture.Complete || d.Whole && picture.Omitted < 1000 || picture.Omitted == 0 || len(picture.Edges) < 59 {
		t.Errorf("%d nodes, %d edges, %d omitted, complete %t", len(picture.Nodes), len(picture.Edges), picture.Omitted, picture.Complete)
	}
}
