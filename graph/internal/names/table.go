package names

import (
	"hash/maphash"
	"math/bits"
	"slices"
)

// Table numbers names. Make one with [New]. Any number of goroutines may call
// Find at the same time, while none calls Add.
type Table struct {
	seed  maphash.Seed
	names []string
	slots []slot // linear probing; a power of two
	shift int    // of a hash, so that the place of a name is left
	// renamed counts names that have left a slot behind, under their old hash.
	renamed int
}

// slot holds a name, if next is not 0.
type slot struct {
	hash uint32
	next uint32 // 1 + the number of the name
}

// New returns a table with room for so many names; more are no error, but cost
// copies.
func New(size int) *Table {
	t := &Table{seed: maphash.MakeSeed(), names: make([]string, 0, size)}
	t.resize(max(8, size+size/2))
	return t
}

// resize makes room for at least so many slots.
func (t *Table) resize(slots int) {
	width := bits.Len(uint(slots - 1))
	old := t.slots
	t.slots, t.shift = make([]slot, 1<<width), 32-width
	for _, s := range old {
		if s.next != 0 {
			at := t.place(s.hash)
			for t.slots[at].next != 0 {
				at = t.after(at)
			}
			t.slots[at] = s
		}
	}
}

// place returns where a name with this hash is looked for first. A table of
// more slots than hashes fills those behind the places.
func (t *Table) place(hash uint32) int {
	if t.shift < 0 {
		return int(hash) << -t.shift
	}
	return int(hash >> t.shift)
}

func (t *Table) after(at int) int { return (at + 1) & (len(t.slots) - 1) }

// find returns the slot where a name is or would be.
func (t *Table) find(name string) (at int, hash uint32) {
	hash = uint32(maphash.String(t.seed, name))
	for at = t.place(hash); ; at = t.after(at) {
		s := t.slots[at]
		if s.next == 0 || s.hash == hash && t.names[s.next-1] == name {
			return at, hash
		}
	}
}

// Find returns the number of a name.
func (t *Table) Find(name string) (number int32, known bool) {
	at, _ := t.find(name)
	number = int32(t.slots[at].next) - 1
	return number, number >= 0
}

// Add returns the number of a name, the next free one for a name that is new.
func (t *Table) Add(name string) (number int32, known bool) {
	at, hash := t.find(name)
	if s := t.slots[at]; s.next != 0 {
		return int32(s.next) - 1, true
	}
	t.names = append(t.names, name)
	t.slots[at] = slot{hash, uint32(len(t.names))}
	if len(t.names)+t.renamed > len(t.slots)/4*3 {
		t.resize(2 * len(t.slots))
	}
	return int32(len(t.names)) - 1, false
}

// Rename gives the name with this number another one, which no other has.
func (t *Table) Rename(number int32, name string) {
	at, hash := t.find(name)
	t.names[number] = name
	t.slots[at] = slot{hash, uint32(number) + 1}
	if t.renamed++; len(t.names)+t.renamed > len(t.slots)/4*3 {
		t.resize(2 * len(t.slots))
	}
}

// Len returns the number of names.
func (t *Table) Len() int { return len(t.names) }

// Names returns the names by their numbers, to be read only.
func (t *Table) Names() []string { return slices.Clip(t.names) }
