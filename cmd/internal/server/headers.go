package server

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/rs/cors"
)

// LocalOrigins are the pages that a developer has on the same machine: the
// only ones that may ask unless an operator names others. Any page may be
// allowed to read a public graph; what is being worked on at home may not.
func LocalOrigins() []string {
	var origins []string
	for _, scheme := range []string{"http", "https"} {
		for _, host := range []string{"localhost", "*.localhost", "127.0.0.1", "[::1]"} {
			origins = append(origins, scheme+"://"+host+":*")
		}
	}
	return origins
}

// crossOrigin lets the pages of other sites ask (CORS), where a route wants that.
func (a *admission) crossOrigin(route *Route) middleware {
	if len(a.origins) == 0 || !route.CrossOrigin {
		return func(next http.Handler) http.Handler { return next }
	}
	handle := cors.New(cors.Options{
		AllowOriginFunc: originsOf(a.origins).MatchString,
		AllowedMethods:  []string{http.MethodGet, http.MethodHead, http.MethodPost},
		AllowedHeaders:  sentHeaders,
		ExposedHeaders:  []string{"ETag", "Retry-After", "X-Request-Id"},
		MaxAge:          int((24 * time.Hour).Seconds()),
	}).Handler
	return func(next http.Handler) http.Handler {
		answer := handle(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodOptions {
				w.Header().Set("Allow", route.allow()) // of preflights too
				if asked := r.Header[headerAsked]; asked != nil {
					r.Header[headerAsked] = []string{sortedNames(asked)}
				}
			}
			answer.ServeHTTP(w, r)
		})
	}
}

const headerAsked = "Access-Control-Request-Headers"

// sortedNames writes a list of headers as browsers do, which is how rs/cors reads it:
// each once, in lower case, in the order of the alphabet.
func sortedNames(lists []string) string {
	names := strings.Split(strings.ToLower(strings.Join(lists, ",")), ",")
	for i, name := range names {
		names[i] = strings.TrimSpace(name)
	}
	slices.Sort(names)
	return strings.Trim(strings.Join(slices.Compact(names), ","), ",")
}

// sentHeaders are what pages may send: what the server reads, and what clients and
// their tools send wherever they ask: traces, the names of Apollo's clients, marks
// against forged requests. What nobody reads changes no answer.
var sentHeaders = []string{
	"Accept", "Content-Type", "Content-Encoding", "If-None-Match", "Cache-Control", keyHeader,
	"Authorization", "X-Requested-With",
	"Traceparent", "Tracestate", "Baggage", "Sentry-Trace",
	"Apollographql-Client-Name", "Apollographql-Client-Version", "Apollo-Require-Preflight", "Graphql-Preflight",
}

// Origin is the form of what lets sites in: SCHEME://HOST, SCHEME://HOST:PORT, each part
// but an IPv6 address with * for any text in it; :* are all ports, the scheme's own too.
var Origin = regexp.MustCompile(`(?i)^(\*|[a-z][a-z0-9+.-]*)://(\[[0-9a-f:.]+\]|[a-z0-9._*-]+)(:([0-9]{1,5}|\*))?$`)

// originsOf returns what matches the origins that are let in, each whole: a * goes on
// neither into the next part nor past the end.
func originsOf(allowed []string) *regexp.Regexp {
	var all []string
	for _, origin := range allowed {
		if origin == "*" {
			all = append(all, `.*`)
			continue
		}
		parts := Origin.FindStringSubmatch(origin)
		if parts == nil {
			continue // nothing sends it
		}
		of := func(part, any string) string { return strings.ReplaceAll(regexp.QuoteMeta(part), `\*`, any) }
		port := of(parts[3], "")
		if parts[4] == "*" {
			port = `(:[0-9]{1,5})?`
		}
		all = append(all, of(parts[1], `[a-z][a-z0-9+.-]*`)+"://"+of(parts[2], `[a-z0-9._-]+`)+port)
	}
	return regexp.MustCompile(`(?i)^(` + strings.Join(all, "|") + `)$`)
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
