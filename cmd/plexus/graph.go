package main

import (
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers"
)

type graphVerb struct {
	dataFlag
	ID         string   `arg:"" name:"id" help:"The concept in the middle: an id, IRI or code."`
	Depth      int      `default:"1" placeholder:"N" help:"How many links away, 1 to 6 (default ${default})."`
	First      int      `default:"50" placeholder:"N" help:"How many concepts at the most, the one in the middle included (default ${default})."`
	Predicates []string `name:"predicate" sep:"none" placeholder:"NAME" help:"Only over this predicate. Can be repeated."`
	Format     string   `enum:"dot,graphml,json" default:"dot" help:"dot (Graphviz), graphml or json (default ${default})."`
}

// Help shows examples.
func (graphVerb) Help() string {
	return `Examples:

  plexus graph facial-twitching --depth 2 | dot -Tsvg > picture.svg
  plexus graph bells-palsy --format graphml > bells-palsy.graphml

Nearest first, of equally near the most telling. A dashed line marks a link that
no statement asserts: possible, suspected, advised, or without a modality. Red
marks one that some statement denies.`
}

// picture is a neighbourhood as graph prints it.
type picture struct {
	Nodes    []pictureNode `json:"nodes"`
	Edges    []pictureEdge `json:"edges"`
	Omitted  int           `json:"omitted"`
	Complete bool          `json:"complete"`
}

type pictureNode struct {
	conceptName
	Distance int     `json:"distance"`
	Score    float64 `json:"score"`
}

type pictureEdge struct {
	Subject    string   `json:"subject"`
	Predicate  graph.ID `json:"predicate"`
	Name       string   `json:"name"`
	Object     string   `json:"object"`
	Statements []string `json:"statements"`
	// Asserted says that at least one statement makes the claim without a hedge.
	Asserted bool `json:"asserted"`
	// Disputed says that at least one statement denies it.
	Disputed bool `json:"disputed"`
}

// Run draws.
func (v graphVerb) Run(ctx context.Context, t *terminal) error {
	if v.Depth < 1 || v.First < 1 {
		return &usageError{"--depth and --first begin at 1"}
	}
	return v.loaded(ctx, t, func(r resolvers.Release, out io.Writer) error {
		middle, err := concepts(ctx, r.Reader, v.ID)
		if err != nil {
			return err
		}
		over, err := predicates(r.Reader, v.Predicates)
		if err != nil {
			return err
		}
		found, err := walk.Neighbourhood(ctx, r.Reader, walk.NeighbourhoodQuery{Concept: middle[0], Depth: v.Depth, First: v.First, Predicates: over})
		if err != nil {
			return err
		}
		p, err := describePicture(ctx, r.Reader, found)
		if err != nil {
			return err
		}
		switch v.Format {
		case "json":
			return printJSON(out, p)
		case "graphml":
			return printGraphML(out, p)
		default:
			return printDOT(out, p)
		}
	})
}

func describePicture(ctx context.Context, r graph.Reader, found *walk.Picture) (*picture, error) {
	p := &picture{Nodes: make([]pictureNode, len(found.Nodes)), Edges: make([]pictureEdge, len(found.Edges)), Omitted: found.Omitted, Complete: found.Complete}
	refs := make([]graph.Ref, len(found.Nodes))
	for i := range found.Nodes {
		refs[i] = found.Nodes[i].Concept
	}
	named, err := names(ctx, r, refs)
	if err != nil {
		return nil, err
	}
	id := map[graph.Ref]string{}
	for i, n := range found.Nodes {
		p.Nodes[i] = pictureNode{named[i], n.Distance, n.Score}
		id[n.Concept] = named[i].ID
	}
	var statements graph.StatementBatch
	for i, e := range found.Edges {
		if err := r.Statements(ctx, e.Statements, graph.StatementID|graph.Columns(graph.QualifierModality, graph.QualifierNegated), &statements); err != nil {
			return nil, err
		}
		predicate := r.Summary().Predicates[e.Predicate]
		p.Edges[i] = pictureEdge{
			Subject: id[e.Subject], Predicate: predicate.ID, Name: predicate.Name, Object: id[e.Object],
			Statements: append([]string{}, statements.ID...),
		}
		for j := range statements.ID {
			p.Edges[i].Asserted = p.Edges[i].Asserted || statements.Modality(j) == graph.Asserted && !statements.Negated(j)
			p.Edges[i].Disputed = p.Edges[i].Disputed || statements.Negated(j)
		}
	}
	return p, nil
}

// printDOT writes the language of Graphviz
// (https://graphviz.org/doc/info/lang.html).
func printDOT(out io.Writer, p *picture) error {
	w := &errWriter{w: out}
	w.printf("digraph plexus {\n  node [shape=box, style=rounded];\n")
	for _, n := range p.Nodes {
		w.printf("  %s [label=%s, tooltip=%s];\n", quoteDOT(n.ID), quoteDOT(n.Name), quoteDOT(n.Kind))
	}
	for _, e := range p.Edges {
		name, style := e.Name, ""
		if !e.Asserted {
			style = ", style=dashed"
		}
		if e.Disputed {
			name, style = name+" (disputed)", style+", color=red"
		}
		w.printf("  %s -> %s [label=%s%s];\n", quoteDOT(e.Subject), quoteDOT(e.Object), quoteDOT(name), style)
	}
	w.printf("}\n")
	return w.err
}

// quoteDOT writes a quoted string of DOT, in which a backslash before anything
// but a quote begins an escape of Graphviz.
func quoteDOT(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}

// errWriter prints until the first error.
type errWriter struct {
	w   io.Writer
	err error
}

func (w *errWriter) printf(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.w, format, args...)
	}
}

// printGraphML writes GraphML (http://graphml.graphdrawing.org/specification.html).
func printGraphML(out io.Writer, p *picture) error {
	type data struct {
		Key   string `xml:"key,attr"`
		Value string `xml:",chardata"`
	}
	type key struct {
		ID   string `xml:"id,attr"`
		For  string `xml:"for,attr"`
		Name string `xml:"attr.name,attr"`
		Type string `xml:"attr.type,attr"`
	}
	type node struct {
		ID   string `xml:"id,attr"`
		Data []data `xml:"data"`
	}
	type edge struct {
		Source string `xml:"source,attr"`
		Target string `xml:"target,attr"`
		Data   []data `xml:"data"`
	}
	type graphElement struct {
		Default string `xml:"edgedefault,attr"`
		Nodes   []node `xml:"node"`
		Edges   []edge `xml:"edge"`
	}
	document := struct {
		XMLName xml.Name     `xml:"http://graphml.graphdrawing.org/xmlns graphml"`
		Keys    []key        `xml:"key"`
		Graph   graphElement `xml:"graph"`
	}{
		Keys: []key{
			{"name", "node", "name", "string"},
			{"kind", "node", "kind", "string"},
			{"distance", "node", "distance", "int"},
			{"predicate", "edge", "predicate", "string"},
			{"asserted", "edge", "asserted", "boolean"},
			{"disputed", "edge", "disputed", "boolean"},
		},
		Graph: graphElement{Default: "directed"},
	}
	for _, n := range p.Nodes {
		document.Graph.Nodes = append(document.Graph.Nodes, node{n.ID, []data{{"name", n.Name}, {"kind", n.Kind}, {"distance", strconv.Itoa(n.Distance)}}})
	}
	for _, e := range p.Edges {
		document.Graph.Edges = append(document.Graph.Edges, edge{e.Subject, e.Object, []data{{"predicate", string(e.Predicate)}, {"asserted", strconv.FormatBool(e.Asserted)}, {"disputed", strconv.FormatBool(e.Disputed)}}})
	}
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(out)
	encoder.Indent("", "  ")
	if err := encoder.Encode(document); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n")
	return err
}
