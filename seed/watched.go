package seed

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph/progress"
)

// Files names the files that [Read] reads at the paths, as messages name them, also
// the tables that files of YAML name, and archives instead of what they hold, without
// those of the embedded seed. Errors are those of Read that tell of a path.
func Files(paths ...string) ([]string, error) {
	onDisk := slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return path == EmbeddedPath })
	c, err := collect(onDisk)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, f := range c.files {
		all = append(all, cmp.Or(f.archive, f.name))
		if f.in.document && f.archive == "" {
			all = append(all, f.tables()...)
		}
	}
	return slices.Compact(all), nil
}

// tables names the tables that a file of YAML names, if it can be read.
func (f file) tables() (all []string) {
	p := newProblems(nil, false)
	content, whole, err := f.read(p)
	if err != nil || !whole || !bytes.Contains(content, []byte("tables:")) {
		return nil
	}
	if body := parse(f.name, content, p); body != nil {
		var doc document
		d := decoder{file: f.name, problems: p}
		d.document(body, &doc)
		for _, t := range doc.tables {
			if fs.ValidPath(t.file.is) {
				all = append(all, strings.TrimSuffix(f.name, path.Base(f.path))+t.file.is)
			}
		}
	}
	return all
}

func names(files []file) []string {
	all := make([]string, len(files))
	for i, f := range files {
		all[i] = f.name
	}
	return all
}

// watched begins the stage of reading files, and returns them such that what is
// read of them counts, and stops when the context is done, in whatever format
// they are.
func watched(ctx context.Context, files []file) ([]file, *progress.Stage) {
	var size int64
	for _, f := range files {
		if info, err := fs.Stat(f.fsys, f.path); err == nil {
			size += info.Size()
		}
	}
	stage := progress.Begin(ctx, "reading", progress.Bytes, size)
	counted := make([]file, len(files))
	for i, f := range files {
		f.fsys = watchedFS{ctx, stage, f.fsys}
		counted[i] = f
	}
	return counted, stage
}

// watchedFS is a file system that counts what is read.
type watchedFS struct {
	ctx   context.Context
	stage *progress.Stage
	fsys  fs.FS
}

func (w watchedFS) Open(name string) (fs.File, error) {
	f, err := w.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	return watchedFile{f, w.stage.Reader(w.ctx, f)}, nil
}

// Stat does not open the file, which for a pipe could take for ever.
func (w watchedFS) Stat(name string) (fs.FileInfo, error) { return fs.Stat(w.fsys, name) }

type watchedFile struct {
	fs.File
	content io.Reader
}

func (f watchedFile) Read(p []byte) (int, error) { return f.content.Read(p) }
