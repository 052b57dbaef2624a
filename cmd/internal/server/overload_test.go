package server

import (
	"context"
	"errors"
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
	leave, err := g.enter(t.Context(), netip.Prefix{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.enter(t.Context(), netip.Prefix{}); err != nil {
		t.Fatal(err)
	}
	entered := make(chan error)
	go func() {
		_, err := g.enter(t.Context(), netip.Prefix{})
		entered <- err
	}()
	for !g.full() { // until it waits
		time.Sleep(time.Millisecond)
	}
	if _, err := g.enter(t.Context(), netip.Prefix{}); !errors.Is(err, errOverloaded) {
		t.Errorf("one too many: %v", err)
	}
	leave()
	if err := <-entered; err != nil {
		t.Errorf("the one that waited: %v", err)
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
			leave, err := g.enter(t.Context(), netip.Prefix{})
			if err != nil {
				refused.Add(1)
				return
			}
			accepted.Add(1)
			g.letIn()
			leave() // at once: nobody else gets the processor in between
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
	if _, err := g.enter(t.Context(), netip.Prefix{}); err != nil {
		t.Fatal(err)
	}
	if _, err := g.enter(t.Context(), netip.Prefix{}); !errors.Is(err, errOverloaded) {
		t.Error(err)
	}
	g.Patience = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := g.enter(ctx, netip.Prefix{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if n := g.waiting.Load(); n != 0 {
		t.Errorf("%d are left waiting", n)
	}
}

// TestGateCount: however many come at once, no more than may are ever within.
func TestGateCount(t *testing.T) {
	g := newGate(Capacity{Running: 3, Waiting: 1000, Patience: time.Minute})
	var all sync.WaitGroup
	within := make(chan struct{}, 3) // a fourth would find it full
	for range 200 {
		all.Go(func() {
			leave, err := g.enter(context.Background(), netip.Prefix{})
			if err != nil {
				t.Error(err)
				return
			}
			select {
			case within <- struct{}{}:
			default:
				t.Error("too many within")
			}
			<-within
			leave()
		})
	}
	all.Wait()
	open := newGate(Capacity{})
	if leave, err := open.enter(t.Context(), netip.Prefix{}); err != nil || open.full() {
		t.Error("a gate without a limit is closed")
	} else {
		leave()
	}
}

// TestShares: who has many operations at work keeps no turn from others, and
// nothing is kept of clients that have gone.
func TestShares(t *testing.T) {
	g := newGate(Capacity{Running: 4, PerClient: 2, Waiting: 10, Patience: time.Millisecond})
	greedy, other := netip.MustParsePrefix("192.0.2.1/32"), netip.MustParsePrefix("192.0.2.2/32")
	var leaves []func()
	for range 2 {
		leave, err := g.enter(t.Context(), greedy)
		if err != nil {
			t.Fatal(err)
		}
		leaves = append(leaves, leave)
	}
	if _, err := g.enter(t.Context(), greedy); !errors.Is(err, errShare) {
		t.Errorf("a third turn for one client: %v", err)
	}
	for range 2 {
		leave, err := g.enter(t.Context(), other)
		if err != nil {
			t.Fatalf("another client: %v", err)
		}
		leaves = append(leaves, leave)
	}
	if _, err := g.enter(t.Context(), netip.MustParsePrefix("192.0.2.3/32")); !errors.Is(err, errOverloaded) {
		t.Errorf("a fifth turn: %v", err)
	}
	for _, leave := range leaves {
		leave()
	}
	if len(g.shares.of) != 0 || len(g.running) != 0 || g.waiting.Load() != 0 {
		t.Errorf("%d clients are remembered, %d run, %d wait", len(g.shares.of), len(g.running), g.waiting.Load())
	}
}
