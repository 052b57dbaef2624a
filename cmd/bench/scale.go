package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed"
)

// scale is what somebody does with a large graph: verbs of plexus, each in a
// process of its own. $ stands for the graph, and names a file by its ending:
// $.nq, and $.edited.nq with a hundredth of its statements edited. What it may
// take for 5 million quads is stated: time of processors, which a busy machine
// makes no longer (the clock says half of it or more on two cores), and memory,
// files that it maps included.
var scale = []struct {
	what    string
	command string
	within  time.Duration
	memory  int64
	differs bool // and therefore ends with 1
}{
	{"load and count", "stats --data $.nq", 30 * time.Second, 2560 << 20, false},
	{"check", "check $.nq", 30 * time.Second, 2560 << 20, false},
	{"build a release", "build $.nq -o $.plexus", 40 * time.Second, 2560 << 20, false},
	{"load the release", "stats --data $.plexus", time.Second, 64 << 20, false},
	{"check the release", "check $.plexus", 5 * time.Second, 512 << 20, false},
	{"diff of two files", "diff $.nq $.edited.nq", 60 * time.Second, 4 << 30, true},
	{"build the edited release", "build $.edited.nq -o $.edited.plexus", 40 * time.Second, 2560 << 20, false},
	{"diff of two releases", "diff $.plexus $.edited.plexus", 10 * time.Second, 2560 << 20, true},
	{"export as N-Quads", "export --format nquads $.plexus -o $.out.nq", 40 * time.Second, 2560 << 20, false},
	{"export as Turtle", "export --format turtle $.plexus -o $.out.ttl", 60 * time.Second, 2560 << 20, false},
}

// benchScale measures them on the data of others, where it is, and on a graph
// of our own making. What takes more than is stated is an error, at the end.
func benchScale(c *config) error {
	if err := c.needPlexus(); err != nil {
		return err
	}
	var beyond []string
	graphs := []struct{ name, from string }{{"the real data", c.data}, {"a made graph", ""}}
	for _, g := range graphs {
		if _, err := os.Stat(g.from); g.from != "" && err != nil {
			fmt.Fprintf(c.verbose, "%s is left out: %v\n", g.name, err)
			continue
		}
		path := filepath.Join(c.folder, "graph")
		// This process stays small: what it has would count as what the verbs take.
		made, err := child[written]("write", c.scale, path, g.from)
		if err != nil {
			return err
		}
		var rows [][]string
		for _, s := range scale {
			took, worked, most, err := c.verb(strings.Fields(strings.ReplaceAll(s.command, "$", path)), s.differs)
			switch {
			case errors.Is(err, errNoVerb):
				fmt.Fprintf(c.verbose, "%s is left out: %v\n", s.what, err)
				continue
			case err != nil:
				return fmt.Errorf("%s: %w", s.what, err)
			}
			rows = append(rows, []string{
				s.what, "`plexus " + s.command + "`", fmt.Sprintf("%.1f s", took.Seconds()),
				fmt.Sprintf("%.1f s", worked.Seconds()), fmt.Sprintf("%.0f s", s.within.Seconds()),
				megabytes(most), megabytes(s.memory),
			})
			if worked > s.within || most > s.memory {
				beyond = append(beyond, g.name+": "+s.what)
			}
		}
		c.table(fmt.Sprintf("%s: %d quads, %d concepts, %d statements", strings.ToUpper(g.name[:1])+g.name[1:], made.Quads, made.Concepts, made.Statements),
			[]string{"what", "command", "time", "of processors", "stated", "memory at most", "stated"}, rows...)
	}
	if beyond != nil {
		return fmt.Errorf("beyond what is stated: %s", strings.Join(beyond, ", "))
	}
	return nil
}

// needPlexus builds the program, unless it was given.
func (c *config) needPlexus() error {
	if c.plexus != "" {
		return nil
	}
	path := filepath.Join(c.folder, "plexus")
	build := exec.Command("go", "build", "-o", path, "github.com/plexus-kg/plexus/cmd/plexus")
	build.Stderr = c.verbose
	if err := build.Run(); err != nil {
		return fmt.Errorf("plexus cannot be built: %w", err)
	}
	c.plexus = path
	return nil
}

var errNoVerb = errors.New("this plexus has no such verb")

// verb runs a verb of plexus and returns how long it took, how long the
// processors worked for it, and how much memory it had at most, the pages of
// files that it mapped included.
func (c *config) verb(args []string, differs bool) (took, worked time.Duration, most int64, err error) {
	if exec.Command(c.plexus, args[0], "--help").Run() != nil {
		return 0, 0, 0, errNoVerb
	}
	var stderr strings.Builder
	cmd := exec.Command(c.plexus, args...)
	cmd.Stderr = &stderr
	start := time.Now()
	err = cmd.Run()
	took = time.Since(start)
	if exit := (*exec.ExitError)(nil); differs && errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil
	} else if differs && err == nil {
		err = errors.New("nothing differs")
	}
	if err != nil {
		return 0, 0, 0, fmt.Errorf("%w: %s", err, stderr.String())
	}
	p := cmd.ProcessState
	return took, p.UserTime() + p.SystemTime(), mostMemory(p), nil
}

// written is what a child says of a graph that it wrote.
type written struct{ Quads, Concepts, Statements int }

// writeChild writes a graph, and the same graph edited, as N-Quads: the data of
// others or, without a file, a graph of our own making.
func writeChild(size int, path, from string) (*written, error) {
	ds := graphtest.Large(1, size)
	if from != "" {
		var err error
		if ds, _, err = seed.Read(context.Background(), from); err != nil {
			return nil, err
		}
	}
	w := &written{Concepts: len(ds.Concepts), Statements: len(ds.Statements)}
	var err error
	if w.Quads, err = writeNQuads(path+".nq", ds); err != nil {
		return nil, err
	}
	if err := edit(ds); err != nil {
		return nil, err
	}
	_, err = writeNQuads(path+".edited.nq", ds)
	return w, err
}

// edit edits one statement in a hundred: most get another word for how often,
// some are found elsewhere, some go.
func edit(ds *graph.Dataset) error {
	kept := ds.Statements[:0]
	for i, s := range ds.Statements {
		switch i % 1000 {
		case 0:
			continue
		case 100:
			s.Locator = "p. 1"
		case 200, 300, 400, 500, 600, 700, 800, 900:
			s.Frequency = "now and then"
		}
		kept = append(kept, s)
	}
	ds.Statements = kept
	for i := range ds.Concepts {
		if i%100 == 0 {
			ds.Concepts[i].Note = "edited"
		}
	}
	return ds.Normalize()
}

func writeNQuads(path string, ds *graph.Dataset) (n int, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	for q := range quads.Encode(ds) {
		n++
		if _, err := w.WriteString(q.NQuad() + "\n"); err != nil {
			return n, errors.Join(err, f.Close())
		}
	}
	return n, errors.Join(w.Flush(), f.Close())
}
