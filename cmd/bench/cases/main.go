// Cases tells how well rank does on published case reports: it ranks by the
// findings of each, and looks where the disease stands that the authors found.
//
//	go run ./cmd/bench/cases --data real.plexus reports.jsonl
//
// A line of the file is a case report in JSON:
//
//	{"id": "BBS4/PMID_15654695_Patient_1", "observed": ["HP:0000510", …], "excluded": ["HP:0001249"], "disease": "OMIM:615982"}
//
// Ids are ids, IRIs or codes of the data, which is joined as plexus serve joins it.
// "publication" may name the report (PMID:15654695); else PMID_15654695 in its id
// does. Each case is ranked by the observed findings alone, and again with the
// excluded ones.
//
// What does not fit the data is counted and told: a case is left out whose disease is
// unknown, or the code of several concepts, or has no sign here, so that nothing could
// find it; and so is a finding of no known concept. Where scores are equal, the place
// is the middle of those places: whoever ranks all alike is nowhere first.
//
// A report may itself be a source of what the data says of its disease, and then
// the data knows the answer. So the table has rows of these cases and of the others:
// it is so where a statement of the disease's signs cites the publication.
//
// --plateau measures with each constant of the score 30 % smaller and larger: what
// depends on a constant's last digit is fitted to these cases.
//
// Processor time is that of the threads that rank; collecting garbage in the
// background is in the mean alone.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/join"
	"github.com/plexus-kg/plexus/graph/release"
	"github.com/plexus-kg/plexus/seed"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "cases:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("cases", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var data []string
	flags.Func("data", "what to load instead of the embedded seed: a folder or file of data, or a release of plexus build; can be repeated", func(path string) error {
		data = append(data, path)
		return nil
	})
	sample := flags.Int("sample", 0, "how many of the cases to take, evenly spread over the file; 0 takes all")
	vary := flags.Bool("plateau", false, "measure again with each constant of the score 30 % smaller and larger; needs the source of Plexus")
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: cases [--data PATH] [--sample N] [--plateau] FILE")
		flags.PrintDefaults()
	}
	switch err := flags.Parse(args); {
	case err != nil:
		return err
	case flags.NArg() != 1:
		return errors.New("name one file of case reports: go run ./cmd/bench/cases --data PATH FILE")
	case *sample < 0:
		return errors.New("--sample: 0 takes all cases, and fewer there are not")
	}
	if *vary {
		var same []string
		for _, path := range data {
			same = append(same, "--data", path)
		}
		return plateau(ctx, append(same, "--sample", strconv.Itoa(*sample), flags.Arg(0)), out)
	}
	reports, err := readReports(flags.Arg(0))
	if err != nil {
		return err
	}
	reports = spread(reports, *sample)
	r, done, err := load(ctx, data)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, done()) }()
	cases, found, err := resolve(ctx, r, reports)
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		return fmt.Errorf("%s: the data lists signs of the disease of none of its %d cases; is it the right --data?", flags.Arg(0), len(reports))
	}
	before := processTime()
	if err := rankAll(ctx, r, cases); err != nil {
		return err
	}
	found.mean = (processTime() - before) / time.Duration(2*len(cases))
	found.version = r.Summary().Version
	found.print(out, cases)
	return nil
}

// spread takes n of the reports, evenly spread.
func spread(reports []report, n int) []report {
	if n == 0 || n >= len(reports) {
		return reports
	}
	taken := make([]report, n)
	for i := range taken {
		taken[i] = reports[i*len(reports)/n]
	}
	return taken
}

// load opens a release, or reads data and joins it. Call done when the Reader is
// needed no more.
func load(ctx context.Context, paths []string) (r graph.Reader, done func() error, err error) {
	if len(paths) == 0 {
		paths = []string{seed.EmbeddedPath}
	}
	for _, path := range paths {
		if !strings.HasSuffix(path, ".plexus") {
			continue
		}
		if len(paths) > 1 {
			return nil, nil, fmt.Errorf("%s is a release, which is asked alone: build one of all the data", path)
		}
		file, err := release.Open(path)
		if err != nil {
			return nil, nil, err
		}
		store, err := frozen.Open(file)
		if err != nil {
			return nil, nil, errors.Join(fmt.Errorf("%s: %w", path, err), file.Close())
		}
		return store, file.Close, nil
	}
	ds, _, err := seed.Read(ctx, paths...)
	if err == nil {
		err = join.Apart(ds) // what was joined by other rules
	}
	if err == nil {
		_, err = join.Join(ds)
	}
	if err != nil {
		return nil, nil, err
	}
	store, err := frozen.BuildContext(ctx, ds)
	return store, func() error { return nil }, err
}

// rankAll ranks all cases, on all processors.
func rankAll(ctx context.Context, r graph.Reader, cases []rankedCase) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	next := make(chan *rankedCase)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			runtime.LockOSThread() // its time is what a call takes
			for c := range next {
				if err := c.rank(ctx, r); err != nil {
					stop(fmt.Errorf("%s: %w", c.where, err))
				}
			}
		})
	}
	for i := range cases {
		if ctx.Err() != nil {
			break
		}
		next <- &cases[i]
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}
