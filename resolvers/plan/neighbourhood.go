package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// surroundings hold what surrounds each concept of a place, and the concepts
// and links of all of them together.
type surroundings struct {
	of         []*model.Neighbourhood
	faults     []error
	nodesOf    []int
	edgesOf    []int
	nodes      []*walk.Node
	edges      []*walk.Edge
	statements graph.Lists[graph.Ref]
}

// surrounding is a neighbourhood, or a node or edge of one, in such a table.
type surrounding struct {
	t *surroundings
	i int
}

// add adds a row.
func (t *surroundings) add(n *model.Neighbourhood, err error) {
	t.of, t.faults = append(t.of, n), append(t.faults, err)
	if err == nil {
		p := n.Picture()
		for i := range p.Nodes {
			t.nodes = append(t.nodes, &p.Nodes[i])
		}
		for i := range p.Edges {
			t.edges = append(t.edges, &p.Edges[i])
			t.statements.Items = append(t.statements.Items, p.Edges[i].Statements...)
			t.statements.Close()
		}
	}
	t.nodesOf, t.edgesOf = append(t.nodesOf, len(t.nodes)), append(t.edgesOf, len(t.edges))
}

// neighbourhood compiles the field of concepts of this name. Each concept is a
// walk of its own.
func (c *compiler) neighbourhood(p *concepts, f graphql.CollectedField) write[concept] {
	given := arguments[struct {
		Depth, First int32
		Predicates   []string
	}](c, f)
	table := newSlot[surroundings](c)
	c.step(func(x *run) error {
		t, a := table.in(x), given(x)
		*t = surroundings{nodesOf: append(t.nodesOf[:0], 0), edgesOf: append(t.edgesOf[:0], 0)}
		t.statements.Reset()
		for _, ref := range p.in(x).refs {
			t.add(x.view.Neighbourhood(x.ctx, ref, a.Depth, a.First, a.Predicates))
			if err := x.ctx.Err(); err != nil {
				return err
			}
		}
		x.rows += len(t.nodes)
		return nil
	})
	o := fieldsOf(c, "Neighbourhood", f.Selections, func(f graphql.CollectedField) write[surrounding] {
		return c.neighbourhoodField(table, f)
	})
	return func(x *run, v concept) bool {
		t := table.in(x)
		if err := t.faults[v.At]; err != nil {
			return x.fail(err)
		}
		return o.write(x, surrounding{t, v.At})
	}
}

// neighbourhoodField compiles a field of a neighbourhood.
func (c *compiler) neighbourhoodField(table slot[surroundings], f graphql.CollectedField) write[surrounding] {
	switch f.Name {
	case "nodes":
		o := fieldsOf(c, "NeighbourhoodNode", f.Selections, func(f graphql.CollectedField) write[surrounding] {
			if f.Name == "concept" {
				return c.surroundingConcept(f, func(x *run) []graph.Ref {
					return refsOf(table.in(x).nodes, func(n *walk.Node) graph.Ref { return n.Concept })
				})
			}
			return scalarOf(f.Name, func(_ *run, v surrounding) model.NodeRow { return model.NodeRowOf(v.t.nodes[v.i]) })
		})
		return func(x *run, v surrounding) bool {
			return list(x, v.t.nodesOf[v.i], v.t.nodesOf[v.i+1], func(x *run, i int) bool { return o.write(x, surrounding{v.t, i}) })
		}
	case "edges":
		o := fieldsOf(c, "NeighbourhoodEdge", f.Selections, func(f graphql.CollectedField) write[surrounding] {
			return c.neighbourhoodEdgeField(table, f)
		})
		return func(x *run, v surrounding) bool {
			return list(x, v.t.edgesOf[v.i], v.t.edgesOf[v.i+1], func(x *run, i int) bool { return o.write(x, surrounding{v.t, i}) })
		}
	}
	return scalarOf(f.Name, func(_ *run, v surrounding) *model.Neighbourhood { return v.t.of[v.i] })
}

// neighbourhoodEdgeField compiles a field of a link of a neighbourhood.
func (c *compiler) neighbourhoodEdgeField(table slot[surroundings], f graphql.CollectedField) write[surrounding] {
	switch f.Name {
	case "subject":
		return c.surroundingConcept(f, func(x *run) []graph.Ref {
			return refsOf(table.in(x).edges, func(e *walk.Edge) graph.Ref { return e.Subject })
		})
	case "object":
		return c.surroundingConcept(f, func(x *run) []graph.Ref {
			return refsOf(table.in(x).edges, func(e *walk.Edge) graph.Ref { return e.Object })
		})
	case "predicate":
		o := c.predicate(f.Selections)
		return func(x *run, v surrounding) bool { return o.write(x, x.predicate(v.t.edges[v.i].Predicate)) }
	case "statements":
		statements := c.statements(f, func(x *run) []graph.Ref { return table.in(x).statements.Items })
		return func(x *run, v surrounding) bool { return listAt(x, statements, v.t.statements.Start, v.i) }
	}
	return nil
}

func (c *compiler) surroundingConcept(f graphql.CollectedField, refs func(x *run) []graph.Ref) write[surrounding] {
	concepts := c.concepts(f, refs)
	return func(x *run, v surrounding) bool { return concepts.one(x, v.i) }
}

// refsOf returns a ref of each of some things.
func refsOf[T any](all []T, of func(T) graph.Ref) []graph.Ref {
	refs := make([]graph.Ref, len(all))
	for i := range all {
		refs[i] = of(all[i])
	}
	return refs
}
