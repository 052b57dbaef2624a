//go:build unix

package main

import (
	"os"
	"syscall"
)

// mostMemory returns the most memory that a process had, as Linux counts it.
func mostMemory(p *os.ProcessState) int64 {
	if usage, ok := p.SysUsage().(*syscall.Rusage); ok {
		return int64(usage.Maxrss) << 10 // kilobytes
	}
	return 0
}
