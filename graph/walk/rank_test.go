package walk_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// TestRankAgainstBruteForce writes the formula of Rank's comment down again,
// one condition and one finding at a time, and wants the same scores, reasons
// and order.
func TestRankAgainstBruteForce(t *testing.T) {
	matches, denied, excluded, together, tied, within, filtered := map[walk.Match]int{}, 0, 0, [2]int{}, 0, 0, 0
	eachGraph(t, func(t *testing.T, b brute, r *rand.Rand) {
		n := naiveRank{brute: b, below: b.table(b.narrower(nil))}
		for range 8 {
			q := walk.RankQuery{Window: window(r)}
			share := pick(r, 4, 16) // of one in so many, the rest is not asked about
			for _, ref := range b.concepts() {
				switch r.IntN(share) {
				case 0:
					q.Findings = append(q.Findings, ref, ref)
				case 1:
					q.Excluded = append(q.Excluded, ref)
				}
			}
			if combined := n.combined(); len(combined) > 0 && r.IntN(2) == 0 {
				q.Findings = append(q.Findings, pick(r, combined...)...)
				q.Excluded = slices.DeleteFunc(q.Excluded, func(ref graph.Ref) bool { return slices.Contains(q.Findings, ref) })
			}
			q.Findings = append(q.Findings, graph.NoRef)
			n.kinds = []graph.Kind{graph.Condition}
			if r.IntN(2) == 0 {
				q.Kinds = []graph.Kind{graph.Condition, graph.Symptom, graph.OtherConcept}
				n.kinds = q.Kinds
			}
			if r.IntN(4) == 0 {
				q.Within = pick(r, b.concepts()...)
			}
			if r.IntN(4) == 0 {
				q.Filter = b.filter(r)
			}
			n.q = &q
			got, err := walk.Rank(t.Context(), b, q)
			if err != nil {
				t.Fatal(err)
			}
			all := n.rank(&q)
			if len(all) > 0 {
				within, filtered = within+toInt(q.Within != graph.NoRef), filtered+toInt(q.Filter != nil)
			}
			for _, x := range all {
				for _, e := range x.Matched {
					matches[e.Match]++
				}
				tied += toInt(x.Tied > 0)
				denied, excluded = denied+len(x.Denied), excluded+len(x.Excluded)
				for _, c := range x.Together {
					together[toInt(c.Weight > 0)]++
				}
			}
			findings := slices.Clone(q.Findings)
			slices.Sort(findings)
			same(t, "results", got.Results, windowed(all, q.Window))
			same(t, "counts", []int{got.Total, got.Findings, got.Conditions}, []int{len(all), len(slices.Compact(findings)), n.conditions})
		}
	})
	if len(matches) != 4 || tied == 0 || within == 0 || filtered == 0 || denied == 0 || excluded == 0 || together[0] == 0 || together[1] == 0 {
		t.Errorf("matches %v, %d denied, %d excluded, %d combinations against and for, %d tied, %d within a branch, %d filtered: not all was met",
			matches, denied, excluded, together, tied, within, filtered)
	}
}

type naiveRank struct {
	brute
	q     *walk.RankQuery
	kinds []graph.Kind
	below [][]int // how many links from a concept down to another

	conditions int // N
	length     map[graph.Ref]float64
	mean       float64
}

func (n *naiveRank) narrowerThan(a, b graph.Ref) bool { return a != b && n.below[b][a] < far }

// said is what is stated of a condition and a sign.
type said struct {
	all     []graph.Ref
	share   float64 // 0 where nothing supports it
	stated  bool
	denials int
}

// count adds up statements.
func (n *naiveRank) count(all []graph.Ref) said {
	x := said{all: all}
	unstated, sum, numbers := false, 0.0, 0
	for _, ref := range all {
		s := &n.statements[ref-n.sum.First(graph.ClassStatement)]
		share, stated := graph.ShareOf(s.row.Frequency, s.row.Share(graph.QualifierFrequencyValue))
		switch {
		case n.stance(ref) != graph.Supports:
			x.denials++
		case stated:
			sum += math.Max(1, math.Round(share*10000))
			numbers++
		default:
			unstated = true
		}
	}
	switch {
	case numbers > 0:
		x.share, x.stated = math.Max(1, math.Floor(sum/float64(numbers)+0.5))/10000, true
	case unstated:
		x.share = graph.UnstatedShare
	}
	return x
}

func (n *naiveRank) said(condition, sign graph.Ref) said {
	var all []graph.Ref
	for i, s := range n.statements {
		if s.passes(n.q.Filter) && s.passes(nil) &&
			(s.predicate == n.predicate(graph.PredicateSignOrSymptom) && s.subject == condition && s.object == sign ||
				s.predicate == n.predicate(graph.PredicateCause) && s.subject == sign && s.object == condition) {
			all = append(all, n.sum.First(graph.ClassStatement)+graph.Ref(i))
		}
	}
	return n.count(all)
}

// isRanked reports whether a concept is one of those that are ranked.
func (n *naiveRank) isRanked(c graph.Ref) bool {
	return n.hasKind(c, n.kinds...) && (n.q.Within == graph.NoRef || c == n.q.Within || n.narrowerThan(c, n.q.Within))
}

// having counts the conditions that have a concept, or anything narrower.
func (n *naiveRank) having(t graph.Ref) (having int) {
	for _, c := range n.concepts() {
		has := false
		for _, s := range n.concepts() {
			has = has || n.isRanked(c) && (s == t || n.narrowerThan(s, t)) && n.said(c, s).share > 0
		}
		having += toInt(has)
	}
	return having
}

// isTogether reports whether something is stated of several signs of a concept together.
func (n *naiveRank) isTogether(c graph.Ref) bool {
	return slices.ContainsFunc(n.statements, func(s statement) bool {
		return s.object == c && s.row.With != nil && s.row.Withdrawn == graph.NotWithdrawn &&
			(s.predicate == n.predicate(graph.PredicateCause) || s.predicate == n.predicate(graph.PredicateMayIndicate))
	})
}

func billionths(x float64) float64 { return math.Round(x*1e9) / 1e9 }

func (n *naiveRank) rare(having int) float64 {
	return math.Max(0, float64(n.conditions)/math.Max(1, float64(having))-1)
}

// adds is what a reason adds to the score of a condition.
func (n *naiveRank) adds(c graph.Ref, value float64) float64 {
	return billionths(math.Log(1 + value*(walk.ListLength+n.mean)/(walk.ListLength+n.length[c])))
}

func (n *naiveRank) rank(q *walk.RankQuery) []walk.Ranked {
	n.conditions, n.length, n.mean = 0, map[graph.Ref]float64{}, 0
	having := map[graph.Ref]int{}
	for _, c := range n.concepts() {
		having[c] = n.having(c)
		for _, s := range n.concepts() {
			if n.isRanked(c) {
				n.length[c] += n.said(c, s).share
			}
		}
		n.mean += n.length[c]
		n.conditions += toInt(n.length[c] > 0 || n.isRanked(c) && n.isTogether(c))
	}
	n.mean /= math.Max(1, float64(n.conditions))
	var results []walk.Ranked
	for _, c := range n.concepts() {
		if !n.isRanked(c) {
			continue
		}
		x := walk.Ranked{Concept: c, Together: n.together(q, c)}
		var together []graph.Ref
		for _, k := range x.Together {
			x.Score += k.Weight
			together = append(together, k.Findings...)
		}
		for _, f := range append([]graph.Ref{graph.NoRef}, n.concepts()...) {
			if slices.Contains(q.Findings, f) {
				m, d := n.reasons(c, f, having)
				x.Matched, x.Denied = append(x.Matched, m...), append(x.Denied, d...)
				if len(m)+len(d) == 0 && !slices.Contains(together, f) {
					x.Missing = append(x.Missing, f)
				}
			}
			if slices.Contains(q.Excluded, f) {
				x.Excluded = append(x.Excluded, n.excluded(c, f, having)...)
			}
		}
		for _, e := range slices.Concat(x.Matched, x.Denied, x.Excluded) {
			x.Score += e.Weight
		}
		x.Score = billionths(x.Score)
		if len(matchedOf(&x)) > 0 {
			results = append(results, x)
		}
	}
	slices.SortStableFunc(results, func(x, y walk.Ranked) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(len(matchedOf(&y)), len(matchedOf(&x))))
	})
	for i := range results {
		results[i].Place, results[i].Tied = 1, -1
		for j := range results {
			results[i].Place += toInt(results[j].Score > results[i].Score)
			results[i].Tied += toInt(results[j].Score == results[i].Score)
		}
	}
	return results
}

// matchedOf returns the findings that speak for a condition.
func matchedOf(x *walk.Ranked) map[graph.Ref]bool {
	found := map[graph.Ref]bool{}
	for _, e := range x.Matched {
		found[e.Finding] = true
	}
	for _, k := range x.Together {
		for _, f := range k.Findings {
			if k.Listed {
				found[f] = true
			}
		}
	}
	return found
}

// combined returns the concepts that statements hold of only together.
func (n *naiveRank) combined() (all [][]graph.Ref) {
	for i := range n.statements {
		if members := n.statements[i].row.Together(); members != nil {
			all = append(all, members)
		}
	}
	return all
}

// together returns the combinations of findings of which something is stated for a
// condition.
func (n *naiveRank) together(q *walk.RankQuery, condition graph.Ref) []walk.Combination {
	of := map[string]map[graph.Ref][]graph.Ref{} // by findings, by condition
	findings := map[string][]graph.Ref{}
	for i, s := range n.statements {
		members := []graph.Ref{s.subject}
		for _, id := range s.row.With {
			members = append(members, n.refs[id])
		}
		slices.Sort(members)
		given := s.row.With != nil && s.row.Withdrawn == graph.NotWithdrawn && s.object != graph.NoRef && n.isRanked(s.object) &&
			(q.Filter == nil || q.Filter.Match(s.row))
		for _, m := range members {
			given = given && slices.Contains(q.Findings, m)
		}
		if !given || s.predicate != n.predicate(graph.PredicateCause) && s.predicate != n.predicate(graph.PredicateMayIndicate) {
			continue
		}
		key := fmt.Sprint(members)
		findings[key] = members
		if of[key] == nil {
			of[key] = map[graph.Ref][]graph.Ref{}
		}
		of[key][s.object] = append(of[key][s.object], n.sum.First(graph.ClassStatement)+graph.Ref(i))
	}
	var all []walk.Combination
	for key, by := range of {
		listed := 0
		for _, statements := range by {
			listed += toInt(n.count(statements).share > 0)
		}
		if by[condition] == nil {
			continue
		}
		x := n.count(by[condition])
		weight := n.adds(condition, walk.ListedFactor*n.rare(listed)*x.share) -
			billionths(math.Log(walk.ListedFactor)*float64(x.denials)/float64(len(x.all)))
		all = append(all, walk.Combination{Findings: findings[key], Weight: billionths(weight), Statements: x.all, Listed: x.share > 0})
	}
	slices.SortFunc(all, func(a, b walk.Combination) int { return slices.Compare(a.Findings, b.Findings) })
	return all
}

// closest returns the reason that weighs most; of equal ones the closest match, then
// that of fewest conditions, then the first by what is common and by sign.
func closest(all []walk.Evidence) []walk.Evidence {
	if len(all) == 0 {
		return nil
	}
	return []walk.Evidence{slices.MinFunc(all, func(a, b walk.Evidence) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), cmp.Compare(a.Match, b.Match),
			cmp.Compare(a.Conditions, b.Conditions), cmp.Compare(a.Common, b.Common), cmp.Compare(a.Sign, b.Sign))
	})}
}

// reasons returns at most one reason for and one against.
func (n *naiveRank) reasons(c, f graph.Ref, having map[graph.Ref]int) (matched, denied []walk.Evidence) {
	if f == graph.NoRef {
		return nil, nil
	}
	for _, s := range n.concepts() {
		x := n.said(c, s)
		e := walk.Evidence{Finding: f, Sign: s, Statements: x.all, Share: x.share, ShareStated: x.stated}
		for _, a := range n.concepts() { // f itself or anything broader, of which s is one or below
			if a != f && !n.narrowerThan(f, a) || s != a && !n.narrowerThan(s, a) || x.share == 0 {
				continue
			}
			factor := 1.0
			e.Common = graph.NoRef
			switch {
			case a == f && s == f:
				e.Match, factor = walk.ExactMatch, walk.ListedFactor
			case a == f:
				e.Match, factor = walk.BroaderMatch, walk.BelowFactor
			case s == a:
				e.Match = walk.NarrowerMatch
			default:
				e.Match, e.Common = walk.RelatedMatch, a
			}
			e.Conditions = having[a]
			e.Weight = n.adds(c, factor*n.rare(having[a])*x.share)
			matched = append(matched, e)
		}
		if x.denials > 0 && (s == f || n.narrowerThan(f, s)) {
			e.Common, e.Conditions, e.Match = graph.NoRef, having[s], walk.ExactMatch
			if s != f {
				e.Match = walk.NarrowerMatch
			}
			e.Weight = -billionths(math.Log(walk.ListedFactor) * float64(x.denials) / float64(len(x.all)))
			denied = append(denied, e)
		}
	}
	return closest(matched), closest(denied)
}

// excluded returns at most one reason why an excluded finding speaks against a
// condition.
func (n *naiveRank) excluded(c, f graph.Ref, having map[graph.Ref]int) (all []walk.Evidence) {
	for _, s := range n.concepts() {
		x := n.said(c, s)
		if s != f && !n.narrowerThan(s, f) || x.share == 0 {
			continue
		}
		e := walk.Evidence{Finding: f, Sign: s, Statements: x.all, Share: x.share, ShareStated: x.stated, Conditions: having[f]}
		if s != f {
			e.Match = walk.BroaderMatch
		}
		e.Weight = billionths(math.Max(-math.Log(walk.ListedFactor), math.Min(0, math.Log(walk.ExcludedFactor*(1-x.share)))))
		all = append(all, e)
	}
	slices.SortStableFunc(all, func(a, b walk.Evidence) int {
		return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.Match, b.Match))
	})
	return all[:min(len(all), 1)]
}
