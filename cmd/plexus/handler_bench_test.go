package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/cmd/internal/server"
)

// BenchmarkHandler answers requests as serve does, all but the network: the
// middleware, the reading of the body, the operation, the writing of the answer.
// PLEXUS_BENCH_WORK names a folder that cmd/bench/peers has left (-work), whose
// graph and queries it takes instead of the seed and one query.
func BenchmarkHandler(b *testing.B) {
	data, requests := dataFlag{}, map[string][]string{"a concept": {plain}}
	if work := os.Getenv("PLEXUS_BENCH_WORK"); work != "" {
		data.Data = []string{filepath.Join(work, "graph.plexus")}
		requests = peersRequests(b, work)
	}
	l, err := data.load(b.Context(), io.Discard)
	if err != nil {
		b.Fatal(err)
	}
	s := newService(data, l, slog.New(slog.DiscardHandler))
	b.Cleanup(s.close)
	var chosen settings
	chosen.LogLevel = "info"
	config := server.Config{Routes: playground(), Log: chosen.log(io.Discard), Current: s.pin, CacheControl: "no-cache", Timeout: 10 * time.Second}
	handler := server.New(config)
	for _, name := range slices.Sorted(maps.Keys(requests)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			w := &sink{header: http.Header{}}
			n := 0
			for b.Loop() {
				body := requests[name][n*7919%len(requests[name])]
				n++
				r := &http.Request{
					Method: http.MethodPost, URL: graphqlURL, RemoteAddr: "192.0.2.1:99", Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
					Header: http.Header{"Content-Type": {"application/json"}, "Accept": {"application/json"}, "User-Agent": {"x"}},
				}
				clear(w.header)
				handler.ServeHTTP(w, r.WithContext(b.Context()))
				if w.status != http.StatusOK || !bytes.HasPrefix(w.start[:], []byte(`{"data":`)) {
					b.Fatalf("%d %s", w.status, w.start)
				}
			}
		})
	}
}

// peersRequests are the requests of the peers' benchmark. Of lists, all ask for
// the first page.
func peersRequests(b *testing.B, work string) map[string][]string {
	b.Helper()
	all := map[string][]string{}
	queries, err := filepath.Glob("../bench/peers/queries/plexus/*.graphql")
	if err != nil {
		b.Fatal(err)
	}
	for _, path := range queries {
		name := strings.TrimSuffix(filepath.Base(path), ".graphql")
		query, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		rows, err := os.ReadFile(filepath.Join(work, name+".jsonl"))
		if err != nil {
			b.Fatal(err)
		}
		for row := range strings.Lines(string(rows)) {
			if strings.Contains(row, "offset") {
				row = "{}"
			}
			body, err := json.Marshal(map[string]any{"query": strings.TrimSpace(string(query)), "variables": json.RawMessage(row)})
			if err != nil {
				b.Fatal(err)
			}
			all[name] = append(all[name], string(body))
		}
	}
	return all
}

var graphqlURL = &url.URL{Path: server.Endpoint}

// sink is an http.ResponseWriter that remembers how an answer begins.
type sink struct {
	header http.Header
	status int
	begun  bool
	start  [40]byte
}

func (s *sink) Header() http.Header    { return s.header }
func (s *sink) WriteHeader(status int) { s.status, s.begun = status, false }

func (s *sink) Write(p []byte) (int, error) {
	if !s.begun {
		s.begun = true
		copy(s.start[:], p)
	}
	return len(p), nil
}
