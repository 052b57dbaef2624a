package resolvers

import (
	"hash/maphash"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"github.com/plexus-kg/plexus/resolvers/limits"
)

// judgedDocuments is how many verdicts are kept, by the documents' hashes, and
// judgedBytes how much they take together: a document that was refused once is refused
// for nothing.
const (
	judgedDocuments = 5000
	judgedBytes     = 4 << 20
)

// guard keeps requests within limits.
type guard struct {
	limits   limits.Limits
	seeds    [2]maphash.Seed
	verdicts *kept[fingerprint, *verdict]
}

// fingerprint tells documents apart that nobody can make alike, who does not know
// the seeds, which no two processes share.
type fingerprint [2]uint64

// verdict is what is known of a document. Nobody changes it.
type verdict struct {
	document fingerprint
	exceeded *limits.Exceeded // nil for one that is within the limits
	faults   gqlerror.List    // of one that has turned out to be no valid GraphQL
}

// size is about how many bytes a verdict takes.
func (v *verdict) size() int {
	bytes := 300
	for _, f := range v.faults {
		bytes += 300 + len(f.Message) + 16*len(f.Locations)
	}
	return bytes
}

func newGuard(l limits.Limits) *guard {
	if l == (limits.Limits{}) {
		l = limits.Default()
	}
	return &guard{l, [2]maphash.Seed{maphash.MakeSeed(), maphash.MakeSeed()}, newKept[fingerprint, *verdict](judgedDocuments, judgedBytes)}
}

// size judges a document before anything is done with it, were it only hashed.
func (g *guard) size(params *graphql.RawParams) *gqlerror.Error {
	if len(params.Query) > g.limits.Bytes {
		return TooLarge(g.limits.Document(params.Query))
	}
	return nil
}

// document judges a document before it is validated. The verdict is kept.
func (g *guard) document(text string) *verdict {
	key := fingerprint{maphash.String(g.seeds[0], text), maphash.String(g.seeds[1], text)}
	if v, known := g.verdicts.get(key); known {
		return v
	}
	v := &verdict{document: key, exceeded: g.limits.Document(text)}
	if e := v.exceeded; e != nil && e.Circular != "" { // which validation would take long to say
		fault := gqlerror.ErrorLocf("", e.Line, e.Column, "Cannot spread fragment %q within itself.", e.Circular)
		fault.Rule = rules.NoFragmentCyclesRule.Name
		v.exceeded, v.faults = nil, told(gqlerror.List{fault})
	}
	g.verdicts.add(key, v, v.size())
	return v
}

// refuse keeps what is wrong with a document that was judged before.
func (g *guard) refuse(v *verdict, faults gqlerror.List) {
	refused := &verdict{document: v.document, faults: faults}
	g.verdicts.add(v.document, refused, refused.size())
}

// checkCost judges a valid operation by what its answer may cost.
func (e *Executor) checkCost(o *Operation) *gqlerror.Error {
	return TooLarge(e.guard.limits.CheckCost(e.Cost(o)))
}

// Cost is what an operation may cost (limits.Cost) on as much as the
// operation before was answered from: a release is taken for what is run, not for
// what is judged.
func (e *Executor) Cost(o *Operation) int {
	if of := e.size.Load(); of != o.of {
		o.of, o.cost = of, limits.Cost(o.Operation, o.Variables, *of)
	}
	return o.cost
}

// Cost is the value of extensions.cost, in objects. Neither is above the limit.
type Cost struct {
	// Asked is what the answer could have held, by the pages that were asked for,
	// and what may have to be looked at for it (limits.Cost), at least Spent.
	Asked int `json:"asked"`
	// Spent is what it holds or, if that is more, what was looked at for it
	// (limits.Steps).
	Spent int `json:"spent"`
}

// CostOf returns what a response cost, if it says so.
func CostOf(r *graphql.Response) Cost {
	if cost, ok := r.Extensions[extensionCost].(*Cost); ok {
		return *cost
	}
	return Cost{}
}

const extensionCost = "cost"

// spent is what the answer of an operation cost that holds so many objects and took
// so many steps.
func (e *Executor) spent(o *Operation, objects, steps int) Cost {
	spent := max(objects, steps/limits.Steps)
	return Cost{max(e.Cost(o), spent), spent}
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
