package join

import (
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// hierarchy returns what stands below what, by the places of concepts, but for the
// links of circles that were written so.
func (f *finder) hierarchy() (links [][2]int32) {
	if len(f.edges) == 0 {
		return nil
	}
	for i := range f.d.Statements {
		s := &f.d.Statements[i]
		if s.Predicate != graph.PredicateBroader || s.Object == "" || s.Negated || s.Withdrawn != graph.NotWithdrawn {
			continue
		}
		from, known := f.at[s.Subject]
		if to, too := f.at[s.Object]; known && too {
			links = append(links, [2]int32{from, to})
		}
	}
	written := components(len(f.concepts), links)
	return slices.DeleteFunc(links, func(l [2]int32) bool { return written[l[0]] == written[l[1]] })
}

// circles returns, for each circle of the hierarchy that only joining makes, the
// match that is the weakest of those that join what is in it.
func (f *finder) circles(links [][2]int32) (cut []*edge) {
	var open [][2]int32
	for _, l := range links {
		if from, to := f.lead(l[0]), f.lead(l[1]); from != to {
			open = append(open, [2]int32{from, to})
		}
	}
	circle := components(len(f.concepts), open)
	size := map[int32]int{}
	for _, l := range open { // what has no link is in no circle
		if circle[l[0]] == circle[l[1]] {
			size[circle[l[0]]]++
		}
	}
	weakest := map[int32]*edge{}
	for _, e := range f.edges {
		top := f.lead(e.a)
		if in := circle[top]; top == f.lead(e.b) && size[in] > 0 {
			if w := weakest[in]; w == nil || compareMatches(w, e) < 0 {
				weakest[in] = e
			}
		}
	}
	for _, e := range weakest {
		cut = append(cut, e)
	}
	return cut
}

// components returns for each of n nodes the number of the set of nodes that it is
// in, of which each leads to each other (R. Tarjan, 1972). It does not call itself:
// a hierarchy may be deep.
func components(n int, links [][2]int32) []int32 {
	first := make([]int32, n+1)
	for _, l := range links {
		first[l[0]+1]++
	}
	for i := range n {
		first[i+1] += first[i]
	}
	next, to := slices.Clone(first[:n]), make([]int32, len(links))
	for _, l := range links {
		to[next[l[0]]] = l[1]
		next[l[0]]++
	}
	copy(next, first)
	index, low, of := make([]int32, n), make([]int32, n), make([]int32, n)
	for i := range of {
		of[i] = -1
	}
	var open, way []int32
	count := int32(0)
	for root := range int32(n) {
		if index[root] != 0 {
			continue
		}
		way = append(way[:0], root)
		for len(way) > 0 {
			at := way[len(way)-1]
			if index[at] == 0 {
				count++
				index[at], low[at] = count, count
				open = append(open, at)
			}
			if next[at] < first[at+1] {
				other := to[next[at]]
				next[at]++
				switch {
				case index[other] == 0:
					way = append(way, other)
				case of[other] < 0:
					low[at] = min(low[at], index[other])
				}
				continue
			}
			way = way[:len(way)-1]
			if len(way) > 0 {
				up := way[len(way)-1]
				low[up] = min(low[up], low[at])
			}
			if low[at] != index[at] {
				continue
			}
			for {
				last := open[len(open)-1]
				open = open[:len(open)-1]
				of[last] = at
				if last == at {
					break
				}
			}
		}
	}
	return of
}
