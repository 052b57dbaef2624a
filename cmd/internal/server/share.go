package server

import (
	"net/netip"
	"sync"
)

// shares keeps a client from taking all turns for itself: a few operations that
// take long would shut everybody else out, however seldom they come.
type shares struct {
	each int // how many turns one client may have at a time; 0 for any number
	mu   sync.Mutex
	of   map[netip.Prefix]*share // of those who have a turn, or wait for one
}

type share struct {
	turns chan struct{}
	users int
}

// take returns the turns of a client, and how to give them back; nil for one that
// has no limit.
func (s *shares) take(client netip.Prefix) (turns chan struct{}, done func()) {
	if s.each == 0 || !client.IsValid() {
		return nil, func() {}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	own := s.of[client]
	if own == nil {
		own = &share{turns: make(chan struct{}, s.each)}
		s.of[client] = own
	}
	own.users++
	return own.turns, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if own.users--; own.users == 0 {
			delete(s.of, client)
		}
	}
}
