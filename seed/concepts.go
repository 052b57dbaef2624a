package seed

import (
	"cmp"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/plexus-kg/plexus/graph"
)

// declareSources declares data sets, curators, articles and sections of a
// document.
func (b *builder) declareSources(doc *document) {
	for _, s := range doc.datasets {
		if first := b.sets[doc.file.dir()]; first.at != s.at {
			b.add(s.at, RuleDuplicateDataset, "", "this folder has a data set already (%s): one folder, one data set", first.at)
			continue
		}
		if s.language.is != "" && !isLanguage(s.language.is) {
			b.add(s.language.at, RuleBadLanguage, languagesMeant[squeezed(s.language.is)], "%q is not a language tag such as en or pt-BR", syntax.Shorten(s.language.is))
		}
		b.dataset.Sources = append(b.dataset.Sources, b.source(&s.sourceNode, graph.DataSource, aDataset))
	}
	for i := range doc.sources {
		s := &doc.sources[i]
		kind := graph.DataSource
		switch s.kind.is {
		case "curator":
			kind = graph.CuratorSource
		case "data":
		case "article":
			b.add(s.kind.at, RuleUnknownSourceKind, "", "an article stands under articles, with its sections")
		case "":
			b.missing(s.at, s.kind, "source", "kind", "data or curator")
		default:
			b.add(s.kind.at, RuleUnknownSourceKind, nearest(s.kind.is, []string{"data", "curator"}),
				"unknown kind of source %q: data or curator", syntax.Shorten(s.kind.is))
		}
		b.dataset.Sources = append(b.dataset.Sources, b.source(s, kind, "source"))
	}
	for i := range doc.articles {
		a := graph.Article{Source: b.source(&doc.articles[i].sourceNode, graph.ArticleSource, anArticle)}
		for _, s := range doc.articles[i].sections {
			b.missing(s.at, s.id, aSection, "id", "")
			id := b.declare(s.id, thing{class: aSection, of: a.ID})
			b.missing(s.at, s.heading, aSection, "heading", "")
			a.Sections = append(a.Sections, graph.Section{ID: id, Heading: s.heading.is, Summary: s.summary.is})
		}
		b.dataset.Articles = append(b.dataset.Articles, a)
	}
}

// source declares a source; what is its word in messages.
func (b *builder) source(s *sourceNode, kind graph.SourceKind, what class) graph.Source {
	b.missing(s.at, s.id, what, "id", "")
	id := b.declare(s.id, thing{class: sourceClass(kind)})
	b.missing(s.at, s.name, what, "name", "")
	for d := range graph.NumSourceDetails {
		b.detail(d, s.details[d])
	}
	b.status(s)
	source := s.source(kind)
	source.ID = id
	return source
}

// detail checks the form of a detail of a source.
func (b *builder) detail(d graph.SourceDetail, t text) {
	if t.is == "" {
		return
	}
	switch info := d.Info(); info.Type {
	case graph.AddressDetail:
		if !isURL(t.is) {
			b.add(t.at, RuleBadIRI, "", "the %s is not a full address: %q", strings.ToUpper(info.Name), syntax.Shorten(t.is))
		}
	case graph.DateDetail:
		b.date(info.Name, t)
	case graph.FlagDetail:
		oneOf(b, t, []string{"true"}, RuleUnknownKey, info.Name)
	case graph.StatusDetail:
		oneOf(b, t, graph.SourceStatuses(), RuleUnknownStatus, info.Name)
	}
}

// date checks a date.
func (b *builder) date(key string, t text) {
	if t.is != "" && !graph.IsDate(t.is) {
		b.add(t.at, RuleBadDate, "", "%s: %q is no date: write a year, a month or a day, as 2026, 2026-11 or 2026-11-30", key, syntax.Shorten(t.is))
	}
}

// status checks that what is said of a source's status fits together.
func (b *builder) status(s *sourceNode) {
	state := s.details[graph.SourceState]
	is := graph.SourceStatus(state.is)
	needs := func(d graph.SourceDetail, of ...graph.SourceStatus) {
		if t := s.details[d]; t.given() && !slices.Contains(of, is) {
			b.add(t.at, RuleMissingKey, "", "%s goes with status: %s, which is not written", d.Info().Name, list(asStrings(of), "or"))
		}
	}
	needs(graph.SourceSupersededBy, graph.StatusSuperseded, graph.StatusRetracted)
	needs(graph.SourceRetracted, graph.StatusRetracted)
	needs(graph.SourceRetractionReason, graph.StatusRetracted)
	switch is {
	case graph.StatusSuperseded:
		b.missing(state.at, s.details[graph.SourceSupersededBy], "superseded source", "supersededBy", "the id of the source that has taken its place")
	case graph.StatusRetracted:
		b.missing(state.at, s.details[graph.SourceRetracted], "retracted source", "retracted", "when it was retracted, such as 2026-11-30")
	}
}

// referSources looks up the sources that supersede others. All are declared by
// then.
func (b *builder) referSources(doc *document) {
	refer := func(s *sourceNode) { b.refer(s.details[graph.SourceSupersededBy], anArticle, aDataset, aCurator) }
	for i := range doc.datasets {
		refer(&doc.datasets[i].sourceNode)
	}
	for i := range doc.sources {
		refer(&doc.sources[i])
	}
	for i := range doc.articles {
		refer(&doc.articles[i].sourceNode)
	}
}

// declareConcepts declares the concepts of a document. All sections are
// declared by then.
func (b *builder) declareConcepts(doc *document) {
	set := b.datasetOf(doc)
	for i := range doc.concepts {
		if b.full(doc.file.name) {
			return
		}
		b.concept(&doc.concepts[i], &set)
	}
}

// concept declares a concept of a folder's data set, or keeps what it says of one
// that another data set describes: see combine.
func (b *builder) concept(n *conceptNode, set *datasetNode) {
	b.missing(n.at, n.id, aConcept, "id", "")
	c := graph.Concept{ID: graph.ID(n.id.is), Note: n.note.is}
	var known bool
	c.Types, known = b.typesOf(n)
	kinds := b.kindsOf(c.Types)
	if len(c.Types) == 0 || !known {
		kinds = nil // reported, or of another data set: what follows from it is not
	}
	was, taken := b.things[c.ID]
	again := taken && n.isRow && was.isRow && was.of == graph.ID(set.id.is)
	adds := !again && b.adds(c.ID, set)
	if !adds && !again {
		b.declare(n.id, thing{class: aConcept, kinds: kinds, of: graph.ID(set.id.is), isRow: n.isRow})
	}
	if !n.isRow {
		b.lacking(n)
	}
	c.Sources = b.describedBy(n, set)
	c.Names = b.texts(n.name, n.names, set.language.is, "name", "names")
	c.Descriptions = b.texts(n.description, n.descriptions, set.language.is, "description", "descriptions")
	c.Synonyms = b.synonyms(n.synonyms, set.language.is)
	c.Codes = b.conceptCodes(c.ID, n.codes)
	c.Sections = b.sectionsOf(n)
	c.Properties = propertiesOf(n)
	b.life(n, &c)
	if again {
		b.again(&c)
		b.merged++
		return
	}
	if !adds {
		b.dataset.Concepts = append(b.dataset.Concepts, c)
		return
	}
	b.more[c.ID] = append(b.more[c.ID], entry{c, n.id.at, graph.ID(set.id.is), !known})
	b.merged++
}

func (b *builder) sectionsOf(n *conceptNode) (sections []graph.ID) {
	seen := map[string]place{}
	for _, ref := range n.sections {
		if _, ok := b.refer(ref, aSection); ok && b.once(seen, ref.is, ref, "section") {
			sections = append(sections, graph.ID(ref.is))
		}
	}
	return sections
}

func propertiesOf(n *conceptNode) (properties []graph.Property) {
	for _, p := range n.properties {
		properties = append(properties, graph.Property{Predicate: p.predicate, Value: graph.Value{Text: p.value.is}})
	}
	return properties
}

// describedBy returns the sources that a concept names or, if it names none,
// the data set of its folder.
func (b *builder) describedBy(n *conceptNode, set *datasetNode) []graph.ID {
	var sources []graph.ID
	seen := map[string]place{}
	for _, ref := range n.sources {
		if _, ok := b.refer(ref, aDataset, anArticle, aCurator); ok && b.once(seen, ref.is, ref, "source") {
			sources = append(sources, graph.ID(ref.is))
		}
	}
	if len(n.sources) == 0 && set.id.is != "" {
		sources = []graph.ID{graph.ID(set.id.is)}
	}
	return sources
}

// datasetOf returns the data set of a document's concepts: that of its folder
// or of the nearest folder above.
func (b *builder) datasetOf(doc *document) datasetNode {
	if set, ok := b.setAbove(doc); ok {
		return set
	}
	for i := range doc.concepts {
		if len(doc.concepts[i].sources) == 0 {
			b.noDataset(doc.concepts[i].at)
			break
		}
	}
	return datasetNode{}
}

// setAbove returns the data set of a document's folder or of the nearest above.
func (b *builder) setAbove(doc *document) (set datasetNode, ok bool) {
	for dir, more := doc.file.dir(), true; more; dir, more = dir.up() {
		if set, ok := b.sets[dir]; ok {
			return set, true
		}
	}
	return datasetNode{}, false
}

func (b *builder) noDataset(at place) {
	b.add(at, RuleMissingDataset, "",
		"concepts of no data set: write a block dataset (id, name, license, language) in a file of this folder or one above, and check the whole folder")
}

// typesOf returns the classes of a concept, and whether all are known.
func (b *builder) typesOf(n *conceptNode) (_ []graph.ID, allKnown bool) {
	allKnown = true
	types := make([]graph.ID, 0, len(n.types))
	seen := map[string]place{}
	for _, t := range n.types {
		class, known := b.vocabulary.types[t.is]
		if !known {
			b.unknownType(t)
			allKnown = false
			continue
		}
		if b.once(seen, string(class), t, "type") {
			types = append(types, class)
		}
	}
	return graph.ForwardClasses(types), allKnown
}

// once reports an entry that stands in its list already.
func (b *builder) once(seen map[string]place, key string, entry text, what string) bool {
	if first, twice := seen[key]; twice {
		b.add(entry.at, RuleDuplicateEntry, "", "the %s %q stands in this list already (line %d)", what, syntax.Shorten(entry.is), first.line)
		return false
	}
	seen[key] = entry.at
	return true
}

// texts returns a text in the language of the data set, or the same in several
// languages.
func (b *builder) texts(one text, several []languageNode, language, key, keys string) []graph.Text {
	var texts []graph.Text
	if one.is != "" {
		texts = append(texts, graph.Text{Text: one.is, Language: language})
	}
	for _, n := range several {
		if one.given() {
			b.add(n.language.at, RuleEitherKey, "", "%s and %s exclude each other: write all languages under %s", key, keys, keys)
			break
		}
		if !isLanguage(n.language.is) {
			b.add(n.language.at, RuleBadLanguage, languagesMeant[squeezed(n.language.is)], "%q is not a language tag such as en or pt-BR", syntax.Shorten(n.language.is))
		}
		if slices.ContainsFunc(texts, func(t graph.Text) bool { return graph.SameLanguage(t.Language, n.language.is) }) {
			b.add(n.language.at, RuleDuplicateKey, "", "%s are given in %s already: case does not count in languages", keys, n.language.is)
			continue
		}
		if n.text.is != "" {
			texts = append(texts, graph.Text{Text: n.text.is, Language: n.language.is})
		}
	}
	return texts
}

func (b *builder) synonyms(nodes []synonymNode, language string) []graph.Synonym {
	synonyms := make([]graph.Synonym, 0, len(nodes))
	seen := map[string]place{}
	for _, n := range nodes {
		b.missing(n.at, n.text, "synonym", "text", "")
		s := graph.Synonym{Text: n.text.is, Language: language, Scope: graph.Scope(n.scope.is), Via: n.via.is}
		if n.scope.is != "" {
			oneOf(b, n.scope, graph.Scopes(), RuleUnknownScope, "scope")
		}
		if n.language.is != "" {
			s.Language = n.language.is
			if !isLanguage(s.Language) {
				b.add(n.language.at, RuleBadLanguage, languagesMeant[squeezed(s.Language)], "%q is not a language tag such as en or pt-BR", syntax.Shorten(s.Language))
			}
		}
		if s.Text != "" && b.once(seen, s.Text+"\x00"+strings.ToLower(s.Language), n.text, "synonym") {
			synonyms = append(synonyms, s)
		}
	}
	return synonyms
}

func (b *builder) conceptCodes(of graph.ID, nodes []codeNode) []graph.Code {
	codes := make([]graph.Code, 0, len(nodes))
	seen := map[string]place{}
	for _, n := range nodes {
		b.missing(n.at, n.code, "code", "code", "a CURIE such as DOID:12506")
		if n.match.is != "" {
			oneOf(b, n.match, graph.Matches(), RuleUnknownMatch, "match")
		}
		if n.code.is == "" || !b.curie(n.code) || !b.once(seen, n.code.is, n.code, "code") {
			continue
		}
		b.codePlaces[coded{of, graph.ID(n.code.is)}] = n.code.at
		codes = append(codes, graph.Code{Code: graph.ID(n.code.is), Match: graph.Match(n.match.is), Label: n.label.is, Via: n.via.is})
	}
	return codes
}

// curie reports whether a code has the form of one and a prefix that is known.
func (b *builder) curie(code text) bool {
	if !graph.IsCURIE(code.is) {
		near := strings.ReplaceAll(strings.TrimSpace(code.is), ": ", ":")
		switch {
		case isICD10(near):
			near = "ICD10:" + near
		case near == code.is || !graph.IsCURIE(near):
			near = ""
		}
		b.add(code.at, RuleBadCode, near, "%q is not a code: write prefix:local, such as DOID:12506", syntax.Shorten(code.is))
		return false
	}
	prefix := code.is[:len(code.is)-len(localName(graph.ID(code.is)))-1]
	if _, known := b.prefixes.Namespace(prefix); known {
		return true
	}
	if named := graph.VocabularyNamed(prefix); named != "" && named != prefix { // ICD10 for ICD-10
		if _, known := b.prefixes.Namespace(named); !known {
			b.add(code.at, RuleUnknownPrefix, named+code.is[len(prefix):], "unknown prefix %q: it is written %s here; add its namespace under prefixes, too, as {%s: an IRI}", syntax.Shorten(prefix), named, named)
			return false
		}
	}
	near := nearestPrefix(prefix, b.prefixes.Names())
	if near != "" {
		near += code.is[len(prefix):]
	}
	b.add(code.at, RuleUnknownPrefix, near, "unknown prefix %q: add its namespace under prefixes", syntax.Shorten(prefix))
	return false
}

// isICD10 reports whether a text has the form of a code of ICD-10, such as G51.0.
func isICD10(s string) bool {
	category, more, has := strings.Cut(s, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return len(category) == 3 && category[0] >= 'A' && category[0] <= 'Z' && digits(category[1:]) && (!has || digits(more))
}

// foreignPrefix reports a reference whose prefix nothing declares: RDF and
// tables may well name the thing.
func (b *builder) foreignPrefix(ref text) bool {
	if !graph.IsCURIE(ref.is) {
		return false
	}
	prefix, local, _ := strings.Cut(ref.is, ":")
	if _, known := b.prefixes.Namespace(prefix); known {
		return false
	}
	near := nearestPrefix(prefix, b.prefixes.Names())
	if near != "" {
		near += ":" + local
	}
	b.add(ref.at, RuleUnknownPrefix, near, "unknown prefix %q: say in a YAML file what it stands for, prefixes: {%s: \"http://…\"}", syntax.Shorten(prefix), syntax.Shorten(prefix))
	return true
}

// oneOf reports a word that is none of those the vocabulary has.
func oneOf[W ~string](b *builder, t text, words []W, rule Rule, what string) bool {
	names := make([]string, len(words))
	for i, w := range words {
		if names[i] = string(w); names[i] == t.is {
			return true
		}
	}
	near := nearest(t.is, names)
	if rule == RuleUnknownModality {
		near = cmp.Or(modalitiesMeant[squeezed(t.is)], near)
	}
	if !slices.Contains(names, near) {
		near = ""
	}
	b.add(t.at, rule, near, "unknown %s %q: it is %s", what, syntax.Shorten(t.is), list(names, "or"))
	return false
}
