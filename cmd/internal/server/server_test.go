package server

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestAcceptable: the client's weights decide, and of equal ones what it names
// first.
func TestAcceptable(t *testing.T) {
	for accept, want := range map[string]string{
		"":                                     typeJSON,
		"*/*":                                  typeJSON,
		"application/*":                        typeJSON,
		typeGraphQL:                            typeGraphQL,
		typeGraphQL + ", " + typeJSON:          typeGraphQL,
		typeJSON + ", " + typeGraphQL:          typeJSON,
		typeJSON + ";q=0.5, " + typeGraphQL:    typeGraphQL,
		"text/html, " + typeGraphQL + ";q=0.1": typeGraphQL,
		typeJSON + ";q=0":                      "",
		"text/html":                            "",
		"nonsense;;, " + typeJSON:              typeJSON,
	} {
		if got := acceptable([]string{accept}); got != want {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
	if got := acceptable(nil); got != typeJSON {
		t.Errorf("no Accept: %q", got)
	}
}

// TestRecovered: a panic is an internal error with the request's id for the
// client, and its cause for the log; a handler that wants to drop the
// connection still can.
func TestRecovered(t *testing.T) {
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, nil))
	panics := func(cause any) http.Handler {
		return New(Config{Log: logger, Routes: []Route{{Pattern: "/", Class: Limited, Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(cause) })}}})
	}
	w := httptest.NewRecorder()
	panics("*store.Store broke").ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	id := w.Header().Get("X-Request-Id")
	if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), id) || strings.Contains(w.Body.String(), "store") || id == "" {
		t.Errorf("%d %q, request %q", w.Code, w.Body, id)
	}
	if !strings.Contains(log.String(), "*store.Store broke") || !strings.Contains(log.String(), id) {
		t.Errorf("logged %q", log.String())
	}
	defer func() {
		if err, ok := recover().(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
			t.Errorf("the wish to drop the connection was lost: %v", err)
		}
	}()
	panics(http.ErrAbortHandler).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
}
