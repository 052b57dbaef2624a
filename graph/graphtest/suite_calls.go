package graphtest

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/graph"
)

// smallCalls is a call of every method on the small graph, with an answer that
// is not empty.
func (a *asker) smallCalls() []call {
	return []call{
		{Method: "Resolve", IDs: []string{"cold", "DOID:1", "nothing"}},
		{Method: "Concepts", Refs: a.refs("cold", "oedema"), Concept: graph.AllConceptFields},
		{Method: "Statements", Refs: a.refs("ev:12", "ev:15"), Statement: graph.AllStatementFields},
		{Method: "Sources", Refs: a.refs("colds", "ex:data")},
		{Method: "Sections", Refs: a.refs("colds-signs", "colds-care")},
		{Method: "List", List: &graph.ConceptQuery{Kinds: []graph.Kind{graph.Symptom}}},
		{Method: "Links", Refs: a.refs("cold", "fever"), Links: &graph.LinkQuery{Direction: graph.Both}},
		{Method: "Properties", Refs: a.refs("cold", "flu"), Values: &graph.PropertyQuery{}},
	}
}

func testInvalid(a *asker) {
	beyond := []graph.PredicateRef{0, graph.PredicateRef(len(a.r.Summary().Predicates))}
	first, last := graph.Window{First: ptr(-1)}, graph.Window{Last: ptr(-1)}
	for _, refs := range [][]graph.Ref{a.refs("cold"), nil} {
		for what, c := range map[string]call{
			"List of -1":                      {Method: "List", List: &graph.ConceptQuery{Window: first}},
			"List of the last -1":             {Method: "List", List: &graph.ConceptQuery{Window: last}},
			"Links, -1":                       {Method: "Links", Links: &graph.LinkQuery{Window: first}},
			"Links, the last -1":              {Method: "Links", Links: &graph.LinkQuery{Window: last}},
			"Links in no direction":           {Method: "Links", Links: &graph.LinkQuery{Direction: graph.Both + 1}},
			"Links in no order":               {Method: "Links", Links: &graph.LinkQuery{Order: graph.BySource + 1}},
			"Links of no predicate there is":  {Method: "Links", Links: &graph.LinkQuery{Predicates: beyond}},
			"Properties, -1":                  {Method: "Properties", Values: &graph.PropertyQuery{Window: first}},
			"Properties, the last -1":         {Method: "Properties", Values: &graph.PropertyQuery{Window: last}},
			"Properties of no such predicate": {Method: "Properties", Values: &graph.PropertyQuery{Predicates: beyond}},
		} {
			c.Refs = refs
			if _, err := c.run(context.Background(), a.r, &answer{}); !errors.Is(err, graph.ErrInvalid) {
				a.t.Errorf("%s: the error is %v, want graph.ErrInvalid", what, err)
			}
		}
	}
}

func testCancelled(a *asker) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	late, cancelLate := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancelLate()
	for _, c := range a.smallCalls() {
		for _, empty := range []bool{false, true} {
			if empty {
				c.IDs, c.Refs = nil, nil
			}
			if _, err := c.run(cancelled, a.r, &answer{}); !errors.Is(err, context.Canceled) {
				a.t.Errorf("%s in a cancelled context: the error is %v, want %v", describe(c), err, context.Canceled)
			}
			if _, err := c.run(late, a.r, &answer{}); !errors.Is(err, context.DeadlineExceeded) {
				a.t.Errorf("%s after the deadline: the error is %v, want %v", describe(c), err, context.DeadlineExceeded)
			}
		}
	}
}

// testBatches tests that a batch answers the same whatever it held, and that
// no refs make no rows.
func testBatches(a *asker) {
	var reused answer
	for range 2 {
		for _, c := range a.smallCalls() {
			before, err := c.run(context.Background(), a.r, &reused)
			a.ok(err)
			fresh, err := c.run(context.Background(), a.r, &answer{})
			a.ok(err)
			a.same(describe(c)+" in a batch that was used before", before, fresh)
			if d := diff(fresh, emptyOf(c.Method)); d == "" {
				a.t.Errorf("%s: the answer is empty", describe(c))
			}
			if c.Method == "List" {
				continue
			}
			none := c
			none.IDs, none.Refs = nil, nil
			got, err := none.run(context.Background(), a.r, &reused)
			a.ok(err)
			a.same(c.Method+" of no refs", got, emptyOf(c.Method))
			_, err = c.run(context.Background(), a.r, &reused)
			a.ok(err)
		}
	}
}

func emptyOf(method string) any {
	switch method {
	case "Resolve":
		return &graph.Resolution{}
	case "Concepts":
		return &graph.ConceptBatch{}
	case "Statements":
		return &graph.StatementBatch{}
	case "Sources":
		return &graph.SourceBatch{}
	case "Sections":
		return &graph.SectionBatch{}
	case "List":
		return &graph.RefList{}
	case "Links":
		return &graph.LinkBatch{}
	default:
		return &graph.PropertyBatch{}
	}
}

// testConcurrent asks from several goroutines at once, for the race detector
// above all.
func testConcurrent(a *asker) {
	calls := a.smallCalls()
	wanted := make([]any, len(calls))
	for i := range calls {
		var err error
		wanted[i], err = calls[i].run(context.Background(), a.r, &answer{})
		a.ok(err)
	}
	var wg sync.WaitGroup
	for first := range 4 {
		wg.Go(func() {
			var batches answer
			for i := range 5 * len(calls) {
				at := (first + i) % len(calls)
				got, err := calls[at].run(context.Background(), a.r, &batches)
				if err != nil {
					a.t.Errorf("%s beside other calls: %v", describe(calls[at]), err)
				} else {
					a.same(describe(calls[at])+" beside other calls", got, wanted[at])
				}
			}
		})
	}
	wg.Wait()
}

// testRandom puts random calls to random graphs and wants the answers of Naive.
func testRandom(t *testing.T, open func(*testing.T, *graph.Dataset) graph.Reader) {
	graphs, calls := uint64(40), 60
	if testing.Short() {
		graphs, calls = 10, 40
	}
	for seed := range graphs {
		size := 2 + int(seed)%4*6
		ds := Random(seed, size)
		r, judge := open(t, ds), NewNaive(ds)
		if got, want := r.Summary().Version, judge.Summary().Version; got != want {
			t.Errorf("Random(%d, %d): the version is %s, want %s: its content changed on the way", seed, size, got, want)
		}
		got, want := *r.Summary(), *judge.Summary()
		got.Version, got.Quads = want.Version, want.Quads
		if d := diff(got, want); d != "" {
			t.Errorf("Random(%d, %d): Summary%s", seed, size, d)
		}
		asking := newAsking(rand.New(rand.NewPCG(seed, 1)), ds, judge.Summary())
		var answers, wanted answer
		for range calls {
			c := asking.call()
			if d := c.compare(r, judge, &answers, &wanted); d != "" {
				t.Fatalf("Random(%d, %d): %s: %s", seed, size, describe(c), d)
			}
		}
	}
}
