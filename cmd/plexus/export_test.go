package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph/progress"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/compression"
)

// TestExportInterrupted presses Ctrl-C while each format is written: it is said,
// what was there stays, and nothing else is left.
func TestExportInterrupted(t *testing.T) {
	var names []string
	for _, e := range seed.FormatRegistry() {
		for _, ending := range e.Writes() {
			names = append(names, "x"+ending)
			for _, c := range compression.All() {
				if c.Writes() {
					names = append(names, "x"+ending+c.Ending)
				}
			}
		}
	}
	for _, name := range names {
		folder := t.TempDir()
		old := map[string]string{name: "old", "x_nodes.tsv": "old nodes"}
		for file, content := range old {
			if err := os.WriteFile(filepath.Join(folder, file), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		reached := false
		ctx = progress.Watch(ctx, func(s *progress.Stage) func() {
			if s.Name == "writing" {
				reached = true
				cancel()
			}
			return func() {}
		})
		var stdout, stderr bytes.Buffer
		err := exportVerb{Paths: []string{"embedded"}, Output: filepath.Join(folder, name)}.Run(ctx, &terminal{nil, &stdout, &stderr})
		cancel()
		if !reached || !errors.Is(err, errInterrupted) || !strings.HasSuffix(err.Error(), "interrupted; nothing was written") || stdout.Len() > 0 {
			t.Errorf("%s: %v %s", name, err, stdout.String())
		}
		left, err := os.ReadDir(folder)
		if err != nil || len(left) != len(old) {
			t.Errorf("%s: %v is left, %v", name, left, err)
		}
		for file, content := range old {
			if now, err := os.ReadFile(filepath.Join(folder, file)); err != nil || string(now) != content {
				t.Errorf("%s: %s holds %q, %v", name, file, now, err)
			}
		}
	}
}

// TestExportFollowsLinks replaces what a link leads to, not the link.
func TestExportFollowsLinks(t *testing.T) {
	folder := t.TempDir()
	file, link := filepath.Join(folder, "file.yaml"), filepath.Join(folder, "link.yaml")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("file.yaml", link); err != nil {
		t.Skip(err)
	}
	var stdout, stderr bytes.Buffer
	if err := run(t.Context(), []string{"export", "embedded", "-o", link}, nil, &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode().Type() != os.ModeSymlink {
		t.Errorf("the link is %v, %v", info, err)
	}
	if content, err := os.ReadFile(file); err != nil || !bytes.HasPrefix(content, []byte("dataset:\n")) {
		t.Errorf("the file holds %.20q, %v", content, err)
	}
}
