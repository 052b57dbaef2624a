package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// attackBySlowness: who sends headers or a body too slowly is dropped, and does
// not keep others waiting meanwhile, however many do it.
func attackBySlowness(t *testing.T, s process) {
	const to = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
	for name, beginning := range map[string]string{
		"no headers":    "",
		"slow headers":  "POST /graphql HTTP/1.1\r\nHost: x\r\nX-",
		"a slow body":   to + "Content-Length: 1000\r\n\r\n{",
		"a slow length": to + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"que",
	} {
		t.Run(name, func(t *testing.T) {
			var slow sync.WaitGroup
			for range 200 {
				conn := dial(t, s.address)
				_, _ = io.WriteString(conn, beginning)
				slow.Go(func() {
					if !ends(conn, 15*time.Second) {
						t.Error("the server never ended the connection")
					}
				})
			}
			answersPlainly(t, s.address)
			slow.Wait()
		})
	}

	// What the server has handed over to the network it does not hold any more;
	// that it has given up is seen by what it holds.
	t.Run("slow readers", func(t *testing.T) {
		before := s.numbers(t)
		for range 20 {
			slowReader(t, s.address)
		}
		if during := s.numbers(t); during.goroutines <= before.goroutines {
			t.Errorf("nobody waits for the readers: %+v, before %+v", during, before)
		}
		answersPlainly(t, s.address)
		s.settles(t, before)
	})
}

// slowReader asks for much, reads the first byte of the answer and keeps the
// rest waiting until the test ends.
func slowReader(t *testing.T, address string) {
	t.Helper()
	conn := dial(t, address)
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetReadBuffer(1 << 10)
	}
	body := of(large)
	_, _ = fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	_, _ = conn.Read(make([]byte, 1))
}

// attackByFloods: however many connections there are, the server keeps to its
// number, and answers who asks.
func attackByFloods(t *testing.T, s process) {
	before := s.numbers(t)
	for name, first := range map[string]string{
		"connections that say nothing":      "",
		"connections that have been served": "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			var conns []net.Conn
			for i := range 1500 {
				conn := dial(t, s.address)
				_, _ = io.WriteString(conn, first)
				conns = append(conns, conn)
				if i%300 == 0 {
					answersPlainly(t, s.address)
				}
			}
			during := s.numbers(t)
			if during.files > before.files+500 || during.goroutines > before.goroutines+2*500 {
				t.Errorf("with 1500 connections the server holds %+v, before it was %+v", during, before)
			}
			answersPlainly(t, s.address)
			for _, conn := range conns {
				_ = conn.Close()
			}
		})
	}
	t.Run("requests that are given up", func(t *testing.T) {
		body := of(large)
		for range 200 {
			conn := dial(t, s.address)
			_, _ = fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
			_ = conn.Close()
		}
		answersPlainly(t, s.address)
	})
}

// TestConnectionsPerClient: one client has so many connections and no more;
// others are served meanwhile, and it is, too, once it has closed some.
func TestConnectionsPerClient(t *testing.T) {
	s := started(t, "--trusted-proxy", "192.0.2.0/24", "--max-connections-per-client", "10", "--rate", "0", "--debug-listen", "127.0.0.1:0")
	address := s.address
	const request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
	served := func(conn net.Conn) bool {
		_, _ = io.WriteString(conn, request)
		n, _ := conn.Read(make([]byte, 12))
		return n == 12
	}
	var conns []net.Conn
	for i := range 30 {
		conn := dial(t, address)
		if got := served(conn); got != (i < 10) {
			t.Fatalf("connection %d is served: %v", i+1, got)
		}
		conns = append(conns, conn)
	}
	if !served(dialFrom(t, address, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)})) {
		t.Error("another client is not served")
	}
	metrics := get(t, http.DefaultClient, strings.TrimSuffix(s.profiles(), "debug/pprof/")+"metrics") // where there is no limit
	for _, want := range []string{`plexus_connections_refused_total{reason="client"} 20`, `plexus_connections_refused_total{reason="all"} 0`, `plexus_connections_open 11`} {
		if !strings.Contains(metrics, "\n"+want+"\n") {
			t.Errorf("there is no %s", want)
		}
	}
	if n := strings.Count(s.log.String(), "connections are refused"); n != 1 {
		t.Errorf("it warns %d times", n)
	}
	for _, conn := range conns {
		_ = conn.Close()
	}
	for deadline := time.Now().Add(10 * time.Second); !served(dial(t, address)); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("once its connections are closed the client is not served")
		}
	}
}

// TestNoFileDescriptors: a server that may open fewer files than it may have
// connections makes room, does not try again and again in between, and says what
// is wrong.
func TestNoFileDescriptors(t *testing.T) {
	s := startProcess(t, "ulimit -n 120;", "--log-level", "debug")
	for range 400 {
		conn := dial(t, s.address)
		_, _ = io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	}
	answersPlainly(t, s.address)
	log := s.stderr.String()
	if n := strings.Count(log, "there are no file descriptors left"); n != 1 {
		t.Errorf("it warns %d times", n)
	}
	if n := strings.Count(log, "Accept error"); n == 0 || n > 800 {
		t.Errorf("it failed to accept %d times", n)
	}
}

// TestUnsent: the answers that slow clients have not taken are bounded, all
// together; who asks for little is answered all the same.
func TestUnsent(t *testing.T) {
	address := serve(t, "--max-unsent", "1", "--limit", enough)
	body := of(large)
	status, _, text := post(t, address, "application/json", body)
	if status != http.StatusOK || len(text) < 1<<20 {
		t.Fatalf("an answer beyond the bound, alone: %d, %d bytes", status, len(text))
	}
	for range 3 {
		slowReader(t, address)
	}
	status, header, text := post(t, address, "application/json", body)
	var told refusal
	if err := json.Unmarshal([]byte(text), &told); err != nil || status != 503 || header.Get("Retry-After") == "" ||
		told.Errors[0].Extensions.Code != "OVERLOADED" || told.Errors[0].Extensions.Limit != "unsentBytes" || told.Errors[0].Extensions.Allowed != 1<<20 {
		t.Errorf("%d %v %.300s", status, header, text)
	}
	answersPlainly(t, address)
}
