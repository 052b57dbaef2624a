package graph_test

import (
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

func TestRegistry(t *testing.T) {
	vocabulary := graph.NewPrefixes(nil)
	names, inverses := map[string]graph.ID{}, map[string]graph.ID{}
	for i, p := range graph.Registry() {
		if known, ok := graph.LookupPredicate(p.ID); !ok || known.Name != p.Name || known.Inverse != p.Inverse {
			t.Errorf("LookupPredicate(%s) = %v, %v", p.ID, known, ok)
		}
		if p.IRI != vocabulary.Expand(p.ID) || vocabulary.Compact(p.IRI) != p.ID {
			t.Errorf("%s has the IRI %s", p.ID, p.IRI)
		}
		if !strings.HasSuffix(p.IRI, p.Name) || p.Name == "" {
			t.Errorf("%s has the name %q", p.ID, p.Name)
		}
		if !strings.HasSuffix(p.Description, ".") {
			t.Errorf("%s is described as %q", p.ID, p.Description)
		}
		if other, twice := names[p.Name]; twice {
			t.Errorf("%s and %s are both called %s", other, p.ID, p.Name)
		}
		names[p.Name] = p.ID
		switch {
		case p.Text:
			if p.Inverse != "" || p.Range != nil || p.Symmetric {
				t.Errorf("%s has values as objects, but an inverse, a range or a mirror image", p.ID)
			}
		case p.Inverse == "":
			t.Errorf("%s, number %d, has no inverse name", p.ID, i)
		default:
			if other, twice := inverses[p.Inverse]; twice {
				t.Errorf("%s and %s are both called %s from the object", other, p.ID, p.Inverse)
			}
			inverses[p.Inverse] = p.ID
		}
		if p.Symmetric != (p.Name == p.Inverse) {
			t.Errorf("%s: symmetric is %v, and it is called %s and %s", p.ID, p.Symmetric, p.Name, p.Inverse)
		}
		if forward, reversed := graph.ForwardPredicate(p.ID); forward != p.ID || reversed {
			t.Errorf("%s of the registry is another form of %s", p.ID, forward)
		}
	}
	for inverse, id := range inverses {
		if other, taken := names[inverse]; taken && other != id {
			t.Errorf("%s is the inverse of %s and the name of %s", inverse, id, other)
		}
	}
}

func TestDescribePredicate(t *testing.T) {
	for id, name := range map[graph.ID]string{
		"ex:linksTo": "linksTo", "https://other.example/a#b": "b", "https://other.example/a/c": "c", "urn:x:d": "d", "kg:unheardOf": "unheardOf",
	} {
		if p := graph.DescribePredicate(id, prefixes); p.Name != name || p.ID != id || p.IRI != prefixes.Expand(id) || p.Inverse+p.Description != "" {
			t.Errorf("DescribePredicate(%s) = %+v", id, p)
		}
	}
	if p := graph.DescribePredicate("schema:cause", graph.Prefixes{}); p.Inverse != "causeOf" {
		t.Errorf("DescribePredicate does not know the registry: %+v", p)
	}
}

func TestKinds(t *testing.T) {
	known := map[graph.Kind]bool{}
	for _, class := range graph.Classes() {
		known[graph.KindOf(class)] = true
	}
	for _, k := range graph.Kinds() {
		if !known[k] {
			t.Errorf("no class makes a %s", k)
		}
		if k.String() == graph.KindNone.String() {
			t.Errorf("the kind %d has no name", k)
		}
	}
	for _, test := range []struct {
		types, kinds string
	}{
		{"", "OtherConcept"},
		{"ex:Unknown", "OtherConcept"},
		{"schema:MedicalCause schema:MedicalCondition", "Cause Condition"},
		{"ex:Unknown schema:MedicalTest schema:MedicalSign schema:BloodTest schema:MedicalEntity", "Test Symptom OtherConcept"},
		{"schema:Drug kg:CareAction", "Treatment"},
	} {
		c := graph.Concept{}
		for _, id := range strings.Fields(test.types) {
			c.Types = append(c.Types, graph.ID(id))
		}
		var got []string
		for _, k := range c.Kinds() {
			got = append(got, k.String())
			if !c.HasKind(k) {
				t.Errorf("%q: HasKind(%s) is false", test.types, k)
			}
		}
		if strings.Join(got, " ") != test.kinds || c.Kind() != c.Kinds()[0] {
			t.Errorf("the kinds of %q are %s, want %s", test.types, got, test.kinds)
		}
	}
}

func TestModalities(t *testing.T) {
	for _, m := range graph.Modalities() {
		if got, ok := graph.ParseModality(m.String()); !ok || got != m {
			t.Errorf("ParseModality(%q) = %v, %v", m, got, ok)
		}
	}
	for _, word := range []string{"", "Asserted", "maybe"} {
		if got, ok := graph.ParseModality(word); ok || got != graph.ModalityNotStated {
			t.Errorf("ParseModality(%q) = %v, %v", word, got, ok)
		}
	}
}
