package frozen

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"sync/atomic"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// QuadStore is a Cayley quad store of any quads, for Cayley's paths and query
// languages. All methods may be called at the same time.
//
// A version is immutable. [QuadStore.ApplyDeltas] builds the next one beside it,
// which takes as long as building the store, and swaps it in: all or nothing.
// Terms keep their numbers in it, those that no quad has any more included.
// An iterator goes on in the version in which it began; [QuadStore.Snapshot]
// holds a whole query to one version. References to nodes and quads mean the
// same in every version.
type QuadStore struct {
	prefixes graph.Prefixes
	current  atomic.Pointer[version]
	writing  sync.Mutex // held by the one writer; readers take no lock
	readOnly bool
}

// version is what a QuadStore knows at one time.
type version struct {
	*tables
	numbers map[uint32]uint16 // of predicates, by term
	left    *leftOut          // the quads that are not shown, nil if all are
}

func newVersion(t *tables) *version { return &version{tables: t, numbers: t.predicateNumbers()} }

var _ cgraph.QuadStore = (*QuadStore)(nil)

// NewQuadStore returns a store of these quads, each once. Prefixes make IRIs
// shorter in memory, and change nothing else.
func NewQuadStore(prefixes graph.Prefixes, all iter.Seq[quad.Quad]) (*QuadStore, error) {
	b := newBuilder(prefixes)
	for q := range all {
		if err := b.add(&quads.Line{Quad: q}); err != nil {
			return nil, err
		}
	}
	b.arrange(0)
	t, err := b.finish()
	if err != nil {
		return nil, err
	}
	qs := &QuadStore{prefixes: prefixes}
	qs.current.Store(newVersion(t))
	return qs, nil
}

// QuadStore returns a Cayley quad store that begins with the quads of s, in
// the same memory: s must stay open as long as anybody reads it. What is written
// to it does not change s.
func (s *Store) QuadStore() *QuadStore {
	qs := &QuadStore{prefixes: s.sum.Prefixes}
	qs.current.Store(newVersion(s.tables))
	return qs
}

// Snapshot returns the store as it is now, which refuses to be written to.
func (qs *QuadStore) Snapshot() *QuadStore {
	s := &QuadStore{prefixes: qs.prefixes, readOnly: true}
	s.current.Store(qs.current.Load())
	return s
}

// Close does nothing: the memory is given back when nobody uses it.
func (qs *QuadStore) Close() error { return nil }

// nodeRef is the number of a term.
type nodeRef uint32

// Key implements Cayley's Ref.
func (n nodeRef) Key() any { return n }

// quadRef is a quad as numbers of its terms, which never change their meaning.
type quadRef row

// Key implements Cayley's Ref.
func (q quadRef) Key() any { return q }

// ref makes a reference of a term, nil of none.
func ref(term uint32) cgraph.Ref {
	if term == 0 {
		return nil
	}
	return nodeRef(term)
}

// ValueOf implements Cayley's QuadStore.
func (qs *QuadStore) ValueOf(v quad.Value) (_ cgraph.Ref, err error) {
	defer recovered(&err)
	if v == nil {
		return nil, nil
	}
	c := qs.current.Load()
	id := c.find(v)
	if id == 0 || !c.shows(id) {
		return nil, nil
	}
	return ref(id), nil
}

// NameOf implements Cayley's QuadStore.
func (qs *QuadStore) NameOf(r cgraph.Ref) (_ quad.Value, err error) {
	defer recovered(&err)
	switch r := r.(type) {
	case refs.PreFetchedValue:
		return r.NameOf(), nil
	case nodeRef:
		if c := qs.current.Load(); r > 0 && int(r) <= c.count() {
			return c.value(uint32(r)), nil
		}
	}
	return nil, nil
}

// value returns a term as Cayley's value, nil for none.
func (t *tables) value(id uint32) quad.Value {
	if id == 0 {
		return nil
	}
	return t.terms.value(id)
}

func (t *tables) quad(r row) quad.Quad {
	return quad.Quad{
		Subject: t.value(r.subject), Predicate: t.value(t.predicates[r.predicate]),
		Object: t.value(r.object), Label: t.value(r.label),
	}
}

// Quad implements Cayley's QuadStore.
func (qs *QuadStore) Quad(r cgraph.Ref) (_ quad.Quad, err error) {
	defer recovered(&err)
	q, ok := r.(quadRef)
	if !ok {
		return quad.Quad{}, nil
	}
	return qs.current.Load().quad(row(q)), nil
}

// end returns the term at one end of a quad, 0 for none.
func (t *tables) end(r row, d quad.Direction) uint32 {
	switch d {
	case quad.Subject:
		return r.subject
	case quad.Predicate:
		return t.predicates[r.predicate]
	case quad.Object:
		return r.object
	case quad.Label:
		return r.label
	default:
		return 0
	}
}

// QuadDirection implements Cayley's QuadStore.
func (qs *QuadStore) QuadDirection(r cgraph.Ref, d quad.Direction) (_ cgraph.Ref, err error) {
	defer recovered(&err)
	q, ok := r.(quadRef)
	if !ok {
		return nil, nil
	}
	return ref(qs.current.Load().end(row(q), d)), nil
}

// QuadIterator implements Cayley's QuadStore.
func (qs *QuadStore) QuadIterator(d quad.Direction, r cgraph.Ref) iterator.Shape {
	n, ok := r.(nodeRef)
	if !ok || d < quad.Subject || d > quad.Label {
		return iterator.NewNull()
	}
	return &quadShape{qs: qs, d: d, node: uint32(n)}
}

// QuadIteratorSize implements Cayley's QuadStore; sizes are exact.
func (qs *QuadStore) QuadIteratorSize(_ context.Context, d quad.Direction, r cgraph.Ref) (_ refs.Size, err error) {
	defer recovered(&err)
	n, ok := r.(nodeRef)
	if !ok {
		return refs.Size{Exact: true}, nil
	}
	return refs.Size{Value: int64(qs.current.Load().size(d, uint32(n))), Exact: true}, nil
}

// size returns the number of quads that have a term at one end.
func (v *version) size(d quad.Direction, id uint32) int {
	n := 0
	switch d {
	case quad.Subject:
		n = v.of(id).len()
	case quad.Object:
		n = v.to(id).len()
	case quad.Label:
		n = v.with(id).len()
	case quad.Predicate:
		if p, ok := v.numbers[id]; ok {
			n = int(v.usage[3*int(p)])
		}
	case quad.Any:
		n = v.quads()
	}
	return v.shown(n, d, id)
}

// Stats implements Cayley's QuadStore; counts are exact.
func (qs *QuadStore) Stats(context.Context, bool) (cgraph.Stats, error) {
	c := qs.current.Load()
	return cgraph.Stats{
		Nodes: refs.Size{Value: int64(c.nodes()), Exact: true},
		Quads: refs.Size{Value: int64(c.size(quad.Any, 0)), Exact: true},
	}, nil
}

// NodesAllIterator implements Cayley's QuadStore.
func (qs *QuadStore) NodesAllIterator() iterator.Shape { return &nodeShape{qs} }

// QuadsAllIterator implements Cayley's QuadStore.
func (qs *QuadStore) QuadsAllIterator() iterator.Shape { return &quadShape{qs: qs} }

var errReadOnly = errors.New("this view of a store cannot be written to; write to the store itself")

// ApplyDeltas implements Cayley's QuadStore. The deltas are applied one after
// the other, each to what those before have left; if one fails, none is
// applied, and the error is a DeltaError that holds it.
func (qs *QuadStore) ApplyDeltas(deltas []cgraph.Delta, opts cgraph.IgnoreOpts) (err error) {
	defer recovered(&err)
	if qs.readOnly {
		return errReadOnly
	}
	qs.writing.Lock()
	defer qs.writing.Unlock()
	old := qs.current.Load()
	b := old.builder()
	changes := map[row]bool{} // whether the quad is there afterwards
	for _, d := range deltas {
		fail := func(err error) error { return &cgraph.DeltaError{Delta: d, Err: err} }
		if d.Action != cgraph.Add && d.Action != cgraph.Delete {
			return fail(cgraph.ErrInvalidAction)
		}
		r, err := b.row(&quads.Line{Quad: d.Quad})
		if err != nil {
			return fail(err)
		}
		there, changed := changes[r]
		if !changed {
			_, there = old.position(r)
		}
		add := d.Action == cgraph.Add
		switch {
		case add && there && !opts.IgnoreDup:
			return fail(cgraph.ErrQuadExists)
		case !add && !there && !opts.IgnoreMissing:
			return fail(cgraph.ErrQuadNotExist)
		}
		changes[r] = add
	}
	next, err := old.changed(b, changes)
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	qs.current.Store(newVersion(next))
	return nil
}

// builder returns a builder that begins with the terms of a version, and keeps
// their numbers.
func (v *version) builder() *builder {
	b := &builder{predicateNo: make(map[uint32]uint16, len(v.numbers)), forms0: map[form]int{}}
	b.namespaces = namespaces{forms: append([]form(nil), v.forms...)}
	b.index()
	for i := fixedForms; i < len(b.forms); i++ {
		b.forms0[form{Kind: b.forms[i].Kind, Tag: b.forms[i].Tag}] = i
	}
	b.text = append([]byte(nil), v.text...)
	b.offset = append([]uint32(nil), v.offset...)
	b.grow(max(1<<10, 2*b.count()))
	b.predicates = append([]uint32(nil), v.predicates...)
	for term, no := range v.numbers {
		b.predicateNo[term] = no
	}
	return b
}

// changed returns the tables with the changes.
func (v *version) changed(b *builder, changes map[row]bool) (*tables, error) {
	b.rows = make([]row, 0, v.quads()+len(changes))
	for i := range uint32(v.quads()) {
		r := v.row(i)
		if stays, changed := changes[r]; changed && !stays {
			continue
		}
		b.rows = append(b.rows, r)
	}
	for r, stays := range changes { // in any order: they are sorted
		if stays {
			b.rows = append(b.rows, r)
		}
	}
	if uint64(len(b.rows)) > maxQuads {
		return nil, fmt.Errorf("there are more than %d quads", uint32(maxQuads))
	}
	return b.finish()
}

// NewQuadWriter implements Cayley's QuadStore. The quads are in the store when
// the writer is closed, all at once; those that are there already are no error.
func (qs *QuadStore) NewQuadWriter() (quad.WriteCloser, error) {
	if qs.readOnly {
		return nil, errReadOnly
	}
	return &quadWriter{qs: qs}, nil
}

// quadWriter collects what is to be added.
type quadWriter struct {
	qs     *QuadStore
	deltas []cgraph.Delta
}

// WriteQuad implements Cayley's quad.Writer.
func (w *quadWriter) WriteQuad(q quad.Quad) error {
	w.deltas = append(w.deltas, cgraph.Delta{Quad: q, Action: cgraph.Add})
	return nil
}

// WriteQuads implements Cayley's quad.BatchWriter.
func (w *quadWriter) WriteQuads(quads []quad.Quad) (int, error) {
	for _, q := range quads {
		w.deltas = append(w.deltas, cgraph.Delta{Quad: q, Action: cgraph.Add})
	}
	return len(quads), nil
}

// Close writes.
func (w *quadWriter) Close() error {
	deltas := w.deltas
	w.deltas = nil
	if len(deltas) == 0 {
		return nil
	}
	return w.qs.ApplyDeltas(deltas, cgraph.IgnoreOpts{IgnoreDup: true})
}
