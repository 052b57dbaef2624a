package model

import (
	"context"
	"math"

	"github.com/plexus-kg/plexus/graph"
)

// Statement is one sourced claim. What its record says of it is resolved in
// qualifiers.generated.go.
type Statement struct {
	view *View
	ref  graph.Ref
	StatementRow
}

// StatementRow is a statement in a batch: its scalars, but for its qualifiers.
type StatementRow struct{ Row[graph.StatementBatch] }

func (s StatementRow) ID() string  { return s.Batch.ID[s.At] }
func (s StatementRow) Iri() string { return s.Batch.IRI[s.At] }

func (s StatementRow) FrequencyValue() *float64 { return given(s.Batch.Frequency(s.At).Value) }
func (s StatementRow) FrequencyMin() *float64   { return given(s.Batch.Frequency(s.At).Min) }
func (s StatementRow) FrequencyMax() *float64   { return given(s.Batch.Frequency(s.At).Max) }

// given returns a number, nil for one that nobody gives.
func given(n float64) *float64 {
	if math.IsNaN(n) {
		return nil
	}
	return &n
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
		statements[i] = &Statement{v, ref, StatementRow{Row[graph.StatementBatch]{&b, i}}}
	}
	return statements, nil
}

// Subject resolves the field subject.
func (s *Statement) Subject(ctx context.Context) (Concept, error) {
	return s.view.Concept(ctx, s.Batch.Subject[s.At])
}

// Predicate resolves the field predicate.
func (s *Statement) Predicate() *Predicate { return s.view.predicate(s.Batch.Predicate[s.At]) }

// Object resolves the field object.
func (s *Statement) Object(ctx context.Context) (Concept, error) {
	return s.view.Concept(ctx, s.Batch.Object[s.At])
}

// Value resolves the field value.
func (s *Statement) Value() *Value {
	if s.Batch.Object[s.At] != graph.NoRef {
		return nil
	}
	return &Value{&s.Batch.Value[s.At]}
}

// Properties resolves the field properties.
func (s *Statement) Properties() []Property {
	return objectsOf(s.Batch.Properties.At(s.At), func(p *graph.Property) Property {
		return Property{Predicate: s.view.describe(p.Predicate), Value: &Value{&p.Value}}
	})
}

// Explanation resolves the field explanation.
func (s *Statement) Explanation(ctx context.Context) (string, error) {
	return s.view.sentence(ctx, []graph.Ref{s.ref})
}

// stance returns what the statement says of its claim.
func (s *Statement) stance() graph.Stance {
	p := &s.view.Summary().Predicates[s.Batch.Predicate[s.At]].Predicate
	return graph.StanceOf(p, s.Batch.Modality(s.At), s.Batch.Negated(s.At))
}

// The values of qualifiers, by type.

func (s *Statement) text(q graph.Qualifier) *string { return optional(s.Batch.Text(q, s.At)) }

func (s *Statement) flag(q graph.Qualifier) bool { return s.Batch.Qualifiers[q].Words[s.At] != 0 }

func word[W ~uint8](s *Statement, q graph.Qualifier) *W {
	return optional(W(s.Batch.Qualifiers[q].Words[s.At]))
}

func (s *Statement) concept(ctx context.Context, q graph.Qualifier) (Concept, error) {
	return s.view.Concept(ctx, s.Batch.Ref(q, s.At))
}

func (s *Statement) statements(ctx context.Context, q graph.Qualifier) ([]*Statement, error) {
	return s.view.Statements(ctx, s.Batch.Qualifiers[q].RefLists.At(s.At))
}

func (s *Statement) concepts(ctx context.Context, q graph.Qualifier) ([]Concept, error) {
	return s.view.Concepts(ctx, s.Batch.Qualifiers[q].RefLists.At(s.At))
}

func (s *Statement) ids(q graph.Qualifier) []string { return s.Batch.Qualifiers[q].TextLists.At(s.At) }

func (s *Statement) source(ctx context.Context, q graph.Qualifier) (Source, error) {
	sources, err := s.view.Sources(ctx, []graph.Ref{s.Batch.Ref(q, s.At)})
	if err != nil {
		return nil, err
	}
	return sources[0], nil
}

func (s *Statement) section(ctx context.Context, q graph.Qualifier) (*Section, error) {
	sections, err := s.view.Sections(ctx, []graph.Ref{s.Batch.Ref(q, s.At)})
	if err != nil {
		return nil, err
	}
	return sections[0], nil
}

// Value is a text, a number, or the name of a resource that is no concept.
type Value struct{ of *graph.Value }

// ValueOf returns the object of a value.
func ValueOf(v *graph.Value) Value { return Value{v} }

func (v Value) Text() string     { return v.of.Text }
func (v Value) Language() Stated { return Stated(v.of.Language) }
func (v Value) Datatype() Stated { return Stated(v.of.Datatype) }

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

// Combinations resolves the field combinations.
func (c *concept) Combinations(ctx context.Context, first *int32, after *string, last *int32, before *string) (*StatementConnection, error) {
	var found graph.Lists[graph.Ref]
	if err := c.view.reader.Combinations(ctx, []graph.Ref{c.ref}, &found); err != nil {
		return nil, err
	}
	return c.view.CombinationPage(c.ID(), found.At(0), Page{first, after, last, before})
}

// CombinationPage cuts a page out of the combinations of a concept.
func (v *View) CombinationPage(id string, refs []graph.Ref, p Page) (*StatementConnection, error) {
	return v.statementPage(v.listOf("combinations", id), len(refs), func(i int) graph.Ref { return refs[i] }, p)
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
