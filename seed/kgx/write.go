package kgx

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/plexus-kg/plexus/graph"
)

// Write writes this table of a normalized data set, in its order; of statements
// those that [Split] calls edges. The columns that KGX asks for are always there,
// the others if there is something to say in them. A line break or tab in what the id of a statement follows from is an
// error, and nothing is written.
func (t Table) Write(w io.Writer, d *graph.Dataset) error {
	switch t {
	case Nodes:
		return writeNodes(w, d)
	case Edges:
		return writeEdges(w, d)
	default:
		return fmt.Errorf("there is no table %d", t)
	}
}

func writeNodes(w io.Writer, d *graph.Dataset) error {
	columns := []column[graph.Concept]{
		{"id", always, func(c *graph.Concept) []string { return one(string(c.ID)) }},
		{"category", always, categories},
		{"name", always, func(c *graph.Concept) []string { return first(c.Names) }},
		{"description", ifUsed, func(c *graph.Concept) []string { return first(c.Descriptions) }},
	}
	for _, s := range append([]graph.Scope{graph.ScopeNotStated}, graph.Scopes()...) {
		columns = append(columns, column[graph.Concept]{SynonymColumn(s), ifUsed, synonyms(s)})
	}
	for _, m := range append([]graph.Match{graph.MatchNotStated}, graph.Matches()...) {
		columns = append(columns, column[graph.Concept]{CodeColumn(m), ifUsed, codes(m)})
	}
	columns = append(columns,
		column[graph.Concept]{"note", ifUsed, func(c *graph.Concept) []string { return one(c.Note) }},
		column[graph.Concept]{"deprecated", ifUsed, func(c *graph.Concept) []string {
			if c.Deprecated {
				return one("true")
			}
			return nil
		}},
		column[graph.Concept]{"replacedBy", ifUsed, func(c *graph.Concept) []string { return one(string(c.ReplacedBy)) }},
		column[graph.Concept]{"formerIds", ifUsed, func(c *graph.Concept) []string { return several(c.FormerIDs) }},
		column[graph.Concept]{"sections", ifUsed, func(c *graph.Concept) []string { return several(c.Sections) }},
		column[graph.Concept]{"provided_by", always, func(c *graph.Concept) []string { return several(c.Sources) }},
	)
	all := func(c *graph.Concept) []graph.Property { return c.Properties }
	rows := make([]*graph.Concept, len(d.Concepts))
	for i := range d.Concepts {
		rows[i] = &d.Concepts[i]
	}
	for _, p := range propertiesOf(rows, all) {
		columns = append(columns, column[graph.Concept]{columnName(p), always, func(c *graph.Concept) []string { return values(c.Properties, p) }})
	}
	return write(w, rows, columns)
}

// Split parts the statements of a normalized data set into the edges, in its
// order, and those that are no edge, since other readers of KGX would take it for
// what holds: of what holds only of several concepts together, of what counts no
// more, and of advice against what a predicate offers. A denial is an edge: the
// Biolink Model has negated for it.
func Split(d *graph.Dataset) (edges, apart []*graph.Statement) {
	claims := graph.NewClaims(d)
	for i := range d.Statements {
		s := &d.Statements[i]
		if claims.Own(s).Stance&^graph.Discourages != 0 {
			edges = append(edges, s)
		} else {
			apart = append(apart, s)
		}
	}
	return edges, apart
}

func writeEdges(w io.Writer, d *graph.Dataset) error {
	rows, _ := Split(d)
	for _, s := range rows {
		hashed := map[string]string{"value": s.Value.Text}
		for _, q := range graph.AllQualifiers() {
			if info := q.Info(); info.Hashed != graph.NotHashed && info.Type == graph.TextQualifier {
				hashed[info.Name] = *s.Text(q)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(hashed)) {
			if strings.ContainsFunc(hashed[name], unicode.IsControl) {
				return fmt.Errorf("KGX cannot hold the statement %s: its %s has a line break, a tab or another control character, and without it the statement would be another", s.ID, name)
			}
		}
	}
	text := func(name string, value func(*graph.Statement) string) column[graph.Statement] {
		return column[graph.Statement]{name, ifUsed, func(s *graph.Statement) []string { return one(value(s)) }}
	}
	required := func(name string, value func(*graph.Statement) string) column[graph.Statement] {
		c := text(name, value)
		c.when = always
		return c
	}
	// What KGX asks for, and a property of the record may answer.
	asked := func(name, otherwise string) column[graph.Statement] {
		return column[graph.Statement]{name, always, func(s *graph.Statement) []string {
			if v := values(s.Properties, graph.ID(Prefix+":"+name)); len(v) > 0 {
				return v
			}
			return one(otherwise)
		}}
	}
	columns := []column[graph.Statement]{
		required("id", func(s *graph.Statement) string { return string(s.ID) }),
		required("subject", func(s *graph.Statement) string { return string(s.Subject) }),
		required("predicate", func(s *graph.Statement) string {
			return string(cmp.Or(graph.BiolinkPredicateOf(s.Predicate), s.Predicate))
		}),
		required("object", func(s *graph.Statement) string { return string(s.Object) }),
		text("value", func(s *graph.Statement) string { return s.Value.Text }),
		text("language", func(s *graph.Statement) string { return s.Value.Language }),
	}
	for _, q := range graph.AllQualifiers() {
		if q.Info().Type == graph.ListQualifier {
			columns = append(columns, column[graph.Statement]{q.String(), ifUsed, func(s *graph.Statement) []string { return several(*s.List(q)) }})
			continue
		}
		column, value := text, func(s *graph.Statement) string { return s.Qualifier(q) }
		if q.Info().Required {
			column = required
		}
		if q.Info().Type == graph.FlagQualifier {
			value = func(s *graph.Statement) string { return strconv.FormatBool(*s.Flag(q)) }
		}
		name := q.String()
		if q == graph.QualifierSource {
			name = Column(q)
		}
		columns = append(columns, column(name, value))
	}
	columns = append(columns, asked("knowledge_level", NotProvided), asked("agent_type", NotProvided), asked("category", Association))
	all := func(s *graph.Statement) []graph.Property { return s.Properties }
	for _, p := range propertiesOf(rows, all) {
		name := columnName(p)
		if slices.ContainsFunc(columns, func(c column[graph.Statement]) bool { return c.name == name }) {
			continue
		}
		columns = append(columns, column[graph.Statement]{name, always, func(s *graph.Statement) []string { return values(s.Properties, p) }})
	}
	return write(w, rows, columns)
}

// column is a column of the table of things of one sort.
type column[T any] struct {
	name   string
	when   presence
	values func(*T) []string
}

type presence bool

const (
	always presence = true
	ifUsed presence = false
)

func write[T any](w io.Writer, rows []*T, columns []column[T]) error {
	columns = slices.DeleteFunc(columns, func(c column[T]) bool {
		return c.when == ifUsed && !slices.ContainsFunc(rows, func(row *T) bool { return len(c.values(row)) > 0 })
	})
	b := bufio.NewWriterSize(w, 1<<16)
	for i, c := range columns {
		separate(b, i, '\t')
		_, _ = b.WriteString(c.name)
	}
	_ = b.WriteByte('\n')
	for i := range rows {
		for j, c := range columns {
			separate(b, j, '\t')
			for k, v := range c.values(rows[i]) {
				separate(b, k, '|')
				cell(b, v, Multivalued(c.name))
			}
		}
		if err := b.WriteByte('\n'); err != nil {
			return err
		}
	}
	return b.Flush()
}

func separate(b *bufio.Writer, i int, by byte) {
	if i > 0 {
		_ = b.WriteByte(by)
	}
}

// cell writes one value.
func cell(b *bufio.Writer, v string, multi bool) {
	if strings.IndexFunc(v, unicode.IsControl) < 0 && (!multi || !strings.ContainsAny(v, Separator+`\`)) {
		_, _ = b.WriteString(v)
		return
	}
	for _, r := range v {
		switch {
		case unicode.IsControl(r):
			r = ' '
		case multi && (r == '|' || r == '\\'):
			_ = b.WriteByte('\\')
		}
		_, _ = b.WriteRune(r)
	}
}

// Multivalued reports whether a column has several values, so that a | is none
// of a text.
func Multivalued(column string) bool {
	q, isQualifier := graph.LookupQualifier(column)
	return (!isQualifier || q.Info().Type == graph.ListQualifier) && column != Column(graph.QualifierSource) && !slices.Contains(single[:], column)
}

// single are the other columns with one value.
var single = [...]string{"id", "name", "description", "note", "deprecated", "replacedBy", "subject", "predicate", "object", "value", "language", "iri", "knowledge_source"}

// Column returns the column of edges that says a qualifier: the slot of the
// Biolink Model that means the same, or the qualifier's name.
func Column(q graph.Qualifier) string {
	switch q {
	case graph.QualifierSource:
		return "primary_knowledge_source"
	case graph.QualifierEvidenceCode:
		return "has_evidence"
	case graph.QualifierFrequency:
		return "frequency_qualifier"
	default:
		return q.String()
	}
}

// SynonymColumn returns the column of nodes that has the synonyms of a scope:
// exact_synonym, and synonym where none is stated.
func SynonymColumn(s graph.Scope) string { return strings.TrimPrefix(string(s)+"_synonym", "_") }

// CodeColumn returns the column of nodes that has the codes of a match:
// exact_match, and xref where none is stated.
func CodeColumn(m graph.Match) string {
	if m == graph.MatchNotStated {
		return "xref"
	}
	return string(m) + "_match"
}

func one(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func first(texts []graph.Text) []string {
	if len(texts) == 0 {
		return nil
	}
	return one(texts[0].Text)
}

func several(ids []graph.ID) []string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = string(id)
	}
	return all
}

// categories returns the classes of a concept in the words of the Biolink
// Model. KGX wants at least one of its own: every concept is a NamedThing.
func categories(c *graph.Concept) []string {
	all := make([]string, 0, len(c.Types)+1)
	own := false
	for _, t := range c.Types {
		if c, known := graph.BiolinkCategoryOf(t); known {
			t = c
		}
		all = append(all, string(t))
		own = own || strings.HasPrefix(all[len(all)-1], Prefix+":")
	}
	if !own {
		all = append(all, NamedThing)
	}
	return all
}

func synonyms(scope graph.Scope) func(*graph.Concept) []string {
	return func(c *graph.Concept) []string {
		var all []string
		for _, s := range c.Synonyms {
			other := func(o graph.Synonym) bool { return o.Text == s.Text && before(graph.Scopes(), o.Scope, scope) }
			if s.Scope == scope && !slices.Contains(all, s.Text) && !slices.ContainsFunc(c.Synonyms, other) {
				all = append(all, s.Text)
			}
		}
		return all
	}
}

func codes(match graph.Match) func(*graph.Concept) []string {
	return func(c *graph.Concept) []string {
		var all []string
		for _, code := range c.Codes {
			other := func(o graph.Code) bool { return o.Code == code.Code && before(graph.Matches(), o.Match, match) }
			if code.Match == match && !slices.Contains(all, string(code.Code)) && !slices.ContainsFunc(c.Codes, other) {
				all = append(all, string(code.Code))
			}
		}
		return all
	}
}

// before reports whether a word comes before another in a list; one that is not
// in it comes last.
func before[W comparable](words []W, a, b W) bool {
	i, j := slices.Index(words, a), slices.Index(words, b)
	return i >= 0 && (j < 0 || i < j)
}

// propertiesOf returns the predicates of the further values, sorted.
func propertiesOf[T any](rows []*T, of func(*T) []graph.Property) []graph.ID {
	found := map[graph.ID]bool{}
	for _, row := range rows {
		for _, p := range of(row) {
			found[p.Predicate] = true
		}
	}
	all := make([]graph.ID, 0, len(found))
	for p := range found {
		all = append(all, p)
	}
	slices.Sort(all)
	return all
}

// columnName returns the column of a property: a slot of the Biolink Model
// without its prefix, if it is one of those that KGX files have.
func columnName(p graph.ID) string {
	if slot, ok := strings.CutPrefix(string(p), Prefix+":"); ok && IsSlot(slot) {
		return slot
	}
	return string(p)
}

func values(properties []graph.Property, of graph.ID) []string {
	var all []string
	for _, p := range properties {
		if p.Predicate == of && !slices.Contains(all, p.Value.Text) {
			all = append(all, p.Value.Text)
		}
	}
	return all
}
