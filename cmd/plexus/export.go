package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/progress"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/kgx"
)

type exportVerb struct {
	Paths  []string `arg:"" name:"path" help:"Folders and files of data, or one release; 'embedded' is the seed."`
	Format string   `enum:",yaml,kgx,turtle,trig,jsonld,nquads,graphml" default:"" placeholder:"FORMAT" help:"yaml, kgx, turtle, trig, jsonld, nquads or graphml; without it the ending of --output says which."`
	Output string   `short:"o" placeholder:"FILE" help:"Write this file instead of standard output. A name that ends in .gz is compressed."`
}

// Help shows examples, and says what is lost.
func (exportVerb) Help() string {
	return `Examples:

  plexus export embedded --format turtle
  plexus export my-data/ -o my-data.nq.gz
  plexus export my.plexus --format kgx -o my      writes my_nodes.tsv and my_edges.tsv

The data is checked first. The same data gives the same bytes, whatever files it
came from. A file is written atomically: until it is complete, one of that name
stays as it was.

Turtle, TriG, JSON-LD and N-Quads (.ttl .trig .jsonld .nq) keep everything. So
does YAML (.yaml), our own format, or it says what it cannot hold and writes
nothing: ids and values of foreign data, and more than 8 MiB.

KGX (.tsv) is two tables; on standard output, and as .tar, an archive of both.
Every statement keeps its id, qualifiers and source, but other readers of KGX do
not know what modality, stage and context narrow. Of concepts and sources it
loses languages and all but the first name and description, where synonyms and
codes were read, what sources, articles and sections are called, and what the
data declares (prefixes, predicates, types). Line breaks become spaces.

GraphML (.graphml) is for drawing and cannot be read again. It loses the same,
and also notes of concepts, scopes of synonyms, matches of codes, datatypes and
further values. A text that is the object of a statement becomes a node.`
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
	d, done, err := dataFlag{v.Paths}.dataset(ctx, t.stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	stage := progress.Begin(ctx, "writing", progress.Bytes, -1)
	defer stage.End()
	if v.Output == "" {
		out := bufio.NewWriterSize(t.stdout, 1<<16)
		if err := seed.Write(ctx, stage.Writer(ctx, out), format, d); err != nil {
			return err
		}
		return out.Flush()
	}
	var written []*outFile
	for _, part := range v.parts(format) {
		f, err := newOutFile(part.path)
		if err == nil {
			written = append(written, f)
			err = f.fill(func(w io.Writer) error { return part.write(ctx, stage.Writer(ctx, w), d) })
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
	fmt.Fprintf(t.stdout, "%s: %s, %s\n", strings.Join(names, " and "), plural(len(d.Concepts), "concept"), plural(len(d.Statements), "statement"))
	return nil
}

// format returns what the flags ask for.
func (v exportVerb) format() (seed.Format, error) {
	if v.Format != "" {
		return seed.Format(v.Format), nil
	}
	if f, ok := seed.FormatOf(v.Output); ok {
		return f, nil
	}
	if v.Output == "" {
		return "", &usageError{"--format says what is written to standard output"}
	}
	return "", &usageError{fmt.Sprintf("the name %s does not say which format is meant: give --format", v.Output)}
}

// outPart is one file of an export.
type outPart struct {
	path  string
	write func(context.Context, io.Writer, *graph.Dataset) error
}

// parts returns the files of the export: two tables of KGX, or one file.
func (v exportVerb) parts(format seed.Format) []outPart {
	name, gz := strings.CutSuffix(v.Output, ".gz")
	if format != seed.KGX || strings.HasSuffix(name, ".tar") {
		return []outPart{{v.Output, func(ctx context.Context, w io.Writer, d *graph.Dataset) error { return seed.Write(ctx, w, format, d) }}}
	}
	name = strings.TrimSuffix(name, ".tsv")
	var parts []outPart
	for _, table := range []kgx.Table{kgx.Nodes, kgx.Edges} {
		path := fmt.Sprintf("%s_%s.tsv", strings.TrimSuffix(strings.TrimSuffix(name, "_nodes"), "_edges"), table)
		if gz {
			path += ".gz"
		}
		parts = append(parts, outPart{path, func(_ context.Context, w io.Writer, d *graph.Dataset) error { return table.Write(w, d) }})
	}
	return parts
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
	var w io.Writer = b
	var z *gzip.Writer
	if strings.HasSuffix(f.path, ".gz") {
		z = gzip.NewWriter(b) // without name and time: the same data, the same bytes
		w = z
	}
	if err := write(w); err != nil {
		return err
	}
	if z != nil {
		err = z.Close()
	}
	if err == nil {
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
