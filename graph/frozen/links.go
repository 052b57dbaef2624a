package frozen

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/plexus-kg/plexus/graph"
)

// edge is a statement seen from one of its ends.
type edge struct {
	other     uint32
	kind      uint32 // twice the predicate, plus one if incoming: the order of links
	statement uint32
}

func compareEdges(a, b edge) int {
	return cmp.Or(cmp.Compare(a.other, b.other), cmp.Compare(a.kind, b.kind), cmp.Compare(a.statement, b.statement))
}

// linkScratch is the memory of one call of Links. Callers reuse their batches,
// and the pool is a list for each processor, so that nothing is allocated and
// nothing locked.
type linkScratch struct {
	edges []edge
	links []span // of edges
	all   bool   // what is withdrawn is asked for
	row   qualified
	each  int // steps of one statement
	work
}

var linkPool = sync.Pool{New: func() any { return new(linkScratch) }}

// Links implements graph.Reader.
func (s *Store) Links(ctx context.Context, refs []graph.Ref, q graph.LinkQuery, out *graph.LinkBatch) (err error) {
	defer recovered(&err)
	out.Reset()
	if err := cmp.Or(ctx.Err(), q.Check(s.Summary())); err != nil {
		return err
	}
	w := linkPool.Get().(*linkScratch)
	w.row.Store = s
	defer func() {
		w.row.Store, w.work = nil, work{} // which the pool must not keep
		linkPool.Put(w)
	}()
	holding := graph.Holding(q.Filter, q.Negated)
	w.all = q.Filter.Shows(graph.WithdrawnRetracted)
	// The most common question: all links of one predicate, one way.
	simple := len(q.Predicates) == 1 && q.Direction != graph.Both && !s.sum.Predicates[q.Predicates[0]].Symmetric &&
		q.To == graph.NoRef && q.Filter == nil && q.Discouraging == nil && q.Order == graph.ByName && q.Window == graph.Window{}
	if w.work, w.each = (work{ctx: ctx}), 2; q.Filter != nil {
		w.each += 4 + q.Filter.Steps()
	}
	// And how many links there are at all.
	counted := s.degrees != nil && q.Direction == graph.Both && q.Predicates == nil && q.To == graph.NoRef && q.Filter == nil && !q.Negated &&
		q.Discouraging == nil && q.Window.First != nil && *q.Window.First == 0 && q.Window.Last == nil
	for _, ref := range refs {
		if err := w.spend(3); err != nil {
			return err
		}
		if counted && s.isConcept(uint32(ref)) {
			out.Start = append(out.Start, 0)
			out.Total = append(out.Total, int(s.degrees[ref-1]))
			continue
		}
		if !s.isConcept(uint32(ref)) {
			out.Start = append(out.Start, uint32(len(out.Other)))
			out.Total = append(out.Total, 0)
			continue
		}
		if simple {
			if targets, statements, ok := s.adjacent(uint32(ref), q.Predicates[0], q.Direction); ok {
				s.appendLinks(out, targets, statements, q.Predicates[0], q.Direction == graph.In, holding)
				w.steps += len(targets)
				continue
			}
		}
		w.edges, w.links = w.edges[:0], w.links[:0]
		if runs := s.edges(w, uint32(ref), &q); runs > 1 {
			slices.SortFunc(w.edges, compareEdges)
		}
		if err := s.group(w, &q, holding); err != nil {
			return err
		}
		if q.Order == graph.BySource {
			slices.SortFunc(w.links, func(a, b span) int {
				return cmp.Or(cmp.Compare(w.edges[a.from].statement, w.edges[b.from].statement), compareEdges(w.edges[a.from], w.edges[b.from]))
			})
		}
		from, to := q.Window.Range(len(w.links))
		for _, l := range w.links[from:to] {
			e := w.edges[l.from]
			out.Predicate = append(out.Predicate, graph.PredicateRef(e.kind>>1))
			out.Incoming = append(out.Incoming, e.kind&1 != 0)
			out.Other = append(out.Other, graph.Ref(e.other))
			for _, e := range w.edges[l.from:l.to] {
				out.Statements.Items = append(out.Statements.Items, graph.Ref(e.statement))
			}
			out.Statements.Close()
		}
		out.Start = append(out.Start, uint32(len(out.Other)))
		out.Total = append(out.Total, len(w.links))
	}
	return w.done()
}

// appendLinks appends the links of one concept as they lie in the arrays:
// without a copy, a sort or a look at any statement but whether it is a denial.
// It takes 37 ns a statement over all concepts, most of which have few or none;
// the general way takes 91 (BenchmarkLinks).
func (s *Store) appendLinks(out *graph.LinkBatch, targets, statements []uint32, p graph.PredicateRef, incoming bool, holding graph.Stance) {
	first := len(out.Other)
	items := len(out.Statements.Items)
	out.Other = slices.Grow(out.Other, len(targets))
	out.Predicate = slices.Grow(out.Predicate, len(targets))
	out.Incoming = slices.Grow(out.Incoming, len(targets))
	out.Statements.Start = slices.Grow(out.Statements.Start, len(targets))
	asked := (!s.against || holding == graph.AnyStance) && !s.hides
	if asked {
		out.Statements.Items = append(out.Statements.Items, refsOf(statements)...)
	}
	for i := 0; i < len(targets); {
		from, other := i, targets[i]
		for i++; i < len(targets) && targets[i] == other; i++ {
		}
		if !asked {
			held := false
			for _, st := range statements[from:i] {
				if s.isLeftOut(st, false) {
					continue
				}
				held = held || s.stance(st, p)&holding != 0
				out.Statements.Items = append(out.Statements.Items, graph.Ref(st))
			}
			if !held {
				out.Statements.Items = out.Statements.Items[:items]
				continue
			}
			items = len(out.Statements.Items)
		} else {
			items += i - from
		}
		out.Other = append(out.Other, graph.Ref(other))
		out.Predicate = append(out.Predicate, p)
		out.Incoming = append(out.Incoming, incoming)
		out.Statements.Start = append(out.Statements.Start, uint32(items))
	}
	out.Start = append(out.Start, uint32(len(out.Other)))
	out.Total = append(out.Total, len(out.Other)-first)
}

// edges collects the statements of a concept that can be part of the answer,
// and returns the number of runs, each in order, that they came in.
func (s *Store) edges(w *linkScratch, ref uint32, q *graph.LinkQuery) (runs int) {
	out, in := s.of(ref), s.in.of(ref)
	if q.Predicates == nil {
		runs += s.edgesIn(w, ref, out, q)
		return runs + s.edgesTo(w, ref, in, q)
	}
	for i, p := range q.Predicates {
		if slices.Contains(q.Predicates[:i], p) {
			continue
		}
		symmetric := s.sum.Predicates[p].Symmetric
		if symmetric || q.Direction != graph.In {
			runs += s.edgesIn(w, ref, s.run(out, uint16(p)), q)
		}
		if symmetric || q.Direction != graph.Out {
			runs += s.edgesTo(w, ref, narrow(s.in.predicate, in, uint16(p)), q)
		}
	}
	return runs + s.discouraging(w, ref, q)
}

// discouraging collects the statements that advise against, of predicates that
// are not asked for themselves.
func (s *Store) discouraging(w *linkScratch, ref uint32, q *graph.LinkQuery) (runs int) {
	if !s.against {
		return 0
	}
	both := *q
	both.Direction = graph.Both
	for i, f := range q.Discouraging {
		if slices.Contains(q.Predicates, f.Predicate) || slices.Contains(q.Discouraging[:i], f) {
			continue
		}
		from := len(w.edges)
		symmetric := s.sum.Predicates[f.Predicate].Symmetric
		if !f.Incoming {
			runs += s.edgesIn(w, ref, s.run(s.of(ref), uint16(f.Predicate)), &both)
		}
		if f.Incoming != symmetric {
			runs += s.edgesTo(w, ref, narrow(s.in.predicate, s.in.of(ref), uint16(f.Predicate)), &both)
		}
		kept := w.edges[:from]
		for _, e := range w.edges[from:] {
			if s.stance(e.statement, f.Predicate) == graph.Discourages {
				kept = append(kept, e)
			}
		}
		w.edges = kept
	}
	return runs
}

// edgesIn collects from the quads of a subject.
func (s *Store) edgesIn(w *linkScratch, ref uint32, r span, q *graph.LinkQuery) (runs int) {
	if r.len() == 0 {
		return 0
	}
	objects, predicates := s.object[r.from:r.to], s.predicate[r.from:r.to]
	labels := s.labels[s.labelled.rank(r.from):]
	last := -1
	for i, o := range objects {
		if !s.labelled.has(r.from + uint32(i)) {
			continue
		}
		l, p := labels[0], predicates[i]
		labels = labels[1:]
		if !s.isConcept(o) || q.To != graph.NoRef && uint32(q.To) != o || int(p) >= len(s.sum.Predicates) {
			continue
		}
		if int(p) != last {
			if q.Direction == graph.In && !s.sum.Predicates[p].Symmetric {
				continue
			}
			last = int(p)
			runs++
		}
		w.edges = append(w.edges, edge{o, uint32(p) << 1, l})
	}
	return runs
}

// edgesTo collects from the links that lead to a concept.
func (s *Store) edgesTo(w *linkScratch, ref uint32, r span, q *graph.LinkQuery) (runs int) {
	if r.len() == 0 {
		return 0
	}
	subjects, statements, predicates := s.in.subject[r.from:r.to], s.in.statement[r.from:r.to], s.in.predicate[r.from:r.to]
	last := -1
	symmetric := false
	for i, subject := range subjects {
		p := predicates[i]
		if q.To != graph.NoRef && uint32(q.To) != subject {
			continue
		}
		if int(p) != last {
			symmetric = s.sum.Predicates[p].Symmetric
			if q.Direction == graph.Out && !symmetric {
				continue
			}
			last = int(p)
			runs++
		}
		switch {
		case !symmetric:
			w.edges = append(w.edges, edge{subject, uint32(p)<<1 | 1, statements[i]})
		case subject != ref: // else found from the other end already
			w.edges = append(w.edges, edge{subject, uint32(p) << 1, statements[i]})
		}
	}
	return runs
}

// group makes links of the edges that pass. A link that none of them holds is
// left out.
func (s *Store) group(w *linkScratch, q *graph.LinkQuery, holding graph.Stance) error {
	kept := w.edges[:0]
	for i := 0; i < len(w.edges); {
		first := w.edges[i]
		p := graph.PredicateRef(first.kind >> 1)
		holding := holding
		if q.Discouraging != nil && !slices.Contains(q.Predicates, p) {
			holding |= graph.Discourages
		}
		from, held := len(kept), !s.against
		for ; i < len(w.edges) && w.edges[i].other == first.other && w.edges[i].kind == first.kind; i++ {
			e := w.edges[i]
			if err := w.spend(w.each); err != nil {
				return err
			}
			if s.hides && s.isLeftOut(e.statement, w.all) || q.Filter != nil && !w.row.passes(e.statement, q.Filter) {
				continue
			}
			held = held || s.stance(e.statement, p)&holding != 0
			kept = append(kept, e)
		}
		if len(kept) == from || !held {
			kept = kept[:from]
			continue
		}
		w.links = append(w.links, span{uint32(from), uint32(len(kept))})
	}
	w.edges = kept
	return nil
}
