package main

import (
	"fmt"
	"os"
	"regexp"
	"runtime/debug"
	"strconv"
	"syscall"
)

// limitMemory lets the process take so many bytes more than it has. Whoever asks
// for more is ended by Go, which says "out of memory".
func limitMemory(more uint64) error {
	debug.FreeOSMemory()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	m := dataSize.FindSubmatch(status)
	if m == nil {
		return fmt.Errorf("/proc/self/status does not say how much memory the process has")
	}
	kib, err := strconv.ParseUint(string(m[1]), 10, 64)
	if err != nil {
		return err
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_DATA, &limit); err != nil {
		return err
	}
	limit.Cur = min(kib<<10+more, limit.Max)
	// The collector works harder before the end is near.
	debug.SetMemoryLimit(int64(limit.Cur - more/8)) //nolint:gosec // far below
	return syscall.Setrlimit(syscall.RLIMIT_DATA, &limit)
}

// dataSize finds the private memory that the process has.
var dataSize = regexp.MustCompile(`VmData:\s+(\d+) kB`)
