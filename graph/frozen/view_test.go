package frozen_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	cgraph "github.com/cayleygraph/cayley/graph"
	cgraphtest "github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path/pathtest"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

// isPlain reports whether a statement counts, and says that its claim holds.
func isPlain(ds *graph.Dataset, s *graph.Statement) bool {
	p, known := graph.LookupPredicate(s.Predicate)
	if i := slices.IndexFunc(ds.Predicates, func(p graph.Predicate) bool { return p.ID == s.Predicate }); !known && i >= 0 {
		p = ds.Predicates[i]
	}
	return s.Counts() && graph.StanceOf(&p, s.Modality, s.Negated) == graph.Supports
}

// The view of plain claims is the store of a data set without the others, in
// everything that can be asked through Cayley's interface.
func TestPlainQuadStore(t *testing.T) {
	denials := 0
	same := func(what string, ds *graph.Dataset, s *frozen.Store) {
		plain := *ds
		plain.Statements = slices.DeleteFunc(slices.Clone(ds.Statements), func(s graph.Statement) bool { return !isPlain(ds, &s) })
		denials += len(ds.Statements) - len(plain.Statements)
		for i := range plain.Statements {
			plain.Statements[i].Supersedes, plain.Statements[i].SupersededBy = nil, nil // what is superseded, or taken back, is no plain claim
		}
		want, err := frozen.NewQuadStore(ds.Prefixes, quads.Encode(&plain))
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.PlainQuadStore()
		if err != nil {
			t.Fatal(err)
		}
		sameQuadStore(t, what, got, want, s.QuadStore())
	}
	for seed := range uint64(40) {
		ds := graphtest.Random(seed, 1+int(seed)%20)
		same(fmt.Sprint("seed ", seed), ds, build(t, ds))
		if t.Failed() {
			return
		}
	}
	ds := graphtest.Small()
	same("the small graph", ds, reopened(t, build(t, ds)))
	for i := range ds.Statements { // a second frequency needs a node of its own
		if s := &ds.Statements[i]; !isPlain(ds, s) {
			s.Properties = append(s.Properties, graph.Property{Predicate: "kg:frequency", Value: graph.Value{Text: "said twice of " + string(s.ID)}})
		}
	}
	same("records with helper nodes", ds, build(t, ds))
	if denials < 100 {
		t.Errorf("the graphs have %d denials", denials)
	}
}

// sameQuadStore compares a view with a store that holds nothing else; all is
// the store that the view is of.
func sameQuadStore(t *testing.T, what string, got, want, all cgraph.QuadStore) {
	t.Helper()
	ctx := t.Context()
	differs := func(question string, g, w any) {
		if fmt.Sprint(g) != fmt.Sprint(w) {
			t.Errorf("%s: %s:\n got  %v\n want %v", what, question, g, w)
		}
	}
	stats := func(qs cgraph.QuadStore) (cgraph.Stats, error) { return qs.Stats(ctx, true) }
	gs, gErr := stats(got)
	ws, wErr := stats(want)
	differs("stats", fmt.Sprint(gs, gErr), fmt.Sprint(ws, wErr))
	differs("nodes", nodesIn(t, got), nodesIn(t, want))
	differs("quads", quadsIn(t, got, got.QuadsAllIterator()), quadsIn(t, want, want.QuadsAllIterator()))
	lookup := got.QuadsAllIterator().Lookup()
	nodes := got.NodesAllIterator().Lookup()
	kept := quadsIn(t, want, want.QuadsAllIterator())
	for _, shape := range []iterator.Shape{got.NodesAllIterator(), got.QuadsAllIterator()} {
		costs, err := shape.Stats(ctx)
		size := ws.Quads
		if fmt.Sprint(shape) == fmt.Sprint(got.NodesAllIterator()) {
			size = ws.Nodes
		}
		differs("the size of "+fmt.Sprint(shape), fmt.Sprint(costs.Size, err), fmt.Sprint(size, nil))
	}
	asked := map[string]bool{}
	for scan := all.QuadsAllIterator().Iterate(); scan.Next(ctx); {
		q, err := all.Quad(scan.Result())
		if err != nil {
			t.Fatal(err)
		}
		_, isKept := slices.BinarySearch(kept, q.NQuad())
		differs("holds "+q.NQuad(), lookup.Contains(ctx, scan.Result()), isKept)
		for _, d := range quad.Directions {
			v := q.Get(d)
			if v == nil {
				continue
			}
			g, err := got.ValueOf(v)
			w, wErr := want.ValueOf(v)
			differs("knows "+v.String(), fmt.Sprint(g != nil, err), fmt.Sprint(w != nil, wErr))
			ofAll, err := all.ValueOf(v) // a reference means the same in the view
			if err != nil {
				t.Fatal(err)
			}
			differs("has the node "+v.String(), nodes.Contains(ctx, ofAll), w != nil)
			differs("holds at "+v.String()+" "+q.NQuad(), got.QuadIterator(d, ofAll).Lookup().Contains(ctx, scan.Result()), isKept)
			if asked[d.String()+v.String()] {
				continue
			}
			asked[d.String()+v.String()] = true
			size := func(qs cgraph.QuadStore, r cgraph.Ref) string {
				size, err := qs.QuadIteratorSize(ctx, d, r)
				return fmt.Sprint(size, err)
			}
			differs(fmt.Sprint("size of ", d, " ", v), size(got, ofAll), size(want, w))
			ofWant := []string{}
			if w != nil {
				ofWant = quadsIn(t, want, want.QuadIterator(d, w))
			}
			differs(fmt.Sprint("quads of ", d, " ", v), quadsIn(t, got, got.QuadIterator(d, ofAll)), ofWant)
		}
	}
}

// nodesIn returns the names of all nodes, sorted.
func nodesIn(t *testing.T, qs cgraph.QuadStore) []string {
	t.Helper()
	names := []string{}
	scan := qs.NodesAllIterator().Iterate()
	for scan.Next(t.Context()) {
		name, err := qs.NameOf(scan.Result())
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, name.String())
	}
	if scan.Err() != nil {
		t.Fatal(scan.Err())
	}
	slices.Sort(names)
	return names
}

// quadsIn returns the quads of a shape, sorted.
func quadsIn(t *testing.T, qs cgraph.QuadStore, shape iterator.Shape) []string {
	t.Helper()
	lines := []string{}
	scan := shape.Iterate()
	for scan.Next(t.Context()) {
		q, err := qs.Quad(scan.Result())
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, q.NQuad())
	}
	if scan.Err() != nil {
		t.Fatal(scan.Err())
	}
	slices.Sort(lines)
	return lines
}

// No way of Cayley's interface writes to the view, nor to a snapshot.
func TestViewIsReadOnly(t *testing.T) {
	s := build(t, graphtest.Small())
	plain, err := s.PlainQuadStore()
	if err != nil {
		t.Fatal(err)
	}
	for name, qs := range map[string]*frozen.QuadStore{"plain claims": plain, "snapshot": s.QuadStore().Snapshot()} {
		before := quadsIn(t, qs, qs.QuadsAllIterator())
		added := quad.MakeIRI("cold", "cures", "flu", "")
		for _, action := range []cgraph.Procedure{cgraph.Add, cgraph.Delete} {
			if err := qs.ApplyDeltas([]cgraph.Delta{{Quad: added, Action: action}}, cgraph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}); err == nil || !strings.Contains(err.Error(), "cannot be written to") {
				t.Errorf("%s: ApplyDeltas: %v", name, err)
			}
		}
		if w, err := qs.NewQuadWriter(); err == nil || w != nil {
			t.Errorf("%s: NewQuadWriter: %v, %v", name, w, err)
		}
		if after := quadsIn(t, qs, qs.QuadsAllIterator()); !slices.Equal(before, after) {
			t.Errorf("%s: was written to", name)
		}
	}
}

// Cayley's own suites on a view, but for the exceptions. Whatever they write lies
// among quads that the view leaves out.
func TestCayleyView(t *testing.T) {
	inCayley(t)
	cgraphtest.TestAll(t, emptyView, &cgraphtest.Config{AlwaysRunIntegration: !testing.Short()})
}

func TestCayleyViewPaths(t *testing.T) {
	inCayley(t)
	pathtest.RunTestMorphisms(t, emptyView)
}

func emptyView(t testing.TB) (cgraph.QuadStore, cgraph.Options) {
	base := quadStore(t)
	view, update := base.WithoutLabel(leftOut)
	return &viewed{view, base, update}, nil
}

const leftOut = quad.IRI("left out")

// viewed writes to a store, and reads a view of it without the quads of the
// label leftOut, of which it adds some to each quad that is written.
type viewed struct {
	cgraph.QuadStore // the view
	base             *frozen.QuadStore
	update           func()
}

// ApplyDeltas implements Cayley's QuadStore.
func (v *viewed) ApplyDeltas(deltas []cgraph.Delta, opts cgraph.IgnoreOpts) error {
	if err := v.base.ApplyDeltas(deltas, opts); err != nil {
		return err
	}
	more := map[quad.Quad]bool{}
	for _, d := range deltas {
		q := d.Quad
		q.Label = leftOut
		more[q] = true
		for _, end := range []quad.Direction{quad.Subject, quad.Predicate, quad.Object} {
			other := q
			other.Set(end, quad.IRI("only left out"))
			more[other] = true
		}
	}
	var added []cgraph.Delta
	for q := range maps.Keys(more) {
		added = append(added, cgraph.Delta{Quad: q, Action: cgraph.Add})
	}
	err := v.base.ApplyDeltas(added, cgraph.IgnoreOpts{IgnoreDup: true})
	v.update()
	return err
}

// NewQuadWriter implements Cayley's QuadStore.
func (v *viewed) NewQuadWriter() (quad.WriteCloser, error) { return &viewWriter{v: v}, nil }

// viewWriter writes at once when it is closed.
type viewWriter struct {
	v      *viewed
	deltas []cgraph.Delta
}

// WriteQuad implements Cayley's quad.Writer.
func (w *viewWriter) WriteQuad(q quad.Quad) error {
	w.deltas = append(w.deltas, cgraph.Delta{Quad: q, Action: cgraph.Add})
	return nil
}

// WriteQuads implements Cayley's quad.BatchWriter.
func (w *viewWriter) WriteQuads(quads []quad.Quad) (int, error) {
	for _, q := range quads {
		_ = w.WriteQuad(q)
	}
	return len(quads), nil
}

// Close implements Cayley's quad.WriteCloser.
func (w *viewWriter) Close() error {
	deltas := w.deltas
	w.deltas = nil
	return w.v.ApplyDeltas(deltas, cgraph.IgnoreOpts{IgnoreDup: true})
}
