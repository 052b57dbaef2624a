package server

import (
	"encoding/json"
	"net/http"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/resolvers"
)

// Asker answers operations for routes beside the endpoint: pages. They are run as
// those of the endpoint are: by plans, within the limits of cost and the turn of the
// request, told of in metrics, traces and logs. The list of allowed operations
// ([Config.Operations]) is about what clients send, not about these.
type Asker struct {
	executor *resolvers.Executor
	cache    caching
}

// Visit is a request that asks one release, however often. It ends with End.
type Visit struct {
	asker   *Asker
	session *resolvers.Session
	w       http.ResponseWriter
	r       *http.Request
}

// Question is an operation that a route asks.
type Question struct {
	Document  string
	Variables map[string]any
}

// Answer is what a question led to.
type Answer struct {
	Data   json.RawMessage // null or empty where there is none
	Errors []Fault
	// Notices tell of ids that nothing has, with concepts whose names are like them.
	Notices []resolvers.Notice
}

// Fault is an error of an answer, for people.
type Fault struct{ Code, Message string }

// Begin takes hold of what is served now, for an admitted request.
func (a *Asker) Begin(w http.ResponseWriter, r *http.Request) *Visit {
	return &Visit{a, a.executor.Begin(), w, r}
}

// End lets go of the release.
func (v *Visit) End() { v.session.End() }

// Version names the content of the release.
func (v *Visit) Version() string { return v.session.Version() }

// Asked is a question as it was read.
type Asked struct {
	operation *resolvers.Operation
	refused   *graphql.Response
}

// Read reads a question.
func (v *Visit) Read(q Question) Asked {
	record := exchangeOf(v.r.Context()).record
	record.Operation.Present = true
	operation, refused := v.asker.executor.Parse(v.r.Context(), &graphql.RawParams{Query: q.Document, Variables: q.Variables})
	if refused != nil {
		record.Refused = code(refused)
	} else {
		record.Sound(operation.OperationContext)
	}
	return Asked{operation, refused}
}

// Fresh tells the client what the answer to a question is known by, in a form (the
// language and the like), and reports whether it has that already. An answer that has
// errors is not kept: see Forget.
func (v *Visit) Fresh(form string, q Asked) bool {
	if q.refused != nil {
		return false
	}
	tag := v.asker.cache.tag(v.Version(), form, q.operation.OperationContext)
	v.asker.cache.mark(v.w, tag)
	if !v.asker.cache.fresh(v.r, tag) {
		return false
	}
	exchangeOf(v.r.Context()).record.Operation.Unchanged = true
	return true
}

// Forget takes back what Fresh has said.
func (v *Visit) Forget() {
	v.w.Header().Del("ETag")
	v.w.Header()["Cache-Control"] = noStore
}

// Answer answers a question.
func (v *Visit) Answer(q Asked) Answer {
	if q.refused != nil {
		return Answer{Errors: faults(q.refused)}
	}
	ctx, record := v.r.Context(), exchangeOf(v.r.Context()).record
	cost, asked := &record.Operation.Cost, v.asker.executor.Cost(q.operation)
	if cost.Asked += asked; asked >= large {
		yield()
	}
	v.session.Times = &record.Times
	var answer Answer
	v.session.Answer(ctx, q.operation, func(response *graphql.Response) {
		answer.Data, answer.Errors = append(answer.Data, response.Data...), faults(response)
		answer.Notices = resolvers.NoticesOf(response)
		cost.Spent += resolvers.CostOf(response).Spent
		record.Operation.Errors = append(record.Operation.Errors, response.Errors...)
	})
	return answer
}

func faults(r *graphql.Response) []Fault {
	var all []Fault
	for _, e := range r.Errors {
		code, _ := e.Extensions["code"].(string)
		all = append(all, Fault{code, e.Message})
	}
	return all
}
