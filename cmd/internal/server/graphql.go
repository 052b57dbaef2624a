package server

import (
	"cmp"
	"mime"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
)

// The media types of answers. With the older one every well-formed request is
// answered with 200; with the newer one a document that cannot be run is 400,
// and an answer without data says so by its status.
const (
	typeJSON    = "application/json"
	typeGraphQL = "application/graphql-response+json"
)

// The codes of requests that never became an operation.
const (
	codeBadRequest  = "BAD_REQUEST"
	codeOverloaded  = "OVERLOADED"
	codeRateLimited = "RATE_LIMITED"
)

// endpoint answers GraphQL operations over GET and POST.
type endpoint struct {
	executor *resolvers.Executor
	limits   limits.Limits
	gate     *gate
	// timeout is how long an operation may take from when its turn has come.
	timeout time.Duration
	cache   caching
	proxies Proxies
	// Memory that is used again: of requests that are read, of answers.
	readers, bodies sync.Pool
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	vary(w.Header())
	mediaType := acceptable(r.Header["Accept"])
	if mediaType == "" {
		refuse(w, typeJSON, http.StatusNotAcceptable, codeBadRequest, "answers are "+typeGraphQL+" or "+typeJSON+"; the Accept header takes neither")
		return
	}
	if e.gate.full() { // before the body is even read
		e.gate.refuse(w, mediaType, "running", int64(e.gate.Running))
		return
	}
	params, fault := e.read(w, r)
	if fault != nil {
		fault.refuse(w, mediaType)
		return
	}
	record := requestOf(r.Context())
	if e.gate.busy() {
		record.Operation.Came = record.Since()
	}
	leave, err := e.gate.enter(r.Context(), e.client(r))
	if err != nil {
		e.gate.refuseTurn(w, mediaType, err)
		return
	}
	record.Operation.Turn = record.Since()
	body, _ := e.bodies.Get().(*[]byte)
	if body == nil {
		body = new([]byte)
	}
	status, err := func() (int, error) {
		defer leave() // before anything is sent: a slow client holds up nobody
		return e.run(w, r, mediaType, params, body)
	}()
	switch {
	case err != nil:
		http.Error(w, "internal error", http.StatusInternalServerError)
	case status == http.StatusNotModified:
		w.WriteHeader(status)
	case !e.gate.hold(len(*body), r.ProtoMajor > 1):
		e.gate.refuse(w, mediaType, "unsentBytes", e.gate.Unsent)
	default:
		send(w, mediaType, status, *body)
		e.gate.release(len(*body), r.ProtoMajor > 1)
	}
	if cap(*body) <= keptBody {
		e.bodies.Put(body)
	}
}

// vary adds to what answers depend on: what they accept. In one line, as all of it
// mostly is: each line of a header is work for every answer.
func vary(h http.Header) {
	if slices.Equal(h["Vary"], varyOthers) {
		h["Vary"] = varyAll
		return
	}
	h.Add("Vary", "Accept")
}

// varyOthers is what shared and compressed say that answers depend on.
var (
	varyOthers = []string{"Origin", "Accept-Encoding"}
	varyAll    = []string{"Origin, Accept-Encoding, Accept"}
)

// large is how many objects an operation asks for that is more work than to
// refuse one, 35 to 40 µs.
const large = 200

// client returns whom a request counts for, the invalid prefix for a trusted proxy
// that names nobody.
func (e *endpoint) client(r *http.Request) netip.Prefix {
	if e.gate.PerClient == 0 {
		return netip.Prefix{}
	}
	address, ok := e.proxies.clientOf(r)
	if !ok {
		return netip.Prefix{}
	}
	return network(address)
}

// keptBody is the size of the largest buffer that is used again.
const keptBody = 4 << 20

// run runs an operation, or refuses it, and writes the answer to body.
func (e *endpoint) run(w http.ResponseWriter, r *http.Request, mediaType string, params *graphql.RawParams, body *[]byte) (status int, err error) {
	ctx := r.Context()
	if e.timeout > 0 {
		limited := newWithin(ctx, e.timeout)
		defer limited.over()
		ctx = limited
	}
	record := requestOf(ctx)
	operation, refused := e.executor.Parse(ctx, params)
	if refused != nil {
		w.Header().Set("Cache-Control", "no-store")
		status = statusOf(mediaType, refused)
		if r.Method == http.MethodGet && !asksOnly(params, refused, e.limits.Tokens) { // which no schema of ours knows
			w.Header().Set("Allow", http.MethodPost)
			status, refused = http.StatusMethodNotAllowed, refusal(codeBadRequest, "GET runs queries only: send this operation by POST")
		}
		record.Refused = code(refused)
		*body, err = resolvers.AppendBody((*body)[:0], refused)
		return status, err
	}
	record.Sound(operation.OperationContext)
	record.Operation.Cost.Asked = e.executor.Cost(operation)
	if record.Operation.Cost.Asked >= large {
		e.gate.letIn()
	}
	defer record.Answered()
	session := e.executor.Begin()
	defer session.End()
	tag := ""
	if r.Method == http.MethodGet {
		tag = e.cache.tag(session.Version(), mediaType, operation.OperationContext)
	}
	if e.cache.fresh(r, tag) {
		e.cache.mark(w, tag)
		record.Operation.Unchanged = true
		return http.StatusNotModified, nil
	}
	session.Times = &record.Times
	session.Answer(ctx, operation, func(response *graphql.Response) {
		status = statusOf(mediaType, response)
		if len(response.Errors) == 0 {
			e.cache.mark(w, tag)
		}
		record.Operation.Cost.Spent, record.Operation.Errors = resolvers.CostOf(response).Spent, response.Errors
		*body, err = resolvers.AppendBody((*body)[:0], response)
	})
	return status, err
}

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

// preferred is the media type for an answer to a request that is refused
// whatever it accepts.
func preferred(r *http.Request) string { return cmp.Or(acceptable(r.Header["Accept"]), typeJSON) }

// refusal is the answer to a request that never became an operation.
func refusal(code, message string) *graphql.Response {
	return &graphql.Response{Errors: gqlerror.List{{Message: message, Extensions: map[string]any{"code": code}}}}
}

// refuse answers a request that never became an operation.
func refuse(w http.ResponseWriter, mediaType string, status int, code, message string) {
	refuseWith(w, mediaType, status, refusal(code, message))
}

func refuseWith(w http.ResponseWriter, mediaType string, status int, response *graphql.Response) {
	noteRefusal(w, code(response))
	text, err := resolvers.AppendBody(nil, response)
	if err != nil {
		http.Error(w, "internal error", http.StatusInternalServerError)
		return
	}
	w.Header().Del("ETag") // of an answer that is withheld
	w.Header().Set("Cache-Control", "no-store")
	send(w, mediaType, status, text)
}

// Values of headers that many answers share; nobody writes to them.
var (
	contentTypeJSON    = []string{typeJSON + "; charset=utf-8"}
	contentTypeGraphQL = []string{typeGraphQL + "; charset=utf-8"}
)

func send(w http.ResponseWriter, mediaType string, status int, text []byte) {
	header := w.Header()
	if header["Content-Type"] = contentTypeJSON; mediaType == typeGraphQL {
		header["Content-Type"] = contentTypeGraphQL
	}
	if len(text) >= smallest { // of less, net/http says it for less
		header["Content-Length"] = []string{strconv.Itoa(len(text))}
	}
	w.WriteHeader(status)
	_, _ = w.Write(text)
}
