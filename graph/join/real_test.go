package join_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/join"
	"github.com/plexus-kg/plexus/seed"
)

// TestReal joins the seed with half a million quads of others: what everybody takes
// for one thing is one concept with the links of all, what was judged is joined as
// it was, and the hierarchy loses nothing and gains only what a member explains.
func TestReal(t *testing.T) {
	t.Parallel()
	read := func() *graph.Dataset {
		d, _, err := seed.Read(context.Background(), seed.EmbeddedPath, realdata.Whole(t).Path)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	written, joined := read(), read()
	if _, err := join.Join(joined); err != nil {
		t.Fatal(err)
	}
	of := map[graph.ID]*graph.Concept{} // by the id of each member
	for i := range joined.Concepts {
		c := &joined.Concepts[i]
		of[c.ID] = c
		for m := range c.Members {
			of[c.Members[m].ID] = c
		}
	}
	for _, same := range [][]graph.ID{
		{"epilepsy", "DOID:1826", "MONDO:0005027"},
		{"DOID:14323", "MONDO:0007947", "OMIM:154700", "ORPHA:558"}, // Marfan syndrome
		{"DOID:1485", "MONDO:0009061", "OMIM:219700", "ORPHA:586"},  // cystic fibrosis
		{"bells-palsy", "DOID:12506"},
	} {
		known := slices.DeleteFunc(slices.Clone(same), func(id graph.ID) bool { return of[id] == nil })
		if len(known) < 2 {
			t.Errorf("of %v the data has %v only", same, known)
			continue
		}
		all := []graph.ID{of[known[0]].ID}
		for _, m := range of[known[0]].Members {
			all = append(all, m.ID)
		}
		links := 0
		for _, s := range written.Statements {
			if slices.Contains(all, s.Subject) != slices.Contains(all, s.Object) && s.Object != "" {
				links++
			}
		}
		for _, s := range joined.Statements {
			if one := of[known[0]].ID; (s.Subject == one) != (s.Object == one) && s.Object != "" {
				links--
			}
		}
		for _, id := range known {
			if of[id] != of[known[0]] {
				t.Errorf("%s and %s are two", id, known[0])
			}
		}
		if links != 0 {
			t.Errorf("%v: %d links are lost", known, links)
		}
	}
	checkJudged(t, written, of)
	checkHierarchy(t, written, joined, of)
}

// checkJudged checks that what was judged by eye is one, as far as the data has the
// concepts and a match of them: it is a part of what was judged.
func checkJudged(t *testing.T, written *graph.Dataset, of map[graph.ID]*graph.Concept) {
	t.Helper()
	matched := map[graph.ID]bool{}
	for i := range written.Statements {
		if s := &written.Statements[i]; s.Predicate == graph.PredicateExactMatch {
			matched[s.Subject], matched[s.Object] = true, true
		}
	}
	text, err := os.ReadFile("testdata/judged.tsv")
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") || !strings.Contains(line, "\tsame") {
			continue
		}
		var known []graph.ID
		for _, id := range strings.Fields(strings.Split(line, "\t")[1]) {
			if matched[graph.ID(id)] && of[graph.ID(id)] != nil {
				known = append(known, graph.ID(id))
			}
		}
		for _, id := range known[min(1, len(known)):] {
			looked++
			if of[id] != of[known[0]] {
				t.Errorf("%s and %s were judged to be one, and are two", known[0], id)
			}
		}
	}
	if looked < 100 {
		t.Errorf("only %d pairs of the table are in the data", looked)
	}
}

// checkHierarchy compares what is below fifty concepts.
func checkHierarchy(t *testing.T, written, joined *graph.Dataset, of map[graph.ID]*graph.Concept) {
	t.Helper()
	below := func(d *graph.Dataset) map[graph.ID][]graph.ID {
		children := map[graph.ID][]graph.ID{}
		for i := range d.Statements {
			if s := &d.Statements[i]; s.Predicate == graph.PredicateBroader && !s.Negated && s.Withdrawn == graph.NotWithdrawn {
				children[s.Object] = append(children[s.Object], s.Subject)
			}
		}
		return children
	}
	before, after := below(written), below(joined)
	var tops []graph.ID
	for id := range before {
		if len(of[id].Members) > 1 {
			tops = append(tops, id)
		}
	}
	slices.Sort(tops)
	gained := 0
	for i := range 50 {
		top := tops[i*len(tops)/50]
		old, _ := descend(before, top)
		found, by := descend(after, of[top].ID)
		for _, id := range old {
			if !slices.Contains(found, of[id].ID) {
				t.Errorf("%s is no longer below %s", id, top)
			}
		}
		for _, id := range found {
			if slices.ContainsFunc(old, func(before graph.ID) bool { return of[before].ID == id }) {
				continue
			}
			gained++
			explained := false
			for at := id; ; at = by[at] {
				explained = explained || len(of[at].Members) > 1
				if at == of[top].ID {
					break
				}
			}
			if !explained {
				t.Errorf("%s has come below %s, and no member on the way explains it", id, top)
			}
		}
	}
	if gained == 0 {
		t.Error("nothing is gained: the concepts show little")
	}
}

// descend returns what is below a concept, and of each by which it was reached.
func descend(children map[graph.ID][]graph.ID, top graph.ID) (found []graph.ID, by map[graph.ID]graph.ID) {
	by = map[graph.ID]graph.ID{top: top}
	todo := []graph.ID{top}
	for len(todo) > 0 {
		at := todo[0]
		todo = todo[1:]
		for _, next := range children[at] {
			if _, seen := by[next]; !seen {
				by[next] = at
				found, todo = append(found, next), append(todo, next)
			}
		}
	}
	return found, by
}
