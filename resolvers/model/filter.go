package model

import (
	"context"
	"errors"
	"slices"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// ModalityFilter is the input ModalityFilter.
type ModalityFilter struct {
	In     []graph.Modality
	Stated *bool
}

// UrgencyLevelFilter is the input UrgencyLevelFilter.
type UrgencyLevelFilter struct {
	In     []graph.UrgencyLevel
	Stated *bool
}

// WithdrawnFilter is the input WithdrawnFilter.
type WithdrawnFilter struct {
	In     []graph.Withdrawn
	Stated *bool
}

// NumberFilter is the input NumberFilter.
type NumberFilter struct {
	AtLeast, AtMost *float64
	Stated          *bool
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
	And         []*ConceptFilter
	Or          []*ConceptFilter
	Not         *ConceptFilter
	Kind        *KindFilter
	Type        *TypeFilter
	DescribedBy *AnyIDFilter
	MentionedIn *AnyIDFilter
	Name        *TextMatchFilter
	Link        *LinkPatternFilter
	Broader     *BroaderFilter
	Deprecated  *bool
}

// asksDeprecated reports whether the filter says anywhere what is to be with what is
// deprecated.
func (f *ConceptFilter) asksDeprecated() bool {
	return f != nil && (f.Deprecated != nil || f.Not.asksDeprecated() ||
		slices.ContainsFunc(f.And, (*ConceptFilter).asksDeprecated) || slices.ContainsFunc(f.Or, (*ConceptFilter).asksDeprecated))
}

// TextMatchFilter is the input TextMatchFilter.
type TextMatchFilter struct {
	Equals     []string
	StartsWith []string
	Contains   []string
}

// LinkPatternFilter is the input LinkPatternFilter.
type LinkPatternFilter struct {
	Direction  graph.Direction
	Predicates []string
	Filter     *LinkFilter
	Node       *ConceptFilter

	IncludeNarrower bool
}

// BroaderFilter is the input BroaderFilter.
type BroaderFilter struct {
	In         []string
	Transitive bool
}

// AnyIDFilter is the input AnyIDFilter.
type AnyIDFilter struct {
	In []string
}

// KindFilter is the input KindFilter.
type KindFilter struct {
	In []graph.Kind
}

// TypeFilter is the input TypeFilter.
type TypeFilter struct {
	In []string
}

// linkFilter turns the input into a filter of the graph, ids into refs.
func (v *View) linkFilter(ctx context.Context, argument string, in *LinkFilter) (*graph.Filter, error) {
	if in == nil {
		return nil, nil
	}
	out := &graph.Filter{}
	var err error
	for _, q := range graph.AllQualifiers() {
		c := graph.Criterion{Qualifier: q}
		switch asked := in.condition(q).(type) {
		case *bool:
			if asked != nil {
				out.Where = append(out.Where, graph.Denied(*asked))
			}
		case *ModalityFilter:
			if asked != nil {
				c.Words, c.Stated = wordsOf(asked.In), asked.Stated
				out.Where = append(out.Where, c)
			}
		case *UrgencyLevelFilter:
			if asked != nil {
				c.Words, c.Stated = wordsOf(asked.In), asked.Stated
				out.Where = append(out.Where, c)
			}
		case *WithdrawnFilter:
			if asked != nil {
				c.Words, c.Stated = wordsOf(asked.In), asked.Stated
				out.Where = append(out.Where, c)
			}
		case []string:
			if asked != nil {
				if c.Refs, err = v.filterRefs(ctx, argument+"."+q.String(), asked, q.Info().Classes...); err != nil {
					return nil, err
				}
				out.Where = append(out.Where, c)
			}
		case *NumberFilter:
			if asked != nil {
				for _, share := range []*float64{asked.AtLeast, asked.AtMost} {
					if share != nil && (*share < 0 || *share > 1) {
						return nil, errorf(BadFilter, "%s.%s: %g is not a share between 0 and 1 (30 %% is 0.3)", argument, q, *share)
					}
				}
				c.AtLeast, c.AtMost, c.Stated = asked.AtLeast, asked.AtMost, asked.Stated
				out.Where = append(out.Where, c)
			}
		case *TextFilter:
			if asked != nil {
				c.Texts, c.Stated = asked.In, asked.Stated
				out.Where = append(out.Where, c)
			}
		case *IDFilter:
			if asked == nil {
				continue
			}
			name := argument + "." + q.String()
			if c.Refs, err = v.filterRefs(ctx, name, asked.In, q.Info().Classes...); err != nil {
				return nil, err
			}
			if q == graph.QualifierStage {
				if err := v.stages(ctx, BadFilter, name, asked.In, c.Refs); err != nil {
					return nil, err
				}
			}
			c.Stated = asked.Stated
			out.Where = append(out.Where, c)
		}
	}
	if out.And, err = each(in.And, func(f *LinkFilter) (*graph.Filter, error) { return v.linkFilter(ctx, argument, f) }); err != nil {
		return nil, err
	}
	if out.Or, err = each(in.Or, func(f *LinkFilter) (*graph.Filter, error) { return v.linkFilter(ctx, argument, f) }); err != nil {
		return nil, err
	}
	out.Not, err = v.linkFilter(ctx, argument, in.Not)
	return out, err
}

// selection turns the input into a condition on concepts, ids into refs; the
// argument is how messages call it.
func (v *View) selection(ctx context.Context, argument string, in *ConceptFilter) (*walk.Selection, error) {
	if in == nil {
		return nil, nil
	}
	out := &walk.Selection{Deprecated: in.Deprecated}
	if in.Kind != nil {
		out.Kinds = in.Kind.In
	}
	var err error
	if in.Type != nil {
		if out.Types, err = v.types(argument+".type", in.Type.In); err != nil {
			return nil, err
		}
	}
	if in.DescribedBy != nil {
		if out.Sources, err = v.filterRefs(ctx, argument+".describedBy", in.DescribedBy.In, graph.ClassSource, graph.ClassArticle); err != nil {
			return nil, err
		}
	}
	if in.MentionedIn != nil {
		if out.Sections, err = v.filterRefs(ctx, argument+".mentionedIn", in.MentionedIn.In, graph.ClassSection); err != nil {
			return nil, err
		}
	}
	if in.Name != nil {
		out.Name = &walk.TextMatch{Equals: in.Name.Equals, StartsWith: in.Name.StartsWith, Contains: in.Name.Contains}
	}
	if in.Link != nil {
		if out.Link, err = v.linkPattern(ctx, argument+".link", in.Link); err != nil {
			return nil, err
		}
		if in.Link.IncludeNarrower {
			having, err := v.havingBelow(ctx, out.Link)
			if err != nil {
				return nil, err
			}
			out.Link, out.And = nil, append(out.And, walk.Selection{Concepts: having})
		}
	}
	if in.Broader != nil {
		if out.Concepts, err = v.below(ctx, argument+".broader", in.Broader); err != nil {
			return nil, err
		}
	}
	convert := func(f *ConceptFilter) (*walk.Selection, error) { return v.selection(ctx, argument, f) }
	and, err := each(in.And, convert)
	if err != nil {
		return nil, err
	}
	out.And = append(out.And, and...)
	if out.Or, err = each(in.Or, convert); err != nil {
		return nil, err
	}
	out.Not, err = convert(in.Not)
	return out, err
}

// types finds the types that a filter names; never nil.
func (v *View) types(argument string, names []string) ([]graph.ID, error) {
	prefixes, all := v.Summary().Prefixes, v.Summary().Types
	types := make([]graph.ID, len(names))
	for i, name := range names {
		types[i] = prefixes.Compact(prefixes.Expand(graph.ID(name)))
		if slices.ContainsFunc(all, func(t graph.TypeCount) bool { return t.ID == types[i] }) {
			continue
		}
		known := make([]string, len(all))
		for j := range all {
			known[j] = string(all[j].ID)
		}
		return nil, errorf(BadFilter, "%s: no type %q is known here: %s", argument, shorten(name), orNearest(name, known, "dataset { types { id name } } lists those that are"))
	}
	return types, nil
}

func (v *View) linkPattern(ctx context.Context, argument string, in *LinkPatternFilter) (*walk.LinkPattern, error) {
	out := &walk.LinkPattern{Direction: in.Direction}
	var err error
	if out.Predicates, err = v.predicateRefs(in.Predicates); err != nil {
		return nil, err
	}
	if out.Filter, err = v.linkFilter(ctx, argument+".filter", in.Filter); err != nil {
		return nil, err
	}
	out.Other, err = v.selection(ctx, argument+".node", in.Node)
	return out, err
}

// havingBelow returns the concepts that have a link, and all that is broader
// than those; never nil.
func (v *View) havingBelow(ctx context.Context, p *walk.LinkPattern) ([]graph.Ref, error) {
	own, err := walk.List(ctx, v.reader, walk.ListQuery{Where: &walk.Selection{Link: p}})
	if err != nil {
		return nil, err
	}
	above, err := walk.Hierarchy(ctx, v.reader, own.Concepts, walk.HierarchyQuery{Axis: walk.Broader})
	if err != nil {
		return nil, err
	}
	having := append([]graph.Ref{}, own.Concepts...)
	for _, a := range above {
		for _, r := range a.Relatives {
			having = append(having, r.Concept)
		}
	}
	slices.Sort(having)
	return slices.Compact(having), nil
}

// below returns the concepts that are narrower than some, directly or at any
// distance; never nil.
func (v *View) below(ctx context.Context, argument string, in *BroaderFilter) ([]graph.Ref, error) {
	refs, err := v.filterRefs(ctx, argument, in.In, graph.ClassConcept)
	if err != nil {
		return nil, err
	}
	slices.Sort(refs)
	refs = slices.Compact(refs) // each is gone through once
	relatives, err := walk.Hierarchy(ctx, v.reader, refs, walk.HierarchyQuery{Axis: walk.Narrower})
	if err != nil {
		return nil, err
	}
	below := []graph.Ref{}
	for _, r := range relatives {
		for _, relative := range r.Relatives {
			if in.Transitive || relative.Distance == 1 {
				below = append(below, relative.Concept)
			}
		}
	}
	slices.Sort(below)
	return slices.Compact(below), nil
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

// wordsOf returns words as a criterion has them; no list stays no list.
func wordsOf[W ~uint8](in []W) []uint8 {
	if in == nil {
		return nil
	}
	words := make([]uint8, len(in))
	for i, w := range in {
		words[i] = uint8(w)
	}
	return words
}

// filterRefs finds the things that a filter names. One that is not there, or
// of another class, is BAD_FILTER: a slip must not look like an empty answer.
func (v *View) filterRefs(ctx context.Context, name string, ids []string, classes ...graph.Class) ([]graph.Ref, error) {
	if len(ids) == 0 {
		if ids == nil {
			return nil, nil // nothing is asked
		}
		return []graph.Ref{}, nil // nothing matches
	}
	refs, err := v.Resolve(ctx, ids...)
	var fault *Error
	if errors.As(err, &fault) {
		return nil, errorf(BadFilter, "%s: %s", name, fault.Message)
	}
	if err != nil {
		return nil, err
	}
	for i, ref := range refs {
		class := v.Summary().Class(ref)
		switch {
		case class == graph.ClassNone:
			return nil, v.unknown(ctx, BadFilter, name, ids[i])
		case !slices.Contains(classes, class):
			return nil, errorf(BadFilter, "%s: %q is %s, not %s", name, ids[i], classNames[class], classNames[classes[0]])
		}
	}
	return refs, nil
}
