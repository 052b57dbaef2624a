//go:build linux

package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// TestSoak: the real server under all that clients do, well and badly, while its
// data is replaced, now and then by a damaged file. Each answer is that of the
// version it names, and afterwards the server holds no more than after the
// warm-up. It lasts three seconds, or PLEXUS_SOAK, and a quarter of that before,
// to warm up.
func TestSoak(t *testing.T) {
	if testing.Short() {
		t.Skip("lasts seconds")
	}
	d := 3 * time.Second
	if text := os.Getenv("PLEXUS_SOAK"); text != "" {
		var err error
		if d, err = time.ParseDuration(text); err != nil {
			t.Fatalf("PLEXUS_SOAK: %v", err)
		}
	}
	s := newSoak(t)
	s.load(max(d/4, time.Second))
	before := s.settled(nil)
	s.load(d)
	after := s.settled(&before)
	t.Logf("after the warm-up %+v, after %v more %+v", before, d, after)
	if !after.within(&before) {
		t.Errorf("the server holds more than it did: %+v after the warm-up, %+v after %v more", before, after, d)
	}
	for _, what := range slices.Sorted(maps.Keys(s.counts)) {
		n := s.counts[what].Load()
		t.Logf("%8d %s", n, what)
		if n == 0 {
			t.Errorf("there was none: %s", what)
		}
	}
	told := s.metrics()
	if taken, refused := told[reloadsTaken], told[reloadsRefused]; taken == 0 || refused == 0 {
		t.Errorf("%g reloads were taken, %g refused", taken, refused)
	}
	s.stop()
	for line := range strings.Lines(s.log.String()) {
		if strings.Contains(line, "level=ERROR") && !strings.Contains(line, "the new data is not served") || strings.Contains(line, "panic") {
			t.Errorf("the log has: %s", line)
		}
	}
}

// soak is a server and those who use it.
type soak struct {
	t               *testing.T
	server          *exec.Cmd
	log             journal
	address, host   string
	client          *http.Client
	editions        []string
	damaged, served string
	replaced        int               // how often
	want            map[string]string // the answers to the documents, by document and version
	counts          map[string]*atomic.Int64
}

// What is asked. Each document asks for the version first.
var (
	soakDocuments = []string{
		`{ v: dataset { version } concept(id: "edition") { name } search(text: "palsy", first: 3) { nodes { id name } } }`,
		`{ v: dataset { version } symptom(id: "facial-twitching") { causes { edges { node { name tests { nodes { name } } } statements { id locator } } } } }`,
		`{ v: dataset { version } rank(findings: ["mouth-corner-droop"]) { edges { node { id } score } } paths(from: "cheek-puffing-difficulty", to: "eeg") { nodes { explanation } } }`,
		soakLarge,
	}
	soakVersion = regexp.MustCompile(`"v":{"version":"(\w+)"}`)
)

// soakLarge has an answer that no socket takes at once.
const soakLarge = `{ v: dataset { version } concepts(first: 100) { nodes { id name description links(first: 20) { edges { node { id name } statements { id modality frequency locator source { name } } } } } } }`

func newSoak(t *testing.T) *soak {
	s := &soak{t: t, editions: buildEditions(t, 2), want: map[string]string{}, counts: map[string]*atomic.Int64{}}
	folder := t.TempDir()
	s.served, s.damaged = filepath.Join(folder, "served.plexus"), filepath.Join(folder, "damaged")
	whole, err := os.ReadFile(s.editions[1])
	made(t, err)
	whole[bytes.Index(whole, []byte("Hemifacial"))] = 'X'
	made(t, os.WriteFile(s.damaged, whole, 0o600))
	publish(t, s.editions[0], s.served)

	s.server = exec.CommandContext(context.WithoutCancel(t.Context()), "plexus", "serve", "--listen", "127.0.0.1:0", "--data", s.served, "--watch", "--rate", "0", "--read-timeout", "300ms")
	// Collected after every tenth more, the heap holds little that is garbage.
	s.server.Env = append(os.Environ(), "GOGC=10")
	s.server.Stderr = &s.log
	out, err := s.server.StdoutPipe()
	made(t, err, s.server.Start())
	t.Cleanup(s.stop)
	s.address = addressOf(t, out)
	s.host = strings.TrimSuffix(strings.TrimPrefix(s.address, "http://"), "/")
	s.client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 32}, Timeout: time.Minute}

	for i, edition := range s.editions {
		publish(t, edition, s.served)
		for !strings.Contains(answer(t, s.client, s.address, soakDocuments[0]), fmt.Sprintf("Edition %d", i)) && !t.Failed() {
			time.Sleep(time.Millisecond)
		}
		for _, document := range soakDocuments {
			body := answer(t, s.client, s.address, document)
			version := soakVersion.FindStringSubmatch(body)
			if version == nil || strings.Contains(body, `"errors"`) {
				t.Fatalf("%s: %.300s", document, body)
			}
			s.want[document+version[1]] = body
		}
	}
	return s
}

// stop ends the server, which must end well; the second time it does nothing.
func (s *soak) stop() {
	if s.server.ProcessState != nil {
		return
	}
	s.client.CloseIdleConnections()
	_ = s.server.Process.Signal(syscall.SIGTERM)
	if err := s.server.Wait(); err != nil {
		s.t.Errorf("the server ended with %v\n%s", err, &s.log)
	}
}

// load lets all kinds of clients do what they do for a time, and returns when all
// have gone.
func (s *soak) load(d time.Duration) {
	end := time.Now().Add(d)
	ctx, cancel := context.WithDeadline(s.t.Context(), end.Add(time.Minute))
	defer cancel()
	var loading sync.WaitGroup
	for what, once := range map[string]func(context.Context) error{
		"answers to GET":             s.get,
		"answers to POST":            s.post,
		"answers to hashes":          s.persisted,
		"faulty requests":            s.faulty,
		"requests given up":          s.givenUp,
		"requests broken off":        s.raw(brokenRequest),
		"answers broken off":         s.raw(brokenAnswer),
		"slow requests":              s.raw(slowRequest),
		"slow readers":               s.raw(slowReading),
		"connections that were idle": s.raw(idle),
		"scrapes and checks":         s.watch,
		"replaced releases":          s.replace,
	} {
		if s.counts[what] == nil {
			s.counts[what] = new(atomic.Int64)
		}
		count := s.counts[what]
		loading.Go(func() {
			for n := 0; (n == 0 || time.Now().Before(end)) && !s.t.Failed(); n++ {
				if err := once(ctx); err != nil {
					s.t.Errorf("%s: %v", what, err)
					return
				}
				count.Add(1)
			}
		})
	}
	loading.Wait()
	s.client.CloseIdleConnections()
}

// do sends a request, and returns the status and the body.
func (s *soak) do(ctx context.Context, method, path, body string) (status int, text string, err error) {
	r, err := http.NewRequestWithContext(ctx, method, s.address+path, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	response, err := s.client.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = response.Body.Close() }()
	all, err := io.ReadAll(response.Body)
	if response.StatusCode == http.StatusServiceUnavailable && response.Header.Get("Retry-After") == "" {
		err = errors.Join(err, errors.New("503 without Retry-After"))
	}
	return response.StatusCode, string(all), err
}

// judged compares an answer with what its version answers. A server that has too
// much to do may say so.
func (s *soak) judged(document string, status int, body string, err error) error {
	if err != nil || status == http.StatusServiceUnavailable {
		return err
	}
	version := soakVersion.FindStringSubmatch(body)
	if status != http.StatusOK || version == nil || body != s.want[document+version[1]] {
		return fmt.Errorf("%d %.500s", status, body)
	}
	return nil
}

func (s *soak) get(ctx context.Context) error {
	document := soakDocuments[rand.N(len(soakDocuments))]
	status, body, err := s.do(ctx, http.MethodGet, "graphql?query="+url.QueryEscape(document), "")
	return s.judged(document, status, body, err)
}

func (s *soak) post(ctx context.Context) error {
	document := soakDocuments[rand.N(len(soakDocuments))]
	request, _ := json.Marshal(map[string]string{"query": document})
	status, body, err := s.do(ctx, http.MethodPost, "graphql", string(request))
	return s.judged(document, status, body, err)
}

func (s *soak) persisted(ctx context.Context) error {
	document := soakDocuments[rand.N(len(soakDocuments))]
	request := map[string]any{"extensions": map[string]any{"persistedQuery": map[string]any{
		"version": 1, "sha256Hash": fmt.Sprintf("%x", sha256.Sum256([]byte(document))),
	}}}
	for {
		text, _ := json.Marshal(request)
		status, body, err := s.do(ctx, http.MethodPost, "graphql", string(text))
		if request["query"] == nil && strings.Contains(body, "PERSISTED_QUERY_NOT_FOUND") {
			request["query"] = document
			continue
		}
		return s.judged(document, status, body, err)
	}
}

func (s *soak) faulty(ctx context.Context) error {
	bodies := []string{`{"query": oops}`, `[]`, `{"query":"\xff"}`, `{"query":"{ nam }"}`, `{"query":"{ concept(id: \"\") { id } }"}`, `{"query":"{{{"}`, `{"query":""}`}
	status, body, err := s.do(ctx, http.MethodPost, "graphql", bodies[rand.N(len(bodies))])
	if err == nil && status != http.StatusServiceUnavailable && (status >= 500 || !strings.Contains(body, `"errors":[{`)) {
		err = fmt.Errorf("%d %.500s", status, body)
	}
	return err
}

// givenUp is a request whose client does not wait for the answer.
func (s *soak) givenUp(ctx context.Context) error {
	hurried, cancel := context.WithTimeout(ctx, rand.N(5*time.Millisecond))
	defer cancel()
	status, body, err := s.do(hurried, http.MethodGet, "graphql?query="+url.QueryEscape(soakLarge), "")
	if hurried.Err() != nil {
		return nil
	}
	return s.judged(soakLarge, status, body, err)
}

// watch does what those do who watch over servers.
func (s *soak) watch(ctx context.Context) error {
	for _, path := range []string{"metrics", "healthz", "readyz"} {
		status, body, err := s.do(ctx, http.MethodGet, path, "")
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("%s: %d %.500s", path, status, body)
		}
		if err != nil {
			return err
		}
	}
	time.Sleep(50 * time.Millisecond)
	return nil
}

// replace replaces the release, one time in four by a damaged one, and waits
// until the server has seen it, or was told.
func (s *soak) replace(ctx context.Context) error {
	next := s.editions[s.replaced%2]
	if s.replaced%4 == 0 {
		next = s.damaged
	}
	s.replaced++
	reloads := func() float64 {
		told := s.metrics()
		return told[reloadsTaken] + told[reloadsRefused]
	}
	before := reloads()
	publish(s.t, next, s.served)
	if rand.N(2) == 0 {
		hangUp(s.t, s.server.Process.Pid)
	}
	for reloads() == before {
		if err := ctx.Err(); err != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil
}

const (
	reloadsTaken   = `plexus_reloads_total{result="ok"}`
	reloadsRefused = `plexus_reloads_total{result="failed"}`
)

// raw does something with a connection of its own.
func (s *soak) raw(use func(net.Conn)) func(context.Context) error {
	return func(ctx context.Context) error {
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", s.host)
		if err != nil {
			return err
		}
		if rand.N(2) == 0 {
			_ = conn.(*net.TCPConn).SetLinger(0) // it ends by a reset
		}
		use(conn)
		time.Sleep(5 * time.Millisecond) // or those who break off do little else to the server than dial
		return conn.Close()
	}
}

// What clients do badly. That the server ends the connection is not theirs to
// complain of.

// soakPost is the request for the large answer.
var soakPost = func() string {
	body, _ := json.Marshal(map[string]string{"query": soakLarge})
	return fmt.Sprintf("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
}()

func brokenRequest(c net.Conn) { _, _ = io.WriteString(c, soakPost[:rand.N(len(soakPost))]) }

func brokenAnswer(c net.Conn) {
	_, _ = io.WriteString(c, soakPost)
	_, _ = io.CopyN(io.Discard, c, rand.Int64N(20_000))
}

func slowRequest(c net.Conn) {
	_, _ = io.WriteString(c, soakPost[:len(soakPost)-1])
	time.Sleep(rand.N(2 * time.Second)) // longer than the server waits, or not
	_, _ = io.WriteString(c, soakPost[len(soakPost)-1:])
}

func slowReading(c net.Conn) {
	_ = c.(*net.TCPConn).SetReadBuffer(1 << 10)
	_, _ = io.WriteString(c, soakPost)
	for range 20 {
		_, _ = c.Read(make([]byte, 1<<10))
		time.Sleep(rand.N(20 * time.Millisecond))
	}
}

func idle(c net.Conn) {
	if rand.N(2) == 0 {
		_, _ = io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
	}
	time.Sleep(rand.N(500 * time.Millisecond))
}

// holding is what a server holds: goroutines, open files, releases that are
// mapped, and bytes of the heap.
type holding struct{ goroutines, files, mapped, heap float64 }

// within allows for what one connection takes, and for the garbage that is not
// collected yet: a tenth of what is kept.
func (h *holding) within(before *holding) bool {
	const uncollected = garbage/10 + 8<<20
	return h.goroutines <= before.goroutines+2 && h.files <= before.files+2 && h.mapped <= 1 && h.heap <= before.heap+uncollected
}

// settled returns what the server holds once everybody has gone: the least of
// several looks, since it takes a moment to notice. With a measure it waits until
// that is met, half a minute at most.
func (s *soak) settled(measure *holding) holding {
	least := s.holds()
	for began := time.Now(); time.Since(began) < 30*time.Second; time.Sleep(20 * time.Millisecond) {
		now := s.holds()
		least = holding{
			min(least.goroutines, now.goroutines), min(least.files, now.files), min(least.mapped, now.mapped), min(least.heap, now.heap),
		}
		if time.Since(began) > time.Second && (measure == nil || least.within(measure)) {
			break
		}
	}
	return least
}

func (s *soak) holds() holding {
	told := s.metrics()
	h := holding{goroutines: told["go_goroutines"], files: told["process_open_fds"], heap: told["go_memstats_heap_alloc_bytes"]}
	mappings, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", s.server.Process.Pid))
	made(s.t, err)
	h.mapped = float64(strings.Count(string(mappings), ".plexus"))
	return h
}

// metrics returns what the server tells in /metrics.
func (s *soak) metrics() map[string]float64 {
	s.t.Helper()
	told := map[string]float64{}
	for line := range strings.Lines(get(s.t, s.client, s.address+"metrics")) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(line, "#") {
			told[name], _ = strconv.ParseFloat(value, 64)
		}
	}
	return told
}
