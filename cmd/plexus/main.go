package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/plexus-kg/plexus/graph"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	code := exitCode(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr), os.Stderr)
	stop()
	os.Exit(code)
}

// exitCode says what went wrong, unless the verb has said it already, and
// returns what the process ends with: 0 done, 1 failed, 2 asked for wrongly or
// in trouble, 130 interrupted.
func exitCode(err error, stderr interface{ WriteString(string) (int, error) }) int {
	if err == nil {
		return 0
	}
	if !errors.Is(err, errReported) {
		_, _ = stderr.WriteString("plexus: " + strings.TrimPrefix(err.Error(), graph.ErrInvalid.Error()+": ") + "\n")
	}
	var (
		usage   *usageError
		trouble *troubleError
		worker  *workerError
	)
	if errors.As(err, &worker) {
		return worker.code
	}
	if errors.Is(err, errInterrupted) {
		return 130 // as a shell has it
	}
	if errors.As(err, &usage) || errors.As(err, &trouble) || errors.Is(err, graph.ErrInvalid) {
		return 2
	}
	return 1
}
