package server

import (
	"context"
	"net/netip"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestGate: as many run as may, as many wait as may, the rest is refused; who
// leaves makes room.
func TestGate(t *testing.T) {
	g := newGate(Capacity{Running: 2, Waiting: 1, Patience: time.Hour})
	first, refusal := g.enter(t.Context(), netip.Prefix{})
	if refusal != nil {
		t.Fatal(refusal)
	}
	if _, refusal := g.enter(t.Context(), netip.Prefix{}); refusal != nil {
		t.Fatal(refusal)
	}
	entered := make(chan *Refusal)
	go func() {
		_, refusal := g.enter(t.Context(), netip.Prefix{})
		entered <- refusal
	}()
	for !g.full() { // until it waits
		time.Sleep(time.Millisecond)
	}
	if _, refusal := g.enter(t.Context(), netip.Prefix{}); !isFor(refusal, "running") {
		t.Errorf("one too many: %v", refusal)
	}
	first.leave()
	if refusal := <-entered; refusal != nil {
		t.Errorf("the one that waited: %v", refusal)
	}
	if g.full() {
		t.Error("nobody waits any more")
	}
}

// TestGateBusy: operations that keep the only processor to themselves do not
// keep the gate from seeing how many others have come.
func TestGateBusy(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	g := newGate(Capacity{Running: 1, Waiting: 2, Patience: time.Minute})
	var accepted, refused atomic.Int64
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			turn, refusal := g.enter(t.Context(), netip.Prefix{})
			if refusal != nil {
				refused.Add(1)
				return
			}
			accepted.Add(1)
			yield()
			turn.leave() // at once: nobody else gets the processor in between
		})
	}
	all.Wait()
	if accepted.Load() == 0 || refused.Load() == 0 {
		t.Errorf("%d came in and %d were refused", accepted.Load(), refused.Load())
	}
	if g.waiting.Load() != 0 || len(g.running) != 0 {
		t.Errorf("afterwards %d wait and %d run", g.waiting.Load(), len(g.running))
	}
}

// TestGatePatience: who waits too long, or is no longer waited for, gives up.
func TestGatePatience(t *testing.T) {
	g := newGate(Capacity{Running: 1, Waiting: 5, Patience: time.Millisecond})
	if _, refusal := g.enter(t.Context(), netip.Prefix{}); refusal != nil {
		t.Fatal(refusal)
	}
	if _, refusal := g.enter(t.Context(), netip.Prefix{}); !isFor(refusal, "running") {
		t.Error(refusal)
	}
	g.Patience = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, refusal := g.enter(ctx, netip.Prefix{}); refusal == nil {
		t.Error("nobody waits for it, and it runs")
	}
	if n := g.waiting.Load(); n != 0 {
		t.Errorf("%d are left waiting", n)
	}
}

// TestGateCount: however many come at once, no more than may ever run.
func TestGateCount(t *testing.T) {
	g := newGate(Capacity{Running: 3, Waiting: 1000, Patience: time.Minute})
	var all sync.WaitGroup
	running := make(chan struct{}, 3) // a fourth would find it full
	for range 200 {
		all.Go(func() {
			turn, refusal := g.enter(context.Background(), netip.Prefix{})
			if refusal != nil {
				t.Error(refusal)
				return
			}
			select {
			case running <- struct{}{}:
			default:
				t.Error("too many run")
			}
			<-running
			turn.leave()
		})
	}
	all.Wait()
	open := newGate(Capacity{})
	if turn, refusal := open.enter(t.Context(), netip.Prefix{}); refusal != nil || open.full() {
		t.Error("a gate without a limit is closed")
	} else {
		turn.leave()
	}
}

// isFor reports whether a request is refused for a limit.
func isFor(f *Refusal, limit string) bool {
	return f != nil && f.Code == codeOverloaded && f.Limit == limit && f.RetryAfter > 0
}

// TestTurnsOfClients: who has many operations at work keeps no turn from others, and
// nothing is kept of clients that have gone.
func TestTurnsOfClients(t *testing.T) {
	g := newGate(Capacity{Running: 4, PerClient: 2, Waiting: 10, Patience: time.Millisecond})
	greedy, other := netip.MustParsePrefix("192.0.2.1/32"), netip.MustParsePrefix("192.0.2.2/32")
	var turns []turn
	for range 2 {
		turn, refusal := g.enter(t.Context(), greedy)
		if refusal != nil {
			t.Fatal(refusal)
		}
		turns = append(turns, turn)
	}
	if _, refusal := g.enter(t.Context(), greedy); !isFor(refusal, "runningPerClient") {
		t.Errorf("a third turn for one client: %v", refusal)
	}
	for range 2 {
		turn, refusal := g.enter(t.Context(), other)
		if refusal != nil {
			t.Fatalf("another client: %v", refusal)
		}
		turns = append(turns, turn)
	}
	if _, refusal := g.enter(t.Context(), netip.MustParsePrefix("192.0.2.3/32")); !isFor(refusal, "running") {
		t.Errorf("a fifth turn: %v", refusal)
	}
	for _, turn := range turns {
		turn.leave()
	}
	if len(g.clients) != 0 || len(g.running) != 0 || g.waiting.Load() != 0 {
		t.Errorf("%d clients are remembered, %d run, %d wait", len(g.clients), len(g.running), g.waiting.Load())
	}
}
