package cayley

import (
	"context"
	"errors"
	"slices"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// each visits the quads that have a node in a direction, in the store's order.
func (s *Store) each(ctx context.Context, d quad.Direction, n cgraph.Ref, visit func(q cgraph.Ref) error) (err error) {
	if n == nil {
		return ctx.Err()
	}
	it := s.qs.QuadIterator(d, n).Iterate()
	defer func() { err = errors.Join(err, it.Close()) }()
	for it.Next(ctx) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := visit(it.Result()); err != nil {
			return err
		}
	}
	if err := it.Err(); err != nil {
		return err
	}
	return ctx.Err()
}

// key returns what the node at one end of a quad is known by, nil for no node.
func (s *Store) key(q cgraph.Ref, d quad.Direction) (any, error) {
	n, err := s.qs.QuadDirection(q, d)
	if n == nil {
		return nil, err
	}
	return refs.ToKey(n), err
}

// thing returns what is at one end of a quad, NoRef for a literal or a node
// that is no thing.
func (s *Store) thing(q cgraph.Ref, d quad.Direction) (graph.Ref, error) {
	key, err := s.key(q, d)
	return s.byKey[key], err
}

// predicateOf returns the predicate of a quad.
func (s *Store) predicateOf(q cgraph.Ref) (predicate, error) {
	key, err := s.key(q, quad.Predicate)
	return s.predicates[key], err
}

// name returns the value at one end of a quad.
func (s *Store) name(q cgraph.Ref, d quad.Direction) (quad.Value, error) {
	n, err := s.qs.QuadDirection(q, d)
	if err != nil || n == nil {
		return nil, err
	}
	return s.qs.NameOf(n)
}

// iri returns the IRI of a thing.
func (s *Store) iri(ref graph.Ref) (string, error) {
	v, err := s.qs.NameOf(s.nodes[ref])
	name, _ := quads.Name(v)
	return name, err
}

// about appends the quads that describe a node: those that have it as subject
// and no label, and those of its helper nodes.
func (s *Store) about(ctx context.Context, dst []quad.Quad, n cgraph.Ref) ([]quad.Quad, error) {
	subject, err := s.qs.NameOf(n)
	if err != nil {
		return dst, err
	}
	err = s.each(ctx, quad.Subject, n, func(handle cgraph.Ref) error {
		if label, err := s.qs.QuadDirection(handle, quad.Label); err != nil || label != nil {
			return err // a statement
		}
		p, err := s.predicateOf(handle)
		if err != nil {
			return err
		}
		object, err := s.qs.QuadDirection(handle, quad.Object)
		if err != nil {
			return err
		}
		q := quad.Quad{Subject: subject, Predicate: p.iri}
		if q.Object, err = s.qs.NameOf(object); err != nil {
			return err
		}
		dst = append(dst, q)
		if quads.IsHelper(q) {
			dst, err = s.about(ctx, dst, object)
		}
		return err
	})
	return dst, err
}

// described returns the IRI of a thing, and the quads that describe it.
func (s *Store) described(ctx context.Context, ref graph.Ref) (iri string, about []quad.Quad, err error) {
	if iri, err = s.iri(ref); err == nil {
		about, err = s.about(ctx, nil, s.nodes[ref])
	}
	return iri, about, err
}

// concept reads a concept, without sections.
func (s *Store) concept(ctx context.Context, ref graph.Ref) (graph.Concept, error) {
	iri, about, err := s.described(ctx, ref)
	return s.things.Concept(iri, about), err
}

// record reads all of a statement but its claim.
func (s *Store) record(ctx context.Context, ref graph.Ref) (graph.Statement, error) {
	iri, about, err := s.described(ctx, ref)
	return s.things.Record(iri, about), err
}

// pointing returns the things of a class that point to a node with this
// predicate, in the store's order.
func (s *Store) pointing(ctx context.Context, class graph.Class, p quad.IRI, to graph.Ref) ([]graph.Ref, error) {
	var found []graph.Ref
	err := s.each(ctx, quad.Object, s.nodes[to], func(q cgraph.Ref) error {
		is, err := s.predicateOf(q)
		if err != nil || is.iri != p {
			return err
		}
		ref, err := s.thing(q, quad.Subject)
		if s.sum.Class(ref) == class {
			found = append(found, ref)
		}
		return err
	})
	return found, err
}

// isLeftOut reports whether a statement does not count ([graph.Statement.Counts]).
func (s *Store) isLeftOut(statement graph.Ref) bool {
	i, _ := s.sum.Index(graph.ClassStatement, statement)
	return s.withdrawn[i] != graph.NotWithdrawn || s.combined[i]
}

// Combinations implements graph.Reader.
func (s *Store) Combinations(ctx context.Context, refs []graph.Ref, out *graph.Lists[graph.Ref]) error {
	out.Reset()
	for _, ref := range refs {
		from := len(out.Items)
		if _, present := s.sum.Index(graph.ClassConcept, ref); present {
			with, err := s.pointing(ctx, graph.ClassStatement, quad.IRI(graph.QualifierWith.Info().IRI), ref)
			if err != nil {
				return err
			}
			out.Items = append(out.Items, with...)
			for _, end := range [...]quad.Direction{quad.Subject, quad.Object} {
				err := s.each(ctx, end, s.nodes[ref], func(handle cgraph.Ref) error {
					statement, err := s.thing(handle, quad.Label)
					if statement != graph.NoRef {
						out.Items = append(out.Items, statement)
					}
					return err
				})
				if err != nil {
					return err
				}
			}
		}
		found := slices.DeleteFunc(out.Items[from:], func(st graph.Ref) bool {
			i, _ := s.sum.Index(graph.ClassStatement, st)
			return !s.combined[i] || s.withdrawn[i] != graph.NotWithdrawn
		})
		slices.Sort(found)
		out.Items = out.Items[:from+len(slices.Compact(found))]
		out.Close()
	}
	return ctx.Err()
}

// stance returns what a statement says of its claim.
func (s *Store) stance(ctx context.Context, statement graph.Ref) (graph.Stance, error) {
	if !s.qualified {
		return graph.Supports, nil
	}
	i, _ := s.sum.Index(graph.ClassStatement, statement)
	p, err := s.predicateOf(s.claims[i])
	if err != nil {
		return 0, err
	}
	record, err := s.record(ctx, statement)
	return graph.StanceOf(&s.sum.Predicates[p.ref].Predicate, record.Modality, record.Negated), err
}

// refsOf returns the refs of ids.
func (s *Store) refsOf(ids []graph.ID) []graph.Ref {
	var found []graph.Ref
	for _, id := range ids {
		found = append(found, s.byID[string(id)])
	}
	return found
}
