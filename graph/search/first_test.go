package search_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
)

// TestFirst asks what testdata/first.txt lists: what people expect to find comes
// first, in the seed, in the cut of the real data and in the whole.
func TestFirst(t *testing.T) {
	table, err := os.ReadFile("testdata/first.txt")
	if err != nil {
		t.Fatal(err)
	}
	worlds := map[string]func(t *testing.T) *world{
		"article": func(t *testing.T) *world { t.Helper(); return article(t) },
		"cut":     func(t *testing.T) *world { t.Helper(); return realData(t, realdata.Cut()) },
		"whole":   func(t *testing.T) *world { t.Helper(); return realData(t, realdata.Whole(t)) },
	}
	for part := range strings.SplitSeq(string(table), "\n== ") {
		name, lines, _ := strings.Cut(part, "\n")
		if strings.HasPrefix(part, "#") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			w := worlds[name](t)
			for line := range strings.Lines(lines) {
				if line = strings.TrimSpace(line); line == "" {
					continue
				}
				text, wanted, _ := strings.Cut(line, "  ")
				wanted, only := strings.CutPrefix(strings.TrimSpace(wanted), "~ ")
				want := strings.Fields(wanted)
				check := func(how string, ids []graph.ID) {
					t.Helper()
					if len(ids) == 0 || !slices.Contains(want, string(ids[0])) {
						t.Errorf("%s %q: %v, want first one of %v", how, text, ids, want)
					}
				}
				check("searching for", w.idsOf(w.search(t, text, 5).Hits))
				if !only {
					check("completing", w.idsOf(w.complete(t, text, 5)))
				}
			}
		})
	}
}
