package model

import (
	"context"
	"maps"
	"slices"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// Source is who says a statement: an article, a data set or a curator.
type Source interface {
	Node
	IsSource()
}

// source is what all sources are.
type source struct {
	view *View
	SourceRow
}

// SourceRow is a source in a batch: its scalars.
type SourceRow struct{ Row[graph.SourceBatch] }

func (s SourceRow) ID() string          { return s.Batch.ID[s.At] }
func (s SourceRow) Iri() string         { return s.Batch.IRI[s.At] }
func (s SourceRow) Name() string        { return s.Batch.Name[s.At] }
func (s SourceRow) StatementCount() int { return s.Batch.Statements[s.At] }

func (s SourceRow) detail(d graph.SourceDetail) Stated { return Stated(s.Batch.Details[d][s.At]) }
func (s SourceRow) License() Stated                    { return s.detail(graph.SourceLicense) }
func (s SourceRow) Version() Stated                    { return s.detail(graph.SourceVersion) }
func (s SourceRow) URL() Stated                        { return s.detail(graph.SourceURL) }
func (s SourceRow) Authors() []string                  { return s.Batch.Authors.At(s.At) }
func (s SourceRow) Publisher() Stated                  { return s.detail(graph.SourcePublisher) }
func (s SourceRow) Published() Stated                  { return s.detail(graph.SourcePublished) }
func (s SourceRow) Reviewed() Stated                   { return s.detail(graph.SourceReviewed) }
func (s SourceRow) Retrieved() Stated                  { return s.detail(graph.SourceRetrieved) }
func (s SourceRow) Status() graph.SourceStatus {
	return graph.SourceStatus(s.detail(graph.SourceState))
}
func (s SourceRow) Retracted() Stated        { return s.detail(graph.SourceRetracted) }
func (s SourceRow) RetractionReason() Stated { return s.detail(graph.SourceRetractionReason) }

// The kinds of sources.
type (
	Article    struct{ *source }
	DataSource struct{ *source }
	Curator    struct{ *source }
)

// SourceTypes are the object types of sources, in the order of their kinds.
func SourceTypes() []string { return []string{"DataSource", "Article", "Curator"} }

// IsNode marks a source as a Node of the schema.
func (*source) IsNode() {}

// IsSource marks an article, data set or curator as a Source of the schema.
func (*source) IsSource() {}

// Sources returns the objects of sources and articles, in the order of the
// refs, nil for a ref that is none.
func (v *View) Sources(ctx context.Context, refs []graph.Ref) ([]Source, error) {
	var b graph.SourceBatch
	if err := v.reader.Sources(ctx, refs, graph.AllSourceFields, &b); err != nil {
		return nil, err
	}
	sources := make([]Source, len(refs))
	for i := range refs {
		s := &source{v, SourceRow{Row[graph.SourceBatch]{&b, i}}}
		switch b.Kind[i] {
		case graph.ArticleSource:
			sources[i] = Article{s}
		case graph.CuratorSource:
			sources[i] = Curator{s}
		case graph.DataSource:
			sources[i] = DataSource{s}
		}
	}
	return sources, nil
}

// Statements resolves the field statements.
func (s *source) Statements(ctx context.Context, first *int32, after *string, last *int32, before *string) (*StatementConnection, error) {
	sources, err := s.view.StatementsBySource(ctx)
	if err != nil {
		return nil, err
	}
	return sources.Page(s.ID(), Page{first, after, last, before})
}

// SupersededBy resolves the field supersededBy.
func (s *source) SupersededBy(ctx context.Context) (Source, error) {
	sources, err := s.view.Sources(ctx, s.Batch.SupersededBy[s.At:s.At+1])
	if err != nil {
		return nil, err
	}
	return sources[0], nil
}

// StatementsBySource knows the statements of every source that count. Statements
// are numbered source by source, sources by id: among those that count, those of
// one are a range, which begins after those of all sources before it.
type StatementsBySource struct {
	view    *View
	of      map[string]statementRange
	counted []graph.Ref // nil where all statements count
}

type statementRange struct{ first, count int }

// StatementsBySource reads how many statements each source makes.
func (v *View) StatementsBySource(ctx context.Context) (*StatementsBySource, error) {
	var b graph.SourceBatch
	if err := v.reader.Sources(ctx, v.sourceRefs(), graph.SourceID|graph.SourceStatements, &b); err != nil {
		return nil, err
	}
	s := &StatementsBySource{view: v, of: make(map[string]statementRange, len(b.ID))}
	for i, id := range b.ID {
		s.of[id] = statementRange{count: b.Statements[i]}
	}
	if v.Summary().Withdrawn+v.Summary().Combined > 0 {
		all, err := walk.Statements(ctx, v.reader, walk.StatementQuery{})
		if err != nil {
			return nil, err
		}
		s.counted = all.Statements
	}
	first := 0
	for _, id := range slices.Sorted(maps.Keys(s.of)) {
		r := s.of[id]
		r.first = first
		s.of[id] = r
		first += r.count
	}
	return s, nil
}

// Page returns a page of the statements of one source.
func (s *StatementsBySource) Page(id string, p Page) (*StatementConnection, error) {
	r := s.of[id]
	at := func(i int) graph.Ref {
		if s.counted != nil {
			return s.counted[r.first+i]
		}
		return s.view.Summary().First(graph.ClassStatement) + graph.Ref(r.first+i)
	}
	return s.view.statementPage(s.view.listOf("statements", id), r.count, at, p)
}

// sourceRefs lists all sources: articles, then the others, each by id.
func (v *View) sourceRefs() []graph.Ref {
	sum := v.Summary()
	var refs []graph.Ref
	for _, class := range []graph.Class{graph.ClassArticle, graph.ClassSource} {
		for i := range sum.Len(class) {
			refs = append(refs, sum.First(class)+graph.Ref(i))
		}
	}
	return refs
}

// Sections resolves the field sections.
func (a Article) Sections(ctx context.Context) ([]*Section, error) {
	return a.view.Sections(ctx, a.Batch.Sections.At(a.At))
}

// Section is a part of an article.
type Section struct {
	view *View
	SectionRow
}

// SectionRow is a section in a batch: its scalars.
type SectionRow struct{ Row[graph.SectionBatch] }

func (s SectionRow) ID() string      { return s.Batch.ID[s.At] }
func (s SectionRow) Iri() string     { return s.Batch.IRI[s.At] }
func (s SectionRow) Heading() string { return s.Batch.Heading[s.At] }
func (s SectionRow) Summary() Stated { return Stated(s.Batch.Summary[s.At]) }
func (s SectionRow) Position() int   { return s.Batch.Position[s.At] }

// IsNode marks a section as a Node of the schema.
func (*Section) IsNode() {}

// Sections returns the objects of sections, in the order of the refs, nil for
// a ref that is no section.
func (v *View) Sections(ctx context.Context, refs []graph.Ref) ([]*Section, error) {
	var b graph.SectionBatch
	if err := v.reader.Sections(ctx, refs, &b); err != nil {
		return nil, err
	}
	sections := make([]*Section, len(refs))
	for i := range refs {
		if b.Article[i] == graph.NoRef {
			continue
		}
		sections[i] = &Section{v, SectionRow{Row[graph.SectionBatch]{&b, i}}}
	}
	return sections, nil
}

// Article resolves the field article.
func (s *Section) Article(ctx context.Context) (*Article, error) {
	sources, err := s.view.Sources(ctx, []graph.Ref{s.Batch.Article[s.At]})
	if err != nil {
		return nil, err
	}
	article, _ := sources[0].(Article)
	return &article, nil
}

// Concepts resolves the field concepts.
func (s *Section) Concepts(first *int32, after *string, last *int32, before *string) (*ConceptConnection, error) {
	return s.view.ConceptPage("concepts", s.ID(), s.Batch.Concepts.At(s.At), Page{first, after, last, before})
}

// Statements resolves the field statements.
func (s *Section) Statements(includeInferred bool, first *int32, after *string, last *int32, before *string) (*StatementConnection, error) {
	return s.view.SectionStatements(s.ID(), s.Batch.Statements.At(s.At), s.Batch.Inferred.At(s.At), includeInferred, Page{first, after, last, before})
}

// SectionStatements returns a page of what a section says and, if wanted, of
// what was inferred from it.
func (v *View) SectionStatements(id string, statements, inferred []graph.Ref, includeInferred bool, p Page) (*StatementConnection, error) {
	total := len(statements)
	if includeInferred {
		total += len(inferred)
	}
	at := func(i int) graph.Ref {
		if i < len(statements) {
			return statements[i]
		}
		return inferred[i-len(statements)]
	}
	return v.statementPage(v.listOf("statements", id, includeInferred), total, at, p)
}

// ArticleConnection is a page of articles.
type ArticleConnection struct {
	PageOf
	view *View
}

// ArticleEdge is an article in a list.
type ArticleEdge struct {
	Cursor string
	Node   *Article
}

// Articles answers the root field articles.
func (v *View) Articles(p Page) (*ArticleConnection, error) {
	l := v.listOf("articles", "")
	w, err := l.window(p)
	if err != nil {
		return nil, err
	}
	return &ArticleConnection{PageOf: newPage(l, w, v.Summary().Articles), view: v}, nil
}

// Refs returns the articles of the page.
func (c *ArticleConnection) Refs() []graph.Ref {
	refs := make([]graph.Ref, 0, c.Len())
	first := c.view.Summary().First(graph.ClassArticle)
	for i := c.from; i < c.to; i++ {
		refs = append(refs, first+graph.Ref(i))
	}
	return refs
}

// Nodes resolves the field nodes.
func (c *ArticleConnection) Nodes(ctx context.Context) ([]*Article, error) {
	sources, err := c.view.Sources(ctx, c.Refs())
	if err != nil {
		return nil, err
	}
	articles := make([]*Article, len(sources))
	for i := range sources {
		article, _ := sources[i].(Article)
		articles[i] = &article
	}
	return articles, nil
}

// Edges resolves the field edges.
func (c *ArticleConnection) Edges(ctx context.Context) ([]ArticleEdge, error) {
	nodes, err := c.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	edges := make([]ArticleEdge, len(nodes))
	for i, node := range nodes {
		edges[i] = ArticleEdge{Cursor: c.cursor(i), Node: node}
	}
	return edges, nil
}
