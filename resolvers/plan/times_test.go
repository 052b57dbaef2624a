package plan_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/seed"
)

// TestTimes: an operation tells which places of its answer it read, in order and
// how many things, without a gap between them.
func TestTimes(t *testing.T) {
	w := newWorld(t, article(t), 0)
	for query, want := range map[string]string{
		`query Walk { sick: concepts(first: 3) { nodes { name why: causes(first: 2) { edges { node { id } } } } } }`: `
			concepts of concepts: 3
			concepts.nodes of concepts: 3
			concepts.nodes.causes of concepts: 1
			concepts.nodes.causes.edges.node of concepts: 1
			(write): 9`,
		`{ symptom(id: "facial-twitching") { causes { nodes { tests { nodes { id } } } } } dataset { version } }`: `
			symptom of symptom: 1
			symptom.causes of symptom: 3
			symptom.causes.nodes of symptom: 3
			symptom.causes.nodes.tests of symptom: 4
			symptom.causes.nodes.tests.nodes of symptom: 4
			dataset of dataset: 0
			(write): 13`,
		`{ search(text: "palsy", first: 2) { nodes { id } } __schema { queryType { name } } }`: `
			search of search: 2
			search.nodes of search: 2
			(resolve): 0
			(write): 5`,
		`{ _entities(representations: []) { __typename ...on Condition { __typename causes { totalCount } } } concepts(first: 1) { nodes { id } } }`: `
			_entities of _entities: 0
			_entities.causes of _entities: 0
			_entities of _entities: 0
			concepts of concepts: 1
			concepts.nodes of concepts: 1
			(write): 2`,
		`{ concept(id: "") { id } }`: `
			concept of concept: 1
			(write): 0`,
	} {
		times := resolvers.Times{Began: time.Now()}
		for range 2 { // the second time into what is there
			ask(t, w.planned, query, &times)
			var told strings.Builder
			last := time.Duration(0)
			for _, l := range times.Levels {
				fmt.Fprintf(&told, "\n\t\t\t%s", l.Place)
				if l.Field != "" {
					fmt.Fprintf(&told, " of %s", l.Field)
				}
				fmt.Fprintf(&told, ": %d", l.Rows)
				if l.From < last || l.To < l.From || last > 0 && l.From != last {
					t.Errorf("%s: %s is from %v to %v, after %v", query, l.Place, l.From, l.To, last)
				}
				last = l.To
			}
			if told.String() != want {
				t.Errorf("%s:%s\nwant%s", query, told.String(), want)
			}
		}
	}

	times := resolvers.Times{Began: time.Now()}
	ask(t, w.resolved, `{ dataset { version } }`, &times)
	if len(times.Levels) != 1 || times.Levels[0].Place != "(resolve)" {
		t.Errorf("without a plan: %v", times.Levels)
	}
}

// TestTimesOfTheEnded: what ended an operation in the middle is told.
func TestTimesOfTheEnded(t *testing.T) {
	w := newWorld(t, article(t), 0)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	times := resolvers.Times{Began: time.Now()}
	operation, refused := w.planned.Parse(t.Context(), &graphql.RawParams{Query: `{ concepts { nodes { name } } }`})
	if refused != nil {
		t.Fatal(refused.Errors)
	}
	session := w.planned.Begin()
	defer session.End()
	session.Times = &times
	session.Answer(ctx, operation, func(*graphql.Response) {})
	if len(times.Levels) != 1 || times.Levels[0].Place != "concepts" {
		t.Errorf("%v", times.Levels)
	}
}

func ask(tb testing.TB, e *resolvers.Executor, query string, times *resolvers.Times) {
	tb.Helper()
	operation, refused := e.Parse(tb.Context(), &graphql.RawParams{Query: query})
	if refused != nil {
		tb.Fatal(refused.Errors)
	}
	session := e.Begin()
	defer session.End()
	session.Times = times
	session.Answer(tb.Context(), operation, func(*graphql.Response) {})
}

// BenchmarkTimes tells what it costs to note them.
func BenchmarkTimes(b *testing.B) {
	w := newWorld(b, article(b), 0)
	for name, times := range map[string]*resolvers.Times{"noted": {Began: time.Now()}, "not": nil} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ask(b, w.planned, `{ symptom(id: "facial-twitching") { causes { nodes { tests { nodes { id } } } } } }`, times)
			}
		})
	}
}

// article is the embedded seed.
func article(tb testing.TB) *graph.Dataset {
	tb.Helper()
	ds, _, err := seed.Read(tb.Context(), seed.EmbeddedPath)
	if err != nil {
		tb.Fatal(err)
	}
	return ds
}
