package plan

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// Arguments become the inputs of package model by their names, as gqlgen binds
// them.

// errNoValue is an error of the program: the executor lets no such value through.
var errNoValue = errors.New("this is no value for the argument")

// placesOf returns where in a struct the arguments of a field stand.
func (c *compiler) placesOf(f *ast.Field, t reflect.Type) [][]int {
	places := make([][]int, len(f.Definition.Arguments))
	for i, a := range f.Definition.Arguments {
		place, ok := t.FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, a.Name) })
		if places[i] = place.Index; !ok {
			c.uncovered(f.Name + "(" + a.Name + ":)")
		}
	}
	return places
}

// decodeArguments decodes the arguments of a field into a struct.
func (c *compiler) decodeArguments(f *ast.Field, places [][]int, variables map[string]any, into any) error {
	given, arguments := f.ArgumentMap(variables), reflect.ValueOf(into).Elem()
	for i, definition := range f.Definition.Arguments {
		value, ok := given[definition.Name]
		if !ok {
			continue
		}
		if err := c.decode(arguments.FieldByIndex(places[i]), definition.Type, value); err != nil {
			return fmt.Errorf("%s: %w", definition.Name, err)
		}
	}
	return nil
}

// named returns the field of a struct that has the name of an argument. gqlgen
// binds inputs by the same rule, so that every input has all its fields.
func named(s reflect.Value, name string) reflect.Value {
	return s.FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, name) })
}

// decode decodes a value of a type of the schema.
func (c *compiler) decode(into reflect.Value, t *ast.Type, value any) error {
	if value == nil {
		if t.NonNull {
			return errNoValue
		}
		into.SetZero()
		return nil
	}
	if into.Kind() == reflect.Pointer {
		into.Set(reflect.New(into.Type().Elem()))
		return c.decode(into.Elem(), t, value)
	}
	if t.Elem != nil {
		items := graphql.CoerceList(value)
		into.Set(reflect.MakeSlice(into.Type(), len(items), len(items)))
		for i, item := range items {
			if err := c.decode(into.Index(i), t.Elem, item); err != nil {
				return err
			}
		}
		return nil
	}
	if definition := c.schema.Types[t.NamedType]; definition.Kind == ast.InputObject {
		return c.decodeInput(into, definition, value)
	}
	return decodeScalar(into.Addr().Interface(), value)
}

// decodeInput decodes an input object.
func (c *compiler) decodeInput(into reflect.Value, definition *ast.Definition, value any) error {
	given, isObject := value.(map[string]any)
	if !isObject {
		return errNoValue
	}
	for _, f := range definition.Fields {
		value, ok := given[f.Name]
		if !ok && f.DefaultValue != nil {
			var err error
			if value, err = f.DefaultValue.Value(nil); err != nil {
				return err
			}
			ok = true
		}
		if !ok {
			continue
		}
		if err := c.decode(named(into, f.Name), f.Type, value); err != nil {
			return err
		}
	}
	return nil
}

// decodeScalar decodes a scalar or a value of an enum.
func decodeScalar(into, value any) (err error) {
	switch p := into.(type) {
	case *any: // whatever it is
		*p = value
	case *string:
		*p, err = graphql.UnmarshalID(value)
	case *int32:
		*p, err = graphql.UnmarshalInt32(value)
	case *float64:
		*p, err = graphql.UnmarshalFloat(value)
	case *bool:
		*p, err = graphql.UnmarshalBoolean(value)
	case *graph.Kind:
		*p, err = model.UnmarshalKind(value)
	case *graph.Modality:
		*p, err = model.UnmarshalModality(value)
	case *graph.Withdrawn:
		*p, err = model.UnmarshalWithdrawn(value)
	case *graph.UrgencyLevel:
		*p, err = model.UnmarshalUrgencyLevel(value)
	case *graph.Direction:
		*p, err = model.UnmarshalDirection(value)
	case *graph.Order:
		*p, err = model.UnmarshalLinkOrder(value)
	case *walk.StatementOrder:
		*p, err = model.UnmarshalStatementOrder(value)
	case *walk.ListOrder:
		*p, err = model.UnmarshalConceptOrder(value)
	default:
		err = fmt.Errorf("no argument becomes a %T", into)
	}
	return err
}
