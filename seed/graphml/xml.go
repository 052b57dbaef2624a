package graphml

import (
	"bufio"
	"encoding/xml"
	"io"
)

// Namespace is that of GraphML.
const Namespace = "http://graphml.graphdrawing.org/xmlns"

// Key declares one thing that is said of nodes or of edges. Type is that of its
// values: string, boolean, int or double.
type Key struct{ Name, Type, Description string }

// Writer writes a directed graph: first all nodes, then all edges. The first
// error is told by Close.
type Writer struct {
	buffer       *bufio.Writer
	xml          *xml.Encoder
	nodes, edges []Key
	open         []xml.StartElement
	err          error
}

// The elements of GraphML.
type (
	keyElement struct {
		XMLName     xml.Name `xml:"key"`
		ID          string   `xml:"id,attr"`
		For         string   `xml:"for,attr"`
		Name        string   `xml:"attr.name,attr"`
		Type        string   `xml:"attr.type,attr"`
		Description string   `xml:"desc,omitempty"`
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
		ID      string        `xml:"id,attr,omitempty"`
		Source  string        `xml:"source,attr"`
		Target  string        `xml:"target,attr"`
		Data    []dataElement `xml:"data"`
	}
	descElement struct {
		XMLName xml.Name `xml:"desc"`
		Text    string   `xml:",chardata"`
	}
)

// NewWriter begins a graph with a description, which says how it is read.
func NewWriter(w io.Writer, description string, nodes, edges []Key) *Writer {
	g := &Writer{buffer: bufio.NewWriterSize(w, 1<<16), nodes: nodes, edges: edges}
	_, _ = g.buffer.WriteString(xml.Header)
	g.xml = xml.NewEncoder(g.buffer)
	g.xml.Indent("", "  ")
	g.begin("graphml", "xmlns", Namespace)
	g.element(descElement{Text: description})
	for _, k := range nodes {
		g.element(keyElement{ID: k.Name, For: "node", Name: k.Name, Type: k.Type, Description: k.Description})
	}
	for _, k := range edges {
		g.element(keyElement{ID: edgeKey(k.Name), For: "edge", Name: k.Name, Type: k.Type, Description: k.Description})
	}
	g.begin("graph", "edgedefault", "directed")
	return g
}

// Node writes a node with its values, by key; what is empty is not said.
func (g *Writer) Node(id string, values ...string) {
	g.element(nodeElement{ID: id, Data: data(g.nodes, values, func(name string) string { return name })})
}

// Edge writes an edge, likewise. The id may be empty.
func (g *Writer) Edge(id, source, target string, values ...string) {
	g.element(edgeElement{ID: id, Source: source, Target: target, Data: data(g.edges, values, edgeKey)})
}

// Close ends the graph.
func (g *Writer) Close() error {
	for i := len(g.open) - 1; i >= 0 && g.err == nil; i-- {
		g.err = g.xml.EncodeToken(g.open[i].End())
	}
	if g.err != nil {
		return g.err
	}
	if err := g.xml.Close(); err != nil {
		return err
	}
	_ = g.buffer.WriteByte('\n')
	return g.buffer.Flush()
}

// edgeKey makes the id of a key of edges; keys share one space of ids.
func edgeKey(name string) string { return "edge." + name }

func data(keys []Key, values []string, id func(string) string) []dataElement {
	all := make([]dataElement, 0, len(values))
	for i, text := range values {
		if text != "" {
			all = append(all, dataElement{id(keys[i].Name), text})
		}
	}
	return all
}

func (g *Writer) begin(name, attribute, value string) {
	e := xml.StartElement{Name: xml.Name{Local: name}, Attr: []xml.Attr{{Name: xml.Name{Local: attribute}, Value: value}}}
	g.open = append(g.open, e)
	if g.err == nil {
		g.err = g.xml.EncodeToken(e)
	}
}

func (g *Writer) element(v any) {
	if g.err == nil {
		g.err = g.xml.Encode(v)
	}
}
