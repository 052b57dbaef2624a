//go:build linux

package deploy

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

const unit = "plexus.service"

// TestUnit: systemd finds nothing wrong with the unit, and little that it leaves
// open.
func TestUnit(t *testing.T) {
	needs.Programs(t, "systemd-analyze")
	// A machine on which it is installed: systemd looks for the programs.
	root := t.TempDir()
	for _, folder := range []string{"usr/local/bin", "usr/bin", "usr/lib/systemd/system/" + unit + ".d"} {
		if err := os.MkdirAll(filepath.Join(root, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.CopyFS(filepath.Join(root, "usr/lib/systemd/system"), os.DirFS("/usr/lib/systemd/system")); err != nil {
		t.Fatal(err)
	}
	write := func(name, content string, mode os.FileMode) {
		if err := os.WriteFile(filepath.Join(root, name), []byte(content), mode); err != nil {
			t.Fatal(err)
		}
	}
	write("usr/local/bin/plexus", "", 0o755)
	write("usr/bin/kill", "", 0o755)
	write("usr/lib/systemd/system/"+unit, read(t, unit), 0o644)
	// With the override that it shows.
	_, shown, _ := strings.Cut(read(t, unit), "#   [Service]\n")
	shown, _, _ = strings.Cut(shown, "#\n")
	if !strings.Contains(shown, "LoadCredential=") {
		t.Fatal("the unit shows no override")
	}
	write("usr/lib/systemd/system/"+unit+".d/override.conf", "[Service]\n"+strings.ReplaceAll(shown, "#   ", ""), 0o644)
	said, err := exec.CommandContext(t.Context(), "systemd-analyze", "--root="+root, "verify", unit).CombinedOutput()
	if err != nil || len(said) > 0 { // a key that it does not know is no error
		t.Errorf("%v\n%s", err, said)
	}
	// Of 100, 12 is left: it is asked over the network, and sees files of the
	// machine.
	const most = "12"
	said, err = exec.CommandContext(t.Context(), "systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold="+most, "./"+unit).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}

// TestUnitAllows: what the running program asks of the system is what the unit
// allows: system calls, kinds of sockets, and no memory that is both written and
// run. So the unit holds others back and never Plexus itself.
func TestUnitAllows(t *testing.T) {
	if testing.Short() {
		t.Skip("strace makes the program slow")
	}
	needs.Programs(t, "systemd-analyze", "strace")
	plexus, folder := program(t), t.TempDir()
	data, trace := filepath.Join(folder, "seed.plexus"), filepath.Join(folder, "trace")
	output(t, plexus, "build", "embedded", "-o", data)
	// As a grandchild, strace leaves the program the process that was started.
	s := start(t, exec.CommandContext(t.Context(), "strace", "--daemonize=grandchild", "--follow-forks", "--output="+trace,
		plexus, "serve", "--listen", "127.0.0.1:0", "--data", data, "--watch"))
	s.ask(t)
	s.get(t, "")
	if _, metrics := s.get(t, "metrics"); !strings.Contains(metrics, `plexus_reloads_total{result="ok"} 0`) {
		t.Errorf("at first:\n%s", metrics)
	}
	if err := s.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	for _, metrics := s.get(t, "metrics"); !strings.Contains(metrics, `plexus_reloads_total{result="ok"} 1`) && !t.Failed(); _, metrics = s.get(t, "metrics") {
		time.Sleep(10 * time.Millisecond)
	}
	s.ask(t)
	if err := s.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.Wait(); err != nil {
		t.Errorf("%v\n%s", err, &s.stderr)
	}
	end := regexp.MustCompile(fmt.Sprintf(`(?m)^%d +\+\+\+ exited with 0`, s.Process.Pid))
	for !end.MatchString(read(t, trace)) && !t.Failed() {
		time.Sleep(10 * time.Millisecond)
	}
	traced := read(t, trace)

	allowed := allows(t)
	asked := map[string]bool{}
	for _, call := range regexp.MustCompile(`(?m)^\d+ +([a-z]\w*)\(`).FindAllStringSubmatch(traced, -1) {
		asked[call[1]] = true
	}
	if len(asked) < 20 || !asked["mmap"] || !asked["accept4"] {
		t.Errorf("only these calls were seen: %v", asked)
	}
	for call := range asked {
		if !allowed[call] {
			t.Errorf("the program calls %s, which the unit does not allow", call)
		}
	}
	families := strings.Fields(settings(t, "RestrictAddressFamilies")[0])
	for _, socket := range regexp.MustCompile(`socket\((\w+)`).FindAllStringSubmatch(traced, -1) {
		if !slices.Contains(families, socket[1]) {
			t.Errorf("the program opens sockets of %s, the unit allows %q", socket[1], families)
		}
	}
	if strings.Contains(traced, "PROT_WRITE|PROT_EXEC") {
		t.Error("the program asks for memory that is written and run")
	}
}

// allows returns the system calls that the unit allows.
func allows(t *testing.T) map[string]bool {
	t.Helper()
	calls := map[string]bool{}
	for _, line := range settings(t, "SystemCallFilter") {
		names, refused := strings.CutPrefix(line, "~")
		for _, name := range strings.Fields(names) {
			for _, call := range members(t, name) {
				calls[call] = !refused
			}
		}
	}
	return calls
}

// members returns the system calls that a name in a filter stands for.
func members(t *testing.T, name string) (calls []string) {
	t.Helper()
	if !strings.HasPrefix(name, "@") {
		return []string{name}
	}
	for line := range strings.Lines(output(t, "systemd-analyze", "--no-pager", "syscall-filter", name)) {
		if line = strings.TrimSpace(line); line != "" && line != name && !strings.HasPrefix(line, "#") {
			calls = append(calls, members(t, line)...)
		}
	}
	return calls
}

// settings returns what the unit says of a key, in order.
func settings(t *testing.T, key string) (values []string) {
	t.Helper()
	for line := range strings.Lines(read(t, unit)) {
		if value, ok := strings.CutPrefix(strings.TrimSpace(line), key+"="); ok {
			values = append(values, value)
		}
	}
	if len(values) == 0 {
		t.Fatalf("the unit has no %s", key)
	}
	return values
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
