package seed

import (
	"context"
	"fmt"
	"io"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/plexus-kg/plexus/graph"
)

// Write writes a normalized data set: the same data, the same bytes. A format of
// several files (KGX) comes as a tar archive of them; [Parts] has them one by
// one.
//
// Nothing is lost in silence. What a format leaves out stands in its entry of
// [FormatRegistry]; data that it refuses to leave out is an error, for YAML
// before the first byte. A context that ends stops the writing with its error.
//
// A [Subject] that mentions things by their ids is written without them; with are the
// paths of what describes them.
func Write(ctx context.Context, w io.Writer, f Format, d *graph.Dataset, with ...string) error {
	e, known := f.entry()
	if !known || e.output == nil {
		return fmt.Errorf("unknown format %q: it is %s", syntax.Shorten(string(f)), FormatNames())
	}
	if f == YAML {
		return writeYAML(ctx, &stoppable{ctx, w}, d, with)
	}
	return e.output.write(ctx, &stoppable{ctx, w}, d)
}

// Part is one of the files that a data set is written as.
type Part struct {
	Path string
	// Mark is how a file of that name begins that may be replaced, empty for any:
	// what stands beside the file that was asked for may be somebody's own.
	Mark  string
	Write func(ctx context.Context, w io.Writer, d *graph.Dataset) error
}

// Parts returns the files as which a data set is written in a format to a path:
// one, or the tables of KGX with what they refer to.
func Parts(f Format, path string, with ...string) []Part {
	if e, known := f.entry(); known && e.output != nil && e.output.parts != nil {
		if parts := e.output.parts(path); len(parts) > 0 {
			return parts
		}
	}
	return []Part{{Path: path, Write: func(ctx context.Context, w io.Writer, d *graph.Dataset) error { return Write(ctx, w, f, d, with...) }}}
}

// Refused says what [Read] would refuse of the files of a data set in a format,
// counted by rule, each with the first of it; nothing if they can be read, and
// for a format that always is, or never. Data of others can have ids and types
// that tables are not read with. Where there are too many rows to try, that is
// said.
func Refused(ctx context.Context, f Format, d *graph.Dataset) ([]string, error) {
	if e, known := f.entry(); known && e.output != nil && e.output.unread != nil {
		return e.output.unread(ctx, d)
	}
	return nil, nil
}

// Apart says how many statements are left out of the files of a data set in a
// format, or of those among them that others read, and why; nothing if none are.
func Apart(f Format, d *graph.Dataset) string {
	if e, known := f.entry(); known && e.output != nil && e.output.apart != nil {
		return e.output.apart(d)
	}
	return ""
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
	documents, err := readYAML(ctx, []file{{fsys: Embedded(), path: prefixFile, name: prefixFile, in: input{document: true}}}, p)
	if err != nil {
		return graph.Prefixes{}, err
	}
	return collectPrefixes(documents, p), nil
}
