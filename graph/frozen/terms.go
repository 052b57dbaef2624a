package frozen

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"runtime"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/cespare/xxhash/v2"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/release"
)

// terms is the dictionary: every IRI, blank node and literal once, numbered
// from 1. The record of a term is the number of its form and its text, so that
// equal records are equal terms and a look-up compares bytes.
//
// An IRI is kept as the CURIE that Plexus shows ("MONDO:0005665"): an id is a
// string of the file as it stands, and a namespace is stored once.
type terms struct {
	namespaces
	offset []uint32 // the record of term i is text[offset[i]:offset[i+1]]
	text   []byte
	slots  []uint32 // a hash table of terms with linear probing, 0 where empty
}

// maxText is how many bytes the records may have, since offsets have 32 bits.
const maxText = math.MaxUint32

func (t *terms) count() int { return max(0, len(t.offset)-2) }

// record returns the record of a term. It panics if the arrays are damaged,
// which recovered turns into an error.
func (t *terms) record(id uint32) []byte { return t.text[t.offset[id]:t.offset[id+1]] }

// touch brings the records of nearby terms at most into the cache, side by side.
func (t *terms) touch(ids []uint32) {
	var from [nearby]uint32
	for i, id := range ids {
		from[i] = t.offset[id]
	}
	touched := byte(0)
	for _, at := range from[:len(ids)] {
		if int(at) < len(t.text) {
			touched += t.text[at]
		}
	}
	runtime.KeepAlive(touched)
}

// get returns the form and the text of a term.
func (t *terms) get(id uint32) (*form, string) {
	r := t.record(id)
	if len(r) > 0 && r[0] < 0x80 { // nearly always
		return &t.forms[r[0]], text(r[1:])
	}
	n, size := binary.Uvarint(r)
	if size <= 0 {
		panic(errRecord)
	}
	return &t.forms[n], text(r[size:])
}

var errRecord = errors.New("a term without a form")

// value returns a term as Cayley's value.
func (t *terms) value(id uint32) quad.Value {
	f, s := t.get(id)
	return value(f, s)
}

// appendRecord appends the record that a value has, or would have if its form
// were there.
func (t *terms) appendRecord(dst []byte, v quad.Value, addForm func(kind, string) (int, error)) (_ []byte, err error) {
	var (
		f     int
		local string
	)
	switch v := v.(type) {
	case quad.IRI:
		f, local = t.split(string(v))
	case quad.BNode:
		dst = append(dst, formBlank, '_', ':')
		return append(dst, v...), nil
	case quad.String:
		dst = append(dst, formPlain)
		return append(dst, v...), nil
	default:
		k, tag, s, ok := lexical(v)
		if !ok {
			return dst, fmt.Errorf("%w: the store keeps no values of the kind of %v", errNoTerm, v)
		}
		if f, err = addForm(k, tag); err != nil {
			return dst, err
		}
		local = s
	}
	dst = append(appendForm(dst, f), t.forms[f].Prefix...)
	return append(dst, local...), nil
}

var errNoTerm = errors.New("not a term")

// findForm returns the form of a language or datatype.
func (t *terms) findForm(k kind, tag string) (int, error) {
	for i := fixedForms + len(t.spaces); i < len(t.forms); i++ {
		if t.forms[i].Kind == k && t.forms[i].Tag == tag {
			return i, nil
		}
	}
	return 0, errNoTerm
}

// find returns the number of a value, 0 if it is not in the dictionary.
func (t *terms) find(v quad.Value) uint32 {
	var buffer [128]byte
	r, err := t.appendRecord(buffer[:0], v, t.findForm)
	if err != nil {
		return 0
	}
	return t.lookup(r)
}

// findName is find for the IRI or blank node of this name, without making a
// value of it.
func (t *terms) findName(name string) uint32 {
	var buffer [128]byte
	if strings.HasPrefix(name, "_:") {
		return t.lookup(append(appendForm(buffer[:0], formBlank), name...))
	}
	f, local := t.split(name)
	r := append(appendForm(buffer[:0], f), t.forms[f].Prefix...)
	return t.lookup(append(r, local...))
}

// appendForm appends what a record begins with.
func appendForm(dst []byte, f int) []byte {
	if f < 0x80 { // nearly always
		return append(dst, byte(f))
	}
	return binary.AppendUvarint(dst, uint64(f))
}

func (t *terms) lookup(r []byte) uint32 {
	if len(t.slots) == 0 {
		return 0
	}
	at := slot(xxhash.Sum64(r), len(t.slots))
	for range t.slots {
		id := t.slots[at]
		if id == 0 {
			return 0
		}
		if text(t.record(id)) == text(r) {
			return id
		}
		if at++; at == len(t.slots) {
			at = 0
		}
	}
	return 0
}

// slot spreads hashes over any number of slots, not only powers of two, so that
// the table is never more than a quarter empty: 5 bytes a term instead of up to
// 8.
func slot(hash uint64, slots int) int {
	hi, _ := bits.Mul64(hash, uint64(slots))
	return int(hi)
}

// hashed returns the hash table.
func (t *terms) hashed() []uint32 {
	n := t.count()
	slots := make([]uint32, n+n/4+1)
	for id := uint32(1); int(id) <= n; id++ {
		at := slot(xxhash.Sum64(t.record(id)), len(slots))
		for slots[at] != 0 {
			if at++; at == len(slots) {
				at = 0
			}
		}
		slots[at] = id
	}
	return slots
}

// isNode reports whether a term is an IRI or a blank node.
func (t *terms) isNode(id uint32) bool {
	f, _ := t.get(id)
	return f.isNode()
}

// appendName appends the IRI of a term, or the name of the blank node.
func (t *terms) appendName(dst []byte, id uint32) []byte {
	f, s := t.get(id)
	if f.Kind != localIRI {
		return append(dst, s...)
	}
	dst = append(dst, f.Tag...)
	return append(dst, s[len(f.Prefix):]...)
}

// curie returns the id that follows from the IRI of a term.
func (t *terms) curie(id uint32) graph.ID {
	_, s := t.get(id)
	return graph.ID(s)
}

// check tells arrays that cannot belong together, in constant time.
func (t *terms) check() error {
	n := len(t.offset)
	if n == 1 || n > 1 && (t.offset[0] != 0 || int(t.offset[n-1]) != len(t.text)) || n == 0 && len(t.text) > 0 {
		return fmt.Errorf("%w: the terms and their text do not fit together", release.ErrDamaged)
	}
	return nil
}
