package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestOffer: what is sent is counted as what it is answered by, and only what a
// server under load should answer is no error.
func TestOffer(t *testing.T) {
	var asked atomic.Int64
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		switch asked.Add(1) % 5 {
		case 0:
			_, _ = io.WriteString(w, `{"data":{"a":1}}`)
		case 1:
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, `{"errors":[{"extensions":{"code":"OVERLOADED"}}]}`)
		case 2: // no Retry-After
			w.WriteHeader(http.StatusServiceUnavailable)
			_, _ = io.WriteString(w, `{"errors":[{"extensions":{"code":"OVERLOADED"}}]}`)
		case 3:
			_, _ = io.WriteString(w, `{"errors":[{"message":"no"}]}`)
		case 4:
			panic(http.ErrAbortHandler) // ends the connection
		}
	}))
	defer web.Close()
	address := strings.TrimPrefix(web.URL, "http://")
	for _, rate := range []float64{0, 500} {
		asked.Store(0)
		f := offer(t.Context(), address, [][]byte{wire(address, []byte("{}"))}, 2, rate, 200*time.Millisecond)
		n := int(asked.Load())
		if n < 10 || f.sent != n || f.accepted != n/5 || f.refused != (n+4)/5 || len(f.errors) != n-n/5-(n+4)/5 || len(f.latencies) != f.accepted {
			t.Errorf("rate %g: of %d requests %d were sent, %d accepted, %d refused, %d errors", rate, n, f.sent, f.accepted, f.refused, len(f.errors))
		}
	}
}

// TestCheck: each bound is held.
func TestCheck(t *testing.T) {
	rows := func(change func(*figures)) *report {
		r := &report{capacity: 100}
		for _, times := range []float64{1, 10, 1} {
			f := &figures{sent: int(times * 1000), accepted: 950, took: 10 * time.Second, latencies: []time.Duration{maxWait}, most: numbers{memory: 100e6}}
			if times == 10 {
				change(f)
			}
			r.rows = append(r.rows, row{times, f})
		}
		return r
	}
	if err := rows(func(*figures) {}).check(); err != nil {
		t.Errorf("all is well, and it says %v", err)
	}
	for says, change := range map[string]func(*figures){
		"10×: 1 requests were not answered":    func(f *figures) { f.errors = []error{io.ErrUnexpectedEOF} },
		"10×: 800 requests a second were off":  func(f *figures) { f.sent = 8000 },
		"10×: 69 requests a second were answe": func(f *figures) { f.accepted = 690 },
		"10×: the 99th percentile":             func(f *figures) { f.latencies = []time.Duration{maxWait + allElse + 1} },
		"10×: the server has 200 MB":           func(f *figures) { f.most.memory = 200e6 },
		"10×: the server did not tell":         func(f *figures) { f.most.memory = 0 },
	} {
		if err := rows(change).check(); !strings.HasPrefix(fmt.Sprint(err), says) {
			t.Errorf("it says %v, not %s", err, says)
		}
	}
}
