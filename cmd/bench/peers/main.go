package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) (err error) {
	peers := flag.String("peers", "memory", "what to measure against: memory, pgx, postgraphile, separated by commas")
	entities := flag.Int("concepts", 50_000, "how many concepts")
	links := flag.Int("links", 1_000_000, "how many links")
	conns := flag.String("connections", "1,16,64", "with how many connections")
	queries := flag.String("queries", "q1,q2,q3,q4,q5,q6,q7", "which queries")
	each := flag.Duration("time", 5*time.Second, "how long each service is measured at a time")
	rounds := flag.Int("rounds", 1, "how often, in turn; the median counts")
	work := flag.String("work", "", "a folder to work in, kept; none makes one that is removed")
	flag.Parse()

	b := &bench{work: *work}
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

	progress("making %d concepts and %d links", *entities, *links)
	b.data = makeData(*entities, *links)
	if err := b.data.write(b.work); err != nil {
		return err
	}
	services, stop, err := b.services(ctx, strings.Split(*peers, ","))
	defer stop()
	if err != nil {
		return err
	}
	list := strings.Split(*queries, ",")
	for _, q := range list {
		if err := b.verify(ctx, services, q); err != nil {
			return err
		}
	}
	fmt.Println("All services give equal answers.")
	return b.measure(ctx, services, list, strings.Split(*conns, ","), *each, *rounds)
}

func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, "peers: "+format+"\n", args...) }

// services starts Plexus and the peers; stop ends all that were started, also
// after an error.
func (b *bench) services(ctx context.Context, peers []string) (services []*service, stop func(), err error) {
	var database *postgres
	stop = func() {
		for _, s := range services {
			s.stop()
		}
		if database != nil {
			database.stop()
		}
	}
	add := func(s *service, err error) error {
		if s != nil {
			services = append(services, s)
		}
		return err
	}
	progress("starting plexus")
	if err := add(b.plexus(ctx)); err != nil {
		return services, stop, err
	}
	for _, name := range peers {
		progress("starting %s", name)
		if database == nil && (name == "pgx" || name == "postgraphile") {
			if database, err = b.startPostgres(ctx); err != nil {
				return services, stop, err
			}
		}
		switch name {
		case "memory":
			err = add(b.goService(ctx, name, "127.0.0.1:5701", "-mem", b.work))
		case "pgx":
			s, failed := b.goService(ctx, name, "127.0.0.1:5700", "-db", database.url)
			if s != nil {
				s.extra = []int{database.pid}
			}
			err = add(s, failed)
		case "postgraphile":
			err = add(b.postgraphile(ctx, database))
		default:
			err = fmt.Errorf("there is no peer %q: memory, pgx, postgraphile", name)
		}
		if err != nil {
			return services, stop, err
		}
	}
	return services, stop, nil
}

// verify compares the answers of all services to the first requests of a query.
func (b *bench) verify(ctx context.Context, services []*service, query string) error {
	client := &http.Client{Timeout: time.Minute}
	var wanted []any
	for n, s := range services {
		bodies, variables, err := b.requests(ctx, s, query)
		if err != nil {
			return err
		}
		for i := range min(40, len(bodies)) {
			body, err := s.post(ctx, client, bodies[i])
			if err != nil {
				return err
			}
			answer, err := parseAnswer(body)
			if err != nil {
				return fmt.Errorf("%s, %s: %w", s.name, query, err)
			}
			if n == 0 {
				wanted = append(wanted, answer)
			} else if !b.data.same(query, variables[i], wanted[i], answer) {
				return fmt.Errorf("%s: %s and %s answer differently to %v:\n%.600v\n%.600v", query, services[0].name, s.name, variables[i], wanted[i], answer)
			}
		}
	}
	return nil
}

// measure prints a table of each query, number of connections and service.
func (b *bench) measure(ctx context.Context, services []*service, queries, conns []string, each time.Duration, rounds int) error {
	fmt.Println("\n| query | connections | service | CPU ms a request | times ours | requests/s | p50 ms | p99 ms | MB |")
	fmt.Println("|---|--:|---|--:|--:|--:|--:|--:|--:|")
	for _, q := range queries {
		slowest := 0.0
		for _, c := range conns {
			connections, err := strconv.Atoi(c)
			if err != nil {
				return fmt.Errorf("connections: %w", err)
			}
			all := make([][]*figures, len(services))
			for range rounds {
				for i, s := range services {
					bodies, _, err := b.requests(ctx, s, q)
					if err != nil {
						return err
					}
					if _, err := load(ctx, s, bodies, connections, 0, each/5); err != nil {
						return err
					}
					if err := s.settle(ctx); err != nil {
						return err
					}
					f, err := load(ctx, s, bodies, connections, 0, each)
					if err != nil {
						return err
					}
					all[i] = append(all[i], f)
					if err := s.settle(ctx); err != nil {
						return err
					}
				}
			}
			ours := median(all[0]).perThousand()
			for i, s := range services {
				f := median(all[i])
				if rate := f.perSecond(); connections == 16 && (slowest == 0 || rate < slowest) {
					slowest = rate
				}
				fmt.Printf("| %s | %d | %s | %.3f | %.1f | %.0f | %.2f | %.2f | %d |\n", q, connections, s.name,
					f.perThousand().Seconds(), f.perThousand().Seconds()/ours.Seconds(), f.perSecond(), milliseconds(f.percentile(.5)), milliseconds(f.percentile(.99)), f.memory>>20)
			}
		}
		// All at the same rate, half of what the slowest can do.
		for _, s := range services {
			if slowest == 0 {
				break
			}
			bodies, _, err := b.requests(ctx, s, q)
			if err != nil {
				return err
			}
			f, err := load(ctx, s, bodies, 64, slowest/2, each)
			if err != nil {
				return err
			}
			fmt.Printf("| %s | %.1f/s | %s | %.3f | | %.0f | %.2f | %.2f | %d |\n", q, slowest/2, s.name,
				f.perThousand().Seconds(), f.perSecond(), milliseconds(f.percentile(.5)), milliseconds(f.percentile(.99)), f.memory>>20)
			if err := s.settle(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// median returns the figures with the median of processor times.
func median(all []*figures) *figures {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b *figures) int { return int(a.perThousand() - b.perThousand()) })
	return sorted[len(sorted)/2]
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
