package resolvers_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// TestDone: a release is given back once for each time that it was given out,
// however the operation ends.
func TestDone(t *testing.T) {
	served := release(t, graphtest.NewNaive(graphtest.Small()))
	var out, back int
	served.Done = func() { back++ }
	e := resolvers.NewExecutor(resolvers.Config{
		Current:   func() resolvers.Release { out++; return served },
		RequestID: func(context.Context) string { return "" },
		Report:    func(_ context.Context, err error) { t.Error(err) },
	})
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		ctx   context.Context
		query string
		runs  bool
	}{
		{t.Context(), `{ a: dataset { version } concepts { nodes { id name } } b: dataset { version } }`, true},
		{t.Context(), `{ concept(id: "") { id } }`, true},
		{t.Context(), `{ __schema { queryType { name } } }`, true},
		{t.Context(), `{ nonsense }`, false},
		{t.Context(), `{`, false},
		{cancelled, `{ concepts { nodes { id name } } }`, true},
	} {
		before := out
		e.Execute(c.ctx, &graphql.RawParams{Query: c.query})
		if runs := out > before; runs != c.runs || out > before+1 || out != back {
			t.Errorf("%s: given out %d times, in all %d, given back %d", c.query, out-before, out, back)
		}
	}
}

// TestServing: what the server says of itself is told as it was when the
// operation began.
func TestServing(t *testing.T) {
	const query = `{ dataset { loadedAt lastReload { at ok version message } } }`
	at := time.Date(2026, 11, 23, 9, 5, 59, 999, time.FixedZone("", 3600))
	version, message := "v2", "the release is damaged"
	for _, c := range []struct {
		serving *model.Serving
		want    string
	}{
		{nil, `{"dataset":{"loadedAt":null,"lastReload":null}}`},
		{&model.Serving{Since: at}, `{"dataset":{"loadedAt":"2026-11-23T08:05:59Z","lastReload":null}}`},
		{
			&model.Serving{Since: at, LastReload: &model.Reload{At: at.Add(time.Hour), OK: true, Version: &version}},
			`{"dataset":{"loadedAt":"2026-11-23T08:05:59Z","lastReload":{"at":"2026-11-23T09:05:59Z","ok":true,"version":"v2","message":null}}}`,
		},
		{
			&model.Serving{Since: at, LastReload: &model.Reload{At: at, Message: &message}},
			`{"dataset":{"loadedAt":"2026-11-23T08:05:59Z","lastReload":{"at":"2026-11-23T08:05:59Z","ok":false,"version":null,"message":"the release is damaged"}}}`,
		},
	} {
		served := release(t, graphtest.NewNaive(graphtest.Small()))
		served.Serving = c.serving
		e := resolvers.NewExecutor(resolvers.Config{
			Current:   func() resolvers.Release { return served },
			RequestID: func(context.Context) string { return "" },
			Report:    func(_ context.Context, err error) { t.Error(err) },
		})
		response := e.Execute(t.Context(), &graphql.RawParams{Query: query})
		if len(response.Errors) > 0 || strings.TrimSpace(string(response.Data)) != c.want {
			t.Errorf("%s %v, want %s", response.Data, response.Errors, c.want)
		}
	}
}
