package walk_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/walk"
)

// TestStatementsAgainstBruteForce compares lists of statements with loops over all
// statements.
func TestStatementsAgainstBruteForce(t *testing.T) {
	eachGraph(t, func(t *testing.T, b brute, r *rand.Rand) {
		for range 10 {
			q := walk.StatementQuery{Order: walk.StatementOrder(r.IntN(2)), Window: window(r)}
			if r.IntN(2) == 0 {
				q.Predicates = []graph.PredicateRef{b.predicate(graph.PredicateCause), b.predicate(graph.PredicateRelated)}
			}
			if r.IntN(2) == 0 {
				q.Filter = b.filter(r)
			}
			var all []graph.Ref
			for i, s := range b.statements {
				if (q.Predicates == nil || slices.Contains(q.Predicates, s.predicate)) && s.passes(q.Filter) {
					all = append(all, b.sum.First(graph.ClassStatement)+graph.Ref(i))
				}
			}
			if q.Order == walk.StatementsByClaim {
				text := func(ref graph.Ref) []int {
					s := b.statements[ref-b.sum.First(graph.ClassStatement)]
					return []int{int(s.subject), int(s.predicate), int(s.object)}
				}
				slices.SortStableFunc(all, func(x, y graph.Ref) int {
					if n := slices.Compare(text(x), text(y)); n != 0 {
						return n
					}
					return graph.CompareValues(b.row(x).Value, b.row(y).Value)
				})
			}
			got, err := walk.Statements(t.Context(), b, q)
			if err != nil {
				t.Fatal(err)
			}
			same(t, "statements", *got, walk.StatementPage{Statements: windowed(all, q.Window), Total: len(all)})
		}
	})
}

// supports counts the statements of a list, each by itself; of warnings those that
// are for the same, of the qualifiers that are asked.
func (b brute) supports(statements []graph.Ref, asked []graph.Qualifier) (w walk.Support) {
	sources := map[graph.ID]bool{}
	for _, ref := range statements {
		if !b.row(ref).Counts() {
			continue
		}
		switch b.stance(ref) {
		case graph.Supports:
			w.Statements++
			sources[b.row(ref).Source] = true
		case graph.Denies:
			w.Denying++
		case graph.Discourages:
			w.Discouraging++
		}
	}
	w.Sources = len(sources)
	for i := range b.statements { // warnings of what is offered, by other predicates
		warning := b.sum.First(graph.ClassStatement) + graph.Ref(i)
		t := b.statements[i]
		if b.row(warning).Counts() && slices.ContainsFunc(statements, func(ref graph.Ref) bool {
			s := b.statements[ref-b.sum.First(graph.ClassStatement)]
			return s.predicate != t.predicate && s.object != graph.NoRef && b.against(s, t, b.stance(warning))
		}) && !slices.ContainsFunc(asked, func(q graph.Qualifier) bool {
			of := func(s *graph.Statement) string { return strings.ToLower(s.Qualifier(q)) }
			return of(t.row.Statement) != "" && !slices.ContainsFunc(statements, func(ref graph.Ref) bool {
				said := of(b.row(ref).Statement)
				return said == "" || said == of(t.row.Statement)
			})
		}) {
			w.Discouraging++
		}
	}
	return w
}

// TestSupportsAgainstBruteForce compares the support of lists of statements with
// loops.
func TestSupportsAgainstBruteForce(t *testing.T) {
	eachGraph(t, func(t *testing.T, b brute, r *rand.Rand) {
		var lists graph.Lists[graph.Ref]
		lists.Reset()
		for range 10 {
			for i := range b.statements {
				if r.IntN(3) == 0 {
					lists.Items = append(lists.Items, b.sum.First(graph.ClassStatement)+graph.Ref(i))
				}
			}
			lists.Close()
		}
		var filter *graph.Filter
		var asked []graph.Qualifier
		if r.IntN(2) == 0 {
			stated := true
			asked = []graph.Qualifier{graph.QualifierContext, graph.QualifierPopulation}
			filter = &graph.Filter{Or: []graph.Filter{
				{Where: []graph.Criterion{{Qualifier: graph.QualifierPopulation, Stated: &stated}}}, {Where: []graph.Criterion{{Qualifier: graph.QualifierContext, Stated: &stated}}},
			}}
		}
		got, err := walk.Supports(t.Context(), b, lists, filter)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			want := b.supports(lists.At(i), asked)
			disputed := want.Statements > 0 && want.Denying+want.Discouraging > 0
			if (got[i].Answer() == graph.Conflicting) != disputed {
				t.Errorf("%+v comes to %d", want, got[i].Answer())
			}
			same(t, "counts", []int{got[i].Statements, got[i].Sources, got[i].Denying, got[i].Discouraging}, []int{want.Statements, want.Sources, want.Denying, want.Discouraging})
		}
	})
}

// contradict compares two statements as scopes are defined.
func contradict(s, t *graph.Statement) graph.ScopeMatch {
	match := graph.EqualScopes
	for _, q := range []graph.Qualifier{
		graph.QualifierStage, graph.QualifierTiming, graph.QualifierContext, graph.QualifierPopulation, graph.QualifierSeverity,
		graph.QualifierTreatmentLine, graph.QualifierDose, graph.QualifierTreatmentDuration, graph.QualifierLaterality,
	} {
		switch v, w := s.Qualifier(q), t.Qualifier(q); {
		case v != "" && w != "" && !strings.EqualFold(v, w):
			return graph.DifferentScopes
		case (v == "") != (w == ""):
			match = graph.UnknownScopes
		}
	}
	return match
}

// against reports whether a statement of a stance speaks against the claim of
// another one.
func (b brute) against(s, t statement, stance graph.Stance) bool {
	p, q := &b.sum.Predicates[s.predicate], &b.sum.Predicates[t.predicate]
	sameEnds := s.subject == t.subject && s.object == t.object && s.row.Value == t.row.Value
	exchanged := s.object != graph.NoRef && s.subject == t.object && s.object == t.subject
	if s.predicate == t.predicate {
		return stance&(graph.Denies|graph.Discourages) != 0 && (sameEnds || p.Symmetric && exchanged)
	}
	offers := slices.Contains([]graph.ID{"schema:possibleTreatment", "schema:typicalTest", "kg:recommendedCare"}, p.ID)
	if !offers || !q.Caution || stance != graph.Supports || t.object == graph.NoRef {
		return false
	}
	done := func(kinds []graph.Kind) bool {
		other := func(k graph.Kind) bool { return k != graph.Treatment && k != graph.Test }
		return len(kinds) > 0 && !slices.ContainsFunc(kinds, other)
	}
	unsure := done(q.Domain) == done(q.Range)
	return exchanged && (done(q.Domain) || unsure) || sameEnds && (done(q.Range) || unsure)
}

// quarrel is a random graph whose statements meet: of few concepts, and most of
// them without a scope.
func quarrel(t *testing.T, seed uint64) brute {
	t.Helper()
	ds := graphtest.Random(seed, 12)
	r := rand.New(rand.NewPCG(seed, 3))
	few := func() graph.ID { return ds.Concepts[r.IntN(3)].ID }
	for i := range ds.Statements {
		s := &ds.Statements[i]
		s.Subject = few()
		if s.Object != "" {
			s.Object = few()
			s.Predicate = pick(r, s.Predicate, graph.PredicatePossibleTreatment, graph.PredicateTypicalTest, graph.PredicateAdvisedAgainstIn, graph.PredicateContraindication)
		} else {
			s.Value = graph.Value{Text: "weeks"}
		}
		s.With = slices.DeleteFunc(s.With, func(id graph.ID) bool { return id == s.Subject || id == s.Object })
		if len(s.With) == 0 {
			s.With = nil
		}
		if r.IntN(3) > 0 {
			s.Qualifiers = graph.Qualifiers{Modality: s.Modality, Negated: s.Negated, Population: pick(r, "", "", "adults", "Adults", "children")}
		}
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	return brute{newIndexed(ds)}
}

// TestConflictsAgainstBruteForce compares every two statements.
func TestConflictsAgainstBruteForce(t *testing.T) {
	equal, unknown, warned := 0, 0, 0
	check := func(t *testing.T, b brute, r *rand.Rand) {
		var q walk.ConflictQuery
		if r.IntN(3) == 0 {
			q.Filter = b.filter(r)
		}
		if r.IntN(3) == 0 {
			q.Predicates = []graph.PredicateRef{b.predicate(graph.PredicateCause), b.predicate(graph.PredicatePossibleTreatment)}
		}
		found, err := walk.Conflicts(t.Context(), b, q)
		if err != nil {
			t.Fatal(err)
		}
		// Each two that contradict each other stand in one conflict.
		listed := map[[2]graph.Ref]graph.ScopeMatch{}
		for _, c := range found.Conflicts {
			if len(c.DiffersIn) == 0 != (c.Scopes == graph.EqualScopes) {
				t.Errorf("scopes %d differ in %v", c.Scopes, c.DiffersIn)
			}
			nearest := graph.DifferentScopes
			for _, h := range c.Holding {
				for _, a := range c.Against {
					if m := contradict(b.row(h).Statement, b.row(a).Statement); m != graph.DifferentScopes {
						listed[[2]graph.Ref{h, a}] = m
						nearest = min(nearest, m)
					}
				}
			}
			if c.Scopes != nearest {
				t.Errorf("scopes are %d, not %d", nearest, c.Scopes)
			}
		}
		want := map[[2]graph.Ref]graph.ScopeMatch{}
		for i, s := range b.statements {
			for j, u := range b.statements {
				h, a := b.sum.First(graph.ClassStatement)+graph.Ref(i), b.sum.First(graph.ClassStatement)+graph.Ref(j)
				if b.stance(h) != graph.Supports || !b.against(s, u, b.stance(a)) || !s.passes(q.Filter) || !u.passes(q.Filter) ||
					q.Predicates != nil && !slices.Contains(q.Predicates, s.predicate) {
					continue
				}
				if m := contradict(s.row.Statement, u.row.Statement); m != graph.DifferentScopes {
					want[[2]graph.Ref{h, a}] = m
					if m == graph.EqualScopes {
						equal++
					} else {
						unknown++
					}
					if s.predicate != u.predicate {
						warned++
					}
				}
			}
		}
		same(t, "pairs", listed, want)
		page := q
		page.Window = window(r)
		cutOut, err := walk.Conflicts(t.Context(), b, page)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "page", *cutOut, walk.ConflictPage{Conflicts: windowed(found.Conflicts, page.Window), Total: len(found.Conflicts)})
	}
	for seed := range uint64(400) {
		check(t, quarrel(t, seed), rand.New(rand.NewPCG(seed, 9)))
		if t.Failed() {
			t.Fatalf("the graph is quarrel(%d)", seed)
		}
	}
	if equal < 100 || unknown < 100 || warned < 100 {
		t.Errorf("the graphs are too thin: %d pairs with equal scopes, %d with unknown ones, %d of a warning and what it warns of", equal, unknown, warned)
	}
}
