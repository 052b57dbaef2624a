package seed_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/seed"
)

func folder(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, content := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return fsys
}

func mustRead(t *testing.T, files map[string]string) (*graph.Dataset, *seed.Report) {
	t.Helper()
	d, report, err := seed.ReadFS(t.Context(), folder(files), ".")
	if err != nil {
		for _, p := range problemsOf(err) {
			t.Log(p)
		}
		t.Fatal(err)
	}
	return d, report
}

func problemsOf(err error) []seed.Problem {
	var faulty *seed.ProblemsError
	if errors.As(err, &faulty) {
		return faulty.Problems
	}
	return nil
}

const full = `
dataset: {id: d, name: Data, license: CC0-1.0, version: 1.10, url: "https://example.com/", language: en, prefixes: {EX: "http://example.com/"}}
sources: [{id: curator, kind: curator, name: Curators}]
articles:
  - id: article
    name: Article
    sections: [{id: second, heading: Second}, {id: first, heading: First, summary: In short}]
concepts:
  - id: palsy
    names: {de: Lähmung, en: Palsy}
    types: [MedicalCondition, schema:MedicalCause, kg:Outcome]
    descriptions: {de: Kurz}
    synonyms:
      - weakness
      - {text: schwach, language: de, scope: lay, via: HPO}
    codes:
      - {code: "DOID:1", match: exact, label: palsy, via: DO}
      - {code: EX:2}
    sections: [first, second]
    note: >-
      Two
      lines
  - {id: eeg, name: EEG, types: [MedicalTest]}
  - {id: early, name: Early, types: [MedicalConditionStage]}
defaults: {source: article, section: first, modality: asserted, evidenceCode: "ECO:0000303", attribution: experts, frequencyValue: 0.5}
statements:
  - {subject: palsy, predicate: typicalTest, object: eeg, locator: L1, frequency: often, stage: early,
     timing: later, context: c, laterality: left, strength: strong, note: n, negated: true, key: k}
  - {subject: palsy, predicate: recurrence, value: "1.10", language: en, locator: L2, modality: not-stated,
     attribution: "", frequencyValue: "", section: "", evidenceCode: ""}
  - {subject: eeg, predicate: schema:usedToDiagnose, object: palsy, locator: L3, source: curator, modality: possible}
`

// TestEverything reads a file that uses every key, and wants every one of them
// back; what is not given is not stated.
func TestEverything(t *testing.T) {
	t.Parallel()
	d, report := mustRead(t, map[string]string{"a.yaml": full})
	half := 0.5
	want := []graph.Concept{
		{
			ID: "early", IRI: graph.ConceptBase + "early", Types: []graph.ID{"schema:MedicalConditionStage"}, Sections: []graph.ID{"first"},
			Names: []graph.Text{{Text: "Early", Language: "en"}}, Sources: []graph.ID{"d"},
		},
		{
			ID: "eeg", IRI: graph.ConceptBase + "eeg", Types: []graph.ID{"schema:MedicalTest"}, Sections: []graph.ID{"first"},
			Names: []graph.Text{{Text: "EEG", Language: "en"}}, Sources: []graph.ID{"d"},
		},
		{
			ID: "palsy", IRI: graph.ConceptBase + "palsy", Types: []graph.ID{"schema:MedicalCondition", "kg:Outcome", "schema:MedicalCause"},
			Names:        []graph.Text{{Text: "Palsy", Language: "en"}, {Text: "Lähmung", Language: "de"}},
			Descriptions: []graph.Text{{Text: "Kurz", Language: "de"}},
			Synonyms:     []graph.Synonym{{Text: "weakness", Language: "en"}, {Text: "schwach", Language: "de", Scope: graph.ScopeLay, Via: "HPO"}},
			Codes:        []graph.Code{{Code: "DOID:1", Match: graph.MatchExact, Label: "palsy", Via: "DO"}, {Code: "EX:2"}},
			Sections:     []graph.ID{"second", "first"}, Note: "Two lines", Sources: []graph.ID{"d"},
		},
	}
	for i := range want {
		equal(t, string(want[i].ID), withoutEmpty(d.Concepts[i]), withoutEmpty(want[i]))
	}
	statements := []graph.Statement{
		{
			Subject: "palsy", Predicate: graph.PredicateTypicalTest, Object: "eeg",
			Qualifiers: graph.Qualifiers{
				Modality: graph.Asserted, Negated: true, Frequency: "often", FrequencyValue: &half, Stage: "early", Timing: "later",
				Context: "c", Laterality: "left", Strength: "strong", Attribution: "experts",
			},
			Source: "article", Section: "first", Locator: "L1", EvidenceCode: "ECO:0000303", Note: "n", Key: "k",
		},
		{
			Subject: "palsy", Predicate: "kg:recurrence", Value: graph.Value{Text: "1.10", Language: "en"},
			Source: "article", Locator: "L2",
		},
		{
			Subject: "palsy", Predicate: graph.PredicateTypicalTest, Object: "eeg",
			Qualifiers: graph.Qualifiers{Modality: graph.Possible, FrequencyValue: &half, Attribution: "experts"},
			Source:     "curator", Section: "first", Locator: "L3", EvidenceCode: "ECO:0000303",
		},
	}
	if len(d.Statements) != len(statements) {
		t.Fatalf("%d statements, want %d", len(d.Statements), len(statements))
	}
	for i, got := range d.Statements {
		w := statements[i]
		w.ID = w.DeriveID(d.Prefixes.Expand)
		w.IRI = graph.StatementBase + string(w.ID)
		equal(t, w.Locator, got, w)
	}
	equal(t, "sources", d.Sources, []graph.Source{
		{ID: "curator", IRI: graph.ConceptBase + "curator", Kind: graph.CuratorSource, Name: "Curators"},
		{ID: "d", IRI: graph.ConceptBase + "d", Kind: graph.DataSource, Name: "Data", License: "CC0-1.0", Version: "1.10", URL: "https://example.com/"},
	})
	equal(t, "sections", d.Articles[0].Sections, []graph.Section{
		{ID: "second", IRI: graph.ConceptBase + "second", Heading: "Second"},
		{ID: "first", IRI: graph.ConceptBase + "first", Heading: "First", Summary: "In short"},
	})
	equal(t, "report", *report, seed.Report{
		Files: 1, Concepts: 3, Statements: 3, Sources: 2, Articles: 1, Sections: 2,
		Licenses: []graph.LicenseUse{{License: "CC0-1.0", Sources: []graph.ID{"d"}}, {Sources: []graph.ID{"article", "curator"}}},
	})
}

// withoutEmpty makes lists without entries nil.
func withoutEmpty(c graph.Concept) graph.Concept {
	if len(c.Synonyms) == 0 {
		c.Synonyms = nil
	}
	if len(c.Codes) == 0 {
		c.Codes = nil
	}
	return c
}

func equal[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n%+v\nwanted:\n%+v", what, got, want)
	}
}

// TestSameContent reads the same content, written in other ways.
func TestSameContent(t *testing.T) {
	t.Parallel()
	d, _ := mustRead(t, map[string]string{"a.yaml": full})
	parts := strings.SplitAfter(full, "concepts:\n")
	for what, files := range map[string]map[string]string{
		"a byte order mark":  {"a.yaml": "\ufeff" + full},
		"CRLF":               {"a.yaml": strings.ReplaceAll(full, "\n", "\r\n")},
		"CR":                 {"a.yaml": strings.ReplaceAll(full, "\n", "\r")},
		"a document marker":  {"a.yaml": "---" + full + "...\n"},
		"two files":          {"z.yaml": strings.TrimSuffix(parts[0], "concepts:\n"), "b/c.yml": "concepts:\n" + parts[1]},
		"hidden files":       {"a.yaml": full, ".b.yaml": "oops: [", ".git/c.yaml": "oops: [", "README.md": "oops"},
		"an empty file":      {"a.yaml": full, "b.yaml": "", "c.yaml": "# nothing\n"},
		"repeated prefixes":  {"a.yaml": full, "b.yaml": "prefixes: {EX: 'http://example.com/', DOID: 'http://purl.obolibrary.org/obo/DOID_'}"},
		"words of other use": {"a.yaml": strings.ReplaceAll(full, "typicalTest", "schema:typicalTest")},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			other, _ := mustRead(t, files)
			if other.Version() != d.Version() {
				t.Error("another data set")
			}
		})
	}
}

// TestSeveralPaths reads a folder, a single file and compressed N-Quads from
// disk as one data set; each refers to another.
func TestSeveralPaths(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, content string, packed bool) string {
		t.Helper()
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		if packed {
			z := gzip.NewWriter(f)
			defer func() { _ = z.Close() }()
			_, err = z.Write([]byte(content))
		} else {
			_, err = f.WriteString(content)
		}
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	write("one/a.yaml", full, false)
	single := write("more.yaml", `
statements:
  - {subject: "DOID:7", predicate: broader, object: palsy, source: "dataset:doid", locator: L1}
`, false)
	// Compressed, though the name does not say so.
	quads := write("real.nq", `<http://purl.obolibrary.org/obo/DOID_7> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/MedicalCondition> <https://kg.example/dataset/doid> .
<http://purl.obolibrary.org/obo/DOID_7> <https://schema.org/name> "disease" <https://kg.example/dataset/doid> .
<https://kg.example/dataset/doid> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Dataset> .
`, true)
	// The folder twice: what is reached twice is read once.
	d, report, err := seed.Read(t.Context(), filepath.Join(dir, "one"), single, quads, filepath.Join(dir, "one"))
	if err != nil {
		t.Fatal(problemsOf(err), err)
	}
	if report.Files != 3 || report.Quads != 3 || report.Concepts != 4 || report.Statements != 4 {
		t.Errorf("report: %+v", report)
	}
	found := false
	for _, s := range d.Statements {
		found = found || s.Subject == "DOID:7" && s.Object == "palsy" && s.Source == "dataset:doid" && s.Modality == graph.ModalityNotStated
	}
	if !found {
		t.Error("the statement between the data sets is not there")
	}
	// Without the quads its reference leads nowhere.
	_, _, err = seed.Read(t.Context(), filepath.Join(dir, "one"), single)
	if ps := problemsOf(err); len(ps) != 2 || ps[0].Rule != seed.RuleDanglingReference || ps[0].File != single {
		t.Errorf("problems: %v, error %v", ps, err)
	}
}

// TestUnreadable wants errors that name the path.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	note := filepath.Join(dir, "note.txt")
	if err := os.WriteFile(note, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		filepath.Join(dir, "missing"):      "no such file",
		filepath.Join(dir, "missing.yaml"): "no such file",
		note:                               "must end in",
		dir:                                "no file in this folder",
	} {
		_, _, err := seed.Read(t.Context(), name)
		if err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	if _, _, err := seed.Read(t.Context(), filepath.Join(dir, "missing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v is not fs.ErrNotExist", err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "link.yaml")); err != nil {
			t.Fatal(err)
		}
		if _, _, err := seed.Read(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "link.yaml") {
			t.Errorf("a broken link: %v", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := seed.Read(ctx, seed.EmbeddedPath); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that ended: %v", err)
	}
}

// TestNothing reads no path at all: an empty data set that knows its prefixes.
func TestNothing(t *testing.T) {
	t.Parallel()
	d, report, err := seed.Read(t.Context())
	if err != nil || report.Files != 0 || len(d.Concepts) != 0 {
		t.Fatalf("%+v, %+v, %v", d, report, err)
	}
	if ns, ok := d.Prefixes.Namespace("DOID"); !ok || ns != "http://purl.obolibrary.org/obo/DOID_" {
		t.Errorf("DOID: %q", ns)
	}
}

// TestReal reads the quads of others, with the embedded seed.
func TestReal(t *testing.T) { realdata.Each(t, readReal) }

func readReal(t *testing.T, of realdata.Data) {
	d, report, err := seed.Read(t.Context(), of.Path, seed.EmbeddedPath)
	if err != nil {
		t.Fatal(problemsOf(err), err)
	}
	if report.Quads != of.Quads {
		t.Errorf("%d quads", report.Quads)
	}
	for _, c := range d.Concepts {
		if c.ID == "DOID:12506" && c.Name() == "Bell's palsy" {
			t.Logf("%+v", *report)
			return
		}
	}
	t.Error("no concept DOID:12506 named Bell's palsy")
}

// TestDefaultDenial: a file of denials stays one.
func TestDefaultDenial(t *testing.T) {
	files := fstest.MapFS{"a.yaml": {Data: []byte(`
dataset: {id: d, name: D, language: en}
concepts:
  - {id: a, name: A, types: [MedicalSign]}
  - {id: b, name: B, types: [MedicalCause]}
defaults: {source: d, locator: p1, negated: true}
statements:
  - {subject: a, predicate: cause, object: b}
  - {subject: a, predicate: cause, object: b, negated: false}
`)}}
	d, _, err := seed.ReadFS(t.Context(), files, ".")
	if err != nil {
		t.Fatal(problemsOf(err), err)
	}
	if len(d.Statements) != 2 || d.Statements[0].Negated == d.Statements[1].Negated {
		t.Errorf("%+v", d.Statements)
	}
}
