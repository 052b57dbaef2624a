package rdf

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/piprate/json-gold/ld"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// w3cTest is an entry of a manifest of the W3C's tests.
var w3cTest = regexp.MustCompile(`(?s)rdft:Test(?:Turtle|Trig|NTriples|NQuads|XML)(Eval|NegativeEval|PositiveSyntax|NegativeSyntax)\s*;.*?mf:action\s+<([^>]*)>(?:\s*;\s*mf:result\s+<([^>]*)>)?`)

// w3cComment is a line that a manifest leaves out.
var w3cComment = regexp.MustCompile(`(?m)^\s*#.*\n`)

// w3cExceptions are the tests of N-Quads and N-Triples that quads.ReadNQuads
// does not pass, by the name of the test without its ending.
var w3cExceptions = map[string]string{
	"nt-syntax-bad-bnode-01":   "a colon in the label of a blank node is taken",
	"nt-syntax-bad-bnode-02":   "likewise",
	"literal_ascii_boundaries": "a NUL byte is taken for a sign of a binary file",
}

// TestW3C runs the tests of the W3C's RDF working groups, unchanged, from
// testdata/w3c.zip (https://github.com/w3c/rdf-tests, whose licence is in it).
func TestW3C(t *testing.T) {
	t.Parallel()
	archive, err := zip.OpenReader("testdata/w3c.zip")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = archive.Close() })
	read := func(name string) []byte {
		f, err := archive.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		content, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	for _, folder := range []struct {
		name   string
		format Format
		least  int
	}{{"rdf-turtle", Turtle, 290}, {"rdf-trig", TriG, 330}, {"rdf-n-triples", NTriples, 60}, {"rdf-n-quads", NQuads, 80}, {"rdf-xml", XML, 160}} {
		manifest := w3cComment.ReplaceAll(read(folder.name+"/manifest.ttl"), nil)
		tests := w3cTest.FindAllStringSubmatch(string(manifest), -1)
		if len(tests) < folder.least {
			t.Errorf("%s has %d tests, want at least %d", folder.name, len(tests), folder.least)
		}
		for _, test := range tests {
			kind, action, result := test[1], test[2], test[3]
			name := strings.TrimSuffix(action, path.Ext(action))
			excepted := (folder.format == NTriples || folder.format == NQuads) && w3cExceptions[name] != ""
			base := "https://w3c.github.io/rdf-tests/rdf/rdf11/" + folder.name + "/" + action
			got, err := collect(t.Context(), folder.format, read(path.Join(folder.name, action)), base)
			var mistakes syntax.Mistakes
			switch {
			case excepted:
				if passes := (err == nil) != strings.HasPrefix(kind, "Negative"); passes {
					t.Errorf("%s is an exception, and passes", action)
				}
			case err != nil && !errors.As(err, &mistakes):
				t.Errorf("%s: %v", action, err)
			case kind == "PositiveSyntax" && err != nil:
				t.Errorf("%s: %v", action, err)
			case strings.HasPrefix(kind, "Negative") && err == nil:
				t.Errorf("%s: no mistake is found", action)
			case kind == "Eval" && err != nil:
				t.Errorf("%s: %v", action, err)
			case kind == "Eval":
				want, err := collect(t.Context(), NQuads, read(path.Join(folder.name, result)), "")
				if err != nil {
					t.Fatalf("%s: %v", result, err)
				}
				if g, w := canonical(t, got), canonical(t, want); g != w {
					t.Errorf("%s gives\n%swant\n%s", action, g, w)
				}
			}
		}
	}
}

// collect reads quads as they stand in the file.
func collect(ctx context.Context, format Format, content []byte, base string) ([]quad.Quad, error) {
	var all []quad.Quad
	err := parse(ctx, format, bytes.NewReader(content), base, func(_ syntax.Place, q quad.Quad) error {
		all = append(all, q)
		return nil
	})
	return all, err
}

// canonical returns the quads as canonical N-Quads, with the blank nodes named
// by what is said of them (https://www.w3.org/TR/rdf-canon/).
func canonical(t *testing.T, all []quad.Quad) string {
	t.Helper()
	var lines []string
	for _, q := range all {
		line, err := appendQuad(nil, q)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	sort.Strings(lines)
	options := ld.NewJsonLdOptions("")
	options.InputFormat, options.Format, options.Algorithm = "application/n-quads", "application/n-quads", ld.AlgorithmURDNA2015
	normal, err := ld.NewJsonLdProcessor().Normalize(strings.Join(lines, ""), options)
	if err != nil {
		t.Fatal(err)
	}
	return normal.(string)
}
