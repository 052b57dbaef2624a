package server

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
)

type panicking struct{ graph.Reader }

func (panicking) Statements(context.Context, []graph.Ref, graph.StatementFields, *graph.StatementBatch) error {
	panic("*store.Store broke")
}

// TestPanicOfReader: the client of a request that struck a fault of ours learns
// the id by which the log knows the cause, and others are answered.
func TestPanicOfReader(t *testing.T) {
	var log strings.Builder
	handler := New(Config{
		Current: func() resolvers.Release {
			return resolvers.Release{Reader: panicking{graphtest.NewNaive(graphtest.Small())}}
		},
		Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	ask := func(query string) *httptest.ResponseRecorder {
		body, _ := json.Marshal(map[string]string{"query": query})
		r := httptest.NewRequest(http.MethodPost, Endpoint, strings.NewReader(string(body)))
		r.Header.Set("Content-Type", typeJSON)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	w := ask(`{ concepts { nodes { links { edges { statements { modality } } } } } }`)
	id := w.Header().Get("X-Request-Id")
	if body := w.Body.String(); !strings.Contains(body, `"internal error; request `+id+`"`) || !strings.Contains(body, `"INTERNAL"`) || strings.Contains(body, "store") {
		t.Errorf("%d %s", w.Code, body)
	}
	if !strings.Contains(log.String(), "request="+id) || !strings.Contains(log.String(), "*store.Store broke") {
		t.Errorf("logged: %s", log.String())
	}
	if w := ask(`{ concepts { nodes { id } } }`); !strings.HasPrefix(w.Body.String(), `{"data":{"concepts":{"nodes":[{"id":`) {
		t.Errorf("afterwards: %d %s", w.Code, w.Body)
	}
}

// TestPanicKeepsNoTurn: the turn of a request that panics outside of its plan is
// given back.
func TestPanicKeepsNoTurn(t *testing.T) {
	panics := true
	handler := New(Config{
		Current: func() resolvers.Release {
			if panics {
				panic("no release")
			}
			return resolvers.Release{Reader: graphtest.NewNaive(graphtest.Small())}
		},
		Capacity: Capacity{Running: 1},
		Log:      slog.New(slog.DiscardHandler),
	})
	ask := func() int {
		r := httptest.NewRequest(http.MethodPost, Endpoint, strings.NewReader(`{"query":"{ dataset { version } }"}`))
		r.Header.Set("Content-Type", typeJSON)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w.Code
	}
	for range 3 {
		if status := ask(); status != http.StatusInternalServerError {
			t.Errorf("a panic: %d", status)
		}
	}
	panics = false
	if status := ask(); status != http.StatusOK {
		t.Errorf("afterwards: %d", status)
	}
}
