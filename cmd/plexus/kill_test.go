package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/plexus-kg/plexus/graph/release"
)

// TestBuildKilled kills plexus build with SIGKILL at random moments, while it
// builds over a release: each time, what is there then is the old release or the
// new one, whole, and nothing is in the way of the next build.
//
// PLEXUS_KILLS is how often; make soak sets it to 100.
func TestBuildKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many times over")
	}
	kills := 10
	if n, err := strconv.Atoi(os.Getenv("PLEXUS_KILLS")); err == nil {
		kills = n
	}
	b := newBuilds(t)
	b.finish(t, b.start(t, 0))
	const writing = "while it was written"
	present, killed, moments := 0, 0, map[string]int{}
	for i := 0; (killed < kills || moments[writing] == 0) && i < 20*kills; i++ {
		target, left := 1-present, b.unfinished(t)
		build := b.start(t, target)
		moment := b.wait(t, left, i%2 == 0)
		if err := build.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		err := build.Wait()
		half := b.unfinished(t)
		found := b.found(t)
		switch {
		case found != b.content[present] && found != b.content[target]:
			t.Fatalf("kill %d, %s: what is there is neither the old release nor the new one", i, moment)
		case err == nil && found != b.content[target]:
			t.Fatalf("kill %d, %s: the build says it is done, but the old release is there", i, moment)
		case err == nil:
			moments["after the end"]++
		case found == b.content[target]:
			moments["after the renaming"]++
		case len(half) > 0 && !slices.Equal(half, left):
			moments[writing]++
		default:
			moments["before it was written"]++
		}
		if len(half) > 1 {
			t.Errorf("kill %d: %v are there: what a former build left is not removed", i, half)
		}
		if err != nil {
			killed++
		}
		if found == b.content[target] {
			present = target
		}
	}
	b.finish(t, b.start(t, 1-present))
	if left := b.unfinished(t); len(left) > 0 || b.found(t) != b.content[1-present] {
		t.Errorf("after a whole build %v are there", left)
	}
	t.Log("kills:", moments)
	if killed < kills || moments[writing] == 0 {
		t.Errorf("%d kills, %d of them while the release was written: the test shows nothing", killed, moments[writing])
	}
}

// TestBuildInterrupted interrupts plexus build as Ctrl-C does: it says so in one
// line, and leaves what was there and nothing else.
func TestBuildInterrupted(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many times over")
	}
	b := newBuilds(t)
	b.finish(t, b.start(t, 0))
	interrupted := 0
	for i := 0; i < 10 || interrupted == 0 && i < 100; i++ {
		build := b.start(t, 1)
		moment := b.wait(t, nil, i%2 == 0)
		if err := build.Process.Signal(os.Interrupt); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		_ = build.Wait()
		said, code := build.Stderr.(*bytes.Buffer).String(), build.ProcessState.ExitCode()
		if left := b.unfinished(t); len(left) > 0 {
			t.Errorf("%s: %v are there", moment, left)
		}
		switch {
		case code <= 0 && said == "" && b.found(t) == b.content[1]: // it was done
			b.finish(t, b.start(t, 0))
		case code == -1 && said == "" && b.found(t) == b.content[0]: // so early that nobody listened
		case code != 130 || said != "plexus: interrupted; nothing was written\n" || b.found(t) != b.content[0]:
			t.Errorf("%s: exit %d, it says %q", moment, code, said)
		default:
			interrupted++
		}
	}
	if interrupted == 0 {
		t.Error("it was never interrupted: the test shows nothing")
	}
}

// builds runs the real program, which builds one of two releases.
type builds struct {
	folder, output string
	data           [2]string
	content        [2]string // of the releases
	took           time.Duration
}

func newBuilds(t *testing.T) *builds {
	t.Helper()
	b := &builds{folder: t.TempDir()}
	b.output = filepath.Join(b.folder, "out.plexus")
	for i := range b.data {
		b.data[i] = largeFile(t, uint64(i+1), 10_000)
		began := time.Now()
		b.finish(t, b.start(t, i))
		if took := time.Since(began); i == 0 || took < b.took {
			b.took = took
		}
		b.content[i] = b.found(t)
	}
	if b.content[0] == b.content[1] {
		t.Fatal("both releases are the same")
	}
	return b
}

func (b *builds) start(t *testing.T, which int) *exec.Cmd {
	t.Helper()
	build := exec.CommandContext(t.Context(), "plexus", "build", b.data[which], "-o", b.output)
	build.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0") // or each lingers for a second under the race detector
	build.Stderr = &bytes.Buffer{}
	if err := build.Start(); err != nil {
		t.Fatal(err)
	}
	return build
}

func (b *builds) finish(t *testing.T, build *exec.Cmd) {
	t.Helper()
	if err := build.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, build.Stderr)
	}
}

// wait waits for a random moment of a build: any, or one after it has begun to
// write, which shows by other unfinished files than those left before.
func (b *builds) wait(t *testing.T, left []string, writing bool) (moment string) {
	t.Helper()
	limit := time.Now().Add(2 * b.took)
	if !writing {
		after := rand.N(b.took)
		time.Sleep(after)
		return "after " + after.String()
	}
	for time.Now().Before(limit) {
		if !slices.Equal(b.unfinished(t), left) {
			break
		}
	}
	after := rand.N(b.took / 20)
	time.Sleep(after)
	return after.String() + " after it began to write"
}

// unfinished lists the files that builds have begun to write.
func (b *builds) unfinished(t *testing.T) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(b.folder, ".out.plexus.*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// found returns the release that is there, which must be whole.
func (b *builds) found(t *testing.T) string {
	t.Helper()
	f, err := release.Open(b.output)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := f.Verify(t.Context()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(b.output)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// TestHangUp: SIGHUP makes the real server load its data anew, and SIGTERM
// ends it well.
func TestHangUp(t *testing.T) {
	folder := t.TempDir()
	source := filepath.Join(folder, "edition.yaml")
	made(t, os.WriteFile(source, []byte(editionYAML(1)), 0o600))
	server := exec.CommandContext(t.Context(), "plexus", "serve", "--listen", "127.0.0.1:0", "--data", folder)
	var stderr journal
	server.Stderr = &stderr
	out, err := server.StdoutPipe()
	made(t, err, server.Start())
	url := addressOf(t, out)
	ask := func() string {
		return answer(t, http.DefaultClient, url, `{ concept(id: "edition") { name } }`)
	}
	if body := ask(); !strings.Contains(body, "Edition 1") {
		t.Error(body)
	}
	made(t, os.WriteFile(source, []byte(editionYAML(2)), 0o600))
	hangUp(t, server.Process.Pid)
	for !strings.Contains(ask(), "Edition 2") && !t.Failed() {
		time.Sleep(time.Millisecond)
	}
	made(t, server.Process.Signal(syscall.SIGTERM))
	if err := server.Wait(); err != nil {
		t.Errorf("%v\n%s", err, &stderr)
	}
	if !strings.Contains(stderr.String(), `why=SIGHUP`) {
		t.Errorf("the log has\n%s", &stderr)
	}
}
