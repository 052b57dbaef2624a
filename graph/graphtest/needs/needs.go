// Package needs is for tests that need something that is no part of the project: a
// program, a right, data that lies beside the clone. A test that lacks it is
// skipped with the reason, which make test counts; with PLEXUS_REQUIRE_ALL=1 it
// fails, so that a run that should be complete cannot pass with holes.
//
// What is left out because it takes long (-short, the race detector) lacks nothing
// and is skipped by the test itself.
package needs

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// All reports whether a test that lacks something has to fail.
func All() bool { return os.Getenv("PLEXUS_REQUIRE_ALL") == "1" }

// Missing ends the test, because it lacks what it needs: what is a sentence that
// says what is missing and, where it can be said, how to get it.
func Missing(t testing.TB, what string) {
	t.Helper()
	if All() {
		t.Fatalf("PLEXUS_REQUIRE_ALL=1, but %s", what)
	}
	t.Skip("lacks what it needs: " + what)
}

// Programs ends the test where a program is not installed.
func Programs(t testing.TB, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			Missing(t, name+" is not installed")
		}
	}
}

// Root ends the test where it does not run as root.
func Root(t testing.TB) {
	t.Helper()
	if os.Geteuid() != 0 {
		Missing(t, "only root may do this")
	}
}

// Shared returns the path of a file in the folder "shared" beside the clone, and
// ends the test where it is not there.
func Shared(t testing.TB, name string) (path string) {
	t.Helper()
	_, file, _, _ := runtime.Caller(0)
	path = filepath.Join(filepath.Dir(file), "..", "..", "..", "..", "shared", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		Missing(t, "../shared/"+name+" is not beside the clone")
	}
	return path
}
