package columns_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/xuri/excelize/v2"

	"github.com/plexus-kg/plexus/seed/columns"
	"github.com/plexus-kg/plexus/seed/syntax"
)

func table() *columns.Table {
	return &columns.Table{
		Columns: []columns.Column{{Role: columns.ID, Of: "Code", Prefix: "EX"}, {Role: columns.Name, Of: "Title"}, {Role: columns.Parent, Of: "Group", Prefix: "EX"}},
		Types:   []string{"http://example.com/Type"},
		IRI: func(_ columns.Role, id string) (string, bool) {
			local, ok := strings.CutPrefix(id, "EX:")
			return "http://example.com/" + local, ok
		},
	}
}

func scan(t *testing.T, m *columns.Table, file string, content []byte) (lines []string, err error) {
	t.Helper()
	err = m.Scan(file)(t.Context(), bytes.NewReader(content), func(at syntax.Place, q quad.Quad) error {
		lines = append(lines, strings.Join([]string{at.String(), quad.ToString(q.Subject), quad.ToString(q.Predicate), quad.ToString(q.Object)}, " "))
		return nil
	})
	return lines, err
}

var want = []string{
	"line 2 <http://example.com/12345678901234> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.com/Type>",
	`line 2 <http://example.com/12345678901234> <https://schema.org/name> A; "B"`,
	"line 3 <http://example.com/C> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://example.com/Type>",
	"line 3 <http://example.com/C> <http://www.w3.org/2004/02/skos/core#broader> <http://example.com/12345678901234>",
}

// TestForms reads one table in every form: with commas, semicolons, tabs and bars,
// and as a workbook, in which numbers stay as they are.
func TestForms(t *testing.T) {
	t.Parallel()
	book := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "Code", "B1": "Title", "C1": "Group", "A2": 12345678901234, "B2": `A; "B"`, "A3": "C", "C3": 12345678901234} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	for file, content := range map[string]string{
		"a.csv":  "\ufeffCode,Title,Group\r\n12345678901234,\"A; \"\"B\"\"\",\r\nC,,12345678901234\r\n",
		"b.csv":  "Code;Title;Group\n12345678901234;\"A; \"\"B\"\"\";\nC;;12345678901234\n",
		"a.tsv":  "Code\tTitle\tGroup\n12345678901234\tA; \"B\"\t\nC\t\t12345678901234\n",
		"a.RRF":  "Code|Title|Group|\n12345678901234|A; \"B\"||\nC||12345678901234|\n",
		"a.xlsx": b.String(),
	} {
		got, err := scan(t, table(), file, []byte(content))
		if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %v\n%s\nwant\n%s", file, err, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	if _, err := scan(t, &columns.Table{Sheet: "Other"}, "a.xlsx", b.Bytes()); err == nil || !strings.Contains(err.Error(), `no sheet "Other": it has Sheet1`) {
		t.Errorf("a sheet that is not there: %v", err)
	}
}

// TestFaults reads tables that are cut off or no tables.
func TestFaults(t *testing.T) {
	t.Parallel()
	for content, says := range map[string]string{
		"":                               "the table is empty",
		"Code,Name\n":                    `no column "Title": it has Code, Name`,
		"Code,Title,Group\nA,B":          "the row ends before the column Group",
		"Code,Title,Group\nA,\"B,C\nD,E": "the quotes of this row do not fit",
		"Code,Title,Group\nA,B\xff,C\n":  "not UTF-8",
	} {
		if _, err := scan(t, table(), "a.csv", []byte(content)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", content, err, says)
		}
	}
	if _, err := scan(t, table(), "a.xlsx", []byte("PK\x03\x04 no workbook")); err == nil || !strings.Contains(err.Error(), "not a workbook") {
		t.Errorf("what is no workbook: %v", err)
	}
}
