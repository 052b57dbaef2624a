package plan

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// concept is a concept in a table.
type concept = entity[graph.ConceptBatch]

// concepts is a place for concepts.
type concepts struct {
	entities[graph.ConceptBatch]
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
	addEntities(c, &p.entities)
	var types []string
	for _, k := range graph.Kinds() {
		types = append(types, k.String())
	}
	p.objects = variants(c, c.possible(f, types), f.Selections, func(f graphql.CollectedField, on *typeSet) write[concept] {
		return c.conceptField(p, f, on)
	})
	return p
}

// conceptField compiles a field of concepts.
func (c *compiler) conceptField(p *concepts, f graphql.CollectedField, on *typeSet) write[concept] {
	switch f.Name {
	case "id":
		p.needs |= graph.ConceptID
		return func(x *run, v concept) bool { return x.text(v.batch.ID[v.row]) }
	case "iri":
		p.needs |= graph.ConceptIRI
		return func(x *run, v concept) bool { return x.text(v.batch.IRI[v.row]) }
	case "name":
		p.needs |= graph.ConceptName
		return func(x *run, v concept) bool { return x.text(v.batch.Name[v.row]) }
	case "names":
		p.needs |= graph.ConceptNames
		o := c.text(f.Selections)
		return func(x *run, v concept) bool { return values(x, o, v.batch.Names.At(v.row)) }
	case "description":
		p.needs |= graph.ConceptDescriptions
		return func(x *run, v concept) bool {
			all := v.batch.Descriptions.At(v.row)
			return len(all) > 0 && x.text(all[0].Text)
		}
	case "descriptions":
		p.needs |= graph.ConceptDescriptions
		o := c.text(f.Selections)
		return func(x *run, v concept) bool { return values(x, o, v.batch.Descriptions.At(v.row)) }
	case "kind":
		kinds := model.KindWords()
		return func(x *run, v concept) bool { return word(x, kinds, v.batch.Kind[v.row]) }
	case "kinds":
		p.needs |= graph.ConceptTypes
		kinds := model.KindWords()
		return func(x *run, v concept) bool {
			x.kinds = graph.KindsOf(x.kinds[:0], v.batch.Types.At(v.row))
			return words(x, kinds, x.kinds)
		}
	case "types":
		p.needs |= graph.ConceptTypes
		return func(x *run, v concept) bool { return ids(x, v.batch.Types.At(v.row)) }
	case "synonyms":
		p.needs |= graph.ConceptSynonyms
		o := c.synonym(f.Selections)
		return func(x *run, v concept) bool { return values(x, o, v.batch.Synonyms.At(v.row)) }
	case "codes":
		p.needs |= graph.ConceptCodes
		o := c.code(f.Selections)
		return func(x *run, v concept) bool { return values(x, o, v.batch.Codes.At(v.row)) }
	case "note":
		p.needs |= graph.ConceptNote
		return func(x *run, v concept) bool { return x.optional(v.batch.Note[v.row]) }
	case "sections":
		p.needs |= graph.ConceptSections
		all := c.sections(f, func(x *run) []graph.Ref { return p.in(x).batch.Sections.Items })
		return func(x *run, v concept) bool { return listAt(x, all, v.batch.Sections.Start, v.row) }
	case "sources":
		p.needs |= graph.ConceptSources
		all := c.sources(f, func(x *run) []graph.Ref { return p.in(x).batch.Sources.Items })
		return func(x *run, v concept) bool { return listAt(x, all, v.batch.Sources.Start, v.row) }
	case "properties":
		return c.properties(p, f)
	case "sameAs":
		return c.sameAs(p, f)
	case "neighbourhood":
		return c.neighbourhood(p, f)
	}
	if f.Name == "links" || model.IsLinkField(f.Name) {
		return c.links(p, f, on)
	}
	return nil
}

// listAt writes the items of a row of a column of lists.
func listAt(x *run, all items, start []uint32, row int) bool {
	if row+1 >= len(start) {
		return all.list(x, 0, 0)
	}
	return all.list(x, int(start[row]), int(start[row+1]))
}

func (c *compiler) text(selections ast.SelectionSet) *object[*graph.Text] {
	return fieldsOf(c, "Text", selections, func(f graphql.CollectedField) write[*graph.Text] {
		switch f.Name {
		case "text":
			return func(x *run, v *graph.Text) bool { return x.text(v.Text) }
		case "language":
			return func(x *run, v *graph.Text) bool { return x.optional(v.Language) }
		}
		return nil
	})
}

func (c *compiler) synonym(selections ast.SelectionSet) *object[*graph.Synonym] {
	scopes := model.ScopeWords()
	return fieldsOf(c, "Synonym", selections, func(f graphql.CollectedField) write[*graph.Synonym] {
		switch f.Name {
		case "text":
			return func(x *run, v *graph.Synonym) bool { return x.text(v.Text) }
		case "language":
			return func(x *run, v *graph.Synonym) bool { return x.optional(v.Language) }
		case "scope":
			return func(x *run, v *graph.Synonym) bool { return term(x, scopes, v.Scope) }
		case "via":
			return func(x *run, v *graph.Synonym) bool { return x.optional(v.Via) }
		}
		return nil
	})
}

func (c *compiler) code(selections ast.SelectionSet) *object[*graph.Code] {
	matches := model.CodeMatchWords()
	return fieldsOf(c, "Code", selections, func(f graphql.CollectedField) write[*graph.Code] {
		switch f.Name {
		case "code":
			return func(x *run, v *graph.Code) bool { return x.text(string(v.Code)) }
		case "iri":
			return func(x *run, v *graph.Code) bool { return x.optional(x.view.CodeIRI(v.Code)) }
		case "match":
			return func(x *run, v *graph.Code) bool { return term(x, matches, v.Match) }
		case "label":
			return func(x *run, v *graph.Code) bool { return x.optional(v.Label) }
		case "via":
			return func(x *run, v *graph.Code) bool { return x.optional(v.Via) }
		}
		return nil
	})
}
