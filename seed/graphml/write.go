package graphml

import (
	"bufio"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// Namespace is that of GraphML.
const Namespace = "http://graphml.graphdrawing.org/xmlns"

// valueSuffix makes the id of the node of a text of the id of its statement.
const valueSuffix = ".value"

// valueKind is what stands where a concept has its kind.
const valueKind = "Value"

// key declares one thing that is said of nodes or of edges, and says it.
type key[T any] struct {
	name, kind string // as attr.name and attr.type
	of         func(*T) string
}

// nodeKeys are what is said of concepts. Programs show the key "label".
var nodeKeys = [...]key[graph.Concept]{
	{"label", "string", (*graph.Concept).Name},
	{"kind", "string", func(c *graph.Concept) string { return c.Kind().String() }},
	{"types", "string", func(c *graph.Concept) string { return joined(c.Types, func(t graph.ID) string { return string(t) }) }},
	{"description", "string", func(c *graph.Concept) string {
		if len(c.Descriptions) == 0 {
			return ""
		}
		return c.Descriptions[0].Text
	}},
	{"synonyms", "string", func(c *graph.Concept) string {
		return joined(c.Synonyms, func(s graph.Synonym) string { return s.Text })
	}},
	{"codes", "string", func(c *graph.Concept) string {
		return joined(c.Codes, func(c graph.Code) string { return string(c.Code) })
	}},
}

// edgeKeys are what is said of statements.
var edgeKeys = func() []key[graph.Statement] {
	keys := []key[graph.Statement]{
		{"predicate", "string", func(s *graph.Statement) string { return string(s.Predicate) }},
		{"language", "string", func(s *graph.Statement) string { return s.Value.Language }},
	}
	for _, q := range graph.AllQualifiers() {
		if q.Info().Derived || q.Info().NoDefault && q != graph.QualifierKey {
			continue // what becomes of statements: those that are drawn count
		}
		k := key[graph.Statement]{q.String(), "string", func(s *graph.Statement) string { return s.Qualifier(q) }}
		switch q.Info().Type {
		case graph.NumberQualifier:
			k.kind = "double"
		case graph.FlagQualifier:
			k.kind, k.of = "boolean", func(s *graph.Statement) string { return strconv.FormatBool(*s.Flag(q)) }
		}
		keys = append(keys, k)
	}
	return keys
}()

// joined writes a list as one text, each entry once.
func joined[T any](list []T, text func(T) string) string {
	var texts []string
	for _, entry := range list {
		if t := text(entry); !slices.Contains(texts, t) {
			texts = append(texts, t)
		}
	}
	return strings.Join(texts, " | ")
}

// The elements of GraphML.
type (
	keyElement struct {
		XMLName xml.Name `xml:"key"`
		ID      string   `xml:"id,attr"`
		For     string   `xml:"for,attr"`
		Name    string   `xml:"attr.name,attr"`
		Type    string   `xml:"attr.type,attr"`
	}
	dataElement struct {
		Key  string `xml:"key,attr"`
		Text string `xml:",chardata"`
	}
	nodeElement struct {
		XMLName xml.Name      `xml:"node"`
		ID      string        `xml:"id,attr"`
		Data    []dataElement `xml:"data"`
	}
	edgeElement struct {
		XMLName xml.Name      `xml:"edge"`
		ID      string        `xml:"id,attr"`
		Source  string        `xml:"source,attr"`
		Target  string        `xml:"target,attr"`
		Data    []dataElement `xml:"data"`
	}
)

// Write writes a normalized data set, concepts and statements in its order.
func Write(w io.Writer, d *graph.Dataset) error {
	b := bufio.NewWriterSize(w, 1<<16)
	_, _ = b.WriteString(xml.Header)
	e := &encoder{xml.NewEncoder(b), nil}
	e.Indent("", "  ")
	root := xml.StartElement{Name: xml.Name{Local: "graphml"}, Attr: []xml.Attr{attribute("xmlns", Namespace)}}
	e.token(root)
	for _, k := range nodeKeys {
		e.element(keyElement{ID: k.name, For: "node", Name: k.name, Type: k.kind})
	}
	for _, k := range edgeKeys {
		e.element(keyElement{ID: edgeKey(k.name), For: "edge", Name: k.name, Type: k.kind})
	}
	graphElement := xml.StartElement{Name: xml.Name{Local: "graph"}, Attr: []xml.Attr{attribute("edgedefault", "directed")}}
	e.token(graphElement)
	for i := range d.Concepts {
		c := &d.Concepts[i]
		e.element(nodeElement{ID: string(c.ID), Data: data(nodeKeys[:], c, func(name string) string { return name })})
	}
	for i := range d.Statements {
		if s := &d.Statements[i]; s.Object == "" && isDrawn(s) {
			e.element(nodeElement{ID: string(s.ID) + valueSuffix, Data: []dataElement{{"label", s.Value.Text}, {"kind", valueKind}}})
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		if !isDrawn(s) {
			continue
		}
		target := string(s.Object)
		if target == "" {
			target = string(s.ID) + valueSuffix
		}
		e.element(edgeElement{ID: string(s.ID), Source: string(s.Subject), Target: target, Data: data(edgeKeys, s, edgeKey)})
	}
	e.token(graphElement.End())
	e.token(root.End())
	if e.err != nil {
		return e.err
	}
	if err := e.Close(); err != nil {
		return err
	}
	_ = b.WriteByte('\n')
	return b.Flush()
}

// isDrawn reports whether a statement counts: a picture shows nothing else.
func isDrawn(s *graph.Statement) bool { return s.Withdrawn == graph.NotWithdrawn }

// edgeKey makes the id of a key of edges; keys share one space of ids.
func edgeKey(name string) string { return "edge." + name }

func attribute(name, value string) xml.Attr {
	return xml.Attr{Name: xml.Name{Local: name}, Value: value}
}

// data returns what the keys say of a thing.
func data[T any](keys []key[T], thing *T, id func(string) string) []dataElement {
	all := make([]dataElement, 0, len(keys))
	for _, k := range keys {
		if text := k.of(thing); text != "" {
			all = append(all, dataElement{id(k.name), text})
		}
	}
	return all
}

// encoder encodes until the first error.
type encoder struct {
	*xml.Encoder
	err error
}

func (e *encoder) token(t xml.Token) {
	if e.err == nil {
		e.err = e.EncodeToken(t)
	}
}

func (e *encoder) element(v any) {
	if e.err == nil {
		e.err = e.Encode(v)
	}
}
