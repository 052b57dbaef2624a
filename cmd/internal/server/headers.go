package server

import (
	"net/http"
	"strings"
	"time"

	"github.com/rs/cors"
)

// LocalOrigins are the pages that a developer has on the same machine: the
// only ones that may ask unless an operator names others. Any page may be
// allowed to read a public graph; what is being worked on at home may not.
func LocalOrigins() []string {
	return []string{"http://localhost", "http://localhost:*", "http://127.0.0.1", "http://127.0.0.1:*"}
}

// crossOrigin lets the pages of other sites ask (CORS), where a route wants that.
func (a *admission) crossOrigin(route *Route) middleware {
	if len(a.origins) == 0 || !route.CrossOrigin {
		return func(next http.Handler) http.Handler { return next }
	}
	return cors.New(cors.Options{
		AllowedOrigins: a.origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Content-Type", "If-None-Match", keyHeader},
		ExposedHeaders: []string{"ETag", "Retry-After", "X-Request-Id"},
		MaxAge:         int((24 * time.Hour).Seconds()),
	}).Handler
}

// securityHeaders tell browsers to take every answer for what it says it is and for
// nothing more; a page that needs more sets its own policy.
var securityHeaders = []struct {
	name  string
	value []string
}{
	{"X-Content-Type-Options", []string{"nosniff"}},
	{"Content-Security-Policy", []string{"default-src 'none'; frame-ancestors 'none'"}},
	{"Referrer-Policy", []string{"no-referrer"}},
	{"Cross-Origin-Opener-Policy", []string{"same-origin"}},
}

func setSecurityHeaders(h http.Header) {
	for _, s := range securityHeaders {
		h[s.name] = s.value
	}
}

// secured sets the security headers of every answer.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurityHeaders(w.Header())
		next.ServeHTTP(w, r)
	})
}

// dropHeaders drops what a handler has said of an answer that is not sent, and keeps
// what the middleware says of every answer.
func dropHeaders(h http.Header) {
	for name := range h {
		switch {
		case name == headerRequestID, name == headerStrictTransport, name == "Vary", strings.HasPrefix(name, "Access-Control-"):
		default:
			delete(h, name)
		}
	}
	setSecurityHeaders(h)
}
