//go:build unix && !solaris && !aix

package release

import (
	"errors"
	"os"
	"syscall"
)

// mapFile returns the bytes of a file, and what gives them back.
func mapFile(path string) (data []byte, unmap func() error, err error) {
	size, err := sizeOf(path)
	if err != nil || size == 0 {
		return nil, func() error { return nil }, err
	}
	if size != int64(int(size)) {
		return readFile(path) // what cannot be mapped can perhaps be read
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	data, err = syscall.Mmap(int(f.Fd()), 0, int(size), syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		return nil, nil, &os.PathError{Op: "map", Path: path, Err: err}
	}
	return data, func() error { return syscall.Munmap(data) }, nil
}

// canLock says that files can be locked, and renamed while they are open.
const canLock = true

// lock locks an open file until it is closed, and reports whether that is done,
// and if not, whether because somebody else holds the lock: some file systems
// know no locks.
func lock(f *os.File) (locked, taken bool) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	return err == nil, errors.Is(err, syscall.EWOULDBLOCK)
}

// syncFolder brings a renaming in a folder to the disk.
func syncFolder(path string) (err error) {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	return d.Sync()
}
