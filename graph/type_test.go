package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

var ownTypes = []graph.Type{
	{ID: "ex:Rare", SubClassOf: "ex:Chronic"},
	{ID: "ex:Chronic", SubClassOf: "schema:MedicalCondition"},
	{ID: "ex:Own"},
	{ID: "ex:Odd", SubClassOf: "ex:Even"},
	{ID: "ex:Even", SubClassOf: "ex:Odd"},
	{ID: "ex:Self", SubClassOf: "ex:Self"},
	{ID: "ex:IntoACircle", SubClassOf: "ex:Odd"},
	{ID: "ex:Far", SubClassOf: "ex:Undeclared"},
	{ID: "schema:Drug", SubClassOf: "schema:MedicalTest"}, // Plexus knows better
}

func TestSuperclasses(t *testing.T) {
	up := graph.SuperclassesOf(ownTypes)
	for class, want := range map[graph.ID]string{
		"ex:Rare":        "[ex:Chronic schema:MedicalCondition] Condition true",
		"ex:Own":         "[] OtherConcept false",
		"ex:Odd":         "[ex:Even] OtherConcept false",
		"ex:Self":        "[] OtherConcept false",
		"ex:IntoACircle": "[ex:Odd ex:Even] OtherConcept false",
		"ex:Far":         "[ex:Undeclared] OtherConcept false",
		"schema:Drug":    "[] Treatment true",
		"ex:Unheard":     "[] OtherConcept false",
	} {
		kind, known := up.KindOf(class)
		if got := fmt.Sprint(up.Of(class), " ", kind, " ", known); got != want {
			t.Errorf("%s: %s, want %s", class, got, want)
		}
	}
	for _, test := range [][2]string{ // the kind of the first class, and nothing twice
		{"ex:Rare", "schema:MedicalCondition ex:Rare ex:Chronic"},
		{"ex:Rare schema:MedicalSign", "schema:MedicalCondition ex:Rare ex:Chronic schema:MedicalSign"},
		{"schema:MedicalSign ex:Chronic ex:Rare", "schema:MedicalSign schema:MedicalCondition ex:Chronic ex:Rare"},
		{"ex:Odd", "ex:Odd ex:Even"},
		{"schema:Drug ex:Own", "schema:Drug ex:Own"},
		{"", ""},
	} {
		var classes []graph.ID
		for _, c := range strings.Fields(test[0]) {
			classes = append(classes, graph.ID(c))
		}
		all := up.Entail(slices.Clone(classes))
		if got := strings.Trim(fmt.Sprint(all), "[]"); got != test[1] {
			t.Errorf("Entail(%s) is %s, want %s", test[0], got, test[1])
		}
		if again := up.Entail(all); !slices.Equal(again, all) {
			t.Errorf("Entail(%s) is %s, and once more %s", test[0], all, again)
		}
	}
}

// Normalizing says what types entail, says it once, and counts it.
func TestNormalizeTypes(t *testing.T) {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(map[string]string{"ex": "https://example.org/"}),
		Types:    slices.Clone(ownTypes),
		Concepts: []graph.Concept{{ID: "a", Types: []graph.ID{"ex:Own", "ex:Rare"}}, {ID: "b", Types: []graph.ID{"ex:Unheard"}}},
	}
	version := ""
	for range 2 {
		if err := ds.Normalize(); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprintf("%v %v %v", ds.Concepts[0].Types, ds.Concepts[0].Kind(), ds.Concepts[0].Kinds()); got != "[ex:Own schema:MedicalCondition ex:Chronic ex:Rare] Condition [Condition]" {
			t.Errorf("the types and kinds of a are %s", got)
		}
		if version != "" && ds.Version() != version {
			t.Error("normalizing again changes the version")
		}
		version = ds.Version()
	}
	if first := ds.Types[0]; first.ID != "ex:Chronic" || first.Name != "Chronic" || first.IRI != "https://example.org/Chronic" {
		t.Errorf("the first type is %+v", first)
	}
	var counts []string
	for _, c := range ds.CountTypes() {
		if c.Concepts > 0 {
			counts = append(counts, fmt.Sprint(c.ID, " ", c.Kind, " ", c.Concepts))
		}
	}
	if got, want := strings.Join(counts, ", "), "ex:Chronic Condition 1, ex:Own OtherConcept 1, ex:Rare Condition 1, ex:Unheard OtherConcept 1, schema:MedicalCondition Condition 1"; got != want {
		t.Errorf("the types in use are %s, want %s", got, want)
	}
	for what, change := range map[string]func(*graph.Dataset){
		"a type twice":               func(d *graph.Dataset) { d.Types = append(d.Types, graph.Type{ID: "ex:Own"}) },
		"a type that is a concept":   func(d *graph.Dataset) { d.Types = append(d.Types, graph.Type{ID: "a"}) },
		"a predicate that is a type": func(d *graph.Dataset) { d.Predicates = []graph.Predicate{{ID: "ex:Own"}} },
	} {
		other := *ds
		other.Types = slices.Clone(ds.Types)
		change(&other)
		if err := other.Normalize(); err == nil {
			t.Errorf("%s is accepted", what)
		}
	}
}

// The class that stands for a kind makes it.
func TestClassOfKind(t *testing.T) {
	for _, k := range graph.Kinds() {
		if got := graph.KindOf(k.Class()); got != k || !slices.Contains(graph.Classes(), k.Class()) {
			t.Errorf("%s stands for %s and makes a %s", k.Class(), k, got)
		}
	}
}
