package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/plexus-kg/plexus/graph/release"
)

// TestReloadUnderLoad: a hundred reloads while ten thousand requests are
// answered. No request fails, and each is answered from one version to the byte;
// afterwards memory, files and goroutines are what they were.
func TestReloadUnderLoad(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const (
		clients  = 8
		reloads  = 100
		requests = 10_000
		query    = `{ a: dataset { version } concept(id: "edition") { name }
			twitching: concept(id: "facial-twitching") { causes { edges { node { name tests { nodes { name } } } statements { id locator } } } }
			search(text: "palsy", first: 3) { nodes { id name } } b: dataset { version } }`
	)
	existing := goleak.IgnoreCurrent()
	editions := buildEditions(t, 3)
	served := filepath.Join(t.TempDir(), "served.plexus")
	publish(t, editions[0], served)
	t.Run("server", func(t *testing.T) {
		url := serve(t, "--data", served)
		client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
		defer client.CloseIdleConnections()

		// What each version answers, while nothing else goes on.
		want, versions := map[string]string{}, []string{}
		take := func(edition string) string {
			publish(t, edition, served)
			return reloaded(t, client, url).Version
		}
		for i, edition := range editions {
			versions = append(versions, take(edition))
			body := answer(t, client, url, query)
			want[versions[i]] = body
			if !strings.Contains(body, fmt.Sprintf("Edition %d", i)) || strings.Contains(body, "errors") {
				t.Fatalf("version %d: %s", i, body)
			}
		}
		before := usage(t)

		var asked atomic.Int64
		var enough atomic.Bool
		counts := make([]map[string]int, clients)
		var running sync.WaitGroup
		for i := range clients {
			counts[i] = map[string]int{}
			running.Go(func() {
				for !enough.Load() {
					body := answer(t, client, url, query)
					asked.Add(1)
					var told struct {
						Data struct{ A, B struct{ Version string } }
					}
					if err := json.Unmarshal([]byte(body), &told); err != nil || told.Data.A != told.Data.B || body != want[told.Data.A.Version] {
						t.Errorf("%v: %s", err, body)
						return
					}
					counts[i][told.Data.A.Version]++
				}
			})
		}
		for i := range reloads {
			for asked.Load() < int64(i*requests/reloads) && !t.Failed() {
				time.Sleep(time.Millisecond)
			}
			if v := take(editions[i%len(editions)]); v != versions[i%len(editions)] {
				t.Errorf("reload %d gives version %s, want %s", i, v, versions[i%len(editions)])
			}
		}
		for asked.Load() < requests && !t.Failed() {
			time.Sleep(time.Millisecond)
		}
		enough.Store(true)
		running.Wait()
		for _, v := range versions {
			n := 0
			for _, c := range counts {
				n += c[v]
			}
			if n == 0 {
				t.Errorf("no request was answered from version %s", v)
			}
			t.Logf("%d requests from version %s", n, v)
		}

		// A connection is idle a moment after its answer was read, and the server
		// closes it when it sees that the client has.
		take(editions[len(editions)-1])
		client.CloseIdleConnections()
		after := usage(t)
		for deadline := time.Now().Add(30 * time.Second); after.files > before.files && time.Now().Before(deadline); after = usage(t) {
			client.CloseIdleConnections()
			time.Sleep(10 * time.Millisecond)
		}
		t.Logf("before %+v, after %d reloads and %d requests %+v", before, reloads, asked.Load(), after)
		if after.mapped != before.mapped || after.mapped > 1 || after.files > before.files {
			t.Errorf("releases stay mapped or files open: before %+v, after %+v", before, after)
		}
		// Caches of connections and documents are in both; a release that stayed
		// would be there a hundred times.
		if after.heap > before.heap+before.heap/4 {
			t.Errorf("the heap has grown: before %+v, after %+v", before, after)
		}
	})
	if err := goleak.Find(existing); err != nil {
		t.Error(err)
	}
}

// TestReloadStaleCursor: a cursor from before a reload says that it is stale.
func TestReloadStaleCursor(t *testing.T) {
	editions := buildEditions(t, 2)
	served := filepath.Join(t.TempDir(), "served.plexus")
	publish(t, editions[0], served)
	url := serve(t, "--data", served)
	const page = `{ concepts(first: 2, after: %s) { pageInfo { endCursor } } }`
	var first struct {
		Data struct {
			Concepts struct{ PageInfo struct{ EndCursor string } }
		}
	}
	if err := json.Unmarshal([]byte(answer(t, http.DefaultClient, url, fmt.Sprintf(page, "null"))), &first); err != nil {
		t.Fatal(err)
	}
	next := fmt.Sprintf(page, `"`+first.Data.Concepts.PageInfo.EndCursor+`"`)
	if body := answer(t, http.DefaultClient, url, next); strings.Contains(body, "errors") {
		t.Errorf("the same version: %s", body)
	}
	publish(t, editions[1], served)
	reloaded(t, http.DefaultClient, url)
	if body := answer(t, http.DefaultClient, url, next); !strings.Contains(body, `"STALE_CURSOR"`) {
		t.Errorf("the next version: %s", body)
	}
}

// TestReloadBad: what is wrong with new data is told, to everybody in short and
// to the log in full; the server keeps what it has, and takes good data again.
func TestReloadBad(t *testing.T) {
	editions := buildEditions(t, 2)
	whole, err := os.ReadFile(editions[1])
	if err != nil {
		t.Fatal(err)
	}
	changed := func(at int, to byte) []byte {
		content := slices.Clone(whole)
		content[at] = to
		return content
	}
	name := strings.Index(string(whole), "Hemifacial")
	folder := t.TempDir()
	served := filepath.Join(folder, "served.plexus")
	publish(t, editions[0], served)
	log := &journal{}
	s := startService(t, dataFlag{Data: []string{served}}, log)
	good := s.now.Load().Reader.Summary().Version
	for _, c := range []struct {
		name        string
		content     []byte
		says, logs  string
		stillServed bool
	}{
		{"a letter is changed", changed(name, 'X'), "the release is damaged", `the section \"graph/terms/text\" is not what was written`, true},
		{"cut off", whole[:len(whole)/2], "the release is damaged", "cut off", true},
		{"of a newer format", changed(12, 99), "the release is of a newer format", "update the program", true},
		{"something else", []byte("This is a text."), "not a release file", "plexus build", true},
		{"gone", nil, "the data is not there", "no such file", true},
		{"whole", whole, "", "new data is served", false},
		{"the same again", whole, "", "the data was loaded again, and is the same", false},
	} {
		if c.content == nil {
			if err := os.Remove(served); err != nil {
				t.Fatal(err)
			}
		} else {
			next := filepath.Join(folder, "next")
			if err := os.WriteFile(next, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Rename(next, served); err != nil {
				t.Fatal(err)
			}
		}
		log.reset()
		s.reload(t.Context(), "the test")
		r := s.pin()
		last, version := r.Serving.LastReload, r.Reader.Summary().Version
		r.Done()
		if last.OK == c.stillServed || (version == good) != c.stillServed {
			t.Errorf("%s: %+v, version %s served", c.name, last, version)
		}
		if c.stillServed && (last.Version != nil || last.Message == nil || *last.Message != c.says) {
			t.Errorf("%s: it says %q, want %q", c.name, deref(last.Message), c.says)
		}
		if !c.stillServed && (last.Message != nil || last.Version == nil || *last.Version != version) {
			t.Errorf("%s: %+v", c.name, last)
		}
		if !strings.Contains(log.String(), c.logs) {
			t.Errorf("%s: the log has\n%swant %q", c.name, log, c.logs)
		}
	}
	if s.taken.Load() != 2 || s.refused.Load() != 5 {
		t.Errorf("%d reloads taken, %d refused", s.taken.Load(), s.refused.Load())
	}
}

// TestReloadRepairs: a server whose release was found damaged is ready again once
// it has taken a whole one.
func TestReloadRepairs(t *testing.T) {
	editions := buildEditions(t, 1)
	whole, err := os.ReadFile(editions[0])
	if err != nil {
		t.Fatal(err)
	}
	damaged := slices.Clone(whole)
	damaged[bytes.Index(damaged, []byte("Hemifacial"))] = 'X'
	served := filepath.Join(t.TempDir(), "served.plexus")
	made(t, os.WriteFile(served, damaged, 0o600))
	s := startService(t, dataFlag{Data: []string{served}}, &journal{})
	if err := s.ready(); err != nil {
		t.Errorf("before it is verified: %v", err)
	}
	s.verify(t.Context())
	if err := s.ready(); !errors.Is(err, release.ErrDamaged) {
		t.Errorf("damaged: %v", err)
	}
	s.reload(t.Context(), "the test") // the same again
	if err := s.ready(); !errors.Is(err, release.ErrDamaged) {
		t.Errorf("still damaged: %v", err)
	}
	publish(t, editions[0], served)
	s.reload(t.Context(), "the test")
	s.verify(t.Context())
	if err := s.ready(); err != nil {
		t.Errorf("repaired: %v", err)
	}
}

// TestReloadFolder: of changed seed files the log has every problem, and whoever
// asks the graph learns how many there are.
func TestReloadFolder(t *testing.T) {
	folder := t.TempDir()
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, "edition.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(editionYAML(1))
	log := &journal{}
	s := startService(t, dataFlag{Data: []string{folder}}, log)
	url := serveService(t, s)
	ask := func() string {
		return answer(t, http.DefaultClient, url, `{ dataset { version lastReload { ok version message } } concept(id: "edition") { name } }`)
	}
	if body := ask(); !strings.Contains(body, `"lastReload":null`) || !strings.Contains(body, "Edition 1") {
		t.Errorf("at first: %s", body)
	}
	write(strings.Replace(editionYAML(2), "types:", "tüpes:", 1))
	s.reload(t.Context(), "the test")
	if body := ask(); !strings.Contains(body, `"ok":false,"version":null,"message":"`) || !strings.Contains(body, " in 1 file") || !strings.Contains(body, "Edition 1") || strings.Contains(body, "edition.yaml") {
		t.Errorf("faulty: %s", body)
	}
	if !strings.Contains(log.String(), "edition.yaml:") || !strings.Contains(log.String(), "tüpes") {
		t.Errorf("the log has\n%s", log)
	}
	metrics := get(t, http.DefaultClient, url+"metrics")
	for _, line := range []string{`plexus_reloads_total{result="failed"} 1`, `plexus_reloads_total{result="ok"} 0`, "plexus_last_reload_successful 0", "plexus_concepts 1"} {
		if !strings.Contains(metrics, line+"\n") {
			t.Errorf("the metrics lack %s", line)
		}
	}
	write(editionYAML(3))
	s.reload(t.Context(), "the test")
	if body := ask(); !strings.Contains(body, `"ok":true,"version":"`) || !strings.Contains(body, `"message":null`) || !strings.Contains(body, "Edition 3") {
		t.Errorf("repaired: %s", body)
	}
	version := s.now.Load().Reader.Summary().Version
	metrics = get(t, http.DefaultClient, url+"metrics")
	for _, line := range []string{`plexus_reloads_total{result="ok"} 1`, "plexus_last_reload_successful 1", `plexus_release_info{version="` + version + `"} 1`} {
		if !strings.Contains(metrics, line+"\n") {
			t.Errorf("the metrics lack %s", line)
		}
	}
	if strings.Count(metrics, "plexus_release_info{") != 1 {
		t.Error("the metrics tell of versions that are gone")
	}
}

// TestReloadMemory: of data that is read, not mapped, only what is served stays
// in memory.
func TestReloadMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	data := largeFile(t, 1, 20_000)
	without := int64(usage(t).heap)
	s := startService(t, dataFlag{Data: []string{data}}, &journal{})
	size := int64(usage(t).heap) - without
	for range 8 {
		s.reload(t.Context(), "the test")
	}
	// What other tests left makes a difference, too, but none of eight editions.
	with := int64(usage(t).heap) - without
	if with > 3*max(size, 1<<20) {
		t.Errorf("%d bytes are in use after eight reloads, at first %d", with, size)
	}
	t.Logf("%d bytes at first, %d after eight reloads", size, with)
	if s.taken.Load() != 8 {
		t.Errorf("%d reloads were taken", s.taken.Load())
	}
}

// TestEdition: an edition goes with its last user, and not before.
func TestEdition(t *testing.T) {
	editions := buildEditions(t, 1)
	l, err := dataFlag{Data: editions}.load(t.Context(), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	mapped := func() int { return usage(t).mapped }
	with := mapped()
	s := newService(dataFlag{Data: editions}, l, slog.New(slog.DiscardHandler))
	r := s.pin()
	s.close()
	if n := mapped(); n != with {
		t.Errorf("%d files are mapped while there is a user, want %d", n, with)
	}
	var out struct{ version string }
	out.version = r.Index.Version() // from the mapped file: a fault if that is gone
	r.Done()
	if n := mapped(); runtime.GOOS == "linux" && n != with-1 {
		t.Errorf("%d files are mapped after the last user, want %d; version was %s", n, with-1, out.version)
	}
	if s.now.Load().hold() {
		t.Error("an edition that is gone is still given out")
	}
}
