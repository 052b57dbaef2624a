package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/prometheus/procfs"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/release"
	"github.com/plexus-kg/plexus/graph/search"
)

func median(of []int64) int64 {
	slices.Sort(of)
	return of[len(of)/2]
}

// built is what a child says of a store it built.
type built struct {
	Quads    int
	Heap     int64 // of the store
	Literals int64 // the bytes of literal texts
	Peak     int64 // of the process, data set and store
	Seconds  float64
	File     int64
}

// net returns the bytes a quad takes, without the texts of literals.
func (b *built) net() float64 { return float64(b.Heap-b.Literals) / float64(b.Quads) }

// started is what a child says of a store it opened.
type started struct {
	Nanoseconds int64
	Mallocs     uint64
	Bytes       uint64 // allocated
	Read        int    // of the file: header, directory, description; of other sections, only ends
	FirstAnswer int64  // nanoseconds until the first links are there
}

// runChild measures one thing in a process that does nothing else.
func runChild(what string, args []string, out io.Writer) error {
	if len(args) < 2 {
		return errors.New("a child takes a size and files")
	}
	size, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	var answer any
	switch what {
	case "build":
		answer, err = buildChild(size, args[1])
	case "file":
		answer, err = fileChild(size, args[1])
	case "peak":
		answer, err = peakChild(size)
	case "start":
		answer, err = startChild(args[1])
	case "write":
		answer, err = writeChild(size, args[1], strings.Join(args[2:], ""))
	default:
		err = fmt.Errorf("no child %q", what)
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(answer)
}

// child runs this program as a child.
func child[T any](what string, size int, files ...string) (answer T, err error) {
	self, err := os.Executable()
	if err != nil {
		return answer, err
	}
	cmd := exec.Command(self, append([]string{"-child", what, strconv.Itoa(size)}, files...)...)
	cmd.Stderr = os.Stderr
	said, err := cmd.Output()
	if err != nil {
		return answer, err
	}
	return answer, json.Unmarshal(said, &answer)
}

func buildChild(size int, file string) (*built, error) {
	ds := graphtest.Large(1, size)
	before := inUse()
	start := time.Now()
	s, err := frozen.Build(ds)
	if err != nil {
		return nil, err
	}
	b := &built{Quads: s.Summary().Quads, Seconds: time.Since(start).Seconds(), Peak: peak()}
	b.Heap = inUse() - before
	runtime.KeepAlive(ds)
	if b.Literals, err = literals(s); err != nil {
		return nil, err
	}
	if file == "" {
		return b, nil
	}
	if err := writeRelease(file, s); err != nil {
		return nil, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	b.File = info.Size()
	return b, nil
}

func inUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// peak returns the most memory that the process has had, resident what it has; 0
// where the system does not tell.
func peak() int64     { return int64(memory().VmHWM) }
func resident() int64 { return int64(memory().VmRSS) }

func memory() (status procfs.ProcStatus) {
	if self, err := procfs.Self(); err == nil {
		status, _ = self.NewStatus()
	}
	return status
}

// literals returns the bytes of the texts of all literals.
func literals(s *frozen.Store) (n int64, err error) {
	qs := s.QuadStore()
	it := qs.NodesAllIterator().Iterate()
	for it.Next(context.Background()) {
		v, err := qs.NameOf(it.Result())
		if err != nil {
			return 0, err
		}
		switch v := v.(type) {
		case quad.IRI, quad.BNode:
		case quad.String:
			n += int64(len(v))
		case quad.LangString:
			n += int64(len(v.Value))
		case quad.TypedString:
			n += int64(len(v.Value))
		}
	}
	return n, errors.Join(it.Err(), it.Close())
}

// searchSection is where a release of plexus build has the search index.
const searchSection = "search"

// writeRelease writes what plexus build writes.
func writeRelease(file string, s *frozen.Store) error {
	index, err := search.Build(context.Background(), s)
	if err != nil {
		return err
	}
	sections, err := s.Encode()
	if err != nil {
		return err
	}
	return release.WriteFile(file, append(sections, release.Bytes(searchSection, index.Bytes()))...)
}

// startChild opens a release as plexus serve does: the store and the search
// index.
func startChild(file string) (*started, error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	f, err := release.Open(file)
	if err != nil {
		return nil, err
	}
	s, err := frozen.Open(f)
	if err != nil {
		return nil, err
	}
	section, _ := f.Section(searchSection)
	index, err := search.Open(section)
	if err != nil {
		return nil, err
	}
	a := &started{Nanoseconds: time.Since(start).Nanoseconds()}
	runtime.ReadMemStats(&after)
	var links graph.LinkBatch
	if err := s.Links(context.Background(), []graph.Ref{1}, graph.LinkQuery{Direction: graph.Both}, &links); err != nil {
		return nil, err
	}
	a.FirstAnswer = time.Since(start).Nanoseconds()
	a.Mallocs, a.Bytes = after.Mallocs-before.Mallocs, after.TotalAlloc-before.TotalAlloc
	runtime.KeepAlive(index)
	content := 0
	for _, section := range f.Sections() {
		if section.Name != "graph/meta" {
			content += (section.Size + release.Align - 1) / release.Align * release.Align
		}
	}
	a.Read = f.Size() - content
	return a, f.Close()
}

// benchMemory measures what a store takes.
func benchMemory(c *config) error {
	var rows [][]string
	for _, size := range []int{c.quads, c.large} {
		b, err := child[built]("build", size, "")
		if err != nil {
			return err
		}
		rows = append(rows, []string{
			fmt.Sprint(b.Quads), fmt.Sprintf("%.1f B", b.net()), fmt.Sprintf("%.1f B", float64(b.Literals)/float64(b.Quads)), megabytes(b.Peak),
		})
	}
	c.table("Heap of a store", []string{"quads", "a quad, without literal texts", "literal texts, a quad", "peak of the process that builds it, data set included"}, rows...)
	return nil
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", n>>20) }

// benchStart measures how a release file is opened.
func benchStart(c *config) error {
	var rows [][]string
	for _, size := range []int{c.quads, c.large} {
		file := filepath.Join(c.folder, fmt.Sprint(size))
		b, err := child[built]("build", size, file)
		if err != nil {
			return err
		}
		var took, answered []int64
		var last started
		for range max(1, c.runs) {
			if last, err = child[started]("start", size, file); err != nil {
				return err
			}
			took, answered = append(took, last.Nanoseconds), append(answered, last.FirstAnswer)
		}
		rows = append(rows, []string{
			fmt.Sprint(b.Quads), megabytes(b.File), time.Duration(median(took)).Round(time.Microsecond).String(),
			time.Duration(median(answered)).Round(time.Microsecond).String(),
			fmt.Sprint(last.Mallocs), fmt.Sprint(last.Bytes), fmt.Sprint(last.Read),
		})
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	c.table("Start from a release file", []string{"quads", "file", "open", "first links", "allocations", "bytes allocated", "bytes of the file read to open"}, rows...)
	return nil
}

// benchGrowth measures how time and memory grow.
func benchGrowth(c *config) error {
	var rows [][]string
	var points []built
	for size := 100_000; size <= c.large; size = next(size) {
		b, err := child[built]("build", size, filepath.Join(c.folder, "growth"))
		if err != nil {
			return err
		}
		points = append(points, b)
		rows = append(rows, []string{
			fmt.Sprint(b.Quads), fmt.Sprintf("%.2f s", b.Seconds), perSecond(b.Quads, time.Duration(b.Seconds*float64(time.Second))),
			fmt.Sprintf("%.1f B", b.net()), megabytes(b.Heap), megabytes(b.File), megabytes(b.Peak),
		})
	}
	c.table("How time and memory grow", []string{"quads", "build", "quads/s", "heap a quad, without literal texts", "heap", "file", "peak of the process"}, rows...)
	if c.svg == "" {
		return nil
	}
	return os.WriteFile(c.svg, plot(points), 0o644)
}

// next goes 1, 3, 10, 30 …
func next(size int) int {
	if strings.HasPrefix(strconv.Itoa(size), "1") {
		return 3 * size
	}
	return size / 3 * 10
}
