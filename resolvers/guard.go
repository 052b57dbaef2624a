package resolvers

import (
	"context"
	"crypto/sha256"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/plexus-kg/plexus/resolvers/limits"
)

// codeLimit is the code of a request that is too large.
const codeLimit = "LIMIT_EXCEEDED"

// judgedDocuments is how many verdicts are kept, by the documents' hashes: a
// document that was refused once is refused for nothing.
const judgedDocuments = 5000

// guard keeps requests within limits.
type guard struct {
	limits   limits.Limits
	verdicts graphql.Cache[*limits.Exceeded] // nil for a document that is within them
}

func newGuard(l limits.Limits) *guard {
	if l == (limits.Limits{}) {
		l = limits.Default()
	}
	return &guard{l, lru.New[*limits.Exceeded](judgedDocuments)}
}

// request judges a request before it is validated.
func (g *guard) request(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if e := g.limits.Values(params.Variables); e != nil {
		return tooLarge(e)
	}
	if len(params.Query) > g.limits.Bytes {
		return tooLarge(g.limits.Document(params.Query)) // not even hashed
	}
	hash := sha256.Sum256([]byte(params.Query))
	key := string(hash[:])
	verdict, known := g.verdicts.Get(ctx, key)
	if !known {
		verdict = g.limits.Document(params.Query)
		g.verdicts.Add(ctx, key, verdict)
	}
	return tooLarge(verdict)
}

// cost judges a valid operation by what its answer may cost.
func (g *guard) cost(o *graphql.OperationContext) *gqlerror.Error {
	return tooLarge(g.limits.CheckCost(limits.Cost(o.Operation, o.Variables)))
}

// Cost is the value of extensions.cost, in objects.
type Cost struct {
	// Asked is what the answer could have held, by the pages that were asked for
	// (limits.Cost). It is what the limit bounds.
	Asked int `json:"asked"`
	// Spent is what it holds.
	Spent int `json:"spent"`
}

const extensionCost = "cost"

// tellCost notes in a response what it cost.
func (e *Executor) tellCost(o *graphql.OperationContext, r *graphql.Response, objects int) {
	if e.tellsCost {
		r.Extensions = map[string]any{extensionCost: Cost{limits.Cost(o.Operation, o.Variables), max(objects, 0)}}
	}
}

// tooLarge is the error that a client sees.
func tooLarge(e *limits.Exceeded) *gqlerror.Error {
	if e == nil {
		return nil
	}
	err := &gqlerror.Error{Message: e.Error(), Extensions: map[string]any{
		"code": codeLimit, "limit": e.Limit, "allowed": e.Allowed, "found": e.Found,
	}}
	if e.Line > 0 {
		err.Locations = []gqlerror.Location{{Line: e.Line, Column: e.Column}}
	}
	return err
}
