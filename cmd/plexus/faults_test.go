//go:build linux

package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/plexus-kg/plexus/seed"

	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

// nobody is the user that files are hidden from, where the tests run as root.
const nobody = 65534

// asNobody lets the program run without the rights of root.
func asNobody(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if os.Geteuid() != 0 {
		return
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	passable(t, filepath.Dir(cmd.Path))
}

// passable lets everybody reach a folder of the test's.
func passable(t *testing.T, folder string) {
	t.Helper()
	for temp := filepath.Clean(os.TempDir()); strings.HasPrefix(folder, temp+"/"); folder = filepath.Dir(folder) {
		made(t, os.Chmod(folder, 0o755))
	}
}

// outcome runs the real program to its end.
func outcome(t *testing.T, cmd *exec.Cmd) (code int, stderr string) {
	t.Helper()
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), said.String()
}

// TestStartFaults: a server that cannot start says why in one line, and what to
// do where that is not plain; its exit code tells a wrong command line from what
// may be better the next time.
func TestStartFaults(t *testing.T) {
	folder := t.TempDir()
	passable(t, folder)
	t.Chdir(folder)
	busy, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	made(t, err)
	defer func() { _ = busy.Close() }()
	release := buildEditions(t, 1)[0]
	whole, err := os.ReadFile(release)
	made(t, err,
		os.WriteFile("whole.plexus", whole, 0o644), os.WriteFile("hidden.plexus", whole, 0o000),
		os.WriteFile("cut.plexus", whole[:len(whole)/2], 0o644), os.WriteFile("nothing.plexus", nil, 0o644),
		os.WriteFile("hidden.yaml", []byte(editionYAML(1)), 0o000), os.WriteFile("hidden.txt", nil, 0o000),
		os.Mkdir("hidden", 0o000), os.Mkdir("empty", 0o755), os.Mkdir("other", 0o755), os.WriteFile("other/README", nil, 0o644))
	endings := "no file in this folder ends in " + seed.Endings()
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"--listen " + busy.Addr().String(), 1, busy.Addr().String() + " is in use: choose another address with --listen"},
		{"--listen 127.0.0.1", 2, "--listen 127.0.0.1: write HOST:PORT, such as 127.0.0.1:8080, or :8080 for all addresses of this machine (plexus --help shows what there is)"},
		{"--listen 192.0.2.1:0", 1, "192.0.2.1:0 is no address of this machine: choose another with --listen"},
		{"--data missing", 1, "missing: no such file or directory"},
		{"--data missing.plexus", 1, "missing.plexus: no such file or directory"},
		{"--data hidden.yaml", 1, "hidden.yaml: permission denied"},
		{"--data hidden", 1, "hidden: permission denied"},
		{"--data hidden.plexus", 1, "open the release: open hidden.plexus: permission denied"},
		{"--data empty", 1, "empty: " + endings},
		{"--data other", 1, "other: " + endings},
		{"--data nothing.plexus", 1, "open nothing.plexus: not a release file: it is empty"},
		{"--data cut.plexus", 1, fmt.Sprintf("open cut.plexus: the release is damaged: it has no end: cut off after %d bytes, or something is appended", len(whole)/2)},
		{"--config missing.yaml", 1, "--config: missing.yaml: no such file or directory"},
		{"--config hidden.yaml", 1, "--config: hidden.yaml: permission denied"},
		{"--config empty", 1, "--config: empty: is a directory"},
		{"--rate-keys missing.txt", 1, "--rate-keys: missing.txt: no such file or directory"},
		{"--rate-keys hidden.txt", 1, "--rate-keys: hidden.txt: permission denied"},
		{"--rate-keys empty", 1, "--rate-keys: empty: is a directory"},
		{"--operations missing", 1, "--operations: missing: no such file or directory"},
		{"--operations hidden", 1, "--operations: hidden: permission denied"},
		{"--operations other", 1, "--operations: other: no file there ends in .graphql or .gql"},
	} {
		cmd := exec.CommandContext(t.Context(), "plexus", append([]string{"serve", "--listen", "127.0.0.1:0"}, strings.Fields(c.args)...)...)
		asNobody(t, cmd)
		if code, stderr := outcome(t, cmd); code != c.code || stderr != "plexus: "+c.says+"\n" {
			t.Errorf("serve %s: exit %d\n%swant %d\nplexus: %s", c.args, code, stderr, c.code, c.says)
		}
	}
	t.Run("a port that needs a right", func(t *testing.T) {
		if first, err := os.ReadFile("/proc/sys/net/ipv4/ip_unprivileged_port_start"); err == nil && slices.Contains([]string{"0\n", "1\n"}, string(first)) {
			t.Skip("on this machine everybody may listen on every port")
		}
		cmd := exec.CommandContext(t.Context(), "plexus", "serve", "--listen", "127.0.0.1:1")
		asNobody(t, cmd)
		const says = "plexus: 127.0.0.1:1: this user may not listen there, since low ports need a right (CAP_NET_BIND_SERVICE): choose another port with --listen, or give it the right\n"
		if code, stderr := outcome(t, cmd); code != 1 || stderr != says {
			t.Errorf("exit %d\n%s", code, stderr)
		}
	})
}

// TestDiskFull: on a full disk nothing is written by halves, and what was there
// stays; the message names the file that was asked for.
func TestDiskFull(t *testing.T) {
	needs.Programs(t, "unshare")
	needs.Root(t) // to mount a small disk
	const script = `
mount -t tmpfs -o size=1m tmpfs "$0"; cd "$0"
plexus build embedded -o out.plexus >/dev/null; cp out.plexus "$1"
! cat /dev/zero >fill 2>/dev/null
for args in "build embedded $2 -o out.plexus" "build embedded -o new.plexus" "export embedded -o new.nq" "export embedded -o new.ttl.gz" "export embedded --format kgx -o new" "new condition Hen -o new.yaml"; do
  code=0; plexus $args 2>&1 || code=$?
  echo "$args: exit $code"
done
cmp out.plexus "$1"; ls -A`
	folder := t.TempDir()
	edition := filepath.Join(folder, "edition.yaml")
	made(t, os.WriteFile(edition, []byte(editionYAML(1)), 0o600), os.Mkdir(filepath.Join(folder, "disk"), 0o700))
	out, err := exec.CommandContext(t.Context(), "unshare", "--mount", "sh", "-ec", script, filepath.Join(folder, "disk"), filepath.Join(folder, "copy.plexus"), edition).CombinedOutput()
	want := strings.ReplaceAll(`plexus: write the release out.plexus: no space left on device
build embedded EDITION -o out.plexus: exit 1
plexus: write the release new.plexus: no space left on device
build embedded -o new.plexus: exit 1
plexus: write new.nq: no space left on device
export embedded -o new.nq: exit 1
plexus: write new.ttl.gz: no space left on device
export embedded -o new.ttl.gz: exit 1
plexus: write new_nodes.tsv: no space left on device
export embedded --format kgx -o new: exit 1
plexus: write new.yaml: no space left on device
new condition Hen -o new.yaml: exit 1
fill
out.plexus
`, "EDITION", edition)
	if err != nil || string(out) != want {
		t.Errorf("%v\n%swant\n%s", err, out, want)
	}
}

// TestUnheard: what a verb could not say does not end like success; who stops
// listening ends it, as it ends other programs, and is told nothing.
func TestUnheard(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every verb, which takes seconds")
	}
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	made(t, err)
	defer func() { _ = full.Close() }()
	release := buildEditions(t, 1)[0]
	for _, args := range [][]string{
		{"--help"},
		{"build", "embedded", "-o", filepath.Join(t.TempDir(), "x.plexus")},
		{"check", "embedded"},
		{"check", "--format", "sarif", "embedded"},
		{"config"},
		{"diff", "embedded", release},
		{"explain"},
		{"export", "embedded", "--format", "nquads"},
		{"export", "embedded", "--format", "kgx"},
		{"graph", "facial-twitching"},
		{"new", "condition", "Hen"},
		{"path", "cheek-puffing-difficulty", "eeg"},
		{"query", "{ dataset { version } }"},
		{"query", "{ no }"},
		{"rank", "mouth-corner-droop"},
		{"schema"},
		{"search", "palsy"},
		{"stats"},
		{"version"},
	} {
		want := 1
		if args[0] == "diff" {
			want = 2 // 1 is an answer
		}
		cmd := exec.CommandContext(t.Context(), "plexus", args...)
		cmd.Stdout = full
		if code, stderr := outcome(t, cmd); code != want || stderr != "plexus: write /dev/stdout: no space left on device\n" {
			t.Errorf("plexus %q > /dev/full: exit %d %s", args, code, stderr)
		}

		reader, writer, err := os.Pipe()
		made(t, err, reader.Close())
		cmd = exec.CommandContext(t.Context(), "plexus", args...)
		cmd.Stdout = writer
		_, stderr := outcome(t, cmd)
		made(t, writer.Close())
		if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || !status.Signaled() || status.Signal() != syscall.SIGPIPE || stderr != "" {
			t.Errorf("plexus %q into a closed pipe: %v %s", args, cmd.ProcessState, stderr)
		}
	}
	for _, closed := range []string{">&-", "2>&-", ">&- 2>&- <&-"} {
		if out, err := exec.CommandContext(t.Context(), "sh", "-c", "plexus stats "+closed).CombinedOutput(); err != nil {
			t.Errorf("plexus stats %s: %v\n%s", closed, err, out)
		}
	}
}
