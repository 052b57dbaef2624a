package resolvers_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/resolvers"
	"github.com/plexus-kg/plexus/seed"
)

// page is what the tests read of a connection.
type page struct {
	TotalCount int
	Nodes      []struct{ ID string }
	Edges      []struct{ Cursor string }
	PageInfo   struct {
		HasNextPage, HasPreviousPage bool
		StartCursor, EndCursor       string
	}
}

func (p page) ids() []string {
	var ids []string
	for _, n := range p.Nodes {
		ids = append(ids, n.ID)
	}
	return ids
}

const pageFields = `{ totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`

// ask runs a document whose one field is r, and returns it with the code of
// the first error.
func ask[T any](t *testing.T, e *resolvers.Executor, document string, variables map[string]any) (T, string) {
	t.Helper()
	var data struct{ R T }
	response := e.Execute(t.Context(), &graphql.RawParams{Query: document, Variables: variables})
	if len(response.Errors) > 0 {
		code, _ := response.Errors[0].Extensions["code"].(string)
		return data.R, code
	}
	if err := json.Unmarshal(response.Data, &data); err != nil {
		t.Fatal(err)
	}
	return data.R, ""
}

// TestPagesJoinUp walks lists in both directions, in pages of several sizes:
// the pages together are the list.
func TestPagesJoinUp(t *testing.T) {
	e := newExecutor(t, graphtest.NewNaive(readSeed(t, seed.EmbeddedPath)))
	for _, list := range []string{
		`concepts(%s)`,
		`treatments(filter: {mentionedIn: {in: "early-treatment"}}, %s)`,
	} {
		whole, code := ask[page](t, e, fmt.Sprintf("{ r: "+list+pageFields+" }", "first: 100"), nil)
		if code != "" || whole.TotalCount == 0 || len(whole.Nodes) != whole.TotalCount {
			t.Fatalf("%s: %s %+v", list, code, whole)
		}
		for size := 1; size <= whole.TotalCount+1; size += 6 {
			var forwards, backwards []string
			var after, before any // a cursor, or nil at the start
			for {
				p, code := ask[page](t, e, "query($n: Int, $c: String) { r: "+fmt.Sprintf(list, "first: $n, after: $c")+pageFields+" }", map[string]any{"n": size, "c": after})
				if code != "" {
					t.Fatal(code)
				}
				forwards = append(forwards, p.ids()...)
				if p.PageInfo.HasPreviousPage != (after != nil) {
					t.Errorf("%s in pages of %d: hasPreviousPage is %v after %d", list, size, p.PageInfo.HasPreviousPage, len(forwards))
				}
				if !p.PageInfo.HasNextPage {
					break
				}
				after = p.PageInfo.EndCursor
			}
			for {
				p, code := ask[page](t, e, "query($n: Int, $c: String) { r: "+fmt.Sprintf(list, "last: $n, before: $c")+pageFields+" }", map[string]any{"n": size, "c": before})
				if code != "" {
					t.Fatal(code)
				}
				backwards = append(p.ids(), backwards...)
				if !p.PageInfo.HasPreviousPage {
					break
				}
				before = p.PageInfo.StartCursor
			}
			if !slices.Equal(forwards, whole.ids()) || !slices.Equal(backwards, whole.ids()) {
				t.Errorf("%s in pages of %d: forwards %d, backwards %d, whole %d", list, size, len(forwards), len(backwards), whole.TotalCount)
			}
		}
	}
}

// TestCursorsBelongToOneList: a cursor of another field, object, filter, order
// or version is refused, and so is one that was cut or edited.
func TestCursorsBelongToOneList(t *testing.T) {
	e := newExecutor(t, graphtest.NewNaive(readSeed(t, seed.EmbeddedPath)))
	const base = `query($c: String) { r: concept(id: "facial-twitching") { %s%s } }`
	type object struct{ P page }
	cursorOf := func(e *resolvers.Executor) string {
		got, code := ask[object](t, e, fmt.Sprintf(base, `p: causes(first: 1, after: $c)`, pageFields), nil)
		if code != "" || len(got.P.Edges) != 1 {
			t.Fatalf("%s %+v", code, got)
		}
		return got.P.Edges[0].Cursor
	}
	cursor := cursorOf(e)
	for field, want := range map[string]string{
		`p: causes(after: $c)`:                                       "",
		`p: causes(before: $c, filter: null)`:                        "",
		`p: causes(after: $c, filter: {modality: {in: [ASSERTED]}})`: "BAD_CURSOR",
		`p: causes(after: $c, orderBy: SOURCE)`:                      "BAD_CURSOR",
		`p: tests(after: $c)`:                                        "BAD_CURSOR",
		`p: links(after: $c, direction: OUT, predicates: ["cause"])`: "BAD_CURSOR",
	} {
		if _, code := ask[object](t, e, fmt.Sprintf(base, field, pageFields), map[string]any{"c": cursor}); code != want {
			t.Errorf("%s: %q, want %q", field, code, want)
		}
	}
	if _, code := ask[object](t, e, `query($c: String) { r: concept(id: "benign-facial-twitch") { p: causes(after: $c) { totalCount } } }`, map[string]any{"c": cursor}); code != "BAD_CURSOR" {
		t.Errorf("another concept's cursor: %q", code)
	}
	for i := range cursor {
		edited := []byte(cursor)
		if edited[i] = 'A'; cursor[i] == 'A' {
			edited[i] = 'B'
		}
		for _, bad := range []string{string(edited), cursor[:i]} {
			_, code := ask[object](t, e, fmt.Sprintf(base, `p: causes(after: $c)`, pageFields), map[string]any{"c": bad})
			if code != "BAD_CURSOR" {
				t.Errorf("%q: %q, want BAD_CURSOR", bad, code)
			}
		}
	}

	changed := readSeed(t, seed.EmbeddedPath)
	changed.Concepts[0].Note = "another version"
	if _, code := ask[object](t, newExecutor(t, graphtest.NewNaive(changed)), fmt.Sprintf(base, `p: causes(after: $c)`, pageFields), map[string]any{"c": cursor}); code != "STALE_CURSOR" {
		t.Errorf("a cursor of another version: %q, want STALE_CURSOR", code)
	}
}

// broken is a Reader whose links cannot be read.
type broken struct{ graph.Reader }

var errSecret = errors.New("disk 7 of *store.Store is on fire")

func (broken) Links(context.Context, []graph.Ref, graph.LinkQuery, *graph.LinkBatch) error {
	return errSecret
}

// TestInternalErrors: the cause is reported once and never shown.
func TestInternalErrors(t *testing.T) {
	served := release(t, graphtest.NewNaive(readSeed(t, seed.EmbeddedPath)))
	served.Reader = broken{served.Reader}
	var reported []error
	e := resolvers.NewExecutor(resolvers.Config{
		Current:   func() resolvers.Release { return served },
		RequestID: func(context.Context) string { return "r7" },
		Report:    func(_ context.Context, err error) { reported = append(reported, err) },
	})
	response := e.Execute(t.Context(), &graphql.RawParams{Query: `{ concept(id: "eeg") { detects { totalCount } } }`})
	if len(reported) != 1 || !errors.Is(reported[0], errSecret) {
		t.Errorf("reported %v", reported)
	}
	text := string(answer(t, response))
	if !strings.Contains(text, `"internal error; request r7"`) || !strings.Contains(text, `"INTERNAL"`) || strings.Contains(text, "fire") || strings.Contains(text, "store") {
		t.Errorf("shown: %s", text)
	}
}

// TestOneVersionPerOperation: an operation is answered from the version it
// began with, however often the current one changes meanwhile.
func TestOneVersionPerOperation(t *testing.T) {
	first := readSeed(t, seed.EmbeddedPath)
	second := readSeed(t, seed.EmbeddedPath)
	second.Concepts[0].Note = "another version"
	versions := []resolvers.Release{release(t, graphtest.NewNaive(first)), release(t, graphtest.NewNaive(second))}
	calls := 0
	e := resolvers.NewExecutor(resolvers.Config{
		Current:   func() resolvers.Release { calls++; return versions[calls%2] },
		RequestID: func(context.Context) string { return "" },
		Report:    func(_ context.Context, err error) { t.Error(err) },
	})
	for range 20 {
		document := `{ a: dataset { version } b: dataset { version } c: dataset { version } }`
		response := e.Execute(t.Context(), &graphql.RawParams{Query: document})
		var data map[string]struct{ Version string }
		if err := json.Unmarshal(response.Data, &data); err != nil {
			t.Fatal(err)
		}
		if data["a"] != data["b"] || data["b"] != data["c"] {
			t.Fatalf("mixed versions: %v", data)
		}
	}
	if calls != 20 {
		t.Errorf("%d looks at the current version for 20 operations", calls)
	}
}
