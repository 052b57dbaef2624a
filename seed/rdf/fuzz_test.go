package rdf

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// The fuzz targets read any bytes: mistakes have places in the file, and quads
// that are read without one can be written as N-Quads and read back.

func FuzzTurtle(f *testing.F)   { fuzz(f, Turtle, "rdf-turtle", ".ttl") }
func FuzzTriG(f *testing.F)     { fuzz(f, TriG, "rdf-trig", ".trig") }
func FuzzNTriples(f *testing.F) { fuzz(f, NTriples, "rdf-n-triples", ".nt") }
func FuzzNQuads(f *testing.F)   { fuzz(f, NQuads, "rdf-n-quads", ".nq") }
func FuzzXML(f *testing.F)      { fuzz(f, XML, "rdf-xml", ".rdf") }

func FuzzJSONLD(f *testing.F) {
	for _, example := range jsonExamples {
		f.Add([]byte(example.text))
	}
	f.Fuzz(func(t *testing.T, content []byte) { fuzzOne(t, JSONLD, content) })
}

func fuzz(f *testing.F, format Format, folder, ending string) {
	archive, err := zip.OpenReader("testdata/w3c.zip")
	if err != nil {
		f.Fatal(err)
	}
	defer func() { _ = archive.Close() }()
	for _, file := range archive.File {
		if !strings.HasPrefix(file.Name, folder+"/") || path.Ext(file.Name) != ending {
			continue
		}
		r, err := file.Open()
		if err != nil {
			f.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) { fuzzOne(t, format, content) })
}

func fuzzOne(t *testing.T, format Format, content []byte) {
	t.Helper()
	var read []quad.Quad
	err := format.Read(t.Context(), bytes.NewReader(content), func(at syntax.Place, q quad.Quad) error {
		if at.Line > 1+len(content) || at.Line == 0 && format != JSONLD {
			t.Errorf("%v stands at %v", q, at)
		}
		read = append(read, q)
		return nil
	})
	var mistakes syntax.Mistakes
	switch {
	case errors.As(err, &mistakes):
		lines := 1 + bytes.Count(content, []byte("\n")) + bytes.Count(content, []byte("\r"))
		for _, m := range mistakes {
			if m.Message == "" || m.Line > lines || m.Line == 0 && m.Column > 0 {
				t.Errorf("a mistake that says nothing, or lies outside of %d lines: %v", lines, m)
			}
		}
		return
	case err != nil:
		t.Fatalf("neither quads nor mistakes: %v", err)
	}
	if format == NQuads || format == NTriples {
		return // the round trip is that of package quads
	}
	var b []byte
	for _, q := range read {
		if b, err = appendQuad(b, q); err != nil {
			t.Fatalf("%v was read and cannot be written: %v", q, err)
		}
	}
	var again []quad.Quad
	err = quads.ReadNQuads(t.Context(), bytes.NewReader(b), func(_ int, q quad.Quad) error {
		again = append(again, q)
		return nil
	})
	if !bytes.Contains(b, []byte(`\u0000`)) && (err != nil || !slices.Equal(read, again)) {
		t.Errorf("%v\nwere written as\n%s\nand read as %v (%v)", read, b, again, err)
	}
}
