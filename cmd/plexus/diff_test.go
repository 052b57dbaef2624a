package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDiffEnds: as diff(1), diff ends with 0 if nothing differs, with 1 if
// something does, and with 2 if it cannot tell.
func TestDiffEnds(t *testing.T) {
	folder := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	farm := func(concept string) string {
		return "dataset: {id: farm, name: Farm, license: CC0-1.0, version: \"1\", language: en}\n" +
			"concepts:\n  - {id: hen, name: " + concept + ", types: [MedicalCondition]}\n"
	}
	hen, chicken, faulty := file("hen.yaml", farm("Hen")), file("chicken.yaml", farm("Chicken")), file("faulty.yaml", "concepts: [oops")
	foreign := file("foreign.plexus", "This is a text.")
	for _, c := range []struct {
		args []string
		code int
	}{
		{[]string{hen, hen}, 0},
		{[]string{hen, chicken}, 1},
		{[]string{hen, "embedded"}, 1},
		{[]string{hen, chicken, "--format", "json"}, 1},
		{[]string{hen, faulty}, 2},
		{[]string{faulty, hen}, 2},
		{[]string{faulty, faulty}, 2},
		{[]string{foreign, hen}, 2},
		{[]string{hen, filepath.Join(folder, "none")}, 2},
		{[]string{hen}, 2},
		{[]string{hen, hen, hen}, 2},
	} {
		var stdout, stderr bytes.Buffer
		err := run(t.Context(), append([]string{"diff"}, c.args...), strings.NewReader(""), &stdout, &stderr)
		if code := exitCode(err, &stderr); code != c.code || (stderr.Len() > 0) != (code == 2) {
			t.Errorf("plexus diff %s: exit %d, want %d\n%s%s", c.args, code, c.code, stdout.String(), stderr.String())
		}
	}
	var full bytes.Buffer
	err := run(t.Context(), []string{"diff", hen, chicken}, strings.NewReader(""), failing{}, &full)
	if code := exitCode(err, &full); code != 2 || !errors.Is(err, errFull) {
		t.Errorf("on a full disk: exit %d, %v", code, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := run(ctx, []string{"diff", hen, hen}, strings.NewReader(""), &full, &full); err == nil {
		t.Error("a cancelled diff says that nothing differs")
	}
}

var errFull = errors.New("no space left")

// failing is a disk that is full.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }
