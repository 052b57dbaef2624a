// Package gen is what gqlgen makes of the schema. This file is the only one that
// is written by hand.
package gen

import (
	"context"

	"github.com/plexus-kg/plexus/resolvers/model"
)

// gqlgen makes no resolvers of the fields _entities and _service: it calls these
// two methods, which its federation plugin writes. Theirs would look for the keys
// in the SDL that all clients see, ask for a resolver of every type, and tell
// errors without a path.

//nolint:staticcheck // ST1003: the name is gqlgen's
func (*executionContext) __resolve_entities(ctx context.Context, representations []any) []model.Node {
	return model.Entities(ctx, representations)
}

//nolint:staticcheck // ST1003: the name is gqlgen's
func (*executionContext) __resolve__service(context.Context) (model.Service, error) {
	return model.Service{}, nil
}
