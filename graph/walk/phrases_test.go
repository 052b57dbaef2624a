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
			asserted, _ := w.phrase(graph.Asserted)
			for _, m := range append(graph.Modalities(), graph.ModalityNotStated) {
				phrase, said := w.phrase(m)
				if said && (strings.Count(phrase, "$often") != 1 || strings.Contains(phrase, "  ") || strings.HasSuffix(phrase, "$often")) {
					t.Errorf("%s, %v: %q", p.ID, m, phrase)
				}
				hedge := map[graph.Modality]string{graph.Possible: "may possibly ", graph.Suspected: "is suspected to ", graph.ModalityNotStated: "is recorded "}[m]
				if hedge != "" && (!said || !strings.HasPrefix(phrase, hedge) || phrase == asserted) {
					t.Errorf("%s, %v: %q does not begin with %q", p.ID, m, phrase, hedge)
				}
			}
		}
	}
	if known != len(phraseTable) {
		t.Errorf("words for %d predicates, of which %d are in the registry", len(phraseTable), known)
	}
}
