package progress

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
)

// Stage is a part of some work. Its methods may be called at the same time. A
// nil Stage is one that nobody watches: it counts nothing.
type Stage struct {
	// Name says what is being done: "reading".
	Name string
	// Unit is what is counted, in the plural: "quads". Nothing is counted if it is
	// empty.
	Unit string
	// Total is how much there is to do, negative if that is not known.
	Total int64

	done atomic.Int64
	end  func()
}

// Bytes is the unit of what is read and written.
const Bytes = "bytes"

type watcherKey struct{}

// Watch returns a context whose work is watched: begin is called when a stage
// begins, and what it returns, if it is not nil, when the stage ends. Stages may
// overlap. A nil begin makes a context whose work nobody watches.
func Watch(ctx context.Context, begin func(*Stage) (end func())) context.Context {
	return context.WithValue(ctx, watcherKey{}, begin)
}

// Begin begins a stage. It is nil if nobody watches.
func Begin(ctx context.Context, name, unit string, total int64) *Stage {
	begin, _ := ctx.Value(watcherKey{}).(func(*Stage) func())
	if begin == nil {
		return nil
	}
	s := &Stage{Name: name, Unit: unit, Total: total}
	end := begin(s)
	s.end = sync.OnceFunc(func() {
		if end != nil {
			end()
		}
	})
	return s
}

// Add counts n more as done.
func (s *Stage) Add(n int) {
	if s != nil {
		s.done.Add(int64(n))
	}
}

// Done returns how much is done.
func (s *Stage) Done() int64 {
	if s == nil {
		return 0
	}
	return s.done.Load()
}

// End ends the stage. To end it again does nothing.
func (s *Stage) End() {
	if s != nil {
		s.end()
	}
}

// Reader returns a reader of r that counts the bytes it reads, and returns the
// context's error once that is done.
func (s *Stage) Reader(ctx context.Context, r io.Reader) io.Reader { return &reader{ctx, s, r} }

type reader struct {
	ctx   context.Context
	stage *Stage
	from  io.Reader
}

func (r *reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.from.Read(p)
	r.stage.Add(n)
	return n, err
}

// Writer returns a writer to w that counts the bytes it writes, and returns the
// context's error once that is done.
func (s *Stage) Writer(ctx context.Context, w io.Writer) io.Writer { return &writer{ctx, s, w} }

type writer struct {
	ctx   context.Context
	stage *Stage
	to    io.Writer
}

// piece is how much is written between two looks at the context.
const piece = 1 << 20

func (w *writer) Write(p []byte) (written int, err error) {
	for len(p) > 0 && err == nil {
		if err = w.ctx.Err(); err != nil {
			break
		}
		var n int
		n, err = w.to.Write(p[:min(len(p), piece)])
		w.stage.Add(n)
		written, p = written+n, p[n:]
	}
	return written, err
}
