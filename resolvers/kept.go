package resolvers

import (
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// kept is what was used last of something that clients choose. It is bounded twice, in
// number and in bytes: else a client could fill the memory with a few large things, or
// with very many small ones. All methods may be called at the same time.
type kept[K comparable, V any] struct {
	most int

	mu    sync.Mutex
	lru   *simplelru.LRU[K, weighed[V]]
	bytes int
}

type weighed[V any] struct {
	value V
	bytes int
}

func newKept[K comparable, V any](number, bytes int) *kept[K, V] {
	k := &kept[K, V]{most: bytes}
	k.lru, _ = simplelru.NewLRU(number, func(_ K, w weighed[V]) { k.bytes -= w.bytes }) // fails for no positive number
	return k
}

func (k *kept[K, V]) get(key K) (V, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	w, known := k.lru.Get(key)
	return w.value, known
}

// add keeps something of so many bytes in the place of what was there, and forgets
// what has not been used for the longest time.
func (k *kept[K, V]) add(key K, value V, bytes int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.lru.Remove(key) // whose bytes would still be counted
	k.bytes += bytes
	k.lru.Add(key, weighed[V]{value, bytes})
	for k.bytes > k.most {
		k.lru.RemoveOldest()
	}
}
