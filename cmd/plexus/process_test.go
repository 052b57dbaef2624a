package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// process is plexus serve as a process of its own, whose numbers are its own.
type process struct {
	address string
	stderr  *journal
	debug   string // where it listens for who debugs, empty for nowhere
}

// startProcess starts the program by a shell, after some commands. It is
// interrupted at the end of the test, and must end well.
func startProcess(t *testing.T, before string, args ...string) process {
	t.Helper()
	program := exec.CommandContext(context.WithoutCancel(t.Context()), "sh", append([]string{"-c", before + ` exec plexus serve --listen 127.0.0.1:0 "$@"`, "sh"}, args...)...)
	stderr := &journal{}
	program.Stderr = stderr
	stdout, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = program.Process.Signal(os.Interrupt)
		if err := program.Wait(); err != nil || strings.Contains(stderr.String(), "panic") {
			t.Errorf("the server ended with %v\n%s", err, stderr.String())
		}
	})
	return process{address: addressOf(t, stdout), stderr: stderr}
}

// numbers are what a server says of itself in /metrics.
type numbers struct{ goroutines, files, heap, cpu float64 }

func (p process) numbers(t *testing.T) (n numbers) {
	t.Helper()
	into := map[string]*float64{
		"go_goroutines": &n.goroutines, "process_open_fds": &n.files, "go_memstats_heap_alloc_bytes": &n.heap, "process_cpu_seconds_total": &n.cpu,
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 20 * time.Second}
	for line := range strings.Lines(get(t, &client, p.address+"metrics")) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok && into[name] != nil {
			*into[name], _ = strconv.ParseFloat(value, 64)
		}
	}
	return n
}

// settles waits until the server holds no more than before: no goroutine, no
// open file, and of the heap no more than what its caches may keep.
func (p process) settles(t *testing.T, before numbers) {
	t.Helper()
	const kept = 96 << 20
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 20 * time.Second}
	var now numbers
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if p.debug != "" { // else garbage may lie there for two minutes
			get(t, &client, "http://"+p.debug+"/debug/pprof/heap?gc=1")
		}
		now = p.numbers(t)
		if now.goroutines <= before.goroutines+2 && now.files <= before.files+2 && now.heap <= before.heap+kept {
			return
		}
	}
	t.Errorf("the server holds %+v, before it was %+v", now, before)
}

// median is how long a plain query takes.
func (p process) median(t *testing.T) time.Duration {
	t.Helper()
	times := make([]time.Duration, 301)
	for i := range times {
		began := time.Now()
		answersPlainly(t, p.address)
		times[i] = time.Since(began)
	}
	slices.Sort(times)
	return times[len(times)/2]
}

// answersPlainly fails the test if a plain query is not answered.
func answersPlainly(t *testing.T, address string) {
	t.Helper()
	if status, _, body := post(t, address, "application/json", plain); status != 200 || !strings.HasPrefix(body, `{"data":{"concept":{"id":"eeg"}}`) {
		t.Errorf("a plain query is answered with %d %s", status, body)
	}
}

// ends reports whether the server ends a connection, whatever it sends before.
func ends(conn net.Conn, within time.Duration) bool {
	_ = conn.SetReadDeadline(time.Now().Add(within))
	_, err := io.Copy(io.Discard, conn)
	return err == nil || !os.IsTimeout(err)
}

// freeAddress returns an address on which nobody listens.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}
