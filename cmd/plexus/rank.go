package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers"
)

type rankVerb struct {
	dataFlag
	Findings    []string `arg:"" optional:"" help:"Signs and symptoms that are there: ids, IRIs or codes."`
	Excluded    []string `name:"without" sep:"none" placeholder:"ID" help:"A sign that was looked for and is not there. Can be repeated."`
	Phenopacket string   `placeholder:"FILE" help:"Read findings, there and excluded, of a GA4GH phenopacket (version 2, JSON; - is standard input)."`
	Kinds       []string `name:"kind" placeholder:"KIND" help:"Rank this kind instead of Condition. Can be repeated."`
	First       int      `default:"10" placeholder:"N" help:"How many (default ${default})."`
	JSON        bool     `name:"json" help:"Print JSON."`
}

// Help shows examples and what the score is.
func (rankVerb) Help() string {
	return `Examples:

  plexus rank incomplete-eyelid-closure mouth-corner-droop
  plexus rank facial-twitching --without tingling --json
  plexus rank --data graph.plexus --phenopacket patient.json

Which conditions fit, going by what the sources list for them. The score
compares the conditions of one list and nothing else: it is no probability, and
replaces nobody's judgement.`
}

// foundCondition is a condition as rank prints it.
type foundCondition struct {
	conceptName
	Score    float64       `json:"score"`
	Place    int           `json:"place"`
	Tied     int           `json:"tiedCount"`
	Matched  []foundReason `json:"matched"`
	Denied   []foundReason `json:"denied"`
	Excluded []foundReason `json:"excluded"`
	// Together are reasons of several findings, of none of them alone.
	Together []foundCombination `json:"together"`
	Missing  []string           `json:"missing"`

	matched int // findings
	missing []conceptName
}

type foundCombination struct {
	Findings    []string `json:"findings"`
	Weight      float64  `json:"weight"`
	Statements  []string `json:"statements"`
	Explanation string   `json:"explanation"`

	named  []conceptName
	listed bool
	claims []string
}

type foundReason struct {
	Finding    string   `json:"finding"`
	Sign       string   `json:"sign"`
	Match      string   `json:"match"`
	Weight     float64  `json:"weight"`
	Statements []string `json:"statements"`

	Common     string   `json:"common,omitempty"`
	Share      *float64 `json:"share"`
	Stated     bool     `json:"shareStated"`
	Conditions int      `json:"conditionCount"`

	finding, sign, common conceptName
	match                 walk.Match
	sentence              string
	claims                []string
}

// Run ranks.
func (v rankVerb) Run(ctx context.Context, t *terminal) error {
	kinds, err := kindsNamed(v.Kinds)
	if err != nil {
		return err
	}
	packet := &phenopacket{}
	switch {
	case v.Phenopacket != "":
		if packet, err = readPhenopacket(v.Phenopacket, t.stdin); err != nil {
			return err
		}
	case len(v.Findings) == 0:
		return &usageError{"name a finding that is there, or a phenopacket with --phenopacket"}
	}
	return v.loaded(ctx, t, func(r resolvers.Release, out io.Writer) error {
		if err := packet.resolve(ctx, r.Reader); err != nil {
			return err
		}
		packet.tell(t.stderr)
		refs, err := concepts(ctx, r.Reader, append(append([]string{}, v.Findings...), v.Excluded...)...)
		if err != nil {
			return err
		}
		n := len(v.Findings)
		q := walk.RankQuery{
			Findings: slices.Concat(packet.found, refs[:n]), Excluded: slices.Concat(packet.excluded, refs[n:]), Kinds: kinds, Window: graph.Window{First: &v.First},
		}
		if len(q.Findings) == 0 {
			return fmt.Errorf("%s: of the findings that are there (%d) none is known here: there is nothing to rank by", packet.file, packet.there())
		}
		found, err := walk.Rank(ctx, r.Reader, q)
		if err != nil {
			return err
		}
		ranked, err := describeRanking(ctx, r.Reader, found.Results)
		if err != nil {
			return err
		}
		if v.JSON {
			all := map[string]any{"total": found.Total, "findings": found.Findings, "results": ranked}
			if v.Phenopacket != "" {
				all["phenopacket"] = packet
			}
			return printJSON(out, all)
		}
		for i := range ranked {
			ranked[i].print(out, found.Findings)
		}
		fmt.Fprintf(out, "%d of %s. %s\n", len(ranked), plural(found.Total, "result"), aboutScore)
		return nil
	})
}

// aboutScore says what the score is, and what it is not.
const aboutScore = "A score compares the conditions of this list, by what the sources say of these findings: it is no probability, and no diagnosis."

// print says the reasons in sentences, each with its weight in front and what states
// it below.
func (c *foundCondition) print(out io.Writer, findings int) {
	place := fmt.Sprintf("place %d", c.Place)
	if c.Tied > 0 {
		place += fmt.Sprintf(", shared with %d more", c.Tied)
	}
	fmt.Fprintf(out, "%s: %d of %s, score %.2f (%s)\n", c.conceptName, c.matched, plural(findings, "finding"), c.Score, place)
	for _, kind := range [...]struct {
		reasons []foundReason
		said    map[walk.Match]string
		lacks   string // why it weighs nothing
	}{
		{c.Matched, listedAs, "every condition that could be ranked has it"},
		{c.Denied, deniedAs, ""},
		{c.Excluded, excludedAs, "that says little, as far as sources say how often it is there"},
	} {
		for i := range kind.reasons {
			x := &kind.reasons[i]
			how := strings.NewReplacer("SIGN", x.sign.String(), "COMMON", x.common.String()).Replace(kind.said[x.match])
			if x.Weight == 0 && kind.lacks != "" {
				how += "; " + kind.lacks
			}
			printReason(out, x.Weight, fmt.Sprintf("%s: %s", x.finding, how), x.sentence, x.claims)
		}
	}
	for i := range c.Together {
		x := &c.Together[i]
		how := "nothing but a denial is stated of them together"
		if x.listed {
			how = "listed only together"
		}
		printReason(out, x.Weight, joined(x.named, ", ")+": "+how, x.Explanation, x.claims)
	}
	for _, missing := range c.missing {
		fmt.Fprintf(out, "%10s%s: nothing is stated of it\n", "", missing)
	}
}

// How a finding is listed, denied or excluded, by how it is related to the sign that
// the sources name.
var (
	listedAs = map[walk.Match]string{
		walk.ExactMatch:    "listed",
		walk.NarrowerMatch: "only something broader is listed, SIGN",
		walk.BroaderMatch:  "only something narrower is listed, SIGN",
		walk.RelatedMatch:  "nothing is stated of it; listed is SIGN, another kind of COMMON",
	}
	deniedAs = map[walk.Match]string{
		walk.ExactMatch:    "sources deny it",
		walk.NarrowerMatch: "sources deny something broader, SIGN",
	}
	excludedAs = map[walk.Match]string{
		walk.ExactMatch:   "excluded, but listed",
		walk.BroaderMatch: "excluded, but something narrower is listed, SIGN",
	}
)

// mostClaims is how many of the statements behind a reason are named.
const mostClaims = 3

func printReason(out io.Writer, weight float64, reason, sentence string, claims []string) {
	fmt.Fprintf(out, "%+8.2f  %s\n%10s%s\n", weight, reason, "", sentence)
	for i, claim := range claims {
		if i == mostClaims {
			fmt.Fprintf(out, "%10sand %d more statements (--json names all)\n", "", len(claims)-i)
			break
		}
		fmt.Fprintf(out, "%10s%s\n", "", claim)
	}
}

func describeRanking(ctx context.Context, r graph.Reader, results []walk.Ranked) ([]foundCondition, error) {
	ranked := make([]foundCondition, len(results))
	for i := range results {
		c := &results[i]
		named, err := names(ctx, r, append([]graph.Ref{c.Concept}, c.Missing...))
		if err != nil {
			return nil, err
		}
		ranked[i] = foundCondition{conceptName: named[0], Score: c.Score, Place: c.Place, Tied: c.Tied, Missing: []string{}, matched: c.MatchedFindings(), missing: named[1:]}
		for _, m := range named[1:] {
			ranked[i].Missing = append(ranked[i].Missing, m.ID)
		}
		for into, evidence := range map[*[]foundReason][]walk.Evidence{
			&ranked[i].Matched: c.Matched, &ranked[i].Denied: c.Denied, &ranked[i].Excluded: c.Excluded,
		} {
			if *into, err = describeReasons(ctx, r, evidence); err != nil {
				return nil, err
			}
		}
		if ranked[i].Together, err = describeCombinations(ctx, r, c.Together); err != nil {
			return nil, err
		}
	}
	return ranked, nil
}

func describeCombinations(ctx context.Context, r graph.Reader, combinations []walk.Combination) ([]foundCombination, error) {
	found := make([]foundCombination, len(combinations))
	var statements graph.Lists[graph.Ref]
	for _, k := range combinations {
		statements.Items = append(statements.Items, k.Statements...)
		statements.Close()
	}
	sentences, err := walk.ExplainStatements(ctx, r, statements)
	if err != nil {
		return nil, err
	}
	for i, k := range combinations {
		named, err := names(ctx, r, k.Findings)
		if err != nil {
			return nil, err
		}
		found[i] = foundCombination{Weight: k.Weight, Explanation: sentences[i], named: named, listed: k.Listed}
		for _, n := range named {
			found[i].Findings = append(found[i].Findings, n.ID)
		}
		if found[i].Statements, found[i].claims, err = claims(ctx, r, k.Statements); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func describeReasons(ctx context.Context, r graph.Reader, evidence []walk.Evidence) ([]foundReason, error) {
	var statements graph.Lists[graph.Ref]
	for _, e := range evidence {
		statements.Items = append(statements.Items, e.Statements...)
		statements.Close()
	}
	sentences, err := walk.ExplainStatements(ctx, r, statements)
	if err != nil {
		return nil, err
	}
	reasons := make([]foundReason, len(evidence))
	for i, e := range evidence {
		refs := []graph.Ref{e.Finding, e.Sign}
		if e.Common != graph.NoRef {
			refs = append(refs, e.Common)
		}
		named, err := names(ctx, r, refs)
		if err != nil {
			return nil, err
		}
		ids, claims, err := claims(ctx, r, e.Statements)
		if err != nil {
			return nil, err
		}
		reasons[i] = foundReason{
			Finding: named[0].ID, Sign: named[1].ID, Match: e.Match.String(), Weight: e.Weight, Statements: ids,
			Stated: e.ShareStated, Conditions: e.Conditions,
			finding: named[0], sign: named[1], match: e.Match, sentence: sentences[i], claims: claims,
		}
		if e.Share > 0 {
			reasons[i].Share = &e.Share
		}
		if len(named) > 2 {
			reasons[i].common, reasons[i].Common = named[2], named[2].ID
		}
	}
	return reasons, nil
}

// claims reads the ids of statements, and says of each who states it, and where.
func claims(ctx context.Context, r graph.Reader, statements []graph.Ref) (ids, claims []string, err error) {
	var b graph.StatementBatch
	if err := r.Statements(ctx, statements, graph.StatementID|graph.Columns(graph.QualifierSource, graph.QualifierLocator), &b); err != nil {
		return nil, nil, err
	}
	var sources graph.SourceBatch
	if err := r.Sources(ctx, b.Qualifiers[graph.QualifierSource].Refs, graph.SourceName, &sources); err != nil {
		return nil, nil, err
	}
	for i, id := range b.ID {
		claims = append(claims, strings.TrimSuffix(sources.Name[i]+", "+b.Qualifiers[graph.QualifierLocator].Texts[i], ", ")+" ["+id+"]")
	}
	return append([]string{}, b.ID...), claims, nil
}
