package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"
)

// figures are what a run of load shows.
type figures struct {
	requests, failed int
	took             time.Duration
	cpu              time.Duration // of the service
	latencies        []time.Duration
	memory           int64 // of the service, in bytes, afterwards
}

// perThousand is the processor time of a thousand requests.
func (f *figures) perThousand() time.Duration {
	return f.cpu * 1000 / time.Duration(max(1, f.requests))
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

// load sends requests to a service for a time: each of the connections one
// after the other or, with a rate, at that many a second in all, whether earlier
// ones are answered or not; latency then counts from when a request was due.
func load(ctx context.Context, s *service, bodies [][]byte, connections int, rate float64, d time.Duration) (*figures, error) {
	client := &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections, DisableCompression: true}}
	defer client.CloseIdleConnections()
	var due chan time.Time
	if rate > 0 {
		due = make(chan time.Time, 1<<20)
	}
	before, err := s.cpu()
	if err != nil {
		return nil, err
	}
	f := &figures{}
	var mu sync.Mutex
	var workers sync.WaitGroup
	start := time.Now()
	end := start.Add(d)
	for n := range connections {
		workers.Go(func() {
			random := rand.New(rand.NewPCG(7, uint64(n)))
			var latencies []time.Duration
			failed := 0
			for ctx.Err() == nil {
				from := time.Now()
				if due == nil && from.After(end) {
					break
				}
				if due != nil {
					var more bool
					if from, more = <-due; !more {
						break
					}
				}
				if _, err := s.post(ctx, client, bodies[random.IntN(len(bodies))]); err != nil {
					failed++
				}
				latencies = append(latencies, time.Since(from))
			}
			mu.Lock()
			defer mu.Unlock()
			f.latencies, f.failed = append(f.latencies, latencies...), f.failed+failed
		})
	}
	if due != nil {
		for i := 0; ; i++ {
			at := start.Add(time.Duration(float64(i) / rate * float64(time.Second)))
			if at.After(end) || ctx.Err() != nil {
				break
			}
			time.Sleep(time.Until(at))
			due <- at
		}
		close(due)
	}
	workers.Wait()
	f.took = time.Since(start)
	after, err := s.cpu()
	if err != nil {
		return nil, err
	}
	f.cpu, f.requests = after-before, len(f.latencies)
	slices.Sort(f.latencies)
	if f.memory, err = s.memory(); err != nil {
		return nil, err
	}
	if f.failed > 0 {
		return nil, fmt.Errorf("%s: %d of %d requests failed", s.name, f.failed, f.requests)
	}
	return f, ctx.Err()
}

// post sends a request and returns the whole answer.
func (s *service) post(ctx context.Context, client *http.Client, body []byte) ([]byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url, bytes.NewReader(body))
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
