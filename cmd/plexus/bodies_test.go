package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/resolvers"
)

func zipped(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestZippedBodies: a request may be compressed; its limits are those of what it holds.
func TestZippedBodies(t *testing.T) {
	address := serve(t)
	const query = `{"query":"{ concepts(first: 1) { totalCount } }"}`
	_, _, want := post(t, address, "application/json", query)
	whole := zipped(t, query)
	bomb := zipped(t, `{"query":"{ __typename }","variables":{"a":"`+strings.Repeat("a", 64<<20)+`"}}`)
	for name, c := range map[string]struct {
		coding string
		body   []byte
		status int
		text   string
	}{
		"gzip":              {"gzip", whole, 200, want},
		"in another case":   {"GZIP", whole, 200, want},
		"in two parts":      {"gzip", append(zipped(t, query[:9]), zipped(t, query[9:])...), 200, want},
		"as it is":          {"identity", []byte(query), 200, want},
		"a bomb":            {"gzip", bomb, 413, `"limit":"body"`},
		"a bomb in a bomb":  {"gzip", zipped(t, string(bomb)), 400, "not UTF-8"},
		"cut off":           {"gzip", whole[:len(whole)-9], 400, "could not be read to its end"},
		"damaged":           {"gzip", append(bytes.Clone(whole[:len(whole)-8]), make([]byte, 8)...), 400, "could not be read to its end"},
		"nothing":           {"gzip", nil, 400, "not compressed with gzip"},
		"not compressed":    {"gzip", []byte(query), 400, "not compressed with gzip"},
		"another coding":    {"br", whole, 415, "Content-Encoding: gzip"},
		"two codings":       {"gzip, gzip", whole, 415, "Content-Encoding: gzip"},
		"in two lines":      {"gzip; gzip", whole, 415, "Content-Encoding: gzip"},
		"two in two lines":  {"gzip; br", whole, 415, "Content-Encoding: gzip"},
		"compressed unsaid": {"", whole, 400, "not UTF-8"},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"graphql", bytes.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		for coding := range strings.SplitSeq(c.coding, "; ") { // each in a line of its own
			if coding != "" {
				r.Header.Add("Content-Encoding", coding)
			}
		}
		status, header, text := do(t, r)
		if status != c.status || !strings.Contains(text, c.text) || (header.Get("Accept-Encoding") == "gzip") != (status == http.StatusUnsupportedMediaType && strings.Contains(c.text, "gzip")) {
			t.Errorf("%s: %d %v %s", name, status, header, text)
		}
	}
}

// TestDocumentID: a document that the server knows is asked for by its name, as the draft
// of GraphQL over HTTP has it.
func TestDocumentID(t *testing.T) {
	const document = "{ dataset { conceptCount } }"
	id := "sha256:" + resolvers.HashOf(document)
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.graphql"), []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	any, few := serve(t), serve(t, "--operations", folder)
	send := func(address, body string) string {
		_, _, text := post(t, address, "application/json", body)
		return text
	}
	of := func(id string) string { return fmt.Sprintf(`{"documentId":%q}`, id) }
	if text := send(any, of(id)); !strings.Contains(text, "PERSISTED_QUERY_NOT_FOUND") || !strings.Contains(text, id) {
		t.Errorf("before it is known: %s", text)
	}
	want := send(any, fmt.Sprintf(`{"query":%q,"extensions":{"persistedQuery":{"version":1,"sha256Hash":%q}}}`, document, resolvers.HashOf(document)))
	for name, address := range map[string]string{"any": any, "few": few} {
		if text := send(address, of(id)); text != want || !strings.Contains(text, "conceptCount") {
			t.Errorf("%s: %s", name, text)
		}
		if _, _, text := requested(t, http.MethodGet, address+"graphql?documentId="+url.QueryEscape(id)); text != want {
			t.Errorf("%s, GET: %s", name, text)
		}
	}
	if text := send(few, of("sha256:"+strings.Repeat("0", 64))); !strings.Contains(text, "OPERATION_NOT_ALLOWED") {
		t.Errorf("an operation that is not allowed: %s", text)
	}
	for _, body := range []string{
		of("x"), of(resolvers.HashOf(document)), of("sha256:" + strings.Repeat("z", 64)), of("sha256:" + strings.Repeat("0", 1<<15)), `{"documentId":5}`,
		fmt.Sprintf(`{"documentId":%q,"query":%q}`, id, document), fmt.Sprintf(`{"documentId":%q,"extensions":{"persistedQuery":{"version":1,"sha256Hash":%q}}}`, id, resolvers.HashOf(document)),
	} {
		var told refusal
		text := send(any, body)
		if err := json.Unmarshal([]byte(text), &told); err != nil || len(told.Errors) != 1 || told.Errors[0].Extensions.Code != "BAD_REQUEST" || !strings.Contains(told.Errors[0].Message, "documentId") {
			t.Errorf("%.100s: %s", body, text)
		}
	}
}
