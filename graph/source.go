package graph

// Source is who says a statement: an article, a data set or a curator.
type Source struct {
	ID      ID
	IRI     string // filled by Dataset.Normalize where empty
	Kind    SourceKind
	Name    string
	License string // an SPDX identifier or the licence's IRI; empty = not stated
	Version string
	URL     string
}

// SourceKind says what a source is.
type SourceKind uint8

// The kinds of sources.
const (
	// DataSource is a data set, ontology or vocabulary of others.
	DataSource SourceKind = iota + 1
	// ArticleSource is an article; it has sections.
	ArticleSource
	// CuratorSource is a curator of ours: who inferred something that no source
	// says in so many words.
	CuratorSource
)

// Article is a source with sections, in the order of the text.
type Article struct {
	Source
	Sections []Section
}

// Section is a part of an article: our own heading and summary of it, not its
// text.
type Section struct {
	ID      ID
	IRI     string // filled by Dataset.Normalize where empty
	Heading string
	Summary string
}
