package main

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

func TestParseStat(t *testing.T) {
	stat := []byte("42 (a) S (b)) S 7 42 42 0 -1 4194560 1 2 3 4 250 50 30 12 20 0 1 0 9 1 2\n")
	if fields := afterName(stat); len(fields) < 2 || fields[0] != "S" || fields[1] != "7" {
		t.Errorf("after a name with parentheses: %q", fields)
	}
	if children, err := ofChildren(stat); err != nil || children != 420*time.Millisecond {
		t.Errorf("children that ended: %v, %v", children, err)
	}
	for _, bad := range []string{"", "42 (a", "42 (a) S 7", "42 (a) S 7 42 42 0 -1 4194560 1 2 3 4 250 50 x 12 20"} {
		if _, err := ofChildren([]byte(bad)); err == nil {
			t.Errorf("%q is no stat file", bad)
		}
	}
	if d, err := parseBusy("cpu  100 20 30 5000 600 7 8 9 40 50\ncpu0 1\n"); err != nil || d != 1740*time.Millisecond {
		t.Errorf("busy: %v, %v", d, err)
	}
	for _, bad := range []string{"", "cpu 1 2", "intr 1 2 3 4 5 6 7 8", "cpu 1 2 3 4 5 6 7 x"} {
		if _, err := parseBusy(bad); err == nil {
			t.Errorf("%q is no /proc/stat", bad)
		}
	}
}

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
	if tree := s.tree(); len(tree) != 2 || tree[0] != cmd.Process.Pid {
		t.Errorf("its tree is %v: the shell, and cat, which runs", tree)
	}
}
