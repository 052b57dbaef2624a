package release

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// Section is a part of a release to be written: a name, and what writes the
// bytes.
type Section struct {
	Name string
	// Version is that of the content: it grows when what is written under the
	// name can no longer be read as before. 0 means 1.
	Version int
	Write   func(io.Writer) error
}

// Bytes is a section of version 1, of bytes that are there already, one piece
// after the other.
func Bytes(name string, pieces ...[]byte) Section {
	return Section{Name: name, Write: func(w io.Writer) error {
		for _, p := range pieces {
			if _, err := w.Write(p); err != nil {
				return err
			}
		}
		return nil
	}}
}

// Write writes a release to w, from its first byte to its last. It returns an
// error for a name that is empty, contains "@", is longer than 255 bytes with its
// version or is given twice, and those of the sections and of w.
func Write(w io.Writer, sections ...Section) error {
	var infos []Info
	seen := map[string]bool{}
	offset := headerSize
	if _, err := w.Write(header()); err != nil {
		return err
	}
	for _, s := range sections {
		version := max(s.Version, 1)
		if named := entry(s.Name, version); s.Name == "" || len(named) > maxName || strings.Contains(s.Name, versionMark) || seen[s.Name] {
			return fmt.Errorf("section %q: a name has 1 to %d bytes with its version, no %q, and is given once", s.Name, maxName, versionMark)
		}
		seen[s.Name] = true
		c := &counter{to: w}
		hash := sha256.New()
		if err := s.Write(io.MultiWriter(c, hash)); err != nil {
			return fmt.Errorf("section %q: %w", s.Name, err)
		}
		info := Info{Name: s.Name, Version: version, Size: c.n, offset: offset}
		hash.Sum(info.SHA256[:0])
		infos = append(infos, info)
		end := offset + c.n
		offset = padded(end)
		if _, err := w.Write(make([]byte, offset-end)); err != nil {
			return err
		}
	}
	directory := appendDirectory(nil, infos)
	if _, err := w.Write(directory); err != nil {
		return err
	}
	_, err := w.Write(trailer(offset, len(directory), directory))
	return err
}

// counter counts what is written.
type counter struct {
	to io.Writer
	n  int
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += n
	return n, err
}

// WriteFile writes a release to a file, atomically: into a temporary file in
// the same folder, which is brought to the disk and then renamed. If anything
// fails, what was there before stays as it was. The file is read-only. What a WriteFile to the same
// file left behind when its process was killed is removed, where files can be
// locked.
func WriteFile(path string, sections ...Section) (err error) {
	folder := filepath.Dir(path)
	f, err := createTemp(folder, "."+filepath.Base(path)+".", ".tmp")
	if err != nil {
		return fmt.Errorf("write the release: %w", err)
	}
	renamed := false
	defer func() {
		if err != nil && !renamed {
			if p := (*os.PathError)(nil); errors.As(err, &p) && p.Path == f.Name() {
				err = p.Err // whoever asked knows the file by its own name
			}
			err = errors.Join(fmt.Errorf("write the release %s: %w", path, err), ignoreClosed(f.Close()), os.Remove(f.Name()))
		}
	}()
	buffered := bufio.NewWriterSize(f, 1<<20)
	if err := Write(buffered, sections...); err != nil {
		return err
	}
	if err := buffered.Flush(); err != nil {
		return err
	}
	// Everybody may read it, and nobody write it: who copies over a release that
	// others have mapped takes it away under them.
	if err := f.Chmod(0o444); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if !canLock { // such systems do not rename what is open
		if err := f.Close(); err != nil {
			return err
		}
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	renamed = true
	if err := ignoreClosed(f.Close()); err != nil { // not before: it ends the lock
		return err
	}
	// What fails from here on fails to make the new name last through a power
	// cut, and removes nothing.
	if err := syncFolder(folder); err != nil {
		return errors.Join(fmt.Errorf("the release %s is written but perhaps not yet on the disk", path), err)
	}
	return nil
}

func ignoreClosed(err error) error {
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}
