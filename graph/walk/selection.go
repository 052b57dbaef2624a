package walk

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/plexus-kg/plexus/graph"
)

// Selection chooses concepts. All conditions that are set must hold; the zero
// Selection lets every concept pass. Of what is no concept nothing passes.
//
// "Conditions without any test" is a list of the kind Condition where
//
//	Selection{Not: &Selection{Link: &LinkPattern{Predicates: tests}}}
//
// in which "without" means: no source states one. That is not the same as a
// source that denies it.
type Selection struct {
	And []Selection
	Or  []Selection // nil asks nothing; otherwise at least one must match
	Not *Selection

	Concepts []graph.Ref  // one of these; nil asks nothing
	Kinds    []graph.Kind // one of these among the kinds of its types; nil asks nothing
	Types    []graph.ID   // one of these among its types; nil asks nothing
	Sources  []graph.Ref  // described by one of these; nil asks nothing
	Sections []graph.Ref  // mentioned by one of these; nil asks nothing
	Name     *TextMatch   // on the name that is shown
	Link     *LinkPattern // it has such a link

	Deprecated *bool // deprecated, or not; nil asks nothing
}

// TextMatch is a condition on a text, in which letters that differ in case only
// are the same. Of each list one must match; nil asks nothing, an empty list
// matches nothing.
type TextMatch struct {
	Equals     []string
	StartsWith []string
	Contains   []string
}

// LinkPattern describes a link that a concept may have.
type LinkPattern struct {
	Direction  graph.Direction
	Predicates []graph.PredicateRef // nil keeps all
	// Filter and Negated choose statements and links as in a graph.LinkQuery: a
	// link that is denied throughout is no link, unless they ask for it.
	Filter  *graph.Filter
	Negated bool
	// Other chooses the other end; nil lets every concept be it.
	Other *Selection
}

// fold returns one text for all that differ in case only.
func fold(s string) string {
	return strings.Map(func(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }, s)
}

// folded prepares a TextMatch for many texts.
func (m *TextMatch) folded() *TextMatch {
	all := func(list []string) []string {
		if list == nil {
			return nil
		}
		out := make([]string, len(list))
		for i, s := range list {
			out[i] = fold(s)
		}
		return out
	}
	return &TextMatch{all(m.Equals), all(m.StartsWith), all(m.Contains)}
}

// match reports whether a folded text passes.
func (m *TextMatch) match(text string) bool {
	one := func(list []string, ok func(text, s string) bool) bool {
		return list == nil || slices.ContainsFunc(list, func(s string) bool { return ok(text, s) })
	}
	return one(m.Equals, func(text, s string) bool { return text == s }) &&
		one(m.StartsWith, strings.HasPrefix) && one(m.Contains, strings.Contains)
}

// keep returns the concepts that pass, a batch at a time. The refs must be in
// order, each once; so are those that are kept.
func (s *Selection) keep(ctx context.Context, r graph.Reader, refs []graph.Ref) ([]graph.Ref, error) {
	var kept []graph.Ref
	for chunk := range slices.Chunk(refs, batchSize) {
		pass, err := s.keepBatch(ctx, r, chunk)
		if err != nil {
			return nil, err
		}
		kept = append(kept, pass...)
	}
	return kept, nil
}

// keepBatch asks what is cheap first, and every further condition only of those
// that are left.
func (s *Selection) keepBatch(ctx context.Context, r graph.Reader, refs []graph.Ref) ([]graph.Ref, error) {
	left, err := s.keepOwn(ctx, r, refs)
	if err != nil {
		return nil, err
	}
	for i := range s.And {
		if left, err = s.And[i].keepBatch(ctx, r, left); err != nil {
			return nil, err
		}
	}
	if s.Or != nil {
		var found []graph.Ref
		for i, rest := 0, left; i < len(s.Or) && len(rest) > 0; i++ {
			some, err := s.Or[i].keepBatch(ctx, r, rest)
			if err != nil {
				return nil, err
			}
			found, rest = append(found, some...), without(rest, some)
		}
		left = distinct(found)
	}
	if s.Not != nil && len(left) > 0 {
		out, err := s.Not.keepBatch(ctx, r, left)
		if err != nil {
			return nil, err
		}
		left = without(left, out)
	}
	if s.Link != nil && len(left) > 0 {
		return s.Link.keep(ctx, r, left)
	}
	return left, nil
}

// without returns the refs that are not among others; both are in order.
func without(refs, others []graph.Ref) []graph.Ref {
	var rest []graph.Ref
	for _, ref := range refs {
		if _, among := slices.BinarySearch(others, ref); !among {
			rest = append(rest, ref)
		}
	}
	return rest
}

// keepOwn looks at the fields of the concepts.
func (s *Selection) keepOwn(ctx context.Context, r graph.Reader, refs []graph.Ref) ([]graph.Ref, error) {
	if s.Concepts != nil {
		wanted := set(s.Concepts)
		refs = slices.DeleteFunc(slices.Clone(refs), func(ref graph.Ref) bool { return !wanted[ref] })
	}
	own := graph.ConceptFilter{Kinds: s.Kinds, Sources: s.Sources, Sections: s.Sections, Deprecated: s.Deprecated}
	var fields graph.ConceptFields
	var name *TextMatch
	for field, asked := range map[graph.ConceptFields]bool{
		graph.ConceptTypes: s.Kinds != nil || s.Types != nil, graph.ConceptSources: s.Sources != nil,
		graph.ConceptSections: s.Sections != nil, graph.ConceptName: s.Name != nil,
		graph.ConceptDeprecated: s.Deprecated != nil,
	} {
		if asked {
			fields |= field
		}
	}
	sum := r.Summary()
	var kept []graph.Ref
	if fields == 0 {
		for _, ref := range refs {
			if sum.Class(ref) == graph.ClassConcept {
				kept = append(kept, ref)
			}
		}
		return kept, nil
	}
	if s.Name != nil {
		name = s.Name.folded()
	}
	var row graph.ConceptRow
	err := eachConcept(ctx, r, refs, fields, func(ref graph.Ref, b *graph.ConceptBatch, i int) {
		types := b.Types.At(i)
		ofType := s.Types == nil || slices.ContainsFunc(types, func(t graph.ID) bool { return slices.Contains(s.Types, t) })
		row.Kinds = graph.KindsOf(row.Kinds[:0], types)
		row.Sources, row.Sections = b.Sources.At(i), b.Sections.At(i)
		row.Deprecated = s.Deprecated != nil && b.Deprecated[i]
		if sum.Class(ref) == graph.ClassConcept && ofType && own.Match(&row) && (name == nil || name.match(fold(b.Name[i]))) {
			kept = append(kept, ref)
		}
	})
	return kept, err
}

// keep returns the concepts that have such a link.
func (p *LinkPattern) keep(ctx context.Context, r graph.Reader, refs []graph.Ref) ([]graph.Ref, error) {
	q := graph.LinkQuery{Direction: p.Direction, Predicates: p.Predicates, Filter: p.Filter, Negated: p.Negated}
	var kept []graph.Ref
	if p.Other == nil {
		none := 0
		q.Window.First = &none
		err := eachRow(ctx, r, refs, q, func(ref graph.Ref, b *graph.LinkBatch, row int) {
			if b.Total[row] > 0 {
				kept = append(kept, ref)
			}
		})
		return kept, err
	}
	others := map[graph.Ref][]graph.Ref{}
	var all []graph.Ref
	err := eachRow(ctx, r, refs, q, func(ref graph.Ref, b *graph.LinkBatch, row int) {
		others[ref] = slices.Clone(b.Other[b.Start[row]:b.Start[row+1]])
		all = append(all, others[ref]...)
	})
	if err != nil {
		return nil, err
	}
	pass, err := p.Other.keep(ctx, r, distinct(all))
	if err != nil {
		return nil, err
	}
	wanted := set(pass)
	for _, ref := range refs {
		if slices.ContainsFunc(others[ref], func(o graph.Ref) bool { return wanted[o] }) {
			kept = append(kept, ref)
		}
	}
	return kept, nil
}

// split divides a selection into what a Reader can choose by itself while it
// lists, and the rest, nil if there is none.
func (s *Selection) split() (graph.ConceptFilter, *Selection) {
	f := graph.ConceptFilter{Kinds: s.Kinds, Sources: s.Sources, Sections: s.Sections, Deprecated: s.Deprecated}
	rest := Selection{Concepts: s.Concepts, Types: s.Types, Name: s.Name, Link: s.Link}
	for i := range s.And {
		own, more := s.And[i].split()
		f.And = append(f.And, own)
		if more != nil {
			rest.And = append(rest.And, *more)
		}
	}
	if s.Or != nil {
		or := make([]graph.ConceptFilter, len(s.Or)) // not nil: an empty list matches nothing
		for i := range s.Or {
			own, more := s.Or[i].split()
			if more != nil { // an alternative that needs more cannot be decided there
				or = nil
				rest.Or = s.Or
				break
			}
			or[i] = own
		}
		f.Or = or
	}
	if s.Not != nil {
		if own, more := s.Not.split(); more == nil {
			f.Not = &own
		} else {
			rest.Not = s.Not
		}
	}
	if rest.Concepts == nil && rest.Types == nil && rest.Name == nil && rest.Link == nil && rest.And == nil && rest.Or == nil && rest.Not == nil {
		return f, nil
	}
	return f, &rest
}
