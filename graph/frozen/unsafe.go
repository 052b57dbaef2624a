package frozen

import (
	"encoding/binary"
	"fmt"
	"unsafe"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/release"
)

// This file holds all that is unsafe here. A release file is mapped, not read,
// so the bytes of a section are used as they are: as an array of numbers, and
// as the strings that answers are made of. Copying them would cost, at the
// start and for every name, what the whole format exists to save. Both are
// sound because the bytes never change: they are mapped read-only, or belong
// to a store that is never written.

// number is an element of the arrays of a store.
type number interface{ ~uint16 | ~uint32 | ~uint64 }

// numbers uses the bytes of a section as an array. The host must be
// little-endian, as the file is.
func numbers[T number](section string, data []byte) ([]T, error) {
	size := int(unsafe.Sizeof(T(0)))
	if len(data) == 0 {
		return nil, nil
	}
	if len(data)%size != 0 {
		return nil, fmt.Errorf("%w: the section %q has %d bytes, not a multiple of %d", release.ErrDamaged, section, len(data), size)
	}
	p := unsafe.Pointer(unsafe.SliceData(data))
	if uintptr(p)%uintptr(size) != 0 { // not from a mapped file
		copied := make([]T, len(data)/size)
		copy(bytesOf(copied), data)
		return copied, nil
	}
	return unsafe.Slice((*T)(p), len(data)/size), nil
}

// bytesOf is the inverse of numbers.
func bytesOf[T number](array []T) []byte {
	if len(array) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(array))), len(array)*int(unsafe.Sizeof(T(0))))
}

// text uses bytes that never change as a string.
func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// refsOf uses an array of terms as refs of the things that they are.
func refsOf(terms []uint32) []graph.Ref {
	return unsafe.Slice((*graph.Ref)(unsafe.SliceData(terms)), len(terms))
}

// isLittleEndian reports whether numbers lie in memory as they do in the file.
func isLittleEndian() bool { return binary.NativeEndian.Uint16([]byte{1, 0}) == 1 }
