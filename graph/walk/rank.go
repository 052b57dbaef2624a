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

// MaxFindings is how many findings, found and excluded together, a ranking
// takes.
const MaxFindings = 200

// The constants of the score, see [Rank]. docs/performance.md shows how little what
// is ranked first depends on each.
const (
	// ListedFactor is for a finding that is listed itself, and a denial takes its
	// logarithm.
	ListedFactor = 8
	// BelowFactor is for a finding of which only something narrower is listed.
	BelowFactor = 3
	// ListLength is how many signs, each always there, a list is taken to have more
	// than it has: what short lists say is not all.
	ListLength = 12
	// ExcludedFactor is how much likelier a finding that a condition is known for is
	// looked for, and so excluded.
	ExcludedFactor = 8
)

// commonShare and fewConditions say what is too common to relate: what more than
// this share of the conditions have, where that is more than a few. It is a matter of
// time, and changes the order of few.
const (
	commonShare   = 1. / 3
	fewConditions = 1000
)

// RankQuery asks which conditions fit some findings.
type RankQuery struct {
	// Findings are the signs and symptoms that are there, Excluded those that were
	// looked for and are not. What is named in neither is unknown and plays no
	// part.
	Findings, Excluded []graph.Ref
	// Kinds keeps concepts with one of these among the kinds of their types; nil
	// is Condition alone. (A focal seizure is a symptom and a cause, and no
	// condition: ask for Symptom or Cause to have it ranked.)
	Kinds []graph.Kind
	// Within keeps this concept and what is narrower; NoRef keeps all.
	Within graph.Ref
	// Filter keeps the statements that pass: the rest is as if it were not there.
	Filter *graph.Filter
	Window graph.Window
}

// Ranking is a page of the conditions that fit.
type Ranking struct {
	// Results are ordered by score, highest first, then by the number of matched
	// findings, most first, then in default order.
	Results []Ranked
	Total   int // of the whole list
	// Findings is how many different findings were asked for: the n of "2 of n".
	Findings int
	// Conditions is how many concepts could be ranked: N.
	Conditions int

	k     *knowledge
	first []uint32 // of the whole list, suggestAmong of them
}

// Ranked is a condition with the reasons for and against it.
type Ranked struct {
	Concept graph.Ref
	// Score is the sum of the weights of all reasons, exactly.
	Score float64
	// Place is one more than the number of conditions with a higher score, and Tied
	// how many others have the same.
	Place, Tied int
	// Matched, Denied and Excluded are reasons, each in default order of the
	// findings. A finding that some sources state and others deny is in both
	// Matched and Denied.
	Matched  []Evidence
	Denied   []Evidence // found, but sources say that it does not belong
	Excluded []Evidence // listed, but looked for and not found
	// Together are the combinations of findings of which something is stated for
	// this condition, in default order of their findings.
	Together []Combination
	// Missing are the findings of which nothing is stated for this condition, neither
	// alone nor together with others, and nothing that is related. That is silence, and
	// no reason against it.
	Missing []graph.Ref
}

// MatchedFindings counts the findings that speak for the condition, alone or
// together with others: the 2 of "2 of n". Those that are only related to a sign are
// not counted.
func (x *Ranked) MatchedFindings() int {
	var matched []graph.Ref
	for i := range x.Matched {
		if x.Matched[i].Match != RelatedMatch {
			matched = append(matched, x.Matched[i].Finding)
		}
	}
	for i := range x.Together {
		if x.Together[i].Listed {
			matched = append(matched, x.Together[i].Findings...)
		}
	}
	return len(distinct(matched))
}

// Evidence is a reason for or against a condition.
type Evidence struct {
	Finding graph.Ref
	// Sign is the concept that the sources name: the finding itself, or one that
	// is broader, narrower or related.
	Sign  graph.Ref
	Match Match
	// Common is what is broader than the finding and than the sign, of a RelatedMatch;
	// else NoRef.
	Common graph.Ref
	// Weight is what the reason adds to the score, or with a minus takes from it.
	Weight float64
	// Share is how often the condition has the sign, as it is reckoned with
	// ([graph.ShareOf]), and ShareStated whether a source says how often. 0 for a
	// denial.
	Share       float64
	ShareStated bool
	// Conditions is how many of those that could be ranked have what is weighed, or
	// something narrower: Common, or the broader of finding and sign.
	Conditions int
	// Statements are the claims that join condition and sign.
	Statements []graph.Ref
}

// Combination is a reason of several findings together: of one of them alone it
// says nothing.
type Combination struct {
	Findings []graph.Ref // in default order
	// Weight is what the reason adds to the score, or with a minus takes from it.
	Weight float64
	// Statements are the claims that hold of all of the findings together, and Listed
	// is true if one of them is no denial.
	Statements []graph.Ref
	Listed     bool
}

// Match is how a finding is related to the sign that the sources name.
type Match uint8

// The matches, closest first.
const (
	ExactMatch    Match = iota // they are one concept
	NarrowerMatch              // the finding is narrower than the sign
	BroaderMatch               // the finding is broader than the sign
	RelatedMatch               // something is broader than both
)

// String returns exact, narrower, broader or related.
func (m Match) String() string {
	return [...]string{"exact", "narrower", "broader", "related"}[min(m, RelatedMatch)]
}

// Rank orders conditions by how well they fit findings, going by what the
// sources of this graph list. It reads schema:signOrSymptom (a condition has a
// sign) and schema:cause (a finding may be caused by a condition); what either
// joins to a condition is a sign of it here. It also reads what several findings
// together may be caused by or may indicate (schema:cause and kg:mayIndicate with
// [graph.QualifierWith]), and only where all of them are found. A condition is
// ranked if a finding that is listed, or broader or narrower than one that is, or a
// combination speaks for it.
//
// The score is a sum of weights. A finding f adds, for condition c,
//
//	ln(1 + r(c) · max over a of F · p(a, c) · (N/n(a) - 1))
//
// where a is f or anything broader, and
//
//	F        ListedFactor if a is f and listed for c; BelowFactor if a is f, and
//	         something narrower is listed; 1 if a is broader than f
//	p(a, c)  how often c has a, or the sign below a that it has most often: a share,
//	         reckoned by [graph.ShareOf] in ten-thousandths
//	N        how many of the concepts that could be ranked have a sign, or are said to
//	         be indicated by several together
//	n(a)     how many of these have a or anything narrower
//	r(c)     (ListLength + Z) / (ListLength + z(c)), where z(c) is the sum of p over all
//	         signs of c, and Z its mean over the N
//
// Of equal ones the closest match counts, then the a of fewest conditions, then the
// first in default order. A condition that lists another kind of a than f has f as
// related: only an a counts then that fewer than a third of the N have, or a thousand.
//
//   - A finding of which sources deny that c has it, itself or as something broader,
//     takes ln ListedFactor in proportion to the share of the statements that deny.
//     (To deny something narrower denies nothing of the finding.) Of several, the
//     one that takes most counts.
//   - An excluded finding of which c lists itself or something narrower takes what
//     ln(ExcludedFactor · (1 - p)) is below 0, at most ln ListedFactor: what is not
//     often there need not be there, and what is looked for is often what a
//     condition is known for.
//   - A combination of findings adds ln(1 + r(c) · ListedFactor · p · (N/n - 1)), n
//     being the number of concepts of which it is stated: it is weighed as one sign.
//     Where sources deny it, that takes ln ListedFactor in proportion, too. Only the
//     findings themselves count, no broader or narrower ones.
//   - Modality is not weighed: it stands in the statements, for whoever reads the
//     reasons. So do the limits of a statement, such as a population.
//
// So the score says how much of what was found, weighed by how telling it is,
// the sources list for a condition. It compares conditions within one answer and
// nothing else: it is no probability, it knows nothing of how common conditions
// are, and what is listed first is what the sources here say most about. It does
// not replace anybody's judgement.
//
// The parts are old and well tried: inverse document frequency (Spärck Jones,
// A statistical interpretation of term specificity and its application in
// retrieval, J. Documentation 1972), information content over a hierarchy
// (Resnik, Using information content to evaluate semantic similarity in a
// taxonomy, IJCAI 1995), ranking of conditions by it (Köhler et al., Clinical
// diagnostics in human genetics with semantic similarity searches in
// ontologies, Am. J. Hum. Genet. 2009), and sums of logarithms of ratios with what
// was excluded (Robinson et al., Interpretable clinical genomics with a likelihood
// ratio paradigm, Am. J. Hum. Genet. 2020), though these are no likelihood ratios:
// the sources here give too few numbers for those.
//
// A finding that is no concept is missing everywhere; one named twice counts
// once. Weights are rounded to nine decimals, and their sum is exact.
// Errors are graph.ErrInvalid for too many findings or for one that is both
// found and excluded, [signs.ErrTooDeep], and those of the Reader.
func Rank(ctx context.Context, r graph.Reader, q RankQuery) (*Ranking, error) {
	if err := cmp.Or(ctx.Err(), q.Window.Check()); err != nil {
		return nil, err
	}
	q.Findings, q.Excluded = distinct(slices.Clone(q.Findings)), distinct(slices.Clone(q.Excluded))
	if n := len(q.Findings) + len(q.Excluded); n > MaxFindings {
		return nil, fmt.Errorf("%w: %d findings: ask for at most %d", graph.ErrInvalid, n, MaxFindings)
	}
	for _, ref := range q.Findings {
		if _, both := slices.BinarySearch(q.Excluded, ref); both {
			return nil, fmt.Errorf("%w: a finding is named both as found and as excluded", graph.ErrInvalid)
		}
	}
	if q.Kinds == nil {
		q.Kinds = []graph.Kind{graph.Condition}
	}
	k, err := learn(ctx, r, &q)
	if err != nil {
		return nil, err
	}
	if err := k.score(ctx); err != nil {
		return nil, err
	}
	return k.answer(ctx)
}

// find finds the conditions for which something speaks.
func (k *knowledge) find(ctx context.Context) error {
	for c, all := range k.together {
		for i := range all {
			k.scores[c] += nano(all[i].Weight)
			k.listed[c] = k.listed[c] || all[i].Listed
		}
	}
	looked := 0
	try := func(pairs []uint32) {
		looked += len(pairs)
		for _, p := range pairs {
			if c := k.t.Of[p]; k.ranked[c] && k.counts[p].Often > 0 {
				k.listed[c] = true
			}
		}
	}
	for _, f := range k.q.Findings {
		try(k.t.OwnPairs(f))
		try(k.t.BelowPairs(f))
		for _, a := range k.above[f] {
			try(k.t.OwnPairs(a))
		}
	}
	return graph.Spend(ctx, looked/8)
}

// score weighs the conditions for which something speaks.
func (k *knowledge) score(ctx context.Context) error {
	if err := k.find(ctx); err != nil {
		return err
	}
	best := make([]float64, len(k.ranked)) // of one finding
	closer := make([]bool, len(k.ranked))  // it is more than related
	denies := make([]float64, len(k.ranked))
	var touched, denying []uint32
	for _, f := range k.q.Findings {
		looked := 0
		try := func(pairs []uint32, value float64, close bool) {
			looked += len(pairs)
			for _, p := range pairs {
				c := k.t.Of[p]
				often := k.counts[p].Often
				if !k.listed[c] || often == 0 {
					continue
				}
				if v := value * share(often); v > best[c] || !closer[c] {
					if best[c] == 0 && !closer[c] {
						touched = append(touched, c)
					}
					best[c] = max(v, best[c])
				}
				closer[c] = closer[c] || close
			}
		}
		deny := func(pairs []uint32) {
			for _, p := range pairs {
				if n := &k.counts[p]; n.Denials > 0 && k.listed[k.t.Of[p]] {
					c := k.t.Of[p]
					if denies[c] == 0 {
						denying = append(denying, c)
					}
					denies[c] = max(denies[c], float64(n.Denials)/float64(n.Statements))
				}
			}
		}
		own, below := k.t.OwnPairs(f), k.t.BelowPairs(f)
		try(own, ListedFactor*k.rare(f), true)
		try(below, BelowFactor*k.rare(f), true)
		deny(own)
		for _, a := range k.above[f] {
			own := k.t.OwnPairs(a)
			try(own, k.rare(a), true)
			deny(own)
			if !k.common(a) {
				try(k.t.BelowPairs(a), k.rare(a), false)
			}
		}
		for _, c := range touched {
			k.scores[c] += k.weigh(c, best[c])
			if closer[c] {
				k.matched[c]++
			}
			best[c], closer[c] = 0, false
		}
		for _, c := range denying {
			k.scores[c] -= nano(logListed * denies[c])
			denies[c] = 0
		}
		if err := graph.Spend(ctx, looked/4+2*len(touched)+len(denying)+rowSteps); err != nil {
			return err
		}
		touched, denying = touched[:0], denying[:0]
	}
	for _, f := range k.q.Excluded {
		looked := 0
		for _, pairs := range [...][]uint32{k.t.OwnPairs(f), k.t.BelowPairs(f)} {
			looked += len(pairs)
			for _, p := range pairs {
				if c := k.t.Of[p]; k.listed[c] && k.counts[p].Often > 0 {
					if best[c] == 0 {
						touched = append(touched, c)
					}
					best[c] = max(best[c], share(k.counts[p].Often))
				}
			}
		}
		for _, c := range touched {
			k.scores[c] += nano(excludedWeight(best[c]))
			best[c] = 0
		}
		if err := graph.Spend(ctx, looked/4+2*len(touched)+rowSteps); err != nil {
			return err
		}
		touched = touched[:0]
	}
	return nil
}

var logListed = math.Log(ListedFactor)

// excludedWeight is what an excluded finding takes that a condition has so often.
func excludedWeight(share float64) float64 {
	return min(0, max(-logListed, math.Log(ExcludedFactor*(1-share))))
}

// weigh is what a finding adds, in billionths.
func (k *knowledge) weigh(c uint32, value float64) int64 {
	return nano(math.Log(1 + k.short[c]*value))
}

// share is a share of all cases.
func share(often uint16) float64 { return float64(often) / signs.Whole }

// nano rounds to billionths: sums of whole numbers are exact in any order.
func nano(x float64) int64 { return int64(math.Round(x * 1e9)) }

// ofNano is a number of billionths.
func ofNano(n int64) float64 { return float64(n) / 1e9 }

// answer orders the conditions and gives the reasons of those of the page.
func (k *knowledge) answer(ctx context.Context) (*Ranking, error) {
	var listed []uint32
	var scores []int64 // highest first
	for c := range k.ranked {
		if k.listed[c] {
			listed, scores = append(listed, uint32(c)), append(scores, -k.scores[c])
		}
	}
	slices.Sort(scores)
	if err := graph.Spend(ctx, 4*len(listed)); err != nil {
		return nil, err
	}
	from, to := k.q.Window.Range(len(listed))
	ranking := &Ranking{Total: len(listed), Findings: len(k.q.Findings), Conditions: k.conditions, k: k}
	ranking.first = k.order(listed, scores, 0, min(len(listed), suggestAmong))
	for _, c := range k.order(listed, scores, from, to) {
		x, err := k.rank(ctx, c)
		if err != nil {
			return nil, err
		}
		higher, _ := slices.BinarySearch(scores, -k.scores[c])
		lower, _ := slices.BinarySearch(scores, -k.scores[c]+1)
		x.Place, x.Tied = 1+higher, lower-higher-1
		ranking.Results = append(ranking.Results, x)
	}
	return ranking, nil
}

// order returns a part of the conditions in their order: of the others it asks only
// for their scores.
func (k *knowledge) order(listed []uint32, scores []int64, from, to int) []uint32 {
	if from == to {
		return nil
	}
	highest, lowest := -scores[from], -scores[to-1]
	var part []uint32
	for _, c := range listed {
		switch score := k.scores[c]; {
		case score > highest:
			from, to = from-1, to-1
		case score >= lowest:
			part = append(part, c)
		}
	}
	slices.SortFunc(part, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(k.scores[b], k.scores[a]), cmp.Compare(k.matchedOf(b), k.matchedOf(a)), cmp.Compare(a, b))
	})
	return part[from:to]
}

// matchedOf counts the findings that speak for a condition.
func (k *knowledge) matchedOf(c uint32) int {
	if k.together[c] == nil {
		return int(k.matched[c])
	}
	x := k.explain(c)
	return x.MatchedFindings()
}

// rank gives the reasons for and against one condition.
func (k *knowledge) rank(ctx context.Context, c uint32) (Ranked, error) {
	steps := 0
	for _, f := range k.q.Findings {
		steps += 4 * (2 + len(k.above[f]))
	}
	if err := graph.Spend(ctx, rowSteps*(len(k.q.Findings)+len(k.q.Excluded))+steps); err != nil {
		return Ranked{}, err
	}
	return k.explain(c), nil
}

// pairs are those of a condition among the pairs of a list.
func (k *knowledge) pairs(list []uint32, c uint32) []uint32 {
	from, _ := slices.BinarySearch(list, k.t.First[c])
	to, _ := slices.BinarySearch(list[from:], k.t.First[c+1])
	return list[from : from+to]
}

// explain is rank.
func (k *knowledge) explain(c uint32) Ranked {
	x := Ranked{Concept: graph.Ref(k.t.Concepts[c]), Together: k.together[c]}
	score := int64(0)
	var together []graph.Ref
	for i := range x.Together {
		score += nano(x.Together[i].Weight)
		together = append(together, x.Together[i].Findings...)
	}
	for _, f := range k.q.Findings {
		matched, isMatched := k.match(c, f)
		if isMatched {
			score += nano(matched.Weight)
			x.Matched = append(x.Matched, matched)
		}
		denied, isDenied := k.deny(c, f)
		if isDenied {
			score += nano(denied.Weight)
			x.Denied = append(x.Denied, denied)
		}
		if !isMatched && !isDenied && !slices.Contains(together, f) {
			x.Missing = append(x.Missing, f)
		}
	}
	for _, f := range k.q.Excluded {
		if e, is := k.exclude(c, f); is {
			score += nano(e.Weight)
			x.Excluded = append(x.Excluded, e)
		}
	}
	x.Score = ofNano(score)
	return x
}

// match finds the best reason why a finding speaks for a condition.
func (k *knowledge) match(c uint32, f graph.Ref) (best Evidence, is bool) {
	most, bestPair := 0.0, uint32(0)
	try := func(list []uint32, a graph.Ref, factor float64, match Match) {
		for _, p := range k.pairs(list, c) {
			if k.counts[p].Often == 0 {
				continue
			}
			e := Evidence{Finding: f, Sign: graph.Ref(k.t.Sign[p]), Match: match, Conditions: k.having[a]}
			if match == RelatedMatch {
				e.Common = a
			}
			value := factor * k.rare(a) * share(k.counts[p].Often)
			if is && cmp.Or(cmp.Compare(most, value), cmp.Compare(e.Match, best.Match), cmp.Compare(e.Conditions, best.Conditions),
				cmp.Compare(e.Common, best.Common), cmp.Compare(e.Sign, best.Sign)) >= 0 {
				continue
			}
			most, best, bestPair, is = value, e, p, true
		}
	}
	try(k.t.OwnPairs(f), f, ListedFactor, ExactMatch)
	try(k.t.BelowPairs(f), f, BelowFactor, BroaderMatch)
	close := is
	for _, a := range k.above[f] {
		try(k.t.OwnPairs(a), a, 1, NarrowerMatch)
		close = close || is
	}
	for _, a := range k.above[f] {
		if !k.common(a) {
			try(k.t.BelowPairs(a), a, 1, RelatedMatch)
		}
	}
	if is {
		best.Weight = ofNano(k.weigh(c, most))
		k.cite(&best, bestPair)
	}
	return best, is
}

// cite adds what the sources say of a pair.
func (k *knowledge) cite(e *Evidence, p uint32) {
	if k.counts[p].Often > 0 {
		e.Share = share(k.counts[p].Often)
	}
	for i := k.t.Stated[p]; i < k.t.Stated[p+1]; i++ {
		if !k.passes(i) {
			continue
		}
		e.Statements = append(e.Statements, graph.Ref(k.t.Statements[i]))
		e.ShareStated = e.ShareStated || k.t.Shares[i] <= signs.Whole
	}
}

// deny finds the weightiest reason why a finding does not belong to a condition.
func (k *knowledge) deny(c uint32, f graph.Ref) (most Evidence, is bool) {
	pair := uint32(0)
	try := func(a graph.Ref, match Match) {
		for _, p := range k.pairs(k.t.OwnPairs(a), c) {
			n := &k.counts[p]
			if n.Denials == 0 {
				continue
			}
			e := Evidence{Finding: f, Sign: a, Match: match, Conditions: k.having[a]}
			e.Weight = ofNano(-nano(logListed * float64(n.Denials) / float64(n.Statements)))
			if !is || e.Weight < most.Weight {
				most, pair, is = e, p, true
			}
		}
	}
	try(f, ExactMatch)
	for _, a := range k.above[f] {
		try(a, NarrowerMatch)
	}
	if is {
		k.cite(&most, pair)
	}
	return most, is
}

// exclude finds the weightiest reason why an excluded finding speaks against a
// condition.
func (k *knowledge) exclude(c uint32, f graph.Ref) (most Evidence, is bool) {
	pair := uint32(0)
	try := func(list []uint32, match Match) {
		for _, p := range k.pairs(list, c) {
			if often := k.counts[p].Often; often > 0 && (!is || often > k.counts[pair].Often) {
				most = Evidence{Finding: f, Sign: graph.Ref(k.t.Sign[p]), Match: match, Conditions: k.having[f]}
				pair, is = p, true
			}
		}
	}
	try(k.t.OwnPairs(f), ExactMatch)
	try(k.t.BelowPairs(f), BroaderMatch)
	if is {
		most.Weight = ofNano(nano(excludedWeight(share(k.counts[pair].Often))))
		k.cite(&most, pair)
	}
	return most, is
}
