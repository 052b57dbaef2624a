// Package compression knows the ways in which files are compressed. Each is one
// entry of its table: to read another one, add an entry. Everything else
// (which names are read, what messages and help texts say, what the tests
// cover) follows from the table.
package compression

import (
	"bufio"
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Compression is one way to compress a file.
type Compression struct {
	Name   string // as people write it: gzip
	Ending string // what names of such files end in, behind the ending of their format: .gz

	magic     string // the first bytes of every such file
	newReader func(io.Reader) (io.Reader, error)
	newWriter func(io.Writer) io.WriteCloser // nil for one that is only read
	isDamage  func(error) bool               // of errors of the reader, beside those that the file ends too soon
}

// All lists the compressions.
func All() []Compression {
	return []Compression{{
		Name:      "gzip",
		Ending:    ".gz",
		magic:     "\x1f\x8b",
		newReader: func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		// Without name and time: the same data, the same bytes.
		newWriter: func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		isDamage: func(err error) bool {
			var corrupt flate.CorruptInputError
			return errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.As(err, &corrupt)
		},
	}}
}

// Writes reports whether files can be written so, and not only read.
func (c Compression) Writes() bool { return c.newWriter != nil }

// Of returns how a file is compressed by its name, in letters of any case; ok
// is false for a name that says nothing of it.
func Of(name string) (c Compression, ok bool) {
	for _, c := range All() {
		if n := len(name) - len(c.Ending); n >= 0 && strings.EqualFold(name[n:], c.Ending) {
			return c, true
		}
	}
	return Compression{}, false
}

// Trim returns a name without the ending of its compression.
func Trim(name string) string {
	c, _ := Of(name)
	return name[:len(name)-len(c.Ending)]
}

// NotCompressedError is the error of a file whose name says that it is
// compressed, while its content is not.
type NotCompressedError struct{ Compression Compression }

func (e *NotCompressedError) Error() string {
	return fmt.Sprintf("the name ends in %s, but the file is not compressed: rename it, or compress it", e.Compression.Ending)
}

// DamagedError is the error of a compressed file that is cut off or damaged.
type DamagedError struct{ Err error }

func (e *DamagedError) Error() string { return "the compressed file is cut off or damaged" }

// Unwrap returns the error of the reader.
func (e *DamagedError) Unwrap() error { return e.Err }

// NewReader returns what a file holds. It is uncompressed if its first bytes are
// those of a compression, whatever its name; but a file whose name says that it
// is compressed must be. Errors of the content, also those that the returned
// reader gives, are a [*NotCompressedError] or a [*DamagedError]; any other one
// is that of r.
func NewReader(name string, r io.Reader) (io.Reader, error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	begin, err := buffered.Peek(longestMagic())
	for _, c := range All() {
		if !strings.HasPrefix(string(begin), c.magic) {
			continue
		}
		d := &damageTeller{isDamage: c.isDamage}
		if d.r, err = c.newReader(buffered); err != nil {
			return nil, d.tell(err)
		}
		return d, nil
	}
	named, ok := Of(name)
	switch {
	case !ok:
		return buffered, nil
	case err != nil && !errors.Is(err, io.EOF): // the file cannot be read
		return nil, err
	case len(begin) < len(named.magic):
		return nil, &DamagedError{io.ErrUnexpectedEOF}
	default:
		return nil, &NotCompressedError{named}
	}
}

func longestMagic() int {
	longest := 0
	for _, c := range All() {
		longest = max(longest, len(c.magic))
	}
	return longest
}

// damageTeller is a reader whose errors tell damage from failure.
type damageTeller struct {
	r        io.Reader
	isDamage func(error) bool
}

func (d *damageTeller) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err != nil && err != io.EOF { //nolint:errorlint // the end itself, which is not wrapped
		err = d.tell(err)
	}
	return n, err
}

// tell returns an error as a [*DamagedError] if it is one of the content. The
// end of the file is one where more must follow.
func (d *damageTeller) tell(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || d.isDamage(err) {
		return &DamagedError{err}
	}
	return err
}

// NewWriter returns a writer that compresses as a name says, or does not where
// the name says nothing. Close it to write what is left; w stays open.
func NewWriter(name string, w io.Writer) (io.WriteCloser, error) {
	c, ok := Of(name)
	switch {
	case !ok:
		return plain{w}, nil
	case !c.Writes():
		return nil, fmt.Errorf("%s: files are read in %s (%s), but not written", name, c.Name, c.Ending)
	default:
		return c.newWriter(w), nil
	}
}

// plain is a writer that compresses nothing.
type plain struct{ io.Writer }

func (plain) Close() error { return nil }
