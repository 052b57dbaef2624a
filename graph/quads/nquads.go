package quads

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
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
	parser := newFastParser()
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

// parseLine reads one line; found is false for an empty one or a comment.
func parseLine(line []byte) (q quad.Quad, found bool, err error) {
	fail := func(at int, message string) (quad.Quad, bool, error) {
		return quad.Quad{}, false, &SyntaxError{Column: utf8.RuneCount(line[:at]) + 1, Message: message}
	}
	if at := bytes.IndexByte(line, 0); at >= 0 {
		return fail(at, "a NUL byte; is this a file of text?")
	}
	if !utf8.Valid(line) {
		at := 0
		for r, size := utf8.DecodeRune(line); r != utf8.RuneError || size != 1; r, size = utf8.DecodeRune(line[at:]) {
			at += size
		}
		return fail(at, "not UTF-8; N-Quads are written in UTF-8")
	}
	rest := bytes.TrimSpace(line)
	if len(rest) == 0 || rest[0] == '#' {
		return quad.Quad{}, false, nil
	}
	offset := bytes.Index(line, rest[:1])
	terms, at, message := scanTerms(rest)
	if message != "" {
		return fail(offset+at, message)
	}
	q, err = nquads.Parse(hideDatatype(rest, terms))
	if err != nil {
		return parserError(line, offset, err)
	}
	if len(terms) < 3 {
		return fail(len(line), "a quad has a subject, a predicate and an object")
	}
	for _, d := range []quad.Direction{quad.Subject, quad.Predicate, quad.Object, quad.Label} {
		v, message := restore(q.Get(d))
		_, isNode := Name(v)
		switch _, isIRI := v.(quad.IRI); {
		case message != "":
		case d == quad.Predicate && !isIRI:
			message = "the predicate must be an IRI"
		case d == quad.Subject && !isNode:
			message = "the subject must be an IRI or a blank node"
		case d == quad.Label && v != nil && !isNode:
			message = "the graph label must be an IRI or a blank node"
		}
		if message != "" {
			return fail(offset+terms[min(int(d-quad.Subject), len(terms)-1)].from, message)
		}
		q.Set(d, v)
	}
	return q, true, nil
}

// hidden marks a datatype that Cayley's parser must not know, since it would
// turn the literal into a number or a time and lose its lexical form.
const hidden = "lexical:"

// hideDatatype returns the line for Cayley's parser, which wants a blank between
// two terms.
func hideDatatype(line []byte, terms []termAt) string {
	var plain strings.Builder
	from := 0
	for _, t := range terms {
		if t.from > 0 && t.from == from {
			plain.WriteByte(' ')
		}
		if t.datatype >= 0 {
			plain.Write(line[from:t.datatype])
			plain.WriteString(hidden)
			from = t.datatype
		}
		plain.Write(line[from:t.end])
		from = t.end
	}
	plain.Write(line[from:])
	return plain.String()
}

// restore undoes hideDatatype and the escapes in IRIs, which Cayley's parser
// leaves.
func restore(v quad.Value) (_ quad.Value, message string) {
	switch v := v.(type) {
	case quad.TypedString:
		iri, message := restoreIRI(strings.TrimPrefix(string(v.Type), hidden))
		if iri == string(xsdString) {
			return v.Value, message
		}
		return quad.TypedString{Value: v.Value, Type: quad.IRI(iri)}, message
	case quad.IRI:
		iri, message := restoreIRI(string(v))
		return quad.IRI(iri), message
	}
	return v, ""
}

func restoreIRI(iri string) (_, message string) {
	if strings.Contains(iri, `\`) {
		unquoted, err := strconv.Unquote(`"` + iri + `"`)
		if err != nil {
			return "", "the IRI has an escape that is none"
		}
		iri = unquoted
	}
	if !strings.Contains(iri, ":") {
		return "", "the IRI is relative; N-Quads need the full form"
	}
	return iri, ""
}

// parserError gives an error of Cayley's parser its place.
func parserError(line []byte, offset int, err error) (quad.Quad, bool, error) {
	message := strings.TrimPrefix(err.Error(), quad.ErrInvalid.Error()+": ")
	mistake := &SyntaxError{Message: message}
	if errors.Is(err, quad.ErrIncomplete) {
		mistake.Message = "the quad is incomplete; is the file cut off?"
	} else if what, at, found := cutLast(message, " at "); found {
		if column, err := strconv.Atoi(at); err == nil {
			mistake.Message, mistake.Column = what, utf8.RuneCount(line[:offset])+column+1
		}
	}
	return quad.Quad{}, false, mistake
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}
