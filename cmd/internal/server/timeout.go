package server

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/plexus-kg/plexus/resolvers"
)

// timeLimit is a context that ends some time after [timeLimit.begin], as one of
// context.WithTimeoutCause does, but for a timer that most requests are done before
// they need one: to make it takes about as long as to look up a concept. Before it
// begins, and without a limit, it is the context below.
//
// Who calls Done needs the timer; who asks a few times whether the time is over is
// told by the clock.
type timeLimit struct {
	context.Context // of the request
	allowed         time.Duration
	began           time.Time
	asked           atomic.Int32

	once   sync.Once
	timed  atomic.Pointer[timed]
	cancel context.CancelFunc
}

// timed is a context with a timer.
type timed struct{ context.Context }

// begin limits the time from a moment on; 0 is for ever. Nobody else may use the
// context yet.
func (c *timeLimit) begin(at time.Time, allowed time.Duration) { c.began, c.allowed = at, allowed }

// clockReads is how often the clock is read before it is less work to have a timer.
const clockReads = 32

func (c *timeLimit) ends() time.Time { return c.began.Add(c.allowed) }

// timer returns the context with the timer.
func (c *timeLimit) timer() context.Context {
	c.once.Do(func() {
		var ctx context.Context
		ctx, c.cancel = context.WithDeadlineCause(c.Context, c.ends(), &resolvers.TimeLimit{Allowed: c.allowed})
		c.timed.Store(&timed{ctx})
	})
	return c.timed.Load()
}

// end lets go of the timer, if there is one.
func (c *timeLimit) end() {
	if c.timed.Load() != nil {
		c.cancel()
	}
}

// Deadline implements context.Context.
func (c *timeLimit) Deadline() (time.Time, bool) {
	sooner, ok := c.Context.Deadline()
	if c.allowed == 0 || ok && sooner.Before(c.ends()) {
		return sooner, ok
	}
	return c.ends(), true
}

// Done implements context.Context.
func (c *timeLimit) Done() <-chan struct{} {
	if c.allowed == 0 {
		return c.Context.Done()
	}
	return c.timer().Done()
}

// Err implements context.Context.
func (c *timeLimit) Err() error {
	if t := c.timed.Load(); t != nil {
		return t.Err()
	}
	if err := c.Context.Err(); err != nil || c.allowed == 0 {
		return err
	}
	if c.asked.Add(1) <= clockReads && time.Since(c.began) < c.allowed {
		return nil
	}
	return c.timer().Err()
}

// Value implements context.Context. With a timer, it leads to the timer's context,
// which tells why it is over (context.Cause).
func (c *timeLimit) Value(key any) any {
	if t := c.timed.Load(); t != nil {
		return t.Value(key)
	}
	return c.Context.Value(key)
}
