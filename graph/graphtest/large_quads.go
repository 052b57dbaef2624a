package graphtest

import "github.com/plexus-kg/plexus/graph"

// Quads returns the number of quads of a normalized data set without making
// them: by the rules of package quads, which this package must not import. It
// is exact for what [Large] makes and may miss rare forms elsewhere.
func Quads(ds *graph.Dataset) int {
	n := 0
	for i := range ds.Sources {
		n += sourceQuads(&ds.Sources[i])
	}
	for i := range ds.Articles {
		n += articleQuads(&ds.Articles[i])
	}
	for i := range ds.Concepts {
		n += conceptQuads(&ds.Concepts[i], ds.Prefixes)
	}
	for i := range ds.Statements {
		n += statementQuads(&ds.Statements[i])
	}
	return n
}

// stated counts those of the conditions that hold.
func stated(conditions ...bool) (n int) {
	for _, holds := range conditions {
		if holds {
			n++
		}
	}
	return n
}

func sourceQuads(s *graph.Source) int {
	n := 1 + stated(s.Name != "", len(s.Authors) > 1) + len(s.Authors)
	for d := range graph.NumSourceDetails {
		n += stated(s.Detail(d) != "")
	}
	return n
}

func articleQuads(a *graph.Article) int {
	n := sourceQuads(&a.Source)
	for _, s := range a.Sections {
		n += 3 + stated(s.Heading != "", s.Summary != "")
	}
	return n
}

func conceptQuads(c *graph.Concept, p graph.Prefixes) int {
	n := len(c.Types) + len(c.Names) + len(c.Descriptions) + len(c.Synonyms) + len(c.Codes) +
		len(c.Sections) + len(c.Sources) + len(c.Properties)
	for _, s := range c.Synonyms {
		if more := stated(s.Scope != "", s.Via != ""); more > 0 {
			n += 3 + more
		}
	}
	for _, k := range c.Codes {
		if more := stated(k.Label != "", k.Via != ""); more > 0 {
			n += 3 + more + stated(k.Match != "")
		}
	}
	return n + stated(len(c.Types) > 1, c.Note != "", c.IRI != "" && c.IRI != p.Expand(c.ID))
}

func statementQuads(s *graph.Statement) int {
	n := 1 + len(s.Properties)
	for q := range graph.Qualifier(graph.NumQualifiers) {
		n += stated(s.Qualifier(q) != "")
	}
	return n
}
