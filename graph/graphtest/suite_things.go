package graphtest

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

func testSummary(a *asker) {
	s := a.r.Summary()
	if s.Version != a.version {
		a.t.Errorf("the version is %q, want the data set's, %q: its content changed on the way", s.Version, a.version)
	}
	a.same("the counts of classes",
		[]int{s.Concepts, s.Statements, s.Articles, s.Sections, s.Sources}, []int{11, 17, 2, 2, 2})
	a.same("Kinds", s.Kinds, []graph.KindCount{
		{Kind: graph.Condition, Concepts: 3},
		{Kind: graph.Symptom, Concepts: 5},
		{Kind: graph.Treatment, Concepts: 1},
		{Kind: graph.Test, Concepts: 1},
		{Kind: graph.Cause, Concepts: 1},
		{Kind: graph.Stage, Concepts: 1},
		{Kind: graph.OtherConcept, Concepts: 1},
	})
	class := func(id graph.ID, k graph.Kind, concepts int) graph.TypeCount {
		return graph.TypeCount{Type: graph.DescribeType(id, s.Prefixes), Kind: k, Concepts: concepts}
	}
	a.same("Types", s.Types, []graph.TypeCount{
		class("ex:Swelling", graph.OtherConcept, 1), // of a symptom, which it does not make one of the others
		class("schema:InfectiousDisease", graph.Condition, 1),
		class("schema:MedicalCause", graph.Cause, 1),
		class("schema:MedicalCondition", graph.Condition, 2),
		class("schema:MedicalConditionStage", graph.Stage, 1),
		class("schema:MedicalSign", graph.Symptom, 1),
		class("schema:MedicalSymptom", graph.Symptom, 4),
		class("schema:MedicalTest", graph.Test, 1),
		class("schema:MedicalTherapy", graph.Treatment, 1),
	})

	registry := graph.Registry()
	var more []graph.ID
	used := map[graph.ID][2]int{}
	for i, p := range s.Predicates {
		if i < len(registry) {
			a.same("a predicate of the registry", p.Predicate, registry[i])
		} else {
			more = append(more, p.ID)
		}
		if p.Statements+p.Properties > 0 {
			used[p.ID] = [2]int{p.Statements, p.Properties}
		}
	}
	a.same("the predicates after the registry", more, []graph.ID{"ex:linksTo", "ex:page", "kg:severity"})
	for id, want := range map[graph.ID][2]int{
		"schema:cause": {2, 0}, "schema:signOrSymptom": {4, 0}, "schema:possibleTreatment": {2, 0},
		"schema:typicalTest": {1, 0}, "skos:related": {3, 0}, "kg:duration": {4, 2},
		"ex:linksTo": {1, 0}, "ex:page": {0, 1}, "kg:severity": {0, 3},
	} {
		if used[id] != want {
			a.t.Errorf("%s is used by %d statements and properties, want %d", id, used[id], want)
		}
		delete(used, id)
	}
	if len(used) > 0 {
		a.t.Errorf("predicates are counted that nothing uses: %v", used)
	}
	linksTo := s.Predicates[a.predicate("ex:linksTo")]
	a.same("a predicate that no registry knows", linksTo.Predicate,
		graph.Predicate{ID: "ex:linksTo", IRI: "https://example.org/linksTo", Name: "linksTo"})
	if got := s.Prefixes.Expand("DOID:1"); got != obo+"DOID_1" {
		a.t.Errorf("Prefixes expand DOID:1 to %q", got)
	}
}

func testResolve(a *asker) {
	// Refs are numbered as the contract says: every id has its place.
	var got graph.Resolution
	a.ok(a.r.Resolve(context.Background(), smallIDs, &got))
	a.lines("Resolve of every id", []string{names(got.Refs)}, names(a.refs(smallIDs...)))

	for _, test := range []struct{ id, want, candidates string }{
		{"https://kg.example/id/cold", "cold", ""},
		{"https://example.org/fatigue-b", "ex:fatigue-b", ""},
		{"https://elsewhere.example/Oedema", "oedema", ""},
		{"https://kg.example/id/oedema", "-", ""}, // not its IRI
		{"https://example.org/evidence/3", "ev:3", ""},
		{"https://kg.example/statement/st-yhnod7eak2iglwzt", "st-yhnod7eak2iglwzt", ""},
		{"https://kg.example/id/colds-care", "colds-care", ""},
		{"https://example.org/data", "ex:data", ""},
		{"DOID:10459", "cold", ""},
		{obo + "DOID_10459", "cold", ""},
		{"MONDO:0005709", "cold", ""},
		{"MONDO:2", "-", ""},  // a cross reference
		{"DOID:104", "-", ""}, // a broad match, and half of another code
		{"DOID:1", "-", "ex:fatigue-a ex:fatigue-b"},
		{obo + "DOID_1", "-", "ex:fatigue-a ex:fatigue-b"},
		{"doid:10459", "-", ""},
		{"Cold", "-", ""},
		{"Common cold", "-", ""},
		{"", "-", ""},
		{"\x00\xff", "-", ""},
	} {
		a.ok(a.r.Resolve(context.Background(), []string{test.id, "cough", test.id}, &got))
		a.lines("Resolve of "+test.id, []string{names(got.Refs)}, test.want+" cough "+test.want)
		if got.Candidates.Rows() != 3 {
			a.t.Fatalf("Resolve of %s: %d rows of candidates, want 3", test.id, got.Candidates.Rows())
		}
		a.lines("Candidates of "+test.id,
			[]string{names(got.Candidates.At(0)), names(got.Candidates.At(1)), names(got.Candidates.At(2))},
			test.candidates, "", test.candidates)
	}
}

// testResolveOrder asks for ids that name one thing by its id or IRI and
// another by its code.
func testResolveOrder(t *testing.T, open func(*testing.T, *graph.Dataset) graph.Reader) {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(map[string]string{"ex": "https://example.org/"}),
		Concepts: []graph.Concept{
			{
				ID: "a", Names: english("A"), Types: []graph.ID{"schema:MedicalCondition"},
				Codes: []graph.Code{{Code: "ex:data", Match: graph.MatchExact}, {Code: "ex:free", Match: graph.MatchExact}},
			},
			{ID: "b", Names: english("B"), Types: []graph.ID{"schema:MedicalCondition"}},
		},
		Sources: []graph.Source{{ID: "ex:data", Kind: graph.DataSource, Name: "Data"}},
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	var got graph.Resolution
	ids := []string{"ex:data", "https://example.org/data", "ex:free", "https://example.org/free"}
	if err := open(t, ds).Resolve(context.Background(), ids, &got); err != nil {
		t.Fatal(err)
	}
	if want := []graph.Ref{3, 3, 1, 1}; !slices.Equal(got.Refs, want) {
		t.Errorf("Resolve(%q) = %d, want %d: a thing's own id and IRI come before another's code", ids, got.Refs, want)
	}
}

func testConcepts(a *asker) {
	// Out of order, twice, and some that are no concepts.
	refs := []graph.Ref{a.ref("oedema"), a.ref("cold"), graph.NoRef, a.ref(x1), a.ref("ev:1"), a.ref("cold"), 9999, a.ref("fever")}
	var b graph.ConceptBatch
	a.ok(a.r.Concepts(context.Background(), refs, graph.AllConceptFields, &b))
	a.same("ID", b.ID, []string{"oedema", "cold", "", x1, "", "cold", "", "fever"})
	a.same("IRI", b.IRI, []string{
		"https://elsewhere.example/Oedema", "https://kg.example/id/cold", "", x1,
		"", "https://kg.example/id/cold", "", "https://kg.example/id/fever",
	})
	a.same("Name", b.Name, []string{"Œdème", "Common cold", "", x1, "", "Common cold", "", "Fever"})
	none := graph.KindNone
	a.same("Kind", b.Kind, []graph.Kind{
		graph.Symptom, graph.Condition, none, graph.OtherConcept, none, graph.Condition, none, graph.Symptom,
	})
	a.same("Note", b.Note, []string{"", "Codes were read in 2026.", "", "", "", "Codes were read in 2026.", "", ""})
	for what, rows := range map[string]int{
		"Types": b.Types.Rows(), "Names": b.Names.Rows(), "Descriptions": b.Descriptions.Rows(), "Synonyms": b.Synonyms.Rows(),
		"Codes": b.Codes.Rows(), "Sections": b.Sections.Rows(), "Sources": b.Sources.Rows(),
	} {
		if rows != len(refs) {
			a.t.Fatalf("%s has %d rows, want %d", what, rows, len(refs))
		}
	}
	a.same("Types of oedema", b.Types.At(0), []graph.ID{"schema:MedicalSign", "schema:MedicalCondition", "ex:Swelling"})
	a.same("Types of fever", b.Types.At(7), []graph.ID{"schema:MedicalSymptom", "schema:MedicalCause"})
	a.same("Names of fever", b.Names.At(7), []graph.Text{{Text: "Fever"}, {Text: "Pyrexia", Language: "en"}})
	for _, row := range []int{1, 5} {
		a.same("Types of cold", b.Types.At(row), []graph.ID{"schema:MedicalCondition"})
		a.same("Names of cold", b.Names.At(row), []graph.Text{
			{Text: "Common cold", Language: "en"}, {Text: "Erkältung", Language: "de"}, {Text: "Rhume", Language: "fr"},
		})
		a.same("Descriptions of cold", b.Descriptions.At(row), []graph.Text{
			{Text: "No language is stated."},
			{Text: "A \"common\" infection\nof nose and throat \\ sinuses.", Language: "en"},
		})
		a.same("Synonyms of cold", b.Synonyms.At(row), []graph.Synonym{
			{Text: "cold"},
			{Text: "Nasopharyngitis", Language: "en", Scope: graph.ScopeRelated, Via: "DO"},
			{Text: "the sniffles", Language: "en", Scope: graph.ScopeLay},
		})
		a.same("Codes of cold", b.Codes.At(row), []graph.Code{
			{Code: "DOID:10459", Match: graph.MatchExact, Label: "common cold"},
			{Code: "MONDO:0005709", Match: graph.MatchExact, Via: "DO"},
			{Code: "DOID:104", Match: graph.MatchBroad},
			{Code: "MONDO:2"},
		})
		a.lines("Sections of cold", []string{names(b.Sections.At(row))}, "colds-signs colds-care")
		a.lines("Sources of cold", []string{names(b.Sources.At(row))}, "colds notes curator ex:data")
	}
	a.lines("Sources of x1", []string{names(b.Sources.At(3))}, "notes ex:data")
	for _, row := range []int{2, 4, 6} {
		if n := len(b.Types.At(row)) + len(b.Names.At(row)) + len(b.Codes.At(row)) + len(b.Sources.At(row)); n > 0 {
			a.t.Errorf("row %d, of no concept, has %d list items", row, n)
		}
	}

	// Only what is asked for is filled, whatever the batch held before.
	a.ok(a.r.Concepts(context.Background(), a.refs("flu"), graph.ConceptName|graph.ConceptCodes, &b))
	a.same("two fields of flu", &b, &graph.ConceptBatch{
		Name:  []string{"Influenza"},
		Codes: graph.Lists[graph.Code]{Start: []uint32{0, 1}, Items: []graph.Code{{Code: "DOID:8469", Match: graph.MatchExact}}},
	})
}

func testStatements(a *asker) {
	refs := append(a.refs("ev:12", "ev:3"), graph.NoRef, a.ref("cold"), a.ref("st-yhnod7eak2iglwzt"), a.ref("ev:15"), a.ref("ev:2"), a.ref("ev:3"))
	var b graph.StatementBatch
	a.ok(a.r.Statements(context.Background(), refs, graph.AllStatementFields, &b))
	iri := "https://example.org/evidence/"
	a.same("ID", b.ID, []string{"ev:12", "ev:3", "", "", "st-yhnod7eak2iglwzt", "ev:15", "ev:2", "ev:3"})
	a.same("IRI", b.IRI, []string{
		iri + "12", iri + "3", "", "", "https://kg.example/statement/st-yhnod7eak2iglwzt", iri + "15", iri + "2", iri + "3",
	})
	a.lines("Subject", []string{names(b.Subject)}, "cold cold - - cold "+x1+" cold cold")
	a.lines("Object", []string{names(b.Object)}, "cough rest - - - cold fever rest")
	sign, treatment := a.predicate("schema:signOrSymptom"), a.predicate("schema:possibleTreatment")
	a.same("Predicate", b.Predicate, []graph.PredicateRef{
		sign, treatment, 0, 0, a.predicate("kg:duration"), a.predicate("ex:linksTo"), sign, treatment,
	})
	values := make([]graph.Value, 8)
	values[4] = graph.Value{Text: "7 days", Language: "en"}
	a.same("Value", b.Value, values)
	const authors = "ECO:0000303"
	nan := math.NaN()
	has := func(q graph.Qualifier, want ...string) {
		column := make([]string, 8)
		copy(column, want)
		a.same(q.String(), b.Qualifiers[q].Texts, column)
	}
	words := func(q graph.Qualifier, want ...uint8) { a.same(q.String(), b.Qualifiers[q].Words, want) }
	things := func(q graph.Qualifier, want string) { a.lines(q.String(), []string{names(b.Qualifiers[q].Refs)}, want) }
	words(graph.QualifierModality, uint8(graph.Suspected), uint8(graph.Recommended), 0, 0, uint8(graph.Asserted), 0, uint8(graph.Asserted), uint8(graph.Recommended))
	words(graph.QualifierNegated, 0, 0, 0, 0, 0, 0, 1, 0)
	has(graph.QualifierFrequency, "frequent")
	a.same("frequencyValue", b.Qualifiers[graph.QualifierFrequencyValue].Numbers, []float64{0.75, nan, nan, nan, nan, nan, nan, nan})
	things(graph.QualifierStage, "- early - - - - - early")
	has(graph.QualifierTiming, "", "first days", "", "", "", "", "", "first days")
	has(graph.QualifierContext, "children")
	has(graph.QualifierLaterality, "both sides")
	has(graph.QualifierStrength, "strong")
	has(graph.QualifierAttribution, "", "doctors", "", "", "", "", "", "doctors")
	has(graph.QualifierNote)
	has(graph.QualifierEvidenceCode, "", authors, "", "", "", "", authors, authors)
	things(graph.QualifierSource, "ex:data colds - - colds ex:data colds colds")
	things(graph.QualifierSection, "- colds-care - - colds-care - colds-signs colds-care")
	has(graph.QualifierLocator, "", "L12.S1", "", "", "L13.S1", "", "L10.S1", "L12.S1")
	a.same("Properties", &b.Properties, &graph.Lists[graph.Property]{
		Start: []uint32{0, 0, 0, 0, 0, 0, 2, 2, 2},
		Items: []graph.Property{
			{Predicate: "ex:checked", Value: graph.Value{Text: "true", Datatype: "xsd:boolean"}},
			{Predicate: "kg:relatedLabel", Value: graph.Value{Text: "Cold, common"}},
		},
	})

	a.ok(a.r.Statements(context.Background(), a.refs("ev:6", "ev:10"), graph.Columns(graph.QualifierNote, graph.QualifierFrequencyValue), &b))
	var two graph.StatementBatch
	two.Qualifiers[graph.QualifierNote].Texts = []string{"Follows from the sentence before.", ""}
	two.Qualifiers[graph.QualifierFrequencyValue].Numbers = []float64{nan, 0.8}
	a.same("two fields of ev:6 and ev:10", &b, &two)
}

func testSources(a *asker) {
	refs := append(a.refs("ex:data", "colds", "curator", "notes", "colds-care"), graph.NoRef, a.ref("ex:data"))
	var details [graph.NumSourceDetails][]string
	for d := range details {
		details[d] = slices.Concat(map[graph.SourceDetail][]string{
			graph.SourceLicense:      {"https://licences.example/free", "CC-BY-4.0", "", "", "", "", "https://licences.example/free"},
			graph.SourceVersion:      {"2026-01", "", "", "", "", "", "2026-01"},
			graph.SourceURL:          {"", "https://pages.example/colds"},
			graph.SourcePublished:    {"", "2024-02"},
			graph.SourceState:        {"", "superseded"},
			graph.SourceSupersededBy: {"", "notes"},
		}[graph.SourceDetail(d)], make([]string, 7))[:7]
	}
	var b graph.SourceBatch
	a.ok(a.r.Sources(context.Background(), refs, graph.AllSourceFields, &b))
	a.same("Sources", &b, &graph.SourceBatch{
		ID: []string{"ex:data", "colds", "curator", "notes", "", "", "ex:data"},
		IRI: []string{
			"https://example.org/data", "https://kg.example/id/colds", "https://kg.example/id/curator",
			"https://kg.example/id/notes", "", "", "https://example.org/data",
		},
		Kind: []graph.SourceKind{
			graph.DataSource, graph.ArticleSource, graph.CuratorSource, graph.ArticleSource, 0, 0, graph.DataSource,
		},
		Name:         []string{"Example data", "On colds", "The curators", "Notes", "", "", "Example data"},
		Authors:      graph.Lists[string]{Start: []uint32{0, 0, 2, 2, 2, 2, 2, 2}, Items: []string{"Roe, R.", "Doe, J."}},
		Details:      details,
		SupersededBy: append(append(a.refs(), graph.NoRef), a.ref("notes"), graph.NoRef, graph.NoRef, graph.NoRef, graph.NoRef, graph.NoRef),
		Statements:   []int{8, 6, 3, 0, 0, 0, 8},
		Sections:     graph.Lists[graph.Ref]{Start: []uint32{0, 0, 2, 2, 2, 2, 2, 2}, Items: a.refs("colds-signs", "colds-care")},
	})

	// Only what is asked for is filled, whatever the batch held before, and the kind.
	a.ok(a.r.Sources(context.Background(), append(a.refs("colds"), 9999), graph.SourceName|graph.SourceSections, &b))
	a.same("two fields of colds", &b, &graph.SourceBatch{
		Kind: []graph.SourceKind{graph.ArticleSource, 0}, Name: []string{"On colds", ""},
		Sections: graph.Lists[graph.Ref]{Start: []uint32{0, 2, 2}, Items: a.refs("colds-signs", "colds-care")},
	})
	a.ok(a.r.Sources(context.Background(), a.refs("curator"), 0, &b))
	a.same("no field of curator", &b, &graph.SourceBatch{Kind: []graph.SourceKind{graph.CuratorSource}})
}

func testSections(a *asker) {
	refs := append(a.refs("colds-care", "colds"), graph.NoRef, a.ref("colds-signs"))
	var b graph.SectionBatch
	a.ok(a.r.Sections(context.Background(), refs, &b))
	a.same("ID", b.ID, []string{"colds-care", "", "", "colds-signs"})
	a.same("IRI", b.IRI, []string{"https://kg.example/id/colds-care", "", "", "https://kg.example/id/colds-signs"})
	a.same("Heading", b.Heading, []string{"Care", "", "", "Signs"})
	a.same("Summary", b.Summary, []string{"", "", "", "What a cold shows."})
	a.lines("Article", []string{names(b.Article)}, "colds - - colds")
	a.same("Position", b.Position, []int{2, 0, 0, 1})
	rows := func(l *graph.Lists[graph.Ref]) []string {
		return []string{names(l.At(0)), names(l.At(1)), names(l.At(2)), names(l.At(3))}
	}
	a.lines("Concepts", rows(&b.Concepts), "cold early rest", "", "", "cold cough fever")
	a.lines("Statements", rows(&b.Statements), "ev:3 ev:4 st-yhnod7eak2iglwzt", "", "", "ev:1 ev:2")
	a.lines("Inferred", rows(&b.Inferred), "ev:9 ev:6", "", "", "")
}

func testList(a *asker) {
	kinds := func(k ...graph.Kind) []graph.Kind { return k }
	data, notes, care := a.ref("ex:data"), a.ref("notes"), a.ref("colds-care")
	for _, test := range []struct {
		what string
		q    graph.ConceptQuery
		want string
	}{
		{"all", graph.ConceptQuery{}, "cold cough early ex:fatigue-a ex:fatigue-b fever " + x1 + " flu rest swab oedema"},
		{"symptoms by any type", graph.ConceptQuery{Kinds: kinds(graph.Symptom)}, "cough ex:fatigue-a ex:fatigue-b fever oedema"},
		{"causes or tests", graph.ConceptQuery{Kinds: kinds(graph.Test, graph.Cause, graph.Test)}, "fever swab"},
		{"what has no known type", graph.ConceptQuery{Kinds: kinds(graph.OtherConcept)}, x1},
		{"an empty list of kinds", graph.ConceptQuery{Kinds: []graph.Kind{}}, ""},
		{"no such kind", graph.ConceptQuery{Kinds: kinds(graph.KindNone, 200)}, ""},
		{"by kind in the filter", graph.ConceptQuery{Filter: &graph.ConceptFilter{Kinds: kinds(graph.Condition)}}, "cold flu oedema"},
		{"by both", graph.ConceptQuery{Kinds: kinds(graph.Symptom), Filter: &graph.ConceptFilter{Kinds: kinds(graph.Condition)}}, "oedema"},
		{"by source", graph.ConceptQuery{Filter: &graph.ConceptFilter{Sources: []graph.Ref{data}}}, "cold " + x1 + " swab"},
		{"by an article as source", graph.ConceptQuery{Filter: &graph.ConceptFilter{Sources: []graph.Ref{notes}}}, "cold " + x1},
		{"by section", graph.ConceptQuery{Filter: &graph.ConceptFilter{Sections: []graph.Ref{care}}}, "cold early rest"},
		{"by a ref of another class", graph.ConceptQuery{Filter: &graph.ConceptFilter{Sections: []graph.Ref{data, graph.NoRef}}}, ""},
		{"by an empty list", graph.ConceptQuery{Filter: &graph.ConceptFilter{Sources: []graph.Ref{}}}, ""},
		{"and", graph.ConceptQuery{Filter: &graph.ConceptFilter{And: []graph.ConceptFilter{
			{Sources: []graph.Ref{data}}, {Kinds: kinds(graph.Test, graph.OtherConcept)},
		}}}, x1 + " swab"},
		{"or", graph.ConceptQuery{Filter: &graph.ConceptFilter{Or: []graph.ConceptFilter{
			{Sections: []graph.Ref{care}}, {Kinds: kinds(graph.Test)},
		}}}, "cold early rest swab"},
		{"an empty or", graph.ConceptQuery{Filter: &graph.ConceptFilter{Or: []graph.ConceptFilter{}}}, ""},
		{"an empty and", graph.ConceptQuery{Kinds: kinds(graph.Test), Filter: &graph.ConceptFilter{And: []graph.ConceptFilter{}}}, "swab"},
		{"not", graph.ConceptQuery{Filter: &graph.ConceptFilter{Not: &graph.ConceptFilter{
			Kinds: kinds(graph.Symptom, graph.Condition, graph.Stage),
		}}}, x1 + " rest swab"},
	} {
		got := graph.RefList{Refs: a.refs("swab", "swab"), Total: 77}
		a.ok(a.r.List(context.Background(), test.q, &got))
		a.lines("List of "+test.what, []string{names(got.Refs)}, test.want)
		if got.Total != len(got.Refs) {
			a.t.Errorf("List of %s: Total %d of %d", test.what, got.Total, len(got.Refs))
		}
	}

	var all, page graph.RefList
	a.ok(a.r.List(context.Background(), graph.ConceptQuery{Kinds: kinds(graph.Symptom)}, &all))
	for w := range windows(5) {
		a.ok(a.r.List(context.Background(), graph.ConceptQuery{Kinds: kinds(graph.Symptom), Window: w}, &page))
		want := graph.RefList{Refs: cut(all.Refs, w), Total: 5}
		a.same("List with "+describe(w), &page, &want)
	}
}
