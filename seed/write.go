package seed

import (
	"archive/tar"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/graphml"
	"github.com/plexus-kg/plexus/seed/kgx"
	"github.com/plexus-kg/plexus/seed/rdf"
)

// Format is a format in which a data set can be written.
type Format string

// The formats. All but GraphML can be read again, and all but KGX and GraphML
// hold everything that they do not refuse.
const (
	YAML    Format = "yaml"    // our own: see the package comment
	KGX     Format = "kgx"     // a pair of tables: see package kgx
	Turtle  Format = "turtle"  // https://www.w3.org/TR/turtle/: see package rdf, also for the next three
	TriG    Format = "trig"    // https://www.w3.org/TR/trig/
	JSONLD  Format = "jsonld"  // https://www.w3.org/TR/json-ld11/
	NQuads  Format = "nquads"  // https://www.w3.org/TR/n-quads/
	GraphML Format = "graphml" // for drawing: see package graphml
)

// formats says how names of files of a format end, without .gz.
var formats = [...]struct {
	format  Format
	endings []string
}{
	{YAML, []string{".yaml", ".yml"}},
	{KGX, []string{".tsv", ".tar"}},
	{Turtle, []string{rdf.Turtle.Ending()}},
	{TriG, []string{rdf.TriG.Ending()}},
	{JSONLD, []string{rdf.JSONLD.Ending()}},
	{NQuads, []string{rdf.NQuads.Ending()}},
	{GraphML, []string{".graphml"}},
}

// Formats lists the formats.
func Formats() []Format {
	all := make([]Format, len(formats))
	for i, e := range formats {
		all[i] = e.format
	}
	return all
}

// FormatOf returns the format that a file name asks for, compressed (.gz) or
// not; ok is false for a name that asks for none.
func FormatOf(name string) (f Format, ok bool) {
	name = strings.TrimSuffix(strings.ToLower(name), ".gz")
	for _, e := range formats {
		if slices.ContainsFunc(e.endings, func(ending string) bool { return strings.HasSuffix(name, ending) }) {
			return e.format, true
		}
	}
	return "", false
}

// Write writes a normalized data set: the same data, the same bytes. KGX, which
// is two files, comes as a tar archive of nodes.tsv and edges.tsv.
//
// Nothing is lost in silence. What KGX and GraphML leave out stands in the
// comments of their packages; data that another format cannot hold is an error,
// for YAML before the first byte. A context that ends stops the writing with its
// error.
func Write(ctx context.Context, w io.Writer, f Format, d *graph.Dataset) error {
	w = &stoppable{ctx, w}
	switch f {
	case YAML:
		return writeYAML(ctx, w, d)
	case KGX:
		return writeArchive(ctx, w, d)
	case Turtle:
		return rdf.Write(ctx, w, rdf.Turtle, d)
	case TriG:
		return rdf.Write(ctx, w, rdf.TriG, d)
	case JSONLD:
		return rdf.Write(ctx, w, rdf.JSONLD, d)
	case NQuads:
		return rdf.Write(ctx, w, rdf.NQuads, d)
	case GraphML:
		return graphml.Write(w, d)
	default:
		names := make([]string, len(formats))
		for i, e := range formats {
			names[i] = string(e.format)
		}
		return fmt.Errorf("unknown format %q: it is %s", shorten(string(f)), list(names, "or"))
	}
}

// stoppable is a writer that fails once a context has ended.
type stoppable struct {
	ctx context.Context
	w   io.Writer
}

func (s *stoppable) Write(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.w.Write(p)
}

// writeArchive writes both tables of KGX as one archive. As the size of a file
// stands before its content in a tar, all is written twice, first to be
// counted: that takes less than to hold it in memory.
func writeArchive(ctx context.Context, w io.Writer, d *graph.Dataset) error {
	tables := []kgx.Table{kgx.Nodes, kgx.Edges}
	sizes := make([]counter, len(tables))
	for i, t := range tables {
		if err := t.Write(&stoppable{ctx, &sizes[i]}, d); err != nil {
			return err
		}
	}
	archive := tar.NewWriter(w)
	for i, t := range tables {
		header := tar.Header{Name: t.String() + ".tsv", Mode: 0o644, Size: int64(sizes[i]), Format: tar.FormatPAX}
		if err := archive.WriteHeader(&header); err != nil {
			return err
		}
		if err := t.Write(archive, d); err != nil {
			return err
		}
	}
	return archive.Close()
}

// counter counts what is written.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// builtInPrefixes returns the prefixes that are known whatever is read.
func builtInPrefixes(ctx context.Context) (graph.Prefixes, error) {
	p := newProblems(nil, false)
	documents, err := readYAML(ctx, []file{{fsys: Embedded(), path: prefixFile, name: prefixFile}}, p)
	if err != nil {
		return graph.Prefixes{}, err
	}
	return collectPrefixes(documents, p), nil
}
