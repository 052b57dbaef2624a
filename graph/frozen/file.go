package frozen

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/release"
)

// metaLayout is the version of the section that describes a store, which stands
// in it. Every other section has a version of its own.
//
//	2: the summary lists the types; a class that makes no kind by name no longer
//	   makes OtherConcept beside one that does
const metaLayout = 2

// sectionMeta is what makes a release one of a store.
const sectionMeta = "graph/meta"

// section is a part of a store in a release.
type section struct {
	name string
	// versions are those of the content that are read; the highest is written. A new
	// one is added whenever the same bytes would mean something else: a program
	// that does not know it refuses the release, and says why. Nil is version 1.
	versions []int
	// optional: a store answers the same without it, if more slowly, and takes a
	// version that it does not know as if it were not there.
	optional bool
	content  content
}

// reads returns the versions that are read.
func (s section) reads() []int {
	if s.versions == nil {
		return []int{1}
	}
	return s.versions
}

// content is where the bytes of a section come from and go to.
type content interface {
	encode() []byte
	decode(section string, version int, data []byte) error
}

// sections lists what a release holds of a store beside its meta, in the order
// of the file.
func (s *Store) sections() []section {
	return []section{
		{name: "graph/terms/text", content: rawBytes{&s.terms.text}},
		{name: "graph/terms/offset", content: arrayOf(&s.offset)},
		{name: "graph/terms/slots", content: arrayOf(&s.slots)},
		{name: "graph/quads/predicates", content: arrayOf(&s.predicates)},
		{name: "graph/quads/usage", content: arrayOf(&s.usage)},
		{name: "graph/quads/begins", content: arrayOf(&s.begins.words)},
		{name: "graph/quads/begins/ranks", content: arrayOf(&s.begins.before)},
		{name: "graph/quads/subject", content: arrayOf(&s.subject)},
		{name: "graph/quads/predicate", content: arrayOf(&s.predicate)},
		{name: "graph/quads/object", content: arrayOf(&s.object)},
		{name: "graph/quads/labelled", content: arrayOf(&s.labelled.words)},
		{name: "graph/quads/labelled/ranks", content: arrayOf(&s.labelled.before)},
		{name: "graph/quads/labels", content: arrayOf(&s.labels)},
		{name: "graph/subjects/first", content: arrayOf(&s.first)},
		{name: "graph/objects/first", content: arrayOf(&s.objectFirst)},
		{name: "graph/objects/quads", content: arrayOf(&s.byObject)},
		{name: "graph/labels/first", content: arrayOf(&s.labelFirst)},
		{name: "graph/labels/quads", content: arrayOf(&s.byLabel)},
		{name: "graph/concepts/kinds", content: arrayOf(&s.kinds)},
		{name: "graph/concepts/names", optional: true, content: arrayOf(&s.names)},
		{name: "graph/statements/negated", content: arrayOf(&s.negated)},
		{name: "graph/statements/discouraged", optional: true, content: arrayOf(&s.discouraged)},
		{name: "graph/statements/withdrawn", optional: true, content: arrayOf(&s.leftOut)},
		{name: "graph/statements/combined", optional: true, content: arrayOf(&s.combined)},
		{name: "graph/things/renamed", content: arrayOf(&s.renamed)},
		{name: "graph/links/first", content: arrayOf(&s.in.first)},
		{name: "graph/links/predicate", content: arrayOf(&s.in.predicate)},
		{name: "graph/links/subject", content: arrayOf(&s.in.subject)},
		{name: "graph/links/statement", content: arrayOf(&s.in.statement)},
		{name: "graph/links/degrees", optional: true, content: arrayOf(&s.degrees)},
		{name: "graph/hierarchy/below", optional: true, content: arrayOf(&s.below)},
		{name: "graph/signs", optional: true, content: arrayOf(&s.signs)},
		{name: "graph/codes/hash", content: arrayOf(&s.codeHash)},
		{name: "graph/codes/concept", content: arrayOf(&s.codeRef)},
	}
}

// array is a column of numbers, which lies in memory as in the file.
type array[T number] struct{ numbers *[]T }

func arrayOf[T number](numbers *[]T) content { return array[T]{numbers} }

func (a array[T]) encode() []byte { return bytesOf(*a.numbers) }

func (a array[T]) decode(section string, _ int, data []byte) (err error) {
	*a.numbers, err = numbers[T](section, data)
	return err
}

// rawBytes is a section that is used as it is.
type rawBytes struct{ bytes *[]byte }

func (b rawBytes) encode() []byte { return *b.bytes }

func (b rawBytes) decode(_ string, _ int, data []byte) error {
	*b.bytes = data
	return nil
}

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
	Withdrawn, Combined                               int `json:",omitempty"`
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
	m := meta{Layout: metaLayout, LowLabel: s.lowLabel, Dead: s.dead, Prefixes: map[string]string{}, Summary: metaSummary{
		Version: s.sum.Version, Withdrawn: s.sum.Withdrawn, Combined: s.sum.Combined, Quads: s.sum.Quads, Kinds: s.sum.Kinds, Types: s.sum.Types, Predicates: s.sum.Predicates,
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
	sections := []release.Section{release.Bytes(sectionMeta, about)}
	for _, part := range s.sections() {
		written := release.Bytes(part.name, part.content.encode())
		written.Version = slices.Max(part.reads())
		sections = append(sections, written)
	}
	return sections, nil
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
// A release that lacks a needed section, or has one in a version that this
// package does not read, is an error that wraps release.ErrOlder or
// release.ErrNewer. Sections of others are left alone.
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
	if m.Layout != metaLayout {
		other := release.ErrOlder
		if m.Layout > metaLayout {
			other = release.ErrNewer
		}
		return nil, fmt.Errorf("%w: its graph is of layout %d, and this program reads layout %d", other, m.Layout, metaLayout)
	}
	s = &Store{tables: &tables{lowLabel: m.LowLabel, dead: m.Dead}}
	for _, part := range s.sections() {
		data, version, err := f.Find(part.name, part.reads()...)
		if err != nil && part.optional {
			continue
		} else if err != nil {
			return nil, err
		}
		if err := part.content.decode(part.name, version, data); err != nil {
			return nil, err
		}
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
		Version: sum.Version, Withdrawn: sum.Withdrawn, Combined: sum.Combined, Quads: sum.Quads, Kinds: sum.Kinds, Types: sum.Types, Predicates: sum.Predicates,
		Concepts: sum.Concepts, Statements: sum.Statements, Articles: sum.Articles, Sections: sum.Sections, Sources: sum.Sources,
	}
	for i := range s.sum.Predicates { // what the registry says of a predicate is not of the day of the release
		if p, known := graph.LookupPredicate(s.sum.Predicates[i].ID); known {
			s.sum.Predicates[i].Predicate = p
		}
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
		len(s.negated) != (sum.Statements+63)/64 || s.discouraged != nil && len(s.discouraged) != len(s.negated) ||
		s.leftOut != nil && len(s.leftOut) != len(s.negated) || s.combined != nil && len(s.combined) != len(s.negated) ||
		s.degrees != nil && len(s.degrees) != len(s.kinds) || len(s.below) > 0 && len(s.below) != len(s.kinds) ||
		len(s.renamed) != (things+1+63)/64 || len(s.codeHash) != len(s.codeRef) || sum.Quads != s.quads() || !s.in.fits(sum.Concepts) || len(sum.Predicates) > len(s.predicates) {
		return fmt.Errorf("%w: its arrays and its counts do not fit together", release.ErrDamaged)
	}
	return s.check()
}
