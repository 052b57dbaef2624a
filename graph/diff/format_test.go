package diff_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/diff"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// pair returns two graphs that differ in everything that can differ.
func pair(t *testing.T) (before, after *graph.Dataset) {
	t.Helper()
	text := func(s string) []graph.Text { return []graph.Text{{Text: s}} }
	symptom := []graph.ID{"schema:MedicalSymptom"}
	often, rarely := 0.6, 0.1
	before = &graph.Dataset{
		Prefixes: graph.NewPrefixes(map[string]string{"ex": "https://example.org/"}),
		Sources:  []graph.Source{{ID: "data", Kind: graph.DataSource, Name: "Data", Version: "1"}},
		Articles: []graph.Article{{
			Source:   graph.Source{ID: "article", Name: "Article"},
			Sections: []graph.Section{{ID: "causes", Heading: "Causes"}, {ID: "signs", Heading: "Signs"}},
		}},
		Predicates: []graph.Predicate{{ID: "ex:linksTo", Inverse: "linkedFrom"}},
		Concepts: []graph.Concept{
			{
				ID: "palsy", Types: []graph.ID{"schema:MedicalCondition"}, Names: []graph.Text{{Text: "Bell palsy"}, {Text: "Parese", Language: "de"}},
				Synonyms: []graph.Synonym{{Text: "Facial palsy", Scope: graph.ScopeRelated}}, Codes: []graph.Code{{Code: "ex:1", Match: graph.MatchExact}},
			},
			{ID: "droop", Types: symptom, Names: text("Droop")},
			{ID: "tears", Types: symptom, Names: text("Tears")},
			{ID: "old", Types: symptom, Names: text("Old"), Codes: []graph.Code{{Code: "ex:2", Match: graph.MatchExact}}},
			{ID: "child", Names: text("Childhood"), Types: []graph.ID{"schema:MedicalConditionStage"}},
		},
		Statements: []graph.Statement{
			{
				Subject: "palsy", Predicate: "schema:signOrSymptom", Object: "droop", Source: "article", Section: "signs", Locator: "L1.S1",
				Qualifiers: graph.Qualifiers{Modality: graph.Asserted, Frequency: "often", FrequencyValue: &often},
			},
			{Subject: "palsy", Predicate: "schema:signOrSymptom", Object: "tears", Source: "data"},
			{Subject: "palsy", Predicate: "kg:duration", Value: graph.Value{Text: "3", Datatype: "xsd:integer"}, Source: "data"},
			{Subject: "droop", Predicate: "skos:related", Object: "tears", Source: "data", Qualifiers: graph.Qualifiers{Context: "children"}},
		},
	}
	after = &graph.Dataset{
		Prefixes: graph.NewPrefixes(map[string]string{"ex": "https://example.org/", "new": "https://new.example/"}),
		Sources:  []graph.Source{{ID: "data", Kind: graph.DataSource, Name: "Data", Version: "2"}},
		Articles: []graph.Article{{
			Source:   graph.Source{ID: "article", Name: "Article"},
			Sections: []graph.Section{{ID: "signs", Heading: "Signs"}, {ID: "causes", Heading: "Causes"}, {ID: "tests", Heading: "Tests"}},
		}},
		Predicates: []graph.Predicate{{ID: "ex:linksTo", Inverse: "linkedFrom", Symmetric: true, Domain: []graph.Kind{graph.Condition, graph.Symptom}}},
		Types:      []graph.Type{{ID: "ex:Rare", Name: "Rare disease", SubClassOf: "schema:MedicalCondition"}},
		Concepts: []graph.Concept{
			{
				ID: "palsy", Types: []graph.ID{"schema:MedicalCondition"}, Names: []graph.Text{{Text: "Bell's palsy"}, {Text: "Gesichtslähmung", Language: "de"}},
				Synonyms: []graph.Synonym{{Text: "Facial palsy", Scope: graph.ScopeBroad, Via: "DO"}}, Note: "see | <b>@team</b> `x`\nand\x1b[2J",
				Sources: []graph.ID{"data"}, Properties: []graph.Property{{Predicate: "kg:severity", Value: graph.Value{Text: "mild", Language: "en"}}},
			},
			{ID: "droop", Types: symptom, Names: text("Droop")},
			{ID: "tears", Types: symptom, Names: text("Tears")},
			{ID: "renamed", Types: symptom, Names: text("New\x1b[31m"), Codes: []graph.Code{{Code: "ex:2", Match: graph.MatchExact}}},
			{ID: "child", Names: text("Childhood"), Types: []graph.ID{"schema:MedicalConditionStage"}},
		},
		Statements: []graph.Statement{
			{
				Subject: "palsy", Predicate: "schema:signOrSymptom", Object: "droop", Source: "article", Section: "signs", Locator: "L1.S1",
				Qualifiers: graph.Qualifiers{Modality: graph.Possible, FrequencyValue: &rarely, Attribution: "experts"},
			},
			{Subject: "palsy", Predicate: "schema:signOrSymptom", Object: "tears", Source: "article", Section: "signs", Locator: "L2.S1"},
			{Subject: "palsy", Predicate: "kg:duration", Value: graph.Value{Text: "4", Datatype: "xsd:integer"}, Source: "data"},
			{Subject: "droop", Predicate: "skos:related", Object: "tears", Source: "data", Qualifiers: graph.Qualifiers{Negated: true, Stage: "child"}},
		},
	}
	for _, ds := range []*graph.Dataset{before, after} {
		if err := ds.Normalize(); err != nil {
			t.Fatal(err)
		}
	}
	return before, after
}

var update = flag.Bool("update", false, "write testdata anew")

// TestFormats: testdata has what each format makes of the pair; that of JSON
// is read by the programs of others.
func TestFormats(t *testing.T) {
	d := diff.Compare(pair(t))
	d.Before, d.After = "one", "two"
	for file, write := range map[string]func(io.Writer) error{"pair.txt": d.Text, "pair.md": d.Markdown, "pair.json": d.JSON} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		file = filepath.Join("testdata", file)
		if *update {
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if b.String() != string(want) {
			t.Errorf("%s is otherwise:\n%s", file, b.String())
		}
	}
}

// TestJSONIsTheDiff: nothing is lost on the way.
func TestJSONIsTheDiff(t *testing.T) {
	d := diff.Compare(pair(t))
	var b bytes.Buffer
	if err := d.JSON(&b); err != nil {
		t.Fatal(err)
	}
	var read diff.Diff
	if err := json.Unmarshal(b.Bytes(), &read); err != nil || !reflect.DeepEqual(&read, d) {
		t.Errorf("%v\n%s", err, b.String())
	}
}

// TestEqualIsSaid: nothing is something to say.
func TestEqualIsSaid(t *testing.T) {
	before, _ := pair(t)
	d := diff.Compare(before, before)
	for want, write := range map[string]func(*bytes.Buffer) error{
		"no difference: both are version " + before.Version() + "\n":    func(b *bytes.Buffer) error { return d.Text(b) },
		"No difference: both are version `" + before.Version() + "`.\n": func(b *bytes.Buffer) error { return d.Markdown(b) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil || b.String() != want {
			t.Errorf("%v %q, want %q", err, b.String(), want)
		}
	}
	var b bytes.Buffer
	if err := d.JSON(&b); err != nil || strings.Contains(b.String(), "null") {
		t.Errorf("%v %s", err, b.String())
	}
}

// TestAmbiguous: where two statements could be what a third has become, none
// is said to be it.
func TestAmbiguous(t *testing.T) {
	said := func(sources ...graph.ID) *graph.Dataset {
		ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil), Concepts: []graph.Concept{{ID: "a"}, {ID: "b"}}}
		for _, id := range []graph.ID{"s1", "s2", "s3"} {
			ds.Sources = append(ds.Sources, graph.Source{ID: id, Kind: graph.DataSource})
		}
		for _, id := range sources {
			ds.Statements = append(ds.Statements, graph.Statement{Subject: "a", Predicate: "schema:cause", Object: "b", Source: id})
		}
		if err := ds.Normalize(); err != nil {
			t.Fatal(err)
		}
		return ds
	}
	for _, c := range []struct {
		before, after []graph.ID
		want          diff.Counts
	}{
		{[]graph.ID{"s1"}, []graph.ID{"s2"}, diff.Counts{Moved: 1}},
		{[]graph.ID{"s1", "s3"}, []graph.ID{"s2", "s3"}, diff.Counts{Moved: 1}},
		{[]graph.ID{"s1"}, []graph.ID{"s2", "s3"}, diff.Counts{Added: 2, Removed: 1}},
		{[]graph.ID{"s1", "s2"}, []graph.ID{"s3"}, diff.Counts{Added: 1, Removed: 2}},
		{[]graph.ID{"s1", "s2"}, []graph.ID{"s1", "s2", "s3"}, diff.Counts{Added: 1}},
	} {
		if got := diff.Compare(said(c.before...), said(c.after...)).Summary.Statements; got != c.want {
			t.Errorf("%v to %v: %+v, want %+v", c.before, c.after, got, c.want)
		}
	}
}

// TestPlaceTellsApart: of several statements of one claim, each is the one that
// stands at its place.
func TestPlaceTellsApart(t *testing.T) {
	at := func(source graph.ID) *graph.Dataset {
		ds := &graph.Dataset{
			Prefixes: graph.NewPrefixes(nil), Concepts: []graph.Concept{{ID: "a"}, {ID: "b"}},
			Sources: []graph.Source{{ID: source, Kind: graph.DataSource}},
		}
		for _, page := range []string{"p. 1", "p. 2"} {
			ds.Statements = append(ds.Statements, graph.Statement{
				Subject: "a", Predicate: "schema:cause", Object: "b", Source: source, Locator: page, Key: page,
			})
		}
		if err := ds.Normalize(); err != nil {
			t.Fatal(err)
		}
		return ds
	}
	d := diff.Compare(at("s1"), at("s2"))
	if d.Summary.Statements != (diff.Counts{Moved: 2}) {
		t.Errorf("%+v", d.Summary.Statements)
	}
	for _, s := range d.Statements {
		for _, f := range s.Fields {
			if f.Name != "id" && f.Name != "source" {
				t.Errorf("%s: %s from %q to %q", s.ID, f.Name, f.Before, f.After)
			}
		}
	}
}

// TestPerhapsRenamed: a name tells a rename only where nobody shares it, and
// a code tells more.
func TestPerhapsRenamed(t *testing.T) {
	of := func(concepts ...graph.Concept) *graph.Dataset {
		ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil), Concepts: concepts}
		if err := ds.Normalize(); err != nil {
			t.Fatal(err)
		}
		return ds
	}
	concept := func(id, name string, codes ...string) graph.Concept {
		c := graph.Concept{ID: graph.ID(id), Names: []graph.Text{{Text: name}}}
		for _, code := range codes {
			c.Codes = append(c.Codes, graph.Code{Code: graph.ID(code), Match: graph.MatchExact})
		}
		return c
	}
	for _, c := range []struct {
		before, after []graph.Concept
		want          string
	}{
		{[]graph.Concept{concept("a", "Same")}, []graph.Concept{concept("b", "Same")}, "a b name Same"},
		{[]graph.Concept{concept("a", "One", "X:1")}, []graph.Concept{concept("b", "Two", "X:1")}, "a b exactCode X:1"},
		{[]graph.Concept{concept("a", "One", "X:1")}, []graph.Concept{concept("X:1", "Two")}, "a X:1 exactCode X:1"},
		{[]graph.Concept{concept("a", "Same")}, []graph.Concept{concept("b", "Same"), concept("c", "Same")}, ""},
		{[]graph.Concept{concept("a", "Same", "X:1")}, []graph.Concept{concept("b", "Same"), concept("c", "Else", "X:1")}, "a c exactCode X:1"},
		{[]graph.Concept{concept("a", "Same")}, []graph.Concept{concept("a", "Same"), concept("b", "Same")}, ""},
	} {
		var got []string
		for _, r := range diff.Compare(of(c.before...), of(c.after...)).Renames {
			got = append(got, fmt.Sprint(r.Before.ID, " ", r.After.ID, " ", r.By, " ", r.Shared))
		}
		if strings.Join(got, "; ") != c.want {
			t.Errorf("%v, want %s", got, c.want)
		}
	}
}

// TestMarkdownIsSafe: outside of code spans stand our own words only, whatever
// the data holds.
func TestMarkdownIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nasty := rapid.StringOf(rapid.SampledFrom([]rune("`|<>@#*_[]()!\\ \n\r\t~-=+§\u202e\u0000$&"))).Draw(t, "text")
		before := graphtest.Random(rapid.Uint64Range(0, 100).Draw(t, "seed"), 3)
		after := graphtest.Random(rapid.Uint64Range(0, 100).Draw(t, "other seed"), 3)
		c := &after.Concepts[0]
		c.Names = []graph.Text{{Text: nasty + "§"}}
		c.Note, c.Properties = "§"+nasty, []graph.Property{{Predicate: "http://x.example/§" + graph.ID(nasty), Value: graph.Value{Text: nasty, Language: "§"}}}
		after.Sources[0].Name = "@§" + nasty
		if err := after.Normalize(); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := diff.Compare(before, after).Markdown(&b); err != nil {
			t.Fatal(err)
		}
		plain := withoutCode(b.String())
		for i, line := range strings.Split(plain, "\n") {
			if i > 1 && strings.HasPrefix(line, "|") { // the table of counts
				continue
			}
			if strings.ContainsAny(line, "§<@`|[]$\\\u202e\u0000\r") {
				t.Fatalf("line %d is %q of\n%s", i+1, line, b.String())
			}
		}
	})
}

// withoutCode takes away the code spans, as CommonMark 0.31 finds them: from a
// run of backticks to the next run of the same length, within a block; here
// every line is a block.
func withoutCode(markdown string) string {
	var plain []string
	for _, line := range strings.Split(markdown, "\n") {
		var kept strings.Builder
		for line != "" {
			run := len(line) - len(strings.TrimLeft(line, "`"))
			if run == 0 {
				kept.WriteByte(line[0])
				line = line[1:]
				continue
			}
			fence, rest := line[:run], line[run:]
			end := -1
			for at := 0; at < len(rest); {
				if rest[at] != '`' {
					at++
					continue
				}
				n := len(rest[at:]) - len(strings.TrimLeft(rest[at:], "`"))
				if n == run {
					end = at
					break
				}
				at += n
			}
			if end < 0 {
				kept.WriteString(fence)
				line = rest
			} else {
				line = rest[end+run:]
			}
		}
		plain = append(plain, kept.String())
	}
	return strings.Join(plain, "\n")
}
