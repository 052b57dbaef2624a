package main

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// requested sends a request without a body, with headers in pairs.
func requested(t *testing.T, method, address string, headers ...string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return do(t, r)
}

// getting is the address of an operation for GET.
func getting(address, document string) string {
	return address + "graphql?query=" + url.QueryEscape(document)
}

// TestMethods: HEAD says what GET says, without a body; OPTIONS says which methods
// there are, as does the refusal of another one.
func TestMethods(t *testing.T) {
	address := serve(t, "--cache-control", "max-age=60")
	for what, target := range map[string]string{
		"the page": address, "health": address + "healthz", "readiness": address + "readyz", "metrics": address + "metrics", "no page": address + "nothing",
		"a small answer": getting(address, "{ dataset { version } }"), "a large answer": getting(address, "{ concepts(first: 100) { nodes { id name description } } }"),
		"a refused document": getting(address, "{ nothing }"), "an error of a field": getting(address, `{ concept(id: "") { id } }`), "no document": address + "graphql",
	} {
		for _, headers := range [][]string{
			{"Accept-Encoding", "identity"},
			{"Accept-Encoding", "gzip"},
			{"Accept-Encoding", "identity", "Accept", "application/graphql-response+json", "Origin", "http://localhost:1"},
		} {
			status, got, _ := requested(t, http.MethodGet, target, headers...)
			headStatus, head, body := requested(t, http.MethodHead, target, headers...)
			if headStatus != status || body != "" {
				t.Errorf("%s: GET is %d, HEAD %d with %q", what, status, headStatus, body)
			}
			for _, name := range []string{"Content-Type", "Content-Length", "ETag", "Cache-Control", "Vary", "Content-Encoding", "Access-Control-Allow-Origin"} {
				if what == "metrics" && name == "Content-Length" || name == "Content-Length" && head.Get(name) == "" {
					continue // of another moment; optional
				}
				if !slices.Equal(got.Values(name), head.Values(name)) {
					t.Errorf("%s, %v: %s of GET is %q, of HEAD %q", what, headers, name, got.Values(name), head.Values(name))
				}
			}
		}
		allow := "GET, HEAD, OPTIONS"
		if strings.Contains(target, "graphql") {
			allow = "GET, HEAD, POST, OPTIONS"
		}
		if status, header, body := requested(t, http.MethodOptions, target); status != http.StatusNoContent || header.Get("Allow") != allow || body != "" {
			t.Errorf("%s: OPTIONS is %d, Allow %q, %q", what, status, header.Get("Allow"), body)
		}
		if status, header, _ := requested(t, http.MethodDelete, target); status != http.StatusMethodNotAllowed || header.Get("Allow") != allow {
			t.Errorf("%s: DELETE is %d, Allow %q", what, status, header.Get("Allow"))
		}
	}
}

// TestErrorsAreNotCached: an answer to GET with an error is kept by nobody, and Vary
// names what answers depend on.
func TestErrorsAreNotCached(t *testing.T) {
	address := serve(t, "--cache-control", "max-age=60")
	known := serve(t, "--cache-control", "max-age=60", "--rate", "0.01", "--rate-burst", "1", "--trusted-proxy", "192.0.2.1/32")
	requested(t, http.MethodGet, getting(known, "{ dataset { version } }"))
	for what, target := range map[string]string{
		"no error": getting(address, "{ dataset { version } }"), "an error of a field": getting(address, `{ concept(id: "") { id } dataset { version } }`),
		"an error of the whole": getting(address, `{ concepts(first: -1) { totalCount } }`), "a refused document": getting(address, "{ nothing }"), "a syntax error": getting(address, "{"),
		"no document": address + "graphql", "a mutation": getting(address, "mutation { erase }"), "broken variables": getting(address, "{ __typename }") + "&variables=%7B",
		"no such page": address + "nothing", "no file of the page": address + "playground/x/y.js",
		"too often": getting(known, "{ dataset { version } }"), "an unknown hash": address + "graphql?extensions=" + url.QueryEscape(`{"persistedQuery":{"version":1,"sha256Hash":"`+strings.Repeat("0", 64)+`"}}`),
	} {
		for _, accept := range []string{"application/json", "application/graphql-response+json", "text/html"} {
			_, header, _ := requested(t, http.MethodGet, target, "Accept", accept, "Origin", "http://localhost:1")
			control := "no-store"
			if what == "no error" && accept != "text/html" {
				control = "max-age=60"
			}
			if header.Get("Cache-Control") != control || (header.Get("ETag") != "") != (control != "no-store") {
				t.Errorf("%s, %s: Cache-Control %q, ETag %q", what, accept, header.Get("Cache-Control"), header.Get("ETag"))
			}
			if status, header, _ := requested(t, http.MethodGet, target, "Accept", accept, "If-None-Match", "*"); status == http.StatusNotModified || header.Get("Cache-Control") != control {
				t.Errorf("%s, %s, with If-None-Match: *: %d, Cache-Control %q", what, accept, status, header.Get("Cache-Control"))
			}
			if !strings.Contains(target, "graphql") {
				continue // which says the same to everybody
			}
			vary := strings.Split(strings.Join(header.Values("Vary"), ", "), ", ")
			for _, name := range []string{"Origin", "Accept", "Accept-Encoding"} {
				if !slices.Contains(vary, name) && (name != "Accept-Encoding" || what != "too often") {
					t.Errorf("%s, %s: Vary is %v", what, accept, vary)
				}
			}
		}
	}
}

// TestOrigins: the pages of this machine may ask with all that their clients send, in
// whatever way they name the machine; no others, however alike their names are.
func TestOrigins(t *testing.T) {
	address := serve(t)
	asked := []string{
		"accept", "content-type", "content-encoding", "if-none-match", "cache-control", "x-api-key", "authorization", "x-requested-with",
		"traceparent", "tracestate", "baggage", "sentry-trace",
		"apollographql-client-name", "apollographql-client-version", "apollo-require-preflight", "graphql-preflight",
	}
	slices.Sort(asked) // as browsers do
	for origin, local := range map[string]bool{
		"http://localhost": true, "https://localhost": true, "http://localhost:3000": true, "https://localhost:65535": true, "http://app.localhost:5173": true, "https://a.b.localhost": true,
		"http://127.0.0.1": true, "https://127.0.0.1:8443": true, "http://[::1]": true, "http://[::1]:3000": true, "https://[::1]:3000": true, "HTTP://LOCALHOST:80": true,
		"https://evil.example": false, "https://localhost.evil.example": false, "http://localhost:3000.evil.example": false, "http://localhost:evil.example": false, "http://localhost:3000@evil.example": false,
		"http://localhost:": false, "http://localhost:123456": false, "http://evil-localhost": false, "http://evillocalhost": false, "http://evil.example/.localhost": false, "http://evil.example:80.localhost": false,
		"http://127.0.0.1.evil.example": false, "http://127.0.0.1:80.evil.example": false, "http://[::1].evil.example": false, "http://[::2]": false, "null": false, "file://localhost": false,
	} {
		want := ""
		if local {
			want = origin
		}
		_, header, _ := requested(t, http.MethodGet, getting(address, "{ __typename }"), "Origin", origin)
		if got := header.Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("GET from %s: allowed %q", origin, got)
		}
		_, header, _ = requested(t, http.MethodOptions, address+"graphql", "Origin", origin, "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", strings.Join(asked, ","))
		if got := header.Get("Access-Control-Allow-Origin"); got != want || local != (header.Get("Access-Control-Allow-Headers") != "") || header.Get("Allow") != "GET, HEAD, POST, OPTIONS" {
			t.Errorf("a preflight from %s: allowed %q with %q", origin, got, header.Get("Access-Control-Allow-Headers"))
		}
	}
	for headers, allowed := range map[string]bool{
		"Traceparent, authorization ,content-type,,Authorization": true, // as no browser sends them, but others do
		"x-other": false, "authorization,x-other": false, "x-other, authorization": false, "authorization x-other": false, "authorizatio": false,
	} {
		_, header, _ := requested(t, http.MethodOptions, address+"graphql", "Origin", "http://localhost", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", headers)
		if got := header.Get("Access-Control-Allow-Headers"); (got != "") != allowed {
			t.Errorf("asked for %s: %q is allowed", headers, got)
		}
	}
	named := serve(t, "--origin", "https://*.example.org:*", "--origin", "https://one.example")
	for origin, allowed := range map[string]bool{
		"https://a.example.org": true, "https://a.b.example.org:8443": true, "https://one.example": true,
		"https://example.org": false, "https://a.example.org.evil.example": false, "https://a.example.org:80.evil.example": false, "https://one.example:444": false, "http://localhost": false, "https://xone.example": false,
	} {
		_, header, _ := requested(t, http.MethodGet, getting(named, "{ __typename }"), "Origin", origin)
		if got := header.Get("Access-Control-Allow-Origin"); (got != "") != allowed {
			t.Errorf("from %s: allowed %q", origin, got)
		}
	}
}
