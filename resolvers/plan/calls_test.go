package plan_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/rogpeppe/go-internal/diff"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed"
)

// calls is a Reader that notes which of its methods are called.
type calls struct {
	graph.Reader
	lock sync.Mutex
	seen []string
}

func (c *calls) note(method string) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.seen = append(c.seen, method)
}

func (c *calls) Resolve(ctx context.Context, ids []string, out *graph.Resolution) error {
	c.note("Resolve")
	return c.Reader.Resolve(ctx, ids, out)
}

func (c *calls) Concepts(ctx context.Context, refs []graph.Ref, fields graph.ConceptFields, out *graph.ConceptBatch) error {
	c.note("Concepts")
	return c.Reader.Concepts(ctx, refs, fields, out)
}

func (c *calls) Statements(ctx context.Context, refs []graph.Ref, fields graph.StatementFields, out *graph.StatementBatch) error {
	c.note("Statements")
	return c.Reader.Statements(ctx, refs, fields, out)
}

func (c *calls) Sources(ctx context.Context, refs []graph.Ref, fields graph.SourceFields, out *graph.SourceBatch) error {
	c.note("Sources")
	return c.Reader.Sources(ctx, refs, fields, out)
}

func (c *calls) Sections(ctx context.Context, refs []graph.Ref, out *graph.SectionBatch) error {
	c.note("Sections")
	return c.Reader.Sections(ctx, refs, out)
}

func (c *calls) List(ctx context.Context, q graph.ConceptQuery, out *graph.RefList) error {
	c.note("List")
	return c.Reader.List(ctx, q, out)
}

func (c *calls) Links(ctx context.Context, refs []graph.Ref, q graph.LinkQuery, out *graph.LinkBatch) error {
	c.note("Links")
	return c.Reader.Links(ctx, refs, q, out)
}

func (c *calls) Properties(ctx context.Context, refs []graph.Ref, q graph.PropertyQuery, out *graph.PropertyBatch) error {
	c.note("Properties")
	return c.Reader.Properties(ctx, refs, q, out)
}

func (c *calls) Combinations(ctx context.Context, refs []graph.Ref, out *graph.Lists[graph.Ref]) error {
	c.note("Combinations")
	return c.Reader.Combinations(ctx, refs, out)
}

// TestCalls: a level and link field of an operation is one call of the Reader,
// however many objects stand on the level.
func TestCalls(t *testing.T) {
	ds, _, err := seed.Read(t.Context(), seed.EmbeddedPath)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, ds, 0)
	reader := &calls{Reader: w.release.Reader}
	w.release.Reader = reader
	for _, c := range []struct{ shape, query, want string }{
		{"one thing by id", `{ concept(id: "bells-palsy") { id name codes { code } synonyms { text } } }`, "Resolve Concepts"},
		{"a list", `{ symptoms(first: 100) { totalCount nodes { id name } pageInfo { endCursor } } }`, "List Concepts"},
		{"only its length", `{ symptoms { totalCount } }`, "List"},
		{"one level of links", `{ symptoms(first: 100) { nodes { causes { nodes { name } } } } }`, "List Concepts Links Concepts"},
		{"links, only counted", `{ symptoms(first: 100) { nodes { causes { totalCount } } } }`, "List Concepts Links"},
		{"through edges", `{ symptoms(first: 100) { edges { node { causes { edges { cursor node { name } } } } } } }`, "List Concepts Links Concepts"},
		{
			"two levels", `{ symptoms(first: 100) { nodes { causes { nodes { name tests { nodes { name } } } } } } }`,
			"List Concepts Links Concepts Links Concepts",
		},
		{
			"two fields on a level", `{ symptoms(first: 100) { nodes { causes { nodes { name } } tests { nodes { name } } } } }`,
			"List Concepts Links Concepts Links Concepts",
		},
		{
			"statements with all around them",
			`{ symptoms(first: 100) { nodes { links(first: 100) { edges { predicate { id } via { id } statements {
				id modality negated frequency subject { id } object { id } stage { id } source { id name } section { id article { id } } } } } } } }`,
			"List Concepts Links Concepts Statements Concepts Concepts Concepts Sources Sections Sources",
		},
		{
			"fragments on several kinds, one field",
			`{ concepts(first: 100) { nodes { ...on Symptom { causes { nodes { id } } } ...on Condition { tests { nodes { id } } } ...on Concept { name } } } }`,
			"List Concepts Links Concepts Links Concepts",
		},
		{"a field that kinds share", `{ concepts(first: 100) { nodes { ...F ...on Symptom { iri ...F } } } } fragment F on Concept { causes { nodes { id } } }`, "List Concepts Links Concepts"},
		{
			"links with their support", `{ symptoms(first: 100) { nodes { causes { edges { node { id } support { statements sources } } } } } }`,
			"List Concepts Links Concepts Statements",
		},
		{"links of two sources", `{ symptoms(first: 100) { nodes { causes(support: { minSources: 2 }) { totalCount } } } }`, "List Concepts Links Links Statements"},
		{"statements", `{ statements(first: 100) { totalCount nodes { id subject { id } } } }`, "Statements Concepts"},
		{"conflicts", `{ conflicts { nodes { supporting { id } } } }`, "Statements Statements Statements"},
		{"values", `{ conditions(first: 100) { nodes { properties { nodes { value { text } } edges { statements { id } } } } } }`, "List Concepts Properties Statements"},
		{"a filter", `{ symptoms(first: 100) { nodes { causes(filter: {source: {in: ["facial-twitching-article"]}}) { totalCount } } } }`, "List Concepts Resolve Links"},
		{"things of any class", `{ nodes(ids: ["bells-palsy", "facial-twitching-article", "common-causes"]) { id } }`, "Resolve Concepts Statements Sections Sources"},
		{"what a router refers to", `{ _entities(representations: [{__typename: "Condition", id: "bells-palsy"}, {__typename: "Concept", id: "eeg"}]) { ...on Condition { name } ...on Test { name } } }`, "Resolve Concepts Concepts Statements Sections Sources"},
		{"an article", `{ articles { nodes { name sections { heading concepts(first: 100) { nodes { name } } } } } }`, "Sources Sections Concepts"},
		{"what a text finds", `{ search(text: "facial") { nodes { name causes { nodes { name } } } } }`, "Concepts Links Concepts"},
	} {
		reader.seen = nil
		response := w.planned.Execute(t.Context(), &graphql.RawParams{Query: c.query})
		if len(response.Errors) > 0 {
			t.Errorf("%s: %v", c.shape, response.Errors)
		}
		if got := strings.Join(reader.seen, " "); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.shape, got, c.want)
		}
		planned := len(reader.seen)
		reader.seen = nil
		w.resolved.Execute(t.Context(), &graphql.RawParams{Query: c.query})
		t.Logf("%-40s %3d calls, the resolvers make %d", c.shape, planned, len(reader.seen))
	}
}

// TestCopies: what was written in an object that an error took back is not
// copied from there.
func TestCopies(t *testing.T) {
	w := newWorld(t, dataset(t, 9), 0)
	const last = "bells-palsy"
	r := w.resolved.Execute(t.Context(), &graphql.RawParams{Query: `{ concept(id: "` + last + `") { links(first: 1) { edges { cursor } } } }`})
	after := string(cursor.FindSubmatch(r.Data)[1])
	for _, c := range w.dataset.Concepts {
		params := func() *graphql.RawParams {
			return &graphql.RawParams{
				Query: `query($ids: [ID!]!, $after: String) { nodes(ids: $ids) { ...on Concept {
					links(first: 50) { nodes { id name } } rest: links(first: 1, after: $after) { totalCount } } } }`,
				Variables: map[string]any{"ids": []any{string(c.ID), last}, "after": after},
			}
		}
		want, got := text(t, w.resolved.Execute(t.Context(), params())), text(t, w.planned.Execute(t.Context(), params()))
		if !bytes.Equal(want, got) {
			t.Errorf("%s\n%s", c.ID, diff.Diff("resolved", want, "planned", got))
		}
	}
}

// TestNulls: a field that must not be null and is takes its object with it, and
// that the next one, up to a field that may be null; every error is told with
// its path (https://spec.graphql.org/October2021/#sec-Handling-Field-Errors).
func TestNulls(t *testing.T) {
	ds, _, err := seed.Read(t.Context(), seed.EmbeddedPath)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, ds, 0)
	for _, c := range []struct {
		name, query, data string
		errors            []string
	}{
		{"the root field may be null", `{ a: concept(id: "bells-palsy") { name causes(first: -1) { totalCount } } dataset { articleCount } }`, `{"a":null,"dataset":{"articleCount":1}}`, []string{"a.causes BAD_PAGE_SIZE"}},
		{"no root field may be null", `{ conditions(first: 1) { nodes { a: tests(first: 101) { totalCount } } } }`, `null`, []string{"conditions.nodes[0].a BAD_PAGE_SIZE"}},
		{"an item of a list may be null", `{ nodes(ids: ["mri", "not an id", "eeg"]) { id } }`, `{"nodes":[{"id":"mri"},null,{"id":"eeg"}]}`, []string{"nodes[1] BAD_ID"}},
		{"below an item that may be null", `{ nodes(ids: ["mri", "eeg"]) { id ...on Test { detects(after: "x") { totalCount } } } }`, `{"nodes":[null,null]}`, []string{"nodes[0].detects BAD_CURSOR", "nodes[1].detects BAD_CURSOR"}},
		{"all errors are told", `{ node(id: "mri") { ...on Concept { a: tests(first: -1) { totalCount } b: links(predicates: ["?"]) { totalCount } } } }`, `{"node":null}`, []string{"node.a BAD_PAGE_SIZE", "node.b BAD_FILTER"}},
		{"what is not there is no error", `{ concept(id: "nothing-like-that") { name } statement(id: "st-nothing") { id } }`, `{"concept":null,"statement":null}`, nil},
	} {
		for way, e := range map[string]interface {
			Execute(context.Context, *graphql.RawParams) *graphql.Response
		}{"planned": w.planned, "resolved": w.resolved} {
			response := e.Execute(t.Context(), &graphql.RawParams{Query: c.query})
			var errors []string
			for _, e := range response.Errors {
				errors = append(errors, fmt.Sprintf("%s %v", e.Path, e.Extensions["code"]))
			}
			if string(response.Data) != c.data || !slices.Equal(errors, c.errors) {
				t.Errorf("%s, %s: %s %q", c.name, way, response.Data, errors)
			}
		}
	}
}
