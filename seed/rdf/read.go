package rdf

import (
	"context"
	"errors"
	"io"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// Read does the same as [Format.Scan], with every rdf:Statement as [Statements]
// has it.
func (f Format) Read(ctx context.Context, r io.Reader, yield func(syntax.Place, quad.Quad) error) error {
	return Statements(f.Scan)(ctx, r, yield)
}

// Scan reads a file of RDF and hands on every quad as it stands in the file, in
// its order, as [syntax.Quads] says.
func (f Format) Scan(ctx context.Context, r io.Reader, yield func(syntax.Place, quad.Quad) error) error {
	return parse(ctx, f, r, "", yield)
}

// ReadJSONLD is [Format.Scan] of JSON-LD with what relative IRIs are relative to, and
// things without a name are named after: the address of a page.
func ReadJSONLD(ctx context.Context, r io.Reader, base string, yield func(syntax.Place, quad.Quad) error) error {
	return readJSONLD(ctx, r, base, yield)
}

// Statements reads the quads that scan does, and hands on an rdf:Statement with
// subject, predicate and object as the one quad that its IRI labels. The order
// is that of scan but for these, which come last.
func Statements(scan syntax.Quads) syntax.Quads {
	return syntax.Rewrite(scan, func(yield func(syntax.Place, quad.Quad) error) syntax.Rewriter { return &statements{yield: yield} })
}

// parse is Scan with what relative IRIs are relative to.
func parse(ctx context.Context, format Format, r io.Reader, base string, yield func(syntax.Place, quad.Quad) error) error {
	switch format {
	case Turtle, TriG:
		return readTurtle(ctx, r, base, format == TriG, yield)
	case NTriples, NQuads:
		return readLines(ctx, format, r, yield)
	case JSONLD:
		return readJSONLD(ctx, r, base, yield)
	case XML:
		return readXML(ctx, r, base, yield)
	default:
		return errors.New("no format of RDF that is known")
	}
}

// readLines reads N-Triples and N-Quads.
func readLines(ctx context.Context, format Format, r io.Reader, yield func(syntax.Place, quad.Quad) error) error {
	var labelled syntax.Mistakes
	err := quads.ReadNQuads(ctx, r, func(line int, q quad.Quad) error {
		at := syntax.Place{Line: line}
		if format == NTriples && q.Label != nil {
			labelled = append(labelled, syntax.NewMistake(syntax.Malformed, at, "N-Triples have no graph; a file of N-Quads ends in .nq"))
			if len(labelled) >= syntax.MaxMistakes {
				return labelled
			}
			return nil
		}
		return yield(at, q)
	})
	var mistakes quads.SyntaxErrors
	if errors.As(err, &mistakes) {
		for _, m := range mistakes {
			labelled = append(labelled, syntax.NewMistake(syntax.Malformed, syntax.Place{Line: m.Line, Column: m.Column}, "%s", m.Message))
		}
		err = nil
	}
	if err == nil && len(labelled) > 0 {
		return labelled
	}
	return err
}
