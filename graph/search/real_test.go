package search_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
)

func TestRealBellsPalsy(t *testing.T) { realdata.Each(t, realBellsPalsy) }

func realBellsPalsy(t *testing.T, d realdata.Data) {
	w := realData(t, d)
	for _, text := range []string{"Bell's palsy", "bell palsy", "bells palsy", "bels palsy", "parálisis de bell", "Paralisis de Bell"} {
		ids := w.idsOf(w.search(t, text, 10).Hits)
		if len(ids) == 0 || ids[0] != "DOID:12506" {
			t.Errorf("%q finds %v, want DOID:12506 first", text, ids)
		}
	}
	if ids := w.idsOf(w.search(t, "Bell's palsy", 10).Hits); d.Whole && !slices.Contains(ids, "MONDO:0005665") {
		t.Errorf("MONDO:0005665 bears the name too, found %v", ids)
	}
	if hits := w.search(t, "paralisis de bell", 1).Hits; hits[0].Match.Language != "es" {
		t.Errorf("the Spanish synonym is told as %v", hits[0].Match)
	}
}

// TestRealEveryNameFindsItsConcept asks for names as they are written.
func TestRealEveryNameFindsItsConcept(t *testing.T) { realdata.Each(t, realEveryNameFindsItsConcept) }

func realEveryNameFindsItsConcept(t *testing.T, d realdata.Data) {
	w := realData(t, d)
	r := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		i := r.IntN(len(w.data.Concepts))
		name := w.data.Concepts[i].Name()
		if utf8.RuneCountInString(name) > 200 || len(strings.Fields(name)) > 20 {
			continue
		}
		if ids := w.idsOf(w.search(t, name, 20).Hits); !slices.Contains(ids, w.ids[i+1]) {
			t.Errorf("%q does not find %s", name, w.ids[i+1])
		}
	}
}

// slip misspells a word of at least so many letters, none a digit; it reports
// false if the name has none.
func slip(r *rand.Rand, name string, letters int) (string, bool) {
	words := strings.Split(name, " ")
	var can []int
	for i, word := range words {
		if utf8.RuneCountInString(word) >= letters && !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) {
			can = append(can, i)
		}
	}
	if len(can) == 0 {
		return "", false
	}
	i := can[r.IntN(len(can))]
	for before := words[i]; words[i] == before; {
		words[i] = misspell(r, before)
	}
	return strings.Join(words, " "), true
}

// TestRealMisspellings misspells 200 names, and 200 with two slips, and looks
// for the concept among the first ten. What is lost is lost to words of three
// letters (a slip can make one out of four), to slips that add up to three edits
// in a word, and to slips in an ending that the stem had lost.
func TestRealMisspellings(t *testing.T) { realdata.Each(t, realMisspellings) }

func realMisspellings(t *testing.T, d realdata.Data) {
	w := realData(t, d)
	for _, c := range []struct {
		slips, letters int
		floor          float64
	}{{1, 5, 0.98}, {1, 4, 0.96}, {2, 9, 0.96}} {
		r := rand.New(rand.NewPCG(200, uint64(c.slips)))
		asked, found, same := 0, 0, 0
		for asked < 200 {
			i := r.IntN(len(w.data.Concepts))
			name := w.data.Concepts[i].Name()
			text, ok := name, utf8.RuneCountInString(name) < 200
			for range c.slips {
				if ok {
					text, ok = slip(r, text, c.letters)
				}
			}
			if !ok {
				continue
			}
			asked++
			ids := w.idsOf(w.search(t, text, 10).Hits)
			hit := slices.Contains(ids, w.ids[i+1])
			if hit {
				found++
			}
			if hit || slices.ContainsFunc(ids, func(id graph.ID) bool { return strings.EqualFold(w.data.Concepts[w.refs[id]-1].Name(), name) }) {
				same++
			} else {
				t.Logf("%q for %q finds %v", text, name, ids)
			}
		}
		recall := float64(found) / float64(asked)
		t.Logf("%d slip(s) in words of %d letters or more: recall@10 %.3f (%d of %d; with concepts of the same name %d)",
			c.slips, c.letters, recall, found, asked, same)
		if recall < c.floor {
			t.Errorf("recall %.3f is below %.2f", recall, c.floor)
		}
	}
}
