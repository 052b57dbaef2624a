package graphtest

import (
	"context"
	"errors"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// testTogether asks for what holds only of several concepts together. Concepts A
// to D are 1 to 4, statements 5 to 9: A, B → C; B, A → C, which is retracted; A, B,
// D → C; A has a value together with D; A → C alone.
func testTogether(t *testing.T, open func(*testing.T, *graph.Dataset) graph.Reader) {
	ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil), Sources: []graph.Source{{ID: "d", Kind: graph.DataSource, Name: "D"}}}
	for _, id := range []graph.ID{"a", "b", "c", "d-4"} {
		ds.Concepts = append(ds.Concepts, graph.Concept{ID: id, Types: []graph.ID{"schema:MedicalSign"}})
	}
	add := func(locator string, subject, object graph.ID, with ...graph.ID) *graph.Statement {
		s := graph.Statement{Subject: subject, Predicate: graph.PredicateMayIndicate, Object: object, Source: "d", Locator: locator, With: with}
		if object == "" {
			s.Predicate, s.Value = "kg:pattern", graph.Value{Text: "by turns"}
		}
		ds.Statements = append(ds.Statements, s)
		return &ds.Statements[len(ds.Statements)-1]
	}
	add("L1", "a", "c", "b")
	add("L2", "b", "c", "a").Retracted = "2026"
	add("L3", "a", "c", "b", "d-4")
	add("L4", "a", "", "d-4")
	add("L5", "a", "c")
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	r := open(t, ds)
	if sum := r.Summary(); sum.Combined != 4 || sum.Withdrawn != 1 {
		t.Errorf("%d statements hold of several concepts, and %d are withdrawn; want 4 and 1", sum.Combined, sum.Withdrawn)
	}
	got := graph.Lists[graph.Ref]{Start: []uint32{7}, Items: []graph.Ref{7}} // of before
	if err := r.Combinations(t.Context(), []graph.Ref{1, 2, 3, 4, 5, graph.NoRef, 2}, &got); err != nil {
		t.Fatal(err)
	}
	want := graph.Lists[graph.Ref]{Start: []uint32{0, 3, 5, 7, 9, 9, 9, 11}, Items: []graph.Ref{5, 7, 8, 5, 7, 5, 7, 7, 8, 5, 7}}
	if d := diff(&got, &want); d != "" {
		t.Errorf("Combinations%s", d)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, refs := range [][]graph.Ref{nil, {1}} {
		if err := r.Combinations(cancelled, refs, &got); !errors.Is(err, context.Canceled) {
			t.Errorf("Combinations of %v in a cancelled context: %v", refs, err)
		}
	}
	asks := &graph.Filter{Where: []graph.Criterion{{Qualifier: graph.QualifierWith}}}
	back := &graph.Filter{Where: []graph.Criterion{{Qualifier: graph.QualifierWithdrawn}}}
	for _, f := range []*graph.Filter{nil, back, asks} {
		var links graph.LinkBatch
		var values graph.PropertyBatch
		if err := errors.Join(
			r.Links(t.Context(), []graph.Ref{1, 2, 3, 4}, graph.LinkQuery{Direction: graph.Both, Filter: f}, &links),
			r.Properties(t.Context(), []graph.Ref{1}, graph.PropertyQuery{Filter: f}, &values),
		); err != nil {
			t.Fatal(err)
		}
		ends := 2 // of A → C
		if f == asks {
			ends = 0
		}
		if len(links.Other) != ends || len(values.Value) != 0 {
			t.Errorf("with the filter %v there are %d links and %d values; want %d links", f, len(links.Other), len(values.Value), ends)
		}
	}
}
