package frozen_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

func q(s, p, o, l string) quad.Quad { return quad.MakeIRI(s, p, o, l) }

// contents returns the quads of a store, sorted, by each of the four ways in
// and by the way through all, and fails if they differ.
func contents(t *testing.T, qs cgraph.QuadStore) []string {
	t.Helper()
	ctx := context.Background()
	read := func(dst []string, it interface {
		Next(context.Context) bool
		Result() cgraph.Ref
		Err() error
		Close() error
	},
	) []string {
		t.Helper()
		for it.Next(ctx) {
			one, err := qs.Quad(it.Result())
			if err != nil {
				t.Fatal(err)
			}
			if one.Subject == nil || one.Predicate == nil || one.Object == nil {
				t.Fatalf("a quad with a hole: %v", one)
			}
			dst = append(dst, one.NQuad())
		}
		if err := errors.Join(it.Err(), it.Close()); err != nil {
			t.Fatal(err)
		}
		return dst
	}
	all := read(nil, qs.QuadsAllIterator().Iterate())
	slices.Sort(all)
	var nodes []cgraph.Ref
	it := qs.NodesAllIterator().Iterate()
	for it.Next(ctx) {
		nodes = append(nodes, it.Result())
	}
	if err := errors.Join(it.Err(), it.Close()); err != nil {
		t.Fatal(err)
	}
	stats, err := qs.Stats(ctx, true)
	if err != nil || int(stats.Nodes.Value) != len(nodes) || int(stats.Quads.Value) != len(all) {
		t.Errorf("the stats are %v, %v; there are %d nodes and %d quads", stats, err, len(nodes), len(all))
	}
	var labelled []string
	for it := qs.QuadsAllIterator().Iterate(); it.Next(ctx); {
		if one, _ := qs.Quad(it.Result()); one.Label != nil {
			labelled = append(labelled, one.NQuad())
		}
	}
	slices.Sort(labelled)
	for _, d := range quad.Directions {
		var some []string
		for _, n := range nodes {
			before := len(some)
			some = read(some, qs.QuadIterator(d, n).Iterate())
			if size, err := qs.QuadIteratorSize(ctx, d, n); err != nil || int(size.Value) != len(some)-before {
				t.Errorf("%v: a size of %v, %v for %d quads", d, size, err, len(some)-before)
			}
		}
		slices.Sort(some)
		want := all
		if d == quad.Label {
			want = labelled
		}
		if !slices.Equal(some, want) {
			t.Errorf("by %v there are %d quads, want %d", d, len(some), len(want))
		}
	}
	return all
}

func lines(quads ...quad.Quad) []string {
	var all []string
	for _, one := range quads {
		all = append(all, one.NQuad())
	}
	slices.Sort(all)
	return all
}

func apply(t *testing.T, qs cgraph.QuadStore, deltas ...cgraph.Delta) error {
	t.Helper()
	return qs.ApplyDeltas(deltas, cgraph.IgnoreOpts{})
}

func add(one quad.Quad) cgraph.Delta { return cgraph.Delta{Quad: one, Action: cgraph.Add} }

func remove(one quad.Quad) cgraph.Delta { return cgraph.Delta{Quad: one, Action: cgraph.Delete} }

func expect(t *testing.T, qs cgraph.QuadStore, quads ...quad.Quad) {
	t.Helper()
	if got, want := contents(t, qs), lines(quads...); !slices.Equal(got, want) {
		t.Errorf("the store holds\n%q\nwant\n%q", got, want)
	}
}

// upstream #885: a key-value store keeps a quad without a subject.
func TestRemoveAllOfANodeAndAddOne(t *testing.T) {
	qs := quadStore(t, q("a", "p", "b", ""), q("a", "p", "c", "g"), q("d", "p", "a", ""))
	if err := apply(t, qs, remove(q("a", "p", "b", "")), remove(q("a", "p", "c", "g")), remove(q("d", "p", "a", "")), add(q("a", "p", "e", ""))); err != nil {
		t.Fatal(err)
	}
	expect(t, qs, q("a", "p", "e", ""))
}

// A key-value store writes to the wrong node after a transaction that failed.
func TestWritesAfterAFailure(t *testing.T) {
	qs := quadStore(t, q("a", "p", "b", ""))
	err := apply(t, qs, add(q("new", "p", "newer", "")), add(q("a", "p", "b", "")))
	var fault *cgraph.DeltaError
	if !errors.As(err, &fault) || !errors.Is(fault.Err, cgraph.ErrQuadExists) || fault.Delta.Quad != q("a", "p", "b", "") {
		t.Errorf("the error is %v", err)
	}
	expect(t, qs, q("a", "p", "b", ""))
	if err := apply(t, qs, remove(q("x", "p", "y", ""))); !cgraph.IsQuadNotExist(err) {
		t.Errorf("the error is %v", err)
	}
	if err := apply(t, qs, cgraph.Delta{Quad: q("a", "p", "z", ""), Action: 9}); !cgraph.IsInvalidAction(err) {
		t.Errorf("the error is %v", err)
	}
	if err := apply(t, qs, add(quad.Quad{Subject: quad.IRI("a"), Predicate: quad.IRI("p")})); err == nil {
		t.Error("a quad without an object is taken")
	}
	if err := apply(t, qs, add(q("other", "p", "another", ""))); err != nil {
		t.Fatal(err)
	}
	expect(t, qs, q("a", "p", "b", ""), q("other", "p", "another", ""))
	if n, err := qs.ValueOf(quad.IRI("newer")); n != nil || err != nil {
		t.Errorf("a node of the failed transaction is there: %v, %v", n, err)
	}
}

// SQL stores drop the second label.
func TestSameTripleUnderTwoLabels(t *testing.T) {
	one, two, none := q("a", "p", "b", "g"), q("a", "p", "b", "h"), q("a", "p", "b", "")
	qs := quadStore(t, one, two, none)
	expect(t, qs, one, two, none)
	if err := apply(t, qs, remove(one)); err != nil {
		t.Fatal(err)
	}
	expect(t, qs, two, none)
}

// An iterator that nobody closes blocks no writer, and goes on in its version.
func TestUnclosedIterator(t *testing.T) {
	ctx := context.Background()
	qs := quadStore(t, q("a", "p", "b", ""), q("a", "p", "c", ""))
	n, err := qs.ValueOf(quad.IRI("a"))
	if err != nil {
		t.Fatal(err)
	}
	it := qs.QuadIterator(quad.Subject, n).Iterate()
	if !it.Next(ctx) {
		t.Fatal("nothing")
	}
	snapshot := qs.Snapshot()
	if err := apply(t, qs, remove(q("a", "p", "b", "")), remove(q("a", "p", "c", "")), add(q("x", "y", "z", ""))); err != nil {
		t.Fatal(err)
	}
	if !it.Next(ctx) || it.Next(ctx) {
		t.Error("the iterator does not finish on the version in which it began")
	}
	expect(t, snapshot, q("a", "p", "b", ""), q("a", "p", "c", ""))
	expect(t, qs, q("x", "y", "z", ""))
	if err := apply(t, snapshot, add(q("x", "y", "z", ""))); err == nil {
		t.Error("a snapshot is written to")
	}
}

// A context that is done is an error of the iterator, not the end of the data.
func TestCancelledIterator(t *testing.T) {
	qs := quadStore(t, q("a", "p", "b", ""))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, it := range []interface {
		Next(context.Context) bool
		Err() error
	}{qs.QuadsAllIterator().Iterate(), qs.NodesAllIterator().Iterate()} {
		if it.Next(ctx) || !errors.Is(it.Err(), context.Canceled) {
			t.Errorf("the error is %v", it.Err())
		}
	}
}

// Random transactions against a map of quads.
func TestRandomTransactions(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 9))
		node := func() string { return fmt.Sprint(r.IntN(6)) }
		qs := quadStore(t)
		model := map[quad.Quad]bool{}
		for range 30 {
			opts := cgraph.IgnoreOpts{IgnoreDup: r.IntN(2) == 0, IgnoreMissing: r.IntN(2) == 0}
			next := map[quad.Quad]bool{}
			for one := range model {
				next[one] = true
			}
			fails := false
			var deltas []cgraph.Delta
			for range 1 + r.IntN(6) {
				label := ""
				if r.IntN(2) == 0 {
					label = node()
				}
				one := q(node(), "p"+fmt.Sprint(r.IntN(3)), node(), label)
				if r.IntN(2) == 0 {
					deltas = append(deltas, add(one))
					fails = fails || next[one] && !opts.IgnoreDup
					next[one] = true
				} else {
					deltas = append(deltas, remove(one))
					fails = fails || !next[one] && !opts.IgnoreMissing
					delete(next, one)
				}
			}
			err := qs.ApplyDeltas(deltas, opts)
			if (err != nil) != fails {
				t.Fatalf("seed %d: the error is %v, want one: %v", seed, err, fails)
			}
			if err == nil {
				model = next
			}
			var want []quad.Quad
			for one := range model {
				want = append(want, one)
			}
			expect(t, qs, want...)
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
	}
}

// Readers and a writer at once, for the race detector above all; each query on
// a snapshot sees one version.
func TestPathsBesideWrites(t *testing.T) {
	qs := quadStore(t, q("a", "p", "b0", ""), q("b0", "p", "c0", ""))
	ctx := context.Background()
	done := make(chan struct{})
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				s := qs.Snapshot()
				var ends []string
				err := path.StartPath(s, quad.IRI("a")).Out(quad.IRI("p")).Out(quad.IRI("p")).Iterate(ctx).EachValue(s, func(v quad.Value) error {
					ends = append(ends, v.String())
					return nil
				})
				if err != nil || len(ends) != 1 {
					t.Errorf("%q, %v", ends, err)
					return
				}
			}
		})
	}
	for i := range 200 {
		b, c := fmt.Sprint("b", i), fmt.Sprint("c", i)
		nb, nc := fmt.Sprint("b", i+1), fmt.Sprint("c", i+1)
		if err := apply(t, qs, remove(q("a", "p", b, "")), remove(q(b, "p", c, "")), add(q("a", "p", nb, "")), add(q(nb, "p", nc, ""))); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	wg.Wait()
}

// The quads of a Store are those of its data set, and a write does not change
// the Store.
func TestQuadStoreOfAStore(t *testing.T) {
	ds := graphtest.Small()
	s := build(t, ds)
	for name, qs := range map[string]*frozen.QuadStore{"built": s.QuadStore(), "opened": reopened(t, s).QuadStore()} {
		t.Run(name, func(t *testing.T) {
			want := slices.Collect(encodedQuads(ds))
			expect(t, qs, want...)
			if err := apply(t, qs, remove(want[0]), add(q("a", "p", "b", ""))); err != nil {
				t.Fatal(err)
			}
			expect(t, qs, append(slices.Clone(want[1:]), q("a", "p", "b", ""))...)
			expect(t, s.QuadStore(), want...)
		})
	}
}
