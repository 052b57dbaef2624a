package server

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
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
	// PerClient is how many of them may be of one client (an address, of IPv6 a
	// /64); more of its operations wait like others. Requests of a trusted proxy that
	// names no client have no such limit. 0 means no limit.
	PerClient int
	// Waiting is how many operations may wait for their turn, Patience how long
	// each of them does.
	Waiting  int
	Patience time.Duration
	// Unsent is how many bytes of large answers may wait for their clients to take
	// them, all together: an operation has made room for the next one by then, so
	// that nothing else bounds the memory that slow clients hold. Small answers are
	// bounded by the connections that there may be, but over HTTP/2, where one has
	// many. 0 means no limit.
	Unsent int64
}

// errOverloaded is the error of an operation that found no place.
var errOverloaded = errors.New("the server has more to do than it can: try again in a moment")

// errShare is the error of an operation whose client has as many at work as it may.
var errShare = errors.New("too many of your operations are at work: wait for them, or try again in a moment")

// refuse refuses a request that there is no time for, or no memory.
func (g *gate) refuse(w http.ResponseWriter, mediaType, limit string, allowed int64) {
	g.refuseFor(w, mediaType, errOverloaded, limit, allowed)
}

// refuseTurn refuses a request that got no turn.
func (g *gate) refuseTurn(w http.ResponseWriter, mediaType string, err error) {
	if errors.Is(err, errShare) {
		g.refuseFor(w, mediaType, err, "runningPerClient", int64(g.PerClient))
		return
	}
	g.refuse(w, mediaType, "running", int64(g.Running))
}

func (g *gate) refuseFor(w http.ResponseWriter, mediaType string, why error, limit string, allowed int64) {
	w.Header().Set("Retry-After", "1")
	response := refusal(codeOverloaded, why.Error())
	response.Errors[0].Extensions["limit"], response.Errors[0].Extensions["allowed"] = limit, allowed
	refuseWith(w, mediaType, http.StatusServiceUnavailable, response)
}

// gate lets operations through as Capacity says.
type gate struct {
	Capacity
	running chan struct{} // nil without a limit
	waiting atomic.Int64
	unsent  atomic.Int64
	shares  shares
}

func newGate(c Capacity) *gate {
	g := &gate{Capacity: c, shares: shares{each: c.PerClient, of: map[netip.Prefix]*share{}}}
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

// enter waits for a turn of a client, the invalid prefix for one that has no share
// of its own. Whoever gets one has to call leave; the error is errOverloaded,
// errShare or the context's.
func (g *gate) enter(ctx context.Context, client netip.Prefix) (leave func(), err error) {
	if g.running == nil {
		return func() {}, nil
	}
	own, done := g.shares.take(client)
	if own != nil {
		if err := g.turn(ctx, own, errShare); err != nil {
			done()
			return nil, err
		}
	}
	giveBack := func() {
		if own != nil {
			<-own
		}
		done()
	}
	if err := g.turn(ctx, g.running, errOverloaded); err != nil {
		giveBack()
		return nil, err
	}
	return func() {
		<-g.running
		giveBack()
	}, nil
}

// letIn lets those come first who could already, before somebody whose turn it is
// begins with much work. Otherwise the operations on hand keep the processors to
// themselves, one after the other, and the queue is the scheduler's, where nobody
// counts who waits, or for how long: the gate would find itself almost empty
// however many there were.
func (*gate) letIn() { runtime.Gosched() }

// turn waits for one of some turns.
func (g *gate) turn(ctx context.Context, turns chan<- struct{}, none error) error {
	select {
	case turns <- struct{}{}:
		return nil
	default:
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > int64(g.Waiting) {
		return none
	}
	patience := time.NewTimer(g.Patience)
	defer patience.Stop()
	select {
	case turns <- struct{}{}:
		return nil
	case <-patience.C:
		return none
	case <-ctx.Done():
		return ctx.Err()
	}
}

// largeAnswer is the size above which an answer counts as unsent.
const largeAnswer = 64 << 10

// hold takes room for an answer until its client has it, and reports whether
// there is any; where nothing is held, there is. Many answers share a connection of
// HTTP/2: there, small ones count too. Whoever gets room gives it back by release.
func (g *gate) hold(bytes int, shared bool) bool {
	if !shared && bytes <= largeAnswer {
		return true
	}
	if held := g.unsent.Add(int64(bytes)); g.Unsent > 0 && held > g.Unsent && held > int64(bytes) {
		g.release(bytes, shared)
		return false
	}
	return true
}

func (g *gate) release(bytes int, shared bool) {
	if shared || bytes > largeAnswer {
		g.unsent.Add(-int64(bytes))
	}
}
