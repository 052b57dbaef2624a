package seed_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/seed"
)

// written returns a data set in a format.
func written(t testing.TB, f seed.Format, d *graph.Dataset) string {
	t.Helper()
	var b bytes.Buffer
	if err := seed.Write(t.Context(), &b, f, d); err != nil {
		t.Fatalf("%s: %v", f, err)
	}
	return b.String()
}

// unpacked returns the files of a tar archive.
func unpacked(t testing.TB, archive string) map[string]string {
	t.Helper()
	files := map[string]string{}
	for r := tar.NewReader(strings.NewReader(archive)); ; {
		header, err := r.Next()
		if errors.Is(err, io.EOF) {
			return files
		} else if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[header.Name] = string(content)
	}
}

// TestWriteTiny writes the small graph of testdata/export/tiny.txtar in every
// format but those of package rdf, and wants what stands there.
func TestWriteTiny(t *testing.T) {
	t.Parallel()
	const name = "testdata/export/tiny.txtar"
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	d, _ := mustRead(t, map[string]string{"tiny.yaml": files["tiny.yaml"]})
	got := map[string]string{}
	for _, f := range []seed.Format{seed.YAML, seed.GraphML} {
		got["written."+string(f)] = written(t, f, d)
	}
	maps.Copy(got, unpacked(t, written(t, seed.KGX, d)))
	if *update {
		archive.Files = archive.Files[:1]
		for _, file := range slices.Sorted(maps.Keys(got)) {
			archive.Files = append(archive.Files, txtar.File{Name: file, Data: []byte(got[file])})
		}
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for file, content := range got {
		if files[file] != content {
			t.Errorf("%s:\n%s\nwanted:\n%s", file, content, files[file])
		}
	}
}

// TestWriteIsDeterministic writes one data set, its parts in any order before
// they were normalized: the same bytes.
func TestWriteIsDeterministic(t *testing.T) {
	t.Parallel()
	first, again := embedded(t), embedded(t)
	random := rand.New(rand.NewPCG(1, 1))
	shuffle(random, again.Concepts)
	shuffle(random, again.Statements)
	shuffle(random, again.Sources)
	if err := again.Normalize(); err != nil {
		t.Fatal(err)
	}
	for _, f := range seed.Formats() {
		if written(t, f, first) != written(t, f, again) {
			t.Errorf("%s: the order of what was read shows", f)
		}
	}
}

func shuffle[T any](random *rand.Rand, list []T) {
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// TestYAMLKeepsAll writes random graphs that the format can say, of texts that
// look like anything but text, and reads them back.
func TestYAMLKeepsAll(t *testing.T) {
	t.Parallel()
	for n := range uint64(30) {
		d := sayable(t, n)
		back, _ := mustRead(t, map[string]string{"a.yaml": written(t, seed.YAML, d)})
		sameData(t, fmt.Sprint("graph ", n), back, d)
	}
}

// TestYAMLNeverLies writes random graphs, most of which the format cannot say:
// then there is an error and not a byte.
func TestYAMLNeverLies(t *testing.T) {
	t.Parallel()
	refused := 0
	for n := range uint64(100) {
		d := graphtest.Random(n, int(n%5)+1)
		var b bytes.Buffer
		if err := seed.Write(t.Context(), &b, seed.YAML, d); err != nil {
			refused++
			if b.Len() > 0 || !strings.HasPrefix(err.Error(), "YAML cannot hold this data: ") {
				t.Errorf("graph %d: %d bytes and %v", n, b.Len(), err)
			}
			if strings.Contains(err.Error(), "it is not the same") {
				t.Errorf("graph %d: nobody learns from this what is lost: %v", n, err)
			}
			continue
		}
		back, _ := mustRead(t, map[string]string{"a.yaml": b.String()})
		sameData(t, fmt.Sprint("graph ", n), back, d)
	}
	if refused < 50 {
		t.Errorf("only %d graphs were refused: they are nastier than that", refused)
	}
}

// TestYAMLSaysWhatItCannotHold wants the reason named.
func TestYAMLSaysWhatItCannotHold(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*graph.Dataset){
		"the IRI of eeg is https://example.com/eeg":      func(d *graph.Dataset) { d.Concepts[1].IRI = "https://example.com/eeg" },
		"eeg has a further value, of schema:color":       func(d *graph.Dataset) { d.Concepts[1].Properties = []graph.Property{{Predicate: "schema:color"}} },
		"eeg belongs to no data set":                     func(d *graph.Dataset) { d.Concepts[1].Sources = nil },
		"eeg has several names or descriptions":          func(d *graph.Dataset) { d.Concepts[1].Names = append(d.Concepts[1].Names, graph.Text{Text: "x"}) },
		"eeg would be mentioned in the section first":    func(d *graph.Dataset) { d.Concepts[1].Sections = nil },
		"an id that does not follow from what it claims": func(d *graph.Dataset) { d.Statements[0].ID = "st-abcdefghij234567" },
		"has a datatype, xsd:date":                       func(d *graph.Dataset) { d.Statements[2].Value.Datatype = "xsd:date" },
		"a further value, of schema:isPartOf": func(d *graph.Dataset) {
			d.Statements[0].Properties = []graph.Property{{Predicate: "schema:isPartOf", Value: graph.Value{Text: "x"}}}
		},
		"this statement has no locator": func(d *graph.Dataset) { d.Statements[0].Locator = "" },
		"unknown predicate \"kg:unheardOf\"": func(d *graph.Dataset) {
			d.Statements[0].Predicate = "kg:unheardOf"
			d.Statements[0].ID = d.Statements[0].DeriveID(d.Prefixes.Expand)
		},
	} {
		d, _ := mustRead(t, map[string]string{"a.yaml": full})
		if d.Statements[0].Object == "" || d.Statements[2].Object != "" {
			slices.SortStableFunc(d.Statements, func(a, b graph.Statement) int { return -strings.Compare(string(a.Object), string(b.Object)) })
		}
		spoil(d)
		err := seed.Write(t.Context(), io.Discard, seed.YAML, d)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
}

// TestWriteStops: a context that has ended ends the writing, and an unknown
// format is told.
func TestWriteStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	d := embedded(t)
	for _, f := range seed.Formats() {
		var b bytes.Buffer
		if err := seed.Write(ctx, &b, f, d); !errors.Is(err, context.Canceled) || b.Len() > 0 {
			t.Errorf("%s: %v after %d bytes", f, err, b.Len())
		}
	}
	if err := seed.Write(t.Context(), io.Discard, "csv", d); err == nil || !strings.Contains(err.Error(), `unknown format "csv": it is yaml, `) {
		t.Error(err)
	}
}

// sameData compares two data sets, the second of which may know fewer prefixes.
func sameData(t *testing.T, what string, got, want *graph.Dataset) {
	t.Helper()
	w := *want
	w.Prefixes = got.Prefixes
	if got.Version() == w.Version() {
		return
	}
	t.Errorf("%s: not the same", what)
	for i := range min(len(got.Concepts), len(w.Concepts)) {
		equal(t, what, withoutEmpty(got.Concepts[i]), withoutEmpty(w.Concepts[i]))
	}
	for i := range min(len(got.Statements), len(w.Statements)) {
		equal(t, what, got.Statements[i], w.Statements[i])
	}
}

// FuzzWriteYAML writes any text wherever the format has one: it is read back as
// it was, or there is an error that says why it cannot be.
func FuzzWriteYAML(f *testing.F) {
	for _, text := range treacherous {
		f.Add(text, "en")
	}
	f.Add(" ", "")
	f.Add("\x00\xff", "no language")
	f.Fuzz(func(t *testing.T, text, language string) {
		d := &graph.Dataset{
			Prefixes: graph.NewPrefixes(nil),
			Sources:  []graph.Source{{ID: "data", Kind: graph.DataSource, Name: text, Version: text}},
			Concepts: []graph.Concept{{
				ID: "x", Types: []graph.ID{"schema:MedicalTest"}, Sources: []graph.ID{"data"}, Note: text,
				Names: []graph.Text{{Text: "X", Language: language}}, Descriptions: []graph.Text{{Text: text, Language: language}},
				Synonyms: []graph.Synonym{{Text: text, Language: language, Via: text}},
			}},
			Statements: []graph.Statement{{
				Subject: "x", Predicate: "schema:alternateName", Value: graph.Value{Text: text, Language: language}, Source: "data", Locator: text,
				Key: text, Qualifiers: graph.Qualifiers{Context: text},
			}},
		}
		if err := d.Normalize(); err != nil {
			t.Skip(err)
		}
		var b bytes.Buffer
		if err := seed.Write(t.Context(), &b, seed.YAML, d); err != nil {
			if !strings.HasPrefix(err.Error(), "YAML cannot hold this data: ") || b.Len() > 0 {
				t.Errorf("%d bytes and %v", b.Len(), err)
			}
			if printable := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) < 0; printable && language == "en" && text != "" && text == strings.TrimSpace(text) && utf8.ValidString(text) {
				t.Errorf("%q: %v", text, err)
			}
			return
		}
		back, _ := mustRead(t, map[string]string{"a.yaml": b.String()})
		sameData(t, text, back, d)
	})
}
