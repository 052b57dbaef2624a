package walk_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// TestPathsAgainstBruteForce: all and only the paths within the length, with
// all their links, in order.
func TestPathsAgainstBruteForce(t *testing.T) {
	several, longer := 0, 0
	eachGraph(t, func(t *testing.T, b brute, r *rand.Rand) {
		for range 30 {
			q := walk.PathQuery{
				From: pick(r, b.concepts()...), To: pick(r, b.concepts()...), MaxLength: 1 + r.IntN(6), LongerBy: r.IntN(4), Window: window(r),
			}
			if r.IntN(3) == 0 {
				q.Predicates = []graph.PredicateRef{b.predicate(graph.PredicateCause), b.predicate(graph.PredicateRelated), b.predicate(graph.PredicateStage)}
			}
			if avoid := pick(r, b.concepts()...); r.IntN(3) == 0 && avoid != q.From && avoid != q.To {
				q.Avoid = []graph.Ref{avoid}
			}
			got, err := walk.Paths(t.Context(), b, q)
			if err != nil {
				t.Fatal(err)
			}
			all := b.simplePaths(&q, walk.LongestMaxLength, false)
			want := b.shortest(&q, all)
			if len(want) > 1 {
				several++
			}
			if n := len(want); n > 0 && len(want[n-1]) > len(want[0]) {
				longer++
			}
			if got.Total != len(want) || !got.Complete {
				t.Fatalf("%+v: %d paths, complete %t, want %v", q, got.Total, got.Complete, want)
			}
			var nodes [][]graph.Ref
			for _, p := range got.Paths {
				nodes = append(nodes, p.Nodes)
				b.checkPath(t, &q, &p)
			}
			same(t, "paths", nodes, windowed(want, q.Window))
			if len(want) == 0 {
				b.checkReason(t, &q, got.Reason, len(all) > 0)
			}
		}
	})
	if several < 50 || longer < 20 {
		t.Errorf("%d questions had several paths, %d some of several lengths: the graphs are too thin", several, longer)
	}
}

// bridges returns the links by which a path may go on from a concept, by the
// concept they lead to; with all those that are only denied or advised against,
// too.
func (b brute) bridges(q *walk.PathQuery, from graph.Ref, all bool) map[graph.Ref][]walk.Link {
	lq := walk.LinkQuery{}
	lq.Direction, lq.Predicates, lq.Negated = graph.Both, q.Predicates, all
	to := map[graph.Ref][]walk.Link{}
	for _, l := range b.merged(from, &lq) {
		object := l.Other
		if l.Incoming {
			object = from
		}
		stage := l.Predicate == b.predicate(graph.PredicateStage) || l.Predicate == b.predicate("kg:duringStage")
		if l.Other != from && b.isWalked(l.Predicate) && (!stage || object == q.From || object == q.To) {
			l.Via = nil
			to[l.Other] = append(to[l.Other], l)
		}
	}
	return to
}

// isWalked reports whether links of a predicate of random graphs may be walked.
func (b brute) isWalked(p graph.PredicateRef) bool { return b.sum.Predicates[p].ID != "kg:unheardOf" }

// simplePaths returns the nodes of all paths up to a length.
func (b brute) simplePaths(q *walk.PathQuery, length int, all bool) (paths [][]graph.Ref) {
	if q.From == q.To {
		return nil
	}
	bridges := map[graph.Ref]map[graph.Ref][]walk.Link{}
	for _, ref := range b.concepts() {
		bridges[ref] = b.bridges(q, ref, all)
	}
	var extend func(nodes []graph.Ref)
	extend = func(nodes []graph.Ref) {
		last := nodes[len(nodes)-1]
		if last == q.To {
			paths = append(paths, slices.Clone(nodes))
			return
		}
		if len(nodes) > length || last != q.From && (b.hasKind(last, graph.Stage) || slices.Contains(q.Avoid, last)) {
			return
		}
		for other := range bridges[last] {
			if !slices.Contains(nodes, other) {
				extend(append(nodes, other))
			}
		}
	}
	extend([]graph.Ref{q.From})
	return paths
}

// shortest keeps those that are wanted and orders them.
func (b brute) shortest(q *walk.PathQuery, all [][]graph.Ref) (want [][]graph.Ref) {
	least := far
	for _, p := range all {
		least = min(least, len(p)-1)
	}
	for _, p := range all {
		if n := len(p) - 1; n <= least+q.LongerBy && n <= q.MaxLength {
			want = append(want, p)
		}
	}
	slices.SortFunc(want, func(x, y []graph.Ref) int {
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		if sx, sy := b.degreeProduct(x), b.degreeProduct(y); sx != sy { // whole numbers: exact
			return sx - sy
		}
		return slices.Compare(x, y)
	})
	return want
}

func (b brute) degreeProduct(nodes []graph.Ref) int {
	product := 1
	for _, ref := range nodes[1 : len(nodes)-1] {
		q := walk.LinkQuery{}
		q.Direction = graph.Both
		product *= len(b.merged(ref, &q))
	}
	return product
}

func (b brute) checkPath(t *testing.T, q *walk.PathQuery, p *walk.Path) {
	t.Helper()
	if want := math.Pow(float64(b.degreeProduct(p.Nodes)), -0.4); p.Score != want {
		t.Errorf("score %v, want %v", p.Score, want)
	}
	for i, s := range p.Steps {
		same(t, "step", s, walk.Step{From: p.Nodes[i], To: p.Nodes[i+1], Links: b.bridges(q, p.Nodes[i], false)[p.Nodes[i+1]]})
	}
}

func (b brute) checkReason(t *testing.T, q *walk.PathQuery, got walk.Reason, connected bool) {
	t.Helper()
	island := func(ref graph.Ref) bool { return len(b.bridges(q, ref, false)) == 0 }
	var want []walk.Reason
	switch {
	case q.From == q.To:
		want = []walk.Reason{walk.SameConcept}
	case len(b.simplePaths(q, q.MaxLength, true)) > 0:
		want = []walk.Reason{walk.OnlyAgainst}
	case island(q.From):
		want = []walk.Reason{walk.FromIsland}
	case island(q.To):
		want = []walk.Reason{walk.ToIsland}
	case connected:
		want = []walk.Reason{walk.TooFar}
	default: // whether it has seen that there is none depends on how far it looked
		want = []walk.Reason{walk.TooFar, walk.Disconnected}
	}
	if !slices.Contains(want, got) {
		t.Errorf("%+v: the reason is %v, want one of %v", *q, got, want)
	}
}

// TestBudget: with any budget a search keeps to it, says whether it was enough,
// finds only what there is, and with enough of it everything.
func TestBudget(t *testing.T) {
	short := 0
	eachGraph(t, func(t *testing.T, b brute, r *rand.Rand) {
		q := walk.PathQuery{From: 1, To: graph.Ref(len(b.concepts())), MaxLength: 6, LongerBy: 2}
		whole, err := walk.Paths(t.Context(), b, q)
		if err != nil {
			t.Fatal(err)
		}
		for q.Budget = 1; q.Budget < whole.Looked+5; q.Budget += 1 + r.IntN(4) {
			got, err := walk.Paths(t.Context(), b, q)
			if err != nil {
				t.Fatal(err)
			}
			switch {
			case got.Complete:
				same(t, "paths", got.Paths, whole.Paths)
			case got.Looked > q.Budget:
				t.Errorf("looked at %d links with a budget of %d", got.Looked, q.Budget)
			case got.Reason == walk.OutOfBudget:
				short++
			}
			for _, p := range got.Paths {
				if !slices.ContainsFunc(whole.Paths, func(w walk.Path) bool { return slices.Equal(w.Nodes, p.Nodes) }) {
					t.Errorf("a path that is none: %v", p.Nodes)
				}
			}
		}
	})
	if short == 0 {
		t.Error("no budget was too small")
	}
}

// TestBoundsAreChecked: what has no meaning is refused, by every question.
func TestBoundsAreChecked(t *testing.T) {
	b := randomGraph(t, 1, 8)
	ctx, minus := t.Context(), -1
	unknown := []graph.PredicateRef{9999}
	_, lengthErr := walk.Paths(ctx, b, walk.PathQuery{From: 1, To: 2, MaxLength: 99})
	_, longerErr := walk.Paths(ctx, b, walk.PathQuery{From: 1, To: 2, LongerBy: -1})
	_, avoidErr := walk.Paths(ctx, b, walk.PathQuery{From: 1, To: 2, Avoid: []graph.Ref{2}})
	_, predicateErr := walk.Paths(ctx, b, walk.PathQuery{From: 1, To: 1, Predicates: unknown})
	_, axisErr := walk.Hierarchy(ctx, b, nil, walk.HierarchyQuery{Axis: 9})
	_, pageErr := walk.Hierarchy(ctx, b, nil, walk.HierarchyQuery{Window: graph.Window{First: &minus}})
	_, linksErr := walk.Links(ctx, b, nil, walk.LinkQuery{LinkQuery: graph.LinkQuery{Predicates: unknown}})
	_, groupErr := walk.Links(ctx, b, nil, walk.LinkQuery{Counts: 128})
	_, orderErr := walk.List(ctx, b, walk.ListQuery{Order: 77})
	_, countErr := walk.List(ctx, b, walk.ListQuery{Counts: walk.CountModalities})
	_, bothErr := walk.Rank(ctx, b, walk.RankQuery{Findings: []graph.Ref{1}, Excluded: []graph.Ref{1}})
	_, manyErr := walk.Rank(ctx, b, walk.RankQuery{Findings: make([]graph.Ref, 1), Excluded: manyRefs(walk.MaxFindings)})
	_, depthErr := walk.Neighbourhood(ctx, b, walk.NeighbourhoodQuery{Concept: 1, Depth: 50})
	_, firstErr := walk.Neighbourhood(ctx, b, walk.NeighbourhoodQuery{Concept: 1, First: 5000})
	_, knownErr := walk.Neighbourhood(ctx, b, walk.NeighbourhoodQuery{Predicates: unknown})
	for i, err := range []error{
		lengthErr, longerErr, avoidErr, predicateErr, axisErr, pageErr, linksErr, groupErr, orderErr, countErr, bothErr, manyErr, depthErr, firstErr, knownErr,
	} {
		if !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("question %d: the error is %v, want one that is ErrInvalid", i, err)
		}
	}
}

func manyRefs(n int) []graph.Ref {
	refs := make([]graph.Ref, n)
	for i := range refs {
		refs[i] = graph.Ref(i + 1)
	}
	return refs
}
