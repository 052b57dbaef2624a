package obo

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// What an ontology in OBO becomes is shown by ontology.txtar of package main.

// TestWords: values are cut as the format says.
func TestWords(t *testing.T) {
	for _, c := range []struct{ value, word, unmarked string }{
		{`HP:1 ! a name`, "HP:1", "HP:1"},
		{`HP:1 {source="PMID:2", note="a } b"} ! a name`, "HP:1", "HP:1"},
		{`Rare! Or not.`, "Rare!", "Rare! Or not."},
		{`a {not marks}`, "a", "a {not marks}"},
		{`a\ b c`, `a\ b`, `a\ b c`},
		{`"a ! b" EXACT []`, `"a ! b"`, `"a ! b" EXACT []`},
	} {
		if got := word(c.value); got != c.word {
			t.Errorf("the first word of %s is %q, want %q", c.value, got, c.word)
		}
		if got := unmarked(c.value); got != c.unmarked {
			t.Errorf("%s without marks is %q, want %q", c.value, got, c.unmarked)
		}
	}
	if got := trailing(`HP:1 {source="PMID:2", source="a, \"b\""}`); len(got) != 2 || got[1] != (mark{"source", `a, "b"`}) {
		t.Errorf("marks %q", got)
	}
}

// FuzzOBO reads any bytes: mistakes have places in the file, and quads are whole.
func FuzzOBO(f *testing.F) {
	f.Add([]byte("ontology: hp\ndata-version: 1\nsubsetdef: slim \"a\"\nidspace: EX http://a.example/\n[Term]\nid: EX:1\nname: a \\\n b\n" +
		"def: \"a\" [PMID:1 \"b\", c\\,d] {x=\"y\"}\nsynonym: \"a\" EXACT lay []\nxref: A:1 \"b\" {c=\"d\"}\nis_a: HP:2 ! b\nintersection_of: HP:3\n" +
		"intersection_of: part_of HP:4\nunion_of: HP:5\nrelationship: part_of HP:4 {all_only=\"true\"}\nproperty_value: skos:note \"a\" xsd:string\n" +
		"is_obsolete: true\n[Typedef]\nid: part_of\nxref: BFO:0000050\nis_transitive: true\n[Instance]\nid: HP:6\ninstance_of: HP:2\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		scanned(t, Scan, content, func(at syntax.Place) bool { return at.Line >= 1 && at.Line <= 1+bytes.Count(content, []byte("\n")) })
	})
}

// FuzzGraphs does the same with JSON.
func FuzzGraphs(f *testing.F) {
	f.Add([]byte(`{"graphs": [{"edges": [{"sub": "HP:1", "pred": "is_a", "obj": "HP:2"}, {"sub": "HP:1", "pred": "BFO:0000050", "obj": "HP:2", "meta": {"xrefs": [{"val": "PMID:1"}]}}],
		"id": "http://a.example/o.owl", "meta": {"version": "http://a.example/1/o.owl"}, "equivalentNodesSets": [{"nodeIds": ["HP:1", "HP:3"]}],
		"logicalDefinitionAxioms": [{"definedClassId": "HP:1", "genusIds": ["HP:2"], "restrictions": [{"propertyId": "BFO:0000050", "fillerId": "HP:3"}]}],
		"domainRangeAxioms": [{"predicateId": "BFO:0000050", "domainClassIds": ["HP:1"], "rangeClassIds": ["HP:2"]}],
		"nodes": [{"id": "HP:1", "lbl": "a", "type": "CLASS", "meta": {"definition": {"val": "b", "xrefs": ["PMID:1"]}, "comments": ["c"], "subsets": ["http://a.example/s"],
		"synonyms": [{"pred": "hasExactSynonym", "val": "d", "synonymType": "http://a.example/t", "xrefs": []}], "xrefs": [{"val": "UMLS:1", "lbl": "e"}],
		"basicPropertyValues": [{"pred": "http://a.example/p", "val": "f"}], "deprecated": true}}, {"id": "HP:4", "type": "INDIVIDUAL"}, {"id": "BFO:0000050", "type": "PROPERTY"}]}]}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		scanned(t, ScanGraphs, content, func(at syntax.Place) bool { return strings.HasPrefix(at.Pointer, "/graphs/") })
	})
}

// scanned reads content: quads are whole and have places in it, else there are mistakes.
func scanned(t *testing.T, scan syntax.Quads, content []byte, isIn func(syntax.Place) bool) {
	t.Helper()
	err := scan(t.Context(), bytes.NewReader(content), func(at syntax.Place, q quad.Quad) error {
		if !isIn(at) {
			t.Errorf("%v stands at %v", q, at)
		}
		for _, v := range []quad.Value{q.Subject, q.Predicate, q.Object} {
			iri, isIRI := v.(quad.IRI)
			if v == nil || isIRI && (strings.ContainsFunc(string(iri), syntax.IsForbidden) || !strings.Contains(string(iri), ":")) {
				t.Errorf("%v is no quad", q)
			}
		}
		return nil
	})
	var mistakes syntax.Mistakes
	if err != nil && !errors.As(err, &mistakes) {
		t.Fatalf("neither quads nor mistakes: %v", err)
	}
}
