// Package compression knows the ways in which files are compressed, and the
// archives that hold several. Each is one entry of a table: to read another one,
// add an entry. Everything else (which names are read, what messages and help
// texts say, what the tests cover) follows from the tables.
package compression

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"

	fastgzip "github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
	"github.com/ulikunitz/xz/lzma"
)

// Compression is one way to compress a file.
type Compression struct {
	Name   string // as people write it: gzip
	Ending string // what names of such files end in, behind the ending of their format: .gz

	magic     []string // the first bytes of every such file: one of these
	ends      string   // its last two bytes but zeros, where the reader does not look whether it is whole
	newReader func(*bufio.Reader) (io.Reader, error)
	newWriter func(io.Writer) io.WriteCloser // nil for one that is only read
}

// All lists the compressions.
func All() []Compression {
	return []Compression{
		{
			Name:      "gzip",
			Ending:    ".gz",
			magic:     []string{"\x1f\x8b"},
			newReader: newGzip,
			// Without name and time: the same data, the same bytes.
			newWriter: func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		},
		{
			Name:      "bzip2",
			Ending:    ".bz2",
			magic:     bzip2Magic(),
			newReader: func(r *bufio.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil },
		},
		{
			Name:   "Zstandard",
			Ending: ".zst",
			magic:  []string{"\x28\xb5\x2f\xfd", "\x50\x2a\x4d\x18"}, // the latter as pzstd begins
			newReader: func(r *bufio.Reader) (io.Reader, error) {
				// With one worker nothing is left running where a file is not read to its end.
				return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
			},
		},
		{
			Name:      "xz",
			Ending:    ".xz",
			magic:     []string{"\xfd7zXZ\x00"},
			ends:      "YZ",
			newReader: newXZ,
		},
	}
}

// maxWindow is how much of what it has given a reader may have to keep, in bytes: more
// than the usual settings of any program ask for.
const maxWindow = 128 << 20

// WindowError is the error of a file that asks its reader to keep more than that.
type WindowError struct{ Size int64 }

func (e *WindowError) Error() string {
	return fmt.Sprintf("the compressed file asks for a dictionary of %d MiB, more than %d: uncompress it first, or compress it with xz -9 or less", e.Size>>20, maxWindow>>20)
}

// newXZ looks at the dictionary that the first block asks for before it is made.
func newXZ(r *bufio.Reader) (io.Reader, error) {
	const begin, lzma2 = 12, 0x21 // of the first block, behind the header of the file; the filter
	head, _ := r.Peek(begin + 1024)
	if len(head) > begin+2 {
		block := head[begin:min(len(head), begin+4*(int(head[begin])+1))]
		at := 2
		for _, given := range []byte{0x40, 0x80} { // a size, in seven bits a byte
			for more := block[1]&given != 0; more && at < len(block); at++ {
				more = block[at]&0x80 != 0
			}
		}
		if at+2 < len(block) && block[at] == lzma2 && block[at+1] == 1 {
			if size, err := lzma.DecodeDictCap(block[at+2]); err == nil && size > maxWindow {
				return nil, &WindowError{size}
			}
		}
	}
	return xz.NewReader(r)
}

// bzip2Magic lists how files of bzip2 begin: with the size of their blocks, and
// with what a block or the end begins with, so that a text is none by chance.
func bzip2Magic() (all []string) {
	for size := '1'; size <= '9'; size++ {
		all = append(all, "BZh"+string(size)+"\x31\x41\x59\x26\x53\x59", "BZh"+string(size)+"\x17\x72\x45\x38\x50\x90")
	}
	return all
}

// newGzip reads all members of a file. Zero bytes behind the last one, with which
// tapes and tar fill blocks, are no part of it, as gzip has it.
func newGzip(r *bufio.Reader) (io.Reader, error) {
	member, err := fastgzip.NewReader(r)
	if err != nil {
		return nil, err
	}
	member.Multistream(false)
	return &members{member, r}, nil
}

type members struct {
	*fastgzip.Reader

	r *bufio.Reader
}

func (m *members) Read(p []byte) (int, error) {
	for {
		n, err := m.Reader.Read(p)
		if n > 0 && errors.Is(err, io.EOF) {
			err = nil // it comes again
		}
		if n > 0 || !errors.Is(err, io.EOF) {
			return n, err
		}
		next, err := m.r.ReadByte()
		for err == nil && next == 0 {
			next, err = m.r.ReadByte()
		}
		if err != nil {
			return 0, err // the end
		}
		if err = m.r.UnreadByte(); err == nil {
			err = m.Reset(m.r)
		}
		switch {
		case errors.Is(err, io.EOF):
			return 0, io.ErrUnexpectedEOF
		case err != nil:
			return 0, err
		}
		m.Multistream(false)
	}
}

// begins reports whether data begins as every file of the compression does.
func (c Compression) begins(data []byte) bool {
	for _, magic := range c.magic {
		if bytes.HasPrefix(data, []byte(magic)) {
			return true
		}
	}
	return false
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
type NotCompressedError struct {
	Compression Compression
	Begin       []byte // of the file
}

func (e *NotCompressedError) Error() string {
	return fmt.Sprintf("the name ends in %s, but the file is not compressed: rename it, or compress it", e.Compression.Ending)
}

// DamagedError is the error of a compressed file that is cut off or damaged.
type DamagedError struct{ Err error }

func (e *DamagedError) Error() string { return "the compressed file is cut off or damaged" }

// Unwrap returns the error of the reader.
func (e *DamagedError) Unwrap() error { return e.Err }

// ExpandsError is the error of a compressed file that becomes so much larger that
// it is made to fill memory and disks.
type ExpandsError struct{ Name string }

func (e *ExpandsError) Error() string {
	return fmt.Sprintf("%s becomes more than %d times as large: no data does, so the rest of it is not read; where it is right, uncompress it first", e.Name, maxRatio)
}

// NewReader returns what a file holds. It is uncompressed if its first bytes are
// those of a compression, whatever its name; but a file whose name says that it
// is compressed must be. Errors of the content, also those that the returned
// reader gives, are a [*NotCompressedError], a [*DamagedError], an [*ExpandsError] or
// a [*WindowError]; any other one is that of r.
func NewReader(name string, r io.Reader) (io.Reader, error) {
	source := &source{r: r}
	buffered := bufio.NewReaderSize(source, 1<<16)
	begin, err := buffered.Peek(longestMagic)
	for _, c := range All() {
		if !c.begins(begin) {
			continue
		}
		d := &content{source: source, ends: c.ends}
		if d.r, err = c.newReader(buffered); err != nil {
			return nil, d.tell(err)
		}
		return d, nil
	}
	named, ok := Of(name)
	switch {
	case !ok:
		return buffered, nil
	case source.err != nil: // the file cannot be read
		return nil, source.err
	case err != nil && named.mayBegin(begin):
		return nil, &DamagedError{io.ErrUnexpectedEOF}
	default:
		begin, _ = buffered.Peek(buffered.Size() / 2)
		return nil, &NotCompressedError{named, bytes.Clone(begin)}
	}
}

// longestMagic is how many bytes tell how a file is compressed.
const longestMagic = 10

// mayBegin reports whether more data could make a file of the compression of it.
func (c Compression) mayBegin(data []byte) bool {
	for _, magic := range c.magic {
		if strings.HasPrefix(magic, string(data)) {
			return true
		}
	}
	return false
}

// Data becomes at most some dozen times as large, and never small data what fills a
// memory.
const (
	maxRatio = 200
	small    = 64 << 20 // bytes that any file may become
)

// source is a file that is being read: how much of it was, and why no more can be.
type source struct {
	r    io.Reader
	read int64
	last [2]byte // that were read and are not zero
	err  error   // but the end
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.read += int64(n)
	switch data := bytes.TrimRight(p[:n], "\x00"); len(data) {
	case 0:
	case 1:
		s.last = [2]byte{s.last[1], data[0]}
	default:
		s.last = [2]byte(data[len(data)-2:])
	}
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// content is what a compressed file holds, whose errors tell damage from failure.
type content struct {
	r      io.Reader
	source *source
	ends   string
	gave   int64
}

func (d *content) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	d.gave += int64(n)
	if d.gave > small && d.gave/maxRatio > d.source.read {
		return 0, &ExpandsError{"the compressed file"}
	}
	switch {
	case err == nil:
	case err != io.EOF: //nolint:errorlint // the end itself, which is not wrapped
		err = d.tell(err)
	case d.ends != "" && d.ends != string(d.source.last[:]):
		err = d.tell(io.ErrUnexpectedEOF)
	}
	return n, err
}

// tell returns an error as a [*DamagedError], unless the file could not be read.
func (d *content) tell(err error) error {
	if d.source.err != nil {
		return d.source.err
	}
	if large := (*WindowError)(nil); errors.As(err, &large) {
		return large
	}
	return &DamagedError{err}
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
