// Overload offers a server several times what it can, and prints what comes of
// it as a table in Markdown:
//
//	go run ./cmd/bench/overload
//
// It builds the program and a release of a made graph, starts the real plexus
// serve on a free port of loopback, on one processor of its own (taskset), and
// finds its capacity: how many queries it answers in a second when a
// few clients ask one after the other. Then it offers 1, 2, 5 and 10 times as
// many, and 1 time again at once, at the moments of a Poisson process, over 512
// connections that are kept. A request that is refused is counted and not sent
// again.
//
// It ends with 1 unless
//
//   - every request was answered, by 200 or by 503 with Retry-After and the code
//     OVERLOADED: no connection was reset, nothing timed out;
//   - at 10 times its capacity the server still answered at least 70 % of it,
//     and so it did right afterwards. The rest is what refusing costs: a refusal
//     is read from a connection and written to it like any answer;
//   - of the accepted 99 in 100 were answered within the time that an operation
//     waits for its turn (--max-wait, here 500 ms) and 250 ms for all else: to be
//     read, to be answered beside another, and to be sent;
//   - the memory of the server at no load was more than at the first and 64 MiB,
//     which is what collecting garbage leaves open;
//   - the load that was asked for was offered, to 10 %.
//
// Rates are over the time until the last answer, up to half a second after the
// last request. They are to be trusted on a machine that does nothing else: the
// column of the processor tells how much of it the server had.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"time"
)

// The bounds that the package comment states.
const (
	maxWait    = 500 * time.Millisecond
	allElse    = 250 * time.Millisecond
	keptShare  = 0.7
	garbage    = 64 << 20
	offerShare = 0.9
)

// connections is how many there are: more than run and wait by far, so that a
// request never waits for a connection instead of for the server.
const connections = 512

func main() {
	size := flag.Int("quads", 300_000, "the size of the graph")
	each := flag.Duration("time", 10*time.Second, "for how long each load is offered, from 100ms to 10m")
	flag.Parse()
	if flag.NArg() > 0 || *size < 10_000 || *each < 100*time.Millisecond || *each > 10*time.Minute {
		fmt.Fprintln(os.Stderr, "overload: -quads is at least 10000, -time from 100ms to 10m, and there is nothing else: -h lists them")
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *size, *each); err != nil {
		fmt.Fprintln(os.Stderr, "overload:", err)
		os.Exit(1)
	}
}

func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "overload: "+format+"\n", args...)
}

func run(ctx context.Context, size int, each time.Duration) (err error) {
	runtime.GOMAXPROCS(1) // the other processor is the server's
	folder, err := os.MkdirTemp("", "plexus-overload-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	progress("building")
	s, err := start(ctx, folder, size)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	queries, err := requests(s.address)
	if err != nil {
		return err
	}

	progress("warming up, then measuring the capacity")
	const few = 8
	offer(ctx, s.address, queries, few, 0, each/2)
	closed := offer(ctx, s.address, queries, few, 0, each)
	if len(closed.errors) > 0 {
		return closed.errors[0]
	}
	r := &report{capacity: closed.perSecond(closed.accepted)}
	for _, times := range []float64{1, 2, 5, 10, 1} {
		progress("offering %g times %.0f requests a second", times, r.capacity)
		f, err := s.watched(ctx, func() *figures { return offer(ctx, s.address, queries, connections, times*r.capacity, each) })
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		r.rows = append(r.rows, row{times, f})
	}
	fmt.Print(r.markdown())
	return r.check()
}

// watched looks at the server every half a second while load is offered.
func (s *server) watched(ctx context.Context, load func() *figures) (*figures, error) {
	before, err := s.numbers(ctx)
	if err != nil {
		return nil, err
	}
	most, ended := before, make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		ticks := time.NewTicker(500 * time.Millisecond)
		defer ticks.Stop()
		for {
			select {
			case <-ended:
				return
			case <-ticks.C:
			}
			if now, err := s.numbers(ctx); err == nil { // the load says what is wrong
				most.memory, most.goroutines = max(most.memory, now.memory), max(most.goroutines, now.goroutines)
			}
		}
	})
	f := load()
	after, err := s.numbers(ctx)
	close(ended)
	watching.Wait()
	f.most, f.share = most, (after.cpu-before.cpu)/f.took.Seconds()
	return f, err
}
