package kgx_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/seed/kgx"
)

// TestShape writes random graphs, of foreign data too: every row has a cell for
// each column, no column stands twice, and every concept and statement has its
// row, in the order of the data set, but for statements that other readers would take
// for what holds.
func TestShape(t *testing.T) {
	t.Parallel()
	left := 0
	for n := range uint64(100) {
		d := graphtest.Random(n, int(n%8)+1)
		var concepts, statements []graph.ID
		for _, c := range d.Concepts {
			concepts = append(concepts, c.ID)
		}
		cautions := map[graph.ID]bool{}
		for _, p := range graph.Summarize(d).Predicates {
			cautions[p.ID] = p.Caution
		}
		for _, s := range d.Statements {
			if s.With == nil && s.Withdrawn == graph.NotWithdrawn && (s.Modality != graph.Discouraged || cautions[s.Predicate]) {
				statements = append(statements, s.ID)
			}
		}
		left += len(d.Statements) - len(statements)
		shape(t, d, kgx.Nodes, concepts)
		if !slices.ContainsFunc(d.Statements, func(s graph.Statement) bool { return strings.ContainsFunc(s.Value.Text, unicode.IsControl) }) {
			shape(t, d, kgx.Edges, statements)
		}
	}
	if left == 0 {
		t.Error("the graphs are too thin: every statement is an edge")
	}
}

func shape(t *testing.T, d *graph.Dataset, table kgx.Table, ids []graph.ID) {
	t.Helper()
	var b bytes.Buffer
	if err := table.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	header := strings.Split(lines[0], "\t")
	if sorted := slices.Sorted(slices.Values(header)); len(slices.Compact(sorted)) != len(header) {
		t.Errorf("%v: a column stands twice: %v", table, header)
	}
	if len(lines)-1 != len(ids) {
		t.Fatalf("%v: %d rows of %d", table, len(lines)-1, len(ids))
	}
	for i, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != len(header) || cells[0] != string(ids[i]) {
			t.Errorf("%v: row %d, of %s, has %d cells, the header %d: %q", table, i, ids[i], len(cells), len(header), line)
		}
	}
}

// TestNoOtherClaim: a text that a cell cannot hold, and that the id of its
// statement follows from, is an error and not another text.
func TestNoOtherClaim(t *testing.T) {
	t.Parallel()
	for _, s := range []graph.Statement{
		{Value: graph.Value{Text: "two\nlines"}},
		{Value: graph.Value{Text: "one"}, Qualifiers: graph.Qualifiers{Context: "tab\there"}},
		{Value: graph.Value{Text: "one"}, Key: "CR\r"},
	} {
		s.Subject, s.Predicate, s.Source = "a", "schema:alternateName", "data"
		d := &graph.Dataset{Concepts: []graph.Concept{{ID: "a"}}, Sources: []graph.Source{{ID: "data"}}, Statements: []graph.Statement{s}}
		if err := d.Normalize(); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := kgx.Edges.Write(&b, d); err == nil || !strings.Contains(err.Error(), string(d.Statements[0].ID)) || b.Len() > 0 {
			t.Errorf("%v after %q", err, b.String())
		}
	}
	if err := kgx.Table(0).Write(&bytes.Buffer{}, &graph.Dataset{}); err == nil {
		t.Error("a table that does not exist is written")
	}
}
