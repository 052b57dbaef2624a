package walk_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/seed"
)

// asker asks a Reader by id and reads answers back as ids.
type asker struct {
	t testing.TB
	r graph.Reader
}

func article(t testing.TB) asker {
	t.Helper()
	ds, _, err := seed.Read(t.Context(), seed.EmbeddedPath)
	if err != nil {
		t.Fatal(err)
	}
	return asker{t, graphtest.NewNaive(ds)}
}

func (a asker) refs(ids ...string) []graph.Ref {
	a.t.Helper()
	var found graph.Resolution
	if err := a.r.Resolve(context.Background(), ids, &found); err != nil {
		a.t.Fatal(err)
	}
	for i, ref := range found.Refs {
		if ref == graph.NoRef {
			a.t.Fatalf("nothing has the id %s", ids[i])
		}
	}
	return found.Refs
}

func (a asker) ref(id string) graph.Ref {
	a.t.Helper()
	return a.refs(id)[0]
}

func (a asker) predicate(id graph.ID) graph.PredicateRef {
	a.t.Helper()
	p, ok := a.r.Summary().Predicate(id)
	if !ok {
		a.t.Fatalf("there is no predicate %s", id)
	}
	return p
}

func (a asker) ids(refs ...graph.Ref) []string {
	a.t.Helper()
	var b graph.ConceptBatch
	if err := a.r.Concepts(context.Background(), refs, graph.ConceptID, &b); err != nil {
		a.t.Fatal(err)
	}
	return b.ID
}

// locators names statements by their place in the article, and by their source
// where that is another one.
func (a asker) locators(refs []graph.Ref) []string {
	a.t.Helper()
	var b graph.StatementBatch
	if err := a.r.Statements(context.Background(), refs, graph.Columns(graph.QualifierLocator, graph.QualifierSource), &b); err != nil {
		a.t.Fatal(err)
	}
	var sources graph.SourceBatch
	if err := a.r.Sources(context.Background(), b.Qualifiers[graph.QualifierSource].Refs, graph.SourceID, &sources); err != nil {
		a.t.Fatal(err)
	}
	texts := make([]string, len(refs))
	for i := range refs {
		texts[i] = b.Text(graph.QualifierLocator, i)
		if sources.Kind[i] != graph.ArticleSource {
			texts[i] += " " + sources.ID[i]
		}
	}
	return texts
}

func (a asker) same(what string, got []string, want ...string) {
	a.t.Helper()
	if !slices.Equal(got, want) {
		a.t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func (a asker) ok(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// TestPathOfTheArticle: the one way from a sign of Bell's palsy to a test.
func TestPathOfTheArticle(t *testing.T) {
	a := article(t)
	found, err := walk.Paths(t.Context(), a.r, walk.PathQuery{From: a.ref("cheek-puffing-difficulty"), To: a.ref("eeg")})
	a.ok(err)
	if found.Total != 1 || found.Length != 3 || found.Reason != walk.Connected || !found.Complete || len(found.Paths) != 1 {
		t.Fatalf("%d paths of length %d (%v), complete %t", found.Total, found.Length, found.Reason, found.Complete)
	}
	path := found.Paths[0]
	a.same("nodes", a.ids(path.Nodes...), "cheek-puffing-difficulty", "bells-palsy", "facial-twitching", "eeg")
	var steps []string
	for _, s := range path.Steps {
		for _, l := range s.Links {
			way := "→"
			if l.Incoming {
				way = "←"
			}
			steps = append(steps, way+" "+string(a.r.Summary().Predicates[l.Predicate].ID)+" "+strings.Join(a.locators(l.Statements), ", "))
		}
	}
	a.same("steps", steps, "← schema:signOrSymptom L3.S4", "← schema:cause L3.S3", "→ schema:typicalTest L15.S1")
	sentences, err := walk.Explain(t.Context(), a.r, found.Paths)
	a.ok(err)
	a.same("explanation", sentences, "Difficulty puffing out the cheeks is often a sign or symptom of Bell's palsy; "+
		"Bell's palsy may cause Facial twitching (“one of the most common causes”; note: “given as secondary to the palsy”); "+
		"Facial twitching has the recommended test Electroencephalogram (context: evaluation of frequent or prolonged twitching).")
}

// TestWhyNoPath: each reason that there is no path.
func TestWhyNoPath(t *testing.T) {
	a := article(t)
	for _, c := range []struct {
		name, from, to string
		q              walk.PathQuery
		want           walk.Reason
	}{
		{"the same", "eeg", "eeg", walk.PathQuery{}, walk.SameConcept},
		{"the first has values only", "timely-care", "eeg", walk.PathQuery{}, walk.FromIsland},
		{"the last has values only", "eeg", "timely-care", walk.PathQuery{}, walk.ToIsland},
		{"no link of that predicate", "eeg", "mri", walk.PathQuery{Predicates: []graph.PredicateRef{a.predicate("kg:controls")}}, walk.FromIsland},
		{"too short", "cheek-puffing-difficulty", "eeg", walk.PathQuery{MaxLength: 2}, walk.TooFar},
		{"far apart", "neurology", "cheek", walk.PathQuery{MaxLength: 3}, walk.TooFar},
		{"all ways barred", "cheek-puffing-difficulty", "eeg", walk.PathQuery{MaxLength: 8, Avoid: a.refs("bells-palsy", "cheek")}, walk.Disconnected},
		{"no money", "cheek-puffing-difficulty", "eeg", walk.PathQuery{Budget: 5}, walk.OutOfBudget},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := c.q
			q.From, q.To = a.ref(c.from), a.ref(c.to)
			found, err := walk.Paths(t.Context(), a.r, q)
			a.ok(err)
			if found.Reason != c.want || len(found.Paths) != 0 || found.Complete != (c.want != walk.OutOfBudget) {
				t.Errorf("%d paths, reason %v, complete %t; want %v", len(found.Paths), found.Reason, found.Complete, c.want)
			}
		})
	}
	if found, err := walk.Paths(t.Context(), a.r, walk.PathQuery{From: a.ref("eeg"), To: a.r.Summary().First(graph.ClassStatement)}); err != nil || found.Reason != walk.NoConcept {
		t.Errorf("to a statement: %+v, %v", found, err)
	}
}

// TestStagesAreNoBridge: two things of one stage are not connected by it, but a
// stage may be asked for.
func TestStagesAreNoBridge(t *testing.T) {
	a := article(t)
	stage := a.ref("early-stage-facial-paralysis")
	found, err := walk.Paths(t.Context(), a.r, walk.PathQuery{From: a.ref("early-acupuncture"), To: a.ref("guideline-conservative-acute"), LongerBy: 4, MaxLength: 6})
	a.ok(err)
	if found.Total == 0 {
		t.Error("no path at all")
	}
	for _, p := range found.Paths {
		if slices.Contains(p.Nodes, stage) {
			t.Errorf("a path over a stage: %v", a.ids(p.Nodes...))
		}
	}
	found, err = walk.Paths(t.Context(), a.r, walk.PathQuery{From: a.ref("early-acupuncture"), To: stage})
	a.ok(err)
	if found.Length != 1 {
		t.Errorf("to the stage itself: %v", found.Reason)
	}
}

// TestRankOfTheArticle: what the issue names.
func TestRankOfTheArticle(t *testing.T) {
	a := article(t)
	rank := func(q walk.RankQuery) (lines []string) {
		found, err := walk.Rank(t.Context(), a.r, q)
		a.ok(err)
		for _, x := range found.Results {
			line := a.ids(x.Concept)[0]
			for _, e := range x.Matched {
				line += " +" + a.ids(e.Finding)[0] + " " + e.Match.String() + " (" + strings.Join(a.locators(e.Statements), ", ") + ")"
			}
			for _, e := range x.Excluded {
				line += " -" + a.ids(e.Finding)[0]
			}
			for _, ref := range x.Missing {
				line += " ?" + a.ids(ref)[0]
			}
			lines = append(lines, line)
		}
		return lines
	}
	a.same("two signs", rank(walk.RankQuery{Findings: a.refs("incomplete-eyelid-closure", "mouth-corner-droop")}),
		"bells-palsy +incomplete-eyelid-closure exact (L3.S4) +mouth-corner-droop exact (L3.S4)")
	a.same("facial twitching", rank(walk.RankQuery{Findings: a.refs("facial-twitching")}),
		"focal-epilepsy +facial-twitching exact (L11.S1)", "bells-palsy +facial-twitching exact (L3.S3)") // whose list is longer
	a.same("facial twitching, other kinds too", rank(walk.RankQuery{Findings: a.refs("facial-twitching"), Kinds: []graph.Kind{graph.Condition, graph.Symptom}}),
		"focal-epilepsy +facial-twitching exact (L11.S1)", "facial-focal-seizure +facial-twitching exact (L11.S1)", "bells-palsy +facial-twitching exact (L3.S3)",
		"fatigue +facial-twitching broader (L11.S3)") // of the benign form
	a.same("a narrower finding", rank(walk.RankQuery{Findings: a.refs("chronic-facial-spasm", "tingling")}),
		"focal-epilepsy +chronic-facial-spasm narrower (L11.S1) ?tingling", "bells-palsy +chronic-facial-spasm narrower (L3.S3) ?tingling")
	a.same("a broader finding", rank(walk.RankQuery{Findings: a.refs("focal-seizure")}),
		"brain-tumor +focal-seizure broader (L12.S2)", "cortical-dysplasia +focal-seizure broader (L12.S2)",
		"structural-brain-abnormality +focal-seizure broader (L12.S2)", "vascular-malformation +focal-seizure broader (L12.S2)",
		"focal-epilepsy +focal-seizure broader (L11.S1)")
	a.same("an excluded sign", rank(walk.RankQuery{Findings: a.refs("facial-twitching"), Excluded: a.refs("mouth-corner-droop")}),
		"focal-epilepsy +facial-twitching exact (L11.S1)", "bells-palsy +facial-twitching exact (L3.S3) -mouth-corner-droop")
}

// TestNarrowerLinks: treatments of facial paralysis reach Bell's palsy from
// above, its signs from below, each telling through which concept.
func TestNarrowerLinks(t *testing.T) {
	a := article(t)
	q := walk.LinkQuery{IncludeNarrower: true, Counts: walk.CountModalities | walk.CountPredicates}
	q.Predicates = []graph.PredicateRef{a.predicate(graph.PredicateSignOrSymptom)}
	pages, err := walk.Links(t.Context(), a.r, a.refs("facial-paralysis", "facial-nerve-disease", "bells-palsy"), q)
	a.ok(err)
	for i, page := range pages {
		var others []string
		for _, l := range page.Links {
			others = append(others, a.ids(l.Other)[0])
			a.same("via", a.ids(l.Via...), "bells-palsy")
		}
		slices.Sort(others)
		a.same("signs", others, "cheek-puffing-difficulty", "incomplete-eyelid-closure", "mouth-corner-droop", "shallow-nasolabial-fold")
		if c := page.Counts; page.Total != 4 || len(c.Predicates) != 1 || c.Predicates[0].Count != 4 ||
			len(c.Modalities) != 1 || c.Modalities[0] != (walk.Count[graph.Modality]{Value: graph.Asserted, Count: 4}) || c.Kinds != nil {
			t.Errorf("page %d: total %d, counts %+v", i, page.Total, page.Counts)
		}
	}
}

// TestConditionsWithoutAnyTest asks for what is absent.
func TestConditionsWithoutAnyTest(t *testing.T) {
	a := article(t)
	tests := &walk.LinkPattern{Predicates: []graph.PredicateRef{a.predicate(graph.PredicateTypicalTest)}}
	with, err := walk.List(t.Context(), a.r, walk.ListQuery{Kinds: []graph.Kind{graph.Condition}, Where: &walk.Selection{Link: tests}})
	a.ok(err)
	a.same("with a test", a.ids(with.Concepts...), "focal-epilepsy")
	first := 0
	without, err := walk.List(t.Context(), a.r, walk.ListQuery{
		Kinds: []graph.Kind{graph.Condition}, Where: &walk.Selection{Not: &walk.Selection{Link: tests}},
		Window: graph.Window{First: &first}, Counts: walk.CountKinds,
	})
	a.ok(err)
	all := a.r.Summary().Kinds[0]
	if len(without.Concepts) != 0 || without.Total != all.Concepts-1 || without.Counts.Kinds[0] != (walk.Count[graph.Kind]{Value: graph.Condition, Count: all.Concepts - 1}) {
		t.Errorf("without: %+v of %d conditions", without, all.Concepts)
	}
}

// TestHierarchyOfTheArticle walks up from Bell's palsy.
func TestHierarchyOfTheArticle(t *testing.T) {
	a := article(t)
	above, err := walk.Hierarchy(t.Context(), a.r, a.refs("bells-palsy"), walk.HierarchyQuery{})
	a.ok(err)
	var lines []string
	for _, x := range above[0].Relatives {
		lines = append(lines, a.ids(x.Concept)[0]+" "+strings.Repeat("·", x.Distance)+" "+strings.Join(a.locators(x.Statements), ", "))
	}
	a.same("above", lines, "facial-paralysis · L4.S3 curator", "facial-nerve-disease ·· DOID disease-ontology")
}
