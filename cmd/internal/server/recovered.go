package server

import (
	"errors"
	"log/slog"
	"net/http"
)

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
