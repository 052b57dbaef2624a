package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// outcome is where a ranking has the disease of a case.
type outcome struct {
	// place counts from 1; of equal scores it is the middle of their places. It is
	// +Inf for a disease that is not among those that were asked for.
	place float64
	tied  int // how many others have the same score
	took  time.Duration
}

// asked is how many are asked for: twice the last place that the table counts to, so
// that the middle of places is right, up to there, though equal scores go on behind.
const asked = 100

// rank ranks by the observed findings alone, then with the excluded ones.
func (c *rankedCase) rank(ctx context.Context, r graph.Reader) error {
	for i, excluded := range [...][]graph.Ref{nil, c.excluded} {
		first := asked
		before := threadTime()
		found, err := walk.Rank(ctx, r, walk.RankQuery{Findings: c.observed, Excluded: excluded, Window: graph.Window{First: &first}})
		took := threadTime() - before
		if err != nil {
			return err
		}
		c.by[i] = outcomeOf(found.Results, c.disease)
		c.by[i].took = took
	}
	return nil
}

// outcomeOf looks for a disease in a list.
func outcomeOf(results []walk.Ranked, disease graph.Ref) outcome {
	at := slices.IndexFunc(results, func(x walk.Ranked) bool { return x.Concept == disease })
	if at < 0 {
		return outcome{place: math.Inf(1)}
	}
	better, equal := 0, 0
	for i := range results {
		switch score := results[i].Score; {
		case score > results[at].Score:
			better++
		case score == results[at].Score:
			equal++
		}
	}
	return outcome{place: float64(better) + float64(equal+1)/2, tied: equal - 1}
}

// findings is what is told beside the table.
type findings struct {
	version      string
	reports      int
	known        int // of them, those of a disease that the data knows
	all, unknown int // findings of the ranked cases, and those of no known concept
	both         int // findings that are observed and excluded: they count as observed
	mean         time.Duration
}

// among are the places that the table counts to.
var among = [...]int{1, 3, 10, 50}

// print prints the table.
func (f *findings) print(out io.Writer, cases []rankedCase) {
	fmt.Fprintf(out, "version %s of the data; %d cases, of them %d of a disease that it knows, %d of one whose signs it lists: these are ranked\n", f.version, f.reports, f.known, len(cases))
	fmt.Fprintf(out, "findings of these: %d, of them %d of no known concept, left out; %d both observed and excluded, taken as observed\n\n", f.all, f.unknown, f.both)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "ranked by\tcases\t")
	for _, n := range among {
		fmt.Fprintf(t, "%s\t", map[bool]string{true: "first", false: fmt.Sprintf("in %d", n)}[n == 1])
	}
	fmt.Fprintf(t, "not in %d\ttied\t\n", asked)
	for i, by := range [...]string{"observed findings", "and excluded ones"} {
		for _, group := range [...]struct {
			name string
			has  func(*rankedCase) bool
		}{
			{by, func(*rankedCase) bool { return true }},
			{"report is a source", func(c *rankedCase) bool { return c.ofSource }},
			{"report is none", func(c *rankedCase) bool { return !c.ofSource }},
		} {
			row(t, group.name, i, cases, group.has)
		}
	}
	_ = t.Flush()
	var times []time.Duration
	for _, c := range cases {
		times = append(times, c.by[0].took, c.by[1].took)
	}
	slices.Sort(times)
	fmt.Fprintf(out, "\nprocessor time of a call, for the first %d with their reasons: median %v, longest %v; mean with the collecting of garbage %v\n",
		asked, times[len(times)/2].Round(10*time.Microsecond), times[len(times)-1].Round(10*time.Microsecond), f.mean.Round(10*time.Microsecond))
}

// row prints the shares of some cases in percent.
func row(out io.Writer, name string, by int, cases []rankedCase, has func(*rankedCase) bool) {
	n, absent, tied := 0, 0, 0
	var in [len(among)]int
	for i := range cases {
		if !has(&cases[i]) {
			continue
		}
		n++
		o := cases[i].by[by]
		for j, most := range among {
			if o.place <= float64(most) {
				in[j]++
			}
		}
		if math.IsInf(o.place, 1) {
			absent++
		}
		if o.tied > 0 {
			tied++
		}
	}
	share := func(k int) string {
		if n == 0 {
			return "–"
		}
		return fmt.Sprintf("%.1f %%", 100*float64(k)/float64(n))
	}
	fmt.Fprintf(out, "%s\t%d\t", name, n)
	for _, k := range in {
		fmt.Fprintf(out, "%s\t", share(k))
	}
	fmt.Fprintf(out, "%s\t%s\t\n", share(absent), share(tied))
}
