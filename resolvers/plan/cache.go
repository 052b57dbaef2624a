package plan

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// Cache keeps the plans of documents, by their text. All methods may be called
// at the same time.
type Cache struct {
	schema    *ast.Schema
	documents *Texts[*document]
}

// document holds the plans of a document: one for each operation and each way in
// which its @skip and @include can be decided.
type document struct {
	document   *ast.QueryDocument
	conditions []*ast.Value // what @skip and @include depend on, variables only

	lock  sync.Mutex
	plans map[variant]*Plan
}

// variant is an operation with its conditions decided, a bit for each.
type variant struct {
	operation *ast.OperationDefinition
	decided   uint64
}

// maxVariants bounds the plans of one document, variantBytes of one with a long
// text: so many bytes of text as there are plans of it, but for the first.
const (
	maxVariants  = 16
	variantBytes = 4 << 10
)

// NewCache returns a cache of the plans of so many documents, with so many bytes
// of text.
func NewCache(schema *ast.Schema, documents, bytes int) *Cache {
	return &Cache{schema, NewTexts[*document](documents, bytes)}
}

// Plan returns the plan of an operation, nil where the resolvers have to run it.
func (c *Cache) Plan(ctx context.Context, operation *graphql.OperationContext) *Plan {
	d, known := c.documents.Get(ctx, operation.RawQuery)
	if !known || d.document != operation.Doc {
		d = &document{document: operation.Doc, conditions: conditions(operation.Doc), plans: map[variant]*Plan{}}
		c.documents.Add(ctx, operation.RawQuery, d)
	}
	v := variant{operation: operation.Operation}
	if len(d.conditions) > 64 {
		return nil
	}
	for i, condition := range d.conditions {
		if value, err := condition.Value(operation.Variables); err == nil && value == true {
			v.decided |= 1 << i
		}
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	plan, known := d.plans[v]
	if !known {
		plan, _ = Compile(c.schema, operation.Doc, operation.Operation, operation.Variables) // without one, the resolvers say why
		if n := len(d.plans); n == 0 || n < maxVariants && (n+1)*len(operation.RawQuery) <= variantBytes {
			d.plans[v] = plan
		}
	}
	return plan
}

// conditions lists the variables on which @skip and @include depend.
func conditions(d *ast.QueryDocument) []*ast.Value {
	var all []*ast.Value
	seen := map[string]bool{}
	directives := func(of ast.DirectiveList) {
		for _, directive := range of {
			if directive.Name != "skip" && directive.Name != "include" {
				continue
			}
			for _, a := range directive.Arguments {
				if a.Value.Kind == ast.Variable && !seen[a.Value.Raw] {
					seen[a.Value.Raw] = true
					all = append(all, a.Value)
				}
			}
		}
	}
	var walk func(ast.SelectionSet)
	walk = func(set ast.SelectionSet) {
		for _, selection := range set {
			switch s := selection.(type) {
			case *ast.Field:
				directives(s.Directives)
				walk(s.SelectionSet)
			case *ast.InlineFragment:
				directives(s.Directives)
				walk(s.SelectionSet)
			case *ast.FragmentSpread:
				directives(s.Directives)
			}
		}
	}
	for _, o := range d.Operations {
		walk(o.SelectionSet)
	}
	for _, f := range d.Fragments {
		walk(f.SelectionSet)
	}
	return all
}
