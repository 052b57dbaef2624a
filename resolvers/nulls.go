package resolvers

import (
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/plexus-kg/plexus/resolvers/limits"
)

// refuseNulls finds the places, in arguments of fields and directives that are not
// left out, that must not be null and whose variable is.
//
// A nullable variable may stand in such a place if one of the two has a default
// (https://spec.graphql.org/September2025/#sec-All-Variable-Usages-Are-Allowed):
// left out, it gives the default, but null is an error
// (https://spec.graphql.org/September2025/#CoerceArgumentValues()), where gqlgen
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
	var check func(*ast.Value)
	check = func(v *ast.Value) {
		if v.Kind == ast.Variable && v.ExpectedType != nil && v.ExpectedType.NonNull && isNull[v.Raw] {
			fault := gqlerror.ErrorPosf(v.Position, "variable $%s: %s is expected where it stands, not null: leave it out for the default", v.Raw, v.ExpectedType)
			errcode.Set(fault, CodeInvalid)
			faults = append(faults, fault)
		}
		for _, child := range v.Children {
			check(child.Value)
		}
	}
	arguments := func(list ast.ArgumentList) {
		for _, a := range list {
			check(a.Value)
		}
	}
	// left reports whether something is left out, having looked at what decides it.
	left := func(list ast.DirectiveList) bool {
		for _, d := range list {
			arguments(d.Arguments)
		}
		return !limits.Included(list, variables)
	}
	seen := map[*ast.FragmentDefinition]bool{}
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				if !left(s.Directives) {
					arguments(s.Arguments)
					walk(s.SelectionSet)
				}
			case *ast.InlineFragment:
				if !left(s.Directives) {
					walk(s.SelectionSet)
				}
			case *ast.FragmentSpread:
				if !left(s.Directives) && !seen[s.Definition] {
					seen[s.Definition] = true
					walk(s.Definition.SelectionSet)
				}
			}
		}
	}
	walk(operation.SelectionSet)
	return faults
}
