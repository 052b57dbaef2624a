//go:build !unix || solaris || aix

package release

import "os"

// mapFile returns the bytes of a file.
func mapFile(path string) ([]byte, func() error, error) { return readFile(path) }

// canLock says that files cannot be locked, so that what a killed writer left
// behind stays.
const canLock = false

func lock(*os.File) (locked, taken bool) { return false, false }

// syncFolder does nothing where folders cannot be synced.
func syncFolder(string) error { return nil }
