package graph

import "context"

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

	// Sources reads the named fields of sources and articles.
	Sources(ctx context.Context, refs []Ref, fields SourceFields, out *SourceBatch) error

	// Sections reads sections of articles.
	Sections(ctx context.Context, refs []Ref, out *SectionBatch) error

	// List lists concepts in default order.
	List(ctx context.Context, q ConceptQuery, out *RefList) error

	// Links reads the links of concepts: for each, the pairs of predicate and
	// other concept, with all statements that support them. What holds only of
	// several concepts together is no link, and no value either (Combinations).
	Links(ctx context.Context, refs []Ref, q LinkQuery, out *LinkBatch) error

	// Properties reads the values of concepts: for each, the pairs of predicate
	// and value, with all statements that support them. Values that a source
	// gives without a statement have none.
	Properties(ctx context.Context, refs []Ref, q PropertyQuery, out *PropertyBatch) error

	// Combinations reads the statements that hold only of several concepts together
	// ([QualifierWith]): for each concept, those of which it is the subject, the
	// object or one of the others, in their order, without those that are withdrawn.
	Combinations(ctx context.Context, refs []Ref, out *Lists[Ref]) error
}

// Closures is what a Reader implements, besides, that knows how much of the
// hierarchy is below a concept without walking it.
type Closures interface {
	// Below counts the concepts that are narrower than a concept over any number of
	// links, each once and without itself. It is not known to releases of before.
	Below(Ref) (n int, known bool)
}

// Summary describes one version of a graph.
type Summary struct {
	// Version names the content: two graphs of the same version give the same
	// answers (Dataset.Version).
	Version string
	// The number of things of each class.
	Concepts, Statements, Articles, Sections, Sources int
	// Withdrawn is how many of the statements count no more, Combined how many hold
	// only of several concepts together; some may be both.
	Withdrawn, Combined int
	// Quads is the number of quads in the store, 0 for a Reader without quads.
	Quads int
	// Kinds counts concepts by each of their kinds, in the order of kinds, kinds
	// without a concept left out; a concept of several kinds counts in each.
	Kinds []KindCount
	// Types lists what the data sets declare and all else that is a class of some
	// concept, by id.
	Types []TypeCount
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

// TypeCount is a type, the kind that it makes, and how many concepts have it.
type TypeCount struct {
	Type
	Kind     Kind
	Concepts int
}

// PredicateCount is a predicate and how often it is used.
type PredicateCount struct {
	Predicate
	Statements int // statements with it
	Properties int // values without a statement, of concepts, with it
	// LeftOut is how many of the statements lists and counts leave out
	// ([Statement.Counts]).
	LeftOut int `json:",omitempty"`
}

// Counting is how many statements count.
func (p *PredicateCount) Counting() int { return p.Statements - p.LeftOut }

// Counting is how many statements count.
func (s *Summary) Counting() (n int) {
	for i := range s.Predicates {
		n += s.Predicates[i].Counting()
	}
	return n
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

// PredicatesNamed finds the predicates of this version with a name: the one that
// Plexus knows or, where there is none, all that data sets call so.
func (s *Summary) PredicatesNamed(name string) (named []PredicateRef) {
	for i := range s.Predicates {
		if p := &s.Predicates[i]; p.Name == name {
			if _, known := LookupPredicate(p.ID); known {
				return []PredicateRef{PredicateRef(i)}
			}
			named = append(named, PredicateRef(i))
		}
	}
	return named
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
