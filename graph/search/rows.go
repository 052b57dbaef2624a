package search

import (
	"math/bits"
	"sort"
)

// sorted is entries in the order of their keys.
type sorted struct {
	list []byte
	key  func(uint32) []byte
}

func (x *Index) keyed(f Field) sorted {
	return sorted{x.rows[4*x.Bounds[f] : 4*x.Bounds[f+1]], x.key}
}

func (x *Index) codes() sorted { return x.keyed(Code) }

func (x *Index) localCodes() sorted {
	return sorted{x.local, func(e uint32) []byte { return localKey(x.key(e)) }}
}

// markRows marks the entries whose key is, or begins with, the given one.
func (s *scratch) markRows(in sorted, key string, whole bool) {
	n := len(in.list) / 4
	from := sort.Search(n, func(i int) bool { return string(in.key(u32(in.list, uint32(i)))) >= key })
	// What begins with the key, or is it, stands together.
	for i := from; i < n; i++ {
		e := u32(in.list, uint32(i))
		k := in.key(e)
		if len(k) < len(key) || whole && len(k) > len(key) || string(k[:len(key)]) != key {
			return
		}
		s.mark(e)
	}
}

func (s *scratch) mark(e uint32) { s.marks[e/64] |= 1 << (e % 64) }

// marked calls visit with the marked entries of a field in their order, and
// clears the marks; no other field may have any.
func (s *scratch) marked(f Field, visit func(uint32)) {
	s.markedWithin(s.x.Bounds[f], s.x.Bounds[f+1], visit)
}

func (s *scratch) markedWithin(from, to uint32, visit func(uint32)) {
	if from == to {
		return
	}
	for i := from / 64; i <= (to-1)/64; i++ {
		for set := s.marks[i]; set != 0; set &= set - 1 {
			visit(64*i + uint32(bits.TrailingZeros64(set)))
		}
		s.marks[i] = 0
	}
}
