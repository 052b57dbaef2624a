package release

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// File is an open release. Its methods may be called at the same time.
type File struct {
	data     []byte
	sections []Info
	close    func() error
}

// Open maps a release file into memory and checks header, trailer and
// directory, but not the contents: see [File.Verify]. The error wraps
// [ErrForeign], [ErrNewer] or [ErrDamaged], or is that of the file system, and
// names the file.
func Open(path string) (*File, error) {
	data, unmap, err := mapFile(path)
	if err != nil {
		return nil, fmt.Errorf("open the release: %w", err)
	}
	f, err := Read(data)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), unmap())
	}
	f.close = sync.OnceValue(unmap)
	return f, nil
}

// Read is Open for a release that is in memory. It keeps data, which must not
// be changed.
func Read(data []byte) (*File, error) {
	sections, err := parse(data)
	if err != nil {
		return nil, err
	}
	return &File{data: data, sections: sections, close: func() error { return nil }}, nil
}

// Close takes the file out of memory. Nothing that [File.Section] returned may
// be touched afterwards, by anybody. Closing again does nothing.
func (f *File) Close() error { return f.close() }

// Sections lists the sections in the order of the file.
func (f *File) Sections() []Info { return slices.Clone(f.sections) }

// Size returns the number of bytes of the whole file.
func (f *File) Size() int { return len(f.data) }

// Section returns the bytes of a section of any version, to be read only, and
// whether it is there. They begin at an address that is a multiple of [Align] if the file is
// mapped.
func (f *File) Section(name string) ([]byte, bool) {
	for _, s := range f.sections {
		if s.Name == name {
			return f.data[s.offset : s.offset+s.Size : s.offset+s.Size], true
		}
	}
	return nil, false
}

// Find returns the bytes of a section that the caller needs and reads in these
// versions, and which of them it is. The error wraps [ErrOlder] or [ErrNewer] and
// names the section: it is not there, or of another version. Sections that nobody
// asks for do not matter.
func (f *File) Find(name string, versions ...int) (data []byte, version int, err error) {
	at := slices.IndexFunc(f.sections, func(s Info) bool { return s.Name == name })
	if at < 0 {
		return nil, 0, fmt.Errorf("%w: it has no section %q", ErrOlder, name)
	}
	version = f.sections[at].Version
	if !slices.Contains(versions, version) {
		other := ErrOlder
		if version > slices.Max(versions) {
			other = ErrNewer
		}
		return nil, 0, fmt.Errorf("%w: its section %q is of version %d, and this program reads version %s", other, name, version, listed(versions))
	}
	data, _ = f.Section(name)
	return data, version, nil
}

func listed(versions []int) string {
	var b strings.Builder
	for i, v := range versions {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Itoa(v))
	}
	return b.String()
}

// Verify reads everything and compares it with the checksums. The error joins
// one for each section that is damaged, by name, each wrapping [ErrDamaged]; it
// is the context's if that is done before the end.
func (f *File) Verify(ctx context.Context) error {
	const piece = 1 << 20 // between two looks at the context
	var errs []error
	for _, s := range f.sections {
		hash := sha256.New()
		end := s.offset + s.Size
		for at := s.offset; at < end; at += piece {
			if err := ctx.Err(); err != nil {
				return err
			}
			_, _ = hash.Write(f.data[at:min(at+piece, end)]) // never fails
		}
		if [sha256.Size]byte(hash.Sum(nil)) != s.SHA256 {
			errs = append(errs, fmt.Errorf("%w: the section %q is not what was written", ErrDamaged, s.Name))
		}
		if slices.ContainsFunc(f.data[end:padded(end)], func(b byte) bool { return b != 0 }) {
			errs = append(errs, fmt.Errorf("%w: the space behind the section %q is not empty", ErrDamaged, s.Name))
		}
	}
	return errors.Join(append(errs, ctx.Err())...)
}

// sizeOf returns the size of an ordinary file, before it is opened: a pipe or a device
// may keep whoever opens it, and never end. What the kernel tells of itself (/proc) is a
// file of no size, and as such holds nothing.
func sizeOf(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, &os.PathError{Op: "open", Path: path, Err: errors.New("is not an ordinary file")}
	}
	return info.Size(), nil
}

// readFile is mapFile where files cannot be mapped.
func readFile(path string) ([]byte, func() error, error) {
	size, err := sizeOf(path)
	if err != nil || size == 0 {
		return nil, func() error { return nil }, err
	}
	data, err := os.ReadFile(path)
	return data, func() error { return nil }, err
}
