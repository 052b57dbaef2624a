package frozen

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// Sources implements graph.Reader.
func (s *Store) Sources(ctx context.Context, refs []graph.Ref, fields graph.SourceFields, out *graph.SourceBatch) (err error) {
	defer recovered(&err)
	out.Reset()
	var a arena
	w := work{ctx: ctx}
	src := new(graph.Source) // for one after the other
	for _, ref := range refs {
		if err := w.spend(100); err != nil {
			return err
		}
		id, class := uint32(ref), s.sum.Class(ref)
		var (
			other graph.Ref // that supersedes it
			count int
		)
		*src = graph.Source{}
		if s.isSource(ref) {
			other = s.source(src, &a, id, fields)
			if fields&graph.SourceStatements != 0 {
				count = s.countStatements(id)
				if s.hides {
					w.steps += count
				}
			}
		}
		if fields&graph.SourceSections != 0 && class == graph.ClassArticle {
			from := len(out.Sections.Items)
			out.Sections.Items = s.appendPointing(out.Sections.Items, id, quads.FieldPartOf, graph.ClassSection)
			slices.Sort(out.Sections.Items[from:])
		}
		out.Append(fields, src, count, nil, func(graph.ID) graph.Ref { return other }) // the sections are there
	}
	return w.done()
}

// source reads the fields of a source that were asked for, and the source that
// supersedes it.
func (s *Store) source(src *graph.Source, a *arena, id uint32, fields graph.SourceFields) (supersededBy graph.Ref) {
	src.Kind = s.sourceKind(id)
	if fields&graph.SourceID != 0 {
		src.ID = graph.ID(s.id(id))
	}
	if fields&graph.SourceIRI != 0 {
		src.IRI = a.name(&s.terms, id)
	}
	if fields&graph.SourceName != 0 {
		src.Name = s.onlyText(id, quads.FieldName)
	}
	if fields&graph.SourceAuthors != 0 {
		r := s.fieldRun(id, quads.FieldAuthor)
		for i := r.from; i < r.to; i++ {
			src.Authors = append(src.Authors, s.value(a, s.object[i]).Text)
		}
		src.Authors = quads.OrderAuthors(src.Authors, s.onlyText(id, quads.FieldAuthors))
	}
	for d := range graph.NumSourceDetails {
		switch {
		case fields&graph.SourceColumns(d) == 0:
		case d.Info().Type == graph.SourceIDDetail:
			if other := s.only(id, quads.OfDetail(d)); s.isSource(graph.Ref(other)) {
				src.SetDetail(d, s.id(other))
				supersededBy = graph.Ref(other)
			}
		default:
			src.SetDetail(d, s.resource(a, id, quads.OfDetail(d)))
		}
	}
	return supersededBy
}

func (s *Store) isSource(ref graph.Ref) bool {
	class := s.sum.Class(ref)
	return class == graph.ClassArticle || class == graph.ClassSource
}

// resource returns a field that is a text or an IRI.
func (s *Store) resource(a *arena, node uint32, f quads.Field) string {
	if id := s.only(node, f); id != 0 {
		return s.value(a, id).Text
	}
	return ""
}

func (s *Store) sourceKind(id uint32) graph.SourceKind {
	kind := graph.DataSource
	r := s.fieldRun(id, quads.FieldType)
	for i := r.from; i < r.to; i++ {
		switch s.object[i] {
		case s.article:
			return graph.ArticleSource
		case s.person:
			kind = graph.CuratorSource
		}
	}
	return kind
}

// countStatements returns the number of statements of a source that count: all
// lie together among the quads that point to it, since refs of a class do.
func (s *Store) countStatements(source uint32) int {
	if s.no[quads.FieldPartOf] < 0 {
		return 0
	}
	r := s.runTo(s.to(source), uint16(s.no[quads.FieldPartOf]))
	positions := s.byObject[r.from:r.to]
	first := uint32(s.sum.First(graph.ClassStatement))
	below := func(limit uint32) int {
		n, _ := slices.BinarySearchFunc(positions, limit, func(i, limit uint32) int { return cmp.Compare(s.subjectOf(i), limit) })
		return n
	}
	from, to := below(first), below(first+uint32(s.sum.Statements))
	n := to - from
	if s.hides {
		for _, i := range positions[from:to] {
			if s.isLeftOut(s.subjectOf(i), false) {
				n--
			}
		}
	}
	return n
}

// Sections implements graph.Reader.
func (s *Store) Sections(ctx context.Context, refs []graph.Ref, out *graph.SectionBatch) (err error) {
	defer recovered(&err)
	out.Reset()
	var a arena
	read := func() int { return len(out.Concepts.Items) + len(out.Statements.Items) + len(out.Inferred.Items) }
	w, before := work{ctx: ctx}, 0
	for _, ref := range refs {
		if err := w.spend(200 + 10*(read()-before)); err != nil {
			return err
		}
		before = read()
		var (
			part     graph.Section
			article  graph.Ref
			position int
		)
		if _, present := s.sum.Index(graph.ClassSection, ref); present {
			id := uint32(ref)
			part = graph.Section{
				ID: graph.ID(s.id(id)), IRI: a.name(&s.terms, id),
				Heading: s.onlyText(id, quads.FieldHeadline), Summary: s.onlyText(id, quads.FieldAbstract),
			}
			article = graph.Ref(s.only(id, quads.FieldPartOf))
			position, err = strconv.Atoi(s.onlyText(id, quads.FieldPosition))
			if err != nil {
				return errors.Join(fmt.Errorf("%w: the section %s has no position", graph.ErrUnreadable, part.ID), err)
			}
			r := s.fieldRun(id, quads.FieldMentions)
			for i := r.from; i < r.to; i++ {
				out.Concepts.Items = append(out.Concepts.Items, graph.Ref(s.object[i]))
			}
			s.statementsIn(id, article, out)
		}
		out.Append(&part, article, position, nil, nil, nil) // the lists are there
	}
	return w.done()
}

// statementsIn appends the statements of a section, what its article says
// apart from what others inferred. The first are in the order of the text
// already, as refs are.
func (s *Store) statementsIn(section uint32, article graph.Ref, out *graph.SectionBatch) {
	if s.no[quads.OfQualifier(graph.QualifierSection)] < 0 {
		return
	}
	from := len(out.Inferred.Items)
	r := s.runTo(s.to(section), uint16(s.no[quads.OfQualifier(graph.QualifierSection)]))
	for _, i := range s.byObject[r.from:r.to] {
		st := s.subjectOf(i)
		if s.sum.Class(graph.Ref(st)) != graph.ClassStatement || s.isLeftOut(st, false) {
			continue
		}
		if graph.Ref(s.only(st, quads.FieldPartOf)) == article {
			out.Statements.Items = append(out.Statements.Items, graph.Ref(st))
		} else {
			out.Inferred.Items = append(out.Inferred.Items, graph.Ref(st))
		}
	}
	slices.SortStableFunc(out.Inferred.Items[from:], func(a, b graph.Ref) int {
		return graph.CompareLocators(s.onlyText(uint32(a), quads.OfQualifier(graph.QualifierLocator)), s.onlyText(uint32(b), quads.OfQualifier(graph.QualifierLocator)))
	})
}
