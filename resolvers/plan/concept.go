package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// concept is a concept in a table.
type concept = model.ConceptRow

// concepts is a place for concepts.
type concepts struct {
	entities[graph.ConceptBatch, concept]
	needs graph.ConceptFields
}

// concepts compiles a place for concepts, of the kinds that the field allows.
func (c *compiler) concepts(f graphql.CollectedField, refs func(x *run) []graph.Ref) *concepts {
	p := &concepts{needs: graph.ConceptKind}
	p.refs = refs
	p.read = func(x *run, refs []graph.Ref, out *graph.ConceptBatch) error {
		return x.reader.Concepts(x.ctx, refs, p.needs, out)
	}
	p.variant = func(_ *run, t *table[graph.ConceptBatch], row int) int {
		return int(t.batch.Kind[row]) - 1
	}
	p.at = func(t *table[graph.ConceptBatch], row int) concept {
		return concept{Row: model.Row[graph.ConceptBatch]{Batch: &t.batch, At: row}}
	}
	addEntities(c, &p.entities)
	p.objects = variants(c, c.possible(f, graph.KindNames(graph.Kinds())), f.Selections, func(f graphql.CollectedField, on *typeSet) write[concept] {
		return c.conceptField(p, f, on)
	})
	return p
}

// conceptField compiles a field of concepts that is no scalar, and notes the
// columns that the field needs.
func (c *compiler) conceptField(p *concepts, f graphql.CollectedField, on *typeSet) write[concept] {
	p.needs |= graph.ConceptColumn(f.Name)
	switch f.Name {
	case "names":
		o := said[model.Text](c, p, "Text", f)
		return func(x *run, v concept) bool { return values(x, o, v.Batch.Names.At(v.At), x.view.SayingOf(v).TextOf) }
	case "name", "nameText", "description", "descriptionText":
		return c.wordsIn(p, f)
	case "descriptions":
		o := said[model.Text](c, p, "Text", f)
		return func(x *run, v concept) bool {
			return values(x, o, v.Batch.Descriptions.At(v.At), x.view.SayingOf(v).TextOf)
		}
	case "kinds":
		p.needs |= graph.ConceptTypes
		kinds := model.Words(model.Kinds)
		return func(x *run, v concept) bool {
			x.kinds = graph.KindsOf(x.kinds[:0], v.Types())
			return words(x, kinds, x.kinds)
		}
	case "synonyms":
		o, in := said[model.Synonym](c, p, "Synonym", f), c.languages(f)
		return func(x *run, v concept) bool { return values(x, o, v.SynonymsIn(in(x)), x.view.SayingOf(v).SynonymOf) }
	case "codes":
		o := said[model.Code](c, p, "Code", f)
		return func(x *run, v concept) bool { return values(x, o, v.Batch.Codes.At(v.At), x.view.SayingOf(v).CodeOf) }
	case "members":
		o := scalars[model.Member](c, "ConceptMember", f.Selections)
		return func(x *run, v concept) bool { return values(x, o, v.Batch.Members.At(v.At), model.MemberOf) }
	case "notJoined":
		o := scalars[model.NotJoined](c, "NotJoined", f.Selections)
		return func(x *run, v concept) bool { return values(x, o, v.Batch.NotJoined.At(v.At), model.NotJoinedOf) }
	case "sections":
		all := c.sections(f, func(x *run) []graph.Ref { return p.in(x).batch.Sections.Items })
		return func(x *run, v concept) bool { return listAt(x, all, v.Batch.Sections.Start, v.At) }
	case "sources":
		all := c.sources(f, func(x *run) []graph.Ref { return p.in(x).batch.Sources.Items })
		return func(x *run, v concept) bool { return listAt(x, all, v.Batch.Sources.Start, v.At) }
	case "replacedBy":
		return one[concept](c.concepts(f, func(x *run) []graph.Ref { return p.in(x).batch.ReplacedBy }))
	case "properties":
		return c.properties(p, f)
	case "sameAs":
		return c.sameAs(p, f)
	case "combinations":
		return c.combinations(p, f)
	case "neighbourhood":
		return c.neighbourhood(p, f)
	}
	if f.Name == "links" || model.IsLinkField(f.Name) {
		return c.links(p, f, on)
	}
	return nil
}

// wordsIn compiles a field that gives one text, in the language that is asked for.
func (c *compiler) wordsIn(p *concepts, f graphql.CollectedField) write[concept] {
	in := c.languages(f)
	switch f.Name {
	case "name":
		if len(f.Arguments) == 0 {
			return nil // a scalar: the name that is shown
		}
		p.needs |= graph.ConceptNames
		return func(x *run, v concept) bool { return x.text(v.NameIn(in(x)).Text) }
	case "nameText":
		p.needs |= graph.ConceptName | graph.ConceptNames
		o := said[model.Text](c, p, "Text", f)
		return func(x *run, v concept) bool {
			t := v.NameIn(in(x))
			return o.write(x, x.view.SayingOf(v).TextOf(&t))
		}
	case "description":
		p.needs |= graph.ConceptDescriptions
		return func(x *run, v concept) bool {
			t := v.DescriptionIn(in(x))
			return t != nil && x.optional(t.Text)
		}
	default:
		p.needs |= graph.ConceptDescriptions
		o := said[model.Text](c, p, "Text", f)
		return func(x *run, v concept) bool {
			t := v.DescriptionIn(in(x))
			return t != nil && o.write(x, x.view.SayingOf(v).TextOf(t))
		}
	}
}

// languages compiles the languages that a field is asked for in. What is none is an
// error of the field.
func (c *compiler) languages(f graphql.CollectedField) func(x *run) graph.Languages {
	if len(f.Arguments) == 0 {
		return func(*run) graph.Languages { return nil }
	}
	given := arguments[struct{ Language graph.Languages }](c, f)
	refused := c.refused[f.Field]
	c.refused[f.Field] = func(x *run) error {
		if err := refused(x); err != nil {
			return err
		}
		return model.CheckLanguages(given(x).Language)
	}
	return func(x *run) graph.Languages { return given(x).Language }
}

// listAt writes the items of a row of a column of lists.
func listAt(x *run, all items, start []uint32, row int) bool {
	if row+1 >= len(start) {
		return all.list(x, 0, 0)
	}
	return all.list(x, int(start[row]), int(start[row+1]))
}

// said compiles a selection on what sources say of a concept, and notes the columns
// that tell who does, if that is asked for.
func said[V any](c *compiler, p *concepts, typeName string, f graphql.CollectedField) *object[V] {
	return fieldsOf(c, typeName, f.Selections, func(f graphql.CollectedField) write[V] {
		if f.Name == "saidOf" || f.Name == "saidBy" {
			p.needs |= model.SayingColumns
		}
		return nil
	})
}
