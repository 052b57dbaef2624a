package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/cayleygraph/quad/nquads"

	"github.com/plexus-kg/plexus/cmd/internal/server"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

// buildEditions builds releases of the seed and one more concept, whose name
// tells them apart.
func buildEditions(t *testing.T, n int) (paths []string) {
	t.Helper()
	folder := t.TempDir()
	for i := range n {
		source := filepath.Join(folder, fmt.Sprintf("edition%d.yaml", i))
		if err := os.WriteFile(source, []byte(editionYAML(i)), 0o600); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, fmt.Sprintf("edition%d.plexus", i))
		var stdout, stderr strings.Builder
		if err := run(t.Context(), []string{"build", "embedded", source, "-o", path}, strings.NewReader(""), &stdout, &stderr); err != nil {
			t.Fatal(err, stderr.String())
		}
		paths = append(paths, path)
	}
	return paths
}

// editionYAML is a data set with one concept.
func editionYAML(i int) string {
	return fmt.Sprintf(`dataset: {id: edition-data, name: Edition, license: CC0-1.0, version: "%d", language: en}
concepts:
  - {id: edition, name: Edition %d, types: [MedicalCondition]}
`, i, i)
}

// largeFile writes a large graph as N-Quads.
func largeFile(t *testing.T, seed uint64, size int) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "large.nq")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := nquads.NewWriter(f)
	for q := range quads.Encode(graphtest.Large(seed, size)) {
		if err := w.WriteQuad(q); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// publish replaces a release by another, as plexus build does.
func publish(t *testing.T, edition, served string) {
	t.Helper()
	content, err := os.ReadFile(edition)
	if err != nil {
		t.Fatal(err)
	}
	next := served + ".next"
	if err := os.WriteFile(next, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, served); err != nil {
		t.Fatal(err)
	}
}

// reload is what a server says of its last reload.
type reload struct {
	At      string
	OK      bool
	Version string
	Message string
}

// reloaded sends the process SIGHUP, and waits until a server in it has taken
// what is there.
func reloaded(t *testing.T, client *http.Client, url string) reload {
	t.Helper()
	before := reloads(t, client, url)
	hangUp(t, os.Getpid())
	for reloads(t, client, url) == before {
		time.Sleep(time.Millisecond)
	}
	var told struct {
		Data struct{ Dataset struct{ LastReload reload } }
	}
	if err := json.Unmarshal([]byte(answer(t, client, url, `{ dataset { lastReload { at ok version message } } }`)), &told); err != nil {
		t.Fatal(err)
	}
	return told.Data.Dataset.LastReload
}

// reloads returns what the metrics say of reloads so far.
func reloads(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	var lines []string
	for line := range strings.Lines(get(t, client, url+"metrics")) {
		if strings.HasPrefix(line, "plexus_reloads_total{") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func hangUp(t *testing.T, pid int) {
	t.Helper()
	p, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
}

// answer asks a server, and returns the whole answer.
func answer(t *testing.T, client *http.Client, base, query string) string {
	t.Helper()
	return get(t, client, base+"graphql?query="+url.QueryEscape(query))
}

func get(t *testing.T, client *http.Client, url string) string {
	t.Helper()
	response, err := client.Get(url)
	if err != nil {
		t.Error(err)
		return ""
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Errorf("%d %v %s", response.StatusCode, err, body)
	}
	return string(body)
}

// use is what a process holds; where there is no /proc, only the heap is known.
type use struct {
	heap          uint64
	mapped, files int
}

func usage(t *testing.T) use {
	t.Helper()
	var u use
	if maps, err := os.ReadFile("/proc/self/maps"); err == nil {
		for line := range strings.Lines(string(maps)) {
			if path := strings.TrimSuffix(strings.TrimSpace(line), " (deleted)"); strings.HasSuffix(path, ".plexus") {
				u.mapped++
			}
		}
	}
	if open, err := os.ReadDir("/proc/self/fd"); err == nil {
		u.files = len(open)
	}
	for range 3 { // pools give up what they hold with the second
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	u.heap = m.HeapAlloc
	return u
}

// startService loads data into a service that ends with the test.
func startService(t *testing.T, data dataFlag, log *journal) *service {
	t.Helper()
	l, err := data.load(t.Context(), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	s := newService(data, l, slog.New(slog.NewTextHandler(log, nil)))
	t.Cleanup(s.close)
	return s
}

// serveService serves a service until the test ends, and returns its address.
func serveService(t *testing.T, s *service) string {
	t.Helper()
	web := httptest.NewServer(server.New(server.Config{Current: s.pin, Ready: s.ready, Metrics: metrics(s), Log: s.log}))
	t.Cleanup(web.Close)
	return web.URL + "/"
}

// journal is a log that can be read while it is written.
type journal struct {
	mu   sync.Mutex
	text strings.Builder
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

func (j *journal) reset() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.text.Reset()
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
