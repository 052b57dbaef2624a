package graph_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// TestLookup follows RFC 4647, section 3.4: a range is cut from its end, a single
// letter goes with what it introduces, and a tag is never cut.
func TestLookup(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ ranges, tags, want string }{
		{"de", "en de", "de"},
		{"de,en", "en de", "de"},
		{"fr,en", "en de", "en"},
		{"de-CH", "en de", "de"},
		{"DE-ch", "en de-CH", "de-CH"},
		{"de", "de-CH en", "none"},
		{"de-CH,en", "en de", "de"},
		{"zh-Hant-CN-x-private1-private2", "zh zh-Hant-CN-x-private1", "zh-Hant-CN-x-private1"},
		{"zh-Hant-CN-x-private1", "zh zh-Hant-CN", "zh-Hant-CN"},
		{"zh-Hant-CN", "zh-Hant zh", "zh-Hant"},
		{"*", "en", "none"},
		{"*,de", "en de", "de"},
		{"fr", "en", "none"},
		{"", "en", "none"},
	} {
		tags := strings.Fields(c.tags)
		got := "none"
		if i := graph.Languages(strings.Split(c.ranges, ",")).Lookup(len(tags), func(i int) string { return tags[i] }); i >= 0 {
			got = tags[i]
		}
		if got != c.want {
			t.Errorf("%s among %s: %s, want %s", c.ranges, c.tags, got, c.want)
		}
	}
}

func TestLanguagesCheck(t *testing.T) {
	t.Parallel()
	for r, well := range map[string]bool{
		"de": true, "pt-BR": true, "zh-Hant-CN-x-private": true, "*": true, "de-1996": true,
		"": false, "de_DE": false, "d e": false, "1de": false, "deutschland": false, "de-": false, "*-CH": false, "é": false,
	} {
		if err := (graph.Languages{r}).Check(); (err == nil) != well || err != nil && !errors.Is(err, graph.ErrInvalid) {
			t.Errorf("%q: %v", r, err)
		}
	}
	if err := make(graph.Languages, graph.MaxLanguages+1).Check(); !errors.Is(err, graph.ErrInvalid) {
		t.Errorf("too many: %v", err)
	}
}
