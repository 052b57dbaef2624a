package plan

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// served describes what is being served.
type served struct {
	dataset     *model.Dataset
	sources     []graph.Ref
	licenses    []string
	licensesErr error
}

// dataset compiles the root field dataset.
func (c *compiler) dataset(f graphql.CollectedField) write[root] {
	table := newSlot[served](c)
	c.step(func(x *run) error {
		table.in(x).dataset = x.view.Dataset()
		return nil
	})
	o := fieldsOf(c, "Dataset", f.Selections, func(f graphql.CollectedField) write[*served] {
		switch f.Name {
		case "version":
			return func(x *run, v *served) bool { return x.text(v.dataset.Version) }
		case "conceptCount":
			return func(x *run, v *served) bool { return x.integer(int(v.dataset.ConceptCount)) }
		case "statementCount":
			return func(x *run, v *served) bool { return x.integer(int(v.dataset.StatementCount)) }
		case "articleCount":
			return func(x *run, v *served) bool { return x.integer(int(v.dataset.ArticleCount)) }
		case "sourceCount":
			return func(x *run, v *served) bool { return x.integer(int(v.dataset.SourceCount)) }
		case "quadCount":
			return func(x *run, v *served) bool { return x.integer(int(v.dataset.QuadCount)) }
		case "licenses":
			c.step(func(x *run) error {
				t := table.in(x)
				t.licenses, t.licensesErr = t.dataset.Licenses(x.ctx)
				return x.ctx.Err()
			})
			return func(x *run, v *served) bool {
				if v.licensesErr != nil {
					return x.fail(v.licensesErr)
				}
				return ids(x, v.licenses)
			}
		case "sources":
			c.step(func(x *run) error {
				t := table.in(x)
				t.sources = t.dataset.SourceRefs()
				return nil
			})
			sources := c.sources(f, func(x *run) []graph.Ref { return table.in(x).sources })
			return func(x *run, v *served) bool { return sources.list(x, 0, len(v.sources)) }
		case "kinds":
			o := c.kindCount(f.Selections)
			return func(x *run, _ *served) bool {
				kinds := x.summary.Kinds
				return list(x, 0, len(kinds), func(x *run, i int) bool { return o.write(x, kinds[i]) })
			}
		case "types":
			o := c.conceptType(f.Selections)
			return func(x *run, _ *served) bool { return values(x, o, x.summary.Types) }
		case "loadedAt":
			return func(x *run, v *served) bool { return x.moment(v.dataset.LoadedAt()) }
		case "lastReload":
			o := c.reload(f.Selections)
			return func(x *run, v *served) bool {
				last := v.dataset.LastReload()
				return last != nil && o.write(x, last)
			}
		case "predicates":
			o := c.predicate(f.Selections)
			return func(x *run, _ *served) bool { return values(x, o, x.summary.Predicates) }
		}
		return nil
	})
	return func(x *run, _ root) bool { return o.write(x, table.in(x)) }
}

func (c *compiler) conceptType(selections ast.SelectionSet) *object[*graph.TypeCount] {
	kinds := model.KindWords()
	return fieldsOf(c, "ConceptType", selections, func(f graphql.CollectedField) write[*graph.TypeCount] {
		switch f.Name {
		case "id":
			return func(x *run, v *graph.TypeCount) bool { return x.text(string(v.ID)) }
		case "iri":
			return func(x *run, v *graph.TypeCount) bool { return x.text(v.IRI) }
		case "name":
			return func(x *run, v *graph.TypeCount) bool { return x.text(v.Name) }
		case "description":
			return func(x *run, v *graph.TypeCount) bool { return x.optional(v.Description) }
		case "subClassOf":
			return func(x *run, v *graph.TypeCount) bool { return x.optional(string(v.SubClassOf)) }
		case "kind":
			return func(x *run, v *graph.TypeCount) bool { return word(x, kinds, v.Kind) }
		case "conceptCount":
			return func(x *run, v *graph.TypeCount) bool { return x.integer(v.Concepts) }
		}
		return nil
	})
}

func (c *compiler) reload(selections ast.SelectionSet) *object[*model.Reload] {
	return fieldsOf(c, "Reload", selections, func(f graphql.CollectedField) write[*model.Reload] {
		switch f.Name {
		case "at":
			return func(x *run, v *model.Reload) bool { return x.moment(&v.At) }
		case "ok":
			return func(x *run, v *model.Reload) bool { return x.boolean(v.OK) }
		case "version":
			return func(x *run, v *model.Reload) bool { return v.Version != nil && x.text(*v.Version) }
		case "message":
			return func(x *run, v *model.Reload) bool { return v.Message != nil && x.text(*v.Message) }
		}
		return nil
	})
}
