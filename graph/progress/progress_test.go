package progress_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph/progress"
)

// TestUnwatched: work that nobody watches counts nothing and goes on as ever.
func TestUnwatched(t *testing.T) {
	watched := progress.Watch(t.Context(), func(*progress.Stage) func() { return nil })
	for name, ctx := range map[string]context.Context{"never": t.Context(), "not any more": progress.Watch(watched, nil)} {
		stage := progress.Begin(ctx, "counting", "things", 3)
		if stage != nil {
			t.Errorf("%s watched: there is a stage", name)
		}
		stage.Add(3)
		stage.End()
		if text, err := io.ReadAll(stage.Reader(ctx, strings.NewReader("text"))); string(text) != "text" || err != nil || stage.Done() != 0 {
			t.Errorf("%s watched: read %q, %v, counted %d", name, text, err, stage.Done())
		}
	}
}

// TestStages: a watcher is told of each beginning and each end, once.
func TestStages(t *testing.T) {
	var told []string
	ctx := progress.Watch(t.Context(), func(s *progress.Stage) func() {
		told = append(told, "begin "+s.Name)
		return func() { told = append(told, "end "+s.Name) }
	})
	outer := progress.Begin(ctx, "outer", "", -1)
	inner := progress.Begin(ctx, "inner", "things", 2)
	inner.Add(1)
	inner.Add(1)
	inner.End()
	inner.End()
	outer.End()
	if got := strings.Join(told, ", "); got != "begin outer, begin inner, end inner, end outer" || inner.Done() != 2 {
		t.Errorf("%s; counted %d", got, inner.Done())
	}
	progress.Begin(progress.Watch(t.Context(), func(*progress.Stage) func() { return nil }), "without an end", "", -1).End()
}

// TestInterrupted: what is read and written is counted, and stops with the
// context, also within one large write.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ctx = progress.Watch(ctx, func(*progress.Stage) func() { return nil })
	stage := progress.Begin(ctx, "copying", progress.Bytes, -1)
	var to bytes.Buffer
	if n, err := stage.Writer(ctx, &to).Write(make([]byte, 3<<20)); n != 3<<20 || err != nil || stage.Done() != 3<<20 {
		t.Fatalf("wrote %d, %v, counted %d", n, err, stage.Done())
	}
	stopped := writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	if n, err := stage.Writer(ctx, stopped).Write(make([]byte, 3<<20)); n == 3<<20 || !errors.Is(err, context.Canceled) {
		t.Errorf("wrote %d, %v after the end", n, err)
	}
	if n, err := stage.Reader(ctx, strings.NewReader("text")).Read(make([]byte, 4)); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("read %d, %v after the end", n, err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
