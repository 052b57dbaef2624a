package graphtest

import (
	"cmp"
	"context"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// Naive answers as a graph.Reader by looping over a Dataset.
type Naive struct {
	ds        *graph.Dataset
	sum       graph.Summary
	refs      map[graph.ID]graph.Ref
	iris      map[string]graph.Ref
	predicate map[graph.ID]graph.PredicateRef
	sections  []section // those of all articles
}

type section struct {
	graph.Section
	article  graph.ID
	position int
}

var _ graph.Reader = (*Naive)(nil)

// NewNaive returns a Reader on a data set, which must be normalized and must
// not be changed afterwards.
func NewNaive(ds *graph.Dataset) *Naive {
	n := &Naive{
		ds: ds, refs: map[graph.ID]graph.Ref{}, iris: map[string]graph.Ref{},
		predicate: map[graph.ID]graph.PredicateRef{},
	}
	next := graph.Ref(1)
	for id, iri := range ds.Things() {
		n.refs[id], n.iris[iri] = next, next
		next++
	}
	for _, a := range ds.Articles {
		for i, s := range a.Sections {
			n.sections = append(n.sections, section{s, a.ID, i + 1})
		}
	}
	n.summarize()
	return n
}

func (n *Naive) summarize() {
	n.sum = graph.Summary{
		Version: n.ds.Version(), Prefixes: n.ds.Prefixes,
		Concepts: len(n.ds.Concepts), Statements: len(n.ds.Statements),
		Articles: len(n.ds.Articles), Sections: len(n.sections), Sources: len(n.ds.Sources),
	}
	for _, kind := range graph.Kinds() {
		count := 0
		for _, c := range n.ds.Concepts {
			if c.HasKind(kind) {
				count++
			}
		}
		if count > 0 {
			n.sum.Kinds = append(n.sum.Kinds, graph.KindCount{Kind: kind, Concepts: count})
		}
	}

	n.listTypes()

	list := func(p graph.Predicate) {
		if _, listed := n.predicate[p.ID]; !listed {
			n.predicate[p.ID] = graph.PredicateRef(len(n.sum.Predicates))
			n.sum.Predicates = append(n.sum.Predicates, graph.PredicateCount{Predicate: p})
		}
	}
	for _, p := range graph.Registry() {
		list(p)
	}
	for _, p := range n.ds.Predicates {
		list(p)
	}
	var used []graph.ID
	for _, s := range n.ds.Statements {
		used = append(used, s.Predicate)
	}
	for _, c := range n.ds.Concepts {
		for _, p := range c.Properties {
			used = append(used, p.Predicate)
		}
	}
	slices.Sort(used)
	for _, id := range used {
		list(graph.DescribePredicate(id, n.ds.Prefixes))
	}
	for _, s := range n.ds.Statements {
		if s.Withdrawn != graph.NotWithdrawn {
			n.sum.Withdrawn++
		}
		if len(s.With) > 0 {
			n.sum.Combined++
		}
		n.sum.Predicates[n.predicate[s.Predicate]].Statements++
		if s.Withdrawn != graph.NotWithdrawn || len(s.With) > 0 {
			n.sum.Predicates[n.predicate[s.Predicate]].LeftOut++
		}
	}
	for _, c := range n.ds.Concepts {
		for _, p := range c.Properties {
			n.sum.Predicates[n.predicate[p.Predicate]].Properties++
		}
	}
}

// listTypes lists the types that are declared and those that concepts have.
func (n *Naive) listTypes() {
	var all []graph.Type
	has := func(id graph.ID) bool {
		return slices.ContainsFunc(all, func(t graph.Type) bool { return t.ID == id })
	}
	all = append(all, n.ds.Types...)
	for _, c := range n.ds.Concepts {
		for _, class := range c.Types {
			if !has(class) {
				all = append(all, graph.DescribeType(class, n.ds.Prefixes))
			}
		}
	}
	slices.SortFunc(all, func(a, b graph.Type) int { return cmp.Compare(a.ID, b.ID) })
	for _, t := range all {
		count := graph.TypeCount{Type: t, Kind: n.kindOf(t.ID, len(all))}
		for _, c := range n.ds.Concepts {
			if slices.Contains(c.Types, t.ID) {
				count.Concepts++
			}
		}
		n.sum.Types = append(n.sum.Types, count)
	}
}

// kindOf returns the kind that a class makes, by so many steps up at most.
func (n *Naive) kindOf(class graph.ID, steps int) graph.Kind {
	known := slices.Contains(graph.Classes(), class)
	for _, t := range n.ds.Types {
		if t.ID == class && !known && t.SubClassOf != "" && steps >= 0 {
			return n.kindOf(t.SubClassOf, steps-1)
		}
	}
	return graph.KindOf(class)
}

// Summary implements graph.Reader.
func (n *Naive) Summary() *graph.Summary { return &n.sum }

// Resolve implements graph.Reader.
func (n *Naive) Resolve(ctx context.Context, ids []string, out *graph.Resolution) error {
	out.Refs = out.Refs[:0]
	out.Candidates.Reset()
	for _, id := range ids {
		ref := n.refs[graph.ID(id)]
		if ref == graph.NoRef {
			ref = n.iris[id]
		}
		if ref == graph.NoRef {
			ref = n.former(id)
		}
		if ref == graph.NoRef {
			switch found := n.withCode(id); len(found) {
			case 0:
			case 1:
				ref = found[0]
			default:
				out.Candidates.Items = append(out.Candidates.Items, found...)
			}
		}
		out.Refs = append(out.Refs, ref)
		out.Candidates.Close()
	}
	return ctx.Err()
}

// former returns the thing that had this id before.
func (n *Naive) former(id string) graph.Ref {
	had := func(ids []graph.ID) bool {
		return slices.ContainsFunc(ids, func(former graph.ID) bool {
			return string(former) == id || n.ds.Prefixes.Expand(former) == id
		})
	}
	for _, c := range n.ds.Concepts {
		if had(c.FormerIDs) || slices.ContainsFunc(c.Members, func(m graph.Concept) bool { return had([]graph.ID{m.ID}) || m.IRI == id }) {
			return n.refs[c.ID]
		}
	}
	for _, s := range n.ds.Statements {
		if had(s.FormerIDs) {
			return n.refs[s.ID]
		}
	}
	return graph.NoRef
}

// withCode returns the concepts with this exact-match code.
func (n *Naive) withCode(id string) []graph.Ref {
	var found []graph.Ref
	for i, c := range n.ds.Concepts {
		if slices.ContainsFunc(c.Codes, func(k graph.Code) bool {
			return k.Match == graph.MatchExact && (string(k.Code) == id || n.ds.Prefixes.Expand(k.Code) == id)
		}) {
			found = append(found, graph.Ref(i+1))
		}
	}
	return found
}

// at returns the element of a class that a ref refers to, or a zero one.
func at[T any](n *Naive, class graph.Class, things []T, ref graph.Ref) (thing T, present bool) {
	i, present := n.sum.Index(class, ref)
	if present {
		thing = things[i]
	}
	return thing, present
}

// sorted returns the refs of ids in the order of refs.
func (n *Naive) sorted(ids []graph.ID) []graph.Ref {
	var refs []graph.Ref
	for _, id := range ids {
		refs = append(refs, n.refs[id])
	}
	slices.Sort(refs)
	return refs
}

// Concepts implements graph.Reader.
func (n *Naive) Concepts(ctx context.Context, refs []graph.Ref, fields graph.ConceptFields, out *graph.ConceptBatch) error {
	out.Reset()
	for _, ref := range refs {
		c, present := at(n, graph.ClassConcept, n.ds.Concepts, ref)
		kind := graph.KindNone
		if present {
			kind = c.Kind()
		}
		out.Append(fields, &c, kind, n.sorted(c.Sections), n.sorted(c.Sources), n.refs[c.ReplacedBy])
	}
	return ctx.Err()
}

// Statements implements graph.Reader.
func (n *Naive) Statements(ctx context.Context, refs []graph.Ref, fields graph.StatementFields, out *graph.StatementBatch) error {
	out.Reset()
	for _, ref := range refs {
		s, _ := at(n, graph.ClassStatement, n.ds.Statements, ref)
		out.Append(fields, &s, n.refs[s.Subject], n.predicate[s.Predicate], n.refs[s.Object], func(id graph.ID) graph.Ref { return n.refs[id] })
	}
	return ctx.Err()
}

// Sources implements graph.Reader.
func (n *Naive) Sources(ctx context.Context, refs []graph.Ref, fields graph.SourceFields, out *graph.SourceBatch) error {
	out.Reset()
	for _, ref := range refs {
		s, present := at(n, graph.ClassSource, n.ds.Sources, ref)
		var sections []graph.ID
		if a, isArticle := at(n, graph.ClassArticle, n.ds.Articles, ref); isArticle {
			s, present = a.Source, true
			for _, part := range a.Sections {
				sections = append(sections, part.ID)
			}
		}
		says := 0
		for _, st := range n.ds.Statements {
			if present && st.Source == s.ID && st.Counts() {
				says++
			}
		}
		out.Append(fields, &s, says, n.sorted(sections), func(id graph.ID) graph.Ref { return n.refs[id] })
	}
	return ctx.Err()
}

// Sections implements graph.Reader.
func (n *Naive) Sections(ctx context.Context, refs []graph.Ref, out *graph.SectionBatch) error {
	out.Reset()
	for _, ref := range refs {
		s, present := at(n, graph.ClassSection, n.sections, ref)
		var concepts, said, inferred []graph.Ref
		for _, c := range n.ds.Concepts {
			if slices.Contains(c.Sections, s.ID) {
				concepts = append(concepts, n.refs[c.ID])
			}
		}
		for _, st := range n.ds.Statements {
			switch {
			case !present || st.Section != s.ID || !st.Counts():
			case st.Source == s.article:
				said = append(said, n.refs[st.ID])
			default:
				inferred = append(inferred, n.refs[st.ID])
			}
		}
		slices.SortStableFunc(inferred, func(a, b graph.Ref) int {
			return graph.CompareLocators(n.statement(a).Locator, n.statement(b).Locator)
		})
		out.Append(&s.Section, n.refs[s.article], s.position, concepts, said, inferred)
	}
	return ctx.Err()
}

func (n *Naive) statement(ref graph.Ref) *graph.Statement {
	i, _ := n.sum.Index(graph.ClassStatement, ref)
	return &n.ds.Statements[i]
}

// List implements graph.Reader.
func (n *Naive) List(ctx context.Context, q graph.ConceptQuery, out *graph.RefList) error {
	out.Refs, out.Total = out.Refs[:0], 0
	if err := cmp.Or(ctx.Err(), q.Window.Check()); err != nil {
		return err
	}
	var found []graph.Ref
	for _, c := range n.ds.Concepts {
		row := graph.ConceptRow{Kinds: c.Kinds(), Sources: n.sorted(c.Sources), Sections: n.sorted(c.Sections), Deprecated: c.Deprecated}
		ofKind := q.Kinds == nil || slices.ContainsFunc(q.Kinds, c.HasKind)
		if ofKind && q.Filter.Match(&row) {
			found = append(found, n.refs[c.ID])
		}
	}
	from, to := q.Window.Range(len(found))
	out.Refs = append(out.Refs, found[from:to]...)
	out.Total = len(found)
	return nil
}
