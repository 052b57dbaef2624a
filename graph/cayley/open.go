package cayley

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	cgraph "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// batchSize is how many quads Load hands to the store at once: enough to
// spread the cost of a transaction, few enough to keep it in memory.
const batchSize = 10_000

// Load writes quads into a store, in batches, in the order of the sequence. A
// store that Load has failed on may hold anything: throw it away.
func Load(ctx context.Context, qs cgraph.QuadStore, seq iter.Seq[quad.Quad]) (err error) {
	w, err := qs.NewQuadWriter()
	if err != nil {
		return fmt.Errorf("load: the store takes no quads: %w", err)
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	batch := make([]quad.Quad, 0, batchSize)
	write := func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if _, err := w.WriteQuads(batch); err != nil {
			return fmt.Errorf("load: %w", err)
		}
		batch = batch[:0]
		return nil
	}
	for q := range seq {
		if batch = append(batch, q); len(batch) == batchSize {
			if err := write(); err != nil {
				return err
			}
		}
	}
	if len(batch) == 0 {
		return ctx.Err()
	}
	return write()
}

// Store answers from a Cayley quad store. See graph.Reader for what its
// methods promise.
type Store struct {
	qs     cgraph.QuadStore
	sum    graph.Summary
	things quads.Things

	ids   []string               // of all things, by ref
	byID  map[string]graph.Ref   // and back
	byIRI map[string]graph.Ref   //
	byKey map[any]graph.Ref      // by key of the node
	had   map[string]graph.Ref   // by former id and by its IRI
	codes map[string][]graph.Ref // concepts by exact-match code and by its IRI

	nodes     []cgraph.Ref      // of all things, by ref
	claims    []cgraph.Ref      // the quad of each statement
	withdrawn []graph.Withdrawn // of each statement
	combined  []bool            // of each statement, whether it holds only of several concepts together
	kinds     [][]graph.Kind
	sections  []int // of each article, the number of sections before its own

	predicates map[any]predicate // by key of the node
	byName     map[graph.ID]graph.PredicateRef
	qualified  bool // some statement is denied, or has a modality
}

// predicate is a predicate of the store, used in statements or properties or
// by the encoding itself.
type predicate struct {
	iri quad.IRI
	ref graph.PredicateRef // meant for statements only
}

var _ graph.Reader = (*Store)(nil)

// Open returns a Reader on a store that [Load] has filled with what
// quads.Encode gave for one data set of these prefixes. It reads all quads
// once, before it returns.
//
// A store with other content is refused with graph.ErrUnreadable; the error
// names a quad that does not belong there. To serve foreign quads, decode
// them and load the encoded result.
func Open(ctx context.Context, qs cgraph.QuadStore, prefixes graph.Prefixes) (*Store, error) {
	s := &Store{qs: qs, predicates: map[any]predicate{}}
	all, handles, err := s.scan(ctx)
	if err != nil {
		return nil, err
	}
	ds, err := quads.Decode(prefixes, quads.Part{Quads: all})
	if err != nil {
		return nil, unreadable(err.Error())
	}
	if err := check(ds, all); err != nil {
		return nil, err
	}
	s.things = quads.Things{Prefixes: prefixes, Lookup: s.lookup}
	s.sum = graph.Summarize(ds)
	s.sum.Version = ds.Version()
	s.sum.Quads = len(all)
	s.number(ds)
	if err := s.findNodes(ctx, ds); err != nil {
		return nil, err
	}
	for i, q := range all {
		if q.Label == nil {
			continue
		}
		name, _ := quads.Name(q.Label)
		if at, ok := s.sum.Index(graph.ClassStatement, s.byIRI[name]); ok {
			s.claims[at] = handles[i]
		}
	}
	return s, ctx.Err()
}

// Close closes the quad store.
func (s *Store) Close() error { return s.qs.Close() }

func unreadable(what string) error {
	return fmt.Errorf("%w: %s; load it with the quads that quads.Encode gives", graph.ErrUnreadable, what)
}

// scan reads all quads, with their handles, and finds the predicates.
func (s *Store) scan(ctx context.Context) (all []quad.Quad, handles []cgraph.Ref, err error) {
	it := s.qs.QuadsAllIterator().Iterate()
	defer func() { err = errors.Join(err, it.Close()) }()
	for it.Next(ctx) {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		handle := it.Result()
		q, err := s.qs.Quad(handle)
		if err != nil {
			return nil, nil, fmt.Errorf("open: %w", err)
		}
		p, err := s.qs.QuadDirection(handle, quad.Predicate)
		if err != nil {
			return nil, nil, fmt.Errorf("open: %w", err)
		}
		iri, ok := q.Predicate.(quad.IRI)
		if !ok {
			return nil, nil, unreadable(fmt.Sprintf("the quad %v has no IRI as predicate", q))
		}
		s.predicates[refs.ToKey(p)] = predicate{iri: iri}
		q.Object = quads.Lexical(q.Object)
		all, handles = append(all, q), append(handles, handle)
	}
	return all, handles, errors.Join(it.Err(), ctx.Err())
}

// check compares the quads of the store with those that the data set they
// make is encoded in.
func check(ds *graph.Dataset, all []quad.Quad) error {
	rest := make(map[quad.Quad]struct{}, len(all))
	for _, q := range all {
		rest[q] = struct{}{}
	}
	if len(rest) != len(all) {
		return unreadable(fmt.Sprintf("%d of its quads are there twice", len(all)-len(rest)))
	}
	var missing *quad.Quad
	for q := range quads.Encode(ds) {
		if _, ok := rest[q]; !ok && missing == nil {
			missing = &q
		}
		delete(rest, q)
	}
	for _, q := range all { // in the order of the store, so that the message is always the same
		if _, foreign := rest[q]; foreign {
			return unreadable(fmt.Sprintf("the quad %v does not belong to the encoding", q))
		}
	}
	if missing != nil {
		return unreadable(fmt.Sprintf("the quad %v is missing", *missing))
	}
	return nil
}

// number gives every thing its ref.
func (s *Store) number(ds *graph.Dataset) {
	n := s.sum.Concepts + s.sum.Statements + s.sum.Articles + s.sum.Sections + s.sum.Sources
	s.ids = make([]string, 1, n+1) // the ref of nothing has no id
	s.byID, s.byIRI = make(map[string]graph.Ref, n), make(map[string]graph.Ref, n)
	s.codes, s.had = map[string][]graph.Ref{}, map[string]graph.Ref{}
	for id, iri := range ds.Things() {
		ref := graph.Ref(len(s.ids))
		s.ids = append(s.ids, string(id))
		s.byID[string(id)], s.byIRI[iri] = ref, ref
	}
	for i := range ds.Concepts {
		c := &ds.Concepts[i]
		s.kinds = append(s.kinds, c.Kinds())
		for _, k := range c.Codes {
			if k.Match != graph.MatchExact {
				continue
			}
			for _, name := range []string{string(k.Code), s.things.Prefixes.Expand(k.Code)} {
				if ref := graph.Ref(i + 1); !slices.Contains(s.codes[name], ref) {
					s.codes[name] = append(s.codes[name], ref)
				}
			}
		}
	}
	former := func(of graph.ID, ids []graph.ID) {
		for _, id := range ids {
			ref := s.byID[string(of)]
			s.had[string(id)], s.had[s.things.Prefixes.Expand(id)] = ref, ref
		}
	}
	for i := range ds.Concepts {
		c := &ds.Concepts[i]
		former(c.ID, c.FormerIDs)
		for m := range c.Members {
			former(c.ID, []graph.ID{c.Members[m].ID})
			s.had[c.Members[m].IRI] = s.byID[string(c.ID)]
		}
	}
	for i := range ds.Statements {
		former(ds.Statements[i].ID, ds.Statements[i].FormerIDs)
		s.withdrawn, s.combined = append(s.withdrawn, ds.Statements[i].Withdrawn), append(s.combined, ds.Statements[i].With != nil)
	}
	before := 0
	for i := range ds.Articles {
		s.sections = append(s.sections, before)
		before += len(ds.Articles[i].Sections)
	}
	s.sections = append(s.sections, before)
}

// findNodes finds the handles of all things and predicates.
func (s *Store) findNodes(ctx context.Context, ds *graph.Dataset) error {
	s.nodes = make([]cgraph.Ref, len(s.ids))
	s.claims = make([]cgraph.Ref, s.sum.Statements)
	s.byKey = make(map[any]graph.Ref, len(s.ids))
	for iri, ref := range s.byIRI {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := s.qs.ValueOf(quads.Node(iri))
		if err != nil {
			return fmt.Errorf("open: find <%s>: %w", iri, err)
		}
		if n == nil {
			return unreadable(fmt.Sprintf("the store does not find its own node <%s>", iri))
		}
		s.nodes[ref] = n
		s.byKey[refs.ToKey(n)] = ref
	}
	s.byName = make(map[graph.ID]graph.PredicateRef, len(s.sum.Predicates))
	for i := range s.sum.Predicates {
		s.byName[s.sum.Predicates[i].ID] = graph.PredicateRef(i)
	}
	for key, p := range s.predicates {
		p.ref = s.byName[ds.Prefixes.Compact(string(p.iri))]
		s.predicates[key] = p
		q, isQualifier := quads.FieldOf(p.iri).Qualifier()
		s.qualified = s.qualified || isQualifier && (q == graph.QualifierNegated || q == graph.QualifierModality)
	}
	return nil
}

// lookup is quads.Things.Lookup.
func (s *Store) lookup(iri string) (graph.ID, graph.Class) {
	ref := s.byIRI[iri]
	return graph.ID(s.ids[ref]), s.sum.Class(ref)
}
