package graph

import (
	"slices"
	"strings"
)

// Kind is what a concept is, in the few words that readers of the graph use.
// The order of the constants is the order in which kinds are listed.
type Kind uint8

// The kinds. KindNone is the kind of nothing: of a ref that is no concept.
const (
	KindNone Kind = iota
	Condition
	Symptom
	Treatment
	RiskFactor
	Test
	// Cause is a mechanism or another reason that is neither a condition nor a
	// risk factor first.
	Cause
	Anatomy
	Stage
	Guideline
	Specialty
	// OtherConcept is everything else: what has no class that makes a kind.
	OtherConcept
)

// Kinds lists all kinds in their order, without KindNone.
func Kinds() []Kind {
	kinds := make([]Kind, 0, OtherConcept)
	for k := Condition; k <= OtherConcept; k++ {
		kinds = append(kinds, k)
	}
	return kinds
}

var kindNames = [...]string{
	KindNone: "None", Condition: "Condition", Symptom: "Symptom", Treatment: "Treatment",
	RiskFactor: "RiskFactor", Test: "Test", Cause: "Cause", Anatomy: "Anatomy", Stage: "Stage",
	Guideline: "Guideline", Specialty: "Specialty", OtherConcept: "OtherConcept",
}

// String returns the name of the kind: Condition, Symptom, …
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "None"
}

// KindNames returns the names of kinds.
func KindNames(kinds []Kind) []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = k.String()
	}
	return names
}

// classKinds says which kind a class makes. Classes are schema.org's
// health-lifesci terms where it has them (https://schema.org/docs/meddocs.html)
// and kg: terms where it has none.
var classKinds = map[ID]Kind{
	"schema:MedicalCondition":                 Condition,
	"schema:InfectiousDisease":                Condition,
	"kg:Outcome":                              Condition,
	"schema:MedicalSignOrSymptom":             Symptom,
	"schema:MedicalSign":                      Symptom,
	"schema:MedicalSymptom":                   Symptom,
	"schema:VitalSign":                        Symptom,
	"schema:MedicalTherapy":                   Treatment,
	"schema:MedicalProcedure":                 Treatment,
	"schema:TherapeuticProcedure":             Treatment,
	"schema:SurgicalProcedure":                Treatment,
	"schema:PhysicalTherapy":                  Treatment,
	"schema:PsychologicalTreatment":           Treatment,
	"schema:PalliativeProcedure":              Treatment,
	"schema:LifestyleModification":            Treatment,
	"schema:Drug":                             Treatment,
	"schema:DrugClass":                        Treatment,
	"kg:CareAction":                           Treatment,
	"schema:MedicalRiskFactor":                RiskFactor,
	"schema:MedicalTest":                      Test,
	"schema:ImagingTest":                      Test,
	"schema:BloodTest":                        Test,
	"schema:PathologyTest":                    Test,
	"schema:MedicalTestPanel":                 Test,
	"schema:MedicalCause":                     Cause,
	"kg:Mechanism":                            Cause,
	"schema:AnatomicalStructure":              Anatomy,
	"schema:AnatomicalSystem":                 Anatomy,
	"schema:SuperficialAnatomy":               Anatomy,
	"schema:Nerve":                            Anatomy,
	"schema:Muscle":                           Anatomy,
	"schema:Bone":                             Anatomy,
	"schema:Joint":                            Anatomy,
	"schema:Artery":                           Anatomy,
	"schema:Vein":                             Anatomy,
	"schema:Ligament":                         Anatomy,
	"schema:BrainStructure":                   Anatomy,
	"schema:MedicalConditionStage":            Stage,
	"schema:MedicalGuideline":                 Guideline,
	"schema:MedicalGuidelineRecommendation":   Guideline,
	"schema:MedicalGuidelineContraindication": Guideline,
	"schema:MedicalSpecialty":                 Specialty,
	"schema:MedicalEntity":                    OtherConcept,
	"schema:DDxElement":                       OtherConcept,
}

// KindOf returns the kind that a class makes by name; a class not known here
// makes OtherConcept, if the concept has no other.
func KindOf(class ID) Kind {
	k, _ := kindOf(class)
	return k
}

// kindOf is KindOf, and reports whether the class makes a kind by name: one of ours,
// or a category of the Biolink Model.
func kindOf(class ID) (k Kind, known bool) {
	if k, known = classKinds[class]; !known && strings.HasPrefix(string(class), "biolink:") {
		k, known = biolink().kinds[class]
	}
	if !known {
		k = OtherConcept
	}
	return k, known
}

// Class returns the class that stands for a kind: the most general one that
// makes it.
func (k Kind) Class() ID {
	switch k {
	case Condition:
		return "schema:MedicalCondition"
	case Symptom:
		return "schema:MedicalSignOrSymptom"
	case Treatment:
		return "schema:MedicalTherapy"
	case RiskFactor:
		return "schema:MedicalRiskFactor"
	case Test:
		return "schema:MedicalTest"
	case Cause:
		return "schema:MedicalCause"
	case Anatomy:
		return "schema:AnatomicalStructure"
	case Stage:
		return "schema:MedicalConditionStage"
	case Guideline:
		return "schema:MedicalGuideline"
	case Specialty:
		return "schema:MedicalSpecialty"
	default:
		return "schema:MedicalEntity"
	}
}

// Classes returns the classes that make one of the kinds by name, in
// alphabetical order: what a seed file may write under types without declaring
// it.
func Classes() []ID {
	all := make([]ID, 0, len(classKinds))
	for class := range classKinds {
		all = append(all, class)
	}
	slices.Sort(all)
	return all
}
