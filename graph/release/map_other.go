//go:build !unix || solaris || aix

package release

// mapFile returns the bytes of a file.
func mapFile(path string) ([]byte, func() error, error) { return readFile(path) }

// syncFolder does nothing where folders cannot be synced.
func syncFolder(string) error { return nil }
