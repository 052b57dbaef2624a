package pages

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/plexus-kg/plexus/cmd/internal/server"
	"github.com/plexus-kg/plexus/graph"
)

// table is a list of a page as a file, whole: all its pages, one after the other.
type table struct {
	// document is the operation (queries/table-NAME.graphql): it has the variables of
	// the page. list is where its answer has the list.
	document string
	list     []string
	row      rowKind
}

// rowKind is what a row is.
type rowKind int

const (
	statementRow rowKind = iota
	conceptRow
)

// mostRows is how many rows a file has at most, about.
const mostRows = 20_000

// column is a column of a table: its name, and the field of an entry.
type column struct {
	name string
	of   []string
}

// columnsOf are the columns of a kind of rows. Those of statements have all qualifiers,
// by the table of qualifiers.
func columnsOf(kind rowKind) []column {
	if kind == conceptRow {
		return []column{
			{"id", []string{"id"}}, {"name", []string{"name"}}, {"kind", []string{"kind"}}, {"description", []string{"description"}},
		}
	}
	all := []column{
		{"statement", []string{"id"}},
		{"subject", []string{"subject", "id"}},
		{"subjectName", []string{"subject", "name"}},
		{"predicate", []string{"predicate", "id"}},
		{"object", []string{"object", "id"}},
		{"objectName", []string{"object", "name"}},
		{"value", []string{"value", "text"}},
		{"valueLanguage", []string{"value", "language"}},
		{"valueDatatype", []string{"value", "datatype"}},
	}
	for _, q := range graph.AllQualifiers() {
		info := q.Info()
		switch {
		case info.Hidden:
		case info.Type == graph.RefQualifier:
			all = append(all, column{info.Name, []string{info.Name, "id"}})
		default:
			all = append(all, column{info.Name, []string{info.Name}})
		}
	}
	for _, name := range []string{"frequencyValue", "frequencyMin", "frequencyMax"} {
		all = append(all, column{name, []string{name}})
	}
	return append(all, column{"sourceName", []string{"source", "name"}}, column{"sentence", []string{"explanation"}})
}

// qualifiersFragment asks for all qualifiers of a statement, by the table of qualifiers.
func qualifiersFragment() string {
	var b strings.Builder
	b.WriteString("\nfragment Qualifiers on Statement {\n")
	for _, q := range graph.AllQualifiers() {
		switch info := q.Info(); {
		case info.Hidden:
		case info.Type == graph.RefQualifier, info.Type == graph.ListQualifier && info.Classes != nil:
			b.WriteString("  " + info.Name + " { id }\n")
		default:
			b.WriteString("  " + info.Name + "\n")
		}
	}
	return b.String() + "}\n"
}

// formats are the formats of tables, with their media types.
var formats = map[string]string{"csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}

// sendTable answers with a list as a file.
func (s *state) sendTable(t *table, format string, variables map[string]any) {
	mediaType, known := formats[format]
	if !known {
		s.fail(http.StatusBadRequest, "failed.question", map[string]any{"message": "format is csv, tsv or jsonl"})
		return
	}
	text := s.site.documents["table-"+t.document]
	variables["first"], variables["after"], variables["last"], variables["before"] = 100, nil, nil, nil
	columns, rows, more := columnsOf(t.row), [][]any(nil), false
	for {
		answer, data := s.ask(server.Question{Document: text, Variables: variables})
		if len(answer.Errors) > 0 {
			s.fault(&answer)
			return
		}
		page := cmp.Or(at(data, t.list...), data["concepts"]) // of a search without a text
		if page == nil {
			s.notFound(&answer)
			return
		}
		for _, entry := range entries(page) {
			row := make([]any, len(columns))
			for i, c := range columns {
				row[i] = at(entry, c.of...)
			}
			rows = append(rows, row)
		}
		next, _ := at(page, "pageInfo", "hasNextPage").(bool)
		if more = next && len(rows) >= mostRows; !next || more {
			break
		}
		variables["after"] = at(page, "pageInfo", "endCursor")
	}
	h := s.w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Disposition", `attachment; filename="`+fileName(t.document, s.r.PathValue("id"), s.visit.Version(), more)+"."+format+`"`)
	h.Del("Content-Language")
	h.Set("Cache-Control", "no-cache")
	writeTable(s.w, format, columns, rows)
}

// entries are the rows of a page of a list: its nodes, or the statements of its edges.
func entries(page any) []any {
	if nodes := list(at(page, "nodes")); nodes != nil {
		return nodes
	}
	var all []any
	for _, e := range list(at(page, "edges")) {
		if statements, ok := at(e, "statements").([]any); ok {
			all = append(all, statements...)
		} else {
			all = append(all, at(e, "node"))
		}
	}
	return all
}

// fileName names a file by what is in it and the version that it was made from.
func fileName(list, id, version string, more bool) string {
	name := "plexus-" + list
	if id != "" {
		name += "-" + id
	}
	name += "-" + version
	if more {
		name += "-first-" + strconv.Itoa(mostRows)
	}
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '.' {
			return r
		}
		return '_'
	}, name)
}

// writeTable writes rows in a format.
func writeTable(w http.ResponseWriter, format string, columns []column, rows [][]any) {
	if format == "jsonl" {
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		for _, row := range rows {
			object := map[string]any{}
			for i, c := range columns {
				value := row[i]
				if list, ok := value.([]any); ok {
					value = idsOf(list)
				}
				object[c.name] = value
			}
			_ = out.Encode(object)
		}
		return
	}
	out := csv.NewWriter(w)
	if format == "tsv" {
		out.Comma = '\t'
	}
	out.UseCRLF = format == "csv" // RFC 4180
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = c.name
	}
	_ = out.Write(cells)
	for _, row := range rows {
		for i, v := range row {
			cells[i] = cell(v)
			if format == "tsv" {
				cells[i] = strings.Join(strings.FieldsFunc(cells[i], func(r rune) bool { return r == '\t' || r == '\n' || r == '\r' }), " ")
			}
		}
		_ = out.Write(cells)
	}
	out.Flush()
}

// cell writes a value so that no spreadsheet runs it: what would be a formula begins
// with an apostrophe (OWASP, CSV injection). Numbers of ours are left as they are.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if v != "" && strings.ContainsRune("=+-@\t\r", rune(v[0])) {
			return "'" + v
		}
		return v
	case []any:
		return cell(strings.Join(idsOf(v), "|"))
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

// idsOf returns the ids of things, or texts as they are.
func idsOf(all []any) []string {
	ids := make([]string, 0, len(all))
	for _, v := range all {
		if id := text(at(v, "id")); id != "" {
			ids = append(ids, id)
		} else {
			ids = append(ids, text(v))
		}
	}
	return ids
}
