package server

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/plexus-kg/plexus/resolvers"
)

// within is the context of an operation that may take so long: what
// context.WithTimeoutCause makes, but for a timer that most operations are done
// before they need one. To make it, and to hang it below the request's context,
// takes about as long as to look up a concept.
//
// Who calls Done needs it; who asks a few times whether the time is over is told by
// the clock.
type within struct {
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

func newWithin(ctx context.Context, allowed time.Duration) *within {
	return &within{Context: ctx, allowed: allowed, began: time.Now()}
}

// clockReads is how often the clock is read before it is less work to have a timer.
const clockReads = 32

func (c *within) ends() time.Time { return c.began.Add(c.allowed) }

// timer returns the context with the timer.
func (c *within) timer() context.Context {
	c.once.Do(func() {
		var ctx context.Context
		ctx, c.cancel = context.WithDeadlineCause(c.Context, c.ends(), &resolvers.TimeLimit{Allowed: c.allowed})
		c.timed.Store(&timed{ctx})
	})
	return c.timed.Load()
}

// over lets go of the timer, if there is one.
func (c *within) over() {
	if c.timed.Load() != nil {
		c.cancel()
	}
}

// Deadline implements context.Context.
func (c *within) Deadline() (time.Time, bool) {
	if sooner, ok := c.Context.Deadline(); ok && sooner.Before(c.ends()) {
		return sooner, true
	}
	return c.ends(), true
}

// Done implements context.Context.
func (c *within) Done() <-chan struct{} { return c.timer().Done() }

// Err implements context.Context.
func (c *within) Err() error {
	if t := c.timed.Load(); t != nil {
		return t.Err()
	}
	if err := c.Context.Err(); err != nil {
		return err
	}
	if c.asked.Add(1) <= clockReads && time.Since(c.began) < c.allowed {
		return nil
	}
	return c.timer().Err()
}

// Value implements context.Context. With a timer, it leads to the timer's context,
// which tells why it is over (context.Cause).
func (c *within) Value(key any) any {
	if t := c.timed.Load(); t != nil {
		return t.Value(key)
	}
	return c.Context.Value(key)
}
