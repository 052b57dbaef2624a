package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/cmd/internal/web"
	"github.com/plexus-kg/plexus/cmd/internal/web/webtest"
	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

// TestNoIntrospection: a server that does not tell its schema says so, however
// it is asked, and answers everything else.
func TestNoIntrospection(t *testing.T) {
	address := serve(t, "--no-introspection")
	for _, query := range []string{
		"{ __schema { queryType { name } } }",
		`{ __type(name: "Query") { name } }`,
		"{ _service { sdl } }",
		`{ concept(id: "eeg") { id } a: __type(name: "Query") { name } }`,
		"{ ...A } fragment A on Query { ...B } fragment B on Query { __schema { types { name } } }",
		"query($yes: Boolean = false) { __schema @include(if: $yes) { queryType { name } } }",
	} {
		for range 2 {
			for mediaType, want := range map[string]int{"application/json": 200, "application/graphql-response+json": 400} {
				status, _, text := post(t, address, mediaType, of(query))
				if status != want || !strings.Contains(text, `"code":"INTROSPECTION_DISABLED"`) || !strings.Contains(text, `"locations":[{"line":1,`) || strings.Contains(text, `"data"`) {
					t.Errorf("%s: %d %s", query, status, text)
				}
			}
		}
	}
	if status, _, text := do(t, asked(t, address, "{ __schema { queryType { name } } }")); status != 200 || !strings.Contains(text, "INTROSPECTION_DISABLED") {
		t.Errorf("by GET: %d %s", status, text)
	}
	if _, _, text := post(t, address, "application/json", of(`{ __typename concept(id: "eeg") { __typename } }`)); !strings.Contains(text, `{"__typename":"Query","concept":{"__typename":"Test"}}`) {
		t.Errorf("__typename: %s", text)
	}
	if _, _, text := post(t, address, "application/json", of("{ concep { id } }")); !strings.Contains(text, "Cannot query field") || strings.Contains(text, "Did you mean") {
		t.Errorf("it tells of its schema: %s", text)
	}
}

// asked is a query by GET.
func asked(t *testing.T, address, query string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"graphql?query="+url.QueryEscape(query), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSuggestions: a server says what a client may have meant, unless it is told
// not to; to a client that is wrong all over it does not.
func TestSuggestions(t *testing.T) {
	telling, silent := serve(t), serve(t, "--no-suggestions")
	for query, meant := range map[string]string{
		`{ concep(id: "eeg") { id } }`:                        `\"concept\"`,
		`{ concept(idd: "eeg") { id } }`:                      `\"id\"`,
		`{ ...A } fragment A on Quer { __typename }`:          `\"Query\"`,
		`{ concept(id: "eeg") }`:                              `{ ... }`,
		`{ concepts(orderBy: NAMME) { totalCount } }`:         `NAME`,
		`{ concepts(filter: { nam: null }) { totalCount } }`:  `\"name\"`,
		`query($a: ID) { concept(id: "eeg") @includ { id } }`: ``,
		`{ concepts(filter: { kind: "x" }) { totalCount } }`:  ``,
		`{ __schema { queryType { name } } }`:                 ``,
	} {
		for range 2 {
			_, _, told := post(t, telling, "application/json", of(query))
			_, _, untold := post(t, silent, "application/json", of(query))
			if strings.Contains(told, "Did you mean") != (meant != "") || !strings.Contains(told, meant) {
				t.Errorf("%s: %s", query, told)
			}
			if strings.Contains(untold, "Did you mean") || strings.Contains(untold, `"code"`) != strings.Contains(told, `"code"`) {
				t.Errorf("%s, without suggestions: %s", query, untold)
			}
		}
	}
	_, _, text := post(t, telling, "application/json", of("{"+many(50, func(int) string { return "concep" })+"}"))
	if strings.Contains(text, "Did you mean") || strings.Count(text, `"message"`) != 11 || !strings.Contains(text, "there are more faults, which are not told") {
		t.Errorf("50 faults: %s", text)
	}
}

// TestListedIntrospection: with a list of operations introspection runs if it is
// on the list, and only as it stands there.
func TestListedIntrospection(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "types.graphql"), []byte("query Types { __schema { types { name } } }"), 0o600); err != nil {
		t.Fatal(err)
	}
	listed := serve(t, "--operations", folder)
	for query, want := range map[string]string{
		"query Types { __schema { types { name } } }":             `"name":"Query"`,
		"query Types { __schema { types { name description } } }": "OPERATION_NOT_ALLOWED",
		`{ __type(name: "Query") { name } }`:                      "OPERATION_NOT_ALLOWED",
	} {
		if _, _, text := post(t, listed, "application/json", of(query)); !strings.Contains(text, want) {
			t.Errorf("%s: %.300s", query, text)
		}
	}
	off := serve(t, "--operations", folder, "--no-introspection")
	if _, _, text := post(t, off, "application/json", of("query Types { __schema { types { name } } }")); !strings.Contains(text, "INTROSPECTION_DISABLED") {
		t.Errorf("switched off, but listed: %.300s", text)
	}
}

// TestPlaygroundWithoutIntrospection: the page works without the schema, and
// says why there is no documentation.
func TestPlaygroundWithoutIntrospection(t *testing.T) {
	if !web.Offline() {
		needs.Missing(t, "the playground's libraries are not built in (make web builds them in, with Node)")
	}
	page := webtest.Open(t, serve(t, "--no-introspection")+"playground")
	page.Choose(web.Examples()[1].Name)
	if text := page.Run(); !strings.Contains(text, `"data"`) {
		t.Error(text)
	}
	page.Wait(`document.querySelector("[data-note=schema]")?.innerText.includes("does not tell its schema")`)
	told := webtest.Open(t, serve(t)+"playground")
	if told.Eval(`document.querySelector("[data-note=schema]")`) != nil {
		t.Error("the page says so, too, where the server tells its schema")
	}
}

// TestHeaders: every answer, whatever it is, tells browsers to take it for what
// it says it is, to run nothing of it and to tell nobody of it; the page has a
// policy of its own, as strict as it can be.
func TestHeaders(t *testing.T) {
	address := serve(t)
	_, _, page := do(t, pathOf(t, http.MethodGet, address, "playground"))
	script := page[strings.Index(page, "playground/"):]
	script = script[:strings.Index(script, `"`)]
	for _, c := range []struct {
		method, path string
		status       int
		mediaType    string
	}{
		{"GET", "", 200, "text/html; charset=utf-8"},
		{"GET", "playground", 200, "text/html; charset=utf-8"},
		{"GET", script, 200, ""},
		{"GET", "playground/nothing.js", 404, "text/plain; charset=utf-8"},
		{"GET", "nothing", 404, "text/plain; charset=utf-8"},
		{"POST", "", 405, "text/plain; charset=utf-8"},
		{"GET", "healthz", 200, "text/plain; charset=utf-8"},
		{"GET", "readyz", 200, "text/plain; charset=utf-8"},
		{"GET", "metrics", 200, ""},
		{"GET", "graphql?query=%7B__typename%7D", 200, "application/json; charset=utf-8"},
		{"GET", "graphql", 400, "application/json; charset=utf-8"},
		{"DELETE", "graphql", 405, "application/json; charset=utf-8"},
	} {
		status, header, _ := do(t, pathOf(t, c.method, address, c.path))
		if status != c.status || c.mediaType != "" && header.Get("Content-Type") != c.mediaType {
			t.Errorf("%s /%s: %d %s", c.method, c.path, status, header.Get("Content-Type"))
		}
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cross-Origin-Opener-Policy": "same-origin", "X-Request-Id": "",
		} {
			if got := header.Values(name); len(got) != 1 || want != "" && got[0] != want {
				t.Errorf("%s /%s: %s is %q", c.method, c.path, name, got)
			}
		}
		for _, name := range []string{"Server", "X-Powered-By", "Set-Cookie"} {
			if got := header.Get(name); got != "" {
				t.Errorf("%s /%s: %s is %q", c.method, c.path, name, got)
			}
		}
		policy := header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s /%s: the policy is %q", c.method, c.path, policy)
		}
		if c.path != "" && c.path != "playground" && policy != "default-src 'none'; frame-ancestors 'none'" {
			t.Errorf("%s /%s: more is allowed than for what is no page: %q", c.method, c.path, policy)
		}
	}
}

// pathOf is a request for a path.
func pathOf(t *testing.T, method, address, path string) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
