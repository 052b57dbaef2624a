package seed

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/plexus-kg/plexus/graph"
)

//go:embed templates/*.yaml
var templates embed.FS

// start is what a new file about one thing begins with: itself, what it is
// mostly told with, and the statements between them. In a statement, empty is
// the thing itself.
type start struct {
	word, what string
	concept    newConcept
	others     []newConcept
	statements [][3]string
}

type newConcept struct{ ID, Name, Type, Hint string }

var starts = [...]start{
	{
		word: "condition", what: "a condition, two of its symptoms, a test, and the source that says so",
		concept: newConcept{Type: "MedicalCondition", Hint: "add MedicalCause if it is the cause of something, too"},
		others: []newConcept{
			{ID: "first-symptom", Type: "MedicalSymptom", Hint: "MedicalSign, if others notice it"},
			{ID: "second-symptom", Type: "MedicalSymptom"},
			{ID: "test", Type: "MedicalTest", Hint: "or ImagingTest, BloodTest, PathologyTest"},
		},
		statements: [][3]string{
			{"", "signOrSymptom", "first-symptom"},
			{"", "signOrSymptom", "second-symptom"},
			{"", "typicalTest", "test"},
		},
	},
	{
		word: "symptom", what: "a symptom, a condition that it is a symptom of, and the source that says so",
		concept:    newConcept{Type: "MedicalSymptom", Hint: "MedicalSign, if others notice it"},
		others:     []newConcept{{ID: "condition", Type: "MedicalCondition"}},
		statements: [][3]string{{"condition", "signOrSymptom", ""}},
	},
	{
		word: "treatment", what: "a treatment, a condition that it may be used for, and the source that says so",
		concept:    newConcept{Type: "MedicalTherapy", Hint: "or Drug, DrugClass, SurgicalProcedure, PhysicalTherapy, LifestyleModification"},
		others:     []newConcept{{ID: "condition", Type: "MedicalCondition"}},
		statements: [][3]string{{"condition", "possibleTreatment", ""}},
	},
	{
		word: "risk-factor", what: "a risk factor, a condition whose risk it may raise, and the source that says so",
		concept:    newConcept{Type: "MedicalRiskFactor"},
		others:     []newConcept{{ID: "condition", Type: "MedicalCondition"}},
		statements: [][3]string{{"", "increasesRiskOf", "condition"}},
	},
	{
		word: "test", what: "a test, a condition that it is used for, what it looks at, and the source that says so",
		concept: newConcept{Type: "MedicalTest", Hint: "or ImagingTest, BloodTest, PathologyTest"},
		others: []newConcept{
			{ID: "condition", Type: "MedicalCondition"},
			{ID: "part-of-the-body", Type: "AnatomicalStructure"},
		},
		statements: [][3]string{
			{"condition", "typicalTest", ""},
			{"", "examines", "part-of-the-body"},
		},
	},
	{
		word: "cause", what: "a cause or mechanism, a condition that it is behind, and the source that says so",
		concept:    newConcept{Type: "MedicalCause", Hint: "or kg:Mechanism; a condition that is a cause has both types"},
		others:     []newConcept{{ID: "condition", Type: "MedicalCondition"}},
		statements: [][3]string{{"condition", "cause", ""}},
	},
	{
		word: "anatomy", what: "a part of the body, a condition that shows there, and the source that says so",
		concept:    newConcept{Type: "AnatomicalStructure", Hint: "or Nerve, Muscle, BrainStructure, SuperficialAnatomy"},
		others:     []newConcept{{ID: "condition", Type: "MedicalCondition"}},
		statements: [][3]string{{"condition", "associatedAnatomy", ""}},
	},
	{
		word: "stage", what: "a stage, the condition that passes through it, and the source that says so",
		concept:    newConcept{Type: "MedicalConditionStage"},
		others:     []newConcept{{ID: "condition", Type: "MedicalCondition"}},
		statements: [][3]string{{"condition", "stage", ""}},
	},
	{
		word: "guideline", what: "a guideline, what it is about, and the source that says so",
		concept:    newConcept{Type: "MedicalGuideline", Hint: "or MedicalGuidelineRecommendation"},
		others:     []newConcept{{ID: "condition", Type: "MedicalCondition"}},
		statements: [][3]string{{"", "guidelineSubject", "condition"}},
	},
	{
		word: "specialty", what: "a specialty of medicine, the care that it gives, and the source that says so",
		concept:    newConcept{Type: "MedicalSpecialty"},
		others:     []newConcept{{ID: "care", Type: "MedicalTherapy", Hint: "or kg:CareAction, MedicalProcedure"}},
		statements: [][3]string{{"care", "relevantSpecialty", ""}},
	},
}

const newDataset = "dataset"

// NewWords lists what [New] can begin: kinds of concepts, and a data set.
func NewWords() []string {
	words := make([]string, 0, len(starts)+1)
	for i := range starts {
		words = append(words, starts[i].word)
	}
	return append(words, newDataset)
}

// New returns a commented YAML file to start from: about a thing that is one of
// [NewWords] and has a name. With dataset the file has a data set of its own,
// which a folder without one needs.
//
// As it is, the file has no errors, and [Check] warns of every place that is
// still to be filled in.
func New(word, name string, dataset bool) ([]byte, error) {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" {
		return nil, fmt.Errorf("a name is needed: what the %s is called", word)
	}
	t, err := template.ParseFS(templates, "templates/*.yaml")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if word == newDataset {
		err = t.ExecuteTemplate(&out, "dataset.yaml", map[string]string{"Title": name, "ID": idFor(name, word), "Name": quote(name)})
		return out.Bytes(), err
	}
	for i := range starts {
		if starts[i].word == word {
			err = t.ExecuteTemplate(&out, "concept.yaml", starts[i].fill(name, dataset))
			return out.Bytes(), err
		}
	}
	return nil, fmt.Errorf("there is no %q to begin: it is %s", syntax.Shorten(word), list(NewWords(), "or"))
}

// newStatement is a statement of a new file.
type newStatement struct {
	Subject, Predicate, Object string
	Hedged                     bool
}

// fill returns what the template of a concept asks for.
func (s *start) fill(name string, dataset bool) any {
	self := s.concept
	self.ID, self.Name = idFor(name, s.word), quote(name)
	file := struct {
		Title, What, Source string
		Dataset             map[string]string
		Concepts            []newConcept
		Statements          []newStatement
	}{Title: name, What: s.what, Concepts: []newConcept{self}}
	// Several new files can stand in one folder, so their ids differ.
	id := func(what string) string {
		if what == "" {
			return self.ID
		}
		return "todo-" + what + "-of-" + strings.TrimPrefix(self.ID, "todo-")
	}
	file.Source = id("source")
	if dataset {
		file.Dataset = map[string]string{"ID": id("data-set"), "Name": quote("TODO: what the data set is called")}
	}
	for _, c := range s.others {
		c.ID, c.Name = id(c.ID), quote("TODO: "+strings.ReplaceAll(c.ID, "-", " "))
		file.Concepts = append(file.Concepts, c)
	}
	for _, claim := range s.statements {
		n := newStatement{Subject: id(claim[0]), Predicate: claim[1], Object: id(claim[2])}
		if p, known := newVocabulary().predicates[n.Predicate]; known {
			n.Hedged = p.Hedged
		}
		file.Statements = append(file.Statements, n)
	}
	return file
}

// idFor makes an id of a name, or one to be filled in where nothing of the
// name can stand in it.
func idFor(name, word string) string {
	if id := graph.Slug(name); graph.IsSlug(id) && !graph.IsStatementID(id) {
		return id
	}
	return "todo-" + word
}

// quote returns a text as YAML that means it, whatever it holds: JSON is YAML.
func quote(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return `"TODO"` // not reached: a text can always be encoded
	}
	return strings.TrimSpace(b.String())
}
