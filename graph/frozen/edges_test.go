package frozen_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// Edges are the statements of the data set, looked for one by one.
func TestEdges(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(30) {
		ds := graphtest.Random(seed, 15)
		s := build(t, ds)
		ref := map[graph.ID]graph.Ref{}
		for i := range ds.Concepts {
			ref[ds.Concepts[i].ID] = graph.Ref(i + 1)
		}
		var out frozen.EdgeBatch
		found := 0
		for p := range s.Summary().Predicates {
			for _, d := range []graph.Direction{graph.Out, graph.In} {
				for c := range graph.Ref(len(ds.Concepts) + 3) {
					type end struct{ target, statement graph.Ref }
					var want, got []end
					for i := range ds.Statements {
						st := &ds.Statements[i]
						source, target := ref[st.Subject], ref[st.Object]
						if d == graph.In {
							source, target = target, source
						}
						if st.Object != "" && st.With == nil && source == c && c != 0 && st.Predicate == s.Summary().Predicates[p].ID {
							want = append(want, end{target, graph.Ref(len(ds.Concepts) + 1 + i)})
						}
					}
					slices.SortStableFunc(want, func(a, b end) int { return int(a.target) - int(b.target) })
					if err := s.Edges(ctx, []graph.Ref{c}, graph.PredicateRef(p), d, &out); err != nil {
						t.Fatal(err)
					}
					for i := range out.Source {
						if out.Source[i] != c {
							t.Fatalf("the source is %d, want %d", out.Source[i], c)
						}
						got = append(got, end{out.Target[i], out.Statement[i]})
					}
					if !slices.Equal(got, want) {
						t.Fatalf("Random(%d, 15): predicate %d, direction %d, concept %d: %v, want %v", seed, p, d, c, got, want)
					}
					found += len(got)
				}
			}
		}
		if len(ds.Statements) > 10 && found == 0 {
			t.Errorf("Random(%d, 15) has no edges", seed)
		}
	}
}

func TestEdgesRefuses(t *testing.T) {
	s := build(t, graphtest.Small())
	var out frozen.EdgeBatch
	if err := s.Edges(context.Background(), nil, 0, graph.Both, &out); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("both ways: %v", err)
	}
	if err := s.Edges(context.Background(), nil, 1<<20, graph.Out, &out); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("a predicate there is not: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Edges(ctx, nil, 0, graph.Out, &out); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
