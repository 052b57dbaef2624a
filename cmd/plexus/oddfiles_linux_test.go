package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestOddFiles: pipes, devices and what the kernel tells of itself are refused as data,
// or hold nothing, under the names of every format; none of them is waited for.
func TestOddFiles(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for target, refused := range map[string]string{
		pipe: "not an ordinary file", "/dev/zero": "not an ordinary file", "/dev/null": "not an ordinary file", "/proc/kmsg": "", "/proc/self/environ": "",
	} {
		for _, ending := range []string{".nq", ".nq.gz", ".yaml", ".ttl", ".jsonld", "_nodes.tsv", ".plexus", ""} {
			name := filepath.Join(t.TempDir(), "data"+ending)
			if err := os.Symlink(target, name); err != nil {
				t.Fatal(err)
			}
			want := refused
			if ending == "" || ending == ".plexus" && refused != "" {
				want = "not a seed file"
			}
			for _, data := range []string{name, filepath.Dir(name)} {
				if data != name {
					if ending == "" || ending == ".plexus" {
						continue // of a folder, what is no seed file is left alone
					}
					want = refused
				}
				for verb, args := range map[string][]string{"check": {"check", data}, "stats": {"stats", "--data", data}} {
					var told strings.Builder
					err := run(t.Context(), args, strings.NewReader(""), io.Discard, &told)
					if err != nil {
						told.WriteString(err.Error())
					}
					if want != "" && (err == nil || !strings.Contains(told.String(), want)) || strings.Contains(told.String(), "PATH=") {
						t.Errorf("%s of %s as %s: %v, %s", verb, target, filepath.Base(name), err, told.String())
					}
				}
			}
		}
	}
}
