package graphtest_test

import (
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// No statement that warns is lost: whoever asks one of its ends for cautions, or
// for what it is advised against for, is told of it; and what is only advised
// against is no link of its predicate. What is withdrawn warns no more, but to who
// asks for it, and what warns of several concepts together stands among the
// combinations of each.
func TestNoCautionIsLost(t *testing.T) {
	warnings, withdrawn, combined := 0, 0, 0
	for seed := range uint64(60) {
		ds := graphtest.Random(seed, 20)
		r := graphtest.NewNaive(ds)
		sum := r.Summary()
		var warns []graph.PredicateRef
		for i, p := range sum.Predicates {
			if p.Caution {
				warns = append(warns, graph.PredicateRef(i))
			}
		}
		asked := func(of graph.Ref, forAction bool, f *graph.Filter) []graph.Ref {
			q := graph.LinkQuery{Filter: f, Predicates: warns, Direction: graph.In, Discouraging: sum.CautionsOf(forAction)}
			if forAction {
				q.Direction = graph.Out
			}
			var links graph.LinkBatch
			if err := r.Links(t.Context(), []graph.Ref{of}, q, &links); err != nil {
				t.Fatal(err)
			}
			return links.Statements.Items
		}
		var b graph.StatementBatch
		refs := make([]graph.Ref, sum.Statements)
		for i := range refs {
			refs[i] = sum.First(graph.ClassStatement) + graph.Ref(i)
		}
		if err := r.Statements(t.Context(), refs, graph.AllStatementFields, &b); err != nil {
			t.Fatal(err)
		}
		for i, ref := range refs {
			if b.Object[i] == graph.NoRef {
				continue
			}
			p := &sum.Predicates[b.Predicate[i]].Predicate
			stance := graph.StanceOf(p, b.Modality(i), b.Negated(i))
			if stance == graph.Denies || stance == graph.Supports && !p.Caution {
				continue
			}
			warnings++
			if all := b.Together(i); all != nil && b.Qualifiers[graph.QualifierWithdrawn].Words[i] == 0 {
				combined++
				var found graph.Lists[graph.Ref]
				all = append(all, b.Object[i])
				if err := r.Combinations(t.Context(), all, &found); err != nil {
					t.Fatal(err)
				}
				for j, of := range all {
					if !slices.Contains(found.At(j), ref) || slices.Contains(asked(of, false, nil), ref) || slices.Contains(asked(of, true, nil), ref) {
						t.Fatalf("seed %d: %s warns of several concepts together, and not of one", seed, b.ID[i])
					}
				}
			}
			if b.Together(i) != nil {
				continue
			}
			found := map[bool]bool{} // from the end that acts, and from the other
			var filter *graph.Filter
			if b.Qualifiers[graph.QualifierWithdrawn].Words[i] != 0 {
				withdrawn++
				for _, end := range []graph.Ref{b.Subject[i], b.Object[i]} {
					if slices.Contains(asked(end, false, nil), ref) || slices.Contains(asked(end, true, nil), ref) {
						t.Fatalf("seed %d: %s is withdrawn, and warns", seed, b.ID[i])
					}
				}
				filter = &graph.Filter{Where: []graph.Criterion{{Qualifier: graph.QualifierWithdrawn}}}
			}
			for _, end := range []graph.Ref{b.Subject[i], b.Object[i]} {
				for _, forAction := range []bool{false, true} {
					found[forAction] = found[forAction] || slices.Contains(asked(end, forAction, filter), ref)
				}
			}
			if !found[false] || !found[true] {
				t.Fatalf("seed %d: %s warns by %s, and is found %v", seed, b.ID[i], p.ID, found)
			}
		}
	}
	if warnings < 100 || withdrawn < 10 || combined < 5 {
		t.Errorf("only %d statements warn, %d of them are withdrawn, and %d of several concepts together", warnings, withdrawn, combined)
	}
}
