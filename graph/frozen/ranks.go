package frozen

import (
	"fmt"
	"math/bits"

	"github.com/plexus-kg/plexus/graph/release"
)

// ranks is a row of bits that can tell, in a few nanoseconds, how many are set
// before any position. A column of numbers that most quads do not have is one
// of these and the numbers that are there: 0.7 bytes a quad for labels instead
// of 4. A column of numbers that grow by one is one of these alone: 0.14 bytes
// for subjects instead of 4.
type ranks struct {
	words  []uint64
	before []uint32 // the number of bits set before each block
}

// blockWords is how many words are counted together.
const blockWords = 8

func newRanks(n int) ranks { return ranks{words: make([]uint64, (n+63)/64)} }

func (r *ranks) set(i uint32) { r.words[i/64] |= 1 << (i % 64) }

func (r *ranks) has(i uint32) bool { return r.words[i/64]>>(i%64)&1 != 0 }

// count makes rank possible, once all bits are set.
func (r *ranks) count() {
	r.before = make([]uint32, 0, len(r.words)/blockWords+1)
	n := uint32(0)
	for i, w := range r.words {
		if i%blockWords == 0 {
			r.before = append(r.before, n)
		}
		n += uint32(bits.OnesCount64(w))
	}
}

// rank returns the number of bits set before position i.
func (r *ranks) rank(i uint32) uint32 {
	word := i / 64
	n := r.before[word/blockWords]
	for _, w := range r.words[word/blockWords*blockWords : word] {
		n += uint32(bits.OnesCount64(w))
	}
	return n + uint32(bits.OnesCount64(r.words[word]&(1<<(i%64)-1)))
}

// check tells whether there can be n bits, in constant time.
func (r *ranks) check(n int) error {
	if len(r.words) != (n+63)/64 || len(r.before) != (len(r.words)+blockWords-1)/blockWords {
		return fmt.Errorf("%w: the bits of a column do not fit its length", release.ErrDamaged)
	}
	return nil
}
