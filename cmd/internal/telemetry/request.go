package telemetry

import (
	"net/http"
	"strings"
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
	// Refused is the code of a request that was refused in the place of an answer.
	Refused string
	// Came is when the request began to wait for its turn, Turn when that came, Done
	// when its answer was made; 0 if that never was.
	Came, Turn, Done time.Duration

	Operation Operation
	// Times.Began is when the request came; the times below are counted from it.
	Times resolvers.Times
	took  time.Duration // known if somebody asks
}

// Operation is the operation of a request, if it has come so far.
type Operation struct {
	// Present says that the request asks for one, sound or not.
	Present bool
	// Parsed is when the operation was known to be sound, 0 if that never was.
	Parsed time.Duration
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

// Answered notes that the answer is made.
func (r *Request) Answered() { r.Done = r.Since() }

// Route returns the path in the pattern of the request's route, empty for none. There
// are as many as the server has, whatever clients ask for.
func (r *Request) Route() string { return pathOf(r.HTTP.Pattern) }

// pathOf returns the path in a pattern of http.ServeMux.
func pathOf(pattern string) string {
	if _, path, ok := strings.Cut(pattern, " "); ok {
		return path
	}
	return pattern
}

// waited returns how long the request waited for its turn.
func (r *Request) waited() time.Duration {
	if r.Came == 0 {
		return 0
	}
	return r.Turn - r.Came
}

// worked returns how long the answer took once the turn had come.
func (r *Request) worked() time.Duration { return r.Done - r.Turn }

// slowest returns the part of the operation that took most of its time.
func (r *Request) slowest() resolvers.Level {
	slowest := resolvers.Level{Place: placeParse, From: r.Turn, To: r.Operation.Parsed}
	for _, l := range r.Times.Levels {
		if l.Took() > slowest.Took() {
			slowest = l
		}
	}
	return slowest
}

// placeParse is what an operation does before it reads anything.
const placeParse = "(parse)"
