package graph_test

import (
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// TestLicenseConflicts goes through the chart of Creative Commons and beyond.
func TestLicenseConflicts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b     string
		together bool
	}{
		{"CC0-1.0", "CC-BY-NC-ND-4.0", false},
		{"CC0-1.0", "CC-BY-NC-SA-4.0", true},
		{"CC-BY-4.0", "CC-BY-SA-4.0", true},
		{"CC-BY-4.0", "CC-BY-NC-4.0", true},
		{"Apache-2.0", "CC-BY-SA-3.0", true},
		{"CC-BY-SA-4.0", "CC-BY-SA-3.0", true},
		{"CC-BY-SA-4.0", "CC-BY-NC-4.0", false},
		{"CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", false},
		{"CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", true},
		{"CC-BY-NC-SA-4.0", "CC-BY-NC-SA-3.0", true},
		{"CC-BY-ND-4.0", "CC-BY-4.0", false},
		{"CC-BY-ND-4.0", "CC-BY-ND-4.0", false},
		{"ODbL-1.0", "CC-BY-SA-4.0", false},
		{"ODbL-1.0", "ODC-By-1.0", true},
		{"GPL-3.0-or-later", "CC-BY-SA-4.0", true},
		{"GPL-3.0-or-later", "CC-BY-SA-3.0", false},
		{"GPL-3.0-only", "ODbL-1.0", false},
		{"GPL-3.0-only", "CC-BY-NC-4.0", false},
		{"https://creativecommons.org/licenses/by-sa/4.0/", "https://creativecommons.org/licenses/by-nc/4.0/", false},
		{"https://creativecommons.org/publicdomain/zero/1.0/", "http://creativecommons.org/licenses/by-nc-sa/3.0", true},
		{"https://spdx.org/licenses/ODbL-1.0", "CC BY-SA 4.0", false},
		{"", "CC-BY-NC-4.0", true},
		{"ask us", "CC-BY-NC-4.0", true},
	} {
		for _, pair := range [][2]string{{test.a, test.b}, {test.b, test.a}} {
			d := &graph.Dataset{Sources: []graph.Source{{ID: "a", Name: "A", License: pair[0]}, {ID: "b", Name: "B", License: pair[1]}}}
			if found := d.LicenseConflicts(); (len(found) == 0) != test.together {
				t.Errorf("%s and %s: %v, want together %v", pair[0], pair[1], found, test.together)
			}
		}
	}
}
