package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/annotate"
)

// changed is a sentence of a page that has changed, and the statements that rest on it.
type changed struct {
	annotate.SentenceChange
	Statements []restsOn `json:"statements"`
}

// restsOn is a statement that cites a sentence.
type restsOn struct {
	ID        graph.ID `json:"id"`
	Subject   graph.ID `json:"subject"`
	Predicate string   `json:"predicate"`
	Object    string   `json:"object"`
}

// changes tells what became of the sentences of an article, and what rests on them.
func (v annotateVerb) changes(ctx context.Context, t *terminal) (err error) {
	switch {
	case len(v.Articles) != 1:
		return &usageError{"--before compares one article with what it was"}
	case v.Output != "":
		return &usageError{"--before prints what changed: there is no draft to write to --output"}
	}
	now, err := readArticle(v.Articles[0])
	if err != nil {
		return err
	}
	before, err := readArticle(v.Before)
	if err != nil {
		return err
	}
	dataset, done, err := dataFlag{Data: v.With}.dataset(ctx, t.stderr, true)
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, done()) }()
	at := slices.IndexFunc(dataset.Articles, func(a graph.Article) bool { return strings.EqualFold(a.Version, before.Version()) })
	if at < 0 {
		return fmt.Errorf("%s is the text of no article that was read: an article has version: %q, if it is its text; give its data with --with", v.Before, before.Version())
	}
	resting := map[string][]restsOn{}
	for i := range dataset.Statements {
		s := &dataset.Statements[i]
		if s.Source != dataset.Articles[at].ID {
			continue
		}
		for _, locator := range annotate.Locators(s.Locator) {
			resting[locator] = append(resting[locator], restsOn{s.ID, s.Subject, graph.DescribePredicate(s.Predicate, dataset.Prefixes).Name, cmp.Or(string(s.Object), s.Value.Text)})
		}
	}
	counts, statements := map[annotate.Change]int{}, 0
	for _, c := range annotate.Changes(before, now) {
		counts[c.Change]++
		if c.Change == annotate.Same {
			continue
		}
		found := changed{c, resting[c.Before]}
		statements += len(found.Statements)
		if err := v.tellChange(t, &found); err != nil {
			return err
		}
	}
	said := make([]string, 0, 5)
	for _, change := range []annotate.Change{annotate.Same, annotate.Moved, annotate.Altered, annotate.Gone, annotate.Added} {
		said = append(said, fmt.Sprintf("%d %s", counts[change], change))
	}
	fmt.Fprintf(t.stderr, "%s: sentences: %s; %s to look at. When they are, write version: %q in the article %s\n",
		now.File, strings.Join(said, ", "), plural(statements, "statement"), now.Version(), dataset.Articles[at].ID)
	return nil
}

// tellChange prints a change, and the statements that rest on the sentence.
func (v annotateVerb) tellChange(t *terminal, c *changed) error {
	if v.JSON {
		if c.Statements == nil {
			c.Statements = []restsOn{}
		}
		e := json.NewEncoder(t.stdout)
		e.SetEscapeHTML(false)
		return e.Encode(c)
	}
	switch c.Change {
	case annotate.Moved:
		fmt.Fprintf(t.stdout, "%s moved to %s: “%s”\n", c.Before, c.After, c.Was)
	case annotate.Altered:
		fmt.Fprintf(t.stdout, "%s altered, now %s:\n  was “%s”\n  is  “%s”\n", c.Before, c.After, c.Was, c.Is)
	case annotate.Gone:
		fmt.Fprintf(t.stdout, "%s gone: “%s”\n", c.Before, c.Was)
	default:
		fmt.Fprintf(t.stdout, "%s added: “%s”\n", c.After, c.Is)
	}
	for _, s := range c.Statements {
		todo := "read it again, and write locator: " + c.After
		switch c.Change {
		case annotate.Moved:
			todo = "write locator: " + c.After
		case annotate.Gone:
			todo = "nothing says it any more: take it out, or retract it"
		}
		fmt.Fprintf(t.stdout, "    %s %s %s [%s]: %s\n", s.Subject, s.Predicate, s.Object, s.ID, todo)
	}
	return nil
}
