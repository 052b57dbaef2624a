package seed_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/plexus-kg/plexus/seed"
)

var update = flag.Bool("update", false, "rewrite the wanted problems in testdata/bad")

// TestBad reads each archive of testdata/bad: a folder of faulty files, and
// after them, as "problems", everything that is wrong with it, in order.
//
// Bytes that an archive cannot hold stand in a file whose name ends in
// .generated: each line a number and a quoted text, to be repeated as often.
func TestBad(t *testing.T) {
	t.Parallel()
	for _, name := range badFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fsys, want := unpack(t, archive)
			d, report, err := seed.ReadFS(t.Context(), fsys, ".")
			var faulty *seed.ProblemsError
			if !errors.As(err, &faulty) {
				t.Fatalf("error is %v, want problems", err)
			}
			if d != nil {
				t.Error("there is a data set in spite of problems")
			}
			if len(report.Problems) != len(faulty.Problems) {
				t.Errorf("the report has %d problems, the error %d", len(report.Problems), len(faulty.Problems))
			}
			got := lines(report.Problems)
			if *update {
				setProblems(archive, got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != want {
				t.Errorf("problems:\n%s\nwanted:\n%s", got, want)
			}
		})
	}
}

// TestRulesHaveExamples fails for a rule without a tiny bad input, and for one
// that no longer exists or is not explained.
func TestRulesHaveExamples(t *testing.T) {
	t.Parallel()
	shown := map[string]string{}
	for _, name := range badFiles(t) {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(strings.TrimSpace(string(archive.Comment))) == 0 {
			t.Errorf("%s does not say what it shows", name)
		}
		_, want := unpack(t, archive)
		for line := range strings.Lines(want) {
			line = strings.TrimSpace(line)
			rule := strings.TrimSuffix(line[strings.LastIndexByte(line, '[')+1:], "]")
			if rule != "…" {
				shown[rule] = name
			}
		}
	}
	for _, rule := range seed.Rules() {
		if shown[string(rule)] == "" {
			t.Errorf("no file in testdata/bad shows the rule %s", rule)
		}
		delete(shown, string(rule))
		if why, ok := seed.Explain(rule); !ok || !strings.HasSuffix(why, ".") {
			t.Errorf("the rule %s is not explained in a sentence: %q", rule, why)
		}
	}
	for rule, name := range shown {
		t.Errorf("%s: there is no rule %s", name, rule)
	}
	if _, ok := seed.Explain("no-such-rule"); ok {
		t.Error("a rule that does not exist is explained")
	}
}

func badFiles(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob("testdata/bad/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no archives in testdata/bad: %v", err)
	}
	return names
}

// lines writes problems with their rules; of very many only the ends.
func lines(problems []seed.Problem) string {
	var b strings.Builder
	for i, p := range problems {
		if len(problems) > 500 && i >= 3 && i < len(problems)-2 {
			if i == 3 {
				fmt.Fprintf(&b, "… %d more […]\n", len(problems)-5)
			}
			continue
		}
		fmt.Fprintf(&b, "%s [%s]\n", p, p.Rule)
	}
	return b.String()
}

func unpack(t *testing.T, archive *txtar.Archive) (fsys fstest.MapFS, problems string) {
	t.Helper()
	fsys = fstest.MapFS{}
	for _, f := range archive.Files {
		name, generated := strings.CutSuffix(f.Name, ".generated")
		switch {
		case f.Name == "problems":
			problems = string(f.Data)
		case generated:
			fsys[name] = &fstest.MapFile{Data: generate(t, string(f.Data))}
		default:
			fsys[name] = &fstest.MapFile{Data: f.Data}
		}
	}
	return fsys, problems
}

func generate(t *testing.T, recipe string) []byte {
	t.Helper()
	var out []byte
	for line := range strings.Lines(recipe) {
		times, quoted, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, err := strconv.Atoi(times)
		if err != nil {
			t.Fatal(err)
		}
		text, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatalf("%s: %v", quoted, err)
		}
		out = append(out, strings.Repeat(text, n)...)
	}
	return out
}

func setProblems(archive *txtar.Archive, problems string) {
	for i := range archive.Files {
		if archive.Files[i].Name == "problems" {
			archive.Files[i].Data = []byte(problems)
			return
		}
	}
	archive.Files = append(archive.Files, txtar.File{Name: "problems", Data: []byte(problems)})
}

// TestDeterministic reads many faulty files twice: the same problems, in the
// same order.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	all := fstest.MapFS{}
	for _, name := range badFiles(t) {
		if strings.Contains(name, "too-many") || strings.Contains(name, "file-size") {
			continue
		}
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fsys, _ := unpack(t, archive)
		for inner, f := range fsys {
			all[filepath.ToSlash(filepath.Join(filepath.Base(name), inner))] = f
		}
	}
	_, first, _ := seed.ReadFS(context.Background(), all, ".")
	_, second, _ := seed.ReadFS(context.Background(), all, ".")
	if a, b := lines(first.Problems), lines(second.Problems); a != b || len(first.Problems) < len(seed.Rules())/2 {
		t.Errorf("reading twice gives\n%s\nand\n%s", a, b)
	}
}
