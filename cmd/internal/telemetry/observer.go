package telemetry

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/plexus-kg/plexus/resolvers"
)

// Config says who listens.
type Config struct {
	Log *slog.Logger
	// LogRequests logs every request as information; otherwise that is only for who
	// debugs.
	LogRequests bool
	// Slow is from when a request is worth a warning, 0 for never.
	Slow time.Duration
	// Registry takes the metrics; nil counts for nobody.
	Registry *prometheus.Registry
	// Names is how many operation names are counted each on its own; 0 means 100.
	Names int
	// Tracer takes the traces; nil makes none.
	Tracer *Tracer

	// Client returns the address that a request comes from, if it can be told.
	Client func(*http.Request) (netip.Addr, bool)
	// Trusted reports whether a request comes over somebody whose word on traces is
	// taken.
	Trusted func(*http.Request) bool
	// Running and Waiting say how many requests run and wait for their turn.
	Running, Waiting func() int
}

// Observer tells of requests.
type Observer struct {
	Config
	metrics  *metrics
	requests sync.Pool
}

// New returns an observer.
func New(c Config) *Observer {
	o := &Observer{Config: c, metrics: newMetrics(&c)}
	o.requests.New = func() any { return new(Request) }
	return o
}

// Begin returns the record of a request that has come.
func (o *Observer) Begin() *Request {
	o.metrics.inFlight.Inc()
	r := o.requests.Get().(*Request)
	levels := r.Times.Levels[:0]
	*r = Request{}
	r.Times.Began, r.Times.Levels = time.Now(), levels
	return r
}

// End tells of a request that is over, and takes the record back.
func (o *Observer) End(r *Request) {
	defer func() {
		o.metrics.inFlight.Dec()
		r.HTTP, r.Operation = nil, Operation{} // which hold on to much
		o.requests.Put(r)
	}()
	o.metrics.count(r)
	ctx, level := r.HTTP.Context(), slog.LevelDebug
	if o.LogRequests {
		level = slog.LevelInfo
	}
	logs := o.Log.Enabled(ctx, level)
	if logs || o.Tracer != nil {
		r.took = r.Since()
	}
	traceID := ""
	if o.Tracer != nil {
		traceID = o.Tracer.trace(r, o.Trusted(r.HTTP))
	}
	if o.Slow > 0 && r.worked() >= o.Slow {
		o.logSlow(ctx, r, traceID)
	}
	if logs {
		o.logRequest(ctx, level, r, traceID)
	}
}

// logRequest writes the line of a request. What was asked is not in it, and
// neither is the query of its URL, where a document may stand.
func (o *Observer) logRequest(ctx context.Context, level slog.Level, r *Request, traceID string) {
	client := ""
	if address, ok := o.Client(r.HTTP); ok {
		client = address.WithZone("").String() // a zone is any text, where a proxy passes it on
	}
	attributes := append(make([]slog.Attr, 0, 15),
		slog.String("request", r.ID), slog.String("client", client),
		slog.String("method", shortened(r.HTTP.Method)), slog.String("route", r.Route()), slog.String("path", shortened(r.HTTP.URL.Path)),
		slog.Int("status", r.Status), slog.Int("bytes", r.Bytes), slog.Duration("took", r.took))
	if r.Refused != "" {
		attributes = append(attributes, slog.String("refused", r.Refused))
	}
	if op := &r.Operation; op.Parsed > 0 {
		attributes = append(attributes, slog.String("operation", shortened(op.Name)),
			slog.Int("asked", op.Cost.Asked), slog.Int("spent", op.Cost.Spent), slog.Int("errors", len(op.Errors)))
	}
	if traceID != "" {
		attributes = append(attributes, slog.String("trace", traceID))
	}
	o.Log.LogAttrs(ctx, level, "request", attributes...)
}

// logSlow warns of a request that took long, and of an operation says what took most
// of it.
func (o *Observer) logSlow(ctx context.Context, r *Request, traceID string) {
	message, op := "slow request", &r.Operation
	attributes := append(make([]slog.Attr, 0, 15), slog.String("request", r.ID), slog.String("route", r.Route()),
		slog.Duration("took", r.worked()), slog.Duration("waited", r.waited()))
	if op.Parsed > 0 {
		slowest := r.slowest()
		message, attributes = "slow operation", append(attributes,
			slog.String("operation", shortened(op.Name)), slog.String("document", resolvers.HashOf(op.Document)),
			slog.Int("asked", op.Cost.Asked), slog.Int("spent", op.Cost.Spent), slog.Int("errors", len(op.Errors)),
			slog.String("slowest", slowest.Place), slog.Duration("slowest_took", slowest.Took()), slog.Int("slowest_rows", slowest.Rows))
	}
	if traceID != "" {
		attributes = append(attributes, slog.String("trace", traceID))
	}
	o.Log.LogAttrs(ctx, slog.LevelWarn, message, attributes...)
}
