package walk

import (
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// MaxSame is how many concepts are taken to be the same as one. A thing has a
// handful of ids; a chain of matches that is longer than this says more about
// the mappings than about the thing.
const MaxSame = 1000

// Same lists what is the same as a concept.
type Same struct {
	// Concepts are in default order, without the concept itself.
	Concepts []graph.Ref
	// Complete is false where there are more than MaxSame of them: then these are
	// the nearest.
	Complete bool
}

// SameAs finds what is the same as concepts: all that skos:exactMatch leads to,
// either way and over any number of links (the relation is symmetric and
// transitive: https://www.w3.org/TR/skos-reference/#mapping). One answer for
// each ref, in their order. Matches that are only close, and exact matches that
// are denied, possible or suspected, make nothing the same. Errors are those of the Reader.
func SameAs(ctx context.Context, r graph.Reader, refs []graph.Ref) ([]Same, error) {
	gathered, err := gather(ctx, r, refs, false, true)
	if err != nil {
		return nil, err
	}
	answers := make([]Same, len(refs))
	for i, ref := range refs {
		others := slices.DeleteFunc(gathered[i].members, func(m graph.Ref) bool { return m == ref })
		answers[i] = Same{Concepts: others, Complete: gathered[i].complete}
	}
	return answers, nil
}

// gathering is the concepts for which one stands: itself, and what is narrower
// or the same, in default order.
type gathering struct {
	members  []graph.Ref
	complete bool
}

// held keeps the statements that say that something is so. What is only thought
// possible or suspected to be the same, or narrower, makes nothing one.
var held = &graph.Filter{Where: []graph.Criterion{{
	Qualifier: graph.QualifierModality, Words: []uint8{uint8(graph.ModalityNotStated), uint8(graph.Asserted), uint8(graph.Recommended)},
}}}

// gather finds for which concepts each one stands. Where both are asked for,
// what is the same as something narrower is narrower too, and so on.
func gather(ctx context.Context, r graph.Reader, refs []graph.Ref, narrower, same bool) ([]gathering, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	below, match := web{}, web{}
	for todo := refs; len(todo) > 0; {
		if narrower {
			if err := below.extend(ctx, r, todo, Narrower.query(r, held)); err != nil {
				return nil, err
			}
			todo = below.concepts()
		}
		if !same {
			break
		}
		known := len(match)
		q := graph.LinkQuery{Direction: graph.Both, Predicates: predicates(r, graph.PredicateExactMatch), Filter: held}
		if err := match.extend(ctx, r, todo, q); err != nil {
			return nil, err
		}
		if !narrower || len(match) == known {
			break
		}
		todo = match.concepts()
	}
	gathered := make([]gathering, len(refs))
	for i, ref := range refs {
		gathered[i] = gatherFrom(ref, below, match)
		if err := graph.Spend(ctx, 2*linkSteps*len(gathered[i].members)); err != nil {
			return nil, err
		}
	}
	return gathered, nil
}

// gatherFrom walks from one concept, nearest first, so that a limit keeps what
// is nearest.
func gatherFrom(from graph.Ref, below, match web) gathering {
	g := gathering{members: []graph.Ref{from}, complete: true}
	seen, same := map[graph.Ref]bool{from: true}, 0
	for i := 0; i < len(g.members); i++ {
		for _, s := range below[g.members[i]] {
			if !seen[s.to] {
				seen[s.to] = true
				g.members = append(g.members, s.to)
			}
		}
		for _, s := range match[g.members[i]] {
			switch {
			case seen[s.to]:
			case same == MaxSame:
				g.complete = false
			default:
				same++
				seen[s.to] = true
				g.members = append(g.members, s.to)
			}
		}
	}
	slices.Sort(g.members)
	return g
}

// concepts returns the concepts whose steps were read.
func (w web) concepts() []graph.Ref {
	refs := make([]graph.Ref, 0, len(w))
	for ref := range w {
		refs = append(refs, ref)
	}
	slices.Sort(refs)
	return refs
}
