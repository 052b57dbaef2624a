package search

import (
	"encoding/binary"
	"math/bits"
	"sort"
	"sync"
	"sync/atomic"
)

// sorted is entries in the order of their keys.
type sorted struct {
	x      *Index
	list   []byte
	key    func(*Index, uint32) []byte
	ladder *ladder
}

func (x *Index) keyed(f Field) sorted {
	return sorted{x, x.rows[4*x.Bounds[f] : 4*x.Bounds[f+1]], (*Index).key, &x.ladders[f]}
}

func (x *Index) codes() sorted { return x.keyed(Code) }

func (x *Index) localCodes() sorted {
	return sorted{x, x.local, (*Index).localKey, &x.localLadder}
}

func (in *sorted) len() int { return len(in.list) / 4 }

func (in *sorted) at(i int) []byte { return in.key(in.x, u32(in.list, uint32(i))) }

// from returns the first row whose key is not before the given one.
func (in *sorted) from(key string) int {
	if !in.ladder.made.Load() {
		keys := *in // of which only this branch leaves the stack
		in.ladder.make(in.len(), &keys)
	}
	low, high := in.ladder.around(key, in.len())
	return low + sort.Search(high-low, func(i int) bool { return string(in.at(low+i)) >= key })
}

// ladder shortens the search in a sorted list: the beginnings of every so many
// of its keys, which lie together, where each key itself is three cache misses
// away. It is made when it is first used, and stays empty if the bytes of the
// index are damaged.
type ladder struct {
	once  sync.Once
	made  atomic.Bool
	rungs []uint64
}

// rung is how many rows lie between two rungs.
const rung = 16

// make makes the ladder of n keys, unless it is made.
func (l *ladder) make(n int, keys interface{ at(int) []byte }) {
	l.once.Do(func() {
		rungs := make([]uint64, 0, n/rung+1)
		for i := 0; i < n; i += rung {
			rungs = append(rungs, beginning(string(keys.at(i))))
		}
		l.rungs = rungs
		l.made.Store(true)
	})
}

// around returns between which rows the first one lies that is not before a key:
// it is one of [low, high], of n rows.
func (l *ladder) around(key string, n int) (low, high int) {
	k := beginning(key)
	before := sort.Search(len(l.rungs), func(i int) bool { return l.rungs[i] >= k })
	after := before
	if after < len(l.rungs) && l.rungs[after] == k {
		after += sort.Search(len(l.rungs)-after, func(i int) bool { return l.rungs[before+i] > k })
	}
	if low, high = 0, n; before > 0 {
		low = (before-1)*rung + 1
	}
	if after < len(l.rungs) {
		high = after * rung
	}
	return low, high
}

// beginning returns the first eight bytes of a key as a number: of two keys the
// later one has no smaller one.
func beginning(key string) uint64 {
	var b [8]byte
	copy(b[:], key)
	return binary.BigEndian.Uint64(b[:])
}

// markRows marks the entries whose key is, or begins with, the given one.
func (s *scratch) markRows(in sorted, key string, whole bool) {
	s.markFrom(in, in.from(key), key, whole)
}

// markFrom is markRows for a key whose rows begin at i, if there are any.
func (s *scratch) markFrom(in sorted, i int, key string, whole bool) {
	// What begins with the key, or is it, stands together.
	for ; i < in.len(); i++ {
		e := u32(in.list, uint32(i))
		k := in.key(in.x, e)
		if len(k) < len(key) || whole && len(k) > len(key) || string(k[:len(key)]) != key {
			return
		}
		s.mark(e)
	}
}

// marks is a set of entries, to bring them into order. Most questions mark few:
// blocks says in which words there are any.
type marks struct {
	words, blocks []uint64 // a bit for each entry, and for each word
}

func newMarks(entries uint32) marks {
	words := entries/64 + 1
	return marks{make([]uint64, words), make([]uint64, words/64+1)}
}

func (s *scratch) mark(e uint32) {
	i := e / 64
	s.marks.words[i] |= 1 << (e % 64)
	s.marks.blocks[i/64] |= 1 << (i % 64)
}

// marked calls visit with the marked entries of a field in their order, and
// clears the marks; no other field may have any.
func (s *scratch) marked(f Field, visit func(uint32)) {
	s.markedWithin(s.x.Bounds[f], s.x.Bounds[f+1], visit)
}

func (s *scratch) markedWithin(from, to uint32, visit func(uint32)) {
	if from == to {
		return
	}
	for b := from / 64 / 64; b <= (to-1)/64/64; b++ {
		for words := s.marks.blocks[b]; words != 0; words &= words - 1 {
			i := 64*b + uint32(bits.TrailingZeros64(words))
			for set := s.marks.words[i]; set != 0; set &= set - 1 {
				visit(64*i + uint32(bits.TrailingZeros64(set)))
			}
			s.marks.words[i] = 0
		}
		s.marks.blocks[b] = 0
	}
}
