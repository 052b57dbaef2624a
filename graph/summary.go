package graph

import "slices"

// Summarize counts what is in a normalized data set. The version and the number of
// quads are left to the store.
func Summarize(ds *Dataset) Summary {
	sum := Summary{
		Prefixes: ds.Prefixes,
		Concepts: len(ds.Concepts), Statements: len(ds.Statements), Articles: len(ds.Articles), Sources: len(ds.Sources),
	}
	for i := range ds.Articles {
		sum.Sections += len(ds.Articles[i].Sections)
	}
	var (
		kinds [OtherConcept + 1]int
		list  []Kind
	)
	statements, properties, leftOut := map[ID]int{}, map[ID]int{}, map[ID]int{}
	for i := range ds.Concepts {
		list = KindsOf(list[:0], ds.Concepts[i].Types)
		for _, k := range list {
			kinds[k]++
		}
		for _, p := range ds.Concepts[i].Properties {
			properties[p.Predicate]++
		}
	}
	for i := range ds.Statements {
		statements[ds.Statements[i].Predicate]++
		if !ds.Statements[i].Counts() {
			leftOut[ds.Statements[i].Predicate]++
		}
		if ds.Statements[i].Withdrawn != NotWithdrawn {
			sum.Withdrawn++
		}
		if len(ds.Statements[i].With) > 0 {
			sum.Combined++
		}
	}
	for _, k := range Kinds() {
		if kinds[k] > 0 {
			sum.Kinds = append(sum.Kinds, KindCount{Kind: k, Concepts: kinds[k]})
		}
	}
	sum.Types = ds.CountTypes()
	listed := map[ID]bool{}
	add := func(p Predicate) {
		if !listed[p.ID] {
			listed[p.ID] = true
			sum.Predicates = append(sum.Predicates, PredicateCount{Predicate: p, Statements: statements[p.ID], Properties: properties[p.ID], LeftOut: leftOut[p.ID]})
		}
	}
	for _, p := range slices.Concat(Registry(), ds.Predicates) {
		add(p)
	}
	var used []ID
	for id := range statements {
		used = append(used, id)
	}
	for id := range properties {
		used = append(used, id)
	}
	slices.Sort(used)
	for _, id := range used {
		add(DescribePredicate(id, ds.Prefixes))
	}
	return sum
}
