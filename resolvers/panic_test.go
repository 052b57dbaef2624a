package resolvers_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
)

// panicking is a Reader that panics when it is asked for statements.
type panicking struct{ graph.Reader }

func (panicking) Statements(context.Context, []graph.Ref, graph.StatementFields, *graph.StatementBatch) error {
	panic("*store.Store broke")
}

type requestKey struct{}

// TestPanic: a panic is an internal error of its own request, which carries the
// id of that request and nothing of the cause. The cause is reported, and others
// are answered at the same time and afterwards, whichever way operations run.
func TestPanic(t *testing.T) {
	for name, unplanned := range map[string]bool{"planned": false, "resolved": true} {
		t.Run(name, func(t *testing.T) {
			served := release(t, graphtest.NewNaive(graphtest.Small()))
			served.Reader = panicking{served.Reader}
			var lock sync.Mutex
			var held int
			causes := map[string]string{}
			served.Done = func() { lock.Lock(); held--; lock.Unlock() }
			e := resolvers.NewExecutor(resolvers.Config{
				Current:   func() resolvers.Release { lock.Lock(); held++; lock.Unlock(); return served },
				RequestID: func(ctx context.Context) string { id, _ := ctx.Value(requestKey{}).(string); return id },
				Report: func(ctx context.Context, err error) {
					lock.Lock()
					causes[ctx.Value(requestKey{}).(string)] = err.Error()
					lock.Unlock()
				},
				Unplanned: unplanned,
			})
			ask := func(id, query string) *graphql.Response {
				return e.Execute(context.WithValue(t.Context(), requestKey{}, id), &graphql.RawParams{Query: query})
			}
			var all sync.WaitGroup
			for range 20 {
				all.Go(func() {
					if r := ask("whole", `{ concepts { nodes { id } } }`); len(r.Errors) > 0 || !strings.HasPrefix(string(r.Data), `{"concepts":{"nodes":[{"id":`) {
						t.Errorf("another request: %s %v", r.Data, r.Errors)
					}
				})
				all.Go(func() {
					r := ask("struck", `{ concepts { nodes { links { edges { statements { modality } } } } } }`)
					if len(r.Errors) == 0 {
						t.Errorf("no error: %s", r.Data)
					}
					for _, err := range r.Errors {
						if err.Message != "internal error; request struck" || err.Extensions["code"] != "INTERNAL" {
							t.Errorf("%v %v", err, err.Extensions)
						}
					}
				})
			}
			all.Wait()
			if cause := causes["struck"]; !strings.Contains(cause, "panic: *store.Store broke") || !strings.Contains(cause, "panic_test.go") || len(causes) != 1 {
				t.Errorf("reported: %v", causes)
			}
			if held != 0 {
				t.Errorf("the release is held %d times", held)
			}
		})
	}
}
