package walk

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// knowledge is what a ranking reads: which signs are related to the findings,
// and which conditions have them.
type knowledge struct {
	below   web // what is narrower, as far as it is needed
	related map[graph.Ref][]term
	// signs says, for a sign, what is stated of it and each condition.
	signs map[graph.Ref]map[graph.Ref]stated
	// together says, for a condition, what is stated of several findings together.
	together map[graph.Ref][]Combination
	all      int // conditions there are
	counts   map[graph.Ref]int
}

// term is a sign and how a finding is related to it.
type term struct {
	sign  graph.Ref
	match Match
}

// stated is what sources say of a condition and a sign.
type stated struct {
	listed     bool // a link that is not denied throughout
	denials    int
	statements []graph.Ref
}

// learn reads it, in as many calls as the hierarchy has levels and a few more.
func learn(ctx context.Context, r graph.Reader, findings []graph.Ref, kinds []graph.Kind) (*knowledge, error) {
	k := &knowledge{related: map[graph.Ref][]term{}, signs: map[graph.Ref]map[graph.Ref]stated{}, counts: map[graph.Ref]int{}}
	none := 0
	var conditions graph.RefList
	if err := r.List(ctx, graph.ConceptQuery{Kinds: kinds, Window: graph.Window{First: &none}}, &conditions); err != nil {
		return nil, err
	}
	k.all = conditions.Total
	above, err := readWeb(ctx, r, findings, Broader.query(r, nil))
	if err != nil {
		return nil, err
	}
	if k.below, err = readWeb(ctx, r, findings, Narrower.query(r, nil)); err != nil {
		return nil, err
	}
	var signs []graph.Ref
	for _, f := range findings {
		// In a cycle a sign is both: the better one will count.
		terms := []term{{f, ExactMatch}}
		wider, err := above.closure(ctx, f)
		if err != nil {
			return nil, err
		}
		for t := range wider {
			if t != f {
				terms = append(terms, term{t, NarrowerMatch})
			}
		}
		special, err := k.below.closure(ctx, f)
		if err != nil {
			return nil, err
		}
		for t := range special {
			if t != f {
				terms = append(terms, term{t, BroaderMatch})
			}
		}
		k.related[f] = terms
		for _, t := range terms {
			signs = append(signs, t.sign)
		}
	}
	if err := k.read(ctx, r, distinct(signs), kinds); err != nil {
		return nil, err
	}
	// To weigh something broader, all that is narrower than that must be counted;
	// but only where a condition has it.
	var weighed []graph.Ref
	for t := range above {
		if len(k.signs[t]) > 0 {
			weighed = append(weighed, t)
		}
	}
	if err := k.below.extend(ctx, r, distinct(weighed), Narrower.query(r, nil)); err != nil {
		return nil, err
	}
	listed, err := list(ctx, r, k.below.concepts(), kinds)
	if err != nil {
		return nil, err
	}
	for _, t := range slices.Concat(findings, weighed) {
		if _, known := k.counts[t]; known {
			continue
		}
		below, err := k.below.closure(ctx, t)
		if err == nil {
			k.counts[t], err = listed.count(ctx, below)
		}
		if err != nil {
			return nil, err
		}
	}
	return k, nil
}

// lists asks which concepts list signs, and of which a sign is the cause.
func lists(r graph.Reader) [2]graph.LinkQuery {
	return [...]graph.LinkQuery{
		{Direction: graph.In, Predicates: predicates(r, graph.PredicateSignOrSymptom)},
		{Direction: graph.Out, Predicates: predicates(r, graph.PredicateCause)},
	}
}

// listing is which concepts list which signs: of each pair the sign, then the
// concept, in order.
type listing []uint64

// list reads which concepts of the kinds list signs, whatever else is said of it:
// enough to count them, for a small part of what reasons take.
func list(ctx context.Context, r graph.Reader, signs []graph.Ref, kinds []graph.Kind) (listing, error) {
	var all listing
	var others []graph.Ref
	var b graph.LinkBatch
	for _, q := range lists(r) {
		for chunk := range slices.Chunk(signs, batchSize) {
			if err := r.Links(ctx, chunk, q, &b); err != nil {
				return nil, err
			}
			if err := graph.Spend(ctx, rowSteps*len(b.Other)); err != nil {
				return nil, err
			}
			for row, sign := range chunk {
				for _, other := range b.Other[b.Start[row]:b.Start[row+1]] {
					all = append(all, uint64(sign)<<32|uint64(other))
				}
			}
			others = distinct(append(others, b.Other...))
		}
	}
	ranked, err := ofKinds(ctx, r, others, kinds)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(pair uint64) bool { return !ranked[graph.Ref(uint32(pair))] })
	slices.Sort(all)
	return slices.Compact(all), nil
}

// count counts the concepts that list one of some signs.
func (l listing) count(ctx context.Context, signs map[graph.Ref]bool) (int, error) {
	n := 0
	var seen []uint64 // a bit for each concept
	for sign := range signs {
		from, _ := slices.BinarySearch(l, uint64(sign)<<32)
		i := from
		for ; i < len(l) && graph.Ref(l[i]>>32) == sign; i++ {
			at := int(uint32(l[i]))
			if at/64 >= len(seen) {
				seen = append(seen, make([]uint64, at/64+1-len(seen))...)
			}
			if seen[at/64]>>(at%64)&1 == 0 {
				seen[at/64] |= 1 << (at % 64)
				n++
			}
		}
		if err := graph.Spend(ctx, rowSteps+i-from); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// read reads which concepts of the kinds have the signs.
func (k *knowledge) read(ctx context.Context, r graph.Reader, signs []graph.Ref, kinds []graph.Kind) error {
	var unread, others, statements []graph.Ref
	for _, s := range signs {
		if k.signs[s] == nil {
			k.signs[s] = map[graph.Ref]stated{}
			unread = append(unread, s)
		}
	}
	for _, q := range lists(r) {
		q.Negated = true
		err := eachRow(ctx, r, unread, q, func(sign graph.Ref, b *graph.LinkBatch, row int) {
			_ = graph.Spend(ctx, 3*linkSteps*int(b.Start[row+1]-b.Start[row])) // the context is asked with the next batch
			for i := b.Start[row]; i < b.Start[row+1]; i++ {
				about := k.signs[sign][b.Other[i]]
				about.statements = distinct(slices.Concat(about.statements, b.Statements.At(int(i))))
				k.signs[sign][b.Other[i]] = about
				others = append(others, b.Other[i])
				statements = append(statements, b.Statements.At(int(i))...)
			}
		})
		if err != nil {
			return err
		}
	}
	ranked, err := ofKinds(ctx, r, others, kinds)
	if err != nil {
		return err
	}
	stance, err := stances(ctx, r, statements)
	if err != nil {
		return err
	}
	for _, s := range unread {
		for c, about := range k.signs[s] {
			if !ranked[c] {
				delete(k.signs[s], c)
				continue
			}
			for _, statement := range about.statements {
				if stance[statement] != graph.Supports {
					about.denials++
				}
			}
			about.listed = about.denials < len(about.statements)
			k.signs[s][c] = about
		}
	}
	return nil
}

// combined is what a statement says of several findings together.
type combined struct {
	findings             []graph.Ref
	condition, statement graph.Ref
	supports             bool
}

// combine reads what is stated of several findings together, of which all must be
// there.
func (k *knowledge) combine(ctx context.Context, r graph.Reader, findings []graph.Ref, kinds []graph.Kind) error {
	k.together = map[graph.Ref][]Combination{}
	if r.Summary().Combined == 0 {
		return nil
	}
	var found graph.Lists[graph.Ref]
	if err := r.Combinations(ctx, findings, &found); err != nil {
		return err
	}
	var all []combined
	var conditions []graph.Ref
	joins := predicates(r, graph.PredicateCause, graph.PredicateMayIndicate)
	fields := stanceFields() | graph.TogetherColumns() | graph.StatementObject
	err := eachStatement(ctx, r, distinct(found.Items), fields, func(ref graph.Ref, b *graph.StatementBatch, row int) {
		together := distinct(b.Together(row))
		missing := func(f graph.Ref) bool { return !slices.Contains(findings, f) }
		if slices.Contains(joins, b.Predicate[row]) && !slices.ContainsFunc(together, missing) {
			all = append(all, combined{together, b.Object[row], ref, stanceAt(r, b, row) == graph.Supports})
			conditions = append(conditions, b.Object[row])
		}
	})
	if err != nil {
		return err
	}
	ranked, err := ofKinds(ctx, r, conditions, kinds)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(c combined) bool { return !ranked[c.condition] })
	slices.SortFunc(all, func(a, b combined) int {
		return cmp.Or(slices.Compare(a.findings, b.findings), cmp.Compare(a.statement, b.statement))
	})
	for from, i := 0, 1; i <= len(all); i++ {
		if i == len(all) || !slices.Equal(all[i].findings, all[from].findings) {
			k.weigh(all[from:i])
			from = i
		}
	}
	return nil
}

// weigh adds what is stated of one combination of findings, to each condition.
func (k *knowledge) weigh(same []combined) {
	reasons, denials, listed := map[graph.Ref]*Combination{}, map[graph.Ref]int{}, 0
	for _, s := range same {
		c := reasons[s.condition]
		if c == nil {
			c = &Combination{Findings: s.findings}
			reasons[s.condition] = c
		}
		c.Statements = append(c.Statements, s.statement)
		switch {
		case !s.supports:
			denials[s.condition]++
		case !c.Listed:
			c.Listed = true
			listed++
		}
	}
	weight := math.Log(1 + float64(k.all)/float64(max(1, listed)))
	for condition, c := range reasons {
		c.Weight = -DeniedShare * weight * float64(denials[condition]) / float64(len(c.Statements))
		if c.Listed {
			c.Weight += weight
		}
		c.Weight = rounded(c.Weight)
		k.together[condition] = append(k.together[condition], *c)
	}
}

// ofKinds says which of some concepts are of one of the kinds.
func ofKinds(ctx context.Context, r graph.Reader, refs []graph.Ref, kinds []graph.Kind) (map[graph.Ref]bool, error) {
	are := map[graph.Ref]bool{}
	err := kindsOf(ctx, r, distinct(refs), func(ref graph.Ref, of []graph.Kind) {
		are[ref] = slices.ContainsFunc(of, func(kind graph.Kind) bool { return slices.Contains(kinds, kind) })
	})
	return are, err
}

// weight is the inverse document frequency of a finding or of a broader sign.
func (k *knowledge) weight(t graph.Ref) float64 {
	return math.Log(1 + float64(k.all)/float64(max(1, k.counts[t])))
}

// candidates returns, in default order, the conditions that have something
// related to a finding.
func (k *knowledge) candidates(findings []graph.Ref) []graph.Ref {
	var all []graph.Ref
	for _, f := range findings {
		for _, t := range k.related[f] {
			for c, about := range k.signs[t.sign] {
				if about.listed {
					all = append(all, c)
				}
			}
		}
	}
	for c := range k.together {
		all = append(all, c)
	}
	return distinct(all)
}
