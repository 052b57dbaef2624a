package walk

import (
	"cmp"
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Groups names by what a list is counted. Nothing is read for what is not
// named.
type Groups uint8

// The groups of counts.
const (
	CountKinds Groups = 1 << iota
	CountPredicates
	CountModalities
	CountSources
)

// Count is how many things of a list have a value.
type Count[T any] struct {
	Value T
	Count int
}

// Counts says how many things of a whole filtered list, whatever the page, have
// each value. A thing that has several values counts once in each, so that the
// counts may add up to more than the list.
//
// In a list of concepts, Kinds are those of their types and Sources those that
// describe them. In a list of links, Kinds are those of the other concepts,
// Modalities (ModalityNotStated among them) those of the statements that support
// the link or advise against it, and Sources those of the statements that support
// it, or advise against it where none does. Denials count in neither.
type Counts struct {
	Kinds      []Count[graph.Kind]         // in the order of kinds
	Predicates []Count[graph.PredicateRef] // in the order of the summary
	Modalities []Count[graph.Modality]     // in the order of modalities, not stated first
	Sources    []Count[graph.Ref]          // in the order of refs: articles, then other sources
}

// tally counts values, each once a thing.
type tally[T cmp.Ordered] map[T]int

func (t tally[T]) add(values []T) {
	for i, v := range values {
		if !slices.Contains(values[:i], v) {
			t[v]++
		}
	}
}

func (t tally[T]) counts() []Count[T] {
	counts := make([]Count[T], 0, len(t))
	for v, n := range t {
		counts = append(counts, Count[T]{v, n})
	}
	slices.SortFunc(counts, func(a, b Count[T]) int { return cmp.Compare(a.Value, b.Value) })
	return counts
}

// CountConcepts counts a whole list of concepts by kind and by source. Errors
// are those of the Reader.
func CountConcepts(ctx context.Context, r graph.Reader, refs []graph.Ref, g Groups) (Counts, error) {
	return countConcepts(ctx, r, refs, g)
}

// CountLinks counts a whole list of links. Errors are those of the Reader.
func CountLinks(ctx context.Context, r graph.Reader, links []Link, g Groups) (Counts, error) {
	counts, err := countLinks(ctx, r, [][]Link{links}, g)
	if err != nil {
		return Counts{}, err
	}
	return counts[0], nil
}

func countConcepts(ctx context.Context, r graph.Reader, refs []graph.Ref, g Groups) (Counts, error) {
	var c Counts
	var fields graph.ConceptFields
	if g&CountKinds != 0 {
		fields |= graph.ConceptTypes
	}
	if g&CountSources != 0 {
		fields |= graph.ConceptSources
	}
	if fields == 0 {
		return c, nil
	}
	kinds, sources := tally[graph.Kind]{}, tally[graph.Ref]{}
	var kindsOf []graph.Kind
	err := eachConcept(ctx, r, refs, fields, func(_ graph.Ref, b *graph.ConceptBatch, row int) {
		kindsOf = graph.KindsOf(kindsOf[:0], b.Types.At(row))
		kinds.add(kindsOf)
		sources.add(b.Sources.At(row))
	})
	if g&CountKinds != 0 {
		c.Kinds = kinds.counts()
	}
	if g&CountSources != 0 {
		c.Sources = sources.counts()
	}
	return c, err
}

// countLinks counts each of several lists of links, with one look at all their
// concepts and one at all their statements.
func countLinks(ctx context.Context, r graph.Reader, lists [][]Link, g Groups) ([]Counts, error) {
	counts := make([]Counts, len(lists))
	if g == 0 {
		return counts, nil
	}
	var others, statements []graph.Ref
	for _, links := range lists {
		for i := range links {
			others = append(others, links[i].Other)
			statements = append(statements, links[i].Statements...)
		}
	}
	kinds := map[graph.Ref][]graph.Kind{}
	if g&CountKinds != 0 {
		if err := kindsOf(ctx, r, distinct(others), func(ref graph.Ref, of []graph.Kind) { kinds[ref] = slices.Clone(of) }); err != nil {
			return nil, err
		}
	}
	said := map[graph.Ref]said{}
	if g&(CountModalities|CountSources) != 0 {
		fields := graph.StatementPredicate | graph.Columns(graph.QualifierNegated, graph.QualifierModality, graph.QualifierSource)
		err := eachStatement(ctx, r, distinct(statements), fields, func(ref graph.Ref, b *graph.StatementBatch, row int) {
			said[ref] = saidAt(r.Summary(), b, row)
		})
		if err != nil {
			return nil, err
		}
	}
	for i, links := range lists {
		byKind, byPredicate := tally[graph.Kind]{}, tally[graph.PredicateRef]{}
		byModality, bySource := tally[graph.Modality]{}, tally[graph.Ref]{}
		for j := range links {
			l := &links[j]
			byKind.add(kinds[l.Other])
			byPredicate.add([]graph.PredicateRef{l.Predicate})
			modalities, sources := counted(l.Statements, said)
			byModality.add(modalities)
			bySource.add(sources)
		}
		if g&CountKinds != 0 {
			counts[i].Kinds = byKind.counts()
		}
		if g&CountPredicates != 0 {
			counts[i].Predicates = byPredicate.counts()
		}
		if g&CountModalities != 0 {
			counts[i].Modalities = byModality.counts()
		}
		if g&CountSources != 0 {
			counts[i].Sources = bySource.counts()
		}
	}
	return counts, nil
}

// said is what counts need of a statement.
type said struct {
	stance   graph.Stance
	modality graph.Modality
	source   graph.Ref
}

func saidAt(sum *graph.Summary, b *graph.StatementBatch, row int) said {
	m := b.Modality(row)
	p := &sum.Predicates[b.Predicate[row]].Predicate
	return said{graph.StanceOf(p, m, b.Negated(row)), m, b.Ref(graph.QualifierSource, row)}
}

// counted returns the modalities and the sources in which a link counts.
func counted(statements []graph.Ref, in map[graph.Ref]said) (modalities []graph.Modality, sources []graph.Ref) {
	var against []graph.Ref
	for _, ref := range statements {
		switch s := in[ref]; s.stance {
		case graph.Supports:
			modalities, sources = append(modalities, s.modality), append(sources, s.source)
		case graph.Discourages:
			modalities, against = append(modalities, s.modality), append(against, s.source)
		}
	}
	if sources == nil {
		sources = against
	}
	return modalities, sources
}
