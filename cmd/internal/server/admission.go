package server

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/resolvers/limits"
)

// Class says what a request has to pass before it reaches the handler of its
// route.
type Class int

const (
	// Admitted is for handlers that work for an answer. A request is refused if its
	// client asks too often, if there is no capacity for it, or if its body is too
	// large; it waits for its turn and has a time limit.
	Admitted Class = iota
	// Limited is for handlers that take what they answer from memory: only how often
	// a client asks is limited.
	Limited
	// Open is for handlers that answer whatever happens, to those who watch over
	// servers.
	Open
)

// Route is a row of the table of what a server answers. Whatever its class, its
// requests have an id, are logged and counted, and survive a panic.
type Route struct {
	// Pattern is one of http.ServeMux. Its path is the name of the route in metrics,
	// traces and logs.
	Pattern string
	// Methods are those that the handler answers, separated by ", ". Others are
	// refused, and OPTIONS is answered with them. HEAD reaches the handler as GET, whose
	// headers it asks for: the body that it writes is not sent. Empty leaves all of that
	// to the handler.
	Methods string
	Class   Class
	// Handler answers. That of an admitted route finds the whole body in memory, its
	// answer is sent when it has returned, and its context ends with its time: if it
	// returns later than that, its answer is dropped for a refusal.
	Handler http.Handler
	// Refuse writes an answer of the server's in the handler's place, in the format
	// that the clients of the route read; nil writes plain text.
	Refuse func(http.ResponseWriter, *http.Request, *Refusal)
	// CrossOrigin lets the pages of Config.Origins ask.
	CrossOrigin bool
	// AnswersLate says that the handler tells its clients itself that their time is
	// over: what it answers late is sent.
	AnswersLate bool

	// What the handler does before the server looks for capacity, and before the
	// request waits for its turn; nil does nothing, and reads the body.
	negotiate, read check
}

// Refusal is why the server answers a request in the place of its handler.
type Refusal struct {
	// Status is of HTTP; 0 leaves it to the format of the route.
	Status int
	// Code is what programs know the reason by; Message says what to do.
	Code, Message string
	// Limit is the name of the limit that the request is above, empty if there is
	// none. Allowed is the limit, Found what the request has, 0 if nobody counted.
	Limit   string
	Allowed float64
	Found   int
	// RetryAfter is in how many seconds to try again, 0 if that is not known.
	RetryAfter int
}

// The codes of refusals before an operation is read.
const (
	codeBadRequest  = resolvers.CodeBadRequest
	codeOverloaded  = resolvers.CodeOverloaded
	codeRateLimited = resolvers.CodeRateLimited
)

// badRequest is the refusal of a request that cannot be understood.
func badRequest(status int, message string) *Refusal {
	return &Refusal{Status: status, Code: codeBadRequest, Message: message}
}

// tooLarge is the refusal of a request that is above a limit of its size.
func tooLarge(status int, e *limits.Exceeded) *Refusal {
	return &Refusal{Status: status, Code: resolvers.CodeLimit, Message: e.Error(), Limit: e.Limit, Allowed: float64(e.Allowed), Found: e.Found}
}

// refuse answers in the handler's place.
func (route *Route) refuse(w http.ResponseWriter, r *http.Request, f *Refusal) {
	exchangeOf(r.Context()).record.Refused = f.Code
	if f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.RetryAfter))
	}
	w.Header().Set("Cache-Control", "no-store")
	route.Refuse(w, r, f)
}

// RefusePlainly writes a refusal as text.
func RefusePlainly(w http.ResponseWriter, _ *http.Request, f *Refusal) {
	http.Error(w, f.Message, f.Status)
}

// middleware puts something around a handler.
type middleware func(http.Handler) http.Handler

// check returns why a request is refused, nil if it goes on.
type check func(http.ResponseWriter, *http.Request) *Refusal

// checked returns the middleware of a check; nil lets everything through.
func (route *Route) checked(refuses check) middleware {
	return func(next http.Handler) http.Handler {
		if refuses == nil {
			return next
		}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if f := refuses(w, r); f != nil {
				route.refuse(w, r, f)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// allow lists how a route can be asked.
func (route *Route) allow() string { return route.Methods + ", " + http.MethodOptions }

// methods lets the methods of a route through, and says which they are.
func (route *Route) methods(next http.Handler) http.Handler {
	if route.Methods == "" {
		return next
	}
	known := strings.Split(route.Methods, ", ")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodHead && slices.Contains(known, r.Method):
			get := *r
			get.Method = http.MethodGet
			next.ServeHTTP(w, &get)
		case slices.Contains(known, r.Method):
			next.ServeHTTP(w, r)
		case r.Method == http.MethodOptions:
			w.Header().Set("Allow", route.allow())
			w.WriteHeader(http.StatusNoContent)
		default:
			w.Header().Set("Allow", route.allow())
			route.refuse(w, r, badRequest(http.StatusMethodNotAllowed, "this is asked by "+route.Methods+", not by another method"))
		}
	})
}

// admission decides which requests reach the handlers of all routes, and when.
type admission struct {
	log     *slog.Logger
	gate    *gate
	rate    *limiter
	timeout time.Duration // from when the turn has come; 0 for ever
	limits  limits.Limits
	proxies Proxies
	origins []string
	buffers sync.Pool // of *bufferedWriter

	large      sync.Mutex
	afterLarge *time.Timer // since the last large answer; nil before the first
}

func newAdmission(c Config) *admission {
	return &admission{
		log: c.Log, gate: newGate(c.Capacity), rate: newLimiter(c.Rate),
		timeout: c.Timeout, limits: c.Limits, proxies: c.Rate.Proxies, origins: c.Origins,
	}
}

// admit returns the handler of a route with what its class puts around it. This is
// the order of all of it, from the outside in; what concerns every answer, with a
// route or without, is around the routes (newHandler).
func (a *admission) admit(route Route) http.Handler {
	if route.Refuse == nil {
		route.Refuse = RefusePlainly
	}
	read := route.read
	if read == nil {
		read = a.readBody
	}
	order := []struct {
		upTo Class // the most open class that has it
		wrap middleware
	}{
		// A panic of whatever is below has an answer.
		{Open, a.recovered(&route)},
		// The pages of other sites can read why they were refused.
		{Open, a.crossOrigin(&route)},
		// Who asks too often costs next to nothing.
		{Limited, route.checked(a.rate.check)},
		// How a route can be asked is said without a turn.
		{Open, route.methods},
		// Refusals below are compressed like answers, if they are large.
		{Admitted, compressed},
		// What no answer could satisfy is refused however much there is to do.
		{Admitted, route.checked(route.negotiate)},
		// Without capacity, nothing of the body is read.
		{Admitted, route.checked(a.gate.check)},
		// The body is read before the turn: who sends slowly keeps none.
		{Admitted, route.checked(read)},
		// The time begins with the turn: who waits does not lose it. The turn ends
		// before the answer is sent: who reads slowly keeps none.
		{Admitted, a.inTurn(&route)},
	}
	handler := route.Handler
	for i := len(order) - 1; i >= 0; i-- {
		if route.Class <= order[i].upTo {
			handler = order[i].wrap(handler)
		}
	}
	return handler
}

// recovered answers a panic with an internal error, whose cause is in the log by
// the id of the request. If the answer has begun, the connection is closed: nobody
// may take what there is of it for the whole.
func (a *admission) recovered(route *Route) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer func() {
				cause := recover()
				if cause == nil {
					return
				}
				if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
					panic(cause) // net/http's own way to drop a connection
				}
				if counted, ok := w.(*countedWriter); ok && counted.begun {
					a.logFault(r, cause)
					panic(http.ErrAbortHandler)
				}
				a.fail(route, w, r, cause)
			}()
			next.ServeHTTP(w, r)
		})
	}
}

// fail answers a request that a fault of ours has struck.
func (a *admission) fail(route *Route, w http.ResponseWriter, r *http.Request, cause any) {
	a.logFault(r, cause)
	dropHeaders(w.Header())
	route.refuse(w, r, &Refusal{
		Status: http.StatusInternalServerError, Code: resolvers.CodeInternal, Message: "internal error; request " + RequestID(r.Context()),
	})
}

// logFault tells the log the cause of an internal error.
func (a *admission) logFault(r *http.Request, cause any) {
	record := exchangeOf(r.Context()).record
	record.Refused = resolvers.CodeInternal
	a.log.ErrorContext(r.Context(), "internal error", "request", record.ID, "route", record.Route(), "cause", cause)
}

// trustedLength is how much room is made for a body because its client says how
// long it is: the rest comes with the bytes.
const trustedLength = 4 << 10

// readInto reads a body of limited size.
func (a *admission) readInto(text *bytes.Buffer, w http.ResponseWriter, r *http.Request) *Refusal {
	beyond := func(size int) *Refusal {
		return tooLarge(http.StatusRequestEntityTooLarge, a.limits.Exceeds("body", size))
	}
	switch n := r.ContentLength; {
	case n > int64(a.limits.Body): // before it is even read
		return beyond(int(n))
	case n > 0:
		text.Grow(min(int(n), trustedLength) + bytes.MinRead)
	}
	body := r.Body
	if r.ContentLength < 0 { // else net/http reads no more than that
		body = http.MaxBytesReader(w, body, int64(a.limits.Body))
	}
	switch coding := strings.Join(r.Header["Content-Encoding"], ", "); strings.ToLower(coding) {
	case "", "identity":
	case "gzip", "x-gzip":
		decoded, err := gzip.NewReader(body)
		if err != nil {
			return badRequest(http.StatusBadRequest, "the request is not compressed with gzip, as its Content-Encoding says")
		}
		body = http.MaxBytesReader(w, decoded, int64(a.limits.Body))
		r.Header.Del("Content-Encoding") // which the text that is read has no more
	default:
		w.Header().Set("Accept-Encoding", "gzip")
		return badRequest(http.StatusUnsupportedMediaType, "send the request with Content-Encoding: gzip, or as it is")
	}
	_, err := text.ReadFrom(body)
	if most := (*http.MaxBytesError)(nil); errors.As(err, &most) {
		return beyond(a.limits.Body + 1) // at least
	}
	if err != nil {
		return badRequest(http.StatusBadRequest, "the request could not be read to its end")
	}
	return nil
}

// readBody puts the body where the handler finds it in memory.
func (a *admission) readBody(w http.ResponseWriter, r *http.Request) *Refusal {
	if r.Body == nil || r.Body == http.NoBody {
		return nil
	}
	text := new(bytes.Buffer)
	refusal := a.readInto(text, w, r)
	r.Body = io.NopCloser(text)
	return refusal
}
