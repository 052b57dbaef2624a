package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// tick is the unit in which Linux counts the time of processes that have ended,
// on every platform that Go runs on.
const tick = 10 * time.Millisecond

// tree returns the processes of a service: those it was started with, and all
// that they started.
func (s *service) tree() []int {
	children := map[int][]int{}
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
		if fields := afterName(text); len(fields) > 1 {
			parent, _ := strconv.Atoi(fields[1])
			children[parent] = append(children[parent], pid)
		}
	}
	all := []int{}
	for todo := s.pids(); len(todo) > 0; todo = todo[1:] {
		all = append(all, todo[0])
		todo = append(todo, children[todo[0]]...)
	}
	return all
}

// afterName returns the fields of a stat file after the name, which may hold
// anything, parentheses too: the state is the first
// (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
func afterName(stat []byte) []string {
	end := bytes.LastIndex(stat, []byte(") "))
	if end < 0 {
		return nil
	}
	return strings.Fields(string(stat[end+2:]))
}

// cpu returns the processor time of a service since it was started, that of
// children that have ended included, such as the backends of PostgreSQL.
func (s *service) cpu() (time.Duration, error) {
	total := time.Duration(0)
	for _, pid := range s.tree() {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue // it has ended: its parent has its time
		}
		children, err := ofChildren(text)
		if err != nil {
			return 0, fmt.Errorf("process %d: %w", pid, err)
		}
		// Its clock counts all threads, ended ones too, in nanoseconds; what the
		// stat file says of the process itself is the same in ticks.
		own, err := clock(pid)
		if err != nil {
			continue
		}
		total += own + children
	}
	return total, nil
}

// clock returns the processor time of a process.
func clock(pid int) (time.Duration, error) {
	var t unix.Timespec
	const ofProcess = 2 // the kernel's CPUCLOCK_SCHED (clock_getcpuclockid(3))
	err := unix.ClockGettime(int32(^pid)<<3|ofProcess, &t)
	return time.Duration(t.Nano()), err
}

// ofChildren returns the processor time of the ended children of a process,
// from its stat file: cutime and cstime.
func ofChildren(stat []byte) (time.Duration, error) {
	fields := afterName(stat)
	if len(fields) < 15 {
		return 0, fmt.Errorf("its stat file is short: %q", stat)
	}
	user, err := strconv.Atoi(fields[13])
	if err != nil {
		return 0, err
	}
	system, err := strconv.Atoi(fields[14])
	return time.Duration(user+system) * tick, err
}

// memory returns the memory of a service in bytes; what processes share counts
// once.
func (s *service) memory() (int64, error) {
	var total int64
	for _, pid := range s.tree() {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(text)) {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "Pss:" {
				n, err := strconv.ParseInt(f[1], 10, 64)
				if err != nil {
					return 0, fmt.Errorf("process %d: %w", pid, err)
				}
				total += n << 10
			}
		}
	}
	return total, nil
}
