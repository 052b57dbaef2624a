package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestStop stops the real program with SIGTERM while clients ask without a
// pause, each on a connection that it keeps. Every request that the server took
// is answered whole, and no connection that it took is closed without an answer.
// What is left to a client is to be refused, or reset at the very moment of the
// end before the server knew of it: then it may ask again, elsewhere.
func TestStop(t *testing.T) {
	t.Run("HTTP/1.1", func(t *testing.T) {
		testStop(t, func() *http.Transport { return &http.Transport{} })
	})
	t.Run("HTTP/2", func(t *testing.T) {
		cert, key := filepath.Join(t.TempDir(), "cert.pem"), filepath.Join(t.TempDir(), "key.pem")
		roots := x509.NewCertPool()
		roots.AddCert(certify(t, 1, -1, 2, cert, key))
		testStop(t, func() *http.Transport {
			return &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}
		}, "--tls-cert", cert, "--tls-key", key)
	})
}

func testStop(t *testing.T, transport func() *http.Transport, args ...string) {
	t.Helper()
	args = append([]string{"serve", "--listen", "127.0.0.1:0", "--drain", "300ms", "--log-requests", "--rate", "0", "--max-wait", "1m"}, args...)
	server := exec.CommandContext(t.Context(), "plexus", args...)
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	server.Stderr = &log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	address := addressOf(t, out)

	const clients = 20
	var answered, reset, kept, told atomic.Int64
	var stopping atomic.Bool
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			client := &http.Client{Transport: transport()}
			defer client.CloseIdleConnections()
			for {
				taken := false // the connection, as an answer on it shows
				ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{GotConn: func(c httptrace.GotConnInfo) { taken = c.Reused }})
				r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"graphql", strings.NewReader(plain))
				if err != nil {
					t.Error(err)
					return
				}
				r.Header.Set("Content-Type", "application/json")
				response, err := client.Do(r)
				if errors.Is(err, syscall.ECONNREFUSED) {
					return
				}
				if err != nil {
					if taken || !errors.Is(err, syscall.ECONNRESET) {
						t.Errorf("a request is lost: %v", err)
					}
					reset.Add(1)
					continue
				}
				body, err := io.ReadAll(response.Body)
				_ = response.Body.Close()
				if err != nil || response.StatusCode != http.StatusOK || !strings.HasPrefix(string(body), `{"data":{"concept":{"id":"eeg"}}`) {
					t.Errorf("%s %v %s", response.Status, err, body)
					return
				}
				if response.Close || stopping.Load() && response.ProtoMajor == 2 { // which says so in a frame
					told.Add(1)
				} else {
					kept.Add(1)
				}
				answered.Add(1)
			}
		})
	}
	for answered.Load() < 50*clients && !t.Failed() {
		time.Sleep(time.Millisecond)
	}
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	stopping.Store(true)
	// Balancers learn of it while requests are still answered.
	for ready := ""; !strings.Contains(ready, "503 the server is stopping"); {
		client := &http.Client{Transport: transport()}
		response, err := client.Get(address + "readyz")
		client.CloseIdleConnections()
		if err != nil {
			t.Errorf("/readyz never said that the server is stopping: %v", err)
			break
		}
		body, _ := io.ReadAll(response.Body)
		_ = response.Body.Close()
		ready = fmt.Sprint(response.StatusCode, " ", string(body))
	}
	all.Wait()
	if err := server.Wait(); err != nil {
		t.Errorf("it ends with %v\n%s", err, log.String())
	}
	t.Logf("%d answers on connections that were kept, %d that closed theirs, %d connections reset", kept.Load(), told.Load(), reset.Load())
	if logged := int64(strings.Count(log.String(), "path=/graphql status=200")); logged != answered.Load() {
		t.Errorf("the server answered %d requests, the clients have %d answers", logged, answered.Load())
	}
	if kept.Load() == 0 || told.Load() == 0 {
		t.Error("the test shows nothing")
	}
}

// TestStopAtOnce: a second signal ends a server that is stopping.
func TestStopAtOnce(t *testing.T) {
	server := exec.CommandContext(t.Context(), "plexus", "serve", "--listen", "127.0.0.1:0", "--drain", "1h")
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var log journal
	server.Stderr = &log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	addressOf(t, out)
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); !strings.Contains(log.String(), "stopping") && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		t.Error(err)
	}
	if err := server.Wait(); err == nil || !strings.Contains(err.Error(), "signal: terminated") {
		t.Errorf("it ended with %v", err)
	}
}
