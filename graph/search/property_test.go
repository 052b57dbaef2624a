package search_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/search"
)

// wordy returns a data set with many texts of few words that are alike, share
// beginnings, differ in accents, or contain each other.
func wordy(seed uint64, size int) *graph.Dataset {
	r := rand.New(rand.NewPCG(seed, 1))
	vocabulary := strings.Fields(`bell Bell's BELL’S bells ball palsy palsies Palsy facial Facial hemifacial racial fascial spasm
		spasms spasmodic Ménière's menieres Meniere Straße strasse type 1 2 11 B12 nephritis nephrosis nephroses hypertension
		hypotension tension of the X-linked x linked aids aid AIDS 發燒 発熱 Ωμέγα ΩΜΈΓΑ ŌMEGA ﬁbrosis fibrosis co-op (acute)
		abscess abscesses 5' d'Alembert dalembert ½ paralysis parálisis paralyses épilepsie epilepsy`)
	text := func(most int) string {
		words := make([]string, 1+r.IntN(most))
		for i := range words {
			words[i] = vocabulary[r.IntN(len(vocabulary))]
		}
		return strings.Join(words, []string{" ", " ", "-", ", "}[r.IntN(4)])
	}
	languages := []string{"", "en", "es", "zh"}
	ds := &graph.Dataset{Prefixes: graph.NewPrefixes(map[string]string{"ex": "https://example.org/", "MONDO": "https://mondo.example/"})}
	ds.Predicates = []graph.Predicate{{ID: "ex:told", Text: true, Description: "What was told of it."}}
	types := []graph.ID{"schema:MedicalCondition", "schema:MedicalSymptom", "schema:Drug", "schema:MedicalCause"}
	for i := range size {
		c := graph.Concept{
			ID:    graph.ID(fmt.Sprintf([]string{"ex:%d", "c-%d"}[r.IntN(2)], i)),
			Types: []graph.ID{types[r.IntN(4)]}, Names: []graph.Text{{Text: text(3), Language: "en"}},
		}
		if extra := types[r.IntN(4)]; extra != c.Types[0] {
			c.Types = append(c.Types, extra)
		}
		for range r.IntN(4) {
			c.Synonyms = append(c.Synonyms, graph.Synonym{
				Text: text(4), Language: languages[r.IntN(4)], Scope: append(graph.Scopes(), "")[r.IntN(6)],
			})
		}
		for range r.IntN(3) {
			c.Codes = append(c.Codes, graph.Code{
				Code: graph.ID([]string{"MONDO:11", "MONDO:112", "ICD10CM:G51.0", "ICD10CM:G51", "B:12"}[r.IntN(5)]), Match: append(graph.Matches(), "")[r.IntN(6)],
			})
		}
		for range r.IntN(2) {
			c.Properties = append(c.Properties, graph.Property{Predicate: "kg:relatedLabel", Value: graph.Value{Text: text(2), Language: languages[r.IntN(4)]}})
		}
		for range r.IntN(2) {
			c.Properties = append(c.Properties, graph.Property{
				Predicate: []graph.ID{"kg:duration", "ex:told"}[r.IntN(2)], Value: graph.Value{Text: text(6), Language: languages[r.IntN(2)]},
			})
		}
		for range r.IntN(2) {
			c.Descriptions = append(c.Descriptions, graph.Text{Text: text(12), Language: "en"})
		}
		c.Deprecated = i%5 == 4
		ds.Concepts = append(ds.Concepts, c)
	}
	if err := ds.Normalize(); err != nil {
		panic(err)
	}
	return ds
}

// ask returns a text as a person would type it who has one of the texts in
// mind: a part of it, in another case, with a slip.
func ask(r *rand.Rand, b *brute) string {
	t := b.texts[r.IntN(len(b.texts))].text
	words := strings.Fields(t)
	if len(words) > 1 && r.IntN(2) == 0 {
		from := r.IntN(len(words))
		words = words[from : from+1+r.IntN(min(3, len(words)-from))]
		if r.IntN(3) == 0 {
			r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
		}
		t = strings.Join(words, " ")
	}
	if r.IntN(3) == 0 {
		t = strings.ToUpper(t)
	}
	if r.IntN(3) == 0 {
		t = misspell(r, t)
	}
	if runes := []rune(t); r.IntN(3) == 0 && len(runes) > 1 {
		t = string(runes[:1+r.IntN(len(runes)-1)])
	}
	if r.IntN(6) == 0 {
		t += " "
	}
	return strings.Map(func(r rune) rune { // what Search refuses, or reads as nothing
		if r < ' ' {
			return ' '
		}
		return r
	}, t)
}

// misspell makes one slip of the four kinds in a text.
func misspell(r *rand.Rand, text string) string {
	t := []rune(text)
	i := r.IntN(len(t))
	letter := rune('a' + r.IntN(26))
	switch r.IntN(4) {
	case 0:
		t = slices.Delete(t, i, i+1)
	case 1:
		t = slices.Insert(t, i, letter)
	case 2:
		t[i] = letter
	default:
		j := max(0, i-1)
		t[i], t[j] = t[j], t[i]
	}
	return string(t)
}

func describe(w []bruteHit) string {
	var b strings.Builder
	for _, h := range w {
		fmt.Fprintf(&b, "%d %s %s %q@%s %d %s%s %d\n", h.ref, h.kind, h.field, h.text, h.language, h.edits, h.scope, h.mapping, h.predicate)
	}
	return b.String()
}

func describeHits(hits []search.Hit) string {
	var b strings.Builder
	for _, h := range hits {
		m := h.Match
		fmt.Fprintf(&b, "%d %s %s %q@%s %d %s%s %d\n", h.Concept, m.Kind, m.Field, m.Text, m.Language, m.Edits, m.Scope, m.Mapping, m.Predicate)
	}
	return b.String()
}

// TestUncounted: a search that may end early gives the same page, and knows
// whether anything follows; without reasons, it gives the same concepts.
func TestUncounted(t *testing.T) {
	early := 0
	forWorlds(t, func(t *testing.T, w *world, b *brute, r *rand.Rand) {
		for range 40 {
			first, after := r.IntN(4), r.IntN(5)
			q := search.Query{Text: ask(r, b), Window: graph.Window{First: &first}}
			if r.IntN(2) == 0 {
				q.Window.After = &after
			}
			if r.IntN(3) == 0 {
				q.Kinds = []graph.Kind{graph.Kinds()[r.IntN(4)]}
			}
			var all, some search.Result
			if err := w.index.Search(t.Context(), q, &all); err != nil {
				t.Fatal(err)
			}
			q.Uncounted = true
			if err := w.index.Search(t.Context(), q, &some); err != nil {
				t.Fatal(err)
			}
			_, end := q.Window.Range(all.Total)
			if describeHits(some.Hits) != describeHits(all.Hits) || (some.Total > end) != (all.Total > end) || some.Total > all.Total || len(some.Kinds) > 0 {
				t.Fatalf("%+v: %d hits of %d\n%swant %d of %d\n%s", q, len(some.Hits), some.Total, describeHits(some.Hits), len(all.Hits), all.Total, describeHits(all.Hits))
			}
			if some.Total < all.Total {
				early++
			}
			q.Unexplained = true
			if err := w.index.Search(t.Context(), q, &some); err != nil {
				t.Fatal(err)
			}
			if !slices.EqualFunc(some.Hits, all.Hits, func(a, b search.Hit) bool { return a.Concept == b.Concept && a.Score == 0 && a.Match.Text == "" }) {
				t.Fatalf("%+v: %v, want the concepts of %v", q, some.Hits, all.Hits)
			}
		}
	})
	if early == 0 {
		t.Error("no search has ended early")
	}
}

// forWorlds runs a test on many random data sets.
func forWorlds(t *testing.T, test func(t *testing.T, w *world, b *brute, r *rand.Rand)) {
	for seed := range uint64(30) {
		for name, ds := range map[string]*graph.Dataset{"random": graphtest.Random(seed, 12), "wordy": wordy(seed, 3+int(seed))} {
			t.Run(fmt.Sprintf("%s-%d", name, seed), func(t *testing.T) {
				test(t, worldOf(t, ds), newBrute(t, ds), rand.New(rand.NewPCG(seed, 2)))
			})
		}
	}
}

func TestSearchAgreesWithBruteForce(t *testing.T) {
	kindsFound := map[search.MatchKind]int{}
	left := 0 // searches that have not found what is deprecated
	forWorlds(t, func(t *testing.T, w *world, b *brute, r *rand.Rand) {
		var out search.Result
		for range 60 {
			text := ask(r, b)
			q := search.Query{Text: text, Deprecated: r.IntN(2) == 0}
			want := b.search(text, q.Deprecated)
			if all := b.search(text, true); !q.Deprecated && len(all) > len(want) {
				left++
			}
			wantKinds := map[graph.Kind]int{}
			for _, h := range want {
				kindsFound[h.kind]++
				for _, k := range b.kinds[h.ref-1] {
					wantKinds[k]++
				}
			}
			if r.IntN(3) == 0 {
				q.Kinds = []graph.Kind{graph.Condition, graph.Cause}[r.IntN(2):]
				want = slices.DeleteFunc(want, func(h bruteHit) bool {
					return !slices.ContainsFunc(q.Kinds, func(k graph.Kind) bool { return slices.Contains(b.kinds[h.ref-1], k) })
				})
			}
			total := len(want)
			if r.IntN(2) == 0 {
				after, size := r.IntN(4)-1, r.IntN(5)
				q.Window = graph.Window{After: &after, First: &size}
				from, to := q.Window.Range(len(want))
				want = want[from:to]
			}
			if err := w.index.Search(t.Context(), q, &out); err != nil {
				t.Fatalf("Search(%q): %v", text, err)
			}
			if got := describeHits(out.Hits); got != describe(want) {
				t.Fatalf("Search(%q, %v) =\n%swant\n%s", text, q.Kinds, got, describe(want))
			}
			if out.Total != total {
				t.Fatalf("Search(%q): total %d, want %d", text, out.Total, total)
			}
			for _, k := range graph.Kinds() {
				i := slices.IndexFunc(out.Kinds, func(c graph.KindCount) bool { return c.Kind == k })
				if n := wantKinds[k]; n > 0 != (i >= 0) || i >= 0 && out.Kinds[i].Concepts != n {
					t.Fatalf("Search(%q): kinds %v, want %v", text, out.Kinds, wantKinds)
				}
			}
			checkHits(t, text, out.Hits)
		}
	})
	if left < 50 {
		t.Errorf("only %d searches have left out what is deprecated", left)
	}
	for k := search.Exact; k <= search.DescriptionWords; k++ {
		if kindsFound[k] < 50 {
			t.Errorf("only %d hits were of kind %s: the texts that were asked do not try it", kindsFound[k], k)
		}
	}
}

func TestCompleteAgreesWithBruteForce(t *testing.T) {
	forWorlds(t, func(t *testing.T, w *world, b *brute, r *rand.Rand) {
		var out search.Completion
		texts := 60
		if testing.Short() {
			texts = 6
		}
		for range texts {
			text, n := ask(r, b), r.IntN(6)
			var kinds []graph.Kind
			if r.IntN(3) == 0 {
				kinds = []graph.Kind{graph.Condition, graph.Cause}[r.IntN(2):]
			}
			deprecated := r.IntN(2) == 0
			want := b.complete(text, func(ref graph.Ref) bool {
				return (deprecated || !b.deprecated[ref]) && (kinds == nil || slices.ContainsFunc(kinds, func(k graph.Kind) bool { return slices.Contains(b.kinds[ref-1], k) }))
			})
			want = want[:min(n, len(want))]
			if err := w.index.Complete(t.Context(), search.Query{Text: text, Kinds: kinds, Deprecated: deprecated}, n, &out); err != nil {
				t.Fatalf("Complete(%q): %v", text, err)
			}
			if got := describeHits(out.Hits); got != describe(want) {
				t.Fatalf("Complete(%q, %v, %d) =\n%swant\n%s", text, kinds, n, got, describe(want))
			}
			checkHits(t, text, out.Hits)
		}
	})
}

// checkHits checks what holds for all hits: the score falls, each concept is
// there once, and something of its text is marked, in order and within it.
func checkHits(t *testing.T, text string, hits []search.Hit) {
	t.Helper()
	score := 1.0
	seen := map[graph.Ref]bool{}
	for _, h := range hits {
		if h.Score > score || h.Score <= 0 {
			t.Errorf("%q: score %v after %v: %v", text, h.Score, score, h.Match)
		}
		score = h.Score
		if seen[h.Concept] {
			t.Errorf("%q: concept %d is there twice", text, h.Concept)
		}
		seen[h.Concept] = true
		if len(h.Match.Ranges) == 0 {
			t.Errorf("%q: nothing is marked in %v", text, h.Match)
		}
		units, end := len(utf16.Encode([]rune(h.Match.Text))), 0
		for _, r := range h.Match.Ranges {
			if r.Start < end || r.Start >= r.End || r.End > units {
				t.Errorf("%q: ranges %v of %q", text, h.Match.Ranges, h.Match.Text)
			}
			end = r.End
		}
	}
}

// TestLanguages: a language changes which text of a concept is told, and nothing
// else. What is told matches in the same way, and is in that language if any such
// text is.
func TestLanguages(t *testing.T) {
	told := 0
	forWorlds(t, func(t *testing.T, w *world, b *brute, r *rand.Rand) {
		var plain, spanish search.Result
		for range 20 {
			text := ask(r, b)
			for q, out := range map[*search.Query]*search.Result{
				{Text: text}: &plain,
				{Text: text, Languages: graph.Languages{"ES-mx", "zh"}}: &spanish,
			} {
				if err := w.index.Search(t.Context(), *q, out); err != nil {
					t.Fatal(err)
				}
			}
			checkHits(t, text, spanish.Hits)
			q := newBruteQuery(text, false)
			for i, h := range spanish.Hits {
				was := plain.Hits[i]
				if h.Concept != was.Concept || h.Score != was.Score || h.Match.Kind != was.Match.Kind || h.Match.Edits != was.Match.Edits {
					t.Fatalf("%q: hit %d is %+v, was %+v", text, i, h, was)
				}
				if h.Match.Language != was.Match.Language {
					told++
				}
				var languages []string
				for j := range b.texts {
					o := &b.texts[j]
					m, ok := q.match(o)
					if ok && o.ref == h.Concept && o.field != search.Code && m.kind == h.Match.Kind && (o.text != h.Match.Text || o.language != h.Match.Language) {
						languages = append(languages, o.language)
					}
				}
				if k := h.Match.Kind; h.Match.Field != search.Code && (k == search.Exact || k == search.Words) &&
					slices.Contains(languages, "es") && h.Match.Language != "es" {
					t.Fatalf("%q: hit %d tells %v, and there are texts in %v", text, i, h.Match, languages)
				}
			}
		}
	})
	if told == 0 {
		t.Error("no language has made a difference")
	}
}

// TestBuildIsDeterministic builds the same content from different Readers and
// from shuffled input.
func TestBuildIsDeterministic(t *testing.T) {
	for seed := range uint64(20) {
		ds := wordy(seed, 40)
		want, err := search.Build(t.Context(), graphtest.NewNaive(ds))
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(seed, 3))
		r.Shuffle(len(ds.Concepts), func(i, j int) { ds.Concepts[i], ds.Concepts[j] = ds.Concepts[j], ds.Concepts[i] })
		if err := ds.Normalize(); err != nil {
			t.Fatal(err)
		}
		if got := worldOf(t, ds).index; !bytes.Equal(got.Bytes(), want.Bytes()) {
			t.Fatalf("seed %d: the same content gave different bytes", seed)
		}
	}
}
