package release

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// A writer holds a lock on its temporary file, which ends with its process,
// however that ends. So a temporary file without a lock is one that was left
// behind, and may go.

// createTemp makes a new temporary file, locked, whose name begins and ends
// like this, and removes those that were left behind.
func createTemp(folder, prefix, suffix string) (*os.File, error) {
	removeAbandoned(folder, prefix, suffix)
	for range 100 {
		f, err := os.CreateTemp(folder, prefix+"*"+suffix)
		if err != nil {
			return nil, err
		}
		// Another writer that cleans up may have been faster than the lock.
		if _, taken := lock(f); !taken && isAt(f, f.Name()) {
			return f, nil
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
		if err := os.Remove(f.Name()); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	return nil, errors.New("no temporary file stays in the folder: another program removes them")
}

// removeAbandoned removes what it can: nothing depends on it.
func removeAbandoned(folder, prefix, suffix string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if !entry.Type().IsRegular() || !strings.HasPrefix(entry.Name(), prefix) || !strings.HasSuffix(entry.Name(), suffix) {
			continue
		}
		path := filepath.Join(folder, entry.Name())
		f, err := os.Open(path)
		if err != nil {
			continue
		}
		if locked, _ := lock(f); locked {
			_ = os.Remove(path)
		}
		_ = f.Close()
	}
}

// isAt reports whether a path still leads to an open file.
func isAt(f *os.File, path string) bool {
	open, err := f.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(path)
	return err == nil && os.SameFile(open, named)
}
