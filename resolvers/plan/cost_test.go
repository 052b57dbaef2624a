package plan_test

import (
	"context"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"golang.org/x/sys/unix"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
)

// priced is an operation and what became of it.
type priced struct {
	operation
	cost    resolvers.Cost
	objects int
	refused bool // for its cost, before or while it was answered
	bytes   int  // of the answer
	took    time.Duration
	held    uint64 // memory that was allocated
}

// ratio compares the processor time of an answer with what its cost allows: 1 ms and
// 5 µs for each.
func (p *priced) ratio() float64 {
	return float64(p.took) / float64(time.Millisecond+5*time.Microsecond*time.Duration(p.cost.Asked))
}

// pricer asks what operations cost within the default limits.
type pricer struct {
	*generator
	executor *resolvers.Executor
	limit    int
}

func newPricer(t testing.TB, store graph.Reader, ds *graph.Dataset, seed uint64) *pricer {
	index, err := search.Build(t.Context(), store)
	if err != nil {
		t.Fatal(err)
	}
	release := resolvers.Release{Reader: store, Index: index}
	p := &pricer{newGenerator(seed, resolvers.Schema(), ds), nil, limits.Default().Cost}
	p.large = true
	p.executor = resolvers.NewExecutor(resolvers.Config{
		Current: func() resolvers.Release { return release }, TellCost: true,
		Report: func(_ context.Context, err error) { t.Errorf("internal error: %v", err) },
	})
	return p
}

// ask answers an operation. It reports whether it is valid GraphQL.
func (p *pricer) ask(t testing.TB, o operation) (*priced, bool) {
	operation, refused := p.executor.Parse(t.Context(), &graphql.RawParams{Query: o.text, OperationName: "Q", Variables: o.variables})
	if refused != nil {
		return nil, false
	}
	a := &priced{operation: o, cost: resolvers.Cost{Asked: p.executor.Cost(operation)}}
	if a.cost.Asked > p.limit {
		a.refused = true
		return a, true
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := processorTime(t)
	p.executor.Answer(t.Context(), operation, func(r *graphql.Response) {
		a.cost, a.bytes = resolvers.CostOf(r), len(r.Data)
		for _, e := range r.Errors {
			if e.Extensions["code"] == resolvers.CodeLimit {
				a.refused, a.cost.Asked = true, p.limit
			}
		}
		a.objects = objectsIn(r.Data)
	})
	a.took = processorTime(t) - began
	runtime.ReadMemStats(&after)
	a.held = after.TotalAlloc - before.TotalAlloc
	return a, true
}

// late answers an operation with half of the time that it takes, and returns how much
// longer it took.
func (p *pricer) late(t testing.TB, a *priced) time.Duration {
	operation, refused := p.executor.Parse(t.Context(), &graphql.RawParams{Query: a.text, OperationName: "Q", Variables: a.variables})
	if refused != nil {
		t.Fatal(refused.Errors)
	}
	ctx, cancel := context.WithTimeout(t.Context(), a.took/2)
	defer cancel()
	end, _ := ctx.Deadline()
	p.executor.Answer(ctx, operation, func(*graphql.Response) {})
	return time.Since(end)
}

// objectsIn counts the objects in JSON, without that of the operation.
func objectsIn(data []byte) int {
	n, within := -1, false
	for i := 0; i < len(data); i++ {
		switch {
		case within && data[i] == '\\':
			i++
		case data[i] == '"':
			within = !within
		case !within && data[i] == '{':
			n++
		}
	}
	return max(n, 0)
}

// processorTime is what this process has used of the processors.
func processorTime(t testing.TB) time.Duration {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

var (
	rootField = regexp.MustCompile(`(?s)^query Q(?:\(.*?\))? \{ (.*)$`)
	pageSize  = regexp.MustCompile(`(first|last): \d+`)
)

// steeper changes an operation: all its pages are large, or it is asked twice.
func (p *pricer) steeper(o operation) operation {
	if p.one(2) {
		o.text = pageSize.ReplaceAllString(o.text, "${1}: 100")
		return o
	}
	if parts := rootField.FindStringSubmatch(o.text); parts != nil {
		head := strings.TrimSuffix(o.text, parts[1])
		body, rest, _ := strings.Cut(parts[1], " }\n")
		o.text = head + body + " ...Again } fragment Again on Query { " + renamed(body) + " }\n" + rest
	}
	return o
}

// renamed gives every root field of a selection another response key.
func renamed(body string) string {
	return regexp.MustCompile(`\ba(\d+): `).ReplaceAllString(body, "b$1: ")
}

// byMemory orders operations by what was allocated for them, those that were refused last.
func byMemory(a, b *priced) int {
	of := func(p *priced) int {
		if p.refused {
			return 0
		}
		return int(p.held)
	}
	return of(b) - of(a)
}

// TestCost: of random operations with large pages none holds more objects than is
// told, none is told more than the limit, and each costs the same again.
func TestCost(t *testing.T) {
	n := 2000
	if testing.Short() {
		n = 300
	}
	ds := graphtest.Large(1, 60_000)
	store, err := frozen.Build(ds)
	if err != nil {
		t.Fatal(err)
	}
	p := newPricer(t, store, ds, 1)
	answered, refused := 0, 0
	for answered+refused < n {
		o := p.next(4 + p.IntN(25))
		a, valid := p.ask(t, o)
		switch {
		case !valid:
			continue
		case a.refused:
			refused++
		default:
			answered++
		}
		if again, _ := p.ask(t, o); again.cost != a.cost {
			t.Errorf("the cost is %+v, and then %+v: %s\n%v", a.cost, again.cost, o.text, o.variables)
		}
		if !a.refused && (a.objects > a.cost.Asked || a.cost.Asked > p.limit || a.cost.Spent > a.cost.Asked || a.cost.Spent < a.objects) {
			t.Errorf("%d objects, cost %+v: %s\n%v", a.objects, a.cost, o.text, o.variables)
		}
	}
	t.Logf("%d answered, %d refused", answered, refused)
	if answered < n/2 {
		t.Error("most operations should be answered")
	}
}

// BenchmarkCost looks for operations that take more than their cost allows, on a
// release that PLEXUS_COST_RELEASE names: among PLEXUS_COST_OPERATIONS random ones
// (2000), and uphill from the worst of these. It reports the worst ratio of the
// processor time to 1 ms + 5 µs × cost, the longest time, how late the longest end that
// have half of their time, the most memory that was allocated for one that was answered,
// garbage included, and how many were beyond 1.
func BenchmarkCost(b *testing.B) {
	path := os.Getenv("PLEXUS_COST_RELEASE")
	if path == "" {
		b.Skip("PLEXUS_COST_RELEASE names no release")
	}
	store, err := frozen.OpenFile(path)
	if err != nil {
		b.Fatal(err)
	}
	ds, err := store.Dataset(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	seed, n := uint64(1), 2000
	if text := os.Getenv("PLEXUS_COST_OPERATIONS"); text != "" {
		if n, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	if text := os.Getenv("PLEXUS_COST_SEED"); text != "" {
		if seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			b.Fatal(err)
		}
	}
	p := newPricer(b, store, ds, seed)
	for b.Loop() { // nothing is timed by the iteration
	}
	var all []*priced
	measure := func(o operation) *priced {
		a, valid := p.ask(b, o)
		if !valid {
			return nil
		}
		if again, _ := p.ask(b, o); again.took < a.took {
			a.took = again.took
		}
		all = append(all, a)
		return a
	}
	for len(all) < n {
		measure(p.next(4 + p.IntN(25)))
	}
	worst := slices.Clone(all)
	for _, by := range []func(a, b *priced) int{
		func(a, b *priced) int { return int(1e6 * (b.ratio() - a.ratio())) },
		func(a, b *priced) int { return int(b.took - a.took) },
		byMemory,
	} {
		slices.SortFunc(worst, by)
		for _, start := range worst[:8] {
			best := start
			for range 4 {
				if next := measure(p.steeper(best.operation)); next != nil && by(next, best) < 0 {
					best = next
				}
			}
		}
	}
	tell := func(what string, by func(a, b *priced) int) {
		slices.SortFunc(all, by)
		a := all[0]
		b.Logf("%s: ratio %.2f, %v, %d KiB allocated, %d bytes, cost %+v, %d objects\n%.900s\n%.300v", what, a.ratio(), a.took, a.held>>10, a.bytes, a.cost, a.objects, a.text, a.variables)
	}
	tell("longest", func(a, b *priced) int { return int(b.took - a.took) })
	b.ReportMetric(all[0].took.Seconds()*1e3, "ms-most")
	late := time.Duration(0)
	for _, a := range all[:20] {
		late = max(late, p.late(b, a))
	}
	b.ReportMetric(late.Seconds()*1e3, "ms-late-most")
	tell("memory", byMemory)
	b.ReportMetric(float64(all[0].held)/(1<<20), "MiB-most")
	tell("ratio", func(a, b *priced) int { return int(1e6 * (b.ratio() - a.ratio())) })
	b.ReportMetric(all[0].ratio(), "ratio-most")
	beyond, told := 0, 0
	for _, a := range all {
		if a.ratio() > 1 {
			beyond++
		}
		if !a.refused && a.objects > a.cost.Asked {
			told++
		}
	}
	b.ReportMetric(float64(len(all)), "operations")
	b.ReportMetric(float64(beyond), "beyond")
	b.ReportMetric(float64(told), "more-objects")
}
