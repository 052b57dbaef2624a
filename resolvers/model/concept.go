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

// concept is what all kinds of concepts are: the fields of the interface. Its
// scalars are those of a row, the others are methods here and in links.go.
type concept struct {
	view *View
	ref  graph.Ref
	ConceptRow
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
	if err := v.reader.Concepts(ctx, refs, conceptScalars, &batch); err != nil {
		return nil, err
	}
	concepts := make([]Concept, len(refs))
	for i, ref := range refs {
		concepts[i] = ofKind(&concept{v, ref, ConceptRow{Row[graph.ConceptBatch]{&batch, i}}})
	}
	return concepts, nil
}

// ofKind returns the object of the concept's kind, nil for no concept.
func ofKind(c *concept) Concept {
	switch c.Kind() {
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

// conceptScalars are the columns that the scalars read.
const conceptScalars = graph.ConceptID | graph.ConceptIRI | graph.ConceptName | graph.ConceptKind |
	graph.ConceptTypes | graph.ConceptDescriptions | graph.ConceptNote |
	graph.ConceptDeprecated | graph.ConceptReplacedBy | graph.ConceptFormerIDs

// ConceptRow is a concept in a batch: its scalars.
type ConceptRow struct{ Row[graph.ConceptBatch] }

func (c ConceptRow) ID() string            { return c.Batch.ID[c.At] }
func (c ConceptRow) Iri() string           { return c.Batch.IRI[c.At] }
func (c ConceptRow) Name() string          { return c.Batch.Name[c.At] }
func (c ConceptRow) Kind() graph.Kind      { return c.Batch.Kind[c.At] }
func (c ConceptRow) Types() []graph.ID     { return c.Batch.Types.At(c.At) }
func (c ConceptRow) Deprecated() bool      { return c.Batch.Deprecated[c.At] }
func (c ConceptRow) FormerIds() []graph.ID { return c.Batch.FormerIDs.At(c.At) }
func (c ConceptRow) Note() Stated          { return Stated(c.Batch.Note[c.At]) }

// NameIn returns the name in one of these languages, the best first, else the one
// that is shown; the id, in no language, where there is none. It reads the columns
// of the names and of the name that is shown.
func (c ConceptRow) NameIn(l graph.Languages) graph.Text {
	if t := lookUp(c.Batch.Names.At(c.At), l); t != nil {
		return *t
	}
	return graph.Text{Text: c.Name()}
}

// DescriptionIn returns the description in one of these languages, the best first,
// else the first one; nil where there is none.
func (c ConceptRow) DescriptionIn(l graph.Languages) *graph.Text {
	return lookUp(c.Batch.Descriptions.At(c.At), l)
}

// lookUp returns which of texts answers, the first one where no language leads to
// any.
func lookUp(texts []graph.Text, l graph.Languages) *graph.Text {
	if len(texts) == 0 {
		return nil
	}
	return &texts[max(0, l.Lookup(len(texts), func(i int) string { return texts[i].Language }))]
}

// SynonymsIn returns the synonyms in one language, chosen as that of the name is;
// all of them if none is asked for.
func (c ConceptRow) SynonymsIn(l graph.Languages) []graph.Synonym {
	all := c.Batch.Synonyms.At(c.At)
	if len(l) == 0 || len(all) == 0 {
		return all
	}
	answered := all[max(0, l.Lookup(len(all), func(i int) string { return all[i].Language }))].Language
	var some []graph.Synonym
	for _, s := range all {
		if graph.SameLanguage(s.Language, answered) {
			some = append(some, s)
		}
	}
	return some
}

// CheckLanguages returns BAD_ARGUMENT for languages that cannot be asked for.
func CheckLanguages(l graph.Languages) error {
	if err := l.Check(); err != nil {
		return badArgument(err)
	}
	return nil
}

// Name resolves the field name.
func (c *concept) Name(ctx context.Context, language []string) (string, error) {
	if len(language) == 0 {
		return c.ConceptRow.Name(), nil
	}
	t, err := c.NameText(ctx, language)
	return t.of.Text, err
}

// NameText resolves the field nameText.
func (c *concept) NameText(ctx context.Context, language []string) (Text, error) {
	row, err := c.inLanguage(ctx, language, graph.ConceptName|graph.ConceptNames|SayingColumns)
	if err != nil {
		return Text{of: &graph.Text{}}, err
	}
	t := row.NameIn(language)
	return c.view.SayingOf(row).TextOf(&t), nil
}

// Description resolves the field description.
func (c *concept) Description(_ context.Context, language []string) (Stated, error) {
	if err := CheckLanguages(language); err != nil {
		return "", err
	}
	if t := c.DescriptionIn(language); t != nil {
		return Stated(t.Text), nil
	}
	return "", nil
}

// DescriptionText resolves the field descriptionText.
func (c *concept) DescriptionText(ctx context.Context, language []string) (*Text, error) {
	row, err := c.inLanguage(ctx, language, graph.ConceptDescriptions|SayingColumns)
	if err != nil {
		return nil, err
	}
	t := row.DescriptionIn(language)
	if t == nil {
		return nil, nil
	}
	text := c.view.SayingOf(row).TextOf(t)
	return &text, nil
}

// inLanguage reads columns of what is asked for in a language.
func (c *concept) inLanguage(ctx context.Context, language graph.Languages, columns graph.ConceptFields) (row ConceptRow, err error) {
	if err := CheckLanguages(language); err != nil {
		return row, err
	}
	batch, err := c.read(ctx, columns)
	return ConceptRow{Row[graph.ConceptBatch]{batch, 0}}, err
}

// ReplacedBy resolves the field replacedBy.
func (c *concept) ReplacedBy(ctx context.Context) (Concept, error) {
	return c.view.Concept(ctx, c.Batch.ReplacedBy[c.At])
}

// Kinds resolves the field kinds.
func (c *concept) Kinds() []graph.Kind { return graph.KindsOf(nil, c.Types()) }

// read reads a column that few ask for.
func (c *concept) read(ctx context.Context, field graph.ConceptFields) (*graph.ConceptBatch, error) {
	var batch graph.ConceptBatch
	return &batch, c.view.reader.Concepts(ctx, []graph.Ref{c.ref}, field, &batch)
}

// Names resolves the field names.
func (c *concept) Names(ctx context.Context) ([]Text, error) {
	batch, err := c.read(ctx, graph.ConceptNames|SayingColumns)
	return objectsOf(batch.Names.At(0), c.view.saying(batch).TextOf), err
}

// Descriptions resolves the field descriptions.
func (c *concept) Descriptions(ctx context.Context) ([]Text, error) {
	batch, err := c.read(ctx, graph.ConceptDescriptions|SayingColumns)
	return objectsOf(batch.Descriptions.At(0), c.view.saying(batch).TextOf), err
}

// Synonyms resolves the field synonyms.
func (c *concept) Synonyms(ctx context.Context, language []string) ([]Synonym, error) {
	row, err := c.inLanguage(ctx, language, graph.ConceptSynonyms|SayingColumns)
	if err != nil {
		return nil, err
	}
	return objectsOf(row.SynonymsIn(language), c.view.SayingOf(row).SynonymOf), nil
}

// Codes resolves the field codes.
func (c *concept) Codes(ctx context.Context) ([]Code, error) {
	batch, err := c.read(ctx, graph.ConceptCodes|SayingColumns)
	return objectsOf(batch.Codes.At(0), c.view.saying(batch).CodeOf), err
}

// Members resolves the field members.
func (c *concept) Members(ctx context.Context) ([]Member, error) {
	batch, err := c.read(ctx, graph.ConceptMembers)
	return objectsOf(batch.Members.At(0), MemberOf), err
}

// NotJoined resolves the field notJoined.
func (c *concept) NotJoined(ctx context.Context) ([]NotJoined, error) {
	batch, err := c.read(ctx, graph.ConceptNotJoined)
	return objectsOf(batch.NotJoined.At(0), NotJoinedOf), err
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
