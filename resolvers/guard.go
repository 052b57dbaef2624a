package resolvers

import (
	"context"
	"crypto/sha256"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/plexus-kg/plexus/resolvers/limits"
)

// CodeLimit is the code of a request that is too large.
const CodeLimit = "LIMIT_EXCEEDED"

// judgedDocuments is how many verdicts are kept, by the documents' hashes: a
// document that was refused once is refused for nothing.
const judgedDocuments = 5000

// guard keeps requests within limits.
type guard struct {
	limits   limits.Limits
	verdicts graphql.Cache[*verdict]
}

// verdict is what is known of a document.
type verdict struct {
	exceeded *limits.Exceeded              // nil for one that is within the limits
	faults   atomic.Pointer[gqlerror.List] // of one that has turned out to be no valid GraphQL
}

func newGuard(l limits.Limits) *guard {
	if l == (limits.Limits{}) {
		l = limits.Default()
	}
	return &guard{l, lru.New[*verdict](judgedDocuments)}
}

// size judges a document before anything is done with it, were it only hashed.
func (g *guard) size(params *graphql.RawParams) *gqlerror.Error {
	if len(params.Query) > g.limits.Bytes {
		return TooLarge(g.limits.Document(params.Query))
	}
	return nil
}

// request judges a request before it is validated. The verdict on its document
// is kept.
func (g *guard) request(ctx context.Context, params *graphql.RawParams) (*verdict, *gqlerror.Error) {
	if e := g.limits.CheckVariables(params.Variables); e != nil {
		return nil, TooLarge(e)
	}
	hash := sha256.Sum256([]byte(params.Query))
	key := string(hash[:])
	v, known := g.verdicts.Get(ctx, key)
	if !known {
		v = &verdict{exceeded: g.limits.Document(params.Query)}
		g.verdicts.Add(ctx, key, v)
	}
	return v, TooLarge(v.exceeded)
}

// checkCost judges a valid operation by what its answer may cost.
func (e *Executor) checkCost(o *graphql.OperationContext) *gqlerror.Error {
	return TooLarge(e.guard.limits.CheckCost(e.Cost(o)))
}

// Cost is what an operation may cost (limits.Cost) on as many concepts as the
// operation before was answered from: a release is taken for what is run, not for
// what is judged.
func (e *Executor) Cost(o *graphql.OperationContext) int {
	return limits.Cost(o.Operation, o.Variables, int(e.concepts.Load()))
}

// Cost is the value of extensions.cost, in objects.
type Cost struct {
	// Asked is what the answer could have held, by the pages that were asked for,
	// and what had to be looked at for it (limits.Cost). It is what the limit
	// bounds.
	Asked int `json:"asked"`
	// Spent is what it holds.
	Spent int `json:"spent"`
}

// CostOf returns what a response cost, if it says so.
func CostOf(r *graphql.Response) Cost {
	cost, _ := r.Extensions[extensionCost].(Cost)
	return cost
}

const extensionCost = "cost"

// tellCost notes in a response what it cost.
func (e *Executor) tellCost(o *graphql.OperationContext, r *graphql.Response, objects int) {
	if e.tellsCost {
		r.Extensions = map[string]any{extensionCost: Cost{e.Cost(o), max(objects, 0)}}
	}
}

// TooLarge is the error that a client sees of a limit, nil for none.
func TooLarge(e *limits.Exceeded) *gqlerror.Error {
	if e == nil {
		return nil
	}
	err := &gqlerror.Error{Message: e.Error(), Extensions: map[string]any{
		"code": CodeLimit, "limit": e.Limit, "allowed": e.Allowed, "found": e.Found,
	}}
	if e.Line > 0 {
		err.Locations = []gqlerror.Location{{Line: e.Line, Column: e.Column}}
	}
	return err
}
