package rdf

import (
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// The words of RDF for statements (https://www.w3.org/TR/rdf-schema/#ch_reificationvocab).
const (
	rdfStatement = quad.IRI(graph.RDF + "Statement")
	rdfSubject   = quad.IRI(graph.RDF + "subject")
	rdfPredicate = quad.IRI(graph.RDF + "predicate")
	rdfObject    = quad.IRI(graph.RDF + "object")
)

// What this file says itself of a statement.
const (
	negated = quad.IRI(graph.KG + "negated")
	partOf  = quad.IRI(graph.SchemaOrg + "isPartOf")
)

var yes = quad.TypedString{Value: "true", Type: xsdBoolean}

// owlNegative is how OWL denies a claim
// (https://www.w3.org/TR/owl2-syntax/#Negative_Object_Property_Assertions).
const owlNegative = quad.IRI(graph.OWL + "NegativePropertyAssertion")

// modifier is how SSSOM denies a mapping: by the word Not beside a statement of it, or
// beside the axiom of OWL that annotates it (https://mapping-commons.github.io/sssom/predicate_modifier/).
const modifier = quad.IRI("https://w3id.org/sssom/predicate_modifier")

func isNot(v quad.Value) bool {
	word := quad.StringOf(quads.Lexical(v))
	return strings.EqualFold(word, `"Not"`) || strings.HasSuffix(word, "NegatedPredicate>")
}

// parts are the predicates that say subject, predicate or object of a statement.
var parts = map[quad.IRI]func(*record) *quad.Value{
	rdfSubject:                      func(r *record) *quad.Value { return &r.subject },
	rdfPredicate:                    func(r *record) *quad.Value { return &r.predicate },
	rdfObject:                       func(r *record) *quad.Value { return &r.object },
	graph.OWL + "sourceIndividual":  func(r *record) *quad.Value { return &r.subject },
	graph.OWL + "assertionProperty": func(r *record) *quad.Value { return &r.predicate },
	graph.OWL + "targetIndividual":  func(r *record) *quad.Value { return &r.object },
	graph.OWL + "targetValue":       func(r *record) *quad.Value { return &r.object },
	graph.OWL + "annotatedSource":   func(r *record) *quad.Value { return &r.subject },
	graph.OWL + "annotatedProperty": func(r *record) *quad.Value { return &r.predicate },
	graph.OWL + "annotatedTarget":   func(r *record) *quad.Value { return &r.object },
}

// statements turns rdf:Statements, and the negative assertions of OWL, into the
// labelled quads that they describe. What cannot be one of them, or the plain
// triple beside one, goes through as it comes; the rest waits for the end of the
// file.
type statements struct {
	yield    func(syntax.Place, quad.Quad) error
	records  map[quad.Value]*record
	order    []quad.Value
	limited  map[quad.Value]bool // what has a qualifier
	sourced  map[quad.Value]bool // what a graph holds, and is part of something
	plain    []syntax.Placed     // triples that an rdf:Statement may say too
	mistakes syntax.Mistakes
}

// record is what is known of an rdf:Statement or a negative assertion.
type record struct {
	at                         syntax.Place
	subject, predicate, object quad.Value
	class                      quad.IRI        // none: nothing says that it is one
	said                       []syntax.Placed // its parts as they stand, until it is known to be one
	graph                      quad.Value      // in which it is, if in one
	annotated, denied          bool            // by an axiom, by a modifier
}

// complete reports whether the triple is known.
func (r *record) complete() bool { return r.subject != nil && r.predicate != nil && r.object != nil }

func (r *record) triple() quad.Quad {
	return quad.Quad{Subject: r.subject, Predicate: r.predicate, Object: r.object}
}

// Add implements syntax.Rewriter.
func (s *statements) Add(at syntax.Place, q quad.Quad) error {
	predicate, _ := q.Predicate.(quad.IRI)
	field := parts[predicate]
	switch {
	case field != nil:
		return s.part(at, field, q)
	case predicate == rdfType && (q.Object == rdfStatement || q.Object == owlNegative):
		r := s.record(at, q)
		if r.class != owlNegative { // what is both is denied
			r.class, _ = q.Object.(quad.IRI)
		}
		r.said = nil
		return nil
	case predicate == modifier && isNot(q.Object):
		s.record(at, q).denied = true
		return nil
	case q.Label != nil:
		if predicate == partOf {
			if s.sourced == nil {
				s.sourced = map[quad.Value]bool{}
			}
			s.sourced[q.Subject] = true
		}
		return s.yield(at, q)
	case limits(q):
		if s.limited == nil {
			s.limited = map[quad.Value]bool{}
		}
		s.limited[q.Subject] = true
	case quads.FieldOf(predicate) == quads.NoField:
		if _, isNode := quads.Name(q.Object); isNode {
			s.plain = append(s.plain, syntax.Placed{Quad: q, At: at})
			return nil
		}
	}
	return s.yield(at, q)
}

// limits reports whether a quad of a record limits the statement, so that a
// plain triple beside it is a claim of its own. Files of before have that triple
// beside more statements than [Format.Write] puts it now: a note, or another
// source's doubt, is no limit here.
func limits(about quad.Quad) bool {
	predicate, _ := about.Predicate.(quad.IRI)
	q, ok := quads.FieldOf(predicate).Qualifier()
	switch q {
	case graph.QualifierModality:
		return ok && about.Object != quad.String(graph.Asserted.String())
	case graph.QualifierRetracted, graph.QualifierWithdrawn:
		return ok
	default:
		return ok && q.Info().Limits
	}
}

// record returns what is known of the record that a quad is about.
func (s *statements) record(at syntax.Place, q quad.Quad) *record {
	r := s.records[q.Subject]
	if r == nil {
		if s.records == nil {
			s.records = map[quad.Value]*record{}
		}
		r = &record{at: at, graph: q.Label}
		s.records[q.Subject] = r
		s.order = append(s.order, q.Subject)
	}
	return r
}

// part notes subject, predicate or object.
func (s *statements) part(at syntax.Place, field func(*record) *quad.Value, q quad.Quad) error {
	r := s.record(at, q)
	part := field(r)
	switch iri, _ := q.Predicate.(quad.IRI); {
	case strings.HasPrefix(string(iri), graph.OWL+"annotated"): // which is left as it is, unless it denies
		r.annotated = true
	case strings.HasPrefix(string(iri), graph.OWL): // whatever its type: these words are of denials only
		r.class, r.said = owlNegative, nil
	}
	if r.class == "" {
		r.said = append(r.said, syntax.Placed{Quad: q, At: at})
	}
	_, isNode := quads.Name(q.Object)
	_, isIRI := q.Object.(quad.IRI)
	switch name := shortName(q.Predicate); {
	case part == &r.predicate && !isIRI, part == &r.subject && !isNode:
		return s.wrong(syntax.NewMistake(syntax.Malformed, at, "%s of %v cannot be %v", name, q.Subject, q.Object))
	case *part == nil:
		*part = q.Object
	case r.annotated:
	case *part != q.Object:
		return s.wrongly(q.Subject, syntax.NewMistake(syntax.TwoTriples, at, "%v has a second %s: a statement is one triple; give the other one an IRI of its own", q.Subject, name))
	}
	return nil
}

// IsPart reports whether a predicate says subject, predicate or object of a
// statement.
func IsPart(predicate quad.Value) bool {
	iri, _ := predicate.(quad.IRI)
	return parts[iri] != nil
}

// shortName writes a word of RDF or OWL as people do: rdf:subject.
func shortName(word quad.Value) string {
	name, _ := quads.Name(word)
	return strings.NewReplacer(graph.RDF, "rdf:", graph.OWL, "owl:").Replace(name)
}

func (s *statements) wrong(m *syntax.Mistake) error {
	if s.mistakes = append(s.mistakes, m); len(s.mistakes) >= syntax.MaxMistakes {
		return s.mistakes
	}
	return nil
}

// wrongly is wrong for a statement.
func (s *statements) wrongly(node quad.Value, m *syntax.Mistake) error {
	m.About, _ = quads.Name(node)
	return s.wrong(m)
}

// Finish hands on what has waited.
func (s *statements) Finish() error {
	said := map[quad.Quad]bool{} // triples that statements claim without limits
	for _, node := range s.order {
		r := s.records[node]
		q := r.triple()
		if !r.complete() || r.annotated && !r.denied {
			if err := s.incomplete(node, r); err != nil {
				return err
			}
			continue
		}
		denied := r.denied || r.class == owlNegative
		if !s.limited[node] && !denied && r.graph == nil {
			said[q] = true
		}
		q.Label = node
		if err := s.yield(r.at, q); err != nil {
			return err
		}
		// So that the label is known for a record even if nothing else is said.
		about := []quad.Quad{{Subject: node, Predicate: rdfType, Object: rdfStatement}}
		if denied {
			about = append(about, quad.Quad{Subject: node, Predicate: negated, Object: yes})
		}
		if r.graph != nil && !s.sourced[node] { // who says what the graph holds
			about = append(about, quad.Quad{Subject: node, Predicate: partOf, Object: r.graph})
		}
		for _, more := range about {
			if err := s.yield(r.at, more); err != nil {
				return err
			}
		}
	}
	for _, p := range s.plain {
		if said[p.Quad] {
			continue
		}
		if err := s.yield(p.At, p.Quad); err != nil {
			return err
		}
	}
	if len(s.mistakes) > 0 {
		return s.mistakes
	}
	return nil
}

// incomplete reports a statement that lacks a part; what is not called one is left
// as it is.
func (s *statements) incomplete(node quad.Value, r *record) error {
	if r.class == "" {
		if r.denied && len(r.said) == 0 { // the label of a quad
			r.said = []syntax.Placed{{Quad: quad.Quad{Subject: node, Predicate: negated, Object: yes}, At: r.at}}
		}
		for _, p := range r.said {
			if err := s.yield(p.At, p.Quad); err != nil {
				return err
			}
		}
		return nil
	}
	words := [...]string{"rdf:subject", "rdf:predicate", "rdf:object"}
	if r.class == owlNegative {
		words = [...]string{"owl:sourceIndividual", "owl:assertionProperty", "owl:targetIndividual or owl:targetValue"}
	}
	for i, part := range [...]quad.Value{r.subject, r.predicate, r.object} {
		if part == nil {
			return s.wrongly(node, syntax.NewMistake(syntax.NoTriple, r.at, "the %s %v has no %s: a statement has a subject, a predicate and an object", shortName(r.class), node, words[i]))
		}
	}
	return nil
}
