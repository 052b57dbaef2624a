package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/plexus-kg/plexus/cmd/internal/pages"
	"github.com/plexus-kg/plexus/cmd/internal/server"
	"github.com/plexus-kg/plexus/cmd/internal/web"
)

// defaultListen is on loopback: nothing is offered to others unasked.
const defaultListen = "127.0.0.1:8080"

type serveVerb struct{ serverFlags }

// serverFlags are the flags of serve.
type serverFlags struct {
	dataFlag
	kindFlag
	Verify bool `default:"true" negatable:"" help:"Compare a release with its sums in the background after the start (default yes)."`
	Watch  bool `help:"Take new data when its files change. (SIGHUP does so at any time.)"`
	settings
}

// Help shows examples.
func (serveVerb) Help() string {
	return `Examples:

  plexus serve
  plexus serve --listen 127.0.0.1:9000 --data embedded --data my-data/
  plexus serve --data my.plexus --watch
  plexus serve --listen :443 --tls-cert cert.pem --tls-key key.pem

New data is checked first, and served from the next request on; requests under
way end on what they began with. If it is faulty, the server keeps what it has,
and says so in its log, in /metrics and in the field dataset.lastReload.

Replace a release by renaming, as plexus build and mv do. Never copy over one
that is served (cp, scp, rsync --inplace): the server has it mapped into memory,
and ends when that is cut off.

Every flag can also be set in the environment (PLEXUS_LISTEN for --listen) and in
a file (--config); plexus config prints what they come to.

Stop it with Ctrl-C: it goes on for a second (--drain), so that clients that keep
their connections learn of it, and finishes the requests under way. A second
Ctrl-C ends it at once.`
}

// watched returns who watches the data.
func (v serverFlags) watched(log *slog.Logger) (*watcher, error) {
	files := watch(v.Data, log)
	if len(files.paths) == 0 {
		return nil, errors.Join(&usageError{"--watch watches what --data names: the embedded seed does not change"}, files.close())
	}
	return files, nil
}

// check returns why serve would not take the settings: all that can be told
// without listening and without loading data.
func (v serverFlags) check(ctx context.Context) error {
	if err := v.apply(new(server.Config)); err != nil {
		return err
	}
	silent := slog.New(slog.DiscardHandler)
	if v.Watch {
		files, err := v.watched(silent)
		if err != nil {
			return err
		}
		_ = files.close()
	}
	if err := v.checkDebug(); err != nil {
		return err
	}
	_, flush, err := v.tracer(ctx, silent)
	if err == nil {
		flush() // nothing: it has nothing to send
	}
	return err
}

// playground is the routes of the playground and its files.
func playground() []server.Route {
	page := server.Route{Pattern: web.Path, Methods: "GET, HEAD", Class: server.Limited, Handler: web.Handler(server.Endpoint)}
	files := page
	files.Pattern += "/"
	return []server.Route{page, files}
}

// garbage is how many bytes may at least be thrown away before they are
// collected. A release lies outside of Go's heap, which is then so small that at
// ten thousand requests a second it would be collected forty times a second, for
// a quarter of all processor time.
const garbage = 64 << 20

// Run serves until the context ends.
func (v serveVerb) Run(ctx context.Context, t *terminal, k *kong.Context, from *origins) error {
	// The collector waits until as much has come as was kept. What is kept here is
	// never touched, so that it takes addresses and no memory.
	kept := make([]byte, garbage)
	defer runtime.KeepAlive(kept)

	log := v.log(t.stderr)
	if unknown := from.unknown(k, os.Environ()); unknown != "" {
		log.Warn(unknown)
	}
	chosen := server.Config{Routes: playground(), Pages: pages.Routes, Log: log, Program: programVersion()}
	err := v.apply(&chosen)
	if err != nil {
		return err
	}
	var background []func(context.Context) // what goes on behind the requests
	// From here on: what changes while the data is loaded is not missed.
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	var files *watcher
	if v.Watch {
		if files, err = v.watched(log); err != nil {
			return err
		}
		defer func() { _ = files.close() }()
	}
	if chosen.Certificate != nil {
		certificate := v.renewal(chosen.Certificate, v.Watch, log)
		defer certificate.close()
		background = append(background, certificate.run)
	}
	profiles, err := v.listenDebug(ctx)
	if err != nil {
		return err
	}
	defer profiles.close()
	var flush func()
	if chosen.Tracer, flush, err = v.tracer(ctx, log); err != nil {
		return err
	}
	defer flush()

	v.kinds = v.Kind
	first, err := v.load(ctx, t.stderr)
	if err != nil {
		return err
	}
	s := newService(v.dataFlag, first, log)
	defer s.close()
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", v.Listen)
	if err != nil {
		return notListening(err, v.Listen, "--listen")
	}
	chosen.Current, chosen.Ready, chosen.Metrics = s.pin, s.ready, metrics(s)
	chosen.Connections.Metrics = chosen.Metrics
	profiles.serve(ctx, chosen.Metrics, t.stdout, log)
	sum := first.Reader.Summary()
	fmt.Fprintf(t.stdout, "plexus: %d concepts, %d statements in %d quads; version %s\n", sum.Concepts, sum.Statements, sum.Quads, sum.Version)
	if !web.Offline() {
		fmt.Fprintln(t.stdout, "plexus: the playground's scripts are not built in; the page loads them from a CDN (make web builds them in, with Node)")
	}
	base := "http://" + listener.Addr().String()
	if chosen.Certificate != nil {
		base = "https://" + listener.Addr().String()
	}
	fmt.Fprintf(t.stdout, "plexus: pages %s/ playground %s%s GraphQL %s%s\n", base, base, web.Path, base, server.Endpoint)

	changes := make(chan struct{}, 1)
	background = append(background, func(ctx context.Context) { s.reloadOn(ctx, hangups, changes) })
	if v.Watch {
		background = append(background, func(ctx context.Context) { files.run(ctx, changes) })
	}
	if v.Verify {
		background = append(background, s.verify)
	}
	behind, stop := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer stop()
	for _, work := range background {
		running.Go(func() { work(behind) })
	}
	return server.Serve(ctx, listener, chosen)
}
