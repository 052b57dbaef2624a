package graph_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/plexus-kg/plexus/graph"
)

var prefixes = graph.NewPrefixes(map[string]string{
	"obo": "http://purl.obolibrary.org/obo/", "DOID": "http://purl.obolibrary.org/obo/DOID_", "ex": "https://example.org/", "also": "https://example.org/",
})

func TestExpandAndCompact(t *testing.T) {
	for _, test := range []struct {
		id  graph.ID
		iri string
	}{
		{"bells-palsy", "https://kg.example/id/bells-palsy"},
		{"st-yhnod7eak2iglwzt", "https://kg.example/statement/st-yhnod7eak2iglwzt"},
		{"st-short", "https://kg.example/id/st-short"},
		{"DOID:12506", "http://purl.obolibrary.org/obo/DOID_12506"}, // the longest namespace
		{"obo:HP_1", "http://purl.obolibrary.org/obo/HP_1"},
		{"also:a:b", "https://example.org/a:b"}, // then the alphabet
		{"schema:cause", "https://schema.org/cause"},
		{"kg:partOf", "https://kg.example/vocab#partOf"},
		{"https://elsewhere.example/x", "https://elsewhere.example/x"},
		{"urn:isbn:1", "urn:isbn:1"},
		{"_:b0", "_:b0"},
		{"https://example.org/", "https://example.org/"},       // nothing is left for a local name
		{"https://example.org///x", "https://example.org///x"}, // a CURIE that would read as an IRI
		{"https://kg.example/id/No-Slug", "https://kg.example/id/No-Slug"},
		{"https://kg.example/id/st-yhnod7eak2iglwzt", "https://kg.example/id/st-yhnod7eak2iglwzt"},
		{"https://kg.example/statement/bells-palsy", "https://kg.example/statement/bells-palsy"},
	} {
		if got := prefixes.Expand(test.id); got != test.iri {
			t.Errorf("Expand(%s) = %s, want %s", test.id, got, test.iri)
		}
		if got := prefixes.Compact(test.iri); got != test.id {
			t.Errorf("Compact(%s) = %s, want %s", test.iri, got, test.id)
		}
	}
	if got := prefixes.Expand("ex:a"); got != "https://example.org/a" {
		t.Errorf("Expand(ex:a) = %s", got)
	}
	if got := (graph.Prefixes{}).Compact("https://schema.org/cause"); got != "https://schema.org/cause" {
		t.Errorf("no prefixes compact to %s", got)
	}
}

// Every full IRI comes back from its id, whatever prefixes there are.
func TestCompactLosesNothing(t *testing.T) {
	namespaces := []string{graph.ConceptBase, graph.StatementBase, graph.KG, "https://example.org/", "http://purl.obolibrary.org/obo/DOID_", "https://other.example/"}
	rapid.Check(t, func(t *rapid.T) {
		iri := rapid.SampledFrom(namespaces).Draw(t, "namespace") +
			rapid.StringMatching(`(st-[a-z2-7]{16})?[a-z0-9:/#_-]{0,6}`).Draw(t, "local")
		if got := prefixes.Expand(prefixes.Compact(iri)); got != iri {
			t.Fatalf("%s compacts to %s, which expands to %s", iri, prefixes.Compact(iri), got)
		}
	})
}

func TestIDForms(t *testing.T) {
	for _, test := range []struct {
		s                      string
		slug, curie, statement bool
	}{
		{"bells-palsy", true, false, false},
		{"a", true, false, false},
		{"2-d", true, false, false},
		{"st-yhnod7eak2iglwzt", true, false, true},
		{"st-yhnod7eak2iglwz1", true, false, false}, // 1 is not in base32
		{"st-yhnod7eak2iglwzta", true, false, false},
		{"st-YHNOD7EAK2IGLWZT", false, false, false},
		{"", false, false, false},
		{"-a", false, false, false},
		{"a-", false, false, false},
		{"a--b", false, false, false},
		{"A", false, false, false},
		{"a_b", false, false, false},
		{"é", false, false, false},
		{"DOID:12506", false, true, false},
		{"a.b-c_d:x/y:z", false, true, false},
		{"1a:x", false, false, false},
		{":x", false, false, false},
		{"a:", false, false, false},
		{"_:b0", false, false, false},
		{"https://example.org", false, false, false},
		{"a:b c", false, false, false},
		{"a:<b>", false, false, false},
	} {
		if got := graph.IsSlug(test.s); got != test.slug {
			t.Errorf("IsSlug(%q) = %v", test.s, got)
		}
		if got := graph.IsCURIE(test.s); got != test.curie {
			t.Errorf("IsCURIE(%q) = %v", test.s, got)
		}
		if got := graph.IsStatementID(test.s); got != test.statement {
			t.Errorf("IsStatementID(%q) = %v", test.s, got)
		}
	}
}

// The ids were computed without this package, with coreutils and xxd:
//
//	printf 'SUBJECT\0PREDICATE\0OBJECT\0SOURCE\0NEGATED\0STAGE\0CONTEXT' |
//	  sha256sum | cut -d' ' -f1 | xxd -r -p | base32 -w0 | head -c16 | tr A-Z a-z
func TestDeriveID(t *testing.T) {
	iri := func(id graph.ID) string { return prefixes.Expand(id) }
	plain := graph.Statement{Subject: "cold", Predicate: "schema:cause", Object: "DOID:1", Source: "colds"}
	full := plain
	full.Negated, full.Stage, full.Context, full.Key = true, "early", "in children", "2"
	value := graph.Statement{Subject: "cold", Predicate: "kg:duration", Source: "colds", Value: graph.Value{Text: "7 days", Language: "en"}}
	escaped, typed := value, value
	escaped.Value = graph.Value{Text: "a \"b\" \\ c\nd"}
	typed.Value = graph.Value{Text: "7", Datatype: "xsd:integer"}
	for _, test := range []struct {
		what string
		s    graph.Statement
		want graph.ID
	}{
		{"a claim between concepts", plain, "st-p6oexl5a6bywcq52"},
		{"with all that is hashed", full, "st-gw7qzvnkbv4adasx"},
		{"a value with a language", value, "st-yhnod7eak2iglwzt"},
		{"a value to escape", escaped, "st-rxiw6e26rhai3jhy"},
		{"a value with a datatype", typed, "st-ihi6qwn6dxnccy35"},
	} {
		if got := test.s.DeriveID(iri); got != test.want {
			t.Errorf("%s: %s, want %s", test.what, got, test.want)
		}
		corrected := test.s
		corrected.Modality, corrected.Frequency, corrected.Timing, corrected.Laterality = graph.Possible, "often", "later", "left"
		corrected.Strength, corrected.Attribution, corrected.Note, corrected.Locator = "strong", "experts", "note", "L1.S1"
		corrected.Section, corrected.EvidenceCode = "s", "ECO:1"
		if got := corrected.DeriveID(iri); got != test.want {
			t.Errorf("%s: a correction changes the id to %s", test.what, got)
		}
		if !graph.IsStatementID(string(test.want)) || strings.Contains(string(test.want), ":") {
			t.Errorf("%s is no statement id", test.want)
		}
	}
}

// TestSpellings: the other ways to write a CURIE, the usual one first, and of two
// prefixes with one namespace the usual one.
func TestSpellings(t *testing.T) {
	p := graph.NewPrefixes(map[string]string{"MIM": "https://omim.org/entry/", "OMIM": "https://omim.org/entry/", "Own": "https://own.example/"})
	if got := p.Compact("https://omim.org/entry/154700"); got != "OMIM:154700" {
		t.Errorf("the id is %s", got)
	}
	for id, want := range map[graph.ID][]graph.ID{
		"mim:154700":                         {"OMIM:154700", "MIM:154700", "MIM-number:154700"},
		"own:1":                              {"Own:1"},
		"Own:1":                              nil,
		"a-slug":                             nil,
		"https://x":                          {"http://x", "https://www.x", "http://www.x"},
		"https://identifiers.org/mim:154700": {"mim:154700", "OMIM:154700", "MIM:154700", "MIM-number:154700"},
		"http://www.bioregistry.io/own/1/":   {"own:1", "Own:1"},
	} {
		if got := p.Spellings(id); !slices.Equal(got, want) {
			t.Errorf("%s is also written %v, want %v", id, got, want)
		}
	}
}
