package server

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

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
	// Metrics serves /metrics; nil leaves that out.
	Metrics http.Handler
	// Playground serves everything but the GraphQL endpoint.
	Playground http.Handler
	Log        *slog.Logger

	// Limits bounds each request (its zero value stands for limits.Default), Capacity all together, Rate those of one client.
	Limits      limits.Limits
	Capacity    Capacity
	Rate        Rate
	Connections Connections
	// Timeout is how long an operation may take, 0 for ever.
	Timeout time.Duration
	// ReadTimeout is how long a client may take to send its headers, and a third
	// of what it may take for a whole request; 0 means ten seconds. WriteTimeout is
	// how long it takes at most until a request is answered and the client has taken
	// the answer; 0 means a minute.
	ReadTimeout, WriteTimeout time.Duration
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
func New(c Config) http.Handler {
	if c.Limits == (limits.Limits{}) {
		c.Limits = limits.Default()
	}
	executor := resolvers.NewExecutor(resolvers.Config{
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
	mux, rate := http.NewServeMux(), newLimiter(c.Rate)
	mux.Handle(Endpoint, shared(c.Origins, limited(rate, compressed(&endpoint{
		executor: executor, limits: c.Limits, gate: newGate(c.Capacity), timeout: c.Timeout, cache: newCaching(c),
	}))))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answerPlainly(w, nil) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		var fault error
		if c.Ready != nil {
			fault = c.Ready()
		}
		answerPlainly(w, fault)
	})
	if c.Metrics != nil {
		mux.Handle("GET /metrics", limited(rate, c.Metrics))
	}
	mux.Handle("/", limited(rate, c.Playground))

	// From the outside in: every answer carries a request id, also that of a
	// handler that panics; the log knows the id. What concerns GraphQL alone is
	// around its handler: browsers learn why they were refused (shared), clients
	// that ask too much cost next to nothing (limited), and only then an operation
	// waits for its turn.
	return withRequestID(logged(c.Log, recovered(c.Log, guarded(mux))))
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

const (
	// A client has that long to send its headers.
	headerTimeout = 10 * time.Second
	// An answer has that long to be made and taken.
	writeTimeout = time.Minute
	idleTimeout  = 2 * time.Minute
	// Requests under way at the end have that long to finish.
	graceTime = 10 * time.Second
	// maxHeaderBytes leaves room for a query in the URL; a larger one is posted.
	maxHeaderBytes = 32 << 10
)

// Serve serves until the context ends, then takes no new connections and
// waits for the requests under way, at most ten seconds. It returns nil after
// such an end.
func Serve(ctx context.Context, l net.Listener, c Config) error {
	patience := cmp.Or(c.ReadTimeout, headerTimeout)
	counted := newConnections(l, c.Connections, c.Log)
	server := &http.Server{
		Handler:           New(c),
		ReadHeaderTimeout: patience,
		ReadTimeout:       3 * patience,
		WriteTimeout:      cmp.Or(c.WriteTimeout, writeTimeout),
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ConnState:         counted.changed,
		ErrorLog:          slog.NewLogLogger(c.Log.Handler(), slog.LevelDebug),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(counted) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), graceTime)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(errors.New("requests under way did not finish in time"), server.Close())
	}
	return nil
}
