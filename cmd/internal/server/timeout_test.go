package server

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/resolvers"
)

// TestTimeLimit: a time limit ends like a context of the standard library with the same timeout,
// however it is asked.
func TestTimeLimit(t *testing.T) {
	type key struct{}
	parent := context.WithValue(t.Context(), key{}, 7)
	limited := func(ctx context.Context, allowed time.Duration) *timeLimit {
		c := &timeLimit{Context: ctx}
		c.begin(time.Now(), allowed)
		return c
	}
	limit := func(t *testing.T, ctx context.Context, allowed time.Duration) {
		t.Helper()
		if why := (*resolvers.TimeLimit)(nil); !errors.As(context.Cause(ctx), &why) || why.Allowed != allowed || !errors.Is(ctx.Err(), context.DeadlineExceeded) {
			t.Errorf("it ended with %v because of %v", ctx.Err(), context.Cause(ctx))
		}
	}
	t.Run("never", func(t *testing.T) {
		request, cancel := context.WithCancel(parent)
		c := limited(request, 0)
		defer c.end()
		if _, ok := c.Deadline(); ok || c.Err() != nil || c.Value(key{}) != 7 {
			t.Error(ok, c.Err(), c.Value(key{}))
		}
		cancel()
		<-c.Done()
		if !errors.Is(c.Err(), context.Canceled) {
			t.Error(c.Err())
		}
	})
	t.Run("as long as there is time", func(t *testing.T) {
		c := limited(parent, time.Hour)
		defer c.end()
		for range 2 * clockReads { // the second half with a timer
			if err := c.Err(); err != nil || context.Cause(c) != nil || c.Value(key{}) != 7 {
				t.Fatal(err, context.Cause(c), c.Value(key{}))
			}
		}
		if ends, ok := c.Deadline(); !ok || time.Until(ends) > time.Hour || c.timed.Load() == nil {
			t.Error(ends, ok, c.timed.Load())
		}
	})
	t.Run("by the clock", func(t *testing.T) {
		c := limited(parent, time.Nanosecond)
		defer c.end()
		for c.Err() == nil {
			time.Sleep(time.Microsecond)
		}
		limit(t, c, time.Nanosecond)
	})
	t.Run("however seldom it is asked", func(t *testing.T) {
		c := limited(parent, 5*time.Millisecond)
		defer c.end()
		for range 3 {
			_ = c.Err()
		}
		time.Sleep(10 * time.Millisecond)
		limit(t, c, 5*time.Millisecond)
	})
	t.Run("by the timer", func(t *testing.T) {
		c := limited(parent, time.Millisecond)
		defer c.end()
		<-c.Done()
		limit(t, c, time.Millisecond)
	})
	t.Run("for those below", func(t *testing.T) {
		c := limited(parent, time.Millisecond)
		defer c.end()
		below, cancel := context.WithCancel(c)
		defer cancel()
		<-below.Done()
		limit(t, below, time.Millisecond)
	})
	t.Run("with the request", func(t *testing.T) {
		for _, asks := range []int{0, 1, 2 * clockReads} {
			request, cancel := context.WithCancelCause(parent)
			c := limited(request, time.Hour)
			for range asks {
				_ = c.Err()
			}
			gone := errors.New("gone")
			cancel(gone)
			if !errors.Is(c.Err(), context.Canceled) || !errors.Is(context.Cause(c), gone) {
				t.Errorf("asked %d times before: it ended with %v because of %v", asks, c.Err(), context.Cause(c))
			}
			<-c.Done()
			c.end()
		}
	})
	t.Run("before its own time", func(t *testing.T) {
		request, cancel := context.WithTimeout(parent, time.Minute)
		defer cancel()
		ends, _ := limited(request, time.Hour).Deadline()
		if time.Until(ends) > time.Minute {
			t.Error(ends)
		}
	})
}
