package resolvers

import (
	"context"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// node answers a look-up by id of anything: nil for an unknown id.
func node(ctx context.Context, id string) (model.Node, error) {
	v := model.ViewOf(ctx)
	ref, err := v.Find(ctx, id, graph.ClassNone, graph.KindNone)
	if err != nil {
		return nil, err
	}
	return v.Node(ctx, ref)
}

// nodes answers a look-up of several ids, in their order: nil for each that is
// unknown.
func nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	v := model.ViewOf(ctx)
	refs, faults, err := v.FindAll(ctx, ids)
	if err != nil {
		return nil, err
	}
	return v.FoundNodes(ctx, refs, faults)
}

// nodeOf answers a look-up by id of one class and, for concepts, one kind (of
// the first type; KindNone takes every kind): nil for an unknown id, an error
// for something else.
func nodeOf(ctx context.Context, id string, class graph.Class, kind graph.Kind) (model.Node, error) {
	v := model.ViewOf(ctx)
	ref, err := v.Find(ctx, id, class, kind)
	if ref == graph.NoRef || err != nil {
		return nil, err
	}
	return v.Node(ctx, ref)
}

// one is nodeOf for a field that gives one object type.
func one[T any](ctx context.Context, id string, class graph.Class, kind graph.Kind) (*T, error) {
	n, err := nodeOf(ctx, id, class, kind)
	if n == nil || err != nil {
		return nil, err
	}
	object := any(n).(T) // nodeOf has checked it
	return &object, nil
}

// list answers a field that lists concepts of a kind; KindNone lists all.
func list(ctx context.Context, field string, kind graph.Kind, filter *model.ConceptFilter, order walk.ListOrder, page model.Page) (*model.ConceptConnection, error) {
	return model.ViewOf(ctx).List(ctx, field, kind, filter, order, page)
}
