package main

import (
	"archive/tar"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// revisions returns the two revisions that REV..REV names, and whether it is one: of
// REV...REV the first is where both come from. A second that is empty is the folder as
// it lies there.
func revisions(arg string) (before, after string, common, ok bool) {
	if _, err := os.Stat(arg); err == nil {
		return "", "", false, false
	}
	if before, after, ok = strings.Cut(arg, "..."); ok {
		return before, after, true, before != ""
	}
	before, after, ok = strings.Cut(arg, "..")
	return before, after, false, ok && before != ""
}

// checkOut copies what a folder of git held at two revisions to folders below dir. The
// work tree is left as it is.
func checkOut(ctx context.Context, dir, arg, folder string) (before, after string, err error) {
	first, second, common, _ := revisions(arg)
	if common {
		base, err := git(ctx, folder, "merge-base", "--end-of-options", first, cmp.Or(second, "HEAD"))
		if err != nil {
			return "", "", fmt.Errorf("%s: git finds no common ancestor: %w", arg, err)
		}
		first = strings.TrimSpace(string(base))
	}
	before, after = filepath.Join(dir, "before"), folder
	if err := extract(ctx, folder, first, before); err != nil {
		return "", "", err
	}
	if second != "" {
		after = filepath.Join(dir, "after")
		err = extract(ctx, folder, second, after)
	}
	return before, after, err
}

// extract writes what a folder held at a revision. One that was not there yet is
// empty.
func extract(ctx context.Context, folder, revision, to string) error {
	commit, err := git(ctx, folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}")
	if err != nil {
		return fmt.Errorf("%s: git knows no revision %s here", folder, revision)
	}
	id := strings.TrimSpace(string(commit))
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	if files, err := git(ctx, folder, "ls-tree", id, "--", "."); err == nil && len(files) == 0 {
		return os.WriteFile(filepath.Join(to, "nothing.yaml"), []byte("# Nothing was here.\n"), 0o600)
	}
	content, err := git(ctx, folder, "archive", "--format=tar", id, "--", ".")
	if err != nil {
		return fmt.Errorf("%s at %s: %w", folder, revision, err)
	}
	for files := tar.NewReader(bytes.NewReader(content)); ; {
		h, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if h.Typeflag != tar.TypeReg || !filepath.IsLocal(h.Name) { // links are not followed
			continue
		}
		name := filepath.Join(to, h.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return err
		}
		data, err := io.ReadAll(files)
		if err == nil {
			err = os.WriteFile(name, data, 0o600)
		}
		if err != nil {
			return err
		}
	}
}

// git runs git in a folder.
func git(ctx context.Context, folder string, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, "git", append([]string{"-C", folder}, args...)...)
	var failed bytes.Buffer
	c.Stderr = &failed
	out, err := c.Output()
	switch {
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("git is not installed: give two folders instead")
	case err != nil:
		return nil, errors.New(strings.TrimSpace(failed.String()))
	}
	return out, nil
}
