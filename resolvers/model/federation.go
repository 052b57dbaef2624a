package model

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/schema"
)

// Service is this service as a part of a federation.
type Service struct{}

// SDL resolves the field sdl.
func (Service) SDL() string { return schema.Subgraph() }

// anyConcept is the type by which a concept is referred to whatever its kind.
const anyConcept = "Concept"

// referable are the types that a thing may be referred to by.
var referable = func() map[string]bool {
	types := map[string]bool{anyConcept: true, "Statement": true, "Section": true}
	for _, k := range graph.Kinds() {
		types[k.String()] = true
	}
	for _, s := range SourceTypes() {
		types[s] = true
	}
	return types
}()

// Entities answers the field _entities, for which gqlgen makes no resolver that
// could return an error: it is noted instead.
func Entities(ctx context.Context, representations []any) []Node {
	nodes, err := entities(ctx, representations)
	if err != nil {
		graphql.AddError(ctx, err)
		return make([]Node, len(representations))
	}
	return nodes
}

func entities(ctx context.Context, representations []any) ([]Node, error) {
	v, err := ViewOf(ctx)
	if err != nil {
		return nil, err
	}
	refs, faults, err := v.FindEntities(ctx, representations)
	if err != nil {
		return nil, err
	}
	for i, fault := range faults {
		if fault != nil {
			graphql.AddError(graphql.WithPathContext(ctx, graphql.NewPathWithIndex(i)), fault)
		}
	}
	return v.Nodes(ctx, refs)
}

// FindEntities finds what the representations of a federation refer to, in their
// order: NoRef for an id that is unknown, and NoRef with an error of its own for
// a representation that is malformed, or whose type is not that of the thing.
// How many there may be is the business of limits: a router has to be answered
// whole or not at all.
func (v *View) FindEntities(ctx context.Context, representations []any) (refs []graph.Ref, faults []error, err error) {
	return findEach(representations, func(r any) (graph.Ref, error) { return v.entity(ctx, r) })
}

// entity finds what a representation refers to.
func (v *View) entity(ctx context.Context, representation any) (graph.Ref, error) {
	fields, ok := representation.(map[string]any)
	if !ok {
		return graph.NoRef, errorf(BadArgument, `a representation is an object: { __typename: "Condition", id: "bells-palsy" }`)
	}
	wanted, _ := fields["__typename"].(string)
	if !referable[wanted] {
		return graph.NoRef, errorf(BadArgument, "the __typename of a representation is Concept, a kind of concepts, Statement, Article, Section, DataSource or Curator, not %q", shorten(wanted))
	}
	id, err := graphql.UnmarshalID(fields["id"])
	if err != nil || fields["id"] == nil {
		return graph.NoRef, errorf(BadID, "a representation has its id as a text: { __typename: %q, id: … }", wanted)
	}
	ref, err := v.Ref(ctx, id)
	if ref == graph.NoRef || err != nil {
		return graph.NoRef, err
	}
	is, err := v.typeName(ctx, ref)
	if err != nil {
		return graph.NoRef, err
	}
	isConcept := v.Summary().Class(ref) == graph.ClassConcept
	if is == wanted || isConcept && wanted == anyConcept {
		return ref, nil
	}
	also := ""
	if isConcept {
		also = " or, whatever its kind, as " + anyConcept
	}
	return graph.NoRef, errorf(WrongKind, "%q has the type %s, not %s: refer to it as %s%s", id, is, wanted, is, also)
}

// typeName returns the object type of a thing.
func (v *View) typeName(ctx context.Context, ref graph.Ref) (string, error) {
	switch v.Summary().Class(ref) {
	case graph.ClassConcept:
		var batch graph.ConceptBatch
		if err := v.reader.Concepts(ctx, []graph.Ref{ref}, graph.ConceptKind, &batch); err != nil {
			return "", err
		}
		return batch.Kind[0].String(), nil
	case graph.ClassStatement:
		return "Statement", nil
	case graph.ClassSection:
		return "Section", nil
	default:
		var batch graph.SourceBatch
		if err := v.reader.Sources(ctx, []graph.Ref{ref}, 0, &batch); err != nil {
			return "", err
		}
		return SourceTypes()[batch.Kind[0]-1], nil
	}
}
