//go:build !race

// Under the race detector a sync.Pool forgets at random what it was given.

package telemetry

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestNothingIsAllocated: what nobody traces or logs costs no memory.
func TestNothingIsAllocated(t *testing.T) {
	o, r := quiet(), httptest.NewRequest(http.MethodPost, "/graphql", nil)
	if n := testing.AllocsPerRun(1000, func() { observe(o, r) }); n > 0 {
		t.Errorf("%v allocations a request", n)
	}
}
