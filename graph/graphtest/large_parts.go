package graphtest

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// The words of made names, which sound like the trade and mean nothing.
var (
	nameQualities = strings.Fields(`acute chronic recurrent familial juvenile benign severe transient peripheral central
		diffuse focal idiopathic secondary congenital bilateral atypical progressive mild late-onset`)
	nameSites = strings.Fields(`facial cardiac renal hepatic pulmonary gastric ocular dermal spinal cranial nasal
		vascular thoracic pelvic lingual dental aural tracheal muscular neural`)
	nameRoots = strings.Fields(`neur cardi nephr hepat pneum gastr ophthalm dermat myel encephal rhin vascul oste arthr
		my lymph thyr aden chondr phleb`)
	nameEnds = [...][]string{
		graph.Condition:    {"itis", "opathy", "osis", "oma", "emia"},
		graph.Symptom:      {"algia", "oplegia", "orrhea", "odynia", "ospasm"},
		graph.Treatment:    {"ectomy", "oplasty", "otherapy", "amide", "ololol"},
		graph.RiskFactor:   {"o-exposure", "o-deficiency", "o-overuse"},
		graph.Test:         {"oscopy", "ography", "ometry", "o-assay"},
		graph.Cause:        {"o-compression", "o-inflammation", "o-ischaemia"},
		graph.Anatomy:      {"al nerve", "al muscle", "al artery", "al node"},
		graph.Stage:        {"al stage"},
		graph.Guideline:    {"ology guideline"},
		graph.Specialty:    {"ology"},
		graph.OtherConcept: {"o-factor", "o-measure"},
	}
	kindTypes = [...][]graph.ID{
		graph.Condition:    {"schema:MedicalCondition", "schema:MedicalCondition", "schema:InfectiousDisease"},
		graph.Symptom:      {"schema:MedicalSignOrSymptom", "schema:MedicalSymptom", "schema:MedicalSign"},
		graph.Treatment:    {"schema:MedicalTherapy", "schema:Drug", "schema:MedicalProcedure"},
		graph.RiskFactor:   {"schema:MedicalRiskFactor"},
		graph.Test:         {"schema:MedicalTest", "schema:ImagingTest", "schema:BloodTest"},
		graph.Cause:        {"schema:MedicalCause", "kg:Mechanism"},
		graph.Anatomy:      {"schema:AnatomicalStructure", "schema:Nerve", "schema:Muscle"},
		graph.Stage:        {"schema:MedicalConditionStage"},
		graph.Guideline:    {"schema:MedicalGuideline"},
		graph.Specialty:    {"schema:MedicalSpecialty"},
		graph.OtherConcept: {"schema:MedicalEntity"},
	}
)

func of[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func madeName(r *rand.Rand, k graph.Kind) string {
	name := of(r, nameSites) + " " + of(r, nameRoots) + of(r, nameEnds[k])
	if r.IntN(3) > 0 {
		name = of(r, nameQualities) + " " + name
	}
	if r.IntN(4) == 0 {
		name += fmt.Sprintf(", type %d", 1+r.IntN(40))
	}
	return name
}

// concept returns the concept of a number.
func (m *maker) concept(number int) graph.Concept {
	r, k := m.dice(aConcept, number), m.kind(number)
	c := graph.Concept{
		ID: conceptID(number), Types: []graph.ID{of(r, kindTypes[k])},
		Names:   []graph.Text{{Text: madeName(r, k), Language: "en"}},
		Sources: []graph.ID{dataSource(int(k))},
	}
	if k <= graph.Symptom && r.IntN(20) == 0 {
		c.Types = append(c.Types, "schema:MedicalCause")
	}
	for _, language := range []string{"de", "fr", "ja"} {
		if r.IntN(5) == 0 {
			c.Names = append(c.Names, graph.Text{Text: madeName(r, k) + " (" + language + ")", Language: language})
		}
	}
	if r.IntN(4) > 0 {
		c.Descriptions = []graph.Text{{
			Text:     "A " + of(r, nameQualities) + " form that shows as " + madeName(r, k) + " and may go with " + madeName(r, graph.Symptom) + ".",
			Language: "en",
		}}
	}
	for i := range r.IntN(4) {
		s := graph.Synonym{Text: madeName(r, k) + fmt.Sprintf(" %c", 'a'+i), Language: "en"}
		if r.IntN(3) == 0 {
			s.Scope, s.Via = of(r, graph.Scopes()), of(r, []string{"", "DO", "HPO"})
		}
		c.Synonyms = append(c.Synonyms, s)
	}
	for i, prefix := range []string{"DOID", "MONDO", "HP", "MESH", "UMLS"} {
		if r.IntN(4) == 0 {
			code := graph.Code{Code: graph.ID(fmt.Sprintf("%s:%07d", prefix, number)), Match: graph.MatchExact}
			if i >= 3 {
				code.Match = of(r, []graph.Match{graph.MatchNotStated, graph.MatchClose})
			}
			if r.IntN(5) == 0 {
				code.Label = madeName(r, k)
			}
			c.Codes = append(c.Codes, code)
		}
	}
	if r.IntN(10) == 0 {
		c.Sections = []graph.ID{sectionID(r.IntN(m.articles), r.IntN(sectionsPerArticle))}
	}
	if r.IntN(5) == 0 {
		c.Properties = []graph.Property{{Predicate: "kg:severity", Value: graph.Value{Text: fmt.Sprint(1 + r.IntN(5)), Datatype: "xsd:integer"}}}
	}
	return c
}

// relation is a predicate with the kinds that it joins and its share of links.
type relation struct {
	predicate graph.ID
	from, to  graph.Kind
	share     int // in the sum of all
}

var relations = []relation{
	{graph.PredicateSignOrSymptom, graph.Condition, graph.Symptom, 34},
	{graph.PredicateBroader, graph.Condition, graph.Condition, 12},
	{graph.PredicatePossibleTreatment, graph.Condition, graph.Treatment, 12},
	{graph.PredicateAssociatedAnatomy, graph.Condition, graph.Anatomy, 9},
	{graph.PredicateTypicalTest, graph.Condition, graph.Test, 6},
	{graph.PredicateCause, graph.Symptom, graph.Cause, 5},
	{graph.PredicateIncreasesRiskOf, graph.RiskFactor, graph.Condition, 5},
	{graph.PredicateComplication, graph.Condition, graph.Condition, 4},
	{graph.PredicateSignDetected, graph.Test, graph.Symptom, 3},
	{graph.PredicateAdverseOutcome, graph.Treatment, graph.Condition, 2},
	{graph.PredicateAdvisedAgainstIn, graph.Treatment, graph.Condition, 2},
	{graph.PredicateMayIndicate, graph.Symptom, graph.Condition, 2},
	{graph.PredicateRelated, graph.Symptom, graph.Symptom, 1},
	{graph.PredicateGuidelineSubject, graph.Guideline, graph.Condition, 1},
	{graph.PredicateStage, graph.Condition, graph.Stage, 1},
	{"made:observedWith", graph.OtherConcept, graph.Condition, 1},
}

// evidence says for the statements of a block which of the block's links each
// supports: six of ten links have one statement, three two, one four.
var evidence = [...]int{0, 1, 2, 3, 4, 5, 6, 6, 7, 7, 8, 8, 9, 9, 9, 9}

// statement returns the statement of a number.
func (m *maker) statement(number int) graph.Statement {
	block, place := number/len(evidence), number%len(evidence)
	l := evidence[place]
	s := m.link(block*10 + l)
	s.ID = graph.ID(fmt.Sprintf("ev:%d", number))

	// Statements of one link stand side by side, so that their numbers give each
	// another source.
	r := m.dice(aStatement, number)
	s.Source = dataSource(number)
	if number%3 == 0 {
		article, section := zipf(r, m.articles), r.IntN(sectionsPerArticle)
		s.Source, s.Section = articleID(article), sectionID(article, section)
		s.Locator = fmt.Sprintf("L%d.S%d", 1+section*20+r.IntN(20), 1+r.IntN(3))
		s.Attribution = of(r, []string{"", "", "", "experts", "researchers"})
		if r.IntN(20) == 0 {
			s.Source, s.Note = "made-curator", "Follows from the section."
		}
	}
	if r.IntN(5) > 0 {
		s.EvidenceCode = of(r, []string{"ECO:0000303", "ECO:0000305", "ECO:0000312"})
	}
	if r.IntN(3) > 0 {
		s.Modality = of(r, []graph.Modality{graph.Asserted, graph.Asserted, graph.Possible, graph.Suspected})
	}
	s.Negated = r.IntN(33) == 0
	if s.Predicate == graph.PredicateSignOrSymptom && r.IntN(2) == 0 {
		s.Frequency = of(r, []string{"often", "very frequent", "occasional", "rare"})
		if r.IntN(4) == 0 {
			s.FrequencyValue = ptr(max(float64(r.IntN(101))/100, 0.01))
		}
	}
	if r.IntN(12) == 0 {
		s.Stage = conceptID(m.number(graph.Stage, zipf(r, m.size(graph.Stage))))
	}
	switch r.IntN(30) {
	case 0:
		s.Timing = "after recovery"
	case 1:
		s.Context = of(r, []string{"children", "pregnancy"})
	case 2:
		s.Laterality = "one side"
	case 3:
		s.Strength = "strong"
	}
	return s
}

// link returns what the statements of a link share: what they claim.
func (m *maker) link(number int) graph.Statement {
	r := m.dice(aLink, number)
	if r.IntN(50) == 0 {
		c := conceptID(m.number(graph.Condition, zipf(r, m.size(graph.Condition))))
		return graph.Statement{Subject: c, Predicate: "kg:duration", Value: graph.Value{Text: fmt.Sprintf("%d days", 1+r.IntN(60)), Language: "en"}}
	}
	total := 0
	for _, rel := range relations {
		total += rel.share
	}
	at := r.IntN(total)
	i := 0
	for at >= relations[i].share {
		at -= relations[i].share
		i++
	}
	rel := relations[i]
	from, to := zipf(r, m.size(rel.from)), zipf(r, m.size(rel.to))
	if rel.predicate == graph.PredicateBroader {
		from = r.IntN(m.size(rel.from)) // a tree, seven to a parent: no circles
		to = max(0, from-1) / 7
	}
	if rel.from == rel.to && from == to {
		from = (to + 1) % m.size(rel.from)
	}
	return graph.Statement{Subject: conceptID(m.number(rel.from, from)), Predicate: rel.predicate, Object: conceptID(m.number(rel.to, to))}
}
