package quads

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// Concept reads a concept, but for the sections that mention it. Its lists
// are in the order of graph.Dataset.Normalize.
func (t *Things) Concept(iri string, quads []quad.Quad) graph.Concept {
	own, helpers := t.split(iri, quads)
	id, _ := t.Lookup(iri)
	c := t.concept(iri, id, own, helpers)
	sources := c.Sources
	replacedBy, members := c.ReplacedBy, c.Members
	// Alone, the concept cannot prove that they exist, and does not know the order of
	// sections: what a member names is in order.
	c.Sources, c.ReplacedBy, c.Members = nil, "", nil
	alone := graph.Dataset{Prefixes: t.Prefixes, Concepts: []graph.Concept{c}}
	if err := alone.Normalize(); err != nil {
		return c // not possible: one concept has nothing to clash with
	}
	c = alone.Concepts[0]
	c.ReplacedBy, c.Members = replacedBy, members
	graph.SortMembers(c.ID, c.Members)
	slices.Sort(sources)
	c.Sources = slices.Compact(sources)
	return c
}

// concept reads a concept without its sections from what split returns, its
// lists unsorted.
func (t *Things) concept(iri string, id graph.ID, own []quad.Quad, helpers map[string][]quad.Quad) graph.Concept {
	c := graph.Concept{ID: id, IRI: iri}
	var (
		names      []graph.Text
		labels     []graph.Text // all altLabels, also those that a SKOS-XL label tells more of
		plainCodes []graph.Code // likewise
		first      graph.ID
		others     []quad.Quad // names and descriptions in the words of ontologies
	)
	for _, q := range own {
		kept := true
		switch q.Predicate {
		case rdfType:
			if name, ok := Name(q.Object); ok {
				if owlClasses[quad.IRI(name)] == owlPlain { // what else is here by what is said of it
					c.Types = append(c.Types, t.Prefixes.Compact(name))
				}
				continue
			}
		case kgPrimaryType:
			if name, ok := Name(q.Object); ok && first == "" && slices.ContainsFunc(own, func(o quad.Quad) bool {
				return o.Predicate == rdfType && o.Object == q.Object
			}) {
				first = t.Prefixes.Compact(name)
				continue
			}
		case kgID, schemaIdentifier:
			if s, ok := text(q.Object); ok && s == string(id) {
				continue
			}
		case schemaName:
			if name, ok := languageText(q.Object); ok {
				names = append(names, name)
				continue
			}
		case schemaDescription:
			if d, ok := languageText(q.Object); ok {
				c.Descriptions = append(c.Descriptions, d)
				continue
			}
		case skosAltLabel:
			if l, ok := languageText(q.Object); ok {
				labels = append(labels, l)
				continue
			}
		case xlAltLabel:
			if s, ok := synonym(q.Object, helpers); ok {
				c.Synonyms = append(c.Synonyms, s)
				continue
			}
		case schemaCode:
			if k, ok := code(q.Object, helpers); ok {
				c.Codes = append(c.Codes, k)
				continue
			}
		case schemaMore:
			if p, ok := t.more(q.Object, helpers); ok {
				c.Properties = append(c.Properties, p)
				continue
			}
		case hasDBXref:
			if s, ok := text(q.Object); ok && s != "" {
				plainCodes = append(plainCodes, graph.Code{Code: graph.ID(s)})
				continue
			}
		case skosNote:
			if s, ok := text(q.Object); ok && s != "" && c.Note == "" {
				c.Note = s
				continue
			}
		case isDefinedBy:
			if source, ok := t.reference(q.Object, graph.ClassSource, graph.ClassArticle); ok {
				c.Sources = append(c.Sources, source)
				continue
			}
		case owlDeprecated:
			if isYes(q.Object) {
				c.Deprecated = true
				continue
			}
		case oboReplacedBy:
			if other, ok := t.reference(q.Object, graph.ClassConcept); ok && c.ReplacedBy == "" && other != id {
				c.ReplacedBy = other
				continue
			}
		case predicates[graph.QualifierFormerIDs]:
			if s, ok := text(q.Object); ok && s != "" {
				c.FormerIDs = append(c.FormerIDs, graph.ID(s))
				continue
			}
		case kgMember:
			if m, ok := Member(q.Object); ok {
				c.Members = append(c.Members, m)
				continue
			}
		case kgNotJoined:
			if other, ok := NotJoined(q.Object); ok {
				c.NotJoined = append(c.NotJoined, other)
				continue
			}
		case kgMemberID:
			continue // the member itself says it
		case rdfsLabel, skosPrefLabel, skosDefinition, oboDefinition:
			if _, ok := languageText(q.Object); ok {
				others = append(others, q)
				continue
			}
		case oboExactSynonym, oboRelatedSynonym, oboNarrowSynonym, oboBroadSynonym:
			if l, ok := languageText(q.Object); ok {
				c.Synonyms = append(c.Synonyms, graph.Synonym{Text: l.Text, Language: l.Language, Scope: oboScopes[predicateOf(q)]})
				continue
			}
		default:
			kept = false
		}
		if !kept {
			if k, ok := t.mapping(q); ok {
				plainCodes = append(plainCodes, k)
				continue
			}
		}
		c.Properties = t.property(c.Properties, q)
	}
	names = t.ontologyWords(&c, names, others)
	c.Types = graph.ForwardClasses(firstType(c.Types, first))
	c.Names, c.Synonyms = nameEach(names, labels, c.Synonyms)
	for _, k := range plainCodes {
		if !slices.ContainsFunc(c.Codes, func(o graph.Code) bool { return o.Code == k.Code && o.Match == k.Match }) {
			c.Codes = append(c.Codes, k)
		}
	}
	return c
}

// Member reads a member of a concept.
func Member(v quad.Value) (m graph.Concept, ok bool) {
	literal, ok := v.(quad.TypedString)
	if !ok || literal.Type != rdfJSON {
		return m, false
	}
	err := json.Unmarshal([]byte(literal.Value), &m)
	return m, err == nil && m.ID != ""
}

// NotJoined reads what a concept was not joined with.
func NotJoined(v quad.Value) (other graph.NotJoined, ok bool) {
	literal, _ := text(v)
	reason, id, ok := strings.Cut(literal, " ")
	return graph.NotJoined{ID: graph.ID(id), Reason: graph.JoinRefusal(reason)}, ok && slices.Contains(graph.JoinRefusals(), graph.JoinRefusal(reason))
}

// mapping returns the code that a mapping to a resource states; an IRI may
// also be written as a literal of that type.
func (t *Things) mapping(q quad.Quad) (graph.Code, bool) {
	p, _ := q.Predicate.(quad.IRI)
	match, ok := matchOf(p)
	if !ok {
		return graph.Code{}, false
	}
	v := t.Value(q.Object)
	return graph.Code{Code: t.Prefixes.Compact(v.Text), Match: match}, v.Datatype == graph.AnyURI && isName(v.Text)
}

// firstType puts the type that is stated as the first in front or, where none
// is, the one of the first kind.
func firstType(types []graph.ID, first graph.ID) []graph.ID {
	slices.SortFunc(types, func(a, b graph.ID) int {
		switch {
		case a == b:
			return 0
		case a == first:
			return -1
		case b == first:
			return 1
		default:
			return graph.CompareClasses(a, b)
		}
	})
	return types
}

// nameEach takes one name for each language, whose tags compare without case, the
// first in the order of names; further names and all labels are synonyms, unless a
// synonym that says more has the same text.
func nameEach(names, labels []graph.Text, synonyms []graph.Synonym) ([]graph.Text, []graph.Synonym) {
	slices.SortFunc(names, func(a, b graph.Text) int {
		return cmp.Or(graph.CompareLanguages(a.Language, b.Language), graph.CompareNames(a.Text, b.Text), graph.CompareSpellings(a.Language, b.Language))
	})
	var kept []graph.Text
	for i, n := range names {
		switch same := i > 0 && graph.SameLanguage(names[i-1].Language, n.Language); {
		case same && n.Text == names[i-1].Text: // but for the case of the tag
		case same:
			labels = append(labels, n)
		default:
			kept = append(kept, n)
		}
	}
	slices.SortFunc(labels, graph.CompareTexts)
	said := synonyms
	for i, l := range labels {
		same := func(text, language string) bool { return text == l.Text && graph.SameLanguage(language, l.Language) }
		if i > 0 && same(labels[i-1].Text, labels[i-1].Language) {
			continue
		}
		if !slices.ContainsFunc(said, func(s graph.Synonym) bool { return same(s.Text, s.Language) }) {
			synonyms = append(synonyms, graph.Synonym{Text: l.Text, Language: l.Language})
		}
	}
	return kept, synonyms
}

// synonym reads a SKOS-XL label.
func synonym(h quad.Value, helpers map[string][]quad.Quad) (graph.Synonym, bool) {
	name, _ := Name(h)
	about := helpers[name]
	form, ok := languageText(object(about, xlLiteralForm))
	return graph.Synonym{
		Text: form.Text, Language: form.Language,
		Scope: graph.Scope(plain(about, kgSynonymScope)), Via: plain(about, kgVia),
	}, ok
}

// code reads a schema:MedicalCode.
func code(h quad.Value, helpers map[string][]quad.Quad) (graph.Code, bool) {
	name, _ := Name(h)
	about := helpers[name]
	value := plain(about, schemaCodeValue)
	return graph.Code{
		Code: graph.ID(value), Match: graph.Match(plain(about, kgMatch)),
		Label: plain(about, schemaName), Via: plain(about, kgVia),
	}, value != ""
}
