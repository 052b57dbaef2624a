package walk_test

import (
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/walk"
)

// A statement whose object is a value is a sentence too, with its limits; one that was
// taken back says so first.
func TestExplainValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		predicate graph.ID
		record    graph.Qualifiers
		retracted string
		want      string
	}{
		{"kg:duration", graph.Qualifiers{Modality: graph.Asserted}, "", "Tic: duration “a week”."},
		{"kg:onset", graph.Qualifiers{Modality: graph.Possible, Population: "boys"}, "", "Tic might have onset: “a week” (for boys)."},
		{"schema:expectedPrognosis", graph.Qualifiers{Modality: graph.Asserted, Negated: true}, "", "Tic is stated not to have expected prognosis: “a week”."},
		{"kg:recurrence", graph.Qualifiers{Modality: graph.Discouraged}, "", "Tic has recurrence: “a week”, as something advised against."},
		{"kg:recurrence", graph.Qualifiers{Modality: graph.Possible}, "2026-01-02", "Retracted: Tic might have recurrence: “a week”."},
		{"kg:recurrence", graph.Qualifiers{}, "", "Tic is recorded to have recurrence: “a week”."},
	} {
		said := graph.Statement{Subject: "tic", Predicate: c.predicate, Value: graph.Value{Text: "a week"}, Source: "book"}
		said.Qualifiers, said.Retracted = c.record, c.retracted
		ds := &graph.Dataset{
			Prefixes: graph.NewPrefixes(nil), Sources: []graph.Source{{ID: "book", Kind: graph.DataSource}},
			Concepts:   []graph.Concept{{ID: "tic", Names: []graph.Text{{Text: "Tic"}}}},
			Statements: []graph.Statement{said},
		}
		if err := ds.Normalize(); err != nil {
			t.Fatal(err)
		}
		a := asker{t, graphtest.NewNaive(ds)}
		var one graph.Lists[graph.Ref]
		one.Items = append(one.Items, a.ref(string(ds.Statements[0].ID)))
		one.Close()
		sentences, err := walk.ExplainStatements(t.Context(), a.r, one)
		a.ok(err)
		a.same("sentence", sentences, c.want)
	}
}
