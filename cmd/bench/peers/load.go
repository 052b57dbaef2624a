package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"runtime"
	"slices"
	"sync"
	"time"
)

// figures are what a run of load shows.
type figures struct {
	requests  int
	took      time.Duration
	cpu       time.Duration   // of the service
	latencies []time.Duration // sorted
	memory    int64           // of the service, in bytes, afterwards
	generator time.Duration   // the processor time that sending and receiving took
	others    float64         // the share of the machine's processors that other programs took
}

// perThousand is the processor time of a thousand requests, in seconds.
func (f *figures) perThousand() float64 {
	return f.cpu.Seconds() * 1000 / float64(max(1, f.requests))
}

// perSecond is the throughput.
func (f *figures) perSecond() float64 { return float64(f.requests) / f.took.Seconds() }

// percentile returns the latency that a share of the requests did not exceed.
func (f *figures) percentile(share float64) time.Duration {
	if len(f.latencies) == 0 {
		return 0
	}
	return f.latencies[min(len(f.latencies)-1, int(share*float64(len(f.latencies))))]
}

// arrivals returns when requests are due, from the start, at a rate (a second)
// for a time: as those of many clients who know nothing of each other, which is
// a Poisson process. It is the same for the same rate and time, so that services
// are asked alike.
func arrivals(rate float64, d time.Duration) []time.Duration {
	random := rand.New(rand.NewPCG(11, 13))
	var all []time.Duration
	for at := 0.0; ; {
		at += random.ExpFloat64() / rate
		due := time.Duration(at * float64(time.Second))
		if due >= d {
			return all
		}
		all = append(all, due)
	}
}

// arrival is a request that is due.
type arrival struct {
	request *request
	from    time.Time // from when its latency counts
}

// load sends requests to a service, over so many connections. Without
// arrivals, each connection sends one after the other for the time d. With
// arrivals, requests are handed out at those times whether earlier ones are
// answered or not, and latency counts from then, waiting for a free connection
// included; that the pacer itself is woken late does not count.
func load(ctx context.Context, s *service, requests []request, connections int, due []time.Duration, d time.Duration) (*figures, error) {
	const patience = time.Minute // after the end, for what is under way
	all := make([]*connection, connections)
	for i := range all {
		all[i] = &connection{address: s.address, until: time.Now().Add(d + patience)}
		if err := all[i].dial(ctx); err != nil {
			return nil, err
		}
		defer func() { _ = all[i].Close() }()
	}
	before, err := readClocks(s)
	if err != nil {
		return nil, err
	}
	f := &figures{}
	queue := make(chan arrival, len(due))
	end := before.at.Add(d)
	var mu sync.Mutex
	var failed error
	var workers sync.WaitGroup
	for n, c := range all {
		workers.Go(func() {
			random := rand.New(rand.NewPCG(7, uint64(n)))
			next := func() (arrival, bool) {
				now := time.Now()
				return arrival{&requests[random.IntN(len(requests))], now}, now.Before(end)
			}
			if due != nil {
				next = func() (arrival, bool) { a, more := <-queue; return a, more }
			}
			latencies := make([]time.Duration, 0, 1024)
			var err error
			for ctx.Err() == nil && err == nil {
				a, more := next()
				if !more {
					break
				}
				err = c.do(ctx, a.request)
				latencies = append(latencies, time.Since(a.from))
			}
			mu.Lock()
			defer mu.Unlock()
			f.latencies, failed = append(f.latencies, latencies...), errors.Join(failed, err)
		})
	}
	random := rand.New(rand.NewPCG(7, 0))
	for _, at := range due {
		time.Sleep(time.Until(before.at.Add(at)))
		if ctx.Err() != nil {
			break
		}
		queue <- arrival{&requests[random.IntN(len(requests))], time.Now()}
	}
	close(queue)
	workers.Wait()
	after, err := readClocks(s)
	if err = errors.Join(failed, err, ctx.Err()); err != nil {
		return nil, fmt.Errorf("%s, %d connections: %w", s.name, connections, err)
	}
	f.requests, f.took = len(f.latencies), after.at.Sub(before.at)
	f.cpu, f.generator = after.service-before.service, after.own-before.own
	f.others = max(0, float64(after.machine-before.machine-f.cpu-f.generator)) / float64(f.took) / float64(runtime.NumCPU())
	slices.Sort(f.latencies)
	f.memory, err = s.memory()
	return f, err
}

// clocks are times at a moment.
type clocks struct {
	at                    time.Time
	service, own, machine time.Duration // of processors
}

func readClocks(s *service) (c clocks, err error) {
	if c.service, err = s.cpu(); err != nil {
		return c, err
	}
	if c.own, err = clock(os.Getpid()); err != nil {
		return c, err
	}
	if c.machine, err = busy(); err != nil {
		return c, err
	}
	c.at = time.Now()
	return c, nil
}

// connection is one that is kept. The client of net/http takes as much
// processor time as the fastest of the services; writing bytes that are ready
// and reading the answer in the same goroutine takes far less.
type connection struct {
	net.Conn
	answer  *bufio.Reader
	address string
	until   time.Time // nothing lasts longer
}

func (c *connection) dial(ctx context.Context) error {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", c.address)
	if err != nil {
		return err // the old one stays, closed
	}
	c.Conn = conn
	c.answer = bufio.NewReaderSize(c.Conn, 64<<10)
	return c.SetDeadline(c.until)
}

// do sends a request and reads the whole answer, which has to have the size of
// the one that was found right.
func (c *connection) do(ctx context.Context, r *request) error {
	size, err := c.exchange(r)
	if errors.Is(err, errClosed) { // an idle connection may be ended by the service
		_ = c.Close() // it may have been ended in ways that are errors
		if err = c.dial(ctx); err == nil {
			size, err = c.exchange(r)
		}
	}
	if err == nil && size != r.size {
		err = fmt.Errorf("an answer has %d bytes, not %d as before: %.300s", size, r.size, r.body)
	}
	return err
}

// errClosed says that nothing came back.
var errClosed = errors.New("the service has closed the connection")

func (c *connection) exchange(r *request) (size int, err error) {
	if _, err := c.Write(r.wire); err != nil {
		return 0, fmt.Errorf("%w: %w", errClosed, err)
	}
	if _, err := c.answer.Peek(1); err != nil {
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return 0, err
		}
		return 0, fmt.Errorf("%w: %w", errClosed, err)
	}
	response, err := http.ReadResponse(c.answer, asked)
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		return 0, err
	}
	if response.StatusCode != http.StatusOK {
		return 0, errors.New("it answered " + response.Status)
	}
	return int(n), nil
}

// asked is what answers are read for.
var asked = &http.Request{Method: http.MethodPost}

// wire returns a request as it is sent: with the headers of post.
func (s *service) wire(body []byte) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: %d\r\n\r\n%s", s.path, s.address, len(body), body)
}

// post sends a request by the ordinary client and returns the whole answer.
func (s *service) post(ctx context.Context, client *http.Client, body []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	response, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %.300s", s.name, response.Status, answer)
	}
	return answer, err
}

// settle waits until a service has ended what was left of an earlier load: few
// of them stop when nobody waits any more.
func (s *service) settle(ctx context.Context) error {
	for range 60 {
		before, err := s.cpu()
		if err != nil {
			return err
		}
		select {
		case <-time.After(250 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
		if after, err := s.cpu(); err != nil || after-before < 40*time.Millisecond {
			return err
		}
	}
	return errors.New(s.name + " does not come to rest")
}
