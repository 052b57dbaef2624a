package server

import (
	"crypto/sha256"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// Rate is how many requests a client may make: a token bucket for each address
// (of IPv6, each /64), or for each key that it names in X-Api-Key. Requests
// from a trusted proxy that names no client are its own, such as health checks,
// and have no limit.
type Rate struct {
	// PerSecond is how fast a bucket fills, Burst how many requests it holds. 0
	// means no limit.
	PerSecond float64
	Burst     int
	// Keys are the known keys, and how fast the bucket of each fills. An unknown
	// key is as good as none.
	Keys map[string]float64
	// Proxies are the trusted ones.
	Proxies Proxies
}

// rememberedClients is how many buckets are kept, those used last. A client
// that is forgotten finds a full bucket: under a flood from more addresses than
// that, Capacity is what holds.
const rememberedClients = 100_000

// keyHeader is where a client names its key.
const keyHeader = "X-Api-Key"

// limiter keeps the buckets.
type limiter struct {
	Rate
	keys    map[[sha256.Size]byte]*rate.Limiter // by hash: looking one up tells nothing by its time
	mu      sync.Mutex
	buckets *lru.Cache[netip.Prefix, *rate.Limiter]
	now     func() time.Time
}

func newLimiter(r Rate) *limiter {
	l := &limiter{Rate: r, keys: map[[sha256.Size]byte]*rate.Limiter{}, now: time.Now}
	for key, perSecond := range r.Keys {
		l.keys[sha256.Sum256([]byte(key))] = rate.NewLimiter(rate.Limit(perSecond), burst(perSecond, r.Burst))
	}
	l.buckets, _ = lru.New[netip.Prefix, *rate.Limiter](rememberedClients) // fails for no positive size
	return l
}

// burst is at least what comes in a second.
func burst(perSecond float64, n int) int { return max(n, int(math.Ceil(perSecond)), 1) }

// bucket returns the bucket of a request's client, nil if it has no limit.
func (l *limiter) bucket(r *http.Request) *rate.Limiter {
	if key := r.Header.Get(keyHeader); key != "" {
		if b := l.keys[sha256.Sum256([]byte(key))]; b != nil {
			return b
		}
	}
	if l.PerSecond <= 0 {
		return nil
	}
	client, ok := l.Proxies.clientOf(r)
	if !ok {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	key := network(client)
	b, ok := l.buckets.Get(key)
	if !ok {
		b = rate.NewLimiter(rate.Limit(l.PerSecond), burst(l.PerSecond, l.Burst))
		l.buckets.Add(key, b)
	}
	return b
}

// allow takes a token from the client's bucket; without one it returns how long
// it takes until there is, and how fast the bucket fills.
func (l *limiter) allow(r *http.Request) (ok bool, wait time.Duration, perSecond float64) {
	b := l.bucket(r)
	if b == nil {
		return true, 0, 0
	}
	now := l.now()
	perSecond = float64(b.Limit())
	if b.AllowN(now, 1) {
		return true, 0, perSecond
	}
	missing := 1 - b.TokensAt(now)
	return false, time.Duration(missing / perSecond * float64(time.Second)), perSecond
}

// check refuses the requests of a client that makes too many.
func (l *limiter) check(_ http.ResponseWriter, r *http.Request) *Refusal {
	ok, wait, perSecond := l.allow(r)
	if ok {
		return nil
	}
	seconds := max(1, int(math.Ceil(wait.Seconds())))
	return &Refusal{
		Status: http.StatusTooManyRequests, Code: codeRateLimited, Message: "you have made more requests than are allowed: wait " + strconv.Itoa(seconds) + " s",
		Limit: "requestsPerSecond", Allowed: perSecond, RetryAfter: seconds,
	}
}
