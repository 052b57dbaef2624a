package plan

import (
	"github.com/plexus-kg/plexus/graph"
)

// items is a place in the answer where things stand: the nodes of lists, or one
// thing for each row of the place above. All that stand there in one answer, in
// all lists together, are its items, from 0.
type items interface {
	// one writes an item. It returns false where there is none.
	one(x *run, item int) bool
	// list writes the items from one up to another as a list.
	list(x *run, from, to int) bool
}

// entities is a place for things that the Reader knows by their refs. Each thing
// is read once, and written once: where it stands again, its bytes are copied.
type entities[B, V any] struct {
	slot[table[B]]
	// refs returns the items, NoRef where there is none.
	refs func(x *run) []graph.Ref
	read func(x *run, refs []graph.Ref, out *B) error
	// variant returns which of the objects a row is written as, or a negative
	// number for no thing at all.
	variant func(x *run, t *table[B], row int) int
	// at returns a row as what is written.
	at      func(t *table[B], row int) V
	objects []*object[V]
}

// table holds the things of a place, a row for each that is different.
type table[B any] struct {
	refs    []graph.Ref
	rows    []uint32 // of each item; nil where item i is row i
	own     []graph.Ref
	ownRows []uint32
	batch   B
	written []span // of each row, where items share rows
	err     error
}

// span says where something is written.
type span struct{ from, to, cuts, objects int }

// addEntities adds the step that reads a place.
func addEntities[B, V any](c *compiler, e *entities[B, V]) {
	e.slot = newSlot[table[B]](c)
	c.step(func(x *run) error {
		t := e.in(x)
		refs := e.refs(x)
		if err := x.hold(len(refs)); err != nil {
			return err
		}
		t.take(x, refs)
		t.err = e.read(x, t.refs, &t.batch)
		if t.err != nil {
			t.refs = nil // nothing hangs on this place
			t.batch = *new(B)
		}
		return x.ctx.Err()
	})
}

// take makes a row of each different ref.
func (t *table[B]) take(x *run, refs []graph.Ref) {
	t.refs, t.rows, t.written = refs, nil, t.written[:0]
	if ascending(refs) {
		return
	}
	t.own, t.ownRows = x.seen.distinct(refs, t.own[:0], t.ownRows[:0])
	t.refs, t.rows = t.own, t.ownRows
	t.written = append(t.written, make([]span, len(t.refs))...)
}

func ascending(refs []graph.Ref) bool {
	for i := 1; i < len(refs); i++ {
		if refs[i-1] >= refs[i] {
			return false
		}
	}
	return true
}

func (e *entities[B, V]) one(x *run, item int) bool {
	t := e.in(x)
	if t.err != nil {
		return x.fail(t.err)
	}
	return e.write(x, t, item)
}

func (e *entities[B, V]) list(x *run, from, to int) bool {
	t := e.in(x)
	if t.err != nil {
		return x.fail(t.err)
	}
	return list(x, from, to, func(x *run, i int) bool { return e.write(x, t, i) })
}

func (e *entities[B, V]) write(x *run, t *table[B], item int) bool {
	row := item
	if t.rows != nil {
		row = int(t.rows[item])
		if s := t.written[row]; s.to > 0 && s.cuts == x.cuts {
			x.buf = append(x.buf, x.buf[s.from:s.to]...)
			x.objects += s.objects
			return x.wanted(s.to - s.from)
		}
	}
	variant := e.variant(x, t, row)
	if variant < 0 || e.objects[variant] == nil {
		return false
	}
	start, faults, objects := len(x.buf), len(x.faults), x.objects
	if !e.objects[variant].write(x, e.at(t, row)) {
		return false
	}
	if t.rows != nil && len(x.faults) == faults { // errors have a place of their own each time
		t.written[row] = span{start, len(x.buf), x.cuts, x.objects - objects}
	}
	return true
}

// rowOf finds the different refs of a list. It is a hash table with open
// addressing, kept for the next list.
type rowOf struct{ slots []uint64 }

// distinct appends the different refs to own, in the order in which they come
// first, and for each ref its place among them to rows.
func (h *rowOf) distinct(refs, own []graph.Ref, rows []uint32) ([]graph.Ref, []uint32) {
	size := 16
	for size < 2*len(refs) {
		size *= 2
	}
	if len(h.slots) < size {
		h.slots = make([]uint64, size)
	}
	slots, mask := h.slots[:size], uint64(size-1)
	clear(slots)
	for _, ref := range refs {
		at := uint64(ref) * 0x9E3779B97F4A7C15 >> 20 & mask
		for {
			if slots[at] == 0 { // the row is stored with one added, so that no slot in use is 0
				slots[at] = uint64(ref)<<32 | uint64(len(own)+1)
				rows, own = append(rows, uint32(len(own))), append(own, ref)
				break
			}
			if graph.Ref(slots[at]>>32) == ref {
				rows = append(rows, uint32(slots[at])-1)
				break
			}
			at = (at + 1) & mask
		}
	}
	return own, rows
}
