package needs_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph/graphtest/needs"
)

// TestMissing runs a test of this package that lacks something, in a process of
// its own: it is skipped with the reason, and fails where all is required.
func TestMissing(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for require, want := range map[string]string{
		"":  "--- SKIP: TestLacks",
		"0": "--- SKIP: TestLacks",
		"1": "--- FAIL: TestLacks",
	} {
		cmd := exec.CommandContext(t.Context(), self, "-test.run", "^TestLacks$", "-test.v")
		cmd.Env = append(os.Environ(), "LACKS=1", "PLEXUS_REQUIRE_ALL="+require)
		out, err := cmd.CombinedOutput()
		if (err != nil) != (require == "1") || !strings.Contains(string(out), want) || !strings.Contains(string(out), "no-such-program is not installed") {
			t.Errorf("PLEXUS_REQUIRE_ALL=%s: %v\n%s", require, err, out)
		}
	}
}

// TestLacks lacks a program when TestMissing runs it.
func TestLacks(t *testing.T) {
	t.Parallel()
	if os.Getenv("LACKS") == "" {
		return
	}
	needs.Programs(t, "go", "no-such-program")
	t.Error("the test went on")
}
