package resolvers

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Cacheable reports whether the answer to an operation is the same as long as
// the version of the graph is: not where it tells of the server itself.
func Cacheable(o *graphql.OperationContext) bool {
	if o.Operation.Operation != ast.Query {
		return false
	}
	seen := map[*ast.FragmentDefinition]bool{}
	var follows func(ast.SelectionSet) bool
	follows = func(set ast.SelectionSet) bool {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				if s.ObjectDefinition != nil && s.ObjectDefinition.Name == "Dataset" && (s.Name == "loadedAt" || s.Name == "lastReload") || !follows(s.SelectionSet) {
					return false
				}
			case *ast.InlineFragment:
				if !follows(s.SelectionSet) {
					return false
				}
			case *ast.FragmentSpread:
				if seen[s.Definition] {
					continue
				}
				if seen[s.Definition] = true; !follows(s.Definition.SelectionSet) {
					return false
				}
			}
		}
		return true
	}
	return follows(o.Operation.SelectionSet)
}
