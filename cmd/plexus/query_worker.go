package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"time"

	cgraph "github.com/cayleygraph/cayley/graph"

	"github.com/plexus-kg/plexus/cmd/internal/languages"
	"github.com/plexus-kg/plexus/graph"
)

// A query in one of Cayley's languages runs in a process of its own, the worker:
// its engine can be given a program that takes all memory or ends the process with
// a panic, and nothing inside a process holds it from that. The worker loads the
// data and writes results to standard output. On standard error, a NUL
// stands before the query and another after it: what lies between are the last
// words of a worker that the query has ended.

const (
	queryLimit   = 1000
	queryTimeout = 10 * time.Second
	// queryMemory is what a query may take beyond the data.
	queryMemory = 1 << 30
	// queryGrace is how long a worker may take to end when the time is over.
	queryGrace = 2 * time.Second
)

// workerError is the error of a worker that has said what is wrong.
type workerError struct{ code int }

func (e *workerError) Error() string { return fmt.Sprintf("the query ended with exit code %d", e.code) }

// Is makes it an errReported.
func (e *workerError) Is(target error) bool { return target == errReported }

// bounds returns the flags, or what holds without them.
func (v queryVerb) bounds() (limit int, timeout time.Duration, err error) {
	limit, timeout = queryLimit, queryTimeout
	if v.Limit != 0 {
		limit = v.Limit
	}
	if v.Timeout != 0 {
		timeout = v.Timeout
	}
	if limit < 0 || timeout < 0 {
		return 0, 0, &usageError{"--limit and --timeout are positive"}
	}
	return limit, timeout, nil
}

// superviseWorker runs the document in a worker.
func (v queryVerb) superviseWorker(ctx context.Context, t *terminal) error {
	limit, timeout, err := v.bounds()
	if err != nil {
		return err
	}
	document, err := v.document(t.stdin)
	if err != nil {
		return err
	}
	name := v.File
	switch name {
	case "-":
		name = "standard input"
	case document:
		name = "the query"
	}
	program, err := os.Executable()
	if err != nil {
		return err
	}
	args := []string{"query", "--worker=" + name, "--lang=" + v.Lang, "--limit=" + strconv.Itoa(limit), "--timeout=" + timeout.String()}
	if v.AllQuads {
		args = append(args, "--all-quads")
	}
	for _, path := range v.Data {
		args = append(args, "--data="+path)
	}
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	said := &workerWords{to: t.stderr, began: func() {
		time.AfterFunc(timeout+queryGrace, func() { end(context.DeadlineExceeded) })
	}}
	worker := exec.CommandContext(ctx, program, args...) //nolint:gosec // this program
	worker.Args[0] = "plexus"
	worker.Env = append(os.Environ(), "GOTRACEBACK=none")
	worker.Stdin, worker.Stdout, worker.Stderr = strings.NewReader(document), t.stdout, said
	worker.WaitDelay = queryGrace
	err = worker.Run()
	var ended *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return tooLong(timeout)
	case ctx.Err() != nil:
		return ctx.Err()
	case !errors.As(err, &ended):
		return err
	case said.part == 1:
		return fmt.Errorf("%s: %s", name, crashed(said.last.String()))
	default:
		return &workerError{ended.ExitCode()}
	}
}

// crashed explains what ended a worker.
func crashed(words string) string {
	says := languages.Crash(words)
	if says == languages.TooMuchMemory {
		says += fmt.Sprintf(": more than %d MiB beyond the data", queryMemory>>20)
	}
	return says
}

func tooLong(timeout time.Duration) error {
	return fmt.Errorf("the query took longer than %v and was ended; what it found before is printed (--timeout allows more)", timeout)
}

// workerWords is what a worker writes to standard error. It passes on what
// stands before and after the query.
type workerWords struct {
	to    io.Writer
	began func()
	part  int // how many NULs there were
	last  bytes.Buffer
}

// Write implements io.Writer.
func (w *workerWords) Write(b []byte) (int, error) {
	for i, part := range bytes.Split(b, []byte{0}) {
		if i > 0 {
			if w.part++; w.part == 1 {
				w.began()
			}
		}
		if w.part != 1 {
			if _, err := w.to.Write(part); err != nil {
				return 0, err
			}
		} else if w.last.Len() < 1<<16 {
			w.last.Write(part)
		}
	}
	return len(b), nil
}

// work loads the data and runs the document, which comes by standard input.
func (v queryVerb) work(ctx context.Context, t *terminal) error {
	signal.Ignore(os.Interrupt) // a terminal sends it to both; who supervises ends the worker
	document, err := io.ReadAll(t.stdin)
	if err != nil {
		return err
	}
	quads, prefixes, err := v.quadStore(ctx, t.stderr)
	if err != nil {
		return err
	}
	if err := limitMemory(queryMemory); err != nil {
		return err
	}
	const nul = "\x00"
	if _, err := io.WriteString(t.stderr, nul); err != nil {
		return err
	}
	cut, err := v.runBounded(ctx, quads, languages.Query{
		Language: v.Lang, Text: string(document), Name: v.Worker, Limit: v.Limit,
		Expand: func(id string) string { return prefixes.Expand(graph.ID(id)) },
	}, t.stdout)
	if cut {
		_, err = fmt.Fprintf(t.stderr, "%splexus: there are more results: cut after %d (--limit allows more)\n", nul, v.Limit)
		return err
	}
	_, _ = io.WriteString(t.stderr, nul)
	return err
}

// quadStore loads the data as Cayley's languages see it.
func (v queryVerb) quadStore(ctx context.Context, stderr io.Writer) (cgraph.QuadStore, graph.Prefixes, error) {
	store, _, _, err := v.loadStore(ctx, stderr)
	if err != nil {
		return nil, graph.Prefixes{}, err
	}
	prefixes := store.Summary().Prefixes
	if v.AllQuads {
		return store.QuadStore().Snapshot(), prefixes, nil
	}
	plain, err := store.PlainQuadStore()
	return plain, prefixes, err
}

// runBounded runs a query until the time is over. Then it waits a moment for
// the engine, and no longer: the process ends.
func (v queryVerb) runBounded(ctx context.Context, quads cgraph.QuadStore, q languages.Query, to io.Writer) (cut bool, err error) {
	ctx, end := context.WithTimeout(ctx, v.Timeout)
	defer end()
	type outcome struct {
		cut bool
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		cut, err := languages.Run(ctx, quads, q, func(line []byte) error {
			_, err := to.Write(line)
			return err
		})
		done <- outcome{cut, err}
	}()
	var o outcome
	select {
	case o = <-done:
	case <-ctx.Done():
		select {
		case o = <-done:
		case <-time.After(queryGrace / 2):
			o.err = ctx.Err()
		}
	}
	if errors.Is(o.err, context.DeadlineExceeded) {
		o.err = tooLong(v.Timeout)
	}
	return o.cut, o.err
}
