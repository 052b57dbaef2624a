package frozen

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/cayleygraph/quad"
	"github.com/cespare/xxhash/v2"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/progress"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/graph/release"
	"github.com/plexus-kg/plexus/graph/signs"
)

// Store answers as a graph.Reader from sorted arrays. Its terms are numbered so
// that those of things come first, in the order of refs: a ref is the number
// of a term, and a column of quads is a column of refs.
//
// A Store is immutable. All methods may be called at the same time.
type Store struct {
	*tables
	sum graph.Summary

	// Of concepts: the kinds as bits, and the first one in the upper four.
	kinds []uint16
	// Of concepts: the terms of the names that they are shown by, 0 for those
	// without one, so that a name is not chosen anew each time it is asked for. None
	// at all in releases of before.
	names []uint32
	// Of statements, as bits: whether it is a denial, and whether its modality is
	// discouraged; the latter not in releases of before.
	negated, discouraged []uint64
	// Likewise, whether it does not count ([graph.Statement.Counts]), and whether
	// that is because it holds only of several concepts together.
	leftOut, combined []uint64
	// Of things, as bits: whether the id does not follow from the IRI.
	renamed []uint64
	// The exact codes of concepts: the hash of the code's IRI and the concept, in
	// this order.
	codeHash, codeRef []uint32

	in incoming
	// Of concepts: how many links they have, by all predicates both ways; not in
	// releases of before.
	degrees []uint32
	// Of concepts: how many are below them in the hierarchy; none at all where there
	// is no hierarchy, or one too deep, and in releases of before.
	below []uint32

	// The table of signs, as it is written, and once it is asked for; not in releases
	// of before, nor where the hierarchy is too deep for one.
	signs   []uint32
	sign    sync.Once
	signed  *signs.Table
	noSigns error

	// Which concepts are deprecated, once it is asked.
	findObsolete sync.Once
	isObsolete   obsolete

	layout
	file *release.File // that the arrays lie in, if it is one
}

var (
	_ graph.Reader   = (*Store)(nil)
	_ graph.Closures = (*Store)(nil)
)

// layout says what the predicates mean. It follows from the rest.
type layout struct {
	fields   []quads.Field                 // by number of the predicate
	matches  []graph.Match                 // likewise, of mappings
	mappings []uint16                      // the predicates that are mappings
	no       [quads.NumFields]int32        // the number of each field's predicate, -1 where none
	refs     map[uint32]graph.PredicateRef // by term, those of the summary
	against  bool                          // some statement denies or discourages
	hides    bool                          // some statement does not count
	combines bool                          // some statement holds only of several concepts together
	// The classes that tell sources apart: their terms, 0 where no source has one.
	article, person uint32
}

// Build makes a Store of a normalized data set, which it does not keep.
func Build(ds *graph.Dataset) (*Store, error) { return BuildContext(context.Background(), ds) }

// BuildContext is Build of a data set that may be large: the context ends it,
// and its watcher is told how far it is.
func BuildContext(ctx context.Context, ds *graph.Dataset) (*Store, error) {
	return build(ctx, ds, 0)
}

// BuildQuads makes a Store of quads, read as quads.Decode reads them.
func BuildQuads(prefixes graph.Prefixes, parts ...quads.Part) (*Store, error) {
	ds, err := quads.Decode(prefixes, parts...)
	if err != nil {
		return nil, err
	}
	about := 0
	for _, p := range parts {
		about += len(p.Quads)
	}
	return build(context.Background(), ds, about)
}

// textOfQuad is about how many bytes of new text a quad brings.
const textOfQuad = 10

// build makes a Store of a data set of about so many quads: 0 if that is not
// known. What does not wait for each other is done at the same time.
func build(ctx context.Context, ds *graph.Dataset, about int) (*Store, error) {
	lines := ahead(quads.EncodeLines(ds))
	defer lines.stop()
	version := make(chan string, 1)
	go func() { version <- ds.Version() }()
	s := &Store{sum: graph.Summarize(ds)}
	b := newBuilder(ds.Prefixes)
	b.rows, b.text = make([]row, 0, about), make([]byte, 0, textOfQuad*about)
	b.grow(3 * (1<<10 + len(ds.Concepts) + len(ds.Statements))) // things, and half as many other terms
	if err := b.addThings(ds); err != nil {
		return nil, err
	}
	things := b.count()
	// The predicates that statements and properties use come first, so that
	// their number is their place in the summary.
	for i := range s.sum.Predicates {
		if p := &s.sum.Predicates[i]; p.Statements == 0 && p.Properties == 0 {
			b.predicates = append(b.predicates, 0)
			continue
		}
		id, err := b.term(quads.Node(s.sum.Predicates[i].IRI))
		if err != nil {
			return nil, err
		}
		if _, twice := b.predicateNo[id]; !twice {
			b.predicateNo[id] = uint16(i)
		}
		b.predicates = append(b.predicates, id)
	}
	stage := progress.Begin(ctx, "storing", "statements", int64(len(ds.Statements)))
	defer stage.End()
	statements := 0
	for l := range lines.all {
		if err := b.add(l); err != nil {
			return nil, err
		}
		if l.Label == graph.NoRef {
			continue
		}
		if statements++; statements%every == 0 {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			stage.Add(every)
		}
	}
	b.arrange(things)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	t, err := b.finish()
	if err = cmp.Or(err, ctx.Err()); err != nil {
		return nil, err
	}
	s.tables = t
	s.sum.Quads = t.quads()
	s.describe()
	s.index(ds)
	s.indexLinks()
	s.sum.Version = <-version
	return s, cmp.Or(s.countLinks(ctx), s.countBelow(ctx), s.listSigns(ctx))
}

// countLinks counts the links of each concept.
func (s *Store) countLinks(ctx context.Context) error {
	var batch graph.LinkBatch
	none := 0
	refs, degrees := make([]graph.Ref, 0, every), make([]uint32, 0, s.sum.Concepts)
	for len(degrees) < s.sum.Concepts {
		refs = refs[:0]
		for i := len(degrees); i < min(len(degrees)+every, s.sum.Concepts); i++ {
			refs = append(refs, graph.Ref(i+1))
		}
		if err := s.Links(ctx, refs, graph.LinkQuery{Direction: graph.Both, Window: graph.Window{First: &none}}, &batch); err != nil {
			return err
		}
		for _, n := range batch.Total {
			degrees = append(degrees, uint32(n))
		}
	}
	s.degrees = degrees
	return nil
}

// addThings gives the things the numbers that are their refs.
func (b *builder) addThings(ds *graph.Dataset) error {
	next := uint32(1)
	for id, iri := range ds.Things() {
		n, err := b.term(quads.Node(iri))
		if err == nil && n != next {
			err = fmt.Errorf("%s: another thing has its IRI <%s>", id, iri)
		}
		if err != nil {
			return err
		}
		next++
	}
	return nil
}

// describe finds out what the predicates mean.
func (s *Store) describe() {
	l := layout{fields: make([]quads.Field, len(s.predicates)), matches: make([]graph.Match, len(s.predicates)), refs: map[uint32]graph.PredicateRef{}}
	for f := range l.no {
		l.no[f] = -1
	}
	for i, term := range s.predicates {
		if term == 0 {
			continue
		}
		iri := quad.IRI(s.appendName(nil, term))
		f := quads.FieldOf(iri)
		l.fields[i], l.matches[i] = f, quads.MatchOf(iri)
		if f == quads.FieldMapping {
			l.mappings = append(l.mappings, uint16(i))
		} else if l.no[f] < 0 {
			l.no[f] = int32(i)
		}
		if _, twice := l.refs[term]; !twice && i < len(s.sum.Predicates) {
			l.refs[term] = graph.PredicateRef(i)
		}
	}
	l.against = s.find(quad.String(graph.Discouraged.String())) != 0 || l.no[quads.OfQualifier(graph.QualifierNegated)] >= 0
	l.combines = l.no[quads.OfQualifier(graph.QualifierWith)] >= 0
	l.hides = l.combines || l.no[quads.OfQualifier(graph.QualifierWithdrawn)] >= 0
	l.article, l.person = s.findName(string(quads.ClassArticle)), s.findName(string(quads.ClassPerson))
	s.layout = l
	s.setDatatypes(s.sum.Prefixes)
}

// index builds what is known of concepts and statements besides their quads.
func (s *Store) index(ds *graph.Dataset) {
	s.kinds, s.names = make([]uint16, len(ds.Concepts)), make([]uint32, len(ds.Concepts))
	words := (len(ds.Statements) + 63) / 64
	s.negated, s.discouraged, s.leftOut, s.combined = make([]uint64, words), make([]uint64, words), make([]uint64, words), make([]uint64, words)
	var (
		kinds []graph.Kind
		codes []uint64 // hash, ref
	)
	for i := range ds.Concepts {
		c := &ds.Concepts[i]
		s.names[i] = s.bestName(uint32(i + 1))
		kinds = graph.KindsOf(kinds[:0], c.Types)
		s.kinds[i] = uint16(kinds[0]) << kindShift
		for _, k := range kinds {
			s.kinds[i] |= 1 << (k - 1)
		}
		for _, k := range c.Codes {
			if k.Match == graph.MatchExact {
				codes = append(codes, uint64(codeHash(ds.Prefixes.Expand(k.Code)))<<32|uint64(i+1))
			}
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	s.codeHash, s.codeRef = make([]uint32, len(codes)), make([]uint32, len(codes))
	for i, c := range codes {
		s.codeHash[i], s.codeRef[i] = uint32(c>>32), uint32(c)
	}
	for i := range ds.Statements {
		if ds.Statements[i].Negated {
			s.negated[i/64] |= 1 << (i % 64)
		}
		if ds.Statements[i].Modality == graph.Discouraged {
			s.discouraged[i/64] |= 1 << (i % 64)
		}
		if !ds.Statements[i].Counts() {
			s.leftOut[i/64] |= 1 << (i % 64)
		}
		if len(ds.Statements[i].With) > 0 {
			s.combined[i/64] |= 1 << (i % 64)
		}
	}
	things := s.things()
	s.renamed = make([]uint64, (things+1+63)/64)
	for _, f := range []quads.Field{quads.FieldID, quads.FieldIdentifier} {
		if s.no[f] < 0 {
			continue
		}
		for ref := uint32(1); ref <= things; ref++ {
			if s.run(s.of(ref), uint16(s.no[f])).len() > 0 && (f == quads.FieldID || ref <= uint32(s.sum.Concepts)) {
				s.renamed[ref/64] |= 1 << (ref % 64)
			}
		}
	}
}

// kindShift is where the first kind begins, behind a bit for each kind.
const kindShift = 12

// codeHash is the hash under which the IRI of a code is found.
func codeHash(iri string) uint32 { return uint32(xxhash.Sum64String(iri) >> 32) }

// things returns the number of things of all classes, which is the highest ref.
func (s *Store) things() uint32 {
	m := &s.sum
	return uint32(m.Concepts + m.Statements + m.Articles + m.Sections + m.Sources)
}

func bit(bits []uint64, i uint32) bool { return bits[i/64]>>(i%64)&1 != 0 }

// Close gives back the memory of the release file that the Store was opened
// from. Nothing that it answered may be touched afterwards.
func (s *Store) Close() error {
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}

// Summary implements graph.Reader.
func (s *Store) Summary() *graph.Summary { return &s.sum }
