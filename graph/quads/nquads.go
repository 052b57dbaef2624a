package quads

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/cayleygraph/quad"
)

// MaxLine is the longest line, in bytes, that ReadNQuads accepts.
const MaxLine = 16 << 20

// SyntaxError is a mistake in a file of N-Quads.
type SyntaxError struct {
	Line    int // from 1
	Column  int // in characters, from 1; 0 where the whole line is meant
	Message string
}

// Error returns the mistake with its place: line 3, column 7: …
func (e *SyntaxError) Error() string {
	if e.Column == 0 {
		return fmt.Sprintf("line %d: %s", e.Line, e.Message)
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Message)
}

// SyntaxErrors are the mistakes of a file, in the order of its lines.
type SyntaxErrors []*SyntaxError

// Error returns the first mistake, and how many more there are.
func (e SyntaxErrors) Error() string {
	switch len(e) {
	case 0:
		return "no mistake"
	case 1:
		return e[0].Error()
	default:
		return fmt.Sprintf("%v (and %d more)", e[0], len(e)-1)
	}
}

// Unwrap lets errors.As find the first mistake.
func (e SyntaxErrors) Unwrap() []error {
	all := make([]error, len(e))
	for i := range e {
		all[i] = e[i]
	}
	return all
}

// maxMistakes is how many mistakes of a file are reported: one that has more is
// no file of N-Quads. One more than a thousand, so that whoever lists a thousand
// knows that there are more.
const maxMistakes = 1001

// ReadNQuads reads N-Quads (https://www.w3.org/TR/n-quads/), which include
// N-Triples, and hands on every quad with the number of its line, in the order
// of the file. Literals keep their lexical form: "007"^^xsd:integer stays 007.
//
// A mistake costs its line only: the rest is read, and the error is
// [SyntaxErrors] with all of them, at most 1,001. Any other error ends the
// reading: that of yield, the context's, or that of r, with the line that was
// being read. Decompression is the caller's business.
func ReadNQuads(ctx context.Context, r io.Reader, yield func(line int, q quad.Quad) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(make([]byte, 64<<10), MaxLine)
	lines.Split(splitLines)
	parser := newLineParser()
	var mistakes SyntaxErrors
	n := 0
	for lines.Scan() {
		n++
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		line := lines.Bytes()
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\uFEFF"))
		}
		q, found, err := parser.parse(line)
		var mistake *SyntaxError
		if errors.As(err, &mistake) {
			mistake.Line = n
			if mistakes = append(mistakes, mistake); len(mistakes) == maxMistakes {
				return mistakes
			}
			continue
		}
		if err == nil && found {
			err = yield(n, q)
		}
		if err != nil {
			return err
		}
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		mistakes = append(mistakes, &SyntaxError{Line: n + 1, Message: fmt.Sprintf("the line is longer than %d MiB; is this a file of N-Quads?", MaxLine>>20)})
	case err != nil:
		return fmt.Errorf("line %d: %w", n+1, err)
	}
	if err := ctx.Err(); err != nil || len(mistakes) == 0 {
		return err
	}
	return mistakes
}

// splitLines is a bufio.SplitFunc for lines that end in LF, CR LF or CR, as the
// grammar allows.
func splitLines(data []byte, atEOF bool) (advance int, line []byte, err error) {
	end := bytes.IndexByte(data, '\n')
	if end < 0 {
		end = len(data)
	}
	switch cr := bytes.IndexByte(data[:end], '\r'); {
	case cr >= 0 && cr < len(data)-1:
		if data[cr+1] == '\n' {
			return cr + 2, data[:cr], nil
		}
		return cr + 1, data[:cr], nil
	case end < len(data):
		return end + 1, data[:end], nil
	case !atEOF || len(data) == 0: // an LF may follow a CR
		return 0, nil, nil
	case cr >= 0:
		return len(data), data[:cr], nil
	default:
		return len(data), data, nil
	}
}
