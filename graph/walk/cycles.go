package walk

import (
	"cmp"
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Cycles finds where the hierarchy runs in circles, which makes "narrower than"
// say nothing. For every group of concepts that are all broader than each
// other it returns one shortest cycle through the first of them in default
// order: each concept is followed by one that is broader, the last by the
// first. A concept that is broader than itself is a cycle of one. Cycles are in
// default order of their first concept; none is the answer one hopes for.
func Cycles(ctx context.Context, r graph.Reader) ([][]graph.Ref, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	sum := r.Summary()
	all := make([]graph.Ref, sum.Concepts)
	for i := range all {
		all[i] = sum.First(graph.ClassConcept) + graph.Ref(i)
	}
	w := make(web, len(all))
	err := eachRow(ctx, r, all, Broader.query(r, nil), func(ref graph.Ref, b *graph.LinkBatch, row int) {
		for i := b.Start[row]; i < b.Start[row+1]; i++ {
			w[ref] = append(w[ref], step{to: b.Other[i]})
		}
	})
	if err != nil {
		return nil, err
	}
	var cycles [][]graph.Ref
	for _, group := range w.knots(all) {
		first := slices.Min(group)
		if cycle := w.cycleThrough(first, set(group)); cycle != nil {
			cycles = append(cycles, cycle)
		}
	}
	slices.SortFunc(cycles, func(a, b []graph.Ref) int { return cmp.Compare(a[0], b[0]) })
	return cycles, nil
}

// knots returns the strongly connected components by Tarjan's algorithm
// (Depth-first search and linear graph algorithms, 1972), without recursion:
// a chain of concepts may be long.
func (w web) knots(all []graph.Ref) [][]graph.Ref {
	type visit struct {
		ref  graph.Ref
		next int // the step to take next
	}
	number, low, open := map[graph.Ref]int{}, map[graph.Ref]int{}, map[graph.Ref]bool{}
	var knots [][]graph.Ref
	var path []visit
	var stack []graph.Ref
	enter := func(ref graph.Ref) {
		number[ref], low[ref], open[ref] = len(number)+1, len(number)+1, true
		path, stack = append(path, visit{ref: ref}), append(stack, ref)
	}
	for _, root := range all {
		if number[root] != 0 {
			continue
		}
		enter(root)
		for len(path) > 0 {
			v := &path[len(path)-1]
			if v.next < len(w[v.ref]) {
				to := w[v.ref][v.next].to
				v.next++
				switch {
				case number[to] == 0:
					enter(to)
				case open[to]:
					low[v.ref] = min(low[v.ref], number[to])
				}
				continue
			}
			done := v.ref
			path = path[:len(path)-1]
			if len(path) > 0 {
				up := path[len(path)-1].ref
				low[up] = min(low[up], low[done])
			}
			if low[done] == number[done] {
				at := slices.Index(stack, done)
				knots = append(knots, slices.Clone(stack[at:]))
				for _, ref := range stack[at:] {
					open[ref] = false
				}
				stack = stack[:at]
			}
		}
	}
	return knots
}

// cycleThrough returns a shortest cycle through a concept within its group, nil
// if there is none; of several, one that its first steps in default order lead
// to.
func (w web) cycleThrough(first graph.Ref, group map[graph.Ref]bool) []graph.Ref {
	before := map[graph.Ref]graph.Ref{}
	for level := []graph.Ref{first}; len(level) > 0; {
		var next []graph.Ref
		for _, ref := range level {
			for _, s := range w[ref] {
				if s.to == first {
					cycle := []graph.Ref{ref}
					for ref != first {
						ref = before[ref]
						cycle = append(cycle, ref)
					}
					slices.Reverse(cycle)
					return cycle
				}
				if _, seen := before[s.to]; !seen && group[s.to] {
					before[s.to] = ref
					next = append(next, s.to)
				}
			}
		}
		slices.Sort(next)
		level = next
	}
	return nil
}
