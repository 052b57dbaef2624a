package release_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph/release"
)

func sample() []release.Section {
	return []release.Section{
		release.Bytes("meta", []byte(`{"version":`), []byte(`1}`)),
		release.Bytes("empty"),
		release.Bytes("text", bytes.Repeat([]byte("plexus "), 50)),
		release.Bytes("aligned", make([]byte, 2*release.Align)),
	}
}

func written(t testing.TB, sections ...release.Section) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := release.Write(&b, sections...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.plexus")
	if err := release.WriteFile(path, sample()...); err != nil {
		t.Fatal(err)
	}
	f, err := release.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(context.Background()); err != nil {
		t.Error(err)
	}
	for i, want := range sample() {
		var b bytes.Buffer
		if err := want.Write(&b); err != nil {
			t.Fatal(err)
		}
		got, ok := f.Section(want.Name)
		if !ok || !bytes.Equal(got, b.Bytes()) || f.Sections()[i].Name != want.Name || f.Sections()[i].Size != len(got) {
			t.Errorf("section %q comes back as %q, %v, %v", want.Name, got, ok, f.Sections()[i])
		}
	}
	if _, ok := f.Section("nothing"); ok {
		t.Error("there is a section that was not written")
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if again := written(t, sample()...); !bytes.Equal(whole, again) || f.Size() != len(whole) {
		t.Error("the same sections give other bytes")
	}
	for range 2 {
		if err := f.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
}

// A section has a version, 1 where none is given, and is found by whoever reads
// that version.
func TestVersions(t *testing.T) {
	sections := sample()
	sections[2].Version = 2
	f, err := release.Read(written(t, sections...))
	if err != nil {
		t.Fatal(err)
	}
	if infos := f.Sections(); infos[1].Version != 1 || infos[2].Version != 2 || infos[2].Name != "text" {
		t.Errorf("%+v", infos)
	}
	for _, c := range []struct {
		name     string
		versions []int
		version  int
		is       error
		says     string
	}{
		{"text", []int{1, 2}, 2, nil, ""},
		{"text", []int{2, 3}, 2, nil, ""},
		{"meta", []int{1}, 1, nil, ""},
		{"text", []int{1}, 0, release.ErrNewer, `its section "text" is of version 2, and this program reads version 1`},
		{"text", []int{3, 4}, 0, release.ErrOlder, `its section "text" is of version 2, and this program reads version 3, 4`},
		{"nothing", []int{1}, 0, release.ErrOlder, `it has no section "nothing"`},
	} {
		data, version, err := f.Find(c.name, c.versions...)
		if version != c.version || !errors.Is(err, c.is) || err != nil && !strings.Contains(err.Error(), c.says) || (data != nil) != (err == nil) {
			t.Errorf("%s in %v: version %d, %v", c.name, c.versions, version, err)
		}
	}
	sections[2].Version = 1
	if !bytes.Equal(written(t, sections...), written(t, sample()...)) {
		t.Error("version 1 is written in another way than none")
	}
	if err := release.Write(io.Discard, release.Bytes("text@2")); err == nil {
		t.Error("a name with a version in it was written")
	}
}

// Whatever byte of a release is changed, it is found, and only a change within
// a section is left to Verify, which names the section.
func TestEveryByteCounts(t *testing.T) {
	whole := written(t, sample()...)
	ctx := context.Background()
	infos := func() []release.Info {
		f, err := release.Read(whole)
		if err != nil {
			t.Fatal(err)
		}
		return f.Sections()
	}()
	named := map[string]bool{}
	for at := range whole {
		for _, flip := range []byte{1, 0x80} {
			damaged := slices.Clone(whole)
			damaged[at] ^= flip
			f, err := release.Read(damaged)
			if err != nil {
				if !errors.Is(err, release.ErrDamaged) && !errors.Is(err, release.ErrForeign) && !errors.Is(err, release.ErrNewer) {
					t.Errorf("byte %d: Read: %v", at, err)
				}
				continue
			}
			err = f.Verify(ctx)
			if !errors.Is(err, release.ErrDamaged) {
				t.Fatalf("the change of byte %d is not found: %v", at, err)
			}
			for _, s := range infos {
				if strings.Contains(err.Error(), `"`+s.Name+`"`) {
					named[s.Name] = true
				}
			}
		}
	}
	for _, want := range []string{"meta", "text", "aligned"} {
		if !named[want] {
			t.Errorf("no message names the section %s", want)
		}
	}
}

func TestCutOff(t *testing.T) {
	whole := written(t, sample()...)
	for n := range whole {
		if _, err := release.Read(whole[:n]); err == nil {
			t.Fatalf("the first %d bytes of %d are taken for a release", n, len(whole))
		}
		if _, err := release.Read(append(slices.Clone(whole[:n]), whole[min(n+1, len(whole)):]...)); err == nil {
			t.Fatalf("the release without byte %d is taken for one", n)
		}
	}
	if _, err := release.Read(append(slices.Clone(whole), 0)); !errors.Is(err, release.ErrDamaged) {
		t.Errorf("with a byte more: %v", err)
	}
}

func TestErrorsSayWhat(t *testing.T) {
	whole := written(t, sample()...)
	newer := slices.Clone(whole)
	newer[12] = release.Format + 1
	for _, test := range []struct {
		name string
		data []byte
		is   error
		says string
	}{
		{"nothing", nil, release.ErrForeign, "empty"},
		{"N-Quads", []byte("<http://a.example/s> <http://a.example/p> \"o\" .\n"), release.ErrForeign, "begins with"},
		{"half", whole[:len(whole)/2], release.ErrDamaged, "cut off"},
		{"the first bytes", whole[:9], release.ErrDamaged, "cut off after 9 bytes"},
		{"newer", newer, release.ErrNewer, "format 2"},
	} {
		path := filepath.Join(t.TempDir(), "x.plexus")
		if err := os.WriteFile(path, test.data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := release.Open(path)
		if !errors.Is(err, test.is) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: the error is %v, want %v, %q and the path", test.name, err, test.is, test.says)
		}
	}
	if _, err := release.Open(filepath.Join(t.TempDir(), "gone")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func TestWriteRefuses(t *testing.T) {
	for _, names := range [][]string{{""}, {"a", "a"}, {strings.Repeat("x", 256)}} {
		var sections []release.Section
		for _, n := range names {
			sections = append(sections, release.Bytes(n))
		}
		if err := release.Write(io.Discard, sections...); err == nil {
			t.Errorf("sections %q are written", names)
		}
	}
}

// A write that fails leaves the old file and nothing else.
func TestWriteFails(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.plexus")
	if err := release.WriteFile(path, sample()...); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("no more")
	err := release.WriteFile(path, release.Section{Name: "x", Write: func(w io.Writer) error {
		_, _ = w.Write(make([]byte, 3<<20))
		return broken
	}})
	if !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	if whole, err := os.ReadFile(path); err != nil || !bytes.Equal(whole, written(t, sample()...)) {
		t.Errorf("the old release is gone: %v", err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("something is left in the folder: %v, %v", entries, err)
	}
}

func TestVerifyCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f, err := release.Read(written(t, sample()...))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	whole := written(f, sample()...)
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add(written(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := release.Read(data)
		if err != nil {
			return
		}
		for _, s := range r.Sections() {
			if got, ok := r.Section(s.Name); !ok || len(got) != s.Size {
				t.Errorf("section %q of %d bytes comes as %d, %v", s.Name, s.Size, len(got), ok)
			}
		}
		if r.Verify(context.Background()) != nil {
			return
		}
		// What passes both is what was written, byte for byte.
		var sections []release.Section
		for _, s := range r.Sections() {
			content, _ := r.Section(s.Name)
			sections = append(sections, release.Bytes(s.Name, content))
		}
		if !bytes.Equal(written(t, sections...), data) {
			t.Error("another release of the same sections")
		}
	})
}
