package model

import (
	"context"
	"sync"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// Counts of a whole filtered list: computed when the first of their fields is
// asked for, and once for all of them.

const (
	conceptGroups = walk.CountKinds | walk.CountSources
	allGroups     = conceptGroups | walk.CountPredicates | walk.CountModalities
)

// counter counts a list once. Its fields are resolved side by side.
type counter struct {
	count  func(context.Context) (walk.Counts, error)
	once   sync.Once
	counts walk.Counts
	err    error
}

func (c *counter) get(ctx context.Context) (walk.Counts, error) {
	c.once.Do(func() { c.counts, c.err = c.count(ctx) })
	return c.counts, c.err
}

// KindCount is how many concepts are of a kind.
type KindCount struct {
	Kind         graph.Kind
	ConceptCount int32
}

// PredicateCount is how many links have a predicate.
type PredicateCount struct {
	Predicate *Predicate
	Count     int32
}

// ModalityCount is how many links have a modality.
type ModalityCount struct {
	Modality *graph.Modality
	Count    int32
}

// SourceCount is how many things have a source.
type SourceCount struct {
	Source Source
	Count  int32
}

// KindCounts resolves the field kindCounts.
func (c *LinkConnection) KindCounts(ctx context.Context) ([]KindCount, error) {
	counts, err := c.counter.get(ctx)
	return kindCounts(counts), err
}

// PredicateCounts resolves the field predicateCounts.
func (c *LinkConnection) PredicateCounts(ctx context.Context) ([]PredicateCount, error) {
	counts, err := c.counter.get(ctx)
	all := make([]PredicateCount, len(counts.Predicates))
	for i, p := range counts.Predicates {
		all[i] = PredicateCount{c.view.predicate(p.Value), int32(p.Count)}
	}
	return all, err
}

// ModalityCounts resolves the field modalityCounts.
func (c *LinkConnection) ModalityCounts(ctx context.Context) ([]ModalityCount, error) {
	counts, err := c.counter.get(ctx)
	all := make([]ModalityCount, len(counts.Modalities))
	for i, m := range counts.Modalities {
		all[i] = ModalityCount{optional(m.Value), int32(m.Count)}
	}
	return all, err
}

// SourceCounts resolves the field sourceCounts.
func (c *LinkConnection) SourceCounts(ctx context.Context) ([]SourceCount, error) {
	counts, err := c.counter.get(ctx)
	if err != nil {
		return nil, err
	}
	return c.view.sourceCounts(ctx, counts)
}

// KindCounts resolves the field kindCounts.
func (c *ConceptConnection) KindCounts(ctx context.Context) ([]KindCount, error) {
	counts, err := c.counter.get(ctx)
	return kindCounts(counts), err
}

// SourceCounts resolves the field sourceCounts.
func (c *ConceptConnection) SourceCounts(ctx context.Context) ([]SourceCount, error) {
	counts, err := c.counter.get(ctx)
	if err != nil {
		return nil, err
	}
	return c.view.sourceCounts(ctx, counts)
}

func kindCounts(counts walk.Counts) []KindCount {
	all := make([]KindCount, len(counts.Kinds))
	for i, k := range counts.Kinds {
		all[i] = KindCount{k.Value, int32(k.Count)}
	}
	return all
}

func (v *View) sourceCounts(ctx context.Context, counts walk.Counts) ([]SourceCount, error) {
	refs := make([]graph.Ref, len(counts.Sources))
	for i, s := range counts.Sources {
		refs[i] = s.Value
	}
	sources, err := v.Sources(ctx, refs)
	if err != nil {
		return nil, err
	}
	all := make([]SourceCount, len(sources))
	for i, s := range sources {
		all[i] = SourceCount{s, int32(counts.Sources[i].Count)}
	}
	return all, nil
}
