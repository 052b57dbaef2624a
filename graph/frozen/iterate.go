package frozen

import (
	"context"
	"fmt"
	"math/bits"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// quadShape is the quads that have a node at one end, or all.
type quadShape struct {
	qs   *QuadStore
	d    quad.Direction // quad.Any for all quads
	node uint32
}

// String implements Cayley's Shape.
func (s *quadShape) String() string { return fmt.Sprintf("Frozen(%v)", s.d) }

// SubIterators implements Cayley's Shape.
func (s *quadShape) SubIterators() []iterator.Shape { return nil }

// Optimize implements Cayley's Shape.
func (s *quadShape) Optimize(context.Context) (iterator.Shape, bool) { return s, false }

// Stats implements Cayley's Shape.
func (s *quadShape) Stats(context.Context) (_ iterator.Costs, err error) {
	defer recovered(&err)
	size := s.qs.current.Load().size(s.d, s.node)
	// A look-up is a binary search among the quads of its subject, a step reads
	// the next position: the costs that Cayley's own stores state.
	return iterator.Costs{
		ContainsCost: int64(bits.Len(uint(size))) + 1, NextCost: 1,
		Size: refs.Size{Value: int64(size), Exact: true},
	}, nil
}

func (s *quadShape) cursor() quadCursor {
	return quadCursor{cursor: cursor{v: s.qs.current.Load()}, d: s.d, node: s.node}
}

// Iterate implements Cayley's Shape.
func (s *quadShape) Iterate() iterator.Scanner {
	return &quadScanner{quadCursor: s.cursor()}
}

// Lookup implements Cayley's Shape.
func (s *quadShape) Lookup() iterator.Index {
	return &quadIndex{s.cursor()}
}

// cursor is what scanners and indexes share: a version, whether the last step
// found something, and what has stopped it.
type cursor struct {
	v     *version
	found bool
	err   error
}

// TagResults implements Cayley's Base.
func (c *cursor) TagResults(map[string]cgraph.Ref) {}

// NextPath implements Cayley's Base.
func (c *cursor) NextPath(context.Context) bool { return false }

// Err implements Cayley's Base.
func (c *cursor) Err() error { return c.err }

// Close implements Cayley's Base. Nothing waits for it.
func (c *cursor) Close() error { return nil }

// quadCursor is a cursor on the quads of a shape, and the quad found last.
type quadCursor struct {
	cursor
	d    quad.Direction
	node uint32
	row  row
}

// String implements Cayley's Base.
func (c *quadCursor) String() string { return fmt.Sprintf("Frozen(%v)", c.d) }

// Result implements Cayley's Base.
func (c *quadCursor) Result() cgraph.Ref {
	if !c.found {
		return nil
	}
	return quadRef(c.row)
}

// quadScanner goes through the quads of a shape.
type quadScanner struct {
	quadCursor
	started   bool
	positions []uint32 // nil if the quads lie together
	next, end uint32
	predicate int32 // the only one that is wanted, -1 for any
	steps     uint32
}

// start finds the quads.
func (s *quadScanner) start() {
	s.started, s.predicate = true, -1
	var r span
	switch s.d {
	case quad.Subject:
		r = s.v.of(s.node)
	case quad.Object:
		r = s.v.to(s.node)
		s.positions = s.v.byObject
	case quad.Label:
		r = s.v.with(s.node)
		s.positions = s.v.byLabel
	case quad.Predicate:
		if p, ok := s.v.numbers[s.node]; ok {
			u := s.v.usage[3*int(p):]
			r, s.predicate = span{u[1], u[2]}, int32(p)
		}
	default:
		r = span{0, uint32(s.v.quads())}
	}
	s.next, s.end = r.from, r.to
}

// Next implements Cayley's Scanner. A context that is done ends it with the
// context's error.
func (s *quadScanner) Next(ctx context.Context) (more bool) {
	defer recovered(&s.err)
	s.found = false
	if s.err != nil {
		return false
	}
	if s.steps%every == 0 {
		if s.err = ctx.Err(); s.err != nil {
			return false
		}
	}
	s.steps++
	if !s.started {
		s.start()
	}
	for ; s.next < s.end; s.next++ {
		i := s.next
		if s.positions != nil {
			i = s.positions[i]
		}
		if s.predicate >= 0 && int32(s.v.predicate[i]) != s.predicate || s.v.hides(i) {
			continue
		}
		s.row, s.found = s.v.row(i), true
		s.next++
		return true
	}
	return false
}

// quadIndex tells whether quads are among those of a shape.
type quadIndex struct{ quadCursor }

// Contains implements Cayley's Index.
func (x *quadIndex) Contains(ctx context.Context, r cgraph.Ref) (is bool) {
	defer recovered(&x.err)
	x.found = false
	if x.err = ctx.Err(); x.err != nil {
		return false
	}
	q, ok := r.(quadRef)
	if !ok || int(q.predicate) >= len(x.v.predicates) || x.d != quad.Any && x.v.end(row(q), x.d) != x.node {
		return false
	}
	if i, ok := x.v.position(row(q)); !ok || x.v.hides(i) {
		return false
	}
	x.row, x.found = row(q), true
	return true
}

// nodeShape is all nodes that quads have.
type nodeShape struct{ qs *QuadStore }

// String implements Cayley's Shape.
func (s *nodeShape) String() string { return "FrozenNodes" }

// SubIterators implements Cayley's Shape.
func (s *nodeShape) SubIterators() []iterator.Shape { return nil }

// Optimize implements Cayley's Shape.
func (s *nodeShape) Optimize(context.Context) (iterator.Shape, bool) { return s, false }

// Stats implements Cayley's Shape.
func (s *nodeShape) Stats(context.Context) (iterator.Costs, error) {
	v := s.qs.current.Load()
	return iterator.Costs{ContainsCost: 1, NextCost: 1, Size: refs.Size{Value: int64(v.nodes()), Exact: true}}, nil
}

func (s *nodeShape) scanner() *nodeScanner {
	return &nodeScanner{cursor: cursor{v: s.qs.current.Load()}}
}

// Iterate implements Cayley's Shape.
func (s *nodeShape) Iterate() iterator.Scanner { return s.scanner() }

// Lookup implements Cayley's Shape.
func (s *nodeShape) Lookup() iterator.Index { return s.scanner() }

// nodeScanner goes through all nodes, or tells whether one is among them.
type nodeScanner struct {
	cursor
	node uint32 // found last
}

// String implements Cayley's Base.
func (s *nodeScanner) String() string { return "FrozenNodes" }

// Result implements Cayley's Base.
func (s *nodeScanner) Result() cgraph.Ref {
	if !s.found {
		return nil
	}
	return nodeRef(s.node)
}

// Next implements Cayley's Scanner. A context that is done ends it with the
// context's error.
func (s *nodeScanner) Next(ctx context.Context) (more bool) {
	defer recovered(&s.err)
	s.found = false
	if s.err != nil {
		return false
	}
	if s.node%every == 0 {
		if s.err = ctx.Err(); s.err != nil {
			return false
		}
	}
	for int(s.node) < s.v.count() {
		s.node++
		if s.v.shows(s.node) {
			s.found = true
			return true
		}
	}
	return false
}

// Contains implements Cayley's Index.
func (s *nodeScanner) Contains(ctx context.Context, r cgraph.Ref) (is bool) {
	defer recovered(&s.err)
	s.found = false
	if s.err = ctx.Err(); s.err != nil {
		return false
	}
	n, ok := r.(nodeRef)
	if !ok || n == 0 || int(n) > s.v.count() || !s.v.shows(uint32(n)) {
		return false
	}
	s.node, s.found = uint32(n), true
	return true
}
