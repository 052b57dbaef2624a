package values

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Variables returns the values of the variables of a valid operation, whose document is
// settled ([Settle]), as given in a request or by default: int64, float64, string, bool, nil, []any, map[string]any.
// A variable that is neither given nor has a default has no entry; nor has a field
// of an input object. Values of custom scalars are as given. It changes nothing of
// what is given.
//
// The errors are those of the request, at most so many: each names the variable, the
// place in it, the value there and the type that is expected.
func Variables(schema *ast.Schema, operation *ast.OperationDefinition, given map[string]any, most int) (map[string]any, gqlerror.List) {
	c := coercion{schema: schema, most: most}
	values := make(map[string]any, len(operation.VariableDefinitions))
	for _, d := range operation.VariableDefinitions {
		c.variable, c.place = d, c.place[:0]
		v, ok := given[d.Variable]
		switch {
		case ok:
			values[d.Variable] = c.value(d.Type, v)
		case d.DefaultValue != nil:
			values[d.Variable] = c.literal(d.Type, d.DefaultValue)
		case d.Type.NonNull:
			c.refuse("%s is expected, and the request has no value for it", d.Type)
		}
	}
	if len(c.faults) > 0 {
		return nil, c.faults
	}
	return values, nil
}

type coercion struct {
	schema   *ast.Schema
	variable *ast.VariableDefinition
	place    []any // in the variable: names of fields, numbers of items
	faults   gqlerror.List
	most     int
}

// at runs something one level deeper.
func (c *coercion) at(place any, do func()) {
	c.place = append(c.place, place)
	do()
	c.place = c.place[:len(c.place)-1]
}

func (c *coercion) full() bool { return len(c.faults) >= c.most }

func (c *coercion) refuse(format string, args ...any) {
	if c.full() {
		return
	}
	var message strings.Builder
	fmt.Fprintf(&message, "variable $%s", c.variable.Variable)
	for i, place := range c.place {
		if i == 0 {
			message.WriteString(", at ")
		}
		switch p := place.(type) {
		case string:
			if i > 0 {
				message.WriteByte('.')
			}
			message.WriteString(p)
		case int:
			message.WriteString("[" + strconv.Itoa(p) + "]")
		}
	}
	fmt.Fprintf(&message, ": "+format, args...)
	fault := gqlerror.ErrorPosf(c.variable.Position, "%s", message.String())
	errcode.Set(fault, errcode.ValidationFailed)
	c.faults = append(c.faults, fault)
}

func (c *coercion) unexpected(t *ast.Type, v any, means string) {
	c.refuse("%s is expected, not %s: give %s", t, written(v), means)
}

// value coerces a value of JSON.
func (c *coercion) value(t *ast.Type, v any) any {
	if c.full() {
		return nil
	}
	if v == nil {
		if t.NonNull {
			c.refuse("%s is expected, not null", t)
		}
		return nil
	}
	if t.Elem != nil {
		given, ok := v.([]any)
		if !ok { // a value stands for a list of one
			return []any{c.value(t.Elem, v)}
		}
		items := make([]any, len(given))
		for i, item := range given {
			c.at(i, func() { items[i] = c.value(t.Elem, item) })
		}
		return items
	}
	switch d := c.schema.Types[t.NamedType]; d.Kind {
	case ast.InputObject:
		return c.object(t, d, v)
	case ast.Enum:
		name, ok := v.(string)
		if !ok || d.EnumValues.ForName(name) == nil {
			c.unexpected(t, v, "one of its names as the schema writes them, in quotes")
		}
		return name
	default:
		s, ok := scalars[d.Name]
		if !ok {
			return v
		}
		coerced, ok := s.json(v)
		if !ok {
			c.unexpected(t, v, s.means)
		}
		return coerced
	}
}

func (c *coercion) object(t *ast.Type, d *ast.Definition, v any) any {
	given, ok := v.(map[string]any)
	if !ok {
		c.unexpected(t, v, "an object, in braces")
		return nil
	}
	object, known := make(map[string]any, len(given)), 0
	for _, f := range d.Fields {
		v, ok := given[f.Name]
		switch {
		case ok:
			known++
			c.at(f.Name, func() { object[f.Name] = c.value(f.Type, v) })
		case f.DefaultValue == nil && f.Type.NonNull:
			c.at(f.Name, func() { c.refuse("%s is expected, and %s has no value for it", f.Type, d.Name) })
		}
	}
	if known < len(given) {
		for _, name := range slices.Sorted(maps.Keys(given)) {
			if d.Fields.ForName(name) == nil {
				c.refuse("%s is expected, which has no field %s", t, written(name))
			}
		}
	}
	if d.Directives.ForName(oneOf) != nil {
		if len(given) != 1 {
			c.refuse("%s is expected, which has exactly one field, not %d", t, len(given))
		}
		for name, v := range given {
			if v == nil {
				c.at(name, func() { c.refuse("the one field of %s is expected, not null", d.Name) })
			}
		}
	}
	return object
}

// literal returns a default, which validation has found to fit, as value would
// return it.
func (c *coercion) literal(t *ast.Type, v *ast.Value) any {
	if v.Kind == ast.NullValue {
		return nil
	}
	if t.Elem != nil {
		if v.Kind != ast.ListValue {
			return []any{c.literal(t.Elem, v)}
		}
		items := make([]any, len(v.Children))
		for i, child := range v.Children {
			items[i] = c.literal(t.Elem, child.Value)
		}
		return items
	}
	switch d := c.schema.Types[t.NamedType]; {
	case d.Kind == ast.InputObject:
		object := make(map[string]any, len(v.Children))
		for _, child := range v.Children {
			object[child.Name] = c.literal(d.Fields.ForName(child.Name).Type, child.Value)
		}
		return object
	case isNumber(v) && scalars[d.Name].json != nil:
		n, _ := scalars[d.Name].json(json.Number(v.Raw))
		return n
	default:
		value, _ := v.Value(nil) // fails for numbers that Settle and validation leave none of
		return value
	}
}

// mostWritten is how many bytes of a value are told.
const mostWritten = 100

// written is how a message tells a value.
func written(v any) string {
	switch v := v.(type) {
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	case string:
		for i := range v {
			if i > mostWritten {
				v = v[:i] + "…"
				break
			}
		}
		return strconv.Quote(v)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return "that"
	}
	if len(text) > mostWritten && utf8.Valid(text) {
		text = append(text[:mostWritten], "…"...)
	}
	return string(text)
}
