package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// config is what the rows depend on.
type config struct {
	quads   int
	runs    int
	large   int    // the larger size of the rows memory and start
	scale   int    // the size of the row scale
	data    string // the real data, for the same row
	plexus  string // the program that it measures
	folder  string
	svg     string
	out     io.Writer
	verbose io.Writer
}

// bench is a row of the table, or several.
type bench struct {
	name string
	run  func(*config) error
}

func benches() []bench {
	return []bench{
		{"build", benchBuild},
		{"nquads", benchNQuads},
		{"memory", benchMemory},
		{"peak", benchPeak},
		{"edges", benchEdges},
		{"start", benchStart},
		{"allocations", benchAllocations},
		{"cores", benchCores},
		{"growth", benchGrowth},
		{"scale", benchScale},
	}
}

func run(args []string, out, verbose io.Writer) error {
	c := &config{out: out, verbose: verbose}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(verbose)
	rows := flags.String("rows", "", "the rows to measure, with commas between; all but growth and scale if empty")
	flags.IntVar(&c.quads, "quads", 1_000_000, "the size of the graph")
	flags.IntVar(&c.large, "large", 10_000_000, "the larger size, where two are compared")
	flags.IntVar(&c.runs, "runs", 10, "how often each side is measured")
	flags.StringVar(&c.svg, "svg", "", "where the row growth draws its plot")
	flags.IntVar(&c.scale, "scale", 5_000_000, "the size of the graph of the row scale")
	flags.StringVar(&c.data, "data", "../shared/data/real-cc.nq.gz", "the data of others for the row scale")
	flags.StringVar(&c.plexus, "plexus", "", "the program that the row scale measures; built anew if empty")
	child := flags.String("child", "", "what a process of its own is to measure (used by the command itself)")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *child != "" {
		return runChild(*child, flags.Args(), out)
	}
	wanted := strings.Split(*rows, ",")
	if *rows == "" {
		wanted = nil
		for _, b := range benches() {
			if b.name != "growth" && b.name != "scale" {
				wanted = append(wanted, b.name)
			}
		}
	}
	folder, err := os.MkdirTemp("", "plexus-bench")
	if err != nil {
		return err
	}
	c.folder = folder
	err = c.measure(wanted)
	return errors.Join(err, os.RemoveAll(folder))
}

func (c *config) measure(wanted []string) error {
	for _, name := range wanted {
		at := slices.IndexFunc(benches(), func(b bench) bool { return b.name == name })
		if at < 0 {
			return fmt.Errorf("no row %q", name)
		}
		fmt.Fprintln(c.verbose, "measuring", name, "…")
		if err := benches()[at].run(c); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// side is one of the things that a row compares.
type side struct {
	name    string
	run     func() error
	prepare func() error // before every turn, and not timed; may be nil
}

// inTurns measures each side once a turn, and returns the median times, after
// one turn that does not count.
func (c *config) inTurns(sides []side) ([]time.Duration, error) {
	times := make([][]time.Duration, len(sides))
	for turn := range c.runs + 1 {
		for i, s := range sides {
			if s.prepare != nil {
				if err := s.prepare(); err != nil {
					return nil, fmt.Errorf("%s: %w", s.name, err)
				}
			}
			settle()
			start := time.Now()
			if err := s.run(); err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			if took := time.Since(start); turn > 0 || c.runs == 0 {
				times[i] = append(times[i], took)
			}
		}
	}
	medians := make([]time.Duration, len(sides))
	for i, t := range times {
		slices.Sort(t)
		medians[i] = t[len(t)/2]
	}
	return medians, nil
}

// table prints rows of Markdown.
func (c *config) table(title string, head []string, rows ...[]string) {
	fmt.Fprintf(c.out, "\n**%s**\n\n", title)
	line := func(cells []string) { fmt.Fprintf(c.out, "| %s |\n", strings.Join(cells, " | ")) }
	line(head)
	line(slices.Repeat([]string{"---"}, len(head)))
	for _, r := range rows {
		line(r)
	}
}

func times(a, b time.Duration) string {
	return fmt.Sprintf("%.2f×", float64(a)/float64(b))
}

func perSecond(n int, d time.Duration) string {
	return fmt.Sprintf("%.0fk", float64(n)/d.Seconds()/1000)
}
