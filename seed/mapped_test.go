package seed_test

import (
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestMappedTablesInREADME: the examples of the README are those that the script
// columns.txtar checks and exports.
func TestMappedTablesInREADME(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	script, err := txtar.ParseFile("../cmd/plexus/testdata/columns.txtar")
	if err != nil {
		t.Fatal(err)
	}
	examples := 0
	for _, f := range script.Files {
		if strings.HasSuffix(f.Name, ".yaml") && !strings.HasPrefix(f.Name, "wrong/") {
			examples++
			if !strings.Contains(string(readme), "```yaml\n"+string(f.Data)+"```\n") {
				t.Errorf("the README does not have %s", f.Name)
			}
		}
	}
	if examples != 3 {
		t.Errorf("the script has %d examples, want 3", examples)
	}
}
