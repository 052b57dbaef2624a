package resolvers

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers/model"
)

// node answers a look-up by id of anything: nil for an unknown id.
func node(ctx context.Context, id string) (model.Node, error) {
	v, err := model.ViewOf(ctx)
	if err != nil {
		return nil, err
	}
	ref, err := v.Ref(ctx, id)
	if err != nil {
		return nil, err
	}
	return v.Node(ctx, ref)
}

// nodes answers a look-up of several ids, in their order: nil for each that is
// unknown.
func nodes(ctx context.Context, ids []string) ([]model.Node, error) {
	v, err := model.ViewOf(ctx)
	if err != nil {
		return nil, err
	}
	if len(ids) > model.MaxIDs {
		return nil, &model.Error{Code: model.BadPageSize, Message: tooManyIDs(len(ids))}
	}
	refs := make([]graph.Ref, len(ids))
	for i, id := range ids {
		ref, err := v.Ref(ctx, id)
		var fault *model.Error
		switch {
		case errors.As(err, &fault): // of this id alone
			graphql.AddError(graphql.WithPathContext(ctx, graphql.NewPathWithIndex(i)), err)
		case err != nil:
			return nil, err
		}
		refs[i] = ref
	}
	return v.Nodes(ctx, refs)
}

// nodeOf answers a look-up by id of one class and, for concepts, one kind (of
// the first type; KindNone takes every kind): nil for an unknown id, an error
// for something else.
func nodeOf(ctx context.Context, id string, class graph.Class, kind graph.Kind) (model.Node, error) {
	v, err := model.ViewOf(ctx)
	if err != nil {
		return nil, err
	}
	ref, err := v.Ref(ctx, id)
	if ref == graph.NoRef || err != nil {
		return nil, err
	}
	if err := v.Expect(ctx, id, ref, class, kind); err != nil {
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
	v, err := model.ViewOf(ctx)
	if err != nil {
		return nil, err
	}
	return v.List(ctx, field, kind, filter, order, page)
}
