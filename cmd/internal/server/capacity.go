package server

import (
	"context"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// Capacity is how many requests are worked on at once, of all admitted routes
// together. Excess is refused at once instead of slowing down what was accepted: a
// request waits a little for its turn, and if too many wait already, or its turn does not come, the
// client is told to come back (503 with Retry-After).
type Capacity struct {
	// Running is how many requests run at the same time. They need the
	// processor and nothing else, so that more than a few for each core only
	// makes all of them slower. 0 means no limit.
	Running int
	// PerClient is how many of them may be of one client (an address, of IPv6 a
	// /64); more of its requests wait like others. Requests of a trusted proxy that
	// names no client have no such limit. 0 means no limit.
	PerClient int
	// Waiting is how many requests may wait for their turn, Patience how long
	// each of them does.
	Waiting  int
	Patience time.Duration
	// Unsent is how many bytes of large answers may wait for their clients to take
	// them, all together: a request has made room for the next one by then, so
	// that nothing else bounds the memory that slow clients hold. Small answers are
	// bounded by the connections that there may be, but over HTTP/2, where one has
	// many. 0 means no limit.
	Unsent int64
}

// gate lets requests through as Capacity says.
type gate struct {
	Capacity
	running chan struct{} // nil without a limit
	waiting atomic.Int64
	unsent  atomic.Int64

	lock    sync.Mutex
	clients map[netip.Prefix]*clientTurns // of those who have a turn, or wait for one
}

// clientTurns are the turns of one client. They keep it from taking all there are:
// a few requests that take long would shut everybody else out, however seldom they
// come.
type clientTurns struct {
	client  netip.Prefix
	running chan struct{}
	users   int // requests that run or wait; the gate's lock guards it
}

func newGate(c Capacity) *gate {
	g := &gate{Capacity: c, clients: map[netip.Prefix]*clientTurns{}}
	if c.Running > 0 {
		g.running = make(chan struct{}, c.Running)
	}
	return g
}

// busy reports whether a request that came now would have to wait.
func (g *gate) busy() bool { return g.running != nil && len(g.running) == cap(g.running) }

// full reports whether a request that came now would be refused.
func (g *gate) full() bool { return g.busy() && g.waiting.Load() >= int64(g.Waiting) }

// check refuses a request that would find no capacity.
func (g *gate) check(http.ResponseWriter, *http.Request) *Refusal {
	if g.full() {
		return g.overloaded("running", int64(g.Running))
	}
	return nil
}

// overloaded is the refusal of a request that there is no time for, or no memory.
func (*gate) overloaded(limit string, allowed int64) *Refusal {
	return &Refusal{
		Status: http.StatusServiceUnavailable, Code: codeOverloaded, Message: "the server has more to do than it can: try again in a moment",
		Limit: limit, Allowed: float64(allowed), RetryAfter: 1,
	}
}

// greedy is the refusal of a request whose client has as many at work as it may.
func (g *gate) greedy() *Refusal {
	f := g.overloaded("runningPerClient", int64(g.PerClient))
	f.Message = "too many of your operations are at work: wait for them, or try again in a moment"
	return f
}

// turn is the right to run; the zero value, of a gate without a limit, is given back
// to nobody.
type turn struct {
	gate *gate
	own  *clientTurns // nil for a client that has no limit
}

// enter waits for a turn of a client, the invalid prefix for one that has no limit
// of its own. Whoever gets one has to leave.
func (g *gate) enter(ctx context.Context, client netip.Prefix) (turn, *Refusal) {
	if g.running == nil {
		return turn{}, nil
	}
	own := g.turnsOf(client)
	if own != nil && !g.wait(ctx, own.running) {
		g.forget(own)
		return turn{}, g.greedy()
	}
	if !g.wait(ctx, g.running) {
		if own != nil {
			<-own.running
			g.forget(own)
		}
		return turn{}, g.overloaded("running", int64(g.Running))
	}
	return turn{g, own}, nil
}

// leave gives a turn back.
func (t turn) leave() {
	if t.gate == nil {
		return
	}
	<-t.gate.running
	if t.own != nil {
		<-t.own.running
		t.gate.forget(t.own)
	}
}

// turnsOf returns the turns of a client, nil for one that has no limit. Whoever
// asks has to forget them.
func (g *gate) turnsOf(client netip.Prefix) *clientTurns {
	if g.PerClient == 0 || !client.IsValid() {
		return nil
	}
	g.lock.Lock()
	defer g.lock.Unlock()
	own := g.clients[client]
	if own == nil {
		own = &clientTurns{client: client, running: make(chan struct{}, g.PerClient)}
		g.clients[client] = own
	}
	own.users++
	return own
}

// forget says that a request is over that has asked for its client's turns.
func (g *gate) forget(own *clientTurns) {
	g.lock.Lock()
	defer g.lock.Unlock()
	if own.users--; own.users == 0 {
		delete(g.clients, own.client)
	}
}

// wait waits for one of some turns, and reports whether it came while somebody
// waited for it.
func (g *gate) wait(ctx context.Context, turns chan<- struct{}) bool {
	select {
	case turns <- struct{}{}:
		return true
	default:
	}
	defer g.waiting.Add(-1)
	if g.waiting.Add(1) > int64(g.Waiting) {
		return false
	}
	patience := time.NewTimer(g.Patience)
	defer patience.Stop()
	select {
	case turns <- struct{}{}:
		return true
	case <-patience.C:
		return false
	case <-ctx.Done():
		return false
	}
}

// largeAnswer is the size above which an answer counts as unsent.
const largeAnswer = 64 << 10

// hold takes room for an answer until its client has it, and reports whether
// there is any; where nothing is held, there is. Many answers share a connection of
// HTTP/2: there, small ones count too. Whoever gets room gives it back by release.
func (g *gate) hold(bytes int, multiplexed bool) bool {
	if !multiplexed && bytes <= largeAnswer {
		return true
	}
	if held := g.unsent.Add(int64(bytes)); g.Unsent > 0 && held > g.Unsent && held > int64(bytes) {
		g.release(bytes, multiplexed)
		return false
	}
	return true
}

func (g *gate) release(bytes int, multiplexed bool) {
	if multiplexed || bytes > largeAnswer {
		g.unsent.Add(-int64(bytes))
	}
}
