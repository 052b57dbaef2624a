package cayley_test

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// TestVersions holds the versions that all of this was measured with. Cayley's
// is upstream's last commit, a pseudo-version that sorts below the tag v0.7.7:
// "go get -u" would go back to that tag, which is code of 2019 with another
// API. The others write or read what is served and change together with us.
func TestVersions(t *testing.T) {
	want := map[string]string{
		"github.com/cayleygraph/cayley":  "v0.7.7-0.20240706181042-81dcd7d73e45",
		"github.com/cayleygraph/quad":    "v1.3.0",
		"github.com/99designs/gqlgen":    "v0.17.98",
		"github.com/vektah/gqlparser/v2": "v2.5.64",
	}
	_, file, _, ok := runtime.Caller(0)
	if !ok {
		t.Fatal("the test does not know its own file")
	}
	mod, err := os.ReadFile(filepath.Join(filepath.Dir(file), "..", "..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(mod)) {
		words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "require "))
		if len(words) < 2 {
			continue
		}
		if version, ours := want[words[0]]; ours {
			if words[1] != version {
				t.Errorf("go.mod has %s %s, want %s", words[0], words[1], version)
			}
			delete(want, words[0])
		}
	}
	for module := range want {
		t.Errorf("go.mod does not name %s", module)
	}
	// What was linked, replacements included.
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return
	}
	for _, m := range info.Deps {
		if m.Path == "github.com/cayleygraph/cayley" && (m.Version != "v0.7.7-0.20240706181042-81dcd7d73e45" || m.Replace != nil) {
			t.Errorf("linked with Cayley %s, replaced by %v", m.Version, m.Replace)
		}
	}
}
