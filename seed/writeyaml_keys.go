package seed

import (
	"maps"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// document writes everything, in the order in which a reader meets it: what the
// words mean, who says it, what there is, what is claimed.
func (y *yamlWriter) document(known graph.Prefixes) {
	top := mapping{y: y}
	y.description(&top, known)
	each(&top, "concepts", y.d.Concepts, (*mapping).concept)
	claims := slices.DeleteFunc(slices.Clone(y.d.Statements), func(s graph.Statement) bool { return isDistinct(&s, y.set) })
	if len(claims) < len(y.d.Statements) {
		top.key("distinct")
		for i := range y.d.Statements {
			if s := &y.d.Statements[i]; isDistinct(s, y.set) {
				y.out.WriteString("  - " + onOneLine([]string{string(s.Subject), string(s.Object)}) + "\n")
			}
		}
	}
	each(&top, "statements", claims, (*mapping).statement)
}

// description writes what concepts and statements refer to.
func (y *yamlWriter) description(top *mapping, known graph.Prefixes) {
	d := y.d
	for i := range d.Sources {
		if s := &d.Sources[i]; s.ID == y.set {
			top.mapping("dataset", func(m *mapping) {
				m.source(s)
				m.text("language", y.language)
			})
		}
	}
	prefixes := map[string]string{}
	for _, name := range d.Prefixes.Names() {
		namespace, _ := d.Prefixes.Namespace(name)
		if always, _ := known.Namespace(name); always != namespace {
			prefixes[name] = namespace
		}
	}
	if len(prefixes) > 0 {
		top.mapping("prefixes", func(m *mapping) {
			for _, name := range slices.Sorted(maps.Keys(prefixes)) {
				m.text(name, prefixes[name])
			}
		})
	}
	each(top, "types", d.Types, (*mapping).declaredType)
	each(top, "predicates", d.Predicates, (*mapping).predicate)
	each(top, "sources", slices.DeleteFunc(slices.Clone(d.Sources), func(s graph.Source) bool { return s.ID == y.set }), func(m *mapping, s *graph.Source) {
		m.source(s)
		kind := "data"
		if s.Kind == graph.CuratorSource {
			kind = "curator"
		}
		m.text("kind", kind)
	})
	each(top, "articles", d.Articles, func(m *mapping, a *graph.Article) {
		m.source(&a.Source)
		each(m, "sections", a.Sections, func(m *mapping, s *graph.Section) {
			m.text("id", string(s.ID))
			m.text("heading", s.Heading)
			m.text("summary", s.Summary)
		})
	})
}

func (m *mapping) source(s *graph.Source) {
	m.text("id", string(s.ID))
	m.text("name", s.Name)
	m.words("authors", s.Authors)
	for d := range graph.NumSourceDetails {
		m.text(d.Info().Name, s.Detail(d))
	}
}

func (m *mapping) declaredType(t *graph.Type) {
	m.text("id", string(t.ID))
	m.text("name", t.Name)
	m.text("subClassOf", string(t.SubClassOf))
	m.text("description", t.Description)
}

func (m *mapping) predicate(p *graph.Predicate) {
	m.text("id", string(p.ID))
	m.text("name", p.Name)
	if !p.Symmetric {
		m.text("inverse", p.Inverse)
	}
	m.text("description", p.Description)
	m.words("domain", graph.KindNames(p.Domain))
	if !p.Symmetric {
		m.words("range", graph.KindNames(p.Range))
	}
	m.truth("text", p.Text)
	m.truth("symmetric", p.Symmetric)
	m.truth("sameKind", p.SameKind)
	m.truth("hedged", p.Hedged)
	m.truth("caution", p.Caution)
}

func (m *mapping) concept(c *graph.Concept) {
	y := m.y
	m.text("id", string(c.ID))
	m.texts("name", "names", c.Names)
	types := make([]string, len(c.Types))
	for i, t := range c.Types {
		types[i] = strings.TrimPrefix(string(t), "schema:")
	}
	m.words("types", types)
	m.texts("description", "descriptions", c.Descriptions)
	if len(c.Synonyms) > 0 {
		m.key("synonyms")
		for _, s := range c.Synonyms {
			if s.Scope == graph.ScopeNotStated && s.Via == "" && s.Language == y.language {
				m.entry(s.Text)
				continue
			}
			entry := m.inner(true)
			entry.text("text", s.Text)
			entry.text("scope", string(s.Scope))
			entry.text("via", s.Via)
			if s.Language != y.language {
				entry.text("language", s.Language)
			}
		}
	}
	each(m, "codes", c.Codes, func(m *mapping, code *graph.Code) {
		m.text("code", string(code.Code))
		m.text("match", string(code.Match))
		m.text("label", code.Label)
		m.text("via", code.Via)
	})
	var sections []string
	for _, s := range c.Sections {
		if !slices.Contains(y.mentions[c.ID], s) {
			sections = append(sections, string(s))
		}
	}
	m.words("sections", sections)
	m.text("note", c.Note)
	m.truth("deprecated", c.Deprecated)
	m.text("replacedBy", string(c.ReplacedBy))
	m.words("formerIds", asStrings(c.FormerIDs))
	if !slices.Equal(c.Sources, []graph.ID{y.set}) {
		sources := make([]string, len(c.Sources))
		for i, id := range c.Sources {
			sources[i] = string(id)
		}
		m.words("sources", sources)
	}
}

func (m *mapping) statement(s *graph.Statement) {
	if s.ID != s.DeriveID(m.y.iri) {
		m.text("id", string(s.ID))
	}
	m.text("subject", string(s.Subject))
	m.text("predicate", m.y.predicateWord(s.Predicate))
	m.text("object", string(s.Object))
	m.text("value", s.Value.Text)
	m.text("language", s.Value.Language)
	for _, q := range graph.AllQualifiers() {
		if q.Info().Derived {
			continue
		}
		switch q.Info().Type {
		case graph.ListQualifier:
			m.words(q.String(), asStrings(*s.List(q)))
		case graph.FlagQualifier:
			m.truth(q.String(), *s.Flag(q))
		case graph.NumberQualifier:
			if n := *s.Number(q); n != nil {
				m.plain(q.String(), number(*n))
			}
		default:
			m.text(q.String(), s.Qualifier(q))
		}
	}
	for i := 0; i < len(s.Properties); { // sorted by predicate
		of := s.Properties[i].Predicate
		var values []string
		for ; i < len(s.Properties) && s.Properties[i].Predicate == of; i++ {
			values = append(values, s.Properties[i].Value.Text)
		}
		if len(values) == 1 {
			m.text(quoted(string(of)), values[0])
			continue
		}
		m.key(quoted(string(of)))
		for _, v := range values {
			m.entry(v)
		}
	}
}

// predicateWord returns the short name of a predicate of the registry.
func (y *yamlWriter) predicateWord(id graph.ID) string {
	if p, known := graph.LookupPredicate(id); known {
		return p.Name
	}
	return string(id)
}
