package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"

	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

// settle takes away the garbage of what was measured before.
func settle() { runtime.GC() }

func made(n int) (*graph.Dataset, []quad.Quad) {
	ds := graphtest.Large(1, n)
	return ds, slices.Collect(quads.Encode(ds))
}

// parsed returns quads as they come from a file.
func parsed(n int) (all []quad.Quad, prefixes graph.Prefixes, err error) {
	ds := graphtest.Large(1, n)
	prefixes = ds.Prefixes
	all = make([]quad.Quad, 0, n)
	file, to := io.Pipe() // the text is never there as a whole
	go func() {
		w := bufio.NewWriter(to)
		for q := range quads.Encode(ds) {
			_, _ = w.WriteString(q.NQuad()) // an error stays, and Flush returns it
			_ = w.WriteByte('\n')
		}
		_ = to.CloseWithError(w.Flush()) // never fails
	}()
	err = quads.ReadNQuads(context.Background(), file, func(_ int, q quad.Quad) error {
		all = append(all, q)
		return nil
	})
	_ = file.CloseWithError(err) // never fails
	return all, prefixes, err
}

// benchBuild measures how long it takes from parsed quads to a store that
// answers.
func benchBuild(c *config) error {
	all, prefixes, err := parsed(c.quads)
	if err != nil {
		return err
	}
	var ds *graph.Dataset
	sides := []side{
		{name: "frozen: decode, build", run: func() error {
			s, err := frozen.BuildQuads(prefixes, quads.Part{Quads: all})
			runtime.KeepAlive(s)
			return err
		}},
		{
			name: "frozen: build of a decoded data set",
			prepare: func() (err error) {
				ds, err = quads.Decode(prefixes, quads.Part{Quads: all})
				return err
			},
			run: func() error {
				s, err := frozen.Build(ds)
				runtime.KeepAlive(s)
				ds = nil
				return err
			},
		},
		{name: "memstore", run: func() error {
			runtime.KeepAlive(memstore.New(all...))
			return nil
		}},
	}
	medians, err := c.inTurns(sides)
	if err != nil {
		return err
	}
	var rows [][]string
	for i, s := range sides {
		rows = append(rows, []string{s.name, perSecond(len(all), medians[i]), times(medians[2], medians[i])})
	}
	c.table(fmt.Sprintf("From %d parsed quads to a ready store", len(all)), []string{"", "quads/s", "against memstore"}, rows...)
	return nil
}

// benchNQuads measures how fast N-Quads are read.
func benchNQuads(c *config) error {
	var b bytes.Buffer
	n := 0
	func() { // what was made is given back before anything is measured
		_, all := made(c.quads)
		for _, q := range all {
			b.WriteString(q.NQuad())
			b.WriteByte('\n')
		}
		n = len(all)
	}()
	sides := []side{
		{name: "quads.ReadNQuads, with line numbers", run: func() error {
			read := 0
			err := quads.ReadNQuads(context.Background(), bytes.NewReader(b.Bytes()), func(int, quad.Quad) error { read++; return nil })
			if err == nil && read != n {
				err = fmt.Errorf("%d quads of %d", read, n)
			}
			return err
		}},
		{name: "cayley's quad/nquads", run: func() error {
			r := nquads.NewReader(bytes.NewReader(b.Bytes()), false)
			for read := 0; ; read++ {
				_, err := r.ReadQuad()
				switch {
				case errors.Is(err, io.EOF) && read == n:
					return nil
				case err != nil:
					return fmt.Errorf("quad %d: %w", read, err)
				}
			}
		}},
	}
	medians, err := c.inTurns(sides)
	if err != nil {
		return err
	}
	c.table(fmt.Sprintf("Reading %d lines of N-Quads, %d MB", n, b.Len()>>20), []string{"", "quads/s", "against Cayley"},
		[]string{sides[0].name, perSecond(n, medians[0]), times(medians[1], medians[0])},
		[]string{sides[1].name, perSecond(n, medians[1]), "1×"})
	return nil
}
