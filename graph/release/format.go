package release

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The errors that [Open], [Read], [File.Find] and [File.Verify] wrap, with what is wrong.
var (
	// ErrForeign marks a file of another kind.
	ErrForeign = errors.New("not a release file")
	// ErrNewer marks a release of a format, or with a needed section of a
	// version, that this program does not know yet.
	ErrNewer = errors.New("the release is of a newer format")
	// ErrOlder marks a release that lacks a needed section, or has it in a version
	// that this program no longer reads.
	ErrOlder = errors.New("the release is of an older format")
	// ErrDamaged marks a release that is cut off or whose bytes have changed.
	ErrDamaged = errors.New("the release is damaged")
)

// Format is the version of the container that this package writes, and the
// only one that it reads.
const Format = 1

const (
	// Align is what the offset of every section is a multiple of: a cache line,
	// which is enough for arrays of any number.
	Align = 64

	headerSize  = Align
	trailerSize = 96
	maxName     = 255 // with the version
	versionMark = "@"
)

// As in PNG, the first byte is not ASCII and the line ends find a transfer
// that took the file for text.
const (
	magic     = "\x89PLEXUS\r\n\x1a\n\x00"
	endMagic  = "PLEXUSend\r\n\x00"
	magicSize = len(magic)
)

// Info describes a section.
type Info struct {
	Name string
	// Version is that of the section's content, from 1.
	Version int
	Size    int
	SHA256  [sha256.Size]byte

	offset int
}

// entry is how the directory names a section: a version above 1 stands behind
// the name, so that a release whose sections are all of version 1 has the same
// bytes as before there were versions.
func entry(name string, version int) string {
	if version <= 1 {
		return name
	}
	return name + versionMark + strconv.Itoa(version)
}

// parseEntry is the inverse of entry; false is what entry never returns.
func parseEntry(text string) (name string, version int, ok bool) {
	name, number, versioned := strings.Cut(text, versionMark)
	version = 1
	if versioned {
		version, _ = strconv.Atoi(number)
	}
	return name, version, name != "" && entry(name, version) == text
}

func header() []byte {
	h := make([]byte, headerSize)
	copy(h, magic)
	binary.LittleEndian.PutUint32(h[magicSize:], Format)
	return h
}

// trailer says where the directory is: magic, 4 bytes of zeros, offset, size,
// SHA-256 of the directory, SHA-256 of all that.
func trailer(offset, size int, directory []byte) []byte {
	t := make([]byte, 0, trailerSize)
	t = append(t, endMagic...)
	t = binary.LittleEndian.AppendUint32(t, 0)
	t = binary.LittleEndian.AppendUint64(t, uint64(offset))
	t = binary.LittleEndian.AppendUint64(t, uint64(size))
	sum := sha256.Sum256(directory)
	t = append(t, sum[:]...)
	sum = sha256.Sum256(t)
	return append(t, sum[:]...)
}

func appendDirectory(d []byte, sections []Info) []byte {
	d = binary.LittleEndian.AppendUint32(d, uint32(len(sections)))
	for _, s := range sections {
		named := entry(s.Name, s.Version)
		d = append(d, byte(len(named)))
		d = append(d, named...)
		d = binary.LittleEndian.AppendUint64(d, uint64(s.offset))
		d = binary.LittleEndian.AppendUint64(d, uint64(s.Size))
		d = append(d, s.SHA256[:]...)
	}
	return d
}

// parse reads and checks header, trailer and directory.
func parse(data []byte) ([]Info, error) {
	start := data[:min(len(data), magicSize)]
	switch {
	case len(start) == 0:
		return nil, fmt.Errorf("%w: it is empty", ErrForeign)
	case !bytes.HasPrefix([]byte(magic), start):
		return nil, fmt.Errorf("%w: it begins with %q; make one with plexus build", ErrForeign, start)
	case len(data) < headerSize:
		return nil, fmt.Errorf("%w: it is cut off after %d bytes", ErrDamaged, len(data))
	}
	if format := binary.LittleEndian.Uint32(data[magicSize:]); format > Format {
		return nil, fmt.Errorf("%w: it is of format %d, and this program reads format %d", ErrNewer, format, Format)
	}
	if !bytes.Equal(data[:headerSize], header()) {
		return nil, fmt.Errorf("%w: the header is wrong", ErrDamaged)
	}
	at := len(data) - trailerSize
	if at < headerSize || string(data[at:at+len(endMagic)]) != endMagic {
		return nil, fmt.Errorf("%w: it has no end: cut off after %d bytes, or something is appended", ErrDamaged, len(data))
	}
	end := data[at:]
	sum := sha256.Sum256(end[:trailerSize-sha256.Size])
	if !bytes.Equal(sum[:], end[trailerSize-sha256.Size:]) {
		return nil, fmt.Errorf("%w: the trailer is wrong", ErrDamaged)
	}
	offset, size := binary.LittleEndian.Uint64(end[16:]), binary.LittleEndian.Uint64(end[24:])
	if offset < headerSize || offset > uint64(at) || size != uint64(at)-offset {
		return nil, fmt.Errorf("%w: the directory should be at byte %d with %d bytes, but %d bytes end at %d: a part in the middle is missing or too much",
			ErrDamaged, offset, size, len(data), at)
	}
	directory := data[offset:at]
	if sum := sha256.Sum256(directory); !bytes.Equal(sum[:], end[32:32+sha256.Size]) {
		return nil, fmt.Errorf("%w: the directory is wrong", ErrDamaged)
	}
	sections, err := parseDirectory(directory, int(offset))
	if err != nil {
		return nil, fmt.Errorf("%w: the directory is wrong: %w", ErrDamaged, err)
	}
	return sections, nil
}

// parseDirectory reads a directory, and checks that its sections lie one after
// the other from the header to limit. Only a faulty writer makes one that
// fails, since the checksum is right; it is checked all the same.
func parseDirectory(d []byte, limit int) ([]Info, error) {
	const fixed = 8 + 8 + sha256.Size
	if len(d) < 4 {
		return nil, errors.New("too short")
	}
	n, d := binary.LittleEndian.Uint32(d), d[4:]
	if uint64(n)*(1+fixed) > uint64(len(d)) {
		return nil, fmt.Errorf("%d sections in %d bytes", n, len(d))
	}
	sections := make([]Info, 0, n)
	next := headerSize
	for range n {
		if len(d) < 1 || len(d) < 1+int(d[0])+fixed {
			return nil, errors.New("too short")
		}
		var s Info
		var named bool
		s.Name, s.Version, named = parseEntry(string(d[1 : 1+d[0]]))
		d = d[1+d[0]:]
		offset, size := binary.LittleEndian.Uint64(d), binary.LittleEndian.Uint64(d[8:])
		copy(s.SHA256[:], d[16:])
		d = d[fixed:]
		if offset != uint64(next) || offset > uint64(limit) || size > uint64(limit)-offset {
			return nil, fmt.Errorf("section %q lies at %d with %d bytes, which is not behind the one before", s.Name, offset, size)
		}
		s.offset, s.Size = int(offset), int(size)
		next = padded(s.offset + s.Size)
		if !named || slices.ContainsFunc(sections, func(o Info) bool { return o.Name == s.Name }) {
			return nil, fmt.Errorf("section %q is there twice, or has no name", s.Name)
		}
		sections = append(sections, s)
	}
	if len(d) != 0 || next != limit {
		return nil, errors.New("something is left over")
	}
	return sections, nil
}

// padded returns the next multiple of Align.
func padded(n int) int { return (n + Align - 1) / Align * Align }
