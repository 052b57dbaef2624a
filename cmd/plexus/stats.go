package main

import (
	"context"
	"fmt"
	"text/tabwriter"

	"github.com/plexus-kg/plexus/graph"
)

type statsVerb struct {
	dataFlag
	JSON bool `name:"json" help:"Print JSON."`
}

// Help shows examples.
func (statsVerb) Help() string {
	return `Examples:

  plexus stats
  plexus stats --data my-data/ --json`
}

// stats is what stats prints as JSON.
type stats struct {
	Version    string           `json:"version"`
	Concepts   int              `json:"concepts"`
	Statements int              `json:"statements"` // that count
	Withdrawn  int              `json:"withdrawn,omitempty"`
	Combined   int              `json:"combined,omitempty"` // that hold only of several concepts together
	Articles   int              `json:"articles"`
	Sections   int              `json:"sections"`
	Sources    int              `json:"sources"`
	Quads      int              `json:"quads"`
	Kinds      []kindStats      `json:"kinds"`
	Types      []typeStats      `json:"types"`
	Predicates []predicateStats `json:"predicates"`
}

type kindStats struct {
	Kind     string `json:"kind"`
	Concepts int    `json:"concepts"`
}

type typeStats struct {
	ID          graph.ID `json:"id"`
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	SubClassOf  graph.ID `json:"subClassOf,omitempty"`
	Kind        string   `json:"kind"`
	Concepts    int      `json:"concepts"`
}

type predicateStats struct {
	ID          graph.ID `json:"id"`
	Name        string   `json:"name"`
	Description string   `json:"description,omitempty"`
	Statements  int      `json:"statements"`
	Properties  int      `json:"properties"`
}

// Run prints what the graph holds.
func (v statsVerb) Run(ctx context.Context, t *terminal) error {
	store, _, file, err := v.loadStore(ctx, t.stderr)
	if err != nil {
		return err
	}
	if file != nil {
		defer func() { _ = file.Close() }() // what is mapped read-only has nothing to lose
	}
	s := describe(store.Summary())
	if v.JSON {
		return printJSON(t.stdout, s)
	}
	w := tabwriter.NewWriter(t.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "version\t%s\n", s.Version)
	for _, row := range []struct {
		what string
		n    int
	}{{"concepts", s.Concepts}, {"statements", s.Statements}, {"articles", s.Articles}, {"sections", s.Sections}, {"sources", s.Sources}, {"quads", s.Quads}} {
		fmt.Fprintf(w, "%s\t%d\n", row.what, row.n)
		if row.what == "statements" && s.Withdrawn+s.Combined > 0 {
			fmt.Fprintf(w, "  withdrawn\t%d more\n  of several concepts together\t%d more\n", s.Withdrawn, s.Combined)
		}
	}
	fmt.Fprint(w, "\nkind\tconcepts\n")
	for _, k := range s.Kinds {
		fmt.Fprintf(w, "%s\t%d\n", k.Kind, k.Concepts)
	}
	fmt.Fprint(w, "\ntype\tconcepts\tkind\n")
	for _, c := range s.Types {
		fmt.Fprintf(w, "%s\t%d\t%s\n", c.ID, c.Concepts, c.Kind)
	}
	fmt.Fprint(w, "\npredicate\tstatements\tproperties\n")
	for _, p := range s.Predicates {
		fmt.Fprintf(w, "%s\t%d\t%d\n", p.ID, p.Statements, p.Properties)
	}
	return w.Flush()
}

// describe keeps the types and predicates that are in use.
func describe(s *graph.Summary) stats {
	out := stats{
		Version: s.Version, Concepts: s.Concepts, Statements: s.Counting(), Withdrawn: s.Withdrawn, Combined: s.Combined, Articles: s.Articles,
		Sections: s.Sections, Sources: s.Sources, Quads: s.Quads, Kinds: []kindStats{}, Types: []typeStats{}, Predicates: []predicateStats{},
	}
	for _, k := range s.Kinds {
		out.Kinds = append(out.Kinds, kindStats{k.Kind.String(), k.Concepts})
	}
	for _, c := range s.Types {
		if c.Concepts > 0 {
			out.Types = append(out.Types, typeStats{c.ID, c.Name, c.Description, c.SubClassOf, c.Kind.String(), c.Concepts})
		}
	}
	for _, p := range s.Predicates {
		if p.Counting()+p.Properties > 0 {
			out.Predicates = append(out.Predicates, predicateStats{p.ID, p.Name, p.Description, p.Counting(), p.Properties})
		}
	}
	return out
}
