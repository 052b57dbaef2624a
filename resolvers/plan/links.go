package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// linkTable holds the links of all concepts of a place.
type linkTable struct {
	askedTable
	question  *model.LinkQuestion
	batch     graph.LinkBatch
	walked    *walked // what a Reader alone does not know
	counts    []walk.Counts
	countsErr error
}

// supportTable holds how all links of a place are supported.
type supportTable struct {
	of  []walk.Support
	err error
}

// walked is what links have that took a walk.
type walked struct {
	via        graph.Lists[graph.Ref]
	distance   []int
	incomplete []bool // of the concepts
}

// links compiles a link field of the concepts of a place.
func (c *compiler) links(p *concepts, f graphql.CollectedField, on *typeSet) write[concept] {
	p.needs |= graph.ConceptID
	given, fixed := arguments[model.LinkArguments](c, f), c.fixed(f)
	table := newSlot[linkTable](c)
	field := f.Name
	c.step(func(x *run) error {
		t, above := table.in(x), p.in(x)
		t.begin(above)
		for i, kind := range above.batch.Kind { // of the others it is not asked
			if kind != graph.KindNone && !on.has(int(kind)-1) {
				t.leaveOut(i)
			}
		}
		if t.err = t.read(x, field, given(x), fixed); t.err != nil {
			t.batch.Reset() // nothing hangs on this place
		}
		if err := x.hold(len(t.batch.Other)); err != nil {
			return err
		}
		return x.ctx.Err()
	})
	write := connect(c, connection[*linkTable]{
		name: "Link",
		nodes: func(f graphql.CollectedField) items {
			return c.concepts(f, func(x *run) []graph.Ref { return table.in(x).batch.Other })
		},
		field: func(f graphql.CollectedField) write[pageOf[*linkTable]] { return c.linksField(table, f) },
		edge:  func(f graphql.CollectedField) write[edgeOf[*linkTable]] { return c.linkEdgeField(table, f) },
	}, f.Selections)
	return func(x *run, v concept) bool { return write(x, table.in(x), v.At) }
}

// read asks the question of all concepts.
func (t *linkTable) read(x *run, field string, a *model.LinkArguments, fixed bool) (err error) {
	t.walked, t.counts, t.countsErr = nil, nil, nil
	if !t.asked(x, fixed) {
		spent := x.spent()
		if t.question, err = x.view.AskLinks(x.ctx, field, *a); err != nil {
			return err
		}
		t.version, t.steps = x.summary, x.spent()-spent
	}
	if err := t.turn(&t.question.Paging); err != nil {
		return err
	}
	if q, plain := t.question.Plain(); plain {
		q.Window = t.window
		err = x.reader.Links(x.ctx, t.concepts, q, &t.batch)
	} else {
		var pages []model.LinkPage
		pages, err = t.question.Read(x.ctx, x.view, t.concepts, t.window)
		t.take(pages)
	}
	t.start, t.totals = t.batch.Start, t.batch.Total
	return err
}

// take turns the pages of a walk into a table.
func (t *linkTable) take(pages []model.LinkPage) {
	b, w := &t.batch, &walked{}
	b.Reset()
	w.via.Reset()
	for _, p := range pages {
		for i := range p.Links {
			l := &p.Links[i]
			b.Predicate, b.Incoming, b.Other = append(b.Predicate, l.Predicate), append(b.Incoming, l.Incoming), append(b.Other, l.Other)
			b.Statements.Items = append(b.Statements.Items, l.Statements...)
			b.Statements.Close()
			w.via.Items = append(w.via.Items, l.Via...)
			w.via.Close()
			w.distance = append(w.distance, l.Distance)
		}
		b.Start, b.Total = append(b.Start, uint32(len(b.Other))), append(b.Total, p.Total)
		w.incomplete = append(w.incomplete, !p.Complete)
	}
	t.walked = w
}

// linksField compiles a field of LinkConnection that other connections lack.
func (c *compiler) linksField(table slot[linkTable], f graphql.CollectedField) write[pageOf[*linkTable]] {
	if f.Name == "complete" {
		return func(x *run, v pageOf[*linkTable]) bool {
			return x.boolean(v.table.walked == nil || !v.table.walked.incomplete[v.row])
		}
	}
	write := c.counts(f, func(x *run) ([]walk.Counts, error) {
		t := table.in(x)
		if t.err == nil && t.counts == nil && t.countsErr == nil && len(t.concepts) > 0 {
			t.counts, t.countsErr = t.question.Count(x.ctx, x.view, t.concepts)
		}
		return t.counts, t.countsErr
	})
	if write == nil {
		return nil
	}
	return func(x *run, v pageOf[*linkTable]) bool { return write(x, v.row) }
}

// linkEdgeField compiles a field of LinkEdge that other edges lack.
func (c *compiler) linkEdgeField(table slot[linkTable], f graphql.CollectedField) write[edgeOf[*linkTable]] {
	switch f.Name {
	case "predicate":
		o := c.predicate(f.Selections)
		return func(x *run, v edgeOf[*linkTable]) bool {
			return o.write(x, x.predicate(v.table.batch.Predicate[v.item]))
		}
	case "via":
		via := c.concepts(f, func(x *run) []graph.Ref {
			if t := table.in(x); t.walked != nil {
				return t.walked.via.Items
			}
			return table.in(x).concepts
		})
		return func(x *run, v edgeOf[*linkTable]) bool {
			if v.table.walked == nil { // whose link it is: the concept asked about
				return via.list(x, v.row, v.row+1)
			}
			return listAt(x, via, v.table.walked.via.Start, v.item)
		}
	case "support":
		supports := newSlot[supportTable](c)
		c.step(func(x *run) error {
			t := supports.in(x)
			of := table.in(x)
			if t.of, t.err = nil, nil; of.question != nil {
				t.of, t.err = of.question.Supports(x.ctx, x.view, of.batch.Statements)
			}
			return x.ctx.Err()
		})
		o := scalars[model.Support](c, "Support", f.Selections)
		return func(x *run, v edgeOf[*linkTable]) bool {
			t := supports.in(x)
			if t.err != nil {
				return x.fail(t.err)
			}
			return o.write(x, model.SupportOf(&t.of[v.item]))
		}
	case "explanation":
		return explain[edgeOf[*linkTable]](c, func(x *run) graph.Lists[graph.Ref] { return table.in(x).batch.Statements })
	case "statements":
		statements := c.statements(f, func(x *run) []graph.Ref { return table.in(x).batch.Statements.Items })
		return func(x *run, v edgeOf[*linkTable]) bool {
			return listAt(x, statements, v.table.batch.Statements.Start, v.item)
		}
	}
	return scalarOf(f.Name, func(_ *run, v edgeOf[*linkTable]) model.LinkRow {
		distance := 1
		if v.table.walked != nil {
			distance = v.table.walked.distance[v.item]
		}
		return model.LinkRowOf(v.table.batch.Incoming[v.item], distance)
	})
}
