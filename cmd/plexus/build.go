package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/plexus-kg/plexus/graph/progress"
	"github.com/plexus-kg/plexus/graph/release"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/seed"
)

// searchSection is the section of a release that holds the search index; those
// of the store are named by package frozen.
const searchSection = "search"

type buildVerb struct {
	Paths []string `arg:"" name:"path" help:"Folders and files of data: ${readable}; 'embedded' is the seed."`
	withFlag
	NoJoin bool   `help:"Keep concepts as written: do not make one of those that are matched exactly."`
	Output string `short:"o" required:"" placeholder:"FILE" help:"The release to write; its name ends in .plexus by custom."`
}

// Help shows examples.
func (buildVerb) Help() string {
	return `Example:

  plexus build embedded my-data/ -o my.plexus
  plexus serve --data my.plexus

A release is one immutable file: the store and the search index, checked by
sums, mapped into memory, ready at once. It is written atomically: until it is
complete, a release of that name stays as it was, whatever happens. So a server
may go on serving the old one, and takes the new one on SIGHUP or with --watch.
The same data gives the same bytes on every machine. A file of that name that is
no release is never replaced.

Of the data of --with a release holds what the concepts that the data refers to
are called, and what they are; what else is said of them, it does not.`
}

// Run builds a release.
func (v buildVerb) Run(ctx context.Context, t *terminal) (err error) {
	defer func() {
		if errors.Is(err, context.Canceled) {
			err = fmt.Errorf("%w; nothing was written", errInterrupted)
		}
	}()
	for _, path := range v.Paths {
		if isRelease(path) {
			return &usageError{path + " is a release, and build takes data: build from the data that it was made of, or from what 'plexus export " + path + " -o NAME.nq' writes"}
		}
	}
	if err := keepInputs(v.Output, slices.Concat(v.Paths, v.With)); err != nil {
		return err
	}
	if err := keepOthers(v.Output); err != nil {
		return err
	}
	data, err := v.knowing(dataFlag{Data: v.Paths, NoJoin: v.NoJoin}, seed.ByName)
	if err != nil {
		return err
	}
	dataset, how, err := data.served(ctx, t.stderr)
	if err != nil {
		return err
	}
	store, err := store(ctx, dataset)
	if err != nil {
		return err
	}
	index, err := search.Build(ctx, store)
	if err != nil {
		return err
	}
	sections, err := store.Encode()
	if err != nil {
		return err
	}
	joined, err := how.section()
	if err != nil {
		return err
	}
	if err := write(ctx, v.Output, append(sections, release.Bytes(searchSection, index.Bytes()), joined)); err != nil {
		return err
	}
	info, err := os.Stat(v.Output)
	if err != nil {
		return err
	}
	s := store.Summary()
	fmt.Fprintf(t.stdout, "%s: %d concepts, %d statements in %d quads; version %s; %d bytes\n", v.Output, s.Concepts, s.Statements, s.Quads, s.Version, info.Size())
	fmt.Fprintln(t.stdout, licenses(dataset.Licenses()))
	for _, c := range dataset.LicenseConflicts() {
		fmt.Fprintf(t.stderr, "plexus: warning: the licenses of %s (%s) and %s (%s) do not go together: %s\n", c.A.ID, c.A.License, c.B.ID, c.B.License, c.Because)
	}
	if how.mentioned > 0 {
		fmt.Fprintf(t.stdout, "of %s there are names and kinds alone, since the data of --with describes them: build from all of it for what it says of them\n", plural(how.mentioned, "concept"))
	}
	return nil
}

// write writes a release, which the context may end, but for its last steps.
func write(ctx context.Context, path string, sections []release.Section) error {
	var size sizer
	for _, s := range sections {
		if err := s.Write(&size); err != nil {
			return err
		}
	}
	stage := progress.Begin(ctx, "writing", progress.Bytes, int64(size))
	defer stage.End()
	for i, s := range sections {
		sections[i].Write = func(w io.Writer) error { return s.Write(stage.Writer(ctx, w)) }
	}
	return release.WriteFile(path, sections...)
}

// sizer counts what is written.
type sizer int64

func (s *sizer) Write(p []byte) (int, error) {
	*s += sizer(len(p))
	return len(p), nil
}
