package graph

import (
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
	// ReadPossible: the claim is predicted, counted or tried, and not known.
	ReadPossible
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
	{Biolink + "knowledge_level", []string{"prediction", "statistical_association", "text_co_occurrence"}, ReadPossible},
	{Biolink + "agent_type", []string{"computational_model", "data_analysis_pipeline", "image_processing_agent", "text_mining_agent"}, ReadPossible},

	{Biolink + "qualified_predicate", []string{anyValue}, ReadUnclear},
	{Biolink + "subject_aspect_qualifier", []string{anyValue}, ReadUnclear},
	{Biolink + "subject_derivative_qualifier", []string{anyValue}, ReadUnclear},
	{Biolink + "subject_direction_qualifier", []string{anyValue}, ReadUnclear},
	{Biolink + "subject_form_or_variant_qualifier", []string{anyValue}, ReadUnclear},
	{Biolink + "subject_part_qualifier", []string{anyValue}, ReadUnclear},
	{Biolink + "object_aspect_qualifier", []string{anyValue}, ReadUnclear},
	{Biolink + "object_derivative_qualifier", []string{anyValue}, ReadUnclear},
	{Biolink + "object_direction_qualifier", []string{anyValue}, ReadUnclear},
	{Biolink + "object_form_or_variant_qualifier", []string{anyValue}, ReadUnclear},
	{Biolink + "object_part_qualifier", []string{anyValue}, ReadUnclear},
}

// recordIndex has the readings by predicate and value, and recordNames the local
// names of all predicates that are read: few further values have one of them, and of
// the others no IRI is made.
var recordIndex, recordNames = func() (index map[string]map[string]Reading, names map[string]bool) {
	index, names = map[string]map[string]Reading{}, map[string]bool{
		"frequency_qualifier": true, "has_count": true, "has_percentage": true, "has_quotient": true, "has_total": true,
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
	if !recordNames[iriName(string(value.Predicate))] {
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
	case first[ReadPossible] != nil && hedges:
		s.Modality = Possible
		did(ReadPossible)
	}
	if first[ReadUnclear] != nil && !caution && s.Object != "" && s.unclear(prefixes) {
		did(ReadUnclear)
	}
	return read
}

// unclear makes the claim that of the qualified predicate, where that is a word of
// ours and all that qualifies it, and else an unclear one. The predicate stays as a
// further value.
func (s *Statement) unclear(prefixes Prefixes) bool {
	original := Property{Predicate: prefixes.Compact(Biolink + "predicate"), Value: Value{Text: string(s.Predicate)}}
	claim, reversed := PredicateUnclearClaim, false
	var qualified []Word
	for i := range s.Properties {
		p := &s.Properties[i]
		if ReadingOf(p, prefixes) != ReadUnclear {
			continue
		}
		if recordIRI(p.Predicate, prefixes) != Biolink+"qualified_predicate" {
			qualified = nil
			break
		}
		w, known := LookupWord(p.Value.Text)
		if _, registered := LookupPredicate(ID(p.Value.Text)); registered {
			w, known = Word{Predicate: ID(p.Value.Text)}, true
		}
		if qualified = append(qualified, w); !known {
			qualified = nil
			break
		}
	}
	if r, _ := zeroCases(s.Properties, prefixes); r != ReadUnclear && len(qualified) == 1 && !qualified[0].Denies && (s.With == nil || !qualified[0].Reversed) {
		claim, reversed = qualified[0].Predicate, qualified[0].Reversed
	}
	done := slices.ContainsFunc(s.Properties, func(p Property) bool { return p.Predicate == original.Predicate })
	switch {
	case s.Predicate == PredicateUnclearClaim, s.Predicate == claim && (done || !reversed):
		return false
	case s.Predicate == claim: // and its reverse
		claim, reversed = PredicateUnclearClaim, false
	}
	if s.Predicate = claim; reversed {
		s.Subject, s.Object = s.Object, s.Subject
	}
	s.Properties = append(s.Properties, original)
	slices.SortFunc(s.Properties, CompareProperties)
	s.Properties = slices.Compact(s.Properties)
	return true
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
		slot, isBiolink := strings.CutPrefix(recordIRI(values[i].Predicate, prefixes), Biolink)
		if !isBiolink {
			continue
		}
		text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(values[i].Value.Text), "%"))
		switch slot {
		case "frequency_qualifier":
			if IsNever(iriName(text)) {
				zero, by = true, &values[i]
			}
			continue
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
