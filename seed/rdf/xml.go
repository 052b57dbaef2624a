package rdf

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// xmlNamespace is what the prefix xml always stands for.
const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

const rdfXMLLiteral = quad.IRI(graph.RDF + "XMLLiteral")

// rdfXML reads RDF/XML by the grammar of its specification, an element at a time: of
// the file it keeps the names of blank nodes and of rdf:ID.
type rdfXML struct {
	from     *xmlTokens
	ctx      context.Context
	yield    func(syntax.Place, quad.Quad) error
	mistakes syntax.Mistakes
	blanks   blanks
	ids      map[string]bool // the IRIs that rdf:ID gave
	tokens   int
	open     []xml.Name   // the elements that are not closed
	at       syntax.Place // of the token that was read last
	start    token        // of the element that was begun last
	elements []*element   // by how deep they stand, for those that come next
	seen     []string     // the attributes of an element
	iris     map[xml.Name]string
}

// ofSyntax are the names in RDF's namespace that name neither things nor properties.
var ofSyntax = []string{"RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype", "aboutEach", "aboutEachPrefix"}

// scope is what elements have from those around them. It is copied, not changed.
type scope struct {
	base, language string
	prefixes       map[string]string
	inner          bool // there are others than the root element has
}

// maxAttributes is how many an element may have.
const maxAttributes = 256

// attribute is an attribute with its full name.
type attribute struct{ iri, value string }

// element is an element whose attributes were read.
type element struct {
	iri  string
	name xml.Name // with the prefix as it is written
	scope
	// The attributes of the syntax, nil where there is none.
	id, about, node, resource, datatype, parseType *string
	properties                                     []attribute // those that say something

	values [6]string // of the attributes of the syntax
}

func readXML(ctx context.Context, r io.Reader, base string, yield func(syntax.Place, quad.Quad) error) error {
	x := &rdfXML{from: newXMLTokens(r), ctx: ctx, yield: yield, ids: map[string]bool{}, iris: map[xml.Name]string{}}
	err := x.document(scope{base: base, prefixes: map[string]string{"xml": xmlNamespace}})
	var m *syntax.Mistake
	switch {
	case errors.As(err, &m):
		x.mistakes = append(x.mistakes, m)
	case err != nil:
		return err
	}
	if err := ctx.Err(); err != nil || len(x.mistakes) == 0 {
		return err
	}
	return x.mistakes
}

func (x *rdfXML) wrong(format string, args ...any) *syntax.Mistake {
	return syntax.NewMistake(syntax.Malformed, x.at, format, args...)
}

// minor keeps a mistake that does not disturb the reading.
func (x *rdfXML) minor(m *syntax.Mistake) error {
	if x.mistakes = append(x.mistakes, m); len(x.mistakes) >= syntax.MaxMistakes {
		return x.mistakes
	}
	return nil
}

// token returns the next token. The end of the file is io.EOF.
func (x *rdfXML) token() (token, error) {
	if x.tokens++; x.tokens%1024 == 0 {
		if err := x.ctx.Err(); err != nil {
			return token{}, err
		}
	}
	x.at = syntax.Place{Line: x.from.line}
	next, err := x.from.next()
	if err != nil {
		return next, err
	}
	switch next.kind {
	case doctypeToken:
		err = x.entityDeclarations(string(next.text))
	case startToken:
		if x.open = append(x.open, next.name); len(x.open) > 2*maxNesting {
			err = syntax.NewMistake(syntax.Nesting, x.at, "more than %d elements in elements", 2*maxNesting)
		}
	case endToken:
		n := len(x.open) - 1
		if n < 0 || x.open[n] != next.name {
			return next, x.wrong("</%s> closes what is not open", syntax.Shorten(written(next.name)))
		}
		x.open = x.open[:n]
	}
	return next, err
}

var entityDeclaration = regexp.MustCompile(`<!ENTITY\s+([\pL_][\pL\pN._-]*)\s+(?:"([^"]*)"|'([^']*)')\s*>`)

var entityUse = regexp.MustCompile(`&[\pL_][\pL\pN._-]*;`)

// maxEntity is how long an entity may become: they stand for the beginnings of IRIs.
const maxEntity = 4096

// entityDeclarations declares the entities of a DOCTYPE.
func (x *rdfXML) entityDeclarations(directive string) error {
	for _, m := range entityDeclaration.FindAllStringSubmatch(directive, -1) {
		value := entityUse.ReplaceAllStringFunc(m[2]+m[3], func(use string) string {
			if value, declared := x.from.entities[use[1:len(use)-1]]; declared {
				return value
			}
			return use
		})
		if len(value) > maxEntity || len(x.from.entities) >= maxEntity {
			return syntax.NewMistake(syntax.Size, x.at, "the entity %q is longer than %d characters", syntax.Shorten(m[1]), maxEntity)
		}
		if _, declared := x.from.entities[m[1]]; !declared { // the first one counts
			x.from.entities[m[1]] = value
		}
	}
	return nil
}

// document reads what the whole file is.
func (x *rdfXML) document(s scope) error {
	start, err := x.child(nil)
	if err != nil {
		return err
	}
	if start == nil {
		return x.wrong("there is no element in the file")
	}
	e, err := x.element(start, s)
	if err != nil {
		return err
	}
	switch {
	case e.iri == graph.RDF+"RDF":
		if len(e.properties) > 0 || e.id != nil || e.about != nil || e.node != nil || e.resource != nil || e.datatype != nil || e.parseType != nil {
			err = x.minor(x.wrong("rdf:RDF says nothing by itself: it has only namespaces, xml:base and xml:lang"))
		}
		for err == nil {
			var start *token
			if start, err = x.child(e); start == nil || err != nil {
				break
			}
			_, err = x.node(start, e.scope)
		}
	case !syntax.HasScheme(e.iri):
		return x.wrong("the file is XML whose root is <%s>, not RDF/XML: that begins with <rdf:RDF>", syntax.Shorten(e.name.Local))
	default:
		_, err = x.nodeOf(e)
	}
	if err != nil {
		return err
	}
	next, err := x.token()
	for ; err == nil; next, err = x.token() {
		switch next.kind {
		case startToken:
			return x.wrong("<%s> stands behind the end of the root element", syntax.Shorten(written(next.name)))
		case textToken:
			if len(bytes.TrimSpace(next.text)) > 0 {
				return x.wrong("there is text behind the end of the root element")
			}
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// child goes to the next element within one whose content are elements; nil behind
// its end. It is good until the next token is read.
func (x *rdfXML) child(of *element) (*token, error) {
	for {
		next, err := x.token()
		switch {
		case errors.Is(err, io.EOF) && of == nil:
			return nil, nil
		case err != nil:
			return nil, x.cut(err, of)
		}
		switch next.kind {
		case startToken:
			x.start = next
			return &x.start, nil
		case endToken:
			return nil, nil
		case textToken:
			if text := bytes.TrimSpace(next.text); len(text) > 0 {
				if err := x.minor(x.wrong("there is text between the elements of %s: %q", of.tag(), syntax.Shorten(string(text)))); err != nil {
					return nil, err
				}
			}
		}
	}
}

// cut is the error of a file that ends too soon.
func (x *rdfXML) cut(err error, within *element) error {
	if errors.Is(err, io.EOF) {
		return x.wrong("the file ends within %s: it is cut off", within.tag())
	}
	return err
}

// tag is how an element is called in messages.
func (e *element) tag() string {
	if e == nil {
		return "the file"
	}
	return "<" + written(e.name) + ">"
}

// written is a name as it stands in the file.
func written(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// full completes a name.
func (x *rdfXML) full(n xml.Name, s *scope) (string, error) {
	if iri, known := x.iris[n]; known && !s.inner {
		return iri, nil
	}
	namespace, ok := s.prefixes[n.Space]
	if !ok && n.Space != "" {
		return "", syntax.NewMistake(syntax.UnknownPrefix, x.at, "the prefix %q is declared nowhere: xmlns:%s=\"…\"", syntax.Shorten(n.Space), syntax.Shorten(n.Space))
	}
	iri := namespace + n.Local
	if !s.inner && len(x.iris) < maxNames {
		x.iris[n] = iri
	}
	return iri, nil
}

// within returns what is in force within an element.
func (x *rdfXML) within(start *token, s scope) (scope, error) {
	cloned := false
	for _, a := range start.attributes {
		switch {
		case a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns":
			if !cloned {
				s.prefixes, cloned = maps.Clone(s.prefixes), true
				s.inner = len(x.open) > 1
			}
			if a.Name.Space == "" {
				a.Name.Local = "" // the namespace of names without a prefix
			}
			s.prefixes[a.Name.Local] = a.Value
		case a.Name.Space == "xml" && a.Name.Local == "base":
			s.base, _, _ = strings.Cut(resolve(s.base, a.Value), "#")
		case a.Name.Space == "xml" && a.Name.Local == "lang":
			if s.language = a.Value; a.Value != "" && !isLanguage(a.Value) {
				s.language = ""
				if err := x.minor(x.wrong("%q is no language tag (BCP 47): en, de, pt-BR", syntax.Shorten(a.Value))); err != nil {
					return s, err
				}
			}
		}
	}
	return s, nil
}

// element reads the attributes of an element.
func (x *rdfXML) element(start *token, s scope) (*element, error) {
	s, err := x.within(start, s)
	if err != nil {
		return nil, err
	}
	for len(x.elements) <= len(x.open) {
		x.elements = append(x.elements, new(element))
	}
	e := x.elements[len(x.open)] // one that stood as deep has ended
	*e = element{name: start.name, scope: s, properties: e.properties[:0]}
	if e.iri, err = x.full(start.name, &e.scope); err != nil {
		return nil, err
	}
	if len(start.attributes) > maxAttributes {
		return nil, syntax.NewMistake(syntax.Size, x.at, "<%s> has more than %d attributes", syntax.Shorten(written(start.name)), maxAttributes)
	}
	given := 0 // attributes of the syntax
	x.seen = x.seen[:0]
	for _, a := range start.attributes {
		if a.Name.Space == "xmlns" || a.Name.Space == "xml" || a.Name.Space == "" && strings.HasPrefix(a.Name.Local, "xml") {
			continue
		}
		iri := graph.RDF + a.Name.Local // about, resource and the like were written without a prefix, once
		if a.Name.Space != "" {
			if iri, err = x.full(a.Name, &e.scope); err != nil {
				return nil, err
			}
		}
		if slices.Contains(x.seen, iri) {
			return nil, x.wrong("<%s> has %s twice", syntax.Shorten(written(start.name)), syntax.Shorten(written(a.Name)))
		}
		x.seen = append(x.seen, iri)
		local, isRDF := strings.CutPrefix(iri, graph.RDF)
		var of **string
		switch {
		case !isRDF:
		case local == "ID":
			of = &e.id
		case local == "about":
			of = &e.about
		case local == "nodeID":
			of = &e.node
		case local == "resource":
			of = &e.resource
		case local == "datatype":
			of = &e.datatype
		case local == "parseType":
			of = &e.parseType
		case local == "li", local == "Description", slices.Contains(ofSyntax, local):
			return nil, x.wrong("rdf:%s cannot be an attribute", local)
		}
		switch {
		case of != nil:
			e.values[given] = a.Value
			*of = &e.values[given]
			given++
		case a.Name.Space == "" && local != "type":
			return nil, x.wrong("the attribute %q of <%s> has no namespace", syntax.Shorten(a.Name.Local), syntax.Shorten(written(start.name)))
		default:
			e.properties = append(e.properties, attribute{iri, a.Value})
		}
	}
	return e, nil
}

// reference completes an IRI; nil is one that cannot be, which is told.
func (x *rdfXML) reference(e *element, iri string) (quad.Value, error) {
	whole := resolve(e.base, iri)
	switch {
	case !syntax.HasScheme(whole):
		return nil, x.minor(syntax.NewMistake(syntax.RelativeIRI, x.at, "%q is no full IRI, and there is no xml:base to complete it", syntax.Shorten(whole)))
	case syntax.HasForbidden(whole):
		return nil, x.minor(x.wrong("%q has a character that cannot stand in an IRI", syntax.Shorten(whole)))
	}
	return quad.IRI(whole), nil
}

// fragment completes what rdf:ID gives, which no other thing may have.
func (x *rdfXML) fragment(e *element, id string) (quad.Value, error) {
	if !isNCName(id) {
		return nil, x.wrong("rdf:ID %q is no name: a letter or _, then letters, digits, . - _", syntax.Shorten(id))
	}
	v, err := x.reference(e, "#"+id)
	if iri, ok := v.(quad.IRI); ok {
		if x.ids[string(iri)] {
			err = x.minor(x.wrong("rdf:ID %q is given twice; rdf:about names a thing that is described elsewhere", syntax.Shorten(id)))
		}
		x.ids[string(iri)] = true
	}
	return v, err
}

func (x *rdfXML) blank(label string) (quad.Value, error) {
	if !isNCName(label) {
		return nil, x.wrong("rdf:nodeID %q is no name: a letter or _, then letters, digits, . - _", syntax.Shorten(label))
	}
	return x.blanks.labelled(label), nil
}

// isNCName reports whether a text is a name of XML without a colon.
func isNCName(s string) bool {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || r != '-' && r != '.' && r != '·' && !unicode.IsDigit(r) && !unicode.Is(unicode.M, r)) {
			return false
		}
	}
	return s != ""
}

func (x *rdfXML) say(at syntax.Place, subject quad.Value, predicate string, object quad.Value) error {
	if subject == nil || object == nil { // a mistake that was told
		return nil
	}
	if syntax.HasForbidden(predicate) || !syntax.HasScheme(predicate) {
		return x.minor(syntax.NewMistake(syntax.RelativeIRI, at, "%q is no full IRI: the namespace of the property is wrong", syntax.Shorten(predicate)))
	}
	return x.yield(at, quad.Quad{Subject: subject, Predicate: quad.IRI(predicate), Object: object})
}

func (s scope) text(value string) quad.Value {
	if s.language != "" {
		return quad.LangString{Value: quad.String(value), Lang: s.language}
	}
	return quad.String(value)
}

// node reads an element that is a thing.
func (x *rdfXML) node(start *token, s scope) (quad.Value, error) {
	e, err := x.element(start, s)
	if err != nil {
		return nil, err
	}
	return x.nodeOf(e)
}

func (x *rdfXML) nodeOf(e *element) (subject quad.Value, err error) {
	at := x.at
	if local, ok := strings.CutPrefix(e.iri, graph.RDF); ok {
		if local == "li" || slices.Contains(ofSyntax, local) {
			return nil, x.wrong("<%s> cannot be a thing", written(e.name))
		}
	}
	switch names := given(e.id) + given(e.node) + given(e.about); {
	case names > 1:
		return nil, x.wrong("<%s> has more than one of rdf:ID, rdf:nodeID, rdf:about", written(e.name))
	case e.resource != nil || e.datatype != nil || e.parseType != nil:
		return nil, x.wrong("<%s> is a thing and cannot have rdf:resource, rdf:datatype or rdf:parseType", written(e.name))
	case e.id != nil:
		subject, err = x.fragment(e, *e.id)
	case e.node != nil:
		subject, err = x.blank(*e.node)
	case e.about != nil:
		subject, err = x.reference(e, *e.about)
	default:
		subject = x.blanks.fresh()
	}
	if err == nil && e.iri != graph.RDF+"Description" {
		var class quad.Value
		if class, err = x.reference(e, e.iri); err == nil {
			err = x.say(at, subject, graph.RDF+"type", class)
		}
	}
	if err == nil {
		err = x.attributes(at, e, subject)
	}
	if err == nil {
		err = x.propertiesOf(subject, e)
	}
	return subject, err
}

func given(s *string) int {
	if s == nil {
		return 0
	}
	return 1
}

// attributes says what the attributes of an element say of a thing.
func (x *rdfXML) attributes(at syntax.Place, e *element, subject quad.Value) error {
	for _, a := range e.properties {
		object := e.text(a.value)
		if a.iri == graph.RDF+"type" {
			var err error
			if object, err = x.reference(e, a.value); err != nil {
				return err
			}
		}
		if err := x.say(at, subject, a.iri, object); err != nil {
			return err
		}
	}
	return nil
}

// propertiesOf reads the elements that say something of a thing, to the end of the
// element around them.
func (x *rdfXML) propertiesOf(subject quad.Value, around *element) error {
	items := 0
	for {
		start, err := x.child(around)
		if start == nil || err != nil {
			return err
		}
		e, err := x.element(start, around.scope)
		if err != nil {
			return err
		}
		if local, ok := strings.CutPrefix(e.iri, graph.RDF); ok {
			switch {
			case local == "Description" || slices.Contains(ofSyntax, local):
				return x.wrong("<%s> cannot be a property", written(e.name))
			case local == "li":
				items++
				e.iri = graph.RDF + "_" + strconv.Itoa(items)
			}
		}
		if err := x.property(subject, e); err != nil {
			return err
		}
	}
}

// property reads an element that says something of a thing.
func (x *rdfXML) property(subject quad.Value, e *element) (err error) {
	at := x.at
	if e.about != nil {
		return x.wrong("<%s> is a property and cannot have rdf:about", written(e.name))
	}
	var object quad.Value
	switch {
	case e.parseType != nil && (e.resource != nil || e.node != nil || e.datatype != nil || len(e.properties) > 0):
		return x.wrong("<%s> has rdf:parseType beside what is its value", written(e.name))
	case e.parseType != nil && *e.parseType == "Resource":
		object = x.blanks.fresh()
		if err = x.claim(at, subject, e, object); err == nil {
			err = x.propertiesOf(object, e)
		}
		return err
	case e.parseType != nil && *e.parseType == "Collection":
		return x.collection(at, subject, e)
	case e.parseType != nil:
		text, err := x.literal(e)
		if err != nil {
			return err
		}
		object = quad.TypedString{Value: quad.String(text), Type: rdfXMLLiteral}
	case e.resource != nil || e.node != nil || len(e.properties) > 0:
		switch {
		case e.resource != nil && e.node != nil || e.datatype != nil:
			return x.wrong("<%s> has more than one value", written(e.name))
		case e.resource != nil:
			object, err = x.reference(e, *e.resource)
		case e.node != nil:
			object, err = x.blank(*e.node)
		default:
			object = x.blanks.fresh()
		}
		if err != nil {
			return err
		}
		if err := x.claim(at, subject, e, object); err != nil {
			return err
		}
		if err := x.attributes(at, e, object); err != nil {
			return err
		}
		start, err := x.child(e)
		if start != nil {
			err = x.wrong("<%s> has a value as an attribute, and <%s> within it", written(e.name), written(start.name))
		}
		return err
	default:
		if object, err = x.content(e); err != nil {
			return err
		}
	}
	return x.claim(at, subject, e, object)
}

// claim says a triple, and what rdf:ID says of it.
func (x *rdfXML) claim(at syntax.Place, subject quad.Value, e *element, object quad.Value) error {
	if err := x.say(at, subject, e.iri, object); err != nil || e.id == nil {
		return err
	}
	name, err := x.fragment(e, *e.id)
	if err != nil {
		return err
	}
	for _, t := range []struct {
		word  string
		value quad.Value
	}{{"type", quad.IRI(graph.RDF + "Statement")}, {"subject", subject}, {"predicate", quad.IRI(e.iri)}, {"object", object}} {
		if err := x.say(at, name, graph.RDF+t.word, t.value); err != nil {
			return err
		}
	}
	return nil
}

// content reads what is within a property: a text, or one thing.
func (x *rdfXML) content(e *element) (quad.Value, error) {
	text, more := "", strings.Builder{} // mostly a text is one piece
	var thing quad.Value
	met := false
	for {
		next, err := x.token()
		if err != nil {
			return nil, x.cut(err, e)
		}
		switch next.kind {
		case textToken:
			switch {
			case text == "":
				text = string(next.text)
				continue
			case more.Len() == 0:
				more.WriteString(text)
			case more.Len()+len(next.text) > MaxWord:
				return nil, syntax.NewMistake(syntax.Size, x.at, "a text %v; is something not closed?", errTooLong)
			}
			more.Write(next.text)
		case startToken:
			if met || e.datatype != nil {
				return nil, x.wrong("<%s> has more than one value", written(e.name))
			}
			met = true
			if thing, err = x.node(&next, e.scope); err != nil {
				return nil, err
			}
		case endToken:
			if more.Len() > 0 {
				text = more.String()
			}
			switch {
			case met && strings.TrimSpace(text) != "":
				return nil, x.wrong("<%s> has text beside a thing", written(e.name))
			case met:
				return thing, nil
			case e.datatype != nil:
				datatype, err := x.reference(e, *e.datatype)
				if iri, ok := datatype.(quad.IRI); ok && iri != xsdString {
					return quad.TypedString{Value: quad.String(text), Type: iri}, nil
				}
				return quad.String(text), err
			default:
				return e.text(text), nil
			}
		}
	}
}

// collection reads the things that are the items of a list.
func (x *rdfXML) collection(at syntax.Place, subject quad.Value, e *element) error {
	said := false // the list
	var last quad.Value
	for {
		start, err := x.child(e)
		if err != nil {
			return err
		}
		if start == nil {
			if !said {
				return x.claim(at, subject, e, rdfNil)
			}
			return x.say(at, last, string(rdfRest), rdfNil)
		}
		at := x.at
		item, err := x.node(start, e.scope)
		if err != nil {
			return err
		}
		cell := x.blanks.fresh()
		if said {
			err = x.say(at, last, string(rdfRest), cell)
		} else {
			err = x.claim(at, subject, e, cell)
		}
		if err == nil {
			err = x.say(at, cell, string(rdfFirst), item)
		}
		if err != nil {
			return err
		}
		said, last = true, cell
	}
}
