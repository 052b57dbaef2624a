package seed_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/graph/progress"
	"github.com/plexus-kg/plexus/seed"
)

// TestFiles: what Files names is what Read reads.
func TestFiles(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"b.yaml", "a/c.nq.gz", "README.md", ".hidden/d.yaml", "a/.e.yaml"} {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	names, err := seed.Files(seed.EmbeddedPath, folder)
	want := []string{filepath.Join(folder, "a", "c.nq.gz"), filepath.Join(folder, "b.yaml")}
	if err != nil || !slices.Equal(names, want) {
		t.Errorf("%v, %v; want %v", names, err, want)
	}
	table := filepath.Join(folder, "b.yaml")
	if err := os.WriteFile(table, []byte("tables: [{file: codes.txt, columns: {id: 1}}]"), 0o600); err != nil {
		t.Fatal(err)
	}
	if names, err := seed.Files(table); err != nil || !slices.Equal(names, []string{table, filepath.Join(folder, "codes.txt")}) {
		t.Errorf("a file that names a table: %v, %v", names, err)
	}
	if names, err := seed.Files(seed.EmbeddedPath); err != nil || len(names) > 0 {
		t.Errorf("of the embedded seed: %v, %v", names, err)
	}
	if _, err := seed.Files(filepath.Join(folder, "gone")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of nothing: %v", err)
	}
}

// TestReadWatched: every byte of every file counts as read, whatever its format.
func TestReadWatched(t *testing.T) {
	files := fstest.MapFS{
		"a.yaml": {Data: []byte("dataset: {id: a, name: A, license: CC0-1.0, version: \"1\", language: en}\nconcepts:\n  - {id: c, name: C, types: [MedicalCondition]}\n")},
		"b.nq":   {Data: []byte(strings.Repeat("<http://a.example/s> <https://schema.org/name> \"S\" .\n", 5000))},
	}
	var stages []*progress.Stage
	var ended int
	ctx := progress.Watch(t.Context(), func(s *progress.Stage) func() {
		stages = append(stages, s)
		return func() { ended++ }
	})
	if _, _, err := seed.ReadFS(ctx, files, "."); err != nil {
		t.Fatal(err)
	}
	total := int64(len(files["a.yaml"].Data) + len(files["b.nq"].Data))
	if len(stages) == 0 || ended != len(stages) {
		t.Fatalf("%d stages began, %d ended", len(stages), ended)
	}
	if s := stages[0]; s.Name != "reading" || s.Unit != progress.Bytes || s.Total != total || s.Done() != total {
		t.Errorf("%s: %d of %d %s, want all of %d", s.Name, s.Done(), s.Total, s.Unit, total)
	}
}

// TestReadInterrupted: the end of the context ends the reading of a file, and is
// not taken for a fault of it.
func TestReadInterrupted(t *testing.T) {
	for _, name := range []string{"a.yaml", "b.nq", "c.nq.gz"} {
		ctx, cancel := context.WithCancel(t.Context())
		files := cancelling{fstest.MapFS{name: {Data: []byte(strings.Repeat("# nothing\n", 100_000))}}, cancel}
		dataset, report, err := seed.ReadFS(ctx, files, name)
		if !errors.Is(err, context.Canceled) || dataset != nil || report != nil {
			t.Errorf("%s: %v, %v, %v", name, dataset, report, err)
		}
	}
}

// cancelling ends a context once something of a file has been read.
type cancelling struct {
	fs.FS
	cancel func()
}

func (c cancelling) Open(name string) (fs.File, error) {
	f, err := c.FS.Open(name)
	return cancellingFile{f, c.cancel}, err
}

type cancellingFile struct {
	fs.File
	cancel func()
}

func (f cancellingFile) Read(p []byte) (int, error) {
	defer f.cancel()
	return f.File.Read(p[:min(len(p), 1000)])
}
