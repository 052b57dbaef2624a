package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/plexus-kg/plexus/graph/release"
	"github.com/plexus-kg/plexus/seed"
)

// What a verb writes must never be what it reads, by whatever name or link: it
// is said before anything is read, and nothing is touched.

// inputs returns the files that the paths stand for, as a user would name them.
func inputs(paths []string) ([]string, error) {
	var files, data []string
	for _, path := range paths {
		if isRelease(path) {
			files = append(files, path)
		} else {
			data = append(data, path)
		}
	}
	read, err := seed.Files(data...)
	return append(files, read...), err
}

// keepInputs refuses an output that is one of the files that are read.
func keepInputs(output string, paths []string) error {
	out, err := os.Stat(output)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	files, err := inputs(paths)
	if err != nil {
		return err
	}
	for _, name := range files {
		if in, err := os.Stat(name); err == nil && os.SameFile(in, out) {
			what := output + " is one of the files that are read,"
			if name != output {
				what = output + " is " + name + ", which is read,"
			}
			return fmt.Errorf("%s and would be destroyed: give --output another name; nothing was written", what)
		}
	}
	return nil
}

// keepOthers refuses to replace by a release what exists and is none.
func keepOthers(output string) error {
	info, err := os.Stat(output)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	kept := func(what string) error {
		return fmt.Errorf("%s exists and is %s: only a release is replaced by another; give --output another name, such as my%s; nothing was written", output, what, releaseEnding)
	}
	switch {
	case info.IsDir():
		return kept("a folder")
	case !info.Mode().IsRegular():
		return kept("not an ordinary file")
	case info.Size() == 0:
		return nil // as mktemp makes them
	}
	file, err := release.Open(output)
	switch {
	case err == nil:
		return file.Close()
	case errors.Is(err, release.ErrForeign):
		return kept("no release")
	case errors.Is(err, release.ErrDamaged), errors.Is(err, release.ErrNewer): // to build it again is how it is mended
		return nil
	default:
		return err
	}
}

// keepUnmarked refuses to replace a file that does not begin with the mark of
// those that Plexus writes under a name that nobody gave.
func keepUnmarked(path, mark string) (err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	start := make([]byte, len(mark))
	if _, err := io.ReadFull(f, start); err != nil || string(start) != mark {
		return fmt.Errorf("%s exists, and what the tables refer to would be written there: give --output another name; nothing was written", path)
	}
	return nil
}
