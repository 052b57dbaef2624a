package server

import (
	"cmp"
	"mime"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/plexus-kg/plexus/cmd/internal/telemetry"
	"github.com/plexus-kg/plexus/resolvers"
)

// The media types of answers. With the older one every well-formed request is
// answered with 200; with the newer one a document that cannot be run is 400,
// and an answer without data says so by its status.
const (
	typeJSON    = "application/json"
	typeGraphQL = "application/graphql-response+json"
)

// graphQL answers GraphQL operations over GET and POST.
type graphQL struct {
	executor  *resolvers.Executor
	admission *admission
	cache     caching
	readers   sync.Pool // memory that is used again, of requests that are read
}

// route returns the row of the endpoint.
func (g *graphQL) route() Route {
	return Route{
		Pattern: Endpoint, Methods: "GET, HEAD, POST", Handler: g, Refuse: g.refuse, CrossOrigin: true, AnswersLate: true,
		negotiate: g.negotiate, read: g.read,
	}
}

// question is a request as it is read.
type question struct {
	graphql.RawParams
	documentID string // in the place of the document, empty for none
	mediaType  string // of the answer
}

// negotiate finds the media type of the answer.
func (*graphQL) negotiate(w http.ResponseWriter, r *http.Request) *Refusal {
	vary(w.Header())
	mediaType := acceptable(r.Header["Accept"])
	if mediaType == "" {
		return badRequest(http.StatusNotAcceptable, "answers are "+typeGraphQL+" or "+typeJSON+"; the Accept header takes neither")
	}
	exchangeOf(r.Context()).input = &question{mediaType: mediaType}
	return nil
}

// refuse writes a refusal as a response of GraphQL, as far as the client takes one.
func (*graphQL) refuse(w http.ResponseWriter, r *http.Request, f *Refusal) {
	vary(w.Header())
	mediaType := cmp.Or(acceptable(r.Header["Accept"]), typeJSON)
	response := f.response()
	text, err := resolvers.AppendBody(nil, response)
	if err != nil { // which texts and numbers never are
		RefusePlainly(w, r, f)
		return
	}
	setContentType(w.Header(), mediaType)
	w.WriteHeader(cmp.Or(f.Status, statusOf(mediaType, response)))
	_, _ = w.Write(text)
}

// response returns a refusal as a response.
func (f *Refusal) response() *graphql.Response {
	extensions := map[string]any{"code": f.Code}
	if f.Limit != "" {
		extensions["limit"], extensions["allowed"] = f.Limit, f.Allowed
	}
	if f.Found > 0 {
		extensions["found"] = f.Found
	}
	return &graphql.Response{Errors: gqlerror.List{{Message: f.Message, Extensions: extensions}}}
}

// ServeHTTP runs an operation in its turn.
func (g *graphQL) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := exchangeOf(r.Context())
	asked, _ := x.input.(*question)
	answer, _ := w.(*bufferedWriter)
	var err error
	if answer.status, err = g.run(answer, r, x.record, asked); err != nil {
		row := g.route()
		g.admission.fail(&row, w, r, err)
	} else if answer.status != http.StatusNotModified {
		setContentType(w.Header(), asked.mediaType)
	}
}

// vary adds to what answers depend on: what they accept. In one line, as all of it
// mostly is: each line of a header is work for every answer.
func vary(h http.Header) {
	given := h["Vary"]
	switch {
	case slices.Equal(given, varyOthers):
		h["Vary"] = varyAll
	case len(given) == 0 || given[len(given)-1] != "Accept" && !slices.Equal(given, varyAll):
		h.Add("Vary", "Accept")
	}
}

// varyOthers is what shared and compressed say that answers depend on.
var (
	varyOthers = []string{"Origin", "Accept-Encoding"}
	varyAll    = []string{"Origin, Accept-Encoding, Accept"}
)

// large is how many objects an operation asks for that is more work than to
// refuse one, 35 to 40 µs.
const large = 200

// run runs an operation, or refuses it, and puts the answer in the place of the
// writer's body.
func (g *graphQL) run(w *bufferedWriter, r *http.Request, record *telemetry.Request, asked *question) (status int, err error) {
	ctx, mediaType := r.Context(), asked.mediaType
	record.Operation.Present = true
	operation, refused := g.executor.Parse(ctx, &asked.RawParams)
	if refused != nil {
		w.header.Set("Cache-Control", "no-store")
		status = statusOf(mediaType, refused)
		if r.Method == http.MethodGet && !asksOnly(&asked.RawParams, refused, g.admission.limits.Tokens) { // which no schema of ours knows
			w.header.Set("Allow", http.MethodPost)
			f := badRequest(http.StatusMethodNotAllowed, "GET runs queries only: send this operation by POST")
			status, refused = f.Status, f.response()
		}
		record.Refused = code(refused)
		if asked.documentID != "" && record.Refused == resolvers.CodeUnknownDocument { // whose message is Apollo's
			refused.Errors[0].Message = "no document is known here as " + asked.documentID + `: send the document itself as "query"`
		}
		w.body, err = resolvers.AppendBody(w.body, refused)
		return status, err
	}
	record.Sound(operation.OperationContext)
	record.Operation.Cost.Asked = g.executor.Cost(operation)
	if record.Operation.Cost.Asked >= large {
		yield()
	}
	session := g.executor.Begin()
	defer session.End()
	tag := ""
	if r.Method == http.MethodGet {
		tag = g.cache.tag(session.Version(), mediaType, operation.OperationContext)
	}
	if g.cache.fresh(r, tag) {
		g.cache.mark(w, tag)
		record.Operation.Unchanged = true
		return http.StatusNotModified, nil
	}
	session.Times = &record.Times
	session.Answer(ctx, operation, func(response *graphql.Response) {
		status = statusOf(mediaType, response)
		if len(response.Errors) > 0 {
			tag = "" // what went wrong may go right the next time
		}
		g.cache.mark(w, tag)
		record.Operation.Cost.Spent, record.Operation.Errors = resolvers.CostOf(response).Spent, response.Errors
		w.body, err = resolvers.AppendBody(w.body, response)
	})
	return status, err
}

// yield lets others come in first before an operation begins with much work.
// Otherwise the operations on hand keep the processors to themselves, one after the
// other, and the queue is the scheduler's, where nobody counts who waits, or for how
// long: the gate would find itself almost empty however many there were.
func yield() { runtime.Gosched() }

// statusOf is the status of a response: with the newer media type one without
// data says why.
func statusOf(mediaType string, r *graphql.Response) int {
	if mediaType != typeGraphQL || r.Data != nil || len(r.Errors) == 0 {
		return http.StatusOK
	}
	switch code(r) {
	case resolvers.CodeTimeout:
		return http.StatusServiceUnavailable
	case resolvers.CodeInternal:
		return http.StatusInternalServerError
	default:
		return http.StatusBadRequest
	}
}

// code is that of the first error.
func code(r *graphql.Response) string {
	code, _ := r.Errors[0].Extensions["code"].(string)
	return code
}

// asksOnly reports whether an operation that was refused is a query, as far as
// its text says, valid or not.
func asksOnly(params *graphql.RawParams, refused *graphql.Response, tokens int) bool {
	if code(refused) == resolvers.CodeLimit {
		return true // nobody reads it
	}
	document, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, tokens)
	if err != nil {
		return true // no operation at all
	}
	operation := document.Operations.ForName(params.OperationName)
	return operation == nil || operation.Operation == ast.Query
}

// readOffers is how many media types of an Accept header are read.
const readOffers = 50

// acceptable chooses the media type of the answer: the one that the client
// weighs highest, of equal ones the older; empty if it takes neither. No client
// names more than a few dozen; what follows is not read.
func acceptable(accept []string) string {
	if len(accept) == 1 {
		switch accept[0] { // as most clients say it
		case typeJSON, "*/*":
			return typeJSON
		case typeGraphQL:
			return typeGraphQL
		}
	}
	offers := strings.Join(accept, ",")
	if strings.TrimSpace(offers) == "" {
		return typeJSON
	}
	best, bestWeight := "", 0.0
	items := strings.SplitN(offers, ",", readOffers+1)
	for _, item := range items[:min(len(items), readOffers)] {
		offered, options, err := mime.ParseMediaType(strings.TrimSpace(item))
		if err != nil {
			continue
		}
		weight := 1.0
		if q, err := strconv.ParseFloat(options["q"], 64); err == nil {
			weight = q
		}
		switch offered {
		case "*/*", "application/*":
			offered = typeJSON
		case typeJSON, typeGraphQL:
		default:
			continue
		}
		if weight > bestWeight {
			best, bestWeight = offered, weight
		}
	}
	return best
}

// Values of headers that many answers share; nobody writes to them.
var (
	contentTypeJSON    = []string{typeJSON + "; charset=utf-8"}
	contentTypeGraphQL = []string{typeGraphQL + "; charset=utf-8"}
)

func setContentType(h http.Header, mediaType string) {
	if h["Content-Type"] = contentTypeJSON; mediaType == typeGraphQL {
		h["Content-Type"] = contentTypeGraphQL
	}
}
