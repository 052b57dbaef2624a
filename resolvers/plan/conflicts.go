package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// conflictTable is a page of conflicts, and the statements of both sides.
type conflictTable struct {
	connection           *model.ConflictConnection
	err                  error
	supporting, opposing graph.Lists[graph.Ref]
}

func (t *conflictTable) fault(int) error          { return t.err }
func (t *conflictTable) items(int) (from, to int) { return 0, len(t.connection.Found()) }
func (t *conflictTable) page(int) *model.PageOf   { return t.connection.Paged() }
func (t *conflictTable) total(int) int            { return int(t.connection.TotalCount) }

// found returns the conflicts, none where they cannot be given.
func (t *conflictTable) found() []walk.Conflict {
	if t.err != nil {
		return nil
	}
	return t.connection.Found()
}

// conflicts compiles the root field conflicts.
func (c *compiler) conflicts(f graphql.CollectedField) write[root] {
	given := arguments[model.ConflictArguments](c, f)
	table := newSlot[conflictTable](c)
	c.step(func(x *run) error {
		t := table.in(x)
		t.connection, t.err = x.view.Conflicts(x.ctx, *given(x))
		t.supporting.Reset()
		t.opposing.Reset()
		for _, found := range t.found() {
			t.supporting.Items = append(t.supporting.Items, found.Holding...)
			t.supporting.Close()
			t.opposing.Items = append(t.opposing.Items, found.Against...)
			t.opposing.Close()
		}
		x.rows += len(t.found())
		return x.ctx.Err()
	})
	write := connect(c, connection[*conflictTable]{
		name:  "Conflict",
		nodes: func(f graphql.CollectedField) items { return c.conflictNodes(table, f) },
	}, f.Selections)
	return func(x *run, _ root) bool { return write(x, table.in(x), 0) }
}

// conflictItems is the place of the conflicts of a page.
type conflictItems struct {
	slot[conflictTable]
	object *object[conflict]
}

// conflict is a conflict in such a table.
type conflict struct {
	t    *conflictTable
	item int
}

func (c conflict) Index() int { return c.item }

func (p conflictItems) one(x *run, item int) bool { return p.object.write(x, conflict{p.in(x), item}) }

func (p conflictItems) list(x *run, from, to int) bool { return list(x, from, to, p.one) }

func (c *compiler) conflictNodes(table slot[conflictTable], f graphql.CollectedField) items {
	return conflictItems{table, fieldsOf(c, "Conflict", f.Selections, func(f graphql.CollectedField) write[conflict] {
		return c.conflictField(table, f)
	})}
}

// conflictField compiles a field of a conflict.
func (c *compiler) conflictField(table slot[conflictTable], f graphql.CollectedField) write[conflict] {
	concepts := func(of func(*walk.Conflict) graph.Ref) write[conflict] {
		return one[conflict](c.concepts(f, func(x *run) []graph.Ref {
			found := table.in(x).found()
			refs := make([]graph.Ref, len(found))
			for i := range found {
				refs[i] = of(&found[i])
			}
			return refs
		}))
	}
	switch f.Name {
	case "subject":
		return concepts(func(c *walk.Conflict) graph.Ref { return c.Subject })
	case "object":
		return concepts(func(c *walk.Conflict) graph.Ref { return c.Object })
	case "predicate":
		o := c.predicate(f.Selections)
		return func(x *run, v conflict) bool { return o.write(x, x.predicate(v.t.found()[v.item].Predicate)) }
	case "value":
		o := c.value(f.Selections)
		return func(x *run, v conflict) bool {
			found := &v.t.found()[v.item]
			return found.Object == graph.NoRef && o.write(x, model.ValueOf(&found.Value))
		}
	case "supporting":
		statements := c.statements(f, func(x *run) []graph.Ref { return table.in(x).supporting.Items })
		return func(x *run, v conflict) bool { return listAt(x, statements, v.t.supporting.Start, v.item) }
	case "opposing":
		statements := c.statements(f, func(x *run) []graph.Ref { return table.in(x).opposing.Items })
		return func(x *run, v conflict) bool { return listAt(x, statements, v.t.opposing.Start, v.item) }
	}
	return scalarOf(f.Name, func(_ *run, v conflict) model.ConflictRow { return model.ConflictRowOf(&v.t.found()[v.item]) })
}
