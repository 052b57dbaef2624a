package seed

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/graphml"
	"github.com/plexus-kg/plexus/seed/rdf"
)

// Format is a format in which a data set can be written.
type Format string

// The formats. All but GraphML can be read again, and all but KGX and GraphML
// hold everything that they do not refuse.
const (
	YAML    Format = "yaml"    // our own: see the package comment
	KGX     Format = "kgx"     // a pair of tables, and YAML for what they refer to: see package kgx
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
// is several files, comes as a tar archive of nodes.tsv, edges.tsv and, for what
// these refer to, dataset.yaml.
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

// builtInPrefixes returns the prefixes that are known whatever is read.
func builtInPrefixes(ctx context.Context) (graph.Prefixes, error) {
	p := newProblems(nil, false)
	documents, err := readYAML(ctx, []file{{fsys: Embedded(), path: prefixFile, name: prefixFile}}, p)
	if err != nil {
		return graph.Prefixes{}, err
	}
	return collectPrefixes(documents, p), nil
}
