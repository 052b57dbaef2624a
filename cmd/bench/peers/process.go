package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit in which Linux counts the time of processes, on every
// platform that Go runs on.
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
// anything: the state is the first (https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html).
func afterName(stat []byte) []string {
	_, rest, _ := strings.Cut(string(stat), ") ")
	return strings.Fields(rest)
}

// cpu returns the processor time of a service since it was started, that of
// children that have ended included.
func (s *service) cpu() (time.Duration, error) {
	total := 0
	for _, pid := range s.tree() {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		fields := afterName(text)
		if len(fields) < 15 {
			continue
		}
		for _, f := range fields[11:15] { // utime, stime, cutime, cstime
			n, err := strconv.Atoi(f)
			if err != nil {
				return 0, fmt.Errorf("process %d: %w", pid, err)
			}
			total += n
		}
	}
	return time.Duration(total) * tick, nil
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
