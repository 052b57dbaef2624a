package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph/release"
)

// TestEarlierReleases reads releases of earlier programs, which lie in
// testdata/releases beside the data that they were made of: they answer as the
// data does. A file is added there when a section gets a new version, made by the
// program of before.
func TestEarlierReleases(t *testing.T) {
	t.Parallel()
	releases, err := filepath.Glob("testdata/releases/*.plexus")
	if err != nil || len(releases) == 0 {
		t.Fatal(releases, err)
	}
	for _, earlier := range releases {
		data := strings.TrimSuffix(earlier, releaseEnding) + ".yaml"
		for _, args := range [][]string{
			{"check", earlier},
			{"diff", earlier, data},
		} {
			if code, stdout, stderr := ran(t, args...); code != 0 {
				t.Errorf("plexus %s: exit %d\n%s%s", strings.Join(args, " "), code, stdout, stderr)
			}
		}
		const question = `{ search(text: "tics") { nodes { id name } } complete(text: "eye") { node { id } matched { text } } condition(id: "DOID:2769") {
			id name codes { code match } signsAndSymptoms { edges { node { id } statements { id modality frequency locator source { id license } } } }
			tests(filter: {negated: true}) { edges { node { id name } statements { id negated locator } } } } }`
		query := filepath.Join(t.TempDir(), "query.graphql")
		if err := os.WriteFile(query, []byte(question), 0o600); err != nil {
			t.Fatal(err)
		}
		code, was, stderr := ran(t, "query", "--data", earlier, query)
		_, is, _ := ran(t, "query", "--data", data, query)
		if code != 0 || was != is || !strings.Contains(was, "eye-blinking") {
			t.Errorf("%s answers\n%s%s, its data\n%s", earlier, was, stderr, is)
		}
	}
}

// TestLayoutsRefused: a release that this program cannot read is refused with what
// is wrong with it and the line that builds it again. What nobody needs is no
// reason.
func TestLayoutsRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	whole := filepath.Join(folder, "whole.plexus")
	if code, _, stderr := ran(t, "build", "embedded", "-o", whole); code != 0 {
		t.Fatal(stderr)
	}
	file, err := release.Open(whole)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	var sections []release.Section
	for _, s := range file.Sections() {
		content, _ := file.Section(s.Name)
		sections = append(sections, release.Bytes(s.Name, content))
	}
	change := func(name string, content func([]byte) []byte) []release.Section {
		changed := slices.Clone(sections)
		for i, s := range changed {
			if s.Name == name {
				old, _ := file.Section(name)
				changed[i] = release.Bytes(name, content(slices.Clone(old)))
			}
		}
		return changed
	}
	without := func(name string) []release.Section {
		return slices.DeleteFunc(slices.Clone(sections), func(s release.Section) bool { return s.Name == name })
	}
	version := func(name string, n int) []release.Section {
		changed := slices.Clone(sections)
		changed[slices.IndexFunc(changed, func(s release.Section) bool { return s.Name == name })].Version = n
		return changed
	}
	layout := func(n string) []release.Section {
		return change("graph/meta", func(meta []byte) []byte {
			return bytes.Replace(meta, []byte(`"Layout":2,`), []byte(`"Layout":`+n+`,`), 1)
		})
	}
	later := release.Bytes("a/later/one", []byte("anything"))
	later.Version = 4
	again := func(name string) string {
		return "build it again from its data: plexus build DATA -o " + shellWord(filepath.Join(folder, name))
	}
	for _, c := range []struct {
		name     string
		sections []release.Section
		verb     string
		says     string
	}{
		{"one.plexus", layout("1"), "stats", "the release is of an older format: its graph is of layout 1, and this program reads layout 2; " + again("one.plexus")},
		{"nine.plexus", layout("9"), "stats", "the release is of a newer format: its graph is of layout 9, and this program reads layout 2; update the program, or " + again("nine.plexus")},
		{"no words.plexus", without("graph/terms/text"), "stats", `the release is of an older format: it has no section "graph/terms/text"; ` + again("no words.plexus")},
		{"words.plexus", version("graph/terms/text", 5), "export", `the release is of a newer format: its section "graph/terms/text" is of version 5, and this program reads version 1; update the program, or ` + again("words.plexus")},
		{"no-index.plexus", without("search"), "search", `the release is of an older format: it has no section "search"; ` + again("no-index.plexus")},
		{"index.plexus", change("search", func(b []byte) []byte {
			binary.LittleEndian.PutUint32(b[len("PLEXSRCH"):], 1)
			return b
		}), "search", "the search index is of another format: format 1, and this program reads formats 2 and 3; " + again("index.plexus")},
		{"search.plexus", version("search", 2), "check", `its section "search" is of version 2, and this program reads version 1; update the program, or ` + again("search.plexus")},
		{"names.plexus", without("graph/concepts/names"), "search", ""},
		{"later.plexus", append(slices.Clone(sections), later), "check", ""},
	} {
		path := filepath.Join(folder, c.name)
		if err := release.WriteFile(path, c.sections...); err != nil {
			t.Fatal(err)
		}
		args := map[string][]string{
			"stats": {"stats", "--data", path}, "export": {"export", path, "-o", filepath.Join(folder, "out.nq")},
			"search": {"search", "--data", path, "palsy"}, "check": {"check", path},
		}[c.verb]
		code, _, stderr := ran(t, args...)
		if c.says == "" && code != 0 || c.says != "" && (code != 1 || !strings.HasSuffix(stderr, c.says+"\n") || strings.Count(stderr, "\n") != 1) {
			t.Errorf("plexus %s: exit %d\n%swant\n%s", strings.Join(args, " "), code, stderr, c.says)
		}
	}
}

// ran runs a command in this process.
func ran(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, says bytes.Buffer
	code = exitCode(run(t.Context(), args, strings.NewReader(""), &out, &says), &says)
	return code, out.String(), says.String()
}
