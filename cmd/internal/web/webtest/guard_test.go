package webtest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// witness is a test that is expected to fail: it collects what it is told.
type witness struct {
	testing.TB
	faults  []string
	cleanup []func()
}

func (w *witness) Helper()           {}
func (w *witness) Error(args ...any) { w.faults = append(w.faults, fmt.Sprint(args...)) }
func (w *witness) Cleanup(f func())  { w.cleanup = append(w.cleanup, f) }

func TestGuard(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"a calm page", `<link rel="icon" href="data:,"><p>Hello</p>`, ""},
		{"a picture from elsewhere", `<link rel="icon" href="data:,"><img src="https://example.org/a.png">`, "a request leaves this machine: https://example.org/a.png"},
		{"a console error", `<link rel="icon" href="data:,"><script>console.error("oh")</script>`, "the console shows an error: \"oh\""},
		{"an exception", `<link rel="icon" href="data:,"><script>throw new Error("oh")</script>`, "an exception is not caught"},
		{"a missing file", `<link rel="icon" href="data:,"><script src="/missing.js"></script>`, "the browser reports"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path != "/" {
					http.NotFound(w, r)
					return
				}
				w.Header().Set("Content-Type", "text/html")
				_, _ = io.WriteString(w, c.html)
			}))
			defer server.Close()
			ctx := Browser(t)
			w := &witness{TB: t}
			Guard(w, ctx)
			if err := chromedp.Do(ctx, chromedp.Navigate(server.URL)); err != nil {
				t.Fatal(err)
			}
			for _, f := range w.cleanup {
				f()
			}
			got := strings.Join(w.faults, "\n")
			if (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
				t.Errorf("the guard says %q, want %q", got, c.want)
			}
		})
	}
}

func TestLeaves(t *testing.T) {
	for address, want := range map[string]bool{
		"http://127.0.0.1:8080/":      false,
		"http://[::1]:8080/":          false,
		"ws://localhost:1/":           false,
		"data:image/svg+xml,x":        false,
		"https://example.org/":        true,
		"http://10.0.0.1/":            true,
		"https://localhost.evil.org/": true,
		"http://%zz":                  true,
	} {
		if got := leaves(address); got != want {
			t.Errorf("leaves(%q) = %v", address, got)
		}
	}
}
