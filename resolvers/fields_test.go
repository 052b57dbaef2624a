package resolvers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/seed"
)

// linkFields is the table of link fields as the docs have it, written down once
// more: the field on the subject, that on the object, the predicate.
const linkFields = `
causes             causeOf           schema:cause
signsAndSymptoms   conditions        schema:signOrSymptom
tests              usedToDiagnose    schema:typicalTest
treatments         treats            schema:possibleTreatment
advisedAgainstFor  cautions          kg:advisedAgainstIn
adverseOutcomes    adverseOutcomeOf  schema:adverseOutcome
increasesRiskOf    riskFactors       schema:increasesRiskOf
complications      complicationOf    kg:complication
rulesOut           ruledOutBy        kg:usedToRuleOut
detects            detectedBy        schema:signDetected
examines           examinedBy        kg:examines
anatomy            affectedBy        schema:associatedAnatomy
stages             stageOf           schema:stage
subjects           guidelines        schema:guidelineSubject
prevents           preventedBy       kg:prevents
mayIndicate        indicatedBy       kg:mayIndicate
includes           partOf            kg:includes
broader            narrower          skos:broader
related            related           skos:related`

// TestLinkFields: a statement is found from its subject by the one field and
// from its object by the other, by no other field, and by links and claim under
// every name.
func TestLinkFields(t *testing.T) {
	ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil), Sources: []graph.Source{{ID: "src", Kind: graph.DataSource, Name: "Source"}}}
	var fields []string
	for line := range strings.Lines(strings.TrimSpace(linkFields)) {
		row := strings.Fields(line)
		fields = append(fields, row[0], row[1])
		// A pair of concepts of its own for each predicate.
		s, o := graph.ID(strings.ToLower(row[0])+"-s"), graph.ID(strings.ToLower(row[0])+"-o")
		ds.Concepts = append(ds.Concepts, graph.Concept{ID: s}, graph.Concept{ID: o})
		ds.Statements = append(ds.Statements, graph.Statement{Subject: s, Predicate: graph.ID(row[2]), Object: o, Source: "src"})
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	e := newExecutor(t, graphtest.NewNaive(ds))
	fields = slices.Compact(fields)
	var all strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&all, "%s { nodes { id } }\n", f)
	}
	found := func(id string) map[string][]string {
		data, code := ask[map[string]struct{ Nodes []struct{ ID string } }](t, e, fmt.Sprintf("{ r: concept(id: %q) { %s } }", id, &all), nil)
		if code != "" {
			t.Fatal(code)
		}
		got := map[string][]string{}
		for field, connection := range data {
			for _, n := range connection.Nodes {
				got[field] = append(got[field], n.ID)
			}
		}
		return got
	}
	for line := range strings.Lines(strings.TrimSpace(linkFields)) {
		row := strings.Fields(line)
		s, o := strings.ToLower(row[0])+"-s", strings.ToLower(row[0])+"-o"
		for from, want := range map[string]map[string][]string{s: {row[0]: {o}}, o: {row[1]: {s}}} {
			if got := found(from); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s: %v, want %v", from, got, want)
			}
		}
		p, _ := graph.LookupPredicate(graph.ID(row[2]))
		for _, name := range []string{row[2], p.IRI, p.Name, row[0]} {
			if got, code := ask[page](t, e, fmt.Sprintf("{ r: concept(id: %q) { links(direction: OUT, predicates: [%q]) { totalCount } } }", s, name), nil); code != "" {
				t.Errorf("links by %q: %s %v", name, code, got)
			}
		}
		for name, ends := range map[string][2]string{row[0]: {s, o}, p.Name: {s, o}, row[1]: {o, s}, p.Inverse: {o, s}} {
			got, code := ask[struct{ Answer, Exchanged string }](t, e, fmt.Sprintf("{ r: claim(subject: %q, predicate: %q, object: %q) { answer exchanged } }", ends[0], name, ends[1]), nil)
			exchanged := "NOT_STATED"
			if p.Symmetric {
				exchanged = "STATED"
			}
			if code != "" || got.Answer != "STATED" || got.Exchanged != exchanged {
				t.Errorf("claim by %q: %s %v", name, code, got)
			}
		}
	}
}

// TestFilterKeys: each condition of a filter looks at its own qualifier, an
// empty list matches nothing, and its opposite everything.
func TestFilterKeys(t *testing.T) {
	qualified := map[string]graph.Statement{
		"frequency":    {Qualifiers: graph.Qualifiers{Frequency: "x"}},
		"timing":       {Qualifiers: graph.Qualifiers{Timing: "x"}},
		"context":      {Qualifiers: graph.Qualifiers{Context: "x"}},
		"laterality":   {Qualifiers: graph.Qualifiers{Laterality: "x"}},
		"strength":     {Qualifiers: graph.Qualifiers{Strength: "x"}},
		"attribution":  {Qualifiers: graph.Qualifiers{Attribution: "x"}},
		"evidenceCode": {EvidenceCode: "x"},
		"stage":        {Qualifiers: graph.Qualifiers{Stage: "x"}},
		"source":       {Source: "source-x"},
		"section":      {Section: "section-x", Source: "article"},
		"modality":     {Qualifiers: graph.Qualifiers{Modality: graph.Suspected}},
	}
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(nil),
		Sources:  []graph.Source{{ID: "source", Kind: graph.DataSource, Name: "S"}, {ID: "source-x", Kind: graph.DataSource, Name: "X"}},
		Articles: []graph.Article{{Source: graph.Source{ID: "article", Name: "A"}, Sections: []graph.Section{{ID: "section-x", Heading: "X"}}}},
		Concepts: []graph.Concept{{ID: "from"}, {ID: "x", Types: []graph.ID{"schema:MedicalConditionStage"}}},
	}
	for key, s := range qualified {
		to := graph.ID("to-" + strings.ToLower(key))
		ds.Concepts = append(ds.Concepts, graph.Concept{ID: to})
		s.Subject, s.Predicate, s.Object = "from", graph.PredicateCause, to
		if s.Source == "" {
			s.Source = "source"
		}
		ds.Statements = append(ds.Statements, s)
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	values := map[string]string{"source": `"source-x"`, "section": `"section-x"`, "modality": "SUSPECTED"}
	for name, open := range readers {
		e := newExecutor(t, open(t, ds))
		links := func(filter string) []string {
			p, code := ask[struct{ Causes page }](t, e, fmt.Sprintf(`{ r: concept(id: "from") { causes(filter: {%s}) { nodes { id } } } }`, filter), nil)
			if code != "" {
				t.Fatalf("%s: %s", filter, code)
			}
			return p.Causes.ids()
		}
		for key := range qualified {
			value := values[key]
			if value == "" {
				value = `"x"`
			}
			own := []string{"to-" + strings.ToLower(key)}
			if got := links(fmt.Sprintf("%s: {in: [%s]}", key, value)); !slices.Equal(got, own) {
				t.Errorf("%s, %s: %v", name, key, got)
			}
			if got := links(fmt.Sprintf("%s: {in: []}", key)); len(got) > 0 {
				t.Errorf("%s, %s in an empty list: %v", name, key, got)
			}
			if got := links(fmt.Sprintf("not: {%s: {in: []}}", key)); len(got) != len(qualified) {
				t.Errorf("%s, not %s in an empty list: %v", name, key, got)
			}
			if got := links(fmt.Sprintf("%s: {stated: true}", key)); key != "source" && !slices.Equal(got, own) {
				t.Errorf("%s, %s stated: %v", name, key, got)
			}
		}
		for _, filter := range []string{"kind: {in: []}", "describedBy: {in: []}", "mentionedIn: {in: []}", "broader: {in: []}", "name: {equals: []}", "or: []", "link: {predicates: []}"} {
			if p, code := ask[page](t, e, "{ r: concepts(filter: {"+filter+"}) { nodes { id } } }", nil); code != "" || len(p.Nodes) > 0 {
				t.Errorf("%s, %s: %s %v", name, filter, code, p.ids())
			}
		}
	}
}

// TestEnumsAreStrict: a word in lower case, or null where a value is needed, is
// an error and never another value.
func TestEnumsAreStrict(t *testing.T) {
	e := newExecutor(t, graphtest.NewNaive(readSeed(t, seed.EmbeddedPath)))
	for _, c := range []struct{ document, name string }{
		{`query($v: Modality!) { r: concept(id: "eeg") { detects(filter: {modality: {in: [$v]}}) { totalCount } } }`, "asserted"},
		{`query($v: Kind!) { r: concepts(filter: {kind: {in: [$v]}}) { totalCount } }`, "test"},
		{`query($v: Direction!) { r: concept(id: "eeg") { links(direction: $v) { totalCount } } }`, "in"},
		{`query($v: LinkOrder!) { r: concept(id: "eeg") { links(orderBy: $v) { totalCount } } }`, "source"},
		{`query($v: ConceptOrder!) { r: tests(orderBy: $v) { totalCount } }`, "links"},
	} {
		if _, code := ask[any](t, e, c.document, map[string]any{"v": c.name}); code != "GRAPHQL_VALIDATION_FAILED" {
			t.Errorf("%s with %q: code %q", c.document, c.name, code)
		}
		if _, code := ask[any](t, e, c.document, map[string]any{"v": strings.ToUpper(c.name)}); code != "" {
			t.Errorf("%s with %q: code %q", c.document, strings.ToUpper(c.name), code)
		}
	}
	for _, document := range []string{
		`query($v: Int) { r: complete(text: "bell", first: $v) { score } }`,
		`query($v: Int) { r: paths(from: "eeg", to: "mri", maxLength: $v) { totalCount } }`,
		`query($v: Boolean) { ...F } fragment F on Query { r: concept(id: "mri") { broader(transitive: $v) { totalCount } } }`,
	} {
		if _, code := ask[any](t, e, document, map[string]any{"v": nil}); code != "GRAPHQL_VALIDATION_FAILED" {
			t.Errorf("%s with null: code %q", document, code)
		}
		if _, code := ask[any](t, e, document, nil); code != "" {
			t.Errorf("%s without the variable: code %q", document, code)
		}
	}
	if got, code := ask[any](t, e, `query($v: Direction) { r: concept(id: "eeg") { links(direction: $v) { totalCount } } }`, map[string]any{"v": nil}); code == "" {
		t.Errorf("null for a direction was answered: %v", got)
	}
}

// TestLimits: what is too large is refused before it is validated, run or,
// the second time, even read.
func TestLimits(t *testing.T) {
	e := newExecutor(t, graphtest.NewNaive(readSeed(t, seed.EmbeddedPath)))
	for _, c := range []struct {
		document  string
		variables map[string]any
		code      string
	}{
		{"{ r: dataset { " + strings.Repeat("version ", 50) + "} }", nil, ""},
		{"{ r: dataset { " + strings.Repeat("noSuchField ", 51) + "} }", nil, "LIMIT_EXCEEDED"},
		{"{ r: concepts(first: 100) { nodes { causes(first: 100) { nodes { causes(first: 100) { nodes { id } } } } } } }", nil, "LIMIT_EXCEEDED"},
		{"query($n: Int) { r: concepts(first: 100) { nodes { causes(first: 100) { nodes { causes(first: $n) { nodes { id } } } } } } }", map[string]any{"n": 15}, ""},
		{"query($n: Int) { r: concepts(first: 100) { nodes { causes(first: 100) { nodes { causes(first: $n) { nodes { id } } } } } } }", map[string]any{"n": 25}, "LIMIT_EXCEEDED"},
		{"query($id: ID!) { r: concept(id: $id) { id } }", map[string]any{"id": strings.Repeat("a", 20000)}, "LIMIT_EXCEEDED"},
	} {
		for range 2 {
			if _, code := ask[any](t, e, c.document, c.variables); code != c.code {
				t.Errorf("%.60s %v: code %q, want %q", c.document, c.variables, code, c.code)
			}
		}
	}
}
