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
	document   *ast.QueryDocument
	conditions []*ast.Value // what @skip and @include depend on, variables only

	lock  sync.Mutex
	plans map[variant]*Plan
	bytes int // of the plans
}

// variant is an operation with its conditions decided, a bit for each.
type variant struct {
	operation *ast.OperationDefinition
	decided   uint64
}

// maxVariants and variantBytes bound the plans that are kept of one document, but for
// the first, in number and in memory.
const (
	maxVariants  = 16
	variantBytes = 128 << 10
)

// NewDocument returns the plans of a valid document, each to be made when it is first
// wanted.
func NewDocument(schema *ast.Schema, document *ast.QueryDocument) *Document {
	return &Document{schema: schema, document: document, conditions: conditions(document), plans: map[variant]*Plan{}}
}

// Bytes returns about how much memory the plans take.
func (d *Document) Bytes() int {
	d.lock.Lock()
	defer d.lock.Unlock()
	return d.bytes
}

// Plan returns the plan of an operation of the document with these variables, nil
// where the resolvers have to run it, and whether it is one more that is kept.
func (d *Document) Plan(operation *ast.OperationDefinition, variables map[string]any) (p *Plan, kept bool) {
	v := variant{operation: operation}
	if len(d.conditions) > 64 {
		return nil, false
	}
	for i, condition := range d.conditions {
		if value, err := condition.Value(variables); err == nil && value == true {
			v.decided |= 1 << i
		}
	}
	d.lock.Lock()
	defer d.lock.Unlock()
	if p, known := d.plans[v]; known {
		return p, false
	}
	p, bytes := (*Plan)(nil), 0
	if compiled, err := Compile(d.schema, d.document, operation, variables); err == nil { // else the resolvers say why
		p, bytes = compiled, compiled.Bytes()
	}
	if n := len(d.plans); n == 0 || n < maxVariants && d.bytes+bytes <= variantBytes {
		d.plans[v], kept = p, true
		d.bytes += bytes
	}
	return p, kept
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
