package graph

import (
	"context"
	"fmt"
)

// Ref is the handle of a thing within one version of a graph: a small integer
// from 1. The things are numbered class after class, each class in its default
// order, so that comparing two refs of a class compares their positions:
//
//	concepts    by name (CompareConcepts), then id
//	statements  by source, then position in it (Dataset.Normalize)
//	articles    by id
//	sections    by article, then in the order of the text
//	sources     by id (without the articles)
//
// A ref means nothing in another version.
type Ref uint32

// NoRef is the ref of nothing: of an unknown id, an absent stage.
const NoRef Ref = 0

// PredicateRef is the position of a predicate in [Summary.Predicates].
type PredicateRef uint32

// Class says what a ref refers to.
type Class uint8

// The classes, in the order in which refs are numbered.
const (
	ClassNone Class = iota
	ClassConcept
	ClassStatement
	ClassArticle
	ClassSection
	ClassSource
)

// Reader answers questions about one immutable version of a graph.
//
// A question takes many refs and fills a batch that the caller owns: one
// result for each ref, in the order of the refs, a repeated ref repeated. A
// batch is overwritten, never appended to, and keeps its memory, so that a
// caller who reuses it allocates nothing; what it held before, strings
// included, is gone then. A ref that is not of the class asked for (NoRef, a
// ref of another class, one out of range) is absent: its row is empty, and
// that is no error.
//
// Errors are the context's, once it is done (Context.Err, also for a call
// without refs); [ErrInvalid], whatever the refs, for a question without
// meaning (a negative page size, a Direction or an Order that is none of the
// constants, a PredicateRef beyond the summary); or the store's own. After an
// error the batch holds nothing of use.
//
// In a query or a filter a nil list asks nothing and an empty one matches
// nothing; a ref there that is of another class matches nothing. All methods
// may be called at the same time, each with a batch of its own.
type Reader interface {
	// Summary describes the version. It is computed once and must not be
	// changed.
	Summary() *Summary

	// Resolve finds things by id: first by their own id, then by full IRI, then
	// by an exact-match code of a concept, written as it is in Concept.Codes or
	// expanded (Prefixes.Expand).
	Resolve(ctx context.Context, ids []string, out *Resolution) error

	// Concepts reads the named fields of concepts.
	Concepts(ctx context.Context, refs []Ref, fields ConceptFields, out *ConceptBatch) error

	// Statements reads the named fields of statements.
	Statements(ctx context.Context, refs []Ref, fields StatementFields, out *StatementBatch) error

	// Sources reads sources and articles.
	Sources(ctx context.Context, refs []Ref, out *SourceBatch) error

	// Sections reads sections of articles.
	Sections(ctx context.Context, refs []Ref, out *SectionBatch) error

	// List lists concepts in default order.
	List(ctx context.Context, q ConceptQuery, out *RefList) error

	// Links reads the links of concepts: for each, the pairs of predicate and
	// other concept, with all statements that support them.
	Links(ctx context.Context, refs []Ref, q LinkQuery, out *LinkBatch) error

	// Properties reads the values of concepts: for each, the pairs of predicate
	// and value, with all statements that support them. Values that a source
	// gives without a statement have none.
	Properties(ctx context.Context, refs []Ref, q PropertyQuery, out *PropertyBatch) error
}

// Summary describes one version of a graph.
type Summary struct {
	// Version names the content: two graphs of the same version give the same
	// answers (Dataset.Version).
	Version string
	// The number of things of each class.
	Concepts, Statements, Articles, Sections, Sources int
	// Quads is the number of quads in the store, 0 for a Reader without quads.
	Quads int
	// Kinds counts concepts by each of their kinds, in the order of kinds, kinds
	// without a concept left out; a concept of several kinds counts in each.
	Kinds []KindCount
	// Predicates lists the registry, then the predicates of the data sets that it
	// lacks, each part in its order, and every other predicate in use
	// ([DescribePredicate]), in statements or as a property of a concept, by id.
	Predicates []PredicateCount
	Prefixes   Prefixes
}

// KindCount is the number of concepts of a kind.
type KindCount struct {
	Kind     Kind
	Concepts int
}

// PredicateCount is a predicate and how often it is used.
type PredicateCount struct {
	Predicate
	Statements int // statements with it
	Properties int // values without a statement, of concepts, with it
}

// First returns the first ref of a class; the things of a class are numbered
// from there without a gap.
func (s *Summary) First(c Class) Ref {
	first := 1
	switch c {
	case ClassSource:
		first += s.Sections
		fallthrough
	case ClassSection:
		first += s.Articles
		fallthrough
	case ClassArticle:
		first += s.Statements
		fallthrough
	case ClassStatement:
		first += s.Concepts
		fallthrough
	case ClassConcept:
		return Ref(first)
	default:
		return NoRef
	}
}

// Len returns the number of things of a class.
func (s *Summary) Len(c Class) int {
	switch c {
	case ClassConcept:
		return s.Concepts
	case ClassStatement:
		return s.Statements
	case ClassArticle:
		return s.Articles
	case ClassSection:
		return s.Sections
	case ClassSource:
		return s.Sources
	default:
		return 0
	}
}

// Class returns what a ref refers to, ClassNone if to nothing.
func (s *Summary) Class(r Ref) Class {
	if r == NoRef {
		return ClassNone
	}
	n := int(r) - 1
	for c := ClassConcept; c <= ClassSource; c++ {
		if n < s.Len(c) {
			return c
		}
		n -= s.Len(c)
	}
	return ClassNone
}

// Index returns the position of a ref within its class, from 0, and whether
// it is of that class.
func (s *Summary) Index(c Class, r Ref) (int, bool) {
	i := int(r) - int(s.First(c))
	return i, r != NoRef && i >= 0 && i < s.Len(c)
}

// Predicate finds a predicate of this version by id.
func (s *Summary) Predicate(id ID) (PredicateRef, bool) {
	for i := range s.Predicates {
		if s.Predicates[i].ID == id {
			return PredicateRef(i), true
		}
	}
	return 0, false
}

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
func (l *Lists[T]) Close() { l.Start = append(l.Start, uint32(len(l.Items))) }

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
}

// StatementFields names columns of a StatementBatch.
type StatementFields uint32

// The fields of a statement.
const (
	StatementID StatementFields = 1 << iota
	StatementIRI
	StatementSubject
	StatementPredicate
	StatementObject // Object and Value
	StatementModality
	StatementNegated
	StatementFrequency // Frequency and FrequencyValue
	StatementStage
	StatementTiming
	StatementContext
	StatementLaterality
	StatementStrength
	StatementAttribution
	StatementNote
	StatementEvidenceCode
	StatementSource
	StatementSection
	StatementLocator
	StatementProperties

	AllStatementFields StatementFields = 1<<iota - 1
)

// StatementBatch holds fields of statements, a row for each ref. A column that
// was not asked for is empty; the row of an absent ref holds zero values, and
// NaN as its FrequencyValue.
type StatementBatch struct {
	ID, IRI        []string
	Subject        []Ref
	Predicate      []PredicateRef
	Object         []Ref   // NoRef where the object is a value
	Value          []Value // zero where the object is a concept
	Modality       []Modality
	Negated        []bool
	Frequency      []string
	FrequencyValue []float64 // NaN where the source gives no number
	Stage          []Ref
	Timing         []string
	Context        []string
	Laterality     []string
	Strength       []string
	Attribution    []string
	Note           []string
	EvidenceCode   []string
	Source         []Ref // of a source or an article
	Section        []Ref
	Locator        []string
	Properties     Lists[Property]
}

// Reset empties all columns and keeps their memory.
func (b *StatementBatch) Reset() {
	for _, texts := range []*[]string{
		&b.ID, &b.IRI, &b.Frequency, &b.Timing, &b.Context, &b.Laterality, &b.Strength,
		&b.Attribution, &b.Note, &b.EvidenceCode, &b.Locator,
	} {
		*texts = (*texts)[:0]
	}
	for _, refs := range []*[]Ref{&b.Subject, &b.Object, &b.Stage, &b.Source, &b.Section} {
		*refs = (*refs)[:0]
	}
	b.Predicate, b.Value, b.Modality = b.Predicate[:0], b.Value[:0], b.Modality[:0]
	b.Negated, b.FrequencyValue = b.Negated[:0], b.FrequencyValue[:0]
	b.Properties.Reset()
}

// SourceBatch holds sources and articles, a row for each ref. Kind is 0 where
// the ref is absent.
type SourceBatch struct {
	ID, IRI                     []string
	Kind                        []SourceKind
	Name, License, Version, URL []string
	// Statements is the number of statements that the source makes.
	Statements []int
	// Sections lists the sections of an article, in the order of the text.
	Sections Lists[Ref]
}

// Reset empties all columns and keeps their memory.
func (b *SourceBatch) Reset() {
	for _, texts := range []*[]string{&b.ID, &b.IRI, &b.Name, &b.License, &b.Version, &b.URL} {
		*texts = (*texts)[:0]
	}
	b.Kind, b.Statements = b.Kind[:0], b.Statements[:0]
	b.Sections.Reset()
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

// Window is a page of a list, as Relay's four arguments cut it
// (https://relay.dev/graphql/connections.htm#sec-Pagination-algorithm): first
// the positions after After and before Before, of those the first First, of
// those the last Last. The zero Window is the whole list.
type Window struct {
	After  *int // a position in the list, from 0
	Before *int
	First  *int
	Last   *int
}

// Range returns the half-open range of positions that the window leaves of a
// list of n. It is empty, never invalid, where nothing is left; a negative size
// counts as none ([Window.Check] refuses it).
func (w Window) Range(n int) (from, to int) {
	to = n
	if w.After != nil {
		from = min(max(*w.After, -1), n-1) + 1 // clamped first: After may be the largest int
	}
	if w.Before != nil {
		to = max(min(*w.Before, n), from)
	}
	if w.First != nil {
		to = min(to, from+min(max(*w.First, 0), n))
	}
	if w.Last != nil {
		from = max(from, to-max(*w.Last, 0))
	}
	return from, to
}

// Check returns ErrInvalid for a window of a negative size.
func (w Window) Check() error {
	for _, n := range []*int{w.First, w.Last} {
		if n != nil && *n < 0 {
			return fmt.Errorf("%w: a page of %d", ErrInvalid, *n)
		}
	}
	return nil
}

// ConceptQuery asks for a list of concepts.
type ConceptQuery struct {
	// Kinds keeps concepts with one of these among the kinds of their types; nil
	// keeps all.
	Kinds  []Kind
	Filter *ConceptFilter
	Window Window
}

// RefList is one page of a list.
type RefList struct {
	Refs  []Ref
	Total int // of the whole filtered list
}

// Direction says which way links are followed.
type Direction uint8

// The directions. Links of a symmetric predicate are outgoing from both ends,
// and found by every direction: what was stated from either end is one link. A
// concept linked with itself has, under Both, an outgoing and an incoming link
// to itself, or one if the predicate is symmetric.
const (
	Out Direction = iota
	In
	Both
)

// Order is the order of links.
type Order uint8

const (
	// ByName sorts by the other concept in default order, then by predicate
	// (its position in the summary), outgoing before incoming.
	ByName Order = iota
	// BySource sorts by the first of the link's statements that pass, then as
	// ByName does.
	BySource
)

// LinkQuery asks for links.
type LinkQuery struct {
	Direction Direction
	// Predicates keeps links of these predicates; nil keeps all.
	Predicates []PredicateRef
	// To keeps links with this other concept; NoRef keeps all.
	To Ref
	// Filter keeps the statements that pass, and the links that are left with
	// one. Links all of whose passing statements are negated are left out, unless
	// the filter names negation (Filter.AsksNegated) or Negated is set.
	Filter  *Filter
	Negated bool
	Order   Order
	Window  Window
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

// PropertyQuery asks for values. They are ordered by predicate (its position in
// the summary), then by value ([CompareValues]).
type PropertyQuery struct {
	// Predicates keeps values of these predicates; nil keeps all.
	Predicates []PredicateRef
	// Filter and Negated choose statements and values as in a LinkQuery. A value
	// that is also, or only, given without a statement is kept where Filter is
	// nil, whatever its statements deny; under a Filter only statements count.
	Filter  *Filter
	Negated bool
	Window  Window
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
