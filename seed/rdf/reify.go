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

// statements turns rdf:Statements into the labelled quads that they describe.
// What cannot be one of them, or the plain triple beside one, goes through as
// it comes; the rest waits for the end of the file.
type statements struct {
	yield    func(syntax.Place, quad.Quad) error
	records  map[quad.Value]*record
	order    []quad.Value
	limited  map[quad.Value]bool // what has a qualifier
	plain    []placed            // triples that an rdf:Statement may say too
	mistakes syntax.Mistakes
}

type placed struct {
	at syntax.Place
	quad.Quad
}

// record is what is known of an rdf:Statement.
type record struct {
	at                         syntax.Place
	subject, predicate, object quad.Value
	typed                      bool
}

// complete reports whether the triple is known.
func (r *record) complete() bool { return r.subject != nil && r.predicate != nil && r.object != nil }

func (r *record) triple() quad.Quad {
	return quad.Quad{Subject: r.subject, Predicate: r.predicate, Object: r.object}
}

func (s *statements) add(at syntax.Place, q quad.Quad) error {
	if q.Label != nil {
		return s.yield(at, q)
	}
	predicate, _ := q.Predicate.(quad.IRI)
	switch {
	case predicate == rdfSubject, predicate == rdfPredicate, predicate == rdfObject:
		return s.part(at, predicate, q)
	case predicate == rdfType:
		if q.Object == rdfStatement {
			s.record(at, q.Subject).typed = true
			return nil
		}
	case limits(q):
		if s.limited == nil {
			s.limited = map[quad.Value]bool{}
		}
		s.limited[q.Subject] = true
	case quads.FieldOf(predicate) == quads.NoField:
		if _, isNode := quads.Name(q.Object); isNode {
			s.plain = append(s.plain, placed{at, q})
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

func (s *statements) record(at syntax.Place, node quad.Value) *record {
	r := s.records[node]
	if r == nil {
		if s.records == nil {
			s.records = map[quad.Value]*record{}
		}
		r = &record{at: at}
		s.records[node] = r
		s.order = append(s.order, node)
	}
	return r
}

// part notes subject, predicate or object.
func (s *statements) part(at syntax.Place, predicate quad.IRI, q quad.Quad) error {
	r := s.record(at, q.Subject)
	field := &r.subject
	switch predicate {
	case rdfPredicate:
		field = &r.predicate
	case rdfObject:
		field = &r.object
	}
	_, isNode := quads.Name(q.Object)
	_, isIRI := q.Object.(quad.IRI)
	local := strings.TrimPrefix(string(predicate), graph.RDF)
	switch {
	case predicate == rdfPredicate && !isIRI, predicate == rdfSubject && !isNode:
		return s.wrong(syntax.NewMistake(syntax.Malformed, at, "rdf:%s of %v cannot be %v", local, q.Subject, q.Object))
	case *field == nil:
		*field = q.Object
	case *field != q.Object:
		return s.wrongly(q.Subject, syntax.NewMistake(syntax.TwoTriples, at, "%v has a second rdf:%s: a statement is one triple; give the other one an IRI of its own", q.Subject, local))
	}
	return nil
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

// finish hands on what has waited.
func (s *statements) finish() error {
	said := map[quad.Quad]bool{} // triples that statements claim without limits
	for _, node := range s.order {
		r := s.records[node]
		q := r.triple()
		if !r.complete() {
			if err := s.incomplete(node, r); err != nil {
				return err
			}
			continue
		}
		if !s.limited[node] {
			said[q] = true
		}
		q.Label = node
		if err := s.yield(r.at, q); err != nil {
			return err
		}
		// So that the label is known for a record even if nothing else is said.
		if err := s.yield(r.at, quad.Quad{Subject: node, Predicate: rdfType, Object: rdfStatement}); err != nil {
			return err
		}
	}
	for _, p := range s.plain {
		if said[p.Quad] {
			continue
		}
		if err := s.yield(p.at, p.Quad); err != nil {
			return err
		}
	}
	if len(s.mistakes) > 0 {
		return s.mistakes
	}
	return nil
}

// incomplete reports an rdf:Statement that lacks a part; what is not called
// one is left as it is.
func (s *statements) incomplete(node quad.Value, r *record) error {
	for _, part := range [...]struct {
		predicate quad.IRI
		object    quad.Value
	}{{rdfSubject, r.subject}, {rdfPredicate, r.predicate}, {rdfObject, r.object}} {
		switch {
		case part.object == nil && r.typed:
			return s.wrongly(node, syntax.NewMistake(syntax.NoTriple, r.at, "the rdf:Statement %v has no rdf:%s: a statement has a subject, a predicate and an object", node, strings.TrimPrefix(string(part.predicate), graph.RDF)))
		case part.object != nil && !r.typed:
			if err := s.yield(r.at, quad.Quad{Subject: node, Predicate: part.predicate, Object: part.object}); err != nil {
				return err
			}
		}
	}
	return nil
}
