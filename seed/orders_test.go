package seed_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
)

// TestOrderOfFiles: blank nodes are named by what is said of them, so neither the
// order of files nor their names change anything, nor does a file more.
func TestOrderOfFiles(t *testing.T) {
	t.Parallel()
	text := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	const (
		prefixes = "@prefix ex: <http://example.com/> . @prefix schema: <https://schema.org/> .\n"
		dataset  = "dataset: {id: trial, name: A trial, license: CC0-1.0}\n"
		sinuses  = prefixes + `ex:sinusitis schema:name "Sinusitis" ; schema:associatedAnatomy [ schema:name "Sinus" ], [ schema:name "Nose" ] .`
		noses    = prefixes + `ex:cold schema:name "Common cold" ; schema:associatedAnatomy [ schema:name "Nose" ], [ schema:name "Throat" ] .`
		lines    = `_:b1 <https://schema.org/name> "Ear" .` + "\n" + `<http://example.com/otitis> <https://schema.org/associatedAnatomy> _:b1 .`
	)
	read := func(fsys fstest.MapFS, paths ...string) string {
		d, _, err := seed.ReadFS(t.Context(), fsys, paths...)
		if err != nil {
			t.Fatal(err)
		}
		return d.Version()
	}
	one := fstest.MapFS{"d.yaml": text(dataset), "a.ttl": text(sinuses), "b.ttl": text(noses)}
	want := read(one, ".")
	if got := read(fstest.MapFS{"d.yaml": text(dataset), "z.ttl": text(sinuses), "b.ttl": text(noses)}, "."); got != want {
		t.Errorf("with files of other names the version is %s, want %s", got, want)
	}
	apart := fstest.MapFS{"a.ttl": one["a.ttl"], "b.ttl": one["b.ttl"], "c.nq": text(lines)}
	if one, other := read(apart, "a.ttl", "b.ttl", "c.nq"), read(apart, "c.nq", "b.ttl", "a.ttl"); one != other {
		t.Errorf("in another order the version is %s, want %s", other, one)
	}

	names := func(paths ...string) (names []string) {
		d, _, err := seed.ReadFS(t.Context(), apart, paths...)
		if err != nil {
			t.Fatal(err)
		}
		for i := range d.Statements {
			if d.Statements[i].Subject == "http://example.com/sinusitis" {
				names = append(names, string(d.Statements[i].ID), string(d.Statements[i].Object))
			}
		}
		return names
	}
	if alone, beside := names("a.ttl"), names("c.nq", "a.ttl"); len(alone) != 4 || !slices.Equal(alone, beside) {
		t.Errorf("beside another file the statements are %v, want %v", beside, alone)
	}
}

// TestStatementsHaveSources: what is said of a statement in RDF may leave out who
// says it; then the file or the data set of its folder does, in every format.
func TestStatementsHaveSources(t *testing.T) {
	t.Parallel()
	const ttl = `@prefix ex: <http://example.com/> . @prefix schema: <https://schema.org/> . @prefix kg: <https://kg.example/vocab#> .
		@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .` + "\n"
	for name, text := range map[string]string{
		"n.nq": `<http://example.com/c> <https://schema.org/signOrSymptom> <http://example.com/s> <http://example.com/st1> .
			<http://example.com/st1> <https://kg.example/vocab#modality> "possible" .`,
		"n.ttl":  ttl + `ex:st1 a rdf:Statement ; rdf:subject ex:c ; rdf:predicate schema:signOrSymptom ; rdf:object ex:s ; kg:modality "possible" .`,
		"n.trig": ttl + `ex:st1 { ex:c schema:signOrSymptom ex:s } ex:st1 schema:name "A graph with a title" ; schema:license "CC0-1.0" ; kg:modality "possible" .`,
		"n.jsonld": `{"@context": {"kg": "https://kg.example/vocab#", "ex": "http://example.com/", "schema": "https://schema.org/"},
			"@id": "ex:st1", "@graph": {"@id": "ex:c", "schema:signOrSymptom": {"@id": "ex:s"}}, "kg:modality": "possible"}`,
	} {
		for _, declared := range []bool{false, true} {
			fsys, want := fstest.MapFS{name: {Data: []byte(text)}}, "n"
			if declared {
				fsys["d.yaml"], want = &fstest.MapFile{Data: []byte("dataset: {id: trial, name: A trial, license: CC0-1.0}\n")}, "trial"
			}
			d, _, err := seed.ReadFS(t.Context(), fsys, ".")
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if len(d.Statements) != 1 || string(d.Statements[0].Source) != want || d.Statements[0].Modality.String() != "possible" {
				t.Errorf("%s: statements %+v, want one from %s", name, d.Statements, want)
			}
			if !slices.ContainsFunc(d.Sources, func(s graph.Source) bool { return string(s.ID) == want }) {
				t.Errorf("%s: %s is not among the sources %v", name, want, d.Sources)
			}
		}
	}
}
