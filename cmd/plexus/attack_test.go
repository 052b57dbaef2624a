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
	"testing"
	"time"

	"github.com/plexus-kg/plexus/resolvers"
)

// plain is the query that has to be answered whatever happened before.
const plain = `{"query":"{ concept(id: \"eeg\") { id } }"}`

// TestAttacks: each way to hurt a server on the open internet that we know of,
// tried on the program; after each it answers a plain query, after all of them
// as fast as before, and holds no more than before.
func TestAttacks(t *testing.T) {
	if testing.Short() {
		t.Skip("documents that are made to cost take seconds")
	}
	debug := freeAddress(t)
	s := startProcess(t, "", "--debug-listen", debug, "--read-timeout", "300ms", "--write-timeout", "2s", "--max-connections", "500", "--limit", enough)
	s.debug = debug
	calm := s.median(t)
	before := s.numbers(t)
	for _, attack := range []struct {
		name string
		run  func(*testing.T, process)
	}{
		{"documents", attackByDocuments},
		{"requests", attackByRequests},
		{"bytes", attackByBytes},
		{"pages", attackByPages},
		{"slow", attackBySlowness},
		{"flood", attackByFloods},
	} {
		t.Run(attack.name, func(t *testing.T) { attack.run(t, s) })
	}
	s.settles(t, before)
	t.Logf("a plain query takes %v, before the attacks it took %v; the server held %+v, holds %+v", s.median(t), calm, before, s.numbers(t))
}

// attackDocuments are documents that would cost too much, or are no GraphQL,
// with the code of the answer.
var attackDocuments = func() map[string]struct{ query, code string } {
	doubling := "{...F0}"
	for i := range 60 {
		doubling += fmt.Sprintf(" fragment F%d on Query {...F%d ...F%d}", i, i+1, i+1)
	}
	const tooLarge, invalid, unparsed, badID = "LIMIT_EXCEEDED", "GRAPHQL_VALIDATION_FAILED", "GRAPHQL_PARSE_FAILED", "BAD_ID"
	return map[string]struct{ query, code string }{
		"10,000 copies of a field":   {"{" + strings.Repeat(" iri", 10_000) + "}", tooLarge},
		"400 copies of a field":      {"{ dataset {" + strings.Repeat(" version", 400) + "} }", tooLarge},
		"alias flood":                {"{" + many(300, func(i int) string { return fmt.Sprintf("a%d: dataset { version }", i) }) + "}", tooLarge},
		"fragment bomb":              {doubling + " fragment F60 on Query { dataset { version } }", tooLarge},
		"circular fragments":         {"{...A} fragment A on Query {...B} fragment B on Query {...A}", invalid},
		"a page product":             {"{ concepts(first: 100) { nodes { links(first: 100) { nodes { links(first: 100) { nodes { id } } } } } } }", tooLarge},
		"deep fields":                {nested(200, "{ concept(id: 1) ", "", "}"), tooLarge},
		"deep literals":              {"{ concepts(filter: " + nested(300, "{and: [", "", "]}") + ") { totalCount } }", tooLarge},
		"deep introspection":         {"{ __schema { types { fields { type { fields { name } } } } } }", tooLarge},
		"wide introspection":         {"{" + many(60, func(i int) string { return fmt.Sprintf("a%d: __schema { types { fields { args { name } } } }", i) }) + "}", tooLarge},
		"a huge number":              {"{ concepts(first: " + strings.Repeat("9", 30_000) + ") { totalCount } }", tooLarge},
		"a number beyond 32 bits":    {"{ concepts(first: 2147483648) { totalCount } }", invalid},
		"a huge exponent":            {"{ concepts(first: 1e999999999) { totalCount } }", invalid},
		"a thousand directives":      {"{ dataset { version " + strings.Repeat("@include(if: true) ", 900) + "} }", tooLarge},
		"many operations":            {strings.Repeat("query { dataset { version } } ", 100), tooLarge},
		"a long name":                {"{ " + strings.Repeat("concept", 9000) + " }", tooLarge},
		"long values of enums":       {"{ concepts(orderBy: " + strings.Repeat("NAME", 4000) + ") { totalCount } }", tooLarge},
		"900 unknown fields":         {`{ concept(id: "eeg") {` + many(900, func(i int) string { return fmt.Sprintf("cause%d", i) }) + "} }", invalid},
		"700 unknown arguments":      {"{ concepts(" + many(700, func(i int) string { return fmt.Sprintf("firs%d: 1", i) }) + ") { totalCount } }", invalid},
		"700 unknown input fields":   {"{ concepts(filter: {" + many(700, func(i int) string { return fmt.Sprintf("an%d: 1", i) }) + "}) { totalCount } }", invalid},
		"conflicting fields":         {"{" + many(40, func(i int) string { return fmt.Sprintf(`a: concept(id: "%d") { id }`, i) }) + "}", invalid},
		"9,900 conflicts":            {"{" + many(450, func(i int) string { return fmt.Sprintf(`f%d(a: %d)`, i%10, i) }) + "}", tooLarge},
		"fragments side by side":     {"{" + many(45, func(i int) string { return fmt.Sprintf("...F%d", i) }) + "}" + many(45, func(i int) string { return fmt.Sprintf("fragment F%d on Query { a: dataset { v%d } }", i, i) }), invalid},
		"a long text where none may": {"query " + `"` + strings.Repeat("x", 60_000) + `" { __typename }`, unparsed},
		"a comment and nothing else": {"#" + strings.Repeat("x", 60_000), unparsed},
		"a NUL in the document":      {"{ dataset { version \x00 } }", unparsed},
		"a NUL in an id":             {`{ concept(id: "\u0000") { id } }`, badID},
		"a line break in an id":      {`{ concept(id: "a\r\nX-Injected: 1") { id } }`, badID},
		"a mutation":                 {"mutation { erase }", invalid},
		"a subscription":             {"subscription { releases }", invalid},
		"an unterminated text":       {`{ concept(id: "`, unparsed},
		"nothing but brackets":       {strings.Repeat("{", 2000), unparsed},
	}
}()

func attackByDocuments(t *testing.T, s process) {
	for name, c := range attackDocuments {
		t.Run(name, func(t *testing.T) {
			for range 2 { // the second time as one that is known
				status, header, text := post(t, s.address, "application/graphql-response+json", of(c.query))
				// What a field refuses while the operation runs is part of an answer.
				want := http.StatusBadRequest
				if strings.Contains(text, `"data":`) {
					want = http.StatusOK
				}
				if status != want || !strings.Contains(text, `"code":"`+c.code+`"`) || (c.code != "BAD_ID" && name != "a number beyond 32 bits") && want == http.StatusOK {
					t.Errorf("%d %.300s", status, text)
				}
				if header.Get("X-Injected") != "" || len(text) > 3000 || !json.Valid([]byte(text)) {
					t.Errorf("%v, %d bytes", header, len(text))
				}
			}
			answersPlainly(t, s.address)
		})
	}
}

// attackRequest is a request that is refused before it is read as GraphQL.
type attackRequest struct {
	method, path string
	header       map[string]string
	body         string
	status       int
	allow        string
}

var attackRequests = func() map[string]attackRequest {
	as := func(mediaType string) map[string]string { return map[string]string{"Content-Type": mediaType} }
	keys := strings.ReplaceAll(many(20_000, func(i int) string { return fmt.Sprintf(`"k%d":1`, i) }), " ", ",")
	const asJSON = "application/json"
	return map[string]attackRequest{
		"a batch":                       {"POST", "graphql", as(asJSON), "[" + plain + "," + plain + "]", 400, ""},
		"a GET mutation":                {"GET", "graphql?query=" + url.QueryEscape("mutation { erase }"), nil, "", 405, "POST"},
		"a GET mutation among queries":  {"GET", "graphql?operationName=M&query=" + url.QueryEscape("query Q { __typename } mutation M { erase }"), nil, "", 405, "POST"},
		"a PUT":                         {"PUT", "graphql", as(asJSON), plain, 405, "GET, HEAD, POST, OPTIONS"},
		"a HEAD":                        {"HEAD", "graphql?query={__typename}", nil, "", 200, ""},
		"TRACE":                         {"TRACE", "graphql", nil, "", 405, "GET, HEAD, POST, OPTIONS"},
		"a form":                        {"POST", "graphql", as("application/x-www-form-urlencoded"), "query={__typename}", 415, ""},
		"a form with files":             {"POST", "graphql", as("multipart/form-data; boundary=x"), "--x\r\n\r\n--x--", 415, ""},
		"text that needs no CORS":       {"POST", "graphql", as("text/plain"), plain, 415, ""},
		"a compressed body":             {"POST", "graphql", map[string]string{"Content-Type": asJSON, "Content-Encoding": "gzip"}, "\x1f\x8b\x08\x00\x00", 400, ""},
		"a body beyond the limit":       {"POST", "graphql", as(asJSON), `{"query":"` + strings.Repeat(" ", 2<<20) + `"}`, 413, ""},
		"a body that is not UTF-8":      {"POST", "graphql", as(asJSON), "{\"query\":\"{ dataset { version } } #\xff\"}", 400, ""},
		"an address that is not UTF-8":  {"GET", "graphql?query=%7B__typename%7D%23%ff", nil, "", 400, ""},
		"an address with half a code":   {"GET", "graphql?query=%7B__typename%7", nil, "", 400, ""},
		"an address of many parameters": {"GET", "graphql?" + strings.Repeat("a=%41&", 5000), nil, "", 400, ""},
		"many keys":                     {"POST", "graphql", as(asJSON), `{"query":"{__typename}",` + keys[:100_000] + `"":1}`, 400, ""},
		"many extensions":               {"POST", "graphql", as(asJSON), `{"query":"{__typename}","extensions":{` + keys[:100_000] + `"":1}}`, 400, ""},
		"one key many times":            {"POST", "graphql", as(asJSON), `{"query":"{__typename}"` + strings.Repeat(`,"query":"{__typename}"`, 5000) + `}`, 400, ""},
		"many variables":                {"POST", "graphql", as(asJSON), of("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", `{"ids":[`+strings.Repeat(`"eeg",`, 20_000)+`"eeg"]}`), 400, ""},
		"deep JSON":                     {"POST", "graphql", as(asJSON), of("{ __typename }", `{"a":`+nested(5000, "[", "", "]")+`}`), 400, ""},
		"deeper JSON than is parsed":    {"POST", "graphql", as(asJSON), strings.Repeat("[", 100_000), 400, ""},
		"JSON that does not end":        {"POST", "graphql", as(asJSON), `{"query":"{__typename}`, 400, ""},
		"a number as query":             {"POST", "graphql", as(asJSON), `{"query":1e999}`, 400, ""},
		"an offer of many media types":  {"GET", "graphql?query=%7B__typename%7D", map[string]string{"Accept": strings.Repeat("a/b;q=1,", 3000)}, "", 406, ""},
		"a path traversal":              {"GET", "playground/..%2f..%2fetc%2fpasswd", nil, "", 404, ""},
		"another path traversal":        {"GET", "..%5c..%5cwindows%5cwin.ini", nil, "", 404, ""},
		"a NUL in the path":             {"GET", "playground/%00", nil, "", 404, ""},
		"a file that is hidden":         {"GET", ".git/config", nil, "", 404, ""},
		"the profiler":                  {"GET", "debug/pprof/", nil, "", 404, ""},
		"a POST to a page":              {"POST", "", nil, "a=1", 405, "GET, HEAD, OPTIONS"},
		"many ranges of the page":       {"GET", "playground", map[string]string{"Range": "bytes=" + strings.Repeat("0-,", 3000) + "0-"}, "", 200, ""},
	}
}()

func attackByRequests(t *testing.T, s process) {
	for name, c := range attackRequests {
		t.Run(name, func(t *testing.T) {
			r, err := http.NewRequestWithContext(t.Context(), c.method, s.address+c.path, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Accept", "application/graphql-response+json")
			for key, value := range c.header {
				r.Header.Set(key, value)
			}
			status, header, text := do(t, r)
			if status != c.status || header.Get("Allow") != c.allow || strings.Contains(text, "goroutine") || len(text) > 3000 {
				t.Errorf("%d Allow %q %.300s", status, header.Get("Allow"), text)
			}
			if got := header.Get("X-Content-Type-Options"); got != "nosniff" {
				t.Errorf("X-Content-Type-Options %q", got)
			}
			if strings.HasPrefix(c.path, "graphql") && c.method != http.MethodHead {
				var told refusal
				if err := json.Unmarshal([]byte(text), &told); err != nil || len(told.Errors) != 1 || told.Errors[0].Extensions.Code == "" {
					t.Errorf("no code: %s", text)
				}
			}
			answersPlainly(t, s.address)
		})
	}
}

// attackByBytes sends what no client of ours would send.
func attackByBytes(t *testing.T, s process) {
	const host, done = "Host: x\r\n", "Connection: close\r\n\r\n"
	const asJSON = "Content-Type: application/json\r\n"
	for name, c := range map[string]struct{ raw, want string }{ // how the answer begins
		"a line break in the path":       {"GET /%0d%0aX-Injected:%201 HTTP/1.1\r\n" + host + done, "HTTP/1.1 404"},
		"a line break in a parameter":    {"GET /graphql?query={__typename}&operationName=a%0d%0aX-Injected:1 HTTP/1.1\r\n" + host + done, "HTTP/1.1 200"},
		"a line break in a header":       {"GET / HTTP/1.1\r\n" + host + "X-Request-Id: a\r\n\tb\r\nOrigin: http://localhost\r\n X-Injected: 1\r\n" + done, "HTTP/1.1 "},
		"two ends of one body":           {"GET / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n" + done + "0\r\n\r\n", "HTTP/1.1 "},
		"two lengths":                    {"POST /graphql HTTP/1.1\r\n" + host + asJSON + "Content-Length: 5\r\nContent-Length: 6\r\n" + done + "{}", "HTTP/1.1 400"},
		"no length that is one":          {"POST /graphql HTTP/1.1\r\n" + host + asJSON + "Content-Length: -1\r\n" + done, "HTTP/1.1 400"},
		"an unknown transfer encoding":   {"POST /graphql HTTP/1.1\r\n" + host + asJSON + "Transfer-Encoding: gzip, chunked\r\n" + done, "HTTP/1.1 501"},
		"chunks without end":             {"POST /graphql HTTP/1.1\r\n" + host + asJSON + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("400\r\n"+strings.Repeat(" ", 1024)+"\r\n", 200), "HTTP/1.1 413"},
		"chunks that say much":           {"POST /graphql HTTP/1.1\r\n" + host + asJSON + "Transfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1;"+strings.Repeat("a", 3000)+"\r\n \r\n", 20), "HTTP/1.1 400"},
		"10,000 headers":                 {"GET / HTTP/1.1\r\n" + host + strings.ReplaceAll(many(10_000, func(i int) string { return fmt.Sprintf("X-%d:1\r\n", i) }), " ", "") + done, "HTTP/1.1 431"},
		"a long header":                  {"GET / HTTP/1.1\r\n" + host + "X: " + strings.Repeat("x", 100_000) + "\r\n" + done, "HTTP/1.1 431"},
		"a long address":                 {"GET /graphql?query=" + strings.Repeat("x", 100_000) + " HTTP/1.1\r\n" + host + done, "HTTP/1.1 431"},
		"no host":                        {"GET / HTTP/1.1\r\n" + done, "HTTP/1.1 400"},
		"two hosts":                      {"GET / HTTP/1.1\r\n" + host + host + done, "HTTP/1.1 400"},
		"a host that is none":            {"GET / HTTP/1.1\r\nHost: a b\\<script>\r\n" + done, "HTTP/1.1 400"},
		"another's host":                 {"GET / HTTP/1.1\r\nHost: evil.example\r\n" + done, "HTTP/1.1 200"},
		"another's host in the address":  {"GET http://evil.example/graphql?query={__typename} HTTP/1.1\r\n" + host + done, "HTTP/1.1 200"},
		"a path of another host":         {"GET //evil.example/%2e%2e HTTP/1.1\r\n" + host + done, "HTTP/1.1 "},
		"a path above the root":          {"GET /../../etc/passwd HTTP/1.1\r\n" + host + done, "HTTP/1.1 "},
		"a tunnel":                       {"CONNECT evil.example:443 HTTP/1.1\r\n" + host + done, "HTTP/1.1 404"},
		"a method that is none":          {"GE T / HTTP/1.1\r\n" + host + done, "HTTP/1.1 400"},
		"an HTTP/2 preface":              {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1 "},
		"a TLS greeting":                 {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + strings.Repeat("\x00", 100) + "\r\n\r\n", "HTTP/1.1 400"},
		"a refusal, not a wish for more": {"POST /graphql HTTP/1.1\r\n" + host + asJSON + "Expect: 100-continue\r\nContent-Length: 1000000\r\n" + done, "HTTP/1.1 413"},
		"the same for a form":            {"POST /graphql HTTP/1.1\r\n" + host + "Content-Type: text/plain\r\nExpect: 100-continue\r\nContent-Length: 10\r\n" + done, "HTTP/1.1 415"},
		"another expectation":            {"POST /graphql HTTP/1.1\r\n" + host + asJSON + "Expect: everything\r\nContent-Length: 2\r\n" + done + "{}", "HTTP/1.1 417"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := rawly(t, s.address, c.raw)
			head, _, _ := strings.Cut(answer, "\r\n\r\n")
			if !strings.HasPrefix(answer, c.want) || strings.HasPrefix(answer, "HTTP/1.1 5") && !strings.HasPrefix(c.want, "HTTP/1.1 5") {
				t.Errorf("%.300s", answer)
			}
			if strings.Contains(head, "X-Injected") || strings.Contains(head, "Location: //") || strings.Contains(answer, "evil.example/") && !strings.Contains(head, "Location: /") {
				t.Errorf("%.500s", answer)
			}
			answersPlainly(t, s.address)
		})
	}

	t.Run("one request behind the other", func(t *testing.T) {
		const n = 1000
		conn := dial(t, s.address)
		go func() {
			_, _ = io.WriteString(conn, strings.Repeat("GET /graphql?query={__typename} HTTP/1.1\r\n"+host+"\r\n", n))
		}()
		answers := bufio.NewReader(conn)
		for i := range n {
			response, err := http.ReadResponse(answers, nil)
			if err != nil || response.StatusCode != http.StatusOK {
				t.Fatalf("answer %d: %v %v", i, response, err)
			}
			_, _ = io.Copy(io.Discard, response.Body)
		}
		answersPlainly(t, s.address)
	})

	t.Run("websocket flood", func(t *testing.T) {
		for range 500 {
			answer := rawly(t, s.address, "GET /graphql HTTP/1.1\r\n"+host+"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
			if !strings.HasPrefix(answer, "HTTP/1.1 400") {
				t.Fatalf("%.200s", answer)
			}
		}
		answersPlainly(t, s.address)
	})
}

// attackByPages asks as the pages of other sites do.
func attackByPages(t *testing.T, s process) {
	for origin, want := range map[string]string{
		"https://evil.example": "", "http://localhost:3000": "http://localhost:3000", "https://localhost.evil.example": "", "null": "",
	} {
		for _, method := range []string{http.MethodPost, http.MethodOptions} {
			r, err := http.NewRequestWithContext(t.Context(), method, s.address+"graphql", strings.NewReader(plain))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Origin", origin)
			if method == http.MethodOptions {
				r.Header.Set("Access-Control-Request-Method", "POST")
				r.Header.Set("Access-Control-Request-Headers", "content-type")
			}
			_, header, _ := do(t, r)
			if got := header.Get("Access-Control-Allow-Origin"); got != want || header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s from %s: allowed %q", method, origin, got)
			}
		}
	}
	answersPlainly(t, s.address)
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
	return do(t, r)
}

// do sends a request, and reads the answer. The schema has every code of its errors.
func do(t *testing.T, r *http.Request) (int, http.Header, string) {
	t.Helper()
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var told refusal
	if strings.Contains(response.Header.Get("Content-Type"), "json") && json.Unmarshal(text, &told) == nil {
		for _, fault := range told.Errors {
			if resolvers.Schema().Types["ErrorCode"].EnumValues.ForName(fault.Extensions.Code) == nil {
				t.Errorf("ErrorCode has not the code of %.1000s", text)
			}
		}
	}
	return response.StatusCode, response.Header, string(text)
}

// dial opens a connection to the server.
func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	return dialFrom(t, address, nil)
}

// dialFrom opens one from an address of this machine.
func dialFrom(t *testing.T, address string, from net.Addr) net.Conn {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	dialer := net.Dialer{LocalAddr: from}
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
	go func() { _, _ = io.WriteString(conn, raw) }() // which the server need not read to its end
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err.Error()
	}
	defer func() { _ = response.Body.Close() }()
	var answer strings.Builder
	_ = response.Write(&answer)
	return answer.String()
}
