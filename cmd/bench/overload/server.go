package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

// query is what is offered: one that reads the statements of every condition
// for an answer of a few hundred bytes, so that it is the server that is busy, not
// the load.
const query = `query Untested($n: Int!, $predicates: [ID!]!) {
  tested: conditions(first: $n, filter: { link: { predicates: $predicates } }) { totalCount nodes { id } }
  untested: conditions(first: $n, filter: { not: { link: { predicates: $predicates } } }) { totalCount nodes { id } }
}`

// server is a running plexus serve.
type server struct {
	*exec.Cmd
	address string
	log     string // the file
}

// start builds the program and a release of a made graph in a folder, and
// serves it. The server has one processor to itself where there are two, so that
// what it can does not depend on what the load takes.
func start(ctx context.Context, folder string, size int) (*server, error) {
	_, file, _, _ := runtime.Caller(0)
	program, graph := filepath.Join(folder, "plexus"), filepath.Join(folder, "graph.nq")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "./cmd/plexus")
	build.Dir = filepath.Join(filepath.Dir(file), "../../..")
	if said, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go build: %w\n%s", err, said)
	}
	if err := write(graph, size); err != nil {
		return nil, err
	}
	release := filepath.Join(folder, "graph.plexus")
	if said, err := exec.CommandContext(ctx, program, "build", graph, "-o", release).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("plexus build: %w\n%s", err, said)
	}
	command := []string{program, "serve", "--data", release, "--listen", "127.0.0.1:0", "--rate", "0", "--max-wait", maxWait.String()}
	if pinned, err := exec.LookPath("taskset"); err == nil && runtime.NumCPU() > 1 {
		command = append([]string{pinned, "-c", "0"}, command...)
	} else {
		progress("taskset is not installed, or there is one processor: the server and the load share it")
	}
	s := &server{Cmd: exec.CommandContext(ctx, command[0], command[1:]...), log: filepath.Join(folder, "log")}
	s.Cancel = func() error { return s.Process.Signal(syscall.SIGTERM) }
	s.WaitDelay = 20 * time.Second
	s.Env = append(os.Environ(), "GOMAXPROCS=1")
	log, err := os.Create(s.log)
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }() // the server has its own
	s.Stderr = log
	out, err := s.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := regexp.MustCompile(`GraphQL http://([^/]+)/`).FindStringSubmatch(lines.Text()); found != nil {
			s.address = found[1]
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return s, nil
		}
	}
	_ = s.Wait()
	said, _ := os.ReadFile(s.log)
	return nil, fmt.Errorf("plexus serve ended: %s\n%s", s.ProcessState, said)
}

// stop ends the server, which must end well.
func (s *server) stop() error {
	return errors.Join(s.Process.Signal(syscall.SIGTERM), s.Wait())
}

// write writes a made graph as N-Quads.
func write(name string, size int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for q := range quads.Encode(graphtest.Large(1, size)) {
		_, _ = w.WriteString(q.NQuad() + "\n") // an error stays, and Flush returns it
	}
	return errors.Join(w.Flush(), f.Close())
}

// requests returns the requests that are sent.
func requests(address string) (all [][]byte, err error) {
	for n := range 5 {
		for _, predicate := range []string{"typicalTest", "possibleTreatment", "signOrSymptom"} {
			body, err := json.Marshal(map[string]any{"query": query, "variables": map[string]any{"n": n + 1, "predicates": []string{predicate}}})
			if err != nil {
				return nil, err
			}
			all = append(all, wire(address, body))
		}
	}
	return all, nil
}

// numbers are what a server says of itself in /metrics: its memory in bytes, its
// goroutines, and the seconds of processor time that it has taken.
type numbers struct{ memory, goroutines, cpu float64 }

func (s *server) numbers(ctx context.Context) (n numbers, err error) {
	text, err := s.get(ctx, "metrics")
	if err != nil {
		return n, err
	}
	into := map[string]*float64{"process_resident_memory_bytes": &n.memory, "go_goroutines": &n.goroutines, "process_cpu_seconds_total": &n.cpu}
	for line := range strings.Lines(text) {
		if name, value, _ := strings.Cut(strings.TrimSpace(line), " "); into[name] != nil {
			if *into[name], err = strconv.ParseFloat(value, 64); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

func (s *server) get(ctx context.Context, path string) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.address+"/"+path, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }() // it was read
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %.300s", path, response.Status, body)
	}
	return string(body), err
}
