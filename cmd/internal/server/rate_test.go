package server

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
	"unsafe"
)

// from returns a request from an address, as the proxies in between tell it.
func from(peer string, forwarded ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = peer
	for _, f := range forwarded {
		r.Header.Add("X-Forwarded-For", f)
	}
	return r
}

// TestClientOf: only trusted proxies are believed, each about the one before
// it.
func TestClientOf(t *testing.T) {
	for _, c := range []struct {
		r    *http.Request
		want string // empty for a proxy's own request
	}{
		{from("192.0.2.1:99"), "192.0.2.1"},
		{from("192.0.2.1:99", "198.51.100.7"), "192.0.2.1"}, // not a proxy of ours
		{from("127.0.0.1:99"), ""},
		{from("127.0.0.1:99", "198.51.100.7"), "198.51.100.7"},
		{from("127.0.0.1:99", "10.9.9.9, 198.51.100.7"), "198.51.100.7"}, // the first is hearsay
		{from("127.0.0.1:99", "10.9.9.9", "198.51.100.7, 127.0.0.5"), "198.51.100.7"},
		{from("127.0.0.1:99", "127.0.0.5"), ""},
		{from("127.0.0.1:99", "198.51.100.7:1234"), "198.51.100.7"},
		{from("127.0.0.1:99", "[2001:db8::1]:1234"), "2001:db8::1"},
		{from("[::ffff:127.0.0.1]:99", "::ffff:198.51.100.7"), "198.51.100.7"},
		{from("127.0.0.1:99", "198.51.100.7, nonsense"), ""},
		{from("nonsense"), ""},
	} {
		got := ""
		if a, ok := Loopback().clientOf(c.r); ok {
			got = a.String()
		}
		if got != c.want {
			t.Errorf("%s %q: %q, want %q", c.r.RemoteAddr, c.r.Header["X-Forwarded-For"], got, c.want)
		}
	}
}

// TestRate: a bucket for each client, which fills again; a known key has its
// own.
func TestRate(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	l := newLimiter(Rate{PerSecond: 2, Burst: 3, Keys: map[string]float64{"sesame": 10}, Proxies: Loopback()})
	l.now = func() time.Time { return now }
	a := newAdmission(Config{})
	a.rate = l
	handler := a.admit(Route{Class: Limited, Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})})
	ask := func(r *http.Request) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	count := func(times int, r *http.Request) (passed int) {
		for range times {
			if ask(r).Code == http.StatusOK {
				passed++
			}
		}
		return passed
	}
	client := from("192.0.2.1:1")
	if n := count(10, client); n != 3 {
		t.Errorf("%d passed, want the burst of 3", n)
	}
	refused := ask(from("192.0.2.1:2")) // another port is no other client
	if refused.Code != http.StatusTooManyRequests || refused.Header().Get("Retry-After") != "1" {
		t.Errorf("%d %v %s", refused.Code, refused.Header(), refused.Body)
	}
	if n := count(10, from("192.0.2.2:1")); n != 3 {
		t.Errorf("%d of another client passed", n)
	}
	if n := count(4, from("[2001:db8::1]:1")) + count(4, from("[2001:db8::2]:1")); n != 3 {
		t.Errorf("%d of one IPv6 network passed", n)
	}
	if n := count(100, from("127.0.0.1:1")); n != 100 {
		t.Errorf("%d of the proxy itself passed", n)
	}
	keyed := from("192.0.2.1:1")
	keyed.Header.Set(keyHeader, "sesame")
	if n := count(100, keyed); n != 10 {
		t.Errorf("%d with a key passed, want 10", n)
	}
	keyed.Header.Set(keyHeader, "guessed")
	if n := count(10, keyed); n != 0 {
		t.Errorf("%d with a guessed key passed", n)
	}
	now = now.Add(time.Second)
	if n := count(10, client); n != 2 {
		t.Errorf("after a second %d passed, want 2", n)
	}
}

// TestRateClock: somebody sets the machine's clock, and it makes no difference:
// nobody is locked out for years, and nobody let through. The limiter takes its
// times from time.Now, which also counts by a clock that nobody sets, and keeps
// them as they are.
func TestRateClock(t *testing.T) {
	const years = 20 * 365 * 24 * time.Hour
	l := newLimiter(Rate{PerSecond: 2, Burst: 3, Proxies: Loopback()})
	start := l.now()
	if put := setClock(start, years); put.Sub(start) != 0 || put.Round(0).Sub(start.Round(0)) != years {
		t.Fatalf("%v, put %v ahead, is %v", start, years, put)
	}
	for _, c := range []struct {
		name       string
		after, put time.Duration // since the start, and from the right time
		passed     int
	}{
		{"at first", 0, 0, 3},
		{"put back", 0, -years, 0},
		{"a second later", time.Second, -years, 2},
		{"put ahead", time.Second, years, 0},
		{"another second later", 2 * time.Second, years, 2},
		{"right again", 2 * time.Second, 0, 0},
		{"a third second later", 3 * time.Second, 0, 2},
	} {
		l.now = func() time.Time { return setClock(start.Add(c.after), c.put) }
		passed := 0
		for range 10 {
			ok, wait, _ := l.allow(from("192.0.2.1:1"))
			if ok {
				passed++
			} else if wait <= 0 || wait > time.Second {
				t.Errorf("%s: told to wait %v", c.name, wait)
			}
		}
		if passed != c.passed {
			t.Errorf("%s: %d passed, want %d", c.name, passed, c.passed)
		}
	}
}

// setClock returns a time as time.Now tells it after the clock was put by so many
// seconds: another time of day, the same count.
func setClock(t time.Time, by time.Duration) time.Time {
	inside := (*struct {
		wall uint64 // seconds above 30 bits of nanoseconds, if there is a count
		ext  int64  // the count
		loc  *time.Location
	})(unsafe.Pointer(&t))
	inside.wall += uint64(by/time.Second) << 30
	return t
}

// TestRateOff: without a rate nobody is limited.
func TestRateOff(t *testing.T) {
	l := newLimiter(Rate{})
	for range 1000 {
		if ok, _, _ := l.allow(from("192.0.2.1:1")); !ok {
			t.Fatal("limited")
		}
	}
}
