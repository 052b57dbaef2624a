package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/plexus-kg/plexus/resolvers/limits"
)

// refusal is what a client reads of why it was refused.
type refusal struct {
	Errors []struct {
		Message    string
		Extensions struct {
			Code, Limit string
			Allowed     float64
			Found       int
		}
	}
}

// of is a request as its body, from the document and its variables.
func of(query string, variables ...string) string {
	text, _ := json.Marshal(query)
	body := `{"query":` + string(text)
	if len(variables) > 0 {
		body += `,"variables":` + variables[0]
	}
	return body + "}"
}

// many is n items with spaces between them.
func many(n int, item func(i int) string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = item(i)
	}
	return strings.Join(items, " ")
}

// always is an item that is the same everywhere.
func always(item string) func(int) string { return func(int) string { return item } }

// named is a question that holds any texts that one likes.
func named(equals string) string {
	return "{ concepts(filter: {name: {equals: " + equals + "}}) { totalCount } }"
}

// nested is n of one text within each other.
func nested(n int, before, middle, after string) string {
	return strings.Repeat(before, n) + middle + strings.Repeat(after, n)
}

var token = regexp.MustCompile(`"[^"]*"|\.\.\.|\w+|[^\s,]`)

// requests makes, for each limit, a request that has exactly n of what it bounds.
var requests = map[string][]func(n int) string{
	"body": {func(n int) string {
		body := of("{ __typename }")
		return body + strings.Repeat(" ", n-len(body))
	}},
	"values": {func(n int) string {
		const lists = 900
		n -= 3 + 2*lists // the request, a comma, the variables; the lists in a list, with a comma before each but the first
		return of("{ __typename }", `{"a":[`+strings.ReplaceAll(many(lists, func(i int) string {
			items := n / lists
			if i < n%lists {
				items++
			}
			return "[0" + strings.Repeat(",0", items) + "]"
		}), " ", ",")+"]}")
	}},
	"bytes": {func(n int) string {
		const document = "{ __typename } #"
		return of(document + strings.Repeat("x", n-len(document)))
	}},
	"tokens": {func(n int) string {
		items := func(n int) string {
			lists := []int{n / 3, n / 3, n - n/3*2}
			return named("[" + many(lists[0], always(`"a"`)) + "], startsWith: [" + many(lists[1], always(`"a"`)) + "], contains: [" + many(lists[2], always(`"a"`)) + "]")
		}
		return of(items(n - len(token.FindAllString(items(0), -1))))
	}},
	"operations": {func(n int) string {
		body := of(many(n, func(i int) string { return fmt.Sprintf("query Q%d { __typename }", i) }))
		return body[:len(body)-1] + `,"operationName":"Q0"}`
	}},
	"fragments": {func(n int) string {
		return of("{ ...F1 } " + many(n-1, func(i int) string { return fmt.Sprintf("fragment F%d on Query { ...F%d }", i+1, i+2) }) + fmt.Sprintf(" fragment F%d on Query { __typename }", n))
	}},
	"spreads": {
		func(n int) string { return of("{" + nested(n, "...{", "__typename", "}") + "}") },
		func(n int) string {
			return of("{ ...F " + nested(n-2, "...{", "__typename", "}") + "} fragment F on Query { ...{ __typename } }")
		},
	},
	"variables": {
		func(n int) string {
			return of("query(" + many(n, func(i int) string { return fmt.Sprintf(`$v%d: String! = "a"`, i) }) + ")" + named("["+many(n, func(i int) string { return fmt.Sprintf("$v%d", i) })+"]"))
		},
		func(n int) string {
			return of("{ __typename }", "{"+strings.ReplaceAll(many(n, func(i int) string { return fmt.Sprintf(`"v%d":1`, i) }), " ", ",")+"}")
		},
	},
	"directives": {func(n int) string {
		return of("{ __typename " + strings.Join([]string{"@skip(if: false)", "@include(if: true)", "@include(if: true)"}[:n], " ") + "}")
	}},
	"depth": {func(n int) string {
		leaf := []string{"id", "totalCount"}[n%2]
		text := leaf
		for level := n - 1; level > 1; level-- {
			text = []string{"broader(first: 1)", "nodes"}[level%2] + "{" + text + "}"
		}
		return of(`{ concept(id: "eeg") {` + text + "} }")
	}},
	"fields": {func(n int) string {
		const each = 10
		text := many(n/each, func(i int) string {
			return fmt.Sprintf(`a%d: concept(id: "eeg") { __typename id iri name description kind kinds types note }`, i)
		})
		return of("{" + text + " " + many(n%each, always("__typename")) + "}")
	}},
	"aliases": {func(n int) string {
		return of("{" + many(n, func(i int) string { return fmt.Sprintf("a%d: __typename", i) }) + "}")
	}},
	"copies": {
		func(n int) string { return of("{" + many(n, always("__typename")) + "}") },
		func(n int) string {
			return of("{ ...F dataset {" + many(n-1, always("version")) + "} } fragment F on Query { dataset { version } }")
		},
	},
	"pairs": {func(n int) string {
		var text strings.Builder
		for key := 0; n > 0; key++ {
			copies := 2
			for copies < 50 && (copies+1)*copies/2 <= n {
				copies++
			}
			n -= copies * (copies - 1) / 2
			text.WriteString(strings.Repeat(fmt.Sprintf(" a%d: __typename", key), copies))
		}
		return of("{" + text.String() + "}")
	}},
	"introspectionDepth": {func(n int) string {
		return of("{ __schema { types {" + nested(n-1, "fields { type {", "name", "} }") + "} } }")
	}},
	"listItems": {
		func(n int) string { return of(named("[" + many(n, always(`"a"`)) + "]")) },
		func(n int) string {
			return of("query($a: [String!])"+named("$a"), `{"a":[`+strings.ReplaceAll(many(n, always(`"a"`)), " ", ",")+"]}")
		},
	},
	"stringBytes": {
		func(n int) string { return of(named(`["` + strings.Repeat("x", n) + `"]`)) },
		func(n int) string {
			return of("query($a: [String!])"+named("$a"), `{"a":["`+strings.Repeat("x", n)+`"]}`)
		},
	},
	"nesting": {
		func(n int) string {
			return of("{ concepts(filter: " + nested(n, "{not: ", "null", "}") + ") { totalCount } }")
		},
		func(n int) string {
			return of("query($f: ConceptFilter) { concepts(filter: $f) { totalCount } }", `{"f":`+nested(n, `{"not":`, "null", "}")+"}")
		},
	},
	"nameBytes": {func(n int) string { return of("{" + strings.Repeat("a", n) + ": __typename }") }},
	"cost": {func(n int) string {
		return of("{" + many(n/100, func(i int) string { return fmt.Sprintf("a%d: concepts(first: 99) { nodes { id } }", i) }) + " " + many(n%100, func(i int) string { return fmt.Sprintf("b%d: dataset { version }", i) }) + "}")
	}},
}

// TestLimits: of whatever is limited, a request may have as much as is allowed,
// and is refused with one more: by the status and media type that it asked for,
// with a code, the name of the limit, what is allowed and what was found; the
// second time like the first.
func TestLimits(t *testing.T) {
	l := limits.Default()
	l.Directives, l.Cost = 2, 500 // there are but two directives, and a cost of exactly the default is hard to make
	address := serve(t, "--limit", "directives=2")
	small := serve(t, "--limit", "cost=500")
	for name := range l.ByName() {
		if len(requests[name]) == 0 {
			t.Errorf("the limit %s has no case here", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(requests)) {
		allowed := *l.ByName()[name]
		server := address
		if name == "cost" { // which some of the others pass
			server = small
		}
		for i, request := range requests[name] {
			t.Run(name+strconv.Itoa(i), func(t *testing.T) {
				status, _, text := post(t, server, "application/graphql-response+json", request(allowed))
				if status != http.StatusOK || strings.Contains(text, `"errors"`) {
					t.Errorf("with %d: %d %.300s", allowed, status, text)
				}
				for mediaType, want := range map[string]int{"application/json": http.StatusOK, "application/graphql-response+json": http.StatusBadRequest} {
					if name == "body" {
						want = http.StatusRequestEntityTooLarge
					}
					var first string
					for range 2 {
						status, header, text := post(t, server, mediaType, request(allowed+1))
						if status != want || header.Get("Content-Type") != mediaType+"; charset=utf-8" || header.Get("Cache-Control") != "no-store" {
							t.Errorf("with %d: %d %v, want %d", allowed+1, status, header, want)
						}
						var told refusal
						if err := json.Unmarshal([]byte(text), &told); err != nil || len(told.Errors) != 1 || strings.Contains(text, `"data"`) {
							t.Fatalf("with %d: %.300s", allowed+1, text)
						}
						e := told.Errors[0].Extensions
						if e.Code != "LIMIT_EXCEEDED" || e.Limit != name || e.Allowed != float64(allowed) || e.Found != allowed+1 {
							t.Errorf("with %d: %+v", allowed+1, e)
						}
						if first == "" {
							first = text
						} else if text != first {
							t.Errorf("the second time it says %s, not %s", text, first)
						}
					}
				}
			})
		}
	}
}

// TestLimitsInReadme: the table there has each limit, with its default.
func TestLimitsInReadme(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 {
			continue
		}
		defaults := strings.Split(cells[2], ",")
		for i, name := range strings.Split(cells[1], ",") {
			if i < len(defaults) {
				told[strings.Trim(name, " `")] = strings.TrimSpace(defaults[i])
			}
		}
	}
	l := limits.Default()
	for name, n := range l.ByName() {
		if told[name] != strconv.Itoa(*n) {
			t.Errorf("%s is %d, the table says %q", name, *n, told[name])
		}
	}
}

// TestTimeLimit: an operation that takes longer than it may ends, and says so.
func TestTimeLimit(t *testing.T) {
	address := serve(t, "--timeout", "1ns")
	for name, query := range map[string]string{"planned": "{ concepts { totalCount } }", "resolved": `{ __schema { types { fields { name args { name type { name } } } } } }`} {
		for mediaType, want := range map[string]int{"application/json": 200, "application/graphql-response+json": 503} {
			status, _, text := post(t, address, mediaType, of(query))
			var told refusal
			if err := json.Unmarshal([]byte(text), &told); err != nil || status != want || len(told.Errors) != 1 || strings.Contains(text, `"data"`) {
				t.Fatalf("%s, %s: %d %.300s", name, mediaType, status, text)
			}
			if e := told.Errors[0].Extensions; e.Code != "TIMEOUT" || e.Limit != "milliseconds" || !strings.Contains(told.Errors[0].Message, "1ns") {
				t.Errorf("%s: %s", name, text)
			}
		}
	}
}

// large is a query with an answer of six megabytes, more than a connection
// holds on its way, and enough the limit that it needs.
var large = "{" + many(40, func(i int) string { return fmt.Sprintf("a%d: concepts(first: 100) { ...C }", i) }) + `}
fragment C on ConceptConnection { nodes { iri links(first: 20) { nodes { iri name links(first: 10) { nodes { iri name } } } } } }`

const enough = "cost=1000000"

// TestCapacityLimit: beyond what the server works on at once, and what may wait,
// requests are refused, and told when to come back; the others are answered.
func TestCapacityLimit(t *testing.T) {
	address := serve(t, "--max-running", "1", "--max-waiting", "1", "--max-wait", "1ms")
	const long = `{"query":"{ __schema { types { fields { name args { name type { name } } } } } }"}`
	var mu sync.Mutex
	seen := map[int]int{}
	var clients sync.WaitGroup
	for range 20 {
		clients.Go(func() {
			for range 5 {
				status, header, text := post(t, address, "application/json", long)
				var told refusal
				_ = json.Unmarshal([]byte(text), &told)
				if status == 503 && (header.Get("Retry-After") != "1" || told.Errors[0].Extensions.Code != "OVERLOADED" ||
					told.Errors[0].Extensions.Limit != "running" || told.Errors[0].Extensions.Allowed != 1) {
					t.Errorf("%v %s", header, text)
				}
				mu.Lock()
				seen[status]++
				mu.Unlock()
			}
		})
	}
	clients.Wait()
	if seen[200] == 0 || seen[503] == 0 || seen[200]+seen[503] != 100 {
		t.Errorf("answered with %v", seen)
	}
}

// TestRateLimit: a client, by address or by key, has its own rate, on all paths
// but those of who watches over servers; who comes through a trusted proxy is
// told apart, and others cannot pretend to.
func TestRateLimit(t *testing.T) {
	keys := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(keys, []byte("secret 3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	direct := serve(t, "--trusted-proxy", "192.0.2.0/24", "--rate", "0.01", "--rate-burst", "2", "--rate-keys", keys)
	proxied := serve(t, "--rate", "0.01", "--rate-burst", "2")
	ask := func(address, path string, header http.Header) (int, http.Header, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(r.Header, header)
		return do(t, r)
	}
	const query = "graphql?query=%7B__typename%7D"
	passed := func(address, path string, header http.Header) (n int) {
		for ; n < 10; n++ {
			status, answered, text := ask(address, path, header)
			if status == http.StatusOK {
				continue
			}
			if status != http.StatusTooManyRequests || answered.Get("Retry-After") == "" {
				t.Errorf("%d %v %s", status, answered, text)
			}
			if path != query {
				if want := "you have made more requests than are allowed"; !strings.HasPrefix(text, want) || !strings.HasPrefix(answered.Get("Content-Type"), "text/plain") {
					t.Errorf("%v %s", answered, text)
				}
				break
			}
			var told refusal
			if err := json.Unmarshal([]byte(text), &told); err != nil || told.Errors[0].Extensions.Code != "RATE_LIMITED" ||
				told.Errors[0].Extensions.Limit != "requestsPerSecond" || !strings.Contains(text, `"allowed":`) {
				t.Errorf("%v %s", answered, text)
			}
			break
		}
		return n
	}
	for _, c := range []struct {
		address, path string
		header        http.Header
		want          int
	}{
		{direct, query, nil, 2},
		{direct, "metrics", nil, 0},
		{direct, "", nil, 0},
		{direct, "healthz", nil, 10},
		{direct, query, http.Header{"X-Forwarded-For": {"198.51.100.1"}}, 0}, // nobody's word
		{direct, query, http.Header{"X-Api-Key": {"secret"}}, 3},
		{direct, query, http.Header{"X-Api-Key": {"wrong"}}, 0},
		{proxied, query, http.Header{"X-Forwarded-For": {"198.51.100.1"}}, 2},
		{proxied, query, http.Header{"X-Forwarded-For": {"203.0.113.9, 198.51.100.1"}}, 0}, // the same
		{proxied, query, http.Header{"X-Forwarded-For": {"198.51.100.2"}}, 2},
		{proxied, query, http.Header{"X-Forwarded-For": {"2001:db8::1"}}, 2},
		{proxied, query, http.Header{"X-Forwarded-For": {"2001:db8::2"}}, 0}, // of the same /64
		{proxied, query, nil, 10},
	} {
		if got := passed(c.address, c.path, c.header); got != c.want {
			t.Errorf("/%s with %v: %d passed, want %d", c.path, c.header, got, c.want)
		}
	}
}
