package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/cmd/internal/server"
	"github.com/plexus-kg/plexus/cmd/internal/web"
	"github.com/plexus-kg/plexus/resolvers/limits"
)

// handler is the handler of the whole server on the embedded seed, with what is
// logged as an error.
func handler(tb testing.TB, change func(*server.Config)) (http.Handler, *journal) {
	tb.Helper()
	return handlerOf(tb, dataFlag{}, change)
}

// handlerOf is handler on other data.
func handlerOf(tb testing.TB, data dataFlag, change func(*server.Config)) (http.Handler, *journal) {
	tb.Helper()
	log := &journal{}
	c := server.Config{
		Routes: playground(), Log: (&settings{LogLevel: "error", LogFormat: "text"}).log(log),
		Limits: limits.Default(), Timeout: 10 * time.Second, Origins: server.LocalOrigins(), CacheControl: "no-cache",
	}
	l, err := data.load(tb.Context(), io.Discard)
	if err != nil {
		tb.Fatal(err)
	}
	s := newService(data, l, c.Log)
	tb.Cleanup(s.close)
	c.Current, c.Ready, c.Metrics = s.pin, s.ready, metrics(s)
	change(&c)
	return server.New(c), log
}

// FuzzHandler: whatever a request is, the answer is no internal error; it has a
// media type and a size; from the GraphQL endpoint it is JSON, with a code where
// it is a refusal.
func FuzzHandler(f *testing.F) {
	h, log := handler(f, func(c *server.Config) { c.Limits.Cost = 3000 })
	const asJSON, newer = "Content-Type: application/json\n", "Accept: application/graphql-response+json\n"
	for _, body := range []string{
		plain, "[" + plain + "]", "{", `{"query":1}`, of("{ nam }"), of("{"), of("query($n: Int = 1) { concepts(first: $n) { nodes { id } } }", `{"n":1e3}`),
		`{"query":"","extensions":{"persistedQuery":{"version":1,"sha256Hash":"0000000000000000000000000000000000000000000000000000000000000000"}}}`,
		`{"operationName":null,"variables":null,"extensions":null,"query":null}`, `{"query":"{__typename}","query":"\u0000"}`,
	} {
		f.Add("POST", "/graphql", asJSON+newer, []byte(body))
	}
	f.Add("GET", "/graphql?query="+url.QueryEscape("{ concept(id: \"eeg\") { name } }")+"&variables={}&operationName=", "If-None-Match: W/\"x\", *\n", []byte(nil))
	f.Add("GET", "/graphql?query=mutation%7Ba%7D&extensions=%7B%7D", newer, []byte(nil))
	f.Add("OPTIONS", "/graphql", "Origin: http://localhost:1\nAccess-Control-Request-Method: POST\nAccess-Control-Request-Headers: content-type\n", []byte(nil))
	f.Add("POST", "/graphql", "Content-Type: application/json; charset=latin1\nContent-Encoding: gzip\nAccept: */*;q=0.1,text/html\n", []byte("{}"))
	f.Add("GET", "/", "Range: bytes=0-1,3-\nAccept-Encoding: gzip;q=0.5\n", []byte(nil))
	f.Add("GET", "/playground/../metrics", "X-Forwarded-For: 1.2.3.4, ::1\nX-Api-Key: a\n", []byte(nil))
	f.Add("HEAD", "/healthz?a=%25", "", []byte("x"))
	f.Fuzz(func(t *testing.T, method, target, header string, body []byte) {
		head := method + " " + target + " HTTP/1.1\nHost: x\n" + strings.TrimSpace(header)
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(head + "\n\n")))
		if err != nil {
			return // net/http lets nothing of it through
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		checkAnswer(t, h, log, r)
	})
}

// FuzzOperation: the same, whatever the document and its variables are.
func FuzzOperation(f *testing.F) {
	h, log := handler(f, func(c *server.Config) { c.Limits.Cost = 3000 })
	for _, example := range web.Examples() {
		f.Add(example.Query, "{}")
	}
	f.Add(`query($f: ConceptFilter, $n: Int) { concepts(filter: $f, first: $n, after: "x") { totalCount kindCounts { kind count } } }`, `{"f":{"not":{"name":{"equals":["a"]}}},"n":3}`)
	f.Add(`{ __schema { types { name } } __type(name: "Query") { name fields { name args { name defaultValue } } } }`, ``)
	f.Add(`query A @skip(if: true) { a: nodes(ids: ["eeg", "", null]) { id ...B } } fragment B on Condition { causes(first: -1) { edges { statements { id } } } }`, `null`)
	f.Add(`{ search(text: "bels") { edges { score } } paths(from: "eeg", to: "mri") { nodes { length } } rank(findings: ["eeg"]) { findingCount } }`, `[]`)
	f.Add(`query Q($a: [ID!]! = ["eeg"], $b: Boolean!) { nodes(ids: $a) { id @include(if: $b) } claim(subject: "a", predicate: "b", object: "c") { answer } }`, `{"a":[["eeg"]],"b":"yes"}`)
	f.Fuzz(func(t *testing.T, query, variables string) {
		body := of(query)
		if json.Valid([]byte(variables)) {
			body = of(query, variables)
		}
		r := httptest.NewRequest(http.MethodPost, server.Endpoint, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		checkAnswer(t, h, log, r)
	})
}

// checkAnswer fails the test where the handler answers as no server should.
func checkAnswer(t *testing.T, h http.Handler, log *journal, r *http.Request) {
	t.Helper()
	endpoint, method := r.URL.Path == server.Endpoint, r.Method
	w := httptest.NewRecorder()
	log.reset()
	h.ServeHTTP(w, r)
	body, header := w.Body.Bytes(), w.Header()
	if w.Code >= http.StatusInternalServerError || log.String() != "" {
		t.Fatalf("%d %s\n%s", w.Code, body, log.String())
	}
	if len(body) > 2<<20 || header.Get("X-Request-Id") == "" || header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%d bytes, %v", len(body), header)
	}
	for name, values := range header {
		if strings.ContainsAny(name+strings.Join(values, ""), "\r\n\x00") {
			t.Errorf("%s: %q", name, values)
		}
	}
	if !endpoint || w.Code == http.StatusNotModified || method == http.MethodOptions && w.Code < 300 || header.Get("Content-Encoding") != "" {
		return
	}
	var told struct {
		Data   json.RawMessage
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if !strings.Contains(header.Get("Content-Type"), "json") || json.Unmarshal(body, &told) != nil || told.Data == nil && len(told.Errors) == 0 {
		t.Fatalf("%d %v %s", w.Code, header, body)
	}
	for _, e := range told.Errors {
		if e.Message == "" || e.Extensions.Code == "" || e.Extensions.Code == "INTERNAL" {
			t.Errorf("%s", body)
		}
	}
	if told.Data == nil && len(body) > 16<<10 {
		t.Errorf("a refusal of %d bytes", len(body))
	}
}
