package rdf

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// maxNesting is how deep brackets may stand in brackets.
const maxNesting = 256

// maxSkipped is how many words are skipped in search of the next statement; a
// file that has more without a full stop is none of Turtle.
const maxSkipped = 1 << 16

// The words of RDF that have a syntax of their own.
const (
	rdfType    = quad.IRI(graph.RDF + "type")
	rdfFirst   = quad.IRI(graph.RDF + "first")
	rdfRest    = quad.IRI(graph.RDF + "rest")
	rdfNil     = quad.IRI(graph.RDF + "nil")
	xsdInteger = quad.IRI(graph.XSD + "integer")
	xsdDecimal = quad.IRI(graph.XSD + "decimal")
	xsdDouble  = quad.IRI(graph.XSD + "double")
	xsdBoolean = quad.IRI(graph.XSD + "boolean")
	xsdString  = quad.IRI(graph.XSD + "string")
)

// turtle reads Turtle and TriG, by the grammar's own rules, one function each.
type turtle struct {
	scanner
	ctx      context.Context
	named    bool // TriG
	base     string
	prefixes map[string]string
	blanks   blanks
	yield    func(syntax.Place, quad.Quad) error
	mistakes syntax.Mistakes

	ahead  word // the next word, if there is one
	looked bool
	graph  quad.Value
	depth  int
	quads  int
	terms  map[string]quad.Value // IRIs that were met
}

func readTurtle(ctx context.Context, r io.Reader, base string, named bool, yield func(syntax.Place, quad.Quad) error) error {
	t := &turtle{
		scanner: scanner{window: newWindow(r)}, ctx: ctx, named: named, base: base, yield: yield,
		prefixes: map[string]string{}, terms: map[string]quad.Value{},
	}
	if m := t.begin(); m != nil {
		return syntax.Mistakes{m}
	}
	return t.document()
}

// begin goes over a byte order mark and recognizes what is no UTF-8 at all.
func (t *turtle) begin() *syntax.Mistake {
	switch a, b := t.at(0), t.at(1); {
	case a == 0xEF && b == 0xBB && t.at(2) == 0xBF:
		t.pos += len("\uFEFF")
	case a == 0xFE && b == 0xFF, a == 0xFF && b == 0xFE, a == 0 && !t.ended(0), b == 0 && !t.ended(1):
		return syntax.NewMistake(syntax.Encoding, syntax.Place{Line: 1, Column: 1}, "not UTF-8 (UTF-16, or no text at all); save the file as UTF-8")
	}
	return nil
}

// document reads statements to the end. A mistake costs its statement; the
// rest is read.
func (t *turtle) document() error {
	for {
		w, err := t.peek()
		if err == nil && w.kind == theEnd {
			break
		}
		if err == nil {
			err = t.statement()
		}
		if err != nil {
			if err = t.note(err); err != nil {
				return err
			}
			t.graph, t.depth = nil, 0
		}
	}
	if err := t.ctx.Err(); err != nil || len(t.mistakes) == 0 {
		return err
	}
	return t.mistakes
}

// note keeps a mistake and goes on behind its statement. It returns what ends
// the reading.
func (t *turtle) note(err error) error {
	var m *syntax.Mistake
	if !errors.As(err, &m) {
		return err
	}
	if n := len(t.mistakes); n == 0 || t.mistakes[n-1].Place != m.Place { // else it is a consequence
		t.mistakes = append(t.mistakes, m)
	}
	if len(t.mistakes) >= syntax.MaxMistakes || m.Kind == syntax.Size {
		return t.mistakes
	}
	for range maxSkipped {
		w, err := t.peek()
		switch {
		case errors.As(err, &m):
			if m.Kind == syntax.Size {
				t.mistakes = append(t.mistakes, m)
				return t.mistakes
			}
		case err != nil:
			return err
		case w.kind == theEnd, w.is("}") && t.graph != nil:
			return nil
		case w.is("."), w.is("}"):
			t.looked = false
			return nil
		}
		t.looked = false
	}
	return t.mistakes
}

// minor keeps a mistake that does not disturb the reading.
func (t *turtle) minor(m *syntax.Mistake) error {
	if t.mistakes = append(t.mistakes, m); len(t.mistakes) >= syntax.MaxMistakes {
		return t.mistakes
	}
	return nil
}

func (t *turtle) peek() (word, error) {
	if !t.looked {
		w, err := t.next()
		if err != nil {
			return w, err
		}
		t.ahead, t.looked = w, true
	}
	return t.ahead, nil
}

// take returns the next word and goes behind it.
func (t *turtle) take() (word, error) {
	w, err := t.peek()
	t.looked = false
	return w, err
}

// skip goes behind the mark, if it is the next word.
func (t *turtle) skip(mark string) (bool, error) {
	w, err := t.peek()
	if err != nil || !w.is(mark) {
		return false, err
	}
	t.looked = false
	return true, nil
}

// expect goes behind the mark, which must be the next word.
func (t *turtle) expect(mark, what string) error {
	found, err := t.skip(mark)
	if err == nil && !found {
		return t.unexpected(what)
	}
	return err
}

// unexpected says what should stand where the next word stands; the word
// itself stays.
func (t *turtle) unexpected(what string) error {
	w, err := t.peek()
	if err != nil {
		return err
	}
	return syntax.NewMistake(syntax.Malformed, w.at, "expected %s, found %s", what, w.show())
}

// statement reads a directive, a graph or triples.
func (t *turtle) statement() error {
	w, err := t.peek()
	if err != nil {
		return err
	}
	switch {
	case w.kind == aLanguage && (w.text == "prefix" || w.text == "base"):
		t.looked = false
		if err := t.directive(w.text); err != nil {
			return err
		}
		return t.expect(".", "the full stop that ends @"+w.text)
	case w.kind == aKeyword && (strings.EqualFold(w.text, "prefix") || strings.EqualFold(w.text, "base")):
		t.looked = false
		return t.directive(strings.ToLower(w.text))
	case w.kind == aLanguage && w.text == "version":
		t.looked = false
		if err := t.version(); err != nil {
			return err
		}
		return t.expect(".", "the full stop that ends @version")
	case w.kind == aKeyword && strings.EqualFold(w.text, "version"):
		t.looked = false
		return t.version()
	case t.named && w.is("{"):
		return t.block(nil)
	case t.named && w.kind == aKeyword && strings.EqualFold(w.text, "graph"):
		t.looked = false
		label, err := t.label()
		if err != nil {
			return err
		}
		return t.block(label)
	}
	isGraph, err := t.triples(t.named)
	if err != nil || isGraph {
		return err
	}
	return t.expect(".", "a full stop, a semicolon or a comma")
}

// version goes over the version of RDF that a file announces: a hint, and no more.
// What it has of a version that is not read is told where it stands.
func (t *turtle) version() error {
	w, err := t.take()
	if err == nil && w.kind != aText {
		err = syntax.NewMistake(syntax.Malformed, w.at, "expected the \"version\", found %s", w.show())
	}
	return err
}

// directive reads what follows PREFIX or BASE.
func (t *turtle) directive(which string) error {
	prefix := ""
	if which == "prefix" {
		w, err := t.take()
		if err != nil {
			return err
		}
		if w.kind != aName || w.local != "" {
			return syntax.NewMistake(syntax.Malformed, w.at, "expected the prefix that is declared, with its colon, found %s", w.show())
		}
		prefix = w.text
	}
	w, err := t.take()
	if err != nil {
		return err
	}
	if w.kind != anIRI {
		return syntax.NewMistake(syntax.Malformed, w.at, "expected the <IRI> of the %s, found %s", which, w.show())
	}
	iri, err := t.full(w)
	if err != nil {
		return err
	}
	if which == "base" {
		t.base, t.terms = iri, map[string]quad.Value{}
	} else {
		t.prefixes[prefix] = iri
	}
	return nil
}

// full completes an IRI.
func (t *turtle) full(w word) (string, error) {
	iri := resolve(t.base, w.text)
	if !syntax.HasScheme(iri) {
		return iri, t.minor(syntax.NewMistake(syntax.RelativeIRI, w.at, "<%s> is relative, and the file has no @base: write the IRI in full", syntax.Shorten(w.text)))
	}
	return iri, nil
}

// label reads the name of a graph.
func (t *turtle) label() (quad.Value, error) {
	w, err := t.peek()
	if err != nil {
		return nil, err
	}
	switch w.kind {
	case anIRI, aName, aBlank:
		return t.term()
	}
	if ok, err := t.skip("["); err != nil || !ok {
		return nil, errors.Join(err, t.unexpected("the name of a graph"))
	}
	return t.blanks.fresh(), t.expect("]", "] for a graph without a name")
}

// block reads the triples of a graph between braces.
func (t *turtle) block(label quad.Value) error {
	if err := t.expect("{", "{"); err != nil {
		return err
	}
	outer := t.graph
	t.graph = label
	defer func() { t.graph = outer }()
	for {
		if done, err := t.skip("}"); err != nil || done {
			return err
		}
		if w, err := t.peek(); err == nil && w.kind == theEnd {
			return syntax.NewMistake(syntax.Malformed, w.at, "the graph does not end with }; is the file cut off?")
		}
		_, err := t.triples(false)
		if err == nil {
			var stop bool
			if stop, err = t.skip("."); err == nil && !stop {
				var w word
				if w, err = t.peek(); err == nil && !w.is("}") {
					err = t.unexpected("a full stop, a semicolon, a comma or a closing brace")
				}
			}
		}
		if err != nil {
			if err = t.note(err); err != nil {
				return err
			}
		}
	}
}

// triples reads a subject and what is said of it or, where that may be, a
// graph of this name.
func (t *turtle) triples(mayBeGraph bool) (isGraph bool, err error) {
	if t.quads++; t.quads%1024 == 0 && t.ctx.Err() != nil {
		return false, t.ctx.Err()
	}
	w, err := t.peek()
	if err != nil {
		return false, err
	}
	var subject quad.Value
	alone := false // a list of properties in brackets may stand alone
	switch {
	case w.is("["):
		subject, alone, err = t.brackets()
		mayBeGraph = mayBeGraph && !alone
	case w.is("("):
		subject, err = t.collection()
		mayBeGraph = false
	case w.kind == anIRI, w.kind == aName, w.kind == aBlank:
		subject, err = t.term()
	case w.kind == aText, w.kind == anInteger, w.kind == aDecimal, w.kind == aDouble:
		err = syntax.NewMistake(syntax.Malformed, w.at, "the literal %s cannot be a subject", w.show())
	default:
		err = t.unexpected("a subject, @prefix or @base")
	}
	if err != nil {
		return false, err
	}
	if w, err = t.peek(); err != nil {
		return false, err
	}
	switch {
	case mayBeGraph && w.is("{"):
		return true, t.block(subject)
	case alone && (w.is(".") || w.is("}")):
		return false, nil
	}
	return false, t.properties(subject)
}

// properties reads predicates and objects.
func (t *turtle) properties(subject quad.Value) error {
	for {
		predicate, err := t.verb()
		if err != nil {
			return err
		}
		for more := true; more; {
			if err := t.object(subject, predicate); err != nil {
				return err
			}
			if more, err = t.skip(","); err != nil {
				return err
			}
		}
		some := false
		for more := true; more; some = some || more {
			if more, err = t.skip(";"); err != nil {
				return err
			}
		}
		w, err := t.peek()
		if err != nil {
			return err
		}
		if !some || w.is(".") || w.is("]") || w.is("}") {
			return nil
		}
	}
}

func (t *turtle) verb() (quad.Value, error) {
	w, err := t.peek()
	if err != nil {
		return nil, err
	}
	switch {
	case w.kind == aKeyword && w.text == "a":
		t.looked = false
		return rdfType, nil
	case w.kind == anIRI, w.kind == aName:
		return t.term()
	case w.kind == aBlank:
		return nil, syntax.NewMistake(syntax.Malformed, w.at, "the blank node %s cannot be a predicate", w.show())
	}
	return nil, t.unexpected("a predicate")
}
