package plan

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/resolvers/model"
)

// Plan is an operation, compiled: for each of its root fields the steps that
// read what it asks for, in their order, and the object that writes the answer.
// It is immutable; what changes in a run lies in tables that belong to the run.
type Plan struct {
	fields []rootField
	root   *object[root]
	keys   []string // the response keys
	tables []func() any
	places int // fields that are compiled, on each type that they may stand on
	runs   sync.Pool
}

// placeBytes is about how much memory a plan takes for each field on each type.
const placeBytes = 400

// Bytes returns about how much memory the plan takes, without what its runs do.
func (p *Plan) Bytes() int { return p.places * placeBytes }

// rootField is a field of Query, as far as a plan covers it.
type rootField struct {
	field     *ast.Field // merged
	levels    []level
	uncovered string // what the plan cannot do; empty for nothing
}

// level is what is read for one place in the answer: steps that follow one
// another.
type level struct {
	place string
	steps []step
}

// root is the one object of the type Query.
type root struct{}

// ErrUncovered marks an operation that is not for plans. It is wrapped with what
// that is.
var ErrUncovered = errors.New("not covered by plans")

// Compile compiles an operation of a validated document. Of the variables those
// are looked at on which @skip and @include depend; the plan holds for all
// operations that agree in them ([Document] sees to it). The error is ErrUncovered.
func Compile(schema *ast.Schema, document *ast.QueryDocument, operation *ast.OperationDefinition, variables map[string]any) (p *Plan, err error) {
	defer func() {
		// gqlgen panics where a directive makes no sense, and knows how to say so.
		if cause := recover(); cause != nil {
			p, err = nil, fmt.Errorf("%w: %v", ErrUncovered, cause)
		}
	}()
	if operation.Operation != ast.Query {
		return nil, fmt.Errorf("%w: %s", ErrUncovered, operation.Operation)
	}
	c := &compiler{
		schema:    schema,
		operation: &graphql.OperationContext{Doc: document, Operation: operation, Variables: variables},
		plan:      &Plan{},
		refused:   map[*ast.Field]func(x *run) error{},
	}
	c.plan.root = fieldsOf(c, schema.Query.Name, operation.SelectionSet, c.compileRoot)
	if c.root.uncovered != "" {
		return nil, fmt.Errorf("%w: %s", ErrUncovered, c.root.uncovered)
	}
	return c.plan, nil
}

// compileRoot compiles a root field, or leaves it to the resolvers.
func (c *compiler) compileRoot(f graphql.CollectedField) write[root] {
	merged := *f.Field
	merged.SelectionSet = f.Selections
	c.root = rootField{field: &merged}
	planned := c.rootField(f)
	if planned == nil {
		c.uncovered("Query." + f.Name)
	}
	left := c.root.uncovered != ""
	c.plan.fields = append(c.plan.fields, c.root)
	c.root = rootField{}
	if !left {
		return planned
	}
	delete(c.refused, f.Field)
	return func(x *run, _ root) bool {
		value, ok := x.resolved[f.Alias]
		x.buf = append(x.buf, value...)
		x.objects += CountObjects(value)
		x.null = x.null || !ok
		return true
	}
}

// Uncovered lists what in the operation is left to the resolvers.
func (p *Plan) Uncovered() []string {
	var all []string
	for i := range p.fields {
		if f := &p.fields[i]; f.uncovered != "" {
			all = append(all, f.uncovered)
		}
	}
	return all
}

// Resolve answers root fields by the resolvers: the data as JSON. Errors are the
// business of whoever gave it.
type Resolve func(fields ast.SelectionSet) (data []byte)

// Result is the answer of a plan.
type Result struct {
	// Data is JSON.
	Data []byte
	// Faults are in no particular order.
	Faults []Fault
	// Objects counts the objects in the data, without that of the operation.
	Objects int
}

// Answer runs the plan on one version of the graph and hands the result to use.
// It is written over when use returns. Root fields that the plan does not cover are left to resolve.
//
// What is read is noted in times, also where an error ends it; nil notes nothing.
//
// Errors are the context's (that of a graph.Meter, too) and [ErrTooLarge]: then use is
// not called.
func (p *Plan) Answer(ctx context.Context, v *model.View, variables map[string]any, resolve Resolve, times *Times, use func(Result)) error {
	x, _ := p.runs.Get().(*run)
	if x == nil {
		x = p.newRun()
	}
	x.begin(ctx, v, variables)
	times.Begin()
	var left ast.SelectionSet
	for i := range p.fields {
		f := &p.fields[i]
		if f.uncovered != "" {
			left = append(left, f.field)
			continue
		}
		for j := range f.levels {
			err := f.levels[j].run(x)
			times.note(f.levels[j].place, f.field.Name, x.rows)
			if err != nil {
				return err
			}
		}
	}
	if left != nil {
		x.resolved = nil
		data := resolve(left)
		times.Resolved()
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := json.Unmarshal(data, &x.resolved); err != nil {
			return err
		}
	}
	if !p.root.write(x, root{}) || x.null {
		x.buf, x.objects = append(x.buf[:0], "null"...), 1
	}
	times.note(PlaceWrite, "", x.objects-1)
	if err := cmp.Or(x.stopped, x.look()); err != nil {
		return err
	}
	use(Result{x.buf, x.faults, x.objects - 1})
	if cap(x.buf) <= keepBytes && x.held <= keepHeld {
		x.end()
		p.runs.Put(x)
	}
	return nil
}

// run runs the steps of a level, up to an error that ends the run.
func (l *level) run(x *run) error {
	x.rows = 0
	for _, s := range l.steps {
		if err := s(x); err != nil {
			return err
		}
	}
	return nil
}

func (p *Plan) newRun() *run {
	x := &run{keys: p.keys, tables: make([]any, len(p.tables))}
	for i, table := range p.tables {
		x.tables[i] = table()
	}
	return x
}

// begin readies a run for a request.
func (x *run) begin(ctx context.Context, v *model.View, variables map[string]any) {
	x.variables = variables
	x.ctx, x.view, x.reader, x.summary = ctx, v, v.Reader(), v.Summary()
	x.buf, x.path, x.faults = x.buf[:0], x.path[:0], x.faults[:0]
	x.cuts, x.objects, x.unchecked, x.checked, x.held, x.null, x.stopped = 0, 0, 0, 0, 0, false, nil
}

// end lets go of the request.
func (x *run) end() {
	x.ctx, x.view, x.reader, x.summary, x.resolved, x.variables = nil, nil, nil, nil, nil, nil
	clear(x.faults)
}

// CountObjects counts the objects in JSON.
func CountObjects(data []byte) int {
	n := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{':
			n++
		case '"':
			for i++; i < len(data) && data[i] != '"'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
		}
	}
	return n
}
