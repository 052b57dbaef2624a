package search

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/plexus-kg/plexus/graph"
)

// sorted is entries in the order of their keys.
type sorted struct {
	x      *Index
	list   []byte
	key    func(*Index, uint32) []byte
	ladder *ladder
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

// end returns the first row behind those from i on whose key begins with the given
// one or, if whole is set, is it: it looks ahead in growing steps, since most runs
// are short.
func (in *sorted) end(i int, key string, whole bool) int {
	within := func(i int) bool {
		k := in.at(i)
		return len(k) >= len(key) && (!whole || len(k) == len(key)) && string(k[:len(key)]) == key
	}
	step := 1
	for i+step <= in.len() && within(i+step-1) {
		i += step
		step *= 2
	}
	return i + sort.Search(min(step, in.len()-i), func(n int) bool { return !within(i + n) })
}

// markRows marks the entries whose key is, or begins with, the given one.
func (s *scratch) markRows(in *sorted, key string, whole bool) {
	from := in.from(key)
	s.markBetween(in, from, in.end(from, key, whole))
}

// markBetween marks the entries of some rows.
func (s *scratch) markBetween(in *sorted, from, to int) {
	for i := from; i < to; i++ {
		s.mark(u32(in.list, uint32(i)))
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

// marked calls visit with the marked entries in their order, until enough is found,
// and clears the marks.
func (s *scratch) marked(visit func(uint32)) {
	for b, words := range s.marks.blocks {
		for ; words != 0; words &= words - 1 {
			i := 64*uint32(b) + uint32(bits.TrailingZeros64(words))
			for set := s.marks.words[i]; set != 0 && s.enough < s.limit; set &= set - 1 {
				visit(64*i + uint32(bits.TrailingZeros64(set)))
			}
			s.marks.words[i] = 0
		}
		s.marks.blocks[b] = 0
	}
}

// addMarked takes the marked entries as hits of a tier.
func (s *scratch) addMarked(t tier) {
	s.marked(func(e uint32) { s.add(found{e, t}) })
}

// siblings are the entries of each concept, in their order. They are gathered when
// they are first asked for.
type siblings struct {
	once          sync.Once
	starts, lists []uint32
}

// of returns the entries of a concept.
func (b *siblings) of(x *Index, ref graph.Ref) []uint32 {
	b.once.Do(func() {
		starts, lists := make([]uint32, x.Concepts+2), make([]uint32, x.Bounds[shelves])
		for e := range x.Bounds[shelves] {
			starts[x.ref(e)+1]++
		}
		for ref := range x.Concepts {
			starts[ref+2] += starts[ref+1]
		}
		next := slices.Clone(starts)
		for e := range x.Bounds[shelves] {
			lists[next[x.ref(e)]] = e
			next[x.ref(e)]++
		}
		b.starts, b.lists = starts, lists
	})
	return b.lists[b.starts[ref]:b.starts[ref+1]]
}
