package resolvers

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/schema/gen"
)

// Schema is what operations are checked against: the SDL as gqlparser reads it,
// but for three things.
//
// gqlparser adds @defer to every schema. An answer here is one piece, so that the
// directive is as unknown as any other.
//
// It lets the reason of @deprecated be null, and includeDeprecated
// (https://spec.graphql.org/September2025/#sec--deprecated,
// https://spec.graphql.org/September2025/#sec-Schema-Introspection.Schema-Introspection-Schema).
//
// It lists interfaces among the possible types of the interfaces that they
// implement, where only object types belong
// (https://spec.graphql.org/September2025/#sec-The-__Type-Type.Interface).
var Schema = sync.OnceValue(func() *ast.Schema {
	s := *gen.NewExecutableSchema(gen.Config{}).Schema()
	s.Directives = maps.Clone(s.Directives)
	delete(s.Directives, "defer")
	deprecated := *s.Directives["deprecated"]
	deprecated.Arguments = neverNull(deprecated.Arguments)
	s.Directives["deprecated"] = &deprecated
	s.Types = maps.Clone(s.Types)
	for name, d := range s.Types {
		if strings.HasPrefix(name, "__") {
			s.Types[name] = fieldsNeverNull(*d)
		}
	}
	s.PossibleTypes = maps.Clone(s.PossibleTypes)
	for name, types := range s.PossibleTypes {
		s.PossibleTypes[name] = slices.DeleteFunc(slices.Clone(types), func(d *ast.Definition) bool { return d.Kind == ast.Interface })
	}
	return &s
})

// neverNull returns arguments of which those with a default are never null.
func neverNull(arguments ast.ArgumentDefinitionList) ast.ArgumentDefinitionList {
	strict := make(ast.ArgumentDefinitionList, len(arguments))
	for i, a := range arguments {
		argument := *a
		if a.DefaultValue != nil {
			argument.Type = ast.NonNullNamedType(a.Type.NamedType, a.Type.Position)
		}
		strict[i] = &argument
	}
	return strict
}

// fieldsNeverNull returns a type with neverNull arguments of its fields.
func fieldsNeverNull(d ast.Definition) *ast.Definition {
	d.Fields = slices.Clone(d.Fields)
	for i, f := range d.Fields {
		field := *f
		field.Arguments = neverNull(f.Arguments)
		d.Fields[i] = &field
	}
	return &d
}

// introspected is what introspection tells of: the schema that the command
// prints. What only routers ask is left out, as it is there: its scalar would be
// the only one that clients that generate types have to be told of.
var introspected = sync.OnceValue(func() *ast.Schema {
	s := *Schema()
	query := *s.Query
	query.Fields = slices.DeleteFunc(slices.Clone(query.Fields), func(f *ast.FieldDefinition) bool { return forRouters(f.Name) })
	s.Query = &query
	s.Types = maps.Clone(s.Types)
	maps.DeleteFunc(s.Types, func(name string, _ *ast.Definition) bool { return forRouters(name) })
	s.Types[query.Name] = s.Query
	return &s
})

// forRouters reports whether a name is one of federation.graphqls.
func forRouters(name string) bool {
	return strings.HasPrefix(name, "_") && !strings.HasPrefix(name, "__")
}

// executable is gqlgen's schema, which introspection tells of as introspected,
// and operations are checked against as Schema.
type executable struct{ graphql.ExecutableSchema }

func newExecutable() executable {
	return executable{gen.NewExecutableSchema(gen.Config{Schema: introspected(), Resolvers: &Resolver{}})}
}

// Schema returns what operations are checked against.
func (executable) Schema() *ast.Schema { return Schema() }
