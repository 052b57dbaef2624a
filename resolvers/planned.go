package resolvers

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/limits"
	"github.com/plexus-kg/plexus/resolvers/model"
	"github.com/plexus-kg/plexus/resolvers/plan"
)

// Times is what an operation spent its time on, Level a part of that.
type (
	Times = plan.Times
	Level = plan.Level
)

// answer is the memory of a response, which is used again.
type answer struct {
	response   graphql.Response
	cost       Cost
	meter      graph.Meter
	extensions map[string]any // the cost
}

func newAnswer() *answer {
	a := &answer{}
	a.extensions = map[string]any{extensionCost: &a.cost}
	return a
}

// planned answers an operation by its plan, and reports whether it has one. The
// response is written over when use returns.
func (e *Executor) planned(ctx context.Context, v *model.View, operation *Operation, times *Times, use func(*graphql.Response)) (done bool) {
	if operation.sound.plans == nil {
		return false
	}
	p, kept := operation.sound.plans.Plan(operation.Operation, operation.Variables)
	if kept {
		e.keep(operation.sound)
	}
	if p == nil {
		return false
	}
	answered := false
	defer func() {
		if cause := recover(); cause != nil {
			if answered {
				panic(cause) // of use
			}
			use(e.failed(ctx, fmt.Errorf("panic: %v\n%s", cause, debug.Stack())))
			done = true
		}
	}()
	memory, _ := e.answers.Get().(*answer)
	if memory == nil {
		memory = newAnswer()
	}
	response := &memory.response
	resolve := func(fields ast.SelectionSet) []byte {
		part := e.resolved(ctx, v, only(operation.OperationContext, fields))
		response.Errors = append(response.Errors, part.Errors...)
		return part.Data
	}
	meter, allowed := &memory.meter, e.guard.limits.Cost
	meter.Begin(ctx, allowed*limits.Steps)
	tooMuch := func(objects int) *gqlerror.Error {
		return TooLarge(e.guard.limits.CheckCost(max(objects, (meter.Spent()+limits.Steps-1)/limits.Steps)))
	}
	err := p.Answer(meter, v, operation.Variables, resolve, times, func(r plan.Result) {
		answered = true
		if refused := tooMuch(r.Objects); refused != nil {
			use(&graphql.Response{Errors: gqlerror.List{refused}})
			return
		}
		response.Data = r.Data
		if e.tellsCost {
			memory.cost, response.Extensions = e.spent(operation, r.Objects, meter.Spent()), memory.extensions
		}
		for _, f := range r.Faults {
			response.Errors = append(response.Errors, e.presenter.present(ctx, f.Path, f.Err))
		}
		use(response)
	})
	switch {
	case errors.Is(err, graph.ErrSpent):
		use(&graphql.Response{Errors: gqlerror.List{tooMuch(0)}})
	case err != nil:
		use(e.failed(ctx, err))
	}
	memory.response = graphql.Response{} // its errors are others'
	memory.meter = graph.Meter{}         // which keeps no context alive
	e.answers.Put(memory)
	return true
}

// failed is the response to an operation that came to no end.
func (e *Executor) failed(ctx context.Context, err error) *graphql.Response {
	if errors.Is(err, plan.ErrTooLarge) {
		return &graphql.Response{Errors: gqlerror.List{coded(err.Error(), CodeLimit, nil)}}
	}
	return &graphql.Response{Errors: gqlerror.List{e.presenter.present(ctx, nil, err)}}
}

// only returns an operation that asks for some of the root fields.
func only(operation *graphql.OperationContext, fields ast.SelectionSet) *graphql.OperationContext {
	part := *operation.Operation
	part.SelectionSet = fields
	o := like(operation, &part)
	o.Variables, o.OperationName, o.Extensions, o.Headers = operation.Variables, operation.OperationName, operation.Extensions, operation.Headers
	return o
}

// like returns what runs an operation as another one of the same document is run.
func like(other *graphql.OperationContext, operation *ast.OperationDefinition) *graphql.OperationContext {
	return &graphql.OperationContext{
		RawQuery:               other.RawQuery,
		Doc:                    other.Doc,
		Operation:              operation,
		DisableIntrospection:   other.DisableIntrospection,
		RecoverFunc:            other.RecoverFunc,
		ResolverMiddleware:     other.ResolverMiddleware,
		RootResolverMiddleware: other.RootResolverMiddleware,
		Stats:                  other.Stats,
	}
}
