package telemetry

import (
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/plexus-kg/plexus/resolvers"
)

// Request is what is known of a request. It is used again once it is over.
type Request struct {
	// ID is what the answer is known by (X-Request-Id).
	ID string
	// HTTP is the request as it came, Status and Bytes what it was answered with.
	HTTP   *http.Request
	Status int
	Bytes  int
	// Refused is the code of a request that never became an operation.
	Refused string

	Operation Operation
	// Times.Began is when the request came; the times below are counted from it.
	Times resolvers.Times
	took  time.Duration // known if somebody asks
}

// Operation is the operation of a request, if it has come so far.
type Operation struct {
	// Came is when it began to wait for its turn, Turn when that came, Parsed when
	// the operation was known to be sound, Done when its answer was made; 0 if that
	// never was.
	Came, Turn, Parsed, Done time.Duration
	// Name is a name of GraphQL, empty for none; Type a word of it, such as query.
	Name, Type string
	// Document is the text that was run.
	Document string
	// Unchanged says that the client had the answer already.
	Unchanged bool
	Cost      resolvers.Cost
	// Errors are those in the answer.
	Errors gqlerror.List
}

// Since returns the time since the request came.
func (r *Request) Since() time.Duration { return time.Since(r.Times.Began) }

// Sound notes an operation that may be run.
func (r *Request) Sound(o *graphql.OperationContext) {
	op := &r.Operation
	op.Parsed = r.Since()
	r.Times.From = op.Parsed
	op.Name, op.Type, op.Document = o.Operation.Name, string(o.Operation.Operation), o.RawQuery
}

// Answered notes that the answer to the operation is made.
func (r *Request) Answered() { r.Operation.Done = r.Since() }

// waited returns how long the operation waited for its turn.
func (o *Operation) waited() time.Duration {
	if o.Came == 0 {
		return 0
	}
	return o.Turn - o.Came
}

// slowest returns the part of the operation that took most of its time.
func (r *Request) slowest() resolvers.Level {
	slowest := resolvers.Level{Place: placeParse, From: r.Operation.Turn, To: r.Operation.Parsed}
	for _, l := range r.Times.Levels {
		if l.Took() > slowest.Took() {
			slowest = l
		}
	}
	return slowest
}

// placeParse is what an operation does before it reads anything.
const placeParse = "(parse)"
