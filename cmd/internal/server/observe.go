package server

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync/atomic"

	"github.com/plexus-kg/plexus/cmd/internal/telemetry"
)

// observing is the context of a request: that of net/http with what is kept of
// the request.
type observing struct {
	context.Context
	record *telemetry.Request
}

type observingKey struct{}

// Value implements context.Context.
func (c *observing) Value(key any) any {
	if key == (observingKey{}) {
		return c
	}
	return c.Context.Value(key)
}

// requestOf returns what is kept of the request that a context belongs to: of
// one that nobody observes, a record that nobody reads.
func requestOf(ctx context.Context) *telemetry.Request {
	if c, ok := ctx.Value(observingKey{}).(*observing); ok {
		return c.record
	}
	return new(telemetry.Request)
}

// noteRefusal notes the code of an answer that refuses a request.
func noteRefusal(w http.ResponseWriter, code string) {
	for {
		switch under := w.(type) {
		case *answer:
			under.record.Refused = code
			return
		case interface{ Unwrap() http.ResponseWriter }:
			w = under.Unwrap()
		default:
			return // nobody observes it
		}
	}
}

// RequestID returns the id of the request that a context belongs to, empty
// outside of one.
func RequestID(ctx context.Context) string { return requestOf(ctx).ID }

// newObserver returns who tells of the requests of a server.
func newObserver(c Config, g *gate) *telemetry.Observer {
	t := telemetry.Config{
		Log: c.Log, LogRequests: c.LogRequests, Slow: c.Slow, Registry: c.Metrics, Tracer: c.Tracer,
		Client: c.Rate.Proxies.addressOf, Trusted: c.Rate.Proxies.heardFrom,
		Running: func() int { return len(g.running) },
		Waiting: func() int { return int(g.waiting.Load()) },
	}
	if c.Operations != nil {
		t.Names = c.Operations.Names()
	}
	return telemetry.New(t)
}

// observed gives every request an id and every answer the header X-Request-Id,
// and tells of the request when it is over. Ids of clients are not taken over:
// they could say anything.
func observed(o *telemetry.Observer, stopping *atomic.Bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		record := o.Begin()
		record.ID = newID()
		w.Header()["X-Request-Id"] = []string{record.ID}
		r = r.WithContext(&observing{r.Context(), record})
		record.HTTP = r
		answer := &answer{ResponseWriter: w, record: record, status: http.StatusOK, stopping: stopping}
		defer func() { // also if a handler drops the connection
			record.Status, record.Bytes = answer.status, answer.bytes
			o.End(record)
		}()
		next.ServeHTTP(answer, r)
		answer.begin() // if there was nothing to write
	})
}

// newID returns a text of twelve letters and digits that no two requests share, as
// far as chance goes: 60 bits of it.
func newID() string {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	var id [12]byte
	n := rand.Uint64()
	for i := range id {
		id[i] = digits[n%32]
		n /= 32
	}
	return string(id[:])
}

// answer remembers what was answered. When the server stops, it closes the
// connection.
type answer struct {
	http.ResponseWriter
	record   *telemetry.Request
	stopping *atomic.Bool
	begun    bool
	status   int
	bytes    int
}

// begin completes the headers before they are written.
func (a *answer) begin() {
	if !a.begun {
		a.begun = true
		if a.stopping.Load() {
			a.Header().Set("Connection", "close")
		}
	}
}

func (a *answer) WriteHeader(status int) {
	a.begin()
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	a.begin()
	n, err := a.ResponseWriter.Write(b)
	a.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the writer below.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
