package frozen

import (
	"cmp"
	"context"
	"fmt"
	"math/bits"
	"runtime"
	"slices"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/graph/release"
)

// recovered makes an error of an index that is out of range. The arrays of a
// mapped file are not read when it is opened, which would take as long as
// building them anew; if the disk has changed them since, an offset leads
// outside, Go's bounds checks stop it, and this tells. (Checksums find the rest:
// release.File.Verify.)
func recovered(err *error) {
	switch fault := recover().(type) {
	case nil:
	case runtime.Error:
		*err = fmt.Errorf("%w: its arrays contradict each other (%w); check the file", release.ErrDamaged, fault)
	default:
		if fault != any(errRecord) {
			panic(fault)
		}
		*err = fmt.Errorf("%w: %w; check the file", release.ErrDamaged, errRecord)
	}
}

// every is how many rows are read between two looks at the context.
const every = 256

// work tells a context of steps (graph.Spend), not each for itself, and looks at it
// when it does.
type work struct {
	ctx   context.Context // of one call
	steps int             // that were not told yet
}

// spend counts steps.
func (w *work) spend(steps int) error {
	if w.steps += steps; w.steps < 4096 {
		return nil
	}
	return w.done()
}

// done tells of all that was counted.
func (w *work) done() error {
	steps := w.steps
	w.steps = 0
	return graph.Spend(w.ctx, steps)
}

// Concepts implements graph.Reader.
func (s *Store) Concepts(ctx context.Context, refs []graph.Ref, fields graph.ConceptFields, out *graph.ConceptBatch) (err error) {
	defer recovered(&err)
	out.Reset()
	var a arena
	if fields&graph.ConceptIRI != 0 {
		s.reserveNames(&a, graph.ClassConcept, refs)
	}
	const usual = graph.ConceptID | graph.ConceptIRI | graph.ConceptName | graph.ConceptKind
	const lists = graph.ConceptSynonyms | graph.ConceptCodes | graph.ConceptDescriptions | graph.ConceptNames |
		graph.ConceptTypes | graph.ConceptSections | graph.ConceptSources
	w, each := work{ctx: ctx}, 2+6*bits.OnesCount64(uint64(fields))+12*bits.OnesCount64(uint64(fields&lists))
	for i, ref := range refs {
		if err := w.spend(each); err != nil {
			return err
		}
		if i%nearby == 0 {
			s.approach(refs[i:], fields)
		}
		at, present := s.sum.Index(graph.ClassConcept, ref)
		if !present {
			out.Append(fields, &graph.Concept{}, graph.KindNone, nil, nil, graph.NoRef)
			continue
		}
		c := uint32(ref)
		if fields&graph.ConceptID != 0 {
			out.ID = append(out.ID, s.id(c))
		}
		if fields&graph.ConceptIRI != 0 {
			out.IRI = append(out.IRI, a.name(&s.terms, c))
		}
		if fields&graph.ConceptName != 0 {
			out.Name = append(out.Name, s.name(c))
		}
		if fields&graph.ConceptKind != 0 {
			out.Kind = append(out.Kind, graph.Kind(s.kinds[at]>>kindShift))
		}
		if fields&^usual == 0 {
			continue
		}
		if fields&graph.ConceptNote != 0 {
			out.Note = append(out.Note, s.onlyText(c, quads.FieldNote))
		}
		if fields&graph.ConceptTypes != 0 {
			out.Types.Items = s.appendTypes(out.Types.Items, c)
			out.Types.Close()
		}
		if fields&graph.ConceptNames != 0 {
			out.Names.Items = s.appendTexts(out.Names.Items, c, quads.FieldName)
			out.Names.Close()
		}
		if fields&graph.ConceptDescriptions != 0 {
			out.Descriptions.Items = s.appendTexts(out.Descriptions.Items, c, quads.FieldDescription)
			out.Descriptions.Close()
		}
		if fields&graph.ConceptSynonyms != 0 {
			out.Synonyms.Items = s.appendSynonyms(out.Synonyms.Items, c)
			out.Synonyms.Close()
		}
		if fields&graph.ConceptCodes != 0 {
			out.Codes.Items = s.appendCodes(out.Codes.Items, c)
			out.Codes.Close()
		}
		if fields&graph.ConceptSections != 0 {
			out.Sections.Items = s.appendSections(out.Sections.Items, c)
			out.Sections.Close()
		}
		if fields&graph.ConceptDeprecated != 0 {
			out.Deprecated = append(out.Deprecated, s.onlyBare(c, quads.FieldDeprecated) != 0)
		}
		if fields&graph.ConceptReplacedBy != 0 {
			out.ReplacedBy = append(out.ReplacedBy, graph.Ref(s.onlyBare(c, quads.FieldReplacedBy)))
		}
		if fields&graph.ConceptFormerIDs != 0 {
			from, r := len(out.FormerIDs.Items), s.fieldRun(c, quads.FieldFormerID)
			for i := r.from; i < r.to; i++ {
				if !s.labelled.has(i) {
					out.FormerIDs.Items = append(out.FormerIDs.Items, graph.ID(s.text(s.object[i])))
				}
			}
			slices.Sort(out.FormerIDs.Items[from:])
			out.FormerIDs.Close()
		}
		if fields&graph.ConceptMembers != 0 {
			if out.Members.Items, err = s.appendMembers(out.Members.Items, c); err != nil {
				return err
			}
			out.Members.Close()
			w.steps += 100 * len(out.Members.At(i)) // each is JSON
		}
		if fields&graph.ConceptNotJoined != 0 {
			from, r := len(out.NotJoined.Items), s.fieldRun(c, quads.FieldNotJoined)
			for i := r.from; i < r.to; i++ {
				if other, ok := quads.NotJoined(s.terms.value(s.object[i])); ok && !s.labelled.has(i) {
					out.NotJoined.Items = append(out.NotJoined.Items, other)
				}
			}
			slices.SortFunc(out.NotJoined.Items[from:], graph.CompareNotJoined)
			out.NotJoined.Close()
		}
		if fields&graph.ConceptSources != 0 {
			out.Sources.Items = s.appendSources(out.Sources.Items, c)
			out.Sources.Close()
		}
	}
	return w.done()
}

// appendMembers appends the members of a concept, in order.
func (s *Store) appendMembers(dst []graph.Concept, concept uint32) ([]graph.Concept, error) {
	from, r := len(dst), s.fieldRun(concept, quads.FieldMember)
	for i := r.from; i < r.to; i++ {
		if s.labelled.has(i) {
			continue
		}
		m, ok := quads.Member(s.terms.value(s.object[i]))
		if !ok {
			return dst, fmt.Errorf("%w: a member of %s cannot be read", release.ErrDamaged, s.id(concept))
		}
		dst = append(dst, m)
	}
	graph.SortMembers(graph.ID(s.id(concept)), dst[from:])
	return dst, nil
}

// approach touches the ids and names of the next nearby concepts, as gather does for
// quads.
func (s *Store) approach(refs []graph.Ref, fields graph.ConceptFields) {
	refs = refs[:min(len(refs), nearby)]
	named := fields&graph.ConceptName != 0 && len(s.names) > 0
	if len(refs) < 4 || !named && fields&graph.ConceptID == 0 {
		return // a few are waited for no longer one after the other
	}
	var ids, names [nearby]uint32
	n := 0
	for _, ref := range refs {
		if !s.isConcept(uint32(ref)) {
			continue
		}
		if ids[n] = uint32(ref); named {
			names[n] = s.names[ref-1]
		}
		n++
	}
	if fields&graph.ConceptID != 0 {
		s.touch(ids[:n])
	}
	if named {
		s.touch(names[:n])
	}
}

// reserveNames makes room for the IRIs of refs.
func (s *Store) reserveNames(a *arena, class graph.Class, refs []graph.Ref) {
	n := 0
	for _, ref := range refs {
		if _, present := s.sum.Index(class, ref); present {
			n += s.nameSize(uint32(ref))
		}
	}
	a.reserve(n)
}

// appendSections appends the sections that mention a concept, in order.
func (s *Store) appendSections(dst []graph.Ref, concept uint32) []graph.Ref {
	return s.appendPointing(dst, concept, quads.FieldMentions, graph.ClassSection)
}

// appendPointing appends the things of a class that point to another with a
// field, in order.
func (s *Store) appendPointing(dst []graph.Ref, to uint32, f quads.Field, class graph.Class) []graph.Ref {
	if s.no[f] < 0 {
		return dst
	}
	r := s.runTo(s.to(to), uint16(s.no[f]))
	for _, i := range s.byObject[r.from:r.to] {
		if ref := graph.Ref(s.subjectOf(i)); !s.labelled.has(i) && s.sum.Class(ref) == class {
			dst = append(dst, ref)
		}
	}
	return dst
}

// appendSources appends the sources that describe a concept, in order.
func (s *Store) appendSources(dst []graph.Ref, concept uint32) []graph.Ref {
	r := s.fieldRun(concept, quads.FieldDefinedBy)
	for i := r.from; i < r.to; i++ {
		ref := graph.Ref(s.object[i])
		if c := s.sum.Class(ref); !s.labelled.has(i) && (c == graph.ClassSource || c == graph.ClassArticle) {
			dst = append(dst, ref)
		}
	}
	return dst
}

// countKinds counts the concepts that are of one of some kinds, given as bits. How
// many are of each kind is known.
func (s *Store) countKinds(wanted uint16) (n int) {
	if bits.OnesCount16(wanted) == 1 {
		for _, k := range s.sum.Kinds {
			if wanted>>(k.Kind-1)&1 != 0 {
				return k.Concepts
			}
		}
		return 0
	}
	for _, kinds := range s.kinds {
		if kinds&wanted != 0 {
			n++
		}
	}
	return n
}

// obsolete is which concepts are deprecated, a bit for each.
type obsolete struct {
	bits  []uint64
	count int
}

func (o *obsolete) has(concept int) bool {
	return o.count > 0 && o.bits[concept/64]>>(concept%64)&1 != 0
}

// obsolete looks for the deprecated concepts when it is first asked.
func (s *Store) obsolete() *obsolete {
	s.findObsolete.Do(func() {
		o := &s.isObsolete
		o.bits = make([]uint64, len(s.kinds)/64+1)
		for i := range s.kinds {
			if s.onlyBare(uint32(i+1), quads.FieldDeprecated) != 0 {
				o.bits[i/64] |= 1 << (i % 64)
				o.count++
			}
		}
	})
	return &s.isObsolete
}

// List implements graph.Reader.
func (s *Store) List(ctx context.Context, q graph.ConceptQuery, out *graph.RefList) (err error) {
	defer recovered(&err)
	out.Refs, out.Total = out.Refs[:0], 0
	if err := cmp.Or(ctx.Err(), q.Window.Check()); err != nil {
		return err
	}
	if q.Filter.OnlyDeprecated() && !*q.Filter.Deprecated && s.obsolete().count == 0 {
		q.Filter = nil
	}
	if q.Kinds == nil && q.Filter == nil {
		from, to := q.Window.Range(len(s.kinds))
		out.Refs = slices.Grow(out.Refs, to-from)
		for i := from; i < to; i++ {
			out.Refs = append(out.Refs, graph.Ref(i+1))
		}
		out.Total = len(s.kinds)
		return nil
	}
	wanted := uint16(1<<kindShift - 1)
	if q.Kinds != nil {
		wanted = 0
		for _, k := range q.Kinds {
			if k != graph.KindNone && k <= graph.OtherConcept {
				wanted |= 1 << (k - 1)
			}
		}
	}
	if q.Filter == nil { // count, then fill the page alone
		out.Total = s.countKinds(wanted)
		from, to := q.Window.Range(out.Total)
		out.Refs = slices.Grow(out.Refs, to-from)
		at := 0
		for i := 0; at < to; i++ {
			if s.kinds[i]&wanted == 0 {
				continue
			}
			if at >= from {
				out.Refs = append(out.Refs, graph.Ref(i+1))
			}
			at++
		}
		return graph.Spend(ctx, len(s.kinds)/16)
	}
	obsolete, plain := s.obsolete(), q.Filter.OnlyDeprecated()
	if plain {
		for i, kinds := range s.kinds {
			if kinds&wanted != 0 && obsolete.has(i) == *q.Filter.Deprecated {
				out.Refs = append(out.Refs, graph.Ref(i+1))
			}
		}
		out.Total = len(out.Refs)
		from, to := q.Window.Range(out.Total)
		out.Refs = out.Refs[:copy(out.Refs, out.Refs[from:to])]
		return graph.Spend(ctx, len(s.kinds)/16)
	}
	var row graph.ConceptRow
	w, each := work{ctx: ctx}, 4+q.Filter.Steps()
	for i, kinds := range s.kinds {
		if kinds&wanted == 0 {
			continue
		}
		if err := w.spend(each); err != nil {
			return err
		}
		c := uint32(i + 1)
		row.Kinds = row.Kinds[:0]
		for k := graph.Condition; k <= graph.OtherConcept; k++ {
			if kinds>>(k-1)&1 != 0 {
				row.Kinds = append(row.Kinds, k)
			}
		}
		row.Sources, row.Sections = s.appendSources(row.Sources[:0], c), s.appendSections(row.Sections[:0], c)
		row.Deprecated = obsolete.has(i)
		if q.Filter.Match(&row) {
			out.Refs = append(out.Refs, graph.Ref(c))
		}
	}
	out.Total = len(out.Refs)
	from, to := q.Window.Range(out.Total)
	out.Refs = out.Refs[:copy(out.Refs, out.Refs[from:to])]
	return w.done()
}
