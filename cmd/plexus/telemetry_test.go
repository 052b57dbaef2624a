package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
)

const walkQuery = `query Walk($n: Int) { sick: concepts(first: $n) { nodes { causes(first: 2) { nodes { id } } } } dataset { version } }`

// send sends an operation with further headers, and returns the answer's.
func send(t *testing.T, address, query, variables string, header http.Header) (*http.Response, string) {
	t.Helper()
	body := fmt.Sprintf(`{"query":%q,"variables":%s}`, query, variables)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address+"graphql", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for name, values := range header {
		r.Header[name] = values
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(answer)
}

// TestMetrics: what clients did is counted, by names that they cannot multiply,
// as Prometheus likes it.
func TestMetrics(t *testing.T) {
	address := serve(t, "--rate", "0")
	for range 3 {
		send(t, address, walkQuery, `{"n":3}`, nil)
	}
	send(t, address, `{ concept(id: "") { id } }`, `{}`, nil)
	send(t, address, `{ nonsense }`, `{}`, nil)
	send(t, address, walkQuery, `{"n":1000}`, nil)
	if response, _ := fetch(t, address, `query Cached { concept(id: "eeg") { id } }`, "", nil); response.StatusCode != http.StatusOK {
		t.Fatal(response.Status)
	} else if response, _ := fetch(t, address, `query Cached { concept(id: "eeg") { id } }`, "", http.Header{"If-None-Match": {response.Header.Get("ETag")}}); response.StatusCode != http.StatusNotModified {
		t.Fatal(response.Status)
	}
	const many = 150
	for i := range many {
		send(t, address, fmt.Sprintf(`query Name%d { concept(id: "eeg") { id } }`, i), `{}`, nil)
	}
	text := get(t, http.DefaultClient, address+"metrics")
	for _, want := range []string{
		`plexus_operations_total{operation="Walk",outcome="ok"} 3`,
		`plexus_operations_total{operation="Walk",outcome="errors"} 1`,
		`plexus_operations_total{operation="",outcome="errors"} 1`,
		`plexus_operations_total{operation="Cached",outcome="ok"} 1`,
		`plexus_operations_total{operation="Cached",outcome="not_modified"} 1`,
		`plexus_operations_total{operation="Name0",outcome="ok"} 1`,
		`plexus_operations_total{operation="Name96",outcome="ok"} 1`,
		`plexus_operations_total{operation="other",outcome="ok"} 53`,
		`plexus_operation_duration_seconds_count{operation="Walk"} 4`,
		`plexus_root_field_reads_total{field="concepts"} 4`,
		`plexus_root_field_reads_total{field="dataset"} 4`,
		`plexus_root_field_reads_total{field="concept"} 152`,
		`plexus_refusals_total{code="GRAPHQL_VALIDATION_FAILED",route="/graphql"} 1`,
		`plexus_answer_errors_total{code="BAD_ID"} 1`,
		`plexus_answer_errors_total{code="BAD_PAGE_SIZE"} 1`,
		`plexus_http_requests_total{code="200",route="/graphql"} 157`,
		`plexus_http_requests_total{code="304",route="/graphql"} 1`,
		`plexus_http_request_duration_seconds_count{route="/graphql"} 158`,
		`plexus_http_requests_in_flight 1`, // the one that asks
		`plexus_operations_running 0`,
		`plexus_operations_waiting 0`,
		`plexus_operation_cost_spent_total `,
		`plexus_operation_cost_asked_total `,
		`plexus_http_response_bytes_total `,
		`plexus_root_field_read_seconds_total{field="concepts"} 0.`,
		`plexus_connections_open `,
		`plexus_connections_refused_total{reason="all"} 0`,
		`plexus_connections_refused_total{reason="client"} 0`,
	} {
		if !strings.Contains(text, "\n"+want) {
			t.Errorf("there is no %s", want)
		}
	}
	if strings.Contains(text, "Name149") {
		t.Error("names of clients make series without end")
	}
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	if t.Failed() {
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "plexus_") && !strings.Contains(line, "Name") && !strings.Contains(line, "bucket") {
				t.Log(line)
			}
		}
	}
}

// TestMetricsOfTheRefused: who asks too much is counted by the code that it was
// told.
func TestMetricsOfTheRefused(t *testing.T) {
	s := started(t, "--rate", "0.001", "--rate-burst", "2", "--trusted-proxy", "127.0.0.2/32", "--debug-listen", "127.0.0.1:0")
	for range 5 {
		send(t, s.address, `{ dataset { version } }`, `{}`, nil)
	}
	text := get(t, http.DefaultClient, strings.TrimSuffix(s.profiles(), "debug/pprof/")+"metrics") // where there is no limit
	for _, want := range []string{`plexus_refusals_total{code="RATE_LIMITED",route="/graphql"} 3`, `plexus_http_requests_total{code="429",route="/graphql"} 3`} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %s", want)
		}
	}
}

// TestLogRequests: a line tells of a request what an operator wants to know, and
// nothing that was asked. What a client writes cannot make a line of its own.
func TestLogRequests(t *testing.T) {
	s := started(t, "--log-requests", "--log-format", "json", "--slow", "0s")
	response, _ := send(t, s.address, walkQuery, `{"n":3}`, http.Header{"X-Forwarded-For": {"192.0.2.7"}})
	id := response.Header.Get("X-Request-Id")
	var line struct {
		Level, Msg, Request, Client, Method, Path, Operation, Trace string
		Status, Bytes, Asked, Spent, Errors                         int
		Took                                                        int64
	}
	text := s.logged(id)
	if err := json.Unmarshal([]byte(text), &line); err != nil {
		t.Fatal(err)
	}
	if line.Level != "INFO" || line.Msg != "request" || line.Request != id || line.Client != "192.0.2.7" || line.Method != "POST" || line.Path != "/graphql" ||
		line.Operation != "Walk" || line.Trace != "" || line.Status != 200 || line.Bytes < 100 || line.Asked < 10 || line.Spent < 5 || line.Errors != 0 || line.Took <= 0 {
		t.Errorf("%s", text)
	}
	if strings.Contains(text, "causes") {
		t.Errorf("it tells what was asked: %s", text)
	}
	response, _ = send(t, s.address, `{ nonsense }`, `{}`, nil)
	if text := s.logged(response.Header.Get("X-Request-Id")); !strings.Contains(text, `"refused":"GRAPHQL_VALIDATION_FAILED"`) {
		t.Errorf("%s", text)
	}
	response, _ = fetch(t, s.address, "{ dataset { version } } # secret", "", nil)
	if text := s.logged(response.Header.Get("X-Request-Id")); strings.Contains(text, "secret") {
		t.Errorf("%s", text)
	}
	if response, err := http.Get(s.address + "no%0Alevel=ERROR%0d%0amsg=forged"); err != nil {
		t.Fatal(err)
	} else {
		_ = response.Body.Close()
		s.logged(response.Header.Get("X-Request-Id"), `"path":"/no\nlevel=ERROR\r\nmsg=forged"`)
	}
	// Nothing that a client chooses fills the log: paths, methods, zones of addresses.
	long := strings.Repeat("x", 5000)
	request, err := http.NewRequestWithContext(t.Context(), long, s.address+long, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Forwarded-For", "fe80::7%"+long)
	if response, err := http.DefaultClient.Do(request); err != nil {
		t.Fatal(err)
	} else {
		_ = response.Body.Close()
		if text := s.logged(response.Header.Get("X-Request-Id"), `"client":"fe80::7"`); len(text) > 1000 {
			t.Errorf("a line of %d bytes", len(text))
		}
	}

	quiet := started(t, "--slow", "0s")
	send(t, quiet.address, walkQuery, `{"n":3}`, nil)
	if text := quiet.log.String(); strings.Contains(text, "msg=request") {
		t.Errorf("unasked it logs %s", text)
	}
	loud := started(t, "--log-level", "debug")
	response, _ = send(t, loud.address, walkQuery, `{"n":3}`, nil)
	loud.logged("level=DEBUG", "msg=request", "request="+response.Header.Get("X-Request-Id"), "operation=Walk")
}

// TestSlow: an operation that takes long is warned of, with what took most of
// it.
func TestSlow(t *testing.T) {
	s := started(t, "--slow", "1ns")
	response, _ := send(t, s.address, walkQuery, `{"n":3}`, nil)
	text := s.logged("slow operation")
	for _, want := range []string{
		`level=WARN`, `request=` + response.Header.Get("X-Request-Id"), `operation=Walk`, `waited=0s`, `asked=`, `spent=`, `errors=0`,
		fmt.Sprintf("document=%x", sha256.Sum256([]byte(walkQuery))), `slowest_took=`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	if !regexp.MustCompile(`slowest=(concepts(\.nodes(\.causes(\.nodes)?)?)?|dataset|\(parse\)|\(write\)) slowest_took=\S+ slowest_rows=\d+\n`).MatchString(text) {
		t.Errorf("what was slow? %s", text)
	}
	if strings.Contains(text, "trace=") || strings.Contains(text, "{") {
		t.Errorf("it says too much: %s", text)
	}
}

// profiles returns the address of the profiles, as it was printed.
func (s *running) profiles() string {
	s.t.Helper()
	address := regexp.MustCompile(`http://\S+/debug/pprof/`).FindString(s.printed)
	if address == "" {
		s.t.Fatalf("it prints %s", s.printed)
	}
	return address
}

// TestDebugListen: profiles have an address of their own, on this machine.
func TestDebugListen(t *testing.T) {
	s := started(t, "--debug-listen", "127.0.0.1:0")
	// Once the server answers, all of its metrics are there.
	response, err := http.Get(s.address + "debug/pprof/")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusNotFound {
		t.Errorf("the public address offers profiles: %s", response.Status)
	}
	profiles := s.profiles()
	if text := get(t, http.DefaultClient, profiles+"goroutine?debug=1"); !strings.HasPrefix(text, "goroutine profile:") {
		t.Errorf("%.100s", text)
	}
	if text := get(t, http.DefaultClient, strings.TrimSuffix(profiles, "debug/pprof/")+"metrics"); !strings.Contains(text, "plexus_operations_running 0") {
		t.Errorf("metrics without what runs: %s", text)
	}
	s.end()
	if _, err := http.Get(profiles); err == nil {
		t.Error("profiles are served after the end")
	}
}
