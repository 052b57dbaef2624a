package seed_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest/needs"
	"github.com/plexus-kg/plexus/seed"
)

func embedded(t *testing.T) *graph.Dataset {
	t.Helper()
	d, report, err := seed.Read(t.Context(), seed.EmbeddedPath)
	if err != nil {
		for _, p := range problemsOf(err) {
			t.Log(p)
		}
		t.Fatal(err)
	}
	// What the model of the article has; TestModel… compare it field by field.
	if report.Concepts < 78 || report.Statements < 148 {
		t.Errorf("%d concepts and %d statements, the article alone has 78 and 148", report.Concepts, report.Statements)
	}
	return d
}

// TestEmbeddedOnDisk reads the same data from the folder as from the program.
func TestEmbeddedOnDisk(t *testing.T) {
	t.Parallel()
	d := embedded(t)
	disk, _, err := seed.Read(t.Context(), "data")
	if err != nil {
		t.Fatal(problemsOf(err), err)
	}
	if d.Version() != disk.Version() {
		t.Error("the folder holds other data than the program")
	}
}

// model is the machine-readable twin of the tables in which the article was
// analysed (../../shared/article/model.json).
type model struct {
	Entities []struct {
		ID, Label, Note, Section string
		Types, Synonyms          []string
		IDs                      [][3]string
	}
	Statements []struct {
		ID, S, P, O, Loc, Modality, Frequency, Source string
		Literal                                       bool
		Qualifiers                                    map[string]string
	}
}

func readModel(t *testing.T) model {
	t.Helper()
	content, err := os.ReadFile(needs.Shared(t, "article/model.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m model
	if err := json.Unmarshal(content, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// The model's sections by key; what is "ext" stands in none.
var modelSections = map[string]graph.ID{
	"A": "common-causes", "B": "early-treatment", "C": "neurological-causes", "D": "medical-evaluation",
}

// parenthesis ends a synonym or label with where it was read.
var parenthesis = regexp.MustCompile(`^(.*?) ?\(([^()]*)\)$`)

// provenance splits "Bell palsy (DO exact synonym)" into text, vocabulary and
// scope, and "(via DO, Mondo)" into nothing and the vocabularies.
func provenance(s string) (text, via string, scope graph.Scope) {
	m := parenthesis.FindStringSubmatch(s)
	if m == nil {
		return s, "", ""
	}
	via = strings.TrimPrefix(m[2], "via ")
	for _, sc := range graph.Scopes() {
		if before, ok := strings.CutSuffix(via, " "+string(sc)+" synonym"); ok {
			return m[1], before, sc
		}
	}
	for _, word := range []string{" xref", " label", " dbXref"} {
		via = strings.TrimSuffix(via, word)
	}
	return m[1], via, ""
}

// modelMentions says which sections name a concept in a statement of the
// article: by the line, whose sections the model gives.
func modelMentions(t *testing.T, m model) map[string][]graph.ID {
	mentioned := map[string][]graph.ID{}
	for _, s := range m.Statements {
		if s.Source != "article" {
			continue
		}
		var line int
		if _, err := fmt.Sscanf(s.Loc, "L%d.", &line); err != nil {
			t.Fatalf("%s: %v", s.Loc, err)
		}
		section := modelSections["ABCD"[(line-1)/4:][:1]] // four lines each
		for _, id := range []string{s.S, s.O, s.Qualifiers["stage"]} {
			mentioned[id] = append(mentioned[id], section)
		}
	}
	return mentioned
}

// TestModelConcepts compares every field of every concept with the model.
func TestModelConcepts(t *testing.T) {
	t.Parallel()
	m, d := readModel(t), embedded(t)
	concepts := map[graph.ID]graph.Concept{}
	for _, c := range d.Concepts {
		concepts[c.ID] = c
	}
	mentioned := modelMentions(t, m)
	for _, e := range m.Entities {
		c, ok := concepts[graph.ID(e.ID)]
		if !ok {
			t.Errorf("no concept %s", e.ID)
			continue
		}
		want := graph.Concept{ID: c.ID, IRI: graph.ConceptBase + e.ID, Names: []graph.Text{{Text: e.Label, Language: "en"}}, Sources: c.Sources, Note: c.Note}
		for _, class := range e.Types {
			if !strings.Contains(class, ":") {
				class = "schema:" + class
			}
			want.Types = append(want.Types, graph.ID(class))
		}
		for _, s := range e.Synonyms {
			text, via, scope := provenance(s)
			want.Synonyms = append(want.Synonyms, graph.Synonym{Text: text, Language: "en", Scope: scope, Via: via})
		}
		for _, code := range e.IDs {
			label, via, _ := provenance(code[1])
			// "(via Mondo clonic hemifacial spasm)" names the concept there, too.
			if vocabulary, name, ok := strings.Cut(via, " "); ok && !strings.Contains(via, ",") {
				via = vocabulary + " (" + name + ")"
			}
			match := graph.Match(strings.TrimSuffix(code[2], "Match"))
			want.Codes = append(want.Codes, graph.Code{Code: graph.ID(code[0]), Match: match, Label: label, Via: via})
		}
		for key := range strings.SplitSeq(e.Section, ",") {
			if id, ok := modelSections[key]; ok {
				want.Sections = append(want.Sections, id)
			} else if key != "ext" {
				t.Errorf("the model has a section %q", key)
			}
		}
		for _, id := range mentioned[e.ID] {
			if !slices.Contains(want.Sections, id) {
				want.Sections = append(want.Sections, id)
			}
		}
		// Normalize orders what the model lists in its own order.
		both := graph.Dataset{Articles: d.Articles, Sources: d.Sources, Concepts: []graph.Concept{want}}
		if err := both.Normalize(); err != nil {
			t.Fatal(err)
		}
		equal(t, e.ID, fmt.Sprintf("%+v", withoutEmpty(c)), fmt.Sprintf("%+v", withoutEmpty(both.Concepts[0])))
		// Notes are in the seed's own words, but none is lost or made up.
		if (c.Note == "") != (e.Note == "") {
			t.Errorf("%s: note %q, in the model %q", e.ID, c.Note, e.Note)
		}
		if len(c.Sources) != 1 {
			t.Errorf("%s: sources %v", e.ID, c.Sources)
		}
	}
}

// TestModelStatements compares every field of every statement with the model.
func TestModelStatements(t *testing.T) {
	t.Parallel()
	m, d := readModel(t), embedded(t)
	line := func(s graph.Statement) string {
		return strings.Join([]string{
			string(s.Subject), string(s.Predicate), string(s.Object), fmt.Sprintf("%q", s.Value.Text), s.Modality.String(),
			s.Frequency, string(s.Stage), s.Timing, s.Context, s.Laterality, s.Strength, s.Attribution,
			string(s.Source), s.Locator, s.EvidenceCode, fmt.Sprint("note ", s.Note != ""),
		}, " | ")
	}
	sources := map[string]graph.ID{"article": "facial-twitching-article", "curator": "curator", "ext:DO": "disease-ontology", "ext:Uberon": "uberon"}
	evidence := map[string]string{"article": "ECO:0000303", "curator": "ECO:0000305"}
	// What aliases of the model mean, written down once more.
	reverse := map[string]graph.ID{"schema:causeOf": "schema:cause", "kg:partOf": "kg:includes"}
	var got, want []string
	for _, s := range d.Statements {
		got = append(got, line(s))
		if s.Negated || s.FrequencyValue != nil || s.Key != "" || s.Value.Language != "" || s.Value.Datatype != "" || len(s.Properties) != 0 {
			t.Errorf("%s has more than the model: %+v", s.ID, s)
		}
		// The section is the one in which the locator lies; ontologies have none.
		if section := sectionOf(s.Locator); s.Section != section {
			t.Errorf("%s at %s: section %q, want %q", s.ID, s.Locator, s.Section, section)
		}
	}
	// Limits that the model has only in a note, and the seed in a qualifier: its
	// context, and what is left of the note.
	moved := map[string][2]string{
		"traditional use":                                       {"traditional use"},
		"choice depends on the root cause":                      {"chosen by the root cause"},
		"brief, localised twitching":                            {"brief, localised twitching"},
		`brief, localised twitching; "another important cause"`: {"brief, localised twitching", "called another important cause"},
	}
	for _, ms := range m.Statements {
		if to, ok := moved[ms.Qualifiers["note"]]; ok {
			ms.Qualifiers["context"], ms.Qualifiers["note"] = to[0], to[1]
		}
		s := graph.Statement{
			Subject: graph.ID(ms.S), Predicate: graph.ID(ms.P), Source: sources[ms.Source], Locator: ms.Loc,
			EvidenceCode: "ECO:0000312", Note: ms.Qualifiers["note"],
			Qualifiers: graph.Qualifiers{
				Frequency: ms.Frequency, Stage: graph.ID(ms.Qualifiers["stage"]), Timing: ms.Qualifiers["timing"], Context: ms.Qualifiers["context"],
				Laterality: ms.Qualifiers["laterality"], Strength: ms.Qualifiers["strength"], Attribution: ms.Qualifiers["attribution"],
			},
		}
		if code, ok := evidence[ms.Source]; ok {
			s.EvidenceCode = code
		}
		s.Modality, _ = graph.ParseModality(ms.Modality)
		if ms.Literal {
			s.Value.Text = ms.O
		} else {
			s.Object = graph.ID(ms.O)
		}
		if forward, ok := reverse[ms.P]; ok {
			s.Subject, s.Predicate, s.Object = s.Object, forward, s.Subject
		} else if ms.P == "schema:subTest" {
			s.Predicate = "kg:includes"
		}
		want = append(want, line(s))
	}
	slices.Sort(got)
	slices.Sort(want)
	for _, missing := range without(want, got) {
		t.Errorf("missing: %s", missing)
	}
	for _, extra := range without(got, want) {
		t.Errorf("extra:   %s", extra)
	}
}

// sectionOf returns the section of a locator Lx.Sy, by the model's lines.
func sectionOf(locator string) graph.ID {
	var line, sentence int
	if _, err := fmt.Sscanf(locator, "L%d.S%d", &line, &sentence); err != nil {
		return ""
	}
	for _, s := range []struct {
		last int
		id   graph.ID
	}{{4, modelSections["A"]}, {8, modelSections["B"]}, {12, modelSections["C"]}, {16, modelSections["D"]}} {
		if line <= s.last {
			return s.id
		}
	}
	return ""
}

// without returns the lines of a that b does not have as often.
func without(a, b []string) []string {
	left := map[string]int{}
	for _, s := range b {
		left[s]++
	}
	var out []string
	for _, s := range a {
		if left[s]--; left[s] < 0 {
			out = append(out, s)
		}
	}
	return out
}
