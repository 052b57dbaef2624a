package seed_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
)

// mixed is one small data set in as many formats as there are: each file
// speaks of what another one declares.
var mixed = map[string]string{
	"a.yaml": `dataset: {id: mine, name: Mine, license: CC0-1.0, language: en}
prefixes: {EX: "http://example.com/"}
articles:
  - {id: text, name: A text, sections: [{id: first, heading: First}]}
concepts:
  - {id: "EX:flu", name: Influenza, types: [MedicalCondition]}
  - {id: early, name: Early, types: [MedicalConditionStage]}
statements:
  - {subject: "EX:flu", predicate: signOrSymptom, object: "EX:cough", modality: asserted, source: text, section: first, locator: L1, evidenceCode: "ECO:0000303"}
`,
	"b.ttl": `@prefix ex: <http://example.com/> .
@prefix schema: <https://schema.org/> .
@prefix kg: <https://kg.example/vocab#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix id: <https://kg.example/id/> .
ex:cough a schema:MedicalSymptom ; schema:name "Cough"@en .
ex:flu schema:signOrSymptom ex:fever .
ex:claim a rdf:Statement ; rdf:subject ex:flu ; rdf:predicate schema:signOrSymptom ; rdf:object ex:rash ;
    schema:isPartOf id:text ; kg:section id:first ; kg:stage id:early ; kg:negated true ; kg:frequencyValue 0.0 .
`,
	"c.jsonld": `{"@context": {"@vocab": "https://schema.org/"},
"@id": "http://example.com/fever", "@type": "MedicalSymptom", "name": "Fever"}`,
	"d.nt":         `<http://example.com/rash> <https://schema.org/name> "Rash" .` + "\n",
	"e_nodes.tsv":  "id\tcategory\tname\nEX:chills\tbiolink:PhenotypicFeature\tchills\n",
	"sub/f.trig":   "<http://example.com/seen> { <http://example.com/flu> <https://schema.org/signOrSymptom> <http://example.com/chills> }\n<http://example.com/seen> <https://kg.example/vocab#modality> \"possible\" .\n",
	"sub/also.nq":  `<http://example.com/rash> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/MedicalSign> .` + "\n",
	"sub/none.txt": "nothing to read",
}

// TestMixed reads all formats of one folder as one data set, plain and
// compressed.
func TestMixed(t *testing.T) {
	t.Parallel()
	plain, packed := fstest.MapFS{}, fstest.MapFS{}
	for name, content := range mixed {
		plain[name] = &fstest.MapFile{Data: []byte(content)}
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		packed[name+".gz"] = &fstest.MapFile{Data: b.Bytes()}
	}
	d, report, err := seed.ReadFS(t.Context(), plain, ".")
	if err != nil {
		t.Fatal(err, lines(problemsOf(err)))
	}
	if report.Files != 7 || report.Quads != 16 {
		t.Errorf("%d files and %d quads were read, want 7 and 16", report.Files, report.Quads)
	}
	again, _, err := seed.ReadFS(t.Context(), packed, ".")
	if err != nil {
		t.Fatal(err, lines(problemsOf(err)))
	}
	if d.Version() != again.Version() {
		t.Error("compressed files make another data set")
	}

	statements := map[graph.ID]graph.Statement{}
	for _, s := range d.Statements {
		statements[s.Object] = s
	}
	if len(d.Statements) != 4 || len(statements) != 4 {
		t.Errorf("there are %d statements about %d things, want 4: %+v", len(d.Statements), len(statements), d.Statements)
	}
	if s := statements["EX:cough"]; s.Source != "text" || s.Section != "first" {
		t.Errorf("the statement of YAML about a concept of Turtle: %+v", s)
	}
	if s := statements["EX:fever"]; s.Source != "mine" || s.Modality != graph.ModalityNotStated || !graph.IsStatementID(string(s.ID)) {
		t.Errorf("the plain triple between concepts of YAML and JSON-LD: %+v", s)
	}
	s := statements["EX:rash"]
	if s.ID != "EX:claim" || s.Source != "text" || s.Section != "first" || s.Stage != "early" || !s.Negated ||
		s.FrequencyValue == nil || *s.FrequencyValue != 0 || len(s.Properties) > 0 {
		t.Errorf("the rdf:Statement: %+v", s)
	}
	if s := statements["EX:chills"]; s.ID != "EX:seen" || s.Modality != graph.Possible {
		t.Errorf("the statement of TriG about a concept of a table: %+v", s)
	}
	for _, c := range d.Concepts {
		if len(c.Sources) != 1 || c.Sources[0] != "mine" {
			t.Errorf("%s is described by %v, want the data set of the folder", c.ID, c.Sources)
		}
	}
	if len(d.Concepts) != 6 || len(d.Sources) != 1 || len(d.Articles) != 1 {
		t.Errorf("%d concepts, %d sources and %d articles, want 6, 1 and 1", len(d.Concepts), len(d.Sources), len(d.Articles))
	}
}

// TestCutOff cuts every file of the mixed folder, plain and compressed, at
// every place: there are problems or there is a data set, and nothing between.
func TestCutOff(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("reads each file as often as it has bytes")
	}
	for name, content := range mixed {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		if _, err := z.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		for whole, file := range map[string]string{content: name, b.String(): name + ".gz"} {
			if strings.Contains(file, ".txt") {
				continue
			}
			for n := range len(whole) {
				d, _, err := seed.ReadFS(t.Context(), fstest.MapFS{file: {Data: []byte(whole[:n])}}, ".")
				var faulty *seed.ProblemsError
				switch {
				case err != nil && d != nil:
					t.Fatalf("%s of %d bytes: a data set beside the error %v", file, n, err)
				case err != nil && !errors.As(err, &faulty):
					t.Fatalf("%s of %d bytes: %v", file, n, err)
				case err == nil && n > 0 && strings.HasSuffix(file, ".gz"):
					t.Fatalf("%s of %d of %d bytes is read as if it were whole", file, n, len(whole))
				}
			}
		}
	}
}
