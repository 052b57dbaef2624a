// Package sssom reads and writes mappings between vocabularies in the Simple Standard
// for Sharing Ontological Mappings (https://w3id.org/sssom/spec): a table with a head of
// YAML in lines that begin with #, or in a file beside it. A mapping is a statement
// between two concepts, of which nothing but their labels is known here;
// predicate_modifier Not is a denial, and all that is said of a mapping besides
// (mapping_justification, confidence, authors, dates) is a further value of it. Rows that say
// that there is no mapping are told, and not read.
package sssom

import (
	"bufio"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// Namespace is that of the words of SSSOM.
const Namespace = "https://w3id.org/sssom/"

// OwnPrefix is written before ids that are slugs, since SSSOM has only CURIEs.
const OwnPrefix = "kgid"

const justifications = "https://w3id.org/semapv/vocab/"

// Metadata is what is said of all mappings of a file, as far as it is read.
type Metadata struct {
	Prefixes map[string]string `yaml:"curie_map"`
	ID       string            `yaml:"mapping_set_id"`
	Title    string            `yaml:"mapping_set_title"`
	License  string            `yaml:"license"`
	Version  string            `yaml:"mapping_set_version"`
}

// Reader is the [syntax.Rows] of the nodes or edges of a file.
type Reader struct {
	edges   bool // else nodes
	from    syntax.Rows
	names   []string
	pending [][]syntax.Cell
	seen    map[string]bool
	left    []syntax.Left
	err     error
	// Metadata is that of the file, or of the one beside it, once [Reader.Head] was
	// called.
	Metadata Metadata
}

// Nodes returns a reader of the concepts of the rows of a file.
func Nodes(rows syntax.Rows) *Reader { return &Reader{from: rows, seen: map[string]bool{}} }

// Edges returns a reader of the mappings of the rows of a file.
func Edges(rows syntax.Rows) *Reader { return &Reader{edges: true, from: rows} }

// Line returns the number of the line that was read last.
func (s *Reader) Line() int { return s.from.Line() }

// Left returns what was not read of the mappings.
func (s *Reader) Left() []syntax.Left { return s.left }

// Head reads the head of the file, beside which stands further metadata, or nothing.
func (s *Reader) Head(beside []byte) {
	var head strings.Builder
	var row []syntax.Cell
	for {
		if row, s.err = s.from.Next(); s.err != nil {
			return
		}
		if !strings.HasPrefix(row[0].Text, "#") {
			break
		}
		for i, c := range row {
			if i > 0 {
				head.WriteByte(' ')
			}
			head.WriteString(strings.TrimPrefix(c.Text, "#"))
		}
		head.WriteByte('\n')
	}
	for _, data := range [][]byte{beside, []byte(head.String())} {
		if len(data) == 0 {
			continue
		}
		if err := yaml.Unmarshal(data, &s.Metadata); err != nil {
			s.err = syntax.NewMistake(syntax.Malformed, syntax.Place{Line: 1}, "its metadata is no YAML")
			return
		}
	}
	if s.Metadata.Prefixes == nil {
		s.Metadata.Prefixes = map[string]string{}
	}
	s.Metadata.Prefixes["sssom"], s.Metadata.Prefixes["semapv"] = Namespace, justifications
	for _, c := range row {
		s.names = append(s.names, c.Text)
	}
	header := []string{"id", "name"}
	if s.edges {
		header = []string{"subject", "predicate", "object", "negated"}
		for _, name := range s.names {
			if !isPlace(name) {
				header = append(header, "sssom:"+name)
			}
		}
	}
	cells := make([]syntax.Cell, len(header))
	for i, text := range header {
		cells[i] = syntax.Cell{Text: text, Line: row[0].Line, Column: i + 1}
	}
	s.pending = append(s.pending, cells)
}

// isPlace reports whether a column has a place of its own.
func isPlace(name string) bool {
	switch name {
	case "subject_id", "subject_label", "predicate_id", "predicate_label", "object_id", "object_label", "predicate_modifier":
		return true
	}
	return false
}

// Next returns the cells of the next row; see [syntax.Rows].
func (s *Reader) Next() ([]syntax.Cell, error) {
	for len(s.pending) == 0 {
		if s.err != nil {
			return nil, s.err
		}
		row, err := s.from.Next()
		if err != nil {
			return nil, err
		}
		s.read(row)
	}
	next := s.pending[0]
	s.pending = s.pending[1:]
	return next, nil
}

func (s *Reader) read(row []syntax.Cell) {
	at := map[string]syntax.Cell{}
	var more []syntax.Cell
	for i, name := range s.names {
		c := syntax.Cell{Line: row[0].Line}
		if i < len(row) {
			c = row[i]
		}
		if inner, quoted := strings.CutPrefix(c.Text, `"`); quoted && strings.HasSuffix(inner, `"`) {
			c.Text = strings.ReplaceAll(strings.TrimSuffix(inner, `"`), `""`, `"`)
		}
		if at[name] = c; !isPlace(name) {
			more = append(more, c)
		}
	}
	subject, object := at["subject_id"], at["object_id"]
	for _, end := range []syntax.Cell{subject, object} {
		if end.Text == "" || end.Text == "sssom:NoTermFound" || end.Text == "sssom:NoMapping" {
			if s.edges {
				s.left = syntax.AddLeft(s.left, "end of a mapping ("+end.Text+")", "what is mapped to nothing is no mapping", end)
			}
			return
		}
	}
	if !s.edges {
		for _, end := range [][2]syntax.Cell{{subject, at["subject_label"]}, {object, at["object_label"]}} {
			if !s.seen[end[0].Text] {
				s.seen[end[0].Text] = true
				s.pending = append(s.pending, end[:])
			}
		}
		return
	}
	not := at["predicate_modifier"]
	if strings.EqualFold(not.Text, "Not") {
		not.Text = "true"
	} else {
		not.Text = ""
	}
	s.pending = append(s.pending, append([]syntax.Cell{subject, at["predicate_id"], object, not}, more...))
}

// Write writes the mappings of a normalized data set: statements of mapping predicates,
// and codes of which the match is stated. They are sorted as the specification asks for.
func Write(w io.Writer, d *graph.Dataset) error {
	names := map[graph.ID]string{}
	for i := range d.Concepts {
		if c := &d.Concepts[i]; len(c.Names) > 0 {
			names[c.ID] = c.Names[0].Text
		}
	}
	used := map[string]string{"semapv": justifications, "sssom": Namespace}
	ref := func(id graph.ID) string {
		s := string(id)
		if graph.IsSlug(s) {
			used[OwnPrefix] = graph.ConceptBase
			return OwnPrefix + ":" + s
		}
		prefix, _, _ := strings.Cut(s, ":")
		if namespace, known := d.Prefixes.Namespace(prefix); known {
			used[prefix] = namespace
		}
		return s
	}
	extra := map[string]bool{"mapping_justification": true}
	var rows []map[string]string
	add := func(subject, predicate, object graph.ID) map[string]string {
		row := map[string]string{
			"subject_id": ref(subject), "subject_label": names[subject], "predicate_id": ref(predicate), "object_id": ref(object), "object_label": names[object],
			"mapping_justification": "semapv:UnspecifiedMatching",
		}
		rows = append(rows, row)
		return row
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		if p, known := graph.LookupPredicate(s.Predicate); !known || !p.Mapping || s.Object == "" || s.Withdrawn != graph.NotWithdrawn {
			continue
		}
		row := add(s.Subject, s.Predicate, s.Object)
		if s.Negated {
			row["predicate_modifier"] = "Not"
		}
		said := map[string]bool{}
		for _, p := range s.Properties {
			name, ours := strings.CutPrefix(d.Prefixes.Expand(p.Predicate), Namespace)
			switch {
			case !ours:
			case said[name]:
				row[name] += "|" + p.Value.Text
			default:
				row[name], said[name], extra[name] = p.Value.Text, true, true
			}
		}
	}
	for i := range d.Concepts {
		c := &d.Concepts[i]
		for _, code := range c.Codes {
			if code.Match != graph.MatchNotStated {
				add(c.ID, graph.ID("skos:"+string(code.Match)+"Match"), code.Code)["object_label"] = code.Label
			}
		}
	}
	columns := []string{"subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label"}
	columns = append(columns, slices.Sorted(maps.Keys(extra))...)
	lines := make([]string, 0, len(rows))
	for _, row := range rows {
		cells := make([]string, len(columns))
		for i, column := range columns {
			cells[i] = cell(row[column])
		}
		lines = append(lines, strings.Join(cells, "\t"))
	}
	slices.Sort(lines)
	b := bufio.NewWriter(w)
	_, _ = b.WriteString("#curie_map:\n")
	for _, prefix := range slices.Sorted(maps.Keys(used)) {
		_, _ = b.WriteString("#  " + prefix + ": " + quoted(used[prefix]) + "\n")
	}
	id, license := "", "https://w3id.org/sssom/license/unspecified"
	for i := range d.Sources {
		if s := &d.Sources[i]; s.Kind == graph.DataSource && id == "" {
			id = d.Prefixes.Expand(s.ID)
			if l := s.License; strings.Contains(l, "://") {
				license = l
			} else if l != "" {
				license = "https://spdx.org/licenses/" + l
			}
		}
	}
	if id == "" {
		id = graph.ConceptBase + "mappings"
	}
	_, _ = b.WriteString("#license: " + quoted(license) + "\n#mapping_set_id: " + quoted(id) + "\n" + strings.Join(columns, "\t") + "\n")
	for _, line := range slices.Compact(lines) {
		_, _ = b.WriteString(line + "\n")
	}
	return b.Flush()
}

// quoted writes a text in YAML.
func quoted(s string) string { return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"` }

// cell writes a value of the table.
func cell(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	if strings.Contains(s, `"`) {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}
