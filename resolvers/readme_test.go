package resolvers_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
	"github.com/plexus-kg/plexus/seed"
)

// example is a query of the README with the answer that stands below it.
var example = regexp.MustCompile("(?s)```graphql\n(.*?)```\n\n```json\n(.*?)```")

// TestREADME runs the queries of the README: the answers in it are real.
func TestREADME(t *testing.T) {
	const path = "../README.md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	served := release(t, graphtest.NewNaive(readSeed(t, seed.EmbeddedPath)))
	e := resolvers.NewExecutor(resolvers.Config{Current: func() resolvers.Release { return served }, TellCost: true})
	examples := 0
	rewritten := example.ReplaceAllStringFunc(string(text), func(block string) string {
		examples++
		parts := example.FindStringSubmatch(block)
		response := e.Execute(t.Context(), &graphql.RawParams{Query: parts[1]})
		if len(response.Errors) > 0 {
			t.Errorf("%s\n%v", parts[1], response.Errors)
		}
		if cost := resolvers.CostOf(response).Asked; cost == 0 || cost > limits.Default().Cost/10 {
			t.Errorf("%s\nits cost is %d: an example should stay far below the limit", parts[1], cost)
		}
		got := compact(t, response.Data)
		if got != parts[2] && !*update {
			t.Errorf("%s\ngot\n%s\nwant\n%s", parts[1], got, parts[2])
		}
		return "```graphql\n" + parts[1] + "```\n\n```json\n" + got + "```"
	})
	if examples < 6 {
		t.Errorf("%d queries with an answer were found in the README", examples)
	}
	if *update {
		if err := os.WriteFile(path, []byte(rewritten), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestREADMEData reads the first files of "Add your own content" beside the embedded
// seed: of a condition, and of an article with its sections.
func TestREADMEData(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(text, 2)
	if len(blocks) < 2 {
		t.Fatal("the README has no files to copy")
	}
	path := t.TempDir()
	for i, block := range blocks {
		if err := os.WriteFile(filepath.Join(path, fmt.Sprintf("%d.yaml", i)), block[1], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dataset, _, err := seed.Read(t.Context(), seed.EmbeddedPath, path)
	if err != nil {
		t.Fatal(err)
	}
	type object struct{ SignsAndSymptoms page }
	got, code := ask[object](t, newExecutor(t, graphtest.NewNaive(dataset)), `{ r: concept(id: "DOID:2769") { signsAndSymptoms `+pageFields+` } }`, nil)
	if code != "" || strings.Join(got.SignsAndSymptoms.ids(), " ") != "eye-blinking grimacing" {
		t.Errorf("%s %+v", code, got)
	}
	response := newExecutor(t, graphtest.NewNaive(dataset)).Execute(t.Context(), &graphql.RawParams{Query: `{
		rank(findings: ["eye-blinking", "grimacing"]) { edges { together { explanation } } }
		statements(filter: { with: ["eye-blinking", "grimacing"] }) { totalCount }
		concept(id: "grimacing") { mayIndicate { totalCount } combinations { totalCount } }
		article(id: "tics-explained") { published sections { heading concepts { nodes { id } } statements { nodes { locator population } } } }
	}`})
	const want = `{"rank":{"edges":[{"together":[{"explanation":"Eye blinking and Grimacing together might be a sign of Tic disorder."}]}]},` +
		`"statements":{"totalCount":1},"concept":{"mayIndicate":{"totalCount":0},"combinations":{"totalCount":1}},` +
		`"article":{"published":"2026-03","sections":[` +
		`{"heading":"Signs","concepts":{"nodes":[{"id":"eye-blinking"},{"id":"tic-disorder"}]},"statements":{"nodes":[{"locator":"L2.S1","population":"children"}]}},` +
		`{"heading":"Tests","concepts":{"nodes":[{"id":"observation"},{"id":"tic-disorder"}]},"statements":{"nodes":[{"locator":"L4.S1","population":null}]}}]}}`
	if string(response.Data) != want {
		t.Errorf("got\n%s\nwant\n%s", response.Data, want)
	}
}

// compact indents JSON, but keeps on one line what fits there.
func compact(t *testing.T, data json.RawMessage) string {
	t.Helper()
	var write func(text json.RawMessage, indent string) string
	write = func(text json.RawMessage, indent string) string {
		line := oneLine(t, text)
		if len(indent)+len(line) <= 110 || (line[0] != '{' && line[0] != '[') {
			return line
		}
		d := json.NewDecoder(strings.NewReader(string(text)))
		_, _ = d.Token()
		var rows []string
		for d.More() {
			row := indent + "  "
			if line[0] == '{' {
				key, _ := d.Token()
				name, _ := key.(string)
				row += `"` + name + `": `
			}
			var value json.RawMessage
			if err := d.Decode(&value); err != nil {
				t.Fatal(err)
			}
			rows = append(rows, row+write(value, indent+"  "))
		}
		return line[:1] + "\n" + strings.Join(rows, ",\n") + "\n" + indent + line[len(line)-1:]
	}
	return write(data, "") + "\n"
}

// oneLine writes JSON on one line, with a space where a reader wants one.
func oneLine(t *testing.T, text json.RawMessage) string {
	t.Helper()
	var b strings.Builder
	inString, escaped := false, false
	for _, r := range string(text) {
		switch {
		case escaped:
			escaped = false
		case inString && r == '\\':
			escaped = true
		case r == '"':
			inString = !inString
		case !inString && (r == '\n' || r == ' '):
			continue
		}
		b.WriteRune(r)
		if !inString && (r == ',' || r == ':') {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
