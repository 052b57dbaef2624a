package rdf

import (
	"bufio"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// appendQuad appends a quad as a line of canonical N-Quads
// (https://www.w3.org/TR/rdf-canon/#canonical-quads).
func appendQuad(dst []byte, q quad.Quad) ([]byte, error) {
	var err error
	for i, v := range [...]quad.Value{q.Subject, q.Predicate, q.Object, q.Label} {
		if v == nil && i == 3 {
			break
		}
		if dst, err = appendTerm(dst, v); err != nil {
			return dst, err
		}
		dst = append(dst, ' ')
	}
	return append(dst, ".\n"...), nil
}

func appendTerm(dst []byte, v quad.Value) ([]byte, error) {
	switch v := quads.Lexical(v).(type) {
	case quad.IRI:
		return appendIRI(dst, string(v))
	case quad.BNode:
		return append(append(dst, "_:"...), v...), nil
	case quad.String:
		return appendText(dst, string(v))
	case quad.LangString:
		dst, err := appendText(dst, string(v.Value))
		if err != nil {
			return dst, err
		}
		return append(append(dst, '@'), v.Lang...), nil
	case quad.TypedString:
		dst, err := appendText(dst, string(v.Value))
		if err != nil {
			return dst, err
		}
		return appendIRI(append(dst, "^^"...), string(v.Type))
	default:
		return dst, fmt.Errorf("%v is no term of RDF", v)
	}
}

// appendIRI appends an IRI between its brackets.
func appendIRI(dst []byte, iri string) ([]byte, error) {
	for _, r := range iri {
		if syntax.IsForbidden(r) || r == utf8.RuneError {
			return dst, fmt.Errorf("the IRI %q has a character that cannot be written in one: %q", syntax.Shorten(iri), string(r))
		}
	}
	dst = append(dst, '<')
	dst = append(dst, iri...)
	return append(dst, '>'), nil
}

const hexDigits = "0123456789ABCDEF"

// appendText appends a text in quotation marks, with no escape but those that
// must be.
func appendText(dst []byte, text string) ([]byte, error) {
	if !utf8.ValidString(text) {
		return dst, fmt.Errorf("the text %q is not UTF-8", syntax.Shorten(text))
	}
	dst = append(dst, '"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, `\n`...)
		case c == '\r':
			dst = append(dst, `\r`...)
		case c == '\t':
			dst = append(dst, `\t`...)
		case c == '\b':
			dst = append(dst, `\b`...)
		case c == '\f':
			dst = append(dst, `\f`...)
		case c < ' ' || c == 0x7F:
			dst = append(dst, `\u00`...)
			dst = append(dst, hexDigits[c>>4], hexDigits[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"'), nil
}

// linePrinter writes N-Quads, sorted.
type linePrinter struct {
	w    *bufio.Writer
	text []byte   // lines, one after the other
	ends []int    // of the lines in text
	full []string // lines of earlier stretches of text
}

func (p *linePrinter) begin() error { return nil }

// stretch is how much text is gathered before its lines are made strings:
// they share it, so that a line costs its bytes and little more.
const stretch = 1 << 20

func (p *linePrinter) thing(t *thing) error {
	if t.claim != nil {
		q := *t.claim
		q.Label = t.name
		if err := p.add(q); err != nil {
			return err
		}
	}
	for _, q := range t.about {
		if err := p.add(q); err != nil {
			return err
		}
	}
	if len(p.text) > stretch {
		p.cut()
	}
	return nil
}

func (p *linePrinter) add(q quad.Quad) (err error) {
	p.text, err = appendQuad(p.text, q)
	p.ends = append(p.ends, len(p.text))
	return err
}

func (p *linePrinter) cut() {
	text := string(p.text)
	from := 0
	for _, to := range p.ends {
		p.full = append(p.full, text[from:to])
		from = to
	}
	p.text, p.ends = p.text[:0], p.ends[:0]
}

func (p *linePrinter) end() error {
	p.cut()
	slices.Sort(p.full)
	for i, line := range p.full {
		if i > 0 && line == p.full[i-1] {
			continue
		}
		if _, err := p.w.WriteString(line); err != nil {
			return err
		}
	}
	return nil
}
