package server

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/plexus-kg/plexus/cmd/internal/telemetry"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
)

// Config says what to serve.
type Config struct {
	// Current returns the release to answer from; it is called once an operation,
	// and the release's Done, if it has one, once the operation is over.
	Current func() resolvers.Release
	// Ready returns why the server should get no requests, nil if it should; nil
	// means always.
	Ready func() error
	// Metrics takes those of the server, and is served at /metrics; nil leaves that
	// out.
	Metrics *prometheus.Registry
	// Tracer takes the traces of operations; nil makes none.
	Tracer *telemetry.Tracer
	// Routes are served beside those of the server itself (routes).
	Routes []Route
	// Pages returns routes that answer by asking; nil for none.
	Pages func(*Asker) []Route
	Log   *slog.Logger
	// LogRequests logs every request as information, Slow from how much time on one
	// is logged as a warning, 0 for never.
	LogRequests bool
	Slow        time.Duration

	// Limits bounds each request (its zero value stands for limits.Default), Capacity all together, Rate those of one client.
	Limits      limits.Limits
	Capacity    Capacity
	Rate        Rate
	Connections Connections
	// Timeout is how long a request may take from its turn on, 0 for ever.
	Timeout time.Duration
	// ReadTimeout is how long a client may take to send its headers, and a third
	// of what it may take for a whole request; 0 means ten seconds. WriteTimeout is
	// how long it takes at most until a request is answered and the client has taken
	// the answer; 0 means a minute.
	ReadTimeout, WriteTimeout time.Duration
	// Drain is how long the server goes on when it is told to stop (Serve).
	Drain time.Duration
	// Certificate is what TLS is spoken with; nil for plain HTTP. StrictTransport is
	// for how long browsers shall ask this host by TLS only, 0 for nothing said.
	Certificate     *Certificate
	StrictTransport time.Duration
	// CacheControl is what caches are told of answers that depend on nothing but
	// the version of the graph; empty tells them nothing. Program tells one version
	// of the program from another: it is part of what such answers are known by.
	CacheControl string
	Program      string
	// Operations are those that may be run, nil for every one.
	Operations *resolvers.Operations
	// NoIntrospection keeps the schema to those who have it, NoSuggestions what a
	// client may have meant.
	NoIntrospection, NoSuggestions bool
	// Origins are the sites whose pages may ask (https://example.org), with * for
	// any part; a single * means all. None keeps to the server's own.
	Origins []string
}

// Endpoint is the path of the GraphQL endpoint.
const Endpoint = "/graphql"

// New returns the handler of the whole server.
func New(c Config) http.Handler { return newHandler(c, new(atomic.Bool)) }

// newHandler returns a handler that is told when the server stops.
func newHandler(c Config, stopping *atomic.Bool) http.Handler {
	if c.Limits == (limits.Limits{}) {
		c.Limits = limits.Default()
	}
	admission, mux := newAdmission(c), http.NewServeMux()
	for _, route := range routes(c, admission, stopping) {
		mux.Handle(route.Pattern, admission.admit(route))
	}
	// From the outside in: every answer carries a request id and is told of, also
	// where no route fits; browsers hear of each what to make of it. What stands
	// between a route and its handler is in admit.
	return observed(newObserver(c, admission.gate), stopping, strictTransport(c.StrictTransport, secured(mux)))
}

// routes is the table of what is served.
func routes(c Config, a *admission, stopping *atomic.Bool) []Route {
	graphQL := &graphQL{executor: newExecutor(c), admission: a, cache: newCaching(c)}
	all := []Route{
		graphQL.route(),
		{Pattern: "/healthz", Methods: "GET, HEAD", Class: Open, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answerPlainly(w, nil) })},
		{Pattern: "/readyz", Methods: "GET, HEAD", Class: Open, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			var fault error
			if stopping.Load() {
				fault = errStopping
			} else if c.Ready != nil {
				fault = c.Ready()
			}
			answerPlainly(w, fault)
		})},
	}
	if c.Metrics != nil {
		if c.Certificate != nil {
			c.Certificate.collect(c.Metrics)
		}
		all = append(all, Route{Pattern: "/metrics", Methods: "GET, HEAD", Class: Limited, Handler: uncached(promhttp.HandlerFor(c.Metrics, promhttp.HandlerOpts{}))})
	}
	if c.Pages != nil {
		own := c
		own.Operations = nil
		all = append(all, c.Pages(&Asker{newExecutor(own), newCaching(c)})...)
	}
	return append(all, c.Routes...)
}

func newExecutor(c Config) *resolvers.Executor {
	return resolvers.NewExecutor(resolvers.Config{
		Current:   c.Current,
		RequestID: RequestID,
		Report: func(ctx context.Context, err error) {
			c.Log.ErrorContext(ctx, "internal error", "request", RequestID(ctx), "error", err)
		},
		Limits:     c.Limits,
		Operations: c.Operations,
		TellCost:   true,

		NoIntrospection: c.NoIntrospection,
		NoSuggestions:   c.NoSuggestions,
	})
}

// uncached is for answers that are of the moment.
func uncached(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// answerPlainly says ok, or why not, to those who watch over servers.
func answerPlainly(w http.ResponseWriter, fault error) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if fault != nil {
		http.Error(w, fault.Error(), http.StatusServiceUnavailable)
		return
	}
	_, _ = io.WriteString(w, "ok\n")
}
