package seed

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// readQuads returns the quads of an N-Quads file, compressed or not, as the
// part of a data set. The file itself is the source of what no other source is
// given for in it. A fault of the file's content is added to the problems.
func readQuads(ctx context.Context, f file, p *problems) (part quads.Part, err error) {
	part.Source = graph.Source{ID: graph.ID(quadsID(f)), Kind: graph.DataSource, Name: path.Base(f.path)}
	r, err := f.open()
	if err != nil {
		return part, err
	}
	defer func() { _ = r.Close() }()
	last := 0
	content, err := uncompressed(r)
	if err == nil {
		err = quads.ReadNQuads(ctx, content, func(line int, q quad.Quad) error {
			last = line
			part.Quads = append(part.Quads, q)
			return nil
		})
	}
	var mistakes quads.SyntaxErrors
	var corrupt flate.CorruptInputError
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return part, ctx.Err()
	case errors.As(err, &mistakes):
		for _, m := range mistakes {
			p.add(place{f.name, m.Line, m.Column}, RuleQuads, "", "not N-Quads: %s", m.Message)
		}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.As(err, &corrupt):
		p.add(place{file: f.name, line: last}, RuleCutOff, "", "the compressed file is cut off or damaged; %d lines of it could be read", last)
	default:
		return part, fmt.Errorf("%s: %w", f.name, cause(err))
	}
	return part, nil
}

// quadsID returns the id of a file as a source: real-cc for real-cc.nq.gz.
func quadsID(f file) string {
	name, _, _ := strings.Cut(strings.ToLower(path.Base(f.path)), ".nq")
	if id := slug(name); id != "" {
		return id
	}
	return "quads"
}

// uncompressed returns what r holds, unpacked if its first bytes are those of
// gzip: a name can be wrong.
func uncompressed(r io.Reader) (io.Reader, error) {
	b := bufio.NewReaderSize(r, 1<<16)
	if magic, _ := b.Peek(2); len(magic) == 2 && magic[0] == 0x1f && magic[1] == 0x8b {
		return gzip.NewReader(b)
	}
	return b, nil
}
