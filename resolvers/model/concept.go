package model

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
)

// Node is anything with an id.
type Node interface{ IsNode() }

// Concept is a concept of any kind.
type Concept interface {
	Node
	IsConcept()
	self() *concept
}

// concept is what all kinds of concepts are: the fields of the interface. Those
// that cost no further look are read with it, the others are methods here and
// in links.go.
type concept struct {
	view *View
	ref  graph.Ref

	ID   string
	Iri  string
	Name string
	Kind graph.Kind
}

// The kinds of concepts, each with all fields.
type (
	Condition    struct{ *concept }
	Symptom      struct{ *concept }
	Treatment    struct{ *concept }
	RiskFactor   struct{ *concept }
	Test         struct{ *concept }
	Cause        struct{ *concept }
	Anatomy      struct{ *concept }
	Stage        struct{ *concept }
	Guideline    struct{ *concept }
	Specialty    struct{ *concept }
	OtherConcept struct{ *concept }
)

// IsNode marks a concept as a Node of the schema.
func (*concept) IsNode() {}

func (c *concept) self() *concept { return c }

// IsConcept marks a kind as a Concept of the schema.
func (*concept) IsConcept() {}

// Concepts returns the objects of concepts, in the order of the refs, nil for
// a ref that is no concept.
func (v *View) Concepts(ctx context.Context, refs []graph.Ref) ([]Concept, error) {
	var batch graph.ConceptBatch
	const fields = graph.ConceptID | graph.ConceptIRI | graph.ConceptName | graph.ConceptKind
	if err := v.reader.Concepts(ctx, refs, fields, &batch); err != nil {
		return nil, err
	}
	concepts := make([]Concept, len(refs))
	for i, ref := range refs {
		concepts[i] = ofKind(&concept{view: v, ref: ref, ID: batch.ID[i], Iri: batch.IRI[i], Name: batch.Name[i], Kind: batch.Kind[i]})
	}
	return concepts, nil
}

// ofKind returns the object of the concept's kind, nil for no concept.
func ofKind(c *concept) Concept {
	switch c.Kind {
	case graph.Condition:
		return Condition{c}
	case graph.Symptom:
		return Symptom{c}
	case graph.Treatment:
		return Treatment{c}
	case graph.RiskFactor:
		return RiskFactor{c}
	case graph.Test:
		return Test{c}
	case graph.Cause:
		return Cause{c}
	case graph.Anatomy:
		return Anatomy{c}
	case graph.Stage:
		return Stage{c}
	case graph.Guideline:
		return Guideline{c}
	case graph.Specialty:
		return Specialty{c}
	case graph.OtherConcept:
		return OtherConcept{c}
	default:
		return nil
	}
}

// Concept returns the object of one concept, nil for NoRef.
func (v *View) Concept(ctx context.Context, ref graph.Ref) (Concept, error) {
	if ref == graph.NoRef {
		return nil, nil
	}
	concepts, err := v.Concepts(ctx, []graph.Ref{ref})
	if err != nil {
		return nil, err
	}
	return concepts[0], nil
}

// read reads one column of the concept.
func (c *concept) read(ctx context.Context, field graph.ConceptFields) (*graph.ConceptBatch, error) {
	var batch graph.ConceptBatch
	if err := c.view.reader.Concepts(ctx, []graph.Ref{c.ref}, field, &batch); err != nil {
		return nil, err
	}
	return &batch, nil
}

// Names resolves the field names.
func (c *concept) Names(ctx context.Context) ([]Text, error) {
	batch, err := c.read(ctx, graph.ConceptNames)
	if err != nil {
		return nil, err
	}
	return texts(batch.Names.At(0)), nil
}

// Description resolves the field description.
func (c *concept) Description(ctx context.Context) (*string, error) {
	all, err := c.Descriptions(ctx)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0].Text, nil
}

// Descriptions resolves the field descriptions.
func (c *concept) Descriptions(ctx context.Context) ([]Text, error) {
	batch, err := c.read(ctx, graph.ConceptDescriptions)
	if err != nil {
		return nil, err
	}
	return texts(batch.Descriptions.At(0)), nil
}

// Types resolves the field types.
func (c *concept) Types(ctx context.Context) ([]string, error) {
	batch, err := c.read(ctx, graph.ConceptTypes)
	if err != nil {
		return nil, err
	}
	types := make([]string, 0, 2)
	for _, class := range batch.Types.At(0) {
		types = append(types, string(class))
	}
	return types, nil
}

// Kinds resolves the field kinds.
func (c *concept) Kinds(ctx context.Context) ([]graph.Kind, error) {
	batch, err := c.read(ctx, graph.ConceptTypes)
	if err != nil {
		return nil, err
	}
	return graph.KindsOf(nil, batch.Types.At(0)), nil
}

// Synonyms resolves the field synonyms.
func (c *concept) Synonyms(ctx context.Context) ([]Synonym, error) {
	batch, err := c.read(ctx, graph.ConceptSynonyms)
	if err != nil {
		return nil, err
	}
	synonyms := []Synonym{}
	for _, s := range batch.Synonyms.At(0) {
		synonyms = append(synonyms, Synonym{Text: s.Text, Language: optional(s.Language), Scope: optional(s.Scope), Via: optional(s.Via)})
	}
	return synonyms, nil
}

// Codes resolves the field codes.
func (c *concept) Codes(ctx context.Context) ([]Code, error) {
	batch, err := c.read(ctx, graph.ConceptCodes)
	if err != nil {
		return nil, err
	}
	codes := []Code{}
	for _, k := range batch.Codes.At(0) {
		code := Code{Code: string(k.Code), Match: optional(k.Match), Label: optional(k.Label), Via: optional(k.Via)}
		code.Iri = optional(c.view.CodeIRI(k.Code))
		codes = append(codes, code)
	}
	return codes, nil
}

// CodeIRI returns the full IRI of a code, empty where its prefix is not known.
func (v *View) CodeIRI(code graph.ID) string {
	iri := v.Summary().Prefixes.Expand(code)
	if iri == string(code) && graph.IsCURIE(iri) {
		return ""
	}
	return iri
}

// Note resolves the field note.
func (c *concept) Note(ctx context.Context) (*string, error) {
	batch, err := c.read(ctx, graph.ConceptNote)
	if err != nil {
		return nil, err
	}
	return optional(batch.Note[0]), nil
}

// Sections resolves the field sections.
func (c *concept) Sections(ctx context.Context) ([]*Section, error) {
	batch, err := c.read(ctx, graph.ConceptSections)
	if err != nil {
		return nil, err
	}
	return c.view.Sections(ctx, batch.Sections.At(0))
}

// Sources resolves the field sources.
func (c *concept) Sources(ctx context.Context) ([]Source, error) {
	batch, err := c.read(ctx, graph.ConceptSources)
	if err != nil {
		return nil, err
	}
	return c.view.Sources(ctx, batch.Sources.At(0))
}

// Text is a text with its language.
type Text struct {
	Text     string
	Language *string
}

// Synonym is another name of a concept.
type Synonym struct {
	Text     string
	Language *string
	Scope    *graph.Scope
	Via      *string
}

// Code is the counterpart of a concept in another vocabulary.
type Code struct {
	Code  string
	Iri   *string
	Match *graph.Match
	Label *string
	Via   *string
}

func texts(of []graph.Text) []Text {
	all := make([]Text, len(of))
	for i, t := range of {
		all[i] = Text{Text: t.Text, Language: optional(t.Language)}
	}
	return all
}

// optional returns nil for what is not stated, the zero value of its type.
func optional[T comparable](v T) *T {
	var notStated T
	if v == notStated {
		return nil
	}
	return &v
}
