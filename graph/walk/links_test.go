package walk_test

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"unicode"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/walk"
)

// TestLinksAgainstBruteForce compares merged, chosen, counted, ordered and cut
// links with loops over all statements.
func TestLinksAgainstBruteForce(t *testing.T) {
	merged := 0
	eachGraph(t, func(t *testing.T, b brute, r *rand.Rand) {
		for range 20 {
			q := b.linkQuery(r)
			refs := []graph.Ref{pick(r, b.concepts()...), graph.NoRef, pick(r, b.concepts()...)}
			got, err := walk.Links(t.Context(), b, refs, q)
			if err != nil {
				t.Fatal(err)
			}
			for i, ref := range refs {
				all := b.merged(ref, &q)
				for _, l := range all {
					merged = max(merged, len(l.Via))
				}
				want := walk.LinkPage{Links: windowed(all, q.Window), Total: len(all), Counts: b.countLinks(all, q.Counts), Complete: true}
				same(t, "links", got[i], want)
				counts, err := walk.CountLinks(t.Context(), b, all, q.Counts)
				if err != nil {
					t.Fatal(err)
				}
				same(t, "counts of the whole list", counts, want.Counts)
			}
		}
	})
	if merged < 2 {
		t.Error("no link was merged")
	}
}

func (b brute) linkQuery(r *rand.Rand) walk.LinkQuery {
	q := walk.LinkQuery{IncludeNarrower: r.IntN(2) == 0, MergeSame: r.IntN(2) == 0, Counts: walk.Groups(r.IntN(16))}
	q.Direction, q.Order = graph.Direction(r.IntN(3)), graph.Order(r.IntN(3))
	q.Negated, q.Window = r.IntN(4) == 0, window(r)
	if r.IntN(3) == 0 {
		q.Predicates = []graph.PredicateRef{b.predicate(graph.PredicateBroader), b.predicate(graph.PredicateCause)}
	}
	if r.IntN(3) == 0 {
		q.Filter = b.filter(r)
	}
	if r.IntN(3) == 0 {
		s := b.selection(r, 1)
		q.Others = &s
	}
	if r.IntN(3) == 0 {
		q.Support = &walk.SupportPattern{MinSources: r.IntN(3)}
		if yes := r.IntN(2) == 0; r.IntN(2) == 0 {
			q.Support.Disputed = &yes
		}
	}
	return q
}

func where(c graph.Criterion) *graph.Filter { return &graph.Filter{Where: []graph.Criterion{c}} }

func (b brute) filter(r *rand.Rand) *graph.Filter {
	yes := r.IntN(2) == 0
	return pick(r, where(graph.Denied(yes)), where(graph.Criterion{Qualifier: graph.QualifierFrequency, Stated: &yes}),
		where(graph.Criterion{Qualifier: graph.QualifierModality, Words: []uint8{uint8(graph.Asserted), uint8(graph.Possible), 0}}))
}

// members finds for which concepts one stands, by repeating single steps.
func (b brute) members(ref graph.Ref, narrower, match bool) []graph.Ref {
	members := []graph.Ref{ref}
	for grown := true; grown; {
		grown = false
		step := func(from, to graph.Ref) {
			if slices.Contains(members, from) && !slices.Contains(members, to) {
				members, grown = append(members, to), true
			}
		}
		if narrower {
			b.narrower(firm)(step)
		}
		if match {
			b.match(step)
		}
	}
	slices.Sort(members)
	return members
}

// merged returns the whole list of links of a concept.
func (b brute) merged(ref graph.Ref, q *walk.LinkQuery) []walk.Link {
	var links []walk.Link
	add := func(member, other graph.Ref, p graph.PredicateRef, incoming bool, statement graph.Ref) {
		if q.Predicates != nil && !slices.Contains(q.Predicates, p) || q.Others != nil && !b.passes(q.Others, other) {
			return
		}
		i := slices.IndexFunc(links, func(l walk.Link) bool { return l.Predicate == p && l.Incoming == incoming && l.Other == other })
		if i < 0 {
			i = len(links)
			links = append(links, walk.Link{Predicate: p, Incoming: incoming, Other: other})
		}
		l := &links[i]
		if !slices.Contains(l.Statements, statement) {
			l.Statements = append(l.Statements, statement)
		}
		if !slices.Contains(l.Via, member) {
			l.Via = append(l.Via, member)
		}
	}
	for _, m := range b.members(ref, q.IncludeNarrower, q.MergeSame) {
		for i, s := range b.statements {
			if s.object == graph.NoRef || !s.passes(q.Filter) {
				continue
			}
			statement := b.sum.First(graph.ClassStatement) + graph.Ref(i)
			symmetric := b.sum.Predicates[s.predicate].Symmetric
			if s.subject == m && (symmetric || q.Direction != graph.In) {
				add(m, s.object, s.predicate, false, statement)
			}
			if s.object == m && symmetric {
				add(m, s.subject, s.predicate, false, statement)
			}
			if s.object == m && !symmetric && q.Direction != graph.Out {
				add(m, s.subject, s.predicate, true, statement)
			}
		}
	}
	if holding := graph.Holding(q.Filter, q.Negated); holding != graph.AnyStance {
		links = slices.DeleteFunc(links, func(l walk.Link) bool {
			return !slices.ContainsFunc(l.Statements, func(s graph.Ref) bool { return b.stance(s)&holding != 0 })
		})
	}
	if q.Support != nil {
		asked := slices.DeleteFunc(graph.AllQualifiers(), func(of graph.Qualifier) bool { return !of.Info().Scope || !q.Filter.Asks(of) })
		links = slices.DeleteFunc(links, func(l walk.Link) bool {
			s := b.supports(l.Statements, asked)
			disputed := s.Statements > 0 && s.Denying+s.Discouraging > 0
			return s.Sources < q.Support.MinSources || q.Support.Disputed != nil && *q.Support.Disputed != disputed
		})
	}
	for i := range links {
		slices.Sort(links[i].Statements)
		slices.Sort(links[i].Via)
	}
	slices.SortFunc(links, func(x, y walk.Link) int {
		byName := cmp.Or(cmp.Compare(x.Other, y.Other), cmp.Compare(x.Predicate, y.Predicate), cmp.Compare(toInt(x.Incoming), toInt(y.Incoming)))
		if q.Order == graph.BySource {
			return cmp.Or(cmp.Compare(x.Statements[0], y.Statements[0]), byName)
		}
		if q.Order == graph.ByFrequency {
			return cmp.Or(b.mostOften(x.Statements).Compare(b.mostOften(y.Statements)), byName)
		}
		return byName
	})
	return links
}

// mostOften returns the first of the frequencies of statements that deny nothing.
func (b brute) mostOften(statements []graph.Ref) graph.Frequency {
	all := []graph.Frequency{graph.FrequencyOf("", math.NaN())}
	for _, s := range statements {
		if row := b.row(s); !row.Negated {
			all = append(all, graph.FrequencyOf(row.Frequency, row.Share(graph.QualifierFrequencyValue)))
		}
	}
	return slices.MinFunc(all, graph.Frequency.Compare)
}

func (x *indexed) stance(statement graph.Ref) graph.Stance {
	s := &x.statements[statement-x.sum.First(graph.ClassStatement)]
	return graph.StanceOf(&x.sum.Predicates[s.predicate].Predicate, s.row.Modality, s.row.Negated)
}

func (b brute) row(statement graph.Ref) *graph.StatementRow {
	return &b.statements[statement-b.sum.First(graph.ClassStatement)].row
}

// tallied counts the things that have each of the values.
func tallied[T cmp.Ordered](values []T, has func(v T) int) []walk.Count[T] {
	counts := []walk.Count[T]{}
	for _, v := range values {
		if n := has(v); n > 0 {
			counts = append(counts, walk.Count[T]{Value: v, Count: n})
		}
	}
	return counts
}

func number[T any](list []T, ok func(T) bool) (n int) {
	for _, x := range list {
		if ok(x) {
			n++
		}
	}
	return n
}

func (b brute) countLinks(links []walk.Link, g walk.Groups) (c walk.Counts) {
	some := func(l walk.Link, counts graph.Stance, ok func(*graph.StatementRow) bool) bool {
		return slices.ContainsFunc(l.Statements, func(s graph.Ref) bool { return b.stance(s)&counts != 0 && ok(b.row(s)) })
	}
	supported := func(l walk.Link) bool {
		return some(l, graph.Supports, func(*graph.StatementRow) bool { return true })
	}
	if g&walk.CountKinds != 0 {
		c.Kinds = tallied(graph.Kinds(), func(k graph.Kind) int {
			return number(links, func(l walk.Link) bool { return b.hasKind(l.Other, k) })
		})
	}
	if g&walk.CountPredicates != 0 {
		all := make([]graph.PredicateRef, len(b.sum.Predicates))
		for i := range all {
			all[i] = graph.PredicateRef(i)
		}
		c.Predicates = tallied(all, func(p graph.PredicateRef) int {
			return number(links, func(l walk.Link) bool { return l.Predicate == p })
		})
	}
	if g&walk.CountModalities != 0 {
		c.Modalities = tallied(append([]graph.Modality{graph.ModalityNotStated}, graph.Modalities()...), func(m graph.Modality) int {
			return number(links, func(l walk.Link) bool {
				return some(l, graph.Supports|graph.Discourages, func(row *graph.StatementRow) bool { return row.Modality == m })
			})
		})
	}
	if g&walk.CountSources != 0 {
		c.Sources = tallied(b.sources(), func(s graph.Ref) int {
			return number(links, func(l walk.Link) bool {
				counts := graph.Discourages
				if supported(l) {
					counts = graph.Supports
				}
				return some(l, counts, func(row *graph.StatementRow) bool { return row.Ref(graph.QualifierSource) == s })
			})
		})
	}
	return c
}

func (b brute) sources() (refs []graph.Ref) {
	for _, class := range []graph.Class{graph.ClassArticle, graph.ClassSource} {
		for i := range b.sum.Len(class) {
			refs = append(refs, b.sum.First(class)+graph.Ref(i))
		}
	}
	return refs
}

// selection makes a random selection.
func (b brute) selection(r *rand.Rand, depth int) (s walk.Selection) {
	list := func() []walk.Selection {
		list := make([]walk.Selection, r.IntN(3))
		for i := range list {
			list[i] = b.selection(r, depth-1)
		}
		return list
	}
	if depth > 0 && r.IntN(3) == 0 {
		s.And = list()
	}
	if depth > 0 && r.IntN(3) == 0 {
		s.Or = list()
	}
	if depth > 0 && r.IntN(3) == 0 {
		not := b.selection(r, depth-1)
		s.Not = &not
	}
	switch r.IntN(7) {
	case 5:
		s.Types = [][]graph.ID{{"ex:Own", "ex:Rare", "schema:Drug"}, {"schema:MedicalSign", "ex:Unknown"}, {}}[r.IntN(3)]
	case 0:
		s.Kinds = []graph.Kind{graph.Kind(r.IntN(12)), graph.Kind(r.IntN(12)), graph.Symptom}
	case 1:
		s.Sources = b.sources()[:r.IntN(2)]
	case 2:
		s.Sections = []graph.Ref{b.sum.First(graph.ClassSection)}
	case 3:
		s.Name = pick(r, &walk.TextMatch{Equals: []string{"FEVER", "ΩΜΈΓΑ", "strasse"}}, &walk.TextMatch{StartsWith: []string{"f", "É", "K"}},
			&walk.TextMatch{Contains: []string{"E", "ß"}, StartsWith: []string{"s", "F"}}, &walk.TextMatch{Contains: []string{}})
	case 4:
		s.Link = &walk.LinkPattern{Direction: graph.Direction(r.IntN(3)), Negated: r.IntN(3) == 0}
		if r.IntN(2) == 0 {
			s.Link.Predicates = []graph.PredicateRef{b.predicate(pick(r, graph.PredicateCause, graph.PredicateBroader, graph.PredicateRelated))}
		}
		if r.IntN(2) == 0 {
			s.Link.Filter = b.filter(r)
		}
		if depth > 0 && r.IntN(2) == 0 {
			other := b.selection(r, depth-1)
			s.Link.Other = &other
		}
	}
	return s
}

// passes asks one concept everything, one condition after the other.
func (b brute) passes(s *walk.Selection, ref graph.Ref) bool {
	c := &b.ds.Concepts[ref-1]
	refs := func(ids []graph.ID) (refs []graph.Ref) {
		for _, id := range ids {
			refs = append(refs, b.refs[id])
		}
		return refs
	}
	meets := func(wanted, have []graph.Ref) bool {
		return wanted == nil || slices.ContainsFunc(wanted, func(w graph.Ref) bool { return slices.Contains(have, w) })
	}
	for i := range s.And {
		if !b.passes(&s.And[i], ref) {
			return false
		}
	}
	if s.Or != nil && !slices.ContainsFunc(s.Or, func(o walk.Selection) bool { return b.passes(&o, ref) }) {
		return false
	}
	return (s.Not == nil || !b.passes(s.Not, ref)) &&
		(s.Kinds == nil || b.hasKind(ref, s.Kinds...)) &&
		(s.Types == nil || slices.ContainsFunc(s.Types, func(t graph.ID) bool { return slices.Contains(c.Types, t) })) &&
		meets(s.Sources, refs(c.Sources)) && meets(s.Sections, refs(c.Sections)) &&
		(s.Name == nil || nameMatches(s.Name, c.Name())) && (s.Link == nil || b.hasLink(s.Link, ref))
}

func nameMatches(m *walk.TextMatch, name string) bool {
	alike := func(a, b string) bool { // letter by letter
		x, y := []rune(a), []rune(b)
		return slices.EqualFunc(x, y, func(p, q rune) bool {
			return unicode.ToLower(unicode.ToUpper(p)) == unicode.ToLower(unicode.ToUpper(q))
		})
	}
	letters := []rune(name)
	one := func(list []string, ok func(s []rune) bool) bool {
		return list == nil || slices.ContainsFunc(list, func(s string) bool { return ok([]rune(s)) })
	}
	at := func(i int, s []rune) bool {
		return i+len(s) <= len(letters) && alike(string(letters[i:i+len(s)]), string(s))
	}
	return one(m.Equals, func(s []rune) bool { return len(s) == len(letters) && at(0, s) }) &&
		one(m.StartsWith, func(s []rune) bool { return at(0, s) }) &&
		one(m.Contains, func(s []rune) bool {
			for i := range len(letters) + 1 {
				if at(i, s) {
					return true
				}
			}
			return false
		})
}

func (b brute) hasLink(p *walk.LinkPattern, ref graph.Ref) bool {
	q := walk.LinkQuery{Others: p.Other}
	q.Direction, q.Predicates, q.Filter, q.Negated = p.Direction, p.Predicates, p.Filter, p.Negated
	return len(b.merged(ref, &q)) > 0
}

// TestListAgainstBruteForce compares lists, totals, counts and pages.
func TestListAgainstBruteForce(t *testing.T) {
	some := 0
	eachGraph(t, func(t *testing.T, b brute, r *rand.Rand) {
		for range 12 {
			where := b.selection(r, 3)
			q := walk.ListQuery{Where: &where, Window: window(r), Order: walk.ListOrder(r.IntN(3)), Counts: pick(r, 0, walk.CountKinds, walk.CountSources|walk.CountKinds)}
			if r.IntN(2) == 0 {
				q.Kinds = []graph.Kind{graph.Symptom, graph.Condition, graph.Treatment}
			}
			var all []graph.Ref
			for _, ref := range b.concepts() {
				if (q.Kinds == nil || b.hasKind(ref, q.Kinds...)) && b.passes(&where, ref) {
					all = append(all, ref)
				}
			}
			if len(all) > 0 && len(all) < len(b.concepts()) {
				some++
			}
			want := walk.ConceptPage{Total: len(all)}
			if q.Counts&walk.CountKinds != 0 {
				want.Counts.Kinds = tallied(graph.Kinds(), func(k graph.Kind) int {
					return number(all, func(ref graph.Ref) bool { return b.hasKind(ref, k) })
				})
			}
			if q.Counts&walk.CountSources != 0 {
				want.Counts.Sources = tallied(b.sources(), func(s graph.Ref) int {
					return number(all, func(ref graph.Ref) bool {
						return slices.ContainsFunc(b.ds.Concepts[ref-1].Sources, func(id graph.ID) bool { return b.refs[id] == s })
					})
				})
			}
			slices.SortStableFunc(all, func(x, y graph.Ref) int { return b.compare(q.Order, x, y) })
			counts, err := walk.CountConcepts(t.Context(), b, all, q.Counts)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "counts of the whole list", counts, want.Counts)
			want.Concepts = windowed(all, q.Window)
			got, err := walk.List(t.Context(), b, q)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "list", *got, want)
		}
	})
	if some < 50 {
		t.Errorf("only %d selections chose some and not all", some)
	}
}

func (b brute) compare(o walk.ListOrder, x, y graph.Ref) int {
	first := func(ids []graph.ID) graph.Ref {
		least := graph.Ref(far)
		for _, id := range ids {
			least = min(least, b.refs[id])
		}
		return least
	}
	cx, cy := &b.ds.Concepts[x-1], &b.ds.Concepts[y-1]
	switch o {
	case walk.BySource:
		return cmp.Or(cmp.Compare(first(cx.Sections), first(cy.Sections)), cmp.Compare(first(cx.Sources), first(cy.Sources)))
	case walk.ByLinks:
		q := walk.LinkQuery{}
		q.Direction = graph.Both
		return cmp.Compare(len(b.merged(y, &q)), len(b.merged(x, &q)))
	default:
		return 0
	}
}
