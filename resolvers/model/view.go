package model

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
)

// Release is one version of the graph, ready to be asked.
type Release struct {
	Reader graph.Reader
	// Index finds concepts of the Reader by text; it must be of the same version.
	Index *search.Index
	// Written is the version of the data as written, and JoinRules the number of the
	// rules by which its concepts were joined, 0 where they were not.
	Written   string
	JoinRules int
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
	reader    graph.Reader
	index     *search.Index
	serving   *Serving
	written   string
	joinRules int

	sourcesRead sync.Once // sources and their ids, once somebody asks who says something
	sources     []graph.Ref
	sourceIDs   []string

	// suggested counts the look-ups that found nothing: the first are told what may
	// have been meant.
	suggested atomic.Int32
}

// NewView returns a view of a release.
func NewView(r Release) *View {
	return &View{reader: r.Reader, index: r.Index, serving: r.Serving, written: r.Written, joinRules: r.JoinRules}
}

type viewKey struct{}

// WithView returns a context whose operation is answered from v.
func WithView(ctx context.Context, v *View) context.Context {
	return context.WithValue(ctx, viewKey{}, v)
}

// ViewOf returns the view that the operation is answered from: every context of a
// resolver has one.
func ViewOf(ctx context.Context) *View { return ctx.Value(viewKey{}).(*View) }

// Reader answers from the version.
func (v *View) Reader() graph.Reader { return v.reader }

// Summary describes the version.
func (v *View) Summary() *graph.Summary { return v.reader.Summary() }
