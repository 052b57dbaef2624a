package plan

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// statement is a statement in a table.
type statement = entity[graph.StatementBatch]

// statements is a place for statements.
type statements struct {
	entities[graph.StatementBatch]
	needs graph.StatementFields
}

func (c *compiler) statements(f graphql.CollectedField, refs func(x *run) []graph.Ref) *statements {
	p := &statements{}
	p.refs = refs
	p.read = func(x *run, refs []graph.Ref, out *graph.StatementBatch) error {
		return x.reader.Statements(x.ctx, refs, p.needs, out)
	}
	p.variant = func(x *run, t *table[graph.StatementBatch], row int) int {
		if _, ok := x.summary.Index(graph.ClassStatement, t.refs[row]); !ok {
			return -1
		}
		return 0
	}
	addEntities(c, &p.entities)
	p.objects = variants(c, []string{"Statement"}, f.Selections, func(f graphql.CollectedField, _ *typeSet) write[statement] {
		return c.statementField(p, f)
	})
	return p
}

// statementField compiles a field of statements.
func (c *compiler) statementField(p *statements, f graphql.CollectedField) write[statement] {
	switch f.Name {
	case "id":
		p.needs |= graph.StatementID
		return func(x *run, v statement) bool { return x.text(v.batch.ID[v.row]) }
	case "iri":
		p.needs |= graph.StatementIRI
		return func(x *run, v statement) bool { return x.text(v.batch.IRI[v.row]) }
	case "subject":
		p.needs |= graph.StatementSubject
		return one[statement](c.concepts(f, func(x *run) []graph.Ref { return p.in(x).batch.Subject }))
	case "predicate":
		p.needs |= graph.StatementPredicate
		o := c.predicate(f.Selections)
		return func(x *run, v statement) bool {
			return o.write(x, &x.summary.Predicates[v.batch.Predicate[v.row]])
		}
	case "object":
		p.needs |= graph.StatementObject
		return one[statement](c.concepts(f, func(x *run) []graph.Ref { return p.in(x).batch.Object }))
	case "value":
		p.needs |= graph.StatementObject
		o := c.value(f.Selections)
		return func(x *run, v statement) bool {
			return v.batch.Object[v.row] == graph.NoRef && o.write(x, &v.batch.Value[v.row])
		}
	case "modality":
		p.needs |= graph.StatementModality
		modalities := model.ModalityWords()
		return func(x *run, v statement) bool { return word(x, modalities, v.batch.Modality[v.row]) }
	case "negated":
		p.needs |= graph.StatementNegated
		return func(x *run, v statement) bool { return x.boolean(v.batch.Negated[v.row]) }
	case "frequencyValue":
		p.needs |= graph.StatementFrequency
		return func(x *run, v statement) bool { return x.number(v.batch.FrequencyValue[v.row]) }
	case "stage":
		p.needs |= graph.StatementStage
		return one[statement](c.concepts(f, func(x *run) []graph.Ref { return p.in(x).batch.Stage }))
	case "source":
		p.needs |= graph.StatementSource
		return one[statement](c.sources(f, func(x *run) []graph.Ref { return p.in(x).batch.Source }))
	case "section":
		p.needs |= graph.StatementSection
		return one[statement](c.sections(f, func(x *run) []graph.Ref { return p.in(x).batch.Section }))
	case "properties":
		p.needs |= graph.StatementProperties
		o := c.recordProperty(f.Selections)
		return func(x *run, v statement) bool { return values(x, o, v.batch.Properties.At(v.row)) }
	}
	return c.qualifierField(p, f)
}

// qualifierField compiles a field that is a text, null where the source does not
// state it.
func (c *compiler) qualifierField(p *statements, f graphql.CollectedField) write[statement] {
	var needs graph.StatementFields
	var column func(b *graph.StatementBatch) []string
	switch f.Name {
	case "frequency":
		needs, column = graph.StatementFrequency, func(b *graph.StatementBatch) []string { return b.Frequency }
	case "timing":
		needs, column = graph.StatementTiming, func(b *graph.StatementBatch) []string { return b.Timing }
	case "context":
		needs, column = graph.StatementContext, func(b *graph.StatementBatch) []string { return b.Context }
	case "laterality":
		needs, column = graph.StatementLaterality, func(b *graph.StatementBatch) []string { return b.Laterality }
	case "strength":
		needs, column = graph.StatementStrength, func(b *graph.StatementBatch) []string { return b.Strength }
	case "attribution":
		needs, column = graph.StatementAttribution, func(b *graph.StatementBatch) []string { return b.Attribution }
	case "note":
		needs, column = graph.StatementNote, func(b *graph.StatementBatch) []string { return b.Note }
	case "evidenceCode":
		needs, column = graph.StatementEvidenceCode, func(b *graph.StatementBatch) []string { return b.EvidenceCode }
	case "locator":
		needs, column = graph.StatementLocator, func(b *graph.StatementBatch) []string { return b.Locator }
	default:
		return nil
	}
	p.needs |= needs
	return func(x *run, v statement) bool { return x.optional(column(&v.batch)[v.row]) }
}

// one writes the one thing that stands below each row of a table.
func one[V interface{ at() int }](below items) write[V] {
	return func(x *run, v V) bool { return below.one(x, v.at()) }
}

func (e entity[B]) at() int { return e.row }

// value compiles a selection on values.
func (c *compiler) value(selections ast.SelectionSet) *object[*graph.Value] {
	return fieldsOf(c, "Value", selections, func(f graphql.CollectedField) write[*graph.Value] {
		switch f.Name {
		case "text":
			return func(x *run, v *graph.Value) bool { return x.text(v.Text) }
		case "language":
			return func(x *run, v *graph.Value) bool { return x.optional(v.Language) }
		case "datatype":
			return func(x *run, v *graph.Value) bool { return x.optional(string(v.Datatype)) }
		}
		return nil
	})
}

// recordProperty compiles a selection on the further values of a statement's
// record.
func (c *compiler) recordProperty(selections ast.SelectionSet) *object[*graph.Property] {
	return fieldsOf(c, "Property", selections, func(f graphql.CollectedField) write[*graph.Property] {
		switch f.Name {
		case "predicate":
			o := c.predicate(f.Selections)
			return func(x *run, v *graph.Property) bool { return o.write(x, x.view.Describe(v.Predicate)) }
		case "value":
			o := c.value(f.Selections)
			return func(x *run, v *graph.Property) bool { return o.write(x, &v.Value) }
		}
		return nil
	})
}
