package plan_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
)

// arguments writes the arguments of a field.
func (g *generator) arguments(f *ast.FieldDefinition) string {
	var parts []string
	for _, a := range f.Arguments {
		required := a.Type.NonNull && a.DefaultValue == nil
		size := a.Name == "first" || a.Name == "last"
		cursor := a.Name == "after" || a.Name == "before"
		switch {
		case cursor && g.one(4):
			name := g.declare("String", "", nil)
			g.cursors[g.last()] = name
			parts = append(parts, a.Name+": $"+name)
		case cursor, !required && !g.one(4) && a.Name != "first":
		case size && g.one(4):
			parts = append(parts, fmt.Sprintf("%s: $%s", a.Name, g.declare("Int", pick(g, []string{"", " = 2"}), g.size())))
		case size:
			if n := g.size(); n != nil || g.one(2) {
				parts = append(parts, a.Name+": "+g.literal(a.Type, n))
			}
		case g.one(4):
			value := g.value(argumentName(f, a), a.Type, 2)
			name := g.declare(a.Type.String(), "", value)
			if value == nil && a.Type.NonNull || g.one(8) && !required {
				delete(g.variables, name)
			}
			parts = append(parts, a.Name+": $"+name)
		default:
			parts = append(parts, a.Name+": "+g.literal(a.Type, g.value(argumentName(f, a), a.Type, 2)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// size is a page size, mostly a good one.
func (g *generator) size() any {
	if g.large {
		return pick(g, []int{1, 5, 20, 50, 100, 100, 100})
	}
	switch g.IntN(20) {
	case 0:
		return nil
	case 1:
		return pick(g, []int{-1, 101, 100, 100, 100, 1 << 31, 9e18})
	case 2, 3, 4:
		return g.IntN(30)
	default:
		return g.IntN(5)
	}
}

// value makes a value of an input type, as a variable would have it.
func (g *generator) value(name string, t *ast.Type, depth int) any {
	if !t.NonNull && g.one(12) {
		return nil
	}
	if t.Elem != nil {
		if g.one(8) {
			return g.value(name, t.Elem, depth) // one for a list of one
		}
		items := []any{}
		for range g.IntN(4) + required(t) {
			if v := g.value(name, t.Elem, depth); v != nil {
				items = append(items, v)
			}
		}
		return items
	}
	d := g.schema.Types[t.NamedType]
	switch d.Kind {
	case ast.Enum:
		return enumValue(pick(g, d.EnumValues).Name)
	case ast.InputObject:
		object := map[string]any{}
		for _, f := range d.Fields {
			required := f.Type.NonNull && f.DefaultValue == nil
			if required || depth > 0 && g.one(2+len(d.Fields)/2) {
				object[f.Name] = g.value(inputName(name, f), f.Type, depth-1)
			}
		}
		return object
	}
	switch d.Name {
	case "ID":
		good := g.ids[name]
		switch {
		case g.one(60):
			return 7
		case len(good) == 0 || g.one(20):
			return pick(g, g.ids[""])
		default:
			return pick(g, good)
		}
	case "String":
		return pick(g, g.words)
	case "Int":
		return 1 + g.IntN(6)
	case "Float": // a share, mostly
		return pick(g, []float64{0, 0.05, 0.25, 0.5, 0.75, 1, 30})
	case "Boolean":
		return g.one(2)
	case "_Any":
		return g.representation()
	default:
		panic("no values of " + d.Name)
	}
}

// representation refers to a thing as other subgraphs do, mostly by its type, and
// now and then by nothing that could be one.
func (g *generator) representation() any {
	if g.one(20) {
		return pick(g, []any{"bells-palsy", 7, true, []any{}, map[string]any{}})
	}
	typeName := pick(g, []string{"Concept", "Concept", "Statement", "Section", "Article", "DataSource", "Curator"})
	of := strings.ToLower(typeName)
	switch typeName {
	case "Concept":
		if g.one(2) {
			typeName = pick(g, graph.Kinds()).String()
		}
	case "DataSource", "Curator":
		of = "source"
	}
	fields := map[string]any{"__typename": typeName, "id": g.value(of, ast.NonNullNamedType("ID", nil), 0), "more": []any{1, "x"}}
	if g.one(20) {
		delete(fields, pick(g, []string{"__typename", "id"}))
	}
	if g.one(40) {
		fields["__typename"] = "Dataset"
	}
	return fields
}

// required is the least length of a list: nothing is found by an empty one.
func required(t *ast.Type) int {
	if t.NonNull {
		return 1
	}
	return 0
}

// argumentName is what the values of an argument are good for.
func argumentName(f *ast.FieldDefinition, a *ast.ArgumentDefinition) string {
	if a.Name != "id" {
		return a.Name
	}
	switch f.Name {
	case "article", "statement":
		return f.Name
	case "node":
		return ""
	default:
		return "concept"
	}
}

// inputName is what the values of a field of an input object are good for: "in"
// is good for what the object is.
func inputName(name string, f *ast.FieldDefinition) string {
	if f.Name == "in" {
		return name
	}
	return f.Name
}

// enumValue is written without quotes in a document.
type enumValue string

// literal writes a value into a document.
func (g *generator) literal(t *ast.Type, v any) string {
	if t.Name() == "_Any" && t.Elem == nil {
		return untyped(v)
	}
	switch v := v.(type) {
	case nil:
		return "null"
	case enumValue:
		return string(v)
	case string:
		return strconv.Quote(v)
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, g.literal(t.Elem, item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]any:
		d := g.schema.Types[t.Name()]
		var fields []string
		for _, f := range d.Fields {
			if value, ok := v[f.Name]; ok {
				fields = append(fields, f.Name+": "+g.literal(f.Type, value))
			}
		}
		return "{" + strings.Join(fields, ", ") + "}"
	default:
		return fmt.Sprint(v)
	}
}

// untyped writes a value of a type that takes any into a document.
func untyped(v any) string {
	switch v := v.(type) {
	case string:
		return strconv.Quote(v)
	case []any:
		var items []string
		for _, item := range v {
			items = append(items, untyped(item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]any:
		var fields []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			fields = append(fields, name+": "+untyped(v[name]))
		}
		return "{" + strings.Join(fields, ", ") + "}"
	default:
		return fmt.Sprint(v)
	}
}
