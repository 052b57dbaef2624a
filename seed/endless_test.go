package seed_test

import (
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/seed"
)

// TestEndless reads files that are one line of a gigabyte: the reading ends
// with a problem, long before the file does.
func TestEndless(t *testing.T) {
	t.Parallel()
	const most = 64 << 20
	starts := map[string]string{
		"a.yaml":      "a: ",
		"a.yml":       "# ",
		"a.nq":        `<http://example.com/a> <http://example.com/b> "`,
		"a_nodes.tsv": "id\tcategory\tname\n",
		"a_edges.tsv": "",
		"a.ttl":       `<http://example.com/a> <http://example.com/b> "`,
		"a.trig":      `<http://example.com/a> <http://example.com/b> """`,
		"a.jsonld":    `{"@id": "`,
		"a.nt":        `<http://example.com/a> <http://example.com/b> "`,
		"a.json":      `{"nodes": [{"id": "`,
		"graphs.json": `{"graphs": [{"id": "`,
	}
	for _, e := range seed.FormatRegistry() {
		for _, ending := range e.Reads() {
			if name := "a" + ending; starts[name] == "" {
				starts[name] = "x"
			}
		}
	}
	// Metadata of mappings is read with its table, and nothing of it by itself.
	delete(starts, "a.sssom.yml")
	delete(starts, "a.sssom.yaml")
	for name, start := range starts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if raceEnabled && strings.HasSuffix(start, "\"") {
				t.Skip("a quoted text of RDF takes long with -race")
			}
			var read int64
			f := &line{name: name, start: start, left: 1 << 30, read: &read}
			_, report, err := seed.CheckFS(t.Context(), f, name)
			if problemsOf(err) == nil {
				t.Errorf("%v", err)
				return
			}
			t.Logf("%d bytes read: %s", read, report.Problems[0])
			if read > most {
				t.Errorf("%d bytes were read, want at most %d", read, most)
			}
		})
	}
}

// line is a file system of one file, whose last line is long.
type line struct {
	name, start string
	left        int64
	read        *int64
}

func (l *line) Open(name string) (fs.File, error) {
	if name != l.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	opened := *l // which is read from its beginning
	return &opened, nil
}

func (l *line) Read(p []byte) (int, error) {
	if l.left == 0 {
		return 0, io.EOF
	}
	n := copy(p, l.start)
	l.start = l.start[n:]
	for ; n < len(p) && int64(n) < l.left; n++ {
		p[n] = 'x'
	}
	l.left -= int64(n)
	*l.read += int64(n)
	return n, nil
}

func (l *line) Stat() (fs.FileInfo, error) { return l, nil }
func (l *line) Close() error               { return nil }
func (l *line) Name() string               { return l.name }
func (l *line) Size() int64                { return l.left }
func (l *line) Mode() fs.FileMode          { return 0o444 }
func (l *line) ModTime() time.Time         { return time.Time{} }
func (l *line) IsDir() bool                { return false }
func (l *line) Sys() any                   { return nil }
