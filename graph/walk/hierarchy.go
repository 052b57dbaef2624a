package walk

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Axis says which way the hierarchy (skos:broader) is walked.
type Axis uint8

// The axes.
const (
	Broader  Axis = iota // towards what is more general
	Narrower             // towards what is more special
)

// HierarchyQuery asks for all that is broader or narrower.
type HierarchyQuery struct {
	Axis Axis
	// Filter keeps the statements along which the walk goes; nil keeps all.
	// Whatever it asks, a denial is never followed.
	Filter *graph.Filter
	Window graph.Window
}

// Relative is a concept somewhere above or below another one.
type Relative struct {
	Concept graph.Ref
	// Distance is the number of links of a shortest way, at least 1.
	Distance int
	// Statements are those of the last link of every shortest way, in their
	// order: why the concept is here.
	Statements []graph.Ref
}

// Relatives is a page of the concepts above or below one, nearest first, those
// at the same distance in default order.
type Relatives struct {
	Relatives []Relative
	Total     int // of the whole list
}

// Hierarchy finds all that is broader or narrower than concepts, over any
// number of links: one answer for each ref, in their order. A concept is not
// its own relative: a cycle ends the walk (package seed warns of it). A ref that is no
// concept has no relatives. Errors are those of the Reader.
func Hierarchy(ctx context.Context, r graph.Reader, refs []graph.Ref, q HierarchyQuery) ([]Relatives, error) {
	if err := cmp.Or(ctx.Err(), q.Window.Check()); err != nil {
		return nil, err
	}
	if q.Axis > Narrower {
		return nil, fmt.Errorf("%w: no axis %d of the hierarchy", graph.ErrInvalid, q.Axis)
	}
	w, err := readWeb(ctx, r, refs, q.Axis.query(r, q.Filter))
	if err != nil {
		return nil, err
	}
	answers := make([]Relatives, len(refs))
	for i, ref := range refs {
		distance := map[graph.Ref]int{ref: 0}
		levels, err := w.levels(ctx, ref)
		if err != nil {
			return nil, err
		}
		for d, level := range levels {
			for _, c := range level {
				distance[c] = d
			}
		}
		var all []graph.Ref
		for _, level := range levels[1:] {
			all = append(all, level...)
		}
		answers[i].Total = len(all)
		page := cut(all, q.Window)
		answers[i].Relatives = make([]Relative, len(page))
		at := make(map[graph.Ref]*Relative, len(page))
		for j, c := range page {
			answers[i].Relatives[j] = Relative{Concept: c, Distance: distance[c]}
			at[c] = &answers[i].Relatives[j]
		}
		for c, d := range distance {
			for _, s := range w[c] {
				if x := at[s.to]; x != nil && x.Distance == d+1 {
					x.Statements = append(x.Statements, s.statements...)
				}
			}
		}
		for _, x := range at {
			x.Statements = distinct(x.Statements)
		}
	}
	return answers, nil
}

// query asks for the links one step along the axis.
func (a Axis) query(r graph.Reader, f *graph.Filter) graph.LinkQuery {
	q := graph.LinkQuery{Predicates: predicates(r, graph.PredicateBroader), Filter: f}
	if a == Narrower {
		q.Direction = graph.In
	}
	if f.Asks(graph.QualifierNegated) { // which would let denials pass
		q.Filter = &graph.Filter{And: []graph.Filter{*f}, Where: []graph.Criterion{graph.Denied(false)}}
	}
	return q
}

// web is what can be reached from some concepts by steps of one kind: the steps
// from each concept, in default order of where they lead.
type web map[graph.Ref][]step

type step struct {
	to         graph.Ref
	statements []graph.Ref
}

// readWeb reads the links of the concepts, then of those that they lead to, and
// so on: a level at a time, every concept once.
func readWeb(ctx context.Context, r graph.Reader, refs []graph.Ref, q graph.LinkQuery) (web, error) {
	w := web{}
	return w, w.extend(ctx, r, refs, q)
}

// extend reads what can be reached from further concepts.
func (w web) extend(ctx context.Context, r graph.Reader, refs []graph.Ref, q graph.LinkQuery) error {
	unread := func(refs []graph.Ref) []graph.Ref {
		return slices.DeleteFunc(refs, func(ref graph.Ref) bool { _, read := w[ref]; return read })
	}
	for frontier := unread(distinct(slices.Clone(refs))); len(frontier) > 0; {
		var next []graph.Ref
		err := eachRow(ctx, r, frontier, q, func(ref graph.Ref, b *graph.LinkBatch, row int) {
			steps := make([]step, 0, b.Start[row+1]-b.Start[row])
			for i := b.Start[row]; i < b.Start[row+1]; i++ {
				steps = append(steps, step{b.Other[i], slices.Clone(b.Statements.At(int(i)))})
				next = append(next, b.Other[i])
			}
			w[ref] = steps
		})
		if err != nil {
			return err
		}
		frontier = unread(distinct(next))
	}
	return nil
}

// levels returns what can be reached from a concept: itself, then what is one
// step away, and so on, each level in default order.
func (w web) levels(ctx context.Context, from graph.Ref) ([][]graph.Ref, error) {
	seen := map[graph.Ref]bool{from: true}
	levels := [][]graph.Ref{{from}}
	for {
		var next []graph.Ref
		for _, ref := range levels[len(levels)-1] {
			if err := graph.Spend(ctx, 20*(1+len(w[ref]))); err != nil { // found here, and ordered and told by who asks
				return nil, err
			}
			for _, s := range w[ref] {
				if !seen[s.to] {
					seen[s.to] = true
					next = append(next, s.to)
				}
			}
		}
		if len(next) == 0 {
			return levels, nil
		}
		slices.Sort(next)
		levels = append(levels, next)
	}
}

// closure returns all that can be reached from a concept, itself included.
func (w web) closure(ctx context.Context, from graph.Ref) (map[graph.Ref]bool, error) {
	seen := map[graph.Ref]bool{from: true}
	for stack := []graph.Ref{from}; len(stack) > 0; {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if err := graph.Spend(ctx, linkSteps/2*(1+len(w[top]))); err != nil {
			return nil, err
		}
		for _, s := range w[top] {
			if !seen[s.to] {
				seen[s.to] = true
				stack = append(stack, s.to)
			}
		}
	}
	return seen, nil
}
