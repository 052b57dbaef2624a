package seed

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/seed/syntax"

	"github.com/goccy/go-yaml/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/columns"
	"github.com/plexus-kg/plexus/seed/compression"
	"github.com/plexus-kg/plexus/seed/schemaorg"
)

// Tables of any columns, beside the file that says what the columns mean: see
// package columns.

// tableNode is an entry of tables.
type tableNode struct {
	at                                     place
	file, prefix, separator, header, sheet text
	language                               text
	types                                  []text
	where                                  []whereNode
	columns                                []columnNode
}

type whereNode struct {
	column text
	values []text
}

type columnNode struct {
	role                      text
	of, prefix, system, split text
	values                    []languageNode // what stands for what
}

func (d *decoder) table(n ast.Node, doc *document) {
	t := tableNode{at: d.place(n)}
	if !d.mapping(n, "a table",
		field{"file", d.text("file", &t.file)},
		field{"prefix", d.text("prefix", &t.prefix)},
		field{"separator", d.text("separator", &t.separator)},
		field{"header", d.text("header", &t.header)},
		field{"sheet", d.text("sheet", &t.sheet)},
		field{"language", d.text("language", &t.language)},
		field{"types", d.words("types", &t.types)},
		field{"where", func(n ast.Node) {
			d.each(n, "where", func(v *ast.MappingValueNode, key text) {
				w := whereNode{column: key}
				if _, several := v.Value.(*ast.SequenceNode); several {
					d.words("where", &w.values)(v.Value)
				} else {
					var one text
					d.maybe("where", &one)(v.Value)
					w.values = []text{one}
				}
				t.where = append(t.where, w)
			})
		}},
		field{"columns", func(n ast.Node) {
			d.each(n, "columns", func(v *ast.MappingValueNode, key text) { d.column(v.Value, key, &t) })
		}},
	) {
		return
	}
	doc.tables = append(doc.tables, t)
}

// column reads what a column says: its name, or more.
func (d *decoder) column(n ast.Node, role text, t *tableNode) {
	c := columnNode{role: role}
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		d.mapping(n, role.is,
			field{"column", d.text("column", &c.of)},
			field{"prefix", d.text("prefix", &c.prefix)},
			field{"system", d.text("system", &c.system)},
			field{"split", d.text("split", &c.split)},
			field{"values", func(n ast.Node) {
				d.texts(n, "values", func(key, value text) { c.values = append(c.values, languageNode{key, value}) })
			}},
		)
	default:
		d.text(role.is, &c.of)(n)
	}
	t.columns = append(t.columns, c)
}

// mappedFormat is the format of tables that a data set maps.
var mappedFormat = FormatEntry{Format: "table", Name: "a table"}

// mappedFiles returns the tables that documents map, as files to read.
func mappedFiles(documents []document, prefixes graph.Prefixes, p *problems) (files []file) {
	vocabulary := newVocabulary()
	for i := range documents {
		doc := &documents[i]
		for j := range doc.tables {
			if f, ok := doc.tables[j].open(doc, documents, prefixes, vocabulary, p); ok {
				files = append(files, f)
			}
		}
	}
	return files
}

// open returns the file of a table, and how it is read.
func (n *tableNode) open(doc *document, documents []document, prefixes graph.Prefixes, words *vocabulary, p *problems) (file, bool) {
	faults := p.faults
	f := doc.file
	if n.file.is == "" {
		p.add(n.at, RuleMissingKey, "", "this table has no file: the name of the table beside this file")
		return f, false
	}
	within := path.Join(path.Dir(f.path), n.file.is)
	if !fs.ValidPath(n.file.is) {
		p.add(n.file.at, RuleWrongShape, "", "file: %q is not a file of this folder or one below", syntax.Shorten(n.file.is))
		return f, false
	}
	if info, err := fs.Stat(f.fsys, within); err != nil || info.IsDir() {
		p.add(n.file.at, RuleDanglingReference, "", "file: there is no %q beside this file", syntax.Shorten(n.file.is))
		return f, false
	}
	if _, ok := declaredSource(f, documents); !ok {
		p.add(n.at, RuleMissingDataset, "", "a table of no data set: write a block dataset (id, name, license, language) in a file of this folder or one above")
		return f, false
	}
	f.name = strings.TrimSuffix(f.name, path.Base(f.path)) + n.file.is
	f.path = within
	t := columns.Table{Separator: n.separator.is, NoHeader: n.header.is == "false", Sheet: n.sheet.is, Language: n.language.is, Where: map[string][]string{}}
	if n.header.given() && n.header.is != "true" && n.header.is != "false" {
		p.add(n.header.at, RuleWrongShape, "", "header: true, or false for a table whose first line is a row like the others")
	}
	if !n.language.given() {
		t.Language = languageOf(doc.file, documents)
	}
	for _, w := range n.where {
		t.Where[w.column.is] = asTexts(w.values)
	}
	class := func(word string) (string, bool) {
		id, known := words.types[word]
		if !known && typeForWord(word) != "" {
			id, known = words.types[typeForWord(word)], true
		}
		if !known && graph.IsCURIE(word) {
			id = graph.ID(word)
		}
		iri := prefixes.Expand(id)
		return iri, id != "" && iri != string(id)
	}
	for _, word := range n.types {
		iri, ok := class(word.is)
		if !ok {
			p.add(word.at, RuleUnknownType, nearestWord(word.is, words.typeWords, schemaorg.Class), "unknown type %q: a type that Plexus knows, or a CURIE", syntax.Shorten(word.is))
		}
		t.Types = append(t.Types, iri)
	}
	for _, c := range n.columns {
		role := columns.Role(c.role.is)
		if !slices.Contains(columns.Roles(), role) && !graph.IsCURIE(c.role.is) {
			p.add(c.role.at, RuleUnknownKey, nearest(c.role.is, asStrings(columns.Roles())), "columns: %q is none of %s, nor the CURIE of a predicate", syntax.Shorten(c.role.is), list(asStrings(columns.Roles()), "and"))
			continue
		}
		if c.of.is == "" {
			p.add(c.role.at, RuleMissingKey, "", "columns: %s has no column: its name in the first line, or its number", c.role.is)
			continue
		}
		column := columns.Column{Role: role, Of: c.of.is, Prefix: c.prefix.is, System: c.system.is, Split: c.split.is, Values: map[string]string{}}
		switch role {
		case columns.ID, columns.Parent, columns.Subject, columns.Object, columns.Predicate:
			column.Prefix = c.prefix.or(n.prefix).is
		}
		for _, prefix := range []text{c.prefix, n.prefix} {
			if _, known := prefixes.Namespace(prefix.is); prefix.is != "" && !known {
				p.add(prefix.at, RuleUnknownPrefix, nearestPrefix(prefix.is, prefixes.Names()), "unknown prefix %q: add its namespace under prefixes", syntax.Shorten(prefix.is))
			}
		}
		for _, v := range c.values {
			column.Values[v.language.is] = v.text.is
		}
		t.Columns = append(t.Columns, column)
	}
	t.IRI = func(role columns.Role, id string) (string, bool) {
		if role == columns.Type {
			return class(id)
		}
		if d, known := words.predicates[id]; role == columns.Predicate && known && !d.reversed && !d.denies {
			return prefixes.Expand(d.ID), true
		}
		iri := prefixes.Expand(graph.ID(id))
		return iri, (graph.IsSlug(id) || iri != id) && !strings.ContainsAny(iri, " <>\"{}|^`\\")
	}
	if _, known := p.files[f.name]; !known {
		p.files[f.name], p.folders[f.name] = len(p.files), f.dir()
	}
	f.in = input{quads: schemaorg.Read(t.Scan(compression.Trim(within))), format: &mappedFormat}
	return f, p.faults == faults
}

// languageOf returns the language of the data set of a file.
func languageOf(f file, documents []document) string {
	for dir, more := f.dir(), true; more; dir, more = dir.up() {
		for i := range documents {
			if doc := &documents[i]; doc.file.dir() == dir && len(doc.datasets) > 0 {
				return doc.datasets[0].language.is
			}
		}
	}
	return ""
}

func asTexts(all []text) []string {
	texts := make([]string, len(all))
	for i, t := range all {
		texts[i] = t.is
	}
	return texts
}
