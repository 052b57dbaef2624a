package main

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/diff"
	"github.com/plexus-kg/plexus/seed"
)

// The rows that need no process of their own run on a small graph, and find
// the same on every side.
func TestRows(t *testing.T) {
	var out bytes.Buffer
	err := run([]string{"-quads", "3000", "-runs", "1", "-rows", "build,nquads,edges,allocations"}, &out, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"memstore", "ReadNQuads", "Store.Edges", "Resolve"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table has no row of %s:\n%s", want, out.String())
		}
	}
	if err := run([]string{"-rows", "nothing"}, &out, io.Discard); err == nil {
		t.Error("a row that there is not is measured")
	}
}

// The graphs of the row scale are written as they are said to be: the edited
// one differs from the other in about one statement of a hundred.
func TestScaleGraphs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "graph")
	w, err := writeChild(20_000, path, "")
	if err != nil {
		t.Fatal(err)
	}
	var graphs []*graph.Dataset
	for _, ending := range []string{".nq", ".edited.nq"} {
		ds, _, err := seed.Read(t.Context(), path+ending)
		if err != nil {
			t.Fatal(err)
		}
		graphs = append(graphs, ds)
	}
	if got := (written{w.Quads, len(graphs[0].Concepts), len(graphs[0].Statements)}); got != *w || w.Quads < 19_000 || w.Quads > 21_000 {
		t.Errorf("written %+v, read %+v", *w, got)
	}
	changes := diff.Compare(graphs[0], graphs[1]).Summary.Statements
	if n := w.Statements; changes.Removed != (n+999)/1000 || changes.Changed < n/130 || changes.Moved == 0 || changes.Added > 0 {
		t.Errorf("of %d statements %+v", n, changes)
	}
}
