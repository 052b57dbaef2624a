package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	o, err := parseOptions(os.Args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(2)
	}
	if err := run(ctx, o); ctx.Err() != nil {
		fmt.Fprintln(os.Stderr, "peers: interrupted")
		os.Exit(130)
	} else if err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// options are what the program is asked for.
type options struct {
	peers, queries  []string
	concepts, links int
	work            string
	plan
}

// known are the peers.
var known = []string{floor, "pgx", "postgraphile", "dgraph"}

func parseOptions(args []string) (o options, err error) {
	flags := flag.NewFlagSet("peers", flag.ContinueOnError)
	peers := flags.String("peers", floor, "what to measure against: "+strings.Join(known, ", ")+", separated by commas")
	flags.IntVar(&o.concepts, "concepts", 50_000, "how many concepts")
	flags.IntVar(&o.links, "links", 1_000_000, "how many links")
	connections := flags.String("connections", "1,16,64", "with how many connections")
	queries := flags.String("queries", "q1,q2,q3,q4,q5,q6,q7", "which queries")
	flags.DurationVar(&o.each, "time", 2*time.Second, "how long each service is measured at a time")
	flags.IntVar(&o.rounds, "rounds", 3, "how often, in turn; the median counts")
	flags.StringVar(&o.work, "work", "", "a folder to work in, kept; none makes one that is removed")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q is no flag: -h lists them", flags.Arg(0))
	}
	o.peers, o.queries = strings.Split(*peers, ","), strings.Split(*queries, ",")
	for i, name := range o.peers {
		if !slices.Contains(known, name) || slices.Contains(o.peers[:i], name) {
			return o, fmt.Errorf("-peers: %q is not one of %s, each at most once", name, strings.Join(known, ", "))
		}
	}
	for i, q := range o.queries {
		if titles[q] == "" || slices.Contains(o.queries[:i], q) {
			return o, fmt.Errorf("-queries: %q is not one of q1 to q7, each at most once", q)
		}
	}
	for text := range strings.SplitSeq(*connections, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > 1024 || slices.Contains(o.connections, n) {
			return o, fmt.Errorf("-connections: %q is not a number from 1 to 1024, each at most once", text)
		}
		o.connections = append(o.connections, n)
	}
	switch {
	case o.concepts < 1000 || o.links < 1000:
		return o, errors.New("-concepts and -links: at least 1000, or the queries find too little")
	case o.each < 100*time.Millisecond || o.each > time.Hour:
		return o, errors.New("-time: from 100ms to 1h")
	case o.rounds < 1 || o.rounds > 100:
		return o, errors.New("-rounds: from 1 to 100")
	}
	return o, nil
}

// check says what is missing on this machine for the peers, before anything is
// done.
func (o *options) check() error {
	var missing []error
	if _, err := exec.LookPath("go"); err != nil {
		missing = append(missing, errors.New("go is not in the path: the services are built with it"))
	}
	if slices.Contains(o.peers, "pgx") || slices.Contains(o.peers, "postgraphile") {
		if _, err := findPostgres(); err != nil {
			missing = append(missing, err)
		}
	}
	if slices.Contains(o.peers, "postgraphile") {
		if _, err := exec.LookPath("npm"); err != nil {
			missing = append(missing, errors.New("npm is not installed: PostGraphile needs it"))
		}
	}
	if err := errors.Join(missing...); err != nil {
		return fmt.Errorf("nothing was measured:\n%w\nmeasure without them: -peers %s", err, floor)
	}
	return nil
}

func run(ctx context.Context, o options) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	r := &report{
		machine: machine(), load: loadAverage(), rounds: o.rounds, each: o.each, queries: o.queries, connections: o.connections, closed: map[spot]figure{},
	}
	b := &bench{work: o.work}
	_, file, _, _ := runtime.Caller(0)
	b.source = filepath.Dir(file)
	if b.work == "" {
		if b.work, err = os.MkdirTemp("", "plexus-peers-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(b.work)) }()
	} else if b.work, err = filepath.Abs(b.work); err != nil {
		return err
	} else if err := os.MkdirAll(b.work, 0o755); err != nil {
		return err
	}

	progress("making %d concepts and %d links", o.concepts, o.links)
	b.data = makeData(o.concepts, o.links)
	r.data = b.data.size()
	if err := b.data.write(b.work); err != nil {
		return err
	}
	services, versions, stop, err := b.services(ctx, o.peers)
	defer stop()
	if err != nil {
		return err
	}
	r.versions = versions
	for _, s := range services {
		r.services = append(r.services, s.name)
	}
	// Collecting our own garbage would take from what the services have.
	b.data.links = nil
	debug.FreeOSMemory()
	debug.SetGCPercent(400)

	asked := map[string][]*subject{}
	for _, q := range o.queries {
		progress("comparing the answers to %s", q)
		equal, differences, err := b.subjects(ctx, services, q)
		if err != nil {
			return err
		}
		for _, d := range differences {
			progress("not equal: %s", d)
		}
		asked[q], r.differences = equal, append(r.differences, differences...)
	}
	for _, q := range o.queries {
		if err := o.measure(ctx, q, asked[q], r); err != nil {
			return err
		}
	}
	fmt.Print(r.markdown())
	if len(r.differences) > 0 {
		return fmt.Errorf("%d answers are not equal: see the end of the report", len(r.differences))
	}
	return nil
}

func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, "peers: "+format+"\n", args...) }

// services starts Plexus and the peers; stop ends all that were started, also
// after an error.
func (b *bench) services(ctx context.Context, peers []string) (services []*service, versions []string, stop func(), err error) {
	var database *postgres
	stop = func() {
		for _, s := range services {
			s.stop()
		}
		if database != nil {
			database.stop()
		}
	}
	start := func(name string) (*service, error) {
		if database == nil && (name == "pgx" || name == "postgraphile") {
			if database, err = b.startPostgres(ctx); err != nil {
				return nil, err
			}
			versions = append(versions, database.version)
		}
		switch name {
		case ours:
			return b.plexus(ctx)
		case floor:
			return b.goService(ctx, name, "-mem", b.work)
		case "pgx":
			s, err := b.goService(ctx, name, "-db", database.url)
			if s != nil {
				s.extra = []int{database.pid}
			}
			return s, err
		case "postgraphile":
			return b.postgraphile(ctx, database)
		case "dgraph":
			return b.dgraph(ctx)
		}
		return nil, fmt.Errorf("there is no peer %q", name)
	}
	for _, name := range append([]string{ours}, peers...) {
		progress("starting %s", name)
		s, err := start(name)
		if s != nil {
			services = append(services, s)
			if s.version != "" {
				versions = append(versions, s.version)
			}
		}
		if err != nil {
			return services, versions, stop, err
		}
	}
	return services, versions, stop, nil
}
