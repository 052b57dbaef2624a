package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/schema"
)

// clients is where the clients and tools of others are installed.
const clients = "../internal/clients"

// node runs a script of the clients and returns what it prints; ok is false if
// it found something wrong.
func node(t *testing.T, script string, args ...string) (printed string, ok bool) {
	t.Helper()
	lacks := ""
	if _, err := exec.LookPath("node"); err != nil {
		lacks = "Node is not installed"
	} else if _, err := os.Stat(filepath.Join(clients, "node_modules", ".package-lock.json")); err != nil {
		lacks = "the clients are not installed: make clients"
	}
	switch {
	case lacks != "" && os.Getenv("PLEXUS_REQUIRE_ALL") != "":
		t.Fatal(lacks)
	case lacks != "":
		t.Skip(lacks)
	}
	cmd := exec.CommandContext(t.Context(), "node", append([]string{script}, args...)...)
	cmd.Dir = clients
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err == nil
}

// schemaFile writes a schema to a file.
func schemaFile(t *testing.T, sdl string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "schema.graphql")
	if err := os.WriteFile(name, []byte(sdl), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestClients: the audit of GraphQL over HTTP passes on the running server,
// and the clients, compilers and routers that others use work with it.
func TestClients(t *testing.T) {
	url := serve(t) + "graphql"
	sdl := schemaFile(t, schema.SDL())
	for script, on := range map[string][]string{
		"audit.mjs": {url}, "apollo.mjs": {url}, "urql.mjs": {url}, "relay.mjs": {sdl}, "codegen.mjs": {sdl},
		"introspection.mjs": {url, sdl}, "federation.mjs": {url},
	} {
		t.Run(script, func(t *testing.T) {
			printed, ok := node(t, script, on...)
			if t.Log(printed); !ok {
				t.Error("failed")
			}
			if script == "audit.mjs" && printed != "61 of 61 ok" {
				t.Error("not every audit is ok")
			}
		})
	}
}
