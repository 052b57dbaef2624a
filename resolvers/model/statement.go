package model

import (
	"context"
	"math"

	"github.com/plexus-kg/plexus/graph"
)

// Statement is one sourced claim.
type Statement struct {
	view      *View
	ref       graph.Ref
	subject   graph.Ref
	predicate graph.PredicateRef
	object    graph.Ref
	stage     graph.Ref
	source    graph.Ref
	section   graph.Ref

	ID             string
	Iri            string
	Value          *Value
	Modality       *graph.Modality
	Negated        bool
	Frequency      *string
	FrequencyValue *float64
	Timing         *string
	Context        *string
	Laterality     *string
	Strength       *string
	Attribution    *string
	Note           *string
	EvidenceCode   *string
	Locator        *string
	Properties     []Property
}

// IsNode marks a statement as a Node of the schema.
func (*Statement) IsNode() {}

// Statements returns the objects of statements, in the order of the refs, nil
// for a ref that is no statement.
func (v *View) Statements(ctx context.Context, refs []graph.Ref) ([]*Statement, error) {
	var b graph.StatementBatch
	if err := v.reader.Statements(ctx, refs, graph.AllStatementFields, &b); err != nil {
		return nil, err
	}
	statements := make([]*Statement, len(refs))
	for i, ref := range refs {
		if v.Summary().Class(ref) != graph.ClassStatement {
			continue
		}
		s := &Statement{
			view:         v,
			ref:          ref,
			subject:      b.Subject[i],
			predicate:    b.Predicate[i],
			object:       b.Object[i],
			stage:        b.Stage[i],
			source:       b.Source[i],
			section:      b.Section[i],
			ID:           b.ID[i],
			Iri:          b.IRI[i],
			Modality:     optional(b.Modality[i]),
			Negated:      b.Negated[i],
			Frequency:    optional(b.Frequency[i]),
			Timing:       optional(b.Timing[i]),
			Context:      optional(b.Context[i]),
			Laterality:   optional(b.Laterality[i]),
			Strength:     optional(b.Strength[i]),
			Attribution:  optional(b.Attribution[i]),
			Note:         optional(b.Note[i]),
			EvidenceCode: optional(b.EvidenceCode[i]),
			Locator:      optional(b.Locator[i]),
			Properties:   []Property{},
		}
		if s.object == graph.NoRef {
			s.Value = value(b.Value[i])
		}
		if f := b.FrequencyValue[i]; !math.IsNaN(f) {
			s.FrequencyValue = &f
		}
		for _, p := range b.Properties.At(i) {
			s.Properties = append(s.Properties, Property{Predicate: v.describe(p.Predicate), Value: value(p.Value)})
		}
		statements[i] = s
	}
	return statements, nil
}

// Subject resolves the field subject.
func (s *Statement) Subject(ctx context.Context) (Concept, error) {
	return s.view.Concept(ctx, s.subject)
}

// Predicate resolves the field predicate.
func (s *Statement) Predicate() *Predicate { return s.view.predicate(s.predicate) }

// Object resolves the field object.
func (s *Statement) Object(ctx context.Context) (Concept, error) {
	return s.view.Concept(ctx, s.object)
}

// Stage resolves the field stage.
func (s *Statement) Stage(ctx context.Context) (Concept, error) {
	return s.view.Concept(ctx, s.stage)
}

// Source resolves the field source.
func (s *Statement) Source(ctx context.Context) (Source, error) {
	sources, err := s.view.Sources(ctx, []graph.Ref{s.source})
	if err != nil {
		return nil, err
	}
	return sources[0], nil
}

// Section resolves the field section.
func (s *Statement) Section(ctx context.Context) (*Section, error) {
	sections, err := s.view.Sections(ctx, []graph.Ref{s.section})
	if err != nil {
		return nil, err
	}
	return sections[0], nil
}

// Value is a text, a number, or the name of a resource that is no concept.
type Value struct {
	Text     string
	Language *string
	Datatype *string
}

func value(v graph.Value) *Value {
	return &Value{Text: v.Text, Language: optional(v.Language), Datatype: optional(string(v.Datatype))}
}

// Property is a predicate with its value.
type Property struct {
	Predicate *Predicate
	Value     *Value
}

// StatementConnection is a page of statements.
type StatementConnection struct {
	PageOf
	view *View
	refs []graph.Ref // of the page
}

// StatementEdge is a statement in a list.
type StatementEdge struct {
	Cursor string
	Node   *Statement
}

// Refs returns the statements of the page.
func (c *StatementConnection) Refs() []graph.Ref { return c.refs }

// Nodes resolves the field nodes.
func (c *StatementConnection) Nodes(ctx context.Context) ([]*Statement, error) {
	return c.view.Statements(ctx, c.refs)
}

// Edges resolves the field edges.
func (c *StatementConnection) Edges(ctx context.Context) ([]StatementEdge, error) {
	nodes, err := c.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	edges := make([]StatementEdge, len(nodes))
	for i, node := range nodes {
		edges[i] = StatementEdge{Cursor: c.cursor(i), Node: node}
	}
	return edges, nil
}

// statementPage cuts a page out of a list of statements: total of them, given
// by at.
func (v *View) statementPage(l *list, total int, at func(int) graph.Ref, p Page) (*StatementConnection, error) {
	w, err := l.window(p)
	if err != nil {
		return nil, err
	}
	c := &StatementConnection{PageOf: newPage(l, w, total), view: v}
	for i := c.from; i < c.to; i++ {
		c.refs = append(c.refs, at(i))
	}
	return c, nil
}
