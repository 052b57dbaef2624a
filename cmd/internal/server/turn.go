package server

import (
	"cmp"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/plexus-kg/plexus/resolvers"
)

// client returns whom a request counts for, the invalid prefix for a trusted proxy
// that names nobody.
func (a *admission) client(r *http.Request) netip.Prefix {
	if a.gate.PerClient == 0 {
		return netip.Prefix{}
	}
	address, ok := a.proxies.clientOf(r)
	if !ok {
		return netip.Prefix{}
	}
	return network(address)
}

// inTurn runs the handler when there is capacity for it, with a time limit, and
// sends its answer afterwards.
func (a *admission) inTurn(route *Route) middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			x := exchangeOf(r.Context())
			if a.gate.busy() {
				x.record.Came = x.record.Since()
			}
			turn, refusal := a.gate.enter(r.Context(), a.client(r))
			if refusal != nil {
				route.refuse(w, r, refusal)
				return
			}
			x.record.Turn = x.record.Since()
			answer, _ := a.buffers.Get().(*bufferedWriter)
			if answer == nil {
				answer = new(bufferedWriter)
			}
			answer.header, answer.status, answer.body = w.Header(), 0, answer.body[:0]
			func() {
				defer turn.leave() // before anything is sent: a slow client holds up nobody
				x.begin(x.record.Times.Began.Add(x.record.Turn), a.timeout)
				defer x.end()
				next.ServeHTTP(answer, r)
			}()
			late := a.timeout > 0 && x.record.Done-x.record.Turn >= a.timeout
			multiplexed := r.ProtoMajor > 1
			switch {
			case late && !route.AnswersLate:
				dropHeaders(w.Header())
				route.refuse(w, r, lateRefusal(a.timeout))
			case !a.gate.hold(len(answer.body), multiplexed):
				dropHeaders(w.Header())
				route.refuse(w, r, a.gate.overloaded("unsentBytes", a.gate.Unsent))
			default:
				answer.send(w)
				a.gate.release(len(answer.body), multiplexed)
			}
			if cap(answer.body) <= keptBody {
				answer.header = nil
				a.buffers.Put(answer)
			} else {
				a.giveBack()
			}
		})
	}
}

// lateRefusal is the refusal of a request that took longer than it may.
func lateRefusal(allowed time.Duration) *Refusal {
	return &Refusal{
		Status: http.StatusServiceUnavailable, Code: resolvers.CodeTimeout, Message: (&resolvers.TimeLimit{Allowed: allowed}).Error(),
		Limit: "milliseconds", Allowed: float64(allowed.Milliseconds()),
	}
}

// keptBody is the size of the largest buffer that is used again.
const keptBody = 4 << 20

// afterLarge is how long after the last large answer its memory is given back.
const afterLarge = 10 * time.Second

// giveBack gives the memory of large answers back to the system once none was sent for
// a while: the runtime itself would keep most of it for minutes.
func (a *admission) giveBack() {
	a.large.Lock()
	defer a.large.Unlock()
	if a.afterLarge == nil {
		a.afterLarge = time.AfterFunc(afterLarge, debug.FreeOSMemory)
	} else {
		a.afterLarge.Reset(afterLarge)
	}
}

// bufferedWriter keeps an answer until it may be sent. It cannot be flushed.
type bufferedWriter struct {
	header http.Header
	status int
	body   []byte
}

// Header implements http.ResponseWriter.
func (b *bufferedWriter) Header() http.Header { return b.header }

// WriteHeader implements http.ResponseWriter. Of the informational statuses none is
// sent.
func (b *bufferedWriter) WriteHeader(status int) {
	if b.status == 0 && status >= http.StatusOK {
		b.status = status
	}
}

// Write implements http.ResponseWriter.
func (b *bufferedWriter) Write(text []byte) (int, error) {
	b.WriteHeader(http.StatusOK)
	b.body = append(b.body, text...)
	return len(text), nil
}

// send sends the answer.
func (b *bufferedWriter) send(w http.ResponseWriter) {
	if len(b.body) >= smallest { // of less, net/http says it for less
		b.header["Content-Length"] = []string{strconv.Itoa(len(b.body))}
	}
	w.WriteHeader(cmp.Or(b.status, http.StatusOK))
	if len(b.body) > 0 {
		_, _ = w.Write(b.body)
	}
}
