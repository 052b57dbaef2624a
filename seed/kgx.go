package seed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/compression"
	"github.com/plexus-kg/plexus/seed/kgx"
	"github.com/plexus-kg/plexus/seed/sssom"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// The tables of KGX are read row by row, each checked as a concept or a
// statement of YAML is. What columns there are, and what they mean here, is the
// content of this file.

// readNodes declares the concepts of all tables.
func (b *builder) readNodes(ctx context.Context) error {
	return b.eachTable(ctx, func(in input) func(io.Reader) syntax.Rows { return in.nodes }, func(t *table, set *datasetNode) error {
		var c conceptNode
		told := false
		t.broken = b.presume
		return t.rows(ctx, b.nodeColumns(&c), b.slot(&c.properties), []string{"id"}, func(at place) error {
			c.at, c.isRow = at, true
			b.rowConcept(&c, set)
			if len(c.sources) == 0 && set.id.is == "" && !told {
				b.noDataset(at)
				told = true
			}
			c.plain()
			b.concept(&c, set)
			b.rows.nodes++
			c = conceptNode{}
			return nil
		})
	})
}

// presume takes a concept for declared whose row is at fault, so that what
// refers to it is not reported, too.
func (b *builder) presume(id text) {
	if _, taken := b.things[graph.ID(id.is)]; !taken && id.is != "" {
		b.things[graph.ID(id.is)] = thing{class: aConcept, at: id.at}
	}
}

// readEdges reads the statements of all tables. Everything that they may name
// is declared by then.
func (b *builder) readEdges(ctx context.Context, iri func(graph.ID) string) error {
	return b.eachTable(ctx, func(in input) func(io.Reader) syntax.Rows { return in.edges }, func(t *table, set *datasetNode) error {
		var s statementNode
		var none qualifierNode
		return t.rows(ctx, b.edgeColumns(&s), b.slot(&s.properties), []string{"subject", "predicate", "object"}, func(at place) error {
			s.at, s.isRow, s.set = at, true, graph.ID(set.id.is)
			b.rowStatement(&s, set)
			source := &s.texts[graph.QualifierSource]
			if *source = source.or(text{is: set.id.is, at: at}); source.is == "" {
				b.add(at, RuleMissingDataset, "", "statements of no source: give the table a column primary_knowledge_source, or write a block dataset in a file of this folder or one above")
				return errStop
			}
			b.statement(&s, &none, iri)
			b.rows.edges++
			s = statementNode{}
			return nil
		})
	})
}

// eachTable opens the files that have a reader of one sort of rows, one after the
// other.
func (b *builder) eachTable(ctx context.Context, rowsOf func(input) func(io.Reader) syntax.Rows, read func(*table, *datasetNode) error) error {
	for _, f := range b.tables {
		if open := rowsOf(f.in); open != nil {
			if err := b.table(ctx, f, open, read); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *builder) table(ctx context.Context, f file, open func(io.Reader) syntax.Rows, read func(*table, *datasetNode) error) error {
	set := b.datasetOf(&document{file: f})
	if set.id.is == "" && f.in.isDataset {
		set = b.ownDataset(f)
	}
	content, err := f.content()
	lines := 0
	if err == nil {
		defer func() { _ = content.Close() }()
		t := &table{file: f.name, in: f.in, from: open(content), problems: b.problems}
		if mappings, ok := t.from.(*sssom.Reader); ok {
			b.head(f, mappings)
		}
		err = read(t, &set)
		lines = max(0, t.from.Line()-1)
		if left, ok := t.from.(interface{ Left() []syntax.Left }); ok {
			for _, l := range left.Left() {
				b.warning(place{f.name, l.At.Line, l.At.Column}, "", RuleUnknownWord, func() (string, string) {
					return fmt.Sprintf("unknown %s: %s it, and it is not read", l.What, has(counted(l.Rows, "row"))), l.Remedy
				})
			}
		}
	}
	b.tellNotes()
	switch {
	case err == nil, errors.Is(err, errStop):
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		return b.unread(f, lines, err)
	}
}

// head reads what a file of mappings, and the file of metadata beside it, say of all.
func (b *builder) head(f file, mappings *sssom.Reader) {
	var beside []byte
	for _, ending := range []string{".yml", ".yaml"} {
		metadata := f
		metadata.path = strings.TrimSuffix(compression.Trim(f.path), ".tsv") + ending
		if r, err := metadata.open(); err == nil {
			beside, _ = io.ReadAll(io.LimitReader(r, maxYAML))
			_ = r.Close()
		}
	}
	mappings.Head(beside)
	b.namespaces = mappings.Metadata.Prefixes
	for i := range b.dataset.Sources {
		if s := &b.dataset.Sources[i]; s.ID == fileSource(f).ID && s.License == "" {
			s.License, s.Version = mappings.Metadata.License, mappings.Metadata.Version
			s.Name = cmp.Or(mappings.Metadata.Title, s.Name)
		}
	}
}

// ownDataset returns a file as the data set that it is, as a file of RDF is one.
func (b *builder) ownDataset(f file) (set datasetNode) {
	source := fileSource(f)
	set.id, set.name = text{is: string(source.ID), at: place{file: f.name}}, text{is: source.Name}
	if is, taken := b.things[source.ID]; taken {
		if is.class != aDataset {
			return datasetNode{}
		}
		return set
	}
	b.things[source.ID] = thing{class: aDataset, at: set.id.at}
	b.dataset.Sources = append(b.dataset.Sources, source)
	return set
}

// nodeColumns are the columns of nodes.
func (b *builder) nodeColumns(c *conceptNode) []column {
	columns := []column{
		{"id", to(&c.id)},
		{"category", func(cell text) {
			c.typesAt = cell.at
			parts(cell, func(t text) { c.types = append(c.types, t) })
		}},
		{"name", to(&c.name)},
		{"description", to(&c.description)},
		{"note", to(&c.note)},
		{"deprecated", b.toTruth("deprecated", &c.deprecated)},
		{"replacedBy", to(&c.replacedBy)},
		{"formerIds", eachOf(&c.formerIDs)},
		{"sections", eachOf(&c.sections)},
		{"provided_by", eachOf(&c.sources)},
	}
	for _, scope := range append([]graph.Scope{graph.ScopeNotStated}, graph.Scopes()...) {
		columns = append(columns, column{kgx.SynonymColumn(scope), func(cell text) {
			parts(cell, func(t text) {
				c.synonyms = append(c.synonyms, synonymNode{at: t.at, text: t, scope: text{is: string(scope), at: t.at}})
			})
		}})
	}
	codes := func(name string, match graph.Match) {
		columns = append(columns, column{name, func(cell text) {
			parts(cell, func(t text) {
				c.codes = append(c.codes, codeNode{at: t.at, code: t, match: text{is: string(match), at: t.at}})
			})
		}})
	}
	codes(kgx.CodeColumn(graph.MatchNotStated), graph.MatchNotStated)
	codes("has_db_xref", graph.MatchNotStated)
	codes("same_as", graph.MatchExact)
	codes("equivalent_identifiers", graph.MatchExact)
	columns = append(columns, column{"iri", func(cell text) {
		if cell.is != b.prefixes.Expand(graph.ID(b.rowID(c.id).is)) {
			c.properties = append(c.properties, propertyNode{predicate: kgx.Prefix + ":iri", value: cell})
		}
	}})
	for _, match := range graph.Matches() {
		codes(kgx.CodeColumn(match), match)
	}
	return columns
}

// edgeColumns are the columns of edges.
func (b *builder) edgeColumns(s *statementNode) []column {
	// further is a value that is kept unless it says nothing.
	further := func(name, nothing string) column {
		keep := b.property(graph.ID(kgx.Prefix+":"+name), &s.properties)
		return column{name, func(cell text) {
			parts(cell, func(t text) {
				if t.is != nothing {
					keep(t)
				}
			})
		}}
	}
	columns := []column{
		{"id", to(&s.id)},
		{"subject", to(&s.subject)},
		{"predicate", to(&s.predicate)},
		{"object", to(&s.object)},
		{"value", to(&s.value)},
		{"language", to(&s.language)},
		{"knowledge_source", to(&s.knowledge)},
		further("knowledge_level", kgx.NotProvided),
		further("agent_type", kgx.NotProvided),
		further("category", kgx.Association),
	}
	for _, q := range graph.AllQualifiers() {
		name := q.String()
		switch biolink := kgx.Column(q); {
		case biolink != name:
			either := b.toOne(&s.texts[q], name+" and "+biolink)
			columns = append(columns, column{name, either}, column{biolink, either})
		case q.Info().Derived: // it is written for others, and follows from the rest
			columns = append(columns, column{name, func(text) {}})
		case q.Info().Type == graph.ListQualifier:
			columns = append(columns, column{name, eachOf(&s.lists[q])})
		case q.Info().Type == graph.FlagQualifier:
			columns = append(columns, column{name, b.toTruth(name, &s.flags[q])})
		case q.Info().Type == graph.NumberQualifier:
			columns = append(columns, column{name, func(cell text) { s.numbers[q] = b.share(name, cell) }})
		default:
			columns = append(columns, column{name, to(&s.texts[q])})
		}
	}
	return columns
}

// slot finds the columns of further values: slots of the Biolink Model, and
// CURIEs.
func (b *builder) slot(properties *[]propertyNode) func(text) func(text) {
	return func(name text) func(text) {
		word := strings.TrimPrefix(name.is, ":") // KGX's own default prefix
		switch {
		case kgx.IsSlot(word):
			word = kgx.Prefix + ":" + word
		case isURL(word):
		case graph.IsCURIE(word):
			if b.rowID(text{is: word, at: name.at}); b.spelt[prefixOf(word)] == "" {
				return nil
			}
		default:
			return nil
		}
		keep := b.property(graph.ID(word), properties)
		return func(cell text) { parts(cell, keep) }
	}
}

// property adds further values of a predicate.
func (b *builder) property(predicate graph.ID, to *[]propertyNode) func(text) {
	predicate = b.prefixes.Compact(b.prefixes.Expand(predicate))
	return func(value text) { *to = append(*to, propertyNode{predicate: predicate, value: value}) }
}

func to(t *text) func(text) { return func(cell text) { *t = cell } }

func eachOf(list *[]text) func(text) {
	return func(cell text) { parts(cell, func(t text) { *list = append(*list, t) }) }
}

// toOne is the reader of columns that say the same.
func (b *builder) toOne(t *text, columns string) func(text) {
	return func(cell text) {
		if t.given() {
			b.add(cell.at, RuleEitherKey, "", "the columns %s exclude each other", columns)
			return
		}
		*t = cell
	}
}

func (b *builder) toTruth(what string, to *truth) func(text) {
	return func(cell text) {
		switch strings.ToLower(cell.is) {
		case "true":
			*to = truth{true, cell.at}
		case "false":
			*to = truth{false, cell.at}
		default:
			b.add(cell.at, RuleWrongShape, "", "%s: expected true or false, found %q", what, syntax.Shorten(cell.is))
		}
	}
}

// plain leaves out synonyms and codes that another column says more of: many
// tables list under synonym and xref all that there are.
func (c *conceptNode) plain() {
	scoped, matched := map[string]bool{}, map[string]bool{}
	for _, s := range c.synonyms {
		scoped[s.text.is] = scoped[s.text.is] || s.scope.is != ""
	}
	for _, k := range c.codes {
		matched[k.code.is] = matched[k.code.is] || k.match.is != ""
	}
	c.synonyms = slices.DeleteFunc(c.synonyms, func(s synonymNode) bool { return s.scope.is == "" && scoped[s.text.is] })
	c.codes = slices.DeleteFunc(c.codes, func(k codeNode) bool { return k.match.is == "" && matched[k.code.is] })
}

// addBiolink adds the categories of the Biolink Model.
func (v *vocabulary) addBiolink() {
	for _, word := range graph.BiolinkWords(graph.BiolinkCategory) {
		v.types[kgx.Prefix+":"+word] = graph.ID(kgx.Prefix + ":" + word)
	}
}

// recordID returns the id of a statement: the one that is given, or the one that
// follows from what it claims. It reports one that cannot be its id.
func (b *builder) recordID(n *statementNode, s *graph.Statement, iri func(graph.ID) string) (graph.ID, bool) {
	given := n.id
	id, derived := graph.ID(given.is), s.DeriveID(iri)
	if id == "" || id == derived {
		return derived, true
	}
	short := b.prefixes.Compact(b.prefixes.Expand(id))
	first, twice := b.statements[id]
	other, taken := b.things[id]
	switch {
	case graph.IsStatementID(given.is) && limited(s, id, iri) && !twice:
		return id, true
	case n.isRow && !graph.IsStatementID(given.is): // the ids of others are kept where they can be
		if twice || taken {
			id = derived
		}
		return id, true
	case graph.IsStatementID(given.is):
		b.add(given.at, RuleBadID, string(derived), "the id %s belongs to another claim: leave it out, or keep what the statement claimed (subject, predicate, object, source, negated, stage, context, key)", id)
	case graph.IsCURIE(given.is) && !isNamespace(given.is) && !b.canonical(given): // said
	case !graph.IsSlug(given.is) && !graph.IsCURIE(given.is) && !isNamespace(given.is):
		b.add(given.at, RuleBadID, graph.Slug(given.is), "%q is not an id of a statement: a slug, a CURIE or an IRI; leave it out where there is none", syntax.Shorten(given.is))
	case short != id:
		b.add(given.at, RuleBadID, string(short), "%q is written %q here", syntax.Shorten(given.is), syntax.Shorten(string(short)))
	case twice:
		b.add(given.at, RuleDuplicateID, "", "the id %q already names a statement (at %s)", syntax.Shorten(given.is), first)
	case taken:
		b.add(given.at, RuleDuplicateID, "", "the id %q already names %s", syntax.Shorten(given.is), other.class.one())
	default:
		return id, true
	}
	return id, false
}

// limited reports whether an id follows from what a statement claims without some
// of its limits: then it was the statement's before they were stated, and may stay.
func limited(s *graph.Statement, id graph.ID, iri func(graph.ID) string) bool {
	var limits []graph.Qualifier
	for _, q := range graph.AllQualifiers() {
		if info := q.Info(); info.Limits && info.Hashed != graph.NotHashed && info.Type != graph.FlagQualifier && s.Qualifier(q) != "" {
			limits = append(limits, q)
		}
	}
	for left := range 1 << len(limits) {
		was := *s
		for i, q := range limits {
			switch {
			case left&(1<<i) != 0:
			case q.Info().Type == graph.RefQualifier:
				*was.Reference(q) = ""
			case q.Info().Type == graph.ListQualifier:
				*was.List(q) = nil
			default:
				*was.Text(q) = ""
			}
		}
		if was.DeriveID(iri) == id {
			return true
		}
	}
	return false
}
