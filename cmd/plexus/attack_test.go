package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// plain is the query that has to be answered whatever happened before.
const plain = `{"query":"{ concept(id: \"eeg\") { id } }"}`

// TestAttacks: each way to hurt a server on the open internet that we know of,
// tried on the running server; after each it answers a plain query.
func TestAttacks(t *testing.T) {
	address := serve(t)
	answers := func(t *testing.T) {
		t.Helper()
		if status, _, body := post(t, address, "application/json", plain); status != 200 || !strings.HasPrefix(body, `{"data":{"concept":{"id":"eeg"}}`) {
			t.Errorf("afterwards a plain query is answered with %d %s", status, body)
		}
	}

	doubling := "{...F0}"
	for i := range 60 {
		doubling += fmt.Sprintf(" fragment F%d on Query {...F%d ...F%d}", i, i+1, i+1)
	}
	for name, c := range map[string]struct {
		query, code string
	}{
		"10,000 copies of a field": {"{" + strings.Repeat(" dataset { version }", 10_000) + "}", "LIMIT_EXCEEDED"},
		"400 copies of a field":    {"{ dataset {" + strings.Repeat(" version", 400) + "} }", "LIMIT_EXCEEDED"},
		"alias flood":              {aliases(300), "LIMIT_EXCEEDED"},
		"fragment bomb":            {doubling + " fragment F60 on Query { dataset { version } }", "LIMIT_EXCEEDED"},
		"circular fragments":       {"{...A} fragment A on Query {...B} fragment B on Query {...A}", "LIMIT_EXCEEDED"},
		"a page product":           {"{ concepts(first: 100) { nodes { links(first: 100) { nodes { links(first: 100) { nodes { id } } } } } } }", "LIMIT_EXCEEDED"},
		"deep fields":              {strings.Repeat("{ concept(id: 1) ", 200) + strings.Repeat("}", 200), "LIMIT_EXCEEDED"},
		"deep literals":            {"{ concepts(filter: " + strings.Repeat("{and: [", 300) + strings.Repeat("]}", 300) + ") { totalCount } }", "LIMIT_EXCEEDED"},
		"deep introspection":       {"{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }", "LIMIT_EXCEEDED"},
		"a huge number":            {"{ concepts(first: " + strings.Repeat("9", 30_000) + ") { totalCount } }", "LIMIT_EXCEEDED"},
		"a number beyond 32 bits":  {"{ concepts(first: 2147483648) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"},
		"a thousand directives":    {"{ dataset { version " + strings.Repeat("@include(if: true) ", 900) + "} }", "LIMIT_EXCEEDED"},
		"many operations":          {strings.Repeat("query { dataset { version } } ", 100), "LIMIT_EXCEEDED"},
		"a NUL in the document":    {"{ dataset { version \x00 } }", "GRAPHQL_PARSE_FAILED"},
		"a NUL in an id":           {`{ concept(id: "\u0000") { id } }`, "BAD_ID"},
		"a line break in an id":    {`{ concept(id: "a\r\nX-Injected: 1") { id } }`, "BAD_ID"},
	} {
		t.Run(name, func(t *testing.T) {
			body, _ := json.Marshal(map[string]string{"query": c.query})
			status, header, text := post(t, address, "application/graphql-response+json", string(body))
			// What a field refuses while the operation runs is part of an answer.
			wantStatus := map[bool]int{true: 200, false: 400}[strings.HasPrefix(c.code, "BAD_") || name == "a number beyond 32 bits"]
			if status != wantStatus || !strings.Contains(text, `"code":"`+c.code+`"`) {
				t.Errorf("%d %.300s", status, text)
			}
			if header.Get("X-Injected") != "" || len(text) > 2000 {
				t.Errorf("%v, %d bytes", header, len(text))
			}
			answers(t)
		})
	}

	for name, c := range map[string]struct {
		method, path, contentType, body string
		status                          int
		allow                           string
	}{
		"a batch":                    {"POST", "graphql", "application/json", "[" + plain + "," + plain + "]", 400, ""},
		"a GET mutation":             {"GET", "graphql?query=" + url.QueryEscape("mutation { erase }"), "", "", 405, "POST"},
		"a PUT":                      {"PUT", "graphql", "application/json", plain, 405, "GET, POST"},
		"a form":                     {"POST", "graphql", "application/x-www-form-urlencoded", "query={__typename}", 415, ""},
		"a form with files":          {"POST", "graphql", "multipart/form-data; boundary=x", "--x\r\n\r\n--x--", 415, ""},
		"text that needs no CORS":    {"POST", "graphql", "text/plain", plain, 415, ""},
		"a body beyond the limit":    {"POST", "graphql", "application/json", `{"query":"` + strings.Repeat(" ", 2<<20) + `"}`, 413, ""},
		"a body that is not UTF-8":   {"POST", "graphql", "application/json", "{\"query\":\"{ dataset { version } } #\xff\"}", 400, ""},
		"deep JSON":                  {"POST", "graphql", "application/json", `{"query":"{__typename}","variables":{"a":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}}`, 400, ""},
		"deeper JSON than is parsed": {"POST", "graphql", "application/json", strings.Repeat("[", 500_000), 400, ""},
		"a path traversal":           {"GET", "playground/..%2f..%2fetc%2fpasswd", "", "", 404, ""},
		"another path traversal":     {"GET", "..%5c..%5cwindows%5cwin.ini", "", "", 404, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), c.method, address+c.path, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept", "application/graphql-response+json")
			if c.contentType != "" {
				r.Header.Set("Content-Type", c.contentType)
			}
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = response.Body.Close() }()
			text, _ := io.ReadAll(response.Body)
			if response.StatusCode != c.status || response.Header.Get("Allow") != c.allow || strings.Contains(string(text), "goroutine") || len(text) > 2000 {
				t.Errorf("%d Allow %q %.300s", response.StatusCode, response.Header.Get("Allow"), text)
			}
			if got := response.Header.Get("X-Content-Type-Options"); got != "nosniff" {
				t.Errorf("X-Content-Type-Options %q", got)
			}
			answers(t)
		})
	}

	t.Run("another site's page", func(t *testing.T) {
		for origin, want := range map[string]string{"https://evil.example": "", "http://localhost:3000": "http://localhost:3000", "https://localhost.evil.example": "", "null": ""} {
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"graphql", strings.NewReader(plain))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Origin", origin)
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if got := response.Header.Get("Access-Control-Allow-Origin"); got != want || response.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s: allowed %q", origin, got)
			}
		}
	})

	t.Run("response splitting", func(t *testing.T) {
		for _, raw := range []string{
			"GET /%0d%0aX-Injected:%201 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
			"GET /graphql?query={__typename}&operationName=a%0d%0aX-Injected:1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\r\n\tb\r\nConnection: close\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n",
		} {
			if answer := rawly(t, address, raw); strings.Contains(answer, "\nX-Injected") {
				t.Errorf("%q\n%s", raw, answer)
			}
			answers(t)
		}
	})

	t.Run("websocket flood", func(t *testing.T) {
		for range 50 {
			answer := rawly(t, address, "GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
			if !strings.HasPrefix(answer, "HTTP/1.1 400") {
				t.Fatalf("%.200s", answer)
			}
		}
		answers(t)
	})
}

// aliases returns a document with as many aliases of one field.
func aliases(n int) string {
	var b strings.Builder
	b.WriteString("{")
	for i := range n {
		fmt.Fprintf(&b, " a%d: dataset { version }", i)
	}
	return b.String() + "}"
}

// post sends a body to the GraphQL endpoint.
func post(t *testing.T, address, accept, body string) (int, http.Header, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"graphql", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", accept)
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, response.Header, string(text)
}

// dial opens a connection to the server.
func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	var dialer net.Dialer
	conn, err := dialer.DialContext(t.Context(), "tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	return conn
}

// rawly sends bytes that no client would send, and returns what comes back
// until the connection ends or an answer is complete.
func rawly(t *testing.T, address, raw string) string {
	t.Helper()
	conn := dial(t, address)
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, raw); err != nil {
		t.Fatal(err)
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return ""
	}
	defer func() { _ = response.Body.Close() }()
	var answer strings.Builder
	_ = response.Write(&answer)
	return answer.String()
}

// TestSlowClients: who sends headers or a body too slowly is dropped, and does
// not keep others waiting meanwhile, however many do it.
func TestSlowClients(t *testing.T) {
	address := serve(t, "--read-timeout", "300ms")
	for name, beginning := range map[string]string{
		"no headers":    "",
		"slow headers":  "POST /graphql HTTP/1.1\r\nHost: x\r\nX-",
		"a slow body":   "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
		"a slow length": "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"que",
	} {
		t.Run(name, func(t *testing.T) {
			var slow sync.WaitGroup
			for range 200 {
				conn := dial(t, address)
				_, _ = io.WriteString(conn, beginning)
				slow.Go(func() {
					if _, err := io.Copy(io.Discard, conn); err != nil && strings.Contains(err.Error(), "timeout") {
						t.Errorf("the server never ended the connection: %v", err)
					}
				})
			}
			if status, _, body := post(t, address, "application/json", plain); status != 200 {
				t.Errorf("meanwhile: %d %s", status, body)
			}
			slow.Wait()
		})
	}
}
