package main

import (
	"context"
	"errors"
	"io"

	"github.com/plexus-kg/plexus/graph/diff"
)

type diffVerb struct {
	Before string   `arg:"" name:"a" help:"What it was: a folder, a file of data, a release, or 'embedded'."`
	After  string   `arg:"" name:"b" help:"What it is now, likewise."`
	With   []string `sep:"none" placeholder:"PATH" help:"Read this together with either: data that both refer to, such as 'embedded'. Can be repeated."`
	Format string   `enum:"text,markdown,json" default:"text" help:"text, markdown (for a pull request) or json."`
}

// Help shows examples.
func (diffVerb) Help() string {
	return `Examples:

  plexus diff released.plexus my-data/
  plexus diff old.nq.gz new.nq.gz --format json
  plexus diff main/data data --with embedded --format markdown > comment.md

Compares what the data means, not its lines: concepts and statements that came,
went and changed, from what to what, and claims that are now found in another
source or place. Order, layout and the file format make no difference.

Ends with 0 if nothing differs, 1 if something does, 2 if there is trouble.`
}

// Run compares two graphs.
func (v diffVerb) Run(ctx context.Context, t *terminal) error {
	same, err := v.compare(ctx, t)
	switch {
	case err != nil:
		return &troubleError{err}
	case !same:
		return errReported
	default:
		return nil
	}
}

// compare prints what differs, and reports whether nothing does.
func (v diffVerb) compare(ctx context.Context, t *terminal) (same bool, err error) {
	before, closeBefore, err := dataFlag{Data: append([]string{v.Before}, v.With...)}.dataset(ctx, t.stderr)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, closeBefore()) }()
	after, closeAfter, err := dataFlag{Data: append([]string{v.After}, v.With...)}.dataset(ctx, t.stderr)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, closeAfter()) }()
	d := diff.Compare(before, after)
	write := map[string]func(io.Writer) error{"text": d.Text, "markdown": d.Markdown, "json": d.JSON}[v.Format]
	return d.Empty(), write(t.stdout)
}
