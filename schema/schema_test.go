package schema_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/schema"
)

// load reads the schema, with what only routers see.
func load(t *testing.T) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema", Input: schema.SDL()}, &ast.Source{Name: "federation", Input: read(t, "federation.graphqls")})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestFiles: every file is read by all who have to, and released.graphqls by none
// of them.
func TestFiles(t *testing.T) {
	names, err := filepath.Glob("*.graphqls")
	if err != nil || len(names) < 3 {
		t.Fatalf("%v (%v)", names, err)
	}
	printed, generated := schema.SDL(), read(t, "../gqlgen.yml")
	for _, name := range names {
		if got, want := strings.Contains(printed, read(t, name)), name != "released.graphqls" && name != "federation.graphqls"; got != want {
			t.Errorf("%s is printed: %t, want %t", name, got, want)
		}
		if got, want := strings.Contains(generated, "  - schema/"+name+"\n"), name != "released.graphqls"; got != want {
			t.Errorf("gqlgen reads %s: %t, want %t", name, got, want)
		}
	}
}

// TestReleased: the released schema changes together with the changelog, where
// the newest entry that names it names the file as it is.
func TestReleased(t *testing.T) {
	released, changelog := read(t, "released.graphqls"), read(t, "../CHANGELOG.md")
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(released)))[:12]
	named := regexp.MustCompile("`schema/released.graphqls` ([0-9a-f]{12})").FindStringSubmatch(changelog)
	if named == nil || named[1] != sum {
		t.Errorf("CHANGELOG.md does not tell of the released schema. Say at its top what changes for clients, in an entry with these words:\n\n\tAPI: `schema/released.graphqls` %s", sum)
	}
}

// TestEntities: other services can refer to all that has an id.
func TestEntities(t *testing.T) {
	s := load(t)
	var nodes []string
	for _, d := range s.GetPossibleTypes(s.Types["Node"]) {
		if d.Kind == ast.Object {
			nodes = append(nodes, d.Name)
		}
	}
	entities := slices.Clone(s.Types["_Entity"].Types)
	slices.Sort(nodes)
	slices.Sort(entities)
	if !slices.Equal(nodes, entities) {
		t.Errorf("nodes are %v\nentities are %v", nodes, entities)
	}
	for _, name := range append(nodes, "Concept") {
		if !regexp.MustCompile(`(?m)^(type|interface) ` + name + ` .*@key\(fields: "id"\) \{$`).MatchString(schema.Subgraph()) {
			t.Errorf("%s has no key", name)
		}
	}
}

// TestEverythingIsDescribed: the playground's docs are all that many users
// ever read.
func TestEverythingIsDescribed(t *testing.T) {
	for name, def := range load(t).Types {
		if def.BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		if def.Description == "" {
			t.Errorf("%s has no description", name)
		}
		for _, f := range def.Fields {
			if f.Description == "" && !strings.HasPrefix(f.Name, "__") {
				t.Errorf("%s.%s has no description", name, f.Name)
			}
		}
	}
}

// TestKindsHaveAllFields: a walk needs no fragment only if every kind of
// concept has every field of the interface, with the same arguments.
func TestKindsHaveAllFields(t *testing.T) {
	s := load(t)
	kinds := s.GetPossibleTypes(s.Types["Concept"])
	if len(kinds) != len(s.Types["Kind"].EnumValues) {
		t.Errorf("%d kinds of concepts, but %d values of the enum Kind", len(kinds), len(s.Types["Kind"].EnumValues))
	}
	for _, kind := range kinds {
		for _, f := range s.Types["Concept"].Fields {
			own := kind.Fields.ForName(f.Name)
			if own == nil {
				t.Errorf("%s has no field %s", kind.Name, f.Name)
			} else if signature(own) != signature(f) || own.Description != f.Description {
				t.Errorf("%s.%s differs from the interface's", kind.Name, f.Name)
			}
		}
	}
}

func signature(f *ast.FieldDefinition) string {
	var b strings.Builder
	for _, a := range f.Arguments {
		fmt.Fprintf(&b, "%s: %s = %v, ", a.Name, a.Type, a.DefaultValue)
	}
	return b.String() + f.Type.String()
}

func ExampleSDL() {
	s, err := gqlparser.LoadSchema(&ast.Source{Input: schema.SDL()})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Query.Fields.ForName("concept").Type)
	// Output: Concept
}
