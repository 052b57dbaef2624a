package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"plexus": main})
}

// TestScripts runs testdata/*.txtar: what a user types, and what is answered.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", UpdateScripts: false})
}

// TestExitCodes: 0 when all went well, 1 when something failed, 2 when the
// command line was wrong; what went wrong stands on standard error.
func TestExitCodes(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"", 0, ""},
		{"--help", 0, ""},
		{"serve --help", 0, ""},
		{"version", 0, ""},
		{"check embedded", 0, ""},
		{"nonsense", 2, "unexpected argument nonsense"},
		{"--nonsense", 2, "unknown flag --nonsense"},
		{"check", 2, "expected \"<path> ...\""},
		{"serve --listen", 2, "--listen"},
		{"check no-such-file.yaml", 1, "no-such-file.yaml"},
		{"query no-such-file.graphql", 1, "no-such-file.graphql"},
		{"query --variables [1]", 2, "--variables is not a JSON object"},
		{"query --limit 3 no-such-file.graphql", 2, "--limit, --timeout and --all-quads are of --lang gizmo, mql and sexp"},
		{"query --lang gizmo --variables {} no-such-file.js", 2, "--variables and --operation are of --lang graphql"},
		{"query --lang sparql", 2, `--lang must be one of "graphql","gizmo","mql","sexp"`},
		{"query --lang mql --limit=-3", 2, "--limit and --timeout are positive"},
		{"query --lang gizmo no-such-file.js", 1, "no-such-file.js: no such file"},
		{"stats --data no-such-folder", 1, "no-such-folder"},
		{"serve --watch", 2, "--watch watches what --data names"},
		{"serve --watch --data embedded", 2, "--watch watches what --data names"},
		{"serve --listen nowhere", 2, "--listen nowhere: write HOST:PORT"},
		{"serve --listen 127.0.0.1", 2, "--listen 127.0.0.1: write HOST:PORT"},
		{"serve --listen [::1:80", 2, "--listen [::1:80: write HOST:PORT"},
		{"serve --listen 127.0.0.1:99999", 2, "--listen 127.0.0.1:99999: write HOST:PORT"},
		{"serve --listen 192.0.2.1:0", 1, "192.0.2.1:0 is no address of this machine: choose another with --listen"},
	} {
		var stdout, stderr bytes.Buffer
		err := run(t.Context(), strings.Fields(c.args), strings.NewReader(`{ dataset { version } }`), &stdout, &stderr)
		if code := exitCode(err, &stderr); code != c.code || !strings.Contains(stderr.String(), c.says) || (c.code == 2) != strings.Contains(stderr.String(), "--help") {
			t.Errorf("plexus %s: exit %d, want %d\n%s%s", c.args, code, c.code, stdout.String(), stderr.String())
		}
	}
}

// TestInterrupt: a cancelled run says so and leaves nothing half-done.
func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	if err := run(ctx, []string{"stats"}, strings.NewReader(""), &stdout, &stderr); err == nil || stdout.Len() > 0 {
		t.Errorf("%v %s", err, stdout.String())
	}
}
