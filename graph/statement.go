package graph

import (
	"crypto/sha256"
	"encoding/base32"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Statement is one sourced claim: subject, predicate, and an object that is
// either a concept or a value. Its qualifiers are part of what is claimed.
type Statement struct {
	ID        ID
	IRI       string // filled by Dataset.Normalize where empty
	Subject   ID
	Predicate ID // forward, as in the registry
	Object    ID // empty where the object is a Value
	Value     Value

	Qualifiers

	// With are the concepts of which the claim holds only together with the subject:
	// it says nothing of one of them alone ([Statement.Counts]).
	With []ID
	// Source is who says so: an article, a data set, or a curator for what was
	// inferred.
	Source ID
	// Section is the section of the article that the locator points into.
	Section ID
	// Locator says where in the source (L3.S1 = line 3, sentence 1), instead of a
	// quotation.
	Locator string
	// EvidenceCode is the kind of evidence, a term of the Evidence and Conclusion
	// Ontology (ECO, http://purl.obolibrary.org/obo/eco.owl) where the source
	// uses it.
	EvidenceCode string
	// Note is a remark of the curator.
	Note string
	// Retracted is the date on which it was retracted, RetractionReason why.
	Retracted        string
	RetractionReason string
	// Supersedes are the statements whose place it takes, SupersededBy those that
	// have taken its own; the latter, and Withdrawn, are filled by
	// Dataset.Normalize.
	Supersedes, SupersededBy []ID
	Withdrawn                Withdrawn
	// FormerIDs are the ids that it had before, by which it is still found.
	FormerIDs []ID
	// SaidOf, ObjectSaidOf, StageSaidOf and WithSaidOf are the ids of subject, object, stage and With
	// that the source names, where these were joined with others; they are filled
	// when data is joined.
	SaidOf, ObjectSaidOf, StageSaidOf string
	WithSaidOf                        string // all of With, where one of them was joined
	// Key tells apart two statements that would have the same id.
	Key string
	// Properties are the further values of the statement's record.
	Properties []Property
}

// Qualifiers say how, how often, when and by whom a claim is held. The zero
// value of each says that the source does not state it.
type Qualifiers struct {
	Modality Modality
	// Negated marks a claim that the source states as not so.
	Negated bool
	// Frequency is what the source writes ("often", "7/12", "more than 1 in 10").
	// FrequencyValue is its number, as a share between 0 and 1, where Frequency does
	// not say it. [FrequencyOf] tells the numbers of both.
	Frequency      string
	FrequencyValue *float64
	// Stage is the concept of kind Stage to which the claim is limited.
	Stage      ID
	Timing     string
	Context    string
	Population string // for whom it holds
	// Severity, TreatmentLine, Dose and TreatmentDuration are what the claim is
	// about more exactly, in the source's words.
	Severity          string
	TreatmentLine     string
	Dose              string
	TreatmentDuration string
	Laterality        string
	Strength          string
	// Urgency is how soon to act, in the source's words. UrgencyLevel is its level
	// on the scale that UrgencyScale names; without a scale of the source the level
	// is a judgement, whose source is the curator.
	Urgency      string
	UrgencyLevel UrgencyLevel
	UrgencyScale string
	Attribution  string // who is said to hold it
}

// Modality is how the source commits itself to a claim.
type Modality uint8

// The modalities. ModalityNotStated is what a foreign record without one has.
const (
	ModalityNotStated Modality = iota
	Asserted
	Possible  // may, can, could, might
	Suspected // believed or suspected by someone
	Recommended
	Discouraged
)

var modalityNames = [...]string{"", "asserted", "possible", "suspected", "recommended", "discouraged"}

// String returns the word for the modality, empty where none is stated.
func (m Modality) String() string {
	if int(m) < len(modalityNames) {
		return modalityNames[m]
	}
	return ""
}

// ParseModality returns the modality of a word, as String writes it.
func ParseModality(s string) (Modality, bool) {
	for i, name := range modalityNames {
		if i > 0 && name == s {
			return Modality(i), true
		}
	}
	return ModalityNotStated, false
}

// Modalities lists the modalities that can be stated.
func Modalities() []Modality {
	return []Modality{Asserted, Possible, Suspected, Recommended, Discouraged}
}

// UrgencyLevel is how soon to act, on a scale of five levels.
type UrgencyLevel uint8

// The levels of urgency, the most urgent first.
const (
	UrgencyNotStated UrgencyLevel = iota
	Emergency                     // at once: life or health is in danger
	Urgent                        // within hours
	Soon                          // within days
	Routine                       // by appointment
	SelfCare                      // no professional is needed
)

var urgencyNames = [...]string{"", "emergency", "urgent", "soon", "routine", "self-care"}

// DeriveID returns the id of a statement from what it claims: "st-" and the
// first 16 characters of the lower-case base32 (RFC 4648) of the SHA-256 over
// these parts, joined by NUL bytes: the full IRIs of subject and predicate;
// the full IRI of the object, or the value as an N-Triples literal with its
// language or datatype; the full IRI of the source; "true" or "false" for
// negated; the full IRI of the stage, or nothing; the context, or nothing;
// and, only where there is one, the key; then, only where they are stated and
// with their names, the other qualifiers that are part of the claim
// ([HashedWhereStated]): population=adults.
//
// Modality, frequency and the other qualifiers are left out, so that a
// correction keeps the citation.
func (s *Statement) DeriveID(iri func(ID) string) ID {
	h := sha256.New()
	part := func(text string) { _, _ = io.WriteString(h, text) }
	nul := func() { _, _ = h.Write([]byte{0}) }
	part(iri(s.Subject))
	nul()
	part(iri(s.Predicate))
	nul()
	if s.Object != "" {
		part(iri(s.Object))
	} else {
		part(s.Value.ntriples(iri))
	}
	nul()
	part(iri(s.Source))
	nul()
	part(strconv.FormatBool(s.Negated))
	nul()
	if s.Stage != "" {
		part(iri(s.Stage))
	}
	nul()
	part(s.Context)
	if s.Key != "" {
		nul()
		part(s.Key)
	}
	for i := range qualifiers {
		q := Qualifier(i)
		if qualifiers[q].Hashed != HashedWhereStated {
			continue
		}
		said := s.Qualifier(q)
		if said == "" {
			continue
		}
		switch qualifiers[q].Type {
		case RefQualifier:
			said = iri(ID(said))
		case ListQualifier:
			var iris []ID
			for _, id := range *s.List(q) {
				iris = append(iris, ID(iri(id)))
			}
			slices.Sort(iris)
			said = JoinIDs(iris)
		}
		nul()
		part(qualifiers[q].Name + "=" + said)
	}
	sum := base32.StdEncoding.EncodeToString(h.Sum(nil))
	return ID(StatementPrefix + strings.ToLower(sum[:16]))
}

var ntriplesEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`)

// ntriples writes the value as an N-Triples literal
// (https://www.w3.org/TR/n-triples/#canonical-ntriples).
func (v Value) ntriples(iri func(ID) string) string {
	quoted := `"` + ntriplesEscaper.Replace(v.Text) + `"`
	switch {
	case v.Language != "":
		return quoted + "@" + v.Language
	case v.Datatype != "":
		return quoted + "^^<" + iri(v.Datatype) + ">"
	default:
		return quoted
	}
}
