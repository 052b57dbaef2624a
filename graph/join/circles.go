package join

import (
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// circles returns, for each circle of the hierarchy that only joining makes, the
// match that is the weakest of those that join what is in it.
func (r *Result) circles(d *graph.Dataset) (cut [][2]graph.ID) {
	if len(r.Classes) == 0 {
		return nil
	}
	number := make(map[graph.ID]int32, len(d.Concepts))
	for i := range d.Concepts {
		number[d.Concepts[i].ID] = int32(i)
	}
	var links [][2]int32
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Predicate != graph.PredicateBroader || s.Object == "" || s.Negated || s.Withdrawn != graph.NotWithdrawn {
			continue
		}
		from, known := number[s.Subject]
		if to, too := number[s.Object]; known && too {
			links = append(links, [2]int32{from, to})
		}
	}
	written := components(len(d.Concepts), links)
	thing := make([]int32, len(d.Concepts))
	for i := range thing {
		thing[i] = int32(i)
	}
	for _, c := range r.Classes {
		for _, m := range c.Members {
			thing[number[m]] = number[c.Leader]
		}
	}
	open := links[:0]
	for _, l := range links {
		if from, to := thing[l[0]], thing[l[1]]; from != to && written[l[0]] != written[l[1]] {
			open = append(open, [2]int32{from, to})
		}
	}
	joined := components(len(d.Concepts), open)
	weakest := map[int32]*edge{}
	size := map[int32]int{}
	for i := range thing {
		if thing[i] == int32(i) {
			size[joined[i]]++
		}
	}
	for _, c := range r.Classes {
		circle := joined[number[c.Leader]]
		if size[circle] < 2 {
			continue
		}
		for _, m := range c.Matches {
			e := &edge{number[m.A], number[m.B], m}
			if w := weakest[circle]; w == nil || compareMatches(w, e) < 0 {
				weakest[circle] = e
			}
		}
	}
	for _, e := range weakest {
		cut = append(cut, [2]graph.ID{e.match.A, e.match.B})
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
