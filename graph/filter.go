package graph

import (
	"slices"
)

// Filter chooses statements by how, when and by whom they are held. All
// conditions that are set must hold; the zero Filter lets every statement
// pass.
type Filter struct {
	And []Filter // every one must match
	Or  []Filter // nil asks nothing; otherwise at least one must match
	Not *Filter  // must not match
	// Where lists conditions on qualifiers, which must all hold. One that names
	// [QualifierNegated] anywhere lifts the rule that leaves out links whose
	// statements are all negated.
	Where []Criterion
}

// Criterion is a condition on one qualifier. A list of values that match, of
// the qualifier's type, holds a zero value for what is not stated; nil asks
// nothing, an empty list matches nothing.
type Criterion struct {
	Qualifier Qualifier
	Texts     []string
	Refs      []Ref   // of QualifierWith, all must be among those that hold together
	Words     []uint8 // of words and flags
	// AtLeast and AtMost bound a number. What has several, as a frequency that is a
	// range, lies between them as a whole; what has none does not.
	AtLeast, AtMost *float64
	// Stated asks whether the source states the qualifier at all.
	Stated *bool
}

// Qualified is what a filter looks at in one statement. The zero value of a
// qualifier, NaN for a number, is "not stated".
type Qualified interface {
	Text(Qualifier) string
	Ref(Qualifier) Ref
	Word(Qualifier) uint8
	Number(Qualifier) float64
	// Together returns the subject and those of [QualifierWith], nil for none.
	Together() []Ref
}

func (c *Criterion) match(r Qualified) bool {
	switch q := c.Qualifier; qualifiers[q].Type {
	case TextQualifier:
		return matches(r.Text(q), c.Texts, c.Stated)
	case RefQualifier:
		return matches(r.Ref(q), c.Refs, c.Stated)
	case ListQualifier: // of which filters ask for QualifierWith alone
		together := r.Together()
		return together != nil && !slices.ContainsFunc(c.Refs, func(ref Ref) bool { return !slices.Contains(together, ref) })
	case NumberQualifier:
		least, most := r.Number(q), r.Number(q)
		if q == QualifierFrequencyValue {
			f := FrequencyOf(r.Text(QualifierFrequency), least)
			least, most = f.Min, f.Max
		}
		return (c.Stated == nil || *c.Stated == (least == least || most == most)) && // not NaN
			(c.AtLeast == nil || least >= *c.AtLeast) && (c.AtMost == nil || most <= *c.AtMost)
	default:
		return matches(r.Word(q), c.Words, c.Stated)
	}
}

func matches[T comparable](v T, in []T, stated *bool) bool {
	var notStated T
	return (stated == nil || *stated == (v != notStated)) && (in == nil || slices.Contains(in, v))
}

// Match reports whether the statement passes. A nil filter lets all pass.
func (f *Filter) Match(r Qualified) bool {
	if f == nil {
		return true
	}
	for i := range f.Where {
		if !f.Where[i].match(r) {
			return false
		}
	}
	for i := range f.And {
		if !f.And[i].Match(r) {
			return false
		}
	}
	return (f.Or == nil || slices.ContainsFunc(f.Or, func(g Filter) bool { return g.Match(r) })) &&
		(f.Not == nil || !f.Not.Match(r))
}

// Steps is about how much work it is to look at one statement, in steps of [Meter].
func (f *Filter) Steps() int {
	if f == nil {
		return 0
	}
	steps := 2 + f.Not.Steps()
	for i := range f.Where {
		c := &f.Where[i]
		steps += 4 + (len(c.Texts)+len(c.Refs)+len(c.Words))/8
	}
	for i := range f.And {
		steps += f.And[i].Steps()
	}
	for i := range f.Or {
		steps += f.Or[i].Steps()
	}
	return steps
}

// Asks reports whether the filter names a qualifier anywhere.
func (f *Filter) Asks(q Qualifier) bool {
	if f == nil {
		return false
	}
	asks := func(g Filter) bool { return g.Asks(q) }
	return slices.ContainsFunc(f.Where, func(c Criterion) bool { return c.Qualifier == q }) ||
		slices.ContainsFunc(f.And, asks) || slices.ContainsFunc(f.Or, asks) || f.Not.Asks(q)
}

// Denied returns the condition that a statement is, or is not, a denial.
func Denied(denied bool) Criterion {
	word := uint8(0)
	if denied {
		word = 1
	}
	return Criterion{Qualifier: QualifierNegated, Words: []uint8{word}}
}

// StatementRow is a statement of a data set as a filter looks at it.
type StatementRow struct {
	*Statement
	Refs map[ID]Ref // of what statements refer to
}

// Text implements Qualified.
func (r StatementRow) Text(q Qualifier) string { return *r.Statement.Text(q) }

// Ref implements Qualified.
func (r StatementRow) Ref(q Qualifier) Ref { return r.Refs[*r.Reference(q)] }

// Number implements Qualified.
func (r StatementRow) Number(q Qualifier) float64 { return r.Share(q) }

// Together implements Qualified.
func (r StatementRow) Together() []Ref {
	var refs []Ref
	for _, id := range r.Statement.Together() {
		refs = append(refs, r.Refs[id])
	}
	return refs
}

// Columns returns the fields of statements that the filter looks at.
func (f *Filter) Columns() (fields StatementFields) {
	for q := range NumQualifiers {
		if f.Asks(q) {
			fields |= Columns(q)
		}
	}
	if f.Asks(QualifierFrequencyValue) { // which may stand in the words
		fields |= Columns(QualifierFrequency)
	}
	if f.Asks(QualifierWith) {
		fields |= TogetherColumns()
	}
	return fields
}

// BatchRow is a row of a batch as a filter looks at it whose Columns were asked
// for.
type BatchRow struct {
	Batch *StatementBatch
	Row   int
}

// Text implements Qualified.
func (r *BatchRow) Text(q Qualifier) string { return r.Batch.Text(q, r.Row) }

// Ref implements Qualified.
func (r *BatchRow) Ref(q Qualifier) Ref { return r.Batch.Ref(q, r.Row) }

// Word implements Qualified.
func (r *BatchRow) Word(q Qualifier) uint8 { return r.Batch.Qualifiers[q].Words[r.Row] }

// Number implements Qualified.
func (r *BatchRow) Number(q Qualifier) float64 { return r.Batch.Number(q, r.Row) }

// Together implements Qualified.
func (r *BatchRow) Together() []Ref { return r.Batch.Together(r.Row) }

// ConceptFilter chooses concepts. All conditions that are set must hold; the
// zero ConceptFilter lets every concept pass.
type ConceptFilter struct {
	And []ConceptFilter
	Or  []ConceptFilter // nil asks nothing; otherwise at least one must match
	Not *ConceptFilter

	Kinds    []Kind // one of these among the kinds of its types; nil asks nothing
	Sources  []Ref  // described by one of these; nil asks nothing
	Sections []Ref  // mentioned by one of these; nil asks nothing

	Deprecated *bool // deprecated, or not; nil asks nothing
}

// OnlyDeprecated reports whether a filter asks for nothing but [ConceptFilter.Deprecated].
func (f *ConceptFilter) OnlyDeprecated() bool {
	return f != nil && f.Deprecated != nil && f.And == nil && f.Or == nil && f.Not == nil && f.Kinds == nil && f.Sources == nil && f.Sections == nil
}

// ConceptRow is what a ConceptFilter looks at in one concept.
type ConceptRow struct {
	Kinds    []Kind
	Sources  []Ref
	Sections []Ref

	Deprecated bool
}

// Match reports whether the concept passes. A nil filter lets all pass.
func (f *ConceptFilter) Match(r *ConceptRow) bool {
	if f == nil {
		return true
	}
	for i := range f.And {
		if !f.And[i].Match(r) {
			return false
		}
	}
	if f.Or != nil && !slices.ContainsFunc(f.Or, func(g ConceptFilter) bool { return g.Match(r) }) {
		return false
	}
	return (f.Not == nil || !f.Not.Match(r)) && (f.Deprecated == nil || *f.Deprecated == r.Deprecated) &&
		overlaps(f.Kinds, r.Kinds) && overlaps(f.Sources, r.Sources) && overlaps(f.Sections, r.Sections)
}

// Steps is about how much work it is to look at one concept, in steps of [Meter].
func (f *ConceptFilter) Steps() int {
	if f == nil {
		return 0
	}
	steps := 2 + f.Not.Steps() + (len(f.Kinds)+len(f.Sources)+len(f.Sections))/4
	for i := range f.And {
		steps += f.And[i].Steps()
	}
	for i := range f.Or {
		steps += f.Or[i].Steps()
	}
	return steps
}

// overlaps reports whether have holds one of wanted; nil wants nothing.
func overlaps[T comparable](wanted, have []T) bool {
	return wanted == nil || slices.ContainsFunc(wanted, func(w T) bool { return slices.Contains(have, w) })
}
