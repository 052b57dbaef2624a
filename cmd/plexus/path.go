package main

import (
	"context"
	"fmt"
	"io"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
	"github.com/plexus-kg/plexus/resolvers"
)

type pathVerb struct {
	dataFlag
	From       string   `arg:"" help:"Where the paths begin: an id, IRI or code."`
	To         string   `arg:"" help:"Where they end."`
	MaxLength  int      `default:"4" placeholder:"N" help:"The largest number of links, 1 to 8 (default ${default})."`
	LongerBy   int      `default:"0" placeholder:"N" help:"Also paths that are longer than the shortest by up to N links."`
	Predicates []string `name:"predicate" sep:"none" placeholder:"NAME" help:"Only over this predicate. Can be repeated."`
	Avoid      []string `sep:"none" placeholder:"ID" help:"Pass around this concept. Can be repeated."`
	First      int      `default:"5" placeholder:"N" help:"How many (default ${default})."`
	JSON       bool     `name:"json" help:"Print JSON."`
}

// Help shows examples.
func (pathVerb) Help() string {
	return `Examples:

  plexus path cheek-puffing-difficulty eeg
  plexus path --longer-by 1 --json early-acupuncture facial-twitching

Each path is told in a sentence that is never stronger than its weakest
statement, with the statements to look up beside it.`
}

// foundPath is a path as path prints it.
type foundPath struct {
	Length      int           `json:"length"`
	Explanation string        `json:"explanation"`
	Score       float64       `json:"score"`
	Nodes       []conceptName `json:"nodes"`
	Steps       []foundStep   `json:"steps"`
}

type foundStep struct {
	Predicate  graph.ID `json:"predicate"`
	Incoming   bool     `json:"incoming"`
	From       string   `json:"from"`
	To         string   `json:"to"`
	Statements []string `json:"statements"`
}

// Run looks for paths.
func (v pathVerb) Run(ctx context.Context, t *terminal) error {
	if v.MaxLength < 1 {
		return &usageError{"--max-length begins at 1"}
	}
	return v.loaded(ctx, t, func(r resolvers.Release, out io.Writer) error {
		ends, err := concepts(ctx, r.Reader, append([]string{v.From, v.To}, v.Avoid...)...)
		if err != nil {
			return err
		}
		over, err := predicates(r.Reader, v.Predicates)
		if err != nil {
			return err
		}
		found, err := walk.Paths(ctx, r.Reader, walk.PathQuery{
			From: ends[0], To: ends[1], Avoid: ends[2:], MaxLength: v.MaxLength, LongerBy: v.LongerBy,
			Predicates: over, Window: graph.Window{First: &v.First},
		})
		if err != nil {
			return err
		}
		paths, err := describePaths(ctx, r.Reader, found.Paths)
		if err != nil {
			return err
		}
		if v.JSON {
			var reason *string // why there is no path
			if words := found.WhyNone(); words != "" {
				reason = &words
			}
			return printJSON(out, map[string]any{"total": found.Total, "complete": found.Complete, "noPathReason": reason, "paths": paths})
		}
		for _, p := range paths {
			fmt.Fprintf(out, "%s: %s\n", plural(p.Length, "link"), p.Explanation)
			for _, s := range p.Steps {
				fmt.Fprintf(out, "  %s, %s, %s: %v\n", s.From, s.Predicate, s.To, s.Statements)
			}
		}
		if found.Reason != walk.Connected {
			fmt.Fprintln(out, found.WhyNone())
		} else {
			fmt.Fprintf(out, "%d of %s\n", len(paths), plural(found.Total, "path"))
		}
		if !found.Complete {
			fmt.Fprintln(out, "the search ended at its budget: there may be more, and better ones")
		}
		return nil
	})
}

func describePaths(ctx context.Context, r graph.Reader, found []walk.Path) ([]foundPath, error) {
	sentences, err := walk.Explain(ctx, r, found)
	if err != nil {
		return nil, err
	}
	paths := make([]foundPath, len(found))
	for i, p := range found {
		nodes, err := names(ctx, r, p.Nodes)
		if err != nil {
			return nil, err
		}
		paths[i] = foundPath{Length: len(p.Steps), Explanation: sentences[i], Score: p.Score, Nodes: nodes, Steps: []foundStep{}}
		for j, step := range p.Steps {
			for _, l := range step.Links {
				ids, err := statementIDs(ctx, r, l.Statements)
				if err != nil {
					return nil, err
				}
				s := foundStep{r.Summary().Predicates[l.Predicate].ID, l.Incoming, nodes[j].ID, nodes[j+1].ID, ids}
				if l.Incoming { // as the statement says it: subject, predicate, object
					s.From, s.To = s.To, s.From
				}
				paths[i].Steps = append(paths[i].Steps, s)
			}
		}
	}
	return paths, nil
}
