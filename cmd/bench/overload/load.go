package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// figures are what a load shows.
type figures struct {
	sent, accepted, refused int
	took                    time.Duration
	latencies               []time.Duration // of the accepted, sorted
	errors                  []error         // anything but 200 and a proper 503
	most                    numbers         // of the server, each the most that was seen
	share                   float64         // of a processor that the server had
}

func (f *figures) perSecond(n int) float64 { return float64(n) / f.took.Seconds() }

// percentile returns the latency that a share of the accepted did not exceed.
func (f *figures) percentile(share float64) time.Duration {
	if len(f.latencies) == 0 {
		return 0
	}
	return f.latencies[min(len(f.latencies)-1, int(share*float64(len(f.latencies))))]
}

// patience is how long an answer may take; what takes longer is an error.
const patience = 20 * time.Second

// offer sends requests over so many connections for a time. At a rate of 0 each
// connection sends one after the other. At another, requests are due at the
// moments of a Poisson process, as those of many clients who know nothing of
// each other, and are sent then whether earlier ones are answered or not; their
// latency counts from when they were due. Nothing is sent twice.
func offer(ctx context.Context, address string, requests [][]byte, connections int, rate float64, d time.Duration) *figures {
	all := make([]*figures, connections)
	due := make(chan time.Time, max(1, int(2*rate*d.Seconds())))
	began := time.Now()
	var workers sync.WaitGroup
	for n := range connections {
		all[n] = &figures{}
		workers.Go(func() {
			random := rand.New(rand.NewPCG(7, uint64(n)))
			c := &connection{address: address}
			defer c.close()
			for ctx.Err() == nil {
				from := time.Now()
				if rate == 0 && from.Sub(began) >= d {
					break
				}
				if rate != 0 {
					at, more := <-due
					if !more {
						break
					}
					from = at
				}
				accepted, err := c.ask(ctx, requests[random.IntN(len(requests))])
				switch f := all[n]; {
				case err != nil:
					f.errors = append(f.errors, err)
				case accepted:
					f.latencies = append(f.latencies, time.Since(from))
				default:
					f.refused++
				}
			}
		})
	}
	if rate != 0 {
		random := rand.New(rand.NewPCG(11, 13))
		for at := random.ExpFloat64() / rate; at < d.Seconds() && ctx.Err() == nil; at += random.ExpFloat64() / rate {
			moment := began.Add(time.Duration(at * float64(time.Second)))
			time.Sleep(time.Until(moment))
			due <- moment
		}
	}
	close(due)
	workers.Wait()
	f := &figures{took: time.Since(began)}
	for _, of := range all {
		f.refused += of.refused
		f.latencies, f.errors = append(f.latencies, of.latencies...), append(f.errors, of.errors...)
	}
	f.accepted = len(f.latencies)
	f.sent = f.accepted + f.refused + len(f.errors)
	slices.Sort(f.latencies)
	return f
}

// connection is one that is kept. The client of net/http takes more processor
// time than a refusal does on the server.
type connection struct {
	net.Conn
	answer  *bufio.Reader
	body    bytes.Buffer
	address string
}

func (c *connection) close() {
	if c.Conn != nil {
		_ = c.Close() // it may have been ended in ways that are errors
		c.Conn = nil
	}
}

// asked is what answers are read for.
var asked = &http.Request{Method: http.MethodPost}

// ask sends a request and reads the whole answer. It reports whether the
// request was accepted; what is neither a whole answer nor a refusal as it should
// be is an error, and so is a connection that the server has ended.
func (c *connection) ask(ctx context.Context, wire []byte) (accepted bool, err error) {
	defer func() {
		if err != nil {
			c.close()
		}
	}()
	if c.Conn == nil {
		if c.Conn, err = new(net.Dialer).DialContext(ctx, "tcp", c.address); err != nil {
			c.Conn = nil
			return false, err
		}
		c.answer = bufio.NewReaderSize(c.Conn, 16<<10)
	}
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		return false, err
	}
	if _, err := c.Write(wire); err != nil {
		return false, err
	}
	response, err := http.ReadResponse(c.answer, asked)
	if err != nil {
		return false, err
	}
	c.body.Reset()
	if _, err := c.body.ReadFrom(response.Body); err != nil {
		return false, err
	}
	if err := response.Body.Close(); err != nil {
		return false, err
	}
	switch body := c.body.Bytes(); {
	case response.StatusCode == http.StatusOK && bytes.HasPrefix(body, []byte(`{"data":{`)):
		return true, nil
	case response.StatusCode == http.StatusServiceUnavailable && response.Header.Get("Retry-After") != "" && bytes.Contains(body, []byte(`"OVERLOADED"`)):
		return false, nil
	default:
		return false, fmt.Errorf("the server answered %s, Retry-After %q: %.300s", response.Status, response.Header.Get("Retry-After"), body)
	}
}

// wire returns a request as it is sent.
func wire(address string, body []byte) []byte {
	var b bytes.Buffer
	_, _ = fmt.Fprintf(&b, "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nAccept: application/json\r\nContent-Length: %d\r\n\r\n", address, len(body))
	_, _ = io.Copy(&b, bytes.NewReader(body))
	return b.Bytes()
}
