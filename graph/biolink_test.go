package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// TestForwardClasses has a line for lists of categories as files have them: which
// classes they are here, and which kind these make.
func TestForwardClasses(t *testing.T) {
	const table = `
Disease → schema:MedicalCondition Condition
NamedThing Disease → schema:MedicalCondition Condition
Disease DiseaseOrPhenotypicFeature BiologicalEntity ThingWithTaxon NamedThing Entity → schema:MedicalCondition Condition
PhenotypicFeature → schema:MedicalSignOrSymptom Symptom
BehavioralFeature PhenotypicFeature → biolink:BehavioralFeature Symptom
GrossAnatomicalStructure → biolink:GrossAnatomicalStructure Anatomy
ChemicalEntity MolecularMixture Drug → schema:Drug Treatment
ChemicalEntity → biolink:ChemicalEntity OtherConcept
SmallMolecule → biolink:SmallMolecule OtherConcept
NamedThing GenomicEntity Gene → biolink:Gene OtherConcept
DiseaseOrPhenotypicFeature → biolink:DiseaseOrPhenotypicFeature OtherConcept
NamedThing → OtherConcept`
	for line := range strings.Lines(strings.TrimSpace(table)) {
		said, want, _ := strings.Cut(strings.TrimSpace(line), " → ")
		var classes []graph.ID
		for w := range strings.FieldsSeq(said) {
			classes = append(classes, graph.ID("biolink:"+w))
		}
		got := graph.ForwardClasses(classes)
		kind := graph.KindsOf(nil, got)[0]
		if is := strings.Trim(fmt.Sprint(got), "[]"); strings.TrimSpace(is+" "+kind.String()) != want {
			t.Errorf("%s: %s %s, want %s", said, is, kind, want)
		}
	}
}

// TestBiolinkClasses: every category that means a class here is one of the model, and
// the class makes a kind.
func TestBiolinkClasses(t *testing.T) {
	met := 0
	for _, class := range graph.Classes() {
		category, known := graph.BiolinkCategoryOf(class)
		if !known {
			continue
		}
		met++
		if graph.LookupBiolink(strings.TrimPrefix(string(category), "biolink:")) != graph.BiolinkCategory {
			t.Errorf("%s is no category", category)
		}
	}
	if met != 6 {
		t.Errorf("%d classes have a category, want 6", met)
	}
	for word, role := range map[string]graph.BiolinkRole{
		"has_phenotype": graph.BiolinkPredicate, "subclass_of": graph.BiolinkPredicate, "onset_qualifier": graph.BiolinkSlot,
		"Gene": graph.BiolinkCategory, "gene": graph.NoBiolink, "has_phenotpye": graph.NoBiolink,
	} {
		if got := graph.LookupBiolink(word); got != role {
			t.Errorf("%s: %d, want %d", word, got, role)
		}
	}
}
