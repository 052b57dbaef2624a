package frozen

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/release"
)

// layoutVersion changes whenever the meaning of a section does.
//
//	2: the summary lists the types; a class that makes no kind by name no longer
//	   makes OtherConcept beside one that does
const layoutVersion = 2

// The names of the sections.
const (
	sectionMeta        = "graph/meta"
	sectionText        = "graph/terms/text"
	sectionOffset      = "graph/terms/offset"
	sectionSlots       = "graph/terms/slots"
	sectionPredicates  = "graph/quads/predicates"
	sectionUsage       = "graph/quads/usage"
	sectionBegins      = "graph/quads/begins"
	sectionBeginRanks  = "graph/quads/begins/ranks"
	sectionSubject     = "graph/quads/subject"
	sectionPredicate   = "graph/quads/predicate"
	sectionObject      = "graph/quads/object"
	sectionLabelled    = "graph/quads/labelled"
	sectionLabelRanks  = "graph/quads/labelled/ranks"
	sectionLabels      = "graph/quads/labels"
	sectionFirst       = "graph/subjects/first"
	sectionObjectFirst = "graph/objects/first"
	sectionByObject    = "graph/objects/quads"
	sectionLabelFirst  = "graph/labels/first"
	sectionByLabel     = "graph/labels/quads"
	sectionKinds       = "graph/concepts/kinds"
	sectionNames       = "graph/concepts/names" // optional
	sectionNegated     = "graph/statements/negated"
	sectionRenamed     = "graph/things/renamed"
	sectionInFirst     = "graph/links/first"
	sectionInPredicate = "graph/links/predicate"
	sectionInSubject   = "graph/links/subject"
	sectionInStatement = "graph/links/statement"
	sectionCodeHash    = "graph/codes/hash"
	sectionCodeRef     = "graph/codes/concept"
)

// meta is the part of a store that does not grow with it.
type meta struct {
	Layout   int
	LowLabel uint32
	Dead     uint32
	Forms    []metaForm
	Prefixes map[string]string
	Summary  metaSummary
}

// metaForm is a form; its tag need not be UTF-8, so it is kept as bytes.
type metaForm struct {
	Kind   kind
	Tag    []byte
	Prefix []byte `json:",omitempty"`
}

// metaSummary is a graph.Summary without the prefixes.
type metaSummary struct {
	Version                                           string
	Concepts, Statements, Articles, Sections, Sources int
	Quads                                             int
	Kinds                                             []graph.KindCount
	Types                                             []graph.TypeCount
	Predicates                                        []graph.PredicateCount
}

// Encode returns the store as sections of a release file, in the order in
// which they should be written. They hold the arrays as they are in memory: the
// same content gives the same bytes.
func (s *Store) Encode() ([]release.Section, error) {
	if !isLittleEndian() {
		return nil, errors.New("this machine is big-endian: it cannot write or read releases")
	}
	m := meta{Layout: layoutVersion, LowLabel: s.lowLabel, Dead: s.dead, Prefixes: map[string]string{}, Summary: metaSummary{
		Version: s.sum.Version, Quads: s.sum.Quads, Kinds: s.sum.Kinds, Types: s.sum.Types, Predicates: s.sum.Predicates,
		Concepts: s.sum.Concepts, Statements: s.sum.Statements, Articles: s.sum.Articles, Sections: s.sum.Sections, Sources: s.sum.Sources,
	}}
	for _, f := range s.forms {
		m.Forms = append(m.Forms, metaForm{f.Kind, []byte(f.Tag), []byte(f.Prefix)})
	}
	for _, prefix := range s.sum.Prefixes.Names() {
		m.Prefixes[prefix], _ = s.sum.Prefixes.Namespace(prefix)
	}
	about, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	return []release.Section{
		release.Bytes(sectionMeta, about),
		release.Bytes(sectionText, s.terms.text),
		release.Bytes(sectionOffset, bytesOf(s.offset)),
		release.Bytes(sectionSlots, bytesOf(s.slots)),
		release.Bytes(sectionPredicates, bytesOf(s.predicates)),
		release.Bytes(sectionUsage, bytesOf(s.usage)),
		release.Bytes(sectionBegins, bytesOf(s.begins.words)),
		release.Bytes(sectionBeginRanks, bytesOf(s.begins.before)),
		release.Bytes(sectionSubject, bytesOf(s.subject)),
		release.Bytes(sectionPredicate, bytesOf(s.predicate)),
		release.Bytes(sectionObject, bytesOf(s.object)),
		release.Bytes(sectionLabelled, bytesOf(s.labelled.words)),
		release.Bytes(sectionLabelRanks, bytesOf(s.labelled.before)),
		release.Bytes(sectionLabels, bytesOf(s.labels)),
		release.Bytes(sectionFirst, bytesOf(s.first)),
		release.Bytes(sectionObjectFirst, bytesOf(s.objectFirst)),
		release.Bytes(sectionByObject, bytesOf(s.byObject)),
		release.Bytes(sectionLabelFirst, bytesOf(s.labelFirst)),
		release.Bytes(sectionByLabel, bytesOf(s.byLabel)),
		release.Bytes(sectionKinds, bytesOf(s.kinds)),
		release.Bytes(sectionNames, bytesOf(s.names)),
		release.Bytes(sectionNegated, bytesOf(s.negated)),
		release.Bytes(sectionRenamed, bytesOf(s.renamed)),
		release.Bytes(sectionInFirst, bytesOf(s.in.first)),
		release.Bytes(sectionInPredicate, bytesOf(s.in.predicate)),
		release.Bytes(sectionInSubject, bytesOf(s.in.subject)),
		release.Bytes(sectionInStatement, bytesOf(s.in.statement)),
		release.Bytes(sectionCodeHash, bytesOf(s.codeHash)),
		release.Bytes(sectionCodeRef, bytesOf(s.codeRef)),
	}, nil
}

// WriteFile writes the store as a release file of its own; see
// release.WriteFile.
func (s *Store) WriteFile(path string) error {
	sections, err := s.Encode()
	if err != nil {
		return err
	}
	return release.WriteFile(path, sections...)
}

// OpenFile opens a release file and the store in it; closing the store closes
// the file.
func OpenFile(path string) (*Store, error) {
	f, err := release.Open(path)
	if err != nil {
		return nil, err
	}
	s, err := Open(f)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), f.Close())
	}
	s.file = f
	return s, nil
}

// Open returns the store in a release, without reading more than its
// description: what it costs does not depend on the size of the graph. The
// store uses the bytes of the file, which must stay open.
//
// Contents that contradict their description are an error that wraps
// release.ErrDamaged, here or in the answers; those that are merely wrong are
// found by release.File.Verify.
func Open(f *release.File) (s *Store, err error) {
	defer recovered(&err)
	if !isLittleEndian() {
		return nil, errors.New("this machine is big-endian: it cannot write or read releases")
	}
	about, ok := f.Section(sectionMeta)
	if !ok {
		return nil, fmt.Errorf("%w: it holds no graph: there is no section %q", release.ErrForeign, sectionMeta)
	}
	var m meta
	if err := json.Unmarshal(about, &m); err != nil {
		return nil, fmt.Errorf("%w: the section %q cannot be read: %w", release.ErrDamaged, sectionMeta, err)
	}
	if m.Layout > layoutVersion {
		return nil, fmt.Errorf("%w: its graph is of layout %d, and this program reads layout %d; update the program or build the release again",
			release.ErrNewer, m.Layout, layoutVersion)
	}
	if m.Layout < layoutVersion {
		return nil, fmt.Errorf("its graph is of layout %d, and this program reads layout %d only; build the release again from its data", m.Layout, layoutVersion)
	}
	s = &Store{tables: &tables{lowLabel: m.LowLabel, dead: m.Dead}}
	l := loader{file: f}
	s.terms.text = l.bytes(sectionText)
	load(&l, sectionOffset, &s.offset)
	load(&l, sectionSlots, &s.slots)
	load(&l, sectionPredicates, &s.predicates)
	load(&l, sectionUsage, &s.usage)
	load(&l, sectionBegins, &s.begins.words)
	load(&l, sectionBeginRanks, &s.begins.before)
	load(&l, sectionSubject, &s.subject)
	load(&l, sectionPredicate, &s.predicate)
	load(&l, sectionObject, &s.object)
	load(&l, sectionLabelled, &s.labelled.words)
	load(&l, sectionLabelRanks, &s.labelled.before)
	load(&l, sectionLabels, &s.labels)
	load(&l, sectionFirst, &s.first)
	load(&l, sectionObjectFirst, &s.objectFirst)
	load(&l, sectionByObject, &s.byObject)
	load(&l, sectionLabelFirst, &s.labelFirst)
	load(&l, sectionByLabel, &s.byLabel)
	load(&l, sectionKinds, &s.kinds)
	if _, ok := f.Section(sectionNames); ok {
		load(&l, sectionNames, &s.names)
	}
	load(&l, sectionNegated, &s.negated)
	load(&l, sectionRenamed, &s.renamed)
	load(&l, sectionInFirst, &s.in.first)
	load(&l, sectionInPredicate, &s.in.predicate)
	load(&l, sectionInSubject, &s.in.subject)
	load(&l, sectionInStatement, &s.in.statement)
	load(&l, sectionCodeHash, &s.codeHash)
	load(&l, sectionCodeRef, &s.codeRef)
	if l.err != nil {
		return nil, l.err
	}
	if err := s.restore(&m); err != nil {
		return nil, err
	}
	s.describe()
	return s, nil
}

// restore fills what is not an array.
func (s *Store) restore(m *meta) error {
	for _, f := range m.Forms {
		s.forms = append(s.forms, form{Kind: f.Kind, Tag: string(f.Tag), Prefix: string(f.Prefix)})
	}
	if len(s.forms) < fixedForms {
		return fmt.Errorf("%w: the section %q lists too few forms", release.ErrDamaged, sectionMeta)
	}
	s.namespaces.index()
	sum := &m.Summary
	s.sum = graph.Summary{
		Version: sum.Version, Quads: sum.Quads, Kinds: sum.Kinds, Types: sum.Types, Predicates: sum.Predicates,
		Concepts: sum.Concepts, Statements: sum.Statements, Articles: sum.Articles, Sections: sum.Sections, Sources: sum.Sources,
	}
	if len(m.Prefixes) > 0 {
		s.sum.Prefixes = graph.NewPrefixes(m.Prefixes)
	}
	for _, n := range []int{sum.Concepts, sum.Statements, sum.Articles, sum.Sections, sum.Sources} {
		if n < 0 || n > s.count() {
			return fmt.Errorf("%w: it counts %d things among %d terms", release.ErrDamaged, n, s.count())
		}
	}
	for _, k := range sum.Kinds {
		if k.Concepts < 0 || k.Concepts > sum.Concepts {
			return fmt.Errorf("%w: it counts %d concepts of kind %d among %d", release.ErrDamaged, k.Concepts, k.Kind, sum.Concepts)
		}
	}
	if things := int(s.things()); things > s.count() || len(s.kinds) != sum.Concepts || len(s.names) > 0 && len(s.names) != sum.Concepts ||
		len(s.negated) != (sum.Statements+63)/64 ||
		len(s.renamed) != (things+1+63)/64 || len(s.codeHash) != len(s.codeRef) || sum.Quads != s.quads() || !s.in.fits(sum.Concepts) || len(sum.Predicates) > len(s.predicates) {
		return fmt.Errorf("%w: its arrays and its counts do not fit together", release.ErrDamaged)
	}
	return s.check()
}

// loader collects the first error of several loads.
type loader struct {
	file *release.File
	err  error
}

func (l *loader) bytes(section string) []byte {
	data, ok := l.file.Section(section)
	if !ok && l.err == nil {
		l.err = fmt.Errorf("%w: there is no section %q", release.ErrDamaged, section)
	}
	return data
}

func load[T number](l *loader, section string, array *[]T) {
	var err error
	if *array, err = numbers[T](section, l.bytes(section)); err != nil && l.err == nil {
		l.err = err
	}
}
