package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/cmd/internal/server"
)

// BenchmarkRefusals measures what it costs to refuse each of the attacks: a
// document the first time and when it is known, a request that is no operation.
// What a plain query costs is measured, too, for comparison. The package comment
// of limits has the numbers.
func BenchmarkRefusals(b *testing.B) {
	h, _ := handler(b, func(*server.Config) {})
	measure := func(name string, request func() *http.Request) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(httptest.NewRecorder(), request())
			}
		})
	}
	ask := func(query string) *http.Request {
		r := httptest.NewRequest(http.MethodPost, server.Endpoint, strings.NewReader(of(query)))
		r.Header.Set("Content-Type", "application/json")
		return r
	}
	measure("a plain query/known", func() *http.Request { return ask(`{ concept(id: "eeg") { id } }`) })
	documents := 0
	for _, name := range slices.Sorted(maps.Keys(attackDocuments)) {
		document := attackDocuments[name].query
		measure(name+"/first", func() *http.Request {
			documents++
			return ask(fmt.Sprintf("#%d\n%s", documents, document))
		})
		measure(name+"/known", func() *http.Request { return ask(document) })
	}
	for _, name := range slices.Sorted(maps.Keys(attackRequests)) {
		a := attackRequests[name]
		measure(name, func() *http.Request {
			r := httptest.NewRequest(a.method, "/"+a.path, strings.NewReader(a.body))
			for key, value := range a.header {
				r.Header.Set(key, value)
			}
			return r
		})
	}
}
