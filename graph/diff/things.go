package diff

import (
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// prefix is an entry of a prefix map.
type prefix struct{ name, namespace string }

func prefixes(p graph.Prefixes) []prefix {
	var all []prefix
	for _, name := range p.Names() {
		namespace, _ := p.Namespace(name)
		all = append(all, prefix{name, namespace})
	}
	return all
}

func (c *comparison) prefixes(d *Diff) {
	named := func(p *prefix) Named { return Named{ID: graph.ID(p.name)} }
	d.Prefixes = things(c, prefixes(c.before.Prefixes), prefixes(c.after.Prefixes), named, func(f *fields, b, a *prefix) {
		f.text("namespace", b.namespace, a.namespace)
	})
}

// declarations compares what the data sets declare themselves.
func (c *comparison) declarations(d *Diff) {
	predicate := func(p *graph.Predicate) Named { return Named{p.ID, p.Name} }
	d.Predicates = things(c, c.before.Predicates, c.after.Predicates, predicate, func(f *fields, b, a *graph.Predicate) {
		f.text("name", b.Name, a.Name)
		f.text("inverse", b.Inverse, a.Inverse)
		f.text("description", b.Description, a.Description)
		f.kinds("domain", b.Domain, a.Domain)
		f.kinds("range", b.Range, a.Range)
		f.flag("text", b.Text, a.Text)
		f.flag("sameKind", b.SameKind, a.SameKind)
		f.flag("symmetric", b.Symmetric, a.Symmetric)
		f.flag("mapping", b.Mapping, a.Mapping)
		f.flag("hedged", b.Hedged, a.Hedged)
		f.flag("caution", b.Caution, a.Caution)
		f.iri(b.ID, a.ID, b.IRI, a.IRI)
	})
	class := func(t *graph.Type) Named { return Named{t.ID, t.Name} }
	d.Types = things(c, c.before.Types, c.after.Types, class, func(f *fields, b, a *graph.Type) {
		f.text("name", b.Name, a.Name)
		f.text("description", b.Description, a.Description)
		f.text("subClassOf", string(b.SubClassOf), string(a.SubClassOf))
		f.iri(b.ID, a.ID, b.IRI, a.IRI)
	})
}

// section is a section and the article that it is part of.
type section struct {
	graph.Section
	article graph.ID
}

// sources compares sources, articles among them, and sections.
func (c *comparison) sources(d *Diff) {
	list := func(ds *graph.Dataset) (sources []graph.Source, sections []section, order map[graph.ID][]graph.ID) {
		sources = slices.Clone(ds.Sources)
		order = map[graph.ID][]graph.ID{}
		for i := range ds.Articles {
			a := &ds.Articles[i]
			sources = append(sources, a.Source)
			for _, s := range a.Sections {
				sections = append(sections, section{s, a.ID})
				order[a.ID] = append(order[a.ID], s.ID)
			}
		}
		return sources, sections, order
	}
	sourcesBefore, sectionsBefore, orderBefore := list(c.before.Dataset)
	sourcesAfter, sectionsAfter, orderAfter := list(c.after.Dataset)
	sourceNamed := func(s *graph.Source) Named { return Named{s.ID, s.Name} }
	d.Sources = things(c, sourcesBefore, sourcesAfter, sourceNamed, func(f *fields, b, a *graph.Source) {
		f.text("kind", sourceKind(b.Kind), sourceKind(a.Kind))
		f.text("name", b.Name, a.Name)
		f.text("authors", strings.Join(b.Authors, ", "), strings.Join(a.Authors, ", "))
		for d := range graph.NumSourceDetails {
			if d.Info().Type == graph.SourceIDDetail {
				f.reference(d.Info().Name, graph.ID(b.Detail(d)), graph.ID(a.Detail(d)))
			} else {
				f.text(d.Info().Name, b.Detail(d), a.Detail(d))
			}
		}
		if b.ID == a.ID {
			// A section that came or went is told by itself.
			stay := func(these, those []graph.ID) []graph.ID {
				return slices.DeleteFunc(slices.Clone(these), func(id graph.ID) bool { return !slices.Contains(those, id) })
			}
			before, after := orderBefore[a.ID], orderAfter[a.ID]
			f.ids("sections", stay(before, after), stay(after, before))
		}
		f.iri(b.ID, a.ID, b.IRI, a.IRI)
	})
	sectionNamed := func(s *section) Named { return Named{s.ID, s.Heading} }
	d.Sections = things(c, sectionsBefore, sectionsAfter, sectionNamed, func(f *fields, b, a *section) {
		f.reference("article", b.article, a.article)
		f.text("heading", b.Heading, a.Heading)
		f.text("summary", b.Summary, a.Summary)
		f.iri(b.ID, a.ID, b.IRI, a.IRI)
	})
}

// sourceKind says what a source is, as its kind is called in GraphQL.
func sourceKind(k graph.SourceKind) string {
	switch k {
	case graph.DataSource:
		return "data set"
	case graph.ArticleSource:
		return "article"
	case graph.CuratorSource:
		return "curator"
	default:
		return ""
	}
}

// concept compares two concepts.
func (c *comparison) concept(f *fields, b, a *graph.Concept) {
	f.texts("name", b.Names, a.Names)
	f.ids("type", b.Types, a.Types)
	f.texts("description", b.Descriptions, a.Descriptions)
	f.synonyms(b.Synonyms, a.Synonyms)
	f.codes(b.Codes, a.Codes)
	f.text("note", b.Note, a.Note)
	f.flag("deprecated", b.Deprecated, a.Deprecated)
	f.reference("replacedBy", b.ReplacedBy, a.ReplacedBy)
	f.ids("formerIds", b.FormerIDs, a.FormerIDs)
	f.references("section", b.Sections, a.Sections)
	f.references("source", b.Sources, a.Sources)
	f.properties(b.Properties, a.Properties)
	f.members("members", b.Members, a.Members)
	f.members("notJoined", b.NotJoined, a.NotJoined)
	f.iri(b.ID, a.ID, b.IRI, a.IRI)
}

// renames finds concepts that were perhaps given another id. The id itself
// counts as a code: a slug often gives way to the code of the same concept.
func (c *comparison) renames(d *Diff) {
	var gone, came []*graph.Concept
	for i := range d.Concepts {
		switch t := &d.Concepts[i]; t.Change {
		case Removed:
			gone = append(gone, c.before.concept(t.ID))
		case Added:
			came = append(came, c.after.concept(t.ID))
		}
	}
	d.Renames = []Rename{}
	seen := map[[2]*graph.Concept]bool{}
	found := map[*graph.Concept]bool{}
	share := func(by string, keys func([]string, *graph.Concept) []string) {
		var pairs [][2]*graph.Concept
		unique(gone, came, keys, func(b, a *graph.Concept, shared string) {
			pair := [2]*graph.Concept{b, a}
			if seen[pair] || by == "name" && (found[b] || found[a]) {
				return
			}
			seen[pair] = true
			pairs = append(pairs, pair)
			d.Renames = append(d.Renames, Rename{conceptNamed(b), conceptNamed(a), by, shared})
		})
		for _, p := range pairs {
			found[p[0]], found[p[1]] = true, true
		}
	}
	share("exactCode", func(codes []string, k *graph.Concept) []string {
		codes = append(codes, string(k.ID))
		for _, code := range k.Codes {
			if code.Match == graph.MatchExact && !slices.Contains(codes, string(code.Code)) {
				codes = append(codes, string(code.Code))
			}
		}
		return codes
	})
	share("name", func(names []string, k *graph.Concept) []string {
		if len(k.Names) > 0 {
			names = append(names, k.Names[0].Text)
		}
		return names
	})
}

// unique calls meet for each two things that share a key which no other thing
// of the same side has, in the order of the first side. keys appends the keys
// of a thing.
func unique[T any, K comparable](before, after []*T, keys func(dst []K, t *T) []K, meet func(before, after *T, shared K)) {
	if len(before) == 0 || len(after) == 0 {
		return
	}
	var of []K
	index := func(side []*T) map[K]*T {
		only := make(map[K]*T, len(side))
		for _, t := range side {
			of = keys(of[:0], t)
			for _, k := range of {
				if _, twice := only[k]; twice {
					only[k] = nil
				} else {
					only[k] = t
				}
			}
		}
		return only
	}
	first, second := index(before), index(after)
	for _, b := range before {
		of = keys(of[:0], b)
		for _, k := range of {
			if a := second[k]; first[k] != nil && a != nil {
				meet(b, a, k)
			}
		}
	}
}
