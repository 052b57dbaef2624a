package server

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// Capacity is how many operations are worked on at once. Excess is refused at
// once instead of slowing down what was accepted: an operation waits a little
// for its turn, and if too many wait already, or its turn does not come, the
// client is told to come back (503 with Retry-After).
type Capacity struct {
	// Running is how many operations run at the same time. They need the
	// processor and nothing else, so that more than a few for each core only
	// makes all of them slower. 0 means no limit.
	Running int
	// Waiting is how many operations may wait for their turn, Patience how long
	// each of them does.
	Waiting  int
	Patience time.Duration
}

// errOverloaded is the error of an operation that found no place.
var errOverloaded = errors.New("the server has more to do than it can: try again in a moment")

// gate lets operations through as Capacity says.
type gate struct {
	Capacity
	running chan struct{} // nil without a limit
	waiting atomic.Int64
}

func newGate(c Capacity) *gate {
	g := &gate{Capacity: c}
	if c.Running > 0 {
		g.running = make(chan struct{}, c.Running)
	}
	return g
}

// full reports whether an operation that came now would be refused.
func (g *gate) full() bool {
	return g.running != nil && len(g.running) == cap(g.running) && g.waiting.Load() >= int64(g.Waiting)
}

// enter waits for a turn. Whoever gets one has to call leave; the error is
// errOverloaded or the context's.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	if g.running == nil {
		return func() {}, nil
	}
	leave = func() { <-g.running }
	select {
	case g.running <- struct{}{}:
		return leave, nil
	default:
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > int64(g.Waiting) {
		return nil, errOverloaded
	}
	patience := time.NewTimer(g.Patience)
	defer patience.Stop()
	select {
	case g.running <- struct{}{}:
		return leave, nil
	case <-patience.C:
		return nil, errOverloaded
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
