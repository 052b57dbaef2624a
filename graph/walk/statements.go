package walk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// StatementOrder is the order of a list of statements.
type StatementOrder uint8

const (
	// StatementsBySource is the default order: by source, then position in it.
	StatementsBySource StatementOrder = iota
	// StatementsByClaim puts statements of one claim together: by subject, predicate
	// (its position in the summary), object and value, then as StatementsBySource.
	StatementsByClaim
)

// StatementQuery asks for statements, whatever they say of their claims.
type StatementQuery struct {
	Predicates []graph.PredicateRef // nil keeps all
	Filter     *graph.Filter        // nil keeps all
	Order      StatementOrder
	Window     graph.Window
}

// StatementPage is a page of a list of statements.
type StatementPage struct {
	Statements []graph.Ref
	Total      int // of the whole list
}

// Check returns graph.ErrInvalid for a question without meaning in a version.
func (q *StatementQuery) Check(s *graph.Summary) error {
	if q.Order > StatementsByClaim {
		return fmt.Errorf("%w: no order %d of statements", graph.ErrInvalid, q.Order)
	}
	return cmp.Or((&graph.LinkQuery{Predicates: q.Predicates}).Check(s), q.Window.Check())
}

// Statements lists statements that count, and others if the filter asks for them:
// what is withdrawn, and what holds only of several concepts together.
// Without a condition and by source, and where all count, nothing is read; else all statements are, a batch at a time. Errors are graph.ErrInvalid
// for a question without meaning, and those of the Reader.
func Statements(ctx context.Context, r graph.Reader, q StatementQuery) (*StatementPage, error) {
	sum := r.Summary()
	if err := cmp.Or(ctx.Err(), q.Check(sum)); err != nil {
		return nil, err
	}
	if sum.Withdrawn+sum.Combined == 0 && q.Predicates == nil && q.Filter == nil && q.Order == StatementsBySource {
		from, to := q.Window.Range(sum.Statements)
		page := &StatementPage{Total: sum.Statements}
		for i := from; i < to; i++ {
			page.Statements = append(page.Statements, sum.First(graph.ClassStatement)+graph.Ref(i))
		}
		return page, nil
	}
	var all []graph.Ref
	var about []uint64 // subject and statement
	var fields graph.StatementFields
	if q.Order == StatementsByClaim {
		fields = graph.StatementSubject
	}
	err := q.each(ctx, r, fields, q.Filter.Asks(graph.QualifierWith), func(ref graph.Ref, b *graph.StatementBatch, row int) {
		if q.Order == StatementsByClaim {
			about = append(about, uint64(b.Subject[row])<<32|uint64(ref))
		} else {
			all = append(all, ref)
		}
	})
	if err != nil {
		return nil, err
	}
	if q.Order == StatementsByClaim {
		page, err := byClaim(ctx, r, about, q.Window)
		return &StatementPage{Statements: page, Total: len(about)}, err
	}
	return &StatementPage{Statements: cut(all, q.Window), Total: len(all)}, nil
}

// byClaim returns a page of statements in the order of their claims: of all they are
// sorted by subject, and only those by more whose subjects are on the page.
func byClaim(ctx context.Context, r graph.Reader, about []uint64, w graph.Window) ([]graph.Ref, error) {
	if err := graph.Spend(ctx, rowSteps*len(about)); err != nil {
		return nil, err
	}
	slices.Sort(about)
	from, to := w.Range(len(about))
	if from == to {
		return nil, nil
	}
	first, end := from, to
	for first > 0 && about[first-1]>>32 == about[from]>>32 {
		first--
	}
	for end < len(about) && about[end]>>32 == about[to-1]>>32 {
		end++
	}
	page := make([]graph.Ref, 0, end-first)
	for _, a := range about[first:end] {
		page = append(page, graph.Ref(uint32(a)))
	}
	claims := map[graph.Ref]claimed{}
	err := eachStatement(ctx, r, page, claimFields, func(ref graph.Ref, b *graph.StatementBatch, row int) { claims[ref] = claimAt(b, row) })
	slices.SortStableFunc(page, func(a, b graph.Ref) int { return claims[a].compare(claims[b]) })
	return page[from-first : to-first], err
}

// each reads fields of all statements that the query keeps, a batch at a time, in
// their order; together says whether those that hold only of several concepts
// together may be among them.
func (q *StatementQuery) each(ctx context.Context, r graph.Reader, fields graph.StatementFields, together bool, visit func(ref graph.Ref, b *graph.StatementBatch, row int)) error {
	fields |= q.Filter.Columns() | graph.Columns(graph.QualifierWithdrawn)
	if q.Predicates != nil {
		fields |= graph.StatementPredicate
	}
	if !together && r.Summary().Combined > 0 {
		fields |= graph.Columns(graph.QualifierWith)
	}
	var b graph.StatementBatch
	sum, refs := r.Summary(), make([]graph.Ref, 0, min(batchSize, r.Summary().Statements))
	row := &graph.BatchRow{Batch: &b}
	for from := 0; from < sum.Statements; from += batchSize {
		refs = refs[:0]
		for i := from; i < min(from+batchSize, sum.Statements); i++ {
			refs = append(refs, sum.First(graph.ClassStatement)+graph.Ref(i))
		}
		if err := r.Statements(ctx, refs, fields, &b); err != nil {
			return err
		}
		for i, ref := range refs {
			if i%64 == 0 {
				if err := graph.Spend(ctx, 64*(rowSteps+q.Filter.Steps())); err != nil {
					return err
				}
			}
			row.Row = i
			if !together && len(b.Qualifiers[graph.QualifierWith].RefLists.At(i)) > 0 {
				continue
			}
			if (q.Predicates == nil || slices.Contains(q.Predicates, b.Predicate[i])) && q.Filter.Shows(graph.Withdrawn(b.Qualifiers[graph.QualifierWithdrawn].Words[i])) && (q.Filter == nil || q.Filter.Match(row)) {
				visit(ref, &b, i)
			}
		}
	}
	return ctx.Err()
}

// claimed is what a statement claims, whoever says so.
type claimed struct {
	subject, object graph.Ref
	predicate       graph.PredicateRef
	value           graph.Value
}

const claimFields = graph.StatementSubject | graph.StatementPredicate | graph.StatementObject

// claimAt returns the claim of a row of which claimFields were asked for.
func claimAt(b *graph.StatementBatch, row int) claimed {
	v := b.Value[row]
	v.Text, v.Language, v.Datatype = strings.Clone(v.Text), strings.Clone(v.Language), graph.ID(strings.Clone(string(v.Datatype)))
	return claimed{b.Subject[row], b.Object[row], b.Predicate[row], v}
}

func (c claimed) compare(d claimed) int {
	return cmp.Or(cmp.Compare(c.subject, d.subject), cmp.Compare(c.predicate, d.predicate), cmp.Compare(c.object, d.object), graph.CompareValues(c.value, d.value))
}
