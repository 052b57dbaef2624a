package join_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/join"
)

// randomWritten makes data whose concepts are joined, with links between them.
func randomWritten(t *testing.T, dice *rand.Rand) *graph.Dataset {
	t.Helper()
	d := random(dice)
	links := map[[3]string]bool{}
	any := func() graph.ID { return d.Concepts[dice.IntN(len(d.Concepts))].ID }
	for i := range 60 {
		a, b := any(), any()
		p := []graph.ID{graph.PredicateBroader, graph.PredicateCause, graph.PredicateSignOrSymptom}[dice.IntN(3)]
		if a == b || links[[3]string{string(a), string(p), string(b)}] {
			continue
		}
		links[[3]string{string(a), string(p), string(b)}] = true
		s := graph.Statement{Subject: a, Predicate: p, Object: b, Source: "maps", Locator: fmt.Sprint("L", i)}
		if dice.IntN(4) == 0 {
			s.Stage = any()
		}
		if dice.IntN(8) == 0 {
			if with := any(); with != a && with != b {
				s.With = []graph.ID{with}
			}
		}
		d.Statements = append(d.Statements, s)
	}
	for i := range d.Concepts {
		c := &d.Concepts[i]
		c.Descriptions = []graph.Text{{Text: "of " + string(c.ID), Language: []string{"", "en", "de"}[dice.IntN(3)]}}
		if dice.IntN(6) == 0 {
			c.Synonyms = []graph.Synonym{{Text: fmt.Sprint("synonym ", i), Scope: graph.ScopeExact}}
		}
		if dice.IntN(10) == 0 {
			c.Deprecated = true
			if other := any(); other != c.ID {
				c.ReplacedBy = other
			}
		}
		if dice.IntN(10) == 0 {
			c.FormerIDs = []graph.ID{graph.ID(fmt.Sprint("had-", i))}
		}
		if dice.IntN(6) == 0 { // a label of another data set
			other := graph.Concept{ID: c.ID, Names: []graph.Text{{Text: "Wort", Language: "de"}}, Sources: []graph.ID{"maps"}}
			*c = graph.Merge([]graph.Concept{*c, other})
		}
	}
	if err := d.Normalize(); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestJoin: what is joined can be taken apart again, and joining it again changes
// nothing; each member's id is kept, and nothing that it says is lost.
func TestJoin(t *testing.T) {
	joined, circles := 0, 0
	for seed := range uint64(300) {
		written := func() *graph.Dataset { return randomWritten(t, rand.New(rand.NewPCG(seed, 1))) }
		d := written()
		found, err := join.Join(d)
		if err != nil {
			t.Fatal(err)
		}
		joined += len(found.Classes)
		for _, r := range found.Refusals {
			if r.Reason == graph.RefusedCircle {
				circles++
			}
		}
		if len(found.Classes) > 0 && d.Version() == written().Version() {
			t.Fatalf("seed %d: joined, and of the same version", seed)
		}
		checkMerged(t, d, written())
		version := d.Version()
		again, err := join.Join(d)
		if err != nil || d.Version() != version || told(again) != told(found) {
			t.Fatalf("seed %d: joined again (%v):\n%s\nwant\n%s", seed, err, told(again), told(found))
		}
		if err := join.Apart(d); err != nil {
			t.Fatal(err)
		}
		if lost := graph.Lost(d, written()); lost != nil || d.Version() != written().Version() {
			t.Fatalf("seed %d: not as written: %v", seed, lost)
		}
	}
	if joined < 500 || circles < 20 {
		t.Errorf("%d joined, %d circles show little", joined, circles)
	}
}

// checkMerged checks that a joined data set says all that was written.
func checkMerged(t *testing.T, joined, written *graph.Dataset) {
	t.Helper()
	concepts := map[graph.ID]*graph.Concept{}
	for i := range joined.Concepts {
		c := &joined.Concepts[i]
		concepts[c.ID] = c
		for _, m := range c.Members {
			concepts[m.ID] = c
		}
	}
	for _, w := range written.Concepts {
		c := concepts[w.ID]
		if c == nil {
			t.Fatalf("%s is lost", w.ID)
		}
		for _, name := range w.Names {
			if !slices.Contains(c.Names, name) && !slices.ContainsFunc(c.Synonyms, func(s graph.Synonym) bool { return s.Text == name.Text }) &&
				!slices.ContainsFunc(c.Names, func(n graph.Text) bool { return n.Text == name.Text }) {
				t.Errorf("%s, in %s, has lost its name %s", w.ID, c.ID, name.Text)
			}
		}
		for _, code := range w.Codes {
			if !slices.Contains(c.Codes, code) {
				t.Errorf("%s has lost the code %s", c.ID, code.Code)
			}
		}
		for _, source := range w.Sources {
			if !slices.Contains(c.Sources, source) {
				t.Errorf("%s has lost the source %s", c.ID, source)
			}
		}
	}
	if len(joined.Statements) != len(written.Statements) {
		t.Errorf("%d statements, want %d", len(joined.Statements), len(written.Statements))
	}
	for _, s := range joined.Statements {
		if s.Subject == s.Object && s.Withdrawn != graph.WithdrawnJoined {
			t.Errorf("%s links %s with itself", s.ID, s.Subject)
		}
	}
	if cycle := circleIn(joined); cycle != "" && circleIn(written) == "" {
		t.Errorf("the hierarchy runs in a circle at %s", cycle)
	}
}

// circleIn returns a concept from which the hierarchy leads back to it.
func circleIn(d *graph.Dataset) graph.ID {
	up := map[graph.ID][]graph.ID{}
	for _, s := range d.Statements {
		if s.Predicate == graph.PredicateBroader && s.Subject != s.Object {
			up[s.Subject] = append(up[s.Subject], s.Object)
		}
	}
	for start := range up {
		seen, todo := map[graph.ID]bool{}, []graph.ID{start}
		for len(todo) > 0 {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			for _, next := range up[at] {
				if next == start {
					return start
				}
				if !seen[next] {
					seen[next] = true
					todo = append(todo, next)
				}
			}
		}
	}
	return ""
}
