package schemaorg

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

const (
	rdfType       = quad.IRI(graph.RDF + "type")
	name          = quad.IRI(graph.SchemaOrg + "name")
	alternateName = quad.IRI(graph.SchemaOrg + "alternateName")
	altLabel      = quad.IRI(graph.SKOS + "altLabel")
	code          = quad.IRI(graph.SchemaOrg + "code")
	codeValue     = quad.IRI(graph.SchemaOrg + "codeValue")
	codingSystem  = quad.IRI(graph.SchemaOrg + "codingSystem")
	inCodeSet     = quad.IRI(graph.SchemaOrg + "inCodeSet")
	medicalCode   = quad.IRI(graph.SchemaOrg + "MedicalCode")
)

// namespaces are those in which people write schema.org, beside the one of the
// graph: which is meant, it says itself, is no matter
// (https://schema.org/docs/faq.html#19).
var namespaces = []string{"http://schema.org/", "http://www.schema.org/", "https://www.schema.org/"}

// Read returns a reader of the same files that says what schema.org says as the
// graph has it: its words in one namespace; an alternateName is a synonym; a
// MedicalCode with its codingSystem is a code of the thing that it is the code of.
// Quads of such codes come last.
func Read(scan syntax.Quads) syntax.Quads {
	return syntax.Rewrite(scan, func(yield func(syntax.Place, quad.Quad) error) syntax.Rewriter { return &reader{yield: yield} })
}

type reader struct {
	yield func(syntax.Place, quad.Quad) error
	codes syntax.Aside
	links []syntax.Placed // from things to what is their code
}

// Add implements syntax.Rewriter.
func (s *reader) Add(at syntax.Place, q quad.Quad) error {
	q.Subject, q.Predicate, q.Object = inGraph(q.Subject), inGraph(q.Predicate), inGraph(q.Object)
	held := s.codes.Of(q.Subject)
	switch {
	case held != nil:
	case q.Predicate == code && isNode(q.Object) && !quads.IsHelper(q):
		s.links = append(s.links, syntax.Placed{Quad: q, At: at})
		return nil
	case q.Predicate == codeValue, q.Predicate == codingSystem, q.Predicate == inCodeSet, q.Predicate == rdfType && q.Object == medicalCode:
		if !isOurs(q.Subject) {
			held = s.codes.Put(q.Subject)
		}
	case q.Predicate == alternateName && q.Label == nil && !isNode(q.Object):
		q.Predicate = altLabel
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
		said := []quad.Quad{link.Quad}
		if held := s.codes.Of(link.Object); held != nil {
			if c, ok := codeOf(held); ok {
				said, held.Used = quads.Code(link.Subject, c), true
			}
		}
		for _, q := range said {
			q.Label = link.Label
			if err := s.yield(link.At, q); err != nil {
				return err
			}
		}
	}
	return s.codes.Unused(s.yield)
}

// codeOf returns the code that is said, with the prefix of its vocabulary.
func codeOf(n *syntax.Node) (c graph.Code, ok bool) {
	var value, system string
	for _, q := range n.Quads {
		switch text := textOf(q.Object); q.Predicate {
		case codeValue:
			value = strings.TrimSpace(text)
		case codingSystem:
			system = strings.TrimSpace(text)
		case inCodeSet:
			if system == "" {
				system = strings.TrimSpace(text)
			}
		case name:
			c.Label = text
		}
	}
	if value == "" {
		return c, false
	}
	prefix := graph.VocabularyNamed(system)
	switch {
	case system == "" || strings.EqualFold(value[:strings.IndexByte(value, ':')+1], prefix+":"):
		c.Code = graph.ID(value)
	default:
		c.Code = graph.ID(prefix + ":" + value)
	}
	return c, graph.IsCURIE(string(c.Code))
}

// inGraph returns a term in the namespace of the graph.
func inGraph(v quad.Value) quad.Value {
	switch t := v.(type) {
	case quad.IRI:
		if iri, other := inGraphIRI(t); other {
			return iri
		}
	case quad.TypedString:
		if iri, other := inGraphIRI(t.Type); other {
			return quad.TypedString{Value: t.Value, Type: iri}
		}
	}
	return v
}

func inGraphIRI(iri quad.IRI) (quad.IRI, bool) {
	if len(iri) < len(namespaces[0]) || iri[4] != ':' && iri[4] != 's' || !strings.Contains(string(iri[:min(len(iri), 24)]), "schema.org/") {
		return iri, false
	}
	for _, n := range namespaces {
		if local, ok := strings.CutPrefix(string(iri), n); ok {
			return quad.IRI(graph.SchemaOrg + local), true
		}
	}
	return iri, false
}

// isOurs reports whether a node holds a code as Plexus writes one.
func isOurs(v quad.Value) bool {
	name, _ := quads.Name(v)
	at := strings.LastIndex(name, "code-")
	return at > 0 && strings.IndexByte("#-", name[at-1]) >= 0 && !slices.ContainsFunc([]byte(name[at+len("code-"):]), func(c byte) bool {
		return (c < 'a' || c > 'z') && (c < '2' || c > '7')
	})
}

func isNode(v quad.Value) bool {
	_, node := quads.Name(v)
	return node
}

// textOf returns the text of a literal, or the IRI of a node.
func textOf(v quad.Value) string {
	switch v := quads.Lexical(v).(type) {
	case quad.String:
		return string(v)
	case quad.LangString:
		return string(v.Value)
	case quad.TypedString:
		return string(v.Value)
	case quad.IRI:
		return string(v)
	default:
		return ""
	}
}
