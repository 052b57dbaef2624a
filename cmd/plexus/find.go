package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers"
)

// names reads what the verbs print of concepts.
func names(ctx context.Context, r graph.Reader, refs []graph.Ref, languages ...string) ([]conceptName, error) {
	var b graph.ConceptBatch
	fields := graph.ConceptID | graph.ConceptName | graph.ConceptKind | graph.ConceptDeprecated
	if len(languages) > 0 {
		fields |= graph.ConceptNames
	}
	if err := r.Concepts(ctx, refs, fields, &b); err != nil {
		return nil, err
	}
	all := make([]conceptName, len(refs))
	for i := range refs {
		all[i] = conceptName{ID: b.ID[i], Name: b.Name[i], Kind: b.Kind[i].String(), Deprecated: b.Deprecated[i]}
		if len(languages) > 0 {
			named := b.Names.At(i)
			if n := graph.Languages(languages).Lookup(len(named), func(n int) string { return named[n].Language }); n >= 0 {
				all[i].Name = named[n].Text
			}
		}
	}
	return all, nil
}

// conceptName is a concept as the verbs print it.
type conceptName struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
	// Deprecated: whoever describes it says not to use it any more.
	Deprecated bool `json:"deprecated,omitempty"`
}

func (c conceptName) String() string {
	if c.Deprecated {
		return fmt.Sprintf("%s (%s, deprecated)", c.Name, c.ID)
	}
	return fmt.Sprintf("%s (%s)", c.Name, c.ID)
}

// statementIDs reads the ids of statements.
func statementIDs(ctx context.Context, r graph.Reader, refs []graph.Ref) ([]string, error) {
	var b graph.StatementBatch
	if err := r.Statements(ctx, refs, graph.StatementID, &b); err != nil {
		return nil, err
	}
	return append([]string{}, b.ID...), nil
}

// concepts finds the concepts that arguments name, by id, IRI or code.
func concepts(ctx context.Context, r graph.Reader, ids ...string) ([]graph.Ref, error) {
	var found graph.Resolution
	if err := walk.Resolve(ctx, r, ids, &found); err != nil {
		return nil, err
	}
	for i, id := range ids {
		if shared := found.Candidates.At(i); len(shared) > 0 {
			candidates, err := names(ctx, r, shared)
			if err != nil {
				return nil, err
			}
			return nil, fmt.Errorf("the code %s belongs to several concepts: %s", id, joined(candidates, ", "))
		}
		if r.Summary().Class(found.Refs[i]) != graph.ClassConcept {
			return nil, fmt.Errorf("no concept has the id %q (plexus search %q may find it)", id, id)
		}
	}
	return found.Refs, nil
}

// predicates finds the predicates that arguments name, by CURIE or forward
// name; none means all.
func predicates(r graph.Reader, named []string) ([]graph.PredicateRef, error) {
	if len(named) == 0 {
		return nil, nil
	}
	var refs []graph.PredicateRef
	for _, name := range named {
		alias, _ := graph.WordNamed(name)
		forward, _ := graph.ForwardPredicate(graph.ID(name))
		aliased, _ := graph.ForwardPredicate(alias)
		named := r.Summary().PredicatesNamed(name)
		ref, known := r.Summary().Predicate(forward)
		if !known && len(named) == 0 {
			ref, known = r.Summary().Predicate(aliased)
		}
		switch {
		case known:
			named = []graph.PredicateRef{ref}
		case len(named) == 0:
			return nil, &usageError{fmt.Sprintf("no predicate %q is known here; plexus stats lists those in use", name)}
		case len(named) > 1:
			ids := make([]graph.ID, len(named))
			for i, ref := range named {
				ids[i] = r.Summary().Predicates[ref].ID
			}
			return nil, &usageError{fmt.Sprintf("%q is the name of several predicates: ask for one of %s by its id", name, graph.JoinIDs(ids))}
		}
		refs = append(refs, named...)
	}
	return refs, nil
}

func joined[T fmt.Stringer](things []T, separator string) string {
	texts := make([]string, len(things))
	for i, t := range things {
		texts[i] = t.String()
	}
	return strings.Join(texts, separator)
}

// loaded loads the data for a verb that asks it one question, and gives it back
// afterwards.
func (d dataFlag) loaded(ctx context.Context, t *terminal, ask func(resolvers.Release, io.Writer) error) (err error) {
	release, err := d.load(ctx, t.stderr)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, release.close()) }()
	return ask(release.Release, t.stdout)
}
