package graphtest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"

	"github.com/plexus-kg/plexus/graph"
)

// call is one question to a Reader.
type call struct {
	Method    string
	IDs       []string              `json:",omitempty"`
	Refs      []graph.Ref           `json:",omitempty"`
	Concept   graph.ConceptFields   `json:",omitempty"`
	Statement graph.StatementFields `json:",omitempty"`
	Source    graph.SourceFields    `json:",omitempty"`
	List      *graph.ConceptQuery   `json:",omitempty"`
	Links     *graph.LinkQuery      `json:",omitempty"`
	Values    *graph.PropertyQuery  `json:",omitempty"`
}

// answer has a batch for every method, so that calls reuse what others filled.
type answer struct {
	resolution graph.Resolution
	concepts   graph.ConceptBatch
	statements graph.StatementBatch
	sources    graph.SourceBatch
	sections   graph.SectionBatch
	list       graph.RefList
	links      graph.LinkBatch
	values     graph.PropertyBatch
	combined   graph.Lists[graph.Ref]
}

// run asks r and returns the batch of a that holds the answer.
func (c *call) run(ctx context.Context, r graph.Reader, a *answer) (any, error) {
	switch c.Method {
	case "Resolve":
		return &a.resolution, r.Resolve(ctx, c.IDs, &a.resolution)
	case "Concepts":
		return &a.concepts, r.Concepts(ctx, c.Refs, c.Concept, &a.concepts)
	case "Statements":
		return &a.statements, r.Statements(ctx, c.Refs, c.Statement, &a.statements)
	case "Sources":
		return &a.sources, r.Sources(ctx, c.Refs, c.Source, &a.sources)
	case "Sections":
		return &a.sections, r.Sections(ctx, c.Refs, &a.sections)
	case "List":
		return &a.list, r.List(ctx, orZero(c.List), &a.list)
	case "Links":
		return &a.links, r.Links(ctx, c.Refs, orZero(c.Links), &a.links)
	case "Properties":
		return &a.values, r.Properties(ctx, c.Refs, orZero(c.Values), &a.values)
	case "Combinations":
		return &a.combined, r.Combinations(ctx, c.Refs, &a.combined)
	default:
		return nil, fmt.Errorf("no method %q", c.Method)
	}
}

func orZero[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// compare puts the call to two Readers and says where the first differs from
// the second.
func (c *call) compare(r, judge graph.Reader, got, want *answer) string {
	g, gotErr := c.run(context.Background(), r, got)
	w, wantErr := c.run(context.Background(), judge, want)
	switch {
	case gotErr == nil && wantErr == nil:
		return diff(g, w)
	case wantErr != nil && errors.Is(gotErr, graph.ErrInvalid) == errors.Is(wantErr, graph.ErrInvalid) && gotErr != nil:
		return ""
	default:
		return fmt.Sprintf("the error is %v, want %v", gotErr, wantErr)
	}
}

// describe writes a call, a query or a window for the message of a failure.
func describe(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// asking makes random calls about one data set.
type asking struct {
	*rand.Rand
	ds         *graph.Dataset
	things     int // of all classes
	predicates int
	ids        []string // that may be asked for
}

func newAsking(r *rand.Rand, ds *graph.Dataset, s *graph.Summary) *asking {
	a := &asking{Rand: r, ds: ds, predicates: len(s.Predicates)}
	a.things = s.Concepts + s.Statements + s.Articles + s.Sections + s.Sources
	a.ids = []string{"", "nothing", "ex:nothing", "https://example.org/nothing"}
	for i := range ds.Concepts {
		c := &ds.Concepts[i]
		a.ids = append(a.ids, string(c.ID), c.IRI, c.Name())
		for _, id := range c.FormerIDs {
			a.ids = append(a.ids, string(id), ds.Prefixes.Expand(id))
		}
		for _, k := range c.Codes {
			a.ids = append(a.ids, string(k.Code), ds.Prefixes.Expand(k.Code))
		}
	}
	for i := range ds.Statements {
		a.ids = append(a.ids, string(ds.Statements[i].ID), ds.Statements[i].IRI)
		for _, id := range ds.Statements[i].FormerIDs {
			a.ids = append(a.ids, string(id), ds.Prefixes.Expand(id))
		}
	}
	for i := range ds.Articles {
		a.ids = append(a.ids, string(ds.Articles[i].ID), ds.Articles[i].IRI)
		for _, s := range ds.Articles[i].Sections {
			a.ids = append(a.ids, string(s.ID), s.IRI)
		}
	}
	for i := range ds.Sources {
		a.ids = append(a.ids, string(ds.Sources[i].ID), ds.Sources[i].IRI)
	}
	return a
}

// one reports true once in n times.
func (a *asking) one(n int) bool { return a.IntN(n) == 0 }

// few returns up to n results of f, repeated ones included.
func few[T any](a *asking, n int, f func() T) []T {
	list := make([]T, a.IntN(n+1))
	for i := range list {
		list[i] = f()
	}
	return list
}

// maybe returns the result of f once in n times, and nil otherwise.
func maybe[T any](a *asking, n int, f func() T) *T {
	if !a.one(n) {
		return nil
	}
	return ptr(f())
}

// ref returns mostly the ref of a thing, of any class, or nothing.
func (a *asking) ref() graph.Ref { return graph.Ref(a.IntN(a.things + 3)) }

// concept returns mostly the ref of a concept.
func (a *asking) concept() graph.Ref {
	if a.one(12) {
		return a.ref()
	}
	return graph.Ref(1 + a.IntN(len(a.ds.Concepts)+1))
}

// source returns mostly the ref of an article, a section or a source.
func (a *asking) source() graph.Ref {
	if a.one(12) {
		return a.ref()
	}
	before := len(a.ds.Concepts) + len(a.ds.Statements)
	return graph.Ref(before + 1 + a.IntN(max(1, a.things-before)))
}

func (a *asking) statement() graph.Ref {
	if a.one(12) || len(a.ds.Statements) == 0 {
		return a.ref()
	}
	return graph.Ref(len(a.ds.Concepts) + 1 + a.IntN(len(a.ds.Statements)))
}

func (a *asking) kind() graph.Kind { return graph.Kind(a.IntN(int(graph.OtherConcept) + 2)) }

func (a *asking) predicate() graph.PredicateRef {
	if a.one(150) {
		return graph.PredicateRef(a.predicates + a.IntN(2))
	}
	if len(a.ds.Statements) > 0 && !a.one(4) { // one that is used
		id := a.ds.Statements[a.IntN(len(a.ds.Statements))].Predicate
		for i, p := range graph.Registry() {
			if p.ID == id {
				return graph.PredicateRef(i)
			}
		}
	}
	return graph.PredicateRef(a.IntN(a.predicates))
}

func (a *asking) window() graph.Window {
	number := func() int { return a.IntN(9) - 1 }
	w := graph.Window{After: maybe(a, 6, number), Before: maybe(a, 6, number)}
	w.First = maybe(a, 3, func() int { return a.IntN(6) })
	w.Last = maybe(a, 6, func() int { return a.IntN(6) })
	if a.one(60) {
		w.First = ptr(-1)
	}
	return w
}

func (a *asking) conceptFilter(depth int) graph.ConceptFilter {
	deeper := func() graph.ConceptFilter { return a.conceptFilter(depth - 1) }
	var f graph.ConceptFilter
	if depth > 0 {
		if a.one(4) {
			f.And = few(a, 2, deeper)
		}
		if a.one(4) {
			f.Or = few(a, 3, deeper)
		}
		f.Not = maybe(a, 4, deeper)
	}
	if a.one(3) {
		f.Kinds = few(a, 4, a.kind)
	}
	if a.one(3) {
		f.Sources = few(a, 3, a.source)
	}
	if a.one(3) {
		f.Sections = few(a, 3, a.source)
	}
	f.Deprecated = maybe(a, 4, func() bool { return a.one(2) })
	return f
}

// criterion asks for some of the values that statements have.
func (a *asking) criterion(q graph.Qualifier) (graph.Criterion, bool) {
	c := graph.Criterion{Qualifier: q}
	if !a.one(14) || q.Info().NoFilter && q.Info().Type == graph.ListQualifier {
		return c, false
	}
	c.Stated = maybe(a, 3, func() bool { return a.one(2) })
	if a.one(4) {
		return c, true
	}
	any := func() *graph.Statement { return &a.ds.Statements[a.IntN(len(a.ds.Statements))] }
	switch info := q.Info(); {
	case info.Type == graph.TextQualifier:
		c.Texts = few(a, 3, func() string { return *any().Text(q) })
	case info.Type == graph.NumberQualifier:
		bound := func() float64 { return [...]float64{0, 0.05, 0.29, 0.5, 1}[a.IntN(5)] }
		c.AtLeast, c.AtMost = maybe(a, 3, bound), maybe(a, 3, bound)
	case info.Type != graph.RefQualifier && info.Type != graph.ListQualifier:
		c.Words = few(a, 3, func() uint8 { return any().Word(q) })
	case info.Classes[0] == graph.ClassConcept:
		c.Refs = few(a, 3, a.concept)
	default:
		c.Refs = few(a, 3, a.source)
	}
	return c, true
}

func (a *asking) filter(depth int) graph.Filter {
	deeper := func() graph.Filter { return a.filter(depth - 1) }
	var f graph.Filter
	if depth > 0 {
		if a.one(5) {
			f.And = few(a, 2, deeper)
		}
		if a.one(5) {
			f.Or = few(a, 3, deeper)
		}
		f.Not = maybe(a, 5, deeper)
	}
	if len(a.ds.Statements) == 0 {
		return f
	}
	for _, q := range graph.AllQualifiers() {
		if c, asked := a.criterion(q); asked {
			f.Where = append(f.Where, c)
		}
	}
	return f
}

// call makes one random call.
func (a *asking) call() call {
	filter := func() graph.Filter { return a.filter(a.IntN(3)) }
	var predicates []graph.PredicateRef
	if a.one(5) {
		predicates = few(a, 4, a.predicate)
	}
	switch a.IntN(12) {
	case 0:
		return call{Method: "Resolve", IDs: few(a, 12, func() string { return a.ids[a.IntN(len(a.ids))] })}
	case 1:
		return call{Method: "Concepts", Refs: few(a, 8, a.concept), Concept: graph.ConceptFields(a.Uint32()) & graph.AllConceptFields}
	case 2:
		return call{Method: "Statements", Refs: few(a, 8, a.statement), Statement: graph.StatementFields(a.Uint32()) & graph.AllStatementFields}
	case 3:
		return call{Method: "Sources", Refs: few(a, 6, a.source), Source: graph.SourceFields(a.Uint32()) & graph.AllSourceFields}
	case 4:
		return call{Method: "Sections", Refs: few(a, 6, a.source)}
	case 5, 6:
		q := &graph.ConceptQuery{Filter: maybe(a, 2, func() graph.ConceptFilter { return a.conceptFilter(2) }), Window: a.window()}
		if a.one(3) {
			q.Kinds = few(a, 4, a.kind)
		}
		return call{Method: "List", List: q}
	case 7, 8:
		return call{Method: "Properties", Refs: few(a, 9, a.concept), Values: &graph.PropertyQuery{
			Predicates: predicates, Filter: maybe(a, 3, filter), Negated: a.one(3), Window: a.window(),
		}}
	default:
		q := &graph.LinkQuery{
			Direction: graph.Direction(a.IntN(3)), Order: graph.Order(a.IntN(2)),
			Predicates: predicates, Filter: maybe(a, 3, filter), Negated: a.one(3), Window: a.window(),
		}
		if a.one(8) {
			q.To = a.concept()
		}
		if a.one(4) {
			q.Predicates = few(a, 4, a.predicate)
			q.Discouraging = few(a, 6, func() graph.Follow { return graph.Follow{Predicate: a.predicate(), Incoming: a.one(2)} })
		}
		if a.one(80) {
			q.Direction = graph.Both + 1
		}
		if a.one(8) {
			return call{Method: "Combinations", Refs: few(a, 9, a.concept)}
		}
		return call{Method: "Links", Refs: few(a, 9, a.concept), Links: q}
	}
}
