package walk

import (
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Resolve finds things by id, as the Reader does ([graph.Reader]), and those that
// it does not find by the other ways to write their CURIEs
// ([graph.Prefixes.Spellings]): mim:154700 finds OMIM:154700. Where several of
// these are known, the most usual one counts. It costs nothing where all ids are
// found.
func Resolve(ctx context.Context, r graph.Reader, ids []string, out *graph.Resolution) error {
	if err := r.Resolve(ctx, ids, out); err != nil {
		return err
	}
	for i := range ids {
		if out.Refs[i] == graph.NoRef && len(out.Candidates.At(i)) == 0 {
			return resolveAgain(ctx, r, ids, out)
		}
	}
	return nil
}

// resolveAgain finds ids, of which some are not known as they are written.
func resolveAgain(ctx context.Context, r graph.Reader, ids []string, out *graph.Resolution) error {
	spelt := slices.Clone(ids)
	var found graph.Resolution
	for i, id := range ids {
		if out.Refs[i] != graph.NoRef || len(out.Candidates.At(i)) > 0 {
			continue
		}
		var others []string
		for _, other := range r.Summary().Prefixes.Spellings(graph.ID(id)) {
			others = append(others, string(other))
		}
		if len(others) == 0 {
			continue
		}
		if err := r.Resolve(ctx, others, &found); err != nil {
			return err
		}
		for n, other := range others {
			if found.Refs[n] != graph.NoRef || len(found.Candidates.At(n)) > 0 {
				spelt[i] = other
				break
			}
		}
	}
	return r.Resolve(ctx, spelt, out)
}
