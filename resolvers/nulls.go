package resolvers

import (
	"fmt"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// refuseNulls finds arguments, of directives too, that must not be null and whose
// variable is.
//
// A nullable variable may stand for such an argument if one of the two has a
// default (https://spec.graphql.org/October2021/#sec-All-Variable-Usages-are-Allowed):
// left out, it gives the default, but null is an error
// (https://spec.graphql.org/October2021/#CoerceArgumentValues()), where gqlgen
// would take the zero value.
func refuseNulls(operation *ast.OperationDefinition, variables map[string]any) gqlerror.List {
	isNull := map[string]bool{}
	for _, v := range operation.VariableDefinitions {
		if value, given := variables[v.Variable]; given && value == nil {
			isNull[v.Variable] = true
		}
	}
	if len(isNull) == 0 {
		return nil
	}
	var faults gqlerror.List
	check := func(arguments ast.ArgumentList, definitions ast.ArgumentDefinitionList) {
		for _, argument := range arguments {
			definition := definitions.ForName(argument.Name)
			if definition == nil || !definition.Type.NonNull || argument.Value.Kind != ast.Variable || !isNull[argument.Value.Raw] {
				continue
			}
			fault := gqlerror.ErrorPosf(argument.Position, "%s must not be null: leave the variable $%s out%s", argument.Name, argument.Value.Raw, defaultOf(definition))
			errcode.Set(fault, errcode.ValidationFailed)
			faults = append(faults, fault)
		}
	}
	directives := func(list ast.DirectiveList) {
		for _, d := range list {
			check(d.Arguments, d.Definition.Arguments)
		}
	}
	seen := map[*ast.FragmentDefinition]bool{}
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				check(s.Arguments, s.Definition.Arguments)
				directives(s.Directives)
				walk(s.SelectionSet)
			case *ast.InlineFragment:
				directives(s.Directives)
				walk(s.SelectionSet)
			case *ast.FragmentSpread:
				directives(s.Directives)
				if !seen[s.Definition] {
					seen[s.Definition] = true
					walk(s.Definition.SelectionSet)
				}
			}
		}
	}
	walk(operation.SelectionSet)
	return faults
}

func defaultOf(definition *ast.ArgumentDefinition) string {
	if definition.DefaultValue == nil {
		return ""
	}
	return fmt.Sprintf(" for %s", definition.DefaultValue)
}
