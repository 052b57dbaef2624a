package model

import (
	"context"
	"fmt"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// LinkArguments are the arguments that a link field may have.
type LinkArguments struct {
	Direction       graph.Direction // of links alone: the other fields have their own
	Predicates      []string        // of links alone
	Filter          *LinkFilter
	NodeFilter      *ConceptFilter
	Support         *SupportFilter
	IncludeNarrower bool
	MergeSame       bool
	Transitive      bool // of broader and narrower
	OrderBy         graph.Order
	Page
}

// LinkQuestion is what a link field asks, the same of every concept that the
// field is on, and in every view of one version. It is asked of one concept by
// the resolvers, of all concepts of a level by a plan.
type LinkQuestion struct {
	Paging
	links     walk.LinkQuery
	hierarchy *walk.HierarchyQuery // in place of links
}

// Supports counts how links that the question found are supported, each by its
// statements.
func (q *LinkQuestion) Supports(ctx context.Context, v *View, statements graph.Lists[graph.Ref]) ([]walk.Support, error) {
	return walk.Supports(ctx, v.reader, statements, q.links.Filter)
}

// LinkPage is a page of the links of one concept.
type LinkPage struct {
	Links    []Link
	Total    int
	Complete bool
}

// Link is a link with its distance.
type Link struct {
	walk.Link
	Distance int
}

// AskLinks makes the question of a link field. Its errors are those that the
// field has on every concept.
func (v *View) AskLinks(ctx context.Context, field string, a LinkArguments) (*LinkQuestion, error) {
	q := &LinkQuestion{}
	var predicates []graph.PredicateRef
	var err error
	if f, isOwn := linkFields[field]; isOwn {
		a.Direction, predicates = f.direction, make([]graph.PredicateRef, 1)
		predicates[0], err = v.known(f.predicate)
		if f.predicate == graph.PredicateAdvisedAgainstIn { // all that warns
			predicates = v.cautions()
			q.links.Discouraging = v.Summary().CautionsOf(f.direction == graph.Out)
		}
	} else {
		predicates, err = v.predicateRefs(a.Predicates)
	}
	if err != nil {
		return nil, err
	}
	if a.Transitive {
		q.Paging, err = v.paging(a.Page, field, "transitive", a.Filter)
	} else {
		q.Paging, err = v.paging(a.Page, field, a.Direction, predicates, a.Filter, a.NodeFilter, a.Support, a.IncludeNarrower, a.MergeSame, a.OrderBy)
	}
	if err != nil {
		return nil, err
	}
	filter, err := v.linkFilter(ctx, "filter", a.Filter)
	if err != nil {
		return nil, err
	}
	if a.Transitive {
		q.hierarchy = &walk.HierarchyQuery{Axis: walk.Broader, Filter: filter}
		if a.Direction == graph.In {
			q.hierarchy.Axis = walk.Narrower
		}
	}
	q.links.IncludeNarrower, q.links.MergeSame = a.IncludeNarrower, a.MergeSame
	q.links.Direction, q.links.Predicates, q.links.Filter, q.links.Order = a.Direction, predicates, filter, a.OrderBy
	if a.Support != nil {
		if q.links.Support, err = a.Support.pattern(); err != nil {
			return nil, err
		}
	}
	q.links.Others, err = v.selection(ctx, "nodeFilter", a.NodeFilter)
	return q, err
}

// Plain returns the question as a Reader takes it; false if it takes a walk.
func (q *LinkQuestion) Plain() (graph.LinkQuery, bool) {
	return q.links.LinkQuery, q.hierarchy == nil && q.links.Order != graph.ByFrequency && !q.links.IncludeNarrower && !q.links.MergeSame && q.links.Others == nil && q.links.Support == nil
}

// Read asks the question of concepts: a page for each, in their order.
func (q *LinkQuestion) Read(ctx context.Context, v *View, concepts []graph.Ref, w graph.Window) ([]LinkPage, error) {
	if q.hierarchy != nil {
		return q.readHierarchy(ctx, v, concepts, w)
	}
	links := q.links
	links.Window = w
	found, err := walk.Links(ctx, v.reader, concepts, links)
	if err != nil {
		return nil, err
	}
	pages := make([]LinkPage, len(found))
	for i, f := range found {
		pages[i] = LinkPage{Links: make([]Link, len(f.Links)), Total: f.Total, Complete: f.Complete}
		for j, l := range f.Links {
			pages[i].Links[j] = Link{l, 1}
		}
	}
	return pages, nil
}

func (q *LinkQuestion) readHierarchy(ctx context.Context, v *View, concepts []graph.Ref, w graph.Window) ([]LinkPage, error) {
	hierarchy := *q.hierarchy
	hierarchy.Window = w
	found, err := walk.Hierarchy(ctx, v.reader, concepts, hierarchy)
	if err != nil {
		return nil, err
	}
	pages := make([]LinkPage, len(found))
	for i, f := range found {
		pages[i] = LinkPage{Links: make([]Link, len(f.Relatives)), Total: f.Total, Complete: true}
		for j, r := range f.Relatives {
			pages[i].Links[j] = Link{walk.Link{
				Predicate: q.links.Predicates[0], Incoming: hierarchy.Axis == walk.Narrower,
				Other: r.Concept, Statements: r.Statements, Via: concepts[i : i+1 : i+1],
			}, r.Distance}
		}
	}
	return pages, nil
}

// Count counts the whole lists of concepts, in their order.
func (q *LinkQuestion) Count(ctx context.Context, v *View, concepts []graph.Ref) ([]walk.Counts, error) {
	counts := make([]walk.Counts, len(concepts))
	if q.hierarchy != nil {
		whole, err := q.readHierarchy(ctx, v, concepts, graph.Window{})
		if err != nil {
			return nil, err
		}
		for i := range whole {
			all := make([]walk.Link, len(whole[i].Links))
			for j := range all {
				all[j] = whole[i].Links[j].Link
			}
			if counts[i], err = walk.CountLinks(ctx, v.reader, all, allGroups); err != nil {
				return nil, err
			}
		}
		return counts, nil
	}
	links, none := q.links, 0
	links.Window, links.Counts = graph.Window{First: &none}, allGroups
	pages, err := walk.Links(ctx, v.reader, concepts, links)
	if err != nil {
		return nil, err
	}
	for i := range pages {
		counts[i] = pages[i].Counts
	}
	return counts, nil
}

// cautions returns the predicates that warn.
func (v *View) cautions() []graph.PredicateRef {
	var refs []graph.PredicateRef
	for i, p := range v.Summary().Predicates {
		if p.Caution {
			refs = append(refs, graph.PredicateRef(i))
		}
	}
	return refs
}

// known finds a predicate of the registry, which every version has.
func (v *View) known(id graph.ID) (graph.PredicateRef, error) {
	ref, ok := v.Summary().Predicate(id)
	if !ok {
		return 0, fmt.Errorf("the reader does not list the predicate %s", id)
	}
	return ref, nil
}

// predicateRefs finds the predicates that an argument names; no list stays no
// list.
func (v *View) predicateRefs(names []string) ([]graph.PredicateRef, error) {
	if names == nil {
		return nil, nil
	}
	refs := make([]graph.PredicateRef, len(names))
	for i, name := range names {
		ref, reversed, err := v.findPredicate(BadFilter, "predicates", name)
		if err != nil {
			return nil, err
		}
		if p := v.Summary().Predicates[ref]; reversed {
			return nil, errorf(BadFilter, "predicates: %q is %s read from the object: ask for %q with direction IN", name, p.ID, p.Name)
		}
		refs[i] = ref
	}
	return refs, nil
}
