package graph_test

import (
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// TestSuperseded: what takes the place of a statement must itself stand: a
// fraudulent study that supersedes a caution does not take the caution away.
func TestSuperseded(t *testing.T) {
	d := &graph.Dataset{Prefixes: graph.NewPrefixes(nil)}
	d.Sources = []graph.Source{
		{ID: "leaflet", Kind: graph.DataSource, Name: "Leaflet"},
		{ID: "fraud", Kind: graph.DataSource, Name: "Fraud", Status: graph.StatusRetracted},
	}
	d.Concepts = []graph.Concept{{ID: "drug"}, {ID: "disease"}}
	add := func(id, source, retracted graph.ID, supersedes ...graph.ID) {
		d.Statements = append(d.Statements, graph.Statement{
			ID: id, Subject: "drug", Predicate: graph.PredicateAdvisedAgainstIn, Object: "disease", Source: source,
			Retracted: string(retracted), Supersedes: supersedes,
		})
	}
	add("kept-a", "leaflet", "")
	add("by-fraud", "fraud", "", "kept-a")
	add("kept-b", "leaflet", "")
	add("taken-back", "leaflet", "2026-11", "kept-b")
	add("replaced", "leaflet", "")
	add("between", "leaflet", "", "replaced")
	add("newest", "leaflet", "", "between")
	if err := d.Normalize(); err != nil {
		t.Fatal(err)
	}
	want := map[graph.ID]graph.Withdrawn{
		"kept-a": graph.NotWithdrawn, "by-fraud": graph.WithdrawnSourceRetracted,
		"kept-b": graph.NotWithdrawn, "taken-back": graph.WithdrawnRetracted,
		"replaced": graph.WithdrawnSuperseded, "between": graph.WithdrawnSuperseded, "newest": graph.NotWithdrawn,
	}
	for i := range d.Statements {
		if s := &d.Statements[i]; s.Withdrawn != want[s.ID] {
			t.Errorf("%s is withdrawn for %d, want %d", s.ID, s.Withdrawn, want[s.ID])
		}
	}
}
