// Package skos reads what thesauri say in SKOS otherwise than the graph has it: labels
// that are things (SKOS-XL), and notations.
package skos

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

const (
	xl          = "http://www.w3.org/2008/05/skos-xl#"
	literalForm = quad.IRI(xl + "literalForm")
	label       = quad.IRI(xl + "Label")
	notation    = quad.IRI(graph.SKOS + "notation")
	rdfType     = quad.IRI(graph.RDF + "type")
)

// plain are the predicates that give a label as a text.
var plain = map[quad.Value]quad.IRI{
	quad.IRI(xl + "prefLabel"):   graph.SKOS + "prefLabel",
	quad.IRI(xl + "altLabel"):    graph.SKOS + "altLabel",
	quad.IRI(xl + "hiddenLabel"): graph.SKOS + "hiddenLabel",
}

// Read returns a reader of the same files that gives a label of SKOS-XL as the text
// that it is, without what is said of the label itself, and a notation as a code
// where it says of which vocabulary: by its datatype, or as a CURIE. Labels come last.
// Those of Plexus stay as they are.
func Read(scan syntax.Quads) syntax.Quads {
	return func(ctx context.Context, r io.Reader, yield func(syntax.Place, quad.Quad) error) error {
		s := &reader{yield: yield, labels: map[quad.Value]*form{}}
		err := scan(ctx, r, s.add)
		if err != nil && !errors.As(err, new(syntax.Mistakes)) {
			return err
		}
		if failed := s.finish(); failed != nil {
			return failed
		}
		return err
	}
}

type reader struct {
	yield  func(syntax.Place, quad.Quad) error
	labels map[quad.Value]*form
	order  []quad.Value
	links  []placed
}

type placed struct {
	quad.Quad

	at syntax.Place
}

// form is what is said of a label.
type form struct {
	quads []placed
	text  quad.Value
	used  bool
}

func (s *reader) add(at syntax.Place, q quad.Quad) error {
	held := s.labels[q.Subject]
	switch _, isXL := plain[q.Predicate]; {
	case held != nil:
	case isXL && !quads.IsHelper(q):
		s.links = append(s.links, placed{q, at})
		return nil
	case q.Predicate == literalForm, q.Predicate == rdfType && q.Object == label:
		if name, _ := quads.Name(q.Subject); strings.Contains(name, "#label-") || strings.Contains(name, "-label-") {
			break // as Plexus writes them
		}
		held = &form{}
		s.labels[q.Subject] = held
		s.order = append(s.order, q.Subject)
	case q.Predicate == notation:
		if c, ok := codeOf(q.Object); ok {
			for _, code := range quads.Code(q.Subject, graph.Code{Code: c}) {
				code.Label = q.Label
				if err := s.yield(at, code); err != nil {
					return err
				}
			}
			return nil
		}
	}
	if held == nil {
		return s.yield(at, q)
	}
	if q.Predicate == literalForm && held.text == nil {
		held.text = q.Object
	}
	held.quads = append(held.quads, placed{q, at})
	return nil
}

// finish hands on what has waited for the end.
func (s *reader) finish() error {
	for _, link := range s.links {
		if held := s.labels[link.Object]; held != nil && held.text != nil {
			link.Predicate, link.Object, held.used = plain[link.Predicate], held.text, true
		}
		if err := s.yield(link.at, link.Quad); err != nil {
			return err
		}
	}
	for _, subject := range s.order {
		held := s.labels[subject]
		if held.used {
			continue
		}
		for _, q := range held.quads {
			if err := s.yield(q.at, q.Quad); err != nil {
				return err
			}
		}
	}
	return nil
}

// codeOf returns the code that a notation is.
func codeOf(v quad.Value) (graph.ID, bool) {
	code := graph.ID("")
	switch v := quads.Lexical(v).(type) {
	case quad.String:
		code = graph.ID(v)
	case quad.TypedString:
		datatype := string(v.Type)
		code = graph.ID(graph.VocabularyNamed(datatype[strings.LastIndexAny(datatype, "/#")+1:]) + ":" + string(v.Value))
	}
	_, _, known := graph.VocabularyOf(code)
	return code, known && graph.IsCURIE(string(code))
}
