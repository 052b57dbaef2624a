package walk_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/walk"
)

// TestGivesWay: what takes more steps than allowed ends soon, wherever it is: between
// two looks at the context lie at most 50 ms of work.
func TestGivesWay(t *testing.T) {
	const soon = 2_500_000 // steps
	ds := graphtest.Large(2, 60_000)
	r, err := frozen.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	degree := map[graph.ID]int{}
	for i := range ds.Statements {
		if s := &ds.Statements[i]; s.Object != "" {
			degree[s.Subject]++
			degree[s.Object]++
		}
	}
	ids := slices.SortedFunc(maps.Keys(degree), func(a, b graph.ID) int { return cmp.Or(degree[b]-degree[a], cmp.Compare(a, b)) })
	var hubs []graph.Ref
	for _, id := range ids[:100] {
		var found graph.Resolution
		if err := r.Resolve(t.Context(), []string{string(id)}, &found); err != nil {
			t.Fatal(err)
		}
		hubs = append(hubs, found.Refs...)
	}
	var alternatives graph.Filter
	for i := range 150 {
		alternatives.Or = append(alternatives.Or, graph.Filter{Where: []graph.Criterion{{Qualifier: graph.QualifierStrength, Texts: []string{fmt.Sprint(i)}}}})
	}
	for name, ask := range map[string]func(context.Context) error{
		"Hierarchy": func(ctx context.Context) error {
			_, err := walk.Hierarchy(ctx, r, hubs, walk.HierarchyQuery{Axis: walk.Narrower})
			return err
		},
		"Links": func(ctx context.Context) error {
			_, err := walk.Links(ctx, r, hubs, walk.LinkQuery{LinkQuery: graph.LinkQuery{Direction: graph.Both, Filter: &alternatives}})
			return err
		},
		"Links narrower": func(ctx context.Context) error {
			_, err := walk.Links(ctx, r, hubs, walk.LinkQuery{
				LinkQuery: graph.LinkQuery{Direction: graph.Both}, IncludeNarrower: true, Counts: walk.CountKinds | walk.CountSources,
			})
			return err
		},
		"List": func(ctx context.Context) error {
			_, err := walk.List(ctx, r, walk.ListQuery{Where: &walk.Selection{Link: &walk.LinkPattern{Direction: graph.Both, Filter: &alternatives}}})
			return err
		},
		"List by links": func(ctx context.Context) error {
			_, err := walk.List(ctx, r, walk.ListQuery{Order: walk.ByLinks, Counts: walk.CountKinds | walk.CountSources})
			return err
		},
		"Statements": func(ctx context.Context) error {
			_, err := walk.Statements(ctx, r, walk.StatementQuery{Order: walk.StatementsByClaim, Filter: &alternatives})
			return err
		},
		"Conflicts": func(ctx context.Context) error {
			_, err := walk.Conflicts(ctx, r, walk.ConflictQuery{})
			return err
		},
		"Paths": func(ctx context.Context) error {
			_, err := walk.Paths(ctx, r, walk.PathQuery{From: hubs[0], To: hubs[1], LongerBy: 2})
			return err
		},
		"Neighbourhood": func(ctx context.Context) error {
			_, err := walk.Neighbourhood(ctx, r, walk.NeighbourhoodQuery{Concept: hubs[0], Depth: 3, First: 1000})
			return err
		},
		"Rank": func(ctx context.Context) error {
			_, err := walk.Rank(ctx, r, walk.RankQuery{Findings: hubs[:5]})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			var m graph.Meter
			m.Begin(t.Context(), 1<<40)
			if err := ask(&m); err != nil {
				t.Fatal(err)
			}
			whole := m.Spent()
			if whole < 1000 {
				t.Fatalf("%d steps are too few to be of interest", whole)
			}
			for _, allowed := range []int{0, whole / 50, whole / 5, whole / 2, whole - 1} {
				m.Begin(t.Context(), allowed)
				if err := ask(&m); !errors.Is(err, graph.ErrSpent) || m.Spent()-allowed > soon {
					t.Errorf("%d of %d steps allowed, %d taken: %v", allowed, whole, m.Spent(), err)
				}
			}
			t.Logf("%d steps", whole)
		})
	}
}
