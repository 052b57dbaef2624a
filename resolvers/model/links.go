package model

import (
	"context"
	"fmt"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// linkArguments are the arguments that a link field may have.
type linkArguments struct {
	filter         *LinkFilter
	nodeFilter     *ConceptFilter
	narrower, same bool
	order          graph.Order
	page           Page

	// What the field itself says, or links by its arguments.
	direction  graph.Direction
	predicates []graph.PredicateRef
}

// LinkConnection is a page of links.
type LinkConnection struct {
	pageOf
	view    *View
	links   []link  // of this page
	counter counter // of the whole list

	Complete bool
}

// link is a link with its distance.
type link struct {
	walk.Link
	distance int32
}

// LinkEdge is a link in a list.
type LinkEdge struct {
	view       *View
	statements []graph.Ref
	via        []graph.Ref

	Cursor    string
	Node      Concept
	Predicate *Predicate
	Direction graph.Direction
	Distance  int32
}

// Nodes resolves the field nodes.
func (c *LinkConnection) Nodes(ctx context.Context) ([]Concept, error) {
	refs := make([]graph.Ref, len(c.links))
	for i := range c.links {
		refs[i] = c.links[i].Other
	}
	return c.view.Concepts(ctx, refs)
}

// Edges resolves the field edges.
func (c *LinkConnection) Edges(ctx context.Context) ([]*LinkEdge, error) {
	nodes, err := c.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	edges := make([]*LinkEdge, len(nodes))
	for i, node := range nodes {
		l := &c.links[i]
		edges[i] = &LinkEdge{
			view:       c.view,
			statements: l.Statements,
			via:        l.Via,
			Cursor:     c.cursor(i),
			Node:       node,
			Predicate:  c.view.predicate(l.Predicate),
			Direction:  directionOf(l.Incoming),
			Distance:   l.distance,
		}
	}
	return edges, nil
}

func directionOf(incoming bool) graph.Direction {
	if incoming {
		return graph.In
	}
	return graph.Out
}

// Statements resolves the field statements.
func (e *LinkEdge) Statements(ctx context.Context) ([]*Statement, error) {
	return e.view.Statements(ctx, e.statements)
}

// Via resolves the field via.
func (e *LinkEdge) Via(ctx context.Context) ([]Concept, error) {
	return e.view.Concepts(ctx, e.via)
}

// Links resolves the field links.
func (c *concept) Links(ctx context.Context, direction graph.Direction, predicates []string, filter *LinkFilter, nodeFilter *ConceptFilter, includeNarrower, mergeSame bool, orderBy graph.Order, first *int32, after *string, last *int32, before *string) (*LinkConnection, error) {
	refs, err := c.view.predicateRefs(predicates)
	if err != nil {
		return nil, err
	}
	return c.links(ctx, "links", linkArguments{
		filter: filter, nodeFilter: nodeFilter, narrower: includeNarrower, same: mergeSame, order: orderBy,
		page: Page{first, after, last, before}, direction: direction, predicates: refs,
	})
}

// links answers a link field.
func (c *concept) links(ctx context.Context, field string, a linkArguments) (*LinkConnection, error) {
	l := c.view.listOf(field, c.ID, a.direction, a.predicates, a.filter, a.nodeFilter, a.narrower, a.same, a.order)
	q := walk.LinkQuery{IncludeNarrower: a.narrower, MergeSame: a.same}
	q.Direction, q.Predicates, q.Order = a.direction, a.predicates, a.order
	var err error
	if q.Window, err = l.window(a.page); err != nil {
		return nil, err
	}
	if q.Filter, err = c.view.linkFilter(ctx, "filter", a.filter); err != nil {
		return nil, err
	}
	if q.Others, err = c.view.selection(ctx, "nodeFilter", a.nodeFilter); err != nil {
		return nil, err
	}
	pages, err := walk.Links(ctx, c.view.reader, []graph.Ref{c.ref}, q)
	if err != nil {
		return nil, err
	}
	connection := &LinkConnection{pageOf: newPage(l, q.Window, pages[0].Total), view: c.view, Complete: pages[0].Complete}
	for _, found := range pages[0].Links {
		connection.links = append(connection.links, link{found, 1})
	}
	connection.counter.count = func(ctx context.Context) (walk.Counts, error) {
		q, none := q, 0
		q.Window, q.Counts = graph.Window{First: &none}, allGroups
		pages, err := walk.Links(ctx, c.view.reader, []graph.Ref{c.ref}, q)
		if err != nil {
			return walk.Counts{}, err
		}
		return pages[0].Counts, nil
	}
	return connection, nil
}

// hierarchy answers broader and narrower over any number of links.
func (c *concept) hierarchy(ctx context.Context, field string, axis walk.Axis, filter *LinkFilter, p Page) (*LinkConnection, error) {
	l := c.view.listOf(field, c.ID, "transitive", filter)
	q := walk.HierarchyQuery{Axis: axis}
	var err error
	if q.Window, err = l.window(p); err != nil {
		return nil, err
	}
	if q.Filter, err = c.view.linkFilter(ctx, "filter", filter); err != nil {
		return nil, err
	}
	broader, err := c.view.known(graph.PredicateBroader)
	if err != nil {
		return nil, err
	}
	read := func(ctx context.Context, w graph.Window) ([]link, int, error) {
		q := q
		q.Window = w
		found, err := walk.Hierarchy(ctx, c.view.reader, []graph.Ref{c.ref}, q)
		if err != nil {
			return nil, 0, err
		}
		links := make([]link, len(found[0].Relatives))
		for i, r := range found[0].Relatives {
			links[i] = link{walk.Link{
				Predicate: broader, Incoming: axis == walk.Narrower, Other: r.Concept, Statements: r.Statements, Via: []graph.Ref{c.ref},
			}, int32(r.Distance)}
		}
		return links, found[0].Total, nil
	}
	window := q.Window
	links, total, err := read(ctx, window)
	if err != nil {
		return nil, err
	}
	return &LinkConnection{
		pageOf: newPage(l, window, total), view: c.view, links: links, Complete: true,
		counter: counter{count: func(ctx context.Context) (walk.Counts, error) {
			whole, _, err := read(ctx, graph.Window{})
			if err != nil {
				return walk.Counts{}, err
			}
			all := make([]walk.Link, len(whole))
			for i := range whole {
				all[i] = whole[i].Link
			}
			return walk.CountLinks(ctx, c.view.reader, all, allGroups)
		}},
	}, nil
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
