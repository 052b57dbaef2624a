package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/resolvers/plan"
)

// TestTexts: neither more documents are kept than allowed, nor more of their
// text; those that were used last are.
func TestTexts(t *testing.T) {
	texts := plan.NewTexts[int](3, 10)
	for i, c := range []struct{ add, kept string }{
		{"a", "a"},
		{"bb", "a bb"},
		{"a", "a bb"},
		{"cc", "a bb cc"},
		{"d", "a cc d"},
		{"eeeeee", "a d eeeeee"},
		{"ffffffffff", "ffffffffff"},
		{"ggggggggggg", ""},
		{"h", "h"},
	} {
		if i == 4 || i == 5 { // these are used
			texts.Get(t.Context(), "a")
		}
		texts.Add(t.Context(), c.add, i)
		var kept []string
		for _, text := range []string{"a", "bb", "cc", "d", "eeeeee", "ffffffffff", "ggggggggggg", "h"} {
			if _, ok := texts.Get(t.Context(), text); ok {
				kept = append(kept, text)
			}
		}
		if got := strings.Join(kept, " "); got != c.kept {
			t.Errorf("%d, after %s: %q, want %q", i, c.add, got, c.kept)
		}
	}
	if n, ok := texts.Get(t.Context(), "h"); !ok || fmt.Sprint(n) != "8" {
		t.Errorf("kept %d %v", n, ok)
	}
}
