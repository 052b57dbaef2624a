package walk

import (
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// batchSize is how many concepts one call to a Reader asks about: enough to
// make the cost of a call vanish, few enough to notice soon that nobody waits
// for the answer any more, and to keep a batch in some megabytes.
const batchSize = 4096

// What a walk does with a row that it has read, a link or a field of it, in steps of
// graph.Meter: it is put into maps and lists.
const (
	rowSteps  = 4
	linkSteps = 12
)

// eachRow reads the links of concepts, a batch at a time, and hands over every
// row. The batch is reused: visit copies what it keeps.
func eachRow(ctx context.Context, r graph.Reader, refs []graph.Ref, q graph.LinkQuery, visit func(ref graph.Ref, b *graph.LinkBatch, row int)) error {
	var b graph.LinkBatch
	for chunk := range slices.Chunk(refs, batchSize) {
		if err := r.Links(ctx, chunk, q, &b); err != nil {
			return err
		}
		if err := graph.Spend(ctx, rowSteps*len(chunk)+linkSteps*len(b.Other)); err != nil {
			return err
		}
		for row, ref := range chunk {
			visit(ref, &b, row)
		}
	}
	return nil
}

// eachConcept reads fields of concepts, a batch at a time, and hands over every
// row.
func eachConcept(ctx context.Context, r graph.Reader, refs []graph.Ref, fields graph.ConceptFields, visit func(ref graph.Ref, b *graph.ConceptBatch, row int)) error {
	var b graph.ConceptBatch
	for chunk := range slices.Chunk(refs, batchSize) {
		if err := r.Concepts(ctx, chunk, fields, &b); err != nil {
			return err
		}
		if err := graph.Spend(ctx, 2*rowSteps*len(chunk)); err != nil {
			return err
		}
		for row, ref := range chunk {
			visit(ref, &b, row)
		}
	}
	return nil
}

// eachStatement reads fields of statements, a batch at a time, and hands over
// every row.
func eachStatement(ctx context.Context, r graph.Reader, refs []graph.Ref, fields graph.StatementFields, visit func(ref graph.Ref, b *graph.StatementBatch, row int)) error {
	var b graph.StatementBatch
	for chunk := range slices.Chunk(refs, batchSize) {
		if err := r.Statements(ctx, chunk, fields, &b); err != nil {
			return err
		}
		if err := graph.Spend(ctx, 2*rowSteps*len(chunk)); err != nil {
			return err
		}
		for row, ref := range chunk {
			visit(ref, &b, row)
		}
	}
	return nil
}

// kindsOf reads the kinds of concepts, by any of their types.
func kindsOf(ctx context.Context, r graph.Reader, refs []graph.Ref, visit func(ref graph.Ref, kinds []graph.Kind)) error {
	var kinds []graph.Kind
	sum := r.Summary()
	return eachConcept(ctx, r, refs, graph.ConceptTypes, func(ref graph.Ref, b *graph.ConceptBatch, row int) {
		kinds = kinds[:0]
		if sum.Class(ref) == graph.ClassConcept {
			kinds = graph.KindsOf(kinds, b.Types.At(row))
		}
		visit(ref, kinds)
	})
}

// degrees counts the links of concepts, whatever their predicate.
func degrees(ctx context.Context, r graph.Reader, refs []graph.Ref, visit func(ref graph.Ref, links int)) error {
	none := 0
	q := graph.LinkQuery{Direction: graph.Both, Window: graph.Window{First: &none}}
	return eachRow(ctx, r, refs, q, func(ref graph.Ref, b *graph.LinkBatch, row int) { visit(ref, b.Total[row]) })
}

// predicates finds predicates of this version; one that it lacks is left out.
func predicates(r graph.Reader, ids ...graph.ID) []graph.PredicateRef {
	refs := make([]graph.PredicateRef, 0, len(ids))
	for _, id := range ids {
		if ref, ok := r.Summary().Predicate(id); ok {
			refs = append(refs, ref)
		}
	}
	return refs
}

// distinct sorts refs and removes repetitions, in place.
func distinct(refs []graph.Ref) []graph.Ref {
	slices.Sort(refs)
	return slices.Compact(refs)
}

// set makes a set of refs.
func set(refs []graph.Ref) map[graph.Ref]bool {
	m := make(map[graph.Ref]bool, len(refs))
	for _, ref := range refs {
		m[ref] = true
	}
	return m
}

// cut returns the part of a list that a window leaves.
func cut[T any](list []T, w graph.Window) []T {
	from, to := w.Range(len(list))
	return list[from:to:to]
}

// stanceFields are the fields of a statement that tell its stance.
func stanceFields() graph.StatementFields {
	return graph.StatementPredicate | graph.Columns(graph.QualifierNegated, graph.QualifierModality)
}

// stanceAt returns the stance of a row of which stanceFields were asked for.
func stanceAt(r graph.Reader, b *graph.StatementBatch, row int) graph.Stance {
	return graph.StanceOf(&r.Summary().Predicates[b.Predicate[row]].Predicate, b.Modality(row), b.Negated(row))
}

// stances reads what statements say of their claims.
func stances(ctx context.Context, r graph.Reader, statements []graph.Ref) (map[graph.Ref]graph.Stance, error) {
	stance := map[graph.Ref]graph.Stance{}
	err := eachStatement(ctx, r, distinct(statements), stanceFields(), func(ref graph.Ref, b *graph.StatementBatch, row int) {
		stance[ref] = stanceAt(r, b, row)
	})
	return stance, err
}
