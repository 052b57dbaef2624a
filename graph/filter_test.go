package graph_test

import (
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

func ptr[T any](v T) *T { return &v }

func in[T comparable](values ...T) *graph.OneOf[T] { return &graph.OneOf[T]{In: values} }

func TestFilterMatch(t *testing.T) {
	full := graph.FilterRow{
		Modality: graph.Possible, Negated: true, Frequency: "often", Timing: "later", Context: "children", Laterality: "left",
		Strength: "strong", Attribution: "experts", Evidence: "ECO:1", Stage: 3, Source: 7, Section: 5,
	}
	no, yes := &graph.Filter{Strength: in("weak")}, &graph.Filter{Strength: in("strong")}
	for _, test := range []struct {
		what        string
		f           *graph.Filter
		full, empty bool // whether it lets the full row pass, and one of which nothing is stated
	}{
		{"no filter", nil, true, true},
		{"the zero filter", &graph.Filter{}, true, true},
		{"modality", &graph.Filter{Modality: in(graph.Asserted, graph.Possible)}, true, false},
		{"another modality", &graph.Filter{Modality: in(graph.Asserted)}, false, false},
		{"negated", &graph.Filter{Negated: ptr(true)}, true, false},
		{"not negated", &graph.Filter{Negated: ptr(false)}, false, true},
		{"frequency", &graph.Filter{Frequency: in("often")}, true, false},
		{"stage", &graph.Filter{Stage: in[graph.Ref](3)}, true, false},
		{"timing", &graph.Filter{Timing: in("later")}, true, false},
		{"context", &graph.Filter{Context: in("children")}, true, false},
		{"laterality", &graph.Filter{Laterality: in("left")}, true, false},
		{"strength", yes, true, false},
		{"attribution", &graph.Filter{Attribution: in("experts")}, true, false},
		{"evidence", &graph.Filter{Evidence: in("ECO:1")}, true, false},
		{"source", &graph.Filter{Source: in[graph.Ref](7)}, true, false},
		{"section", &graph.Filter{Section: in[graph.Ref](5)}, true, false},
		{"stated", &graph.Filter{Timing: &graph.OneOf[string]{Stated: ptr(true)}}, true, false},
		{"not stated", &graph.Filter{Timing: &graph.OneOf[string]{Stated: ptr(false)}}, false, true},
		{"not stated, as a value", &graph.Filter{Timing: in("")}, false, true},
		{"none of no values", &graph.Filter{Timing: &graph.OneOf[string]{In: []string{}}}, false, false},
		{"a condition that asks nothing", &graph.Filter{Timing: &graph.OneOf[string]{}}, true, true},
		{"all of two", &graph.Filter{Timing: in("later"), Context: in("adults")}, false, false},
		{"and", &graph.Filter{And: []graph.Filter{*yes, *no}}, false, false},
		{"an empty and", &graph.Filter{And: []graph.Filter{}}, true, true},
		{"or", &graph.Filter{Or: []graph.Filter{*no, *yes}}, true, false},
		{"an empty or", &graph.Filter{Or: []graph.Filter{}}, false, false},
		{"not", &graph.Filter{Not: yes}, false, true},
		{"not not", &graph.Filter{Not: &graph.Filter{Not: yes}}, true, false},
	} {
		if got := test.f.Match(&full); got != test.full {
			t.Errorf("%s: Match of a full row is %v", test.what, got)
		}
		if got := test.f.Match(&graph.FilterRow{}); got != test.empty {
			t.Errorf("%s: Match of an empty row is %v", test.what, got)
		}
	}
}

func TestAsksNegated(t *testing.T) {
	asks := graph.Filter{Negated: ptr(false)}
	for _, f := range []*graph.Filter{
		&asks, {And: []graph.Filter{{}, asks}}, {Or: []graph.Filter{{}, asks}}, {Not: &asks}, {Not: &graph.Filter{Or: []graph.Filter{asks}}},
	} {
		if !f.AsksNegated() {
			t.Errorf("%+v does not ask", f)
		}
	}
	for _, f := range []*graph.Filter{nil, {}, {And: []graph.Filter{{}}, Or: []graph.Filter{{}}, Not: &graph.Filter{}}} {
		if f.AsksNegated() {
			t.Errorf("%+v asks", f)
		}
	}
}

func TestConceptFilterMatch(t *testing.T) {
	row := graph.ConceptRow{Kinds: []graph.Kind{graph.Condition, graph.Cause}, Sources: []graph.Ref{8, 9}}
	for _, test := range []struct {
		what string
		f    *graph.ConceptFilter
		want bool
	}{
		{"no filter", nil, true},
		{"the zero filter", &graph.ConceptFilter{}, true},
		{"a kind", &graph.ConceptFilter{Kinds: []graph.Kind{graph.Test, graph.Cause}}, true},
		{"another kind", &graph.ConceptFilter{Kinds: []graph.Kind{graph.Test}}, false},
		{"no kind", &graph.ConceptFilter{Kinds: []graph.Kind{}}, false},
		{"a source", &graph.ConceptFilter{Sources: []graph.Ref{9}}, true},
		{"a section", &graph.ConceptFilter{Sections: []graph.Ref{9}}, false},
		{"and", &graph.ConceptFilter{And: []graph.ConceptFilter{{}, {Sections: []graph.Ref{9}}}}, false},
		{"or", &graph.ConceptFilter{Or: []graph.ConceptFilter{{Sections: []graph.Ref{9}}, {}}}, true},
		{"an empty or", &graph.ConceptFilter{Or: []graph.ConceptFilter{}}, false},
		{"not", &graph.ConceptFilter{Not: &graph.ConceptFilter{Sources: []graph.Ref{1}}}, true},
	} {
		if got := test.f.Match(&row); got != test.want {
			t.Errorf("%s: %v", test.what, got)
		}
	}
}
