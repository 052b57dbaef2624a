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
type KindCount walk.Count[graph.Kind]

// KindCountOf returns the object of the count of a kind.
func KindCountOf(k *walk.Count[graph.Kind]) KindCount { return KindCount(*k) }

// KindTotalOf returns the object of the count of a kind in a whole graph.
func KindTotalOf(k *graph.KindCount) KindCount { return KindCount{k.Kind, k.Concepts} }

func (k KindCount) Kind() graph.Kind  { return k.Value }
func (k KindCount) ConceptCount() int { return walk.Count[graph.Kind](k).Count }

// Counted is how many things have something in common.
type Counted[T any] struct{ of *walk.Count[T] }

// CountedOf returns the object of a count.
func CountedOf[T any](c *walk.Count[T]) Counted[T] { return Counted[T]{c} }

// What returns what they have in common.
func (c Counted[T]) What() T { return c.of.Value }

func (c Counted[T]) Count() int { return c.of.Count }

// PredicateCount is how many links have a predicate.
type PredicateCount struct {
	Counted[graph.PredicateRef]
	Predicate *Predicate
}

// ModalityCount is how many links have a modality.
type ModalityCount struct{ Counted[graph.Modality] }

// ModalityCountOf returns the object of the count of a modality.
func ModalityCountOf(c *walk.Count[graph.Modality]) ModalityCount { return ModalityCount{CountedOf(c)} }

func (m ModalityCount) Modality() graph.Modality { return m.of.Value }

// SourceCount is how many things have a source.
type SourceCount struct {
	Counted[graph.Ref]
	Source Source
}

// counting are the counts of a whole list, as fields of its connection.
type counting struct {
	view    *View
	counter counter
}

// Counts counts the whole list, once.
func (c *counting) Counts(ctx context.Context) (walk.Counts, error) { return c.counter.get(ctx) }

// KindCounts resolves the field kindCounts.
func (c *counting) KindCounts(ctx context.Context) ([]KindCount, error) {
	counts, err := c.Counts(ctx)
	return objectsOf(counts.Kinds, KindCountOf), err
}

// PredicateCounts resolves the field predicateCounts, which lists of links have.
func (c *counting) PredicateCounts(ctx context.Context) ([]PredicateCount, error) {
	counts, err := c.Counts(ctx)
	return objectsOf(counts.Predicates, func(p *walk.Count[graph.PredicateRef]) PredicateCount {
		return PredicateCount{CountedOf(p), c.view.predicate(p.Value)}
	}), err
}

// ModalityCounts resolves the field modalityCounts, which lists of links have.
func (c *counting) ModalityCounts(ctx context.Context) ([]ModalityCount, error) {
	counts, err := c.Counts(ctx)
	return objectsOf(counts.Modalities, ModalityCountOf), err
}

// SourceCounts resolves the field sourceCounts.
func (c *counting) SourceCounts(ctx context.Context) ([]SourceCount, error) {
	counts, err := c.Counts(ctx)
	if err != nil {
		return nil, err
	}
	sources, err := c.view.Sources(ctx, objectsOf(counts.Sources, func(s *walk.Count[graph.Ref]) graph.Ref { return s.Value }))
	if err != nil {
		return nil, err
	}
	all := make([]SourceCount, len(sources))
	for i, s := range sources {
		all[i] = SourceCount{CountedOf(&counts.Sources[i]), s}
	}
	return all, nil
}
