package seed_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/seed"
)

// TestSecondReading: what is doubtful is looked for in a second reading, which
// ends where everything is found, and with the context; where nothing is
// doubtful there is none.
func TestSecondReading(t *testing.T) {
	t.Parallel()
	const lonely = "<http://example.com/lonely> <https://schema.org/name> \"Lonely\" .\n"
	var joined strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&joined, "<http://example.com/c%d> <http://www.w3.org/2004/02/skos/core#related> <http://example.com/c%d> .\n", i, i+1)
	}
	ctx, cancel := context.WithCancel(t.Context())
	for _, test := range []struct {
		name, content string
		then          func() // when the second reading begins
		line          int
		most          int
		err           error
	}{
		{name: "first line", content: lonely + joined.String(), line: 1, most: 1 << 17},
		{name: "last line", content: joined.String() + lonely, line: 20_001, most: 1 << 22},
		{name: "nothing", content: joined.String()},
		{name: "context", content: joined.String() + lonely, then: cancel, err: context.Canceled},
	} {
		files := &opened{FS: fstest.MapFS{"a.nq": {Data: []byte(test.content)}}, then: test.then}
		_, report, err := seed.CheckFS(ctx, files, "a.nq")
		if !errors.Is(err, test.err) {
			t.Errorf("%s: %v, want %v", test.name, err, test.err)
		}
		if files.read > test.most {
			t.Errorf("%s: %d bytes were read again, want at most %d", test.name, files.read, test.most)
		}
		line := 0
		if report != nil && len(report.Problems) == 1 {
			line = report.Problems[0].Line
		}
		if line != test.line {
			t.Errorf("%s: line %d, want %d", test.name, line, test.line)
		}
	}
}

// opened is a file system that counts what is read of a file when it is opened
// again, and does something at that time.
type opened struct {
	fs.FS
	then  func()
	times int
	read  int
}

// Stat does not count as opening.
func (o *opened) Stat(name string) (fs.FileInfo, error) { return fs.Stat(o.FS, name) }

func (o *opened) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	if err != nil {
		return nil, err
	}
	if o.times++; o.times > 1 && o.then != nil {
		o.then()
	}
	return openedFile{f, o}, nil
}

type openedFile struct {
	fs.File
	in *opened
}

func (f openedFile) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if f.in.times > 1 {
		f.in.read += n
	}
	return n, err
}
