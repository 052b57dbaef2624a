package server

import (
	"context"
	"math/rand/v2"
	"net/http"
	"sync/atomic"

	"github.com/plexus-kg/plexus/cmd/internal/telemetry"
)

// exchange is the context of a request: that of net/http with a time limit, what is
// kept of the request for telemetry, and what the handler has read of it.
type exchange struct {
	timeLimit
	record *telemetry.Request
	input  any // what Route.read and Route.negotiate leave for the handler
}

type exchangeKey struct{}

// Value implements context.Context.
func (x *exchange) Value(key any) any {
	if key == (exchangeKey{}) {
		return x
	}
	return x.timeLimit.Value(key)
}

// exchangeOf returns the exchange that a context belongs to, and one that nobody
// looks at if it belongs to none.
func exchangeOf(ctx context.Context) *exchange {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{timeLimit: timeLimit{Context: ctx}, record: new(telemetry.Request)}
}

// end ends the time limit, and notes that the answer is made.
func (x *exchange) end() {
	x.record.Answered()
	x.timeLimit.end()
}

// RequestID returns the id of the request that a context belongs to, empty
// outside of one.
func RequestID(ctx context.Context) string { return exchangeOf(ctx).record.ID }

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

const headerRequestID = "X-Request-Id"

// observed gives every request an id and every answer the header X-Request-Id,
// and tells of the request when it is over. Ids of clients are not taken over:
// they could say anything.
func observed(o *telemetry.Observer, stopping *atomic.Bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		record := o.Begin()
		record.ID = newID()
		w.Header()[headerRequestID] = []string{record.ID}
		r = r.WithContext(&exchange{timeLimit: timeLimit{Context: r.Context()}, record: record})
		record.HTTP = r
		counted := &countedWriter{ResponseWriter: w, status: http.StatusOK, stopping: stopping}
		defer func() { // also if a handler drops the connection
			if record.Status = counted.status; r.Method != http.MethodHead { // which net/http sends none for
				record.Bytes = counted.bytes
			}
			o.End(record)
		}()
		next.ServeHTTP(counted, r)
		counted.begin() // if there was nothing to write
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

// countedWriter remembers what was answered. When the server stops, it closes the
// connection.
type countedWriter struct {
	http.ResponseWriter
	stopping *atomic.Bool
	begun    bool
	status   int
	bytes    int
}

// begin completes the headers before they are written.
func (c *countedWriter) begin() {
	if !c.begun {
		c.begun = true
		if c.stopping.Load() {
			c.Header().Set("Connection", "close")
		}
	}
}

func (c *countedWriter) WriteHeader(status int) {
	if h := c.Header(); status >= http.StatusBadRequest && h["Cache-Control"] == nil {
		h["Cache-Control"] = noStore // caches keep what is not found, for as long as they like
	}
	c.begin()
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *countedWriter) Write(b []byte) (int, error) {
	c.begin()
	n, err := c.ResponseWriter.Write(b)
	c.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the writer below.
func (c *countedWriter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
