package resolvers

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/plexus-kg/plexus/resolvers/model"
	"github.com/plexus-kg/plexus/resolvers/plan"
)

// Times is what an operation spent its time on, Level a part of that.
type (
	Times = plan.Times
	Level = plan.Level
)

// planned answers an operation by its plan, and reports whether it has one. The
// data of the response is written over when use returns.
func (e *Executor) planned(ctx context.Context, v *model.View, operation *graphql.OperationContext, times *Times, use func(*graphql.Response)) (done bool) {
	if e.plans == nil {
		return false
	}
	p := e.plans.Plan(ctx, operation)
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
	response := &graphql.Response{}
	resolve := func(fields ast.SelectionSet) []byte {
		part := e.resolved(ctx, v, only(operation, fields))
		response.Errors = append(response.Errors, part.Errors...)
		return part.Data
	}
	err := p.Answer(ctx, v, operation.Variables, resolve, times, func(r plan.Result) {
		answered = true
		response.Data = r.Data
		e.tellCost(operation, response, r.Objects)
		for _, f := range r.Faults {
			response.Errors = append(response.Errors, e.presenter.present(ctx, f.Path, f.Err))
		}
		use(response)
	})
	if err != nil {
		use(e.failed(ctx, err))
	}
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
	return &graphql.OperationContext{
		RawQuery:               operation.RawQuery,
		Variables:              operation.Variables,
		OperationName:          operation.OperationName,
		Doc:                    operation.Doc,
		Extensions:             operation.Extensions,
		Headers:                operation.Headers,
		Operation:              &part,
		DisableIntrospection:   operation.DisableIntrospection,
		RecoverFunc:            operation.RecoverFunc,
		ResolverMiddleware:     operation.ResolverMiddleware,
		RootResolverMiddleware: operation.RootResolverMiddleware,
		Stats:                  operation.Stats,
	}
}
