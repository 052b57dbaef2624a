package model

import (
	"context"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers/values"
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
	v := ViewOf(ctx)
	refs, faults, err := v.FindEntities(ctx, representations)
	if err != nil {
		return nil, err
	}
	return v.FoundNodes(ctx, refs, faults)
}

// FindEntities finds what the representations of a federation refer to, in their
// order: NoRef for an id that is unknown, and NoRef with an error of its own for
// a representation that is malformed, or whose type is not that of the thing.
// How many there may be is the business of limits: a router has to be answered
// whole or not at all.
func (v *View) FindEntities(ctx context.Context, representations []any) (refs []graph.Ref, faults []error, err error) {
	ids, wanted, faults := make([]string, len(representations)), make([]string, len(representations)), make([]error, len(representations))
	for i, r := range representations {
		wanted[i], ids[i], faults[i] = reference(r)
	}
	if refs, err = v.resolveEach(ctx, ids, faults); err != nil {
		return nil, nil, err
	}
	types, err := v.typeNames(ctx, refs)
	if err != nil {
		return nil, nil, err
	}
	for i, ref := range refs {
		isConcept := v.Summary().Class(ref) == graph.ClassConcept
		if ref == graph.NoRef || types[i] == wanted[i] || isConcept && wanted[i] == anyConcept {
			continue
		}
		also := ""
		if isConcept {
			also = " or, whatever its kind, as " + anyConcept
		}
		refs[i], faults[i] = graph.NoRef, errorf(WrongKind, "%q has the type %s, not %s: refer to it as %s%s", ids[i], types[i], wanted[i], types[i], also)
	}
	return refs, faults, nil
}

// reference reads a representation: the type and the id that it gives.
func reference(representation any) (wanted, id string, err error) {
	fields, ok := representation.(map[string]any)
	if !ok {
		return "", "", errorf(BadArgument, `a representation is an object: { __typename: "Condition", id: "bells-palsy" }`)
	}
	wanted, _ = fields["__typename"].(string)
	if !referable[wanted] {
		return "", "", errorf(BadArgument, "the __typename of a representation is Concept, a kind of concepts, Statement, Article, Section, DataSource or Curator, not %q", shorten(wanted))
	}
	id, ok = values.ID(fields["id"])
	if !ok {
		return "", "", errorf(BadID, "a representation has its id as a text: { __typename: %q, id: … }", wanted)
	}
	return wanted, id, nil
}

// typeNames returns the object types of things, empty for NoRef.
func (v *View) typeNames(ctx context.Context, refs []graph.Ref) ([]string, error) {
	types := make([]string, len(refs))
	var concepts, sources []graph.Ref
	for i, ref := range refs {
		switch v.Summary().Class(ref) {
		case graph.ClassConcept:
			concepts = append(concepts, ref)
		case graph.ClassArticle, graph.ClassSource:
			sources = append(sources, ref)
		case graph.ClassStatement:
			types[i] = "Statement"
		case graph.ClassSection:
			types[i] = "Section"
		}
	}
	var kinds graph.ConceptBatch
	var kindsOfSources graph.SourceBatch
	if len(concepts) > 0 {
		if err := v.reader.Concepts(ctx, concepts, graph.ConceptKind, &kinds); err != nil {
			return nil, err
		}
	}
	if len(sources) > 0 {
		if err := v.reader.Sources(ctx, sources, 0, &kindsOfSources); err != nil {
			return nil, err
		}
	}
	concept, source := 0, 0
	for i, ref := range refs {
		switch v.Summary().Class(ref) {
		case graph.ClassConcept:
			types[i] = kinds.Kind[concept].String()
			concept++
		case graph.ClassArticle, graph.ClassSource:
			types[i] = SourceTypes()[kindsOfSources.Kind[source]-1]
			source++
		}
	}
	return types, nil
}
