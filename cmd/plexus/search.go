package main

import (
	"context"
	"fmt"
	"io"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
	"github.com/plexus-kg/plexus/resolvers"
)

type searchVerb struct {
	dataFlag
	Text      string   `arg:"" help:"What to look for: a name, a synonym, a code, words of a description."`
	Kinds     []string `name:"kind" placeholder:"KIND" help:"Only concepts of this kind (Condition, Symptom, Treatment, Test …). Can be repeated."`
	Languages []string `name:"language" placeholder:"TAG" help:"Tell names and matches in this language where there are any (de, pt-BR). Can be repeated, the best first."`
	// Deprecated has the name of the argument of the API.
	Deprecated bool `name:"include-deprecated" help:"With concepts that should not be used any more, such as obsolete terms."`
	First      int  `default:"10" placeholder:"N" help:"How many (default ${default})."`
	JSON       bool `name:"json" help:"Print JSON."`
}

// Help shows examples.
func (searchVerb) Help() string {
	return `Examples:

  plexus search "bels palsy"
  plexus search --kind Test --json nerve

Text is found in whatever language it is typed, and small slips of spelling are
forgiven. Each hit says why it was found.`
}

// searchHit is a hit as search prints it.
type searchHit struct {
	conceptName
	Score    float64 `json:"score"`
	Matched  string  `json:"matched"`
	Field    string  `json:"field"`
	Text     string  `json:"text"`
	Language string  `json:"language,omitempty"`
	// Predicate is what the text is a value of, where it is one.
	Predicate graph.ID `json:"predicate,omitempty"`
}

// Run searches.
func (v searchVerb) Run(ctx context.Context, t *terminal) error {
	kinds, err := kindsNamed(v.Kinds)
	if err != nil {
		return err
	}
	return v.loaded(ctx, t, func(r resolvers.Release, out io.Writer) error {
		var found search.Result
		query := search.Query{Text: v.Text, Kinds: kinds, Languages: v.Languages, Deprecated: v.Deprecated, Window: graph.Window{First: &v.First}}
		if err := r.Index.Search(ctx, query, &found); err != nil {
			return err
		}
		refs := make([]graph.Ref, len(found.Hits))
		for i := range found.Hits {
			refs[i] = found.Hits[i].Concept
		}
		named, err := names(ctx, r.Reader, refs, v.Languages...)
		if err != nil {
			return err
		}
		if v.JSON {
			hits := make([]searchHit, len(named))
			for i, c := range named {
				m := &found.Hits[i].Match
				hits[i] = searchHit{c, found.Hits[i].Score, m.Kind.String(), m.Field.String(), m.Text, m.Language, valueOf(r.Reader, m).ID}
			}
			return printJSON(out, map[string]any{"total": found.Total, "hits": hits})
		}
		for i, c := range named {
			m := &found.Hits[i].Match
			fmt.Fprintf(out, "%s, %s: %s", c, c.Kind, m)
			if p := valueOf(r.Reader, m); p.ID != "" {
				fmt.Fprintf(out, " of %s", p.Name)
			}
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "%d of %s\n", len(named), plural(found.Total, "hit"))
		return nil
	})
}

// valueOf returns the predicate under which a match is a value, a zero one for
// any other match.
func valueOf(r graph.Reader, m *search.Match) graph.Predicate {
	all := r.Summary().Predicates
	if m.Field != search.Value || int(m.Predicate) >= len(all) {
		return graph.Predicate{}
	}
	return all[m.Predicate].Predicate
}

// kindsNamed reads the names of kinds; none means all.
func kindsNamed(named []string) ([]graph.Kind, error) {
	var kinds []graph.Kind
	for _, name := range named {
		known := false
		for _, k := range graph.Kinds() {
			if k.String() == name {
				kinds, known = append(kinds, k), true
			}
		}
		if !known {
			return nil, &usageError{fmt.Sprintf("there is no kind %q: it is one of %s", name, joined(graph.Kinds(), ", "))}
		}
	}
	return kinds, nil
}
