package resolvers_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/seed"
)

// counted is what the counts of a connection add up to.
type counted struct {
	TotalCount      int
	KindCounts      []struct{ ConceptCount int }
	PredicateCounts []struct{ Count int }
	ModalityCounts  []struct{ Count int }
	SourceCounts    []struct{ Count int }
}

const linkCounts = `totalCount kindCounts { conceptCount } predicateCounts { count } modalityCounts { count } sourceCounts { count }`

// TestCountsWhateverThePage: all counts of a list, asked for side by side, are
// those of the whole list, whatever page is asked for with them.
func TestCountsWhateverThePage(t *testing.T) {
	e := newExecutor(t, graphtest.NewNaive(readSeed(t, seed.EmbeddedPath)))
	for _, list := range []string{
		`concept(id: "facial-twitching") { p: links(%s) { ` + linkCounts + ` } }`,
		`concept(id: "facial-paralysis") { p: links(includeNarrower: true, %s) { ` + linkCounts + ` } }`,
		`concept(id: "facial-nerve-disease") { p: narrower(transitive: true, %s) { ` + linkCounts + ` } }`,
		`concept(id: "facial-twitching") { p: narrower(%s) { ` + linkCounts + ` } }`,
	} {
		type object struct{ P counted }
		document := func(page string) string { return "{ r: " + fmt.Sprintf(list, page) + " }" }
		whole, code := ask[object](t, e, document("first: 100"), nil)
		if code != "" || whole.P.TotalCount < 2 || len(whole.P.KindCounts) == 0 || len(whole.P.ModalityCounts) == 0 || len(whole.P.SourceCounts) == 0 {
			t.Fatalf("%s: %s %+v", list, code, whole)
		}
		links := 0
		for _, p := range whole.P.PredicateCounts {
			links += p.Count
		}
		if links != whole.P.TotalCount { // each link has one predicate
			t.Errorf("%s: %d links by predicate, %d in all", list, links, whole.P.TotalCount)
		}
		// Many at once, so that the race detector sees fields side by side.
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for _, page := range []string{"first: 0", "first: 1", "last: 1"} {
					response := e.Execute(t.Context(), &graphql.RawParams{Query: document(page)})
					want := e.Execute(t.Context(), &graphql.RawParams{Query: document("first: 100")})
					if string(response.Data) != string(want.Data) {
						t.Errorf("%s with %s: %s, want %s", list, page, response.Data, want.Data)
					}
				}
			})
		}
		all.Wait()
	}
}

// TestCursorsKnowEveryArgument: a cursor is refused once any argument that
// decides what is in the list, or its order, has changed.
func TestCursorsKnowEveryArgument(t *testing.T) {
	e := newExecutor(t, graphtest.NewNaive(readSeed(t, seed.EmbeddedPath)))
	const connection = `{ edges { cursor } }`
	for list, changed := range map[string][]string{
		`search(text: "facial"%s)`:                                                            {`, kinds: [SYMPTOM]`},
		`paths(from: "eeg", to: "mri"%s)`:                                                     {`, avoid: ["brain"]`, `, longerBy: 1`, `, maxLength: 3`, `, predicates: ["tests"]`},
		`rank(findings: ["facial-twitching"]%s)`:                                              {`, kinds: [SYMPTOM]`, `, excluded: ["tingling"]`},
		`concepts(filter: {}%s)`:                                                              {`, orderBy: LINKS`},
		`concept(id: "facial-nerve-disease") { r: narrower(transitive: true%s)`:               {`, filter: {negated: false}`},
		`concept(id: "facial-paralysis") { r: links(direction: IN%s)`:                         {`, includeNarrower: true`, `, mergeSame: true`, `, nodeFilter: {}`, `, filter: {}`, `, orderBy: SOURCE`},
		`node(id: "common-causes") { ... on Section { r: statements(includeInferred: true%s)`: nil,
	} {
		depth := strings.Count(list, "{") - strings.Count(list, "}")
		document := func(arguments string) string {
			return "query($c: String) { r: " + fmt.Sprintf(list, ", first: 1, after: $c"+arguments) + connection + strings.Repeat(" }", depth) + " }"
		}
		type connectionOf struct {
			Edges []struct{ Cursor string }
			R     struct{ Edges []struct{ Cursor string } }
		}
		got, code := ask[connectionOf](t, e, document(""), nil)
		edges := append(got.Edges, got.R.Edges...)
		if code != "" || len(edges) != 1 {
			t.Fatalf("%s: %q %+v", document(""), code, got)
		}
		cursor := map[string]any{"c": edges[0].Cursor}
		if _, code := ask[any](t, e, document(""), cursor); code != "" {
			t.Errorf("%s: its own cursor: %q", list, code)
		}
		for _, arguments := range changed {
			if _, code := ask[any](t, e, document(arguments), cursor); code != "BAD_CURSOR" {
				t.Errorf("%s with %s: %q, want BAD_CURSOR", list, arguments, code)
			}
		}
	}
}
