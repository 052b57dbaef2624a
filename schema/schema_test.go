package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/schema"
)

func load(t *testing.T) *ast.Schema {
	t.Helper()
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema", Input: schema.SDL()})
	if err != nil {
		t.Fatal(err)
	}
	return s
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
