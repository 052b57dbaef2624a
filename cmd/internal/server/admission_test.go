package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	traces "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"github.com/plexus-kg/plexus/cmd/internal/telemetry"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
)

// probe is a second small handler, as one that a later endpoint brings. Its path
// says what it does.
type probe struct {
	entered chan struct{} // told of each request that blocks
	release chan struct{} // lets one of them go
}

func (p *probe) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.PathValue("what") {
	case "block":
		p.entered <- struct{}{}
		<-p.release
	case "wait": // as long as it may
		<-r.Context().Done()
		return
	case "sleep": // and hear nothing
		time.Sleep(2 * probeTimeout)
	case "panic":
		w.Header().Set("ETag", `"of what is never sent"`)
		w.Header().Set("Content-Security-Policy", "default-src *")
		_, _ = io.WriteString(w, "half an answer")
		panic("*store.Store broke")
	case "abort":
		panic(http.ErrAbortHandler)
	}
	body, err := io.ReadAll(r.Body)
	w.Header().Set("Content-Type", "text/x-probe")
	w.WriteHeader(http.StatusAccepted)
	_, _ = fmt.Fprintf(w, "%d bytes %v", len(body), err)
}

const probeTimeout = 50 * time.Millisecond

// teapots writes refusals in a format of its own.
func teapots(w http.ResponseWriter, _ *http.Request, f *Refusal) {
	w.Header().Set("Content-Type", "text/x-teapot")
	w.WriteHeader(f.Status)
	_, _ = fmt.Fprintf(w, "teapot %s %s %v", f.Code, f.Limit, f.Allowed)
}

// mounted is a real server with the probe behind it.
type mounted struct {
	t       *testing.T
	probe   *probe
	address string
	log     *safeLog
}

// safeLog is a log that is read while others write.
type safeLog struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (l *safeLog) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.Write(p)
}

// lines returns the lines that have all the words, when there is one: the line of a
// request is written when its client has the answer already.
func (m *mounted) lines(words ...string) (found []string) {
	m.t.Helper()
	for ; len(found) == 0 && m.t.Context().Err() == nil; time.Sleep(time.Millisecond) {
		m.log.lock.Lock()
		text := m.log.text.String()
		m.log.lock.Unlock()
		for line := range strings.Lines(text) {
			has := true
			for _, word := range words {
				has = has && strings.Contains(line, word)
			}
			if has {
				found = append(found, line)
			}
		}
	}
	return found
}

// mount starts a server with the probe at /probe/, whose refusals are plain, and at
// /teapot/, whose are not.
func mount(t *testing.T, change func(*Config)) *mounted {
	t.Helper()
	m := &mounted{t: t, probe: &probe{entered: make(chan struct{}), release: make(chan struct{})}, log: new(safeLog)}
	c := Config{
		Current: func() resolvers.Release {
			return resolvers.Release{Reader: graphtest.NewNaive(graphtest.Small())}
		},
		Metrics: prometheus.NewRegistry(), Log: slog.New(slog.NewTextHandler(m.log, nil)), LogRequests: true,
		Routes: []Route{
			{Pattern: "/probe/{what}", Handler: m.probe},
			{Pattern: "/teapot/{what}", Handler: m.probe, Refuse: teapots},
			{Pattern: "/", Class: Limited, Handler: http.NotFoundHandler()},
		},
	}
	change(&c)
	var config net.ListenConfig
	l, err := config.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Serve(ctx, l, c) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	m.address = "http://" + l.Addr().String()
	return m
}

// ask sends a request, by POST if it has a body, and returns status, headers and
// text of the answer.
func (m *mounted) ask(path, body string) (int, http.Header, string) {
	m.t.Helper()
	status, header, text, err := m.try(path, body)
	if err != nil {
		m.t.Fatal(err)
	}
	return status, header, text
}

func (m *mounted) try(path, body string) (int, http.Header, string, error) {
	method := http.MethodGet
	if body != "" {
		method = http.MethodPost
	}
	r, err := http.NewRequestWithContext(context.Background(), method, m.address+path, strings.NewReader(body))
	if err != nil {
		return 0, nil, "", err
	}
	r.Header.Set("Content-Type", typeJSON)
	if len(body) > 128<<10 { // else it may still be written when the server has refused it and hangs up
		r.Header.Set("Expect", "100-continue")
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true, ExpectContinueTimeout: 10 * time.Second}}
	response, err := client.Do(r)
	if err != nil {
		return 0, nil, "", err
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	return response.StatusCode, response.Header, string(text), err
}

const askVersion = `{"query":"{ dataset { version } }"}`

// expect compares the answer to a request.
func (m *mounted) expect(path, body string, wantStatus int, wantType, wantText string) http.Header {
	m.t.Helper()
	status, header, text := m.ask(path, body)
	if status != wantStatus || !strings.HasPrefix(header.Get("Content-Type"), wantType) || !strings.Contains(text, wantText) {
		m.t.Errorf("%s: %d %v %.300s\nwant %d %s %s", path, status, header, text, wantStatus, wantType, wantText)
	}
	return header
}

// TestAdmissionCapacity: one capacity is for all admitted routes; each refuses in its
// own format, and those who watch over the server are answered all the same.
func TestAdmissionCapacity(t *testing.T) {
	m := mount(t, func(c *Config) { c.Capacity = Capacity{Running: 1} })
	m.expect("/probe/x", "", http.StatusAccepted, "text/x-probe", "0 bytes <nil>")
	var blocked sync.WaitGroup
	blocked.Go(func() {
		if status, _, text, err := m.try("/probe/block", ""); err != nil || status != http.StatusAccepted {
			t.Error(status, text, err)
		}
	})
	<-m.probe.entered
	header := m.expect("/probe/x", "", http.StatusServiceUnavailable, "text/plain", "more to do than it can")
	if header.Get("Retry-After") != "1" || header.Get("Cache-Control") != "no-store" || header.Get(headerRequestID) == "" {
		t.Errorf("%v", header)
	}
	m.expect("/teapot/x", "", http.StatusServiceUnavailable, "text/x-teapot", "teapot OVERLOADED running 1")
	m.expect(Endpoint, askVersion, http.StatusServiceUnavailable, typeJSON, `"code":"OVERLOADED"`)
	m.expect("/healthz", "", http.StatusOK, "text/plain", "ok")
	m.expect("/readyz", "", http.StatusOK, "text/plain", "ok")
	m.expect("/nothing", "", http.StatusNotFound, "text/plain", "")
	m.expect("/metrics", "", http.StatusOK, "text/plain", "\nplexus_operations_running 1\n")
	m.probe.release <- struct{}{}
	blocked.Wait()
	m.expect("/probe/x", "", http.StatusAccepted, "text/x-probe", "")
	m.expect(Endpoint, askVersion, http.StatusOK, typeJSON, `"data"`)
}

// TestAdmissionQueue: a request waits for its turn, and gets it.
func TestAdmissionQueue(t *testing.T) {
	m := mount(t, func(c *Config) { c.Capacity = Capacity{Running: 1, Waiting: 1, Patience: time.Hour} })
	var all sync.WaitGroup
	block := func() {
		if status, _, text, err := m.try("/probe/block", ""); err != nil || status != http.StatusAccepted {
			t.Error(status, text, err)
		}
	}
	all.Go(block)
	<-m.probe.entered
	all.Go(block)
	for {
		if _, _, text := m.ask("/metrics", ""); strings.Contains(text, "\nplexus_operations_waiting 1\n") {
			break
		}
	}
	m.expect("/probe/x", "", http.StatusServiceUnavailable, "text/plain", "")
	m.probe.release <- struct{}{}
	<-m.probe.entered // the one that waited
	m.probe.release <- struct{}{}
	all.Wait()
}

// TestAdmissionRate: a client has one rate for all routes but those that are open.
func TestAdmissionRate(t *testing.T) {
	m := mount(t, func(c *Config) { c.Rate = Rate{PerSecond: 0.001, Burst: 2} })
	m.expect("/probe/x", "", http.StatusAccepted, "text/x-probe", "")
	m.expect(Endpoint, askVersion, http.StatusOK, typeJSON, `"data"`)
	header := m.expect("/probe/x", "", http.StatusTooManyRequests, "text/plain", "more requests than are allowed")
	if header.Get("Retry-After") == "" {
		t.Errorf("%v", header)
	}
	m.expect("/teapot/x", "", http.StatusTooManyRequests, "text/x-teapot", "teapot RATE_LIMITED requestsPerSecond 0.001")
	m.expect(Endpoint, askVersion, http.StatusTooManyRequests, typeJSON, `"code":"RATE_LIMITED"`)
	m.expect("/nothing", "", http.StatusTooManyRequests, "text/plain", "")
	m.expect("/metrics", "", http.StatusTooManyRequests, "text/plain", "")
	m.expect("/healthz", "", http.StatusOK, "text/plain", "ok")
}

// TestAdmissionTimeout: a handler that is late is answered for, whether it heeds its
// context or not, and gives its turn back.
func TestAdmissionTimeout(t *testing.T) {
	m := mount(t, func(c *Config) { c.Timeout, c.Capacity, c.Slow = probeTimeout, Capacity{Running: 1}, probeTimeout })
	for _, what := range []string{"wait", "sleep"} {
		m.expect("/probe/"+what, "", http.StatusServiceUnavailable, "text/plain", "has taken the 50ms that it may")
		header := m.expect("/teapot/"+what, "", http.StatusServiceUnavailable, "text/x-teapot", "teapot TIMEOUT milliseconds 50")
		for _, want := range []string{"level=WARN", `msg="slow request"`, "route=/teapot/{what}", "took=", "waited=0s"} {
			m.lines("request="+header.Get(headerRequestID), want)
		}
	}
	m.expect("/probe/x", "", http.StatusAccepted, "text/x-probe", "")
}

// TestAdmissionBody: a body is read as far as the limit, whether its client tells the
// length or not.
func TestAdmissionBody(t *testing.T) {
	m := mount(t, func(*Config) {})
	const limit = 128 << 10
	m.expect("/probe/x", strings.Repeat("x", limit), http.StatusAccepted, "text/x-probe", "131072 bytes <nil>")
	m.expect("/probe/x", strings.Repeat("x", limit+1), http.StatusRequestEntityTooLarge, "text/plain", "131073, where 131072 are allowed")
	m.expect("/teapot/x", strings.Repeat("x", limit+1), http.StatusRequestEntityTooLarge, "text/x-teapot", "teapot LIMIT_EXCEEDED body 131072")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, m.address+"/probe/x", io.MultiReader(strings.NewReader(strings.Repeat("x", limit+1))))
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("without a length: %s", response.Status)
	}
}

// TestAdmissionPanic: a panic is an internal error without anything of the answer
// that had begun; its cause is logged once, its turn given back, and the server
// lives on.
func TestAdmissionPanic(t *testing.T) {
	m := mount(t, func(c *Config) { c.Capacity = Capacity{Running: 1} })
	for path, wantType := range map[string]string{"/probe/panic": "text/plain", "/teapot/panic": "text/x-teapot"} {
		status, header, text := m.ask(path, "")
		id := header.Get(headerRequestID)
		if status != http.StatusInternalServerError || !strings.HasPrefix(header.Get("Content-Type"), wantType) || strings.Contains(text, "half") || strings.Contains(text, "store") {
			t.Errorf("%s: %d %v %s", path, status, header, text)
		}
		if header.Get("ETag") != "" || strings.Contains(header.Get("Content-Security-Policy"), "*") || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: the headers of an answer that was dropped: %v", path, header)
		}
		if path == "/probe/panic" && text != "internal error; request "+id+"\n" {
			t.Errorf("%q", text)
		}
		m.lines("msg=request", "request="+id, "status=500", "refused=INTERNAL")
		if logged := m.lines("request="+id, "store.Store broke"); len(logged) != 1 {
			t.Errorf("logged %d times: %s", len(logged), logged)
		}
	}
	m.expect("/probe/x", "", http.StatusAccepted, "text/x-probe", "")
	if _, _, _, err := m.try("/probe/abort", ""); !errors.Is(err, io.EOF) {
		t.Errorf("a handler that drops the connection: %v", err)
	}
	m.expect("/probe/x", "", http.StatusAccepted, "text/x-probe", "")
}

// TestAdmissionTelemetry: requests are counted and logged by their route, of which
// clients make no more than there are.
func TestAdmissionTelemetry(t *testing.T) {
	m := mount(t, func(*Config) {})
	const many = 150
	for i := range many {
		m.expect(fmt.Sprintf("/probe/x%d", i), "", http.StatusAccepted, "text/x-probe", "")
		m.expect(fmt.Sprintf("/nothing%d", i), "", http.StatusNotFound, "text/plain", "")
	}
	m.expect("/probe/x", strings.Repeat("x", 200<<10), http.StatusRequestEntityTooLarge, "text/plain", "")
	m.expect(Endpoint, askVersion, http.StatusOK, typeJSON, "")
	_, _, text := m.ask("/metrics", "")
	for _, want := range []string{
		`plexus_http_requests_total{code="202",route="/probe/{what}"} 150`,
		`plexus_http_requests_total{code="404",route="/"} 150`,
		`plexus_http_requests_total{code="413",route="/probe/{what}"} 1`,
		`plexus_http_requests_total{code="200",route="/graphql"} 1`,
		`plexus_refusals_total{code="LIMIT_EXCEEDED",route="/probe/{what}"} 1`,
		`plexus_http_request_duration_seconds_count{route="/probe/{what}"} 150`,
	} {
		if !strings.Contains(text, "\n"+want+"\n") {
			t.Errorf("there is no %s", want)
		}
	}
	if strings.Contains(text, "x149") || strings.Contains(text, "nothing149") {
		t.Error("paths of clients make series without end")
	}
	for _, line := range m.lines("msg=request", "path=/probe/x149") {
		for _, want := range []string{"route=/probe/{what}", "method=GET", "status=202", "bytes=13", "took=", "client=127.0.0.1"} {
			if !strings.Contains(line, want) {
				t.Errorf("no %s in %s", want, line)
			}
		}
	}
}

// TestAdmissionTraces: a request of any admitted route has a trace, named by the
// route; who was refused before its turn has none.
func TestAdmissionTraces(t *testing.T) {
	spans := make(chan *traces.Span, 10)
	collecting := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		var sent collector.ExportTraceServiceRequest
		if err := errors.Join(err, proto.Unmarshal(text, &sent)); err != nil {
			t.Error(err)
		}
		for _, of := range sent.ResourceSpans {
			for _, scope := range of.ScopeSpans {
				for _, span := range scope.Spans {
					spans <- span
				}
			}
		}
	}))
	defer collecting.Close()
	tracer, err := telemetry.NewTracer(t.Context(), collecting.URL, "", "test", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	m := mount(t, func(c *Config) { c.Tracer = tracer })
	id := m.expect("/probe/panic", "", http.StatusInternalServerError, "text/plain", "").Get(headerRequestID)
	m.expect("/probe/x", strings.Repeat("x", 200<<10), http.StatusRequestEntityTooLarge, "text/plain", "")
	m.lines("msg=request", "request="+id, "trace=")
	if err := tracer.Shutdown(t.Context()); err != nil {
		t.Fatal(err)
	}
	close(spans)
	var names []string
	for span := range spans {
		names = append(names, span.Name)
		for _, a := range span.Attributes {
			switch want := map[string]any{"http.route": "/probe/{what}", "plexus.request.id": id, "http.response.status_code": int64(500)}[a.Key]; want {
			case nil, a.Value.GetStringValue(), a.Value.GetIntValue():
			default:
				t.Errorf("%s is %v, want %v", a.Key, a.Value, want)
			}
		}
	}
	if len(names) != 1 || names[0] != "GET /probe/{what}" {
		t.Errorf("spans %q", names)
	}
}
