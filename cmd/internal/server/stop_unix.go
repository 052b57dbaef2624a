//go:build unix

package server

import (
	"net"

	"golang.org/x/sys/unix"
)

// anyoneOutside reports whether connections wait to be taken by a listener.
func anyoneOutside(l *net.TCPListener) (waiting bool) {
	raw, err := l.SyscallConn()
	if err != nil {
		return false
	}
	err = raw.Control(func(fd uintptr) {
		n, _ := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, 0)
		waiting = n > 0
	})
	return waiting && err == nil
}
