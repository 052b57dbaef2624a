package rdf

import (
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// object reads one object and hands on its triple.
func (t *turtle) object(subject, predicate quad.Value) error {
	w, err := t.peek()
	if err != nil {
		return err
	}
	var o quad.Value
	switch {
	case w.is("["):
		o, _, err = t.brackets()
	case w.is("("):
		o, err = t.collection()
	case w.kind == aText:
		o, err = t.literal()
	default:
		o, err = t.term()
	}
	if err != nil {
		return err
	}
	return t.yield(w.at, quad.Quad{Subject: subject, Predicate: predicate, Object: o, Label: t.graph})
}

// deeper counts brackets within brackets.
func (t *turtle) deeper() error {
	if t.depth++; t.depth <= maxNesting {
		return nil
	}
	w, err := t.peek()
	if err != nil {
		return err
	}
	return syntax.NewMistake(syntax.Nesting, w.at, "brackets stand more than %d deep", maxNesting)
}

// brackets reads a blank node in brackets; full says that it has properties.
func (t *turtle) brackets() (node quad.Value, full bool, err error) {
	t.looked = false
	if err := t.deeper(); err != nil {
		return nil, false, err
	}
	defer func() { t.depth-- }()
	node = t.blanks.fresh()
	if empty, err := t.skip("]"); err != nil || empty {
		return node, false, err
	}
	if err := t.properties(node); err != nil {
		return nil, false, err
	}
	return node, true, t.expect("]", "a closing bracket, a semicolon or a comma")
}

// collection reads a list in parentheses.
func (t *turtle) collection() (quad.Value, error) {
	w, err := t.take()
	if err != nil {
		return nil, err
	}
	if err := t.deeper(); err != nil {
		return nil, err
	}
	defer func() { t.depth-- }()
	var first, last quad.Value = rdfNil, nil
	for {
		if done, err := t.skip(")"); err != nil {
			return nil, err
		} else if done {
			if last == nil {
				return first, nil
			}
			return first, t.yield(w.at, quad.Quad{Subject: last, Predicate: rdfRest, Object: rdfNil, Label: t.graph})
		}
		if w, err = t.peek(); err != nil {
			return nil, err
		}
		node := t.blanks.fresh()
		if last == nil {
			first = node
		} else if err := t.yield(w.at, quad.Quad{Subject: last, Predicate: rdfRest, Object: node, Label: t.graph}); err != nil {
			return nil, err
		}
		if err := t.object(node, rdfFirst); err != nil {
			return nil, err
		}
		last = node
	}
}

// literal reads a text with its language or datatype.
func (t *turtle) literal() (quad.Value, error) {
	text, err := t.take()
	if err != nil {
		return nil, err
	}
	w, err := t.peek()
	if err != nil {
		return nil, err
	}
	switch w.kind {
	case aLanguage:
		t.looked = false
		return quad.LangString{Value: quad.String(text.text), Lang: w.text}, nil
	case aCaret:
		t.looked = false
		if w, err = t.peek(); err != nil {
			return nil, err
		}
		if w.kind != anIRI && w.kind != aName {
			return nil, t.unexpected("the IRI of a datatype")
		}
		datatype, err := t.term()
		if err != nil || datatype == xsdString {
			return quad.String(text.text), err
		}
		iri, _ := datatype.(quad.IRI)
		return quad.TypedString{Value: quad.String(text.text), Type: iri}, nil
	}
	return quad.String(text.text), nil
}

// term reads a term of one word.
func (t *turtle) term() (quad.Value, error) {
	w, err := t.peek()
	if err != nil {
		return nil, err
	}
	switch w.kind {
	case anIRI:
		t.looked = false
		if v, known := t.terms[w.text]; known {
			return v, nil
		}
		iri, err := t.full(w)
		return t.keep(w.text, quad.IRI(iri)), err
	case aName:
		t.looked = false
		return t.prefixed(w)
	case aBlank:
		t.looked = false
		return t.blanks.labelled(w.text), nil
	case anInteger:
		t.looked = false
		return quad.TypedString{Value: quad.String(w.text), Type: xsdInteger}, nil
	case aDecimal:
		t.looked = false
		return quad.TypedString{Value: quad.String(w.text), Type: xsdDecimal}, nil
	case aDouble:
		t.looked = false
		return quad.TypedString{Value: quad.String(w.text), Type: xsdDouble}, nil
	case aKeyword:
		if w.text == "true" || w.text == "false" {
			t.looked = false
			return quad.TypedString{Value: quad.String(w.text), Type: xsdBoolean}, nil
		}
	}
	return nil, t.unexpected(`an <IRI>, prefix:name, _:blank or "literal"`)
}

// prefixed returns the IRI of a name.
func (t *turtle) prefixed(w word) (quad.Value, error) {
	namespace, known := t.prefixes[w.text]
	if !known {
		return quad.IRI(w.text + ":" + w.local), t.minor(syntax.NewMistake(syntax.UnknownPrefix, w.at, "the prefix %s: is not declared; add @prefix %s: <…> .", syntax.Shorten(w.text), syntax.Shorten(w.text)))
	}
	return quad.IRI(namespace + w.local), nil
}

// keep remembers a term, since an IRI that was met comes again.
func (t *turtle) keep(text string, v quad.Value) quad.Value {
	if len(t.terms) > 1<<14 {
		clear(t.terms)
	}
	t.terms[text] = v
	return v
}

// blanks names blank nodes: a label of the file is kept, and one without gets
// a label that nothing else in the file has.
type blanks struct {
	names map[string]string // label of the file → name
	taken map[string]bool   // those names
	count int               // of those without a label: b1, b2, …
}

func (b *blanks) fresh() quad.Value {
	for {
		b.count++
		name := "b" + strconv.Itoa(b.count)
		if !b.taken[name] {
			return quad.BNode(name)
		}
	}
}

func (b *blanks) labelled(label string) quad.Value {
	if name, known := b.names[label]; known {
		return quad.BNode(name)
	}
	name := label
	for i := 1; b.taken[name] || b.isFresh(name); i++ {
		name = label + "-" + strconv.Itoa(i)
	}
	if b.names == nil {
		b.names, b.taken = map[string]string{}, map[string]bool{}
	}
	b.names[label], b.taken[name] = name, true
	return quad.BNode(name)
}

// isFresh reports whether a node without a label may have got a name.
func (b *blanks) isFresh(name string) bool {
	n, err := strconv.Atoi(strings.TrimPrefix(name, "b"))
	return err == nil && n <= b.count && name == "b"+strconv.Itoa(n)
}
