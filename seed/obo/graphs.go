package obo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/seed/syntax"
)

// node is a term or relation of a graph.
type node struct {
	ID           string `json:"id"`
	Label        string `json:"lbl"`
	Type         string `json:"type"`
	PropertyType string `json:"propertyType"`
	Meta         *meta  `json:"meta"`
}

// meta is what is said of a node, an edge, a definition or a graph.
type meta struct {
	Version    string   `json:"version"`
	Definition *text    `json:"definition"`
	Comments   []string `json:"comments"`
	Subsets    []string `json:"subsets"`
	Synonyms   []text   `json:"synonyms"`
	Xrefs      []text   `json:"xrefs"`
	Values     []text   `json:"basicPropertyValues"`
	Deprecated bool     `json:"deprecated"`
}

// text is a value, and what is said of it. The cross-references of definitions and
// synonyms are texts, those of nodes have values.
type text struct {
	Predicate   string   `json:"pred"`
	Value       string   `json:"val"`
	Label       string   `json:"lbl"`
	SynonymType string   `json:"synonymType"`
	Xrefs       []string `json:"xrefs"`
	Meta        *meta    `json:"meta"`
}

type edge struct {
	Subject   string `json:"sub"`
	Predicate string `json:"pred"`
	Object    string `json:"obj"`
	Meta      *meta  `json:"meta"`
}

// sameNodes are classes that have the same members.
type sameNodes struct {
	IDs []string `json:"nodeIds"`
}

// logicalDefinition is a class that is defined as an intersection.
type logicalDefinition struct {
	Class        string   `json:"definedClassId"`
	Genera       []string `json:"genusIds"`
	Restrictions []struct {
		Property string `json:"propertyId"`
		Filler   string `json:"fillerId"`
	} `json:"restrictions"`
}

type domainRange struct {
	Property string   `json:"predicateId"`
	Domains  []string `json:"domainClassIds"`
	Ranges   []string `json:"rangeClassIds"`
}

// graphs reads a document of OBO Graphs, a node or edge at a time.
type graphs struct {
	writer
	ctx         context.Context
	from        *syntax.JSON
	mistakes    syntax.Mistakes
	individuals map[string]bool
	later       []laterEdge // of the graph, where edges stand before nodes
}

type laterEdge struct {
	*edge

	at syntax.Place
}

// ScanGraphs reads OBO Graphs in JSON as [syntax.Quads] says.
func ScanGraphs(ctx context.Context, r io.Reader, yield func(syntax.Place, quad.Quad) error) error {
	g := &graphs{writer: writer{yield: yield}, ctx: ctx, from: syntax.NewJSON(r), individuals: map[string]bool{}}
	err := g.document()
	var m *syntax.Mistake
	switch {
	case g.err != nil:
		return g.err
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &m):
		g.mistakes = append(g.mistakes, m)
	case err != nil:
		return err
	}
	if len(g.mistakes) > 0 {
		return g.mistakes
	}
	return nil
}

// document reads the object with the list graphs.
func (g *graphs) document() error {
	found := false
	err := g.object("", func(key, pointer string) error {
		if key != "graphs" {
			return g.skip(pointer)
		}
		found = true
		return g.list(pointer, g.graph)
	})
	if err == nil && !found {
		err = syntax.NewMistake(syntax.Malformed, syntax.Place{Line: 1}, "no OBO Graphs: there is no list graphs")
	}
	return err
}

// graph reads one graph.
func (g *graphs) graph(pointer string) error {
	id, known := "", false
	var about *meta
	err := g.object(pointer, func(key, pointer string) error {
		switch key {
		case "id":
			return g.decode(pointer, &id)
		case "meta":
			return g.decode(pointer, &about)
		case "nodes":
			known = true
			return each(g, pointer, g.node)
		case "edges":
			return each(g, pointer, func(e *edge) {
				if known || named[e.Predicate] != "" {
					g.edge(e)
				} else {
					g.later = append(g.later, laterEdge{e, g.at})
				}
			})
		case "equivalentNodesSets":
			return each(g, pointer, g.same)
		case "logicalDefinitionAxioms":
			return each(g, pointer, g.definition)
		case "domainRangeAxioms":
			return each(g, pointer, g.domainRange)
		default: // chains of properties, and restrictions that are no links
			return g.skip(pointer)
		}
	})
	for _, e := range g.later {
		g.at = e.at
		g.edge(e.edge)
	}
	g.later = nil
	if err != nil || id == "" {
		return err
	}
	g.at = syntax.Place{Pointer: pointer}
	ontology := g.iri(id)
	g.say(ontology, rdfType, owlOntology)
	if about != nil {
		if about.Version != "" {
			g.say(ontology, owlBase+"versionIRI", g.iri(about.Version))
		}
		g.about(ontology, about)
	}
	return nil
}

// wrong is a mistake of the JSON.
func (g *graphs) wrong(pointer string, err error) error {
	var misfit *json.UnmarshalTypeError
	var bad *json.SyntaxError
	at := syntax.Place{Pointer: pointer}
	if pointer == "" {
		at = syntax.Place{Line: 1}
	}
	switch {
	case errors.As(err, &misfit):
		return misplaced(at, misfit)
	case errors.As(err, &bad):
		return syntax.NewMistake(syntax.Malformed, at, "no JSON: %s", strings.TrimPrefix(bad.Error(), "json: "))
	case errors.Is(err, syntax.ErrLargeJSON):
		return syntax.NewMistake(syntax.Size, at, "%v", err)
	case syntax.CutOff(err):
		return syntax.NewMistake(syntax.Malformed, at, "the file ends too soon: it is cut off")
	default:
		return err
	}
}

// misplaced is the mistake of a value of another type than can stand there.
func misplaced(at syntax.Place, err *json.UnmarshalTypeError) *syntax.Mistake {
	return syntax.NewMistake(syntax.Malformed, at, "%s", strings.TrimPrefix(err.Field+": a "+err.Value+" cannot stand here", ": "))
}

// skip reads on behind what is not read.
func (g *graphs) skip(pointer string) error {
	if err := g.from.Skip(); err != nil {
		return g.wrong(pointer, err)
	}
	return nil
}

func (g *graphs) decode(pointer string, to any) error {
	if err := g.from.Decode(to); err != nil {
		return g.wrong(pointer, err)
	}
	return nil
}

// open goes into an object or list.
func (g *graphs) open(pointer string, wanted json.Delim) error {
	token, err := g.from.Token()
	if err == nil && token != wanted {
		err = syntax.NewMistake(syntax.Malformed, syntax.Place{Pointer: pointer}, "%s was expected", map[json.Delim]string{'{': "an object", '[': "a list"}[wanted])
	}
	if err != nil {
		return g.wrong(pointer, err)
	}
	return nil
}

// object reads an object, key by key.
func (g *graphs) object(pointer string, value func(key, pointer string) error) error {
	if err := g.open(pointer, '{'); err != nil {
		return err
	}
	for g.from.More() {
		token, err := g.from.Token()
		if err != nil {
			return g.wrong(pointer, err)
		}
		key, _ := token.(string)
		if err := value(key, pointer+"/"+key); err != nil {
			return err
		}
	}
	if _, err := g.from.Token(); err != nil {
		return g.wrong(pointer, err)
	}
	return nil
}

// list reads a list, item by item.
func (g *graphs) list(pointer string, item func(pointer string) error) error {
	if err := g.open(pointer, '['); err != nil {
		return err
	}
	for i := 0; g.from.More(); i++ {
		if err := g.ctx.Err(); err != nil {
			return err
		}
		if err := item(fmt.Sprintf("%s/%d", pointer, i)); err != nil {
			return err
		}
		if g.err != nil {
			return g.err
		}
	}
	if _, err := g.from.Token(); err != nil {
		return g.wrong(pointer, err)
	}
	return nil
}

// each reads a list of things of one sort.
func each[T any](g *graphs, pointer string, say func(*T)) error {
	return g.list(pointer, func(pointer string) error {
		var item T
		g.at = syntax.Place{Pointer: pointer}
		err := g.from.Decode(&item)
		var misfit *json.UnmarshalTypeError
		switch {
		case err == nil:
			say(&item)
		case errors.As(err, &misfit): // the decoder stands behind the item
			g.mistakes = append(g.mistakes, misplaced(g.at, misfit))
		default:
			return g.wrong(pointer, err)
		}
		if len(g.mistakes) >= syntax.MaxMistakes {
			return g.mistakes
		}
		return nil
	})
}

// iri checks an IRI; nil is one that cannot be, which is told.
func (g *graphs) iri(iri string) quad.Value {
	if strings.HasPrefix(iri, "_:") && len(iri) > 2 {
		return quad.BNode("x" + iri[2:])
	}
	if prefix, local, ok := strings.Cut(iri, ":"); ok && !strings.HasPrefix(local, "//") && isOBO(iri) {
		iri = oboBase + prefix + "_" + local
	}
	if !strings.Contains(iri, ":") || syntax.HasForbidden(iri) {
		g.mistakes = append(g.mistakes, syntax.NewMistake(syntax.RelativeIRI, g.at, "%q is no full IRI", syntax.Shorten(iri)))
		return nil
	}
	return quad.IRI(iri)
}

func (g *graphs) predicate(iri string) (quad.IRI, bool) {
	p, ok := g.iri(iri).(quad.IRI)
	return p, ok
}

// value is a text, or the thing that it is the IRI of: OBO Graphs do not tell which.
func (g *graphs) value(s string) quad.Value {
	if (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")) && !syntax.HasForbidden(s) {
		return quad.IRI(s)
	}
	return quad.String(s)
}

func (g *graphs) node(n *node) {
	subject := g.iri(n.ID)
	switch n.Type {
	case "CLASS":
		g.say(subject, rdfType, owlClass)
	case "INDIVIDUAL":
		g.individuals[n.ID] = true
		g.say(subject, rdfType, quad.IRI(owlBase+"NamedIndividual"))
	case "PROPERTY":
		class := owlObject
		switch n.PropertyType {
		case "ANNOTATION":
			class = owlAnnotation
		case "DATA":
			class = owlBase + "DatatypeProperty"
		}
		g.say(subject, rdfType, class)
	default: // only properties have a short name
		if n.Meta != nil && slices.ContainsFunc(n.Meta.Values, func(v text) bool { return v.Predicate == oboInOwl+"shorthand" }) {
			g.say(subject, rdfType, owlObject)
		}
	}
	if n.Label != "" {
		g.say(subject, rdfsLabel, quad.String(n.Label))
	}
	if n.Meta != nil {
		g.about(subject, n.Meta)
	}
}

// about says what is said of a thing.
func (g *graphs) about(subject quad.Value, m *meta) {
	if m.Definition != nil {
		g.annotated(subject, definition, quad.String(m.Definition.Value), g.annotations(m.Definition))
	}
	for _, c := range m.Comments {
		g.say(subject, rdfsComment, quad.String(c))
	}
	for _, s := range m.Subsets {
		g.say(subject, inSubset, g.iri(s))
	}
	for i := range m.Synonyms {
		s := &m.Synonyms[i]
		predicate := s.Predicate
		if !strings.Contains(predicate, ":") {
			predicate = oboInOwl + predicate
		}
		annotations := g.annotations(s)
		if s.SynonymType != "" {
			annotations = append([]annotation{{hasSynonymType, g.iri(s.SynonymType)}}, annotations...)
		}
		g.annotated(subject, quad.IRI(predicate), quad.String(s.Value), annotations)
	}
	for i := range m.Xrefs {
		x := &m.Xrefs[i]
		annotations := g.annotations(x)
		if x.Label != "" {
			annotations = append(annotations, annotation{rdfsLabel, quad.String(x.Label)})
		}
		g.annotated(subject, crossReference, quad.String(x.Value), annotations)
	}
	for i := range m.Values {
		if p, ok := g.predicate(m.Values[i].Predicate); ok {
			g.annotated(subject, p, g.value(m.Values[i].Value), g.annotations(&m.Values[i]))
		}
	}
	if m.Deprecated {
		g.say(subject, owlDeprecated, isTrue)
	}
}

// annotations are what is said of a value.
func (g *graphs) annotations(t *text) (all []annotation) {
	for _, x := range t.Xrefs {
		all = append(all, annotation{crossReference, quad.String(x)})
	}
	return append(all, g.ofMeta(t.Meta)...)
}

func (g *graphs) ofMeta(m *meta) (all []annotation) {
	if m == nil {
		return nil
	}
	for _, v := range m.Values {
		if p, ok := g.predicate(v.Predicate); ok {
			all = append(all, annotation{p, g.value(v.Value)})
		}
	}
	for _, x := range m.Xrefs {
		all = append(all, annotation{crossReference, quad.String(x.Value)})
	}
	for _, c := range m.Comments {
		all = append(all, annotation{rdfsComment, quad.String(c)})
	}
	return all
}

// named are the predicates of edges that have names of their own.
var named = map[string]quad.IRI{
	"is_a": rdfsSubClassOf, "subPropertyOf": rdfsSubPropertyOf, "inverseOf": owlBase + "inverseOf", "type": rdfType,
}

// edge says what an edge says. Between classes, a predicate is one of things of them.
func (g *graphs) edge(e *edge) {
	subject, object := g.iri(e.Subject), g.iri(e.Object)
	p, isNamed := named[e.Predicate]
	if !isNamed {
		var ok bool
		if p, ok = g.predicate(e.Predicate); !ok {
			return
		}
		if !g.individuals[e.Subject] {
			p, object = rdfsSubClassOf, g.restriction(p, object, false)
		}
	}
	g.annotated(subject, p, object, g.ofMeta(e.Meta))
}

func (g *graphs) same(s *sameNodes) {
	for i := 1; i < len(s.IDs); i++ {
		g.say(g.iri(s.IDs[0]), owlEquivalentClass, g.iri(s.IDs[i]))
	}
}

func (g *graphs) definition(d *logicalDefinition) {
	var parts []quad.Value
	for _, id := range d.Genera {
		parts = append(parts, g.iri(id))
	}
	for _, r := range d.Restrictions {
		if r.Property == "" { // some programs write an empty one for what they cannot say
			return
		}
		parts = append(parts, g.restriction(g.iri(r.Property), g.iri(r.Filler), false))
	}
	g.defined(g.iri(d.Class), owlBase+"intersectionOf", parts)
}

func (g *graphs) domainRange(d *domainRange) {
	property := g.iri(d.Property)
	for _, c := range d.Domains {
		g.say(property, rdfsBase+"domain", g.iri(c))
	}
	for _, c := range d.Ranges {
		g.say(property, rdfsBase+"range", g.iri(c))
	}
}
