package walk

import (
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// TestEveryPredicateHasWords holds the table against the registry, and every
// phrase against what its modality allows.
func TestEveryPredicateHasWords(t *testing.T) {
	known := 0
	for _, p := range graph.Registry() {
		out, in, ok := wordings(p.ID)
		if ok == p.Text {
			t.Errorf("%s: has words %t, joins concepts %t", p.ID, ok, !p.Text)
		}
		if !ok {
			continue
		}
		known++
		for _, w := range []wording{out, in} {
			phrases := map[string]bool{}
			for _, m := range append(graph.Modalities(), graph.ModalityNotStated) {
				for _, denied := range []bool{false, true} {
					phrase, said := w.phrase(m, denied)
					if said && (strings.Count(phrase, "$often") != 1 || strings.Contains(phrase, "  ") || strings.HasSuffix(phrase, "$often")) {
						t.Errorf("%s, %v: %q", p.ID, m, phrase)
					}
					hedge := map[graph.Modality][]string{
						graph.Possible:          {"might $often", "might not $often"},
						graph.Suspected:         {"is suspected to ", "is suspected not to "},
						graph.ModalityNotStated: {"is recorded ", "is recorded not to "},
						graph.Asserted:          {"", "is stated not to "},
					}[m]
					if i := map[bool]int{true: 1}[denied]; hedge != nil && (!said || !strings.HasPrefix(phrase, hedge[i])) || hedge == nil && denied && said {
						t.Errorf("%s, %v, denied %t: %q", p.ID, m, denied, phrase)
					}
					if advice := m == graph.Recommended || m == graph.Discouraged; said && !advice && phrases[phrase] {
						t.Errorf("%s, %v, denied %t: %q is said of another direction too", p.ID, m, denied, phrase)
					}
					phrases[phrase] = true
				}
			}
		}
	}
	if known != len(phraseTable) {
		t.Errorf("words for %d predicates, of which %d are in the registry", len(phraseTable), known)
	}
}
