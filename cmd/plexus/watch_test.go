package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestWatch: whatever way files change, it is noticed, with notifications and
// without; and what is no change of the data is none.
func TestWatch(t *testing.T) {
	write := func(path, text string) error { return os.WriteFile(path, []byte(text), 0o600) }
	for _, c := range []struct {
		name string
		// changes are made one after the other in a folder that holds
		// data/a.yaml, data/b.yaml, one.plexus, two.plexus and the links
		// current → data and served → one.plexus.
		changes func(path func(string) string) []error
		changed bool
		watched string
	}{
		{"written", func(p func(string) string) []error {
			return []error{write(p("data/a.yaml"), "other text")}
		}, true, "data"},
		{"written as an editor does", func(p func(string) string) []error {
			return []error{os.Rename(p("data/a.yaml"), p("data/a.yaml~")), write(p("data/a.yaml"), "a, too"), os.Remove(p("data/a.yaml~"))}
		}, true, "data"},
		{"replaced by the same size", func(p func(string) string) []error {
			return []error{write(p("data/.a.tmp"), "A"), os.Rename(p("data/.a.tmp"), p("data/a.yaml"))}
		}, true, "data"},
		{"written by a clock that was put back", func(p func(string) string) []error {
			return []error{write(p("data/a.yaml"), "A"), os.Chtimes(p("data/a.yaml"), time.Time{}, time.Unix(1e9, 0))}
		}, true, "data"},
		{"written by a clock that is ahead", func(p func(string) string) []error {
			return []error{write(p("data/a.yaml"), "A"), os.Chtimes(p("data/a.yaml"), time.Time{}, time.Unix(4e9, 0))}
		}, true, "data"},
		{"a release is replaced by one that looks older", func(p func(string) string) []error {
			return []error{os.Chtimes(p("two.plexus"), time.Time{}, time.Unix(1e9, 0)), os.Rename(p("two.plexus"), p("one.plexus"))}
		}, true, "one.plexus"},
		{"removed", func(p func(string) string) []error {
			return []error{os.Remove(p("data/b.yaml"))}
		}, true, "data"},
		{"all removed", func(p func(string) string) []error {
			return []error{os.RemoveAll(p("data"))}
		}, true, "data"},
		{"a new file", func(p func(string) string) []error {
			return []error{write(p("data/c.yaml"), "c")}
		}, true, "data"},
		{"a new file in a new folder", func(p func(string) string) []error {
			return []error{os.MkdirAll(p("data/more/yet"), 0o700), write(p("data/more/yet/c.yaml"), "c")}
		}, true, "data"},
		{"a file by itself", func(p func(string) string) []error {
			return []error{write(p("data/a.yaml"), "other text")}
		}, true, "data/a.yaml"},
		{"a release is replaced", func(p func(string) string) []error {
			return []error{os.Rename(p("two.plexus"), p("one.plexus"))}
		}, true, "one.plexus"},
		{"a link is switched to another release", func(p func(string) string) []error {
			return []error{os.Symlink("two.plexus", p("next")), os.Rename(p("next"), p("served"))}
		}, true, "served"},
		{"a release behind a link is replaced", func(p func(string) string) []error {
			return []error{os.Rename(p("two.plexus"), p("one.plexus"))}
		}, true, "served"},
		{"a link is switched to another folder", func(p func(string) string) []error {
			return []error{os.Mkdir(p("new"), 0o700), write(p("new/a.yaml"), "a"), os.Remove(p("current")), os.Symlink("new", p("current"))}
		}, true, "current"},
		{"a link on the way is switched", func(p func(string) string) []error {
			return []error{os.Mkdir(p("new"), 0o700), write(p("new/a.yaml"), "a"), os.Remove(p("current")), os.Symlink("new", p("current"))}
		}, true, "current/a.yaml"},
		{"nothing that is data", func(p func(string) string) []error {
			return []error{write(p("data/README"), "x"), write(p("data/.hidden.yaml"), "x"), write(p("data/a.yaml.swp"), "x"), write(p("other"), "x"), os.Chmod(p("data/a.yaml"), 0o644)}
		}, false, "data"},
		{"nothing of the release", func(p func(string) string) []error {
			return []error{write(p("two.plexus"), "x")}
		}, false, "one.plexus"},
	} {
		for _, notified := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/notified=%t", c.name, notified), func(t *testing.T) {
				t.Parallel()
				folder := t.TempDir()
				path := func(name string) string { return filepath.Join(folder, filepath.FromSlash(name)) }
				made(t, os.Mkdir(path("data"), 0o700), write(path("data/a.yaml"), "a"), write(path("data/b.yaml"), "b"),
					write(path("one.plexus"), "one"), write(path("two.plexus"), "two"),
					os.Symlink("data", path("current")), os.Symlink("one.plexus", path("served")))
				w := watch([]string{path(c.watched), "embedded"}, slog.New(slog.DiscardHandler))
				defer func() { _ = w.close() }()
				if notified && c.name != "a release behind a link is replaced" && c.name != "a link on the way is switched" {
					w.every = time.Hour // it must be told
				} else {
					w.every = time.Millisecond
				}
				if !notified {
					w.events, w.errors = nil, nil
				}
				if !c.changed {
					w.follow()
					made(t, c.changes(path)...)
					if w.settled(t.Context()) {
						t.Error("it takes this for a change")
					}
					return
				}
				ctx, stop := context.WithCancel(t.Context())
				var running sync.WaitGroup
				changed := make(chan struct{}, 1)
				running.Go(func() { w.run(ctx, changed) })
				made(t, c.changes(path)...)
				<-changed
				stop()
				running.Wait()
				if w.settled(t.Context()) {
					t.Error("it was told too early: something else has changed")
				}
			})
		}
	}
}

func made(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestServeWatch: a server that watches takes what plexus build writes, and what
// an editor saves.
func TestServeWatch(t *testing.T) {
	folder := t.TempDir()
	edition, served := filepath.Join(folder, "edition.yaml"), filepath.Join(folder, "served.plexus")
	write := func(i int) {
		t.Helper()
		made(t, os.WriteFile(edition+".new", []byte(editionYAML(i)), 0o600), os.Rename(edition+".new", edition))
	}
	build := func() {
		t.Helper()
		var stdout, stderr strings.Builder
		if err := run(t.Context(), []string{"build", edition, "-o", served}, strings.NewReader(""), &stdout, &stderr); err != nil {
			t.Fatal(err, stderr.String())
		}
	}
	write(1)
	build()
	ofRelease := serve(t, "--watch", "--data", served)
	ofFolder := serve(t, "--watch", "--data", "embedded", "--data", folder)
	write(2)
	build()
	for _, url := range []string{ofRelease, ofFolder} {
		for !strings.Contains(answer(t, http.DefaultClient, url, `{ concept(id: "edition") { name } }`), "Edition 2") && !t.Failed() {
			time.Sleep(time.Millisecond)
		}
	}
}
