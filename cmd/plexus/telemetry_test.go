package main

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	traces "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
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
		`plexus_refusals_total{code="GRAPHQL_VALIDATION_FAILED"} 1`,
		`plexus_answer_errors_total{code="BAD_ID"} 1`,
		`plexus_answer_errors_total{code="BAD_PAGE_SIZE"} 1`,
		`plexus_http_requests_total{code="200"} 157`,
		`plexus_http_requests_total{code="304"} 1`,
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
	for _, want := range []string{`plexus_refusals_total{code="RATE_LIMITED"} 3`, `plexus_http_requests_total{code="429"} 3`} {
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

// receiver is a collector of OpenTelemetry that keeps what it is sent.
type receiver struct {
	lock      sync.Mutex
	spans     []*traces.Span
	resources []*common.KeyValue
}

func (c *receiver) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body := io.Reader(r.Body)
	if r.Header.Get("Content-Encoding") == "gzip" {
		var err error
		if body, err = gzip.NewReader(body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
	}
	data, err := io.ReadAll(body)
	var sent collector.ExportTraceServiceRequest
	if err == nil {
		err = proto.Unmarshal(data, &sent)
	}
	if err != nil || r.URL.Path != "/v1/traces" {
		http.Error(w, "no traces", http.StatusBadRequest)
		return
	}
	c.lock.Lock()
	defer c.lock.Unlock()
	for _, of := range sent.ResourceSpans {
		c.resources = of.Resource.Attributes
		for _, scope := range of.ScopeSpans {
			c.spans = append(c.spans, scope.Spans...)
		}
	}
}

// tree writes spans with what hangs on them, in the order of their beginnings.
func tree(spans []*traces.Span, parent []byte, indent string, out *strings.Builder) {
	var below []*traces.Span
	for _, s := range spans {
		if string(s.ParentSpanId) == string(parent) {
			below = append(below, s)
		}
	}
	slices.SortStableFunc(below, func(a, b *traces.Span) int { return int(a.StartTimeUnixNano) - int(b.StartTimeUnixNano) })
	for _, s := range below {
		fmt.Fprintf(out, "%s%s%s\n", indent, s.Name, attributes(s, "plexus.rows", "graphql.operation.name", "http.response.status_code", "error.type"))
		tree(spans, s.SpanId, indent+"  ", out)
	}
}

func attributes(s *traces.Span, names ...string) string {
	var out strings.Builder
	for _, name := range names {
		for _, a := range s.Attributes {
			switch v := a.Value.Value.(type) {
			case *common.AnyValue_IntValue:
				if a.Key == name {
					fmt.Fprintf(&out, " %s=%d", name, v.IntValue)
				}
			case *common.AnyValue_StringValue:
				if a.Key == name {
					fmt.Fprintf(&out, " %s=%s", name, v.StringValue)
				}
			}
		}
	}
	return out.String()
}

// TestTraces: a collector receives the tree of an operation, down to the levels
// that it read.
func TestTraces(t *testing.T) {
	t.Setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
	c := &receiver{}
	web := httptest.NewServer(c)
	defer web.Close()
	s := started(t, "--traces", web.URL, "--log-requests", "--trusted-proxy", "127.0.0.2/32")
	theirs := http.Header{"Traceparent": {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}}
	response, _ := send(t, s.address, walkQuery, `{"n":3}`, theirs)
	send(t, s.address, `{ concept(id: "") { id } }`, `{}`, nil)
	send(t, s.address, `{ nonsense }`, `{}`, nil)
	logged := s.logged(response.Header.Get("X-Request-Id"), "trace=")
	s.end() // what is left is sent

	var told strings.Builder
	tree(c.spans, nil, "", &told)
	const want = `POST /graphql http.response.status_code=200
  parse
  query Walk graphql.operation.name=Walk
    concepts plexus.rows=3
    concepts.nodes plexus.rows=3
    concepts.nodes.causes plexus.rows=1
    concepts.nodes.causes.nodes plexus.rows=1
    dataset plexus.rows=0
    (write) plexus.rows=9
POST /graphql http.response.status_code=200
  parse
  query error.type=BAD_ID
    concept plexus.rows=1
    (write) plexus.rows=0
POST /graphql http.response.status_code=200
  parse
`
	if told.String() != want {
		t.Errorf("%s\nwant\n%s", told.String(), want)
	}
	for _, s := range c.spans {
		if s.EndTimeUnixNano < s.StartTimeUnixNano || time.Since(time.Unix(0, int64(s.StartTimeUnixNano))) > time.Minute {
			t.Errorf("%s is from %d to %d", s.Name, s.StartTimeUnixNano, s.EndTimeUnixNano)
		}
		for _, a := range s.Attributes {
			if a.Key == "graphql.document" || strings.HasPrefix(a.Key, "client.") {
				t.Errorf("%s tells %s", s.Name, a.Key)
			}
		}
	}
	// A stranger's trace is not ours, nor does it make us trace.
	first := c.spans[slices.IndexFunc(c.spans, func(s *traces.Span) bool { return len(s.Links) > 0 })]
	if id := fmt.Sprintf("%x", first.TraceId); id == "0af7651916cd43dd8448eb211c80319c" || fmt.Sprintf("%x", first.Links[0].TraceId) != "0af7651916cd43dd8448eb211c80319c" || !strings.Contains(logged, "trace="+id) {
		t.Errorf("trace %x, linked to %x, logged %s", first.TraceId, first.Links[0].TraceId, logged)
	}
	var service []string
	for _, a := range c.resources {
		service = append(service, a.Key+"="+a.Value.GetStringValue())
	}
	for _, want := range []string{"service.name=plexus", "deployment.environment.name=test"} {
		if !slices.Contains(service, want) {
			t.Errorf("the service is described by %v", service)
		}
	}
}

// TestTracesOfOthers: of a trusted proxy the trace is taken over, with its
// decision whether to trace; what nobody decided is traced as often as is said.
func TestTracesOfOthers(t *testing.T) {
	c := &receiver{}
	web := httptest.NewServer(c)
	defer web.Close()
	s := started(t, "--traces", web.URL+"/v1/traces", "--traces-sample", "0")
	for _, flag := range []string{"00", "01"} {
		send(t, s.address, walkQuery, `{"n":3}`, http.Header{"Traceparent": {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b71692033" + flag + "-" + flag}})
	}
	send(t, s.address, walkQuery, `{"n":3}`, nil)
	send(t, s.address, walkQuery, `{"n":3}`, http.Header{"Traceparent": {"nonsense"}})
	s.end()
	parents := map[string]int{}
	for _, s := range c.spans {
		if fmt.Sprintf("%x", s.TraceId) != "0af7651916cd43dd8448eb211c80319c" {
			t.Errorf("another trace: %x", s.TraceId)
		}
		if s.Kind == traces.Span_SPAN_KIND_SERVER {
			parents[fmt.Sprintf("%x", s.ParentSpanId)]++
		}
	}
	if len(parents) != 1 || parents["b7ad6b7169203301"] != 1 {
		t.Errorf("spans below %v", parents)
	}
}

// TestTracesLost: a collector that is gone harms no request, and is told of.
func TestTracesLost(t *testing.T) {
	t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "10")
	failing := httptest.NewServer(http.NotFoundHandler())
	defer failing.Close()
	s := started(t, "--traces", failing.URL)
	if _, body := send(t, s.address, walkQuery, `{"n":3}`, nil); !strings.HasPrefix(body, `{"data":{"sick":`) {
		t.Errorf("%s", body)
	}
	s.logged("level=WARN", "traces are lost", "spans=")
	if text := get(t, http.DefaultClient, s.address+"metrics"); !regexp.MustCompile(`\nplexus_trace_spans_lost_total [1-9]`).MatchString(text) {
		t.Error("lost spans are not counted")
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
	profiles := s.profiles()
	if text := get(t, http.DefaultClient, profiles+"goroutine?debug=1"); !strings.HasPrefix(text, "goroutine profile:") {
		t.Errorf("%.100s", text)
	}
	if text := get(t, http.DefaultClient, strings.TrimSuffix(profiles, "debug/pprof/")+"metrics"); !strings.Contains(text, "plexus_operations_running 0") {
		t.Errorf("%.100s", text)
	}
	response, err := http.Get(s.address + "debug/pprof/")
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusNotFound {
		t.Errorf("the public address offers profiles: %s", response.Status)
	}
	s.end()
	if _, err := http.Get(profiles); err == nil {
		t.Error("profiles are served after the end")
	}
}
