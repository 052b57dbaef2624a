package search

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"

	"github.com/blevesearch/vellum"
	"github.com/blevesearch/vellum/levenshtein"
)

// dictionaryOf returns an index that has words and nothing else.
func dictionaryOf(t testing.TB, words []string) *Index {
	t.Helper()
	v := vocabulary{numbers: map[string]uint32{}}
	for _, w := range words {
		v.add([]byte(w), 0)
	}
	l := &layout{}
	l.entry(&draft{ref: 1})
	l.entry(&draft{})
	l.kinds, l.Concepts, l.Languages = []byte{0, 0}, 1, 1
	l.languageStarts = make([]byte, 8)
	l.Bounds[shelves] = 1
	l.dictionary(&v)
	data, err := l.encode()
	if err != nil {
		t.Fatal(err)
	}
	x, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// madeWords returns so many words of few letters, some of two bytes.
func madeWords(seed uint64, n int) []string {
	r := rand.New(rand.NewPCG(seed, 4))
	seen := map[string]bool{}
	for len(seen) < n {
		word := make([]rune, 1+r.IntN(11))
		for i := range word {
			word[i] = []rune("aabbccdeфя")[r.IntN(10)]
		}
		seen[string(word)] = true
	}
	var words []string
	for w := range seen {
		words = append(words, w)
	}
	sort.Strings(words)
	return words
}

// TestNearAgreesWithVellum compares the walk along the dictionary with a
// finite-state transducer and a Levenshtein automaton made by others.
func TestNearAgreesWithVellum(t *testing.T) {
	words := madeWords(1, 4000)
	x := dictionaryOf(t, words)
	var fst bytes.Buffer
	builder, err := vellum.New(&fst, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range words {
		if err := builder.Insert([]byte(w), uint64(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := builder.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := vellum.Load(fst.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for distance := 1; distance <= maxWordEdit; distance++ {
		automata, err := levenshtein.NewLevenshteinAutomatonBuilder(uint8(distance), true)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, typed := range madeWords(2, 300) {
			automaton, err := automata.BuildDfa(typed, uint8(distance))
			if err != nil {
				t.Fatal(err)
			}
			var want, got []string
			it, err := second.Search(automaton, nil, nil)
			for ; err == nil; err = it.Next() {
				key, _ := it.Current()
				want = append(want, string(key))
			}
			for _, c := range x.near(nil, typed, distance, false) {
				got = append(got, string(x.word(c.word)))
				if d := distanceWithin(typed, string(x.word(c.word)), distance); d != int(c.edits) {
					t.Errorf("%q and %q: %d edits, alone %d", typed, x.word(c.word), c.edits, d)
				}
			}
			if !slices.Equal(got, want) {
				t.Fatalf("within %d of %q: %q, want %q", distance, typed, got, want)
			}
			found += len(got)
		}
		if found < 300 {
			t.Errorf("only %d words within %d were found: nothing was tried", found, distance)
		}
	}
}

// BenchmarkTypo compares the two ways on a dictionary of 32,000 words.
func BenchmarkTypo(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 5))
	seen := map[string]bool{}
	parts := []string{"hemi", "facial", "neur", "itis", "osis", "cardi", "omy", "para", "lys", "spasm", "derm", "gastr", "hyper", "tens", "ion"}
	for len(seen) < 32000 {
		w := ""
		for range 1 + r.IntN(3) {
			w += parts[r.IntN(len(parts))]
		}
		seen[w+string(rune('a'+r.IntN(26)))+string(rune('a'+r.IntN(26)))] = true
	}
	var words []string
	for w := range seen {
		words = append(words, w)
	}
	sort.Strings(words)
	x := dictionaryOf(b, words)
	var fst bytes.Buffer
	builder, _ := vellum.New(&fst, nil)
	for i, w := range words {
		if err := builder.Insert([]byte(w), uint64(i)); err != nil {
			b.Fatal(err)
		}
	}
	if err := builder.Close(); err != nil {
		b.Fatal(err)
	}
	second, err := vellum.Load(fst.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		typed    string
		distance uint8
	}{{"cardil", 1}, {"hypertenson", 2}} {
		b.Run(fmt.Sprintf("walk/%d", c.distance), func(b *testing.B) {
			b.ReportAllocs()
			var found []candidate
			for b.Loop() {
				found = x.near(found[:0], c.typed, int(c.distance), false)
			}
			b.ReportMetric(float64(len(found)), "found")
		})
		b.Run(fmt.Sprintf("vellum/%d", c.distance), func(b *testing.B) {
			b.ReportAllocs()
			automata, err := levenshtein.NewLevenshteinAutomatonBuilder(c.distance, true)
			if err != nil {
				b.Fatal(err)
			}
			n := 0
			for b.Loop() {
				n = 0
				automaton, err := automata.BuildDfa(c.typed, c.distance)
				if err != nil {
					b.Fatal(err)
				}
				it, err := second.Search(automaton, nil, nil)
				for ; err == nil; err = it.Next() {
					n++
				}
			}
			b.ReportMetric(float64(n), "found")
		})
	}
}
