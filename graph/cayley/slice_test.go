package cayley_test

import (
	"context"
	"errors"
	"slices"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// sliceStore is a Cayley quad store that shares nothing with memstore: quads
// in a slice, nodes known by their values, every look-up a loop. It is the
// proof that Store needs no more than Cayley's interface says. (Cayley's own
// key-value stores need modules that go.mod does not have.)
type sliceStore struct{ quads []quad.Quad }

// quadAt is the handle of a quad: its place in the slice.
type quadAt int

func (q quadAt) Key() any { return q }

// nodeOf is the handle of a node: its value.
type nodeOf struct{ quad.Value }

func (n nodeOf) Key() any { return n.Value }

var _ cgraph.QuadStore = (*sliceStore)(nil)

func (s *sliceStore) ValueOf(v quad.Value) (cgraph.Ref, error) {
	for _, q := range s.quads {
		for _, d := range quad.Directions {
			if v != nil && q.Get(d) == v {
				return nodeOf{v}, nil
			}
		}
	}
	return nil, nil
}

func (s *sliceStore) NameOf(r cgraph.Ref) (quad.Value, error) {
	n, ok := r.(nodeOf)
	if !ok {
		return nil, nil
	}
	return n.Value, nil
}

func (s *sliceStore) Quad(r cgraph.Ref) (quad.Quad, error) {
	at, ok := r.(quadAt)
	if !ok {
		return quad.Quad{}, errors.New("not the handle of a quad")
	}
	return s.quads[at], nil
}

func (s *sliceStore) QuadDirection(r cgraph.Ref, d quad.Direction) (cgraph.Ref, error) {
	q, err := s.Quad(r)
	if v := q.Get(d); err == nil && v != nil {
		return nodeOf{v}, nil
	}
	return nil, err
}

func (s *sliceStore) matching(match func(quad.Quad) bool) iterator.Shape {
	found := iterator.NewFixed()
	for i := len(s.quads) - 1; i >= 0; i-- { // backwards: the order is nobody's promise
		if match(s.quads[i]) {
			found.Add(quadAt(i))
		}
	}
	return found
}

func (s *sliceStore) QuadIterator(d quad.Direction, r cgraph.Ref) iterator.Shape {
	v, _ := s.NameOf(r)
	return s.matching(func(q quad.Quad) bool { return v != nil && q.Get(d) == v })
}

func (s *sliceStore) QuadsAllIterator() iterator.Shape {
	return s.matching(func(quad.Quad) bool { return true })
}

func (s *sliceStore) NodesAllIterator() iterator.Shape {
	return iterator.NewError(errors.New("nobody should ask for all nodes"))
}

func (s *sliceStore) QuadIteratorSize(_ context.Context, d quad.Direction, r cgraph.Ref) (refs.Size, error) {
	v, err := s.NameOf(r)
	n := 0
	for _, q := range s.quads {
		if q.Get(d) == v {
			n++
		}
	}
	return refs.Size{Value: int64(n), Exact: true}, err
}

func (s *sliceStore) Stats(context.Context, bool) (cgraph.Stats, error) {
	return cgraph.Stats{Quads: refs.Size{Value: int64(len(s.quads)), Exact: true}}, nil
}

func (s *sliceStore) ApplyDeltas([]cgraph.Delta, cgraph.IgnoreOpts) error {
	return errors.New("written through NewQuadWriter only")
}

func (s *sliceStore) NewQuadWriter() (quad.WriteCloser, error) { return s, nil }

func (s *sliceStore) WriteQuad(q quad.Quad) error {
	if !slices.Contains(s.quads, q) {
		s.quads = append(s.quads, q)
	}
	return nil
}

func (s *sliceStore) WriteQuads(batch []quad.Quad) (int, error) {
	for i, q := range batch {
		if err := s.WriteQuad(q); err != nil {
			return i, err
		}
	}
	return len(batch), nil
}

func (s *sliceStore) Close() error { return nil }
