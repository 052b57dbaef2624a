package main

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// report is what is found.
type report struct {
	capacity float64 // in requests a second
	rows     []row   // the last one is the recovery
}

type row struct {
	times float64 // the capacity
	*figures
}

func (r *report) name(i int) string {
	name := fmt.Sprintf("%g×", r.rows[i].times)
	if i == len(r.rows)-1 {
		name += " again, at once"
	}
	return name
}

// markdown returns the table.
func (r *report) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "capacity: %.0f requests/s\n\n", r.capacity)
	b.WriteString("| load | offered/s | accepted/s | refused/s | errors | p50 ms | p99 ms | memory MB | goroutines | processor % |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
	ms := func(d time.Duration) float64 { return d.Seconds() * 1000 }
	for i, f := range r.rows {
		fmt.Fprintf(&b, "| %s | %.0f | %.0f | %.0f | %d | %.0f | %.0f | %.0f | %.0f | %.0f |\n", r.name(i), f.perSecond(f.sent),
			f.perSecond(f.accepted), f.perSecond(f.refused), len(f.errors), ms(f.percentile(0.5)), ms(f.percentile(0.99)), f.most.memory/1e6, f.most.goroutines, 100*f.share)
	}
	return b.String()
}

// check holds the bounds that the package comment states.
func (r *report) check() error {
	var faults []error
	fault := func(i int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("%s: "+format, append([]any{r.name(i)}, args...)...))
	}
	for i, f := range r.rows {
		if n := len(f.errors); n > 0 {
			fault(i, "%d requests were not answered as they should, such as: %w", n, f.errors[0])
		}
		if offered, wanted := f.perSecond(f.sent), f.times*r.capacity; offered < offerShare*wanted {
			fault(i, "%.0f requests a second were offered, not %.0f: this machine is too busy", offered, wanted)
		}
		if accepted := f.perSecond(f.accepted); accepted < keptShare*r.capacity {
			fault(i, "%.0f requests a second were answered, of a capacity of %.0f; the server had %.0f %% of its processor", accepted, r.capacity, 100*f.share)
		}
		if p99 := f.percentile(0.99); p99 > maxWait+allElse {
			fault(i, "the 99th percentile of the accepted is %v, more than %v", p99, maxWait+allElse)
		}
		if f.most.memory == 0 {
			fault(i, "the server did not tell its memory")
		}
		if most := r.rows[0].most.memory + garbage; f.most.memory > most {
			fault(i, "the server has %.0f MB, more than %.0f", f.most.memory/1e6, most/1e6)
		}
	}
	return errors.Join(faults...)
}
