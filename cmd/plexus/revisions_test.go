package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

// repository is a folder of git with data, for tests.
type repository struct {
	*testing.T
	folder string
}

func newRepository(t *testing.T) repository {
	t.Helper()
	needs.Programs(t, "git")
	r := repository{t, t.TempDir()}
	r.git("init", "-q", "-b", "main")
	r.write("data/dataset.yaml", "dataset: {id: d, name: Data, license: CC0-1.0, language: en}\nsources: [{id: s, kind: data, name: S}]\n"+
		"concepts:\n  - {id: cold, name: Cold, types: [MedicalCondition]}\n  - {id: cough, name: Cough, types: [MedicalSymptom]}\n  - {id: fever, name: Fever, types: [MedicalSign]}\n  - {id: rest, name: Rest, types: [MedicalTherapy]}\n")
	r.write("data/statements.yaml", "defaults: {source: s, modality: asserted}\nstatements:\n  - {subject: cold, predicate: signOrSymptom, object: cough, locator: p. 1}\n")
	r.commit("first")
	return r
}

func (r repository) git(args ...string) {
	r.Helper()
	c := exec.Command("git", append([]string{"-C", r.folder, "-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "commit.gpgsign=false"}, args...)...)
	if out, err := c.CombinedOutput(); err != nil {
		r.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func (r repository) write(name, text string) {
	r.Helper()
	path := filepath.Join(r.folder, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		r.Fatal(err)
	}
}

func (r repository) add(name, text string) {
	r.Helper()
	content, err := os.ReadFile(filepath.Join(r.folder, name))
	if err != nil {
		r.Fatal(err)
	}
	r.write(name, string(content)+text)
}

func (r repository) commit(message string) {
	r.Helper()
	r.git("add", "-A")
	r.git("commit", "-q", "-m", message)
}

// plexus returns what a verb prints, and how it ends.
func (r repository) plexus(args ...string) (string, int) {
	r.Helper()
	var out, failed bytes.Buffer
	code := exitCode(run(r.Context(), args, strings.NewReader(""), &out, &failed), &failed)
	return out.String() + failed.String(), code
}

// TestDiffRevisions compares a folder of git at two revisions, and as it lies there.
func TestDiffRevisions(t *testing.T) {
	r := newRepository(t)
	data := filepath.Join(r.folder, "data")
	r.git("checkout", "-q", "-b", "mine")
	r.add("data/statements.yaml", "  - {subject: cold, predicate: signOrSymptom, object: fever, frequency: often, locator: p. 2}\n")
	r.commit("fever")
	r.git("checkout", "-q", "main")
	r.add("data/dataset.yaml", "  - {id: flu, name: Flu, types: [MedicalCondition]}\n")
	r.commit("flu, on main")
	r.git("checkout", "-q", "mine")
	for _, c := range []struct {
		args, says, silent string
		code               int
	}{
		{"main...HEAD", "+ schema:signOrSymptom fever", "flu", 1},
		{"main..HEAD", "- flu", "nothing", 1},
		{"HEAD..HEAD", "no difference", "flu", 0},
		{"HEAD..", "no difference", "flu", 0},
		{"nowhere..HEAD", "git knows no revision nowhere here", "tmp/plexus", 2},
	} {
		says, code := r.plexus("diff", c.args, data)
		if code != c.code || !strings.Contains(says, c.says) || strings.Contains(says, c.silent) {
			t.Errorf("diff %s: %d\n%s", c.args, code, says)
		}
	}
	r.write("data/statements.yaml", "statements: [oops\n")
	if says, code := r.plexus("diff", "HEAD..", data); code != 2 || !strings.Contains(says, "statements.yaml:1") {
		t.Errorf("of a faulty file: %d\n%s", code, says)
	}
	r.write("later/a.yaml", "dataset: {id: l, name: Later, license: CC0-1.0, language: en}\nconcepts: [{id: flu, name: Flu, types: [MedicalCondition]}]\n")
	if says, code := r.plexus("diff", "HEAD..", filepath.Join(r.folder, "later")); code != 1 || !strings.Contains(says, "flu") {
		t.Errorf("of a folder that is new: %d\n%s", code, says)
	}
}

// TestGitMerge: with the attributes that README gives, statements that two people add at
// one place, a line each, merge without a conflict.
func TestGitMerge(t *testing.T) {
	for _, attributes := range []string{"", "*.yaml merge=union\n"} {
		r := newRepository(t)
		if attributes != "" {
			r.write(".gitattributes", attributes)
			r.commit("attributes")
		}
		for branch, line := range map[string]string{
			"ann": "  - {subject: cold, predicate: signOrSymptom, object: fever, locator: p. 2}\n",
			"bob": "  - {subject: cold, predicate: possibleTreatment, object: rest, locator: p. 3}\n",
		} {
			r.git("checkout", "-q", "-b", branch, "main")
			r.add("data/statements.yaml", line)
			r.commit(branch)
		}
		r.git("checkout", "-q", "main")
		r.git("merge", "-q", "ann")
		err := exec.Command("git", "-C", r.folder, "-c", "user.name=Ann", "-c", "user.email=ann@example.org", "merge", "-q", "bob").Run()
		says, code := r.plexus("check", filepath.Join(r.folder, "data"))
		if merged := err == nil && code == 0 && strings.Contains(says, "3 statements"); merged != (attributes != "") {
			t.Errorf("with the attributes %q: merge %v, check %d\n%s", attributes, err, code, says)
		}
	}
}
