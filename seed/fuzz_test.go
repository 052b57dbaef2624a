package seed_test

import (
	"errors"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/plexus-kg/plexus/seed"
)

// FuzzRead checks any bytes as YAML and as RDF: there is a data set or
// there are errors, all problems with places in the file, never a panic.
func FuzzRead(f *testing.F) {
	f.Add([]byte(full))
	for _, pattern := range []string{"testdata/bad/*.txtar", "testdata/doubtful/*.txtar", "examples/*.txtar"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range names {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				f.Fatal(err)
			}
			for _, file := range archive.Files {
				if file.Name != "problems" && file.Name != "says" && !strings.HasSuffix(file.Name, ".generated") {
					f.Add(file.Data)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, name := range []string{"a.yaml", "a.nq", "a.nt", "a.ttl", "a.trig", "a.jsonld"} {
			d, report, err := seed.CheckFS(t.Context(), fstest.MapFS{name: {Data: content}}, name)
			var faulty *seed.ProblemsError
			switch {
			case err == nil && (d == nil || report.Errors > 0 || len(errorsOf(report)) > 0):
				t.Errorf("no error, but data set %v and problems %v", d, report.Problems)
			case err != nil && !errors.As(err, &faulty):
				if name == "a.yaml" {
					t.Errorf("neither a data set nor problems: %v", err)
				}
				continue // quads that are well-formed but make no graph
			case err != nil && (d != nil || len(faulty.Problems) == 0 || report.Errors == 0):
				t.Errorf("an error, but data set %v and problems %v", d, report.Problems)
			}
			bytes := string(content)
			lines := 1 + strings.Count(bytes, "\n") + strings.Count(bytes, "\r")
			for _, p := range report.Problems {
				if p.File != name || p.Line > lines || p.Message == "" || p.Rule == "" || p.Severity != p.Rule.Severity() {
					t.Errorf("%q: place outside a file of %d lines, or nothing said", p, lines)
				}
			}
		}
	})
}

// TestHuge reads input that is large or deep enough to hurt a careless reader,
// with little stack and in bounded time.
func TestHuge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	defer debug.SetMaxStack(debug.SetMaxStack(64 << 20))
	for what, content := range map[string]string{
		"a line of 100 MB":    "a: " + strings.Repeat("x", 100<<20),
		"a line of 7 MB":      "a: " + strings.Repeat("x", 7<<20),
		"a quoted text":       "a: \"" + strings.Repeat("x", 7<<20),
		"brackets":            strings.Repeat("[", 2<<20),
		"closing brackets":    strings.Repeat("]", 1<<20),
		"brackets in text":    "a: " + strings.Repeat("[]", 1<<20),
		"dashes":              strings.Repeat("- ", 1<<20),
		"question marks":      strings.Repeat("? ", 1<<20),
		"colons":              strings.Repeat(": ", 1<<20),
		"commas":              "[" + strings.Repeat(",", 1<<20),
		"anchors":             strings.Repeat("&a ", 1<<20),
		"tags":                strings.Repeat("!a ", 1<<20),
		"documents":           strings.Repeat("---\na\n", 1<<17),
		"ends of documents":   strings.Repeat("a\n...\n", 1<<17),
		"steps":               steps(2000),
		"keys":                strings.Repeat("k: v\n", 1<<18),
		"entries":             "statements:\n" + strings.Repeat("- {}\n", 1<<17),
		"dangling references": "statements:\n" + strings.Repeat("- {subject: some-subject, object: some-object}\n", 1<<15),
	} {
		_, _, err := seed.ReadFS(t.Context(), fstest.MapFS{"a.yaml": {Data: []byte(content)}}, ".")
		if problemsOf(err) == nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	long := "<http://example.com/a> <http://example.com/b> \"" + strings.Repeat("x", 100<<20)
	if _, _, err := seed.ReadFS(t.Context(), fstest.MapFS{"a.nq": {Data: []byte(long)}}, "."); problemsOf(err) == nil {
		t.Errorf("a quad of 100 MB: %.200v", err)
	}
}

// steps nests mappings by indentation.
func steps(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}
