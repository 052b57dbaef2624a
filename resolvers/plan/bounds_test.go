package plan_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers"
)

// lateContext is done once it was asked so many times.
type lateContext struct {
	context.Context
	asked, until int
}

func (c *lateContext) Err() error {
	if c.asked++; c.asked > c.until {
		return context.Canceled
	}
	return nil
}

func (c *lateContext) Done() <-chan struct{} { return nil }

func (c *lateContext) Deadline() (time.Time, bool) { return time.Time{}, false }

// TestCancelled: a plan ends soon after nobody waits for it any more, wherever
// it is: between two looks at the context lie at most 512 objects.
func TestCancelled(t *testing.T) {
	w := newWorld(t, sheet(t), 0)
	params := &graphql.RawParams{Query: sheetQuery}
	operation, refused := w.planned.Parse(t.Context(), params)
	if refused != nil {
		t.Fatal(refused.Errors)
	}
	whole := &lateContext{Context: t.Context(), until: 1 << 30}
	if r := w.planned.Run(whole, operation); len(r.Errors) > 0 {
		t.Fatal(r.Errors)
	}
	if objects := 10_000; whole.asked < objects/512 {
		t.Errorf("the context was asked %d times for %d objects", whole.asked, objects)
	}
	for until := range whole.asked {
		late := &lateContext{Context: t.Context(), until: until}
		r := w.planned.Run(late, operation)
		if len(r.Errors) != 1 || r.Data != nil || !strings.Contains(r.Errors[0].Message, "ended before") {
			t.Fatalf("cancelled after %d looks: %v, %d bytes", until, r.Errors, len(r.Data))
		}
		if late.asked > until+10 {
			t.Errorf("cancelled after %d looks, it went on for %d more", until, late.asked-until)
		}
	}
	if r := w.planned.Run(t.Context(), operation); len(r.Errors) > 0 {
		t.Errorf("after all that: %v", r.Errors)
	}
}

// TestTooLarge: an answer that grows beyond what answers may hold is refused,
// whatever its pages promised, and the next one is not.
func TestTooLarge(t *testing.T) {
	w := newWorld(t, sheet(t), 0)
	answer := func(times int) *graphql.Response {
		var fields strings.Builder
		for i := range times { // each holds 10,000 links and 10,000 concepts
			fmt.Fprintf(&fields, "a%d: signsAndSymptoms(first: 100) { nodes { kind } } ", i)
		}
		return w.planned.Execute(t.Context(), &graphql.RawParams{Query: "{ conditions(first: 100) { nodes { " + fields.String() + "} } }"})
	}
	if r := answer(60); len(r.Errors) != 1 || r.Data != nil || r.Errors[0].Extensions["code"] != "LIMIT_EXCEEDED" {
		t.Errorf("%v, %d bytes", r.Errors, len(r.Data))
	}
	if r := answer(40); len(r.Errors) > 0 {
		t.Errorf("%v", r.Errors)
	}
}

// broken is a Reader of which one method fails.
type broken struct {
	graph.Reader
	links, statements error
}

func (b *broken) Links(ctx context.Context, refs []graph.Ref, q graph.LinkQuery, out *graph.LinkBatch) error {
	if b.links != nil {
		return b.links
	}
	return b.Reader.Links(ctx, refs, q, out)
}

func (b *broken) Statements(ctx context.Context, refs []graph.Ref, fields graph.StatementFields, out *graph.StatementBatch) error {
	if b.statements != nil {
		return b.statements
	}
	return b.Reader.Statements(ctx, refs, fields, out)
}

// TestBrokenStore: an error of the store is an internal error of the fields that
// asked for it, on both ways the same, and nothing of its words is shown.
func TestBrokenStore(t *testing.T) {
	w := newWorld(t, dataset(t, 9), 0)
	reader := w.release.Reader
	failure := errors.New("disk on fire")
	for _, b := range []*broken{{reader, failure, nil}, {reader, nil, failure}} {
		served := w.release
		served.Reader = b
		var reported [2]int
		answer := func(unplanned bool) string {
			way := 0
			if unplanned {
				way = 1
			}
			var lock sync.Mutex
			e := resolvers.NewExecutor(resolvers.Config{
				Current:   func() resolvers.Release { return served },
				RequestID: func(context.Context) string { return "r1" },
				Report: func(_ context.Context, err error) {
					lock.Lock()
					defer lock.Unlock()
					reported[way]++
					if !errors.Is(err, failure) {
						t.Errorf("reported: %v", err)
					}
				},
				Unplanned: unplanned,
			})
			return string(text(t, e.Execute(t.Context(), &graphql.RawParams{
				Query: `{ a: concept(id: "bells-palsy") { name causeOf { totalCount edges { statements { id } } } } symptoms(first: 3) { nodes { name } } }`,
			})))
		}
		planned, resolved := answer(false), answer(true)
		if planned != resolved || strings.Contains(planned, "fire") || !strings.Contains(planned, "internal error; request r1") {
			t.Errorf("planned %s\nresolved %s", planned, resolved)
		}
		if reported[0] == 0 || reported[0] != reported[1] {
			t.Errorf("reported %d times planned, %d times resolved", reported[0], reported[1])
		}
	}
}

// TestAtTheSameTime: runs of one plan do not meet.
func TestAtTheSameTime(t *testing.T) {
	w := newWorld(t, dataset(t, 9), 0)
	const query = `query($id: ID!, $all: Boolean!) { concept(id: $id) { name links(first: 100) { edges { cursor node { id name @include(if: $all) } statements { id } } } } }`
	var all sync.WaitGroup
	for _, id := range []string{"bells-palsy", "facial-twitching", "eeg", "mri"} {
		for _, whole := range []bool{true, false} {
			params := func() *graphql.RawParams {
				return &graphql.RawParams{Query: query, Variables: map[string]any{"id": id, "all": whole}}
			}
			want := string(w.resolved.Execute(t.Context(), params()).Data)
			all.Go(func() {
				for range 50 {
					if got := string(w.planned.Execute(t.Context(), params()).Data); got != want {
						t.Errorf("%s, %t: %s\nwant %s", id, whole, got, want)
						return
					}
				}
			})
		}
	}
	all.Wait()
}
