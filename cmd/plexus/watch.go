package main

import (
	"context"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/plexus-kg/plexus/seed"
)

const (
	// settleTime is how long files must stay as they are to be read: editors write
	// in several steps, and a copy takes its time.
	settleTime = 200 * time.Millisecond
	// lookEvery is how often files are looked at without being told of a change.
	lookEvery = 2 * time.Second
)

// watcher notices that files have changed. Notifications say when to look, and
// no more: which of them come, for which name, depends on the system, the file
// system and the editor, and on some (of networks) none do. What counts is
// whether the files look different, which is also asked now and then without
// being told. So a file may be written, replaced by another, or a link on the
// way to it be switched.
type watcher struct {
	paths []string
	seen  sight
	every time.Duration // that it looks without being told

	told   func(folder string) // asks to be told of changes in a folder
	events <-chan fsnotify.Event
	errors <-chan error // perhaps of events that were lost: a reason to look, too
	close  func() error
	log    *slog.Logger
}

// watch looks at the files that the paths stand for: only later changes count.
// Close it at the end.
func watch(paths []string, log *slog.Logger) *watcher {
	w := &watcher{log: log, every: lookEvery, told: func(string) {}, close: func() error { return nil }}
	for _, path := range paths {
		if path != seed.EmbeddedPath {
			w.paths = append(w.paths, path)
		}
	}
	w.seen = look(w.paths)
	notified, err := fsnotify.NewWatcher()
	if err != nil {
		log.Warn("the system does not tell of changed files: they are looked at now and then", "every", w.every, "error", err)
		return w
	}
	w.told = func(folder string) { _ = notified.Add(folder) } // else looking must do
	w.events, w.errors, w.close = notified.Events, notified.Errors, notified.Close
	return w
}

// run puts a value into changed, which has room for one, after every change,
// until the context ends.
func (w *watcher) run(ctx context.Context, changed chan<- struct{}) {
	ticker := time.NewTicker(w.every)
	defer ticker.Stop()
	for {
		w.follow()
		if !w.settled(ctx) {
			select {
			case <-ctx.Done():
				return
			case <-w.events:
			case err := <-w.errors:
				w.log.Debug("watching files", "error", err)
			case <-ticker.C:
			}
			continue
		}
		select {
		case changed <- struct{}{}:
		default: // the one before has not been taken yet
		}
	}
}

// settled reports whether the files look different than before, once they do not
// change any more.
func (w *watcher) settled(ctx context.Context) bool {
	for changed := false; ; changed = true {
		now := look(w.paths)
		if now.equal(w.seen) {
			return changed
		}
		w.seen = now
		quiet := time.NewTimer(settleTime)
		for waiting := true; waiting; {
			select {
			case <-ctx.Done():
				quiet.Stop()
				return false
			case <-w.events:
			case err := <-w.errors:
				w.log.Debug("watching files", "error", err)
			case <-quiet.C:
				waiting = false
			}
		}
	}
}

// follow asks to be told of all folders in which a change matters. To ask again
// does nothing.
func (w *watcher) follow() {
	for _, path := range w.paths {
		w.told(filepath.Dir(path))
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			continue
		}
		root := path + string(filepath.Separator) // also of a link
		_ = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil || !entry.IsDir():
				return nil
			case name != root && strings.HasPrefix(entry.Name(), "."): // as the seed does
				return fs.SkipDir
			}
			w.told(name)
			return nil
		})
	}
}

// sight is how files look.
type sight struct {
	files []glance
	fault string // why they cannot be looked at
}

type glance struct {
	name string
	info os.FileInfo // nil if it is not there
}

// look looks at the files that the paths stand for.
func look(paths []string) (s sight) {
	for _, path := range paths {
		names := []string{path}
		if info, err := os.Stat(path); err == nil && (info.IsDir() || len(seed.ReadAs(path)) > 0) {
			if names, err = seed.Files(path); err != nil {
				s.fault += err.Error() + "\n"
			}
		}
		for _, name := range names {
			g := glance{name: name}
			if info, err := os.Stat(name); err == nil {
				g.info = info
			}
			s.files = append(s.files, g)
		}
	}
	return s
}

func (s sight) equal(other sight) bool {
	return s.fault == other.fault && slices.EqualFunc(s.files, other.files, func(a, b glance) bool {
		if a.info == nil || b.info == nil {
			return a.name == b.name && a.info == b.info
		}
		return a.name == b.name && os.SameFile(a.info, b.info) && a.info.Size() == b.info.Size() && a.info.ModTime().Equal(b.info.ModTime())
	})
}
