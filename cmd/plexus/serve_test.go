package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/cmd/internal/web"
	"github.com/plexus-kg/plexus/graph/release"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
)

// serve starts "plexus serve" with further arguments on a free port, and
// returns its address as it was printed. It is stopped at the end of the test,
// as Ctrl-C would, and must end well.
func serve(t *testing.T, args ...string) string {
	t.Helper()
	return started(t, args...).address
}

// running is a server that was started by serve.
type running struct {
	t       *testing.T
	address string
	printed string // up to the address
	log     *journal
	stop    context.CancelFunc
	ended   chan error
}

// started is serve, for tests that look at the log or at the end.
func started(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	s := &running{t: t, log: &journal{}, stop: stop, ended: make(chan error, 1)}
	go func() {
		err := run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0", "--drain", "0s"}, args...), strings.NewReader(""), in, s.log)
		_ = in.Close()
		s.ended <- err
		close(s.ended)
	}()
	t.Cleanup(s.end)
	var printed journal
	s.address = addressOf(t, io.TeeReader(out, &printed))
	s.printed = printed.String()
	return s
}

// end stops the server as Ctrl-C would; it must end well.
func (s *running) end() {
	s.stop()
	if err := <-s.ended; err != nil {
		s.t.Errorf("serve ended with %v\n%s", err, s.log)
	}
}

// logged waits for a line of the log that holds all of the texts, and returns
// it.
func (s *running) logged(texts ...string) string {
	s.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		for line := range strings.Lines(s.log.String()) {
			if !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(line, text) }) {
				return line
			}
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%q is not logged:\n%s", texts, s.log)
		}
	}
}

// addressOf reads the address that a server prints.
func addressOf(t *testing.T, out io.Reader) string {
	t.Helper()
	address := regexp.MustCompile(`playground (https?://\S+/)`)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		t.Log(lines.Text())
		if found := address.FindStringSubmatch(lines.Text()); found != nil {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return found[1]
		}
	}
	t.Fatal("serve printed no address")
	return ""
}

// TestServe: a real client asks the running server.
func TestServe(t *testing.T) {
	url := serve(t)
	client := &http.Client{Timeout: 10 * time.Second}
	for _, c := range []struct {
		name, method, path, contentType, accept, body string
		status                                        int
		want                                          string
	}{
		{"POST", "POST", "graphql", "application/json", "", `{"query":"{ concept(id: \"DOID:12506\") { id } }"}`, 200, `{"data":{"concept":{"id":"bells-palsy"}},`},
		{"POST with variables", "POST", "graphql", "application/json; charset=utf-8", "application/graphql-response+json", `{"query":"query Q($n: Int) { tests(first: $n) { pageInfo { hasPreviousPage } } }","variables":{"n":1},"operationName":"Q"}`, 200, `{"data":{"tests":{"pageInfo":{"hasPreviousPage":false}}},`},
		{"GET", "GET", "graphql?query=%7Bconcept(id:%22eeg%22)%7Bid%7D%7D", "", "", "", 200, `{"data":{"concept":{"id":"eeg"}},`},
		{"wrong document, older type", "POST", "graphql", "application/json", "application/json", `{"query":"{ nam }"}`, 200, `"GRAPHQL_VALIDATION_FAILED"`},
		{"wrong document, newer type", "POST", "graphql", "application/json", "application/graphql-response+json", `{"query":"{ nam }"}`, 400, `"GRAPHQL_VALIDATION_FAILED"`},
		{"wrong id", "POST", "graphql", "application/json", "application/graphql-response+json", `{"query":"{ concept(id: \"\") { id } }"}`, 200, `"BAD_ID"`},
		{"no query", "POST", "graphql", "application/json", "", `{"quary":""}`, 400, `the parameter \"query\" is missing`},
		{"broken JSON", "POST", "graphql", "application/json", "", `{"query": oops}`, 400, `not one JSON object: invalid character 'o' at start of value at byte 11`},
		{"a list", "POST", "graphql", "application/json", "", `[]`, 400, `not one JSON object`},
		{"wrong variables", "POST", "graphql", "application/json", "", `{"query":"{ __typename }","variables":"x"}`, 400, `\"variables\" is not an object`},
		{"another charset", "POST", "graphql", "application/json; charset=latin1", "", `{"query":"{ __typename }"}`, 415, `UTF-8`},
		{"form", "POST", "graphql", "application/x-www-form-urlencoded", "", `query={__typename}`, 415, `application/json`},
		{"no content type", "POST", "graphql", "", "", `{"query":"{ __typename }"}`, 415, `application/json`},
		{"another method", "DELETE", "graphql", "", "", "", 405, `GET, HEAD, POST`},
		{"unacceptable", "POST", "graphql", "application/json", "text/html", `{"query":"{ __typename }"}`, 406, `Accept`},
		{"too large", "POST", "graphql", "application/json", "", `{"query":"` + strings.Repeat(" ", 1<<20) + `"}`, 413, `bytes of the request: 1048588, where 131072 are allowed`},
		{"health", "GET", "healthz", "", "", "", 200, "ok"},
		{"readiness", "GET", "readyz", "", "", "", 200, "ok"},
		{"the page", "GET", "", "", "", "", 200, `<title>`},
		{"nothing there", "GET", "no/such/page", "", "", "", 404, `not found`},
	} {
		t.Run(c.name, func(t *testing.T) {
			request, err := http.NewRequestWithContext(t.Context(), c.method, url+c.path, strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			if c.contentType != "" {
				request.Header.Set("Content-Type", c.contentType)
			}
			if c.accept != "" {
				request.Header.Set("Accept", c.accept)
			}
			response, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(response.Body)
			_ = response.Body.Close()
			if err != nil || response.StatusCode != c.status || !strings.Contains(string(body), c.want) {
				t.Errorf("%d %s (%v), want %d with %s", response.StatusCode, body, err, c.status, c.want)
			}
			if response.Header.Get("X-Request-Id") == "" {
				t.Error("no X-Request-Id")
			}
			wanted := "application/json"
			if c.accept == "application/graphql-response+json" {
				wanted = c.accept
			}
			if got := response.Header.Get("Content-Type"); strings.HasPrefix(c.path, "graphql") && got != wanted+"; charset=utf-8" {
				t.Errorf("Content-Type %q", got)
			}
		})
	}
}

// TestExamples runs every example of the playground on the embedded seed: none
// has an error, and none has nothing to show.
func TestExamples(t *testing.T) {
	var stderr strings.Builder
	release, err := dataFlag{}.load(t.Context(), &stderr)
	if err != nil {
		t.Fatal(err, stderr.String())
	}
	executor := resolvers.NewExecutor(resolvers.Config{
		Current:   func() resolvers.Release { return release.Release },
		RequestID: func(context.Context) string { return "" },
		Report:    func(_ context.Context, err error) { t.Error(err) },
		TellCost:  true,
	})
	if examples := web.Examples(); len(examples) < 8 {
		t.Errorf("%d examples", len(examples))
	}
	for _, example := range web.Examples() {
		response := executor.Execute(t.Context(), &graphql.RawParams{Query: example.Query})
		if len(response.Errors) > 0 {
			t.Errorf("%s: %v", example.Name, response.Errors)
		}
		if cost := resolvers.CostOf(response).Asked; cost == 0 || cost > limits.Default().Cost/10 {
			t.Errorf("%s costs %d: an example should stay far below the limit", example.Name, cost)
		}
		var data map[string]any
		if err := json.Unmarshal(response.Data, &data); err != nil {
			t.Fatal(err)
		}
		for field, value := range data {
			if value == nil {
				t.Errorf("%s: %s is null", example.Name, field)
			}
		}
	}
}

// TestServeDamagedRelease: a server whose release has changed on the disk says
// so, and takes itself out of readiness.
func TestServeDamagedRelease(t *testing.T) {
	path := filepath.Join(t.TempDir(), "seed.plexus")
	var stdout, stderr strings.Builder
	if err := run(t.Context(), []string{"build", "embedded", "-o", path}, strings.NewReader(""), &stdout, &stderr); err != nil {
		t.Fatal(err, stderr.String())
	}
	status := func(url string) (int, string) {
		t.Helper()
		response, err := http.Get(url + "readyz")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = response.Body.Close() }()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(body)
	}
	if code, body := status(serve(t, "--data", path)); code != http.StatusOK {
		t.Errorf("a whole release: %d %s", code, body)
	}

	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// A letter of a name in the store, which no structure depends on. (The search
	// index, further on, is checked whole when it is opened.)
	at := bytes.Index(content, []byte("Hemifacial"))
	if at < 0 {
		t.Fatal("the release does not hold the name")
	}
	content[at] = 'X'
	damaged := filepath.Join(t.TempDir(), "damaged.plexus")
	if err := os.WriteFile(damaged, content, 0o600); err != nil {
		t.Fatal(err)
	}
	err = run(t.Context(), []string{"check", damaged}, strings.NewReader(""), &stdout, &stderr)
	if !errors.Is(err, release.ErrDamaged) {
		t.Errorf("check says %v", err)
	}
	url := serve(t, "--data", damaged)
	deadline := time.Now().Add(time.Minute)
	for {
		code, body := status(url)
		if code == http.StatusServiceUnavailable {
			if !strings.Contains(body, "damaged") {
				t.Errorf("it says %q", body)
			}
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("still %d %s", code, body)
		}
		time.Sleep(10 * time.Millisecond)
	}
	if code, body := status(serve(t, "--no-verify", "--data", damaged)); code != http.StatusOK {
		t.Errorf("without verification: %d %s", code, body)
	}
}
