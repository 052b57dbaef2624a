package join

import (
	"cmp"
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
}

// AreOne reports whether two concepts are one thing.
func (r *Result) AreOne(a, b graph.ID) bool { return r.lead(a) == r.lead(b) }

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
			f.match(s.Subject, s.Object, ByID, "", s.Source)
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
		case iri == graph.OWL+"differentFrom", iri == graph.OWL+"disjointWith", s.Negated && p.Mapping:
			f.keepApart(s.Subject, s.Object, graph.RefusedDenied)
		case registered && !p.Mapping && s.Predicate != graph.PredicateRelated:
			f.keepApart(s.Subject, s.Object, graph.RefusedTogether)
		}
	}
}

// mostShared is how many concepts a code may be exact for. A code of more is no
// code of one thing, whatever its vocabulary says.
const mostShared = 10

// matchCodes takes the codes that concepts mark as exact.
func (f *finder) matchCodes() {
	shared := map[graph.ID][]int32{}
	retracted := map[graph.ID]bool{}
	for i := range f.d.Sources {
		retracted[f.d.Sources[i].ID] = f.d.Sources[i].Status == graph.StatusRetracted
	}
	for i, c := range f.concepts {
		if len(c.Sources) > 0 && !slices.ContainsFunc(c.Sources, func(s graph.ID) bool { return !retracted[s] }) {
			continue
		}
		for _, code := range c.Codes {
			if code.Match != graph.MatchExact {
				continue
			}
			if _, known := f.at[code.Code]; known {
				f.match(c.ID, code.Code, ByID, "", c.Sources...)
			} else if v, _, known := graph.VocabularyOf(code.Code); known && v.OneThing {
				shared[code.Code] = append(shared[code.Code], int32(i))
			}
		}
	}
	for code, all := range shared {
		if len(all) > mostShared {
			continue
		}
		for i, a := range all {
			for _, b := range all[:i] {
				x, y := f.concepts[a], f.concepts[b]
				f.match(x.ID, y.ID, ByCode, code, append(slices.Clone(x.Sources), y.Sources...)...)
			}
		}
	}
}

// match adds what says that two concepts are the same to what else does.
func (f *finder) match(a, b graph.ID, by Evidence, code graph.ID, sources ...graph.ID) {
	x, known := f.at[a]
	y, too := f.at[b]
	if !known || !too || x == y {
		return
	}
	m := Match{A: min(a, b), B: max(a, b), Evidence: by, Code: code}
	pair := pairOf(x, y)
	e := f.edges[pair]
	switch {
	case e == nil:
		m.SameName = sameName(f.concepts[x], f.concepts[y])
		e = &edge{a: f.at[m.A], b: f.at[m.B], match: m}
		f.edges[pair] = e
	case by < e.match.Evidence: // what is weaker is not told
		e.match.Evidence, e.match.Code, e.match.Sources = by, code, nil
	case by > e.match.Evidence:
		return
	default:
		e.match.Code = min(e.match.Code, code)
	}
	for _, s := range sources {
		if !slices.Contains(e.match.Sources, s) {
			e.match.Sources = append(e.match.Sources, s)
		}
	}
	slices.Sort(e.match.Sources)
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

// compareStrength puts matches between ids before those by codes, then what more
// sources say before what fewer do, then those of one name.
func compareStrength(a, b *edge) int {
	other := func(m *Match) int {
		if m.SameName {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.match.Evidence, b.match.Evidence), cmp.Compare(len(b.match.Sources), len(a.match.Sources)),
		cmp.Compare(other(&a.match), other(&b.match)))
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
	r := &Result{Refusals: f.refused, leaders: map[graph.ID]graph.ID{}}
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

// first returns the member that leads: one of a data set that claims to, then a
// slug, then by the order of vocabularies, then the smallest id.
func (f *finder) first(members []int32) graph.ID {
	best := slices.MinFunc(members, func(a, b int32) int {
		x, y := f.concepts[a], f.concepts[b]
		return cmp.Or(cmp.Compare(f.claims(x), f.claims(y)), cmp.Compare(rankOf(x.ID), rankOf(y.ID)), cmp.Compare(x.ID, y.ID))
	})
	return f.concepts[best].ID
}

func (f *finder) claims(c *graph.Concept) int {
	if slices.ContainsFunc(c.Sources, func(s graph.ID) bool { return f.leads[s] }) {
		return 0
	}
	return 1
}
