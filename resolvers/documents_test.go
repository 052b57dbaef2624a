package resolvers

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/99designs/gqlgen/graphql"
)

// persisted are the extensions of a request that names its document by hash.
func persisted(hash string) map[string]any {
	return map[string]any{"persistedQuery": map[string]any{"version": 1, "sha256Hash": hash}}
}

// TestPersistedQueries: a document that was sent with its hash, and was sound,
// is known by the hash afterwards.
func TestPersistedQueries(t *testing.T) {
	const text = "{ dataset { version } }"
	d := newDocuments(nil)
	ask := func(query string, extensions map[string]any) (string, string, func()) {
		params := &graphql.RawParams{Query: query, Extensions: extensions}
		keep, refused := d.resolve(params)
		if refused != nil {
			code, _ := refused.Extensions["code"].(string)
			return "", code, keep
		}
		return params.Query, "", keep
	}
	if got, code, _ := ask(text, nil); got != text || code != "" {
		t.Errorf("an ordinary request: %q %q", got, code)
	}
	if _, code, _ := ask("", persisted(HashOf(text))); code != CodeUnknownDocument {
		t.Errorf("not known yet: %q", code)
	}
	if _, code, _ := ask(text, persisted(HashOf("another"))); code != "BAD_REQUEST" {
		t.Errorf("another hash: %q", code)
	}
	got, code, keep := ask(text, persisted(strings.ToUpper(HashOf(text))))
	if got != text || code != "" {
		t.Errorf("with its hash: %q %q", got, code)
	}
	if _, code, _ := ask("", persisted(HashOf(text))); code != CodeUnknownDocument {
		t.Errorf("known although nobody said that it is sound: %q", code)
	}
	keep()
	if got, code, _ := ask("", persisted(HashOf(text))); got != text || code != "" {
		t.Errorf("by hash: %q %q", got, code)
	}
	for _, wrong := range []any{nil, "x", map[string]any{"version": 2, "sha256Hash": HashOf(text)}, map[string]any{"version": 1}, map[string]any{"version": 1, "sha256Hash": "abc"}} {
		if _, code, _ := ask(text, map[string]any{"persistedQuery": wrong}); code != "BAD_REQUEST" {
			t.Errorf("%v: %q", wrong, code)
		}
	}
}

// TestAllowedOperations: with a list, its documents run, in any layout and by
// hash, and no others.
func TestAllowedOperations(t *testing.T) {
	const text = "query Version { dataset { version } } # for the footer\n"
	o, err := ReadOperations(fstest.MapFS{
		"footer.graphql":  {Data: []byte(text)},
		"pages/a.gql":     {Data: []byte("query A($id: ID!) { concept(id: $id) { ...N } } fragment N on Concept { name }")},
		"pages/README.md": {Data: []byte("not GraphQL")},
	})
	if err != nil {
		t.Fatal(err)
	}
	d := newDocuments(o)
	for _, c := range []struct {
		query, hash string
		allowed     bool
	}{
		{text, "", true},
		{"query Version{dataset{version}}", "", true},
		{"query Version { dataset { version quadCount } }", "", false},
		{"", HashOf(text), true},
		{"", HashOf("{ dataset { version } }"), false},
		{"{ dataset { version } }", "", false},
		{"no GraphQL", "", false},
	} {
		params := &graphql.RawParams{Query: c.query}
		if c.hash != "" {
			params.Extensions = persisted(c.hash)
		}
		_, refused := d.resolve(params)
		if allowed := refused == nil; allowed != c.allowed || allowed && params.Query != text {
			t.Errorf("%q %.8s: allowed %v, %q", c.query, c.hash, allowed, params.Query)
		}
	}
}

// TestReadOperations: what is wrong with a list is said with its place.
func TestReadOperations(t *testing.T) {
	for want, folder := range map[string]fstest.MapFS{
		"a/b.graphql:2: Cannot query field \"nam\" on type \"Concept\".": {"a/b.graphql": {Data: []byte("{\nconcept(id: 1) { nam } }")}},
		"a.gql:1: ":                              {"a.gql": {Data: []byte("{")}},
		"no file there ends in .graphql or .gql": {"a.txt": {}},
		"a.gql: is not an ordinary file":         {"a.gql": {Mode: fs.ModeNamedPipe}},
	} {
		if _, err := ReadOperations(folder); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
