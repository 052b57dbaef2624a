package rdf

import (
	"context"
	"errors"
	"io"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph/quads"
)

// Read reads a file of RDF and hands on every quad with its place, an
// rdf:Statement with subject, predicate and object as the one quad that its IRI
// labels. The order is that of the file but for these, which come last.
//
// A mistake costs the statement in which it stands; the rest is read, and the
// error is [Mistakes] with all of them, at most 1,001. Any other error ends
// the reading: that of yield, the context's, or that of r. Decompression is the
// caller's business. Nothing is ever loaded from the network.
func Read(ctx context.Context, format Format, r io.Reader, yield func(Place, quad.Quad) error) error {
	s := &statements{yield: yield}
	err := parse(ctx, format, r, "", s.add)
	var found Mistakes
	if err != nil && !errors.As(err, &found) {
		return err
	}
	if err := s.finish(); err != nil {
		var more Mistakes
		if !errors.As(err, &more) {
			return err
		}
		found = append(found, more...)
	}
	if len(found) > 0 {
		return found
	}
	return nil
}

// Scan does the same as [Read], but hands on every quad as it stands in the
// file, in its order: rdf:Statements are what they are written as, and nothing
// waits for the end.
func Scan(ctx context.Context, format Format, r io.Reader, yield func(Place, quad.Quad) error) error {
	return parse(ctx, format, r, "", yield)
}

// parse is Scan with what relative IRIs are relative to.
func parse(ctx context.Context, format Format, r io.Reader, base string, yield func(Place, quad.Quad) error) error {
	switch format {
	case Turtle, TriG:
		return readTurtle(ctx, r, base, format == TriG, yield)
	case NTriples, NQuads:
		return readLines(ctx, format, r, yield)
	case JSONLD:
		return readJSONLD(ctx, r, base, yield)
	default:
		return errors.New("no format of RDF that is known")
	}
}

// readLines reads N-Triples and N-Quads.
func readLines(ctx context.Context, format Format, r io.Reader, yield func(Place, quad.Quad) error) error {
	var labelled Mistakes
	err := quads.ReadNQuads(ctx, r, func(line int, q quad.Quad) error {
		at := Place{Line: line}
		if format == NTriples && q.Label != nil {
			labelled = append(labelled, mistake(Syntax, at, "N-Triples have no graph; a file of N-Quads ends in .nq"))
			if len(labelled) >= maxMistakes {
				return labelled
			}
			return nil
		}
		return yield(at, q)
	})
	var mistakes quads.SyntaxErrors
	if errors.As(err, &mistakes) {
		for _, m := range mistakes {
			labelled = append(labelled, mistake(Syntax, Place{Line: m.Line, Column: m.Column}, "%s", m.Message))
		}
		err = nil
	}
	if err == nil && len(labelled) > 0 {
		return labelled
	}
	return err
}
