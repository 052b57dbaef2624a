package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
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
