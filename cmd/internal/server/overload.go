package server

import (
	"context"
	"errors"
	"net/http"
	"runtime"
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
	// Unsent is how many bytes of large answers may wait for their clients to take
	// them, all together: an operation has made room for the next one by then, so
	// that nothing else bounds the memory that slow clients hold. Small answers are
	// bounded by the connections that there may be. 0 means no limit.
	Unsent int64
}

// errOverloaded is the error of an operation that found no place.
var errOverloaded = errors.New("the server has more to do than it can: try again in a moment")

// refuse refuses a request that there is no time for, or no memory.
func (g *gate) refuse(w http.ResponseWriter, mediaType, limit string, allowed int64) {
	w.Header().Set("Retry-After", "1")
	response := refusal(codeOverloaded, errOverloaded.Error())
	response.Errors[0].Extensions["limit"], response.Errors[0].Extensions["allowed"] = limit, allowed
	refuseWith(w, mediaType, http.StatusServiceUnavailable, response)
}

// gate lets operations through as Capacity says.
type gate struct {
	Capacity
	running chan struct{} // nil without a limit
	waiting atomic.Int64
	unsent  atomic.Int64
}

func newGate(c Capacity) *gate {
	g := &gate{Capacity: c}
	if c.Running > 0 {
		g.running = make(chan struct{}, c.Running)
	}
	return g
}

// busy reports whether an operation that came now would have to wait.
func (g *gate) busy() bool { return g.running != nil && len(g.running) == cap(g.running) }

// full reports whether an operation that came now would be refused.
func (g *gate) full() bool {
	return g.busy() && g.waiting.Load() >= int64(g.Waiting)
}

// enter waits for a turn. Whoever gets one has to call leave; the error is
// errOverloaded or the context's.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	if g.running == nil {
		return func() {}, nil
	}
	if err := g.turn(ctx); err != nil {
		return nil, err
	}
	return func() { <-g.running }, nil
}

// letIn lets those come first who could already, before somebody whose turn it is
// begins with much work. Otherwise the operations on hand keep the processors to
// themselves, one after the other, and the queue is the scheduler's, where nobody
// counts who waits, or for how long: the gate would find itself almost empty
// however many there were.
func (*gate) letIn() { runtime.Gosched() }

// turn waits for a place among the running.
func (g *gate) turn(ctx context.Context) error {
	select {
	case g.running <- struct{}{}:
		return nil
	default:
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > int64(g.Waiting) {
		return errOverloaded
	}
	patience := time.NewTimer(g.Patience)
	defer patience.Stop()
	select {
	case g.running <- struct{}{}:
		return nil
	case <-patience.C:
		return errOverloaded
	case <-ctx.Done():
		return ctx.Err()
	}
}

// largeAnswer is the size above which an answer counts as unsent.
const largeAnswer = 64 << 10

// hold takes room for an answer until its client has it, and reports whether
// there is any; where nothing is held, there is. Whoever gets it gives it back by
// release.
func (g *gate) hold(bytes int) bool {
	if bytes <= largeAnswer {
		return true
	}
	if held := g.unsent.Add(int64(bytes)); g.Unsent > 0 && held > g.Unsent && held > int64(bytes) {
		g.release(bytes)
		return false
	}
	return true
}

func (g *gate) release(bytes int) {
	if bytes > largeAnswer {
		g.unsent.Add(-int64(bytes))
	}
}
