package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// pathTable holds the paths of a page, and their steps and links one after the
// other: what hangs on them has a place among them all.
type pathTable struct {
	found      *model.PathConnection
	err        error
	nodes      []graph.Ref
	steps      []*walk.Step
	links      []*walk.Link
	statements []graph.Ref
	// Where the things of each path, step and link begin.
	nodesOf, stepsOf, linksOf, statementsOf []int

	sentences    []string
	sentencesErr error
}

// pathPart is a path, a step or a link in such a table.
type pathPart struct {
	t *pathTable
	i int
}

func (t *pathTable) fault(int) error          { return t.err }
func (t *pathTable) items(int) (from, to int) { return 0, len(t.found.Paths()) }
func (t *pathTable) page(int) *model.PageOf   { return t.found.Paged() }
func (t *pathTable) total(int) int            { return int(t.found.TotalCount) }

// take lays out the paths.
func (t *pathTable) take() {
	for i := range t.found.Paths() {
		p := &t.found.Paths()[i]
		t.nodesOf, t.stepsOf = append(t.nodesOf, len(t.nodes)), append(t.stepsOf, len(t.steps))
		t.nodes = append(t.nodes, p.Nodes...)
		for j := range p.Steps {
			s := &p.Steps[j]
			t.linksOf = append(t.linksOf, len(t.links))
			t.steps = append(t.steps, s)
			for k := range s.Links {
				t.statementsOf = append(t.statementsOf, len(t.statements))
				t.links = append(t.links, &s.Links[k])
				t.statements = append(t.statements, s.Links[k].Statements...)
			}
		}
	}
}

// paths compiles the root field paths.
func (c *compiler) paths(f graphql.CollectedField) write[root] {
	given := arguments[model.PathArguments](c, f)
	table := newSlot[pathTable](c)
	c.step(func(x *run) error {
		t := table.in(x)
		*t = pathTable{}
		if t.found, t.err = x.view.Paths(x.ctx, *given(x)); t.err == nil {
			t.take()
		}
		return x.ctx.Err()
	})
	write := connect(c, connection[*pathTable]{
		name: "Path",
		nodes: func(f graphql.CollectedField) items {
			o := fieldsOf(c, "Path", f.Selections, func(f graphql.CollectedField) write[pathPart] { return c.pathField(table, f) })
			return atHand(func(x *run, item int) bool { return o.write(x, pathPart{table.in(x), item}) })
		},
		field: func(f graphql.CollectedField) write[pageOf[*pathTable]] {
			return scalarOf(f.Name, func(_ *run, v pageOf[*pathTable]) *model.PathConnection { return v.table.found })
		},
	}, f.Selections)
	return func(x *run, _ root) bool { return write(x, table.in(x), 0) }
}

// pathField compiles a field of a path.
func (c *compiler) pathField(table slot[pathTable], f graphql.CollectedField) write[pathPart] {
	switch f.Name {
	case "nodes":
		nodes := c.concepts(f, func(x *run) []graph.Ref { return table.in(x).nodes })
		return func(x *run, v pathPart) bool {
			from := v.t.nodesOf[v.i]
			return nodes.list(x, from, from+len(v.t.found.Paths()[v.i].Nodes))
		}
	case "steps":
		o := fieldsOf(c, "PathStep", f.Selections, func(f graphql.CollectedField) write[pathPart] { return c.pathStepField(table, f) })
		return func(x *run, v pathPart) bool {
			from := v.t.stepsOf[v.i]
			return list(x, from, from+len(v.t.found.Paths()[v.i].Steps), func(x *run, i int) bool { return o.write(x, pathPart{v.t, i}) })
		}
	case "explanation":
		c.step(func(x *run) error {
			if t := table.in(x); t.err == nil && t.sentences == nil {
				t.sentences, t.sentencesErr = walk.Explain(x.ctx, x.reader, t.found.Paths())
			}
			return x.ctx.Err()
		})
		return func(x *run, v pathPart) bool {
			if v.t.sentencesErr != nil {
				return x.fail(v.t.sentencesErr)
			}
			return x.text(v.t.sentences[v.i])
		}
	}
	return scalarOf(f.Name, func(_ *run, v pathPart) model.PathRow { return model.PathRowOf(&v.t.found.Paths()[v.i]) })
}

// pathStepField compiles a field of a step.
func (c *compiler) pathStepField(table slot[pathTable], f graphql.CollectedField) write[pathPart] {
	end := func(of func(s *walk.Step) graph.Ref) write[pathPart] {
		ends := c.concepts(f, func(x *run) []graph.Ref { return refsOf(table.in(x).steps, of) })
		return func(x *run, v pathPart) bool { return ends.one(x, v.i) }
	}
	switch f.Name {
	case "from":
		return end(func(s *walk.Step) graph.Ref { return s.From })
	case "to":
		return end(func(s *walk.Step) graph.Ref { return s.To })
	case "links":
		o := fieldsOf(c, "StepLink", f.Selections, func(f graphql.CollectedField) write[pathPart] { return c.stepLinkField(table, f) })
		return func(x *run, v pathPart) bool {
			from := v.t.linksOf[v.i]
			return list(x, from, from+len(v.t.steps[v.i].Links), func(x *run, i int) bool { return o.write(x, pathPart{v.t, i}) })
		}
	}
	return nil
}

// stepLinkField compiles a field of a link between two neighbours.
func (c *compiler) stepLinkField(table slot[pathTable], f graphql.CollectedField) write[pathPart] {
	switch f.Name {
	case "predicate":
		o := c.predicate(f.Selections)
		return func(x *run, v pathPart) bool { return o.write(x, x.predicate(v.t.links[v.i].Predicate)) }
	case "statements":
		statements := c.statements(f, func(x *run) []graph.Ref { return table.in(x).statements })
		return func(x *run, v pathPart) bool {
			from := v.t.statementsOf[v.i]
			return statements.list(x, from, from+len(v.t.links[v.i].Statements))
		}
	}
	return scalarOf(f.Name, func(_ *run, v pathPart) model.LinkRow { return model.LinkRowOf(v.t.links[v.i].Incoming, 1) })
}
