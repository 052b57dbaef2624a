package search_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
)

// want is a hit in a few words: id, kind of match, field, and what is marked.
type want struct {
	id     graph.ID
	kind   search.MatchKind
	field  search.Field
	marked string
}

// got says the same of a hit; it cuts the text as JavaScript would.
func got(w *world, h search.Hit) want {
	var marked []string
	units := utf16.Encode([]rune(h.Match.Text))
	for _, r := range h.Match.Ranges {
		marked = append(marked, string(utf16.Decode(units[r.Start:r.End])))
	}
	return want{w.ids[h.Concept], h.Match.Kind, h.Match.Field, strings.Join(marked, "|")}
}

func TestArticle(t *testing.T) {
	w := article(t)
	for _, c := range []struct {
		text string
		want []want // the first hits
	}{
		{"Bell's palsy", []want{{"bells-palsy", search.Exact, search.Name, "Bell's|palsy"}}},
		{"bell’s PALSY!", []want{{"bells-palsy", search.Exact, search.Name, "Bell's|palsy"}}},
		{"bells palsy", []want{{"bells-palsy", search.Exact, search.Name, "Bell's|palsy"}}},
		{"bell palsy", []want{{"bells-palsy", search.Exact, search.Synonym, "Bell|palsy"}}},
		{"bels palsy", []want{{"bells-palsy", search.Typo, search.Name, "Bell's|palsy"}}},
		{"idiopathic facial nerve palsy", []want{{"bells-palsy", search.Exact, search.Synonym, "idiopathic|facial|nerve|palsy"}}},
		{"hemifacal spasm", []want{{"hemifacial-spasm", search.Typo, search.Name, "Hemifacial|spasm"}}},
		{"facial spasm", []want{
			{"facial-twitching", search.Exact, search.Synonym, "facial|spasm"},
			{"chronic-facial-spasm", search.Words, search.Name, "facial|spasm"},
			{"facial-focal-seizure", search.Words, search.Synonym, "facial|spasm"},
			{"ddx-epileptic-vs-benign", search.Words, search.Name, "facial|spasm"},
			{"hemifacial-spasm", search.Parts, search.Name, "facial|spasm"},
		}},
		{"DOID:12506", []want{{"bells-palsy", search.Exact, search.Code, "DOID:12506"}}},
		{"doid_12506", []want{{"bells-palsy", search.Exact, search.Code, "DOID:12506"}}},
		{"g51.0", []want{{"bells-palsy", search.Exact, search.Code, "G51.0"}}},
		{"doid 125", []want{{"bells-palsy", search.Prefix, search.Code, "DOID:125"}}},
		{"epilept", []want{{"facial-focal-seizure", search.Prefix, search.Synonym, "epilept"}}},
		{"quite unheard of", nil},
		{"", nil},
		{" …!", nil},
	} {
		hits := w.search(t, c.text, max(1, len(c.want))).Hits
		if len(hits) != len(c.want) {
			t.Errorf("%q: %d hits, want %d", c.text, len(hits), len(c.want))
			continue
		}
		for i, h := range hits {
			if got := got(w, h); got != c.want[i] {
				t.Errorf("%q: hit %d is %v, want %v", c.text, i, got, c.want[i])
			}
		}
	}
}

func TestArticleCompletions(t *testing.T) {
	w := article(t)
	for _, c := range []struct {
		text string
		want want
	}{
		{"be", want{"bells-palsy", search.Prefix, search.Name, "Be"}},
		{"bell pa", want{"bells-palsy", search.Prefix, search.Name, "Bell's|pa"}},
		{"palsy bel", want{"bells-palsy", search.Parts, search.Name, "Bel|palsy"}},
		{"facial spa", want{"facial-twitching", search.Prefix, search.Synonym, "facial|spa"}},
		{"hemofaci", want{"hemifacial-spasm", search.Typo, search.Name, "Hemifacial"}},
	} {
		hits := w.complete(t, c.text, 3)
		if len(hits) == 0 || got(w, hits[0]) != c.want {
			t.Errorf("%q: %v, want first %v", c.text, hits, c.want)
		}
	}
	if hits := w.complete(t, "bel ", 3); slices.Contains(w.idsOf(hits), "bells-palsy") && hits[0].Match.Kind != search.Typo {
		t.Errorf("bel is finished by the space behind it, and yet goes on: %v", hits)
	}
}

// TestHighlight marks parts of words across what folds to more, or fewer,
// letters; places count UTF-16 code units.
func TestHighlight(t *testing.T) {
	ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil)}
	for i, name := range []string{"🤒 Hémifaciale Lähmung", "ﬁbrös", "große Straße", "顔面神経麻痺", "Me\u0301nie\u0300re’s disease"} {
		ds.Concepts = append(ds.Concepts, graph.Concept{
			ID: graph.ID("c-" + string(rune('a'+i))), Types: []graph.ID{"schema:MedicalSign"}, Names: []graph.Text{{Text: name}},
		})
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	w := worldOf(t, ds)
	for text, marked := range map[string]string{
		"hemifac": "Hémifac", "facial": "facial", "lahm": "Lähm", "fib": "ﬁb", "STRASS": "Straß", "神経": "神|経",
		"meniere disease": "Me\u0301nie\u0300re’s|disease", "menier": "Me\u0301nie\u0300r",
	} {
		hits := w.search(t, text, 1).Hits
		if len(hits) == 0 {
			t.Errorf("%q finds nothing", text)
		} else if got := got(w, hits[0]); got.marked != marked {
			t.Errorf("%q marks %q in %q, want %q", text, got.marked, hits[0].Match.Text, marked)
		}
	}
	if r := w.search(t, "hemifac", 1).Hits[0].Match.Ranges; len(r) != 1 || r[0] != (search.Range{Start: 3, End: 10}) {
		t.Errorf("behind an emoji of two code units and a space: %v, want [{3 10}]", r)
	}
}

// TestSynonymIsNotLost: a concept that bears the name as a synonym comes right
// after those that are called so; of these, the one that tells more is first.
func TestSynonymIsNotLost(t *testing.T) {
	condition := []graph.ID{"schema:MedicalCondition"}
	ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil), Concepts: []graph.Concept{
		{ID: "a-stub", Types: condition, Names: []graph.Text{{Text: "Bell's palsy"}}},
		{ID: "disease", Types: condition, Names: []graph.Text{{Text: "Bell's palsy"}}, Synonyms: []graph.Synonym{{Text: "Bell palsy"}}},
		{ID: "sign", Types: []graph.ID{"schema:MedicalSign"}, Names: []graph.Text{{Text: "Facial palsy"}}, Synonyms: []graph.Synonym{
			{Text: "Bell's palsy", Scope: graph.ScopeRelated, Language: "en"},
		}},
		{ID: "longer", Types: condition, Names: []graph.Text{{Text: "Bell's palsy of the newborn"}}},
	}}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	w := worldOf(t, ds)
	hits := w.search(t, "bell's palsy", 9).Hits
	if ids := w.idsOf(hits); !slices.Equal(ids, []graph.ID{"disease", "a-stub", "sign", "longer"}) {
		t.Fatalf("found %v", ids)
	}
	if m := hits[2].Match; m.Kind != search.Exact || m.Field != search.Synonym || m.Language != "en" || m.Scope != graph.ScopeRelated {
		t.Errorf("the sign was found by %+v", m)
	}
}

func TestInvalidTexts(t *testing.T) {
	w := article(t)
	minus := -1
	for _, q := range []search.Query{
		{Text: strings.Repeat("é", search.MaxText+1)},
		{Text: strings.Repeat("a ", search.MaxWords+1)},
		{Text: "bell\x00"},
		{Text: "bell\u0085palsy"},
		{Text: "bell\xff"},
		{Text: "bell", Window: graph.Window{First: &minus}},
	} {
		var out search.Result
		if err := w.index.Search(t.Context(), q, &out); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("Search(%q): %v", q.Text, err)
		}
	}
	var out search.Completion
	for _, n := range []int{-1, search.MaxCompletions + 1} {
		if err := w.index.Complete(t.Context(), search.Query{Text: "bell"}, n, &out); !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%d completions: %v", n, err)
		}
	}
	if err := w.index.Search(t.Context(), search.Query{Text: strings.Repeat("é", search.MaxText)}, &search.Result{}); err != nil {
		t.Errorf("the longest text: %v", err)
	}
	if hits := w.search(t, "bell's\n\tpalsy\r\n", 1).Hits; len(hits) != 1 {
		t.Error("white space of all kinds is white space")
	}
}
