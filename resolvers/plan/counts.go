package plan

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// counts compiles a field that counts whole lists: how the counts of a row are
// written. They are counted when the first of these fields is read, and once for
// all of them.
func (c *compiler) counts(f graphql.CollectedField, count func(x *run) ([]walk.Counts, error)) func(x *run, row int) bool {
	table := newSlot[countTable](c)
	c.step(func(x *run) error {
		t := table.in(x)
		t.all, t.err = count(x)
		t.start, t.sources = append(t.start[:0], 0), t.sources[:0]
		for i := range t.all {
			for _, s := range t.all[i].Sources {
				t.sources = append(t.sources, s.Value)
			}
			t.start = append(t.start, len(t.sources))
		}
		return x.ctx.Err()
	})
	var all func(x *run, t *countTable, row int) bool
	switch f.Name {
	case "kindCounts":
		o := c.kindCount(f.Selections)
		all = func(x *run, t *countTable, row int) bool { return values(x, o, t.all[row].Kinds, model.KindCountOf) }
	case "predicateCounts":
		type predicateCount = model.Counted[graph.PredicateRef]
		o := fieldsOf(c, "PredicateCount", f.Selections, func(f graphql.CollectedField) write[predicateCount] {
			if f.Name != "predicate" {
				return nil
			}
			o := c.predicate(f.Selections)
			return func(x *run, v predicateCount) bool { return o.write(x, x.predicate(v.What())) }
		})
		all = func(x *run, t *countTable, row int) bool {
			return values(x, o, t.all[row].Predicates, model.CountedOf[graph.PredicateRef])
		}
	case "modalityCounts":
		o := scalars[model.ModalityCount](c, "ModalityCount", f.Selections)
		all = func(x *run, t *countTable, row int) bool {
			return values(x, o, t.all[row].Modalities, model.ModalityCountOf)
		}
	case "sourceCounts":
		return c.sourceCounts(table, f)
	default:
		return nil
	}
	return func(x *run, row int) bool {
		t := table.in(x)
		if t.err != nil {
			return x.fail(t.err)
		}
		return all(x, t, row)
	}
}

// countTable holds the counts of the lists of a place, and the sources in them.
type countTable struct {
	all     []walk.Counts
	err     error
	start   []int // of the sources of each list
	sources []graph.Ref
}

// countOf is a source in the counts of a list.
type countOf struct {
	table     *countTable
	row, item int
}

func (c *compiler) sourceCounts(table slot[countTable], f graphql.CollectedField) func(x *run, row int) bool {
	o := fieldsOf(c, "SourceCount", f.Selections, func(f graphql.CollectedField) write[countOf] {
		if f.Name == "source" {
			sources := c.sources(f, func(x *run) []graph.Ref { return table.in(x).sources })
			return func(x *run, v countOf) bool { return sources.one(x, v.table.start[v.row]+v.item) }
		}
		return scalarOf(f.Name, func(_ *run, v countOf) model.Counted[graph.Ref] {
			return model.CountedOf(&v.table.all[v.row].Sources[v.item])
		})
	})
	return func(x *run, row int) bool {
		t := table.in(x)
		if t.err != nil {
			return x.fail(t.err)
		}
		return list(x, 0, len(t.all[row].Sources), func(x *run, i int) bool { return o.write(x, countOf{t, row, i}) })
	}
}

func (c *compiler) kindCount(selections ast.SelectionSet) *object[model.KindCount] {
	return scalars[model.KindCount](c, "KindCount", selections)
}

// predicate compiles a selection on predicates.
func (c *compiler) predicate(selections ast.SelectionSet) *object[model.Predicate] {
	return scalars[model.Predicate](c, "Predicate", selections)
}

// predicate returns the object of a predicate.
func (x *run) predicate(p graph.PredicateRef) model.Predicate {
	return model.PredicateOf(&x.summary.Predicates[p])
}
