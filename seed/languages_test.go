package seed_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
)

// TestLanguagesAsWritten: every format of files keeps a language tag as it is
// written, and compares it without case: of two names in EN and en one is a name.
func TestLanguagesAsWritten(t *testing.T) {
	t.Parallel()
	const prefixes = "@prefix id: <https://kg.example/id/> .\n@prefix schema: <https://schema.org/> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
	const triples = `<https://kg.example/id/migraine> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/MedicalCondition> .
<https://kg.example/id/migraine> <https://schema.org/name> "Migraine"@EN-gb .
<https://kg.example/id/migraine> <https://schema.org/name> "Migräne"@DE-ch .
<https://kg.example/id/migraine> <https://schema.org/name> "Migraene"@de-CH .
<https://kg.example/id/migraine> <http://www.w3.org/2004/02/skos/core#altLabel> "Hemicrania"@LA .
<https://kg.example/id/migraine> <http://www.w3.org/2004/02/skos/core#altLabel> "Hemicrania"@la .
`
	// Where both spellings stand in one file, the first in the order of names is the name;
	// of one text the usual spelling is kept.
	names := []graph.Text{{Text: "Migraine", Language: "EN-gb"}, {Text: "Migraene", Language: "de-CH"}}
	synonyms := []graph.Synonym{{Text: "Migräne", Language: "DE-ch"}, {Text: "Hemicrania", Language: "la"}}
	apart := []graph.Text{{Text: "Migraine", Language: "EN-gb"}, {Text: "Migräne", Language: "DE-ch"}}
	latin := []graph.Synonym{{Text: "Hemicrania", Language: "LA"}}
	const dataset = "dataset: {id: lang, name: Labels, license: CC0-1.0, version: \"1\", language: EN-gb}\n"
	for name, c := range map[string]struct {
		files    map[string]string
		names    []graph.Text
		synonyms []graph.Synonym
	}{
		"YAML": {map[string]string{"a.yaml": dataset + `concepts:
  - id: migraine
    names: {EN-gb: Migraine, DE-ch: Migräne}
    types: [MedicalCondition]
    synonyms: [{text: Hemicrania, language: LA}]
`}, apart, latin},
		"tables": {map[string]string{
			"a.yaml":      dataset,
			"a_nodes.tsv": "id\tcategory\tname\tsynonym\nmigraine\tschema:MedicalCondition\tMigraine\tHemicrania\n",
		}, apart[:1], []graph.Synonym{{Text: "Hemicrania", Language: "EN-gb"}}},
		"N-Triples": {map[string]string{"a.nt": triples}, names, synonyms},
		"N-Quads":   {map[string]string{"a.nq": triples}, names, synonyms},
		"Turtle": {map[string]string{"a.ttl": prefixes + `id:migraine a schema:MedicalCondition ;
	schema:name "Migraine"@EN-gb , "Migräne"@DE-ch , "Migraene"@de-CH ; skos:altLabel "Hemicrania"@LA , "Hemicrania"@la .`}, names, synonyms},
		"JSON-LD": {map[string]string{"a.jsonld": `{"@context": {"schema": "https://schema.org/", "alt": {"@id": "http://www.w3.org/2004/02/skos/core#altLabel", "@container": "@language"}},
	"@id": "https://kg.example/id/migraine", "@type": "schema:MedicalCondition", "alt": {"LA": "Hemicrania"},
	"schema:name": [{"@value": "Migraine", "@language": "EN-gb"}, {"@value": "Migräne", "@language": "DE-ch"}]}`}, apart, latin},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			for file, text := range c.files {
				if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			ds, _, err := seed.Read(t.Context(), folder)
			if err != nil {
				t.Fatal(err)
			}
			if got := ds.Concepts[0]; len(ds.Concepts) != 1 || !reflect.DeepEqual(got.Names, c.names) || !reflect.DeepEqual(got.Synonyms, c.synonyms) {
				t.Errorf("%v %v, want %v %v", got.Names, got.Synonyms, c.names, c.synonyms)
			}
		})
	}
}

// TestLabelsOfAnother: names in further languages are added to a concept of another
// data set by a file that says nothing else.
func TestLabelsOfAnother(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "labels.ttl")
	if err := os.WriteFile(file, []byte(`@prefix id: <https://kg.example/id/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
id:bells-palsy skos:prefLabel "Idiopathische Fazialisparese"@de, "贝尔氏麻痹"@zh ; skos:altLabel "Gesichtslähmung"@de .
`), 0o600); err != nil {
		t.Fatal(err)
	}
	ds, _, err := seed.Read(t.Context(), seed.EmbeddedPath, file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range ds.Concepts {
		if c.ID == "bells-palsy" {
			want := []graph.Text{{Text: "Bell's palsy", Language: "en"}, {Text: "Idiopathische Fazialisparese", Language: "de"}, {Text: "贝尔氏麻痹", Language: "zh"}}
			if !reflect.DeepEqual(c.Names, want) {
				t.Errorf("%v, want %v", c.Names, want)
			}
		}
	}
}
