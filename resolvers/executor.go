package resolvers

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/plexus-kg/plexus/resolvers/limits"
	"github.com/plexus-kg/plexus/resolvers/model"
	"github.com/plexus-kg/plexus/schema/gen"
)

// Release is one version of the graph, ready to be asked.
type Release = model.Release

// Config says what an Executor answers from and where it reports.
type Config struct {
	// Current returns what to serve. It is called once an operation, so that an
	// answer never mixes two versions.
	Current func() Release
	// RequestID returns what to call the request in an internal error.
	RequestID func(context.Context) string
	// Report is given the cause of every internal error, once.
	Report func(context.Context, error)
	// Limits bounds every request; its zero value stands for limits.Default.
	Limits limits.Limits
}

// cachedDocuments is how many parsed and validated documents are kept: the
// cache saves four fifths of the time of a small operation.
const cachedDocuments = 500

// Executor runs GraphQL operations.
type Executor struct {
	gqlgen *executor.Executor
	guard  *guard
}

// NewExecutor returns an executor of the schema.
func NewExecutor(c Config) *Executor {
	e := executor.New(gen.NewExecutableSchema(gen.Config{Resolvers: &Resolver{}}))
	e.SetQueryCache(lru.New[*ast.QueryDocument](cachedDocuments))
	e.SetErrorPresenter(present(c.RequestID, c.Report))
	e.SetRecoverFunc(func(_ context.Context, cause any) error { return fmt.Errorf("panic: %v\n%s", cause, debug.Stack()) })
	e.Use(extension.Introspection{})
	e.AroundOperations(func(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
		return next(model.WithView(ctx, model.NewView(c.Current())))
	})
	return &Executor{e, newGuard(c.Limits)}
}

// Parse reads an operation: the document, its variables, the name where it
// holds several. The response is nil if the operation can be run, and else
// says what is wrong with it.
func (e *Executor) Parse(ctx context.Context, params *graphql.RawParams) (*graphql.OperationContext, *graphql.Response) {
	now := graphql.Now()
	params.ReadTime = graphql.TraceTiming{Start: now, End: now}
	if refused := e.guard.request(ctx, params); refused != nil {
		return nil, &graphql.Response{Errors: gqlerror.List{refused}}
	}
	operation, errs := e.gqlgen.CreateOperationContext(graphql.StartOperationTrace(ctx), params)
	if len(errs) == 0 {
		errs = refuseNulls(operation.Operation, operation.Variables)
	}
	if len(errs) == 0 {
		if _, refused := e.guard.cost(operation); refused != nil {
			errs = gqlerror.List{refused}
		}
	}
	if len(errs) > 0 {
		for i, err := range errs {
			errs[i] = withCode(err)
		}
		return operation, &graphql.Response{Errors: errs}
	}
	return operation, nil
}

// Run runs an operation that Parse has read. Errors are in the order of their
// paths.
func (e *Executor) Run(ctx context.Context, operation *graphql.OperationContext) *graphql.Response {
	responses, ctx := e.gqlgen.DispatchOperation(graphql.StartOperationTrace(ctx), operation)
	response := responses(ctx)
	if response == nil { // gqlgen's sign that the context is done
		response = &graphql.Response{}
		response.Errors = append(response.Errors, ended(nil))
	}
	// Fields are resolved side by side; the answer does not show in which order.
	slices.SortStableFunc(response.Errors, func(a, b *gqlerror.Error) int { return comparePaths(a.Path, b.Path) })
	return response
}

// Execute parses and runs an operation.
func (e *Executor) Execute(ctx context.Context, params *graphql.RawParams) *graphql.Response {
	operation, refused := e.Parse(ctx, params)
	if refused != nil {
		return refused
	}
	return e.Run(ctx, operation)
}

// Body is what a client is sent: an operation that was never run has no data
// entry at all.
type Body struct {
	Errors     gqlerror.List   `json:"errors,omitempty"`
	Data       json.RawMessage `json:"data,omitempty"`
	Extensions map[string]any  `json:"extensions,omitempty"`
}

// BodyOf returns what a client is sent.
func BodyOf(r *graphql.Response) Body { return Body{r.Errors, r.Data, r.Extensions} }
