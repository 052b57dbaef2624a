package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// combination is a data set with one statement of several concepts together.
func combination(with ...graph.ID) *graph.Dataset {
	d := &graph.Dataset{Prefixes: graph.NewPrefixes(nil), Sources: []graph.Source{{ID: "d", Kind: graph.DataSource, Name: "D"}}}
	for _, id := range []graph.ID{"fever", "neck", "rash", "meningitis"} {
		d.Concepts = append(d.Concepts, graph.Concept{ID: id, Types: []graph.ID{"schema:MedicalSign"}})
	}
	d.Statements = []graph.Statement{{Subject: "fever", Predicate: graph.PredicateMayIndicate, Object: "meningitis", Source: "d", With: with}}
	return d
}

// The id of a statement covers with where it has any, whatever the order, and a
// statement of one concept has the id that it always had.
func TestWithIsPartOfTheID(t *testing.T) {
	ids := map[string]graph.ID{}
	for name, with := range map[string][]graph.ID{
		"none": nil, "neck": {"neck"}, "rash": {"rash"}, "neck, rash": {"neck", "rash"}, "rash, neck": {"rash", "neck"},
	} {
		d := combination(with...)
		if err := d.Normalize(); err != nil {
			t.Fatal(err)
		}
		ids[name] = d.Statements[0].ID
	}
	if ids["neck, rash"] != ids["rash, neck"] {
		t.Errorf("the order of with makes another id: %v", ids)
	}
	delete(ids, "rash, neck")
	seen := map[graph.ID]bool{}
	for _, id := range ids {
		seen[id] = true
	}
	if len(seen) != len(ids) {
		t.Errorf("different claims share an id: %v", ids)
	}
	if ids["none"] != "st-l5ui3ygdawq6llvq" {
		t.Errorf("the id of a statement of one concept is %s", ids["none"])
	}
}

func TestWithNamesOtherConcepts(t *testing.T) {
	for with, wants := range map[graph.ID]string{
		"fever": "its subject or its object", "meningitis": "its subject or its object", "nobody": "no concept", "d": "no concept",
	} {
		if err := combination(with).Normalize(); err == nil || !strings.Contains(err.Error(), wants) {
			t.Errorf("with %s: the error is %v", with, err)
		}
	}
}

func TestTogether(t *testing.T) {
	d := combination("rash", "neck")
	if err := d.Normalize(); err != nil {
		t.Fatal(err)
	}
	s := &d.Statements[0]
	if got := s.Together(); !slices.Equal(got, []graph.ID{"fever", "neck", "rash"}) {
		t.Errorf("it holds of %v together", got)
	}
	if got := slices.Collect(s.Concepts()); !slices.Equal(got, []graph.ID{"fever", "meningitis", "neck", "rash"}) {
		t.Errorf("it names %v", got)
	}
	if s.Counts() || graph.NewClaims(d).Own(s) != (graph.Claimed{}) {
		t.Error("it counts as a claim of its subject")
	}
	alone := &combination().Statements[0]
	if alone.Together() != nil || !alone.Counts() {
		t.Error("a statement of one concept holds of several, or does not count")
	}
	refs := map[graph.ID]graph.Ref{"fever": 1, "meningitis": 2, "neck": 3, "rash": 4}
	asks := func(members ...graph.Ref) *graph.Filter {
		return &graph.Filter{Where: []graph.Criterion{{Qualifier: graph.QualifierWith, Refs: members}}}
	}
	for _, c := range []struct {
		filter *graph.Filter
		passes bool
	}{{asks(), true}, {asks(3), true}, {asks(4, 1, 3), true}, {asks(2), false}, {asks(3, 5), false}} {
		if got := c.filter.Match(graph.StatementRow{Statement: s, Refs: refs}); got != c.passes {
			t.Errorf("a filter for %v together passes: %v", c.filter.Where[0].Refs, got)
		}
		if c.filter.Match(graph.StatementRow{Statement: alone, Refs: refs}) {
			t.Error("a statement of one concept passes a filter for several together")
		}
	}
}
