package server

import (
	"maps"
	"net/http"
	"time"

	"github.com/rs/cors"
)

// LocalOrigins are the pages that a developer has on the same machine: the
// only ones that may ask unless an operator names others. Any page may be
// allowed to read a public graph; what is being worked on at home may not.
func LocalOrigins() []string {
	return []string{"http://localhost", "http://localhost:*", "http://127.0.0.1", "http://127.0.0.1:*"}
}

// shared lets the pages of other sites ask (CORS).
func shared(origins []string, next http.Handler) http.Handler {
	if len(origins) == 0 {
		return next
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: []string{"Accept", "Content-Type", "If-None-Match", keyHeader},
		ExposedHeaders: []string{"ETag", "Retry-After", "X-Request-Id"},
		MaxAge:         int((24 * time.Hour).Seconds()),
	}).Handler(next)
}

// guarded tells browsers to take every answer for what it says it is and for
// nothing more; a page that needs more sets its own policy.
func guarded(next http.Handler) http.Handler {
	every := http.Header{
		"X-Content-Type-Options":     {"nosniff"},
		"Content-Security-Policy":    {"default-src 'none'; frame-ancestors 'none'"},
		"Referrer-Policy":            {"no-referrer"},
		"Cross-Origin-Opener-Policy": {"same-origin"},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		maps.Copy(w.Header(), every)
		next.ServeHTTP(w, r)
	})
}
