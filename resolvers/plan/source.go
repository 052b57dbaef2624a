package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// source and section are a source and a section in a table.
type (
	source  = model.SourceRow
	section = model.SectionRow
)

// sources is a place for sources: articles, data sets and curators.
type sources struct {
	entities[graph.SourceBatch, source]
	needs graph.SourceFields
}

func (c *compiler) sources(f graphql.CollectedField, refs func(x *run) []graph.Ref) *sources {
	p := &sources{}
	p.refs = refs
	p.read = func(x *run, refs []graph.Ref, out *graph.SourceBatch) error {
		return x.reader.Sources(x.ctx, refs, p.needs, out)
	}
	p.variant = func(_ *run, t *table[graph.SourceBatch], row int) int { return int(t.batch.Kind[row]) - 1 }
	p.at = func(t *table[graph.SourceBatch], row int) source {
		return source{Row: model.Row[graph.SourceBatch]{Batch: &t.batch, At: row}}
	}
	addEntities(c, &p.entities)
	p.objects = variants(c, c.possible(f, model.SourceTypes()), f.Selections, func(f graphql.CollectedField, _ *typeSet) write[source] {
		return c.sourceField(p, f)
	})
	return p
}

// sourceField compiles a field of sources that is no scalar, and notes the
// columns that the field needs.
func (c *compiler) sourceField(p *sources, f graphql.CollectedField) write[source] {
	p.needs |= graph.SourceColumn(f.Name)
	switch f.Name {
	case "statements":
		p.needs |= graph.SourceID
		given := arguments[model.Page](c, f)
		return one[source](c.statementPages(f, func(x *run, t *pageTable[*model.StatementConnection]) error {
			of := p.in(x)
			if len(of.refs) == 0 {
				return nil
			}
			bySource, err := x.view.StatementsBySource(x.ctx)
			if err != nil {
				return err
			}
			for _, id := range of.batch.ID {
				t.add(bySource.Page(id, *given(x)))
			}
			return nil
		}))
	case "supersededBy":
		return one[source](c.sources(f, func(x *run) []graph.Ref { return p.in(x).batch.SupersededBy }))
	case "sections": // of articles
		all := c.sections(f, func(x *run) []graph.Ref { return p.in(x).batch.Sections.Items })
		return func(x *run, v source) bool { return listAt(x, all, v.Batch.Sections.Start, v.At) }
	}
	return nil
}

// sections is a place for sections of articles.
type sections struct {
	entities[graph.SectionBatch, section]
}

func (c *compiler) sections(f graphql.CollectedField, refs func(x *run) []graph.Ref) *sections {
	p := &sections{}
	p.refs = refs
	p.read = func(x *run, refs []graph.Ref, out *graph.SectionBatch) error {
		return x.reader.Sections(x.ctx, refs, out)
	}
	p.variant = func(_ *run, t *table[graph.SectionBatch], row int) int {
		if t.batch.Article[row] == graph.NoRef {
			return -1
		}
		return 0
	}
	p.at = func(t *table[graph.SectionBatch], row int) section {
		return section{Row: model.Row[graph.SectionBatch]{Batch: &t.batch, At: row}}
	}
	addEntities(c, &p.entities)
	p.objects = variants(c, []string{"Section"}, f.Selections, func(f graphql.CollectedField, _ *typeSet) write[section] {
		return c.sectionField(p, f)
	})
	return p
}

// sectionField compiles a field of sections that is no scalar.
func (c *compiler) sectionField(p *sections, f graphql.CollectedField) write[section] {
	switch f.Name {
	case "article":
		return one[section](c.sources(f, func(x *run) []graph.Ref { return p.in(x).batch.Article }))
	case "concepts":
		given := arguments[model.Page](c, f)
		return one[section](c.conceptPages(f, func(x *run, t *pageTable[*model.ConceptConnection]) error {
			b := &p.in(x).batch
			for i, id := range b.ID {
				t.add(x.view.ConceptPage("concepts", id, b.Concepts.At(i), *given(x)))
			}
			return nil
		}))
	case "statements":
		given := arguments[struct {
			IncludeInferred bool
			model.Page
		}](c, f)
		return one[section](c.statementPages(f, func(x *run, t *pageTable[*model.StatementConnection]) error {
			b, a := &p.in(x).batch, given(x)
			for i, id := range b.ID {
				t.add(x.view.SectionStatements(id, b.Statements.At(i), b.Inferred.At(i), a.IncludeInferred, a.Page))
			}
			return nil
		}))
	}
	return nil
}
