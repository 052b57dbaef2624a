package seed

import (
	"strings"
	"unicode"

	"github.com/plexus-kg/plexus/graph"
)

// What people write who have not read which words there are: other words for a
// predicate, a type, a modality or a language, which no slip of a letter explains. The
// words stand in small letters, without anything between them.
var (
	predicatesMeant = meant(map[string]string{
		"signOrSymptom":     "symptom symptoms hasSymptom hasSymptoms hasSign sign signs hasSignOrSymptom presentsWith manifestsAs manifestation hasManifestation phenotype hasPhenotype",
		"signOrSymptomOf":   "symptomOf signOf isSymptomOf isSignOf manifestationOf",
		"possibleTreatment": "treatment treatments hasTreatment treatedBy treatedWith isTreatedBy therapy hasTherapy drug medication medicine hasMedication managedBy managedWith management remedy cure curedBy",
		"treats":            "treating treat isTreatmentFor treatmentFor treatmentOf usedToTreat usedFor indication indicatedFor therapyFor cures relieves",
		"cause":             "causedBy isCausedBy hasCause dueTo resultsFrom becauseOf etiology aetiology reason",
		"causeOf":           "causes isCauseOf leadsTo resultsIn causing produces",
		"kg:trigger":        "triggeredBy hasTrigger isTriggeredBy setOffBy provokedBy brings broughtOnBy",
		"typicalTest":       "test tests hasTest diagnosedBy diagnosedWith diagnosisTest diagnosticTest isDiagnosedBy testedBy investigation diagnosed",
		"usedToDiagnose":    "diagnoses testFor isTestFor diagnosticFor",
		"adverseOutcome":    "sideEffects hasSideEffect adverseEffect adverseEffects adverseEvent adverseReaction hasAdverseEffect",
		"contraindication":  "contraindications contraindicatedIn contraindicatedFor contraindicatedWith hasContraindication isContraindicatedIn notFor",
		"advisedAgainstIn":  "avoid avoidIn shouldBeAvoided shouldBeAvoidedIn notRecommended notRecommendedIn warning",
		"increasesRiskOf":   "riskFactorFor isRiskFactorFor riskFactorOf raisesRiskOf riskOf increasesTheRiskOf predisposesTo",
		"riskFactor":        "riskFactors hasRiskFactor risk risks",
		"complication":      "complications hasComplication possibleComplication mayLeadTo",
		"prevents":          "preventionOf preventive isPreventionOf protectsAgainst",
		"preventedBy":       "prevention hasPrevention isPreventedBy",
		"associatedAnatomy": "location locatedIn bodyPart bodyLocation affects anatomy site organ",
		"mayIndicate":       "indicates suggests signals pointsTo indicate",
		"broader":           "isA subClassOf typeOf isTypeOf kindOf subtypeOf parent isKindOf",
		"narrower":          "subtype hasSubtype child hasType",
		"includes":          "contains hasPart consistsOf include",
		"related":           "relatedTo associatedWith isAssociatedWith linkedTo seeAlso",
		"relevantSpecialty": "specialty speciality specialist",
		"usedToRuleOut":     "rulesOut excludes ruleOut",
		"signDetected":      "detects shows reveals",
		"recommendedCare":   "care advice action selfCare",
		"expectedPrognosis": "prognosis outcome course",
		"stage":             "hasStage phase",
		"alternateName":     "synonym alsoKnownAs otherName alias",
	})
	// A predicate that is meant where a qualifier says it.
	qualifiersMeant = meant(map[string]string{
		"dose":              "dosage posology hasDose",
		"frequency":         "prevalence incidence occurrence howOften commonness rate",
		"treatmentDuration": "durationOfTreatment",
		"severity":          "howSevere",
		"population":        "ageGroup sex patients whoGetsIt",
		"urgency":           "emergency seekHelp",
	})
	typesMeant = meant(map[string]string{
		"MedicalCondition":      "disease disorder illness syndrome diagnosis sickness medicalDisease",
		"InfectiousDisease":     "infection",
		"Drug":                  "medication medicine medicament pharmaceutical substance pill",
		"DrugClass":             "medications medicines classOfDrugs",
		"MedicalTherapy":        "therapy treatment intervention",
		"MedicalSymptom":        "symptom complaint",
		"MedicalSign":           "sign finding clinicalFinding",
		"MedicalTest":           "test investigation examination diagnosticTest labTest",
		"ImagingTest":           "imaging scan",
		"SurgicalProcedure":     "surgery operation surgical",
		"MedicalProcedure":      "procedure",
		"MedicalRiskFactor":     "riskFactor risk",
		"MedicalCause":          "cause trigger",
		"AnatomicalStructure":   "bodyPart organ anatomy",
		"LifestyleModification": "lifestyle selfCare exercise",
		"MedicalGuideline":      "guideline recommendation",
		"MedicalSpecialty":      "specialty speciality",
		"MedicalConditionStage": "stage phase",
		"kg:Outcome":            "outcome",
	})
	modalitiesMeant = meant(map[string]string{
		"asserted":    "certain definite sure yes true confirmed proven established known stated fact is always",
		"possible":    "may might can could maybe likely probable perhaps potential uncertain sometimes",
		"suspected":   "believed thought suspect assumed presumed hypothesized hypothesised unproven",
		"recommended": "recommend should must advised advise suggested",
		"discouraged": "avoid notRecommended contraindicated against advisedAgainst shouldNot mustNot discourage",
		"not-stated":  "unknown none unstated unspecified notKnown",
	})
	languagesMeant = meant(map[string]string{
		"en": "english eng", "de": "german deutsch ger deu", "fr": "french francais fre fra", "es": "spanish espanol castellano spa", "it": "italian italiano ita",
		"pt": "portuguese portugues por", "nl": "dutch nederlands dut nld", "sv": "swedish svenska swe", "da": "danish dansk dan", "no": "norwegian norsk nor",
		"fi": "finnish suomi fin", "pl": "polish polski pol", "ru": "russian rus", "ja": "japanese jpn", "zh": "chinese mandarin chi zho", "ar": "arabic ara",
		"hi": "hindi hin", "ko": "korean kor", "tr": "turkish turkce tur", "el": "greek gre ell", "cs": "czech cze ces", "hu": "hungarian magyar hun",
	})
)

// meant turns a list of words for each meaning into an index.
func meant(words map[string]string) map[string]string {
	index := map[string]string{}
	for means, others := range words {
		for _, word := range strings.Fields(others) {
			index[squeezed(word)] = means
		}
	}
	return index
}

// squeezed returns the letters of a word, small: "side effect", sideEffect and
// SIDE_EFFECT are one.
func squeezed(word string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
}

// predicateMeant returns the predicate that somebody means who writes another word, as
// this word is written: of a word that Plexus has with spaces or a prefix, the word.
func (b *builder) predicateMeant(word string) string {
	name := squeezed(word)
	for _, p := range b.vocabulary.predicateWords {
		if !strings.Contains(p, ":") && squeezed(p) == name {
			return p
		}
	}
	local := predicatesMeant[name]
	_, local, _ = strings.Cut(":"+strings.TrimPrefix(local, "kg:"), ":")
	return local
}

// fitting returns the predicates that go from concepts of some kinds to others, as the
// statement would be written: those that say something of the two, not that they are
// somehow related.
func (b *builder) fitting(subject, object []graph.Kind) (names []string) {
	if len(subject) == 0 || len(object) == 0 {
		return nil // of an unknown kind
	}
	for _, p := range graph.Registry() {
		if p.Text || p.Mapping || len(p.Domain) == 0 || len(p.Range) == 0 {
			continue
		}
		if allowed(subject, p.Domain) && allowed(object, p.Range) && (!p.SameKind || overlap(subject, object)) {
			names = append(names, p.Name)
		}
	}
	for _, p := range graph.Registry() {
		if _, known := b.vocabulary.predicates[p.Inverse]; known && !p.Symmetric && !p.SameKind && len(p.Domain) > 0 && len(p.Range) > 0 &&
			allowed(object, p.Domain) && allowed(subject, p.Range) {
			names = append(names, p.Inverse)
		}
	}
	return names
}
