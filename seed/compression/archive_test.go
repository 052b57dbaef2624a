package compression_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/plexus-kg/plexus/seed/compression"
)

// tarOf returns an archive with headers as they are given, each with a text.
func tarOf(t *testing.T, headers ...tar.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		if h.Typeflag == tar.TypeReg {
			h.Size = int64(len(text))
		}
		h.Mode = 0o644
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag == tar.TypeReg {
			if _, err := io.WriteString(w, text); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zipOf(t *testing.T, headers ...zip.FileHeader) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, h := range headers {
		h.Method = zip.Deflate
		f, err := w.CreateHeader(&h)
		if err == nil && !strings.HasSuffix(h.Name, "/") {
			_, err = io.WriteString(f, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gzipped(t *testing.T, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := compression.NewWriter("a.gz", &b)
	if err == nil {
		_, err = w.Write(content)
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func regular(name string) tar.Header { return tar.Header{Name: name, Typeflag: tar.TypeReg} }

// TestArchives reads each file of every sort of archive, in any order.
func TestArchives(t *testing.T) {
	t.Parallel()
	plain := tarOf(t, tar.Header{Name: "./", Typeflag: tar.TypeDir}, regular("./b_edges.tsv"), tar.Header{Name: "in/", Typeflag: tar.TypeDir}, regular("in/a_nodes.tsv"))
	for name, content := range map[string][]byte{
		"a.tar": plain, "A.TAR.GZ": gzipped(t, plain), "a.tgz": gzipped(t, plain),
		"a.zip": zipOf(t, zip.FileHeader{Name: "b_edges.tsv"}, zip.FileHeader{Name: "in/"}, zip.FileHeader{Name: "in/a_nodes.tsv"}),
	} {
		a, err := compression.OpenArchive(fstest.MapFS{name: {Data: content}}, name)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := a.Names(); !slices.Equal(got, []string{"b_edges.tsv", "in/a_nodes.tsv"}) {
			t.Errorf("%s holds %q", name, got)
		}
		for _, member := range []string{"in/a_nodes.tsv", "b_edges.tsv", "in/a_nodes.tsv"} {
			if got, err := fs.ReadFile(a, member); string(got) != text || err != nil {
				t.Errorf("%s: %s: %q, %v", name, member, got, err)
			}
		}
		if _, err := a.Open("other"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: what is not there: %v", name, err)
		}
		for n := range 8 { // cut off
			if name == "a.tar" { // between two files nobody can tell
				break
			}
			cut := content[:n*len(content)/8]
			damaged, plain := (*compression.DamagedError)(nil), (*compression.NotCompressedError)(nil)
			a, err := compression.OpenArchive(fstest.MapFS{name: {Data: cut}}, name)
			if err == nil && len(a.Names()) == 2 && n > 0 {
				_, err = fs.ReadFile(a, "in/a_nodes.tsv")
			}
			if !errors.As(err, &damaged) && !errors.As(err, &plain) {
				t.Errorf("%s: the first %d bytes: %v", name, len(cut), err)
			}
		}
	}
}

// TestArchivesRefused opens archives that would harm, or that nobody could read
// right.
func TestArchivesRefused(t *testing.T) {
	t.Parallel()
	bomb := tarOf(t, tar.Header{Name: "a", Typeflag: tar.TypeReg})
	many := make([]tar.Header, 1001)
	for i := range many {
		many[i] = regular(fmt.Sprint(i))
	}
	huge := zipOf(t, zip.FileHeader{Name: "a"})
	// The size of what is in it, as the directory at its end says it.
	at := bytes.LastIndex(huge, []byte("PK\x01\x02"))
	copy(huge[at+24:], "\xff\xff\xff\x7f")
	locked := zipOf(t, zip.FileHeader{Name: "a"})
	locked[bytes.LastIndex(locked, []byte("PK\x01\x02"))+8] |= 1
	link := zip.FileHeader{Name: "a"}
	link.SetMode(fs.ModeSymlink)
	for what, c := range map[string]struct {
		name    string
		content []byte
		says    string
	}{
		"up":       {"a.tar", tarOf(t, regular("../a")), "lead out"},
		"up later": {"a.tar", tarOf(t, regular("a/../../b")), "lead out"},
		"absolute": {"a.tar", tarOf(t, regular("/etc/passwd")), "lead out"},
		"windows":  {"a.tar", tarOf(t, regular(`..\a`)), "lead out"},
		"drive":    {"a.zip", zipOf(t, zip.FileHeader{Name: "C:a"}), "lead out"},
		"zip up":   {"a.zip", zipOf(t, zip.FileHeader{Name: "../a"}), "lead out"},
		"folder":   {"a.tgz", gzipped(t, tarOf(t, tar.Header{Name: "../", Typeflag: tar.TypeDir})), "lead out"},
		"link":     {"a.tar", tarOf(t, tar.Header{Name: "a", Linkname: "/etc/passwd", Typeflag: tar.TypeSymlink}), "link or device"},
		"hardlink": {"a.tar", tarOf(t, tar.Header{Name: "a", Linkname: "b", Typeflag: tar.TypeLink}), "link or device"},
		"device":   {"a.tar", tarOf(t, tar.Header{Name: "a", Typeflag: tar.TypeChar}), "link or device"},
		"zip link": {"a.zip", zipOf(t, link), "link or device"},
		"twice":    {"a.tar", tarOf(t, regular("a"), regular("./a")), "two files"},
		"many":     {"a.tar", tarOf(t, many...), "more than 1000 files"},
		"huge":     {"a.zip", huge, "200 times"},
		"locked":   {"a.zip", locked, "encrypted"},
		"bomb":     {"a.tar.gz", nil, "200 times"},
		"no zip":   {"a.zip", []byte("a text"), "damaged"},
		"no gzip":  {"a.tgz", bomb, "not compressed"},
	} {
		if what == "bomb" { // a file of 80 MiB of zeros
			var b bytes.Buffer
			w := tar.NewWriter(&b)
			if err := w.WriteHeader(&tar.Header{Name: "a", Typeflag: tar.TypeReg, Size: 80 << 20}); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write(make([]byte, 80<<20)); err != nil {
				t.Fatal(err)
			}
			c.content = gzipped(t, b.Bytes())
		}
		if _, err := compression.OpenArchive(fstest.MapFS{c.name: {Data: c.content}}, c.name); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", what, err, c.says)
		}
	}
}
