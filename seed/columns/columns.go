// Package columns reads tables of any columns as quads, by what a data set says of
// the columns: lists of codes, the release files of SNOMED CT and UMLS, sheets of
// Excel.
package columns

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// Role is what a column says of the concept of its row.
type Role string

// The roles. Any other one is the id of a predicate, whose value the cell is.
const (
	ID          Role = "id"
	Name        Role = "name"
	Synonym     Role = "synonym"
	Description Role = "description"
	Language    Role = "language" // of the texts of the row
	Type        Role = "type"
	Code        Role = "code"
	Parent      Role = "parent" // the id of what is broader
	Subject     Role = "subject"
	Predicate   Role = "predicate"
	Object      Role = "object"
)

// Roles lists the roles.
func Roles() []Role {
	return []Role{ID, Name, Synonym, Description, Language, Type, Code, Parent, Subject, Predicate, Object}
}

// Column is a column, and what it says.
type Column struct {
	Role   Role
	Of     string            // its name in the header, or its number, counted from 1
	Prefix string            // before what it holds, to make a CURIE of it
	System string            // the column that names the vocabulary of a code, instead of a prefix
	Split  string            // what stands between several values; empty for one
	Values map[string]string // what to read instead of a value; a value that is not listed stays
}

// Table says how a table is read.
type Table struct {
	Separator string // of cells; empty: as the name of the file says
	NoHeader  bool   // the first row is one like the others; columns have numbers
	Sheet     string // of a workbook; empty: the first
	Where     map[string][]string
	Columns   []Column
	Types     []string // IRIs of classes of every concept of the table
	Language  string   // of its texts, where no column says it
	// IRI returns the IRI of an id or a word; ok is false for what is none.
	IRI func(role Role, id string) (iri string, ok bool)
}

const (
	rdfType     = quad.IRI(graph.RDF + "type")
	name        = quad.IRI(graph.SchemaOrg + "name")
	description = quad.IRI(graph.SchemaOrg + "description")
	altLabel    = quad.IRI(graph.SKOS + "altLabel")
	broader     = quad.IRI(graph.SKOS + "broader")
)

// Scan returns a reader of tables that are read so, in files of a name.
func (t *Table) Scan(file string) syntax.Quads {
	return func(ctx context.Context, r io.Reader, yield func(syntax.Place, quad.Quad) error) error {
		rows, err := t.open(file, r)
		if err != nil {
			return mistakes(err)
		}
		defer func() { _ = rows.close() }()
		var header []string
		if !t.NoHeader {
			if header, err = rows.next(); errors.Is(err, io.EOF) {
				return syntax.Mistakes{syntax.NewMistake(syntax.Malformed, syntax.Place{Line: 1}, "the table is empty: its first line names the columns")}
			} else if err != nil {
				return mistakes(err)
			}
			header = slices.Clone(header)
		}
		read, m := t.reader(header, rows.line(), yield)
		if m != nil {
			return syntax.Mistakes{m}
		}
		_, read.ragged = rows.(*sheet)
		for {
			cells, err := rows.next()
			switch {
			case errors.Is(err, io.EOF):
				return mistakes(read.finish())
			case err != nil:
				return mistakes(err)
			case rows.line()%1024 == 0 && ctx.Err() != nil:
				return ctx.Err()
			}
			if err := read.row(cells, syntax.Place{Line: rows.line()}); err != nil {
				return err
			}
		}
	}
}

// mistakes returns an error as [syntax.Mistakes] if it is one mistake.
func mistakes(err error) error {
	var m *syntax.Mistake
	if errors.As(err, &m) && !errors.As(err, new(syntax.Mistakes)) {
		return syntax.Mistakes{m}
	}
	return err
}

// reader reads the rows of a table.
type reader struct {
	table    *Table
	yield    func(syntax.Place, quad.Quad) error
	columns  []column
	where    []condition
	widest   int    // how many columns a row needs at least,
	last     string // and which is the last of them
	ragged   bool   // rows end where their last cell is filled
	mistakes syntax.Mistakes

	cells []string
	at    syntax.Place
}

type column struct {
	Column

	index, system int
}

type condition struct {
	index  int
	values []string
}

// reader finds the columns.
func (t *Table) reader(header []string, line int, yield func(syntax.Place, quad.Quad) error) (*reader, *syntax.Mistake) {
	r := &reader{table: t, yield: yield}
	var missing *syntax.Mistake
	find := func(of string) int {
		i, ok := t.index(header, of)
		if !ok && missing == nil {
			has := "columns have numbers, from 1"
			if header != nil {
				has = "it has " + strings.Join(header[:min(len(header), 40)], ", ")
			}
			missing = syntax.NewMistake(syntax.UnknownKey, syntax.Place{Line: max(line, 1)}, "the table has no column %q: %s", of, has)
		}
		if i >= r.widest {
			r.widest, r.last = i+1, of
		}
		return i
	}
	for _, c := range t.Columns {
		found := column{c, find(c.Of), -1}
		if c.System != "" {
			found.system = find(c.System)
		}
		r.columns = append(r.columns, found)
	}
	for of, values := range t.Where {
		r.where = append(r.where, condition{find(of), values})
	}
	return r, missing
}

// index returns the place of a column, from 0.
func (t *Table) index(header []string, of string) (int, bool) {
	if i := slices.Index(header, of); i >= 0 {
		return i, true
	}
	n := 0
	for _, c := range of {
		if c < '0' || c > '9' || n > 1<<20 {
			return 0, false
		}
		n = 10*n + int(c-'0')
	}
	return n - 1, n > 0 && (header == nil || n <= len(header))
}

func (r *reader) finish() error {
	if len(r.mistakes) > 0 {
		return r.mistakes
	}
	return nil
}

// wrong keeps a mistake; the error ends the reading.
func (r *reader) wrong(format string, args ...any) error {
	r.mistakes = append(r.mistakes, syntax.NewMistake(syntax.Malformed, r.at, format, args...))
	if len(r.mistakes) >= syntax.MaxMistakes {
		return r.mistakes
	}
	return nil
}

func (r *reader) row(cells []string, at syntax.Place) error {
	r.at = at
	for r.ragged && len(cells) < r.widest {
		cells = append(cells, "")
	}
	if r.cells = cells; len(cells) < r.widest {
		return r.wrong("the row ends before the column %s, which is read: is the file cut off, or another separator meant?", r.last)
	}
	for _, w := range r.where {
		if !slices.Contains(w.values, cells[w.index]) {
			return nil
		}
	}
	said, language := map[Role][]string{}, r.table.Language
	for i := range r.columns {
		c := &r.columns[i]
		for _, value := range r.values(c) {
			switch c.Role {
			case ID, Parent, Subject, Predicate, Object, Type:
				iri, ok := r.table.IRI(c.Role, value)
				if !ok {
					return r.wrong("%q is no %s: give the column %s a prefix, or values", value, c.Role, c.Of)
				}
				value = iri
			case Language:
				language = value
			}
			said[c.Role] = append(said[c.Role], value)
		}
	}
	return r.tell(said, language)
}

// values returns what a row holds in a column.
func (r *reader) values(c *column) (values []string) {
	parts := []string{r.cells[c.index]}
	if c.Split != "" {
		parts = strings.Split(parts[0], c.Split)
	}
	prefix := c.Prefix
	if c.system >= 0 {
		prefix = graph.VocabularyNamed(r.cells[c.system])
	}
	for _, value := range parts {
		value = strings.TrimSpace(value)
		other, mapped := c.Values[value]
		switch {
		case mapped:
			value = other
		case value != "" && prefix != "":
			value = prefix + ":" + value
		}
		if value != "" {
			values = append(values, value)
		}
	}
	return values
}

// tell hands on what a row says.
func (r *reader) tell(said map[Role][]string, language string) error {
	var failed error
	put := func(subject string, predicate quad.IRI, object quad.Value) {
		if failed == nil {
			failed = r.yield(r.at, quad.Quad{Subject: quad.IRI(subject), Predicate: predicate, Object: object})
		}
	}
	text := func(s string) quad.Value {
		if language == "" {
			return quad.String(s)
		}
		return quad.LangString{Value: quad.String(s), Lang: language}
	}
	for _, id := range said[ID] {
		for _, class := range slices.Concat(said[Type], r.table.Types) {
			put(id, rdfType, quad.IRI(class))
		}
		for _, s := range said[Name] {
			put(id, name, text(s))
		}
		for _, s := range said[Synonym] {
			put(id, altLabel, text(s))
		}
		for _, s := range said[Description] {
			put(id, description, text(s))
		}
		for _, s := range said[Code] {
			for _, q := range quads.Code(quad.IRI(id), graph.Code{Code: graph.ID(s)}) {
				put(id, q.Predicate.(quad.IRI), q.Object) //nolint:forcetypeassert // it is one
			}
		}
		for _, parent := range said[Parent] {
			put(id, broader, quad.IRI(parent))
		}
		for i := range r.columns {
			if c := &r.columns[i]; !slices.Contains(Roles(), c.Role) {
				predicate, ok := r.table.IRI(Predicate, string(c.Role))
				if !ok {
					return r.wrong("%q is no predicate: write a CURIE such as EX:severity", c.Role)
				}
				for _, s := range said[c.Role] {
					put(id, quad.IRI(predicate), quad.String(s))
				}
			}
		}
	}
	subjects := said[Subject]
	if len(subjects) == 0 {
		subjects = said[ID]
	}
	for _, subject := range subjects {
		for _, predicate := range said[Predicate] {
			for _, object := range said[Object] {
				put(subject, quad.IRI(predicate), quad.IRI(object))
			}
		}
	}
	return failed
}
