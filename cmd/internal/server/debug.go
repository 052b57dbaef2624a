package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// ErrNotLoopback marks an address that others could reach.
var ErrNotLoopback = errors.New("profiles tell what is in memory, so they are offered to this machine only: listen on 127.0.0.1 or [::1], and reach it through a tunnel")

// CheckDebug returns ErrNotLoopback for an address that is not of this machine
// alone.
func CheckDebug(address string) error {
	if where, err := net.ResolveTCPAddr("tcp", address); err == nil && !where.IP.IsLoopback() {
		return fmt.Errorf("%s: %w", address, ErrNotLoopback)
	}
	return nil
}

// ListenDebug listens for ServeDebug, on an address of this machine alone. The
// error is ErrNotLoopback or the system's.
func ListenDebug(ctx context.Context, address string) (net.Listener, error) {
	if err := CheckDebug(address); err != nil {
		return nil, err
	}
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", address)
}

// ServeDebug serves the profiles of the process (net/http/pprof) and the
// metrics, until the context ends.
func ServeDebug(ctx context.Context, l net.Listener, metrics *prometheus.Registry) error {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	mux.Handle("GET /metrics", promhttp.HandlerFor(metrics, promhttp.HandlerOpts{}))
	server := &http.Server{Handler: mux, ReadHeaderTimeout: headerTimeout} // profiles take the time they are asked to
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
