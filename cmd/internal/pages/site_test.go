package pages

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// TestWords: every word that a template or the table of qualifiers asks for is there in
// each language, with the same places for values, and no word is left over.
func TestWords(t *testing.T) {
	texts := readTexts()
	first := texts[Languages[0]]
	verbs := regexp.MustCompile(`%[a-z]`)
	for _, lang := range Languages {
		if got, want := slices.Sorted(maps.Keys(texts[lang])), slices.Sorted(maps.Keys(first)); !slices.Equal(got, want) {
			t.Errorf("%s has %d words, %s has %d", lang, len(got), Languages[0], len(want))
		}
		for key, text := range texts[lang] {
			if text == "" || !slices.Equal(verbs.FindAllString(text, -1), verbs.FindAllString(first[key], -1)) {
				t.Errorf("%s: %s is %q, in %s %q", lang, key, text, Languages[0], first[key])
			}
		}
	}
	var source strings.Builder
	entries, err := files.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		source.Write(read("templates/" + e.Name()))
	}
	used, begun := map[string]bool{}, []string{"failed.", "notFound.", "kind.", "predicate."}
	for _, m := range regexp.MustCompile(`\bt "([\w.]+)"`).FindAllStringSubmatch(source.String(), -1) {
		used[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`print "(\w+\.)"`).FindAllStringSubmatch(source.String(), -1) {
		begun = append(begun, m[1])
	}
	for _, q := range graph.AllQualifiers() {
		if slices.Contains((&view{}).Qualifiers(), q.Info().Name) {
			used["q."+q.Info().Name] = true
		}
	}
	for i := range pages {
		if pages[i].menu {
			used["menu."+pages[i].name] = true
		}
	}
	for key := range used {
		if first[key] == "" {
			t.Errorf("no word for %s", key)
		}
	}
	for key := range first {
		if !used[key] && !slices.ContainsFunc(begun, func(prefix string) bool { return strings.HasPrefix(key, prefix) }) {
			t.Errorf("nothing asks for %s", key)
		}
	}
}

func TestLanguageOf(t *testing.T) {
	for _, test := range [][3]string{
		{"", "", "en"},
		{"", "de", "de"},
		{"", "fr, de-AT;q=0.8, en;q=0.5", "de"},
		{"", "de;q=0, en", "en"},
		{"", "fr", "en"},
		{"en", "de", "en"},
		{"de", "en", "de"},
		{"fr", "de", "de"},
		{"", ";;;q=x", "en"},
	} {
		if got := languageOf(test[0], test[1]); got != test[2] {
			t.Errorf("lang=%s, Accept-Language: %s is %s, not %s", test[0], test[1], got, test[2])
		}
	}
}
