package telemetry

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/plexus-kg/plexus/resolvers"
)

func quiet() *Observer {
	return New(Config{
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Slow: time.Hour, Registry: prometheus.NewRegistry(),
		Client:  func(*http.Request) (netip.Addr, bool) { return netip.Addr{}, false },
		Running: func() int { return 0 }, Waiting: func() int { return 0 },
	})
}

// observe tells of an operation as a server does.
func observe(o *Observer, r *http.Request) {
	record := o.Begin()
	record.HTTP, record.ID, record.Status, record.Bytes = r, "r1", http.StatusOK, 500
	record.Turn = record.Since()
	op := &record.Operation
	op.Parsed = record.Since()
	op.Name, op.Type, op.Cost = "Walk", "query", resolvers.Cost{Asked: 60, Spent: 20}
	for _, place := range []string{"concepts", "concepts.nodes", "concepts.nodes.causes"} {
		record.Times.Levels = append(record.Times.Levels, resolvers.Level{Place: place, Field: "concepts", From: op.Parsed, To: record.Since()})
	}
	record.Answered()
	o.End(record)
}

// BenchmarkObserve tells of operations from all processors at once; seven looks
// at the clock are in it.
func BenchmarkObserve(b *testing.B) {
	o, r := quiet(), httptest.NewRequest(http.MethodPost, "/graphql", nil)
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			observe(o, r)
		}
	})
}

// TestKnown: as many names as may have a value of their own, whoever asks first,
// and always the same.
func TestKnown(t *testing.T) {
	var k known[*string]
	value := func(name string) *string { return &name }
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 1000 {
				name := fmt.Sprint(i % 50)
				got := k.get(name, 10, otherName, value)
				if *got != name && *got != otherName {
					t.Errorf("%s: %s", name, *got)
				}
				if again := k.get(name, 10, otherName, value); again != got && *got != otherName {
					t.Errorf("%s: another value", name)
				}
			}
		})
	}
	all.Wait()
	if n := len(*k.now.Load()); n != 11 {
		t.Errorf("%d values, want ten and one for the others", n)
	}
}
