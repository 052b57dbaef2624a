package plan

import (
	"reflect"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
)

// compiler turns the selections of an operation into the steps that read what
// they need and the objects that write it.
type compiler struct {
	schema *ast.Schema
	// operation is what gqlgen collects fields from: the document, and the
	// variables on which its directives depend.
	operation *graphql.OperationContext
	plan      *Plan
	root      rootField // that is being compiled
	place     []string  // the fields that lead to what is being compiled
	// refused tells of a field whether one of its arguments is an error.
	refused map[*ast.Field]func(x *run) error
}

// step reads what a place needs, for all rows at once. It hands an error of the
// place to whoever writes it, and returns only one that ends the run.
type step func(x *run) error

// step adds a step. Steps run in the order in which they are added: a place
// comes before what hangs on it.
func (c *compiler) step(s step) {
	place := strings.Join(c.place, ".")
	if n := len(c.root.levels); n == 0 || c.root.levels[n-1].place != place {
		c.root.levels = append(c.root.levels, level{place: place})
	}
	last := &c.root.levels[len(c.root.levels)-1]
	last.steps = append(last.steps, s)
}

// uncovered notes what the plan cannot do: the resolvers have to answer the root
// field.
func (c *compiler) uncovered(what string) { c.root.uncovered = what }

// key returns the place of a response key among all.
func (c *compiler) key(name string) int32 {
	at := slices.Index(c.plan.keys, name)
	if at < 0 {
		at = len(c.plan.keys)
		c.plan.keys = append(c.plan.keys, name)
	}
	return int32(at)
}

// collect returns the fields that are selected on objects of a type, merged as
// gqlgen merges them.
func (c *compiler) collect(typeName string, selections ast.SelectionSet) []graphql.CollectedField {
	satisfies := []string{typeName}
	for _, abstract := range c.schema.GetImplements(c.schema.Types[typeName]) {
		satisfies = append(satisfies, abstract.Name)
	}
	return graphql.CollectFields(c.operation, selections, satisfies)
}

// possible keeps the types that may stand where the schema says the type of a
// field; the others lose their name.
func (c *compiler) possible(f graphql.CollectedField, types []string) []string {
	kept := slices.Clone(types)
	possible := c.schema.GetPossibleTypes(c.schema.Types[f.Definition.Type.Name()])
	for i, name := range kept {
		if !slices.ContainsFunc(possible, func(d *ast.Definition) bool { return d.Name == name }) {
			kept[i] = ""
		}
	}
	return kept
}

// slot is the place of a table in every run of a plan.
type slot[T any] int

// newSlot reserves a table.
func newSlot[T any](c *compiler) slot[T] {
	c.plan.tables = append(c.plan.tables, func() any { return new(T) })
	return slot[T](len(c.plan.tables) - 1)
}

// in returns the table of a run.
func (s slot[T]) in(x *run) *T { return x.tables[s].(*T) }

// given are the arguments of a field.
type given[T any] struct {
	arguments T
	err       error // of one of them, which is then an error of the field
}

// arguments compiles the arguments of a field into T, whose fields are named as
// they are: decoded once where the document says them, and at the beginning of
// each run where variables do. Those of a field that has an error are the
// zero value, so that little is read for it.
func arguments[T any](c *compiler, f graphql.CollectedField) func(x *run) *T {
	places := c.placesOf(f.Field, reflect.TypeFor[T]())
	decode := func(variables map[string]any, into *given[T]) {
		*into = given[T]{}
		if into.err = c.decodeArguments(f.Field, places, variables, &into.arguments); into.err != nil {
			into.arguments = *new(T)
		}
	}
	if c.fixed(f) {
		var fixed given[T]
		decode(nil, &fixed)
		c.refused[f.Field] = func(*run) error { return fixed.err }
		return func(*run) *T { return &fixed.arguments }
	}
	decoded := newSlot[given[T]](c)
	c.step(func(x *run) error {
		decode(x.variables, decoded.in(x))
		return nil
	})
	c.refused[f.Field] = func(x *run) error { return decoded.in(x).err }
	return func(x *run) *T { return &decoded.in(x).arguments }
}

// fixed reports whether the document alone says what the arguments of a field
// are.
func (*compiler) fixed(f graphql.CollectedField) bool {
	return !slices.ContainsFunc(f.Arguments, func(a *ast.Argument) bool { return hasVariable(a.Value) })
}

func hasVariable(v *ast.Value) bool {
	return v.Kind == ast.Variable || slices.ContainsFunc(v.Children, func(c *ast.ChildValue) bool { return hasVariable(c.Value) })
}
