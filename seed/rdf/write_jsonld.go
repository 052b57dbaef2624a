package rdf

import (
	"bufio"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// jsonPrinter writes JSON-LD: a context that says what the prefixes are, and
// one line for each node.
type jsonPrinter struct {
	w        *bufio.Writer
	prefixes *shortener
	line     []byte
	some     bool // a node stands already
}

func newJSONPrinter(w *bufio.Writer, prefixes graph.Prefixes) *jsonPrinter {
	return &jsonPrinter{w: w, prefixes: newShortener(prefixes)}
}

func (p *jsonPrinter) begin() error {
	p.line = append(p.line, "{\n\"@context\": {"...)
	for i, name := range p.prefixes.sorted() {
		if i > 0 {
			p.line = append(p.line, ',')
		}
		namespace := p.prefixes.namespaces[name]
		p.line = append(p.line, "\n  "...)
		p.line = appendJSON(p.line, name)
		p.line = append(p.line, ": "...)
		// A namespace that ends in any other character is none unless it is said.
		if strings.ContainsAny(namespace[max(0, len(namespace)-1):], ":/?#[]@") {
			p.line = appendJSON(p.line, namespace)
			continue
		}
		p.line = append(p.line, `{"@id": `...)
		p.line = appendJSON(p.line, namespace)
		p.line = append(p.line, `, "@prefix": true}`...)
	}
	p.line = append(p.line, "\n},\n\"@graph\": ["...)
	return p.flush()
}

func (p *jsonPrinter) flush() error {
	_, err := p.w.Write(p.line)
	p.line = p.line[:0]
	return err
}

func (p *jsonPrinter) end() error {
	p.line = append(p.line, "\n]\n}\n"...)
	return p.flush()
}

// thing writes a thing and its helper nodes. A statement is a named graph that
// holds its triple, and says of itself what its record says.
func (p *jsonPrinter) thing(t *thing) error {
	if err := p.node(t.name, t.claim, t.of(t.name)); err != nil {
		return err
	}
	for _, h := range t.helpers {
		if err := p.node(h, nil, t.of(h)); err != nil {
			return err
		}
	}
	return p.flush()
}

func (p *jsonPrinter) node(name quad.Value, claim *quad.Quad, about []quad.Quad) error {
	if p.some {
		p.line = append(p.line, ',')
	}
	p.some = true
	p.line = append(p.line, "\n{\"@id\": "...)
	if err := p.name(name); err != nil {
		return err
	}
	if claim != nil {
		p.line = append(p.line, `, "@graph": [{"@id": `...)
		if err := p.name(claim.Subject); err != nil {
			return err
		}
		if err := p.property([]quad.Quad{*claim}); err != nil {
			return err
		}
		p.line = append(p.line, "}]"...)
	}
	for from := 0; from < len(about); {
		to := from + 1
		for to < len(about) && about[to].Predicate == about[from].Predicate {
			to++
		}
		if err := p.property(about[from:to]); err != nil {
			return err
		}
		from = to
	}
	p.line = append(p.line, '}')
	return nil
}

// property writes the values of one predicate.
func (p *jsonPrinter) property(same []quad.Quad) error {
	p.line = append(p.line, ", "...)
	isType := same[0].Predicate == rdfType
	for _, q := range same {
		_, isNode := quads.Name(q.Object)
		isType = isType && isNode
	}
	if isType {
		p.line = append(p.line, `"@type"`...)
	} else if err := p.name(same[0].Predicate); err != nil {
		return err
	}
	p.line = append(p.line, ": "...)
	if len(same) > 1 {
		p.line = append(p.line, '[')
	}
	for i, q := range same {
		if i > 0 {
			p.line = append(p.line, ", "...)
		}
		if err := p.value(q.Object, isType); err != nil {
			return err
		}
	}
	if len(same) > 1 {
		p.line = append(p.line, ']')
	}
	return nil
}

func (p *jsonPrinter) value(v quad.Value, isType bool) error {
	var text, more string
	switch v := quads.Lexical(v).(type) {
	case quad.IRI, quad.BNode:
		if isType {
			return p.name(v)
		}
		p.line = append(p.line, `{"@id": `...)
		if err := p.name(v); err != nil {
			return err
		}
		p.line = append(p.line, '}')
		return nil
	case quad.String:
		text = string(v)
	case quad.LangString:
		text, more = string(v.Value), `, "@language": `
	case quad.TypedString:
		text, more = string(v.Value), `, "@type": `
	default:
		return fmt.Errorf("%v is no term of RDF", v)
	}
	if !utf8.ValidString(text) {
		return fmt.Errorf("the text %q is not UTF-8", syntax.Shorten(text))
	}
	if more == "" {
		p.line = appendJSON(p.line, text)
		return nil
	}
	p.line = append(p.line, `{"@value": `...)
	p.line = appendJSON(p.line, text)
	p.line = append(p.line, more...)
	if l, ok := v.(quad.LangString); ok {
		p.line = appendJSON(p.line, l.Lang)
	} else if err := p.name(quads.Lexical(v).(quad.TypedString).Type); err != nil {
		return err
	}
	p.line = append(p.line, '}')
	return nil
}

// name writes the name of a node, short where it can be.
func (p *jsonPrinter) name(v quad.Value) error {
	iri, ok := v.(quad.IRI)
	if !ok {
		name, _ := quads.Name(v)
		p.line = appendJSON(p.line, name)
		return nil
	}
	if prefix, local, ok := p.prefixes.split(string(iri)); ok && !strings.HasPrefix(local, "//") {
		p.line = appendJSON(p.line, prefix+":"+local)
		return nil
	}
	if _, err := appendIRI(nil, string(iri)); err != nil {
		return err
	}
	if scheme, rest, _ := strings.Cut(string(iri), ":"); !strings.HasPrefix(rest, "//") {
		if namespace, taken := p.prefixes.namespaces[scheme]; taken {
			return fmt.Errorf("the IRI %q cannot be written in JSON-LD while %s is a prefix for %s", syntax.Shorten(string(iri)), scheme, namespace)
		}
	}
	p.line = appendJSON(p.line, string(iri))
	return nil
}

// appendJSON appends a text, which is UTF-8, as JSON writes it.
func appendJSON(dst []byte, text string) []byte {
	dst, _ = jsontext.AppendQuote(dst, text)
	return dst
}
