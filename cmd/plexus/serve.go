package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"syscall"

	"github.com/plexus-kg/plexus/cmd/internal/server"
	"github.com/plexus-kg/plexus/cmd/internal/web"
	"github.com/plexus-kg/plexus/resolvers"
)

// defaultListen is on loopback: nothing is offered to others unasked.
const defaultListen = "127.0.0.1:8080"

type serveVerb struct {
	dataFlag
	Listen string `default:"${listen}" placeholder:"HOST:PORT" help:"Where to listen (default ${default}); port 0 takes a free one."`
}

// Help shows examples.
func (serveVerb) Help() string {
	return `Examples:

  plexus serve
  plexus serve --listen 127.0.0.1:9000 --data embedded --data my-data/

Stop it with Ctrl-C: requests under way are finished first.`
}

// Run serves until the context ends.
func (v serveVerb) Run(ctx context.Context, t *terminal) error {
	release, err := v.load(ctx, t.stderr)
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
	s := release.Reader.Summary()
	fmt.Fprintf(t.stdout, "plexus: %d concepts, %d statements in %d quads; version %s\n", s.Concepts, s.Statements, s.Quads, s.Version)
	if !web.Offline() {
		fmt.Fprintln(t.stdout, "plexus: the playground's scripts are not built in; the page loads them from a CDN (make web builds them in, with Node)")
	}
	fmt.Fprintf(t.stdout, "plexus: playground http://%s/ GraphQL http://%s%s\n", listener.Addr(), listener.Addr(), server.Endpoint)
	handler := server.New(server.Config{
		Current:    func() resolvers.Release { return release },
		Playground: web.Handler(server.Endpoint),
		Log:        log,
	})
	return server.Serve(ctx, listener, handler, log)
}
