package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync/atomic"
	"syscall"

	"github.com/plexus-kg/plexus/cmd/internal/server"
	"github.com/plexus-kg/plexus/cmd/internal/web"
	"github.com/plexus-kg/plexus/graph/release"
	"github.com/plexus-kg/plexus/resolvers"
)

// defaultListen is on loopback: nothing is offered to others unasked.
const defaultListen = "127.0.0.1:8080"

type serveVerb struct {
	dataFlag
	Verify bool   `default:"true" negatable:"" help:"Compare a release with its sums in the background after the start (default yes)."`
	Listen string `default:"${listen}" placeholder:"HOST:PORT" help:"Where to listen (default ${default}); port 0 takes a free one."`
}

// Help shows examples.
func (serveVerb) Help() string {
	return `Examples:

  plexus serve
  plexus serve --listen 127.0.0.1:9000 --data embedded --data my-data/
  plexus serve --data my.plexus

Stop it with Ctrl-C: requests under way are finished first.`
}

// Run serves until the context ends.
func (v serveVerb) Run(ctx context.Context, t *terminal) error {
	served, err := v.load(ctx, t.stderr)
	if err != nil {
		return err
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", v.Listen)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is in use: choose another address with --listen", v.Listen)
	}
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(t.stderr, nil))
	s := served.Reader.Summary()
	fmt.Fprintf(t.stdout, "plexus: %d concepts, %d statements in %d quads; version %s\n", s.Concepts, s.Statements, s.Quads, s.Version)
	if !web.Offline() {
		fmt.Fprintln(t.stdout, "plexus: the playground's scripts are not built in; the page loads them from a CDN (make web builds them in, with Node)")
	}
	fmt.Fprintf(t.stdout, "plexus: playground http://%s/ GraphQL http://%s%s\n", listener.Addr(), listener.Addr(), server.Endpoint)
	ready := &readiness{}
	if served.file != nil && v.Verify {
		go ready.verify(ctx, v.Data[0], served.file, log)
	}
	handler := server.New(server.Config{
		Current:    func() resolvers.Release { return served.Release },
		Ready:      ready.check,
		Playground: web.Handler(server.Endpoint),
		Log:        log,
	})
	return server.Serve(ctx, listener, handler, log)
}

// readiness is whether the server can be trusted with requests.
type readiness struct{ fault atomic.Pointer[error] }

// check returns why the server is not ready, nil if it is.
func (r *readiness) check() error {
	if fault := r.fault.Load(); fault != nil {
		return *fault
	}
	return nil
}

// verify compares a release with its sums, and takes the server out of
// readiness if they differ.
func (r *readiness) verify(ctx context.Context, path string, file *release.File, log *slog.Logger) {
	err := file.Verify(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		err = fmt.Errorf("%s: %w", path, err)
		r.fault.Store(&err)
		log.Error("THE RELEASE IS DAMAGED: answers may be wrong; this server is not ready any more. Replace the file and start again", "error", err)
	default:
		log.Info("the release agrees with its sums", "file", path)
	}
}
