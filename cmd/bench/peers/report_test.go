package main

import (
	"strings"
	"testing"
	"time"
)

// sample is a report of two queries, two databases and the floor; the answers
// of Dgraph to the second are not equal.
func sample() *report {
	r := &report{
		data: "10 concepts", machine: "2 × a processor", load: "0.1 0.2 0.3", versions: []string{"Dgraph v1"}, rounds: 3, each: time.Second,
		queries: []string{"q1", "q2"}, services: []string{ours, floor, "pgx", "dgraph"}, connections: []int{1, 16}, closed: map[spot]figure{},
		differences: []string{"q2, dgraph, to map[key:c1]: no\nyes"}, others: []float64{.1, .3, .02}, generator: time.Second, requests: 50_000,
	}
	set := func(query, service string, one, sixteen, rate float64) {
		r.closed[spot{query, service, 1}] = figure{cpu: one, perSecond: rate / 2, p50: one, p99: 2 * one, memory: 10}
		r.closed[spot{query, service, 16}] = figure{cpu: sixteen, perSecond: rate, p50: 16 * one, p99: 20 * one, memory: 20}
	}
	set("q1", ours, .05, .04, 9000)
	set("q1", floor, .01, .01, 20_000)
	set("q1", "pgx", .1, .2, 4000)
	set("q1", "dgraph", .3, .08, 3000)
	set("q2", ours, .1, .1, 5000)
	set("q2", floor, .05, .05, 7000)
	set("q2", "pgx", 1, 1.5, 700)
	r.paced = []pair{{"q1", "pgx", 2000, 2001, figure{p50: .1, p99: 1}, figure{p50: .5, p99: 12}}}
	return r
}

func TestReport(t *testing.T) {
	r := sample()
	// The floor never counts; together pgx takes 0.30 and dgraph 0.38.
	if best := r.bestDatabase("q1"); best != "pgx" {
		t.Errorf("the best for q1 is %q", best)
	}
	// What differs is not measured and cannot be the best.
	if best := r.bestDatabase("q2"); best != "pgx" {
		t.Errorf("the best for q2 is %q", best)
	}
	if c := r.capacity("q1", ours); c != 9000 {
		t.Errorf("capacity %v", c)
	}
	text := r.markdown()
	for _, line := range []string{
		"10 concepts. 3 rounds of 1s each, in turn; the median counts.",
		"Machine: 2 × a processor, Dgraph v1. Load averages before: 0.1 0.2 0.3.",
		"While it was measured, other programs took 10 % of the processors in the median run and 30 % in the worst; sending a request and reading the answer took 0.020 ms of CPU.",
		"| query | Plexus | gqlgen over memory (no database) | gqlgen + pgx | Dgraph | times ours |",
		"|---|--:|--:|--:|--:|--:|",
		// With one connection pgx is the better, with 16 Dgraph.
		"| Q1 one condition, 6 fields | 0.050 / 0.040 | 0.010 / 0.010 | 0.100 / 0.200 | 0.300 / 0.080 | 2.00× / 2.00× |",
		"| Q2 symptom → 10 conditions → 5 tests | 0.100 / 0.100 | 0.050 / 0.050 | 1.00 / 1.50 | answers differ | 10.0× / 15.0× |",
		"| Q1 | Plexus | 1.00× / 1.00× | 4500 / 9000 | 0.050 / 0.800 | 0.100 / 1.00 | 10 / 20 |",
		"| Q1 | gqlgen over memory (no database) | 0.200× / 0.250× | 10000 / 20000 | 0.010 / 0.160 | 0.020 / 0.200 | 10 / 20 |",
		"| Q2 | Dgraph | answers differ | answers differ | answers differ | answers differ | answers differ |",
		"| Q1 | gqlgen + pgx | 2000 | 2001 | 0.100 | 0.500 | 5.00× | 1.00 | 12.0 | 12.0× |",
		"* q2, dgraph, to map[key:c1]: no yes",
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("there is no line %q in\n%s", line, text)
		}
	}
	r.services = r.services[:2]
	if best := r.bestDatabase("q1"); best != "" {
		t.Errorf("%q is no database", best)
	}
	if text := r.markdown(); !strings.Contains(text, "| 0.010 / 0.010 | – / – |\n") {
		t.Errorf("without a database:\n%s", text)
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		of   []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 2, 9}, 3}} {
		if got := median(c.of); got != c.want {
			t.Errorf("%v: %v, want %v", c.of, got, c.want)
		}
	}
	run := func(cpu, took time.Duration, latency time.Duration) *figures {
		return &figures{requests: 1000, cpu: cpu, took: took, latencies: []time.Duration{latency}, memory: 1 << 20}
	}
	// The runs are not taken as a whole: of each figure the median.
	got := medians([]*figures{run(time.Second, 3*time.Second, 2*time.Millisecond), run(2*time.Second, time.Second, time.Millisecond), run(3*time.Second, 2*time.Second, 3*time.Millisecond)})
	if want := (figure{cpu: 2, perSecond: 500, p50: 2, p99: 2, memory: 1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestDigits(t *testing.T) {
	for x, want := range map[float64]string{0: "0.000", .0494: "0.049", .9996: "1.00", 1.234: "1.23", 9.996: "10.0", 12.34: "12.3", 99.96: "100", 1234.5: "1234"} {
		if got := digits(x); got != want {
			t.Errorf("%v: %s, want %s", x, got, want)
		}
	}
}

func TestOptions(t *testing.T) {
	o, err := parseOptions(nil)
	if err != nil || len(o.peers) != 1 || o.peers[0] != floor || len(o.queries) != 7 || len(o.connections) != 3 || o.rounds != 3 {
		t.Errorf("%+v, %v", o, err)
	}
	for _, bad := range []string{
		"-peers=neo4j", "-peers=", "-peers=memory,memory", "-queries=q8", "-queries=q1,q1", "-connections=0", "-connections=1,1", "-connections=many",
		"-concepts=10", "-links=0", "-time=1ns", "-rounds=0", "more",
	} {
		if _, err := parseOptions([]string{bad}); err == nil {
			t.Errorf("%s: taken", bad)
		}
	}
}
