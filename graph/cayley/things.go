package cayley

import (
	"cmp"
	"context"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// Summary implements graph.Reader.
func (s *Store) Summary() *graph.Summary { return &s.sum }

// Resolve implements graph.Reader.
func (s *Store) Resolve(ctx context.Context, ids []string, out *graph.Resolution) error {
	out.Refs = out.Refs[:0]
	out.Candidates.Reset()
	for _, id := range ids {
		ref := cmp.Or(s.byID[id], s.byIRI[id], s.had[id])
		if found := s.codes[id]; ref == graph.NoRef && len(found) == 1 {
			ref = found[0]
		} else if ref == graph.NoRef {
			out.Candidates.Items = append(out.Candidates.Items, found...)
		}
		out.Refs = append(out.Refs, ref)
		out.Candidates.Close()
	}
	return ctx.Err()
}

// Concepts implements graph.Reader.
func (s *Store) Concepts(ctx context.Context, refs []graph.Ref, fields graph.ConceptFields, out *graph.ConceptBatch) error {
	out.Reset()
	const known = graph.ConceptID | graph.ConceptKind | graph.ConceptSections // answered without the description
	for _, ref := range refs {
		if err := ctx.Err(); err != nil {
			return err
		}
		var (
			c        graph.Concept
			kind     graph.Kind
			sections []graph.Ref
			err      error
		)
		if i, present := s.sum.Index(graph.ClassConcept, ref); present {
			if fields&^known != 0 {
				if c, err = s.concept(ctx, ref); err != nil {
					return err
				}
			}
			if fields&graph.ConceptSections != 0 {
				if sections, err = s.pointing(ctx, graph.ClassSection, quads.Mentions, ref); err != nil {
					return err
				}
				slices.Sort(sections)
			}
			c.ID, kind = graph.ID(s.ids[ref]), s.kinds[i][0]
		}
		sources := s.refsOf(c.Sources)
		slices.Sort(sources)
		out.Append(fields, &c, kind, sections, sources, s.byID[string(c.ReplacedBy)])
	}
	return ctx.Err()
}

// claim is what a statement says: its object is a concept or a value.
type claim struct {
	subject, object graph.Ref
	predicate       graph.PredicateRef
	value           graph.Value
}

// claim reads what a statement says.
func (s *Store) claim(statement int) (c claim, err error) {
	q := s.claims[statement]
	if c.subject, err = s.thing(q, quad.Subject); err != nil {
		return c, err
	}
	p, err := s.predicateOf(q)
	if err != nil {
		return c, err
	}
	c.predicate = p.ref
	if c.object, err = s.thing(q, quad.Object); err != nil || s.sum.Class(c.object) == graph.ClassConcept {
		return c, err
	}
	c.object = graph.NoRef
	v, err := s.name(q, quad.Object)
	c.value = s.things.Value(v)
	return c, err
}

// Statements implements graph.Reader.
func (s *Store) Statements(ctx context.Context, refs []graph.Ref, fields graph.StatementFields, out *graph.StatementBatch) error {
	out.Reset()
	const (
		said  = graph.StatementSubject | graph.StatementPredicate | graph.StatementObject // in the quad itself
		known = graph.StatementID | graph.StatementIRI
	)
	for _, ref := range refs {
		if err := ctx.Err(); err != nil {
			return err
		}
		var (
			st  graph.Statement
			c   claim
			err error
		)
		if i, present := s.sum.Index(graph.ClassStatement, ref); present {
			if fields&said != 0 {
				if c, err = s.claim(i); err != nil {
					return err
				}
			}
			if fields&^(said|known) != 0 {
				if st, err = s.record(ctx, ref); err != nil {
					return err
				}
			} else if st.IRI, err = s.iri(ref); err != nil {
				return err
			}
			st.ID = graph.ID(s.ids[ref])
		}
		st.Value = c.value
		out.Append(fields, &st, c.subject, c.predicate, c.object, func(id graph.ID) graph.Ref { return s.byID[string(id)] })
	}
	return ctx.Err()
}

// Sources implements graph.Reader.
func (s *Store) Sources(ctx context.Context, refs []graph.Ref, fields graph.SourceFields, out *graph.SourceBatch) error {
	out.Reset()
	for _, ref := range refs {
		if err := ctx.Err(); err != nil {
			return err
		}
		var (
			src        graph.Source
			sections   []graph.Ref
			statements []graph.Ref
		)
		article, isArticle := s.sum.Index(graph.ClassArticle, ref)
		_, isSource := s.sum.Index(graph.ClassSource, ref)
		if isArticle || isSource {
			iri, about, err := s.described(ctx, ref)
			if err != nil {
				return err
			}
			src = s.things.Source(iri, about)
			if fields&graph.SourceStatements != 0 {
				if statements, err = s.pointing(ctx, graph.ClassStatement, quads.IsPartOf, ref); err != nil {
					return err
				}
				statements = slices.DeleteFunc(statements, s.isLeftOut)
			}
		}
		if isArticle {
			first := s.sum.First(graph.ClassSection)
			for i := s.sections[article]; i < s.sections[article+1]; i++ {
				sections = append(sections, first+graph.Ref(i))
			}
		}
		out.Append(fields, &src, len(statements), sections, func(id graph.ID) graph.Ref { return s.byID[string(id)] })
	}
	return ctx.Err()
}

// Sections implements graph.Reader.
func (s *Store) Sections(ctx context.Context, refs []graph.Ref, out *graph.SectionBatch) error {
	out.Reset()
	for _, ref := range refs {
		if err := ctx.Err(); err != nil {
			return err
		}
		var (
			part                     graph.Section
			article                  graph.Ref
			position                 int
			concepts, said, inferred []graph.Ref
		)
		if _, present := s.sum.Index(graph.ClassSection, ref); present {
			iri, about, err := s.described(ctx, ref)
			if err != nil {
				return err
			}
			var in string
			var mentions []string
			part, in, position, mentions = s.things.Section(iri, about)
			article = s.byIRI[in]
			for _, c := range mentions {
				concepts = append(concepts, s.byIRI[c])
			}
			slices.Sort(concepts)
			if said, inferred, err = s.statementsIn(ctx, ref, article); err != nil {
				return err
			}
		}
		out.Append(&part, article, position, concepts, said, inferred)
	}
	return ctx.Err()
}

// statementsIn returns the statements of a section, what its article says
// apart from what others inferred.
func (s *Store) statementsIn(ctx context.Context, section, article graph.Ref) (said, inferred []graph.Ref, err error) {
	all, err := s.pointing(ctx, graph.ClassStatement, quads.InSection, section)
	if err != nil {
		return nil, nil, err
	}
	all = slices.DeleteFunc(all, s.isLeftOut)
	locators := map[graph.Ref]string{}
	for _, ref := range all {
		r, err := s.record(ctx, ref)
		if err != nil {
			return nil, nil, err
		}
		locators[ref] = r.Locator
		if s.byID[string(r.Source)] == article {
			said = append(said, ref)
		} else {
			inferred = append(inferred, ref)
		}
	}
	inText := func(a, b graph.Ref) int {
		return cmp.Or(graph.CompareLocators(locators[a], locators[b]), cmp.Compare(a, b))
	}
	slices.SortFunc(said, inText)
	slices.SortFunc(inferred, inText)
	return said, inferred, nil
}

// List implements graph.Reader.
func (s *Store) List(ctx context.Context, q graph.ConceptQuery, out *graph.RefList) error {
	out.Refs, out.Total = out.Refs[:0], 0
	if err := cmp.Or(ctx.Err(), q.Window.Check()); err != nil {
		return err
	}
	var found []graph.Ref
	for i, kinds := range s.kinds {
		if q.Kinds != nil && !slices.ContainsFunc(q.Kinds, func(k graph.Kind) bool { return slices.Contains(kinds, k) }) {
			continue
		}
		ref := graph.Ref(i + 1)
		if q.Filter != nil {
			passes, err := s.passes(ctx, q.Filter, ref, kinds)
			if err != nil {
				return err
			}
			if !passes {
				continue
			}
		}
		found = append(found, ref)
	}
	from, to := q.Window.Range(len(found))
	out.Refs = append(out.Refs, found[from:to]...)
	out.Total = len(found)
	return nil
}

// passes reports whether a concept passes a filter.
func (s *Store) passes(ctx context.Context, f *graph.ConceptFilter, ref graph.Ref, kinds []graph.Kind) (bool, error) {
	c, err := s.concept(ctx, ref)
	if err != nil {
		return false, err
	}
	sections, err := s.pointing(ctx, graph.ClassSection, quads.Mentions, ref)
	return f.Match(&graph.ConceptRow{Kinds: kinds, Sources: s.refsOf(c.Sources), Sections: sections, Deprecated: c.Deprecated}), err
}
