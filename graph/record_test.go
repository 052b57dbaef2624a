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

knowledge_level=prediction → suspected by prediction
knowledge_level=https://w3id.org/biolink/vocab/prediction → suspected by prediction
knowledge_level=statistical_association → suspected by statistical_association
knowledge_level=text_co_occurrence → suspected by text_co_occurrence
knowledge_level=knowledge_assertion → as it stands
knowledge_level=logical_entailment → as it stands
knowledge_level=observation → as it stands
knowledge_level=not_provided → as it stands
agent_type=text_mining_agent → suspected by text_mining_agent
agent_type=computational_model → suspected by computational_model
agent_type=image_processing_agent → suspected by image_processing_agent
agent_type=data_analysis_pipeline → suspected by data_analysis_pipeline
agent_type=manual_agent → as it stands
clinical_approval_status=not_approved_for_condition → possible
clinical_approval_status=off_label_use → possible
clinical_approval_status=post_approval_withdrawal → discouraged
clinical_approval_status=post_approval_withdrawal knowledge_level=prediction → discouraged
clinical_approval_status=approved_for_condition → as it stands
max_research_phase=clinical_trial_phase_2 → possible
max_research_phase=clinical_trial_phase_4 → as it stands
has_count=0 has_total=12 knowledge_level=prediction → denied suspected by prediction

qualified_predicate=biolink:causes object_aspect_qualifier=activity object_direction_qualifier=decreased → foreign
qualified_predicate=biolink:has_phenotype → foreign
object_direction_qualifier=decreased → foreign
subject_form_or_variant_qualifier=mutant_form → foreign
disease_context_qualifier=MONDO:1 → foreign
causal_mechanism_qualifier=inhibition → foreign
qualifiers=FYECO:0000005 → foreign
qualified_predicate=biolink:has_part has_count=0 → unclear
other:any_qualifier=x → as it stands
frequency_qualifier=HP:0040283 → as it stands
onset_qualifier=HP:0003577 → as it stands
sex_qualifier=PATO:0000384 → as it stands
kg:frequencyClass=HP:0040283 kg:sex=FEMALE kg:onset=HP:0003577 → as it stands
kg:frequencyClass=HP:0040285 → denied

caution: has_count=0 has_total=12 → as it stands
caution: has_count=0 → as it stands
caution: object_direction_qualifier=decreased → as it stands
caution: clinical_approval_status=post_approval_withdrawal → as it stands
caution: knowledge_level=prediction → suspected by prediction
caution: deprecated=true → retracted
negated: has_count=0 has_total=12 → as it stands
negated: clinical_approval_status=post_approval_withdrawal → as it stands
discouraged: has_count=0 has_total=12 → as it stands
discouraged: knowledge_level=prediction → as it stands
recommended: knowledge_level=prediction → as it stands
asserted: knowledge_level=prediction → suspected by prediction`
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
			if s.Attribution != "" {
				got[len(got)-1] += " by " + s.Attribution
			}
		}
		switch {
		case s.Predicate == graph.PredicateUnclearClaim:
			got = append(got, "unclear")
		case s.Predicate == graph.BiolinkPredicateOf(was.Predicate):
			got = append(got, "foreign")
		case s.Predicate != was.Predicate || s.Subject != was.Subject:
			got = append(got, fmt.Sprintf("read as %s of %s", s.Predicate, s.Subject))
		}
		kept := slices.ContainsFunc(s.Properties, func(p graph.Property) bool {
			return strings.HasSuffix(string(p.Predicate), "predicate") && p.Value.Text == string(was.Predicate)
		})
		if s.Predicate == graph.PredicateUnclearClaim && !kept {
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
	counted := graph.Statement{Properties: []graph.Property{
		{Predicate: "biolink:has_count", Value: graph.Value{Text: "7"}},
		{Predicate: "biolink:has_total", Value: graph.Value{Text: "12"}},
		{Predicate: "biolink:onset_qualifier", Value: graph.Value{Text: "HP:0003577"}},
		{Predicate: "biolink:sex_qualifier", Value: graph.Value{Text: "PATO:0000384"}},
	}}
	if counted.ReadRecord(false, prefixes); counted.Frequency != "7/12" || counted.Timing != "HP:0003577" || counted.Population != "PATO:0000384" {
		t.Errorf("what is counted and qualified is read as %+v", counted.Qualifiers)
	}
	for r := graph.ReadPossible; r <= graph.ReadRetracted; r++ {
		if !readings[r] {
			t.Errorf("no line is read as %d", r)
		}
	}
}
