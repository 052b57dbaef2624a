package walk

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/signs"
)

// Signed is what a Reader implements, besides, that keeps the table of its signs.
type Signed interface {
	Signs(ctx context.Context) (*signs.Table, error)
}

// knowledge is what a ranking goes by. Concepts are numbered as in the table.
type knowledge struct {
	r graph.Reader
	q *RankQuery
	t *signs.Table

	counts []signs.Count // of the pairs, by the statements that pass
	passed []bool        // of the statements of the table; nil where all pass

	whole      bool      // all conditions are ranked, by all statements
	ranked     []bool    // those that may be ranked
	short      []float64 // r(c)
	conditions int       // N
	// above are the concepts that are broader than a finding, in default order, and
	// having how many conditions have a concept or anything narrower: n(a).
	above  map[graph.Ref][]graph.Ref
	having map[graph.Ref]int
	// together says what is stated of several findings together.
	together map[uint32][]Combination

	scores  []int64 // in billionths
	listed  []bool  // something speaks for it
	matched []uint16
}

// learn reads it.
func learn(ctx context.Context, r graph.Reader, q *RankQuery) (*knowledge, error) {
	k := &knowledge{r: r, q: q}
	var err error
	if keeper, ok := r.(Signed); ok {
		k.t, err = keeper.Signs(ctx)
	} else {
		k.t, err = signs.Build(ctx, r)
	}
	if err == nil {
		err = k.filter(ctx)
	}
	if err == nil {
		err = k.choose(ctx)
	}
	if err == nil {
		err = k.climb(ctx)
	}
	if err == nil {
		err = k.combine(ctx)
	}
	n := len(k.ranked)
	k.scores, k.listed, k.matched = make([]int64, n), make([]bool, n), make([]uint16, n)
	return k, err
}

// filter counts the statements that pass.
func (k *knowledge) filter(ctx context.Context) error {
	k.counts = k.t.Counts
	if k.q.Filter == nil {
		return nil
	}
	k.passed = make([]bool, len(k.t.Statements))
	at := 0
	refs := make([]graph.Ref, 0, batchSize)
	for part := range slices.Chunk(k.t.Statements, batchSize) {
		refs = refs[:0]
		for _, s := range part {
			refs = append(refs, graph.Ref(s))
		}
		err := eachStatement(ctx, k.r, refs, k.q.Filter.Columns(), func(_ graph.Ref, b *graph.StatementBatch, row int) {
			k.passed[at] = k.q.Filter.Match(&graph.BatchRow{Batch: b, Row: row})
			at++
		})
		if err == nil {
			err = graph.Spend(ctx, k.q.Filter.Steps()*len(refs))
		}
		if err != nil {
			return err
		}
	}
	k.counts = make([]signs.Count, len(k.t.Sign))
	var shares []signs.Share
	for p := range k.counts {
		shares = shares[:0]
		for i := k.t.Stated[p]; i < k.t.Stated[p+1]; i++ {
			if k.passed[i] {
				shares = append(shares, k.t.Shares[i])
			}
		}
		k.counts[p] = signs.Sum(shares)
	}
	return nil
}

// passes reports whether a statement of the table counts.
func (k *knowledge) passes(i uint32) bool { return k.passed == nil || k.passed[i] }

// choose finds which concepts are ranked, and how long their lists are.
func (k *knowledge) choose(ctx context.Context) error {
	var within map[graph.Ref]bool
	if k.q.Within != graph.NoRef {
		w, err := readWeb(ctx, k.r, []graph.Ref{k.q.Within}, Narrower.query(k.r, nil))
		if err == nil {
			within, err = w.closure(ctx, k.q.Within)
		}
		if err != nil {
			return err
		}
	}
	k.whole = k.q.Filter == nil && within == nil && slices.Equal(k.q.Kinds, []graph.Kind{graph.Condition})
	kinds := uint32(0)
	for _, kind := range k.q.Kinds {
		kinds |= 1 << kind
	}
	k.ranked, k.short = make([]bool, len(k.t.Concepts)), make([]float64, len(k.t.Concepts))
	all := uint64(0)
	for c, mask := range k.t.Kinds {
		if mask&kinds == 0 || within != nil && !within[graph.Ref(k.t.Concepts[c])] {
			continue
		}
		k.ranked[c] = true
		length := k.t.Lengths[c]
		if k.q.Filter != nil {
			length = 0
			for p := k.t.First[c]; p < k.t.First[c+1]; p++ {
				length += uint64(k.counts[p].Often)
			}
		}
		if length > 0 || mask&signs.Together != 0 {
			k.conditions++
		}
		all += length
		k.short[c] = float64(length) / signs.Whole
	}
	mean := float64(all) / signs.Whole / float64(max(1, k.conditions))
	for c := range k.short {
		k.short[c] = (ListLength + mean) / (ListLength + k.short[c])
	}
	return graph.Spend(ctx, len(k.ranked)/2)
}

// climb finds what is broader than the findings, and counts who has it.
func (k *knowledge) climb(ctx context.Context) error {
	k.above, k.having = map[graph.Ref][]graph.Ref{}, map[graph.Ref]int{}
	w, err := readWeb(ctx, k.r, k.q.Findings, Broader.query(k.r, nil))
	if err != nil {
		return err
	}
	count := func(a graph.Ref) {
		if _, counted := k.having[a]; counted {
			return
		}
		if k.whole && int(a) < len(k.t.Having) {
			k.having[a] = int(k.t.Having[a])
			return
		}
		_ = graph.Spend(ctx, (len(k.t.OwnPairs(a))+len(k.t.BelowPairs(a))+len(k.ranked))/8)
		k.having[a] = k.t.Count(a, k.counts, k.ranked)
	}
	for _, f := range k.q.Findings {
		closure, err := w.closure(ctx, f)
		if err != nil {
			return err
		}
		above := make([]graph.Ref, 0, len(closure))
		for a := range closure {
			count(a)
			if a != f {
				above = append(above, a)
			}
		}
		slices.Sort(above)
		k.above[f] = above
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	for _, f := range k.q.Excluded {
		count(f)
	}
	return ctx.Err()
}

// rare is how telling a concept is: N/n(a) - 1.
func (k *knowledge) rare(a graph.Ref) float64 { return rare(k.conditions, k.having[a]) }

func rare(all, having int) float64 {
	return max(0, float64(all)/float64(max(1, having))-1)
}

// common reports whether so many conditions have a concept, or something narrower,
// that to have another kind of it relates nothing.
func (k *knowledge) common(a graph.Ref) bool {
	n := k.having[a]
	return n > fewConditions && float64(n) > commonShare*float64(k.conditions)
}

// combined is what a statement says of several findings together.
type combined struct {
	findings  []graph.Ref
	condition uint32
	statement graph.Ref
	share     signs.Share
}

// combine reads what is stated of several findings together, of which all must be
// there.
func (k *knowledge) combine(ctx context.Context) error {
	k.together = map[uint32][]Combination{}
	if k.r.Summary().Combined == 0 {
		return nil
	}
	var found graph.Lists[graph.Ref]
	if err := k.r.Combinations(ctx, k.q.Findings, &found); err != nil {
		return err
	}
	var all []combined
	joins := predicates(k.r, graph.PredicateCause, graph.PredicateMayIndicate)
	fields := signs.ShareFields() | graph.TogetherColumns() | graph.StatementObject | k.q.Filter.Columns()
	err := eachStatement(ctx, k.r, distinct(found.Items), fields, func(ref graph.Ref, b *graph.StatementBatch, row int) {
		together := distinct(b.Together(row))
		missing := func(f graph.Ref) bool { return !slices.Contains(k.q.Findings, f) }
		c, known := k.t.Index(b.Object[row])
		passes := k.q.Filter == nil || k.q.Filter.Match(&graph.BatchRow{Batch: b, Row: row})
		if known && k.ranked[c] && slices.Contains(joins, b.Predicate[row]) && !slices.ContainsFunc(together, missing) && passes {
			all = append(all, combined{together, uint32(c), ref, signs.ShareAt(k.r.Summary(), b, row)})
		}
	})
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b combined) int {
		return cmp.Or(slices.Compare(a.findings, b.findings), cmp.Compare(a.condition, b.condition), cmp.Compare(a.statement, b.statement))
	})
	for from, i := 0, 1; i <= len(all); i++ {
		if i == len(all) || !slices.Equal(all[i].findings, all[from].findings) {
			k.weighTogether(all[from:i])
			from = i
		}
	}
	return nil
}

// weighTogether adds what is stated of one combination of findings, to each
// condition.
func (k *knowledge) weighTogether(same []combined) {
	listed := 0
	var sums []signs.Count
	var shares []signs.Share
	for i, s := range same {
		shares = append(shares, s.share)
		if i+1 < len(same) && same[i+1].condition == s.condition {
			continue
		}
		sums = append(sums, signs.Sum(shares))
		if sums[len(sums)-1].Often > 0 {
			listed++
		}
		shares = shares[:0]
	}
	for i, sum := range sums {
		c := same[0].condition
		reason := Combination{Findings: same[0].findings, Listed: sum.Often > 0}
		for len(same) > 0 && same[0].condition == c {
			reason.Statements = append(reason.Statements, same[0].statement)
			same = same[1:]
		}
		weight := k.weigh(c, ListedFactor*rare(k.conditions, listed)*share(sums[i].Often))
		weight -= nano(logListed * float64(sum.Denials) / float64(sum.Statements))
		reason.Weight = ofNano(weight)
		k.together[c] = append(k.together[c], reason)
	}
}

// Suggestion is a finding that nobody asked about.
type Suggestion struct {
	Finding graph.Ref
	// Information is how much the answer, whether the finding is there, is expected to
	// tell which of the first conditions it is: the mutual information of both in bits,
	// where each condition is taken to be as likely as the others, and to have the
	// finding as often as the sources list it, or anything narrower.
	Information float64
	// Listed are those of the first conditions that list the finding or something
	// narrower, in default order.
	Listed []graph.Ref
}

// suggestAmong is how many of the first conditions suggestions tell apart.
const suggestAmong = 10

// MaxSuggestions is how many suggestions can be asked for.
const MaxSuggestions = 50

// Suggest returns so many findings whose answer would tell the first ten conditions
// apart, wherever the page is: those first of which most is expected. What the
// answers to the findings of the query imply is left out: what is broader than one that
// is there, or narrower than one that is not. Errors are graph.ErrInvalid for a number
// that is negative or more than MaxSuggestions, and those of the Reader.
func (x *Ranking) Suggest(ctx context.Context, n int) ([]Suggestion, error) {
	if n < 0 || n > MaxSuggestions {
		return nil, fmt.Errorf("%w: %d suggestions: ask for 0 to %d", graph.ErrInvalid, n, MaxSuggestions)
	}
	k := x.k
	var asked []graph.Ref
	for _, c := range x.first {
		for p := k.t.First[c]; p < k.t.First[c+1]; p++ {
			if k.counts[p].Often > 0 {
				asked = append(asked, graph.Ref(k.t.Sign[p]))
			}
		}
	}
	asked = distinct(asked)
	w, err := readWeb(ctx, k.r, slices.Clone(asked), Broader.query(k.r, nil))
	if err != nil {
		return nil, err
	}
	known := map[graph.Ref]bool{}
	for _, f := range k.q.Findings {
		known[f] = true
		for _, a := range k.above[f] {
			known[a] = true
		}
	}
	excluded := set(k.q.Excluded)
	var all []Suggestion
	for _, f := range asked {
		above, err := w.closure(ctx, f)
		if err = cmp.Or(err, graph.Spend(ctx, rowSteps*len(x.first))); err != nil {
			return nil, err
		}
		implied := known[f]
		for a := range above {
			implied = implied || excluded[a]
		}
		if s := k.suggestion(f, x.first); !implied && s.Information > 0 {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b Suggestion) int {
		return cmp.Or(cmp.Compare(b.Information, a.Information), cmp.Compare(a.Finding, b.Finding))
	})
	return all[:min(len(all), n)], nil
}

// suggestion reckons what the answer to a finding is expected to tell.
func (k *knowledge) suggestion(f graph.Ref, first []uint32) Suggestion {
	s := Suggestion{Finding: f}
	all, each := 0.0, 0.0
	for _, c := range first {
		often := uint16(0)
		for _, list := range [...][]uint32{k.t.OwnPairs(f), k.t.BelowPairs(f)} {
			for _, p := range k.pairs(list, c) {
				often = max(often, k.counts[p].Often)
			}
		}
		if often > 0 {
			s.Listed = append(s.Listed, graph.Ref(k.t.Concepts[c]))
		}
		all += share(often)
		each += entropy(share(often))
	}
	n := float64(len(first))
	s.Information = ofNano(nano(entropy(all/n) - each/n))
	slices.Sort(s.Listed)
	return s
}

// entropy is that of a yes or no of which a share is yes, in bits.
func entropy(share float64) float64 {
	if share <= 0 || share >= 1 {
		return 0
	}
	return -share*math.Log2(share) - (1-share)*math.Log2(1-share)
}
