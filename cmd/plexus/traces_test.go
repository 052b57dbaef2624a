package main

import (
	"compress/gzip"
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

	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	common "go.opentelemetry.io/proto/otlp/common/v1"
	traces "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

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
