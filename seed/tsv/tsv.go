// Package tsv reads tables of tab-separated values: a row on each line, tabs
// between the cells, and no quoting, as the Knowledge Graph Exchange, SSSOM and
// most databases of biology publish them. A cell is what stands between two tabs,
// without the white space around it.
package tsv

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// maxLine is what one line may hold, in bytes: texts that people read.
const maxLine = 1 << 20

// Reader is the [syntax.Rows] of a file. Lines are UTF-8 and end in LF or CRLF;
// a byte order mark is no part of the first. A line is a mistake that is larger
// than 1 MiB, or no text.
type Reader struct {
	lines  *bufio.Reader
	line   int // that was read last
	buffer []byte
	cells  []syntax.Cell
	cut    bool // the last line has no end
}

// NewReader returns a reader of what r holds, uncompressed.
func NewReader(r io.Reader) *Reader { return &Reader{lines: bufio.NewReaderSize(r, 1<<16)} }

// Line returns the number of the line that was read last.
func (t *Reader) Line() int { return t.line }

// Cut reports whether the line that was read last has no end.
func (t *Reader) Cut() bool { return t.cut }

// Next returns the cells of the next row that is not blank; see [syntax.Rows].
func (t *Reader) Next() ([]syntax.Cell, error) {
	for {
		line, err := t.readLine()
		if err != nil {
			return nil, err
		}
		if len(bytes.TrimSpace(line)) > 0 {
			t.split(string(line))
			return t.cells, nil
		}
	}
}

// readLine returns the next line without its end.
func (t *Reader) readLine() ([]byte, error) {
	t.buffer = t.buffer[:0]
	t.line++
	for {
		part, err := t.lines.ReadSlice('\n')
		t.buffer = append(t.buffer, part...)
		switch {
		case len(t.buffer) > maxLine:
			return nil, syntax.NewMistake(syntax.LongLine, syntax.Place{Line: t.line}, "a line of more than %d MiB: the rest of the file is not read", maxLine>>20)
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(t.buffer) > 0:
		case err != nil:
			return nil, err
		}
		t.cut = !bytes.HasSuffix(t.buffer, []byte("\n"))
		line := bytes.TrimSuffix(bytes.TrimSuffix(t.buffer, []byte("\n")), []byte("\r"))
		if t.line == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		at, what := syntax.NotText(line)
		if i := bytes.IndexByte(line, '\r'); what == "" && i >= 0 {
			at, what = i, "a carriage return within a line"
		}
		if what != "" {
			return nil, syntax.NewMistake(syntax.Encoding, syntax.Place{Line: t.line, Column: 1 + utf8.RuneCount(line[:at])},
				"%s: a table is UTF-8 text with a row on each line; the rest of the file is not read", what)
		}
		return line, nil
	}
}

func (t *Reader) split(line string) {
	t.cells = t.cells[:0]
	column := 1
	for more := true; more; {
		var cell string
		cell, line, more = strings.Cut(line, "\t")
		t.cells = append(t.cells, syntax.Cell{Text: cell, Line: t.line, Column: column}.Trimmed())
		column += utf8.RuneCountInString(cell) + 1
	}
}
