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

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/progress"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/compression"
	"github.com/plexus-kg/plexus/seed/kgx"
)

type exportVerb struct {
	Paths  []string `arg:"" name:"path" help:"Folders and files of data, or one release; 'embedded' is the seed."`
	Format string   `placeholder:"FORMAT" help:"yaml, kgx, turtle, trig, jsonld, nquads or graphml; without it the ending of --output says which."`
	Output string   `short:"o" placeholder:"FILE" help:"Write this file instead of standard output. A name that ends in .gz is compressed."`
}

// Help shows examples, and says what is lost.
func (exportVerb) Help() string {
	return `Examples:

  plexus export embedded --format turtle
  plexus export my-data/ -o my-data.nq.gz
  plexus export my.plexus --format kgx -o my      writes my_nodes.tsv, my_edges.tsv and my.yaml

The data is checked first. The same data gives the same bytes, whatever files it
came from. A file is written atomically: until it is complete, one of that name
stays as it was.

Turtle, TriG, JSON-LD and N-Quads (.ttl .trig .jsonld .nq) keep everything. So
does YAML (.yaml), our own format, or it says what it cannot hold and writes
nothing: ids and values of foreign data, and more than 8 MiB.

KGX (.tsv) is two tables and, in a file of YAML, what they refer to: the data
set, sources, articles, prefixes, own types and predicates. Together they are
read again. On standard output, and as .tar, they are one archive. Every
statement keeps its id, qualifiers and source, but other readers of KGX do not
know what modality, stage and context narrow. Of concepts it loses all but the
first name and description, languages if there are several, and where synonyms
and codes were read. Line breaks become spaces. What tables are not read with,
such as blank nodes, full IRIs as ids and types that nothing declares, is
written all the same, and counted on standard error.

Columns that are read: of nodes id, category, name, description, note, sections,
provided_by, synonym, exact_synonym, related_synonym, narrow_synonym,
broad_synonym, lay_synonym, xref, same_as, exact_match, close_match, broad_match,
narrow_match, related_match; of edges id, subject, predicate, object, value,
language, negated, modality, frequency, frequencyValue, stage, timing, context,
laterality, strength, attribution, note, evidenceCode (or has_evidence),
primary_knowledge_source (or source), section, locator, key. Others of the
Biolink Model (publications, in_taxon) are kept as further values.

GraphML (.graphml) is for drawing and cannot be read again. It loses the same,
what the tables refer to, notes of concepts, scopes of synonyms, matches of codes, datatypes and
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
	parts := v.parts(format)
	for _, part := range parts {
		if err := keepInputs(part.path, v.Paths); err != nil {
			return err
		}
		if part.mark != "" {
			if err := keepUnmarked(part.path, part.mark); err != nil {
				return err
			}
		}
	}
	d, done, err := dataFlag{v.Paths}.dataset(ctx, t.stderr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	stage := progress.Begin(ctx, "writing", progress.Bytes, -1)
	defer stage.End()
	if format == seed.KGX {
		if err := tellRefused(ctx, t.stderr, d); err != nil {
			return err
		}
	}
	if v.Output == "" {
		out := bufio.NewWriterSize(t.stdout, 1<<16)
		if err := seed.Write(ctx, stage.Writer(ctx, out), format, d); err != nil {
			return err
		}
		return out.Flush()
	}
	var written []*outFile
	for _, part := range parts {
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
	last := len(names) - 1
	said := strings.TrimPrefix(strings.Join(names[:last], ", ")+" and "+names[last], " and ")
	fmt.Fprintf(t.stdout, "%s: %s, %s\n", said, plural(len(d.Concepts), "concept"), plural(len(d.Statements), "statement"))
	return nil
}

// format returns what the flags ask for.
func (v exportVerb) format() (seed.Format, error) {
	named, ok := seed.FormatOf(v.Output)
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
			return "", &usageError{fmt.Sprintf("--format must be one of %v but got %q", seed.Formats(), v.Format)}
		}
		format = meant
	}
	if ok && named != format {
		return "", &usageError{fmt.Sprintf("--format says %s, but %s has the name of %s: leave --format out, or give --output another name", format, v.Output, named)}
	}
	return format, nil
}

// outPart is one file of an export.
type outPart struct {
	path  string
	mark  string // how the file begins that may be replaced, empty for any
	write func(context.Context, io.Writer, *graph.Dataset) error
}

// parts returns the files of the export: two tables of KGX with what they refer
// to, or one file.
func (v exportVerb) parts(format seed.Format) []outPart {
	name := compression.Trim(v.Output)
	packed := v.Output[len(name):]
	if format != seed.KGX || strings.HasSuffix(name, ".tar") {
		return []outPart{{path: v.Output, write: func(ctx context.Context, w io.Writer, d *graph.Dataset) error { return seed.Write(ctx, w, format, d) }}}
	}
	name = strings.TrimSuffix(name, ".tsv")
	name = strings.TrimSuffix(strings.TrimSuffix(name, "_nodes"), "_edges")
	var parts []outPart
	for _, table := range []kgx.Table{kgx.Nodes, kgx.Edges} {
		path := fmt.Sprintf("%s_%s.tsv%s", name, table, packed)
		parts = append(parts, outPart{path: path, write: func(_ context.Context, w io.Writer, d *graph.Dataset) error { return table.Write(w, d) }})
	}
	return append(parts, outPart{name + ".yaml", seed.DescriptionMark, seed.WriteDescription})
}

// tellRefused says what of the tables could not be read again.
func tellRefused(ctx context.Context, stderr io.Writer, d *graph.Dataset) error {
	refused, err := seed.Refused(ctx, d)
	if len(refused) > 0 {
		fmt.Fprintln(stderr, "plexus: these tables are not read again as they are; Turtle, TriG, JSON-LD and N-Quads would be")
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
