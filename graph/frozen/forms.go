package frozen

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// kind says what a term is.
type kind uint8

const (
	wholeIRI  kind = iota // the text is the IRI
	localIRI              // the text is prefix:local, or a slug under a base
	blankNode             // the text is _:label
	plainText             // a string
	langText              // a string with a language
	typedText             // a string with a datatype
)

// form is what terms of one sort share: a namespace, a language, a datatype. A
// graph has a few dozen.
type form struct {
	Kind kind
	// Tag is the namespace, the language or the datatype.
	Tag string
	// Prefix is what the text of a localIRI begins with, in place of the
	// namespace: empty or "prefix:".
	Prefix string

	datatype graph.ID // of a typedText, as values show it
}

func (f *form) isNode() bool { return f.Kind <= blankNode }

// namespaces splits IRIs as graph.Prefixes.Compact shortens them, without
// making strings.
type namespaces struct {
	forms  []form // the first three are wholeIRI, the base of slugs, that of statements
	spaces []int  // forms of prefixes, those of the longest namespace first
}

const (
	formWhole = iota
	formSlug
	formStatement
	formBlank
	formPlain
	fixedForms
)

func newNamespaces(p graph.Prefixes) namespaces {
	n := namespaces{forms: []form{
		formWhole:     {Kind: wholeIRI},
		formSlug:      {Kind: localIRI, Tag: graph.ConceptBase},
		formStatement: {Kind: localIRI, Tag: graph.StatementBase},
		formBlank:     {Kind: blankNode},
		formPlain:     {Kind: plainText},
	}}
	for _, prefix := range p.InOrder() {
		space, _ := p.Namespace(prefix)
		n.spaces = append(n.spaces, len(n.forms))
		n.forms = append(n.forms, form{Kind: localIRI, Tag: space, Prefix: prefix + ":"})
	}
	n.index()
	return n
}

// index orders the namespaces as Prefixes did when the store was built: those of one
// length stay in the order of their forms.
func (n *namespaces) index() {
	n.spaces = n.spaces[:0]
	for i := fixedForms; i < len(n.forms) && n.forms[i].Kind == localIRI; i++ {
		n.spaces = append(n.spaces, i)
	}
	slices.SortStableFunc(n.spaces, func(a, b int) int { return cmp.Compare(len(n.forms[b].Tag), len(n.forms[a].Tag)) })
}

// setDatatypes shortens the datatypes.
func (n *namespaces) setDatatypes(p graph.Prefixes) {
	for i := range n.forms {
		if f := &n.forms[i]; f.Kind == typedText {
			f.datatype = p.Compact(f.Tag)
		}
	}
}

// split returns the form of an IRI and what follows the namespace.
func (n *namespaces) split(iri string) (form int, local string) {
	if local, ok := strings.CutPrefix(iri, graph.ConceptBase); ok && graph.IsSlug(local) && !graph.IsStatementID(local) {
		return formSlug, local
	}
	if local, ok := strings.CutPrefix(iri, graph.StatementBase); ok && graph.IsStatementID(local) {
		return formStatement, local
	}
	for _, i := range n.spaces {
		// Namespaces of any length begin alike; few end in the same place.
		if at := len(n.forms[i].Tag) - 1; at >= len(iri) || at >= 0 && iri[at] != n.forms[i].Tag[at] {
			continue
		}
		if local, ok := strings.CutPrefix(iri, n.forms[i].Tag); ok && local != "" && !strings.HasPrefix(local, "//") {
			return i, local
		}
	}
	return formWhole, iri
}

// The datatypes of Cayley's own values, in the short form that it uses. A
// literal of such a type is the value itself: both are written the same.
const (
	nativeInt   = "xsd:integer"
	nativeFloat = "xsd:double"
	nativeBool  = "xsd:boolean"
	nativeTime  = "xsd:dateTime"
)

// lexical returns a literal as kind, tag and text.
func lexical(v quad.Value) (k kind, tag, s string, ok bool) {
	switch v := v.(type) {
	case quad.String:
		return plainText, "", string(v), true
	case quad.LangString:
		return langText, v.Lang, string(v.Value), true
	case quad.TypedString:
		return typedText, string(v.Type), string(v.Value), true
	case quad.Time: // its own form has no fractions of a second
		return typedText, nativeTime, time.Time(v).UTC().Format(time.RFC3339Nano), true
	case quad.TypedStringer:
		t := v.TypedString()
		return typedText, string(t.Type), string(t.Value), true
	}
	return 0, "", "", false
}

// value is the inverse of lexical.
func value(f *form, s string) quad.Value {
	switch f.Kind {
	case wholeIRI:
		return quad.IRI(s)
	case localIRI:
		return quad.IRI(f.Tag + s[len(f.Prefix):])
	case blankNode:
		return quad.BNode(s[len("_:"):])
	case langText:
		return quad.LangString{Value: quad.String(s), Lang: f.Tag}
	case typedText:
		if v := native(f.Tag, s); v != nil {
			return v
		}
		return quad.TypedString{Value: quad.String(s), Type: quad.IRI(f.Tag)}
	default:
		return quad.String(s)
	}
}

// native returns the value of Cayley's own that is written like this, if there
// is one.
func native(datatype, s string) quad.Value {
	switch datatype {
	case nativeInt:
		if n, err := strconv.ParseInt(s, 10, 64); err == nil && strconv.FormatInt(n, 10) == s {
			return quad.Int(n)
		}
	case nativeFloat:
		if n, err := strconv.ParseFloat(s, 64); err == nil && strconv.FormatFloat(n, 'E', -1, 64) == s {
			return quad.Float(n)
		}
	case nativeBool:
		if s == "True" || s == "False" {
			return quad.Bool(s == "True")
		}
	case nativeTime:
		if t, err := time.Parse(time.RFC3339Nano, s); err == nil && t.UTC().Format(time.RFC3339Nano) == s {
			return quad.Time(t)
		}
	}
	return nil
}
