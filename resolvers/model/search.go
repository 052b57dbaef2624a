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
	Cursor  string
	Node    Concept
	Score   float64
	Matched SearchMatch
}

// Completion is a concept that a text may be on its way to.
type Completion struct {
	Node    Concept
	Score   float64
	Matched SearchMatch
}

// SearchMatch is what of a concept matched, and how.
type SearchMatch struct {
	Field     search.Field
	Predicate *Predicate
	Kind      search.MatchKind
	Text      string
	Language  *string
	Scope     *graph.Scope
	Match     *graph.Match
	Edits     int32
	Ranges    []TextRange
}

// TextRange is a part of a text, in UTF-16 code units.
type TextRange struct{ Start, End int32 }

// SearchArguments are the arguments of the root field search.
type SearchArguments struct {
	Text  string
	Kinds []graph.Kind
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
	w, err := l.window(a.Page)
	if err != nil {
		return err
	}
	q := search.Query{Text: a.Text, Kinds: a.Kinds, Window: w, Uncounted: !n.Counts, Unexplained: !n.Reasons}
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
		hit := &c.result.Hits[i]
		edges[i] = SearchEdge{Cursor: c.cursor(i), Node: node, Score: hit.Score, Matched: c.view.matched(&hit.Match)}
	}
	return edges, nil
}

// KindCounts resolves the field kindCounts.
func (c *SearchConnection) KindCounts() []KindCount {
	counts := make([]KindCount, len(c.result.Kinds))
	for i, k := range c.result.Kinds {
		counts[i] = KindCount{k.Kind, int32(k.Concepts)}
	}
	return counts
}

// Completions finds what a text may be on its way to.
func (v *View) Completions(ctx context.Context, text string, kinds []graph.Kind, first int32) ([]search.Hit, error) {
	if first < 0 || first > MaxPageSize {
		return nil, errorf(BadPageSize, "first is %d; a search box gets 0 to %d", first, MaxPageSize)
	}
	var found search.Completion
	if err := v.index.Complete(ctx, text, kinds, int(first), &found); err != nil {
		return nil, badArgument(err)
	}
	return found.Hits, nil
}

// Complete answers the root field complete.
func (v *View) Complete(ctx context.Context, text string, kinds []graph.Kind, first int32) ([]*Completion, error) {
	hits, err := v.Completions(ctx, text, kinds, first)
	if err != nil {
		return nil, err
	}
	nodes, err := v.Concepts(ctx, AppendHitRefs(nil, hits))
	if err != nil {
		return nil, err
	}
	completions := make([]*Completion, len(nodes))
	for i, node := range nodes {
		completions[i] = &Completion{Node: node, Score: hits[i].Score, Matched: v.matched(&hits[i].Match)}
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

// MatchPredicate returns the predicate under which a match is a value, and
// whether it is one.
func (v *View) MatchPredicate(m *search.Match) (graph.PredicateRef, bool) {
	return m.Predicate, m.Field == search.Value && int(m.Predicate) < len(v.Summary().Predicates)
}

// matched copies a match: the result it lies in is used again.
func (v *View) matched(m *search.Match) SearchMatch {
	out := SearchMatch{
		Field: m.Field, Kind: m.Kind, Text: m.Text, Language: optional(m.Language), Scope: optional(m.Scope),
		Match: optional(m.Mapping), Edits: int32(m.Edits), Ranges: make([]TextRange, 0, len(m.Ranges)),
	}
	for r := range slices.Values(m.Ranges) {
		out.Ranges = append(out.Ranges, TextRange{int32(r.Start), int32(r.End)})
	}
	if p, ok := v.MatchPredicate(m); ok {
		out.Predicate = v.predicate(p)
	}
	return out
}

// badArgument shows what the graph calls an invalid question as a fault of an
// argument; any other error stays what it is.
func badArgument(err error) error {
	if !errors.Is(err, graph.ErrInvalid) {
		return err
	}
	return errorf(BadArgument, "%s", strings.TrimPrefix(err.Error(), graph.ErrInvalid.Error()+": "))
}
