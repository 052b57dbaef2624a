package plan

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// statement is a statement in a table.
type statement = model.StatementRow

// statements is a place for statements.
type statements struct {
	entities[graph.StatementBatch, statement]
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
	p.at = func(t *table[graph.StatementBatch], row int) statement {
		return statement{Row: model.Row[graph.StatementBatch]{Batch: &t.batch, At: row}}
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
	case "iri":
		p.needs |= graph.StatementIRI
	case "subject":
		p.needs |= graph.StatementSubject
		return one[statement](c.concepts(f, func(x *run) []graph.Ref { return p.in(x).batch.Subject }))
	case "predicate":
		p.needs |= graph.StatementPredicate
		o := c.predicate(f.Selections)
		return func(x *run, v statement) bool {
			return o.write(x, x.predicate(v.Batch.Predicate[v.At]))
		}
	case "object":
		p.needs |= graph.StatementObject
		return one[statement](c.concepts(f, func(x *run) []graph.Ref { return p.in(x).batch.Object }))
	case "value":
		p.needs |= graph.StatementObject
		o := c.value(f.Selections)
		return func(x *run, v statement) bool {
			return v.Batch.Object[v.At] == graph.NoRef && o.write(x, model.ValueOf(&v.Batch.Value[v.At]))
		}
	case "frequencyValue", "frequencyMin", "frequencyMax":
		p.needs |= graph.Columns(graph.QualifierFrequency, graph.QualifierFrequencyValue)
	case "explanation":
		return explain[statement](c, func(x *run) graph.Lists[graph.Ref] { return each(p.in(x).refs) })
	case "properties":
		p.needs |= graph.StatementProperties
		o := c.recordProperty(f.Selections)
		return func(x *run, v statement) bool { return values(x, o, v.Batch.Properties.At(v.At), itself) }
	}
	if q, known := graph.LookupQualifier(f.Name); known && !q.Info().Hidden {
		return c.qualifierField(p, f, q)
	}
	return nil
}

// qualifierField compiles a field that is a qualifier, null where the source does
// not state it.
func (c *compiler) qualifierField(p *statements, f graphql.CollectedField, q graph.Qualifier) write[statement] {
	p.needs |= graph.Columns(q)
	refs := func(x *run) []graph.Ref { return p.in(x).batch.Qualifiers[q].Refs }
	switch info := q.Info(); info.Type {
	case graph.FlagQualifier:
		return func(x *run, v statement) bool { return x.boolean(v.Batch.Qualifiers[q].Words[v.At] != 0) }
	case graph.WordQualifier:
		names := model.QualifierWords(q)
		return func(x *run, v statement) bool { return word(x, names, v.Batch.Qualifiers[q].Words[v.At]) }
	case graph.ListQualifier:
		return c.qualifierList(p, f, q)
	case graph.RefQualifier:
		switch info.Classes[0] {
		case graph.ClassSource:
			return one[statement](c.sources(f, refs))
		case graph.ClassSection:
			return one[statement](c.sections(f, refs))
		default:
			return one[statement](c.concepts(f, refs))
		}
	default:
		return func(x *run, v statement) bool { return x.optional(v.Batch.Text(q, v.At)) }
	}
}

// qualifierList compiles a field that is a list of ids or of what they name.
func (c *compiler) qualifierList(p *statements, f graphql.CollectedField, q graph.Qualifier) write[statement] {
	if q.Info().Classes == nil {
		return func(x *run, v statement) bool { return ids(x, v.Batch.Qualifiers[q].TextLists.At(v.At)) }
	}
	named := func(x *run) []graph.Ref { return p.in(x).batch.Qualifiers[q].RefLists.Items }
	if q.Info().Classes[0] == graph.ClassConcept {
		all := c.concepts(f, named)
		return func(x *run, v statement) bool { return listAt(x, all, v.Batch.Qualifiers[q].RefLists.Start, v.At) }
	}
	all := c.statements(f, named)
	return func(x *run, v statement) bool { return listAt(x, all, v.Batch.Qualifiers[q].RefLists.Start, v.At) }
}

// one writes the one thing that stands below each row of a table.
func one[V interface{ Index() int }](below items) write[V] {
	return func(x *run, v V) bool { return below.one(x, v.Index()) }
}

// value compiles a selection on values.
func (c *compiler) value(selections ast.SelectionSet) *object[model.Value] {
	return scalars[model.Value](c, "Value", selections)
}

// recordProperty compiles a selection on the further values of a statement's
// record.
func (c *compiler) recordProperty(selections ast.SelectionSet) *object[*graph.Property] {
	return fieldsOf(c, "Property", selections, func(f graphql.CollectedField) write[*graph.Property] {
		switch f.Name {
		case "predicate":
			o := c.predicate(f.Selections)
			return func(x *run, v *graph.Property) bool {
				return o.write(x, model.PredicateOf(x.view.Describe(v.Predicate)))
			}
		case "value":
			o := c.value(f.Selections)
			return func(x *run, v *graph.Property) bool { return o.write(x, model.ValueOf(&v.Value)) }
		}
		return nil
	})
}

func itself[T any](v *T) *T { return v }

// each returns a list for each ref, with it alone.
func each(refs []graph.Ref) graph.Lists[graph.Ref] {
	var lists graph.Lists[graph.Ref]
	for _, ref := range refs {
		lists.Items = append(lists.Items, ref)
		lists.Close()
	}
	return lists
}
