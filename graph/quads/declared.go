package quads

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// What data sets declare themselves is written in the words of RDF Schema, and
// as one of ours besides, which says that it is a declaration even where
// nothing uses it:
//
//	<…/interactsWith> a rdf:Property, kg:Predicate ;
//	  rdfs:label "interactsWith" ; rdfs:comment "…" ; kg:inverseName "…" ;
//	  schema:domainIncludes schema:Drug ; schema:rangeIncludes schema:Drug .
//	<…/RareDisease> a rdfs:Class, kg:Type ;
//	  rdfs:label "rare disease" ; rdfs:comment "…" ; rdfs:subClassOf schema:MedicalCondition .
//
// Several classes of rdfs:domain would all have to fit; of schema:domainIncludes
// one has to. The inverse is a name and no resource, so owl:inverseOf does not
// fit it.

func (e *encoder) predicate(p *graph.Predicate) {
	a := e.about(p.IRI)
	a.put(rdfType, rdfProperty)
	a.put(rdfType, classPredicate)
	if p.Symmetric {
		a.put(rdfType, owlSymmetric)
	}
	a.id(p.ID)
	a.text(rdfsLabel, p.Name)
	a.text(kgInverseName, p.Inverse)
	a.text(rdfsComment, p.Description)
	for _, k := range p.Domain {
		a.put(schemaDomain, e.word(k.Class()))
	}
	for _, k := range p.Range {
		a.put(schemaRange, e.word(k.Class()))
	}
	if p.Text {
		a.put(rdfsRange, rdfsLiteral)
	}
	if p.SameKind {
		a.put(kgSameKind, yes())
	}
	if p.Hedged {
		a.put(kgHedged, yes())
	}
	if p.Caution {
		a.put(kgCaution, yes())
	}
	if p.Mapping {
		a.put(rdfsSubPropertyOf, skosMappingRelation)
	}
}

func (e *encoder) declaredType(t *graph.Type) {
	a := e.about(t.IRI)
	a.put(rdfType, rdfsClass)
	a.put(rdfType, classType)
	a.id(t.ID)
	a.text(rdfsLabel, t.Name)
	a.text(rdfsComment, t.Description)
	if t.SubClassOf != "" {
		a.put(rdfsSubClassOf, e.word(t.SubClassOf))
	}
}

// predicate reads a declared predicate. What its domain and range say of
// classes is what they say of kinds.
func (t *Things) predicate(iri string, quads []quad.Quad, up graph.Superclasses) graph.Predicate {
	about, _ := t.split(iri, quads)
	p := graph.Predicate{
		ID: t.id(iri, about), IRI: iri, Name: label(about, rdfsLabel, schemaName), Inverse: plain(about, kgInverseName),
		Description: label(about, rdfsComment, schemaDescription),
	}
	kind := func(dst []graph.Kind, v quad.Value) []graph.Kind {
		name, _ := Name(v)
		if k, known := up.KindOf(t.Prefixes.Compact(name)); known && !slices.Contains(dst, k) {
			return append(dst, k)
		}
		return dst // a class that makes no kind asks for nothing that could be checked
	}
	for _, q := range about {
		switch q.Predicate {
		case rdfType:
			p.Symmetric = p.Symmetric || q.Object == owlSymmetric
			p.Text = p.Text || q.Object == owlDataProperty
		case rdfsDomain, schemaDomain:
			p.Domain = kind(p.Domain, q.Object)
		case rdfsRange, schemaRange:
			if isDatatype(q.Object) {
				p.Text = true
			} else {
				p.Range = kind(p.Range, q.Object)
			}
		case kgSameKind:
			p.SameKind = p.SameKind || q.Object == yes()
		case kgHedged:
			p.Hedged = p.Hedged || q.Object == yes()
		case kgCaution:
			p.Caution = p.Caution || q.Object == yes()
		case rdfsSubPropertyOf:
			p.Mapping = p.Mapping || q.Object == skosMappingRelation
		}
	}
	return p
}

// declaredType reads a declared type.
func (t *Things) declaredType(iri string, quads []quad.Quad) graph.Type {
	about, _ := t.split(iri, quads)
	declared := graph.Type{
		ID: t.id(iri, about), IRI: iri,
		Name: label(about, rdfsLabel, schemaName), Description: label(about, rdfsComment, schemaDescription),
	}
	for _, q := range about {
		if super, ok := Name(q.Object); ok && q.Predicate == rdfsSubClassOf && q.Object != owlThing {
			declared.SubClassOf = t.Prefixes.Compact(super)
			break
		}
	}
	return declared
}

// label returns a text of the first of these predicates that has one: that
// without a language, else the English one, else the first.
func label(about []quad.Quad, predicates ...quad.IRI) string {
	for _, p := range predicates {
		best, rank := "", 0
		for _, q := range about {
			t, ok := languageText(q.Object)
			r := 1
			switch {
			case !ok || q.Predicate != p:
				continue
			case t.Language == "":
				r = 3
			case graph.IsEnglish(t.Language):
				r = 2
			}
			if r > rank {
				best, rank = t.Text, r
			}
		}
		if rank > 0 {
			return best
		}
	}
	return ""
}

// isDatatype reports whether a class is one of values.
func isDatatype(v quad.Value) bool {
	iri, _ := v.(quad.IRI)
	return iri == rdfsLiteral || iri == quad.IRI(graph.SchemaOrg+"Text") || strings.HasPrefix(string(iri), graph.XSD)
}

// IsReserved reports whether the encoding says with a class that something is
// no concept, so that no concept can be of it: sources, articles, and what is
// declared.
func IsReserved(class quad.IRI) bool {
	switch class {
	case classDataset, classArticle, classPerson, classSection, classPredicate, classType, rdfsClass, owlClass,
		rdfProperty, owlObjectProperty, owlDataProperty, owlNote, owlSymmetric:
		return true
	}
	return false
}
