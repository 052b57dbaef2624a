package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/progress"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/compression"
)

type exportVerb struct {
	Paths []string `arg:"" name:"path" help:"Folders and files of data, or one release; 'embedded' is the seed."`
	withFlag
	Format string `placeholder:"FORMAT" help:"${formats}; without it the ending of --output says which."`
	Joined bool   `help:"Write what is served, in which concepts that are matched exactly are one, instead of the data as written. Only ${lossless} keep what each was."`
	Output string `short:"o" placeholder:"FILE" help:"Write this file instead of standard output. A name that ends in ${compressions} is compressed."`
}

// Help shows examples, and says what is lost.
func (exportVerb) Help() string {
	return `Examples:

  plexus export embedded --format turtle
  plexus export my-data/ -o my-data.nq.gz
  plexus export my.plexus --format kgx -o my      writes my_nodes.tsv, my_edges.tsv and my.yaml

The data is checked first. The same data gives the same bytes, whatever files it
came from, and nothing of that of --with. A file is written atomically: until it is complete, one of that name
stays as it was.

` + formatsHelp(seed.FormatRegistry())
}

// formatsHelp says which formats there are, and what each cannot hold.
func formatsHelp(entries []seed.FormatEntry) string {
	entries = slices.DeleteFunc(entries, func(e seed.FormatEntry) bool { return len(e.Writes()) == 0 })
	var list, losses, more strings.Builder
	table := tabwriter.NewWriter(&list, 0, 0, 2, ' ', 0)
	for _, e := range entries {
		fmt.Fprintf(table, "  %s\t%s\t%s\n", e.Format, strings.Join(e.Writes(), " "), e.Name+": "+e.Help)
		if lacks := strings.Join(e.Lacks, "; "); e.Refuses {
			fmt.Fprintf(&losses, "%s (%s) keeps everything, or says what it cannot hold and writes nothing: %s.\n\n", e.Name, e.Writes()[0], lacks)
		} else if lacks != "" {
			again := ""
			if len(e.Reads()) == 0 {
				again = "cannot be read again, and "
			}
			fmt.Fprintf(&losses, "%s (%s) %sloses: %s.\n\n", e.Name, e.Writes()[0], again, lacks)
		}
		if e.More() != "" {
			more.WriteString(e.More() + "\n\n")
		}
	}
	_ = table.Flush() // to memory
	return "Formats, and how names of files end that are written in them:\n\n" + list.String() + "\n" +
		seed.Lossless() + " keep everything.\n\n" + losses.String() + strings.TrimSpace(more.String())
}

// Run exports.
func (v exportVerb) Run(ctx context.Context, t *terminal) (err error) {
	defer func() {
		if errors.Is(err, context.Canceled) && v.Output != "" {
			err = fmt.Errorf("%w; nothing was written", errInterrupted)
		}
	}()
	format, err := v.format()
	if err != nil {
		return err
	}
	parts := seed.Parts(format, v.Output, v.With...)
	for _, part := range parts {
		if err := keepInputs(part.Path, slices.Concat(v.Paths, v.With)); err != nil {
			return err
		}
		if part.Mark != "" {
			if err := keepUnmarked(part.Path, part.Mark); err != nil {
				return err
			}
		}
	}
	if err := v.alone(v.Paths); err != nil {
		return err
	}
	by := seed.ByID
	if format == seed.GraphML { // a drawing needs both ends of a link
		by = seed.ByName
	}
	data, err := v.knowing(dataFlag{Data: v.Paths}, by)
	if err != nil {
		return err
	}
	d, done, err := data.dataset(ctx, t.stderr, v.Joined)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	stage := progress.Begin(ctx, "writing", progress.Bytes, -1)
	defer stage.End()
	if err := tellRefused(ctx, t.stderr, format, d); err != nil {
		return err
	}
	if v.Output == "" {
		out := bufio.NewWriterSize(t.stdout, 1<<16)
		if err := seed.Write(ctx, stage.Writer(ctx, out), format, d, v.With...); err != nil {
			return err
		}
		return out.Flush()
	}
	var written []*outFile
	for _, part := range parts {
		f, err := newOutFile(part.Path)
		if err == nil {
			written = append(written, f)
			err = f.fill(func(w io.Writer) error { return part.Write(ctx, stage.Writer(ctx, w), d) })
		}
		if err != nil {
			return errors.Join(err, discard(written))
		}
	}
	for i, f := range written {
		if err := f.publish(); err != nil {
			return errors.Join(err, discard(written[i:]))
		}
	}
	stage.End()
	names := make([]string, len(written))
	for i, f := range written {
		names[i] = f.path
	}
	last := len(names) - 1
	said := strings.TrimPrefix(strings.Join(names[:last], ", ")+" and "+names[last], " and ")
	fmt.Fprintf(t.stdout, "%s: %s, %s\n", said, plural(len(d.Concepts)-seed.Mentions(d), "concept"), plural(len(d.Statements), "statement"))
	return nil
}

// format returns what the flags ask for.
func (v exportVerb) format() (seed.Format, error) {
	named, ok := seed.FormatOf(v.Output)
	if read := seed.ReadAs(v.Output); !ok && len(read) > 0 {
		return "", &usageError{fmt.Sprintf("%s has the name of %s, which is read, but not written: give --output another name", v.Output, read[0])}
	}
	if v.Format == "" {
		switch {
		case ok:
			return named, nil
		case v.Output == "":
			return "", &usageError{"--format says what is written to standard output"}
		default:
			return "", &usageError{fmt.Sprintf("the name %s does not say which format is meant: give --format", v.Output)}
		}
	}
	format := seed.Format(v.Format)
	if !slices.Contains(seed.Formats(), format) {
		meant, known := seed.FormatOf("." + v.Format) // ttl, nq
		if !known {
			return "", &usageError{fmt.Sprintf("--format must be one of %s but got %q", seed.FormatNames(), v.Format)}
		}
		format = meant
	}
	if ok && named != format {
		return "", &usageError{fmt.Sprintf("--format says %s, but %s has the name of %s: leave --format out, or give --output another name", format, v.Output, named)}
	}
	return format, nil
}

// tellRefused says what is left out of the files of a format, and what of them
// could not be read again.
func tellRefused(ctx context.Context, stderr io.Writer, format seed.Format, d *graph.Dataset) error {
	if apart := seed.Apart(format, d); apart != "" {
		fmt.Fprintf(stderr, "plexus: %s\n", apart)
	}
	refused, err := seed.Refused(ctx, format, d)
	if len(refused) > 0 {
		fmt.Fprintf(stderr, "plexus: these files are not read again as they are; %s would be\n", seed.Lossless())
		for _, why := range refused {
			fmt.Fprintf(stderr, "  %s\n", why)
		}
	}
	return err
}

// outFile is a file that comes to be all at once: it is written under another
// name in the same folder, which is then changed.
type outFile struct {
	path string // as the user wrote it
	to   string // where that leads
	tmp  *os.File
}

func newOutFile(path string) (*outFile, error) {
	f := &outFile{path: path, to: path}
	if info, err := os.Stat(path); err == nil {
		if !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%s is not an ordinary file, and is not replaced: without --output all goes to standard output", path)
		}
		if f.to, err = filepath.EvalSymlinks(path); err != nil {
			return nil, err
		}
	}
	tmp, err := os.CreateTemp(filepath.Dir(f.to), "."+filepath.Base(f.to)+".*.tmp")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, bare(err))
	}
	f.tmp = tmp
	return f, nil
}

// fill writes the content, compressed if the name says so, and brings it to the
// disk.
func (f *outFile) fill(write func(io.Writer) error) (err error) {
	b := bufio.NewWriterSize(f.tmp, 1<<18)
	w, err := compression.NewWriter(f.path, b)
	if err != nil {
		return err
	}
	if err := write(w); err != nil {
		if p := (*os.PathError)(nil); errors.As(err, &p) && p.Path == f.tmp.Name() {
			return fmt.Errorf("write %s: %w", f.path, p.Err)
		}
		return err
	}
	if err = w.Close(); err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.tmp.Chmod(0o644) // CreateTemp makes it private
	}
	if err == nil {
		err = f.tmp.Sync()
	}
	if err == nil {
		err = f.tmp.Close()
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", f.path, bare(err))
	}
	return nil
}

// publish gives the file its name.
func (f *outFile) publish() error {
	if err := os.Rename(f.tmp.Name(), f.to); err != nil {
		return fmt.Errorf("write %s: %w", f.path, bare(err))
	}
	return nil
}

// discard removes what was not published.
func discard(files []*outFile) error {
	var errs []error
	for _, f := range files {
		if err := f.tmp.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
			errs = append(errs, err)
		}
		errs = append(errs, os.Remove(f.tmp.Name()))
	}
	return errors.Join(errs...)
}

// bare returns the reason of an error of the file system, whose path is that of
// a file for the time being.
func bare(err error) error {
	if p := (*os.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	if l := (*os.LinkError)(nil); errors.As(err, &l) {
		return l.Err
	}
	return err
}
