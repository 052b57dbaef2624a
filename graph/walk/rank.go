package walk

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// MaxFindings is how many findings, found and excluded together, a ranking
// takes.
const MaxFindings = 200

// What a finding is worth, as a share of its weight (see [Rank]).
const (
	// NarrowerShare is for a finding that is narrower than a listed sign: whoever
	// has it has the sign, but the sign says less than the finding.
	NarrowerShare = 0.8
	// BroaderShare is for a finding that is broader than a listed sign: it may be
	// that sign, or another one.
	BroaderShare = 0.4
	// ExcludedShare is the penalty for a listed sign that was looked for and not
	// found. It is less than a match is worth: a sign that is listed need not be
	// there.
	ExcludedShare = 0.5
	// DeniedShare is the penalty for a finding of which sources say that it does
	// not belong, where all of them do.
	DeniedShare = 1.0
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
	Kinds  []graph.Kind
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
}

// Ranked is a condition with the reasons for and against it.
type Ranked struct {
	Concept graph.Ref
	Score   float64
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
	// alone nor together with others. That is silence, and no reason against it.
	Missing []graph.Ref
}

// MatchedFindings counts the findings that speak for the condition, alone or
// together with others: the 2 of "2 of n".
func (x *Ranked) MatchedFindings() int {
	var matched []graph.Ref
	for i := range x.Matched {
		matched = append(matched, x.Matched[i].Finding)
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
	// is broader or narrower.
	Sign  graph.Ref
	Match Match
	// Weight is what the reason adds to the score, or with a minus takes from it.
	Weight float64
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

// The matches.
const (
	ExactMatch    Match = iota // they are one concept
	NarrowerMatch              // the finding is narrower than the sign
	BroaderMatch               // the finding is broader than the sign
)

// String returns exact, narrower or broader.
func (m Match) String() string {
	return [...]string{"exact", "narrower", "broader"}[min(m, BroaderMatch)]
}

// Rank orders conditions by how well they fit findings, going by what the
// sources of this graph list. It reads schema:signOrSymptom (a condition has a
// sign) and schema:cause (a finding may be caused by a condition); what either
// joins to a condition is a sign of it here. It also reads what several findings
// together may be caused by or may indicate (schema:cause and kg:mayIndicate with
// [graph.QualifierWith]), and only where all of them are found. At least one
// finding or combination must match.
//
// The score is a sum of weights. The weight of a concept t is its inverse
// document frequency,
//
//	w(t) = ln(1 + N / max(1, n(t)))
//
// where N is the number of concepts of the kinds asked for, and n(t) the number
// of those that have t or anything narrower as a sign. A finding adds
//
//	w(finding)                   where it is listed itself
//	NarrowerShare · w(sign)      where something broader is listed
//	BroaderShare  · w(finding)   where something narrower is listed
//
// counting the best of these once (of equal ones, the first as ordered here,
// then by default order of the signs). What lies between two related terms is
// thus weighed by the broader one, their most informative common ancestor.
//
//   - An excluded finding takes ExcludedShare · w(finding) where it, or
//     something narrower, is listed. Where only something broader is listed it
//     takes nothing: without the special form there may still be the general one.
//   - A finding of which sources deny that it belongs, itself or as something
//     broader, takes DeniedShare of what a match would add, in proportion to the
//     share of the statements that deny. (To deny something narrower denies
//     nothing of the finding.) Of several, the one that takes most counts.
//   - A combination of findings adds ln(1 + N / n), n being the number of concepts
//     of which it is stated: it is weighed as one sign. Where sources deny it, that
//     takes DeniedShare of it, in proportion to the share of the statements that
//     deny. Only the findings themselves count, no broader or narrower ones.
//   - Modality and frequency are not weighed: words are no numbers. They stand in
//     the statements, for whoever reads the reasons.
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
// ontologies, Am. J. Hum. Genet. 2009), and counting what was excluded
// (Robinson et al., Interpretable clinical genomics with a likelihood ratio
// paradigm, Am. J. Hum. Genet. 2020), though not that paper's likelihood ratios:
// the sources here give too few numbers for those.
//
// A finding that is no concept is missing everywhere; one named twice counts
// once. Weights and scores are rounded to nine decimals, so that equal sums are
// equal.
// Errors are graph.ErrInvalid for too many findings or for one that is both
// found and excluded, and those of the Reader.
func Rank(ctx context.Context, r graph.Reader, q RankQuery) (*Ranking, error) {
	if err := cmp.Or(ctx.Err(), q.Window.Check()); err != nil {
		return nil, err
	}
	findings, excluded := distinct(slices.Clone(q.Findings)), distinct(slices.Clone(q.Excluded))
	if n := len(findings) + len(excluded); n > MaxFindings {
		return nil, fmt.Errorf("%w: %d findings: ask for at most %d", graph.ErrInvalid, n, MaxFindings)
	}
	for _, ref := range findings {
		if _, both := slices.BinarySearch(excluded, ref); both {
			return nil, fmt.Errorf("%w: a finding is named both as found and as excluded", graph.ErrInvalid)
		}
	}
	if q.Kinds == nil {
		q.Kinds = []graph.Kind{graph.Condition}
	}
	k, err := learn(ctx, r, slices.Concat(findings, excluded), q.Kinds)
	if err == nil {
		err = k.combine(ctx, r, findings, q.Kinds)
	}
	if err != nil {
		return nil, err
	}
	ranking := &Ranking{Findings: len(findings)}
	looked := 0 // at each condition
	for _, related := range k.related {
		looked += 3 * len(related)
	}
	for _, c := range k.candidates(findings) {
		if err := graph.Spend(ctx, linkSteps*rowSteps+looked); err != nil {
			return nil, err
		}
		if x := k.rank(c, findings, excluded); x.MatchedFindings() > 0 {
			ranking.Results = append(ranking.Results, x)
		}
	}
	slices.SortFunc(ranking.Results, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.MatchedFindings(), a.MatchedFindings()), cmp.Compare(a.Concept, b.Concept))
	})
	ranking.Total = len(ranking.Results)
	ranking.Results = cut(ranking.Results, q.Window)
	return ranking, nil
}

// rank weighs one condition.
func (k *knowledge) rank(c graph.Ref, findings, excluded []graph.Ref) Ranked {
	x := Ranked{Concept: c}
	score := 0.0
	best := func(all []Evidence) (Evidence, bool) {
		if len(all) == 0 {
			return Evidence{}, false
		}
		e := slices.MinFunc(all, func(a, b Evidence) int {
			return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), cmp.Compare(a.Match, b.Match), cmp.Compare(a.Sign, b.Sign))
		})
		score += e.Weight
		return e, true
	}
	x.Together = k.together[c]
	var together []graph.Ref
	for i := range x.Together {
		score += x.Together[i].Weight
		together = append(together, x.Together[i].Findings...)
	}
	for _, f := range findings {
		var matched, denied []Evidence
		for _, t := range k.related[f] {
			about, named := k.signs[t.sign][c]
			if !named {
				continue
			}
			e := Evidence{Finding: f, Sign: t.sign, Match: t.match, Statements: about.statements, Weight: rounded(k.worth(f, t))}
			if about.listed {
				matched = append(matched, e)
			}
			if about.denials > 0 && t.match != BroaderMatch {
				e.Weight = rounded(-DeniedShare * k.worth(f, t) * float64(about.denials) / float64(len(about.statements)))
				denied = append(denied, e)
			}
		}
		m, isMatched := best(matched)
		if isMatched {
			x.Matched = append(x.Matched, m)
		}
		d, isDenied := best(denied)
		if isDenied {
			x.Denied = append(x.Denied, d)
		}
		if !isMatched && !isDenied && !slices.Contains(together, f) {
			x.Missing = append(x.Missing, f)
		}
	}
	for _, f := range excluded {
		var listed []Evidence
		for _, t := range k.related[f] {
			if about := k.signs[t.sign][c]; about.listed && t.match != NarrowerMatch {
				listed = append(listed, Evidence{
					Finding: f, Sign: t.sign, Match: t.match, Statements: about.statements, Weight: rounded(-ExcludedShare * k.weight(f)),
				})
			}
		}
		if e, is := best(listed); is {
			x.Excluded = append(x.Excluded, e)
		}
	}
	x.Score = rounded(score)
	return x
}

// rounded makes equal what only the order of an addition made different.
func rounded(x float64) float64 { return math.Round(x*1e9) / 1e9 }

// worth is what a finding adds where a related sign is listed.
func (k *knowledge) worth(f graph.Ref, t term) float64 {
	switch t.match {
	case NarrowerMatch:
		return NarrowerShare * k.weight(t.sign)
	case BroaderMatch:
		return BroaderShare * k.weight(f)
	default:
		return k.weight(f)
	}
}
