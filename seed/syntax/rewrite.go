package syntax

import (
	"context"
	"errors"
	"io"

	"github.com/cayleygraph/quad"
)

// Rewriter says in the graph's words what a file says in others, a quad at a time.
type Rewriter interface {
	// Add takes a quad in the order of the file.
	Add(Place, quad.Quad) error
	// Finish hands on what had to wait for the end of the file. It may return
	// [Mistakes].
	Finish() error
}

// Rewrite returns a reader of the same files whose quads go through a rewriter, which
// begin makes for each file; it hands them on to yield. Mistakes of the file and of the
// rewriter are one list.
func Rewrite(scan Quads, begin func(yield func(Place, quad.Quad) error) Rewriter) Quads {
	return func(ctx context.Context, r io.Reader, yield func(Place, quad.Quad) error) error {
		w := begin(yield)
		var found, more Mistakes
		if err := scan(ctx, r, w.Add); err != nil && !errors.As(err, &found) {
			return err
		}
		if err := w.Finish(); err != nil && !errors.As(err, &more) {
			return err
		}
		if found = append(found, more...); len(found) > 0 {
			return found
		}
		return nil
	}
}

// Placed is a quad and where it stands.
type Placed struct {
	quad.Quad

	At Place
}

// Aside keeps what is said of some nodes until it is known what becomes of them.
type Aside struct {
	nodes map[quad.Value]*Node
	order []quad.Value
}

// Node is what is said of a node that was put aside.
type Node struct {
	Quads []Placed
	// Used says that something else has taken its place.
	Used bool
}

// Of returns what is said of a node; nil if it was not put aside.
func (a *Aside) Of(v quad.Value) *Node { return a.nodes[v] }

// Put puts a node aside, unless it is.
func (a *Aside) Put(v quad.Value) *Node {
	n := a.nodes[v]
	if n == nil {
		n = new(Node)
		if a.nodes == nil {
			a.nodes = map[quad.Value]*Node{}
		}
		a.nodes[v] = n
		a.order = append(a.order, v)
	}
	return n
}

// Unused hands on what is said of nodes that nothing has taken the place of, in the
// order in which they were put aside.
func (a *Aside) Unused(yield func(Place, quad.Quad) error) error {
	for _, v := range a.order {
		n := a.nodes[v]
		if n.Used {
			continue
		}
		for _, q := range n.Quads {
			if err := yield(q.At, q.Quad); err != nil {
				return err
			}
		}
	}
	return nil
}
