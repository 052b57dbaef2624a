package main

import (
	"time"

	"github.com/prometheus/procfs"
	"golang.org/x/sys/unix"
)

// tick is the unit in which Linux counts the time of processes that have ended,
// on every platform that Go runs on.
const tick = 10 * time.Millisecond

// tree returns the processes of a service that still run: those it was started
// with, and all that they started.
func (s *service) tree() []procfs.Proc {
	running, children := map[int]procfs.Proc{}, map[int][]int{}
	all, _ := procfs.AllProcs()
	for _, p := range all {
		if stat, err := p.Stat(); err == nil { // else it has ended
			running[p.PID] = p
			children[stat.PPID] = append(children[stat.PPID], p.PID)
		}
	}
	var tree []procfs.Proc
	for todo := s.pids(); len(todo) > 0; todo = todo[1:] {
		if p, runs := running[todo[0]]; runs {
			tree = append(tree, p)
		}
		todo = append(todo, children[todo[0]]...)
	}
	return tree
}

// cpu returns the processor time of a service since it was started, that of
// children that have ended included, such as the backends of PostgreSQL.
func (s *service) cpu() (time.Duration, error) {
	total := time.Duration(0)
	for _, p := range s.tree() {
		stat, err := p.Stat()
		if err != nil {
			continue // it has ended: its parent has its time
		}
		// Its clock counts all threads, ended ones too, in nanoseconds; what the
		// stat file says of the process itself is the same in ticks.
		if own, err := clock(p.PID); err == nil {
			total += own + time.Duration(stat.CUTime+stat.CSTime)*tick
		}
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

// memory returns the memory of a service in bytes; what processes share counts
// once.
func (s *service) memory() (int64, error) {
	var total int64
	for _, p := range s.tree() {
		rollup, err := p.ProcSMapsRollup()
		if err != nil {
			continue
		}
		total += int64(rollup.Pss)
	}
	return total, nil
}
