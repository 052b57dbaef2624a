package graph

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Reading is what a further value of a statement's record, in the words of another
// vocabulary, makes of the claim. To tell the claim as it stands would say more
// than the record.
type Reading uint8

// The readings.
const (
	// ReadPlainly: it makes nothing of the claim.
	ReadPlainly Reading = iota
	// ReadPossible: the claim is tried, and not known.
	ReadPossible
	// ReadSuspected: the claim is predicted, counted or found by a machine, and not
	// known. What says so is its attribution.
	ReadSuspected
	// ReadUnclear: the claim is of something else than the triple says, or may be none.
	ReadUnclear
	// ReadDiscouraged: whoever had approved of what is offered no longer does.
	ReadDiscouraged
	// ReadDenied: it is so in no case.
	ReadDenied
	// ReadRetracted: the record is deprecated or invalidated.
	ReadRetracted
)

// anyValue stands for all values of a predicate.
const anyValue = "*"

// recordWords is the one list of them: predicates of further values, with the
// values that are read. What is counted (has_count) is read by [zeroCases].
var recordWords = []struct {
	predicate string // IRI
	values    []string
	reading   Reading
}{
	{OWL + "deprecated", []string{"true", "1"}, ReadRetracted},
	{Biolink + "deprecated", []string{"true", "1"}, ReadRetracted},
	{"http://www.geneontology.org/formats/oboInOwl#is_obsolete", []string{"true", "1"}, ReadRetracted},
	{PROV + "wasInvalidatedBy", []string{anyValue}, ReadRetracted},
	{PROV + "invalidatedAtTime", []string{anyValue}, ReadRetracted},
	{"http://purl.org/dc/terms/isReplacedBy", []string{anyValue}, ReadRetracted},
	{SchemaOrg + "supersededBy", []string{anyValue}, ReadRetracted},
	{SchemaOrg + "creativeWorkStatus", []string{"retracted", "withdrawn", "deprecated", "obsolete", "superseded"}, ReadRetracted},

	{Biolink + "clinical_approval_status", []string{"post_approval_withdrawal"}, ReadDiscouraged},
	{Biolink + "clinical_approval_status", []string{"not_approved_for_condition", "off_label_use"}, ReadPossible},
	{Biolink + "max_research_phase", []string{
		"pre_clinical_research_phase", "clinical_trial_phase", "clinical_trial_phase_1", "clinical_trial_phase_1_to_2",
		"clinical_trial_phase_2", "clinical_trial_phase_2_to_3", "clinical_trial_phase_3",
	}, ReadPossible},
	{Biolink + "knowledge_level", []string{"prediction", "statistical_association", "text_co_occurrence"}, ReadSuspected},
	{Biolink + "agent_type", []string{"computational_model", "data_analysis_pipeline", "image_processing_agent", "text_mining_agent"}, ReadSuspected},
}

// recordQualifiers are the words for qualifiers that are understood, of the Biolink
// Model and of records made from the annotations of HPO: what they are here. A
// statement with any other qualifier of the Biolink Model is another claim than its
// triple.
var recordQualifiers = map[string]Qualifier{ // by IRI
	Biolink + "frequency_qualifier":          QualifierFrequency,
	Biolink + "onset_qualifier":              QualifierTiming,
	Biolink + "population_context_qualifier": QualifierPopulation,
	Biolink + "severity_qualifier":           QualifierSeverity,
	Biolink + "sex_qualifier":                QualifierPopulation,

	KG + "frequencyClass": QualifierFrequency,
	KG + "onset":          QualifierTiming,
	KG + "sex":            QualifierPopulation,
}

// isUnread reports whether a slot of the Biolink Model qualifies a claim in a way that
// is not understood.
func isUnread(slot string) bool {
	switch slot {
	case "qualified_predicate", "qualifier", "qualifiers":
		return true
	}
	_, understood := recordQualifiers[Biolink+slot]
	return strings.HasSuffix(slot, "_qualifier") && !understood
}

// recordIndex has the readings by predicate and value, and recordNames the local
// names of all predicates that are read: few further values have one of them, and of
// the others no IRI is made.
var recordIndex, recordNames = func() (index map[string]map[string]Reading, names map[string]bool) {
	index, names = map[string]map[string]Reading{}, map[string]bool{
		"has_count": true, "has_percentage": true, "has_quotient": true, "has_total": true,
	}
	for iri := range recordQualifiers {
		names[iriName(iri)] = true
	}
	for _, w := range recordWords {
		if names[iriName(w.predicate)] = true; index[w.predicate] == nil {
			index[w.predicate] = map[string]Reading{}
		}
		for _, value := range w.values {
			index[w.predicate][value] = w.reading
		}
	}
	return index, names
}()

// ReadingOf returns what a further value makes of the claim by itself.
func ReadingOf(value *Property, prefixes Prefixes) Reading {
	name := iriName(string(value.Predicate))
	if isUnread(name) && strings.TrimSpace(value.Value.Text) != "" && recordIRI(value.Predicate, prefixes) == Biolink+name {
		return ReadUnclear
	}
	if !recordNames[name] {
		return ReadPlainly
	}
	of := recordIndex[recordIRI(value.Predicate, prefixes)]
	if of == nil || strings.TrimSpace(value.Value.Text) == "" {
		return ReadPlainly
	}
	if reading, all := of[anyValue]; all {
		return reading
	}
	return of[strings.ToLower(iriName(strings.TrimSpace(value.Value.Text)))]
}

// recordIRI returns the IRI of a predicate; biolink is known whatever the data set
// says of prefixes.
func recordIRI(id ID, prefixes Prefixes) string {
	if local, ok := strings.CutPrefix(string(id), "biolink:"); ok {
		return Biolink + local
	}
	return prefixes.Expand(id)
}

// RecordReading is how a further value was read.
type RecordReading struct {
	Reading Reading
	By      Property
}

// ReadRecord reads the further values of a statement that are words of others into
// its qualifiers, and returns those that made the claim another, or count it no
// more. The values stay. Of a predicate that warns (caution) nothing is taken
// away but by a retraction: where a reading is unsure, cautions stay. Reading twice
// changes nothing.
func (s *Statement) ReadRecord(caution bool, prefixes Prefixes) (read []RecordReading) {
	if len(s.Properties) == 0 {
		return nil
	}
	var first [ReadRetracted + 1]*Property
	for i := range s.Properties {
		if r := ReadingOf(&s.Properties[i], prefixes); first[r] == nil {
			first[r] = &s.Properties[i]
		}
	}
	r, zero := zeroCases(s.Properties, prefixes)
	if r != ReadPlainly && first[r] == nil {
		first[r] = zero
	}
	did := func(r Reading) { read = append(read, RecordReading{r, *first[r]}) }
	if first[ReadRetracted] != nil {
		did(ReadRetracted)
	}
	if first[ReadDenied] != nil && !caution && !s.Negated && s.Modality != Discouraged {
		s.Negated = true
		did(ReadDenied)
	}
	hedges := s.Modality == ModalityNotStated || s.Modality == Asserted
	switch {
	case first[ReadDiscouraged] != nil && !caution && !s.Negated && s.Modality != Discouraged:
		s.Modality = Discouraged
		did(ReadDiscouraged)
	case first[ReadSuspected] != nil && hedges:
		s.Modality = Suspected
		if s.Attribution == "" {
			s.Attribution = iriName(strings.TrimSpace(first[ReadSuspected].Value.Text))
		}
		did(ReadSuspected)
	case first[ReadPossible] != nil && hedges:
		s.Modality = Possible
		did(ReadPossible)
	}
	s.readQualifiers(prefixes)
	if first[ReadUnclear] != nil && !caution && s.Object != "" && s.unclear(prefixes) {
		did(ReadUnclear)
	}
	return read
}

// unclear makes the claim one of the predicate that its source has, where that is a
// word of the Biolink Model for one of ours, and else an unclear one: what qualifies
// it, which is not understood, belongs to the source's word, and not to ours. Nobody
// knows what none of the cases are cases of, whatever the predicate. The predicate
// that it had here stays as a further value.
func (s *Statement) unclear(prefixes Prefixes) bool {
	claim := PredicateUnclearClaim
	if r, _ := zeroCases(s.Properties, prefixes); r != ReadUnclear {
		if _, ours := LookupPredicate(s.Predicate); !ours {
			return false
		}
		claim = cmp.Or(BiolinkPredicateOf(s.Predicate), claim)
	}
	if s.Predicate == claim {
		return false
	}
	if claim == PredicateUnclearClaim {
		s.Properties = append(s.Properties, Property{Predicate: prefixes.Compact(Biolink + "predicate"), Value: Value{Text: string(s.Predicate)}})
		slices.SortFunc(s.Properties, CompareProperties)
		s.Properties = slices.Compact(s.Properties)
	}
	s.Predicate = claim
	return true
}

// readQualifiers fills what the source does not state otherwise from the words of
// others that are understood: how often as the Biolink Model counts or measures it.
func (s *Statement) readQualifiers(prefixes Prefixes) {
	var counted [4]string // count, total, percentage, quotient
	for i := range s.Properties {
		p := &s.Properties[i]
		if !recordNames[iriName(string(p.Predicate))] {
			continue
		}
		iri := recordIRI(p.Predicate, prefixes)
		slot, isBiolink := strings.CutPrefix(iri, Biolink)
		said := strings.TrimSpace(p.Value.Text)
		if q, understood := recordQualifiers[iri]; understood && *s.Text(q) == "" {
			if _, err := ParseFrequency(said); q != QualifierFrequency || err == nil {
				*s.Text(q) = said
			}
		}
		if at := slices.Index([]string{"has_count", "has_total", "has_percentage", "has_quotient"}, slot); isBiolink && at >= 0 {
			counted[at] = said
		}
	}
	if s.Negated || s.Frequency != "" {
		return
	}
	number := func(text string) float64 {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return 0
		}
		return n
	}
	count, total, percentage, quotient := counted[0], counted[1], strings.TrimSuffix(counted[2], "%"), number(counted[3])
	switch {
	case number(count) > 0 && number(total) >= number(count):
		s.Frequency = strings.TrimSuffix(count, ".0") + "/" + strings.TrimSuffix(total, ".0")
	case number(percentage) > 0 && number(percentage) <= 100:
		s.Frequency = percentage + "%"
	case quotient > 0 && quotient <= 1 && s.FrequencyValue == nil:
		s.FrequencyValue = &quotient
	}
}

// zeroCases reads counts of the Biolink Model. No case of a known number of cases,
// or a share of zero, is a denial; a count of zero of nobody knows what
// (publications?), or one that another value contradicts, is unclear.
func zeroCases(values []Property, prefixes Prefixes) (Reading, *Property) {
	var zero, positive, total, none bool
	var by *Property
	for i := range values {
		if !recordNames[iriName(string(values[i].Predicate))] {
			continue
		}
		iri := recordIRI(values[i].Predicate, prefixes)
		text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(values[i].Value.Text), "%"))
		if q, understood := recordQualifiers[iri]; understood {
			if q == QualifierFrequency && (IsNever(text) || IsNever(iriName(text))) {
				zero, by = true, &values[i]
			}
			continue
		}
		slot, isBiolink := strings.CutPrefix(iri, Biolink)
		if !isBiolink {
			continue
		}
		switch slot {
		case "has_count", "has_percentage", "has_quotient", "has_total":
		default:
			continue
		}
		n, err := strconv.ParseFloat(text, 64)
		switch {
		case err != nil:
		case slot == "has_total":
			total, none = total || n > 0, none || n == 0
		case n > 0:
			positive = true
		case n == 0:
			zero = zero || slot != "has_count"
			if by == nil || slot != "has_count" {
				by = &values[i]
			}
		}
	}
	switch {
	case by == nil:
		return ReadPlainly, nil
	case !positive && !none && (zero || total):
		return ReadDenied, by
	default:
		return ReadUnclear, by
	}
}

// isRetracted reports whether the record says that the statement counts no more.
func (s *Statement) isRetracted(prefixes Prefixes) bool {
	return slices.ContainsFunc(s.Properties, func(p Property) bool { return ReadingOf(&p, prefixes) == ReadRetracted })
}
