package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// propertyTable holds the values of all concepts of a place.
type propertyTable struct {
	askedTable
	question *model.PropertyQuestion
	batch    graph.PropertyBatch
}

// read asks the question of all concepts.
func (t *propertyTable) read(x *run, a *model.PropertyArguments, fixed bool) (err error) {
	if !t.asked(x, fixed) {
		spent := x.spent()
		if t.question, err = x.view.AskProperties(x.ctx, *a); err != nil {
			return err
		}
		t.version, t.steps = x.summary, x.spent()-spent
	}
	if err := t.turn(&t.question.Paging); err != nil {
		return err
	}
	err = t.question.Read(x.ctx, x.view, t.concepts, t.window, &t.batch)
	t.start, t.totals = t.batch.Start, t.batch.Total
	return err
}

// properties compiles the field of concepts of this name.
func (c *compiler) properties(p *concepts, f graphql.CollectedField) write[concept] {
	p.needs |= graph.ConceptID
	given, fixed := arguments[model.PropertyArguments](c, f), c.fixed(f)
	table := newSlot[propertyTable](c)
	c.step(func(x *run) error {
		t := table.in(x)
		t.begin(p.in(x))
		if t.err = t.read(x, given(x), fixed); t.err != nil {
			t.batch.Reset()
		}
		if err := x.hold(len(t.batch.Value)); err != nil {
			return err
		}
		return x.ctx.Err()
	})
	type property = struct {
		t    *propertyTable
		item int
	}
	write := connect(c, connection[*propertyTable]{
		name: "Property",
		nodes: func(f graphql.CollectedField) items {
			o := fieldsOf(c, "Property", f.Selections, func(f graphql.CollectedField) write[property] {
				switch f.Name {
				case "predicate":
					o := c.predicate(f.Selections)
					return func(x *run, v property) bool {
						return o.write(x, x.predicate(v.t.batch.Predicate[v.item]))
					}
				case "value":
					o := c.value(f.Selections)
					return func(x *run, v property) bool { return o.write(x, model.ValueOf(&v.t.batch.Value[v.item])) }
				}
				return nil
			})
			return atHand(func(x *run, item int) bool { return o.write(x, property{table.in(x), item}) })
		},
		edge: func(f graphql.CollectedField) write[edgeOf[*propertyTable]] {
			if f.Name != "statements" {
				return nil
			}
			statements := c.statements(f, func(x *run) []graph.Ref { return table.in(x).batch.Statements.Items })
			return func(x *run, v edgeOf[*propertyTable]) bool {
				return listAt(x, statements, v.table.batch.Statements.Start, v.item)
			}
		},
	}, f.Selections)
	return func(x *run, v concept) bool { return write(x, table.in(x), v.At) }
}

// atHand is a place for things that need not be read.
type atHand func(x *run, item int) bool

func (a atHand) one(x *run, item int) bool { return a(x, item) }

func (a atHand) list(x *run, from, to int) bool { return list(x, from, to, a) }
