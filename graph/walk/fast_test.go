package walk_test

import (
	"cmp"
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// indexed is the naive Reader with an index: it keeps the concepts' statements
// at hand, where naive looks through all of them, and so can answer about the
// real data. All that it does not answer itself, naive does.
type indexed struct {
	*graphtest.Naive
	sum        *graph.Summary
	ds         *graph.Dataset
	refs       map[graph.ID]graph.Ref
	statements []statement
	touching   [][]graph.Ref // of each concept, the statements that touch it
	kinds      [][]graph.Kind
	calls      atomic.Int64 // of Links
}

type statement struct {
	subject, object graph.Ref
	predicate       graph.PredicateRef
	row             graph.StatementRow
}

// passes reports whether a question with this filter is answered with the statement.
func (s *statement) passes(f *graph.Filter) bool {
	return f.Shows(s.row.Withdrawn) && s.row.With == nil && f.Match(&s.row)
}

func newIndexed(ds *graph.Dataset) *indexed {
	x := &indexed{Naive: graphtest.NewNaive(ds), ds: ds, refs: map[graph.ID]graph.Ref{}}
	x.sum = x.Summary()
	x.touching = make([][]graph.Ref, len(ds.Concepts)+1)
	number := func(class graph.Class, i int, id graph.ID) { x.refs[id] = x.sum.First(class) + graph.Ref(i) }
	for i := range ds.Concepts {
		number(graph.ClassConcept, i, ds.Concepts[i].ID)
		x.kinds = append(x.kinds, ds.Concepts[i].Kinds())
	}
	sections := 0
	for i, a := range ds.Articles {
		number(graph.ClassArticle, i, a.ID)
		for _, s := range a.Sections {
			number(graph.ClassSection, sections, s.ID)
			sections++
		}
	}
	for i := range ds.Sources {
		number(graph.ClassSource, i, ds.Sources[i].ID)
	}
	predicate := map[graph.ID]graph.PredicateRef{}
	for i, p := range x.sum.Predicates {
		predicate[p.ID] = graph.PredicateRef(i)
	}
	for i := range ds.Statements {
		s := &ds.Statements[i]
		ref := x.sum.First(graph.ClassStatement) + graph.Ref(i)
		st := statement{subject: x.refs[s.Subject], object: x.refs[s.Object], predicate: predicate[s.Predicate], row: graph.StatementRow{Statement: s, Refs: x.refs}}
		x.statements = append(x.statements, st)
		if s.Object == "" {
			continue
		}
		x.touching[st.subject] = append(x.touching[st.subject], ref)
		if st.object != st.subject {
			x.touching[st.object] = append(x.touching[st.object], ref)
		}
	}
	return x
}

// Links implements graph.Reader.
func (x *indexed) Links(ctx context.Context, refs []graph.Ref, q graph.LinkQuery, out *graph.LinkBatch) error {
	x.calls.Add(1)
	if err := x.Naive.Links(ctx, nil, q, out); err != nil { // refuses what has no meaning
		return err
	}
	out.Reset()
	for _, ref := range refs {
		var links []walkLink
		if x.sum.Class(ref) == graph.ClassConcept {
			links = x.linksOf(ref, &q)
		}
		links = slices.DeleteFunc(links, func(l walkLink) bool {
			holding := graph.Holding(q.Filter, q.Negated)
			if q.Predicates != nil && !slices.Contains(q.Predicates, l.predicate) {
				holding |= graph.Discourages
			}
			return l.stances&holding == 0
		})
		slices.SortFunc(links, func(a, b walkLink) int {
			byName := cmp.Or(cmp.Compare(a.other, b.other), cmp.Compare(a.predicate, b.predicate), cmp.Compare(toInt(a.incoming), toInt(b.incoming)))
			if q.Order == graph.BySource {
				return cmp.Or(cmp.Compare(a.statements[0], b.statements[0]), byName)
			}
			return byName
		})
		from, to := q.Window.Range(len(links))
		for _, l := range links[from:to] {
			out.Predicate, out.Incoming, out.Other = append(out.Predicate, l.predicate), append(out.Incoming, l.incoming), append(out.Other, l.other)
			out.Statements.Items = append(out.Statements.Items, l.statements...)
			out.Statements.Close()
		}
		out.Start, out.Total = append(out.Start, uint32(len(out.Other))), append(out.Total, len(links))
	}
	return nil
}

type walkLink struct {
	predicate  graph.PredicateRef
	incoming   bool
	stances    graph.Stance
	other      graph.Ref
	statements []graph.Ref
}

func toInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (x *indexed) linksOf(ref graph.Ref, q *graph.LinkQuery) []walkLink {
	type key struct {
		predicate graph.PredicateRef
		incoming  bool
		other     graph.Ref
	}
	at := map[key]int{}
	var links []walkLink
	add := func(k key, statement graph.Ref) {
		if q.To != graph.NoRef && q.To != k.other {
			return
		}
		i, known := at[k]
		if !known {
			i = len(links)
			at[k] = i
			links = append(links, walkLink{k.predicate, k.incoming, 0, k.other, nil})
		}
		links[i].statements = append(links[i].statements, statement)
		links[i].stances |= x.stance(statement)
	}
	for _, s := range x.touching[ref] {
		st := &x.statements[s-x.sum.First(graph.ClassStatement)]
		if !st.passes(q.Filter) {
			continue
		}
		symmetric := x.sum.Predicates[st.predicate].Symmetric
		if q.Predicates != nil && !slices.Contains(q.Predicates, st.predicate) {
			asks := func(incoming bool) bool {
				return slices.Contains(q.Discouraging, graph.Follow{Predicate: st.predicate, Incoming: incoming})
			}
			if x.stance(s) != graph.Discourages {
				continue
			}
			if ref == st.subject && asks(false) {
				add(key{st.predicate, false, st.object}, s)
			}
			if ref == st.object && symmetric && st.object != st.subject && asks(false) {
				add(key{st.predicate, false, st.subject}, s)
			}
			if ref == st.object && !symmetric && asks(true) {
				add(key{st.predicate, true, st.subject}, s)
			}
			continue
		}
		if ref == st.subject && (symmetric || q.Direction != graph.In) {
			add(key{st.predicate, false, st.object}, s)
		}
		if ref == st.object && symmetric && st.object != st.subject {
			add(key{st.predicate, false, st.subject}, s)
		}
		if ref == st.object && !symmetric && q.Direction != graph.Out {
			add(key{st.predicate, true, st.subject}, s)
		}
	}
	return links
}

// List implements graph.Reader.
func (x *indexed) List(ctx context.Context, q graph.ConceptQuery, out *graph.RefList) error {
	if q.Filter != nil {
		return x.Naive.List(ctx, q, out)
	}
	if err := cmp.Or(ctx.Err(), q.Window.Check()); err != nil {
		return err
	}
	out.Refs = out.Refs[:0]
	for i, kinds := range x.kinds {
		if q.Kinds == nil || slices.ContainsFunc(q.Kinds, func(k graph.Kind) bool { return slices.Contains(kinds, k) }) {
			out.Refs = append(out.Refs, graph.Ref(i+1))
		}
	}
	out.Total = len(out.Refs)
	from, to := q.Window.Range(out.Total)
	out.Refs = out.Refs[from:to]
	return nil
}

func TestIndexedReader(t *testing.T) {
	graphtest.TestReader(t, func(_ *testing.T, ds *graph.Dataset) graph.Reader { return newIndexed(ds) })
}
