package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// TestOverload: of more clients than can be served, each is answered, with what
// it asked for or with when to come back; afterwards all is as before.
func TestOverload(t *testing.T) {
	defer http.DefaultClient.CloseIdleConnections() // a server that stops waits for those that were never used
	address := serve(t, "--max-running", "1", "--max-waiting", "2", "--rate", "0")
	const large = `{ concepts(first: 100) { nodes { id name links(first: 20) { edges { node { id name } statements { id locator } } } } } }`
	request, _ := json.Marshal(map[string]string{"query": large})
	status, _, want := post(t, address, "application/json", string(request))
	if status != http.StatusOK {
		t.Fatalf("%d %.300s", status, want)
	}
	var accepted, refused atomic.Int64
	var clients sync.WaitGroup
	for range 50 {
		clients.Go(func() {
			for !t.Failed() && (accepted.Load() < 20 || refused.Load() < 20) {
				status, header, body := post(t, address, "application/json", string(request))
				switch {
				case status == http.StatusOK && body == want:
					accepted.Add(1)
				case status == http.StatusServiceUnavailable && header.Get("Retry-After") == "1" && strings.Contains(body, `"OVERLOADED"`):
					refused.Add(1)
				default:
					t.Errorf("%d %q %.300s", status, header.Get("Retry-After"), body)
				}
			}
		})
	}
	clients.Wait()
	t.Logf("%d accepted, %d refused", accepted.Load(), refused.Load())
	for range 10 { // nobody is left in their place
		if status, _, body := post(t, address, "application/json", string(request)); status != http.StatusOK || body != want {
			t.Errorf("afterwards: %d %.300s", status, body)
		}
	}
}
