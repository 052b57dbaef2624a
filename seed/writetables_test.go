package seed_test

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
)

// archived returns the files of a data set as KGX.
func archived(t *testing.T, d *graph.Dataset) fstest.MapFS {
	t.Helper()
	var b bytes.Buffer
	if err := seed.Write(t.Context(), &b, seed.KGX, d); err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for r := tar.NewReader(&b); ; {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			return fsys
		} else if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fsys[header.Name] = &fstest.MapFile{Data: content}
	}
}

// TestTablesReadAsTheyAre: what KGX has a place for comes back as it was, with
// its sources, articles, prefixes and words, and nothing has to be added by hand.
func TestTablesReadAsTheyAre(t *testing.T) {
	t.Parallel()
	d, _ := readAll(t, map[string]string{"a.yaml": own + `
types: [{id: "EX:Mimic", name: mimic, subClassOf: MedicalCondition, description: What looks like another.}]
predicates: [{id: "EX:worsens", inverse: worsenedBy, description: Makes it worse., range: [Condition], hedged: true}]
sources: [{id: book, kind: data, name: A book, version: "1.10"}, {id: me, kind: curator, name: Me}]
articles: [{id: art, name: Article, license: CC0-1.0, sections: [{id: causes, heading: Causes, summary: What it says.}]}]
concepts:
  - {id: imitator, name: Imitator, types: ["EX:Mimic"], note: A remark., sources: [book]}
  - {id: "EX:remedy", name: Remedy, types: [Drug], synonyms: [{text: cure, scope: lay}], codes: [{code: "EX:7", match: close}]}
statements:
  - {subject: imitator, predicate: worsenedBy, object: "EX:remedy", source: art, section: causes, locator: L1, modality: possible}
  - {subject: imitator, predicate: possibleTreatment, object: "EX:remedy", source: me, locator: here, negated: true}
`})
	files := archived(t, d)
	back, _, err := seed.ReadFS(t.Context(), files, ".")
	if err != nil {
		t.Fatal(err)
	}
	if back.Version() != d.Version() {
		t.Errorf("read back it is another:\n%s", files["dataset.yaml"].Data)
	}
	if refused, err := seed.Refused(t.Context(), seed.KGX, d); err != nil || len(refused) > 0 {
		t.Errorf("refused: %v, %v", refused, err)
	}
}

// TestEmbeddedTables: the seed itself comes back with all its statements.
func TestEmbeddedTables(t *testing.T) {
	t.Parallel()
	d, _, err := seed.Read(t.Context(), seed.EmbeddedPath)
	if err != nil {
		t.Fatal(err)
	}
	back, _, err := seed.ReadFS(t.Context(), archived(t, d), ".")
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Statements) != len(d.Statements) || len(back.Concepts) != len(d.Concepts) || len(back.Articles) != len(d.Articles) {
		t.Fatalf("%d statements and %d concepts are %d and %d", len(d.Statements), len(d.Concepts), len(back.Statements), len(back.Concepts))
	}
	for i := range d.Statements {
		if d.Statements[i].ID != back.Statements[i].ID || d.Statements[i].Modality != back.Statements[i].Modality {
			t.Errorf("%s is %s", d.Statements[i].ID, back.Statements[i].ID)
		}
	}
}

// TestDescriptionInventsNothing: what a row cannot say it has not, no default
// says for it.
func TestDescriptionInventsNothing(t *testing.T) {
	t.Parallel()
	d := &graph.Dataset{
		Prefixes: graph.NewPrefixes(nil), Sources: []graph.Source{{ID: "farm", Kind: graph.DataSource, Name: "Farm"}},
		Concepts: []graph.Concept{
			{ID: "a", Names: []graph.Text{{Text: "A", Language: "en"}}, Sources: []graph.ID{"farm"}},
			{ID: "b", Names: []graph.Text{{Text: "B", Language: "en"}}, Sources: []graph.ID{"farm"}},
			{ID: "c", Names: []graph.Text{{Text: "C", Language: "de"}}, Sources: []graph.ID{"farm"}},
		},
	}
	if err := d.Normalize(); err != nil {
		t.Fatal(err)
	}
	if said := string(archived(t, d)["dataset.yaml"].Data); strings.Contains(said, "language") || !strings.Contains(said, "dataset:") {
		t.Errorf("a name is German:\n%s", said)
	}
	d.Concepts[1].Sources = nil
	if said := string(archived(t, d)["dataset.yaml"].Data); strings.Contains(said, "dataset:") || !strings.Contains(said, "farm") {
		t.Errorf("nobody describes b:\n%s", said)
	}
	if refused, err := seed.Refused(t.Context(), seed.KGX, d); err != nil || len(refused) == 0 {
		t.Errorf("refused: %v, %v", refused, err)
	}
}
