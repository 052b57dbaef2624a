package model

import (
	"context"
	"errors"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
)

// Release is one version of the graph, ready to be asked.
type Release struct {
	Reader graph.Reader
	// Index finds concepts of the Reader by text; it must be of the same version.
	Index *search.Index
	// Serving is what the server that serves the release says of itself; nil
	// outside of one.
	Serving *Serving
	// Done, if it is not nil, is called once for each time that the release was
	// given out, when nothing of it is used any more: texts of a Reader may lie in
	// memory that is then given back.
	Done func()
}

// View is one version of the graph as one request sees it. Every object that
// a request is answered with belongs to its View.
type View struct {
	reader  graph.Reader
	index   *search.Index
	serving *Serving
}

// NewView returns a view of a release.
func NewView(r Release) *View { return &View{reader: r.Reader, index: r.Index, serving: r.Serving} }

type viewKey struct{}

// WithView returns a context whose operation is answered from v.
func WithView(ctx context.Context, v *View) context.Context {
	return context.WithValue(ctx, viewKey{}, v)
}

var errNoView = errors.New("no version of the graph is pinned to this request")

// ViewOf returns the view that the operation is answered from.
func ViewOf(ctx context.Context) (*View, error) {
	v, ok := ctx.Value(viewKey{}).(*View)
	if !ok {
		return nil, errNoView
	}
	return v, nil
}

// Reader answers from the version.
func (v *View) Reader() graph.Reader { return v.reader }

// Summary describes the version.
func (v *View) Summary() *graph.Summary { return v.reader.Summary() }
