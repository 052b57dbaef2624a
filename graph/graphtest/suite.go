package graphtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

// TestReader tests that a Reader keeps the contract of graph.Reader. It calls
// open for every graph it asks about; open builds the Reader, registers what
// closes it with t.Cleanup, and fails t if it cannot. A data set given to open
// is normalized and is not changed afterwards.
func TestReader(t *testing.T, open func(t *testing.T, ds *graph.Dataset) graph.Reader) {
	t.Helper()
	small := func(test func(*asker)) func(*testing.T) {
		return func(t *testing.T) {
			ds := Small()
			test(&asker{t: t, r: open(t, ds), version: ds.Version()})
		}
	}
	t.Run("Summary", small(testSummary))
	t.Run("Resolve", small(testResolve))
	t.Run("Concepts", small(testConcepts))
	t.Run("Statements", small(testStatements))
	t.Run("Sources", small(testSources))
	t.Run("Sections", small(testSections))
	t.Run("List", small(testList))
	t.Run("Links", small(testLinks))
	t.Run("LinkFilters", small(testLinkFilters))
	t.Run("LinkWindows", small(testLinkWindows))
	t.Run("Properties", small(testProperties))
	t.Run("Invalid", small(testInvalid))
	t.Run("Cancelled", small(testCancelled))
	t.Run("Batches", small(testBatches))
	t.Run("Concurrent", small(testConcurrent))
	t.Run("ResolveOrder", func(t *testing.T) { testResolveOrder(t, open) })
	t.Run("DataPredicates", func(t *testing.T) { testDataPredicates(t, open) })
	t.Run("DataTypes", func(t *testing.T) { testDataTypes(t, open) })
	t.Run("Together", func(t *testing.T) { testTogether(t, open) })
	t.Run("Empty", func(t *testing.T) { testEmpty(t, open) })
	t.Run("Random", func(t *testing.T) { testRandom(t, open) })
}

// asker asks a Reader on the small graph and writes the answers with ids, so
// that wanted answers can be read beside the drawing of [Small].
type asker struct {
	t       *testing.T
	r       graph.Reader
	version string // of the data set
}

// smallIDs lists the things of the small graph in the order of their refs.
var smallIDs = strings.Fields(`
	cold cough early ex:fatigue-a ex:fatigue-b fever http://foreign.example/x1 flu rest swab oedema
	ev:1 ev:2 ev:3 ev:4 st-yhnod7eak2iglwzt ev:5 ev:6 ev:7 ev:8 ev:9 ev:10 ev:11 ev:12 ev:13 ev:14 ev:15 ev:16
	colds notes
	colds-signs colds-care
	curator ex:data`)

// ref returns the ref that the thing with this id must have.
func (a *asker) ref(id string) graph.Ref {
	a.t.Helper()
	i := slices.Index(smallIDs, id)
	if i < 0 {
		a.t.Fatalf("the small graph has no %q", id)
	}
	return graph.Ref(i + 1)
}

func (a *asker) refs(ids ...string) []graph.Ref {
	a.t.Helper()
	var refs []graph.Ref
	for _, id := range ids {
		refs = append(refs, a.ref(id))
	}
	return refs
}

// names writes refs as ids, separated by spaces.
func names(refs []graph.Ref) string {
	var ids []string
	for _, r := range refs {
		switch {
		case r == graph.NoRef:
			ids = append(ids, "-")
		case int(r) > len(smallIDs):
			ids = append(ids, fmt.Sprintf("ref(%d)", r))
		default:
			ids = append(ids, smallIDs[r-1])
		}
	}
	return strings.Join(ids, " ")
}

// predicate returns the position of a predicate in the summary.
func (a *asker) predicate(id graph.ID) graph.PredicateRef {
	a.t.Helper()
	p, ok := a.r.Summary().Predicate(id)
	if !ok {
		a.t.Fatalf("Summary().Predicates lacks %s", id)
	}
	return p
}

// ok fails the test on an error.
func (a *asker) ok(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// same reports where an answer differs from the wanted one.
func (a *asker) same(what string, got, want any) {
	a.t.Helper()
	if d := diff(got, want); d != "" {
		a.t.Errorf("%s: %s", what, d)
	}
}

// lines reports the first line of an answer that differs from the wanted one.
func (a *asker) lines(what string, got []string, want ...string) {
	a.t.Helper()
	if !slices.Equal(got, want) {
		a.t.Errorf("%s:\n got %s\nwant %s", what, strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// links asks for the links of one concept and writes each as
// "out predicate other: statements".
func (a *asker) links(of string, q graph.LinkQuery) []string {
	a.t.Helper()
	var b graph.LinkBatch
	a.ok(a.r.Links(context.Background(), a.refs(of), q, &b))
	if len(b.Start) != 2 || len(b.Total) != 1 {
		a.t.Fatalf("the links of one concept have %d offsets and %d totals, want 2 and 1", len(b.Start), len(b.Total))
	}
	return a.linkLines(&b, 0)
}

func (a *asker) linkLines(b *graph.LinkBatch, row int) []string {
	var lines []string
	for i := int(b.Start[row]); i < int(b.Start[row+1]); i++ {
		way := "out"
		if b.Incoming[i] {
			way = "in"
		}
		predicate := a.r.Summary().Predicates[b.Predicate[i]].ID
		lines = append(lines, fmt.Sprintf("%s %s %s: %s", way, predicate, names(b.Other[i:i+1]), names(b.Statements.At(i))))
	}
	return lines
}

// properties asks for the values of one concept and writes each as
// "predicate value: statements".
func (a *asker) properties(of string, q graph.PropertyQuery) []string {
	a.t.Helper()
	var b graph.PropertyBatch
	a.ok(a.r.Properties(context.Background(), a.refs(of), q, &b))
	if len(b.Start) != 2 || len(b.Total) != 1 {
		a.t.Fatalf("the values of one concept have %d offsets and %d totals, want 2 and 1", len(b.Start), len(b.Total))
	}
	var lines []string
	for i, v := range b.Value {
		text := v.Text
		if v.Language != "" {
			text += "@" + v.Language
		}
		if v.Datatype != "" {
			text += "^^" + string(v.Datatype)
		}
		line := fmt.Sprintf("%s %s: %s", a.r.Summary().Predicates[b.Predicate[i]].ID, text, names(b.Statements.At(i)))
		lines = append(lines, strings.TrimSuffix(line, " "))
	}
	return lines
}

func ptr[T any](v T) *T { return &v }
