package seed

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"path"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/rdf"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// foreignQuads is what was read of files of RDF, numbered for a data set.
type foreignQuads struct {
	*quads.Decoder
	prefixes []document        // what the files say of prefixes, as documents would
	declared map[graph.ID]bool // data sets of folders, in whose name parts speak
	marks    marks
	words    *wordMarks
}

// readForeign reads all files of RDF. A file speaks in the name of the data set
// of its folder or of one above, if there is one, else in its own.
func readForeign(ctx context.Context, files []file, documents []document, p *problems) (*foreignQuads, error) {
	all := &foreignQuads{Decoder: quads.NewDecoder(0), declared: map[graph.ID]bool{}, words: newWordMarks()}
	files = slices.DeleteFunc(slices.Clone(files), func(f file) bool { return f.in.quads == nil })
	first := map[graph.ID]string{}
	for id, at := range declaredAt(documents) {
		first[graph.ID(id)] = "what is declared at " + at.String()
	}
	for _, f := range files {
		source, declared := declaredSource(f, documents)
		if declared {
			all.declared[source.ID] = true
		} else {
			source = fileSource(f)
			if other, taken := first[source.ID]; taken { // it is read for its problems
				p.add(place{file: f.name}, RuleDuplicateID, "", "as a source this file has the id %q, as has %s: rename it, or declare a data set in its folder", source.ID, other)
				if err := all.read(ctx, f, p, func(quad.Quad) error { return nil }); err != nil {
					return nil, err
				}
				continue
			}
			first[source.ID] = f.name
		}
		p.addOrigin(f, source.ID)
		all.Begin(source)
		if declared {
			all.Describes()
		}
		if err := all.read(ctx, f, p, all.Add); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// declaredSource returns the data set of the folder of a file, or of the next
// one above that has one.
func declaredSource(f file, documents []document) (graph.Source, bool) {
	for dir, more := f.dir(), true; more; dir, more = dir.up() {
		for i := range documents {
			if doc := &documents[i]; doc.file.dir() == dir && len(doc.datasets) > 0 && doc.datasets[0].id.is != "" {
				return doc.datasets[0].source(graph.DataSource), true
			}
		}
	}
	return graph.Source{}, false
}

// fileSource returns a file as a source: of what no other source is given for
// in it. Its id is its name: real-cc for real-cc.nq.gz.
func fileSource(f file) graph.Source {
	base := path.Base(f.path)
	id := graph.Slug(f.in.stem(base))
	if id == "" {
		id = "quads"
	}
	return graph.Source{ID: graph.ID(id), Kind: graph.DataSource, Name: base}
}

// read hands on the quads of a file, compressed or not, and checks what they
// say by themselves. A fault of the file's content is added to the problems.
func (all *foreignQuads) read(ctx context.Context, f file, p *problems, yield func(quad.Quad) error) error {
	in, last := f.in, 0
	own := document{file: f}
	content, err := f.content()
	if err == nil {
		defer func() { _ = content.Close() }()
		err = rdf.Statements(in.quads)(ctx, content, func(at syntax.Place, q quad.Quad) error {
			last = max(last, at.Line)
			if name, namespace, ok := rdf.Prefix(q); ok {
				is := func(s string) text { return text{is: s, at: place{f.name, at.Line, at.Column}} }
				own.prefixes = append(own.prefixes, prefixNode{is(name), is(namespace)})
				return nil
			}
			if p.warns {
				all.words.look(f.name, at, q)
			}
			all.marks.check(p, f.name, len(p.origins)-1, at, q)
			return yield(q)
		})
	}
	all.prefixes = append(all.prefixes, own)
	var mistakes syntax.Mistakes
	switch {
	case err == nil:
		if content.blank {
			p.empty(f)
		}
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &mistakes):
		for _, m := range mistakes {
			p.mistake(f.name, in, m)
			if m.Kind == syntax.NoTriple {
				all.marks.tell(m.About, len(p.origins)-1)
			}
		}
		return nil
	default:
		return p.unread(f, last, err)
	}
}

// mistakeRules are the rules that mistakes of files break.
var mistakeRules = map[syntax.Kind]Rule{
	syntax.Malformed: RuleSyntax, syntax.Size: RuleSyntax,
	syntax.LongLine: RuleFileSize, syntax.Encoding: RuleEncoding, syntax.Nesting: RuleNesting,
	syntax.UnknownPrefix: RuleUnknownPrefix, syntax.RelativeIRI: RuleBadIRI,
	syntax.UnknownKey: RuleUnknownKey, syntax.DuplicateKey: RuleDuplicateKey, syntax.RemoteContext: RuleRemoteContext,
	syntax.NoTriple: RuleNoTriple, syntax.TwoTriples: RuleTwoTriples,
}

// mistake adds a mistake of a file to the problems.
func (p *problems) mistake(name string, in input, m *syntax.Mistake) {
	rule, message := mistakeRules[m.Kind], m.Message
	if rule == RuleSyntax {
		rule, message = cmp.Or(in.rule, rule), "not "+in.format.Name+": "+message
	}
	p.addPointer(place{name, m.Line, m.Column}, m.Pointer, rule, "%s", message)
}

// fillFromHeaders gives data sets what their files do not say of them, and the header of
// their ontology does.
func fillFromHeaders(documents []document, d *graph.Dataset) {
	for i := range documents {
		for j := range documents[i].datasets {
			set := &documents[i].datasets[j]
			at := slices.IndexFunc(d.Sources, func(s graph.Source) bool { return string(s.ID) == set.id.is })
			if at < 0 || d.Sources[at].Name != "" { // else it is described in RDF: see forget
				continue
			}
			for detail := range graph.NumSourceDetails {
				if said := d.Sources[at].Detail(detail); set.details[detail].is == "" && said != "" {
					set.details[detail] = text{is: said, at: set.at}
				}
			}
			d.Sources[at] = graph.Source{ID: d.Sources[at].ID, IRI: d.Sources[at].IRI, Kind: d.Sources[at].Kind}
		}
	}
}

// idSpaces returns the prefixes of the terms of ontologies as a document would say
// them, but for those that somebody else gives a meaning.
func idSpaces(spaces map[string]string, known graph.Prefixes, documents []document) []document {
	doc := document{}
	for _, name := range slices.Sorted(maps.Keys(spaces)) {
		_, taken := known.Namespace(name)
		taken = taken || known.Compact(spaces[name]+"0") != graph.ID(spaces[name]+"0")
		for i := range documents {
			taken = taken || slices.ContainsFunc(documents[i].prefixes, func(p prefixNode) bool {
				return p.name.is == name || p.namespace.is == spaces[name]
			})
		}
		if !taken {
			doc.prefixes = append(doc.prefixes, prefixNode{text{is: name}, text{is: spaces[name]}})
		}
	}
	if len(doc.prefixes) == 0 {
		return nil
	}
	return []document{doc}
}
