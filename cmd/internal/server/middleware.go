package server

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"time"
)

// identified is the context of a request: that of net/http with the request's id.
type identified struct {
	context.Context
	id string
}

type identifiedKey struct{}

// Value implements context.Context.
func (c *identified) Value(key any) any {
	if key == (identifiedKey{}) {
		return c
	}
	return c.Context.Value(key)
}

// RequestID returns the id of the request that a context belongs to, empty
// outside of one.
func RequestID(ctx context.Context) string {
	if c, ok := ctx.Value(identifiedKey{}).(*identified); ok {
		return c.id
	}
	return ""
}

// withRequestID gives every request an id and every answer the header
// X-Request-Id. Ids of clients are not taken over: they could say anything.
func withRequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := rand.Text()[:12]
		w.Header()["X-Request-Id"] = []string{id}
		next.ServeHTTP(w, r.WithContext(&identified{r.Context(), id}))
	})
}

// logged logs every request when it is done.
func logged(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		answer := &answer{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(answer, r)
		if log.Enabled(r.Context(), slog.LevelDebug) {
			log.DebugContext(r.Context(), "request", "request", RequestID(r.Context()), "method", r.Method,
				"path", r.URL.Path, "status", answer.status, "bytes", answer.bytes, "took", time.Since(start))
		}
	})
}

// recovered turns a panic of a handler into a plain internal error.
func recovered(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(cause) // net/http's own way to drop a connection
			}
			log.ErrorContext(r.Context(), "internal error", "request", RequestID(r.Context()), "panic", cause)
			http.Error(w, "internal error; request "+RequestID(r.Context()), http.StatusInternalServerError)
		}()
		next.ServeHTTP(w, r)
	})
}

// answer remembers what was answered.
type answer struct {
	http.ResponseWriter
	status int
	bytes  int
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	n, err := a.ResponseWriter.Write(b)
	a.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the writer below.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
