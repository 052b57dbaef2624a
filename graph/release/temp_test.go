package release_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/plexus-kg/plexus/graph/release"
)

// TestAbandoned: what a killed writer left behind goes with the next write to
// the same file; nothing else goes.
func TestAbandoned(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.plexus")
	kept := map[string]bool{"a.plexus": true, ".b.plexus.17.tmp": true, ".a.plexus": true, "a.plexus.17.tmp": true}
	for _, name := range []string{".a.plexus.17.tmp", ".a.plexus.18.tmp", ".b.plexus.17.tmp", ".a.plexus", "a.plexus.17.tmp"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("half a release"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := release.WriteFile(path, sample()...); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !kept[e.Name()] {
			t.Errorf("%s is still there", e.Name())
		}
		delete(kept, e.Name())
	}
	for name := range kept {
		t.Errorf("%s is gone", name)
	}
}

// TestReadOnly: whoever has a release mapped relies on it, so nobody may write
// it; it can be replaced all the same.
func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.plexus")
	for range 2 {
		if err := release.WriteFile(path, sample()...); err != nil {
			t.Fatal(err)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o444 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// TestWritersSideBySide: writers of the same file do not take one another's
// half-written files for abandoned ones; the last one wins.
func TestWritersSideBySide(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.plexus")
	var writers sync.WaitGroup
	for range 8 {
		writers.Go(func() {
			for range 25 {
				if err := release.WriteFile(path, sample()...); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	f, err := release.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := f.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("%v are there (%v), want the release alone", entries, err)
	}
}
