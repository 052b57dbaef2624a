package plan

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// hits are what a text found.
type hits struct {
	found model.SearchConnection
	refs  []graph.Ref // of the concepts
	err   error
}

func (t *hits) fault(int) error          { return t.err }
func (t *hits) items(int) (from, to int) { return 0, len(t.found.Hits()) }
func (t *hits) page(int) *model.PageOf   { return t.found.Paged() }
func (t *hits) total(int) int            { return int(t.found.TotalCount) }

// search compiles the root field search.
func (c *compiler) search(f graphql.CollectedField) write[root] {
	given, needs := arguments[model.SearchArguments](c, f), c.searchNeeds(f)
	table := newSlot[hits](c)
	c.step(func(x *run) error {
		t := table.in(x)
		if t.err = t.found.Find(x.ctx, x.view, *given(x), needs); t.err == nil {
			x.rows += len(t.found.Hits())
		}
		return x.ctx.Err()
	})
	write := connect(c, connection[*hits]{
		name: "Search",
		nodes: func(f graphql.CollectedField) items {
			return c.concepts(f, func(x *run) []graph.Ref {
				if t := table.in(x); t.err == nil {
					t.refs = model.AppendHitRefs(t.refs[:0], t.found.Hits())
					return t.refs
				}
				return nil
			})
		},
		field: func(f graphql.CollectedField) write[pageOf[*hits]] {
			if f.Name != "kindCounts" {
				return nil
			}
			o := c.kindCount(f.Selections)
			return func(x *run, v pageOf[*hits]) bool {
				return values(x, o, v.table.found.Kinds(), model.KindTotalOf)
			}
		},
		edge: func(f graphql.CollectedField) write[edgeOf[*hits]] {
			return hitField(c, f, func(v edgeOf[*hits]) *search.Hit { return &v.table.found.Hits()[v.item] })
		},
	}, f.Selections)
	return func(x *run, _ root) bool { return write(x, table.in(x), 0) }
}

// searchNeeds returns what a selection on hits wants beside the concepts.
func (c *compiler) searchNeeds(f graphql.CollectedField) (n model.SearchNeeds) {
	for _, f := range c.collect("SearchConnection", f.Selections) {
		switch f.Name {
		case "totalCount", "kindCounts":
			n.Counts = true
		case "edges":
			for _, f := range c.collect("SearchEdge", f.Selections) {
				n.Reasons = n.Reasons || f.Name == "score" || f.Name == "matched"
			}
		}
	}
	return n
}

// hitField compiles a field that says how a concept was found.
func hitField[V any](c *compiler, f graphql.CollectedField, hit func(v V) *search.Hit) write[V] {
	if f.Name == "matched" {
		o := c.match(f.Selections)
		return func(x *run, v V) bool { return o.write(x, x.view.HitOf(hit(v)).Matched()) }
	}
	return scalarOf(f.Name, func(x *run, v V) model.Hit { return x.view.HitOf(hit(v)) })
}

// completions are what a text may be on its way to.
type completions struct {
	found []search.Hit
	err   error
}

// complete compiles the root field complete.
func (c *compiler) complete(f graphql.CollectedField) write[root] {
	given := arguments[model.CompleteArguments](c, f)
	table := newSlot[completions](c)
	c.step(func(x *run) error {
		t, a := table.in(x), given(x)
		t.found, t.err = x.view.Completions(x.ctx, *a)
		x.rows += len(t.found)
		return x.ctx.Err()
	})
	type completion = struct {
		hit  *search.Hit
		item int
	}
	o := fieldsOf(c, "Completion", f.Selections, func(f graphql.CollectedField) write[completion] {
		if f.Name == "node" {
			nodes := c.concepts(f, func(x *run) []graph.Ref { return model.AppendHitRefs(nil, table.in(x).found) })
			return func(x *run, v completion) bool { return nodes.one(x, v.item) }
		}
		return hitField(c, f, func(v completion) *search.Hit { return v.hit })
	})
	return func(x *run, _ root) bool {
		t := table.in(x)
		if t.err != nil {
			return x.fail(t.err)
		}
		return list(x, 0, len(t.found), func(x *run, i int) bool { return o.write(x, completion{&t.found[i], i}) })
	}
}

func (c *compiler) match(selections ast.SelectionSet) *object[model.SearchMatch] {
	return fieldsOf(c, "SearchMatch", selections, func(f graphql.CollectedField) write[model.SearchMatch] {
		switch f.Name {
		case "predicate":
			o := c.predicate(f.Selections)
			return func(x *run, v model.SearchMatch) bool {
				p := v.Predicate()
				return p != nil && o.write(x, *p)
			}
		case "ranges":
			o := scalars[model.TextRange](c, "TextRange", f.Selections)
			return func(x *run, v model.SearchMatch) bool { return values(x, o, v.Found().Ranges, model.TextRangeOf) }
		}
		return nil
	})
}
