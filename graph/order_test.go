package graph_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/plexus-kg/plexus/graph"
)

// nasty are texts that differ in case, in digits or in the bytes of one letter.
var nasty = rapid.OneOf(
	rapid.StringMatching(`[aAbB0-2.]{0,5}`),
	rapid.SampledFrom([]string{"straße", "STRASSE", "K", "k", "\u212a", "ſ", "S", "ǆ", "ǅ", "İ", "i", "ı", "I", "\xff", "\ufffd", "Ω", "ω", "é", "e\u0301", "01", "1", "001a", "1b"}),
	rapid.String(),
)

// isOrder tests that compare is a total order in which only equal texts are
// equal.
func isOrder(t *testing.T, compare func(a, b string) int) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := nasty.Draw(t, "a"), nasty.Draw(t, "b"), nasty.Draw(t, "c")
		if compare(a, b) != -compare(b, a) {
			t.Fatalf("%q and %q: %d one way, %d the other", a, b, compare(a, b), compare(b, a))
		}
		if (compare(a, b) == 0) != (a == b) {
			t.Fatalf("%q and %q compare as %d", a, b, compare(a, b))
		}
		if compare(a, b) <= 0 && compare(b, c) <= 0 && compare(a, c) > 0 {
			t.Fatalf("%q ≤ %q ≤ %q, but not %q ≤ %q", a, b, c, a, c)
		}
	})
}

func TestCompareNamesIsOrder(t *testing.T)    { isOrder(t, graph.CompareNames) }
func TestCompareLocatorsIsOrder(t *testing.T) { isOrder(t, graph.CompareLocators) }

func TestCompareNames(t *testing.T) {
	want := []string{"", "10", "9", "Abc", "aBC", "abc", "abcd", "ÉMILE", "émile", "Ωa", "ωB", "發燒"}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, graph.CompareNames)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCompareLocators(t *testing.T) {
	want := []string{"L2.S1", "L2.S2", "L2.S10", "L10.S1", "L10.S1a", "M1", "p. 3", "p. 12", ""}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, graph.CompareLocators)
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCompareConcepts(t *testing.T) {
	concept := func(id graph.ID, name string) graph.Concept {
		return graph.Concept{ID: id, Names: []graph.Text{{Text: name}}}
	}
	// Names that differ in case only are equal here: the id decides.
	ordered := []graph.Concept{concept("z", "Ague"), concept("a", "Fever"), concept("b", "FEVER"), concept("c", "fever"), {ID: "gout"}, concept("d", "Rest")}
	for i := range ordered {
		for j := range ordered {
			if got := graph.CompareConcepts(&ordered[i], &ordered[j]); got != cmp.Compare(i, j) {
				t.Errorf("%s and %s compare as %d", ordered[i].ID, ordered[j].ID, got)
			}
		}
	}
}
