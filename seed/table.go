package seed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/kgx"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// table reads the rows of a file, one at a time, so that a table of any length
// takes little memory.
type table struct {
	file     string
	in       input
	from     syntax.Rows
	problems *problems
	// broken, if there is one, is called with the id of each row, in a column of
	// that name, that is not read: for a fault of its own or of the header, or
	// because there were too many before.
	broken func(id text)
	cells  []text
}

// errStop ends the reading of a file whose fault has been told.
var errStop = errors.New("the rest of the file is not read")

// next returns the cells of the next row that is not blank, valid until the
// next call; an empty cell is a text that is not given. At the end the error is
// io.EOF; after a fault that leaves no hope it is errStop.
func (t *table) next() ([]text, error) {
	cells, err := t.from.Next()
	var m *syntax.Mistake
	if errors.As(err, &m) {
		t.problems.mistake(t.file, t.in, m)
		return nil, errStop
	} else if err != nil {
		return nil, err
	}
	t.cells = t.cells[:0]
	for _, c := range cells {
		t.cells = append(t.cells, t.text(c))
	}
	return t.cells, nil
}

func (t *table) text(c syntax.Cell) text {
	if c.Text == "" {
		return text{}
	}
	return text{is: c.Text, at: place{t.file, c.Line, c.Column}}
}

// trimmed returns a text without the white space around it, at the place where
// it then begins; an empty one is not given.
func trimmed(t text) text {
	c := syntax.Cell{Text: t.is, Column: t.at.column}.Trimmed()
	if t.is, t.at.column = c.Text, c.Column; t.is == "" {
		return text{}
	}
	return t
}

// column is a column of a table: its name, and where its cells go.
type column struct {
	name string
	read func(text)
}

// rows reads the rows of a table, puts their cells where the columns say, and
// calls do after each with the place of the row. Under a header that lacks a
// column that is needed no row is read, and an error of do ends the reading.
// More columns are found by other, which returns nil for an unknown one.
func (t *table) rows(ctx context.Context, columns []column, other func(text) func(text), needed []string, do func(at place) error) error {
	if named, ok := t.from.(syntax.Named); ok {
		return t.objects(ctx, named, columns, other, needed, do)
	}
	header, err := t.next()
	if errors.Is(err, io.EOF) {
		t.problems.add(place{file: t.file}, RuleMissingKey, "", "the table is empty: its first line names the columns, %s", list(needed, "and"))
		return nil
	} else if err != nil {
		return err
	}
	header = slices.Clone(header)
	readers, ok := t.header(header, columns, other, needed)
	if !ok && t.broken == nil {
		return nil
	}
	id := slices.IndexFunc(header, func(name text) bool { return name.is == "id" })
	least := 0 // cells that a row has: what is not there of the others is empty
	for i, name := range header {
		if slices.Contains(needed, name.is) {
			least = i + 1
		}
	}
	short, shorts := place{}, 0
	for {
		cells, err := t.next()
		if errors.Is(err, io.EOF) {
			if ends, ok := t.from.(interface{ Cut() bool }); ok && ends.Cut() && shorts == 1 && short.line == t.from.Line()-1 {
				t.problems.add(short, RuleCutOff, "", "the last row has fewer cells than the header, and no end of line: the file is cut off")
			}
			return nil
		} else if err != nil {
			return err
		}
		if t.from.Line()%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		at := place{t.file, t.from.Line(), 1}
		if n := len(cells); n < len(readers) && n >= least {
			short, shorts = at, shorts+1
			t.problems.note(at, "short row", func(rows string) (string, string) {
				return has(rows) + " fewer cells than the header: those that are not there are taken for empty", "write a cell for each column"
			})
			for range len(readers) - n {
				cells = append(cells, text{})
			}
		}
		if (!ok || len(cells) != len(readers)) && t.broken != nil && id >= 0 && id < len(cells) {
			t.broken(cells[id])
		}
		if !ok {
			continue
		}
		if len(cells) != len(readers) {
			t.problems.add(at, RuleWrongShape, "", "the row has %s, the header has %d: every row has a cell for each column, be it empty", counted(len(cells), "cell"), len(readers))
			continue
		}
		for i, read := range readers {
			t.cell(header[i].is, cells[i], read)
		}
		if err := do(at); err != nil {
			return err
		}
		if ok = !t.problems.full(t.file); !ok && t.broken == nil {
			return errStop
		}
	}
}

// cell hands a cell on to the reader of its column.
func (t *table) cell(column string, cell text, read func(text)) {
	switch {
	case !cell.given():
		return
	case t.mangledCell(column, cell):
		if column == "name" { // there is one, but nobody knows it any more
			read(text{at: cell.at})
		}
		return
	case isUnfilled(cell.is):
		t.problems.add(cell.at, RuleUnfilled, "", "%s: is still to be filled in: %s", column, syntax.Shorten(cell.is))
	}
	read(cell)
}

// objects is rows for a file in which every row names its cells itself.
func (t *table) objects(ctx context.Context, rows syntax.Named, columns []column, other func(text) func(text), needed []string, do func(at place) error) error {
	known := map[string]func(text){}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i], known[c.name] = c.name, c.read
	}
	for {
		cells, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		at := place{t.file, t.from.Line(), 0}
		given := map[string]bool{}
		for i, name := range rows.Names() {
			cell := cells[i]
			read, found := known[name]
			if !found {
				if read = other(text{is: name, at: at}); read == nil {
					read = t.unknownColumn(text{is: name, at: at}, names)
				}
				known[name] = read
			}
			if kgx.Multivalued(name) && strings.ContainsAny(cell.is, kgx.Separator+`\`) {
				cell.is = strings.NewReplacer("|", `\|`, `\`, `\\`).Replace(cell.is)
			}
			given[name] = given[name] || cell.given()
			t.cell(name, cell, read)
		}
		for _, name := range needed {
			if !given[name] {
				t.problems.add(at, RuleMissingKey, "", "this object has no %s", name)
			}
		}
		if err := do(at); err != nil {
			return err
		}
		if t.problems.full(t.file) {
			return errStop
		}
	}
}

// header returns a reader for each column; ok is false if a column that is
// needed is not there. One that is at fault is reported and not read.
func (t *table) header(names []text, columns []column, other func(text) func(text), needed []string) (readers []func(text), ok bool) {
	known := make([]string, len(columns))
	for i, c := range columns {
		known[i] = c.name
	}
	seen := map[string]place{}
	var meant []string // by the names that are unknown
	for i, name := range names {
		read := func(text) {}
		first, twice := seen[name.is]
		j := slices.Index(known, name.is)
		switch further := other(name); {
		case !name.given():
			t.problems.add(place{t.file, t.from.Line(), 0}, RuleMissingKey, "", "column %d has no name", i+1)
		case twice:
			t.problems.add(name.at, RuleDuplicateKey, "", "the column %q stands twice; first in column %d of the line", syntax.Shorten(name.is), first.column)
		case j >= 0:
			read = columns[j].read
		case further != nil:
			read = further
		default:
			if near := nearest(name.is, known); slices.Contains(needed, near) && !slices.ContainsFunc(names, func(t text) bool { return t.is == near }) {
				meant = append(meant, near)
				t.problems.add(name.at, RuleUnknownKey, near, "unknown column %q", syntax.Shorten(name.is))
			} else {
				read = t.unknownColumn(name, known)
			}
		}
		if name.given() {
			seen[name.is] = name.at
		}
		readers = append(readers, read)
	}
	for _, name := range needed {
		if _, there := seen[name]; there {
			continue
		}
		if !slices.Contains(meant, name) {
			t.problems.add(place{t.file, t.from.Line(), 0}, RuleMissingKey, "", "the table has no column %s", name)
		}
		readers = nil
	}
	return readers, readers != nil
}

// unknownColumn returns a reader of a column that is not known, which counts its rows.
func (t *table) unknownColumn(name text, known []string) func(text) {
	return func(text) {
		t.problems.noteRow(name.at, t.from.Line(), "column "+name.is, func(rows string) (string, string) {
			remedy := "call it by a CURIE such as ex:" + cmp.Or(graph.Slug(name.is), "x") + ", and it is kept as a further value"
			if near := nearest(name.is, known); near != "" {
				remedy = "did you mean " + near + "? Else " + remedy
			}
			return fmt.Sprintf("unknown column %q: what %s there is not read", syntax.Shorten(name.is), has(rows)), remedy
		})
	}
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// parts calls add for every value of a cell that joins several.
func parts(cell text, add func(text)) {
	at := cell.at
	var value strings.Builder
	flush := func(next int) {
		if t := trimmed(text{is: value.String(), at: at}); t.given() {
			add(t)
		}
		value.Reset()
		at.column = cell.at.column + next
	}
	if !strings.ContainsAny(cell.is, kgx.Separator+`\`) {
		add(cell)
		return
	}
	escaped, n := false, 0
	for _, r := range cell.is {
		n++
		switch {
		case escaped:
			if r != '|' && r != '\\' { // a backslash that escapes nothing
				value.WriteByte('\\')
			}
			value.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == '|':
			flush(n)
		default:
			value.WriteRune(r)
		}
	}
	if escaped {
		value.WriteByte('\\')
	}
	flush(n)
}
