package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph/graphtest/needs"
	"github.com/plexus-kg/plexus/schema"
)

// clients is where the clients and tools of others are installed.
const clients = "../internal/clients"

// node runs a script of the clients and returns what it prints; ok is false if
// it found something wrong.
func node(t *testing.T, script string, args ...string) (printed string, ok bool) {
	t.Helper()
	needs.Programs(t, "node")
	if _, err := os.Stat(filepath.Join(clients, "node_modules", ".package-lock.json")); err != nil {
		needs.Missing(t, "the clients are not installed: make clients")
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
		"introspection.mjs": {url, sdl}, "federation.mjs": {url}, "execution.mjs": {url, sdl, "150"},
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

// TestReleasedSchema: nothing that clients were promised is taken from them
// without saying so.
func TestReleasedSchema(t *testing.T) {
	const released = "../../schema/released.graphqls" // of the clients, as of this package
	changes, ok := node(t, "inspect.mjs", "../"+released, schemaFile(t, schema.SDL()))
	if t.Log(changes); !ok {
		t.Error("this breaks clients of the released schema. If it has to be: make released, and an entry in CHANGELOG.md")
	}
}

// TestBreakingChanges: what would break clients is found.
func TestBreakingChanges(t *testing.T) {
	now := schema.SDL()
	for _, c := range []struct {
		name, old, new string // in the SDL
		breaks         string // what is said of it, empty if it breaks nothing
	}{
		{"nothing", "", "", ""},
		{"a field is added", "type PageInfo {", "type PageInfo { size: Int ", ""},
		{"a field is removed", "  \"The quads in the store.\"\n  quadCount: Int!\n", "", "Field 'quadCount' was removed from object type 'Dataset'"},
		{"a field may become null", "quadCount: Int!", "quadCount: Int", "'Dataset.quadCount' changed type from 'Int!' to 'Int'"},
		{"an argument is removed", "concept(\"An own id, a full IRI or an exact-match code.\" id: ID!)", "concept", "Argument 'id: ID!' was removed from field 'Query.concept'"},
		{"an argument is asked for", "article(id: ID!)", "article(id: ID!, language: String!)", "Argument 'language: String!' added to field 'Query.article'"},
		{"a value of an enum is removed", "  RECOMMENDED\n", "", "Enum value 'RECOMMENDED' was removed from enum 'Modality'"},
		{"a type is no concept any more", "type Cause implements Node & Concept {", "type Cause implements Node {", "'Cause' object type no longer implements 'Concept' interface"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(now, c.old) {
				t.Fatalf("%q is no part of the schema any more", c.old)
			}
			changes, ok := node(t, "inspect.mjs", schemaFile(t, now), schemaFile(t, strings.Replace(now, c.old, c.new, 1)))
			if ok != (c.breaks == "") || !strings.Contains(changes, c.breaks) {
				t.Errorf("ok: %t\n%s", ok, changes)
			}
		})
	}
}
