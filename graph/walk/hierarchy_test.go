package walk_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/walk"
)

// TestHierarchyAgainstBruteForce compares closures, distances, statements and
// pages with a table of all distances.
func TestHierarchyAgainstBruteForce(t *testing.T) {
	most := 0
	eachGraph(t, func(t *testing.T, b brute, r *rand.Rand) {
		store, err := frozen.Build(b.ds)
		if err != nil {
			t.Fatal(err)
		}
		for _, axis := range []walk.Axis{walk.Broader, walk.Narrower} {
			no := false
			f := pick(r, nil, where(graph.Criterion{Qualifier: graph.QualifierFrequency, Stated: &no}), where(graph.Denied(true)), &graph.Filter{Not: where(graph.Denied(true))})
			q := walk.HierarchyQuery{Axis: axis, Filter: f, Window: window(r)}
			strict := f
			if f.Asks(graph.QualifierNegated) { // denials are no steps, whatever is asked
				strict = &graph.Filter{And: []graph.Filter{*f}, Where: []graph.Criterion{graph.Denied(false)}}
			}
			d := b.table(func(yield func(from, to graph.Ref)) {
				b.narrower(strict)(func(from, to graph.Ref) {
					if axis == walk.Broader {
						from, to = to, from
					}
					yield(from, to)
				})
			})
			refs := append(b.concepts(), graph.NoRef, b.sum.First(graph.ClassStatement), 1)
			got, err := walk.Hierarchy(t.Context(), b, refs, q)
			if err != nil {
				t.Fatal(err)
			}
			known, err := walk.Hierarchy(t.Context(), store, refs, q) // which knows how much is below
			if err != nil {
				t.Fatal(err)
			}
			same(t, "relatives of a release", known, got)
			for i, ref := range refs {
				var all []walk.Relative
				for _, c := range b.concepts() {
					if int(ref) >= len(d) || c == ref || d[ref][c] >= far {
						continue
					}
					x := walk.Relative{Concept: c, Distance: d[ref][c]}
					for p, statements := range b.pairs(strict) {
						last, to := p.object, p.subject
						if axis == walk.Broader {
							last, to = p.subject, p.object
						}
						if p.predicate == b.predicate(graph.PredicateBroader) && to == c && last != c && (last == ref && x.Distance == 1 || last != ref && d[ref][last] == x.Distance-1) {
							x.Statements = append(x.Statements, statements...)
						}
					}
					slices.Sort(x.Statements)
					all = append(all, x)
				}
				slices.SortFunc(all, func(x, y walk.Relative) int {
					return cmp.Or(cmp.Compare(x.Distance, y.Distance), cmp.Compare(x.Concept, y.Concept))
				})
				most = max(most, len(all))
				same(t, "relatives", got[i], walk.Relatives{Relatives: windowed(all, q.Window), Total: len(all)})
			}
		}
	})
	if most < 3 {
		t.Errorf("no concept had more than %d relatives: the graphs are too thin", most)
	}
}

// TestPageOfHierarchy: where a release knows how much is below a concept, a page
// takes no more than the levels that it shows.
func TestPageOfHierarchy(t *testing.T) {
	ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil), Sources: []graph.Source{{ID: "data", Kind: graph.DataSource}}}
	concept := func(name string) graph.ID {
		ds.Concepts = append(ds.Concepts, graph.Concept{ID: graph.ID(name), Names: []graph.Text{{Text: name}}})
		return graph.ID(name)
	}
	under := func(object, subject graph.ID) {
		ds.Statements = append(ds.Statements, graph.Statement{Subject: subject, Predicate: graph.PredicateBroader, Object: object, Source: "data"})
	}
	root := concept("root")
	for i := range 20 {
		middle := concept(fmt.Sprintf("middle-%d", i))
		under(root, middle)
		for j := range 200 {
			under(middle, concept(fmt.Sprintf("leaf-%d-%d", i, j)))
		}
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	r, err := frozen.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	var found graph.Resolution
	if err := r.Resolve(t.Context(), []string{"root"}, &found); err != nil {
		t.Fatal(err)
	}
	refs := found.Refs
	spent := func(first int) (int, walk.Relatives) {
		var m graph.Meter
		m.Begin(t.Context(), 1<<40)
		got, err := walk.Hierarchy(&m, r, refs, walk.HierarchyQuery{Axis: walk.Narrower, Window: graph.Window{First: &first}})
		if err != nil {
			t.Fatal(err)
		}
		return m.Spent(), got[0]
	}
	whole, all := spent(5000)
	part, page := spent(10)
	if len(all.Relatives) != 4020 || all.Total != 4020 || page.Total != 4020 {
		t.Fatalf("%d relatives of %d and %d", len(all.Relatives), all.Total, page.Total)
	}
	same(t, "page", page.Relatives, all.Relatives[:10])
	if 20*part > whole {
		t.Errorf("ten take %d steps, all %d", part, whole)
	}
}

// TestSameAsAgainstBruteForce compares with the closure of all matches.
func TestSameAsAgainstBruteForce(t *testing.T) {
	eachGraph(t, func(t *testing.T, b brute, _ *rand.Rand) {
		d := b.table(b.match)
		got, err := walk.SameAs(t.Context(), b, b.concepts())
		if err != nil {
			t.Fatal(err)
		}
		for i, ref := range b.concepts() {
			var want []graph.Ref
			for _, c := range b.concepts() {
				if c != ref && d[ref][c] < far {
					want = append(want, c)
				}
			}
			same(t, "the same", got[i], walk.Same{Concepts: want, Complete: true})
		}
	})
}

// TestSameAsIsBounded: a chain of matches that is too long ends, and says so.
func TestSameAsIsBounded(t *testing.T) {
	ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil), Sources: []graph.Source{{ID: "data", Kind: graph.DataSource}}}
	id := func(i int) graph.ID { return graph.ID(fmt.Sprintf("c-%04d", i)) }
	for i := range walk.MaxSame + 2 {
		ds.Concepts = append(ds.Concepts, graph.Concept{ID: id(i)})
		if i > 0 {
			ds.Statements = append(ds.Statements, graph.Statement{Subject: id(i), Predicate: graph.PredicateExactMatch, Object: id(i - 1), Source: "data"})
		}
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	r := newIndexed(ds)
	same, err := walk.SameAs(t.Context(), r, []graph.Ref{1, walk.MaxSame / 2})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range same {
		if len(s.Concepts) != walk.MaxSame || s.Complete {
			t.Errorf("answer %d: %d concepts, complete %t", i, len(s.Concepts), s.Complete)
		}
	}
	if last := same[0].Concepts[walk.MaxSame-1]; last != walk.MaxSame+1 {
		t.Errorf("the farthest concept that was kept is %d", last)
	}
	pages, err := walk.Links(t.Context(), r, []graph.Ref{1}, walk.LinkQuery{MergeSame: true})
	if err != nil {
		t.Fatal(err)
	}
	if pages[0].Complete || pages[0].Total != walk.MaxSame {
		t.Errorf("%d links, complete %t", pages[0].Total, pages[0].Complete)
	}
}
