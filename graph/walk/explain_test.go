package walk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
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
	group := func(n string) func(*graph.Statement) { return func(s *graph.Statement) { s.Population = n } }
	children := func(s *graph.Statement) { s.Context, s.Timing, s.Laterality = "children", "at night", "left" }
	treatment := is(graph.PredicatePossibleTreatment)

	for _, c := range []struct {
		name       string
		statements []graph.Statement
		want, back string // from cold to cough, and from cough to cold
	}{
		{"asserted", []graph.Statement{say(graph.Asserted)}, "Cold has the sign or symptom cough.", "Cough is a sign or symptom of cold."},
		{"possible", []graph.Statement{say(graph.Possible)}, "Cold might have the sign or symptom cough.", "Cough might be a sign or symptom of cold."},
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
			"three modalities",
			[]graph.Statement{say(graph.Asserted), say(graph.Possible, experts), say(graph.Suspected, early)},
			"According to experts, cold might have the sign or symptom cough, and in the stage “Early”, cold is suspected to have the sign or symptom cough, and cold has the sign or symptom cough.",
			"According to experts, cough might be a sign or symptom of cold, and in the stage “Early”, cough is suspected to be a sign or symptom of cold, and cough is a sign or symptom of cold.",
		},
		{
			"of two equally firm, the one with limits",
			[]graph.Statement{say(graph.Asserted), say(graph.Asserted, early, children)},
			"In the stage “Early”, cold has the sign or symptom cough (time: at night; context: children; side of the body: left; and 1 more, with no limit stated).",
			"In the stage “Early”, cough is a sign or symptom of cold (time: at night; context: children; side of the body: left; and 1 more, with no limit stated).",
		},
		{
			"of one direction, those with other limits are summed up",
			[]graph.Statement{say(graph.Asserted, experts, group("adults")), say(graph.Asserted, group("pregnancy")), say(graph.Asserted, group("pregnancy"))},
			"According to experts, cold has the sign or symptom cough (for adults; and 2 more, for pregnancy).",
			"According to experts, cough is a sign or symptom of cold (for adults; and 2 more, for pregnancy).",
		},
		{
			"what is said alike is said once",
			[]graph.Statement{say(graph.Asserted, early), say(graph.Asserted, early)},
			"In the stage “Early”, cold has the sign or symptom cough.", "In the stage “Early”, cough is a sign or symptom of cold.",
		},
		{
			"more than can be told",
			[]graph.Statement{
				say(graph.Asserted, group("a")), say(graph.Asserted, group("b")), say(graph.Asserted, group("c")),
				say(graph.Asserted, group("d")), say(graph.Asserted, group("e")), say(graph.Asserted),
			},
			"Cold has the sign or symptom cough (for a; and 1 more, for b; and 1 more, for c; and 1 more, for d; and 2 more, with limits of their own or none).",
			"Cough is a sign or symptom of cold (for a; and 1 more, for b; and 1 more, for c; and 1 more, for d; and 2 more, with limits of their own or none).",
		},
		{
			"a limit that stands only in the note",
			[]graph.Statement{say(graph.Asserted, func(s *graph.Statement) { s.Note = "in summer" })},
			"Cold has the sign or symptom cough (note: “in summer”).", "Cough is a sign or symptom of cold (note: “in summer”).",
		},
		{"an adverb", []graph.Statement{say(graph.Asserted, often("often"))}, "Cold often has the sign or symptom cough.", "Cough is often a sign or symptom of cold."},
		{"a hedged adverb", []graph.Statement{say(graph.Suspected, often("rarely"))}, "Cold is suspected to rarely have the sign or symptom cough.", "Cough is suspected to rarely be a sign or symptom of cold."},
		{"a phrase of frequency", []graph.Statement{say(graph.Asserted, often("in rare cases"))}, "In rare cases, cold has the sign or symptom cough.", "In rare cases, cough is a sign or symptom of cold."},
		{"other words of frequency", []graph.Statement{say(graph.Asserted, often("one of the most common"))}, "Cold has the sign or symptom cough (“one of the most common”).", "Cough is a sign or symptom of cold (“one of the most common”)."},
		{
			"two frequencies",
			[]graph.Statement{say(graph.Asserted, often("often")), say(graph.Asserted, often("rarely"), early)},
			"In the stage “Early”, cold rarely has the sign or symptom cough (and 1 more, “often”).",
			"In the stage “Early”, cough is rarely a sign or symptom of cold (and 1 more, “often”).",
		},
		{
			"a frequency that not all state",
			[]graph.Statement{say(graph.Asserted, often("always")), say(graph.Asserted, early, experts)},
			"In the stage “Early”, according to experts, cold has the sign or symptom cough (and 1 more, “always”).",
			"In the stage “Early”, according to experts, cough is a sign or symptom of cold (and 1 more, “always”).",
		},
		{
			"a frequency that another modality has",
			[]graph.Statement{say(graph.Asserted, often("rarely")), say(graph.Suspected, early)},
			"In the stage “Early”, cold is suspected to have the sign or symptom cough, and cold rarely has the sign or symptom cough.",
			"In the stage “Early”, cough is suspected to be a sign or symptom of cold, and cough is rarely a sign or symptom of cold.",
		},
		{"inferred", []graph.Statement{say(graph.Asserted, inferred)}, "Cold has the sign or symptom cough (inferred by a curator).", "Cough is a sign or symptom of cold (inferred by a curator)."},
		{
			"disputed",
			[]graph.Statement{say(graph.Asserted), say(graph.Asserted, denied), say(graph.Possible, denied, early)},
			"Cold has the sign or symptom cough, but in the stage “Early”, cold might not have the sign or symptom cough, and cold is stated not to have the sign or symptom cough.",
			"Cough is a sign or symptom of cold, but in the stage “Early”, cough might not be a sign or symptom of cold, and cough is stated not to be a sign or symptom of cold.",
		},
		{
			"a denial of what is rare does not say that it is often so",
			[]graph.Statement{say(graph.Asserted), say(graph.ModalityNotStated, denied, often("rarely"))},
			"Cold has the sign or symptom cough, but cold is recorded not to have the sign or symptom cough (“rarely”).",
			"Cough is a sign or symptom of cold, but cough is recorded not to be a sign or symptom of cold (“rarely”).",
		},
		{
			"advice that is denied",
			[]graph.Statement{say(graph.Asserted, treatment), say(graph.Recommended, treatment, denied)},
			"Cold may be treated with cough, but it is denied that cold has the recommended treatment cough.",
			"Cough may be used to treat cold, but it is denied that cough is recommended as a treatment for cold.",
		},
		{
			"advice against that is denied stays",
			[]graph.Statement{say(graph.Asserted, treatment), say(graph.Discouraged, treatment, denied)},
			"Cold may be treated with cough, but cold has the discouraged treatment cough, which is denied too.",
			"Cough may be used to treat cold, but cough is discouraged as a treatment for cold, which is denied too.",
		},
		{
			"advice that contradicts itself",
			[]graph.Statement{say(graph.Recommended, treatment), say(graph.Discouraged, treatment, early)},
			"Cold has the recommended treatment cough, but in the stage “Early”, cold has the discouraged treatment cough.",
			"Cough is recommended as a treatment for cold, but in the stage “Early”, cough is discouraged as a treatment for cold.",
		},
		{
			"advice against is never lost",
			[]graph.Statement{say(graph.Possible, treatment), say(graph.Discouraged, treatment, early)},
			"Cold might be treated with cough, but in the stage “Early”, cold has the discouraged treatment cough.",
			"Cough might be used to treat cold, but in the stage “Early”, cough is discouraged as a treatment for cold.",
		},
		{
			"two links",
			[]graph.Statement{say(graph.Asserted), say(graph.Possible, is(graph.PredicateCause))},
			"Cold might be caused by cough, and cold has the sign or symptom cough.", "Cough might cause cold, and cough is a sign or symptom of cold.",
		},
		{"a predicate of others", []graph.Statement{say(graph.ModalityNotStated, is("kg:prenatalTest"))}, "Cold is linked to cough by prenatalTest.", "Cold is linked to cough by prenatalTest."},
		{"the same, possible", []graph.Statement{say(graph.Possible, is("kg:prenatalTest"), often("often"))}, "Cold might often be linked to cough by prenatalTest.", "Cold might often be linked to cough by prenatalTest."},
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
				ds.Statements[i].Locator = ds.Statements[i].Key
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

// TestExplainHidesNothing: on random graphs, what is denied or limited to a stage says so, and every concept is named.
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
				for _, l := range s.Links {
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
						if !strings.Contains(sentences[i], " not ") && !strings.Contains(sentences[i], "denied") {
							t.Errorf("%q does not say that it is denied", sentences[i])
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

// TestExplainMixesNothing: on random links of all modalities, denied or not, with
// all qualifiers, each direction that statements have is one clause, and what is
// told together is all that one statement of that direction tells.
func TestExplainMixesNothing(t *testing.T) {
	told := []graph.Qualifier{}
	for _, q := range graph.AllQualifiers() {
		info := q.Info()
		if info.Limits && info.Told == graph.NotTold {
			t.Errorf("%s limits a claim, and no sentence tells it", q)
		}
		if (info.Told == graph.ToldBefore || info.Told == graph.ToldAfter) && strings.Count(info.Phrase, "%s") != 1 {
			t.Errorf("%s has the phrase %q", q, info.Phrase)
		}
		if q == graph.QualifierFrequency || info.Told == graph.ToldBefore || info.Told == graph.ToldAfter {
			told = append(told, q)
		}
	}
	type direction struct {
		modality graph.Modality
		denied   bool
	}
	// The words of each direction, which stand in no clause of another; of two that
	// fit, the longer is meant.
	words := map[graph.ID]map[direction]string{
		graph.PredicatePossibleTreatment: {
			{graph.ModalityNotStated, false}: "A is recorded as possibly treated with B", {graph.ModalityNotStated, true}: "A is recorded not to be treated with B",
			{graph.Asserted, false}: "A may be treated with B", {graph.Asserted, true}: "A is stated not to be treated with B",
			{graph.Possible, false}: "A might be treated with B", {graph.Possible, true}: "A might not be treated with B",
			{graph.Suspected, false}: "A is suspected to be treated with B", {graph.Suspected, true}: "A is suspected not to be treated with B",
			{graph.Recommended, false}: "A has the recommended treatment B", {graph.Recommended, true}: "it is denied that A has the recommended treatment B",
			{graph.Discouraged, false}: "A has the discouraged treatment B", {graph.Discouraged, true}: "A has the discouraged treatment B, which is denied too",
		},
		graph.PredicateContraindication: {
			{graph.ModalityNotStated, false}: "A is recorded as contraindicated in B", {graph.ModalityNotStated, true}: "A is recorded not to be contraindicated in B",
			{graph.Asserted, false}: "A is contraindicated in B", {graph.Asserted, true}: "A is stated not to be contraindicated in B",
			{graph.Possible, false}: "A might be contraindicated in B", {graph.Possible, true}: "A might not be contraindicated in B",
			{graph.Suspected, false}: "A is suspected to be contraindicated in B", {graph.Suspected, true}: "A is suspected not to be contraindicated in B",
			{graph.Recommended, false}: "A is linked to B by contraindication, as a recommendation", {graph.Recommended, true}: "it is denied that A is linked to B by contraindication, as a recommendation",
			{graph.Discouraged, false}: "A is linked to B by contraindication, as something advised against", {graph.Discouraged, true}: "it is denied that A is linked to B by contraindication, as something advised against",
		},
	}
	seen := map[string]bool{}
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 14))
		predicate := []graph.ID{graph.PredicatePossibleTreatment, graph.PredicateContraindication}[r.IntN(2)]
		ds := &graph.Dataset{
			Prefixes: graph.NewPrefixes(nil),
			Sources:  []graph.Source{{ID: "book", Kind: graph.DataSource}, {ID: "curator", Kind: graph.CuratorSource}},
			Concepts: []graph.Concept{{ID: "a", Names: []graph.Text{{Text: "A"}}}, {ID: "b", Names: []graph.Text{{Text: "B"}}}},
		}
		all, want := map[string]bool{}, map[direction][]string{} // what statements tell, in order, by direction
		for i := range 1 + r.IntN(6) {
			s := graph.Statement{Subject: "a", Predicate: predicate, Object: "b", Source: "book", Key: fmt.Sprint(i)}
			s.Modality, s.Negated = graph.Modality(r.IntN(6)), r.IntN(3) == 0
			var tells []string
			for _, q := range told {
				if r.IntN(len(told)) > 2 {
					continue
				}
				token := fmt.Sprintf("[%d.%d]", i, q)
				switch q.Info().Type {
				case graph.TextQualifier:
					*s.Text(q) = token
				case graph.RefQualifier:
					id := graph.ID(fmt.Sprintf("c%d-%d", i, q))
					ds.Concepts = append(ds.Concepts, graph.Concept{ID: id, Names: []graph.Text{{Text: token}}, Types: []graph.ID{"schema:MedicalConditionStage"}})
					*s.Reference(q) = id
				case graph.NumberQualifier:
					n := float64(i+1) / 8
					*s.Number(q), token = &n, fmt.Sprint("a share of ", n)
				default:
					s.SetWord(q, 1)
					token = "level of urgency: emergency"
				}
				tells = append(tells, token)
			}
			if r.IntN(5) == 0 {
				s.Source = "curator"
				tells = append(tells, "inferred by a curator")
			}
			for _, token := range tells {
				all[token] = true
			}
			slices.Sort(tells)
			d := direction{s.Modality, s.Negated}
			want[d] = append(want[d], strings.Join(tells, " "))
			ds.Statements = append(ds.Statements, s)
		}
		if err := ds.Normalize(); err != nil {
			t.Fatal(err)
		}
		a := asker{t, graphtest.NewNaive(ds)}
		first := a.r.Summary().First(graph.ClassStatement)
		link := walk.Link{Other: a.ref("b"), Predicate: a.predicate(predicate)}
		for i := range ds.Statements {
			link.Statements = append(link.Statements, first+graph.Ref(i))
		}
		path := walk.Path{Nodes: []graph.Ref{a.ref("a"), a.ref("b")}, Steps: []walk.Step{{From: a.ref("a"), To: a.ref("b"), Links: []walk.Link{link}}}}
		sentences, err := walk.Explain(t.Context(), a.r, []walk.Path{path})
		a.ok(err)

		clauses := clauses(sentences[0])
		if len(clauses) != len(want) {
			t.Errorf("graph %d: %d clauses for %d directions: %s", seed, len(clauses), len(want), sentences[0])
		}
		for _, clause := range clauses {
			d, longest := direction{}, ""
			for is, phrase := range words[predicate] {
				if strings.Contains(strings.ToLower(clause), strings.ToLower(phrase)) && len(phrase) > len(longest) {
					d, longest = is, phrase
				}
			}
			if seen[longest] = true; longest == "" || want[d] == nil {
				t.Errorf("graph %d: no statement says %v: %q in %s", seed, d, clause, sentences[0])
			}
			for part := range strings.SplitSeq(clause, "; and ") {
				var tells []string
				for token := range all {
					if strings.Contains(part, token) {
						tells = append(tells, token)
					}
				}
				slices.Sort(tells)
				if !slices.Contains(want[d], strings.Join(tells, " ")) {
					t.Errorf("graph %d: no statement of %v tells %q: %s", seed, d, tells, sentences[0])
				}
			}
		}
	}
	for _, of := range words {
		for d, phrase := range of {
			if !seen[phrase] {
				t.Errorf("no graph says %v: %q", d, phrase)
			}
		}
	}
}

// clauses returns the parts of a sentence that are joined outside of brackets.
func clauses(sentence string) (all []string) {
	depth, from := 0, 0
	for i := range sentence {
		switch sentence[i] {
		case '(':
			depth++
		case ')':
			depth--
		}
		for _, joint := range []string{", and ", ", but "} {
			if depth == 0 && strings.HasPrefix(sentence[i:], joint) {
				all, from = append(all, sentence[from:i]), i+len(joint)
			}
		}
	}
	return append(all, sentence[from:])
}
