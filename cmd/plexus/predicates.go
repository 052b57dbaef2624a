package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/resolvers"
)

type predicatesVerb struct {
	dataFlag
	Fits string `placeholder:"KIND" help:"Only those that may join a subject of this kind to an object of the kind that follows."`
	To   string `arg:"" optional:"" name:"kind" help:"The kind of the object, with --fits."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// Help shows examples.
func (predicatesVerb) Help() string {
	return `Examples:

  plexus predicates
  plexus predicates --fits Treatment Symptom
  plexus predicates --data my-data/ --json

Which kinds a predicate may join, whether it warns (caution) or not, and what it
says; the predicates that the data declares are among them.`
}

// predicateWords are a predicate as predicates prints it. No domain or range
// means any kind.
type predicateWords struct {
	ID          graph.ID `json:"id"`
	Name        string   `json:"name"`
	Inverse     string   `json:"inverse,omitempty"`
	Domain      []string `json:"domain"`
	Range       []string `json:"range"`
	Text        bool     `json:"text"`
	Caution     bool     `json:"caution"`
	Description string   `json:"description"`
}

// Run lists the predicates.
func (v predicatesVerb) Run(ctx context.Context, t *terminal) error {
	var kinds []graph.Kind
	switch {
	case v.Fits != "" && v.To == "":
		return &usageError{"--fits takes two kinds, that of the subject and that of the object: --fits Treatment Symptom"}
	case v.Fits == "" && v.To != "":
		return &usageError{fmt.Sprintf("a kind needs --fits before it: --fits Treatment %s", v.To)}
	case v.Fits != "":
		var err error
		if kinds, err = kindsNamed([]string{v.Fits, v.To}); err != nil {
			return err
		}
	}
	return v.loaded(ctx, t, func(r resolvers.Release, out io.Writer) error {
		list := []predicateWords{}
		for _, p := range r.Reader.Summary().Predicates {
			_, registered := graph.LookupPredicate(p.ID)
			if !registered && p.Description == "" || kinds != nil && !fits(&p.Predicate, kinds[0], kinds[1]) {
				continue // a word that nobody explains
			}
			list = append(list, predicateWords{
				p.ID, p.Name, p.Inverse, graph.KindNames(p.Domain), graph.KindNames(p.Range), p.Text, p.Caution, p.Description,
			})
		}
		if v.JSON {
			return printJSON(out, list)
		}
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprint(w, "predicate\tfrom the object\tsubject\tobject\tpolarity\tmeaning\n")
		for _, p := range list {
			to, polarity := words(p.Range), "positive"
			if p.Text {
				to = "a text"
			}
			switch {
			case p.Caution:
				polarity = "caution"
			case p.ID == graph.PredicateUnclearClaim:
				polarity = "unclear"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", p.Name, cmp.Or(p.Inverse, "-"), words(p.Domain), to, polarity, p.Description)
		}
		return w.Flush()
	})
}

// fits reports whether a predicate may join things of two kinds.
func fits(p *graph.Predicate, from, to graph.Kind) bool {
	allows := func(kinds []graph.Kind, k graph.Kind) bool { return len(kinds) == 0 || slices.Contains(kinds, k) }
	return !p.Text && !p.Mapping && p.ID != graph.PredicateUnclearClaim && allows(p.Domain, from) && allows(p.Range, to) && (!p.SameKind || from == to)
}

func words(kinds []string) string { return cmp.Or(strings.Join(kinds, ", "), "any") }
