package quads

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// The header of an ontology, and its properties.

// headerWords say what a predicate of a header is for a source, the best first.
var headerWords = []struct {
	iri quad.IRI
	is  func(s *graph.Source) *string
	in  quad.IRI // in the words of the encoding
}{
	{"http://purl.org/dc/terms/title", func(s *graph.Source) *string { return &s.Name }, schemaName},
	{"http://purl.org/dc/elements/1.1/title", func(s *graph.Source) *string { return &s.Name }, schemaName},
	{rdfsLabel, func(s *graph.Source) *string { return &s.Name }, schemaName},
	{"http://purl.org/dc/terms/license", func(s *graph.Source) *string { return &s.License }, quad.IRI(graph.SourceLicense.Info().IRI)},
	{"http://purl.org/dc/elements/1.1/license", func(s *graph.Source) *string { return &s.License }, quad.IRI(graph.SourceLicense.Info().IRI)},
	{owl + "versionInfo", func(s *graph.Source) *string { return &s.Version }, quad.IRI(graph.SourceVersion.Info().IRI)},
	{owl + "versionIRI", func(s *graph.Source) *string { return &s.Version }, quad.IRI(graph.SourceVersion.Info().IRI)},
	{"http://purl.org/dc/terms/publisher", func(s *graph.Source) *string { return &s.Publisher }, quad.IRI(graph.SourcePublisher.Info().IRI)},
}

// isHeader reports whether a fact about an ontology stands in no graph: then it
// describes the source of its part, and is no thing of its own.
func (r *owlReader) isHeader(f *fact) bool { return f.l == none }

// describe writes a fact of a header that stands in a graph: there the ontology is a
// source of its own.
func (r *owlReader) describe(f fact) {
	if f.field == FieldType {
		r.out = append(r.out, r.valued(f, rdfType, classDataset))
	}
	for _, w := range headerWords {
		if r.values[f.p] != w.iri {
			continue
		}
		for _, better := range headerWords { // of several words for the same the best alone
			if better.iri == w.iri {
				v := r.object(&f)
				if name, isNode := Name(v); isNode {
					v = quad.String(name)
				}
				r.out = append(r.out, r.valued(f, w.in, v))
				return
			}
			if better.in == w.in && len(r.objects(f.s, better.iri)) > 0 {
				return
			}
		}
	}
}

// readHeaders gives the sources of parts what the headers of their ontologies say.
// What is known of a source already stays; but its name, where that is only the name
// of the file. Of several headers in a part the first in the alphabet counts.
func (r *owlReader) readHeaders() {
	first := map[int]int32{} // by part
	for n, facts := range r.about {
		if r.parts[n] != owlHeader || !r.isHeader(&r.facts[facts[0]]) {
			continue
		}
		part := r.partOf(facts[0])
		if other, has := first[part]; !has || r.names.Names()[n] < r.names.Names()[other] {
			first[part] = n
		}
	}
	for part, n := range first {
		source := &r.Decoder.parts[part].source
		if source.ID == "" {
			continue
		}
		named := false
		for _, w := range headerWords {
			field := w.is(source)
			said := r.headerText(n, w.iri)
			isName := field == &source.Name
			switch {
			case said == "":
			case isName && !named && !r.Decoder.parts[part].describes, *field == "":
				*field, named = said, named || isName
			}
		}
		if iri, isIRI := r.values[n].(quad.IRI); isIRI && source.URL == "" && strings.HasPrefix(string(iri), "http") {
			source.URL = string(iri)
		}
	}
}

// headerText returns what a header says under a predicate: in English, if in several
// languages, and of several values the first in the alphabet.
func (r *owlReader) headerText(n int32, p quad.IRI) string {
	var about []quad.Quad
	for _, o := range r.objects(n, p) {
		if name, isNode := Name(o); isNode {
			o = quad.String(name)
		}
		if _, isText := languageText(o); !isText {
			o = quad.String(r.Value(o))
		}
		about = append(about, quad.Quad{Predicate: p, Object: o})
	}
	slices.SortFunc(about, func(a, b quad.Quad) int { return compareTerms(a.Object, b.Object) })
	return label(about, p)
}

// declare leaves of the properties those that are used as predicates of links or
// values, and of what is said of them what a predicate has here.
func (r *owlReader) declare() {
	used := map[int32]bool{}
	for i := range r.facts {
		f := &r.facts[i]
		if r.part(f.p) == owlProperty && r.part(f.s) != owlProperty {
			used[f.p] = true
		}
		if f.field == FieldPropertyID && r.part(f.o) == owlProperty {
			used[f.o] = true
		}
	}
	for n := range used {
		iri := r.values[n].(quad.IRI)
		_, registered := graph.LookupPredicate(r.prefixes.Compact(string(iri)))
		_, isWord := graph.LookupWord(string(iri))
		if FieldOf(iri) != NoField || registered || isWord {
			delete(used, n)
		}
	}
	kept := r.facts[:0]
	part, facts := 0, r.facts
	for i := range facts {
		for part < len(r.Decoder.parts) && r.Decoder.parts[part].first == i {
			r.Decoder.parts[part].first = len(kept)
			part++
		}
		f := facts[i]
		switch {
		case r.part(f.s) == owlProperty:
			if !used[f.s] || !r.describes(&f) {
				continue
			}
		case f.o >= 0 && used[f.o] && f.field != FieldPropertyID: // a property is a word: what names it, names an IRI
			f = r.valued(f, r.values[f.p].(quad.IRI), quad.TypedString{Value: quad.String(r.names.Names()[f.o]), Type: xsdAnyURI})
		}
		kept = append(kept, f)
	}
	for ; part < len(r.Decoder.parts); part++ {
		r.Decoder.parts[part].first = len(kept)
	}
	r.facts = kept
}

// describes reports whether a fact about a property has a place in what a predicate
// is here. A definition is its description.
func (r *owlReader) describes(f *fact) bool {
	switch p := r.values[f.p]; p {
	case rdfType:
		switch r.object(f) {
		case rdfProperty, owlObjectProperty, owlDataProperty, owlNote, owlSymmetric:
			return true
		}
		return false
	case oboDefinition, skosDefinition:
		f.p, f.field = r.predicate(rdfsComment), FieldOf(rdfsComment)
		_, isText := languageText(r.object(f))
		return isText
	case rdfsLabel, rdfsComment:
		_, isText := languageText(r.object(f))
		return isText
	case rdfsDomain, rdfsRange, schemaDomain, schemaRange:
		_, isIRI := r.object(f).(quad.IRI)
		return isIRI
	}
	return false
}
