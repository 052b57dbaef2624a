package graph

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Qualifier is one thing that the record of a statement may say beside what
// the statement claims: how, how often, when, for whom it holds, who says so
// and where. The table of this file is the only place that describes them:
// stores, formats, filters, the schema and sentences are driven by it. A new
// qualifier is a field of [Statement], a constant and a row here.
type Qualifier uint8

// The qualifiers, in the order in which formats write them.
const (
	QualifierNegated Qualifier = iota
	QualifierModality
	QualifierFrequency
	QualifierFrequencyValue
	QualifierWith
	QualifierStage
	QualifierTiming
	QualifierContext
	QualifierPopulation
	QualifierSeverity
	QualifierTreatmentLine
	QualifierDose
	QualifierTreatmentDuration
	QualifierLaterality
	QualifierStrength
	QualifierUrgency
	QualifierUrgencyLevel
	QualifierUrgencyScale
	QualifierAttribution
	QualifierNote
	QualifierEvidenceCode
	QualifierSource
	QualifierSection
	QualifierLocator
	QualifierRetracted
	QualifierRetractionReason
	QualifierSupersedes
	QualifierSupersededBy
	QualifierWithdrawn
	QualifierFormerIDs
	QualifierSaidOf
	QualifierObjectSaidOf
	QualifierStageSaidOf
	QualifierWithSaidOf
	QualifierKey

	// NumQualifiers is the number of qualifiers.
	NumQualifiers
)

// QualifierType says what kind of value a qualifier has, and so in which column
// of a [QualifierColumn] it stands.
type QualifierType uint8

// The types.
const (
	TextQualifier   QualifierType = iota // a text of the source or the curator; empty = not stated
	NumberQualifier                      // a number; NaN = not stated
	WordQualifier                        // one of a fixed list of words, by its place there; 0 = not stated
	FlagQualifier                        // true or not said: 1 or 0
	RefQualifier                         // a thing with an id; NoRef = not stated
	ListQualifier                        // ids, in order: of things of the Classes, or of nothing that is still here
)

// Hashing says whether a qualifier is part of what a statement's id follows
// from ([Statement.DeriveID]).
type Hashing uint8

// The ways of hashing.
const (
	NotHashed Hashing = iota
	// HashedInPlace is a part of every id, empty where it is not stated.
	HashedInPlace
	// HashedWhereStated is a part only where it is stated, with its name:
	// population=adults. A qualifier that is added later changes no older id.
	HashedWhereStated
)

// Telling says how a sentence tells a qualifier.
type Telling uint8

// The ways of telling.
const (
	// NotTold is for what says nothing of the claim itself.
	NotTold Telling = iota
	// ToldByWords is for what decides the words of the clause.
	ToldByWords
	// ToldBefore stands before the clause, in the words of Phrase.
	ToldBefore
	// ToldAfter stands in brackets after the clause, in the words of Phrase.
	ToldAfter
)

// QualifierInfo describes a qualifier.
type QualifierInfo struct {
	// Name is what it is called in the schema, in seed files and in tables.
	Name string
	// IRI is its predicate in quads.
	IRI  string
	Type QualifierType
	// Words are those of a WordQualifier; the first is empty.
	Words []string
	// Classes are those of the things that a RefQualifier may name.
	Classes []Class
	Hashed  Hashing
	// Limits marks what narrows a claim: to say the claim without it says more
	// than the source.
	Limits bool
	// Scope marks what says for whom, when or where a claim holds: claims of
	// different scopes may both be right ([CompareScopes]).
	Scope bool
	// Required marks a column that tables have even if it is empty.
	Required bool
	// Date marks a text that is a date ([IsDate]).
	Date bool
	// Derived marks what follows from the rest: [Dataset.Normalize] fills it, and
	// nobody writes it.
	Derived bool
	// NoDefault marks what a seed file cannot give for all its statements.
	NoDefault bool
	// NoFilter marks what filters do not ask for.
	NoFilter bool
	// Hidden marks what the schema does not show, or not as it stands.
	Hidden bool
	Told   Telling
	// Phrase is what a sentence says, %s standing for the value.
	Phrase string
	// Description says what it is; Detail is what the schema adds for the field
	// of a statement, FilterDetail what it adds for the field of a filter.
	Description, Detail, FilterDetail string

	field func(*Statement) any // a pointer to the field
}

var qualifiers = [NumQualifiers]QualifierInfo{
	QualifierNegated: {
		Name: "negated", Type: FlagQualifier, Hashed: HashedInPlace, Limits: true, Required: true, Told: ToldByWords,
		Description: "True where the source states that it is not so.",
		FilterDetail: "True: denials only. False: claims that are not denied. Naming it anywhere in a " +
			"filter also brings back links whose statements are all negated.",
		field: func(s *Statement) any { return &s.Negated },
	},
	QualifierModality: {
		Name: "modality", Type: WordQualifier, Words: modalityNames[:], Required: true, Told: ToldByWords,
		Description: "How the source commits itself.", Detail: "Null, never ASSERTED, where it does not say.",
		field: func(s *Statement) any { return &s.Modality },
	},
	QualifierFrequency: {
		Name: "frequency", Limits: true, Told: ToldByWords,
		Description: `How often, as the source writes it: "often", "7/12", "more than 1 in 10", or a term of HPO, "HP:0040281".`,
		field:       func(s *Statement) any { return &s.Frequency },
	},
	QualifierFrequencyValue: {
		Name: "frequencyValue", Type: NumberQualifier, Limits: true, Hidden: true, Told: ToldAfter, Phrase: "a share of %s",
		Description: "How often, as a share between 0 and 1, where the source has a number that frequency does not say.",
		FilterDetail: "Numbers in the words of frequency count too (\"7/12\", \"more than 1 in 10\"): atLeast asks for what has " +
			"a frequencyMin that is no smaller, atMost for what has a frequencyMax that is no larger.",
		field: func(s *Statement) any { return &s.FrequencyValue },
	},
	QualifierWith: {
		Name: "with", Type: ListQualifier, Classes: []Class{ClassConcept}, Hashed: HashedWhereStated, Limits: true, NoDefault: true, Told: ToldByWords,
		Description: "The concepts that only together with the subject are or do what the statement says: \"fever and a stiff neck together may indicate meningitis\".",
		Detail: "Such a statement says nothing of one of them alone: it is no link and counts nowhere, and is found by its id, by a filter that names " +
			"`with`, among `combinations` and, where all of them are found, in `rank`.",
		FilterDetail: "Asks for statements that hold of several concepts together, among which, subject included, are all of these; " +
			"an empty list asks for all such statements. They are found in lists of statements alone: they are no links.",
		field: func(s *Statement) any { return &s.With },
	},
	QualifierStage: {
		Name: "stage", Type: RefQualifier, Classes: []Class{ClassConcept}, Hashed: HashedInPlace, Limits: true, Scope: true,
		Told: ToldBefore, Phrase: "in the stage “%s”",
		Description: "The stage to which the claim is limited.",
		field:       func(s *Statement) any { return &s.Stage },
	},
	QualifierTiming: {
		Name: "timing", Limits: true, Scope: true, Told: ToldAfter, Phrase: "time: %s",
		Description: "When, in the source's terms.",
		field:       func(s *Statement) any { return &s.Timing },
	},
	QualifierContext: {
		Name: "context", Hashed: HashedInPlace, Limits: true, Scope: true, Told: ToldAfter, Phrase: "context: %s",
		Description: "The situation to which the claim is limited.",
		field:       func(s *Statement) any { return &s.Context },
	},
	QualifierPopulation: {
		Name: "population", Hashed: HashedWhereStated, Limits: true, Scope: true, Told: ToldAfter, Phrase: "for %s",
		Description: "For whom it holds, in the source's words: \"adults\", \"children under 12\", \"pregnancy\".",
		field:       func(s *Statement) any { return &s.Population },
	},
	QualifierSeverity: {
		// Data of others has kg:severity for the severity of a condition itself.
		Name: "severity", IRI: KG + "statedSeverity", Hashed: HashedWhereStated, Limits: true, Scope: true, Told: ToldAfter, Phrase: "severity: %s",
		Description: "How severe the object of the claim is in it, in the source's words: \"severe\", \"mild to moderate\".",
		field:       func(s *Statement) any { return &s.Severity },
	},
	QualifierTreatmentLine: {
		Name: "treatmentLine", Hashed: HashedWhereStated, Limits: true, Scope: true, Told: ToldAfter, Phrase: "line of treatment: %s",
		Description: "The place of a treatment among others, in the source's words: \"first line\", \"only where other medicines fail\".",
		field:       func(s *Statement) any { return &s.TreatmentLine },
	},
	QualifierDose: {
		Name: "dose", Hashed: HashedWhereStated, Limits: true, Scope: true, Told: ToldAfter, Phrase: "dose: %s",
		Description: "The dose for which the claim holds, in the source's words: \"50 mg a day\".",
		field:       func(s *Statement) any { return &s.Dose },
	},
	QualifierTreatmentDuration: {
		Name: "treatmentDuration", Hashed: HashedWhereStated, Limits: true, Scope: true, Told: ToldAfter, Phrase: "duration of treatment: %s",
		Description: "How long the treatment of the claim lasts, in the source's words: \"for 10 days\".",
		field:       func(s *Statement) any { return &s.TreatmentDuration },
	},
	QualifierLaterality: {
		Name: "laterality", Limits: true, Scope: true, Told: ToldAfter, Phrase: "side of the body: %s",
		Description: "Which side of the body.",
		field:       func(s *Statement) any { return &s.Laterality },
	},
	QualifierStrength: {
		Name: "strength", Limits: true, Told: ToldAfter, Phrase: "strength: %s",
		Description: "How strongly a recommendation is made.",
		field:       func(s *Statement) any { return &s.Strength },
	},
	QualifierUrgency: {
		Name: "urgency", Limits: true, Told: ToldAfter, Phrase: "urgency: %s",
		Description: "How soon to act, in the source's words: \"call an ambulance\", \"within 2 weeks\".",
		field:       func(s *Statement) any { return &s.Urgency },
	},
	QualifierUrgencyLevel: {
		Name: "urgencyLevel", Type: WordQualifier, Words: urgencyNames[:], Limits: true,
		Told: ToldAfter, Phrase: "level of urgency: %s",
		Description: "The level of the urgency, by the scale that the source defines (urgencyScale); where it defines none, the source of the statement is the curator who judges it.",
		field:       func(s *Statement) any { return &s.UrgencyLevel },
	},
	QualifierUrgencyScale: {
		Name: "urgencyScale", Told: ToldAfter, Phrase: "on the scale “%s”",
		Description: "The scale by which the source grades the urgency, as the source names it: \"Manchester Triage System\".",
		field:       func(s *Statement) any { return &s.UrgencyScale },
	},
	QualifierAttribution: {
		Name: "attribution", Limits: true, Told: ToldBefore, Phrase: "according to %s",
		Description: "Who is said to hold it, as the source names them.",
		field:       func(s *Statement) any { return &s.Attribution },
	},
	QualifierNote: {
		// A limit that no qualifier has stands here: sentences tell it.
		Name: "note", NoFilter: true, Told: ToldAfter, Phrase: "note: “%s”",
		Description: "A remark of the curator.",
		field:       func(s *Statement) any { return &s.Note },
	},
	QualifierEvidenceCode: {
		Name:        "evidenceCode",
		Description: "The kind of evidence: a term of the Evidence and Conclusion Ontology (`ECO:0000303`) where the source uses it.",
		field:       func(s *Statement) any { return &s.EvidenceCode },
	},
	QualifierSource: {
		Name: "source", IRI: SchemaOrg + "isPartOf", Type: RefQualifier, Classes: []Class{ClassSource, ClassArticle}, Hashed: HashedInPlace,
		Required: true, Told: ToldByWords,
		Description: "Who says so: an article, a data set, or a curator for what was inferred.",
		field:       func(s *Statement) any { return &s.Source },
	},
	QualifierSection: {
		Name: "section", Type: RefQualifier, Classes: []Class{ClassSection},
		Description: "The section of the article that the locator points into.",
		field:       func(s *Statement) any { return &s.Section },
	},
	QualifierLocator: {
		Name: "locator", NoFilter: true,
		Description: "Where in the source (`L3.S1`: line 3, sentence 1).",
		field:       func(s *Statement) any { return &s.Locator },
	},
	QualifierRetracted: {
		Name: "retracted", Date: true, NoDefault: true, NoFilter: true,
		Description: "When it was retracted: a year, a month or a day.",
		field:       func(s *Statement) any { return &s.Retracted },
	},
	QualifierRetractionReason: {
		Name: "retractionReason", NoDefault: true, NoFilter: true,
		Description: "Why it was retracted.",
		field:       func(s *Statement) any { return &s.RetractionReason },
	},
	QualifierSupersedes: {
		Name: "supersedes", Type: ListQualifier, Classes: []Class{ClassStatement}, NoDefault: true, NoFilter: true,
		Description: "The statements whose place it takes: they count no more.",
		field:       func(s *Statement) any { return &s.Supersedes },
	},
	QualifierSupersededBy: {
		Name: "supersededBy", Type: ListQualifier, Classes: []Class{ClassStatement}, Derived: true, NoFilter: true,
		Description: "The statements that have taken its place.",
		field:       func(s *Statement) any { return &s.SupersededBy },
	},
	QualifierWithdrawn: {
		Name: "withdrawn", Type: WordQualifier, Words: withdrawnNames[:], Derived: true,
		Description: "Why it counts no more.", Detail: "Null where it counts.",
		FilterDetail: "What counts no more is in no list, count, path or answer; naming this anywhere in a filter, " +
			"be it as `{}`, brings it back, and `{ stated: true }` asks for nothing else.",
		field: func(s *Statement) any { return &s.Withdrawn },
	},
	QualifierFormerIDs: {
		Name: "formerIds", IRI: KG + "formerId", Type: ListQualifier, NoDefault: true, NoFilter: true,
		Description: "The ids that it had before, by which it is still found.",
		field:       func(s *Statement) any { return &s.FormerIDs },
	},
	QualifierSaidOf: {
		Name: "saidOf", Derived: true, NoFilter: true,
		Description: "The id of the concept that the source speaks of, where it is another than that of the subject: they were joined.",
		field:       func(s *Statement) any { return &s.SaidOf },
	},
	QualifierObjectSaidOf: {
		Name: "objectSaidOf", Derived: true, NoFilter: true,
		Description: "The same for the object.",
		field:       func(s *Statement) any { return &s.ObjectSaidOf },
	},
	QualifierStageSaidOf: {
		Name: "stageSaidOf", Derived: true, NoFilter: true, Hidden: true,
		Description: "The same for the stage.",
		field:       func(s *Statement) any { return &s.StageSaidOf },
	},
	QualifierWithSaidOf: {
		Name: "withSaidOf", Derived: true, NoFilter: true, Hidden: true,
		Description: "The same for what holds together with the subject: all of them, where one was joined.",
		field:       func(s *Statement) any { return &s.WithSaidOf },
	},
	QualifierKey: {
		Name: "key", Hashed: HashedInPlace, NoDefault: true, NoFilter: true, Hidden: true,
		Description: "Tells apart two statements that would have one id.",
		field:       func(s *Statement) any { return &s.Key },
	},
}

var qualifierNames = func() map[string]Qualifier {
	names := make(map[string]Qualifier, NumQualifiers)
	for i := range qualifiers {
		q := &qualifiers[i]
		q.IRI = cmp.Or(q.IRI, KG+q.Name)
		names[q.Name] = Qualifier(i)
	}
	return names
}()

// listQualifiers are those of type ListQualifier.
var listQualifiers = func() (lists []Qualifier) {
	for q := range qualifiers {
		if qualifiers[q].Type == ListQualifier {
			lists = append(lists, Qualifier(q))
		}
	}
	return lists
}()

// Info returns the row of the table. The caller must not change it.
func (q Qualifier) Info() *QualifierInfo { return &qualifiers[q] }

// String returns the name.
func (q Qualifier) String() string { return qualifiers[q].Name }

// AllQualifiers returns all qualifiers, in the order in which formats write them.
func AllQualifiers() []Qualifier {
	all := make([]Qualifier, NumQualifiers)
	for i := range all {
		all[i] = Qualifier(i)
	}
	return all
}

// LookupQualifier returns the qualifier with a name.
func LookupQualifier(name string) (q Qualifier, known bool) {
	q, known = qualifierNames[name]
	return q, known
}

// Word returns the place of a word among those of the qualifier.
func (q Qualifier) Word(word string) (place uint8, known bool) {
	i := slices.Index(qualifiers[q].Words, word)
	return uint8(max(i, 0)), i > 0
}

// The fields of a statement, by qualifier. Asking for a field as another type
// than its own is a fault of the caller and panics.

// Text returns the field of a TextQualifier.
func (s *Statement) Text(q Qualifier) *string { return qualifiers[q].field(s).(*string) }

// Reference returns the field of a RefQualifier.
func (s *Statement) Reference(q Qualifier) *ID { return qualifiers[q].field(s).(*ID) }

// List returns the field of a ListQualifier.
func (s *Statement) List(q Qualifier) *[]ID { return qualifiers[q].field(s).(*[]ID) }

// Flag returns the field of a FlagQualifier.
func (s *Statement) Flag(q Qualifier) *bool { return qualifiers[q].field(s).(*bool) }

// Number returns the field of a NumberQualifier, nil standing for "not stated".
func (s *Statement) Number(q Qualifier) **float64 { return qualifiers[q].field(s).(**float64) }

// Share returns the value of a NumberQualifier, NaN standing for "not stated".
func (s *Statement) Share(q Qualifier) float64 {
	if n := *s.Number(q); n != nil {
		return *n
	}
	return math.NaN()
}

// Word returns the value of a WordQualifier or a FlagQualifier.
func (s *Statement) Word(q Qualifier) uint8 {
	switch field := qualifiers[q].field(s).(type) {
	case *Modality:
		return uint8(*field)
	case *UrgencyLevel:
		return uint8(*field)
	case *Withdrawn:
		return uint8(*field)
	default:
		if *field.(*bool) {
			return 1
		}
		return 0
	}
}

// SetWord sets the field of a WordQualifier or a FlagQualifier.
func (s *Statement) SetWord(q Qualifier, word uint8) {
	switch field := qualifiers[q].field(s).(type) {
	case *Modality:
		*field = Modality(word)
	case *UrgencyLevel:
		*field = UrgencyLevel(word)
	case *Withdrawn:
		*field = Withdrawn(word)
	default:
		*field.(*bool) = word != 0
	}
}

// Qualifier returns the value of a qualifier as formats write it: a text or an
// id as it is, ids with a space between them, a number in its shortest form, a word, "true" for a flag that is
// set; empty where it is not stated.
func (s *Statement) Qualifier(q Qualifier) string {
	switch info := &qualifiers[q]; info.Type {
	case TextQualifier:
		return *s.Text(q)
	case RefQualifier:
		return string(*s.Reference(q))
	case ListQualifier:
		return JoinIDs(*s.List(q))
	case NumberQualifier:
		if n := *s.Number(q); n != nil {
			return strconv.FormatFloat(*n, 'f', -1, 64)
		}
		return ""
	case WordQualifier:
		if w := int(s.Word(q)); w < len(info.Words) {
			return info.Words[w]
		}
		return ""
	default:
		if *s.Flag(q) {
			return "true"
		}
		return ""
	}
}

// JoinIDs writes ids as one text, in which none of them has a space.
func JoinIDs(ids []ID) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = string(id)
	}
	return strings.Join(words, " ")
}

// Identity returns what an id follows from beside subject, predicate, object and
// source: two statements of one claim and one identity say the same. It is empty
// where nothing of it is stated.
func (s *Statement) Identity() string {
	var identity strings.Builder
	for q, info := range qualifiers {
		if info.Hashed == NotHashed || Qualifier(q) == QualifierSource || Qualifier(q) == QualifierKey {
			continue
		}
		if said := s.Qualifier(Qualifier(q)); said != "" {
			identity.WriteString(info.Name + "=" + said + "\x00")
		}
	}
	return identity.String()
}

// QualifierColumn is the column of one qualifier in a batch. Only the list of
// the qualifier's type is used.
type QualifierColumn struct {
	Texts   []string
	Refs    []Ref
	Words   []uint8 // of words and flags
	Numbers []float64
	// The lists of a ListQualifier: refs, in their order, where it has classes, else
	// texts.
	RefLists  Lists[Ref]
	TextLists Lists[string]
}

// reset empties the column and keeps its memory.
func (c *QualifierColumn) reset() {
	c.Texts, c.Refs, c.Words, c.Numbers = c.Texts[:0], c.Refs[:0], c.Words[:0], c.Numbers[:0]
	c.RefLists = Lists[Ref]{c.RefLists.Start[:0], c.RefLists.Items[:0]}
	c.TextLists = Lists[string]{c.TextLists.Start[:0], c.TextLists.Items[:0]}
}

// AppendQualifiers appends the qualifiers of a statement to the columns that
// fields names, those of a statement that is not there (nil) as not stated.
func (b *StatementBatch) AppendQualifiers(fields StatementFields, s *Statement, ref func(ID) Ref) {
	if s == nil {
		s = &Statement{}
	}
	for i := range b.Qualifiers {
		q, column := Qualifier(i), &b.Qualifiers[i]
		if fields&Columns(q) == 0 {
			continue
		}
		switch qualifiers[q].Type {
		case TextQualifier:
			column.Texts = append(column.Texts, *s.Text(q))
		case RefQualifier:
			column.Refs = append(column.Refs, ref(*s.Reference(q)))
		case ListQualifier:
			column.appendList(*s.List(q), qualifiers[q].Classes != nil, ref)
		case NumberQualifier:
			column.Numbers = append(column.Numbers, s.Share(q))
		default:
			column.Words = append(column.Words, s.Word(q))
		}
	}
}

// appendList appends a list of ids, as refs or as they are.
func (c *QualifierColumn) appendList(ids []ID, named bool, ref func(ID) Ref) {
	if !named {
		for _, id := range ids {
			c.TextLists.Items = append(c.TextLists.Items, string(id))
		}
		c.TextLists.Close()
		return
	}
	from := len(c.RefLists.Items)
	for _, id := range ids {
		c.RefLists.Items = append(c.RefLists.Items, ref(id))
	}
	slices.Sort(c.RefLists.Items[from:])
	c.RefLists.Close()
}

// list returns the list of a row as ids, in their order.
func (c *QualifierColumn) list(row int, named bool, id func(Ref) ID) (ids []ID) {
	if !named {
		for _, text := range c.TextLists.At(row) {
			ids = append(ids, ID(text))
		}
		return ids
	}
	for _, ref := range c.RefLists.At(row) {
		ids = append(ids, id(ref))
	}
	slices.Sort(ids)
	return ids
}

// SetQualifiers sets the qualifiers of a statement to those of a row, which
// must have all of them.
func (b *StatementBatch) SetQualifiers(s *Statement, row int, id func(Ref) ID) {
	for i := range b.Qualifiers {
		q, column := Qualifier(i), &b.Qualifiers[i]
		switch qualifiers[q].Type {
		case TextQualifier:
			*s.Text(q) = column.Texts[row]
		case RefQualifier:
			*s.Reference(q) = id(column.Refs[row])
		case ListQualifier:
			*s.List(q) = column.list(row, qualifiers[q].Classes != nil, id)
		case NumberQualifier:
			if n := column.Numbers[row]; !math.IsNaN(n) {
				*s.Number(q) = &n
			}
		default:
			s.SetWord(q, column.Words[row])
		}
	}
}

// Said returns the value of a row as [Statement.Qualifier] writes it, empty for a
// thing, of which a row has the ref ([StatementBatch.Ref]).
func (b *StatementBatch) Said(q Qualifier, row int) string {
	switch column, info := &b.Qualifiers[q], &qualifiers[q]; info.Type {
	case NumberQualifier:
		if n := column.Numbers[row]; !math.IsNaN(n) {
			return strconv.FormatFloat(n, 'f', -1, 64)
		}
		return ""
	case WordQualifier:
		return info.Words[column.Words[row]]
	case FlagQualifier:
		if column.Words[row] != 0 {
			return "true"
		}
		return ""
	case RefQualifier:
		return ""
	default:
		return column.Texts[row]
	}
}

// Text returns a text of a row.
func (b *StatementBatch) Text(q Qualifier, row int) string { return b.Qualifiers[q].Texts[row] }

// Ref returns a ref of a row.
func (b *StatementBatch) Ref(q Qualifier, row int) Ref { return b.Qualifiers[q].Refs[row] }

// Number returns a number of a row.
func (b *StatementBatch) Number(q Qualifier, row int) float64 { return b.Qualifiers[q].Numbers[row] }

// Frequency returns how often, in numbers, of a row that has the columns of
// QualifierFrequency and QualifierFrequencyValue.
func (b *StatementBatch) Frequency(row int) Frequency {
	return FrequencyOf(b.Text(QualifierFrequency, row), b.Number(QualifierFrequencyValue, row))
}

// Modality returns the modality of a row.
func (b *StatementBatch) Modality(row int) Modality {
	return Modality(b.Qualifiers[QualifierModality].Words[row])
}

// Negated reports whether a row is a denial.
func (b *StatementBatch) Negated(row int) bool { return b.Qualifiers[QualifierNegated].Words[row] != 0 }
