package frozen

import (
	"context"
	"fmt"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// incoming is the links of concepts, as seen from their objects: what leads to
// concept c is [first[c], first[c+1]) of three columns, in the order of
// predicate, subject, statement. From the subjects they are seen in the columns
// of quads. The second copy takes 10 bytes a statement, 1.4 a quad; with it a
// link that comes in costs 2 ns, without 32: three jumps through memory
// (BenchmarkIncoming).
type incoming struct {
	first     []uint32
	predicate []uint16
	subject   []uint32
	statement []uint32
}

func (in *incoming) of(concept uint32) span { return at(in.first, concept) }

func (in *incoming) fits(concepts int) bool {
	n := len(in.subject)
	return len(in.predicate) == n && len(in.statement) == n && len(in.first) == concepts+2 && in.first[0] == 0 && int(in.first[concepts+1]) == n
}

// indexLinks fills what comes in.
func (s *Store) indexLinks() {
	concepts := uint32(s.sum.Concepts)
	in := incoming{first: make([]uint32, concepts+2)}
	isLink := func(i uint32) bool {
		return s.labelled.has(i) && int(s.predicate[i]) < len(s.sum.Predicates) && s.isConcept(s.subjectOf(i))
	}
	n := 0
	for o := uint32(1); o <= concepts; o++ {
		r := s.to(o)
		for _, i := range s.byObject[r.from:r.to] {
			if isLink(i) {
				n++
			}
		}
	}
	in.predicate, in.subject, in.statement = make([]uint16, 0, n), make([]uint32, 0, n), make([]uint32, 0, n)
	for o := uint32(1); o <= concepts; o++ {
		r := s.to(o)
		for _, i := range s.byObject[r.from:r.to] {
			if isLink(i) {
				in.predicate = append(in.predicate, s.predicate[i])
				in.subject = append(in.subject, s.subjectOf(i))
				in.statement = append(in.statement, s.labelOf(i))
			}
		}
		in.first[o+1] = uint32(len(in.subject))
	}
	s.in = in
}

// EdgeBatch holds the answer of Edges, a row for each statement.
type EdgeBatch struct {
	Source    []graph.Ref // the concept asked about
	Target    []graph.Ref
	Statement []graph.Ref
}

// Edges reads the statements of one predicate that lead from concepts (Out) or
// to them (In), as they were stated, denials included, but without those that hold
// only of several concepts together: for each ref in turn, in the order of target
// and statement. It is what a walk over millions of links
// needs, and nothing more; Links knows of negation, filters and pages.
//
// The batch is overwritten and keeps its memory, and absent refs have no rows,
// as for a graph.Reader. The error is graph.ErrInvalid for Both, or for a
// predicate beyond the summary, or the context's.
func (s *Store) Edges(ctx context.Context, refs []graph.Ref, p graph.PredicateRef, d graph.Direction, out *EdgeBatch) (err error) {
	defer recovered(&err)
	out.Source, out.Target, out.Statement = out.Source[:0], out.Target[:0], out.Statement[:0]
	if d > graph.In || int(p) >= len(s.sum.Predicates) {
		return fmt.Errorf("%w: direction %d, predicate %d of %d", graph.ErrInvalid, d, p, len(s.sum.Predicates))
	}
	w := work{ctx: ctx}
	for _, ref := range refs {
		if err := w.spend(1); err != nil {
			return err
		}
		c := uint32(ref)
		if !s.isConcept(c) {
			continue
		}
		if targets, statements, ok := s.adjacent(c, p, d); ok {
			from := len(out.Source)
			out.add(ref, targets, statements)
			w.steps += len(targets) / 8
			if s.combines {
				out.drop(from, s.isCombined)
			}
			continue
		}
		r := s.run(s.of(c), uint16(p))
		for i := r.from; i < r.to; i++ {
			if l := s.labelOf(i); l != 0 && s.isConcept(s.object[i]) && !s.isCombined(l) {
				out.Source, out.Target, out.Statement = append(out.Source, ref), append(out.Target, graph.Ref(s.object[i])), append(out.Statement, graph.Ref(l))
			}
		}
		w.steps += r.len()
	}
	return w.done()
}

// adjacent returns the links of a concept by one predicate as they lie in the
// arrays, sorted by the other end. It is not ok where other quads lie between
// them: values of the predicate that have no statement, or no concept as
// object.
func (s *Store) adjacent(concept uint32, p graph.PredicateRef, d graph.Direction) (targets, statements []uint32, ok bool) {
	if d == graph.In {
		r := narrow(s.in.predicate, s.in.of(concept), uint16(p))
		return s.in.subject[r.from:r.to], s.in.statement[r.from:r.to], true
	}
	r := s.run(s.of(concept), uint16(p))
	if r.len() == 0 {
		return nil, nil, true
	}
	// Concepts have the lowest numbers: if the last object is one, all are.
	last := r.to - 1
	from := s.labelled.rank(r.from)
	if !s.isConcept(s.object[last]) || !s.labelled.has(last) || int(s.labelled.rank(last)-from)+1 != r.len() {
		return nil, nil, false
	}
	return s.object[r.from:r.to], s.labels[from : from+uint32(r.len())], true
}

// add appends the edges of one concept.
func (b *EdgeBatch) add(source graph.Ref, targets, statements []uint32) {
	n := len(b.Source)
	b.Source = slices.Grow(b.Source, len(targets))[:n+len(targets)]
	b.Target = slices.Grow(b.Target, len(targets))[:n+len(targets)]
	b.Statement = slices.Grow(b.Statement, len(targets))[:n+len(targets)]
	for i := range b.Source[n:] {
		b.Source[n+i] = source
	}
	copy(b.Target[n:], refsOf(targets))
	copy(b.Statement[n:], refsOf(statements))
}

// drop takes out edges from a row on.
func (b *EdgeBatch) drop(from int, statement func(uint32) bool) {
	kept := from
	for i := from; i < len(b.Statement); i++ {
		if !statement(uint32(b.Statement[i])) {
			b.Source[kept], b.Target[kept], b.Statement[kept] = b.Source[i], b.Target[i], b.Statement[i]
			kept++
		}
	}
	b.Source, b.Target, b.Statement = b.Source[:kept], b.Target[:kept], b.Statement[:kept]
}
