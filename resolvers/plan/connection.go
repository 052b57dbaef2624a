package plan

import (
	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/plexus-kg/plexus/resolvers/model"
)

// pages is a table whose rows are pages of lists: what a connection stands on.
// The things on all pages together are its items, page after page.
type pages interface {
	// fault returns why a page cannot be given, nil if it can.
	fault(row int) error
	// items returns which items are on a page.
	items(row int) (from, to int)
	// page returns where a page lies in its list.
	page(row int) *model.PageOf
	// total returns the length of the whole list.
	total(row int) int
}

// pageOf is a page in a table, edgeOf an edge of it.
type (
	pageOf[T pages] struct {
		table T
		row   int
	}
	edgeOf[T pages] struct {
		pageOf[T]
		item int // among the items of all pages
		at   int // on its page
	}
)

// Index is the place of the edge among those of all pages.
func (v edgeOf[T]) Index() int { return v.item }

// connection is a place for Relay connections, whatever is in them.
type connection[T pages] struct {
	name string // LinkConnection has LinkEdge: Link
	// nodes compiles the place of what the lists hold.
	nodes func(f graphql.CollectedField) items
	// field and edge compile the fields that this kind of connection has beside
	// those that all have; nil for none.
	field func(f graphql.CollectedField) write[pageOf[T]]
	edge  func(f graphql.CollectedField) write[edgeOf[T]]
}

// connect compiles a selection on connections: how a row of the table is
// written.
func connect[T pages](c *compiler, k connection[T], selections ast.SelectionSet) func(x *run, table T, row int) bool {
	o := fieldsOf(c, k.name+"Connection", selections, func(f graphql.CollectedField) write[pageOf[T]] {
		switch f.Name {
		case "totalCount":
			return func(x *run, v pageOf[T]) bool { return x.integer(v.table.total(v.row)) }
		case "pageInfo":
			info := scalars[model.PageInfo](c, "PageInfo", f.Selections)
			return func(x *run, v pageOf[T]) bool { return info.write(x, v.table.page(v.row).PageInfo()) }
		case "nodes":
			nodes := k.nodes(f)
			return func(x *run, v pageOf[T]) bool {
				from, to := v.table.items(v.row)
				return nodes.list(x, from, to)
			}
		case "edges":
			edges := k.edges(c, f.Selections)
			return func(x *run, v pageOf[T]) bool {
				from, to := v.table.items(v.row)
				return list(x, from, to, func(x *run, i int) bool { return edges.write(x, edgeOf[T]{v, i, i - from}) })
			}
		}
		if k.field == nil {
			return nil
		}
		return k.field(f)
	})
	return func(x *run, table T, row int) bool {
		if err := table.fault(row); err != nil {
			return x.fail(err)
		}
		return o.write(x, pageOf[T]{table, row})
	}
}

// edges compiles a selection on the edges of connections.
func (k *connection[T]) edges(c *compiler, selections ast.SelectionSet) *object[edgeOf[T]] {
	return fieldsOf(c, k.name+"Edge", selections, func(f graphql.CollectedField) write[edgeOf[T]] {
		switch f.Name {
		case "cursor":
			return func(x *run, v edgeOf[T]) bool { return x.cursor(v.table.page(v.row).Cursor(v.at)) }
		case "node":
			nodes := k.nodes(f)
			return func(x *run, v edgeOf[T]) bool { return nodes.one(x, v.item) }
		}
		if k.edge == nil {
			return nil
		}
		return k.edge(f)
	})
}

// cursor writes a cursor, or nothing where there is none.
func (x *run) cursor(c model.Cursor) bool {
	buf, ok := c.Append(append(x.buf, '"'))
	if ok {
		x.buf = append(buf, '"')
	}
	return ok
}
