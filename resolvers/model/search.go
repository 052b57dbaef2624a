package model

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/search"
)

// SearchConnection is a page of what a text found.
type SearchConnection struct {
	PageOf
	view   *View
	result search.Result // this page
}

// SearchEdge is a concept that was found.
type SearchEdge struct {
	Hit
	Cursor string
	Node   Concept
}

// Completion is a concept that a text may be on its way to.
type Completion struct {
	Hit
	Node Concept
}

// Hit is how a concept was found.
type Hit struct {
	view *View
	of   *search.Hit
}

// HitOf returns the object of how a concept was found. It is good as long as the
// result is.
func (v *View) HitOf(h *search.Hit) Hit { return Hit{v, h} }

func (h Hit) Score() float64 { return h.of.Score }

// Matched resolves the field matched.
func (h Hit) Matched() SearchMatch { return SearchMatch{h.view, &h.of.Match} }

// SearchMatch is what of a concept matched, and how.
type SearchMatch struct {
	view *View
	of   *search.Match
}

// Found returns what matched.
func (m SearchMatch) Found() *search.Match { return m.of }

func (m SearchMatch) Field() search.Field    { return m.of.Field }
func (m SearchMatch) Kind() search.MatchKind { return m.of.Kind }
func (m SearchMatch) Text() string           { return m.of.Text }
func (m SearchMatch) Language() Stated       { return Stated(m.of.Language) }
func (m SearchMatch) Scope() graph.Scope     { return m.of.Scope }
func (m SearchMatch) Match() graph.Match     { return m.of.Mapping }
func (m SearchMatch) Edits() int             { return m.of.Edits }

// Predicate is the one under which the match is a value, nil if it is none.
func (m SearchMatch) Predicate() *Predicate {
	if p := m.of.Predicate; m.of.Field == search.Value && int(p) < len(m.view.Summary().Predicates) {
		return m.view.predicate(p)
	}
	return nil
}

// Ranges resolves the field ranges.
func (m SearchMatch) Ranges() []TextRange { return objectsOf(m.of.Ranges, TextRangeOf) }

// TextRange is a part of a text, in UTF-16 code units.
type TextRange struct{ of *search.Range }

// TextRangeOf returns the object of a part of a text.
func TextRangeOf(r *search.Range) TextRange { return TextRange{r} }

func (r TextRange) Start() int { return r.of.Start }
func (r TextRange) End() int   { return r.of.End }

// SearchArguments are the arguments of the root field search.
type SearchArguments struct {
	Text     string
	Kinds    []graph.Kind
	Language graph.Languages
	// IncludeDeprecated finds what should not be used any more, too.
	IncludeDeprecated bool
	Page
}

// SearchNeeds is what is wanted of an answer beside the concepts that were found.
type SearchNeeds struct {
	Counts  bool // totalCount, kindCounts
	Reasons bool // score, matched
}

// Search answers the root field search.
func (v *View) Search(ctx context.Context, a SearchArguments, n SearchNeeds) (*SearchConnection, error) {
	c := &SearchConnection{view: v}
	if err := c.Find(ctx, v, a, n); err != nil {
		return nil, err
	}
	return c, nil
}

// Find answers the root field search in the memory of an answer that is done with,
// for who resolves the concepts on their own.
func (c *SearchConnection) Find(ctx context.Context, v *View, a SearchArguments, n SearchNeeds) error {
	l := v.listOf("search", "", a.Text, a.Kinds)
	if a.IncludeDeprecated {
		l = v.listOf("search", "", a.Text, a.Kinds, true)
	}
	w, err := l.window(a.Page)
	if err != nil {
		return err
	}
	q := search.Query{Text: a.Text, Kinds: a.Kinds, Languages: a.Language, Deprecated: a.IncludeDeprecated, Window: w, Uncounted: !n.Counts, Unexplained: !n.Reasons}
	if err := v.index.Search(ctx, q, &c.result); err != nil {
		return badArgument(err)
	}
	c.PageOf = newPage(l, w, c.result.Total)
	return nil
}

// Hits returns what was found, of this page.
func (c *SearchConnection) Hits() []search.Hit { return c.result.Hits }

// Kinds counts what was found by kind.
func (c *SearchConnection) Kinds() []graph.KindCount { return c.result.Kinds }

// Nodes resolves the field nodes.
func (c *SearchConnection) Nodes(ctx context.Context) ([]Concept, error) {
	return c.view.Concepts(ctx, AppendHitRefs(nil, c.result.Hits))
}

// Edges resolves the field edges.
func (c *SearchConnection) Edges(ctx context.Context) ([]SearchEdge, error) {
	nodes, err := c.Nodes(ctx)
	if err != nil {
		return nil, err
	}
	edges := make([]SearchEdge, len(nodes))
	for i, node := range nodes {
		edges[i] = SearchEdge{c.view.HitOf(&c.result.Hits[i]), c.cursor(i), node}
	}
	return edges, nil
}

// KindCounts resolves the field kindCounts.
func (c *SearchConnection) KindCounts() []KindCount {
	return objectsOf(c.result.Kinds, KindTotalOf)
}

// CompleteArguments are the arguments of the root field complete.
type CompleteArguments struct {
	Text     string
	Kinds    []graph.Kind
	Language graph.Languages
	// IncludeDeprecated finds what should not be used any more, too.
	IncludeDeprecated bool
	First             int32
}

// Completions finds what a text may be on its way to.
func (v *View) Completions(ctx context.Context, a CompleteArguments) ([]search.Hit, error) {
	if a.First < 0 || a.First > MaxPageSize {
		return nil, errorf(BadPageSize, "first is %d; a search box gets 0 to %d", a.First, MaxPageSize)
	}
	var found search.Completion
	q := search.Query{Text: a.Text, Kinds: a.Kinds, Languages: a.Language, Deprecated: a.IncludeDeprecated}
	if err := v.index.Complete(ctx, q, int(a.First), &found); err != nil {
		return nil, badArgument(err)
	}
	return found.Hits, nil
}

// Complete answers the root field complete.
func (v *View) Complete(ctx context.Context, a CompleteArguments) ([]*Completion, error) {
	hits, err := v.Completions(ctx, a)
	if err != nil {
		return nil, err
	}
	nodes, err := v.Concepts(ctx, AppendHitRefs(nil, hits))
	if err != nil {
		return nil, err
	}
	completions := make([]*Completion, len(nodes))
	for i, node := range nodes {
		completions[i] = &Completion{v.HitOf(&hits[i]), node}
	}
	return completions, nil
}

// AppendHitRefs appends the concepts that were found.
func AppendHitRefs(dst []graph.Ref, hits []search.Hit) []graph.Ref {
	dst = slices.Grow(dst, len(hits))
	for i := range hits {
		dst = append(dst, hits[i].Concept)
	}
	return dst
}

// badArgument shows what the graph calls an invalid question as a fault of an
// argument; any other error stays what it is.
func badArgument(err error) error {
	if !errors.Is(err, graph.ErrInvalid) {
		return err
	}
	return errorf(BadArgument, "%s", strings.TrimPrefix(err.Error(), graph.ErrInvalid.Error()+": "))
}
