package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/plexus-kg/plexus/cmd/internal/server"
	"github.com/plexus-kg/plexus/cmd/internal/telemetry"
)

// flushTime is how long the end waits for a collector to take the last traces.
const flushTime = 3 * time.Second

// tracer returns where traces go, nil if nowhere. The function that it returns
// sends what is left.
func (s *settings) tracer(ctx context.Context, log *slog.Logger) (*telemetry.Tracer, func(), error) {
	if s.Traces == "" {
		if s.TracesSample != "" {
			return nil, nil, &usageError{"--traces-sample without --traces: there is nowhere to send traces to"}
		}
		return nil, func() {}, nil
	}
	tracer, err := telemetry.NewTracer(ctx, s.Traces, s.TracesSample, programVersion(), log)
	switch {
	case errors.Is(err, telemetry.ErrEndpoint):
		return nil, nil, &usageError{"--traces " + err.Error()}
	case errors.Is(err, telemetry.ErrSample):
		return nil, nil, &usageError{"--traces-sample " + err.Error()}
	case err != nil:
		return nil, nil, err
	}
	return tracer, func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTime)
		defer cancel()
		if err := tracer.Shutdown(end); err != nil {
			log.Warn("the last traces are lost", "error", err)
		}
	}, nil
}

// profiles are what --debug-listen asks for; the zero value stands for nothing.
type profiles struct {
	listener net.Listener
	end      func()
}

// checkDebug refuses an address that profiles cannot be served at.
func (s *settings) checkDebug() error {
	if s.DebugListen == "" {
		return nil
	}
	if err := checkAddress(s.DebugListen, "--debug-listen"); err != nil {
		return err
	}
	if err := server.CheckDebug(s.DebugListen); err != nil {
		return &usageError{"--debug-listen " + err.Error()}
	}
	return nil
}

// listenDebug opens the address that profiles are served at.
func (s *settings) listenDebug(ctx context.Context) (*profiles, error) {
	if err := s.checkDebug(); err != nil || s.DebugListen == "" {
		return &profiles{}, err
	}
	l, err := server.ListenDebug(ctx, s.DebugListen)
	return &profiles{listener: l}, notListening(err, s.DebugListen, "--debug-listen")
}

// serve serves them until they are closed, and so goes on while the server stops:
// a stop that hangs is worth a look.
func (p *profiles) serve(ctx context.Context, metrics *prometheus.Registry, stdout io.Writer, log *slog.Logger) {
	if p.listener == nil {
		return
	}
	fmt.Fprintf(stdout, "plexus: profiles http://%s/debug/pprof/\n", p.listener.Addr())
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := server.ServeDebug(running, p.listener, metrics); err != nil {
			log.Error("profiles are no longer served", "error", err)
		}
	}()
	p.end = func() { cancel(); <-done }
}

func (p *profiles) close() {
	if p.end != nil {
		p.end()
	} else if p.listener != nil { // the data could not be loaded
		_ = p.listener.Close()
	}
}

// renewal keeps the certificate that is served as its files are.
type renewal struct {
	certificate *server.Certificate
	signals     chan os.Signal
	files       *watcher // nil if nobody watches them
	log         *slog.Logger
}

// renewal returns one that notices what changes from here on. Close it at the
// end.
func (s *settings) renewal(c *server.Certificate, watched bool, log *slog.Logger) *renewal {
	r := &renewal{certificate: c, signals: make(chan os.Signal, 1), log: log}
	signal.Notify(r.signals, syscall.SIGHUP)
	if watched {
		r.files = watch([]string{s.TLSCert, s.TLSKey}, log)
	}
	return r
}

func (r *renewal) close() {
	signal.Stop(r.signals)
	if r.files != nil {
		_ = r.files.close()
	}
}

// run reads the certificate again at every signal and every change, until the
// context ends. A bad one is not taken.
func (r *renewal) run(ctx context.Context) {
	changes := make(chan struct{}, 1)
	var watching sync.WaitGroup
	defer watching.Wait()
	if r.files != nil {
		watching.Go(func() { r.files.run(ctx, changes) })
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.signals:
		case <-changes:
		}
		if err := r.certificate.Reload(); err != nil {
			r.log.Error("the new certificate is not served; the server keeps what it has", "error", err, "expires", r.certificate.Expires())
			continue
		}
		r.log.Info("the certificate was read again", "expires", r.certificate.Expires())
	}
}
