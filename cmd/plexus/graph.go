package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/seed/graphml"
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

Nearest first, of equally near the most telling. Under the predicate of a link
stands what each of its statements says of it. A dashed line marks a link that
no statement asserts: possible, suspected, advised, or without a modality. A
dotted one is only inferred. Red marks one that some statement denies, advises
against or warns of, orange one that warns. dot and graphml have a legend.`
}

// picture is a neighbourhood as graph prints it.
type picture struct {
	Nodes    []pictureNode `json:"nodes"`
	Edges    []pictureEdge `json:"edges"`
	Omitted  int           `json:"omitted"`
	LeftOut  int           `json:"leftOut"`
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
	// Marks say what the statements say of the claim, each way of saying it once.
	Marks []string `json:"marks"`
	// Asserted says that at least one statement makes the claim without a hedge.
	Asserted bool `json:"asserted"`
	// Inferred says that a curator makes every statement that holds it.
	Inferred bool `json:"inferred"`
	// Disputed says that at least one statement denies it, advises against it or
	// warns of what it offers.
	Disputed bool `json:"disputed"`
	// Caution says that the predicate warns.
	Caution bool `json:"caution"`
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
	p := &picture{Nodes: make([]pictureNode, len(found.Nodes)), Edges: make([]pictureEdge, len(found.Edges)), Omitted: found.Omitted, LeftOut: found.LeftOut, Complete: found.Complete}
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
	var statements graph.Lists[graph.Ref]
	statements.Reset()
	for _, e := range found.Edges {
		statements.Items = append(statements.Items, e.Statements...)
		statements.Close()
	}
	supports, err := walk.Supports(ctx, r, statements, nil)
	if err != nil {
		return nil, err
	}
	for i, e := range found.Edges {
		predicate := &r.Summary().Predicates[e.Predicate]
		p.Edges[i] = pictureEdge{
			Subject: id[e.Subject], Predicate: predicate.ID, Name: predicate.Name, Object: id[e.Object],
			Caution: predicate.Caution, Disputed: supports[i].Denying+supports[i].Discouraging > 0,
		}
		if err := p.Edges[i].describe(ctx, r, &predicate.Predicate, e.Statements); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// describe tells what the statements of an edge say.
func (e *pictureEdge) describe(ctx context.Context, r graph.Reader, p *graph.Predicate, refs []graph.Ref) error {
	fields := graph.StatementID | graph.StatementProperties
	for _, q := range graph.AllQualifiers() {
		fields |= graph.Columns(q)
	}
	var b graph.StatementBatch
	var sources graph.SourceBatch
	if err := r.Statements(ctx, refs, fields, &b); err != nil {
		return err
	}
	if err := r.Sources(ctx, b.Qualifiers[graph.QualifierSource].Refs, 0, &sources); err != nil {
		return err
	}
	var stages graph.ConceptBatch
	if err := r.Concepts(ctx, b.Qualifiers[graph.QualifierStage].Refs, graph.ConceptName, &stages); err != nil {
		return err
	}
	e.Statements, e.Inferred = append([]string{}, b.ID...), true
	for i := range refs {
		var s graph.Statement
		b.SetQualifiers(&s, i, func(graph.Ref) graph.ID { return "" })
		s.Stage = graph.ID(stages.Name[i]) // what a drawing shows of it
		s.Properties = b.Properties.At(i)
		supports := graph.StanceOf(p, s.Modality, s.Negated) == graph.Supports
		e.Asserted = e.Asserted || supports && s.Modality == graph.Asserted
		e.Inferred = e.Inferred && (!supports || sources.Kind[i] == graph.CuratorSource)
		marks := strings.Join(s.Marks(sources.Kind[i], r.Summary().Prefixes, func(name graph.ID) string { return string(name) }), "; ")
		if !slices.Contains(e.Marks, marks) {
			e.Marks = append(e.Marks, marks)
		}
	}
	return nil
}

// mostMarks is how many ways of saying a claim stand beside an edge, the least firm
// first, and of equally firm ones those with the most limits; all are in its tooltip. lineLength is how many bytes a line of them has, if no word is
// longer.
const (
	mostMarks  = 3
	lineLength = 40
)

// weakness orders marks by how firmly the claim is held, the least firm first.
func weakness(marks string) int {
	return slices.IndexFunc([]string{"denied", "discouraged", "possible", "suspected", "no modality stated", "recommended", ""}, func(begin string) bool {
		return strings.HasPrefix(marks, begin)
	})
}

// label is what a drawing shows beside an edge, in lines.
func (e *pictureEdge) label() []string {
	lines, all := []string{e.Name}, e.Marks
	if len(all) > mostMarks {
		all = slices.Clone(all)
		limits := func(marks string) int { return strings.Count(marks, "; ") }
		slices.SortStableFunc(all, func(a, b string) int { return cmp.Or(weakness(a)-weakness(b), limits(b)-limits(a)) })
	}
	for i, marks := range all {
		if i == mostMarks {
			lines = append(lines, fmt.Sprintf("and %d more", len(e.Marks)-i))
			break
		}
		line := ""
		for word := range strings.FieldsSeq(marks) {
			if line != "" && len(line)+len(word) >= lineLength {
				lines, line = append(lines, line), ""
			}
			line = strings.TrimLeft(line+" "+word, " ")
		}
		lines = append(lines, line)
	}
	if e.Disputed {
		lines = append(lines, "(disputed)")
	}
	return lines
}

// style is how an edge is drawn, as attributes of DOT.
func (e *pictureEdge) style() string {
	style := ""
	switch {
	case e.Inferred:
		style = ", style=dotted"
	case !e.Asserted:
		style = ", style=dashed"
	}
	switch {
	case e.Disputed:
		style += ", color=red"
	case e.Caution:
		style += ", color=orange3"
	}
	return style
}

// legend has an edge of every sort.
var legend = [...]struct {
	edge pictureEdge
	is   string
}{
	{pictureEdge{Asserted: true}, "asserted by a source"},
	{pictureEdge{}, "possible, suspected,\nadvised, or no modality"},
	{pictureEdge{Inferred: true}, "only inferred\nby a curator"},
	{pictureEdge{Asserted: true, Disputed: true}, "disputed: denied or\nadvised against by some"},
	{pictureEdge{Asserted: true, Caution: true}, "a warning"},
}

// leftOut says how many links are not drawn, and why; nothing, if all are.
func (p *picture) leftOut() string {
	switch p.LeftOut {
	case 0:
		return ""
	case 1:
		return "1 link is not drawn: it is denied or advised against, and nobody holds it."
	default:
		return fmt.Sprintf("%d links are not drawn: they are denied or advised against, and nobody holds them.", p.LeftOut)
	}
}

// printDOT writes the language of Graphviz
// (https://graphviz.org/doc/info/lang.html).
func printDOT(out io.Writer, p *picture) error {
	fmt.Fprintf(out, "digraph plexus {\n  node [shape=box, style=rounded];\n  edge [fontsize=10];\n")
	if left := p.leftOut(); left != "" {
		fmt.Fprintf(out, "  label=%s; fontsize=10;\n", quoteDOT(left))
	}
	for _, n := range p.Nodes {
		label := []string{n.Name}
		if n.Deprecated {
			label = append(label, "(deprecated)")
		}
		fmt.Fprintf(out, "  %s [label=%s, tooltip=%s];\n", quoteDOT(n.ID), quoteDOT(label...), quoteDOT(n.Kind))
	}
	for i := range p.Edges {
		e := &p.Edges[i]
		fmt.Fprintf(out, "  %s -> %s [label=%s, tooltip=%s%s];\n", quoteDOT(e.Subject), quoteDOT(e.Object),
			quoteDOT(e.label()...), quoteDOT(append([]string{e.Name}, e.Marks...)...), e.style())
	}
	fmt.Fprintf(out, "  subgraph cluster_legend {\n    label=\"Legend\"; fontsize=10; node [shape=point, width=0.05, label=\"\"];\n")
	for i, l := range legend { // no id has a space
		fmt.Fprintf(out, "    \"legend %d\" -> \"legend %d end\" [label=%s%s];\n", i, i, quoteDOT(strings.Split(l.is, "\n")...), l.edge.style())
	}
	_, err := fmt.Fprint(out, "  }\n}\n")
	return err
}

// quoteDOT writes lines as a quoted string of DOT, in which a backslash before
// anything but a quote begins an escape of Graphviz.
func quoteDOT(lines ...string) string {
	quoted := make([]string, len(lines))
	for i, line := range lines {
		quoted[i] = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(line)
	}
	return `"` + strings.Join(quoted, `\n`) + `"`
}

// printGraphML writes GraphML, an edge for each link.
func printGraphML(out io.Writer, p *picture) error {
	g := graphml.NewWriter(out, strings.TrimLeft(p.leftOut()+" ", " ")+"An edge is a link with all its statements. Its label has the predicate and what each statement says of it: "+
		"whether it is denied, how the source commits itself, the stage and all else that limits it, and whether a curator inferred it.",
		[]graphml.Key{
			{Name: "name", Type: "string", Description: "The name."},
			{Name: "kind", Type: "string", Description: "What it is: Condition, Symptom, …"},
			{Name: "distance", Type: "int", Description: "How many links away it is from the concept asked about."},
		}, []graphml.Key{
			{Name: "label", Type: "string", Description: "The predicate, and what each statement says of the claim."},
			{Name: "predicate", Type: "string", Description: "The relation."},
			{Name: "asserted", Type: "boolean", Description: "True where some source makes the claim without a hedge."},
			{Name: "inferred", Type: "boolean", Description: "True where only curators hold it, who derived it from what sources say."},
			{Name: "disputed", Type: "boolean", Description: "True where some statement denies it, advises against it or warns of what it offers."},
			{Name: "caution", Type: "boolean", Description: "True where the relation warns."},
		})
	for _, n := range p.Nodes {
		g.Node(n.ID, n.Name, n.Kind, strconv.Itoa(n.Distance))
	}
	for i := range p.Edges {
		e := &p.Edges[i]
		label := e.Name + " (" + strings.Join(e.Marks, " / ") + ")"
		g.Edge("", e.Subject, e.Object, label, string(e.Predicate), strconv.FormatBool(e.Asserted), strconv.FormatBool(e.Inferred),
			strconv.FormatBool(e.Disputed), strconv.FormatBool(e.Caution))
	}
	return g.Close()
}
