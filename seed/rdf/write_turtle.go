package rdf

import (
	"bufio"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// turtlePrinter writes Turtle and TriG.
type turtlePrinter struct {
	w        *bufio.Writer
	prefixes *shortener
	line     []byte
	some     bool                  // a thing stands already
	words    map[quad.Value]string // predicates as they are written
}

func newTurtlePrinter(w *bufio.Writer, prefixes graph.Prefixes) *turtlePrinter {
	return &turtlePrinter{w: w, prefixes: newShortener(prefixes), words: map[quad.Value]string{}}
}

func (p *turtlePrinter) begin() error {
	var err error
	for _, name := range p.prefixes.sorted() {
		p.line = append(append(append(p.line, "@prefix "...), name...), ": "...)
		if p.line, err = appendIRI(p.line, p.prefixes.namespaces[name]); err != nil {
			return err
		}
		p.line = append(p.line, " .\n"...)
	}
	return p.flush()
}

func (p *turtlePrinter) end() error { return nil }

func (p *turtlePrinter) flush() error {
	_, err := p.w.Write(p.line)
	p.line = p.line[:0]
	return err
}

// thing writes what is said of a thing as one block, and one for each of its
// helper nodes; before that the triple that a statement claims, as a graph of
// its name or plain.
func (p *turtlePrinter) thing(t *thing) error {
	if !t.prefix || !p.some {
		p.line = append(p.line, '\n')
	}
	p.some = true
	if t.claim != nil {
		if err := p.graph(t); err != nil {
			return err
		}
	}
	if t.plain != nil {
		if err := p.block(t.plain.Subject, []quad.Quad{*t.plain}); err != nil {
			return err
		}
	}
	if err := p.block(t.name, t.of(t.name)); err != nil {
		return err
	}
	for _, h := range t.helpers {
		if err := p.block(h, t.of(h)); err != nil {
			return err
		}
	}
	return p.flush()
}

// graph writes the triple of a statement as a graph of its name.
func (p *turtlePrinter) graph(t *thing) error {
	var err error
	for i, v := range [...]quad.Value{t.name, t.claim.Subject, t.claim.Predicate, t.claim.Object} {
		if i == 1 {
			p.line = append(p.line, "{ "...)
		}
		if p.line, err = p.appendTerm(p.line, v); err != nil {
			return err
		}
		p.line = append(p.line, ' ')
	}
	p.line = append(p.line, "}\n"...)
	return nil
}

// block writes a subject with its predicates, each on a line of its own.
func (p *turtlePrinter) block(subject quad.Value, about []quad.Quad) error {
	if len(about) == 0 {
		return nil
	}
	var err error
	if p.line, err = p.appendTerm(p.line, subject); err != nil {
		return err
	}
	for i, q := range about {
		switch {
		case i > 0 && about[i-1].Predicate == q.Predicate:
			p.line = append(p.line, ", "...)
		case i > 0:
			p.line = append(p.line, " ;\n    "...)
			fallthrough
		default:
			if i == 0 {
				p.line = append(p.line, ' ')
			}
			if err := p.predicate(q.Predicate); err != nil {
				return err
			}
			p.line = append(p.line, ' ')
		}
		if p.line, err = p.appendTerm(p.line, q.Object); err != nil {
			return err
		}
	}
	p.line = append(p.line, " .\n"...)
	return nil
}

// predicate writes a predicate; there are few, and each comes often.
func (p *turtlePrinter) predicate(v quad.Value) error {
	if v == rdfType {
		p.line = append(p.line, 'a')
		return nil
	}
	text, known := p.words[v]
	if !known {
		b, err := p.appendTerm(nil, v)
		if err != nil {
			return err
		}
		text = string(b)
		p.words[v] = text
	}
	p.line = append(p.line, text...)
	return nil
}

// appendTerm is appendTerm with names instead of IRIs where one can be written
// without an escape.
func (p *turtlePrinter) appendTerm(dst []byte, v quad.Value) ([]byte, error) {
	switch v := quads.Lexical(v).(type) {
	case quad.IRI:
		return p.appendIRI(dst, string(v))
	case quad.TypedString:
		dst, err := appendText(dst, string(v.Value))
		if err != nil {
			return dst, err
		}
		return p.appendIRI(append(dst, "^^"...), string(v.Type))
	default:
		return appendTerm(dst, v)
	}
}

func (p *turtlePrinter) appendIRI(dst []byte, iri string) ([]byte, error) {
	if name, local, ok := p.prefixes.split(iri); ok && isPlainName(local) {
		return append(append(append(dst, name...), ':'), local...), nil
	}
	return appendIRI(dst, iri)
}

// isPlainName reports whether a text can stand behind the colon of a name as
// it is.
func isPlainName(local string) bool {
	for i := range len(local) {
		c := local[i]
		if !isAlphanumeric(c) && c != '_' && (i == 0 || i == len(local)-1 || c != '.') && (i == 0 || c != '-') {
			return false
		}
	}
	return true
}
