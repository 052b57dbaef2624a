package graph_test

import (
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

func ptr[T any](v T) *T { return &v }

func on(q graph.Qualifier, c graph.Criterion) graph.Criterion {
	c.Qualifier = q
	return c
}

func where(all ...graph.Criterion) graph.Filter { return graph.Filter{Where: all} }

func in(texts ...string) graph.Criterion { return graph.Criterion{Texts: texts} }

func these(refs ...graph.Ref) graph.Criterion { return graph.Criterion{Refs: refs} }

func words(words ...graph.Modality) (c graph.Criterion) {
	for _, w := range words {
		c.Words = append(c.Words, uint8(w))
	}
	return c
}

func stated(yes bool) graph.Criterion { return graph.Criterion{Stated: &yes} }

func TestFilterMatch(t *testing.T) {
	full := graph.StatementRow{
		Statement: &graph.Statement{
			Qualifiers: graph.Qualifiers{
				Modality: graph.Possible, Negated: true, Frequency: "often", FrequencyValue: ptr(0.5), Timing: "later", Context: "children",
				Laterality: "left", Strength: "strong", Attribution: "experts", Stage: "third",
			},
			EvidenceCode: "ECO:1", Source: "seventh", Section: "fifth",
		},
		Refs: map[graph.ID]graph.Ref{"third": 3, "fifth": 5, "seventh": 7},
	}
	no, yes := ptr(where(on(graph.QualifierStrength, in("weak")))), ptr(where(on(graph.QualifierStrength, in("strong"))))
	for _, test := range []struct {
		what        string
		f           *graph.Filter
		full, empty bool // whether it lets the full row pass, and one of which nothing is stated
	}{
		{"no filter", nil, true, true},
		{"the zero filter", &graph.Filter{}, true, true},
		{"modality", ptr(where(on(graph.QualifierModality, words(graph.Asserted, graph.Possible)))), true, false},
		{"another modality", ptr(where(on(graph.QualifierModality, words(graph.Asserted)))), false, false},
		{"negated", ptr(where(graph.Denied(true))), true, false},
		{"not negated", ptr(where(graph.Denied(false))), false, true},
		{"frequency", ptr(where(on(graph.QualifierFrequency, in("often")))), true, false},
		{"stage", ptr(where(on(graph.QualifierStage, these(3)))), true, false},
		{"timing", ptr(where(on(graph.QualifierTiming, in("later")))), true, false},
		{"context", ptr(where(on(graph.QualifierContext, in("children")))), true, false},
		{"laterality", ptr(where(on(graph.QualifierLaterality, in("left")))), true, false},
		{"strength", yes, true, false},
		{"attribution", ptr(where(on(graph.QualifierAttribution, in("experts")))), true, false},
		{"evidence", ptr(where(on(graph.QualifierEvidenceCode, in("ECO:1")))), true, false},
		{"source", ptr(where(on(graph.QualifierSource, these(7)))), true, false},
		{"section", ptr(where(on(graph.QualifierSection, these(5)))), true, false},
		{"stated", ptr(where(on(graph.QualifierTiming, stated(true)))), true, false},
		{"not stated", ptr(where(on(graph.QualifierTiming, stated(false)))), false, true},
		{"not stated, as a value", ptr(where(on(graph.QualifierTiming, in("")))), false, true},
		{"none of no values", ptr(where(on(graph.QualifierTiming, graph.Criterion{Texts: []string{}}))), false, false},
		{"a condition that asks nothing", ptr(where(on(graph.QualifierTiming, graph.Criterion{}))), true, true},
		{"a number", ptr(where(on(graph.QualifierFrequencyValue, stated(true)))), true, false},
		{"no number", ptr(where(on(graph.QualifierFrequencyValue, stated(false)))), false, true},
		{"all of two", ptr(where(on(graph.QualifierTiming, in("later")), on(graph.QualifierContext, in("adults")))), false, false},
		{"and", &graph.Filter{And: []graph.Filter{*yes, *no}}, false, false},
		{"an empty and", &graph.Filter{And: []graph.Filter{}}, true, true},
		{"or", &graph.Filter{Or: []graph.Filter{*no, *yes}}, true, false},
		{"an empty or", &graph.Filter{Or: []graph.Filter{}}, false, false},
		{"not", &graph.Filter{Not: yes}, false, true},
		{"not not", &graph.Filter{Not: &graph.Filter{Not: yes}}, true, false},
	} {
		if got := test.f.Match(full); got != test.full {
			t.Errorf("%s: Match of a full row is %v", test.what, got)
		}
		if got := test.f.Match(graph.StatementRow{Statement: &graph.Statement{}}); got != test.empty {
			t.Errorf("%s: Match of an empty row is %v", test.what, got)
		}
	}
}

func TestAsksNegated(t *testing.T) {
	asks := where(graph.Denied(false))
	for _, f := range []*graph.Filter{
		&asks, {And: []graph.Filter{{}, asks}}, {Or: []graph.Filter{{}, asks}}, {Not: &asks}, {Not: &graph.Filter{Or: []graph.Filter{asks}}},
	} {
		if !f.Asks(graph.QualifierNegated) {
			t.Errorf("%+v does not ask", f)
		}
	}
	for _, f := range []*graph.Filter{nil, {}, {And: []graph.Filter{{}}, Or: []graph.Filter{{}}, Not: &graph.Filter{}}} {
		if f.Asks(graph.QualifierNegated) {
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
