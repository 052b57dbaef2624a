package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"sync/atomic"
	"time"

	"github.com/plexus-kg/plexus/graph/progress"
	"github.com/plexus-kg/plexus/graph/release"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// service is what a server answers from: one edition at a time, which may be
// replaced while requests go on. Each request keeps the one that it began with.
type service struct {
	data dataFlag
	log  *slog.Logger
	now  atomic.Pointer[state] // written by newService and reload alone

	taken, refused atomic.Int64 // reloads, by how they ended
}

// state is what is served at a moment and what is said of it. It never changes.
type state struct {
	*edition
	serving *model.Serving
}

// newService serves what was loaded of the data.
func newService(data dataFlag, l *loaded, log *slog.Logger) *service {
	s := &service{data: data, log: log}
	s.now.Store(&state{newEdition(l), &model.Serving{Since: time.Now()}})
	return s
}

// pin returns what is served now. It stays whole until its Done is called.
func (s *service) pin() resolvers.Release {
	for {
		now := s.now.Load()
		if !now.hold() {
			continue // it was replaced between these two lines
		}
		r := now.Release
		r.Serving, r.Done = now.serving, now.drop
		return r
	}
}

// ready returns why the server should get no requests, nil if it should.
func (s *service) ready() error {
	if fault := s.now.Load().fault.Load(); fault != nil {
		return *fault
	}
	return nil
}

// verify compares what is served with the sums of its file, if it has one, and
// takes the server out of readiness if they differ.
func (s *service) verify(ctx context.Context) {
	e := s.now.Load().edition
	if e.file == nil || !e.hold() {
		return
	}
	defer e.drop()
	err := e.file.Verify(ctx)
	switch {
	case ctx.Err() != nil:
	case err != nil:
		err = fmt.Errorf("%s: %w", s.data.Data[0], err)
		e.fault.Store(&err)
		s.log.Error("THE RELEASE IS DAMAGED: answers may be wrong; this server is not ready any more. Replace the file by a whole one and reload", "error", err)
	default:
		s.log.Info("the release agrees with its sums", "file", s.data.Data[0])
	}
}

// reloadOn reloads at every signal and every change, one after the other, until
// the context ends. What comes meanwhile waits in the channels, which have room
// for one: a reload that has not begun stands for all that are asked for.
func (s *service) reloadOn(ctx context.Context, signals <-chan os.Signal, changes <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-signals:
			s.reload(ctx, "SIGHUP")
		case <-changes:
			s.reload(ctx, "the files have changed")
		}
	}
}

// reload loads the data again, checks it, and serves it from the next request
// on. If it is faulty, the server keeps what it has, and says so.
func (s *service) reload(ctx context.Context, why string) {
	began, old := time.Now(), s.now.Load()
	next, err := s.load(ctx)
	if ctx.Err() != nil { // the server stops
		if err == nil {
			_ = next.close()
		}
		return
	}
	result := &model.Reload{At: time.Now(), OK: err == nil}
	if err != nil {
		message := inPublic(err)
		result.Message = &message
		s.refused.Add(1)
		s.now.Store(&state{old.edition, &model.Serving{Since: old.serving.Since, LastReload: result}})
		s.log.Error("the new data is not served; the server keeps what it has", "why", why, "error", err, "version", old.Reader.Summary().Version)
		return
	}
	sum := next.Reader.Summary()
	result.Version = &sum.Version
	s.taken.Add(1)
	s.now.Store(&state{newEdition(next), &model.Serving{Since: result.At, LastReload: result}})
	message := "new data is served"
	if sum.Version == old.Reader.Summary().Version {
		message = "the data was loaded again, and is the same"
	}
	s.log.Info(message, "why", why, "version", sum.Version, "before", old.Reader.Summary().Version,
		"concepts", sum.Concepts, "statements", sum.Statements, "took", time.Since(began).Round(time.Millisecond))
	old.drop()
}

// load loads the data and checks it whole: of a release, every byte.
func (s *service) load(ctx context.Context) (*loaded, error) {
	problems := slog.NewLogLogger(s.log.Handler(), slog.LevelError).Writer()
	l, err := s.data.load(progress.Watch(ctx, nil), problems) // the log is no place for bars
	if err != nil || l.file == nil {
		return l, err
	}
	if err := l.file.Verify(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", s.data.Data[0], err), l.close())
	}
	return l, nil
}

// inPublic says to whoever may ask the graph why data is not served. Paths and
// contents that are not public are left to the log.
func inPublic(err error) string {
	if faulty := (*faultyData)(nil); errors.As(err, &faulty) {
		return faulty.summary
	}
	for _, known := range []error{release.ErrForeign, release.ErrNewer, release.ErrOlder, release.ErrDamaged, search.ErrFormat, search.ErrDamaged} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "the data is not there"
	case errors.Is(err, fs.ErrPermission):
		return "the data may not be read"
	}
	return "the data could not be loaded"
}

// close gives back what is served; requests that still use it keep it until
// they are done.
func (s *service) close() { s.now.Load().drop() }

// edition is a release that is served. Its texts may lie in a mapped file, which
// must not go while anybody uses it: so the users are counted.
type edition struct {
	*loaded
	users atomic.Int64          // the service that serves it, requests, verify
	fault atomic.Pointer[error] // what verify found
}

// newEdition returns an edition with one user.
func newEdition(l *loaded) *edition {
	e := &edition{loaded: l}
	e.users.Store(1)
	return e
}

// hold makes one more user, and reports false if the edition is gone already.
func (e *edition) hold() bool {
	for {
		n := e.users.Load()
		if n == 0 {
			return false
		}
		if e.users.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

// drop makes one user less; with the last one the edition goes.
func (e *edition) drop() {
	if e.users.Add(-1) == 0 {
		_ = e.close() // what is mapped read-only has nothing to lose
	}
}
