package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

// peaked is what a child says of the memory that it took to build a store of
// parsed quads.
type peaked struct {
	Quads   int
	Parsed  int64 // the process, with the quads and nothing else
	Peak    int64 // the same process while it builds, at most
	Seconds float64
}

// peakChild parses quads, gives back all memory but theirs, has the system
// forget the peak so far, and builds.
func peakChild(size int) (*peaked, error) {
	all, prefixes, err := parsed(size)
	if err != nil {
		return nil, err
	}
	debug.FreeOSMemory()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0o200); err != nil {
		return nil, fmt.Errorf("the row peak needs Linux: %w", err)
	}
	p := &peaked{Quads: len(all), Parsed: resident()}
	start := time.Now()
	s, err := frozen.BuildQuads(prefixes, quads.Part{Quads: all})
	if err != nil {
		return nil, err
	}
	p.Seconds, p.Peak = time.Since(start).Seconds(), peak()
	runtime.KeepAlive(s)
	runtime.KeepAlive(all)
	if p.Peak < p.Parsed {
		return nil, errors.New("the system does not tell the peak of memory")
	}
	return p, nil
}

// benchPeak measures the memory that it takes to build a release of a file of
// quads, by the program itself, and a store of quads that are all there already.
func benchPeak(c *config) error {
	if err := c.needPlexus(); err != nil {
		return err
	}
	var files, held [][]string
	for _, size := range []int{c.quads, c.large} {
		path := filepath.Join(c.folder, "peak")
		n, err := child[int]("file", size, path+".nq") // this process stays small
		if err != nil {
			return err
		}
		took, _, most, err := c.verb([]string{"build", path + ".nq", "-o", path + ".plexus"}, false)
		if err = errors.Join(err, os.Remove(path+".nq"), os.Remove(path+".plexus")); err != nil {
			return err
		}
		files = append(files, []string{fmt.Sprint(n), megabytes(most), fmt.Sprintf("%.1f s", took.Seconds())})
		p, err := child[peaked]("peak", size, "")
		if err != nil {
			return err
		}
		held = append(held, []string{fmt.Sprint(p.Quads), megabytes(p.Parsed), megabytes(p.Peak), megabytes(p.Peak - p.Parsed), fmt.Sprintf("%.1f s", p.Seconds)})
	}
	c.table("`plexus build` of a file of N-Quads: store, search index and release", []string{"quads", "memory at most", "time"}, files...)
	c.table("Memory to build a store of parsed quads that are kept", []string{"quads", "process with the quads", "its peak", "beyond the quads", "time"}, held...)
	return nil
}

// fileChild writes a graph as N-Quads.
func fileChild(size int, path string) (int, error) {
	return writeNQuads(path, graphtest.Large(1, size))
}
