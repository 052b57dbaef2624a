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
	var write func(x *run, t *countTable, row int) bool
	switch f.Name {
	case "kindCounts":
		o := c.kindCount(f.Selections)
		write = func(x *run, t *countTable, row int) bool {
			return list(x, 0, len(t.all[row].Kinds), func(x *run, i int) bool {
				k := &t.all[row].Kinds[i]
				return o.write(x, graph.KindCount{Kind: k.Value, Concepts: k.Count})
			})
		}
	case "predicateCounts":
		o := fieldsOf(c, "PredicateCount", f.Selections, func(f graphql.CollectedField) countWrite[graph.PredicateRef] {
			if f.Name == "predicate" {
				o := c.predicate(f.Selections)
				return func(x *run, v *walk.Count[graph.PredicateRef]) bool {
					return o.write(x, &x.summary.Predicates[v.Value])
				}
			}
			return countField[graph.PredicateRef](f)
		})
		write = func(x *run, t *countTable, row int) bool { return values(x, o, t.all[row].Predicates) }
	case "modalityCounts":
		modalities := model.ModalityWords()
		o := fieldsOf(c, "ModalityCount", f.Selections, func(f graphql.CollectedField) countWrite[graph.Modality] {
			if f.Name == "modality" {
				return func(x *run, v *walk.Count[graph.Modality]) bool { return word(x, modalities, v.Value) }
			}
			return countField[graph.Modality](f)
		})
		write = func(x *run, t *countTable, row int) bool { return values(x, o, t.all[row].Modalities) }
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
		return write(x, t, row)
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
		switch f.Name {
		case "source":
			sources := c.sources(f, func(x *run) []graph.Ref { return table.in(x).sources })
			return func(x *run, v countOf) bool { return sources.one(x, v.table.start[v.row]+v.item) }
		case "count":
			return func(x *run, v countOf) bool { return x.integer(v.table.all[v.row].Sources[v.item].Count) }
		}
		return nil
	})
	return func(x *run, row int) bool {
		t := table.in(x)
		if t.err != nil {
			return x.fail(t.err)
		}
		return list(x, 0, len(t.all[row].Sources), func(x *run, i int) bool { return o.write(x, countOf{t, row, i}) })
	}
}

// countWrite writes a field of a count.
type countWrite[T any] = write[*walk.Count[T]]

func countField[T any](f graphql.CollectedField) countWrite[T] {
	if f.Name != "count" {
		return nil
	}
	return func(x *run, v *walk.Count[T]) bool { return x.integer(v.Count) }
}

func (c *compiler) kindCount(selections ast.SelectionSet) *object[graph.KindCount] {
	kinds := model.KindWords()
	return fieldsOf(c, "KindCount", selections, func(f graphql.CollectedField) write[graph.KindCount] {
		switch f.Name {
		case "kind":
			return func(x *run, v graph.KindCount) bool { return word(x, kinds, v.Kind) }
		case "conceptCount":
			return func(x *run, v graph.KindCount) bool { return x.integer(v.Concepts) }
		}
		return nil
	})
}

// predicate compiles a selection on predicates.
func (c *compiler) predicate(selections ast.SelectionSet) *object[*graph.PredicateCount] {
	kinds := model.KindWords()
	return fieldsOf(c, "Predicate", selections, func(f graphql.CollectedField) write[*graph.PredicateCount] {
		switch f.Name {
		case "id":
			return func(x *run, v *graph.PredicateCount) bool { return x.text(string(v.ID)) }
		case "iri":
			return func(x *run, v *graph.PredicateCount) bool { return x.text(v.IRI) }
		case "name":
			return func(x *run, v *graph.PredicateCount) bool { return x.text(v.Name) }
		case "inverseName":
			return func(x *run, v *graph.PredicateCount) bool { return x.optional(v.Inverse) }
		case "description":
			return func(x *run, v *graph.PredicateCount) bool { return x.optional(v.Description) }
		case "domain":
			return func(x *run, v *graph.PredicateCount) bool { return words(x, kinds, v.Domain) }
		case "range":
			return func(x *run, v *graph.PredicateCount) bool { return words(x, kinds, v.Range) }
		case "statementCount":
			return func(x *run, v *graph.PredicateCount) bool { return x.integer(v.Statements) }
		case "propertyCount":
			return func(x *run, v *graph.PredicateCount) bool { return x.integer(v.Properties) }
		}
		return nil
	})
}
