package obo

import (
	"strconv"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// The words of OWL and of the annotations that ontologies of OBO share.
const (
	oboBase  = "http://purl.obolibrary.org/obo/"
	oboInOwl = "http://www.geneontology.org/formats/oboInOwl#"
	owlBase  = "http://www.w3.org/2002/07/owl#"
	rdfsBase = "http://www.w3.org/2000/01/rdf-schema#"

	rdfType            = quad.IRI(graph.RDF + "type")
	rdfFirst           = quad.IRI(graph.RDF + "first")
	rdfRest            = quad.IRI(graph.RDF + "rest")
	rdfNil             = quad.IRI(graph.RDF + "nil")
	rdfsLabel          = quad.IRI(rdfsBase + "label")
	rdfsComment        = quad.IRI(rdfsBase + "comment")
	rdfsSubClassOf     = quad.IRI(rdfsBase + "subClassOf")
	rdfsSubPropertyOf  = quad.IRI(rdfsBase + "subPropertyOf")
	definition         = quad.IRI(oboBase + "IAO_0000115")
	replacedBy         = quad.IRI(oboBase + "IAO_0100001")
	crossReference     = quad.IRI(oboInOwl + "hasDbXref")
	hasSynonymType     = quad.IRI(oboInOwl + "hasSynonymType")
	inSubset           = quad.IRI(oboInOwl + "inSubset")
	owlClass           = quad.IRI(owlBase + "Class")
	owlOntology        = quad.IRI(owlBase + "Ontology")
	owlObject          = quad.IRI(owlBase + "ObjectProperty")
	owlAnnotation      = quad.IRI(owlBase + "AnnotationProperty")
	owlDeprecated      = quad.IRI(owlBase + "deprecated")
	owlEquivalentClass = quad.IRI(owlBase + "equivalentClass")
)

var isTrue = quad.TypedString{Value: "true", Type: quad.IRI(graph.XSD + "boolean")}

// writer hands on what an ontology says, as quads of OWL.
type writer struct {
	yield  func(syntax.Place, quad.Quad) error
	at     syntax.Place
	blanks int
	err    error // of yield, after which nothing is handed on
}

func (w *writer) say(subject quad.Value, predicate quad.IRI, object quad.Value) {
	if w.err == nil && subject != nil && object != nil {
		w.err = w.yield(w.at, quad.Quad{Subject: subject, Predicate: predicate, Object: object})
	}
}

func (w *writer) blank() quad.Value {
	w.blanks++
	return quad.BNode("b" + strconv.Itoa(w.blanks))
}

// annotation says something of a triple.
type annotation struct {
	predicate quad.IRI
	value     quad.Value
}

// annotated says a triple, and what is said of it.
func (w *writer) annotated(subject quad.Value, predicate quad.IRI, object quad.Value, annotations []annotation) {
	w.say(subject, predicate, object)
	if len(annotations) == 0 || subject == nil || object == nil {
		return
	}
	axiom := w.blank()
	w.say(axiom, rdfType, quad.IRI(owlBase+"Axiom"))
	w.say(axiom, owlBase+"annotatedSource", subject)
	w.say(axiom, owlBase+"annotatedProperty", predicate)
	w.say(axiom, owlBase+"annotatedTarget", object)
	for _, a := range annotations {
		w.say(axiom, a.predicate, a.value)
	}
}

// restriction returns what stands in a relation to things of a class; only says that
// it stands in it to nothing else, which is less.
func (w *writer) restriction(property, class quad.Value, only bool) quad.Value {
	if property == nil || class == nil {
		return nil
	}
	values := quad.IRI(owlBase + "someValuesFrom")
	if only {
		values = owlBase + "allValuesFrom"
	}
	r := w.blank()
	w.say(r, rdfType, quad.IRI(owlBase+"Restriction"))
	w.say(r, owlBase+"onProperty", property)
	w.say(r, values, class)
	return r
}

// defined says that a class is the intersection or union of others.
func (w *writer) defined(class quad.Value, by quad.IRI, parts []quad.Value) {
	if len(parts) == 0 {
		return
	}
	expression := w.blank()
	w.say(class, owlEquivalentClass, expression)
	w.say(expression, rdfType, owlClass)
	var list quad.Value = rdfNil
	for i := len(parts) - 1; i >= 0; i-- {
		if parts[i] == nil {
			continue
		}
		cell := w.blank()
		w.say(cell, rdfFirst, parts[i])
		w.say(cell, rdfRest, list)
		list = cell
	}
	w.say(expression, by, list)
}

// synonym is the property of a scope.
func synonym(scope string) (quad.IRI, bool) {
	switch scope {
	case "EXACT":
		return oboInOwl + "hasExactSynonym", true
	case "BROAD":
		return oboInOwl + "hasBroadSynonym", true
	case "NARROW":
		return oboInOwl + "hasNarrowSynonym", true
	case "RELATED", "":
		return oboInOwl + "hasRelatedSynonym", true
	default:
		return "", false
	}
}
