package frozen

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/cayleygraph/quad"
	"github.com/cespare/xxhash/v2"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// The limits of a store, which follow from the width of its numbers.
const (
	maxForms      = 1 << 20
	maxPredicates = 1 << 16
	maxQuads      = math.MaxUint32 - 1
)

// builder collects quads, and numbers their terms as they come.
type builder struct {
	terms
	free int // slots that may still be filled before the table grows

	predicateNo map[uint32]uint16 // the number of each predicate, by term
	predicates  []uint32          // and back
	rows        []row
	scratch     []byte
	forms0      map[form]int

	// Most quads have the subject of the one before, or its label, and all have
	// one of few predicates: more than half of the look-ups.
	lastSubject quad.Value
	lastNumber  uint32
	lastLabel   quad.Value // whose record comes next
	labelNumber uint32
	lately      [64]lately // by length and last letter, which tell most apart
}

// lately is a predicate that was used lately.
type lately struct {
	iri quad.IRI
	no  uint16
}

// row is a quad, as numbers of terms; the predicate by its own number, the
// absent label as 0.
type row struct {
	subject, object, label uint32
	predicate              uint16
}

func newBuilder(p graph.Prefixes) *builder {
	b := &builder{predicateNo: map[uint32]uint16{}, forms0: map[form]int{}}
	b.namespaces = newNamespaces(p)
	b.offset = []uint32{0, 0}
	b.grow(1 << 10)
	return b
}

// grow makes the hash table larger.
func (b *builder) grow(slots int) {
	b.slots = make([]uint32, slots)
	b.free = slots * 2 / 3
	for id := uint32(1); int(id) <= b.count(); id++ {
		b.put(xxhash.Sum64(b.record(id)), id)
	}
}

func (b *builder) put(hash uint64, id uint32) {
	at := slot(hash, len(b.slots))
	for b.slots[at] != 0 {
		if at++; at == len(b.slots) {
			at = 0
		}
	}
	b.slots[at] = id
	b.free--
}

// addForm returns the form of a language or datatype, a new one if need be.
func (b *builder) addForm(k kind, tag string) (int, error) {
	f := form{Kind: k, Tag: tag}
	if i, ok := b.forms0[f]; ok {
		return i, nil
	}
	if len(b.forms) == maxForms {
		return 0, fmt.Errorf("the literals have more than %d languages and datatypes", maxForms)
	}
	b.forms = append(b.forms, f)
	b.forms0[f] = len(b.forms) - 1
	return len(b.forms) - 1, nil
}

// term returns the number of a value, a new one if need be; 0 is no value.
func (b *builder) term(v quad.Value) (uint32, error) {
	if v == nil {
		return 0, nil
	}
	r, err := b.appendRecord(b.scratch[:0], v, b.addForm)
	b.scratch = r
	if err != nil {
		return 0, err
	}
	hash := xxhash.Sum64(r)
	at := slot(hash, len(b.slots))
	for b.slots[at] != 0 {
		if id := b.slots[at]; text(b.record(id)) == text(r) {
			return id, nil
		}
		if at++; at == len(b.slots) {
			at = 0
		}
	}
	if uint64(len(b.text)+len(r)) > maxText {
		return 0, errors.New("the terms have more than 4 GiB of text; split the graph")
	}
	id := uint32(b.count() + 1)
	b.text = append(b.text, r...)
	b.offset = append(b.offset, uint32(len(b.text)))
	if b.free == 0 {
		b.grow(2 * len(b.slots)) // which puts all terms, the new one too
		return id, nil
	}
	b.slots[at] = id
	b.free--
	return id, nil
}

// predicate returns the number of a predicate, a new one if need be.
func (b *builder) predicate(v quad.Value) (uint16, error) {
	iri, _ := v.(quad.IRI)
	recent := &b.lately[0]
	if iri != "" {
		recent = &b.lately[(8*len(iri)+int(iri[len(iri)-1]))%len(b.lately)]
		if recent.iri == iri {
			return recent.no, nil
		}
	}
	id, err := b.term(v)
	if err != nil {
		return 0, err
	}
	no, ok := b.predicateNo[id]
	if !ok {
		if len(b.predicates) == maxPredicates {
			return 0, fmt.Errorf("there are more than %d predicates", maxPredicates)
		}
		no = uint16(len(b.predicates))
		b.predicateNo[id] = no
		b.predicates = append(b.predicates, id)
	}
	if iri != "" {
		*recent = lately{iri, no}
	}
	return no, nil
}

// row numbers the terms of a line. Those of things are their refs.
func (b *builder) row(l *quads.Line) (r row, err error) {
	q := &l.Quad
	if l.Subject == graph.NoRef && q.Subject == nil || q.Predicate == nil || l.Object == graph.NoRef && q.Object == nil {
		return r, fmt.Errorf("the quad %v has no subject, predicate or object", *q)
	}
	r = row{subject: uint32(l.Subject), object: uint32(l.Object), label: uint32(l.Label)}
	if r.subject == 0 {
		switch q.Subject {
		case b.lastSubject:
			r.subject = b.lastNumber
		case b.lastLabel:
			r.subject = b.labelNumber
		default:
			if r.subject, err = b.term(q.Subject); err != nil {
				return r, err
			}
		}
		b.lastSubject, b.lastNumber = q.Subject, r.subject
	}
	if r.predicate, err = b.predicate(q.Predicate); err != nil {
		return r, err
	}
	if r.object == 0 {
		if r.object, err = b.term(q.Object); err != nil {
			return r, err
		}
	}
	if q.Label != nil {
		if r.label, err = b.term(q.Label); err == nil {
			b.lastLabel, b.labelNumber = q.Label, r.label
		}
	}
	return r, err
}

// add adds a line.
func (b *builder) add(l *quads.Line) error {
	if uint64(len(b.rows)) == maxQuads {
		return fmt.Errorf("there are more than %d quads", uint32(maxQuads))
	}
	r, err := b.row(l)
	if err == nil {
		b.rows = append(b.rows, r)
	}
	return err
}

// arrange renumbers the terms but the first: those that are subjects, the
// other nodes, the literals, each in the order in which they came. Arrays by
// subject then end early.
func (b *builder) arrange(fixed int) {
	n := b.count()
	isSubject := make([]bool, n+1)
	for i := range b.rows {
		isSubject[b.rows[i].subject] = true
	}
	order := make([]uint32, 0, n) // old numbers in the new order
	for id := 1; id <= fixed; id++ {
		order = append(order, uint32(id))
	}
	for class := range 3 {
		for id := uint32(fixed + 1); int(id) <= n; id++ {
			in := 1
			if isSubject[id] {
				in = 0
			} else if !b.isNode(id) {
				in = 2
			}
			if in == class {
				order = append(order, id)
			}
		}
	}
	number := make([]uint32, n+1)
	sorted := terms{namespaces: b.namespaces, text: make([]byte, 0, len(b.text)), offset: make([]uint32, 2, n+2)}
	for i, old := range order {
		number[old] = uint32(i + 1)
		sorted.text = append(sorted.text, b.record(old)...)
		sorted.offset = append(sorted.offset, uint32(len(sorted.text)))
	}
	for i := range b.rows {
		r := &b.rows[i]
		r.subject, r.object, r.label = number[r.subject], number[r.object], number[r.label]
	}
	for i, p := range b.predicates {
		b.predicates[i] = number[p] // 0 stays 0
	}
	b.terms = sorted
}

// finish makes the tables of the quads that were added. The builder must not
// be used afterwards.
func (b *builder) finish() (*tables, error) {
	b.text, b.offset = slices.Clip(b.text), slices.Clip(b.offset)
	t := &tables{terms: b.terms, predicates: b.predicates}
	b.slots, b.predicateNo = nil, nil
	hash := make(chan []uint32)
	go func() { hash <- t.hashed() }()
	t.arrange(b.rows)
	t.slots = <-hash
	return t, nil
}
