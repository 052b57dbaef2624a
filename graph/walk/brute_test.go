package walk_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
)

// brute answers by loops over all statements: the second opinion.
type brute struct {
	*indexed
}

// randomGraph is graphtest.Random, with the predicates that matter here in
// place of some that do not.
func randomGraph(t *testing.T, seed uint64, size int) brute {
	t.Helper()
	ds := graphtest.Random(seed, size)
	for i := range ds.Statements {
		switch s := &ds.Statements[i]; {
		case s.Predicate == graph.PredicateRelated && seed%5 == 4: // a hierarchy with signs on many of its levels
			s.Predicate = graph.PredicateBroader
		case s.Predicate == graph.PredicateIncludes && seed%5 == 4, s.Predicate == "ex:linksTo" && seed%5 == 4:
			s.Predicate = graph.PredicateSignOrSymptom
		case s.Predicate == graph.PredicateIncludes && seed%2 == 0:
			s.Predicate = graph.PredicateExactMatch
		case s.Predicate == "kg:unheardOf" && seed%3 == 0:
			s.Predicate = graph.PredicateStage
		case s.With != nil && s.Object != "":
			s.Predicate = []graph.ID{graph.PredicateCause, graph.PredicateMayIndicate}[i%2]
		}
	}
	for i := range ds.Concepts {
		if seed%5 == 4 && i%2 == 0 {
			ds.Concepts[i].Types = append(ds.Concepts[i].Types, "schema:MedicalCondition")
		}
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	return brute{newIndexed(ds)}
}

// eachGraph runs a check on random graphs of several sizes.
func eachGraph(t *testing.T, check func(t *testing.T, b brute, r *rand.Rand)) {
	for seed := range uint64(190) {
		size := 2 + int(seed)%7*2
		b := randomGraph(t, seed, size)
		check(t, b, rand.New(rand.NewPCG(seed, 7)))
		if t.Failed() {
			t.Fatalf("the graph is randomGraph(%d, %d)", seed, size)
		}
	}
}

// pair is a pair of concepts joined by a predicate, with all its statements.
type pair struct {
	subject, object graph.Ref
	predicate       graph.PredicateRef
}

// pairs returns all pairs and their statements that pass the filter, without
// those that are denied throughout.
func (b brute) pairs(f *graph.Filter) map[pair][]graph.Ref {
	all, affirmed := map[pair][]graph.Ref{}, map[pair]bool{}
	for i, s := range b.statements {
		if s.object == graph.NoRef || !s.passes(f) {
			continue
		}
		p := pair{s.subject, s.object, s.predicate}
		if b.sum.Predicates[s.predicate].Symmetric && p.object < p.subject {
			p.subject, p.object = p.object, p.subject
		}
		all[p] = append(all[p], b.sum.First(graph.ClassStatement)+graph.Ref(i))
		affirmed[p] = affirmed[p] || b.stance(b.sum.First(graph.ClassStatement)+graph.Ref(i))&graph.Holding(nil, false) != 0
	}
	for p := range all {
		if !affirmed[p] {
			delete(all, p)
		}
	}
	return all
}

func (b brute) predicate(id graph.ID) graph.PredicateRef {
	p, _ := b.sum.Predicate(id)
	return p
}

func (b brute) concepts() []graph.Ref {
	refs := make([]graph.Ref, len(b.ds.Concepts))
	for i := range refs {
		refs[i] = graph.Ref(i + 1)
	}
	return refs
}

func (b brute) hasKind(ref graph.Ref, kinds ...graph.Kind) bool {
	return slices.ContainsFunc(b.kinds[ref-1], func(k graph.Kind) bool { return slices.Contains(kinds, k) })
}

// far is the distance of what cannot be reached.
const far = 1 << 20

// table returns the distances between all concepts over some steps, by the
// method of Floyd and Warshall.
func (b brute) table(steps func(yield func(from, to graph.Ref))) [][]int {
	n := len(b.ds.Concepts) + 1
	d := make([][]int, n)
	for i := range d {
		d[i] = make([]int, n)
		for j := range d[i] {
			d[i][j] = far
		}
	}
	steps(func(from, to graph.Ref) { d[from][to] = 1 })
	for k := range d {
		for i := range d {
			for j := range d {
				d[i][j] = min(d[i][j], d[i][k]+d[k][j])
			}
		}
	}
	return d
}

// narrower gives the steps from a concept to what is narrower.
func (b brute) narrower(f *graph.Filter) func(func(from, to graph.Ref)) {
	return func(yield func(from, to graph.Ref)) {
		for p := range b.pairs(f) {
			if p.predicate == b.predicate(graph.PredicateBroader) {
				yield(p.object, p.subject)
			}
		}
	}
}

// firm keeps what is not only thought possible, suspected or advised against.
var firm = &graph.Filter{Not: &graph.Filter{Where: []graph.Criterion{{
	Qualifier: graph.QualifierModality, Words: []uint8{uint8(graph.Possible), uint8(graph.Suspected), uint8(graph.Discouraged)},
}}}}

// match gives the steps between what is the same.
func (b brute) match(yield func(from, to graph.Ref)) {
	for p := range b.pairs(firm) {
		if p.predicate == b.predicate(graph.PredicateExactMatch) {
			yield(p.object, p.subject)
			yield(p.subject, p.object)
		}
	}
}

// window makes a random window of a list.
func window(r *rand.Rand) graph.Window {
	position := func() *int {
		if r.IntN(3) > 0 {
			return nil
		}
		n := r.IntN(6)
		return &n
	}
	return graph.Window{After: position(), Before: nil, First: position(), Last: position()}
}

// same compares an answer with the wanted one, in which nil lists and empty
// ones are equal.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); g != w || reflect.TypeOf(got) != reflect.TypeOf(want) {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

func windowed[T any](list []T, w graph.Window) []T {
	from, to := w.Range(len(list))
	return list[from:to]
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }
