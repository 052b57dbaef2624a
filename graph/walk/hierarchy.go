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
	climbs := make([]climb, len(refs))
	for i, ref := range refs {
		climbs[i] = climb{distance: map[graph.Ref]int{ref: 0}, levels: [][]graph.Ref{{ref}}, total: -1}
		if n, known := below(r, ref, q); known {
			climbs[i].total = n
			_, climbs[i].wanted = q.Window.Range(n)
		}
	}
	w := web{}
	if err := w.climb(ctx, r, climbs, q.Axis.query(r, q.Filter)); err != nil {
		return nil, err
	}
	answers := make([]Relatives, len(refs))
	for i := range climbs {
		answers[i] = climbs[i].answer(w, q.Window)
	}
	return answers, nil
}

// below returns how many relatives a concept has, if the Reader knows it.
func below(r graph.Reader, ref graph.Ref, q HierarchyQuery) (n int, known bool) {
	closures, ok := r.(graph.Closures)
	if !ok || q.Axis != Narrower || q.Filter != nil {
		return 0, false
	}
	return closures.Below(ref)
}

// climb is the walk from one concept, a level at a time, as far as it is wanted.
type climb struct {
	distance map[graph.Ref]int // of all that was found
	levels   [][]graph.Ref     // itself, then what is one link away, and so on, in default order
	// total is how many relatives there are, and wanted how many of them; total is -1
	// where that is known only at the end.
	total, wanted int
}

// going reports whether there is something to read on from.
func (c *climb) going() bool {
	return len(c.levels[len(c.levels)-1]) > 0 && (c.total < 0 || len(c.distance) <= c.wanted)
}

// climb walks from all concepts at once, so that each level is read together.
func (w web) climb(ctx context.Context, r graph.Reader, climbs []climb, q graph.LinkQuery) error {
	for {
		var frontier []graph.Ref
		for i := range climbs {
			if c := &climbs[i]; c.going() {
				frontier = append(frontier, c.levels[len(c.levels)-1]...)
			}
		}
		if len(frontier) == 0 {
			return nil
		}
		if _, err := w.read(ctx, r, frontier, q); err != nil {
			return err
		}
		for i := range climbs {
			c := &climbs[i]
			if !c.going() {
				continue
			}
			var next []graph.Ref
			for _, ref := range c.levels[len(c.levels)-1] {
				if err := graph.Spend(ctx, 20*(1+len(w[ref]))); err != nil { // found here, and ordered and told
					return err
				}
				for _, s := range w[ref] {
					if _, met := c.distance[s.to]; !met {
						c.distance[s.to] = len(c.levels)
						next = append(next, s.to)
					}
				}
			}
			slices.Sort(next)
			c.levels = append(c.levels, next)
		}
	}
}

// answer returns the relatives that were found, in a window.
func (c *climb) answer(w web, window graph.Window) (a Relatives) {
	all := slices.Concat(c.levels[1:]...)
	if a.Total = c.total; c.total < 0 {
		a.Total = len(all)
	}
	from, to := window.Range(a.Total)
	to = min(to, len(all)) // of a damaged release all numbers may be wrong
	page := all[min(from, to):to]
	a.Relatives = make([]Relative, len(page))
	at := make(map[graph.Ref]*Relative, len(page))
	for i, ref := range page {
		a.Relatives[i] = Relative{Concept: ref, Distance: c.distance[ref]}
		at[ref] = &a.Relatives[i]
	}
	for ref, d := range c.distance {
		for _, s := range w[ref] {
			if x := at[s.to]; x != nil && x.Distance == d+1 {
				x.Statements = append(x.Statements, s.statements...)
			}
		}
	}
	for _, x := range at {
		x.Statements = distinct(x.Statements)
	}
	return a
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
func (w web) extend(ctx context.Context, r graph.Reader, refs []graph.Ref, q graph.LinkQuery) (err error) {
	for frontier := slices.Clone(refs); len(frontier) > 0 && err == nil; {
		frontier, err = w.read(ctx, r, frontier, q)
	}
	return err
}

// read reads the steps from those of some concepts that were not read yet, and
// returns where these lead. It overwrites the list of concepts.
func (w web) read(ctx context.Context, r graph.Reader, refs []graph.Ref, q graph.LinkQuery) (next []graph.Ref, err error) {
	unread := slices.DeleteFunc(distinct(refs), func(ref graph.Ref) bool { _, read := w[ref]; return read })
	if len(unread) == 0 {
		return nil, nil
	}
	return next, eachRow(ctx, r, unread, q, func(ref graph.Ref, b *graph.LinkBatch, row int) {
		steps := make([]step, 0, b.Start[row+1]-b.Start[row])
		for i := b.Start[row]; i < b.Start[row+1]; i++ {
			steps = append(steps, step{b.Other[i], slices.Clone(b.Statements.At(int(i)))})
			next = append(next, b.Other[i])
		}
		w[ref] = steps
	})
}

// closure returns all that can be reached from a concept, itself included.
func (w web) closure(ctx context.Context, from graph.Ref) (map[graph.Ref]bool, error) {
	seen := map[graph.Ref]bool{from: true}
	for stack := []graph.Ref{from}; len(stack) > 0; {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if err := graph.Spend(ctx, linkSteps*(1+len(w[top]))); err != nil {
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
