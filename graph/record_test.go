package graph_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// TestReadRecord has a line for each thing that records of others say of their
// statements: what is said, and what becomes of "cold has the symptom fever" (or, as
// it is written, of another claim).
func TestReadRecord(t *testing.T) {
	const table = `
deprecated=true → retracted
deprecated=false → as it stands
owl:deprecated=true → retracted
prov:wasInvalidatedBy=ex:erratum → retracted
prov:invalidatedAtTime=2025-01-01T00:00:00Z → retracted
oboInOwl:is_obsolete=true → retracted
dcterms:isReplacedBy=ex:newer → retracted
schema:supersededBy=ex:newer → retracted
schema:creativeWorkStatus=Withdrawn → retracted
schema:creativeWorkStatus=published → as it stands
other:deprecated=true → as it stands

has_count=0 has_total=12 → denied
has_count=0.0 has_total=12 → denied
has_percentage=0 → denied
has_percentage=0.0% → denied
has_quotient=0 → denied
has_quotient=0 has_count=0 has_total=40 → denied
frequency_qualifier=https://example.org/Excluded → denied
has_count=7 has_total=12 → as it stands
has_percentage=4 → as it stands
has_total=0 → as it stands
has_count=many → as it stands
has_count=0 → unclear
has_count=0 publications=PMID:1 → unclear
has_count=0 has_total=0 → unclear
has_count=0 has_total=12 has_percentage=30 → unclear
other:has_count=0 other:has_total=12 → as it stands

knowledge_level=prediction → possible
knowledge_level=https://w3id.org/biolink/vocab/prediction → possible
knowledge_level=statistical_association → possible
knowledge_level=text_co_occurrence → possible
knowledge_level=knowledge_assertion → as it stands
knowledge_level=logical_entailment → as it stands
knowledge_level=observation → as it stands
knowledge_level=not_provided → as it stands
agent_type=text_mining_agent → possible
agent_type=computational_model → possible
agent_type=image_processing_agent → possible
agent_type=data_analysis_pipeline → possible
agent_type=manual_agent → as it stands
clinical_approval_status=not_approved_for_condition → possible
clinical_approval_status=off_label_use → possible
clinical_approval_status=post_approval_withdrawal → discouraged
clinical_approval_status=post_approval_withdrawal knowledge_level=prediction → discouraged
clinical_approval_status=approved_for_condition → as it stands
max_research_phase=clinical_trial_phase_2 → possible
max_research_phase=clinical_trial_phase_4 → as it stands
has_count=0 has_total=12 knowledge_level=prediction → denied possible

qualified_predicate=biolink:causes object_aspect_qualifier=activity object_direction_qualifier=decreased → unclear
qualified_predicate=biolink:causes → unclear
object_direction_qualifier=decreased → unclear
subject_direction_qualifier=increased → unclear
object_aspect_qualifier=expression → unclear
subject_form_or_variant_qualifier=mutant_form → unclear
disease_context_qualifier=MONDO:1 → as it stands
qualified_predicate=biolink:has_phenotype → as it stands
qualified_predicate=biolink:phenotype_of → unclear
qualified_predicate=biolink:part_of → read as kg:includes of fever
qualified_predicate=biolink:has_part → read as kg:includes of cold
qualified_predicate=kg:complication → read as kg:complication of cold
qualified_predicate=biolink:has_part has_count=0 → unclear
qualified_predicate=biolink:has_part qualified_predicate=biolink:part_of → unclear

caution: has_count=0 has_total=12 → as it stands
caution: has_count=0 → as it stands
caution: object_direction_qualifier=decreased → as it stands
caution: clinical_approval_status=post_approval_withdrawal → as it stands
caution: knowledge_level=prediction → possible
caution: deprecated=true → retracted
negated: has_count=0 has_total=12 → as it stands
negated: clinical_approval_status=post_approval_withdrawal → as it stands
discouraged: has_count=0 has_total=12 → as it stands
discouraged: knowledge_level=prediction → as it stands
recommended: knowledge_level=prediction → as it stands
asserted: knowledge_level=prediction → possible`
	prefixes := graph.NewPrefixes(map[string]string{
		"owl": graph.OWL, "oboInOwl": "http://www.geneontology.org/formats/oboInOwl#", "dcterms": "http://purl.org/dc/terms/", "other": "https://other.example/",
	})
	readings := map[graph.Reading]bool{}
	for line := range strings.Lines(strings.TrimSpace(table)) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		said, want, _ := strings.Cut(line, " → ")
		s := graph.Statement{ID: "st", Subject: "cold", Predicate: graph.PredicateSignOrSymptom, Object: "fever", Source: "s"}
		caution := false
		for word := range strings.FieldsSeq(said) {
			switch predicate, value, isValue := strings.Cut(word, "="); {
			case word == "caution:":
				caution, s.Predicate = true, graph.PredicateContraindication
			case word == "negated:":
				s.Negated = true
			case !isValue:
				place, known := graph.QualifierModality.Word(strings.TrimSuffix(word, ":"))
				if !known {
					t.Fatal(word)
				}
				s.SetWord(graph.QualifierModality, place)
			default:
				if !strings.Contains(predicate, ":") {
					predicate = "biolink:" + predicate
				}
				s.Properties = append(s.Properties, graph.Property{Predicate: graph.ID(predicate), Value: graph.Value{Text: value}})
			}
		}
		was := s
		was.Properties = slices.Clone(s.Properties)
		read := s.ReadRecord(caution, prefixes)
		d := &graph.Dataset{
			Prefixes: prefixes, Sources: []graph.Source{{ID: "s"}}, Concepts: []graph.Concept{{ID: "cold"}, {ID: "fever"}}, Statements: []graph.Statement{s},
		}
		if err := d.Normalize(); err != nil {
			t.Fatal(err)
		}
		var got []string
		if d.Statements[0].Withdrawn == graph.WithdrawnRetracted {
			got = append(got, "retracted")
		}
		if s.Negated && !was.Negated {
			got = append(got, "denied")
		}
		if s.Modality != was.Modality {
			got = append(got, s.Modality.String())
		}
		switch {
		case s.Predicate == graph.PredicateUnclearClaim:
			got = append(got, "unclear")
		case s.Predicate != was.Predicate || s.Subject != was.Subject:
			got = append(got, fmt.Sprintf("read as %s of %s", s.Predicate, s.Subject))
		}
		kept := slices.ContainsFunc(s.Properties, func(p graph.Property) bool {
			return strings.HasSuffix(string(p.Predicate), "predicate") && p.Value.Text == string(was.Predicate)
		})
		if s.Predicate != was.Predicate && !kept {
			t.Errorf("%s: its predicate is lost: %v", said, s.Properties)
		}
		if len(got) != len(read) {
			t.Errorf("%s: %v, of which is told %v", said, got, read)
		}
		for _, r := range read {
			readings[r.Reading] = true
			if _, limits := r.By.MayLimit(prefixes); !limits && r.Reading != graph.ReadDenied {
				t.Errorf("%s: no sentence tells %v", said, r.By)
			}
		}
		if got == nil {
			got = []string{"as it stands"}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %s, want %s", said, strings.Join(got, " "), want)
		}
		again := s
		if more := again.ReadRecord(caution, prefixes); !reflect.DeepEqual(again, s) || len(more) > 0 && more[0].Reading != graph.ReadRetracted {
			t.Errorf("%s: read twice it is %+v (%v)", said, again, more)
		}
	}
	for r := graph.ReadPossible; r <= graph.ReadRetracted; r++ {
		if !readings[r] {
			t.Errorf("no line is read as %d", r)
		}
	}
}
