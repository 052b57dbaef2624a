package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// served is what the dataset has beside its scalars.
type served struct {
	sources     []graph.Ref
	licenses    []string
	licensesErr error
}

// dataset compiles the root field dataset.
func (c *compiler) dataset(f graphql.CollectedField) write[root] {
	table := newSlot[served](c)
	c.step(func(x *run) error {
		*table.in(x) = served{}
		return nil
	})
	o := fieldsOf(c, "Dataset", f.Selections, func(f graphql.CollectedField) write[*model.Dataset] {
		switch f.Name {
		case "licenses":
			c.step(func(x *run) error {
				t := table.in(x)
				t.licenses, t.licensesErr = x.view.Dataset().Licenses(x.ctx)
				return x.ctx.Err()
			})
			return func(x *run, _ *model.Dataset) bool {
				t := table.in(x)
				if t.licensesErr != nil {
					return x.fail(t.licensesErr)
				}
				return ids(x, t.licenses)
			}
		case "sources":
			c.step(func(x *run) error {
				table.in(x).sources = x.view.Dataset().SourceRefs()
				return nil
			})
			sources := c.sources(f, func(x *run) []graph.Ref { return table.in(x).sources })
			return func(x *run, _ *model.Dataset) bool { return sources.list(x, 0, len(table.in(x).sources)) }
		case "kinds":
			o := c.kindCount(f.Selections)
			return func(x *run, _ *model.Dataset) bool { return values(x, o, x.summary.Kinds, model.KindTotalOf) }
		case "types":
			o := scalars[model.ConceptType](c, "ConceptType", f.Selections)
			return func(x *run, _ *model.Dataset) bool { return values(x, o, x.summary.Types, model.ConceptTypeOf) }
		case "lastReload":
			o := scalars[*model.LastReload](c, "Reload", f.Selections)
			return func(x *run, v *model.Dataset) bool {
				last := v.LastReload()
				return last != nil && o.write(x, last)
			}
		case "predicates":
			o := c.predicate(f.Selections)
			return func(x *run, _ *model.Dataset) bool { return values(x, o, x.summary.Predicates, model.PredicateOf) }
		}
		return nil
	})
	return func(x *run, _ root) bool { return o.write(x, x.view.Dataset()) }
}
