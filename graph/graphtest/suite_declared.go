package graphtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// testDataTypes asks for types that the data set itself declares: a concept is
// of the kind of what its type is a special case of, over any number of steps,
// and a type of nothing known is of no kind but hides none.
//
//	ex:Rare ──▶ ex:Chronic ──▶ schema:MedicalCondition      ex:Own (of nothing)
//	ex:Odd ──▶ ex:Even ──▶ ex:Odd (in a circle)             ex:Unused ──▶ schema:MedicalTest
//	schema:Drug ──▶ schema:MedicalTest (Plexus knows better)
func testDataTypes(t *testing.T, open func(*testing.T, *graph.Dataset) graph.Reader) {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(map[string]string{"ex": "https://example.org/"}),
		Types: []graph.Type{
			{ID: "ex:Rare", Name: "rare disease", Description: "One in 2,000 or fewer.", SubClassOf: "ex:Chronic"},
			{ID: "ex:Chronic", SubClassOf: "schema:MedicalCondition"},
			{ID: "ex:Own"},
			{ID: "ex:Odd", SubClassOf: "ex:Even"},
			{ID: "ex:Even", SubClassOf: "ex:Odd"},
			{ID: "ex:Unused", SubClassOf: "schema:MedicalTest"},
			{ID: "schema:Drug", SubClassOf: "schema:MedicalTest"},
		},
		Concepts: []graph.Concept{
			{ID: "a", Names: english("A"), Types: []graph.ID{"ex:Rare"}},
			{ID: "b", Names: english("B"), Types: []graph.ID{"ex:Own"}},
			{ID: "c", Names: english("C"), Types: []graph.ID{"ex:Own", "ex:Rare", "schema:MedicalSign"}},
			{ID: "d", Names: english("D"), Types: []graph.ID{"schema:MedicalSign", "ex:Chronic"}},
			{ID: "e", Names: english("E"), Types: []graph.ID{"ex:Odd"}},
			{ID: "f", Names: english("F"), Types: []graph.ID{"schema:Drug"}},
		},
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	r := open(t, ds)
	ctx := context.Background()
	words := func(list any) string { return strings.Trim(fmt.Sprint(list), "[]") }
	var got graph.ConceptBatch
	if err := r.Concepts(ctx, []graph.Ref{1, 2, 3, 4, 5, 6}, graph.ConceptTypes|graph.ConceptKind, &got); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{
		"Condition: schema:MedicalCondition ex:Chronic ex:Rare",
		"OtherConcept: ex:Own",
		"Condition Symptom: ex:Own schema:MedicalCondition schema:MedicalSign ex:Chronic ex:Rare",
		"Symptom Condition: schema:MedicalSign schema:MedicalCondition ex:Chronic",
		"OtherConcept: ex:Odd ex:Even",
		"Treatment: schema:Drug",
	} {
		types := got.Types.At(i)
		kinds := graph.KindsOf(nil, types)
		if said := words(kinds) + ": " + words(types); said != want || got.Kind[i] != kinds[0] {
			t.Errorf("concept %d is %s, %s, want %s", i+1, got.Kind[i], said, want)
		}
	}
	var listed graph.RefList
	for kind, want := range map[graph.Kind][]graph.Ref{graph.Condition: {1, 3, 4}, graph.OtherConcept: {2, 5}, graph.Test: {}} {
		if err := r.List(ctx, graph.ConceptQuery{Kinds: []graph.Kind{kind}}, &listed); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(listed.Refs, want) {
			t.Errorf("List of kind %s is %d, want %d", kind, listed.Refs, want)
		}
	}
	var types []string
	for _, c := range r.Summary().Types {
		types = append(types, strings.Repeat("+", c.Concepts)+string(c.ID)+" "+c.Kind.String())
		declared := slices.IndexFunc(ds.Types, func(t graph.Type) bool { return t.ID == c.ID })
		want := graph.DescribeType(c.ID, ds.Prefixes)
		if declared >= 0 {
			want = ds.Types[declared]
		}
		if d := diff(c.Type, want); d != "" {
			t.Errorf("the type %s%s", c.ID, d)
		}
	}
	if d := diff(types, []string{
		"+++ex:Chronic Condition", "+ex:Even OtherConcept", "+ex:Odd OtherConcept", "++ex:Own OtherConcept", "++ex:Rare Condition",
		"ex:Unused Test", "+schema:Drug Treatment", "+++schema:MedicalCondition Condition", "++schema:MedicalSign Symptom",
	}); d != "" {
		t.Errorf("Summary().Types%s", d)
	}
}
