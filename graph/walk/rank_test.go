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
	matches, denied, excluded, together := map[walk.Match]int{}, 0, 0, [2]int{}
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
			got, err := walk.Rank(t.Context(), b, q)
			if err != nil {
				t.Fatal(err)
			}
			all := n.rank(&q)
			for _, x := range all {
				for _, e := range x.Matched {
					matches[e.Match]++
				}
				denied, excluded = denied+len(x.Denied), excluded+len(x.Excluded)
				for _, c := range x.Together {
					together[toInt(c.Weight > 0)]++
				}
			}
			findings := slices.Clone(q.Findings)
			slices.Sort(findings)
			want := walk.Ranking{Results: windowed(all, q.Window), Total: len(all), Findings: len(slices.Compact(findings))}
			same(t, "ranking", *got, want)
		}
	})
	if len(matches) != 3 || denied == 0 || excluded == 0 || together[0] == 0 || together[1] == 0 {
		t.Errorf("matches %v, %d denied, %d excluded, %d combinations against and for: not every reason was met", matches, denied, excluded, together)
	}
}

type naiveRank struct {
	brute
	kinds []graph.Kind
	below [][]int // how many links from a concept down to another
}

func (n *naiveRank) narrowerThan(a, b graph.Ref) bool { return a != b && n.below[b][a] < far }

// said returns the statements that join a condition and a sign.
func (n *naiveRank) said(condition, sign graph.Ref) (all []graph.Ref, denials int) {
	for i, s := range n.statements {
		if !s.passes(nil) {
			continue
		}
		if s.predicate == n.predicate(graph.PredicateSignOrSymptom) && s.subject == condition && s.object == sign ||
			s.predicate == n.predicate(graph.PredicateCause) && s.subject == sign && s.object == condition {
			all = append(all, n.sum.First(graph.ClassStatement)+graph.Ref(i))
			if n.stance(all[len(all)-1]) != graph.Supports {
				denials++
			}
		}
	}
	return all, denials
}

func (n *naiveRank) weight(t graph.Ref) float64 {
	conditions, with := 0, 0
	for _, c := range n.concepts() {
		if !n.hasKind(c, n.kinds...) {
			continue
		}
		conditions++
		for _, s := range n.concepts() {
			if all, denials := n.said(c, s); (s == t || n.narrowerThan(s, t)) && len(all) > denials {
				with++
				break
			}
		}
	}
	return math.Log(1 + float64(conditions)/math.Max(1, float64(with)))
}

func (n *naiveRank) rank(q *walk.RankQuery) []walk.Ranked {
	weights := map[graph.Ref]float64{}
	for _, c := range n.concepts() {
		weights[c] = n.weight(c)
	}
	var results []walk.Ranked
	for _, c := range n.concepts() {
		if !n.hasKind(c, n.kinds...) {
			continue
		}
		x := walk.Ranked{Concept: c}
		score := 0.0
		var together []graph.Ref
		x.Together = n.together(q, c)
		for _, k := range x.Together {
			score += k.Weight
			together = append(together, k.Findings...)
		}
		for _, f := range append([]graph.Ref{graph.NoRef}, n.concepts()...) {
			if slices.Contains(q.Findings, f) {
				m, d := n.best(c, f, weights, true)
				x.Matched, x.Denied = append(x.Matched, m...), append(x.Denied, d...)
				if len(m)+len(d) == 0 && !slices.Contains(together, f) {
					x.Missing = append(x.Missing, f)
				}
				for _, e := range append(m, d...) {
					score += e.Weight
				}
			}
		}
		for _, f := range n.concepts() {
			if slices.Contains(q.Excluded, f) {
				e, _ := n.best(c, f, weights, false)
				x.Excluded = append(x.Excluded, e...)
				for _, e := range e {
					score += e.Weight
				}
			}
		}
		x.Score = math.Round(score*1e9) / 1e9
		if len(matchedOf(&x)) > 0 {
			results = append(results, x)
		}
	}
	slices.SortStableFunc(results, func(x, y walk.Ranked) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(len(matchedOf(&y)), len(matchedOf(&x))))
	})
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
	type stated struct{ all, denied []graph.Ref }
	of := map[string]map[graph.Ref]*stated{} // by findings, by condition
	findings := map[string][]graph.Ref{}
	conditions := 0
	for _, c := range n.concepts() {
		conditions += toInt(n.hasKind(c, n.kinds...))
	}
	for i, s := range n.statements {
		members := []graph.Ref{s.subject}
		for _, id := range s.row.With {
			members = append(members, n.refs[id])
		}
		slices.Sort(members)
		given := s.row.With != nil && s.row.Withdrawn == graph.NotWithdrawn && s.object != graph.NoRef && n.hasKind(s.object, n.kinds...)
		for _, m := range members {
			given = given && slices.Contains(q.Findings, m)
		}
		if !given || s.predicate != n.predicate(graph.PredicateCause) && s.predicate != n.predicate(graph.PredicateMayIndicate) {
			continue
		}
		key, ref := fmt.Sprint(members), n.sum.First(graph.ClassStatement)+graph.Ref(i)
		findings[key] = members
		if of[key] == nil {
			of[key] = map[graph.Ref]*stated{}
		}
		if of[key][s.object] == nil {
			of[key][s.object] = &stated{}
		}
		x := of[key][s.object]
		x.all = append(x.all, ref)
		if n.stance(ref) != graph.Supports {
			x.denied = append(x.denied, ref)
		}
	}
	var all []walk.Combination
	for key, by := range of {
		listed := 0
		for _, x := range by {
			listed += toInt(len(x.denied) < len(x.all))
		}
		x := by[condition]
		if x == nil {
			continue
		}
		w, held := math.Log(1+float64(conditions)/math.Max(1, float64(listed))), len(x.denied) < len(x.all)
		weight := w*float64(toInt(held)) - w*float64(len(x.denied))/float64(len(x.all))
		all = append(all, walk.Combination{Findings: findings[key], Weight: math.Round(weight*1e9) / 1e9, Statements: x.all, Listed: held})
	}
	slices.SortFunc(all, func(a, b walk.Combination) int { return slices.Compare(a.Findings, b.Findings) })
	return all
}

// best returns at most one reason for and one against.
func (n *naiveRank) best(c, f graph.Ref, weights map[graph.Ref]float64, found bool) (listed, denied []walk.Evidence) {
	keep := func(best []walk.Evidence, e walk.Evidence) []walk.Evidence {
		e.Weight = math.Round(e.Weight*1e9) / 1e9
		if len(best) == 0 || math.Abs(e.Weight) > math.Abs(best[0].Weight) {
			return []walk.Evidence{e}
		}
		return best
	}
	for _, match := range []walk.Match{walk.ExactMatch, walk.NarrowerMatch, walk.BroaderMatch} {
		for _, s := range n.concepts() {
			if f == graph.NoRef || match == walk.ExactMatch && s != f || match == walk.NarrowerMatch && !n.narrowerThan(f, s) || match == walk.BroaderMatch && !n.narrowerThan(s, f) {
				continue
			}
			all, denials := n.said(c, s)
			if len(all) == 0 {
				continue
			}
			e := walk.Evidence{Finding: f, Sign: s, Match: match, Statements: all}
			if found {
				e.Weight = map[walk.Match]float64{walk.ExactMatch: 1, walk.NarrowerMatch: 0.8, walk.BroaderMatch: 0.4}[match] * weights[f]
				if match == walk.NarrowerMatch {
					e.Weight = 0.8 * weights[s]
				}
			} else {
				e.Weight = -0.5 * weights[f]
			}
			if denials < len(all) && (found || match != walk.NarrowerMatch) {
				listed = keep(listed, e)
			}
			if found && denials > 0 && match != walk.BroaderMatch {
				e.Weight = e.Weight * -1 * float64(denials) / float64(len(all))
				denied = keep(denied, e)
			}
		}
	}
	return listed, denied
}
