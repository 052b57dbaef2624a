package walk

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// assemble puts together the nodes of all paths within the limit from the links
// that were read: the shortest first, and from each concept on to those with
// few links first, so that what is found before a bound ends it is mostly what
// would come first anyway. It never goes to a concept from which the end is too
// far, so that hardly a step is in vain.
func (s *search) assemble(ctx context.Context) ([]Path, error) {
	limit := s.limit()
	if s.exhausted { // what is longer was not read to its end
		limit = min(limit, s.from.levels+s.to.levels)
	}
	near := s.neighbours()
	fromHere := distances(near, s.q.From, s.q.To)
	toThere := distances(near, s.q.To, s.q.From)
	var inner []graph.Ref
	for ref, others := range near {
		d, reached := fromHere[ref]
		near[ref] = slices.DeleteFunc(others, func(o graph.Ref) bool {
			e, leads := toThere[o]
			return !reached || !leads || d+1+e > limit
		})
		if len(near[ref]) > 0 && !s.isEnd(ref) {
			inner = append(inner, ref)
		}
	}
	degree := map[graph.Ref]int{}
	if err := degrees(ctx, s.r, distinct(inner), func(ref graph.Ref, links int) { degree[ref] = links }); err != nil {
		return nil, err
	}
	for _, others := range near {
		slices.SortFunc(others, func(a, b graph.Ref) int { return cmp.Or(cmp.Compare(degree[a], degree[b]), cmp.Compare(a, b)) })
	}
	b := builder{ctx: ctx, search: s, near: near, toThere: toThere, degree: degree}
	for length := s.length; length <= limit && !b.done; length++ {
		b.extend([]graph.Ref{s.q.From}, length)
	}
	return b.paths, b.err
}

// triesPerLink is how often, on average, a link of the budget may be tried while
// paths are put together. That costs nanoseconds, where reading costs
// microseconds; but the number of paths may grow without measure.
const triesPerLink = 10

// builder goes along the links depth first.
type builder struct {
	ctx     context.Context
	search  *search
	near    map[graph.Ref][]graph.Ref
	toThere map[graph.Ref]int
	degree  map[graph.Ref]int

	paths []Path
	tried int
	done  bool // before all was found
	err   error
}

// extend finds the paths of exactly a length that begin with the nodes.
func (b *builder) extend(nodes []graph.Ref, length int) {
	for _, other := range b.near[nodes[len(nodes)-1]] {
		if b.tried++; b.tried%1024 == 0 {
			b.err = graph.Spend(b.ctx, 1024*rowSteps)
		}
		if b.tried > triesPerLink*b.search.q.Budget || len(b.paths) == MaxPaths {
			b.search.exhausted, b.done = true, true
		}
		if b.done = b.done || b.err != nil; b.done {
			return
		}
		left := length - len(nodes)
		switch {
		case b.toThere[other] > left || slices.Contains(nodes, other):
		case other != b.search.q.To:
			if b.extend(append(nodes, other), length); b.done {
				return
			}
		case left == 0:
			path := Path{Nodes: append(slices.Clone(nodes), other)}
			path.Score = hubScore(each(nodes[1:], b.degree))
			b.paths = append(b.paths, path)
		}
	}
}

// neighbours returns, for every concept that a path may touch, its neighbours
// in default order over the links that were read from either end.
func (s *search) neighbours() map[graph.Ref][]graph.Ref {
	near := map[graph.Ref][]graph.Ref{}
	for ref := range s.rows {
		last := graph.NoRef
		for other := range s.walkable(ref) {
			if other != last && (s.isEnd(other) || s.passable[other]) {
				near[ref] = append(near[ref], other)
				near[other] = append(near[other], ref)
				last = other
			}
		}
	}
	for ref := range near {
		near[ref] = distinct(near[ref])
	}
	return near
}

// degreeWeight damps concepts that are linked with everything; the value is
// that of Himmelstein 2017.
const degreeWeight = 0.4

// hubScore is the score of a path through concepts of these degrees. It sorts
// them, so that the same degrees in any order give the same number.
func hubScore(degrees []int) float64 {
	slices.Sort(degrees)
	product := 1.0
	for _, d := range degrees {
		product *= float64(d)
	}
	return math.Pow(product, -degreeWeight)
}

// each looks every ref up.
func each[T any](refs []graph.Ref, in map[graph.Ref]T) []T {
	values := make([]T, len(refs))
	for i, ref := range refs {
		values[i] = in[ref]
	}
	return values
}

// distances returns how far concepts are from a start, on ways that do not pass
// through the other end.
func distances(near map[graph.Ref][]graph.Ref, start, end graph.Ref) map[graph.Ref]int {
	distance := map[graph.Ref]int{start: 0}
	for level, d := []graph.Ref{start}, 1; len(level) > 0; d++ {
		var next []graph.Ref
		for _, ref := range level {
			if ref == end {
				continue
			}
			for _, other := range near[ref] {
				if _, seen := distance[other]; !seen {
					distance[other] = d
					next = append(next, other)
				}
			}
		}
		level = next
	}
	return distance
}

// steps returns the links between the neighbours on a path.
func (s *search) steps(nodes []graph.Ref) []Step {
	steps := make([]Step, len(nodes)-1)
	for i := range steps {
		steps[i] = Step{From: nodes[i], To: nodes[i+1]}
		if _, read := s.rows[nodes[i]]; read {
			steps[i].Links = s.linksBetween(nodes[i], nodes[i+1])
			continue
		}
		// Read from the other end only: turn them round.
		known := s.r.Summary().Predicates
		links := s.linksBetween(nodes[i+1], nodes[i])
		for j := range links {
			l := &links[j]
			l.Other = nodes[i+1]
			l.Incoming = !l.Incoming && !known[l.Predicate].Symmetric
		}
		slices.SortFunc(links, func(a, b Link) int { return a.compare(&b) })
		steps[i].Links = links
	}
	return steps
}

// linksBetween returns the links of a concept that was read with another one,
// which lie together: links are in order of the other concept.
func (s *search) linksBetween(ref, to graph.Ref) []Link {
	r := s.rows[ref]
	b, end := r.batch, int(r.batch.Start[r.at+1])
	start := int(b.Start[r.at])
	at, _ := slices.BinarySearch(b.Other[start:end], to)
	var links []Link
	for i := start + at; i < end && b.Other[i] == to; i++ {
		if s.mayWalk(ref, b, i) {
			links = append(links, Link{
				Predicate: b.Predicate[i], Incoming: b.Incoming[i], Other: to, Statements: slices.Clone(b.Statements.At(i)),
			})
		}
	}
	return links
}
