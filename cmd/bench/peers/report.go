package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// ours is the service that is measured against the others; floor is the peer
// that is no database, only what gqlgen costs by itself, and never counts as the
// best of the peers.
const (
	ours  = "plexus"
	floor = "memory"
)

// titles say what the queries ask for.
var titles = map[string]string{
	"q1": "Q1 one condition, 6 fields",
	"q2": "Q2 symptom → 10 conditions → 5 tests",
	"q3": "Q3 condition → 10 symptoms → 10 conditions → 5 treatments",
	"q4": "Q4 50 conditions with 20 symptoms",
	"q5": "Q5 20 links with their evidence",
	"q6": "Q6 a search",
	"q7": "Q7 100 conditions × 20 symptoms × 10 tests",
}

// spot is a place in the tables.
type spot struct {
	query, service string
	connections    int
}

// pair is Plexus and a peer at the same rate.
type pair struct {
	query, peer  string
	rate         float64 // requests a second
	requests     int     // in each run
	ours, theirs figure
}

// report is what a run of the program says in the end.
type report struct {
	data, machine, load string // what was measured, on what, and how busy it was before
	versions            []string
	rounds              int
	each                time.Duration
	queries, services   []string // Plexus first
	connections         []int
	closed              map[spot]figure // each connection one request after the other
	paced               []pair
	differences         []string  // answers that are not equal
	others              []float64 // of each run, the share of the processors that other programs took
	generator           time.Duration
	requests            int // that it took the generator's time to send
}

// bestDatabase returns the database that needs the least processor time for a
// query, with all numbers of connections together; none is "".
func (r *report) bestDatabase(query string) (best string) {
	least := 0.0
	for _, s := range r.services {
		sum, measured := 0.0, true
		for _, c := range r.connections {
			f, ok := r.closed[spot{query, s, c}]
			measured = measured && ok
			sum += f.cpu
		}
		if database(s) && measured && (best == "" || sum < least) {
			best, least = s, sum
		}
	}
	return best
}

func database(service string) bool { return service != ours && service != floor }

// capacity returns the most requests a second that a service answered, with any
// number of connections.
func (r *report) capacity(query, service string) (most float64) {
	for _, c := range r.connections {
		most = max(most, r.closed[spot{query, service, c}].perSecond)
	}
	return most
}

// markdown returns the tables.
func (r *report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s. %d rounds of %v each, in turn; the median counts.\n", r.data, r.rounds, r.each)
	fmt.Fprintf(&b, "Machine: %s", r.machine)
	for _, v := range r.versions {
		fmt.Fprintf(&b, ", %s", v)
	}
	fmt.Fprintf(&b, ". Load averages before: %s.\n", r.load)
	if len(r.others) > 0 {
		fmt.Fprintf(&b, "While it was measured, other programs took %.0f %% of the processors in the median run and %.0f %% in the worst; sending a request and reading the answer took %s ms of CPU.\n",
			100*median(r.others), 100*slices.Max(r.others), digits(milliseconds(r.generator)/float64(max(1, r.requests))))
	}

	at := make([]string, len(r.connections))
	for i, c := range r.connections {
		at[i] = fmt.Sprint(c)
	}
	fmt.Fprintf(&b, "\nCPU seconds per 1,000 requests, of all processes of a service, with %s connections (times ours: the better database of each number of connections by Plexus):\n\n", strings.Join(at, " / "))
	header := []string{"query"}
	for _, s := range r.services {
		header = append(header, named(s))
	}
	row(&b, append(header, "times ours")...)
	rule(&b, 1, len(r.services)+1)
	for _, q := range r.queries {
		cells := []string{titles[q]}
		for _, s := range r.services {
			cells = append(cells, r.cell(q, s, func(_ int, f figure) string { return digits(f.cpu) }))
		}
		row(&b, append(cells, r.times(q))...)
	}

	fmt.Fprintf(&b, "\nEach service beside Plexus in the same runs, with %s connections:\n\n", strings.Join(at, " / "))
	row(&b, "query", "service", "CPU, times ours", "requests/s", "p50 ms", "p99 ms", "MB")
	rule(&b, 2, 5)
	for _, q := range r.queries {
		for _, s := range r.services {
			row(&b, strings.ToUpper(q), named(s),
				r.cell(q, s, func(c int, f figure) string { return times(f.cpu, r.closed[spot{q, ours, c}].cpu) }),
				r.cell(q, s, func(_ int, f figure) string { return digits(f.perSecond) }),
				r.cell(q, s, func(_ int, f figure) string { return digits(f.p50) }),
				r.cell(q, s, func(_ int, f figure) string { return digits(f.p99) }),
				r.cell(q, s, func(_ int, f figure) string { return fmt.Sprintf("%.0f", f.memory) }))
		}
	}

	if len(r.paced) > 0 {
		fmt.Fprintf(&b, "\nLatency at the same rate: half of what the slower of the two answers at most. Requests arrive at random, as a Poisson process, over %d connections:\n\n", slices.Max(r.connections))
		row(&b, "query", "against", "requests/s", "in a run", "p50 ms", "theirs", "times ours", "p99 ms", "theirs", "times ours")
		rule(&b, 2, 8)
		for _, p := range r.paced {
			row(&b, strings.ToUpper(p.query), named(p.peer), digits(p.rate), fmt.Sprint(p.requests), digits(p.ours.p50), digits(p.theirs.p50), times(p.theirs.p50, p.ours.p50),
				digits(p.ours.p99), digits(p.theirs.p99), times(p.theirs.p99, p.ours.p99))
		}
	}
	for i, d := range r.differences {
		if i == 0 {
			b.WriteString("\nNot measured, since the answers are not equal:\n\n")
		}
		fmt.Fprintf(&b, "* %s\n", strings.ReplaceAll(d, "\n", " "))
	}
	return b.String()
}

// cell returns one figure of a service for each number of connections.
func (r *report) cell(query, service string, text func(connections int, f figure) string) string {
	var all []string
	for _, c := range r.connections {
		f, ok := r.closed[spot{query, service, c}]
		if !ok {
			return "answers differ"
		}
		all = append(all, text(c, f))
	}
	return strings.Join(all, " / ")
}

// times returns how many times the processor time of Plexus the better database
// takes, for each number of connections.
func (r *report) times(query string) string {
	var all []string
	for _, c := range r.connections {
		least := 0.0
		for _, s := range r.services {
			if f, ok := r.closed[spot{query, s, c}]; ok && database(s) && (least == 0 || f.cpu < least) {
				least = f.cpu
			}
		}
		all = append(all, times(least, r.closed[spot{query, ours, c}].cpu))
	}
	return strings.Join(all, " / ")
}

// times returns a / b.
func times(a, b float64) string {
	if a == 0 || b == 0 {
		return "–"
	}
	return digits(a/b) + "×"
}

// digits writes a number with three digits that count.
func digits(x float64) string {
	switch {
	case x >= 99.95:
		return fmt.Sprintf("%.0f", x)
	case x >= 9.995:
		return fmt.Sprintf("%.1f", x)
	case x >= .9995:
		return fmt.Sprintf("%.2f", x)
	default:
		return fmt.Sprintf("%.3f", x)
	}
}

// named returns the name of a service as the tables have it.
func named(service string) string {
	switch service {
	case ours:
		return "Plexus"
	case floor:
		return "gqlgen over memory (no database)"
	case "pgx":
		return "gqlgen + pgx"
	case "postgraphile":
		return "PostGraphile"
	case "dgraph":
		return "Dgraph"
	}
	return service
}

func row(b *strings.Builder, cells ...string) {
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

// rule writes the line under the header: texts are on the left, numbers on the
// right.
func rule(b *strings.Builder, texts, numbers int) {
	b.WriteString("|" + strings.Repeat("---|", texts) + strings.Repeat("--:|", numbers) + "\n")
}
