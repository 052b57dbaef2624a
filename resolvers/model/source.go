package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
)

// Source is who says a statement: an article, a data set or a curator.
type Source interface {
	Node
	IsSource()
}

// source is what all sources are.
type source struct {
	view     *View
	ref      graph.Ref
	sections []graph.Ref

	ID             string
	Iri            string
	Name           string
	License        *string
	Version        *string
	URL            *string
	StatementCount int32
}

// The kinds of sources.
type (
	Article    struct{ *source }
	DataSource struct{ *source }
	Curator    struct{ *source }
)

// IsNode marks a source as a Node of the schema.
func (*source) IsNode() {}

// IsSource marks an article, data set or curator as a Source of the schema.
func (*source) IsSource() {}

// Sources returns the objects of sources and articles, in the order of the
// refs, nil for a ref that is none.
func (v *View) Sources(ctx context.Context, refs []graph.Ref) ([]Source, error) {
	var b graph.SourceBatch
	if err := v.reader.Sources(ctx, refs, &b); err != nil {
		return nil, err
	}
	sources := make([]Source, len(refs))
	for i, ref := range refs {
		s := &source{
			view:           v,
			ref:            ref,
			sections:       b.Sections.At(i),
			ID:             b.ID[i],
			Iri:            b.IRI[i],
			Name:           b.Name[i],
			License:        optional(b.License[i]),
			Version:        optional(b.Version[i]),
			URL:            optional(b.URL[i]),
			StatementCount: int32(b.Statements[i]),
		}
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
	// Statements are numbered source by source, sources by id: those of one are a
	// range, which begins after the statements of all sources before it.
	sum := s.view.Summary()
	var all []graph.Ref
	for _, class := range []graph.Class{graph.ClassArticle, graph.ClassSource} {
		for i := range sum.Len(class) {
			all = append(all, sum.First(class)+graph.Ref(i))
		}
	}
	var b graph.SourceBatch
	if err := s.view.reader.Sources(ctx, all, &b); err != nil {
		return nil, err
	}
	start := sum.First(graph.ClassStatement)
	for i, id := range b.ID {
		if id < s.ID {
			start += graph.Ref(b.Statements[i])
		}
	}
	refs := make([]graph.Ref, s.StatementCount)
	for i := range refs {
		refs[i] = start + graph.Ref(i)
	}
	return s.view.statementPage(s.view.listOf("statements", s.ID), refs, Page{first, after, last, before})
}

// Sections resolves the field sections.
func (a Article) Sections(ctx context.Context) ([]*Section, error) {
	return a.view.Sections(ctx, a.sections)
}

// Section is a part of an article.
type Section struct {
	view       *View
	article    graph.Ref
	concepts   []graph.Ref
	statements []graph.Ref
	inferred   []graph.Ref

	ID       string
	Iri      string
	Heading  string
	Summary  *string
	Position int32
}

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
		sections[i] = &Section{
			view:       v,
			article:    b.Article[i],
			concepts:   b.Concepts.At(i),
			statements: b.Statements.At(i),
			inferred:   b.Inferred.At(i),
			ID:         b.ID[i],
			Iri:        b.IRI[i],
			Heading:    b.Heading[i],
			Summary:    optional(b.Summary[i]),
			Position:   int32(b.Position[i]),
		}
	}
	return sections, nil
}

// Article resolves the field article.
func (s *Section) Article(ctx context.Context) (*Article, error) {
	sources, err := s.view.Sources(ctx, []graph.Ref{s.article})
	if err != nil {
		return nil, err
	}
	article, _ := sources[0].(Article)
	return &article, nil
}

// Concepts resolves the field concepts.
func (s *Section) Concepts(first *int32, after *string, last *int32, before *string) (*ConceptConnection, error) {
	return s.view.conceptPage(s.view.listOf("concepts", s.ID), s.concepts, Page{first, after, last, before})
}

// Statements resolves the field statements.
func (s *Section) Statements(includeInferred bool, first *int32, after *string, last *int32, before *string) (*StatementConnection, error) {
	refs := s.statements
	if includeInferred {
		refs = append(append([]graph.Ref{}, s.statements...), s.inferred...)
	}
	l := s.view.listOf("statements", s.ID, includeInferred)
	return s.view.statementPage(l, refs, Page{first, after, last, before})
}

// ArticleConnection is a page of articles.
type ArticleConnection struct {
	pageOf
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
	return &ArticleConnection{pageOf: newPage(l, w, v.Summary().Articles), view: v}, nil
}

// Nodes resolves the field nodes.
func (c *ArticleConnection) Nodes(ctx context.Context) ([]*Article, error) {
	refs := make([]graph.Ref, 0, c.to-c.from)
	first := c.view.Summary().First(graph.ClassArticle)
	for i := c.from; i < c.to; i++ {
		refs = append(refs, first+graph.Ref(i))
	}
	sources, err := c.view.Sources(ctx, refs)
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
