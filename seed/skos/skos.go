// Package skos reads what thesauri say in SKOS otherwise than the graph has it: labels
// that are things (SKOS-XL), and notations.
package skos

import (
	"slices"
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
	return syntax.Rewrite(scan, func(yield func(syntax.Place, quad.Quad) error) syntax.Rewriter { return &reader{yield: yield} })
}

type reader struct {
	yield  func(syntax.Place, quad.Quad) error
	labels syntax.Aside
	links  []syntax.Placed // from things to their labels
}

// Add implements syntax.Rewriter.
func (s *reader) Add(at syntax.Place, q quad.Quad) error {
	held := s.labels.Of(q.Subject)
	switch _, isXL := plain[q.Predicate]; {
	case held != nil:
	case isXL && !quads.IsHelper(q):
		s.links = append(s.links, syntax.Placed{Quad: q, At: at})
		return nil
	case q.Predicate == literalForm, q.Predicate == rdfType && q.Object == label:
		if name, _ := quads.Name(q.Subject); strings.Contains(name, "#label-") || strings.Contains(name, "-label-") {
			break // as Plexus writes them
		}
		held = s.labels.Put(q.Subject)
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
	held.Quads = append(held.Quads, syntax.Placed{Quad: q, At: at})
	return nil
}

// Finish implements syntax.Rewriter.
func (s *reader) Finish() error {
	for _, link := range s.links {
		if held := s.labels.Of(link.Object); held != nil {
			if i := slices.IndexFunc(held.Quads, func(q syntax.Placed) bool { return q.Predicate == literalForm }); i >= 0 {
				link.Predicate, link.Object, held.Used = plain[link.Predicate], held.Quads[i].Object, true
			}
		}
		if err := s.yield(link.At, link.Quad); err != nil {
			return err
		}
	}
	return s.labels.Unused(s.yield)
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
