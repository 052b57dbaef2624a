package seed_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/plexus-kg/plexus/seed"
)

var update = flag.Bool("update", false, "rewrite the wanted problems in testdata/bad")

// TestBad reads each archive of testdata/bad, a folder of faulty files, and
// checks each of testdata/doubtful. After the files stands, as "problems",
// everything that is to be said about them, in order.
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
			read := seed.ReadFS
			if strings.Contains(name, "doubtful") {
				read = seed.CheckFS
			}
			d, report, err := read(t.Context(), fsys, ".")
			if report == nil {
				t.Fatalf("no report: %v", err)
			}
			var faulty *seed.ProblemsError
			switch listed := errorsOf(report); {
			case err == nil:
				if d == nil || report.Errors > 0 || len(listed) > 0 || len(report.Problems) == 0 {
					t.Errorf("no error, but data set %v, %d errors and problems %v", d, report.Errors, report.Problems)
				}
			case !errors.As(err, &faulty):
				t.Fatalf("error is %v, want problems", err)
			case d != nil:
				t.Error("there is a data set in spite of errors")
			case !slices.Equal(listed, faulty.Problems) || len(listed) != report.Errors:
				t.Errorf("the report lists %d errors and counts %d, the error has %d", len(listed), report.Errors, len(faulty.Problems))
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

// TestRulesHaveBadInputs fails for a rule without a tiny bad input, and for one
// that no longer exists.
func TestRulesHaveBadInputs(t *testing.T) {
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
		if e, _ := seed.Explain(rule); shown[string(rule)] == "" && e.Layer != seed.LayerText { // the command, which knows texts, shows those
			t.Errorf("no file in testdata/bad shows the rule %s", rule)
		}
		delete(shown, string(rule))
	}
	for rule, name := range shown {
		t.Errorf("%s: there is no rule %s", name, rule)
	}
}

func badFiles(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"testdata/bad/*.txtar", "testdata/doubtful/*.txtar"} {
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no archives %s: %v", pattern, err)
		}
		all = append(all, names...)
	}
	return all
}

func errorsOf(r *seed.Report) []seed.Problem {
	return slices.DeleteFunc(slices.Clone(r.Problems), func(p seed.Problem) bool { return p.Severity == seed.Warning })
}

// lines writes problems; of very many only the ends.
func lines(problems []seed.Problem) string {
	var b strings.Builder
	for i, p := range problems {
		if len(problems) > 500 && i >= 3 && i < len(problems)-2 {
			if i == 3 {
				fmt.Fprintf(&b, "… %d more […]\n", len(problems)-5)
			}
			continue
		}
		fmt.Fprintln(&b, p)
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
	_, first, _ := seed.CheckFS(context.Background(), all, ".")
	_, second, _ := seed.CheckFS(context.Background(), all, ".")
	if a, b := lines(first.Problems), lines(second.Problems); a != b || len(first.Problems) < len(seed.Rules())/2 {
		t.Errorf("reading twice gives\n%s\nand\n%s", a, b)
	}
}
