package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/cayleygraph/cayley/graph/memstore"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/cayley"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/seed"
)

// dataFlag chooses what to load.
type dataFlag struct {
	Data []string `placeholder:"PATH" sep:"none" help:"Serve this instead of the embedded seed: a folder of YAML and N-Quads, a .yaml, .nq or .nq.gz file; 'embedded' adds the seed itself. Can be repeated."`
}

// load reads the data, checks it, puts it into a store that is never written
// again, and indexes its texts. Problems of the data are reported to stderr.
func (d dataFlag) load(ctx context.Context, stderr io.Writer) (resolvers.Release, error) {
	store, err := d.loadStore(ctx, stderr)
	if err != nil {
		return resolvers.Release{}, err
	}
	index, err := search.Build(ctx, store)
	return resolvers.Release{Reader: store, Index: index}, err
}

func (d dataFlag) loadStore(ctx context.Context, stderr io.Writer) (graph.Reader, error) {
	paths := d.Data
	if len(paths) == 0 {
		paths = []string{seed.EmbeddedPath}
	}
	dataset, report, err := seed.Read(ctx, paths...)
	if problems := (*seed.ProblemsError)(nil); errors.As(err, &problems) {
		for _, p := range problems.Problems {
			fmt.Fprintln(stderr, p)
		}
		fmt.Fprintf(stderr, "plexus: %s, nothing was loaded\n", summary(report))
		return nil, errReported
	}
	if err != nil {
		return nil, err
	}
	return store(ctx, dataset)
}

// store freezes a checked data set into a store.
func store(ctx context.Context, dataset *graph.Dataset) (graph.Reader, error) {
	quadStore := memstore.New()
	if err := cayley.Load(ctx, quadStore, quads.Encode(dataset)); err != nil {
		return nil, err
	}
	return cayley.Open(ctx, quadStore, dataset.Prefixes)
}

// summary says how much was read and how much of it is wrong.
func summary(r *seed.Report) string {
	read := plural(r.Files, "file")
	for _, part := range []struct {
		n    int
		what string
	}{
		{r.Concepts, "concept"},
		{r.Statements, "statement"},
		{r.Sources, "source"},
		{r.Articles, "article"},
		{r.Sections, "section"},
		{r.Quads, "quad"},
	} {
		if part.n > 0 {
			read += ", " + plural(part.n, part.what)
		}
	}
	if n := len(r.Problems); n > 0 {
		return plural(n, "problem") + " in " + read
	}
	return "no problem in " + read
}
