package graph

import (
	"cmp"
	"slices"
)

// The answers of a Reader: columns that the caller owns and may use again.

// Lists is a column of lists: the list of row i is Items[Start[i]:Start[i+1]].
type Lists[T any] struct {
	Start []uint32
	Items []T
}

// At returns the list of row i, to be read only.
func (l *Lists[T]) At(i int) []T {
	if i+1 >= len(l.Start) {
		return nil
	}
	return l.Items[l.Start[i]:l.Start[i+1]:l.Start[i+1]]
}

// Reset empties the column and keeps its memory.
func (l *Lists[T]) Reset() {
	l.Start = append(l.Start[:0], 0)
	l.Items = l.Items[:0]
}

// Close ends the list of the current row; append to Items before.
func (l *Lists[T]) Close() {
	if len(l.Start) == 0 {
		l.Start = append(l.Start, 0)
	}
	l.Start = append(l.Start, uint32(len(l.Items)))
}

// Rows returns the number of lists.
func (l *Lists[T]) Rows() int { return max(0, len(l.Start)-1) }

// Resolution is the answer of Resolve.
type Resolution struct {
	// Refs has the thing of each id, NoRef where nothing or more than one thing
	// has it.
	Refs []Ref
	// Candidates lists, for an id that is an exact-match code of several
	// concepts, those concepts in default order; it is empty for all others.
	Candidates Lists[Ref]
}

// ConceptFields names columns of a ConceptBatch.
type ConceptFields uint32

// The fields of a concept.
const (
	ConceptID ConceptFields = 1 << iota
	ConceptIRI
	ConceptName
	ConceptKind
	ConceptTypes
	ConceptNames
	ConceptDescriptions
	ConceptSynonyms
	ConceptCodes
	ConceptNote
	ConceptSections
	ConceptSources
	ConceptDeprecated
	ConceptReplacedBy
	ConceptFormerIDs
	ConceptMembers
	ConceptNotJoined

	AllConceptFields ConceptFields = 1<<iota - 1
)

// ConceptBatch holds fields of concepts, a row for each ref. A column that was
// not asked for is empty; the row of an absent ref holds zero values. The lists
// are in the order of the normalized Concept, Sections and Sources in the order
// of refs (so that articles come before other sources).
type ConceptBatch struct {
	ID           []string
	IRI          []string
	Name         []string // Concept.Name
	Kind         []Kind   // of the first type; KindNone where the ref is absent
	Note         []string
	Types        Lists[ID]
	Names        Lists[Text]
	Descriptions Lists[Text]
	Synonyms     Lists[Synonym]
	Codes        Lists[Code]
	Sections     Lists[Ref]
	Sources      Lists[Ref]
	Deprecated   []bool
	ReplacedBy   []Ref // NoRef where there is none
	FormerIDs    Lists[ID]
	Members      Lists[Concept]
	NotJoined    Lists[NotJoined]
}

// Reset empties all columns and keeps their memory.
func (b *ConceptBatch) Reset() {
	b.ID, b.IRI, b.Name, b.Kind, b.Note = b.ID[:0], b.IRI[:0], b.Name[:0], b.Kind[:0], b.Note[:0]
	b.Types.Reset()
	b.Names.Reset()
	b.Descriptions.Reset()
	b.Synonyms.Reset()
	b.Codes.Reset()
	b.Sections.Reset()
	b.Sources.Reset()
	b.Deprecated, b.ReplacedBy = b.Deprecated[:0], b.ReplacedBy[:0]
	b.FormerIDs.Reset()
	b.Members.Reset()
	b.NotJoined.Reset()
}

// Append appends the columns that fields names of a concept; one that is not there
// has the zero value and KindNone.
func (b *ConceptBatch) Append(fields ConceptFields, c *Concept, kind Kind, sections, sources []Ref, replacedBy Ref) {
	appendTo(fields&ConceptID != 0, &b.ID, string(c.ID))
	appendTo(fields&ConceptIRI != 0, &b.IRI, c.IRI)
	appendTo(fields&ConceptName != 0, &b.Name, c.Name())
	appendTo(fields&ConceptKind != 0, &b.Kind, kind)
	appendTo(fields&ConceptNote != 0, &b.Note, c.Note)
	appendList(fields&ConceptTypes != 0, &b.Types, c.Types)
	appendList(fields&ConceptNames != 0, &b.Names, c.Names)
	appendList(fields&ConceptDescriptions != 0, &b.Descriptions, c.Descriptions)
	appendList(fields&ConceptSynonyms != 0, &b.Synonyms, c.Synonyms)
	appendList(fields&ConceptCodes != 0, &b.Codes, c.Codes)
	appendList(fields&ConceptSections != 0, &b.Sections, sections)
	appendList(fields&ConceptSources != 0, &b.Sources, sources)
	appendTo(fields&ConceptDeprecated != 0, &b.Deprecated, c.Deprecated)
	appendTo(fields&ConceptReplacedBy != 0, &b.ReplacedBy, replacedBy)
	appendList(fields&ConceptFormerIDs != 0, &b.FormerIDs, c.FormerIDs)
	appendList(fields&ConceptMembers != 0, &b.Members, c.Members)
	appendList(fields&ConceptNotJoined != 0, &b.NotJoined, c.NotJoined)
}

// appendTo appends a value to a column that was asked for.
func appendTo[T any](asked bool, column *[]T, v T) {
	if asked {
		*column = append(*column, v)
	}
}

// appendList appends a row to a column of lists that was asked for.
func appendList[T any](asked bool, column *Lists[T], items []T) {
	if asked {
		column.Items = append(column.Items, items...)
		column.Close()
	}
}

// StatementFields names columns of a StatementBatch.
type StatementFields uint64

// The fields of a statement; each qualifier has one more ([Columns]).
const (
	StatementID StatementFields = 1 << iota
	StatementIRI
	StatementSubject
	StatementPredicate
	StatementObject // Object and Value
	StatementProperties

	firstQualifier

	AllStatementFields StatementFields = firstQualifier<<NumQualifiers - 1
)

// Columns returns the fields of qualifiers.
func Columns(of ...Qualifier) (fields StatementFields) {
	for _, q := range of {
		fields |= firstQualifier << q
	}
	return fields
}

// StatementBatch holds fields of statements, a row for each ref. A column that
// was not asked for is empty; the row of an absent ref holds zero values, and
// NaN as a number.
type StatementBatch struct {
	ID, IRI    []string
	Subject    []Ref
	Predicate  []PredicateRef
	Object     []Ref   // NoRef where the object is a value
	Value      []Value // zero where the object is a concept
	Properties Lists[Property]
	// Qualifiers has a column for each qualifier.
	Qualifiers [NumQualifiers]QualifierColumn
}

// Reset empties all columns and keeps their memory.
func (b *StatementBatch) Reset() {
	b.ID, b.IRI, b.Subject, b.Predicate, b.Object, b.Value = b.ID[:0], b.IRI[:0], b.Subject[:0], b.Predicate[:0], b.Object[:0], b.Value[:0]
	b.Properties.Reset()
	for q := range b.Qualifiers {
		b.Qualifiers[q].reset()
	}
}

// Append appends the columns that fields names of a statement, whose subject,
// predicate and object have these refs; one that is not there has the zero value.
func (b *StatementBatch) Append(fields StatementFields, s *Statement, subject Ref, predicate PredicateRef, object Ref, ref func(ID) Ref) {
	appendTo(fields&StatementID != 0, &b.ID, string(s.ID))
	appendTo(fields&StatementIRI != 0, &b.IRI, s.IRI)
	appendTo(fields&StatementSubject != 0, &b.Subject, subject)
	appendTo(fields&StatementPredicate != 0, &b.Predicate, predicate)
	appendTo(fields&StatementObject != 0, &b.Object, object)
	appendTo(fields&StatementObject != 0, &b.Value, s.Value)
	b.AppendQualifiers(fields, s, ref)
	appendList(fields&StatementProperties != 0, &b.Properties, s.Properties)
}

// SourceFields names columns of a SourceBatch.
type SourceFields uint32

// The fields of a source; each detail has one more ([SourceColumns]). Its kind is
// always read.
const (
	SourceID SourceFields = 1 << iota
	SourceIRI
	SourceName
	SourceAuthors
	SourceStatements
	SourceSections

	firstDetail

	AllSourceFields SourceFields = firstDetail<<NumSourceDetails - 1
)

// SourceColumns returns the fields of details.
func SourceColumns(of ...SourceDetail) (fields SourceFields) {
	for _, d := range of {
		fields |= firstDetail << d
	}
	return fields
}

// SourceBatch holds fields of sources and articles, a row for each ref. A column
// that was not asked for is empty; the row of an absent ref holds zero values.
// Kind is always there, 0 where the ref is absent.
type SourceBatch struct {
	ID, IRI []string
	Kind    []SourceKind
	Name    []string
	Authors Lists[string]
	// Details has a column for each detail.
	Details [NumSourceDetails][]string
	// SupersededBy has the sources that the detail names, where it was asked for.
	SupersededBy []Ref
	// Statements is the number of statements that the source makes.
	Statements []int
	// Sections lists the sections of an article, in the order of the text.
	Sections Lists[Ref]
}

// Reset empties all columns and keeps their memory.
func (b *SourceBatch) Reset() {
	b.ID, b.IRI, b.Name, b.Kind, b.Statements = b.ID[:0], b.IRI[:0], b.Name[:0], b.Kind[:0], b.Statements[:0]
	b.SupersededBy = b.SupersededBy[:0]
	b.Authors.Reset()
	for d := range b.Details {
		b.Details[d] = b.Details[d][:0]
	}
	b.Sections.Reset()
}

// Append appends the columns that fields names of a source that makes so many
// statements; one that is not there has the zero value.
func (b *SourceBatch) Append(fields SourceFields, s *Source, statements int, sections []Ref, ref func(ID) Ref) {
	appendTo(fields&SourceID != 0, &b.ID, string(s.ID))
	appendTo(fields&SourceIRI != 0, &b.IRI, s.IRI)
	appendTo(fields&SourceName != 0, &b.Name, s.Name)
	b.Kind = append(b.Kind, s.Kind)
	appendList(fields&SourceAuthors != 0, &b.Authors, s.Authors)
	for d := range NumSourceDetails {
		if fields&(firstDetail<<d) != 0 { // most are not asked for
			b.Details[d] = append(b.Details[d], s.Detail(d))
		}
	}
	if fields&SourceColumns(SourceSupersededBy) != 0 {
		b.SupersededBy = append(b.SupersededBy, ref(s.SupersededBy))
	}
	appendTo(fields&SourceStatements != 0, &b.Statements, statements)
	appendList(fields&SourceSections != 0, &b.Sections, sections)
}

// Source returns the source of a row of which all fields were asked for.
func (b *SourceBatch) Source(row int) Source {
	s := Source{ID: ID(b.ID[row]), IRI: b.IRI[row], Kind: b.Kind[row], Name: b.Name[row], Authors: slices.Clone(b.Authors.At(row))}
	for d := range NumSourceDetails {
		s.SetDetail(d, b.Details[d][row])
	}
	return s
}

// SectionBatch holds sections, a row for each ref. Article is NoRef where the
// ref is absent.
type SectionBatch struct {
	ID, IRI, Heading, Summary []string
	Article                   []Ref
	// Position is the place of the section in its article, from 1.
	Position []int
	// Concepts lists the concepts that the section mentions, in default order.
	Concepts Lists[Ref]
	// Statements lists what the article itself says in this section, Inferred what
	// other sources (curators) derived from it; both in the order of the text: by
	// locator ([CompareLocators]), then by ref.
	Statements Lists[Ref]
	Inferred   Lists[Ref]
}

// Reset empties all columns and keeps their memory.
func (b *SectionBatch) Reset() {
	for _, texts := range []*[]string{&b.ID, &b.IRI, &b.Heading, &b.Summary} {
		*texts = (*texts)[:0]
	}
	b.Article, b.Position = b.Article[:0], b.Position[:0]
	b.Concepts.Reset()
	b.Statements.Reset()
	b.Inferred.Reset()
}

// Append appends a section of an article, its place there, and its lists; one that
// is not there has the zero value.
func (b *SectionBatch) Append(s *Section, article Ref, position int, concepts, statements, inferred []Ref) {
	b.ID, b.IRI, b.Heading, b.Summary = append(b.ID, string(s.ID)), append(b.IRI, s.IRI), append(b.Heading, s.Heading), append(b.Summary, s.Summary)
	b.Article, b.Position = append(b.Article, article), append(b.Position, position)
	appendList(true, &b.Concepts, concepts)
	appendList(true, &b.Statements, statements)
	appendList(true, &b.Inferred, inferred)
}

// RefList is one page of a list.
type RefList struct {
	Refs  []Ref
	Total int // of the whole filtered list
}

// LinkBatch holds links: those of row i lie at [Start[i], Start[i+1]) in the
// other columns.
type LinkBatch struct {
	Start     []uint32
	Total     []int // for each row, of the whole filtered list
	Predicate []PredicateRef
	Incoming  []bool // the concept asked about is the object
	Other     []Ref
	// Statements lists, for each link, the statements that pass the filter, in
	// their order.
	Statements Lists[Ref]
}

// Reset empties all columns and keeps their memory.
func (b *LinkBatch) Reset() {
	b.Start = append(b.Start[:0], 0)
	b.Total, b.Predicate, b.Incoming, b.Other = b.Total[:0], b.Predicate[:0], b.Incoming[:0], b.Other[:0]
	b.Statements.Reset()
}

// Link is a row of a LinkBatch: a pair of predicate and other concept, with what
// supports it.
type Link struct {
	Predicate  PredicateRef
	Incoming   bool
	Other      Ref
	Statements []Ref
}

// Append appends what a window leaves of the links of a concept.
func (b *LinkBatch) Append(links []Link, w Window) {
	from, to := w.Range(len(links))
	for _, l := range links[from:to] {
		b.Predicate, b.Incoming, b.Other = append(b.Predicate, l.Predicate), append(b.Incoming, l.Incoming), append(b.Other, l.Other)
		appendList(true, &b.Statements, l.Statements)
	}
	b.Start, b.Total = append(b.Start, uint32(len(b.Other))), append(b.Total, len(links))
}

// PropertyBatch holds values, equal ones of a predicate once: those of row i lie at [Start[i], Start[i+1]) in
// the other columns.
type PropertyBatch struct {
	Start      []uint32
	Total      []int
	Predicate  []PredicateRef
	Value      []Value
	Statements Lists[Ref]
}

// Reset empties all columns and keeps their memory.
func (b *PropertyBatch) Reset() {
	b.Start = append(b.Start[:0], 0)
	b.Total, b.Predicate, b.Value = b.Total[:0], b.Predicate[:0], b.Value[:0]
	b.Statements.Reset()
}

// StatedValue is a row of a PropertyBatch: a pair of predicate and value, with what
// supports it.
type StatedValue struct {
	Predicate  PredicateRef
	Value      Value
	Statements []Ref
}

// CompareStatedValues is the order of the values of a concept.
func CompareStatedValues(a, b StatedValue) int {
	return cmp.Or(cmp.Compare(a.Predicate, b.Predicate), CompareValues(a.Value, b.Value))
}

// Append appends what a window leaves of the values of a concept.
func (b *PropertyBatch) Append(values []StatedValue, w Window) {
	from, to := w.Range(len(values))
	for _, v := range values[from:to] {
		b.Predicate, b.Value = append(b.Predicate, v.Predicate), append(b.Value, v.Value)
		appendList(true, &b.Statements, v.Statements)
	}
	b.Start, b.Total = append(b.Start, uint32(len(b.Value))), append(b.Total, len(values))
}
