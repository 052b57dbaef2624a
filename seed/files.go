package seed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/compression"
)

// file is one file to read: where it is, and how it is called in messages.
type file struct {
	fsys fs.FS
	path string // within fsys
	name string // as the user would write it
	root int    // which of the given paths it came from

	in input // how it is read

	archive       string // that it is a file of, as the user would write it; empty if it is a file of its own
	archiveWithin string // where that lies, below the given path
}

// dir returns the folder of the file, which data sets are bound to. An archive is
// one, too.
func (f file) dir() folder { return folder{f.root, path.Join(f.archiveWithin, path.Dir(f.path))} }

// folder is a folder below one of the given paths.
type folder struct {
	root int
	path string
}

// up returns the folder above, until the given path itself is reached.
func (f folder) up() (folder, bool) {
	if f.path == "." {
		return f, false
	}
	return folder{f.root, path.Dir(f.path)}, true
}

// isSeed reports whether files of a name are read.
func isSeed(name string) bool { return len(inputsOf(name)) > 0 }

// find finds how the file is read: by its name or, where files of several formats are
// named so, by how it begins. What cannot be read is told when it is read.
func (f *file) find() bool {
	var head []byte
	for _, in := range inputsOf(f.path) {
		if in.holds != nil && head == nil {
			content, err := f.content()
			if err != nil {
				f.in = in
				return true
			}
			head = make([]byte, sniffed)
			n, _ := io.ReadFull(content, head)
			head = head[:n:n]
			_ = content.Close()
		}
		if in.holds == nil || slices.ContainsFunc(in.holds, func(key string) bool { return bytes.Contains(head, []byte(key)) }) {
			f.in = in
			return true
		}
	}
	return false
}

// collector finds the files below paths, each once.
type collector struct {
	files  []file
	unread []string // of folders
	all    bool     // to list all warnings

	known  *collector     // what is read with it and not the subject of the work
	whole  *graph.Dataset // what was read, even if it is faulty
	report *Report        // of it
	seen   map[string]bool
	roots  int
}

// fromDisk adds the files of a path of the machine.
func (c *collector) fromDisk(name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, cause(err))
	}
	if info.IsDir() {
		return c.folder(os.DirFS(name), ".", func(rel string) string {
			return filepath.Join(name, filepath.FromSlash(rel))
		})
	}
	dir, base := filepath.Split(name)
	if dir == "" {
		dir = "."
	}
	return c.single(os.DirFS(dir), base, filepath.Clean(name))
}

// from adds the files of a path of a file system.
func (c *collector) from(fsys fs.FS, name string, show func(string) string) error {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return err // names the path
	}
	if info.IsDir() {
		return c.folder(fsys, name, show)
	}
	return c.single(fsys, name, show(name))
}

// folder adds the seed files of a folder and the folders below it, in path
// order; hidden ones are left alone, as version control and editors keep
// their own files there.
func (c *collector) folder(fsys fs.FS, dir string, show func(string) string) error {
	before, unread := len(c.files), len(c.unread)
	found := false
	sub, err := fs.Sub(fsys, dir)
	if err != nil {
		return err
	}
	err = fs.WalkDir(sub, ".", func(name string, entry fs.DirEntry, err error) error {
		shown := show(path.Join(dir, name))
		f := file{fsys: sub, path: name, name: shown, root: c.roots}
		if err != nil {
			return fmt.Errorf("%s: %w", shown, cause(err))
		}
		if name != "." && strings.HasPrefix(entry.Name(), ".") {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		switch {
		case entry.IsDir():
		case compression.IsArchive(name):
			some, err := c.archive(sub, name, shown)
			if !some && err == nil {
				c.unread = append(c.unread, shown)
			}
			found = found || some
			return err
		case f.find():
			found = true
			c.add(f)
		case mayBeData(entry):
			c.unread = append(c.unread, shown)
		}
		return nil
	})
	c.roots++
	if err != nil {
		c.files = c.files[:before]
		return err
	}
	if !found {
		hint := ""
		if others := c.unread[unread:]; len(others) > 0 && Instead(others[0]) != "" {
			hint = "; of " + others[0] + ": " + Instead(others[0])
		}
		return fmt.Errorf("%s: no file in this folder ends in %s%s", show(dir), Endings(), hint)
	}
	return nil
}

// archive adds the seed files of an archive, but hidden ones; some is false if it
// has none.
func (c *collector) archive(fsys fs.FS, name, shown string) (some bool, err error) {
	archive, err := compression.OpenArchive(fsys, name)
	if err != nil {
		return false, fmt.Errorf("%s: %w", shown, cause(err))
	}
	for _, member := range archive.Names() {
		hidden := strings.HasPrefix(member, ".") || strings.Contains(member, "/.") || strings.HasPrefix(member, "__MACOSX/")
		f := file{fsys: archive, path: member, name: shown + "/" + member, root: c.roots, archive: shown, archiveWithin: name}
		if !hidden && f.find() {
			some = true
			c.add(f)
		}
	}
	return some, nil
}

func (c *collector) single(fsys fs.FS, name, shown string) error {
	if compression.IsArchive(name) {
		some, err := c.archive(fsys, name, shown)
		c.roots++
		if !some && err == nil {
			err = fmt.Errorf("%s: no file in this archive ends in %s", shown, Endings())
		}
		return err
	}
	f := file{fsys: fsys, path: name, name: shown, root: c.roots}
	if !f.find() {
		hint := Instead(name)
		if hint != "" {
			hint = "; " + hint
		}
		return fmt.Errorf("%s: not a seed file: its name must end in %s%s", shown, Endings(), hint)
	}
	c.add(f)
	c.roots++
	return nil
}

func (c *collector) add(f file) {
	if c.seen[f.name] {
		return
	}
	if c.seen == nil {
		c.seen = map[string]bool{}
	}
	c.seen[f.name] = true
	c.files = append(c.files, f)
}

// open opens the file; the error does not name it.
func (f file) open() (io.ReadCloser, error) {
	// Before it is opened: to open a pipe that nobody writes to takes for ever. To read
	// what the kernel tells of itself (/proc) may, too: files of the disk that have no
	// size, which hold nothing otherwise.
	if info, err := fs.Stat(f.fsys, f.path); err == nil {
		switch {
		case info.IsDir():
		case !info.Mode().IsRegular():
			return nil, errors.New("is not an ordinary file")
		case info.Size() == 0 && info.Sys() != nil:
			return io.NopCloser(strings.NewReader("")), nil
		}
	}
	r, err := f.fsys.Open(f.path)
	if err != nil {
		return nil, cause(err)
	}
	info, err := r.Stat()
	switch {
	case err != nil:
		err = cause(err)
	case info.IsDir():
		err = errors.New("is a folder")
	}
	if err != nil {
		_ = r.Close()
		return nil, err
	}
	return r, nil
}

// maxYAML is what one YAML file may hold. The parser needs over a hundred
// bytes of memory for each byte of the file, so the limit is one of memory.
const maxYAML = 8 << 20

// read returns the content of a YAML file, compressed or not, and false if it is
// too large. That it cannot be read is added to the problems.
func (f file) read(p *problems) ([]byte, bool, error) {
	content, err := f.content()
	var data []byte
	if err == nil {
		data, err = io.ReadAll(io.LimitReader(content, maxYAML+1))
		_ = content.Close()
		if content.blank {
			p.empty(f)
		}
	}
	if err != nil {
		return nil, true, p.unread(f, 0, err)
	}
	return data, len(data) <= maxYAML, nil
}

// cause returns what went wrong without the path that fs puts before it,
// where messages name the path as the user wrote it.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
