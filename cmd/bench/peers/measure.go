package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"
)

// subject is a query as one service is asked it.
type subject struct {
	*service
	requests []request
}

// subjects compares the answers of all services to all requests of a query, and
// returns those that answer as Plexus does, Plexus first; the differences say
// why the others are left out.
func (b *bench) subjects(ctx context.Context, services []*service, query string) (equal []*subject, differences []string, err error) {
	for _, s := range services {
		requests, err := b.requests(ctx, s, query)
		if err != nil {
			return nil, nil, err
		}
		equal = append(equal, &subject{s, requests})
	}
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableCompression: true}}
	defer client.CloseIdleConnections()
	for i := range equal[0].requests {
		var wanted any
		for n, s := range slices.Clone(equal) {
			r := &s.requests[i]
			body, err := s.post(ctx, client, r.body)
			if ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			var answer any
			if err == nil {
				r.size = len(body)
				answer, err = parseAnswer(body)
			}
			if n == 0 {
				if wanted = answer; err != nil {
					return nil, nil, fmt.Errorf("%s, %s: %w", s.name, query, err)
				}
			} else if err == nil && !b.data.same(query, r.variables, wanted, answer) {
				err = fmt.Errorf("%.600v\nwhere %s answers\n%.600v", answer, ours, wanted)
			}
			if err != nil {
				differences = append(differences, fmt.Sprintf("%s, %s, to %v: %v", query, s.name, r.variables, err))
				equal = slices.DeleteFunc(equal, func(e *subject) bool { return e == s })
			}
		}
	}
	return equal, differences, nil
}

// plan says what is measured.
type plan struct {
	connections []int
	each        time.Duration // how long a service is measured at a time
	rounds      int
}

// measure measures a query with each number of connections, the services in
// turn, and then Plexus and its best peers at the same rate.
func (p plan) measure(ctx context.Context, query string, subjects []*subject, r *report) error {
	for _, connections := range p.connections {
		runs := map[string][]*figures{}
		for round := range p.rounds {
			for i := range subjects {
				s := subjects[(i+round)%len(subjects)] // nobody is always the first
				f, err := s.run(ctx, connections, nil, p.each, r)
				if err != nil {
					return err
				}
				progress("%s, %d connections, %s: %s CPU s per 1,000 requests, %.0f requests/s, p99 %s ms", query, connections, s.name,
					digits(f.perThousand()), f.perSecond(), digits(milliseconds(f.percentile(.99))))
				runs[s.name] = append(runs[s.name], f)
			}
		}
		for name, all := range runs {
			r.closed[spot{query, name, connections}] = medians(all)
		}
	}
	for _, peer := range []string{r.bestDatabase(query), floor} {
		i := slices.IndexFunc(subjects, func(s *subject) bool { return s.name == peer })
		if i < 0 {
			continue
		}
		if err := p.pair(ctx, query, subjects[0], subjects[i], r); err != nil {
			return err
		}
	}
	return nil
}

// pair measures Plexus and a peer at half of the rate that the slower of them
// can keep up, in turn.
func (p plan) pair(ctx context.Context, query string, plexus, peer *subject, r *report) error {
	rate := min(r.capacity(query, plexus.name), r.capacity(query, peer.name)) / 2
	// A p99 needs some requests, and a slow service some time for them.
	const enough = 100
	each := max(p.each, min(10*p.each, time.Duration(enough/rate*float64(time.Second))))
	due := arrivals(rate, each)
	if len(due) == 0 {
		return fmt.Errorf("%s: %s answers too slowly to be measured at a rate within %v; give it more -time", query, peer.name, each)
	}
	var our, their []*figures
	for round := range p.rounds {
		for i := range 2 {
			s, to := plexus, &our
			if i != round%2 {
				s, to = peer, &their
			}
			f, err := s.run(ctx, slices.Max(p.connections), due, each, r)
			if err != nil {
				return err
			}
			progress("%s, %.1f requests/s, %s: p99 %s ms", query, rate, s.name, digits(milliseconds(f.percentile(.99))))
			*to = append(*to, f)
		}
	}
	r.paced = append(r.paced, pair{query, peer.name, rate, len(due), medians(our), medians(their)})
	return nil
}

// run warms a service up and measures it.
func (s *subject) run(ctx context.Context, connections int, due []time.Duration, d time.Duration, r *report) (*figures, error) {
	if _, err := load(ctx, s.service, s.requests, connections, nil, d/5); err != nil {
		return nil, err
	}
	if err := s.settle(ctx); err != nil {
		return nil, err
	}
	f, err := load(ctx, s.service, s.requests, connections, due, d)
	if err != nil {
		return nil, err
	}
	r.others = append(r.others, f.others)
	r.generator += f.generator
	r.requests += f.requests
	return f, s.settle(ctx)
}

// figure is what counts of several runs: of each the median.
type figure struct {
	cpu, perSecond float64 // seconds per 1,000 requests; requests a second
	p50, p99       float64 // milliseconds
	memory         float64 // MB
}

func medians(runs []*figures) figure {
	of := func(what func(*figures) float64) float64 {
		all := make([]float64, len(runs))
		for i, f := range runs {
			all[i] = what(f)
		}
		return median(all)
	}
	return figure{
		cpu: of((*figures).perThousand), perSecond: of((*figures).perSecond),
		p50:    of(func(f *figures) float64 { return milliseconds(f.percentile(.5)) }),
		p99:    of(func(f *figures) float64 { return milliseconds(f.percentile(.99)) }),
		memory: of(func(f *figures) float64 { return float64(f.memory) / (1 << 20) }),
	}
}

// median returns the middle of some numbers.
func median(all []float64) float64 {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.SortedFunc(slices.Values(all), cmp.Compare[float64])
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
