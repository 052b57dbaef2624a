package walk

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// The bounds of a NeighbourhoodQuery, and what is taken where it says 0.
const (
	DefaultDepth   = 1
	LargestDepth   = 6
	DefaultNodes   = 50
	LargestPicture = 1000
)

// NeighbourhoodQuery asks for what surrounds a concept.
type NeighbourhoodQuery struct {
	Concept graph.Ref
	// Depth is how many links away a concept may be, up to LargestDepth; 0 is
	// DefaultDepth.
	Depth int
	// First is how many concepts are wanted, the one in the middle included, up
	// to LargestPicture; 0 is DefaultNodes.
	First int
	// Predicates keeps to links of these; nil follows all.
	Predicates []graph.PredicateRef
	// Budget is the number of links that may be read; 0 is DefaultBudget.
	Budget int
}

// Picture is a part of the graph, small enough to draw.
type Picture struct {
	// Nodes are ordered by distance, then by score, highest first, then in default
	// order. The first is the concept asked about; there is none if that is no
	// concept.
	Nodes []Node
	// Edges are all links between the nodes that may be walked, by subject, object (both as the nodes
	// are ordered) and predicate.
	Edges []Edge
	// Omitted is the number of concepts that were seen within the depth and left
	// out. What lies behind them was not looked at.
	Omitted int
	// LeftOut is the number of links of the nodes that nobody holds, so that they
	// are not drawn: they are denied or advised against.
	LeftOut int
	// Looked is the number of links that were read.
	Looked int
	// Complete is true if the nodes are all that lies within the depth.
	Complete bool
}

// Node is a concept of a neighbourhood.
type Node struct {
	Concept  graph.Ref
	Distance int
	// Score says how telling it is that the concept stands here: degree^-0.4,
	// degree being its number of links, times the best score of the neighbours
	// that lie nearer; 1 in the middle. What is linked with everything tells
	// little of anything (see Path.Score).
	Score float64
}

// Edge is a link of a neighbourhood.
type Edge struct {
	Subject, Object graph.Ref
	Predicate       graph.PredicateRef
	Statements      []graph.Ref
}

// Neighbourhood finds what lies around a concept, nearest first and of equally
// near the most telling, until there are as many as were asked for.
//
// It goes over links in both directions, a level at a time, and only on from
// concepts that it keeps, so that the work is bounded by what is drawn. It does
// not go on from a stage, as paths do not pass through one. The links of a
// concept are not read where the budget cannot pay for all of them, nor are
// those of the concepts after it. A symmetric link is one edge, from the concept
// that comes first in default order.
//
// Errors are graph.ErrInvalid for bounds that are none, and those of the Reader.
func Neighbourhood(ctx context.Context, r graph.Reader, q NeighbourhoodQuery) (*Picture, error) {
	if err := cmp.Or(ctx.Err(), q.check()); err != nil {
		return nil, err
	}
	q.Depth, q.First, q.Budget = cmp.Or(q.Depth, DefaultDepth), cmp.Or(q.First, DefaultNodes), cmp.Or(q.Budget, DefaultBudget)
	s := newSearch(r, PathQuery{From: q.Concept, To: q.Concept, Predicates: q.Predicates, Budget: q.Budget})
	if err := s.checkPredicates(ctx); err != nil {
		return nil, err
	}
	n := &Picture{Complete: true}
	if r.Summary().Class(q.Concept) != graph.ClassConcept {
		return n, nil
	}
	n.Nodes = []Node{{Concept: q.Concept, Score: 1}}
	seen := map[graph.Ref]bool{q.Concept: true}
	level := n.Nodes
	for distance := 1; distance <= q.Depth && len(level) > 0; distance++ {
		next, err := s.around(ctx, level, seen, distance)
		if err != nil {
			return nil, err
		}
		keep := min(len(next), q.First-len(n.Nodes))
		n.Omitted += len(next) - keep
		n.Nodes = append(n.Nodes, next[:keep]...)
		level = next[:keep]
	}
	n.Complete = n.Omitted == 0 && !s.exhausted
	edges, err := s.edges(ctx, n.Nodes)
	if err != nil {
		return nil, err
	}
	n.Edges, n.Looked = edges, s.looked
	n.Complete = n.Complete && !s.exhausted
	n.LeftOut, err = s.leftOut(ctx, n.Nodes)
	return n, err
}

func (q *NeighbourhoodQuery) check() error {
	switch {
	case q.Depth < 0 || q.Depth > LargestDepth:
		return fmt.Errorf("%w: a neighbourhood of depth %d: ask for 1 to %d", graph.ErrInvalid, q.Depth, LargestDepth)
	case q.First < 0 || q.First > LargestPicture:
		return fmt.Errorf("%w: a neighbourhood of %d concepts: ask for 1 to %d", graph.ErrInvalid, q.First, LargestPicture)
	case q.Budget < 0:
		return fmt.Errorf("%w: a budget of %d links", graph.ErrInvalid, q.Budget)
	default:
		return nil
	}
}

// affordable keeps the concepts whose links the budget can still pay, in the
// order given, and notes where it cannot.
func (s *search) affordable(ctx context.Context, refs []graph.Ref) ([]graph.Ref, error) {
	if err := s.count(ctx, refs); err != nil {
		return nil, err
	}
	cost := 0
	for i, ref := range refs {
		if _, read := s.rows[ref]; !read {
			cost += s.degree[ref]
		}
		if s.looked+cost > s.q.Budget {
			s.exhausted = true
			return refs[:i], nil
		}
	}
	return refs, nil
}

// around finds the concepts that are one link away from a level and were not
// seen before, the most telling first.
func (s *search) around(ctx context.Context, level []Node, seen map[graph.Ref]bool, distance int) ([]Node, error) {
	refs := make([]graph.Ref, len(level))
	for i := range level {
		refs[i] = level[i].Concept
	}
	if err := s.judge(ctx, refs); err != nil {
		return nil, err
	}
	refs = slices.DeleteFunc(refs, func(ref graph.Ref) bool { return !s.passable[ref] && !s.isEnd(ref) })
	refs, err := s.affordable(ctx, refs)
	if err != nil {
		return nil, err
	}
	if err := s.read(ctx, refs); err != nil {
		return nil, err
	}
	score := map[graph.Ref]float64{}
	for i := range level {
		r, read := s.rows[level[i].Concept]
		if !read {
			continue
		}
		for _, other := range r.batch.Other[r.batch.Start[r.at]:r.batch.Start[r.at+1]] {
			if !seen[other] {
				score[other] = max(score[other], level[i].Score)
			}
		}
	}
	next := make([]Node, 0, len(score))
	found := make([]graph.Ref, 0, len(score))
	for ref := range score {
		seen[ref] = true
		found = append(found, ref)
	}
	err = degrees(ctx, s.r, distinct(found), func(ref graph.Ref, links int) {
		next = append(next, Node{ref, distance, score[ref] * math.Pow(float64(links), -degreeWeight)})
	})
	slices.SortFunc(next, func(a, b Node) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Concept, b.Concept))
	})
	return next, err
}

// edges reads the links between nodes, as far as the budget pays for them.
func (s *search) edges(ctx context.Context, nodes []Node) ([]Edge, error) {
	place := make(map[graph.Ref]int, len(nodes))
	refs := make([]graph.Ref, len(nodes))
	for i := range nodes {
		place[nodes[i].Concept], refs[i] = i, nodes[i].Concept
	}
	refs, err := s.affordable(ctx, refs)
	if err != nil {
		return nil, err
	}
	if err := s.read(ctx, refs); err != nil {
		return nil, err
	}
	have := map[edgeKey]bool{}
	var edges []Edge
	for _, ref := range refs {
		r := s.rows[ref]
		b := r.batch
		for i := b.Start[r.at]; i < b.Start[r.at+1]; i++ {
			if _, drawn := place[b.Other[i]]; !drawn {
				continue
			}
			if k := s.edgeKey(ref, b, i); !have[k] {
				have[k] = true
				edges = append(edges, Edge{k.subject, k.object, k.predicate, slices.Clone(b.Statements.At(int(i)))})
			}
		}
	}
	slices.SortFunc(edges, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(place[a.Subject], place[b.Subject]), cmp.Compare(place[a.Object], place[b.Object]), cmp.Compare(a.Predicate, b.Predicate))
	})
	return edges, nil
}

// edgeKey is what an edge is known by.
type edgeKey struct {
	subject, object graph.Ref
	predicate       graph.PredicateRef
}

// edgeKey returns the key of a link in the row of a concept.
func (s *search) edgeKey(of graph.Ref, b *graph.LinkBatch, i uint32) edgeKey {
	k := edgeKey{of, b.Other[i], b.Predicate[i]}
	if b.Incoming[i] || s.r.Summary().Predicates[b.Predicate[i]].Symmetric && b.Other[i] < of {
		k.subject, k.object = k.object, k.subject
	}
	return k
}

// leftOut counts the links of nodes that nobody holds. Only the rows of those that
// have some are read again.
func (s *search) leftOut(ctx context.Context, nodes []Node) (int, error) {
	refs := make([]graph.Ref, 0, len(nodes))
	for i := range nodes {
		if _, read := s.rows[nodes[i].Concept]; read {
			refs = append(refs, nodes[i].Concept)
		}
	}
	none := 0
	q := s.linkQuery()
	q.Negated, q.Window.First = true, &none
	var more []graph.Ref
	err := eachRow(ctx, s.r, refs, q, func(ref graph.Ref, b *graph.LinkBatch, row int) {
		if r := s.rows[ref]; b.Total[row] > int(r.batch.Start[r.at+1]-r.batch.Start[r.at]) {
			more = append(more, ref)
		}
	})
	if err != nil {
		return 0, err
	}
	q.Window = graph.Window{}
	left := map[edgeKey]bool{}
	err = eachRow(ctx, s.r, more, q, func(ref graph.Ref, b *graph.LinkBatch, row int) {
		for i := b.Start[row]; i < b.Start[row+1]; i++ {
			left[s.edgeKey(ref, b, i)] = true
		}
	})
	for _, ref := range more {
		r := s.rows[ref]
		for i := r.batch.Start[r.at]; i < r.batch.Start[r.at+1]; i++ {
			delete(left, s.edgeKey(ref, r.batch, i))
		}
	}
	return len(left), err
}
