package seed_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/compression"
)

// The tests of this file hold for every format of the registry, also for those
// that are still to come.

// TestRegistry: no two formats share a name, or the ending of what is written, and each
// says what it is. Only of JSON what a file holds tells how it is read.
func TestRegistry(t *testing.T) {
	t.Parallel()
	seen := map[string]seed.Format{}
	once := func(what string, f seed.Format) {
		if other, taken := seen[what]; taken {
			t.Errorf("%s: both %s and %s", what, other, f)
		}
		seen[what] = f
	}
	for _, e := range seed.FormatRegistry() {
		once("the name "+string(e.Format), e.Format)
		once("the name "+e.Name, e.Format)
		for _, ending := range e.Reads() {
			if got := seed.ReadAs("my" + strings.ToUpper(ending)); !slices.Contains(got, e.Format) {
				t.Errorf("my%s is read as %q, want %q", ending, got, e.Format)
			}
		}
		for _, ending := range e.Writes() {
			once("written: "+ending, e.Format)
			if got, ok := seed.FormatOf("my" + strings.ToUpper(ending)); got != e.Format || !ok {
				t.Errorf("my%s is written as %q, want %q", ending, got, e.Format)
			}
		}
		if len(e.Reads())+len(e.Writes()) == 0 || e.Help == "" || strings.ContainsAny(e.Help, "\n|") || len(e.Help) > 90 {
			t.Errorf("%s: what is it? %q", e.Format, e.Help)
		}
		if e.Refuses && len(e.Lacks) == 0 {
			t.Errorf("%s refuses what it does not name", e.Format)
		}
	}
}

func TestFormatOfNames(t *testing.T) {
	t.Parallel()
	if got, want := seed.ReadAs("a.json.gz"), []seed.Format{"obographs", seed.KGX}; !slices.Equal(got, want) {
		t.Errorf("JSON is read as %q, want %q", got, want)
	}
	for name, want := range map[string][2]seed.Format{ // written, read
		"a.yaml": {seed.YAML, seed.YAML}, "b/a.YML": {seed.YAML, seed.YAML}, "a.ttl": {seed.Turtle, seed.Turtle}, "a.trig.gz": {seed.TriG, seed.TriG},
		"a.jsonld": {seed.JSONLD, seed.JSONLD}, "a.nq": {seed.NQuads, seed.NQuads}, "a.NQ.GZ": {seed.NQuads, seed.NQuads}, "a.nt": {"", "ntriples"},
		"a.graphml": {seed.GraphML, ""}, "a.tar": {seed.KGX, ""}, "a_nodes.tsv.gz": {seed.KGX, seed.KGX}, "my.tsv": {seed.KGX, ""},
		"my_nodes.tsv": {seed.KGX, seed.KGX}, "a/b/my.nodes.tsv": {seed.KGX, seed.KGX}, "nodes.tsv": {seed.KGX, seed.KGX}, "MY-NODES.TSV.GZ": {seed.KGX, seed.KGX},
		"my_edges.tsv": {seed.KGX, seed.KGX}, "a/edges.tsv.gz": {seed.KGX, seed.KGX}, "nodes_edges.tsv": {seed.KGX, seed.KGX}, "_edges.tsv": {seed.KGX, seed.KGX},
		"mynodes.tsv": {seed.KGX, ""}, "nodes.unknown": {}, "nodes": {}, "nodes.tsv.zip": {}, "edges.tsv/readme": {},
		"my_edges.jsonl": {"", seed.KGX}, "a.jsonl": {}, "yaml": {}, "": {}, "a.gz": {}, "ttl.gz": {},
	} {
		if got, ok := seed.FormatOf(name); got != want[0] || ok != (want[0] != "") {
			t.Errorf("%q is written as %q, want %q", name, got, want[0])
		}
		if got := append(seed.ReadAs(name), ""); got[0] != want[1] || len(got) > 2 {
			t.Errorf("%q is read as %q, want %q", name, got, want[1])
		}
	}
}

// files writes a data set in a format to a path, as export does.
func files(t *testing.T, f seed.Format, path string, d *graph.Dataset) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, part := range seed.Parts(f, path) {
		var b bytes.Buffer
		w, err := compression.NewWriter(part.Path, &b)
		if err != nil {
			t.Fatal(err)
		}
		if err := part.Write(t.Context(), w, d); err != nil {
			t.Fatalf("%s: %v", part.Path, err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		fsys[part.Path] = &fstest.MapFile{Data: b.Bytes()}
	}
	return fsys
}

// TestRoundTrips writes the seed and random graphs in every format that is
// read, plain and in every compression, and reads them back: the same data, or
// from a format that lacks something the same statements of the seed.
func TestRoundTrips(t *testing.T) {
	t.Parallel()
	graphs := map[string]*graph.Dataset{"the seed": embedded(t)}
	for n := range uint64(3) {
		graphs[fmt.Sprint("graph ", n)] = sayable(t, n)
	}
	endings := []string{""}
	for _, c := range compression.All() {
		if c.Writes() {
			endings = append(endings, c.Ending)
		}
	}
	for _, e := range seed.FormatRegistry() {
		if len(e.Reads()) == 0 || len(e.Writes()) == 0 {
			continue
		}
		for what, d := range graphs {
			if what != "the seed" && !e.Keeps() { // nor does it hold every text
				continue
			}
			for _, packed := range endings {
				t.Run(string(e.Format)+packed+" "+what, func(t *testing.T) {
					t.Parallel()
					name := "my" + e.Writes()[0] + packed
					fsys := files(t, e.Format, name, d)
					if !slices.ContainsFunc(names(t, fsys), func(name string) bool { return strings.HasSuffix(name, packed) }) {
						t.Errorf("%s is written as %v", name, names(t, fsys))
					}
					back, _, err := seed.ReadFS(t.Context(), fsys, ".")
					if err != nil {
						t.Fatal(err, lines(problemsOf(err)))
					}
					if e.Format == "sssom" { // which holds mappings alone
						mappings := map[string]bool{}
						for _, c := range d.Concepts {
							for _, code := range c.Codes {
								if code.Match != graph.MatchNotStated {
									mappings[string(c.ID)+" skos:"+string(code.Match)+"Match "+string(code.Code)] = true
								}
							}
						}
						for _, s := range back.Statements {
							if said := string(s.Subject + " " + s.Predicate + " " + s.Object); !mappings[said] {
								t.Errorf("%s was not written", said)
							} else {
								delete(mappings, said)
							}
						}
						if len(mappings) > 0 || len(back.Statements) == 0 {
							t.Errorf("%d mappings are read, and not %v", len(back.Statements), mappings)
						}
						return
					}
					if e.Keeps() {
						sameData(t, name, back, d)
					} else {
						sameClaims(t, back, d)
					}
				})
			}
		}
	}
}

func names(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	all, err := fs.Glob(fsys, "*")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// sameClaims compares the statements and the concepts of two data sets by their
// ids.
func sameClaims(t *testing.T, got, want *graph.Dataset) {
	t.Helper()
	ids := func(d *graph.Dataset) (all []string) {
		for i := range d.Concepts {
			all = append(all, string(d.Concepts[i].ID))
		}
		for i := range d.Statements {
			all = append(all, string(d.Statements[i].ID)+" "+d.Statements[i].Modality.String()+" "+d.Statements[i].Frequency)
		}
		slices.Sort(all)
		return all
	}
	if g, w := ids(got), ids(want); !slices.Equal(g, w) {
		t.Errorf("%d concepts and statements are read, %d were written, or others", len(g), len(w))
	}
}

// TestWrittenOnly: what cannot be read again is written all the same, and its
// files are not taken for data.
func TestWrittenOnly(t *testing.T) {
	t.Parallel()
	for _, e := range seed.FormatRegistry() {
		if len(e.Reads()) > 0 {
			continue
		}
		written := files(t, e.Format, "my"+e.Writes()[0], embedded(t))
		written["a.yaml"] = &fstest.MapFile{Data: []byte(full)}
		_, report, err := seed.ReadFS(t.Context(), written, ".")
		if err != nil || report.Files != 1 || len(report.Unread) > 0 {
			t.Errorf("%s: %v; %+v", e.Format, err, report)
		}
		for name, file := range written {
			if len(file.Data) == 0 {
				t.Errorf("%s is empty", name)
			}
		}
	}
}

// TestREADMEFormats holds the README's table of formats, and with -update writes
// it.
func TestREADMEFormats(t *testing.T) {
	t.Parallel()
	const (
		file  = "../README.md"
		begin = "<!-- formats: go test ./seed -run README -update -->\n"
		end   = "<!-- end of formats -->\n"
	)
	code := func(words ...string) string {
		if len(words) == 0 || words[0] == "" {
			return "–"
		}
		return "`" + strings.Join(words, "` `") + "`"
	}
	table := "| format | read | written, `--format` | | cannot hold |\n|---|---|---|---|---|\n"
	for _, e := range seed.FormatRegistry() {
		written := "–"
		if len(e.Writes()) > 0 {
			written = code(string(e.Format))
		}
		lacks := strings.Join(e.Lacks, "; ")
		if e.Refuses {
			lacks = "data with any of it is not written: " + lacks
		}
		table += strings.TrimRight(fmt.Sprintf("| %s | %s | %s | %s | %s", e.Name, code(e.Reads()...), written, e.Help, lacks), " ") + " |\n"
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(content), begin)
	was, after, ended := strings.Cut(rest, end)
	if !found || !ended {
		t.Fatalf("%s has no table of formats between %q and %q", path.Base(file), begin, end)
	}
	if was == table {
		return
	}
	if !*update {
		t.Errorf("the table of formats is\n%s, the registry says\n%s", was, table)
		return
	}
	if err := os.WriteFile(file, []byte(before+begin+table+end+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestWriteUnknown: a format that is unknown, or that is only read, is told.
func TestWriteUnknown(t *testing.T) {
	t.Parallel()
	for _, f := range []seed.Format{"csv", "ntriples", ""} {
		var b bytes.Buffer
		err := seed.Write(context.Background(), &b, f, embedded(t))
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("unknown format %q: it is yaml, ", f)) || b.Len() > 0 {
			t.Errorf("%q: %v", f, err)
		}
	}
}
