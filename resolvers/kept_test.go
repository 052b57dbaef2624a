package resolvers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
)

// TestKept: neither more is kept than allowed, nor more bytes; what was used last is.
func TestKept(t *testing.T) {
	k := newKept[string, int](3, 10)
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
			k.get("a")
		}
		k.add(c.add, i, len(c.add))
		var found []string
		for _, text := range []string{"a", "bb", "cc", "d", "eeeeee", "ffffffffff", "ggggggggggg", "h"} {
			if _, ok := k.get(text); ok {
				found = append(found, text)
			}
		}
		if got := strings.Join(found, " "); got != c.kept {
			t.Errorf("%d, after %s: %q, want %q", i, c.add, got, c.kept)
		}
	}
	if n, ok := k.get("h"); !ok || n != 8 {
		t.Errorf("kept %d %v", n, ok)
	}
	if k.add("h", 9, 3); k.bytes != 3 {
		t.Errorf("%d bytes of one entry of 3", k.bytes)
	}
}

// TestWhatClientsSendIsBounded: what is kept of documents, sound or not, and of those
// that clients ask to be kept, has a bound in bytes, however large each of them is.
func TestWhatClientsSendIsBounded(t *testing.T) {
	e := NewExecutor(Config{})
	faulty := func(i int) string {
		return fmt.Sprintf("{ %s }", strings.Repeat(fmt.Sprintf("n%d%s ", i, strings.Repeat("n", 150)), 40))
	}
	sound := func(i int) string { return fmt.Sprintf("query N%d { __typename } #%s", i, strings.Repeat("n", 10_000)) }
	for i := range 900 {
		for _, text := range []string{faulty(i), sound(i)} {
			_, _ = e.Parse(t.Context(), &graphql.RawParams{Query: text, Extensions: persisted(HashOf(text))})
		}
	}
	for what, c := range map[string]struct{ number, most, bytes, bound int }{
		"verdicts":  {e.guard.verdicts.lru.Len(), judgedDocuments, e.guard.verdicts.bytes, judgedBytes},
		"persisted": {e.documents.sent.lru.Len(), persistedDocuments, e.documents.sent.bytes, persistedBytes},
		"sound":     {e.sound.lru.Len(), cachedDocuments, e.sound.bytes, cachedBytes},
	} {
		t.Logf("%s: %d of at most %d, %d bytes of at most %d", what, c.number, c.most, c.bytes, c.bound)
		if c.number == 0 || c.number >= c.most || c.bytes > c.bound || c.bytes < c.bound/2 {
			t.Errorf("%s: the bytes do not bound them", what)
		}
	}
	if _, refused := e.Parse(t.Context(), &graphql.RawParams{Extensions: persisted(HashOf(sound(899)))}); refused != nil {
		t.Errorf("the document that was sent last is not known: %v", refused.Errors)
	}
}
