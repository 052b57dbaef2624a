package plan

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// listed is a connection of package model whose nodes have refs.
type listed interface {
	Refs() []graph.Ref
	Paged() *model.PageOf
}

// pageTable holds connections that package model makes one by one: those that
// are never many.
type pageTable[C listed] struct {
	err    error // of all
	of     []C
	faults []error
	start  []int // of the items of each
	refs   []graph.Ref
}

// add adds a row.
func (t *pageTable[C]) add(connection C, err error) {
	t.of, t.faults = append(t.of, connection), append(t.faults, err)
	if err == nil {
		t.refs = append(t.refs, connection.Refs()...)
	}
	t.start = append(t.start, len(t.refs))
}

func (t *pageTable[C]) fault(row int) error {
	if t.err != nil {
		return t.err
	}
	return t.faults[row]
}

func (t *pageTable[C]) items(row int) (from, to int) { return t.start[row], t.start[row+1] }

func (t *pageTable[C]) page(row int) *model.PageOf { return t.of[row].Paged() }

func (t *pageTable[C]) total(row int) int { return int(t.of[row].Paged().TotalCount) }

// newPages adds the step that fills such a table.
func newPages[C listed](c *compiler, fill func(x *run, t *pageTable[C]) error) slot[pageTable[C]] {
	table := newSlot[pageTable[C]](c)
	c.step(func(x *run) error {
		t := table.in(x)
		clear(t.of)
		t.of, t.faults, t.refs, t.start = t.of[:0], t.faults[:0], t.refs[:0], append(t.start[:0], 0)
		t.err = fill(x, t)
		x.rows += len(t.refs)
		return x.ctx.Err()
	})
	return table
}

// connected is a place for connections, one for each row of the place above.
type connected[T any, P interface {
	pages
	*T
}] struct {
	slot[T]
	write func(x *run, table P, row int) bool
}

func (k connected[T, P]) one(x *run, item int) bool { return k.write(x, k.in(x), item) }

func (k connected[T, P]) list(x *run, from, to int) bool { return list(x, from, to, k.one) }

// pagesOf compiles a field that gives connections of a name, whose nodes and
// further fields are compiled so; nil for no further ones.
func pagesOf[C listed, P items](
	c *compiler, f graphql.CollectedField, name string,
	nodes func(f graphql.CollectedField, refs func(x *run) []graph.Ref) P,
	field func(table slot[pageTable[C]], f graphql.CollectedField) write[pageOf[*pageTable[C]]],
	fill func(x *run, t *pageTable[C]) error,
) items {
	table := newPages(c, fill)
	k := connection[*pageTable[C]]{name: name, nodes: func(f graphql.CollectedField) items {
		return nodes(f, func(x *run) []graph.Ref { return table.in(x).refs })
	}}
	if field != nil {
		k.field = func(f graphql.CollectedField) write[pageOf[*pageTable[C]]] { return field(table, f) }
	}
	return connected[pageTable[C], *pageTable[C]]{table, connect(c, k, f.Selections)}
}

// conceptPages compiles a field that gives a ConceptConnection.
func (c *compiler) conceptPages(f graphql.CollectedField, fill func(x *run, t *pageTable[*model.ConceptConnection]) error) items {
	type pages = pageTable[*model.ConceptConnection]
	return pagesOf(c, f, "Concept", c.concepts, func(table slot[pages], f graphql.CollectedField) write[pageOf[*pages]] {
		write := c.counts(f, func(x *run) ([]walk.Counts, error) {
			t := table.in(x)
			counts := make([]walk.Counts, len(t.of))
			for i, connection := range t.of {
				if t.fault(i) != nil {
					continue
				}
				var err error
				if counts[i], err = connection.Counts(x.ctx); err != nil {
					return nil, err
				}
			}
			return counts, nil
		})
		if write == nil {
			return nil
		}
		return func(x *run, v pageOf[*pages]) bool { return write(x, v.row) }
	}, fill)
}

// statementPages compiles a field that gives a StatementConnection.
func (c *compiler) statementPages(f graphql.CollectedField, fill func(x *run, t *pageTable[*model.StatementConnection]) error) items {
	return pagesOf(c, f, "Statement", c.statements, nil, fill)
}

// articlePages compiles a field that gives an ArticleConnection.
func (c *compiler) articlePages(f graphql.CollectedField, fill func(x *run, t *pageTable[*model.ArticleConnection]) error) items {
	return pagesOf(c, f, "Article", c.sources, nil, fill)
}

// sameAs compiles the field of concepts of this name.
func (c *compiler) sameAs(p *concepts, f graphql.CollectedField) write[concept] {
	p.needs |= graph.ConceptID
	given := arguments[model.Page](c, f)
	return one[concept](c.conceptPages(f, func(x *run, t *pageTable[*model.ConceptConnection]) error {
		above := p.in(x)
		same, err := walk.SameAs(x.ctx, x.reader, above.refs)
		if err != nil {
			return err
		}
		for i := range above.refs {
			t.add(x.view.ConceptPage("sameAs", above.batch.ID[i], same[i].Concepts, *given(x)))
		}
		return nil
	}))
}

// combinations compiles the field of concepts of this name.
func (c *compiler) combinations(p *concepts, f graphql.CollectedField) write[concept] {
	p.needs |= graph.ConceptID
	given := arguments[model.Page](c, f)
	found := newSlot[lists](c)
	return one[concept](c.statementPages(f, func(x *run, t *pageTable[*model.StatementConnection]) error {
		above, l := p.in(x), found.in(x)
		if err := x.reader.Combinations(x.ctx, above.refs, &l.Lists); err != nil {
			return err
		}
		for i := range above.refs {
			t.add(x.view.CombinationPage(above.batch.ID[i], l.At(i), *given(x)))
		}
		return nil
	}))
}
