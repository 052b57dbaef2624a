package model

import (
	"context"
	"errors"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// LinkFilter is the input LinkFilter.
type LinkFilter struct {
	And          []*LinkFilter
	Or           []*LinkFilter
	Not          *LinkFilter
	Modality     *ModalityFilter
	Negated      *bool
	Frequency    *TextFilter
	Stage        *IDFilter
	Timing       *TextFilter
	Context      *TextFilter
	Laterality   *TextFilter
	Strength     *TextFilter
	Attribution  *TextFilter
	EvidenceCode *TextFilter
	Source       *IDFilter
	Section      *IDFilter
}

// ModalityFilter is the input ModalityFilter.
type ModalityFilter struct {
	In     []graph.Modality
	Stated *bool
}

// TextFilter is the input TextFilter.
type TextFilter struct {
	In     []string
	Stated *bool
}

// IDFilter is the input IDFilter.
type IDFilter struct {
	In     []string
	Stated *bool
}

// ConceptFilter is the input ConceptFilter.
type ConceptFilter struct {
	And     []*ConceptFilter
	Or      []*ConceptFilter
	Not     *ConceptFilter
	Kind    *KindFilter
	Source  *AnyIDFilter
	Section *AnyIDFilter
}

// AnyIDFilter is the input AnyIDFilter.
type AnyIDFilter struct {
	In []string
}

// KindFilter is the input KindFilter.
type KindFilter struct {
	In []graph.Kind
}

// linkFilter turns the input into a filter of the graph, ids into refs.
func (v *View) linkFilter(ctx context.Context, in *LinkFilter) (*graph.Filter, error) {
	if in == nil {
		return nil, nil
	}
	out := &graph.Filter{
		Negated:     in.Negated,
		Frequency:   in.Frequency.oneOf(),
		Timing:      in.Timing.oneOf(),
		Context:     in.Context.oneOf(),
		Laterality:  in.Laterality.oneOf(),
		Strength:    in.Strength.oneOf(),
		Attribution: in.Attribution.oneOf(),
		Evidence:    in.EvidenceCode.oneOf(),
	}
	if in.Modality != nil {
		out.Modality = &graph.OneOf[graph.Modality]{In: in.Modality.In, Stated: in.Modality.Stated}
	}
	var err error
	if out.Stage, err = v.refsOf(ctx, "stage", in.Stage, graph.ClassConcept); err != nil {
		return nil, err
	}
	if out.Source, err = v.refsOf(ctx, "source", in.Source, graph.ClassSource, graph.ClassArticle); err != nil {
		return nil, err
	}
	if out.Section, err = v.refsOf(ctx, "section", in.Section, graph.ClassSection); err != nil {
		return nil, err
	}
	if out.And, err = each(in.And, func(f *LinkFilter) (*graph.Filter, error) { return v.linkFilter(ctx, f) }); err != nil {
		return nil, err
	}
	if out.Or, err = each(in.Or, func(f *LinkFilter) (*graph.Filter, error) { return v.linkFilter(ctx, f) }); err != nil {
		return nil, err
	}
	out.Not, err = v.linkFilter(ctx, in.Not)
	return out, err
}

// conceptFilter turns the input into a filter of the graph, ids into refs.
func (v *View) conceptFilter(ctx context.Context, in *ConceptFilter) (*graph.ConceptFilter, error) {
	if in == nil {
		return nil, nil
	}
	out := &graph.ConceptFilter{}
	if in.Kind != nil {
		out.Kinds = in.Kind.In
	}
	var err error
	if in.Source != nil {
		if out.Sources, err = v.filterRefs(ctx, "source", in.Source.In, graph.ClassSource, graph.ClassArticle); err != nil {
			return nil, err
		}
	}
	if in.Section != nil {
		if out.Sections, err = v.filterRefs(ctx, "section", in.Section.In, graph.ClassSection); err != nil {
			return nil, err
		}
	}
	if out.And, err = each(in.And, func(f *ConceptFilter) (*graph.ConceptFilter, error) { return v.conceptFilter(ctx, f) }); err != nil {
		return nil, err
	}
	if out.Or, err = each(in.Or, func(f *ConceptFilter) (*graph.ConceptFilter, error) { return v.conceptFilter(ctx, f) }); err != nil {
		return nil, err
	}
	out.Not, err = v.conceptFilter(ctx, in.Not)
	return out, err
}

// each converts a list of inputs; no list stays no list.
func each[I, O any](in []*I, convert func(*I) (*O, error)) ([]O, error) {
	if in == nil {
		return nil, nil
	}
	out := make([]O, 0, len(in))
	for _, f := range in {
		o, err := convert(f)
		if err != nil {
			return nil, err
		}
		out = append(out, *o)
	}
	return out, nil
}

func (f *TextFilter) oneOf() *graph.OneOf[string] {
	if f == nil {
		return nil
	}
	return &graph.OneOf[string]{In: f.In, Stated: f.Stated}
}

// refsOf converts a condition on ids.
func (v *View) refsOf(ctx context.Context, name string, f *IDFilter, classes ...graph.Class) (*graph.OneOf[graph.Ref], error) {
	if f == nil {
		return nil, nil
	}
	refs, err := v.filterRefs(ctx, name, f.In, classes...)
	return &graph.OneOf[graph.Ref]{In: refs, Stated: f.Stated}, err
}

// filterRefs finds the things that a filter names. One that is not there, or
// of another class, is BAD_FILTER: a slip must not look like an empty answer.
func (v *View) filterRefs(ctx context.Context, name string, ids []string, classes ...graph.Class) ([]graph.Ref, error) {
	if ids == nil {
		return nil, nil
	}
	refs, err := v.Resolve(ctx, ids...)
	var fault *Error
	if errors.As(err, &fault) {
		return nil, errorf(BadFilter, "filter.%s: %s", name, fault.Message)
	}
	if err != nil {
		return nil, err
	}
	for i, ref := range refs {
		class := v.Summary().Class(ref)
		switch {
		case class == graph.ClassNone:
			return nil, errorf(BadFilter, "filter.%s: nothing has the id %q", name, ids[i])
		case !slices.Contains(classes, class):
			return nil, errorf(BadFilter, "filter.%s: %q is %s, not %s", name, ids[i], classNames[class], classNames[classes[0]])
		}
	}
	return refs, nil
}
