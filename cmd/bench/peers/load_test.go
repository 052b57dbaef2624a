package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestArrivals: as many as the rate says, in order, the same each time, and with
// the gaps of a Poisson process: of those, 1-1/e are shorter than the mean.
func TestArrivals(t *testing.T) {
	const rate, d = 1000, 20 * time.Second
	due := arrivals(rate, d)
	if n := len(due); n < 19_000 || n > 21_000 {
		t.Errorf("%d in %v at %d a second", n, d, rate)
	}
	if !slices.IsSorted(due) || due[len(due)-1] >= d {
		t.Error("they are not in order, or after the end")
	}
	if !slices.Equal(due, arrivals(rate, d)) {
		t.Error("they differ from one time to the next")
	}
	short := 0
	for i := 1; i < len(due); i++ {
		if due[i]-due[i-1] < time.Second/rate {
			short++
		}
	}
	if share := float64(short) / float64(len(due)); math.Abs(share-(1-1/math.E)) > .02 {
		t.Errorf("%.3f of the gaps are shorter than the mean", share)
	}
}

// serve answers requests on loopback, as a service of this process.
func serve(t *testing.T, answer http.HandlerFunc) *service {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: answer}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	return &service{name: "test", address: l.Addr().String(), path: "/graphql", extra: []int{os.Getpid()}}
}

// TestConnection: what is written by hand arrives as what the ordinary client
// sends, and answers of every framing are read to their end.
func TestConnection(t *testing.T) {
	var heads []string
	closing := false
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		heads = append(heads, fmt.Sprint(r.Method, r.URL, r.Host, r.Header["Content-Type"], r.Header["Accept"], r.ContentLength))
		if closing {
			w.Header().Set("Connection", "close")
		}
		switch string(body) {
		case "chunked":
			for range 3 {
				fmt.Fprint(w, strings.Repeat("x", 100_000))
				w.(http.Flusher).Flush()
			}
		case "bad":
			w.WriteHeader(http.StatusTooManyRequests)
		default:
			fmt.Fprint(w, "short")
		}
	})
	c := &connection{address: s.address, until: time.Now().Add(time.Minute)}
	if err := c.dial(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	send := func(body string, size int) error {
		return c.do(t.Context(), &request{wire: s.wire([]byte(body)), size: size})
	}
	for range 2 {
		if err := errors.Join(send("chunked", 300_000), send("other", 5)); err != nil {
			t.Error(err)
		}
		closing = true // then a new connection is made
	}
	if err := send("other", 6); err == nil {
		t.Error("an answer of another size is another answer")
	}
	if err := send("bad", 0); err == nil {
		t.Error("429 is no answer")
	}
	heads = heads[:1]
	if _, err := s.post(t.Context(), http.DefaultClient, []byte("chunked")); err != nil {
		t.Error(err)
	}
	if heads[0] != heads[1] {
		t.Errorf("the raw connection sends %q, the client of net/http %q", heads[0], heads[1])
	}
}

// TestLoad: all that is due is sent, over no more connections than allowed, and
// a failure is told.
func TestLoad(t *testing.T) {
	connections := make(chan string, 1000)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		connections <- r.RemoteAddr
		fmt.Fprint(w, "answer")
	})
	requests := []request{{wire: s.wire([]byte("{}")), size: 6}}
	const d = 200 * time.Millisecond
	due := arrivals(500, d)
	f, err := load(t.Context(), s, requests, 3, due, d)
	if err != nil {
		t.Fatal(err)
	}
	if f.requests != len(due) || len(connections) != len(due) {
		t.Errorf("%d due, %d answered, %d arrived", len(due), f.requests, len(connections))
	}
	close(connections)
	from := map[string]bool{}
	for c := range connections {
		from[c] = true
	}
	if len(from) > 3 {
		t.Errorf("%d connections", len(from))
	}
	if f.cpu <= 0 || f.memory <= 0 || !slices.IsSorted(f.latencies) {
		t.Errorf("%+v", f)
	}
	wrong := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"errors":[]}`) })
	if _, err := load(t.Context(), wrong, []request{{wire: wrong.wire(nil), size: 6}}, 2, nil, d); err == nil {
		t.Error("answers of another size are no answers")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { // a service that ends when it is asked
		if c, err := l.Accept(); err == nil {
			_, _ = c.Read(make([]byte, 1))
			_ = l.Close()
			_ = c.Close()
		}
	}()
	gone := &service{address: l.Addr().String(), extra: []int{os.Getpid()}}
	if _, err := load(t.Context(), gone, requests, 1, nil, d); err == nil {
		t.Error("nobody answers")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := load(stopped, wrong, requests, 1, nil, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
