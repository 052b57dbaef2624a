package walk

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/plexus-kg/plexus/graph"
)

// LinkQuery asks for links, in any order: as graph.LinkQuery does, and of more concepts than
// the one asked about, with conditions on the other ends, and counted.
type LinkQuery struct {
	graph.LinkQuery
	// IncludeNarrower adds the links of all that is narrower.
	IncludeNarrower bool
	// MergeSame adds the links of all that is the same ([SameAs]); together with
	// IncludeNarrower, of all that is narrower or the same over any number of
	// links.
	MergeSame bool
	// Others keeps the links whose other end it lets pass; nil keeps all.
	Others *Selection
	// Support keeps the links with such support; nil keeps all.
	Support *SupportPattern
	// Counts names what of the whole list is counted.
	Counts Groups
}

// Link is a predicate and another concept, with all statements that support
// it.
type Link struct {
	Predicate  graph.PredicateRef
	Incoming   bool // the concept that has the link is the object
	Other      graph.Ref
	Statements []graph.Ref // in their order
	// Via lists, in default order, the concepts that have the link: the one asked
	// about, narrower ones, or the same under another id.
	Via []graph.Ref
}

// LinkPage is a page of the links of a concept.
type LinkPage struct {
	Links  []Link
	Total  int // of the whole filtered list
	Counts Counts
	// Complete is false where not all that is the same was taken in (MaxSame).
	Complete bool
}

// Links reads links of concepts: one page for each ref, in their order.
//
// Links of several concepts are one link where predicate, direction and other
// concept are equal; its statements are all of theirs. Everything else is
// decided on the merged link: it is left out only if all its passing statements
// are denials, so that what is said of one id and denied of another is shown as
// the disagreement it is. Links among the concepts that were gathered stay in
// the list, as what they are. Errors are those of the Reader.
func Links(ctx context.Context, r graph.Reader, refs []graph.Ref, q LinkQuery) ([]LinkPage, error) {
	// A question without meaning is refused whatever the refs, as a Reader does.
	var b graph.LinkBatch
	order := q.Order
	if order == graph.ByFrequency {
		q.Order = graph.ByName
	}
	if err := r.Links(ctx, nil, q.LinkQuery, &b); err != nil {
		return nil, err
	}
	if q.Counts >= CountSources<<1 {
		return nil, fmt.Errorf("%w: no group %d of counts", graph.ErrInvalid, q.Counts)
	}
	pages := make([]LinkPage, len(refs))
	gathered := make([]gathering, len(refs))
	merging := q.IncludeNarrower || q.MergeSame
	if merging {
		var err error
		if gathered, err = gather(ctx, r, refs, q.IncludeNarrower, q.MergeSame); err != nil {
			return nil, err
		}
	} else {
		for i, ref := range refs {
			gathered[i] = gathering{[]graph.Ref{ref}, true}
		}
	}
	if !merging && q.Others == nil && q.Support == nil && q.Counts == 0 && order == q.Order { // the Reader can do it all
		row := 0
		err := eachRow(ctx, r, refs, q.LinkQuery, func(ref graph.Ref, b *graph.LinkBatch, i int) {
			pages[row] = LinkPage{Links: linksAt(ref, b, i), Total: b.Total[i], Complete: true}
			row++
		})
		return pages, err
	}
	lists, err := mergedLinks(ctx, r, gathered, q.LinkQuery, merging)
	if err != nil {
		return nil, err
	}
	if q.Others != nil {
		if err := keepOthers(ctx, r, lists, q.Others); err != nil {
			return nil, err
		}
	}
	if q.Support != nil {
		if err := keepSupported(ctx, r, lists, q.Filter, q.Support); err != nil {
			return nil, err
		}
	}
	counts, err := countLinks(ctx, r, lists, q.Counts)
	if err != nil {
		return nil, err
	}
	frequency := map[graph.Ref]graph.Frequency{}
	if order == graph.ByFrequency {
		if frequency, err = frequencies(ctx, r, lists); err != nil {
			return nil, err
		}
	}
	for i, links := range lists {
		slices.SortFunc(links, func(a, b Link) int {
			switch order {
			case graph.BySource:
				return cmp.Or(cmp.Compare(a.Statements[0], b.Statements[0]), a.compare(&b))
			case graph.ByFrequency:
				return cmp.Or(mostFrequent(a.Statements, frequency).Compare(mostFrequent(b.Statements, frequency)), a.compare(&b))
			default:
				return a.compare(&b)
			}
		})
		pages[i] = LinkPage{Links: cut(links, q.Window), Total: len(links), Counts: counts[i], Complete: gathered[i].complete}
	}
	return pages, nil
}

// frequencies reads how often each claim of the lists is so; denials say nothing of
// it.
func frequencies(ctx context.Context, r graph.Reader, lists [][]Link) (map[graph.Ref]graph.Frequency, error) {
	var statements []graph.Ref
	for _, links := range lists {
		for i := range links {
			statements = append(statements, links[i].Statements...)
		}
	}
	frequency := map[graph.Ref]graph.Frequency{}
	fields := graph.Columns(graph.QualifierFrequency, graph.QualifierFrequencyValue, graph.QualifierNegated)
	err := eachStatement(ctx, r, distinct(statements), fields, func(ref graph.Ref, b *graph.StatementBatch, row int) {
		if !b.Negated(row) {
			frequency[ref] = b.Frequency(row)
		}
	})
	return frequency, err
}

// mostFrequent returns the frequency of the statements that comes first in order.
func mostFrequent(statements []graph.Ref, of map[graph.Ref]graph.Frequency) graph.Frequency {
	most := graph.FrequencyOf("", math.NaN())
	for _, s := range statements {
		if f, known := of[s]; known && f.Compare(most) < 0 {
			most = f
		}
	}
	return most
}

// compare is the order of links by name: by the other concept, then by
// predicate, outgoing before incoming.
func (l *Link) compare(m *Link) int {
	in := func(incoming bool) int {
		if incoming {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(l.Other, m.Other), cmp.Compare(l.Predicate, m.Predicate), cmp.Compare(in(l.Incoming), in(m.Incoming)))
}

// linksAt copies a row of links.
func linksAt(ref graph.Ref, b *graph.LinkBatch, row int) []Link {
	links := make([]Link, 0, b.Start[row+1]-b.Start[row])
	via := []graph.Ref{ref}
	for i := b.Start[row]; i < b.Start[row+1]; i++ {
		links = append(links, Link{
			Predicate: b.Predicate[i], Incoming: b.Incoming[i], Other: b.Other[i],
			Statements: slices.Clone(b.Statements.At(int(i))), Via: via,
		})
	}
	return links
}

// mergedLinks reads the links of all members, each concept once, and merges
// them for every gathering; unordered where links were merged.
func mergedLinks(ctx context.Context, r graph.Reader, gathered []gathering, q graph.LinkQuery, merging bool) ([][]Link, error) {
	q.Window = graph.Window{}
	holding := graph.Holding(q.Filter, q.Negated)
	ask, leave := q, merging && holding != graph.AnyStance
	ask.Negated = q.Negated || leave // what holds a link is decided after merging
	var members []graph.Ref
	for _, g := range gathered {
		members = append(members, g.members...)
	}
	own := map[graph.Ref][]Link{}
	var statements []graph.Ref
	err := eachRow(ctx, r, distinct(members), ask, func(ref graph.Ref, b *graph.LinkBatch, row int) {
		own[ref] = linksAt(ref, b, row)
		if leave && len(own[ref]) > 0 {
			for i := b.Start[row]; i < b.Start[row+1]; i++ {
				statements = append(statements, b.Statements.At(int(i))...)
			}
		}
	})
	if err != nil {
		return nil, err
	}
	stance, err := stances(ctx, r, statements)
	if err != nil {
		return nil, err
	}
	lists := make([][]Link, len(gathered))
	for i, g := range gathered {
		links := 0
		for _, member := range g.members {
			links += 1 + len(own[member])
		}
		if err := graph.Spend(ctx, 2*linkSteps*links); err != nil {
			return nil, err
		}
		lists[i] = slices.DeleteFunc(merge(g.members, own), func(l Link) bool {
			holding := holding
			if q.Discouraging != nil && !slices.Contains(q.Predicates, l.Predicate) {
				holding |= graph.Discourages
			}
			return leave && !slices.ContainsFunc(l.Statements, func(s graph.Ref) bool { return stance[s]&holding != 0 })
		})
	}
	return lists, nil
}

// merge makes one list of the links of the members, which are in default order.
func merge(members []graph.Ref, own map[graph.Ref][]Link) []Link {
	if len(members) == 1 {
		return slices.Clone(own[members[0]])
	}
	type key struct {
		predicate graph.PredicateRef
		incoming  bool
		other     graph.Ref
	}
	at := map[key]int{}
	var links []Link
	var joined []bool // the lists of the link are its own, to be appended to
	for _, member := range members {
		for _, l := range own[member] {
			k := key{l.Predicate, l.Incoming, l.Other}
			i, known := at[k]
			if !known {
				at[k] = len(links)
				links, joined = append(links, l), append(joined, false)
				continue
			}
			m := &links[i]
			if !joined[i] { // what came from one member is shared with other lists
				joined[i] = true
				m.Statements, m.Via = slices.Clone(m.Statements), slices.Clone(m.Via)
			}
			m.Statements, m.Via = append(m.Statements, l.Statements...), append(m.Via, l.Via...)
		}
	}
	for i := range links {
		if joined[i] {
			links[i].Statements = distinct(links[i].Statements)
		}
	}
	return links
}

// keepOthers keeps the links of all lists whose other end passes.
func keepOthers(ctx context.Context, r graph.Reader, lists [][]Link, s *Selection) error {
	var others []graph.Ref
	for _, links := range lists {
		for i := range links {
			others = append(others, links[i].Other)
		}
	}
	pass, err := s.keep(ctx, r, distinct(others))
	if err != nil {
		return err
	}
	wanted := set(pass)
	for i := range lists {
		lists[i] = slices.DeleteFunc(lists[i], func(l Link) bool { return !wanted[l.Other] })
	}
	return nil
}
