package walk_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// TestNeighbourhoodAgainstBruteForce: a picture with room for everything has
// all concepts within the depth and all links between them; a small one has the
// beginning of the first ring.
func TestNeighbourhoodAgainstBruteForce(t *testing.T) {
	cutOff := 0
	eachGraph(t, func(t *testing.T, b brute, r *rand.Rand) {
		for range 4 {
			q := walk.NeighbourhoodQuery{Concept: pick(r, b.concepts()...), Depth: 1 + r.IntN(3), First: 1000}
			if r.IntN(3) == 0 {
				q.Predicates = []graph.PredicateRef{b.predicate(graph.PredicateCause), b.predicate(graph.PredicateRelated)}
			}
			whole, err := walk.Neighbourhood(t.Context(), b, q)
			if err != nil {
				t.Fatal(err)
			}
			if !whole.Complete || whole.Omitted != 0 {
				t.Errorf("complete %t, %d omitted", whole.Complete, whole.Omitted)
			}
			b.checkNodes(t, &q, whole)
			b.checkEdges(t, &q, whole)

			q.First = 1 + r.IntN(3)
			small, err := walk.Neighbourhood(t.Context(), b, q)
			if err != nil {
				t.Fatal(err)
			}
			b.checkEdges(t, &q, small)
			ring := number(whole.Nodes, func(n walk.Node) bool { return n.Distance < 2 })
			same(t, "the first nodes", small.Nodes[:min(ring, q.First)], whole.Nodes[:min(ring, q.First)])
			if len(small.Nodes) != min(q.First, len(whole.Nodes)) || small.Complete != (small.Omitted == 0) || small.Complete != (len(small.Nodes) == len(whole.Nodes)) {
				t.Errorf("%d of %d nodes, %d omitted, complete %t", len(small.Nodes), len(whole.Nodes), small.Omitted, small.Complete)
			}
			if !small.Complete {
				cutOff++
			}
		}
	})
	if cutOff == 0 {
		t.Error("no picture was too small")
	}
}

func (b brute) checkNodes(t *testing.T, q *walk.NeighbourhoodQuery, got *walk.Picture) {
	t.Helper()
	score, distance := map[graph.Ref]float64{q.Concept: 1}, map[graph.Ref]int{q.Concept: 0}
	for d := 1; d <= q.Depth; d++ {
		for p := range b.pairs(nil) {
			for _, ends := range [][2]graph.Ref{{p.subject, p.object}, {p.object, p.subject}} {
				from, to := ends[0], ends[1]
				reached, seen := distance[to]
				if last, near := distance[from]; !near || last != d-1 || seen && reached < d || from != q.Concept && b.hasKind(from, graph.Stage) ||
					!b.isWalked(p.predicate) || q.Predicates != nil && !slices.Contains(q.Predicates, p.predicate) {
					continue
				}
				lq := walk.LinkQuery{}
				lq.Direction = graph.Both
				distance[to] = d
				score[to] = max(score[to], score[from]*math.Pow(float64(len(b.merged(to, &lq))), -0.4))
			}
		}
	}
	if len(got.Nodes) != len(distance) {
		t.Errorf("%d nodes, want %d", len(got.Nodes), len(distance))
	}
	for i, n := range got.Nodes {
		if n.Distance != distance[n.Concept] || n.Score != score[n.Concept] {
			t.Errorf("node %+v, want distance %d, score %v", n, distance[n.Concept], score[n.Concept])
		}
		if i == 0 {
			continue
		}
		before := got.Nodes[i-1]
		if before.Distance > n.Distance || before.Distance == n.Distance && (before.Score < n.Score || before.Score == n.Score && before.Concept >= n.Concept) {
			t.Errorf("%+v stands before %+v", before, n)
		}
	}
}

func (b brute) checkEdges(t *testing.T, q *walk.NeighbourhoodQuery, got *walk.Picture) {
	t.Helper()
	want := b.pairs(nil)
	drawn := map[graph.Ref]bool{}
	for _, n := range got.Nodes {
		drawn[n.Concept] = true
	}
	for p := range want {
		if !drawn[p.subject] || !drawn[p.object] || !b.isWalked(p.predicate) || q.Predicates != nil && !slices.Contains(q.Predicates, p.predicate) {
			delete(want, p)
		}
	}
	for _, e := range got.Edges {
		p := pair{e.Subject, e.Object, e.Predicate}
		same(t, "statements of an edge", e.Statements, want[p])
		delete(want, p)
	}
	if len(want) > 0 {
		t.Errorf("edges are missing: %v", want)
	}
	held, left := b.pairs(nil), map[pair]bool{}
	for _, s := range b.statements {
		p := pair{s.subject, s.object, s.predicate}
		if b.sum.Predicates[p.predicate].Symmetric && p.object < p.subject {
			p.subject, p.object = p.object, p.subject
		}
		if p.object != graph.NoRef && s.row.Counts() && held[p] == nil && (drawn[p.subject] || drawn[p.object]) && b.isWalked(p.predicate) &&
			(q.Predicates == nil || slices.Contains(q.Predicates, p.predicate)) {
			left[p] = true
		}
	}
	if got.LeftOut != len(left) {
		t.Errorf("%d links are left out, want %d", got.LeftOut, len(left))
	}
}
