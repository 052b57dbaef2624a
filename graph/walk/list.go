package walk

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// ListOrder is the order of a list of concepts.
type ListOrder uint8

const (
	// ByName is the default order: by name, then by id.
	ByName ListOrder = iota
	// BySource sorts by the first section that mentions the concept, in the order
	// of articles and their text, then by the first source that describes it, then
	// by name. What has neither comes last.
	BySource
	// ByLinks puts what has most links first, whatever their predicate; then by
	// name.
	ByLinks
)

// ListQuery asks for concepts: of the kinds, those that the selection keeps,
// in order, and of those a page.
type ListQuery struct {
	Kinds  []graph.Kind // by any of a concept's types; nil lists all
	Where  *Selection   // nil keeps all
	Order  ListOrder
	Window graph.Window
	// Counts names what of the whole list is counted: CountKinds, CountSources.
	Counts Groups
}

// ConceptPage is a page of a list of concepts.
type ConceptPage struct {
	Concepts []graph.Ref
	Total    int // of the whole list
	Counts   Counts
}

// List lists concepts. What a Reader can choose and count by itself, it does;
// everything else is asked of its list a batch at a time. Errors are
// graph.ErrInvalid for an order or a count that is none, and those of the
// Reader.
func List(ctx context.Context, r graph.Reader, q ListQuery) (*ConceptPage, error) {
	if err := cmp.Or(ctx.Err(), q.Window.Check()); err != nil {
		return nil, err
	}
	switch {
	case q.Order > ByLinks:
		return nil, fmt.Errorf("%w: no order %d of concepts", graph.ErrInvalid, q.Order)
	case q.Counts&^(CountKinds|CountSources) != 0:
		return nil, fmt.Errorf("%w: a list of concepts is counted by kind and by source only: ask its links for the rest", graph.ErrInvalid)
	}
	own := graph.ConceptQuery{Kinds: q.Kinds}
	var rest *Selection
	if q.Where != nil {
		var f graph.ConceptFilter
		f, rest = q.Where.split()
		own.Filter = &f
	}
	whole := rest != nil || q.Order != ByName || q.Counts != 0
	if !whole {
		own.Window = q.Window
	}
	var list graph.RefList
	if err := r.List(ctx, own, &list); err != nil {
		return nil, err
	}
	page := &ConceptPage{Concepts: list.Refs, Total: list.Total}
	if !whole {
		return page, nil
	}
	var err error
	if rest != nil {
		if page.Concepts, err = rest.keep(ctx, r, page.Concepts); err != nil {
			return nil, err
		}
	}
	page.Total = len(page.Concepts)
	if page.Counts, err = countConcepts(ctx, r, page.Concepts, q.Counts); err != nil {
		return nil, err
	}
	if err := q.Order.sort(ctx, r, page.Concepts); err != nil {
		return nil, err
	}
	page.Concepts = cut(page.Concepts, q.Window)
	return page, nil
}

// sort brings concepts from the default order into this one.
func (o ListOrder) sort(ctx context.Context, r graph.Reader, refs []graph.Ref) error {
	if o == ByName {
		return nil
	}
	if err := graph.Spend(ctx, linkSteps*len(refs)); err != nil {
		return err
	}
	type keyed struct {
		key [2]int64
		ref graph.Ref
	}
	keys := make([]keyed, 0, len(refs))
	var err error
	switch o {
	case BySource:
		first := func(refs []graph.Ref) int64 {
			if len(refs) == 0 {
				return math.MaxInt64
			}
			return int64(refs[0])
		}
		fields := graph.ConceptSections | graph.ConceptSources
		err = eachConcept(ctx, r, refs, fields, func(ref graph.Ref, b *graph.ConceptBatch, row int) {
			keys = append(keys, keyed{[2]int64{first(b.Sections.At(row)), first(b.Sources.At(row))}, ref})
		})
	case ByLinks:
		err = degrees(ctx, r, refs, func(ref graph.Ref, links int) { keys = append(keys, keyed{[2]int64{-int64(links)}, ref}) })
	}
	if err != nil {
		return err
	}
	slices.SortFunc(keys, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.key[0], b.key[0]), cmp.Compare(a.key[1], b.key[1]), cmp.Compare(a.ref, b.ref))
	})
	for i := range keys {
		refs[i] = keys[i].ref
	}
	return nil
}
