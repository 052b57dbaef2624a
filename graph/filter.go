package graph

import "slices"

// Filter chooses statements by how, when and by whom they are held. All
// conditions that are set must hold; the zero Filter lets every statement
// pass.
type Filter struct {
	And []Filter // every one must match
	Or  []Filter // nil asks nothing; otherwise at least one must match
	Not *Filter  // must not match

	Modality *OneOf[Modality]
	// Negated asks for denials (true) or for claims that are not denied (false).
	// A filter that names it anywhere lifts the rule that leaves out links whose
	// statements are all negated.
	Negated     *bool
	Frequency   *OneOf[string]
	Stage       *OneOf[Ref]
	Timing      *OneOf[string]
	Context     *OneOf[string]
	Laterality  *OneOf[string]
	Strength    *OneOf[string]
	Attribution *OneOf[string]
	Evidence    *OneOf[string] // the evidence code
	Source      *OneOf[Ref]
	Section     *OneOf[Ref]
}

// OneOf is a condition on one qualifier.
type OneOf[T comparable] struct {
	// In lists the values that match, a zero value what is not stated; nil asks
	// nothing, an empty list matches nothing.
	In []T
	// Stated asks whether the source states the qualifier at all.
	Stated *bool
}

func (o *OneOf[T]) match(v T) bool {
	if o == nil {
		return true
	}
	var notStated T
	return (o.Stated == nil || *o.Stated == (v != notStated)) && (o.In == nil || slices.Contains(o.In, v))
}

// FilterRow is what a filter looks at in one statement. The zero value of a
// field is "not stated".
type FilterRow struct {
	Modality                               Modality
	Negated                                bool
	Frequency, Timing, Context, Laterality string
	Strength, Attribution, Evidence        string
	Stage, Source, Section                 Ref
}

// Match reports whether the statement passes. A nil filter lets all pass.
func (f *Filter) Match(r *FilterRow) bool {
	if f == nil {
		return true
	}
	for i := range f.And {
		if !f.And[i].Match(r) {
			return false
		}
	}
	if f.Or != nil && !slices.ContainsFunc(f.Or, func(g Filter) bool { return g.Match(r) }) {
		return false
	}
	return (f.Not == nil || !f.Not.Match(r)) &&
		(f.Negated == nil || *f.Negated == r.Negated) &&
		f.Modality.match(r.Modality) &&
		f.Frequency.match(r.Frequency) &&
		f.Stage.match(r.Stage) &&
		f.Timing.match(r.Timing) &&
		f.Context.match(r.Context) &&
		f.Laterality.match(r.Laterality) &&
		f.Strength.match(r.Strength) &&
		f.Attribution.match(r.Attribution) &&
		f.Evidence.match(r.Evidence) &&
		f.Source.match(r.Source) &&
		f.Section.match(r.Section)
}

// AsksNegated reports whether the filter names negation anywhere.
func (f *Filter) AsksNegated() bool {
	if f == nil {
		return false
	}
	asks := func(g Filter) bool { return g.AsksNegated() }
	return f.Negated != nil || slices.ContainsFunc(f.And, asks) || slices.ContainsFunc(f.Or, asks) || f.Not.AsksNegated()
}

// ConceptFilter chooses concepts. All conditions that are set must hold; the
// zero ConceptFilter lets every concept pass.
type ConceptFilter struct {
	And []ConceptFilter
	Or  []ConceptFilter // nil asks nothing; otherwise at least one must match
	Not *ConceptFilter

	Kinds    []Kind // one of these among the kinds of its types; nil asks nothing
	Sources  []Ref  // described by one of these; nil asks nothing
	Sections []Ref  // mentioned by one of these; nil asks nothing
}

// ConceptRow is what a ConceptFilter looks at in one concept.
type ConceptRow struct {
	Kinds    []Kind
	Sources  []Ref
	Sections []Ref
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
	return (f.Not == nil || !f.Not.Match(r)) &&
		overlaps(f.Kinds, r.Kinds) && overlaps(f.Sources, r.Sources) && overlaps(f.Sections, r.Sections)
}

// overlaps reports whether have holds one of wanted; nil wants nothing.
func overlaps[T comparable](wanted, have []T) bool {
	return wanted == nil || slices.ContainsFunc(wanted, func(w T) bool { return slices.Contains(have, w) })
}
