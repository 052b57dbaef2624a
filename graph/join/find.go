package join

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/plexus-kg/plexus/graph"
)

// Evidence is how it is known that two concepts are the same, the strongest
// first.
type Evidence uint8

// The evidence.
const (
	// ByID: one of them, or a statement, names the id of the other.
	ByID Evidence = iota + 1
	// ByCode: both have the same exact code.
	ByCode
)

// Match is what says that two concepts are the same.
type Match struct {
	A, B     graph.ID // A < B
	Evidence Evidence
	// Code is the code that both have, where that is the evidence.
	Code graph.ID
	// Contested says that of several data sets that describe a concept as theirs not
	// all say so: they may mean two things of one name.
	Contested bool
	// Sources are those who say so, by id. Of a code they are the sources of the
	// concept that has it.
	Sources []graph.ID
	// SameName says that one name or exact synonym of both is the same.
	SameName bool
}

// Refusal is a match that joins nothing.
type Refusal struct {
	Match
	Reason graph.JoinRefusal
	// Between are the two concepts that are kept apart: those of the match, or
	// others that would be the same, too.
	Between [2]graph.ID
}

// Class is concepts that are one thing.
type Class struct {
	// Leader is the concept that the thing is shown as, Members are all, by id.
	Leader  graph.ID
	Members []graph.ID
	// Matches are all that speak for it, the strongest first.
	Matches []Match
}

// Result is what [Find] finds.
type Result struct {
	Classes  []Class   // of two members and more, by leader
	Refusals []Refusal // by A, B, then as they come

	leaders map[graph.ID]graph.ID // of members
	apart   map[[2]graph.ID]bool  // pairs of which a source says that they are two
}

// AreOne reports whether two concepts are one thing.
func (r *Result) AreOne(a, b graph.ID) bool { return r.lead(a) == r.lead(b) }

// AreTwo reports whether a source says of two concepts that they are two.
func (r *Result) AreTwo(a, b graph.ID) bool { return r.apart[[2]graph.ID{min(a, b), max(a, b)}] }

// lead returns the concept that a concept is shown as: itself, if it is one with no
// other.
func (r *Result) lead(id graph.ID) graph.ID { return cmp.Or(r.leaders[id], id) }

// Find finds the concepts that are one thing. The data set stays as it is. It takes time
// linear in what there is, but for sorting.
func Find(d *graph.Dataset) *Result {
	f := newFinder(d)
	f.matchStatements()
	f.matchCodes()
	f.contradict()
	for up := f.hierarchy(); ; {
		f.joinAll()
		cut := f.circles(up)
		if len(cut) == 0 {
			return f.result()
		}
		for _, e := range cut {
			f.keepApart(e.match.A, e.match.B, graph.RefusedCircle)
		}
	}
}

// edge is a match by the numbers of its concepts.
type edge struct {
	a, b  int32
	match Match
}

// thing is what was joined so far.
type thing struct {
	members []int32
	// kinds are those of the members, as bits; none for concepts without a kind.
	kinds uint32
	// own are the vocabularies and data sets in which a thing has one id, each with
	// the member that has it.
	own map[string]int32
	// coded are the exact codes that members with a slug have, by vocabularies in which
	// a thing has one.
	coded map[string][]coding
}

// finder joins concepts step by step. They are known by their places in the order
// of their ids.
type finder struct {
	d        *graph.Dataset
	leads    map[graph.ID]bool // the data sets whose concepts lead
	concepts []*graph.Concept
	at       map[graph.ID]int32
	edges    map[[2]int32]*edge
	apart    map[[2]int32]graph.JoinRefusal // pairs, the smaller number first
	partners map[int32][]int32              // of those pairs
	leader   []int32                        // of each concept, directly or by others: itself if it is one
	things   map[int32]*thing               // by leader, of concepts that have matches
	refused  []Refusal
	limited  []Match // what its source limits, doubts or remarks on
}

func newFinder(d *graph.Dataset) *finder {
	f := &finder{
		d: d, leads: map[graph.ID]bool{}, at: make(map[graph.ID]int32, len(d.Concepts)), leader: make([]int32, len(d.Concepts)),
		edges: map[[2]int32]*edge{}, apart: map[[2]int32]graph.JoinRefusal{}, partners: map[int32][]int32{},
	}
	for i := range d.Concepts {
		f.concepts = append(f.concepts, &d.Concepts[i])
	}
	slices.SortFunc(f.concepts, func(a, b *graph.Concept) int { return cmp.Compare(a.ID, b.ID) })
	for i, c := range f.concepts {
		f.at[c.ID] = int32(i)
	}
	for i := range d.Sources {
		f.leads[d.Sources[i].ID] = d.Sources[i].Leads != ""
	}
	return f
}

// pairOf orders two numbers.
func pairOf(a, b int32) [2]int32 { return [2]int32{min(a, b), max(a, b)} }

func (f *finder) keepApart(a, b graph.ID, why graph.JoinRefusal) {
	x, known := f.at[a]
	y, too := f.at[b]
	if pair := pairOf(x, y); known && too && x != y && f.apart[pair] == "" {
		f.apart[pair] = why
		f.partners[x], f.partners[y] = append(f.partners[x], y), append(f.partners[y], x)
	}
}

// matchStatements takes the statements of skos:exactMatch between concepts.
func (f *finder) matchStatements() {
	for i := range f.d.Statements {
		s := &f.d.Statements[i]
		if s.Withdrawn != graph.NotWithdrawn {
			continue
		}
		if len(s.With) > 0 {
			all := append([]graph.ID{s.Subject, s.Object}, s.With...)
			for i, a := range all {
				for _, b := range all[:i] {
					f.keepApart(a, b, graph.RefusedTogether)
				}
			}
		}
		switch {
		case s.Predicate != graph.PredicateExactMatch || s.Object == "" || s.With != nil:
		case s.Negated:
			f.keepApart(s.Subject, s.Object, graph.RefusedDenied)
		case graph.CaveatsOf(s, graph.DataSource)&(graph.Limited|graph.Doubted) == 0 && s.Note == "": // which may limit it
			f.match(Match{A: s.Subject, B: s.Object, Evidence: ByID, Sources: []graph.ID{s.Source}})
		case s.Subject != s.Object:
			f.limited = append(f.limited, Match{A: min(s.Subject, s.Object), B: max(s.Subject, s.Object), Evidence: ByID, Sources: []graph.ID{s.Source}})
		}
	}
}

// contradict keeps apart two concepts that matches lead from one to the other, and
// of which a source says what it says of two things only: that one causes, treats or
// is broader than the other, that they are not even close, or, in the words of OWL,
// that they differ.
func (f *finder) contradict() {
	f.separate()
	for _, e := range f.edges {
		a, b := f.lead(e.a), f.lead(e.b)
		f.leader[max(a, b)] = min(a, b)
	}
	f.allDifferent()
	for i := range f.d.Statements {
		s := &f.d.Statements[i]
		if s.Object == "" || s.Withdrawn != graph.NotWithdrawn {
			continue
		}
		x, known := f.at[s.Subject]
		y, too := f.at[s.Object]
		if !known || !too || x == y || f.lead(x) != f.lead(y) {
			continue
		}
		p, registered := graph.LookupPredicate(s.Predicate)
		switch iri := f.d.Prefixes.Expand(s.Predicate); {
		case !s.Negated && (iri == graph.OWL+"differentFrom" || iri == graph.OWL+"disjointWith"),
			s.Negated && (p.Mapping || iri == graph.OWL+"sameAs" || iri == graph.OWL+"equivalentClass"):
			f.keepApart(s.Subject, s.Object, graph.RefusedDenied)
		case registered && !p.Mapping && s.Predicate != graph.PredicateRelated:
			f.keepApart(s.Subject, s.Object, graph.RefusedTogether)
		}
	}
}

// allDifferent keeps apart what a list of OWL takes for different things
// (https://www.w3.org/TR/owl2-mapping-to-rdf/), as far as matches lead from one to
// the other.
func (f *finder) allDifferent() {
	const members, first, rest = 1, 2, 3
	is := map[graph.ID]int{}
	for word, iri := range map[int][]string{
		members: {graph.OWL + "members", graph.OWL + "distinctMembers"}, first: {graph.RDF + "first"}, rest: {graph.RDF + "rest"},
	} {
		for _, i := range iri {
			is[f.d.Prefixes.Compact(i)] = word
		}
	}
	var heads []graph.ID
	has, next := map[graph.ID]graph.ID{}, map[graph.ID]graph.ID{}
	word, last := 0, graph.ID("")
	for i := range f.d.Statements {
		s := &f.d.Statements[i]
		if s.Predicate != last {
			word, last = is[s.Predicate], s.Predicate
		}
		switch {
		case word == 0 || s.Object == "" || s.Negated || s.Withdrawn != graph.NotWithdrawn:
		case word == members:
			heads = append(heads, s.Object)
		case word == first:
			has[s.Subject] = s.Object
		default:
			next[s.Subject] = s.Object
		}
	}
	for _, node := range heads {
		matched := map[int32][]graph.ID{}
		for ; node != ""; node = take(next, node) { // each once: a list may run in a circle
			if at, known := f.at[has[node]]; known {
				top := f.lead(at)
				for _, other := range matched[top] {
					f.keepApart(has[node], other, graph.RefusedDenied)
				}
				matched[top] = append(matched[top], has[node])
			}
		}
	}
}

// take removes an entry and returns it.
func take[K comparable, V any](from map[K]V, key K) V {
	value := from[key]
	delete(from, key)
	return value
}

// mostShared is how many concepts a code may be exact for. A code of more is no
// code of one thing, whatever its vocabulary says.
const mostShared = 10

// matchCodes takes the codes that concepts mark as exact.
func (f *finder) matchCodes() {
	type coded struct {
		concept   int32
		said      []graph.ID
		contested bool
	}
	shared := map[graph.ID][]coded{}
	retracted := map[graph.ID]bool{}
	for i := range f.d.Sources {
		retracted[f.d.Sources[i].ID] = f.d.Sources[i].Status == graph.StatusRetracted
	}
	for i, c := range f.concepts {
		for _, code := range c.Codes {
			if code.Match != graph.MatchExact {
				continue
			}
			said, contested := saidBy(c, code.Code)
			if len(said) > 0 && !slices.ContainsFunc(said, func(s graph.ID) bool { return !retracted[s] }) {
				continue
			}
			if _, known := f.at[code.Code]; known {
				f.match(Match{A: c.ID, B: code.Code, Evidence: ByID, Contested: contested, Sources: said})
			} else if v, _, known := graph.VocabularyOf(code.Code); known && v.OneThing {
				shared[code.Code] = append(shared[code.Code], coded{int32(i), said, contested})
			}
		}
	}
	for code, all := range shared {
		if len(all) > mostShared {
			continue
		}
		for i, a := range all {
			for _, b := range all[:i] {
				f.match(Match{
					A: f.concepts[a.concept].ID, B: f.concepts[b.concept].ID, Evidence: ByCode, Code: code,
					Contested: a.contested || b.contested, Sources: slices.Concat(a.said, b.said),
				})
			}
		}
	}
}

// saidBy returns the sources that say a code of a concept, and whether others that
// describe it do not.
func saidBy(c *graph.Concept, code graph.ID) (said []graph.ID, contested bool) {
	if len(c.Members) == 0 {
		return c.Sources, false
	}
	for i := range c.Members {
		m := &c.Members[i]
		if hasExact(m, code) {
			said = append(said, m.Sources...)
		} else {
			contested = contested || len(m.Types) > 0
		}
	}
	return said, contested
}

// hasExact reports whether a concept marks a code as exact.
func hasExact(c *graph.Concept, code graph.ID) bool {
	return slices.ContainsFunc(c.Codes, func(k graph.Code) bool { return k.Code == code && k.Match == graph.MatchExact })
}

// match adds what says that two concepts are the same to what else does.
func (f *finder) match(m Match) {
	m.A, m.B = min(m.A, m.B), max(m.A, m.B)
	x, known := f.at[m.A]
	y, too := f.at[m.B]
	if !known || !too || x == y {
		return
	}
	e, weight := f.edges[pairOf(x, y)], 0
	if e != nil {
		weight = compareEvidence(&m, &e.match)
	}
	switch {
	case e == nil:
		m.SameName = sameName(f.concepts[x], f.concepts[y])
		e = &edge{a: x, b: y}
		f.edges[pairOf(x, y)] = e
	case weight > 0: // what is weaker is not told
		return
	case weight == 0:
		m.Code, m.Sources = min(e.match.Code, m.Code), append(m.Sources, e.match.Sources...)
		fallthrough
	default:
		m.SameName = e.match.SameName
	}
	m.Sources = slices.Sorted(slices.Values(m.Sources))
	m.Sources = slices.Compact(m.Sources)
	e.match = m
}

// sameName reports whether a name or an exact synonym of both is the same.
func sameName(a, b *graph.Concept) bool {
	names := map[string]bool{}
	each := func(c *graph.Concept, do func(string)) {
		for _, n := range c.Names {
			do(strings.ToLower(n.Text))
		}
		for _, s := range c.Synonyms {
			if s.Scope == graph.ScopeExact {
				do(strings.ToLower(s.Text))
			}
		}
	}
	each(a, func(n string) { names[n] = true })
	same := false
	each(b, func(n string) { same = same || names[n] })
	return same
}

// compareMatches is the order of matches: the strongest first, then by ids.
func compareMatches(a, b *edge) int {
	return cmp.Or(compareStrength(a, b), cmp.Compare(a.match.A, b.match.A), cmp.Compare(a.match.B, b.match.B))
}

// compareStrength puts what is not contested first, then matches between ids before
// those by codes, then what more sources say before what fewer do, then those of one
// name.
func compareStrength(a, b *edge) int {
	return cmp.Or(compareEvidence(&a.match, &b.match), cmp.Compare(len(b.match.Sources), len(a.match.Sources)),
		graph.CompareFirst(a.match.SameName, b.match.SameName))
}

// compareEvidence puts what is contested last.
func compareEvidence(a, b *Match) int {
	return cmp.Or(graph.CompareFirst(!a.Contested, !b.Contested), cmp.Compare(a.Evidence, b.Evidence))
}

// joinAll follows the matches, all of one strength at once. It begins anew: a pair
// more that is kept apart may change much.
func (f *finder) joinAll() {
	f.things, f.refused = map[int32]*thing{}, nil
	f.separate()
	for _, partners := range f.partners {
		slices.Sort(partners)
	}
	all := make([]*edge, 0, len(f.edges))
	for _, e := range f.edges {
		all = append(all, e)
	}
	slices.SortFunc(all, compareMatches)
	for len(all) > 0 {
		n := 1
		for n < len(all) && compareStrength(all[0], all[n]) == 0 {
			n++
		}
		f.joinLevel(all[:n])
		all = all[n:]
	}
}

// joinLevel follows matches of one strength, each group that hangs together apart.
func (f *finder) joinLevel(edges []*edge) {
	var open []*edge
	for _, e := range edges {
		a, b := f.lead(e.a), f.lead(e.b)
		if a == b {
			continue
		}
		if why, between := f.against(a, b, e.match.Evidence == ByID); why != "" {
			f.refuse(e, why, between)
			continue
		}
		open = append(open, e)
	}
	for _, group := range f.groups(open) {
		f.joinGroup(group)
	}
}

// groups parts matches into those that hang together.
func (f *finder) groups(edges []*edge) [][]*edge {
	over := map[int32]int32{}
	var find func(int32) int32
	find = func(a int32) int32 {
		if up, known := over[a]; known && up != a {
			over[a] = find(up)
			return over[a]
		}
		return a
	}
	for _, e := range edges {
		a, b := find(f.lead(e.a)), find(f.lead(e.b))
		over[max(a, b)], over[min(a, b)] = min(a, b), min(a, b)
	}
	at := map[int32]int{}
	var groups [][]*edge
	for _, e := range edges {
		top := find(f.lead(e.a))
		i, known := at[top]
		if !known {
			i = len(groups)
			at[top] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], e)
	}
	return groups
}

// joinGroup follows matches that hang together, but for those by which two things
// would be one that must not be: all on the shortest way between them.
func (f *finder) joinGroup(edges []*edge) {
	for {
		next := map[int32][]*edge{}
		var tops []int32
		for _, e := range edges {
			for _, top := range []int32{f.lead(e.a), f.lead(e.b)} {
				if next[top] == nil {
					tops = append(tops, top)
				}
				next[top] = append(next[top], e)
			}
		}
		x, y, why, between := f.conflict(tops)
		if why == "" {
			break
		}
		way := f.way(next, x, y)
		if way == nil { // a match before has fallen: they are apart already
			break
		}
		for _, e := range way {
			f.refuse(e, why, between)
		}
		edges = slices.DeleteFunc(edges, func(e *edge) bool { return slices.Contains(way, e) })
		if rest := f.groups(edges); len(rest) != 1 {
			for _, group := range rest {
				f.joinGroup(group)
			}
			return
		}
	}
	for _, e := range edges {
		f.unite(f.lead(e.a), f.lead(e.b))
	}
}

// conflict finds the first two of some things that must not be one. It looks at
// each once.
func (f *finder) conflict(tops []int32) (x, y int32, why graph.JoinRefusal, between [2]graph.ID) {
	within, spaces, kinds := map[int32]bool{}, map[string]int32{}, map[uint32]int32{}
	coded := map[string][]int32{}
	for _, top := range tops {
		others := make([]int32, 0, 4)
		t := f.ofLeader(top)
		for _, m := range t.members {
			for _, p := range f.partners[m] {
				if other := f.lead(p); within[other] {
					others = append(others, other)
				}
			}
		}
		for space := range t.own {
			if other, both := spaces[space]; both {
				others = append(others, other)
			} else {
				spaces[space] = top
			}
		}
		apart := func(space string, others ...int32) (apart []int32) {
			for _, other := range others {
				if _, _, differ := f.differ(space, t, f.ofLeader(other)); differ {
					apart = append(apart, other)
				}
			}
			return apart
		}
		for space := range t.own {
			others = append(others, apart(space, coded[space]...)...)
		}
		for space := range t.coded {
			others = append(others, apart(space, coded[space]...)...)
			if other, both := spaces[space]; both && other != top {
				others = append(others, apart(space, other)...)
			}
			coded[space] = append(coded[space], top)
		}
		for mask, other := range kinds {
			if t.kinds != 0 && mask&t.kinds == 0 && (mask|t.kinds)&^alike != 0 {
				others = append(others, other)
			}
		}
		if _, known := kinds[t.kinds]; !known && t.kinds != 0 {
			kinds[t.kinds] = top
		}
		within[top] = true
		if len(others) > 0 {
			slices.Sort(others)
			why, between = f.against(others[0], top, true)
			return others[0], top, why, between
		}
	}
	return 0, 0, "", between
}

// way finds the shortest way from one thing to another.
func (f *finder) way(next map[int32][]*edge, from, to int32) []*edge {
	by, todo := map[int32]*edge{from: nil}, []int32{from}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		if at == to {
			var way []*edge
			for e := by[at]; e != nil; e = by[at] {
				way = append(way, e)
				at = f.lead(e.a) + f.lead(e.b) - at
			}
			return way
		}
		for _, e := range next[at] {
			other := f.lead(e.a) + f.lead(e.b) - at
			if _, seen := by[other]; !seen {
				by[other] = e
				todo = append(todo, other)
			}
		}
	}
	return nil
}

// separate makes each concept stand for itself.
func (f *finder) separate() {
	for i := range f.leader {
		f.leader[i] = int32(i)
	}
}

// lead returns the concept that stands for the thing that a concept is part of.
func (f *finder) lead(a int32) int32 {
	for f.leader[a] != a {
		f.leader[a] = f.leader[f.leader[a]]
		a = f.leader[a]
	}
	return a
}

// ofLeader returns the thing that a concept stands for.
func (f *finder) ofLeader(a int32) *thing {
	t := f.things[a]
	if t == nil {
		t = &thing{members: []int32{a}, own: map[string]int32{}}
		c := f.concepts[a]
		for _, class := range c.Types {
			if k := graph.KindOf(class); k != graph.OtherConcept {
				t.kinds |= 1 << k
			}
		}
		for _, s := range spacesOf(c) {
			t.own[s] = a
		}
		t.coded = f.codedIn(a)
		f.things[a] = t
	}
	return t
}

// alike are the kinds that one thing may have in the view of different sources.
const alike = 1<<graph.Condition | 1<<graph.Symptom | 1<<graph.Cause

// against returns why two things must not be one, 0 if they may, and the two
// concepts that it is about.
func (f *finder) against(a, b int32, byID bool) (graph.JoinRefusal, [2]graph.ID) {
	x, y := f.ofLeader(a), f.ofLeader(b)
	told := func(a, b int32) [2]graph.ID {
		p, q := f.concepts[a].ID, f.concepts[b].ID
		return [2]graph.ID{min(p, q), max(p, q)}
	}
	for _, m := range x.members {
		for _, p := range f.partners[m] {
			if slices.Contains(y.members, p) {
				return f.apart[pairOf(m, p)], told(m, p)
			}
		}
	}
	small, large := x, y
	if len(small.own) > len(large.own) {
		small, large = y, x
	}
	for _, m := range small.members {
		for _, space := range spacesOf(f.concepts[m]) {
			other, both := large.own[space]
			switch {
			case !both:
			case strings.HasPrefix(space, dataSet):
				return graph.RefusedOneDataset, told(m, other)
			default:
				return graph.RefusedOneVocabulary, told(m, other)
			}
		}
	}
	for _, spaces := range []map[string][]coding{x.coded, y.coded} {
		for _, space := range slices.Sorted(maps.Keys(spaces)) {
			if m, other, differ := f.differ(space, x, y); differ {
				return graph.RefusedOneVocabulary, told(m, other)
			}
		}
	}
	if x.kinds != 0 && y.kinds != 0 && x.kinds&y.kinds == 0 && (!byID || (x.kinds|y.kinds)&^alike != 0) {
		return graph.RefusedKinds, told(a, b)
	}
	return "", [2]graph.ID{}
}

func (f *finder) refuse(e *edge, why graph.JoinRefusal, between [2]graph.ID) {
	f.refused = append(f.refused, Refusal{Match: e.match, Reason: why, Between: between})
}

// unite makes two things one.
func (f *finder) unite(a, b int32) {
	if a == b {
		return
	}
	x, y := f.ofLeader(a), f.ofLeader(b)
	if len(x.members) < len(y.members) {
		a, b, x, y = b, a, y, x
	}
	f.leader[b] = a
	x.members = append(x.members, y.members...)
	x.kinds |= y.kinds
	for space, member := range y.own {
		x.own[space] = member
	}
	for space, codes := range y.coded {
		x.coded[space] = append(x.coded[space], codes...)
	}
	delete(f.things, b)
}

// result tells what was joined and what was not.
func (f *finder) result() *Result {
	matches := map[int32][]*edge{}
	for _, e := range f.edges {
		if top := f.lead(e.a); top == f.lead(e.b) {
			matches[top] = append(matches[top], e)
		}
	}
	r := &Result{Refusals: f.refused, leaders: map[graph.ID]graph.ID{}, apart: map[[2]graph.ID]bool{}}
	for pair := range f.apart {
		r.apart[[2]graph.ID{f.concepts[pair[0]].ID, f.concepts[pair[1]].ID}] = true
	}
	for _, m := range f.limited {
		a, known := f.at[m.A]
		b, too := f.at[m.B]
		if known && too && f.lead(a) != f.lead(b) && f.edges[pairOf(a, b)] == nil {
			r.Refusals = append(r.Refusals, Refusal{m, graph.RefusedLimited, [2]graph.ID{m.A, m.B}})
		}
	}
	for top, t := range f.things {
		if len(t.members) < 2 {
			continue
		}
		c := Class{Leader: f.first(t.members)}
		for _, m := range t.members {
			c.Members = append(c.Members, f.concepts[m].ID)
		}
		slices.Sort(c.Members)
		for _, m := range c.Members {
			r.leaders[m] = c.Leader
		}
		slices.SortFunc(matches[top], compareMatches)
		for _, e := range matches[top] {
			c.Matches = append(c.Matches, e.match)
		}
		r.Classes = append(r.Classes, c)
	}
	slices.SortFunc(r.Classes, func(a, b Class) int { return cmp.Compare(a.Leader, b.Leader) })
	slices.SortStableFunc(r.Refusals, func(a, b Refusal) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	return r
}

// first returns the member that leads: one that is not deprecated, then one of a
// data set that claims to, then a slug, then by the order of vocabularies, then the
// smallest id.
func (f *finder) first(members []int32) graph.ID {
	best := slices.MinFunc(members, func(a, b int32) int {
		x, y := f.concepts[a], f.concepts[b]
		return cmp.Or(graph.CompareFirst(!x.Deprecated, !y.Deprecated), graph.CompareFirst(f.claims(x), f.claims(y)), cmp.Compare(rankOf(x.ID), rankOf(y.ID)), cmp.Compare(x.ID, y.ID))
	})
	return f.concepts[best].ID
}

func (f *finder) claims(c *graph.Concept) bool {
	return slices.ContainsFunc(c.Sources, func(s graph.ID) bool { return f.leads[s] })
}
