package main

import (
	"os"
	"os/exec"
	"testing"
)

// TestCPU: the time of children counts after they have ended too, as that of
// PostgreSQL's backends has to.
func TestCPU(t *testing.T) {
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("processes are only known where there is /proc")
	}
	// The shell waits for its child, then stays.
	cmd := exec.Command("sh", "-c", "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; echo done; cat")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _, _ = in.Close(), cmd.Wait() }()
	s := &service{extra: []int{cmd.Process.Pid}}
	if _, err := out.Read(make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	own, err := clock(cmd.Process.Pid)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.cpu()
	if err != nil {
		t.Fatal(err)
	}
	if all-own < 2*tick {
		t.Errorf("%v in all, %v of the process itself: where is the child's?", all, own)
	}
	if m, err := s.memory(); err != nil || m < 100<<10 {
		t.Errorf("memory: %d, %v", m, err)
	}
	if tree := s.tree(); len(tree) != 2 || tree[0].PID != cmd.Process.Pid {
		t.Errorf("its tree is %v: the shell, and cat, which runs", tree)
	}
}
