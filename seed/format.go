package seed

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// The types of this file are what a seed file says, before anything is looked
// up. The keys here are the format.

type document struct {
	file       file
	datasets   []datasetNode
	prefixes   []prefixNode
	sources    []sourceNode
	articles   []articleNode
	concepts   []conceptNode
	defaults   qualifierNode
	statements []statementNode
	predicates []predicateNode
	types      []typeNode
	distinct   []distinctNode
	accepted   []acceptedNode
	tables     []tableNode
}

type prefixNode struct{ name, namespace text }

// sourceNode is a source of any kind; articles have no kind of their own.
type sourceNode struct {
	at             place
	id, kind, name text
	authors        []text
	details        [graph.NumSourceDetails]text
}

// source is the source that the node describes, as it is written.
func (s *sourceNode) source(kind graph.SourceKind) graph.Source {
	source := graph.Source{ID: graph.ID(s.id.is), Kind: kind, Name: s.name.is}
	for _, author := range s.authors {
		source.Authors = append(source.Authors, author.is)
	}
	for d := range graph.NumSourceDetails {
		source.SetDetail(d, s.details[d].is)
	}
	return source
}

type datasetNode struct {
	sourceNode
	language text
	kinds    []kindNode // of branches
	only     []text     // the branches that are read
}

type articleNode struct {
	sourceNode
	sections []sectionNode
}

type sectionNode struct {
	at                   place
	id, heading, summary text
}

type conceptNode struct {
	at, typesAt, namesAt  place
	id, name, description text
	names, descriptions   []languageNode
	types, sections       []text
	synonyms              []synonymNode
	codes                 []codeNode
	note                  text
	deprecated            truth
	replacedBy            text
	formerIDs             []text
	sources               []text         // where they are not those of the folder
	properties            []propertyNode // of a table
	isRow                 bool
}

// propertyNode is a further value. In YAML the predicate is a key, which is
// looked up when all prefixes are known.
type propertyNode struct {
	predicate graph.ID
	key       text
	value     text
}

type languageNode struct{ language, text text }

type synonymNode struct {
	at                         place
	text, scope, via, language text
}

type codeNode struct {
	at                      place
	code, match, label, via text
}

// qualifierNode holds the keys that a default can give to a statement: those of
// the qualifiers, each in the list of its type, and the language of a value.
type qualifierNode struct {
	texts    [graph.NumQualifiers]text // of texts, words and ids
	flags    [graph.NumQualifiers]truth
	numbers  [graph.NumQualifiers]share
	lists    [graph.NumQualifiers][]text
	language text
}

type statementNode struct {
	at place
	qualifierNode
	subject, predicate, object, value text
	objects                           []text // of statements that differ in it alone

	id         text           // else it follows from what is claimed
	properties []propertyNode // keys and columns that are CURIEs
	isRow      bool           // of a table
	knowledge  text           // who says it, in the words of earlier versions of KGX
	set        graph.ID       // the data set whose words it uses
	todo       text           // what is to be looked at: nobody has confirmed it
	confirmed  text           // who has, and when
	paraphrase truth          // its qualifiers are in words that its sentence does not have
}

func (d *decoder) document(n ast.Node, doc *document) {
	d.mapping(n, "the file",
		field{"dataset", func(n ast.Node) { d.dataset(n, doc) }},
		field{"prefixes", d.prefixes(&doc.prefixes)},
		field{"predicates", d.list("predicates", func(n ast.Node) { d.predicate(n, doc) })},
		field{"types", d.list("types", func(n ast.Node) { d.declaredType(n, doc) })},
		field{"sources", d.list("sources", func(n ast.Node) { d.source(n, doc) })},
		field{"articles", d.list("articles", func(n ast.Node) { d.article(n, doc) })},
		field{"concepts", d.list("concepts", func(n ast.Node) { d.concept(n, doc) })},
		field{"distinct", d.list("distinct", func(n ast.Node) { d.distinct(n, doc) })},
		field{"tables", d.list("tables", func(n ast.Node) { d.table(n, doc) })},
		field{"accepted", d.list("accepted", func(n ast.Node) { d.accepted(n, doc) })},
		field{"defaults", func(n ast.Node) { d.mapping(n, "defaults", d.qualifiers(&doc.defaults, true)...) }},
		field{"statements", d.list("statements", func(n ast.Node) { d.statement(n, doc) })},
	)
}

func (d *decoder) dataset(n ast.Node, doc *document) {
	s := datasetNode{sourceNode: sourceNode{at: d.place(n)}}
	if d.mapping(n, "dataset", append(d.sourceFields(&s.sourceNode),
		field{"language", d.text("language", &s.language)},
		field{"prefixes", d.prefixes(&doc.prefixes)},
		field{"kinds", d.kinds(&s.kinds)},
		field{"only", d.words("only", &s.only)},
	)...) {
		doc.datasets = append(doc.datasets, s)
	}
}

func (d *decoder) prefixes(to *[]prefixNode) func(ast.Node) {
	return func(n ast.Node) {
		d.texts(n, "prefixes", func(key, value text) { *to = append(*to, prefixNode{key, value}) })
	}
}

func (d *decoder) sourceFields(s *sourceNode) []field {
	fields := []field{
		{"id", d.text("id", &s.id)},
		{"name", d.text("name", &s.name)},
		{"authors", d.words("authors", &s.authors)},
	}
	for detail := range graph.NumSourceDetails {
		name := detail.Info().Name
		fields = append(fields, field{name, d.text(name, &s.details[detail])})
	}
	return fields
}

func (d *decoder) source(n ast.Node, doc *document) {
	s := sourceNode{at: d.place(n)}
	if d.mapping(n, "a source", append(d.sourceFields(&s), field{"kind", d.text("kind", &s.kind)})...) {
		doc.sources = append(doc.sources, s)
	}
}

func (d *decoder) article(n ast.Node, doc *document) {
	a := articleNode{sourceNode: sourceNode{at: d.place(n)}}
	if d.mapping(n, "an article", append(d.sourceFields(&a.sourceNode),
		field{"sections", d.list("sections", func(n ast.Node) {
			s := sectionNode{at: d.place(n)}
			if d.mapping(n, "a section",
				field{"id", d.text("id", &s.id)},
				field{"heading", d.text("heading", &s.heading)},
				field{"summary", d.text("summary", &s.summary)},
			) {
				a.sections = append(a.sections, s)
			}
		})},
	)...) {
		doc.articles = append(doc.articles, a)
	}
}

func (d *decoder) concept(n ast.Node, doc *document) {
	c := conceptNode{at: d.place(n)}
	if d.mapping(n, "a concept",
		field{"id", d.text("id", &c.id)},
		field{"name", d.text("name", &c.name)},
		field{"names", d.languages("names", &c.names, &c.namesAt)},
		field{"types", func(n ast.Node) { c.typesAt = d.place(n); d.words("types", &c.types)(n) }},
		field{"description", d.text("description", &c.description)},
		field{"descriptions", d.languages("descriptions", &c.descriptions, new(place))},
		field{"synonyms", d.list("synonyms", func(n ast.Node) { d.synonym(n, &c) })},
		field{"codes", d.list("codes", func(n ast.Node) { d.code(n, &c) })},
		field{"sections", d.words("sections", &c.sections)},
		field{"note", d.text("note", &c.note)},
		field{"deprecated", d.truth("deprecated", &c.deprecated)},
		field{"replacedBy", d.text("replacedBy", &c.replacedBy)},
		field{"formerIds", d.words("formerIds", &c.formerIDs)},
		field{"sources", d.words("sources", &c.sources)},
	) {
		doc.concepts = append(doc.concepts, c)
	}
}

func (d *decoder) languages(what string, to *[]languageNode, at *place) func(ast.Node) {
	return func(n ast.Node) {
		*at = d.place(n)
		d.texts(n, what, func(key, value text) { *to = append(*to, languageNode{key, value}) })
	}
}

// synonym reads a text or, where more is to be said about it, a mapping.
func (d *decoder) synonym(n ast.Node, c *conceptNode) {
	s := synonymNode{at: d.place(n)}
	if isText(n) {
		d.text("synonyms", &s.text)(n)
		c.synonyms = append(c.synonyms, s)
		return
	}
	if d.mapping(n, "a synonym",
		field{"text", d.text("text", &s.text)},
		field{"scope", d.text("scope", &s.scope)},
		field{"via", d.text("via", &s.via)},
		field{"language", d.text("language", &s.language)},
	) {
		c.synonyms = append(c.synonyms, s)
	}
}

func (d *decoder) code(n ast.Node, c *conceptNode) {
	k := codeNode{at: d.place(n)}
	if code, is := scalar(n); is && code != "" {
		d.problems.add(k.at, RuleWrongShape, "", "codes: a code says how it matches: write {code: %q, match: exact}, or close, broad, narrow or related", syntax.Shorten(code))
		return
	}
	if d.mapping(n, "a code",
		field{"code", d.text("code", &k.code)},
		field{"match", d.text("match", &k.match)},
		field{"label", d.text("label", &k.label)},
		field{"via", d.text("via", &k.via)},
	) {
		c.codes = append(c.codes, k)
	}
}

// statement reads a statement, or several that share something: under objects those
// that differ in the object alone, under statements those for which the entry itself
// says what they all have.
func (d *decoder) statement(n ast.Node, doc *document) {
	var group []statementNode
	s, ok := d.oneStatement(n, field{"statements", d.list("statements", func(n ast.Node) {
		if one, ok := d.oneStatement(n); ok {
			group = append(group, one)
		}
	})})
	switch {
	case !ok:
	case group == nil:
		doc.statements = append(doc.statements, s.each()...)
	default:
		if s.id.given() || s.value.given() || s.confirmed.given() || s.texts[graph.QualifierKey].given() {
			d.problems.add(s.at, RuleEitherKey, "", "id, key, value and confirmed are of one statement each: write them in the entries under statements")
		}
		for i := range group {
			group[i].inherit(&s)
			doc.statements = append(doc.statements, group[i].each()...)
		}
	}
}

// oneStatement reads a statement; further are keys that it may have, too.
func (d *decoder) oneStatement(n ast.Node, further ...field) (s statementNode, ok bool) {
	s.at = d.place(n)
	ok = d.open(n, "a statement", d.further(&s.properties), slices.Concat([]field{
		{"id", d.text("id", &s.id)},
		{"subject", d.oneOf("subject", &s.subject)},
		{"predicate", d.text("predicate", &s.predicate)},
		{"object", d.oneOf("object", &s.object)},
		{"objects", d.words("objects", &s.objects)},
		{"value", d.text("value", &s.value)},
		{"todo", d.text("todo", &s.todo)},
		{"confirmed", d.text("confirmed", &s.confirmed)},
		{"paraphrase", d.truth("paraphrase", &s.paraphrase)},
	}, d.qualifiers(&s.qualifierNode, false), further)...)
	if len(s.objects) > 0 && (s.object.given() || s.value.given() || s.id.given()) {
		d.problems.add(s.objects[0].at, RuleEitherKey, "", "objects stands for several statements: they have no object, value or id beside it")
		s.objects = nil
	}
	return s, ok
}

// each returns the statement for each of its objects.
func (n *statementNode) each() []statementNode {
	if len(n.objects) == 0 {
		return []statementNode{*n}
	}
	all := make([]statementNode, len(n.objects))
	for i, object := range n.objects {
		all[i] = *n
		all[i].at, all[i].object, all[i].objects = object.at, object, nil
	}
	return all
}

// inherit fills in what a statement of a group does not say itself. An empty text
// cancels what the group says.
func (n *statementNode) inherit(group *statementNode) {
	or := func(own *text, other text) {
		if own.blank && other.given() {
			own.blank = false
		}
		*own = own.or(other)
	}
	or(&n.subject, group.subject)
	or(&n.predicate, group.predicate)
	or(&n.todo, group.todo)
	or(&n.language, group.language)
	if !n.object.given() && !n.value.given() && len(n.objects) == 0 {
		n.object, n.objects = group.object, group.objects
	}
	for q := range graph.NumQualifiers {
		or(&n.texts[q], group.texts[q])
		if !n.flags[q].given() {
			n.flags[q] = group.flags[q]
		}
		if !n.numbers[q].given() {
			n.numbers[q] = group.numbers[q]
		}
		if len(n.lists[q]) == 0 {
			n.lists[q] = group.lists[q]
		}
	}
	if !n.paraphrase.given() {
		n.paraphrase = group.paraphrase
	}
	n.properties = append(n.properties, group.properties...)
}

// oneOf reads an end of a statement: one id, and not the list that people write
// for several, who are told how to write what they mean.
func (d *decoder) oneOf(what string, to *text) func(ast.Node) {
	return func(n ast.Node) {
		if _, several := n.(*ast.SequenceNode); several {
			to.at = d.place(n)
			each := "a statement for each"
			if what == "object" {
				each = "objects: [their ids]"
			}
			together := "name one of them as subject, and the others under with: [their ids]"
			if what == "object" {
				together += ", with a predicate that leads from them, such as mayIndicate"
			}
			d.problems.add(to.at, RuleWrongShape, "", "%s: a statement has one %s: write %s, if it holds of each alone; if it holds only of all together, %s", what, what, each, together)
			return
		}
		d.text(what, to)(n)
	}
}

// further reads the keys that are CURIEs: further values, a text or a list of
// texts each.
func (d *decoder) further(properties *[]propertyNode) func(text) func(ast.Node) {
	return func(key text) func(ast.Node) {
		if !graph.IsCURIE(key.is) {
			return nil
		}
		return func(n ast.Node) {
			var values []text
			if _, several := n.(*ast.SequenceNode); several {
				d.words(key.is, &values)(n)
			} else {
				values = make([]text, 1)
				d.text(key.is, &values[0])(n)
			}
			for _, value := range values {
				*properties = append(*properties, propertyNode{key: key, value: value})
			}
		}
	}
}

// qualifiers reads the keys that statements and defaults share. In a
// statement an empty text cancels a default; a default is never empty.
func (d *decoder) qualifiers(q *qualifierNode, isDefault bool) []field {
	read := d.maybe
	if isDefault {
		read = d.text
	}
	fields := []field{{"language", read("language", &q.language)}}
	for _, of := range graph.AllQualifiers() {
		info := of.Info()
		f := field{key: info.Name}
		switch {
		case isDefault && info.NoDefault, info.Derived:
			continue
		case info.Type == graph.ListQualifier:
			f.read = d.words(info.Name, &q.lists[of])
		case info.NoDefault:
			f.read = d.text(info.Name, &q.texts[of])
		case info.Type == graph.FlagQualifier:
			f.read = d.truth(info.Name, &q.flags[of])
		case info.Type == graph.NumberQualifier:
			f.read = d.share(info.Name, &q.numbers[of])
		default:
			f.read = read(info.Name, &q.texts[of])
		}
		fields = append(fields, f)
	}
	return fields
}
