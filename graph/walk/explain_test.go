package walk_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/walk"
)

// TestExplain: what a link's statements say, and the clause that says no more.
func TestExplain(t *testing.T) {
	say := func(m graph.Modality, more ...func(*graph.Statement)) graph.Statement {
		s := graph.Statement{Subject: "cold", Predicate: graph.PredicateSignOrSymptom, Object: "cough", Source: "book"}
		s.Modality = m
		for _, f := range more {
			f(&s)
		}
		return s
	}
	is := func(p graph.ID) func(*graph.Statement) { return func(s *graph.Statement) { s.Predicate = p } }
	often := func(word string) func(*graph.Statement) { return func(s *graph.Statement) { s.Frequency = word } }
	denied := func(s *graph.Statement) { s.Negated = true }
	inferred := func(s *graph.Statement) { s.Source = "curator" }
	early := func(s *graph.Statement) { s.Stage = "early" }
	experts := func(s *graph.Statement) { s.Attribution = "experts" }
	children := func(s *graph.Statement) { s.Context, s.Timing, s.Laterality = "children", "at night", "left" }
	treatment := is(graph.PredicatePossibleTreatment)

	for _, c := range []struct {
		name       string
		statements []graph.Statement
		want, back string // from cold to cough, and from cough to cold
	}{
		{"asserted", []graph.Statement{say(graph.Asserted)}, "Cold has the sign or symptom cough.", "Cough is a sign or symptom of cold."},
		{"possible", []graph.Statement{say(graph.Possible)}, "Cold may possibly have the sign or symptom cough.", "Cough may possibly be a sign or symptom of cold."},
		{"suspected", []graph.Statement{say(graph.Suspected)}, "Cold is suspected to have the sign or symptom cough.", "Cough is suspected to be a sign or symptom of cold."},
		{"not stated", []graph.Statement{say(graph.ModalityNotStated)}, "Cold is recorded to have the sign or symptom cough.", "Cough is recorded to be a sign or symptom of cold."},
		{"an asserted cause is one of several", []graph.Statement{say(graph.Asserted, is(graph.PredicateCause))}, "Cold may be caused by cough.", "Cough may cause cold."},
		{"a recorded cause", []graph.Statement{say(graph.ModalityNotStated, is(graph.PredicateCause))}, "Cold is recorded as possibly caused by cough.", "Cough is recorded as a possible cause of cold."},
		{"recommended", []graph.Statement{say(graph.Recommended, treatment)}, "Cold has the recommended treatment cough.", "Cough is recommended as a treatment for cold."},
		{
			"recommended where the words have no place for it",
			[]graph.Statement{say(graph.Recommended)},
			"Cold is linked to cough by signOrSymptom, as a recommendation.", "Cold is linked to cough by signOrSymptom, as a recommendation.",
		},
		{
			"the weakest of three",
			[]graph.Statement{say(graph.Asserted), say(graph.Possible, experts), say(graph.Suspected, early)},
			"According to experts, cold may possibly have the sign or symptom cough.", "According to experts, cough may possibly be a sign or symptom of cold.",
		},
		{
			"of two equally firm, the one with limits",
			[]graph.Statement{say(graph.Asserted), say(graph.Asserted, early, children)},
			"In the stage “Early”, cold has the sign or symptom cough (timing: at night; context: children; laterality: left).",
			"In the stage “Early”, cough is a sign or symptom of cold (timing: at night; context: children; laterality: left).",
		},
		{"an adverb", []graph.Statement{say(graph.Asserted, often("often"))}, "Cold often has the sign or symptom cough.", "Cough is often a sign or symptom of cold."},
		{"a hedged adverb", []graph.Statement{say(graph.Suspected, often("rarely"))}, "Cold is suspected to rarely have the sign or symptom cough.", "Cough is suspected to rarely be a sign or symptom of cold."},
		{"a phrase of frequency", []graph.Statement{say(graph.Asserted, often("in rare cases"))}, "In rare cases, cold has the sign or symptom cough.", "In rare cases, cough is a sign or symptom of cold."},
		{"other words of frequency", []graph.Statement{say(graph.Asserted, often("one of the most common"))}, "Cold has the sign or symptom cough (“one of the most common”).", "Cough is a sign or symptom of cold (“one of the most common”)."},
		{
			"two frequencies",
			[]graph.Statement{say(graph.Asserted, often("often")), say(graph.Asserted, often("rarely"), early)},
			"In the stage “Early”, cold has the sign or symptom cough (“often” in 1 of 2 statements, “rarely” in 1 of 2 statements).",
			"In the stage “Early”, cough is a sign or symptom of cold (“often” in 1 of 2 statements, “rarely” in 1 of 2 statements).",
		},
		{
			"a frequency that not all state",
			[]graph.Statement{say(graph.Asserted, often("always")), say(graph.Asserted, early)},
			"In the stage “Early”, cold has the sign or symptom cough (“always” in 1 of 2 statements).",
			"In the stage “Early”, cough is a sign or symptom of cold (“always” in 1 of 2 statements).",
		},
		{
			"a frequency that the weakest does not state",
			[]graph.Statement{say(graph.Asserted, often("rarely")), say(graph.Suspected, early)},
			"In the stage “Early”, cold is suspected to have the sign or symptom cough (“rarely” in 1 of 2 statements).",
			"In the stage “Early”, cough is suspected to be a sign or symptom of cold (“rarely” in 1 of 2 statements).",
		},
		{"inferred", []graph.Statement{say(graph.Asserted, inferred)}, "Cold has the sign or symptom cough (inferred by a curator).", "Cough is a sign or symptom of cold (inferred by a curator)."},
		{
			"disputed",
			[]graph.Statement{say(graph.Asserted), say(graph.Asserted, denied), say(graph.Possible, denied, early)},
			"Cold has the sign or symptom cough (disputed: 2 of 3 statements deny it).", "Cough is a sign or symptom of cold (disputed: 2 of 3 statements deny it).",
		},
		{
			"advice that contradicts itself",
			[]graph.Statement{say(graph.Recommended, treatment), say(graph.Discouraged, treatment, early)},
			"In the stage “Early”, cold has the discouraged treatment cough (recommended by some).",
			"In the stage “Early”, cough is discouraged as a treatment for cold (recommended by some).",
		},
		{
			"advice against is never lost",
			[]graph.Statement{say(graph.Possible, treatment), say(graph.Discouraged, treatment, early)},
			"Cold may possibly be treated with cough (advised against by some).", "Cough may possibly be used to treat cold (advised against by some).",
		},
		{
			"two links",
			[]graph.Statement{say(graph.Asserted), say(graph.Possible, is(graph.PredicateCause))},
			"Cold may possibly be caused by cough, and cold has the sign or symptom cough.", "Cough may possibly cause cold, and cough is a sign or symptom of cold.",
		},
		{"a predicate of others", []graph.Statement{say(graph.ModalityNotStated, is("kg:nonIndication"))}, "Cold is linked to cough by nonIndication.", "Cold is linked to cough by nonIndication."},
		{"the same, possible", []graph.Statement{say(graph.Possible, is("kg:nonIndication"), often("often"))}, "Cold may possibly often be linked to cough by nonIndication.", "Cold may possibly often be linked to cough by nonIndication."},
	} {
		t.Run(c.name, func(t *testing.T) {
			ds := &graph.Dataset{
				Prefixes: graph.NewPrefixes(nil),
				Sources:  []graph.Source{{ID: "book", Kind: graph.DataSource}, {ID: "curator", Kind: graph.CuratorSource}},
				Concepts: []graph.Concept{
					{ID: "cold", Names: []graph.Text{{Text: "cold"}}},
					{ID: "cough", Names: []graph.Text{{Text: "cough"}}},
					{ID: "early", Names: []graph.Text{{Text: "Early"}}, Types: []graph.ID{"schema:MedicalConditionStage"}},
				},
				Statements: c.statements,
			}
			for i := range ds.Statements {
				ds.Statements[i].Key = string(rune('a' + i))
			}
			if err := ds.Normalize(); err != nil {
				t.Fatal(err)
			}
			a := asker{t, graphtest.NewNaive(ds)}
			for _, ask := range []struct{ from, to, want string }{{"cold", "cough", c.want}, {"cough", "cold", c.back}} {
				found, err := walk.Paths(t.Context(), a.r, walk.PathQuery{From: a.ref(ask.from), To: a.ref(ask.to)})
				a.ok(err)
				sentences, err := walk.Explain(t.Context(), a.r, found.Paths)
				a.ok(err)
				a.same(ask.from, sentences, ask.want)
			}
		})
	}
}

// TestExplainKeepsNames: a sentence does not change the name it begins with.
func TestExplainKeepsNames(t *testing.T) {
	for name, want := range map[string]string{
		"eGFR": "eGFR", "p53 mutation": "p53 mutation", "β-thalassaemia": "β-thalassaemia", "émile": "Émile", "cold": "Cold", "": "Bare", "I": "I",
	} {
		ds := &graph.Dataset{
			Prefixes: graph.NewPrefixes(nil), Sources: []graph.Source{{ID: "book", Kind: graph.DataSource}},
			Concepts:   []graph.Concept{{ID: "bare"}, {ID: "other"}},
			Statements: []graph.Statement{{Subject: "bare", Predicate: graph.PredicateRelated, Object: "other", Source: "book"}},
		}
		if name != "" {
			ds.Concepts[0].Names = []graph.Text{{Text: name}}
		}
		if err := ds.Normalize(); err != nil {
			t.Fatal(err)
		}
		a := asker{t, graphtest.NewNaive(ds)}
		found, err := walk.Paths(t.Context(), a.r, walk.PathQuery{From: a.ref("bare"), To: a.ref("other")})
		a.ok(err)
		sentences, err := walk.Explain(t.Context(), a.r, found.Paths)
		a.ok(err)
		a.same("sentence", sentences, want+" is recorded to be related to other.")
	}
}

// TestExplainHidesNothing: on random graphs, what is disputed, inferred or
// limited to a stage says so, and every concept is named.
func TestExplainHidesNothing(t *testing.T) {
	disputed := 0
	eachGraph(t, func(t *testing.T, b brute, _ *rand.Rand) {
		found, err := walk.Paths(t.Context(), b, walk.PathQuery{From: 1, To: 2, LongerBy: 1})
		if err != nil {
			t.Fatal(err)
		}
		sentences, err := walk.Explain(context.Background(), b, found.Paths)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range found.Paths {
			for _, ref := range p.Nodes {
				if name := b.ds.Concepts[ref-1].Name(); !strings.Contains(strings.ToLower(sentences[i]), strings.ToLower(name)) {
					t.Errorf("%q does not name %q", sentences[i], name)
				}
			}
			for _, s := range p.Steps {
				for _, l := range s.Links[:min(3, len(s.Links))] {
					denied, staged := 0, 0
					for _, ref := range l.Statements {
						if row := b.row(ref); row.Negated {
							denied++
						} else if row.Stage != "" {
							staged++
						}
					}
					if denied > 0 {
						disputed++
						if !strings.Contains(sentences[i], "disputed: ") {
							t.Errorf("%q does not say that it is disputed", sentences[i])
						}
					}
					if staged == len(l.Statements) && !strings.Contains(strings.ToLower(sentences[i]), "in the stage “") {
						t.Errorf("%q does not name the stage", sentences[i])
					}
				}
			}
		}
	})
	if disputed == 0 {
		t.Error("no step was disputed")
	}
}
