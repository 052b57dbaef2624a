package plan

import (
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

// Document holds the plans of a document: one for each operation and each way in
// which its @skip and @include can be decided. Its method may be called at the same
// time.
type Document struct {
	schema     *ast.Schema
	text       int // its length
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

// NewDocument returns the plans of a valid document with so many bytes of text, each
// to be made when it is first wanted.
func NewDocument(schema *ast.Schema, document *ast.QueryDocument, text int) *Document {
	return &Document{schema: schema, text: text, document: document, conditions: conditions(document), plans: map[variant]*Plan{}}
}

// Plan returns the plan of an operation of the document with these variables, nil
// where the resolvers have to run it.
func (d *Document) Plan(operation *ast.OperationDefinition, variables map[string]any) *Plan {
	v := variant{operation: operation}
	if len(d.conditions) > 64 {
		return nil
	}
	for i, condition := range d.conditions {
		if value, err := condition.Value(variables); err == nil && value == true {
			v.decided |= 1 << i
		}
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	plan, known := d.plans[v]
	if !known {
		plan, _ = Compile(d.schema, d.document, operation, variables) // without one, the resolvers say why
		if n := len(d.plans); n == 0 || n < maxVariants && (n+1)*d.text <= variantBytes {
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
