package graph

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// Numbers of letters that differ are in the order of the texts, whatever the
// letters: those that fold to ASCII, those beyond it, NULs, bytes that are none.
func TestFoldedLetters(t *testing.T) {
	letters := []string{"a", "A", "b", "z", " ", "\x00", "\u212a" /* K */, "ſ", "ß", "é", "İ", "発", "😀", "\xff"}
	r := rand.New(rand.NewPCG(1, 1))
	text := func() (s string) {
		for range r.IntN(20) {
			s += letters[r.IntN(1+r.IntN(len(letters)))] // many begin alike
		}
		return s
	}
	told := 0
	for range 100_000 {
		a, b := text(), text()
		x, y := foldedLetters(a), foldedLetters(b)
		c := slices.Compare(x[:], y[:])
		if c == 0 {
			continue
		}
		told++
		if want := compareFolded(a, b); (c < 0) != (want < 0) || want == 0 {
			t.Fatalf("%q and %q compare as %d, their letters %x and %x as %d", a, b, want, x, y, c)
		}
	}
	if told < 50_000 {
		t.Errorf("only %d pairs were told apart", told)
	}
}

func TestRearrange(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for n := range 50 {
		order := make([]uint32, n)
		items, want := make([]int, n), make([]int, n)
		for i, at := range r.Perm(n) {
			order[i], items[i], want[i] = uint32(at), i, at
		}
		if rearrange(items, order); !slices.Equal(items, want) {
			t.Fatalf("%v, want %v", items, want)
		}
	}
}
