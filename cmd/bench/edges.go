package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/quads"
)

// The batches that are asked for: many different ones, so that they are not all
// in the cache of the processor.
const (
	batches   = 200
	batchSize = 100
)

// plain is the links of one predicate as plain arrays: the practical limit.
type plain struct {
	start             []uint32
	target, statement []graph.Ref
}

func newPlain(s *frozen.Store, p graph.PredicateRef, d graph.Direction) (*plain, error) {
	n := s.Summary().Concepts
	a := &plain{start: make([]uint32, 1, n+2)}
	a.start = append(a.start, 0)
	var out frozen.EdgeBatch
	for c := 1; c <= n; c++ {
		if err := s.Edges(context.Background(), []graph.Ref{graph.Ref(c)}, p, d, &out); err != nil {
			return nil, err
		}
		a.target, a.statement = append(a.target, out.Target...), append(a.statement, out.Statement...)
		a.start = append(a.start, uint32(len(a.target)))
	}
	return a, nil
}

func (a *plain) edges(nodes []graph.Ref, out *frozen.EdgeBatch) {
	out.Source, out.Target, out.Statement = out.Source[:0], out.Target[:0], out.Statement[:0]
	for _, n := range nodes {
		from, to := a.start[n], a.start[n+1]
		for range to - from {
			out.Source = append(out.Source, n)
		}
		out.Target = append(out.Target, a.target[from:to]...)
		out.Statement = append(out.Statement, a.statement[from:to]...)
	}
}

// benchEdges measures 100 nodes → (source, target, label).
func benchEdges(c *config) error {
	ds, all := made(c.quads)
	s, err := frozen.Build(ds)
	if err != nil {
		return err
	}
	mem := memstore.New(all...)
	settle()
	p, _ := s.Summary().Predicate(graph.PredicateSignOrSymptom)
	for _, d := range []graph.Direction{graph.Out, graph.In} {
		if err := c.edges(s, mem, p, d); err != nil {
			return err
		}
	}
	return nil
}

func (c *config) edges(s *frozen.Store, mem *memstore.QuadStore, p graph.PredicateRef, d graph.Direction) error {
	a, err := newPlain(s, p, d)
	if err != nil {
		return err
	}
	// Nodes by the links they have, as a walk meets them.
	r := rand.New(rand.NewPCG(1, 1))
	other, err := newPlain(s, p, 1-d)
	if err != nil {
		return err
	}
	nodes := make([]graph.Ref, batches*batchSize)
	for i := range nodes {
		nodes[i] = other.target[r.IntN(len(other.target))]
	}
	handles, predicate, err := inMemstore(s, mem, nodes, p)
	if err != nil {
		return err
	}
	var out frozen.EdgeBatch
	var links graph.LinkBatch
	ctx := context.Background()
	found := make([]int, 4)
	forAll := func(side, every int, ask func(batch int) (int, error)) func() error {
		return func() error {
			found[side] = 0
			for batch := 0; batch < batches; batch += every {
				n, err := ask(batch)
				if err != nil {
					return err
				}
				found[side] += n
			}
			return nil
		}
	}
	of := func(batch int) []graph.Ref { return nodes[batch*batchSize:][:batchSize] }
	const memEvery = 10 // memstore is asked for a tenth
	query := graph.LinkQuery{Direction: d, Predicates: []graph.PredicateRef{p}, Negated: true}
	sides := []side{
		{name: "a loop over plain arrays", run: forAll(0, 1, func(b int) (int, error) { a.edges(of(b), &out); return len(out.Source), nil })},
		{name: "Store.Edges", run: forAll(1, 1, func(b int) (int, error) {
			err := s.Edges(ctx, of(b), p, d, &out)
			return len(out.Source), err
		})},
		{name: "Reader.Links", run: forAll(2, 1, func(b int) (int, error) {
			err := s.Links(ctx, of(b), query, &links)
			return len(links.Statements.Items), err
		})},
		{name: "memstore's fastest recipe", run: forAll(3, memEvery, func(b int) (int, error) {
			return recipe(ctx, mem, handles[b*batchSize:][:batchSize], predicate, d, &out)
		})},
	}
	medians, err := c.inTurns(sides)
	if err != nil {
		return err
	}
	if found[0] != found[1] || found[0] != found[2] || found[3] == 0 {
		return fmt.Errorf("the sides found %d statements", found)
	}
	medians[3] *= memEvery
	way := "out of"
	if d == graph.In {
		way = "into"
	}
	var rows [][]string
	for i, side := range sides {
		rows = append(rows, []string{side.name, (medians[i] / batches).Round(10 * time.Nanosecond).String(), times(medians[i], medians[0]), times(medians[3], medians[i])})
	}
	c.table(fmt.Sprintf("100 nodes → (source, target, label), %s them: %d statements", way, found[0]/batches),
		[]string{"", "time", "of the plain loop's", "faster than memstore"}, rows...)
	return nil
}

func inMemstore(s *frozen.Store, mem *memstore.QuadStore, nodes []graph.Ref, p graph.PredicateRef) ([]cgraph.Ref, any, error) {
	var names graph.ConceptBatch
	if err := s.Concepts(context.Background(), nodes, graph.ConceptIRI, &names); err != nil {
		return nil, nil, err
	}
	handles := make([]cgraph.Ref, len(nodes))
	for i := range nodes {
		n, err := mem.ValueOf(quads.Node(names.IRI[i]))
		if err != nil || n == nil {
			return nil, nil, fmt.Errorf("memstore has no %s: %w", names.IRI[i], err)
		}
		handles[i] = n
	}
	predicate, err := mem.ValueOf(quad.IRI(s.Summary().Predicates[p].IRI))
	return handles, refs.ToKey(predicate), err
}

// recipe is the fastest way that Cayley's public interface has.
func recipe(ctx context.Context, qs cgraph.QuadStore, nodes []cgraph.Ref, predicate any, d graph.Direction, out *frozen.EdgeBatch) (n int, err error) {
	near, far := quad.Subject, quad.Object
	if d == graph.In {
		near, far = far, near
	}
	for _, node := range nodes {
		it := qs.QuadIterator(near, node).Iterate()
		for it.Next(ctx) {
			q := it.Result()
			p, err := qs.QuadDirection(q, quad.Predicate)
			if err != nil {
				return n, err
			}
			if refs.ToKey(p) != predicate {
				continue
			}
			target, err := qs.QuadDirection(q, far)
			if err != nil {
				return n, err
			}
			label, err := qs.QuadDirection(q, quad.Label)
			if err != nil {
				return n, err
			}
			if target != nil && label != nil {
				n++
			}
		}
		if err := it.Close(); err != nil {
			return n, err
		}
	}
	return n, nil
}

// benchAllocations counts the allocations of a call in a buffer that is used
// again, for batches of several sizes.
func benchAllocations(c *config) error {
	ds, _ := made(min(c.quads, 300_000))
	s, err := frozen.Build(ds)
	if err != nil {
		return err
	}
	sizes := []int{1, 10, 100, 1000}
	sum := s.Summary()
	ctx := context.Background()
	var (
		concepts   graph.ConceptBatch
		statements graph.StatementBatch
		resolution graph.Resolution
		links      graph.LinkBatch
		values     graph.PropertyBatch
		edges      frozen.EdgeBatch
	)
	p, _ := sum.Predicate(graph.PredicateSignOrSymptom)
	yes := true
	filter := &graph.Filter{Where: []graph.Criterion{{Qualifier: graph.QualifierModality, Stated: &yes}}}
	calls := []struct {
		name string
		run  func(concepts_, statements_ []graph.Ref, ids []string) error
	}{
		{"Concepts, all fields but IRI", func(refs, _ []graph.Ref, _ []string) error {
			return s.Concepts(ctx, refs, graph.AllConceptFields&^graph.ConceptIRI, &concepts)
		}},
		{"Concepts, IRI", func(refs, _ []graph.Ref, _ []string) error { return s.Concepts(ctx, refs, graph.ConceptIRI, &concepts) }},
		{"Statements, all fields but IRI", func(_, refs []graph.Ref, _ []string) error {
			return s.Statements(ctx, refs, graph.AllStatementFields&^graph.StatementIRI, &statements)
		}},
		{"Links, both ways", func(refs, _ []graph.Ref, _ []string) error {
			return s.Links(ctx, refs, graph.LinkQuery{Direction: graph.Both}, &links)
		}},
		{"Links, filtered, by source", func(refs, _ []graph.Ref, _ []string) error {
			return s.Links(ctx, refs, graph.LinkQuery{Direction: graph.Out, Filter: filter, Order: graph.BySource}, &links)
		}},
		{"Properties", func(refs, _ []graph.Ref, _ []string) error {
			return s.Properties(ctx, refs, graph.PropertyQuery{}, &values)
		}},
		{"Edges", func(refs, _ []graph.Ref, _ []string) error { return s.Edges(ctx, refs, p, graph.In, &edges) }},
		{"Resolve, ids", func(_, _ []graph.Ref, ids []string) error { return s.Resolve(ctx, ids, &resolution) }},
	}
	r := rand.New(rand.NewPCG(2, 2))
	var rows [][]string
	for _, call := range calls {
		row := []string{call.name}
		for _, size := range sizes {
			var cs, ss []graph.Ref
			for range size {
				cs = append(cs, graph.Ref(1+r.IntN(sum.Concepts)))
				ss = append(ss, sum.First(graph.ClassStatement)+graph.Ref(r.IntN(sum.Statements)))
			}
			var names graph.ConceptBatch
			if err := s.Concepts(ctx, cs, graph.ConceptID, &names); err != nil {
				return err
			}
			var failed error
			n := testing.AllocsPerRun(20, func() {
				if err := call.run(cs, ss, names.ID); err != nil {
					failed = err
				}
			})
			if failed != nil {
				return failed
			}
			row = append(row, fmt.Sprint(n))
		}
		rows = append(rows, row)
	}
	head := []string{"refs in the batch"}
	for _, size := range sizes {
		head = append(head, fmt.Sprint(size))
	}
	c.table("Allocations of a call with a reused buffer", head, rows...)
	return nil
}

// benchCores measures readers on one core and on two.
func benchCores(c *config) error {
	ds, _ := made(c.quads)
	s, err := frozen.Build(ds)
	if err != nil {
		return err
	}
	const span = 300 * time.Millisecond
	calls := func(readers int) (int64, error) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(readers))
		var total atomic.Int64
		var failed atomic.Pointer[error]
		var wg sync.WaitGroup
		end := time.Now().Add(span)
		for seed := range readers {
			wg.Go(func() {
				r := rand.New(rand.NewPCG(uint64(seed), 5))
				var links graph.LinkBatch
				refs := make([]graph.Ref, 100)
				n := int64(0)
				for ; time.Now().Before(end); n++ {
					for i := range refs {
						refs[i] = graph.Ref(1 + r.IntN(s.Summary().Concepts))
					}
					if err := s.Links(context.Background(), refs, graph.LinkQuery{Direction: graph.Out}, &links); err != nil {
						failed.Store(&err)
					}
				}
				total.Add(n)
			})
		}
		wg.Wait()
		if err := failed.Load(); err != nil {
			return 0, *err
		}
		return total.Load(), nil
	}
	var one, two []int64
	for range c.runs {
		a, err := calls(1)
		if err != nil {
			return err
		}
		b, err := calls(2)
		if err != nil {
			return err
		}
		one, two = append(one, a), append(two, b)
	}
	c.table("Readers on two cores against one: Links of 100 concepts", []string{"", "batches/s", ""},
		[]string{"one reader on one core", fmt.Sprintf("%.0f", float64(median(one))/span.Seconds()), "1×"},
		[]string{"two readers on two cores", fmt.Sprintf("%.0f", float64(median(two))/span.Seconds()), fmt.Sprintf("%.2f×", float64(median(two))/float64(median(one)))})
	return nil
}
