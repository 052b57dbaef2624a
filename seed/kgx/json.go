package kgx

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// JSON is the [syntax.Named] of the nodes or edges of a file of JSON, or of JSON Lines:
// an object for each. A list has a cell for each of its values; what else is no text is
// written as JSON writes it, and null is nothing.
type JSON struct {
	from   *syntax.JSON
	lines  *lineCounter
	list   string // the key of the list to read; empty for JSON Lines
	inList bool
	found  bool // one of the two lists
	line   int
	names  []string
	cells  []syntax.Cell
}

// NewJSON returns a reader of one list of a file: an object with the lists nodes and
// edges.
func (t Table) NewJSON(r io.Reader) *JSON {
	lines := &lineCounter{from: r}
	return &JSON{from: syntax.NewJSON(lines), lines: lines, list: t.String()}
}

// NewJSONLines returns a reader of a file with an object on each line.
func NewJSONLines(r io.Reader) *JSON {
	lines := &lineCounter{from: r}
	return &JSON{from: syntax.NewJSON(lines), lines: lines}
}

// Line returns the line at which the object that was read last begins.
func (j *JSON) Line() int { return j.line }

// Names returns the names of its cells.
func (j *JSON) Names() []string { return j.names }

// Next returns the cells of the next object; see [syntax.Rows].
func (j *JSON) Next() ([]syntax.Cell, error) {
	for {
		if j.list != "" && !j.inList {
			if err := j.find(); err != nil {
				return nil, j.mistake(err)
			}
		}
		if j.inList && !j.from.More() {
			if _, err := j.from.Token(); err != nil { // the end of the list
				return nil, j.mistake(err)
			}
			j.inList = false
			continue
		}
		err := j.object()
		if err == nil && len(j.cells) == 0 {
			continue
		}
		return j.cells, j.mistake(err)
	}
}

// find goes to the next list to read.
func (j *JSON) find() error {
	for {
		token, err := j.from.Token()
		if errors.Is(err, io.EOF) && !j.found {
			return errors.New("it has no list nodes or edges")
		}
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('{'), json.Delim('}'):
			continue
		}
		key, isKey := token.(string)
		if !isKey {
			return fmt.Errorf("an object with the lists nodes and edges was expected, found %v", token)
		}
		j.found = j.found || key == Nodes.String() || key == Edges.String()
		if key == j.list {
			if token, err = j.from.Token(); err == nil && token != json.Delim('[') {
				err = fmt.Errorf("%s is no list", key)
			}
			j.inList = true
			return err
		}
		if err := j.from.Skip(); err != nil {
			return err
		}
	}
}

// object reads an object.
func (j *JSON) object() error {
	j.names, j.cells = j.names[:0], j.cells[:0]
	token, err := j.from.Token()
	if err != nil {
		return err
	}
	j.line = j.lines.at(j.from.InputOffset())
	if token != json.Delim('{') {
		return fmt.Errorf("an object was expected, found %v", token)
	}
	for j.from.More() {
		key, err := j.from.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if err := j.from.Decode(&value); err != nil {
			return err
		}
		name := fmt.Sprint(key)
		var several []json.RawMessage
		if value[0] != '[' || json.Unmarshal(value, &several) != nil {
			several = []json.RawMessage{value}
		}
		for _, v := range several {
			j.cell(name, v)
		}
	}
	_, err = j.from.Token()
	return err
}

func (j *JSON) cell(name string, value json.RawMessage) {
	text := string(value)
	switch value[0] {
	case '"':
		_ = json.Unmarshal(value, &text)
	case 'n':
		return
	case '{', '[':
		var compact bytes.Buffer
		if json.Compact(&compact, value) == nil {
			text = compact.String()
		}
	}
	text = strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, text)
	c := syntax.Cell{Text: text, Line: j.line}.Trimmed()
	c.Column = 0
	j.names, j.cells = append(j.names, name), append(j.cells, c)
}

// mistake returns an error of the content with its place.
func (j *JSON) mistake(err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, io.EOF) && !j.inList {
		return io.EOF
	}
	var wrong *json.SyntaxError
	if errors.As(err, &wrong) || syntax.CutOff(err) || j.lines.err == nil || errors.Is(j.lines.err, io.EOF) {
		what := err.Error()
		if syntax.CutOff(err) {
			what = "the file ends within an object or a list"
		}
		return syntax.NewMistake(syntax.Malformed, syntax.Place{Line: j.lines.at(j.from.InputOffset())}, "%s; the rest of the file is not read", what)
	}
	return err
}

// lineCounter tells the lines of places in what was read through it.
type lineCounter struct {
	from io.Reader
	err  error
	read int64
	ends []int64 // of lines behind the last place
	line int     // of that, less one
}

func (c *lineCounter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	for i, b := range p[:n] {
		if b == '\n' {
			c.ends = append(c.ends, c.read+int64(i))
		}
	}
	c.read += int64(n)
	c.err = err
	return n, err
}

// at returns the line of a place that is not before the last one.
func (c *lineCounter) at(offset int64) int {
	passed, _ := slices.BinarySearch(c.ends, offset)
	c.line += passed
	c.ends = append(c.ends[:0], c.ends[passed:]...)
	return c.line + 1
}
