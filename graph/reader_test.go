package graph_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/plexus-kg/plexus/graph"
)

// Window.Range against Relay's algorithm, one step after the other.
func TestWindowRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.Ptr(rapid.OneOf(rapid.IntRange(-2, 8), rapid.SampledFrom([]int{math.MinInt, math.MaxInt})), true)
		size := rapid.Ptr(rapid.OneOf(rapid.IntRange(0, 8), rapid.Just(math.MaxInt)), true)
		w := graph.Window{
			After: number.Draw(t, "after"), Before: number.Draw(t, "before"), First: size.Draw(t, "first"), Last: size.Draw(t, "last"),
		}
		n := rapid.IntRange(0, 6).Draw(t, "n")
		var want []int
		for i := range n {
			if (w.After == nil || i > *w.After) && (w.Before == nil || i < *w.Before) {
				want = append(want, i)
			}
		}
		if w.First != nil && *w.First < len(want) {
			want = want[:*w.First]
		}
		if w.Last != nil && *w.Last < len(want) {
			want = want[len(want)-*w.Last:]
		}
		from, to := w.Range(n)
		if from < 0 || to < from || to > n {
			t.Fatalf("[%d, %d) of %d", from, to, n)
		}
		var got []int
		for i := from; i < to; i++ {
			got = append(got, i)
		}
		if !slices.Equal(got, want) {
			t.Fatalf("got %d, want %d", got, want)
		}
		if err := w.Check(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestWindowOfNegativeSize(t *testing.T) {
	for _, w := range []graph.Window{{First: ptr(-1)}, {Last: ptr(-1)}, {First: ptr(1), Last: ptr(math.MinInt)}} {
		if err := w.Check(); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("Check is %v, want ErrInvalid", err)
		}
		if from, to := w.Range(5); from < 0 || from != to || to > 5 {
			t.Errorf("Range is [%d, %d), want nothing", from, to)
		}
	}
}

func TestSummaryRefs(t *testing.T) {
	s := graph.Summary{Concepts: 3, Statements: 2, Articles: 0, Sections: 1, Sources: 2}
	c, st, se, so := graph.ClassConcept, graph.ClassStatement, graph.ClassSection, graph.ClassSource
	want := []graph.Class{graph.ClassNone, c, c, c, st, st, se, so, so, graph.ClassNone, graph.ClassNone}
	index := []int{0, 0, 1, 2, 0, 1, 0, 0, 1, 0, 0}
	for r, class := range want {
		ref := graph.Ref(r)
		if got := s.Class(ref); got != class {
			t.Errorf("Class(%d) = %d, want %d", ref, got, class)
		}
		for k := graph.ClassNone; k <= graph.ClassSource+1; k++ {
			i, ok := s.Index(k, ref)
			if wantOK := k == class && class != graph.ClassNone; ok != wantOK || ok && i != index[r] {
				t.Errorf("Index(%d, %d) = %d, %v", k, ref, i, ok)
			}
		}
		if class != graph.ClassNone {
			if got := s.First(class) + graph.Ref(index[r]); got != ref {
				t.Errorf("the thing %d of class %d has the ref %d, want %d", index[r], class, got, ref)
			}
		}
	}
	if got := s.Class(math.MaxUint32); got != graph.ClassNone {
		t.Errorf("the last ref has the class %d", got)
	}
	if s.First(graph.ClassNone) != graph.NoRef || s.Len(graph.ClassNone) != 0 {
		t.Error("there is something of no class")
	}
}

func TestLists(t *testing.T) {
	var l graph.Lists[int]
	if l.Rows() != 0 || l.At(0) != nil {
		t.Error("the zero value has rows")
	}
	for range 2 { // the second time over what the first left
		l.Reset()
		l.Items = append(l.Items, 1, 2)
		l.Close()
		l.Close()
		l.Items = append(l.Items, 3)
		l.Close()
		if l.Rows() != 3 || !slices.Equal(l.At(0), []int{1, 2}) || len(l.At(1)) != 0 || !slices.Equal(l.At(2), []int{3}) || l.At(3) != nil {
			t.Errorf("got %d", l)
		}
		if grown := append(l.At(0), 9); l.At(2)[0] != 3 {
			t.Errorf("appending to a row changed the next: %d", grown)
		}
	}
}
