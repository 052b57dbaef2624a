package main

import (
	"context"
	"fmt"
	"io"
	"slices"

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
	Matched  []foundReason `json:"matched"`
	Denied   []foundReason `json:"denied"`
	Excluded []foundReason `json:"excluded"`
	// Together are reasons of several findings, of none of them alone.
	Together []foundCombination `json:"together"`
	Missing  []string           `json:"missing"`

	matched int // findings
}

type foundCombination struct {
	Findings    []string `json:"findings"`
	Weight      float64  `json:"weight"`
	Statements  []string `json:"statements"`
	Explanation string   `json:"explanation"`
}

type foundReason struct {
	Finding    string   `json:"finding"`
	Sign       string   `json:"sign"`
	Match      string   `json:"match"`
	Weight     float64  `json:"weight"`
	Statements []string `json:"statements"`
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
		for _, c := range ranked {
			fmt.Fprintf(out, "%s: %d of %s, score %.2f\n", c.conceptName, c.matched, plural(found.Findings, "finding"), c.Score)
			printReasons(out, "for", c.Matched)
			printReasons(out, "against, sources deny it", c.Denied)
			printReasons(out, "against, it is not there", c.Excluded)
			for _, k := range c.Together {
				fmt.Fprintf(out, "  together: %s (%+.2f) %v\n", k.Explanation, k.Weight, k.Statements)
			}
			for _, id := range c.Missing {
				fmt.Fprintf(out, "  nothing stated: %s\n", id)
			}
		}
		fmt.Fprintf(out, "%d of %s; the score orders this list and is no probability\n", len(ranked), plural(found.Total, "result"))
		return nil
	})
}

func printReasons(out io.Writer, what string, reasons []foundReason) {
	for _, r := range reasons {
		how := r.Match
		if r.Sign != r.Finding {
			how += " than " + r.Sign
		}
		fmt.Fprintf(out, "  %s: %s (%s, %+.2f) %v\n", what, r.Finding, how, r.Weight, r.Statements)
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
		ranked[i] = foundCondition{conceptName: named[0], Score: c.Score, Missing: []string{}, matched: c.MatchedFindings()}
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
		found[i] = foundCombination{Weight: k.Weight, Explanation: sentences[i]}
		for _, n := range named {
			found[i].Findings = append(found[i].Findings, n.ID)
		}
		if found[i].Statements, err = statementIDs(ctx, r, k.Statements); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func describeReasons(ctx context.Context, r graph.Reader, evidence []walk.Evidence) ([]foundReason, error) {
	reasons := make([]foundReason, len(evidence))
	for i, e := range evidence {
		named, err := names(ctx, r, []graph.Ref{e.Finding, e.Sign})
		if err != nil {
			return nil, err
		}
		ids, err := statementIDs(ctx, r, e.Statements)
		if err != nil {
			return nil, err
		}
		reasons[i] = foundReason{named[0].ID, named[1].ID, e.Match.String(), e.Weight, ids}
	}
	return reasons, nil
}
