package plan

import (
	"context"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Texts keeps something for each of the documents used last, by their texts. It
// implements gqlgen's graphql.Cache; all methods may be called at the same time.
//
// What is kept of a document, its tree and its plan, takes about a hundred times
// the memory of its text. Both are bounded, the number of documents and the bytes
// of their texts: else a few hundred large documents would take half a gigabyte.
type Texts[T any] struct {
	most int

	mu    sync.Mutex
	kept  *simplelru.LRU[string, T]
	bytes int
}

// NewTexts returns an empty cache.
func NewTexts[T any](documents, bytes int) *Texts[T] {
	t := &Texts[T]{most: bytes}
	t.kept, _ = simplelru.NewLRU(documents, func(text string, _ T) { t.bytes -= len(text) }) // fails for no positive size
	return t
}

// Get returns what is kept of a document.
func (t *Texts[T]) Get(_ context.Context, text string) (T, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.kept.Get(text)
}

// Add keeps something of a document, and forgets those that have not been used
// for the longest time.
func (t *Texts[T]) Add(_ context.Context, text string, value T) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.kept.Contains(text) {
		t.bytes += len(text)
	}
	t.kept.Add(text, value)
	for t.bytes > t.most {
		t.kept.RemoveOldest()
	}
}
