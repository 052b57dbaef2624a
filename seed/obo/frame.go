package obo

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// describe says what a frame says of what it is of.
func (f *file) describe(id string) {
	subject := f.resolve(id)
	var class quad.IRI
	switch f.frame {
	case "Term":
		class = owlClass
	case "Instance":
		class = owlBase + "NamedIndividual"
	default:
		class = owlObject
		for _, c := range f.clauses {
			switch {
			case c.tag == "is_metadata_tag" && word(c.value) == "true":
				class = owlAnnotation
			case c.tag == "xref" && !strings.Contains(id, ":") && f.known[id] == "" && isOBO(word(c.value)):
				f.known[id] = word(c.value)
				subject = f.resolve(f.known[id])
			}
		}
	}
	f.say(subject, rdfType, class)
	var parts []part
	var union []quad.Value
	for _, c := range f.clauses {
		f.at = c.at
		switch c.tag {
		case "id":
		case "intersection_of":
			words := strings.Fields(unmarked(c.value))
			switch len(words) {
			case 1:
				parts = append(parts, part{"", f.resolve(words[0])})
			case 2:
				parts = append(parts, part{words[0], f.resolve(words[1])})
			default:
				f.wrong(syntax.Malformed, "intersection_of is a class, or a relation and a class")
			}
		case "union_of":
			union = append(union, f.resolve(word(c.value)))
		default:
			f.clause(subject, c)
		}
	}
	if f.namespace != "" && !slices.ContainsFunc(f.clauses, func(c clause) bool { return c.tag == "namespace" }) {
		f.say(subject, texts["namespace"], quad.String(f.namespace))
	}
	f.defined(subject, owlBase+"unionOf", union)
	if len(parts) > 0 {
		f.sayLater(relation{at: f.begun, subject: subject, parts: parts})
	}
}

// isOBO reports whether an id is one of the OBO Foundry's: letters, a colon, digits.
func isOBO(id string) bool {
	prefix, local, ok := strings.Cut(id, ":")
	return ok && prefix != "" && local != "" && strings.Trim(local, "0123456789") == "" &&
		strings.Trim(strings.ToLower(prefix), "abcdefghijklmnopqrstuvwxyz_") == ""
}

// texts are the tags whose value is a text, and references those whose value is an id.
var (
	texts = map[string]quad.IRI{
		"name": rdfsLabel, "comment": rdfsComment, "namespace": oboInOwl + "hasOBONamespace", "alt_id": oboInOwl + "hasAlternativeId",
		"created_by": oboInOwl + "created_by", "creation_date": oboInOwl + "creation_date",
	}
	references = map[string]quad.IRI{
		"replaced_by": replacedBy, "consider": oboInOwl + "consider", "equivalent_to": owlEquivalentClass, "disjoint_from": owlBase + "disjointWith",
		"instance_of": rdfType, "domain": rdfsBase + "domain", "range": rdfsBase + "range", "inverse_of": owlBase + "inverseOf",
		"disjoint_over": owlBase + "propertyDisjointWith", "subset": inSubset,
	}
	// classes are the tags that say what sort of relation one is.
	classes = map[string]quad.IRI{
		"is_transitive": owlBase + "TransitiveProperty", "is_symmetric": owlBase + "SymmetricProperty", "is_asymmetric": owlBase + "AsymmetricProperty",
		"is_reflexive": owlBase + "ReflexiveProperty", "is_functional": owlBase + "FunctionalProperty", "is_inverse_functional": owlBase + "InverseFunctionalProperty",
	}
)

// clause says what a line says.
func (f *file) clause(subject quad.Value, c clause) {
	if predicate, ok := texts[c.tag]; ok {
		f.annotated(subject, predicate, quad.String(unescaped(unmarked(c.value))), f.marks(c.value))
		return
	}
	if predicate, ok := references[c.tag]; ok {
		f.annotated(subject, predicate, f.resolve(word(c.value)), f.marks(c.value))
		return
	}
	if class, ok := classes[c.tag]; ok {
		if word(c.value) == "true" {
			f.say(subject, rdfType, class)
		}
		return
	}
	switch c.tag {
	case "def":
		text, rest, ok := quoted(c.value)
		if !ok {
			f.wrong(syntax.Malformed, "a definition is a text in quotes, and [where it is from]")
			return
		}
		f.annotated(subject, definition, quad.String(text), f.sources(rest))
	case "synonym", "exact_synonym", "broad_synonym", "narrow_synonym", "related_synonym":
		f.synonym(subject, c)
	case "xref":
		id := word(c.value)
		annotations := f.marks(c.value)
		if text, _, ok := quoted(strings.TrimPrefix(c.value, id)); ok {
			annotations = append(annotations, annotation{rdfsLabel, quad.String(text)})
		}
		f.annotated(subject, crossReference, quad.String(unescaped(id)), annotations)
	case "is_a":
		predicate := rdfsSubClassOf
		if f.frame == "Typedef" {
			predicate = rdfsSubPropertyOf
		}
		f.annotated(subject, predicate, f.resolve(word(c.value)), f.marks(c.value))
	case "relationship":
		words := strings.Fields(unmarked(c.value))
		if len(words) != 2 {
			f.wrong(syntax.Malformed, "a relationship is a relation and an id")
			return
		}
		marks := trailing(c.value)
		if has(marks, "cardinality", "0") || has(marks, "maxCardinality", "0") { // it has none
			return
		}
		if f.frame == "Instance" {
			if p, ok := f.relation(words[0]).(quad.IRI); ok {
				f.say(subject, p, f.resolve(words[1]))
			}
			return
		}
		f.sayLater(relation{
			at: f.at, subject: subject, property: words[0], object: f.resolve(words[1]), marks: f.marks(c.value), only: has(marks, "all_only", "true"),
		})
	case "property_value":
		f.property(subject, c.value)
	case "is_obsolete":
		if word(c.value) == "true" {
			f.say(subject, owlDeprecated, isTrue)
		}
	case "is_anonymous", "builtin", "is_metadata_tag", "is_class_level", "is_cyclic", "is_anti_symmetric", "expand_assertion_to", "expand_expression_to",
		"holds_over_chain", "equivalent_to_chain", "transitive_over": // of relations, of which no more is told
	default:
		f.other(subject, c)
	}
}

// other says what a line with a tag of others says.
func (f *file) other(subject quad.Value, c clause) {
	if predicate, ok := f.iri(oboInOwl + c.tag).(quad.IRI); ok {
		f.say(subject, predicate, quad.String(unescaped(unmarked(c.value))))
	}
}

// synonym reads "text" SCOPE TYPE [sources].
func (f *file) synonym(subject quad.Value, c clause) {
	text, rest, ok := quoted(c.value)
	if !ok {
		f.wrong(syntax.Malformed, "a synonym is a text in quotes, its scope, and [where it is from]")
		return
	}
	before, _, _ := strings.Cut(rest, "[")
	words := strings.Fields(before)
	scope, typed := "", ""
	if s, _, found := strings.Cut(c.tag, "_"); found {
		scope = strings.ToUpper(s)
	}
	for _, w := range words {
		if _, isScope := synonym(w); isScope && scope == "" {
			scope = w
		} else {
			typed = w
		}
	}
	predicate, _ := synonym(scope)
	annotations := f.sources(rest)
	if typed != "" {
		annotations = append([]annotation{{hasSynonymType, f.resolve(typed)}}, annotations...)
	}
	f.annotated(subject, predicate, quad.String(text), annotations)
}

// property reads a property_value: a property, and a text in quotes with its type, or
// an id.
func (f *file) property(subject quad.Value, value string) {
	name, rest, _ := strings.Cut(value, " ")
	rest = strings.TrimSpace(rest)
	predicate, ok := f.resolve(name).(quad.IRI)
	if !ok || rest == "" {
		if rest == "" {
			f.wrong(syntax.Malformed, "a property_value is a property and a value")
		}
		return
	}
	var object quad.Value
	if text, behind, isText := quoted(rest); isText {
		object = quad.String(text)
		if datatype := word(behind); datatype != "" && datatype != "xsd:string" && datatype[0] != '{' && datatype[0] != '[' {
			if t, ok := f.resolve(datatype).(quad.IRI); ok {
				object = quad.TypedString{Value: quad.String(text), Type: t}
			}
		}
	} else {
		object = f.resolve(word(rest))
	}
	f.annotated(subject, predicate, object, f.marks(value))
}

// sources reads [what a text is from], and the marks behind it.
func (f *file) sources(rest string) []annotation {
	all := f.marks(rest)
	_, list, ok := strings.Cut(rest, "[")
	if !ok {
		return all
	}
	var one strings.Builder
	add := func() {
		if id := word(one.String()); id != "" {
			all = append(all, annotation{crossReference, quad.String(unescaped(id))})
		}
		one.Reset()
	}
	inText := false
	for i := 0; i < len(list); i++ {
		switch c := list[i]; {
		case c == '\\' && i+1 < len(list):
			one.WriteString(list[i : i+2])
			i++
		case c == '"':
			inText = !inText
			one.WriteByte(c)
		case inText:
			one.WriteByte(c)
		case c == ',':
			add()
		case c == ']':
			add()
			return all
		default:
			one.WriteByte(c)
		}
	}
	f.wrong(syntax.Malformed, "the list of sources is not closed by ]")
	return all
}

// marks are the annotations in braces at the end of a line: {source="PMID:1"}.
func (f *file) marks(value string) (all []annotation) {
	for _, m := range trailing(value) {
		switch m.key {
		case "all_only", "cardinality", "minCardinality", "maxCardinality", "all_some", "gci_relation", "gci_filler", "is_inferred":
		case "xref":
			all = append(all, annotation{crossReference, quad.String(m.text)})
		case "comment":
			all = append(all, annotation{rdfsComment, quad.String(m.text)})
		default:
			key := m.key
			if !strings.Contains(key, ":") {
				key = oboInOwl + key
			}
			if predicate, ok := f.resolve(key).(quad.IRI); ok {
				all = append(all, annotation{predicate, quad.String(m.text)})
			}
		}
	}
	return all
}

// relation is the IRI of a relation by its name or id.
func (f *file) relation(name string) quad.Value {
	if id, ok := f.known[name]; ok {
		return f.resolve(id)
	}
	return f.resolve(name)
}

// wellKnown are prefixes that files use without declaring them.
var wellKnown = map[string]string{
	"rdf": graph.RDF, "rdfs": rdfsBase, "owl": owlBase, "xsd": graph.XSD, "oboInOwl": oboInOwl, "skos": "http://www.w3.org/2004/02/skos/core#",
	"dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/", "terms": "http://purl.org/dc/terms/",
	"foaf": "http://xmlns.com/foaf/0.1/", "protege": "http://protege.stanford.edu/plugins/owl/protege#",
}

// resolve completes an id, as the mapping of OBO to OWL says: HP:0000001, part_of, or
// an IRI.
func (f *file) resolve(id string) quad.Value {
	id = unescaped(id)
	prefix, local, prefixed := strings.Cut(id, ":")
	switch {
	case id == "":
		f.wrong(syntax.Malformed, "an id is missing")
		return nil
	case strings.HasPrefix(local, "//"):
		return f.iri(id)
	case !prefixed:
		name, _, _ := strings.Cut(f.name, "/") // of a part of an ontology: doid/subsets/DO_rare_slim
		return f.iri(oboBase + cmp.Or(name, "TEMP") + "#" + id)
	case f.spaces[prefix] != "":
		return f.iri(f.spaces[prefix] + local)
	case wellKnown[prefix] != "":
		return f.iri(wellKnown[prefix] + local)
	case strings.Contains(local, "_"):
		return f.iri(oboBase + prefix + "#_" + local)
	default:
		return f.iri(oboBase + prefix + "_" + local)
	}
}

// iri checks an IRI.
func (f *file) iri(iri string) quad.Value {
	if !syntax.HasScheme(iri) {
		f.wrong(syntax.RelativeIRI, "%q is no full IRI: the idspace of the id is wrong", syntax.Shorten(iri))
		return nil
	}
	if syntax.HasForbidden(iri) {
		f.wrong(syntax.Malformed, "%q has a character that cannot stand in an id", syntax.Shorten(iri))
		return nil
	}
	return quad.IRI(iri)
}
