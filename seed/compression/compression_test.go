package compression_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

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

// bzipped is text, as bzip2 1.0.8 writes it.
const bzipped = "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\xb3\x79\x47\x74\x00\x00\x07\xd1\x80\x00\x10\x40\x04\x3e\xe7\xde\x40\x20\x00\x40\x94\xa6\x21\xfa\x51\xe8\x8d\xa4\x14\x0d\x34\x32\x32\x62\x71\x8b\x32\x79\x97\xa4\x26\x7a\x74\xc2\x0e\xd0\x56\x41\x67\x51\x5d\xcc\x30\xf5\xf0\x32\xa4\x34\x1a\xb8\x20\x9f\xa1\xa2\xdf\x8b\xb9\x22\x9c\x28\x48\x59\xbc\xa3\xba\x00"

// TestOnlyRead reads what others have compressed, also in several pieces and with
// zero bytes behind it as tar and tapes fill blocks, cuts it and spoils it.
func TestOnlyRead(t *testing.T) {
	t.Parallel()
	write := func(w io.WriteCloser, err error) func(b *bytes.Buffer) []byte {
		return func(b *bytes.Buffer) []byte {
			if err == nil {
				_, err = io.WriteString(w, text)
			}
			if err != nil || w.Close() != nil {
				t.Fatal(err)
			}
			return b.Bytes()
		}
	}
	var z, x bytes.Buffer
	zw, err := zstd.NewWriter(&z, zstd.WithEncoderCRC(true))
	zipped := write(zw, err)(&z)
	xw, err := xz.NewWriter(&x)
	xzipped := write(xw, err)(&x)
	for name, whole := range map[string][]byte{"a.nq.gz": packed(t, "a.gz"), "a.nq.bz2": []byte(bzipped), "a.nq.zst": zipped, "a.nq.xz": xzipped} {
		for _, name := range []string{name, "a.nq"} {
			if got, err := unpacked(name, bytes.NewReader(whole)); got != text || err != nil {
				t.Errorf("%s: %q, %v", name, got, err)
			}
			if got, err := unpacked(name, bytes.NewReader(append(bytes.Clone(whole), whole...))); got != text+text || err != nil {
				t.Errorf("%s twice: %q, %v", name, got, err)
			}
		}
		damaged := (*compression.DamagedError)(nil)
		for n := range len(whole) {
			if _, err := unpacked(name, bytes.NewReader(whole[:n])); !errors.As(err, &damaged) {
				t.Errorf("%s: of the first %d bytes: %v", name, n, err)
			}
		}
		spoiled := bytes.Clone(whole)
		spoiled[len(spoiled)/2] ^= 0x55
		if got, err := unpacked(name, bytes.NewReader(spoiled)); !errors.As(err, &damaged) {
			t.Errorf("%s: with a wrong byte: %q %v", name, got, err)
		}
	}
	padded := append(packed(t, "a.gz"), make([]byte, 1000)...)
	if got, err := unpacked("a.gz", bytes.NewReader(padded)); got != text || err != nil {
		t.Errorf("with zero bytes behind it: %q, %v", got, err)
	}
	if got, err := unpacked("a.gz", bytes.NewReader(append(padded, packed(t, "a.gz")...))); got != text+text || err != nil {
		t.Errorf("with zero bytes within it: %q, %v", got, err)
	}
	if _, err := unpacked("a.gz", bytes.NewReader(append(packed(t, "a.gz"), "more"...))); !errors.As(err, new(*compression.DamagedError)) {
		t.Errorf("with something else behind it: %v", err)
	}
}

// TestBomb reads a file that is made to become very large.
func TestBomb(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	w, err := compression.NewWriter("a.gz", &b)
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		if _, err := w.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := compression.NewReader("a.gz", &b)
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, r)
	if expands := (*compression.ExpandsError)(nil); !errors.As(err, &expands) || n > 65<<20 {
		t.Errorf("after %d bytes: %v", n, err)
	}
}
