package seed_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/kgx"
)

func trimmed(s string) string { return strings.TrimSpace(s) }

const tablesYAML = `
dataset: {id: d, name: Data, language: en, prefixes: {EX: "http://example.com/"}}
articles: [{id: article, name: Article, sections: [{id: one, heading: One}]}]
`

const nodesTSV = "id\tcategory\tname\tsynonym\texact_synonym\txref\tsame_as\tdescription\tnote\tprovided_by\tsections\n" +
	`DOID:12506	biolink:Disease|schema:MedicalCondition|biolink:NamedThing|MedicalCause	 Bell's palsy 	a\|b | c		EX:1|HP:2	MONDO:0005665	|	n|n	d	one` + "\n" +
	"\t\t\t\t\t\t\t\t\t\t\n\n" + // blank
	"droop\tbiolink:DiseaseOrPhenotypicFeature|biolink:PhenotypicFeature\tDroop\t\tdrooping\t\t\t\t\t\t\n" +
	"early\tschema:MedicalConditionStage\tEarly\t\t\t\t\t\t\t\t\n"

const edgesTSV = "id\tsubject\tpredicate\tobject\tvalue\tnegated\tmodality\tfrequency_qualifier\tfrequencyValue\tstage\ttiming\tcontext\tlaterality\tstrength\tattribution\tnote\thas_evidence\tprimary_knowledge_source\tsection\tlocator\tkey\tlanguage\n" +
	"\tDOID:12506\tbiolink:has_phenotype\tdroop\t\tTrue\tpossible\toften\t0.7\tearly\tlater\tchildren\tleft\tstrong\texperts\tn|n\tECO:0000303\tarticle\tone\tL1\tk\t\n" +
	"\tdroop\tbiolink:phenotype_of\tDOID:12506\t\tfalse\t\t\t\t\t\t\t\t\t\t\t\t\t\tL2\t\t\n" +
	"\tDOID:12506\trecurrence\t\tno\t\tasserted\t\t\t\t\t\t\t\t\t\t\td\t\trow 3\t\ten"

const sameAsTables = tablesYAML + `
concepts:
  - id: DOID:12506
    name: Bell's palsy
    types: [MedicalCondition, MedicalCause]
    synonyms: ["a|b", c]
    codes: [{code: EX:1}, {code: HP:2}, {code: "MONDO:0005665", match: exact}]
    description: "|"
    note: n|n
    sections: [one]
  - {id: droop, name: Droop, types: [MedicalSignOrSymptom], synonyms: [{text: drooping, scope: exact}]}
  - {id: early, name: Early, types: [MedicalConditionStage]}
statements:
  - {subject: DOID:12506, predicate: signOrSymptom, object: droop, negated: true, modality: possible, frequency: often, frequencyValue: 0.7, stage: early,
     timing: later, context: children, laterality: left, strength: strong, attribution: experts, note: n|n, evidenceCode: "ECO:0000303", source: article, section: one, locator: L1, key: k}
  - {subject: DOID:12506, predicate: signOrSymptom, object: droop, source: d, locator: L2}
  - {subject: DOID:12506, predicate: recurrence, value: "no", language: en, modality: asserted, source: d, locator: row 3}
`

// TestTables reads tables, in every spelling that is allowed, and wants what
// the same data gives as YAML.
func TestTables(t *testing.T) {
	t.Parallel()
	want, wantReport := mustRead(t, map[string]string{"a.yaml": sameAsTables})
	for what, files := range map[string]map[string]string{
		"a pair":                {"a.yaml": tablesYAML, "x_nodes.tsv": nodesTSV, "x_edges.tsv": edgesTSV},
		"other names":           {"a.yaml": tablesYAML, "x.nodes.tsv": nodesTSV, "edges.tsv": edgesTSV},
		"compressed":            {"a.yaml": tablesYAML, "nodes.tsv.gz": gzipped(t, nodesTSV), "x-EDGES.TSV.gz": gzipped(t, edgesTSV)},
		"compressed in silence": {"a.yaml": tablesYAML, "x_nodes.tsv": gzipped(t, nodesTSV), "x_edges.tsv": edgesTSV},
		"a byte order mark":     {"a.yaml": tablesYAML, "x_nodes.tsv": "\ufeff" + nodesTSV, "x_edges.tsv": "\ufeff" + edgesTSV},
		"CRLF":                  {"a.yaml": tablesYAML, "x_nodes.tsv": strings.ReplaceAll(nodesTSV, "\n", "\r\n"), "x_edges.tsv": strings.ReplaceAll(edgesTSV, "\n", "\r\n")},
		"in folders below":      {"a.yaml": tablesYAML, "b/x_nodes.tsv": nodesTSV, "c/d/x_edges.tsv": edgesTSV},
	} {
		d, report := mustRead(t, files)
		sameData(t, what, d, want)
		if report.Concepts != wantReport.Concepts || report.Statements != wantReport.Statements {
			t.Errorf("%s: %d concepts and %d statements counted, in YAML %d and %d", what, report.Concepts, report.Statements, wantReport.Concepts, wantReport.Statements)
		}
	}
}

// TestRowsOfOneClaim: rows that say of one claim several things are statements each,
// with the same ids whenever they are read; one that says nothing else counts once.
func TestRowsOfOneClaim(t *testing.T) {
	t.Parallel()
	const edges = "subject\tpredicate\tobject\tfrequencyValue\tprimary_knowledge_source\tlocator\n" +
		"DOID:12506\tbiolink:has_phenotype\tdroop\t0.7\td\tL1\n" +
		"DOID:12506\tbiolink:has_phenotype\tdroop\t0.2\td\tL1\n" +
		"DOID:12506\tbiolink:has_phenotype\tdroop\t0.2\td\tL1\n"
	files := map[string]string{"a.yaml": tablesYAML, "x_nodes.tsv": nodesTSV, "x_edges.tsv": edges}
	first, _ := mustRead(t, files)
	again, _ := mustRead(t, files)
	if len(first.Statements) != 2 {
		t.Errorf("%d statements", len(first.Statements))
	}
	sameData(t, "read again", again, first)
}

// TestTablesKeepWhatTheySay reads what has no place of its own: ids of records,
// and slots of the Biolink Model.
func TestTablesKeepWhatTheySay(t *testing.T) {
	t.Parallel()
	d, _ := mustRead(t, map[string]string{
		"a.yaml":    tablesYAML,
		"nodes.tsv": "id\tcategory\tname\tin_taxon\tEX:rate\nx\tbiolink:NamedThing\tX\tNCBITaxon:9606\t1|2\ny\tMedicalTest\tY\t\t\n",
		"edges.tsv": "id\tsubject\tpredicate\tobject\tcategory\tknowledge_level\tagent_type\tpublications\n" +
			"urn:uuid:5b06e86f\tx\trelated\ty\tbiolink:Association\tnot_provided\tmanual_agent\tPMID:1|PMID:2\n" +
			"EX:record\tx\trelated\ty\tbiolink:Association|EX:Own\t\t\t\n" +
			"5b06e86f-d768\tx\trelated\ty\t\t\t\t\n",
	})
	x := d.Concepts[slices.IndexFunc(d.Concepts, func(c graph.Concept) bool { return c.ID == "x" })]
	if len(x.Types) > 0 {
		t.Errorf("a named thing and no more has the types %v", x.Types)
	}
	equal(t, "properties", x.Properties, []graph.Property{
		{Predicate: "EX:rate", Value: graph.Value{Text: "1"}},
		{Predicate: "EX:rate", Value: graph.Value{Text: "2"}},
		{Predicate: "biolink:in_taxon", Value: graph.Value{Text: "NCBITaxon:9606"}},
	})
	got := map[graph.ID][]graph.Property{}
	for _, s := range d.Statements {
		got[s.ID] = s.Properties
		if s.Modality != graph.ModalityNotStated || s.Source != "d" || s.Locator != "" {
			t.Errorf("%s says more than its row: %+v", s.ID, s)
		}
	}
	equal(t, "records", got, map[graph.ID][]graph.Property{
		"urn:uuid:5b06e86f": {
			{Predicate: "biolink:agent_type", Value: graph.Value{Text: "manual_agent"}},
			{Predicate: "biolink:publications", Value: graph.Value{Text: "PMID:1"}},
			{Predicate: "biolink:publications", Value: graph.Value{Text: "PMID:2"}},
		},
		"EX:record": {{Predicate: "biolink:category", Value: graph.Value{Text: "EX:Own"}}}, "5b06e86f-d768": nil,
	})
}

// TestTablesRoundTrip writes graphs as tables and what these refer to, and
// reads them: what comes back is all that the package comment of kgx promises.
func TestTablesRoundTrip(t *testing.T) {
	t.Parallel()
	graphs, refused := map[string]*graph.Dataset{"the seed": embedded(t)}, 0
	for n := range uint64(30) {
		graphs[fmt.Sprint("graph ", n)] = sayable(t, n)
	}
	for what, d := range graphs {
		if hasControls(d) {
			var b bytes.Buffer
			if err := seed.Write(t.Context(), &b, seed.KGX, d); err == nil || b.Len() > 0 || !strings.HasPrefix(err.Error(), "KGX cannot hold the statement st-") {
				t.Errorf("%s: %v after %d bytes", what, err, b.Len())
			}
			refused++
			continue
		}
		back, _ := mustRead(t, unpacked(t, written(t, seed.KGX, d)))
		sameData(t, what, back, asTables(t, d))
	}
	if refused == 0 || refused > 3*len(graphs)/4 {
		t.Errorf("%d of %d graphs were refused", refused, len(graphs))
	}
}

// hasControls reports whether an id follows from a text that a cell cannot hold.
func hasControls(d *graph.Dataset) bool {
	edges, _ := kgx.Split(d)
	return slices.ContainsFunc(edges, func(s *graph.Statement) bool {
		return strings.ContainsFunc(s.Value.Text+s.Context+s.Key, unicode.IsControl)
	})
}

// asTables returns what tables keep of a data set.
func asTables(t *testing.T, d *graph.Dataset) *graph.Dataset {
	t.Helper()
	text := func(s string) string {
		return trimmed(strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, s))
	}
	language := languageOfAll(d)
	kept := *d
	kept.Concepts = slices.Clone(d.Concepts)
	for i := range kept.Concepts {
		c := &kept.Concepts[i]
		c.Note = text(c.Note)
		c.Names = []graph.Text{{Text: text(c.Names[0].Text), Language: language}}
		if len(c.Descriptions) > 0 {
			c.Descriptions = []graph.Text{{Text: text(c.Descriptions[0].Text), Language: language}}
		}
		var synonyms []graph.Synonym
		for _, scope := range append(graph.Scopes(), graph.ScopeNotStated) {
			for _, s := range c.Synonyms {
				if s.Scope == scope && !slices.ContainsFunc(synonyms, func(o graph.Synonym) bool { return o.Text == text(s.Text) }) {
					synonyms = append(synonyms, graph.Synonym{Text: text(s.Text), Scope: s.Scope, Language: language})
				}
			}
		}
		c.Synonyms = synonyms
		c.Codes = slices.Clone(c.Codes)
		for j := range c.Codes {
			c.Codes[j].Label, c.Codes[j].Via = "", ""
		}
	}
	kept.Statements = slices.Clone(d.Statements)
	edges, _ := kgx.Split(&kept)
	for _, s := range edges { // the others stand in the YAML beside
		for _, field := range []*string{
			&s.Value.Text, &s.Frequency, &s.Timing, &s.Context, &s.Laterality, &s.Strength, &s.Attribution, &s.Note, &s.Locator, &s.Key,
		} {
			if kept := text(*field); kept != *field {
				*field, s.ID, s.IRI = kept, "", ""
			}
		}
	}
	if err := kept.Normalize(); err != nil {
		t.Fatal(err)
	}
	return &kept
}

// languageOfAll returns the language of all texts of concepts, if they have one
// and a data set stands beside the tables that can say so: one that alone
// describes a concept.
func languageOfAll(d *graph.Dataset) string {
	var languages []string
	says := false
	for i := range d.Concepts {
		c := &d.Concepts[i]
		for _, t := range slices.Concat(c.Names, c.Descriptions) {
			languages = append(languages, t.Language)
		}
		for _, s := range c.Synonyms {
			languages = append(languages, s.Language)
		}
		says = says || len(c.Sources) == 1 && slices.ContainsFunc(d.Sources, func(s graph.Source) bool { return s.ID == c.Sources[0] && s.Kind == graph.DataSource })
	}
	slices.Sort(languages)
	if languages = slices.Compact(languages); says && len(languages) == 1 {
		return languages[0]
	}
	return ""
}

// TestHugeLine reads a table whose one line has a gigabyte: it is told, and
// neither held in memory nor read to its end.
func TestHugeLine(t *testing.T) {
	t.Parallel()
	endless := &letters{left: 1 << 30}
	_, _, err := seed.ReadFS(t.Context(), oneFile{"x_nodes.tsv", endless}, "x_nodes.tsv")
	if found := problemsOf(err); len(found) != 1 || found[0].Rule != seed.RuleFileSize || found[0].Line != 1 {
		t.Errorf("%v", err)
	}
	if read := 1<<30 - endless.left; read > 8<<20 {
		t.Errorf("%d bytes were read", read)
	}
}

// oneFile is a file system of one file.
type oneFile struct {
	name string
	r    io.Reader
}

func (o oneFile) Open(name string) (fs.File, error) {
	if name != o.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return o, nil
}
func (o oneFile) Stat() (fs.FileInfo, error) { return o, nil }
func (o oneFile) Read(p []byte) (int, error) { return o.r.Read(p) }
func (o oneFile) Close() error               { return nil }
func (o oneFile) Name() string               { return o.name }
func (o oneFile) Size() int64                { return 1 << 30 }
func (o oneFile) Mode() fs.FileMode          { return 0o444 }
func (o oneFile) ModTime() time.Time         { return time.Time{} }
func (o oneFile) IsDir() bool                { return false }
func (o oneFile) Sys() any                   { return nil }

// letters is a reader of very many letters.
type letters struct{ left int }

func (l *letters) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), l.left)
	for i := range p[:n] {
		p[i] = 'x'
	}
	l.left -= n
	return n, nil
}

// FuzzTables reads any bytes as the tables of a pair: there is a data set, which
// can be written again, or there are problems with places in the file.
func FuzzTables(f *testing.F) {
	f.Add(nodesTSV, edgesTSV)
	f.Add("\ufeffid\tcategory\tname\r\nx\tMedicalTest\tX\r\n", "subject\tpredicate\tobject\tlocator\nx\trelated\tx\tL1\n")
	f.Add("id\tid\n", "\t\t\n")
	f.Add("id\tcategory\tname\nx\t|\\||\t\\\n", "subject\tpredicate\tobject\n\x00")
	f.Fuzz(func(t *testing.T, nodes, edges string) {
		files := map[string]string{"nodes.tsv": nodes, "edges.tsv": edges}
		d, _, err := seed.ReadFS(t.Context(), fstest.MapFS{
			"a.yaml": {Data: []byte(tablesYAML)}, "nodes.tsv": {Data: []byte(nodes)}, "edges.tsv": {Data: []byte(edges)},
		}, ".")
		if err == nil {
			for _, table := range []kgx.Table{kgx.Nodes, kgx.Edges} {
				if err := table.Write(io.Discard, d); err != nil {
					t.Error(err)
				}
			}
			return
		}
		var faulty *seed.ProblemsError
		if !errors.As(err, &faulty) {
			t.Fatalf("neither a data set nor problems: %v", err)
		}
		for _, p := range faulty.Problems {
			content, known := files[p.File]
			if lines := 1 + strings.Count(content, "\n"); !known || p.Line > lines || p.Message == "" || p.Rule == "" {
				t.Errorf("%q: place outside a file of %d lines, or nothing said", p, lines)
			} else if p.Column > 0 {
				line := bytes.Runes([]byte(strings.Split(content, "\n")[p.Line-1]))
				if p.Column > len(line)+1 {
					t.Errorf("%q: place outside a line of %d characters", p, len(line))
				}
			}
		}
	})
}

func gzipped(t *testing.T, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// BenchmarkReadTables reads a pair of tables; rows/s counts both.
func BenchmarkReadTables(b *testing.B) {
	const concepts, statements = 2_000, 10_000
	var nodes, edges strings.Builder
	nodes.WriteString("id\tcategory\tname\tsynonym\txref\n")
	for i := range concepts {
		fmt.Fprintf(&nodes, "EX:%d\tbiolink:PhenotypicFeature\tSign %d\tone|two\tHP:%d\n", i, i, i)
	}
	edges.WriteString("subject\tpredicate\tobject\tmodality\tlocator\n")
	for i := range statements {
		fmt.Fprintf(&edges, "EX:%d\tbiolink:has_phenotype\tEX:%d\tpossible\trow %d\n", i%concepts, i/7%concepts, i)
	}
	files := fstest.MapFS{"a.yaml": {Data: []byte(tablesYAML)}, "nodes.tsv": {Data: []byte(nodes.String())}, "edges.tsv": {Data: []byte(edges.String())}}
	for b.Loop() {
		d, _, err := seed.ReadFS(b.Context(), files, ".")
		if err != nil {
			b.Fatal(err)
		}
		if len(d.Concepts) != concepts || len(d.Statements) != statements {
			b.Fatal(len(d.Concepts), len(d.Statements))
		}
	}
	b.ReportMetric(float64((concepts+statements)*b.N)/b.Elapsed().Seconds(), "rows/s")
}
