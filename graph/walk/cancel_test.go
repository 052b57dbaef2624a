package walk_test

import (
	"context"
	"errors"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// leaving is a Reader whose caller leaves after some calls.
type leaving struct {
	graph.Reader
	left  *int
	leave func()
}

func (l leaving) call() {
	if *l.left--; *l.left == 0 {
		l.leave()
	}
}

func (l leaving) Concepts(ctx context.Context, refs []graph.Ref, f graph.ConceptFields, out *graph.ConceptBatch) error {
	l.call()
	return l.Reader.Concepts(ctx, refs, f, out)
}

func (l leaving) Statements(ctx context.Context, refs []graph.Ref, f graph.StatementFields, out *graph.StatementBatch) error {
	l.call()
	return l.Reader.Statements(ctx, refs, f, out)
}

func (l leaving) Sources(ctx context.Context, refs []graph.Ref, fields graph.SourceFields, out *graph.SourceBatch) error {
	l.call()
	return l.Reader.Sources(ctx, refs, fields, out)
}

func (l leaving) List(ctx context.Context, q graph.ConceptQuery, out *graph.RefList) error {
	l.call()
	return l.Reader.List(ctx, q, out)
}

func (l leaving) Links(ctx context.Context, refs []graph.Ref, q graph.LinkQuery, out *graph.LinkBatch) error {
	l.call()
	return l.Reader.Links(ctx, refs, q, out)
}

// questions puts one question of each kind about the article.
func questions(a asker) map[string]func(ctx context.Context, r graph.Reader) error {
	from, to := a.ref("cheek-puffing-difficulty"), a.ref("eeg")
	all := a.refs("facial-twitching", "bells-palsy", "epilepsy", "facial-nerve-disease")
	tests := &walk.LinkPattern{Other: &walk.Selection{Name: &walk.TextMatch{Contains: []string{"e"}}}}
	found, err := walk.Paths(context.Background(), a.r, walk.PathQuery{From: from, To: to})
	a.ok(err)
	everything := walk.CountKinds | walk.CountPredicates | walk.CountModalities | walk.CountSources
	return map[string]func(ctx context.Context, r graph.Reader) error{
		"Hierarchy": func(ctx context.Context, r graph.Reader) error {
			_, err := walk.Hierarchy(ctx, r, all, walk.HierarchyQuery{Axis: walk.Narrower})
			return err
		},
		"SameAs": func(ctx context.Context, r graph.Reader) error { _, err := walk.SameAs(ctx, r, all); return err },
		"Links": func(ctx context.Context, r graph.Reader) error {
			_, err := walk.Links(ctx, r, all, walk.LinkQuery{IncludeNarrower: true, MergeSame: true, Others: &walk.Selection{Link: tests}, Counts: everything})
			return err
		},
		"List": func(ctx context.Context, r graph.Reader) error {
			_, err := walk.List(ctx, r, walk.ListQuery{Where: &walk.Selection{Link: tests}, Order: walk.ByLinks, Counts: walk.CountKinds})
			return err
		},
		"Paths": func(ctx context.Context, r graph.Reader) error {
			_, err := walk.Paths(ctx, r, walk.PathQuery{From: from, To: to, LongerBy: 1})
			return err
		},
		"Explain": func(ctx context.Context, r graph.Reader) error {
			_, err := walk.Explain(ctx, r, found.Paths)
			return err
		},
		"Rank": func(ctx context.Context, r graph.Reader) error {
			_, err := walk.Rank(ctx, r, walk.RankQuery{Findings: all})
			return err
		},
		"Neighbourhood": func(ctx context.Context, r graph.Reader) error {
			_, err := walk.Neighbourhood(ctx, r, walk.NeighbourhoodQuery{Concept: from, Depth: 3})
			return err
		},
	}
}

// TestCancelled: whenever the caller leaves, before or between calls, the
// answer is the context's error and never half an answer.
func TestCancelled(t *testing.T) {
	a := article(t)
	for name, ask := range questions(a) {
		calls := 1 << 30
		if err := ask(t.Context(), leaving{a.r, &calls, func() {}}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		calls = 1<<30 - calls
		for after := range calls {
			ctx, leave := context.WithCancel(t.Context())
			left := after
			if after == 0 {
				leave()
			}
			if err := ask(ctx, leaving{a.r, &left, leave}); !errors.Is(err, context.Canceled) {
				t.Errorf("%s, left after %d of %d calls: the error is %v", name, after, calls, err)
			}
			leave()
		}
	}
}

// TestCalls: how often a Reader is asked. A rising number is a change for the
// worse, most of all one that rises with the size of the answer.
func TestCalls(t *testing.T) {
	a := article(t)
	most := map[string]int{
		"Hierarchy": 2, "SameAs": 1, "Links": 10, "List": 5, "Paths": 15, "Explain": 3, "Rank": 12, "Neighbourhood": 16,
	}
	for name, ask := range questions(a) {
		calls := 1 << 30
		a.ok(ask(t.Context(), leaving{a.r, &calls, func() {}}))
		if calls = 1<<30 - calls; calls > most[name] {
			t.Errorf("%s: %d calls, at most %d wanted", name, calls, most[name])
		} else {
			t.Logf("%s: %d calls", name, calls)
		}
	}
}
