// Package syntax is what all readers of formats have in common: what they give,
// and how they say where a file is wrong.
//
// A reader turns the bytes of a file into quads ([Quads]) or into the rows of a
// table ([Rows]), each with its place, and reports what it cannot read as
// [Mistakes] or a [*Mistake]. It knows neither how the file is called and
// compressed, nor what becomes of what it gives: package seed checks that, and
// makes the graph of it.
package syntax

import (
	"context"
	"io"

	"github.com/cayleygraph/quad"
)

// Quads reads a file as quads and hands on each with its place, in the order of
// the file. Blank nodes have names of the file's own. It must be possible to read
// a file twice, with the same names.
//
// A mistake costs as little of the file as can be; the rest is read, and the
// error is [Mistakes] with all of them, at most [MaxMistakes]. Any other error
// ends the reading: that of yield, the context's, or that of r. Nothing is ever
// loaded from the network.
type Quads func(ctx context.Context, r io.Reader, yield func(Place, quad.Quad) error) error

// Rows reads a file as a table, one row at a time, so that a table of any length
// takes little memory. The first row names the columns.
type Rows interface {
	// Next returns the cells of the next row that is not blank, valid until the
	// next call. White space around a text is not part of it; an empty one is not
	// given. At the end the error is io.EOF; a [*Mistake] ends the reading, too.
	Next() ([]Cell, error)
	// Line returns the line of the row that was read last, counted from 1.
	Line() int
}

// Cell is a text of a table, and where it begins, counted from 1, the column in
// characters.
type Cell struct {
	Text         string
	Line, Column int
}

// Named are rows that name their cells themselves: no row is a header.
type Named interface {
	Rows
	// Names returns the names of the cells of the row that was read last. A list of
	// several values has a cell for each.
	Names() []string
}

// Left is what the rows of a file have that is not read.
type Left struct {
	What, Remedy string
	At           Place // of the first
	Rows         int
}

// AddLeft counts one more row that has what is not read, in a cell.
func AddLeft(all []Left, what, remedy string, cell Cell) []Left {
	for i := range all {
		if all[i].What == what {
			all[i].Rows++
			return all
		}
	}
	return append(all, Left{what, remedy, Place{Line: cell.Line, Column: cell.Column}, 1})
}
