package quads

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/internal/names"
)

// Decoder does what [Decode] does for quads that come one by one, and keeps
// them as numbers: 20 bytes a quad, each node once, and literals, where a
// slice of quads takes 64 bytes for each and every term.
type Decoder struct {
	numbered
	blanks map[string]quad.BNode // names of blank nodes, by what they were called before
	gone   []bool                // by node: readOWL has left nothing that names it
}

// NewDecoder returns a Decoder that has room for so many quads; more are no
// error.
func NewDecoder(size int) *Decoder {
	d := &Decoder{}
	nodes := size / 4 // a quad in four brings a new node, every other one a literal
	d.names, d.values, d.fields = names.New(nodes), make([]quad.Value, 0, nodes), make([]Field, 0, nodes)
	d.literals = make([]quad.Value, 0, size/2)
	d.facts = make([]fact, 0, size)
	return d
}

// numbered is quads as numbers.
type numbered struct {
	names      *names.Table // numbers nodes by name
	values     []quad.Value // of nodes
	literals   []quad.Value
	facts      []fact
	fields     []Field // what nodes mean as predicates, unseen if they have been none
	predicates []int32
	parts      []started

	axioms map[owlQuad][]annotation // what OWL says of quads

	lastQuad quad.Quad // and its fact
	lastFact fact
	lately   [64]int32 // predicates by length and last letter, which tell most apart
}

// started is a part, and the number of its first fact.
type started struct {
	source    graph.Source
	first     int
	describes bool
}

// fact is a quad with its nodes as numbers, and what its predicate means to
// the encoding, so that no word is compared with another for every quad. An
// object below zero is a literal: the complement is its place.
type fact struct {
	s, p, o, l int32
	field      Field
}

// none marks the absence of a label.
const none int32 = -1

const unseen = ^NoField

// Begin says that the quads to come are of another part: blank nodes of one
// part are none of another, and the source is who says what the quads say of
// nobody; its zero value is nobody.
func (d *Decoder) Begin(source graph.Source) {
	d.parts = append(d.parts, started{source: source, first: len(d.facts)})
	d.lastQuad = quad.Quad{}
}

// Describes says that the source of the part begun last also describes its
// concepts, those of which the quads do not say who does.
func (d *Decoder) Describes() { d.parts[len(d.parts)-1].describes = true }

// Len returns the number of quads that were added.
func (d *Decoder) Len() int { return len(d.facts) }

// Add takes a quad. It returns an error for one that is none: a literal as
// subject, an IRI missing.
func (d *Decoder) Add(q quad.Quad) error {
	if len(d.parts) == 0 {
		d.Begin(graph.Source{})
	}
	if part := len(d.parts) - 1; part > 0 {
		q = withBlanks(q, func(b quad.BNode) quad.BNode { return inPart(b, part) })
	}
	f := fact{l: none}
	var subject, label bool
	// Most quads have the subject of the one before, or its label: the record of
	// a statement follows it.
	switch last := &d.lastQuad; {
	case last.Subject != nil && last.Subject == q.Subject:
		f.s, subject = d.lastFact.s, true
	case last.Label != nil && last.Label == q.Subject:
		f.s, subject = d.lastFact.l, true
	default:
		f.s, subject = d.number(q.Subject)
	}
	if label = q.Label == nil; !label {
		f.l, label = d.number(q.Label)
	}
	predicate := false
	if iri, isIRI := q.Predicate.(quad.IRI); isIRI && iri != "" {
		f.p, predicate = d.numberPredicate(iri, q.Predicate), true
	}
	if !subject || !predicate || !label || q.Object == nil {
		return fmt.Errorf("quad %d (%v): the subject and any label must be an IRI or a blank node, the predicate an IRI, and the object must be there",
			len(d.facts)-d.parts[len(d.parts)-1].first+1, q)
	}
	var isNode bool
	if f.o, isNode = d.number(q.Object); !isNode {
		f.o = ^int32(len(d.literals))
		d.literals = append(d.literals, q.Object)
	}
	if d.fields[f.p] == unseen {
		d.fields[f.p] = FieldOf(quad.IRI(d.names.Names()[f.p]))
		d.predicates = append(d.predicates, f.p)
	}
	f.field = d.fields[f.p]
	d.lastQuad, d.lastFact = q, f
	d.facts = append(d.facts, f)
	return nil
}

// addAll adds many quads of a part. To number names is to wait for memory, for
// a third of the time of Decode, so each half of the quads is numbered by
// itself, on a core of its own, and what is found in both gets one number
// afterwards.
func (d *Decoder) addAll(quads []quad.Quad) error {
	const few = 1 << 14
	if len(quads) < few {
		return d.addEach(quads)
	}
	middle := len(quads) / 2
	second := NewDecoder(len(quads) - middle)
	second.parts = slices.Clone(d.parts)
	part := &second.parts[len(second.parts)-1]
	part.first -= len(d.facts) + middle // so that quads are counted from the first of the part
	failed := make(chan error, 1)
	go func() { failed <- second.addEach(quads[middle:]) }()
	err := d.addEach(quads[:middle])
	if err = cmp.Or(err, <-failed); err == nil {
		d.join(&second.numbered)
	}
	return err
}

func (d *Decoder) addEach(quads []quad.Quad) error {
	for i := range quads {
		if err := d.Add(quads[i]); err != nil {
			return err
		}
	}
	return nil
}

// join adds the facts of another numbering, in the numbers of this one.
func (d *numbered) join(o *numbered) {
	numbers := make([]int32, o.names.Len())
	for n, name := range o.names.Names() {
		number, known := d.names.Add(name)
		if !known {
			d.values, d.fields = append(d.values, o.values[n]), append(d.fields, unseen)
		}
		if o.fields[n] != unseen && d.fields[number] == unseen {
			d.fields[number] = o.fields[n]
			d.predicates = append(d.predicates, number)
		}
		numbers[n] = number
	}
	literals := int32(len(d.literals))
	d.literals = append(d.literals, o.literals...)
	for _, f := range o.facts {
		f.s, f.p = numbers[f.s], numbers[f.p]
		if f.o >= 0 {
			f.o = numbers[f.o]
		} else {
			f.o -= literals // the complement grows
		}
		if f.l != none {
			f.l = numbers[f.l]
		}
		d.facts = append(d.facts, f)
	}
	d.lastQuad = quad.Quad{}
}

// number returns the number of a node; a literal has none.
func (d *numbered) number(v quad.Value) (int32, bool) {
	name, isNode := Name(v)
	if !isNode {
		return none, false
	}
	n, known := d.names.Add(name)
	if !known {
		d.values, d.fields = append(d.values, v), append(d.fields, unseen)
	}
	return n, true
}

// numberPredicate is number for a predicate, of which there are few.
func (d *numbered) numberPredicate(iri quad.IRI, v quad.Value) int32 {
	lately := &d.lately[(8*len(iri)+int(iri[len(iri)-1]))%len(d.lately)]
	if n := *lately; int(n) < len(d.values) && d.values[n] == v {
		return n
	}
	n, _ := d.number(v)
	*lately = n
	return n
}

// Dataset makes a normalized data set of the quads that were added, as
// [Decode] does. Afterwards the Decoder is of use for [Decoder.Named] alone.
func (d *Decoder) Dataset(prefixes graph.Prefixes) (*graph.Dataset, error) {
	d.readOWL(prefixes)
	d.nameBlanks()
	made := decoder{numbered: d.numbered, Things: Things{Prefixes: prefixes}}
	d.numbered = numbered{}
	return made.decode()
}

// Named returns a quad of a part, counted from 0, with its blank nodes named as
// in the data set that Dataset has made.
func (d *Decoder) Named(q quad.Quad, part int) quad.Quad {
	if len(d.blanks) == 0 {
		return q
	}
	return withBlanks(withBlanks(q, func(b quad.BNode) quad.BNode { return inPart(b, part) }), func(b quad.BNode) quad.BNode {
		return cmp.Or(d.blanks[string(b)], b)
	})
}

// withBlanks returns the quad with its blank nodes renamed.
func withBlanks(q quad.Quad, rename func(quad.BNode) quad.BNode) quad.Quad {
	for _, v := range [...]*quad.Value{&q.Subject, &q.Object, &q.Label} {
		if b, ok := (*v).(quad.BNode); ok {
			*v = rename(b)
		}
	}
	return q
}

// quad returns a fact as a quad.
func (d *numbered) quad(f *fact) quad.Quad {
	q := quad.Quad{Subject: d.values[f.s], Predicate: d.values[f.p], Object: d.object(f)}
	if f.l != none {
		q.Label = d.values[f.l]
	}
	return q
}

func (d *numbered) object(f *fact) quad.Value {
	if f.o < 0 {
		return d.literals[^f.o]
	}
	return d.values[f.o]
}

func (d *numbered) sameObject(a, b *fact) bool {
	if a.o >= 0 || b.o >= 0 {
		return a.o == b.o
	}
	return d.literals[^a.o] == d.literals[^b.o]
}

// partOf returns the part that a fact is in.
func (d *numbered) partOf(i int32) int {
	return sort.Search(len(d.parts), func(part int) bool { return d.parts[part].first > int(i) }) - 1
}
