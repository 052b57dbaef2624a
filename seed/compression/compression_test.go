package compression_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/plexus-kg/plexus/seed/compression"
)

const text = "a text that is long enough to be compressed, compressed, compressed, compressed\n"

func packed(t *testing.T, name string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := compression.NewWriter(name, &b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func unpacked(name string, r io.Reader) (string, error) {
	content, err := compression.NewReader(name, r)
	if err != nil {
		return "", err
	}
	all, err := io.ReadAll(content)
	return string(all), err
}

// TestEveryCompression writes and reads every compression of the table, cuts
// its files and spoils their bytes.
func TestEveryCompression(t *testing.T) {
	t.Parallel()
	for _, c := range compression.All() {
		if !c.Writes() {
			continue
		}
		name := "a.nq" + c.Ending
		whole := packed(t, name)
		if !bytes.Equal(whole, packed(t, name)) {
			t.Errorf("%s: the same data gives other bytes", c.Name)
		}
		if len(whole) >= len(text) {
			t.Errorf("%s: %d bytes became %d", c.Name, len(text), len(whole))
		}
		for _, name := range []string{name, strings.ToUpper(name), "a.nq"} {
			if got, err := unpacked(name, bytes.NewReader(whole)); got != text || err != nil {
				t.Errorf("%s: %q, %v", name, got, err)
			}
		}
		damaged := (*compression.DamagedError)(nil)
		for n := range len(whole) {
			if _, err := unpacked(name, bytes.NewReader(whole[:n])); !errors.As(err, &damaged) {
				t.Errorf("%s: of the first %d bytes: %v", c.Name, n, err)
			}
		}
		spoiled := bytes.Clone(whole)
		spoiled[len(spoiled)-6] ^= 0x55
		if _, err := unpacked(name, bytes.NewReader(spoiled)); !errors.As(err, &damaged) {
			t.Errorf("%s: with a wrong byte: %v", c.Name, err)
		}
		plain := (*compression.NotCompressedError)(nil)
		if _, err := unpacked(name, strings.NewReader(text)); !errors.As(err, &plain) || !strings.Contains(err.Error(), c.Ending) {
			t.Errorf("%s: a plain text: %v", c.Name, err)
		}
		// A disk that fails is no fault of the file.
		disk := errors.New("input/output error")
		for n := range len(whole) {
			r := io.MultiReader(bytes.NewReader(whole[:n]), iotest.ErrReader(disk))
			if _, err := unpacked(name, r); !errors.Is(err, disk) || errors.As(err, &damaged) {
				t.Errorf("%s: the disk fails after %d bytes: %v", c.Name, n, err)
			}
		}
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	for _, content := range []string{text, "a", ""} {
		if got, err := unpacked("a.nq", strings.NewReader(content)); got != content || err != nil {
			t.Errorf("%q: %q, %v", content, got, err)
		}
	}
	if got := string(packed(t, "a.nq")); got != text {
		t.Errorf("written as %q", got)
	}
	for name, want := range map[string]string{"a.nq": "a.nq", "a.nq.gz": "a.nq", "A.NQ.GZ": "A.NQ", ".gz": "", "gz": "gz", "": ""} {
		if got := compression.Trim(name); got != want {
			t.Errorf("%q without compression is %q, want %q", name, got, want)
		}
	}
}
