package quads

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
)

// Node returns the IRI or, for a name that begins with "_:", the blank node.
func Node(name string) quad.Value {
	if label, ok := strings.CutPrefix(name, "_:"); ok {
		return quad.BNode(label)
	}
	return quad.IRI(name)
}

// Name is the inverse of [Node]; a literal has no name.
func Name(v quad.Value) (string, bool) {
	switch v := v.(type) {
	case quad.IRI:
		return string(v), v != ""
	case quad.BNode:
		return "_:" + string(v), v != ""
	}
	return "", false
}

// isName reports whether a text can be the name of a node.
func isName(text string) bool {
	if label, ok := strings.CutPrefix(text, "_:"); ok {
		return label != "" && !strings.ContainsFunc(label, func(r rune) bool {
			return (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '_' && r != '-'
		})
	}
	return strings.Contains(text, ":") && !strings.ContainsFunc(text, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("<>\"{}|^`\\\uFFFD", r)
	})
}

// Lexical returns the literal in its lexical form. Cayley's parser and some of
// its stores turn literals of the commonest types into values of their own.
func Lexical(v quad.Value) quad.Value {
	switch v := v.(type) {
	case quad.Bool: // its own form is "True", which is not XML Schema's
		if v {
			return yes()
		}
		return quad.TypedString{Value: "false", Type: xsdBoolean}
	case quad.TypedStringer:
		return v.TypedString()
	}
	return v
}

// Value returns a term as the value of a property or statement.
func (t *Things) Value(v quad.Value) graph.Value {
	switch v := Lexical(v).(type) {
	case quad.String:
		return graph.Value{Text: string(v)}
	case quad.LangString:
		return graph.Value{Text: string(v.Value), Language: v.Lang}
	case quad.TypedString:
		if v.Type == xsdAnyURI {
			return graph.Value{Text: string(v.Value), Datatype: graph.AnyURI}
		}
		return graph.Value{Text: string(v.Value), Datatype: t.Prefixes.Compact(string(v.Type))}
	default:
		name, _ := Name(v)
		return graph.Value{Text: name, Datatype: graph.AnyURI}
	}
}

// term is the inverse of Value. An IRI is written as a node only if asNode
// says that it is read back as a value there, else as a literal.
func term(v graph.Value, p graph.Prefixes, asNode bool) quad.Value {
	switch {
	case v.Language != "":
		return quad.LangString{Value: quad.String(v.Text), Lang: v.Language}
	case v.Datatype == graph.AnyURI && asNode && isName(v.Text):
		return Node(v.Text)
	case v.Datatype == graph.AnyURI:
		return quad.TypedString{Value: quad.String(v.Text), Type: xsdAnyURI}
	case v.Datatype != "":
		return quad.TypedString{Value: quad.String(v.Text), Type: quad.IRI(p.Expand(v.Datatype))}
	default:
		return quad.String(v.Text)
	}
}

// isNumber reports whether a datatype is one of the numbers that Turtle and
// JSON-LD write without quotation marks; all of them can give a share.
func isNumber(datatype quad.IRI) bool {
	return datatype == xsdDouble || datatype == xsdDecimal || datatype == xsdInteger
}

// text returns a literal without language or type; other terms are none.
func text(v quad.Value) (string, bool) {
	s, ok := v.(quad.String)
	return string(s), ok
}

// languageText returns a literal that is plain or tagged with a language.
func languageText(v quad.Value) (graph.Text, bool) {
	switch v := v.(type) {
	case quad.String:
		return graph.Text{Text: string(v)}, true
	case quad.LangString:
		return graph.Text{Text: string(v.Value), Language: v.Lang}, true
	}
	return graph.Text{}, false
}

// sortTerms sorts the quads of one description by subject, predicate and
// object and drops repetitions, labels aside: what is read from them then
// depends on the set alone, not on the order of a file.
func sortTerms(about []quad.Quad) []quad.Quad {
	slices.SortFunc(about, compareQuads)
	return slices.CompactFunc(about, func(a, b quad.Quad) bool {
		return a.Subject == b.Subject && a.Predicate == b.Predicate && a.Object == b.Object
	})
}

// compareQuads compares one term after the other, and no more of them than it
// takes: a third of the time of cmp.Or, which compares all.
func compareQuads(a, b quad.Quad) int {
	if a.Subject != b.Subject {
		if c := compareTerms(a.Subject, b.Subject); c != 0 {
			return c
		}
	}
	if a.Predicate != b.Predicate {
		if c := compareTerms(a.Predicate, b.Predicate); c != 0 {
			return c
		}
	}
	return compareTerms(a.Object, b.Object)
}

func compareTerms(a, b quad.Value) int {
	if x, ok := a.(quad.IRI); ok {
		if y, ok := b.(quad.IRI); ok {
			return cmp.Compare(x, y)
		}
	}
	x, xMore, xKind := split(a)
	y, yMore, yKind := split(b)
	return cmp.Or(cmp.Compare(x, y), cmp.Compare(xKind, yKind), cmp.Compare(xMore, yMore))
}

func split(v quad.Value) (text, more string, kind int) {
	switch v := v.(type) {
	case quad.IRI:
		return string(v), "", 0
	case quad.BNode:
		return string(v), "", 1
	case quad.String:
		return string(v), "", 2
	case quad.LangString:
		return string(v.Value), v.Lang, 3
	case quad.TypedString:
		return string(v.Value), string(v.Type), 4
	case nil:
		return "", "", -1
	}
	return v.String(), "", 5
}
