package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/diff"
	"github.com/plexus-kg/plexus/seed"
)

type diffVerb struct {
	Before string `arg:"" name:"a" help:"What it was: a folder, a file of data, a release, or 'embedded'; or two revisions of git, as REV..REV."`
	After  string `arg:"" name:"b" help:"What it is now, likewise; of revisions, the folder."`
	withFlag
	Format string `enum:"text,markdown,json" default:"text" help:"text, markdown (for a pull request) or json."`
}

// Help shows examples.
func (diffVerb) Help() string {
	return `Examples:

  plexus diff released.plexus my-data/
  plexus diff old.nq.gz new.nq.gz --format json
  plexus diff main/data data --with embedded --format markdown > comment.md
  plexus diff main...HEAD my-data --format markdown > comment.md
  plexus diff HEAD.. my-data

Compares what the data means, not its lines: concepts and statements that came,
went and changed, from what to what, and claims that are now found in another
source or place. Order, layout and the file format make no difference. What only
the data of --with says is not compared; a release is compared as it was built.

REV..REV compares a folder of git at two revisions, REV... with what both come from,
and REV.. what is not committed; the folder itself is left as it is.

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
	if _, _, _, isGit := revisions(v.Before); isGit {
		dir, failed := os.MkdirTemp("", "plexus-diff-")
		if failed != nil {
			return false, failed
		}
		arg := v.Before
		defer func() {
			if err != nil { // the folder that is gone by then means nothing to anybody
				err = errors.New(strings.NewReplacer(dir+string(filepath.Separator), arg+" ").Replace(err.Error()))
			}
			err = errors.Join(err, os.RemoveAll(dir))
		}()
		if v.Before, v.After, err = checkOut(ctx, dir, arg, v.After); err != nil {
			return false, err
		}
	}
	before, closeBefore, err := v.side(ctx, t, v.Before)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, closeBefore()) }()
	after, closeAfter, err := v.side(ctx, t, v.After)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, closeAfter()) }()
	d := diff.Compare(before, after)
	write := map[string]func(io.Writer) error{"text": d.Text, "markdown": d.Markdown, "json": d.JSON}[v.Format]
	return d.Empty(), write(t.stdout)
}

// side reads one of the two. A release is as it was built.
func (v diffVerb) side(ctx context.Context, t *terminal, path string) (*graph.Dataset, func() error, error) {
	data, err := v.knowing(dataFlag{Data: []string{path}}, seed.ByName)
	if err != nil {
		return nil, nil, err
	}
	return data.dataset(ctx, t.stderr, false)
}
