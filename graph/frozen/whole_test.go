package frozen_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/frozen"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/quads"
)

// large is how many quads a large graph has.
func large() int {
	if testing.Short() {
		return 10_000
	}
	return 100_000
}

// Everything in a large graph comes back, field by field, from memory and from
// a file.
func TestEverythingOfALargeGraph(t *testing.T) {
	ds := graphtest.Large(3, large())
	s := build(t, ds)
	everything(t, s, ds)
	everything(t, reopened(t, s), ds)
}

// The same with real quads, read as others wrote them.
func TestEverythingOfRealQuads(t *testing.T) { realdata.Each(t, everythingOf) }

func everythingOf(t *testing.T, d realdata.Data) {
	f, err := os.Open(d.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	r, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []quad.Quad
	err = quads.ReadNQuads(context.Background(), r, func(_ int, q quad.Quad) error {
		all = append(all, q)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ds, err := quads.Decode(graph.NewPrefixes(map[string]string{"DOID": "http://purl.obolibrary.org/obo/DOID_"}), quads.Part{Quads: all})
	if err != nil {
		t.Fatal(err)
	}
	s := build(t, ds)
	everything(t, s, ds)
	sameDataset(t, "real", dataset(t, s), ds)
}

// everything compares all that a Store says of concepts and statements with a
// data set.
func everything(t *testing.T, s *frozen.Store, ds *graph.Dataset) {
	t.Helper()
	ctx := context.Background()
	ref := map[graph.ID]graph.Ref{"": graph.NoRef}
	sum := s.Summary()
	next := graph.Ref(1)
	number := func(id graph.ID) {
		ref[id] = next
		next++
	}
	for i := range ds.Concepts {
		number(ds.Concepts[i].ID)
	}
	for i := range ds.Statements {
		number(ds.Statements[i].ID)
	}
	for i := range ds.Articles {
		number(ds.Articles[i].ID)
	}
	for i := range ds.Articles {
		for _, part := range ds.Articles[i].Sections {
			number(part.ID)
		}
	}
	for i := range ds.Sources {
		number(ds.Sources[i].ID)
	}
	refs := func(ids []graph.ID) []graph.Ref {
		var list []graph.Ref
		for _, id := range ids {
			list = append(list, ref[id])
		}
		slices.Sort(list)
		return list
	}
	same := func(id graph.ID, what string, got, want any) {
		t.Helper()
		g, w := reflect.ValueOf(got), reflect.ValueOf(want)
		if g.Kind() == reflect.Slice && g.Len() == 0 && w.Len() == 0 {
			return
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %s is %v, want %v", id, what, got, want)
		}
	}
	var (
		concepts   graph.ConceptBatch
		statements graph.StatementBatch
		resolution graph.Resolution
		values     graph.PropertyBatch
	)
	for i := range ds.Concepts {
		c := &ds.Concepts[i]
		one := []graph.Ref{graph.Ref(i + 1)}
		if err := s.Concepts(ctx, one, graph.AllConceptFields, &concepts); err != nil {
			t.Fatal(err)
		}
		same(c.ID, "id", concepts.ID[0], string(c.ID))
		same(c.ID, "IRI", concepts.IRI[0], c.IRI)
		same(c.ID, "name", concepts.Name[0], c.Name())
		same(c.ID, "kind", concepts.Kind[0], c.Kind())
		same(c.ID, "note", concepts.Note[0], c.Note)
		same(c.ID, "types", concepts.Types.At(0), c.Types)
		same(c.ID, "names", concepts.Names.At(0), c.Names)
		same(c.ID, "descriptions", concepts.Descriptions.At(0), c.Descriptions)
		same(c.ID, "synonyms", concepts.Synonyms.At(0), c.Synonyms)
		same(c.ID, "codes", concepts.Codes.At(0), c.Codes)
		same(c.ID, "sections", concepts.Sections.At(0), refs(c.Sections))
		same(c.ID, "sources", concepts.Sources.At(0), refs(c.Sources))
		if err := s.Resolve(ctx, []string{string(c.ID), c.IRI}, &resolution); err != nil {
			t.Fatal(err)
		}
		same(c.ID, "resolved", resolution.Refs, []graph.Ref{one[0], one[0]})
		if err := s.Properties(ctx, one, graph.PropertyQuery{Negated: true}, &values); err != nil {
			t.Fatal(err)
		}
		for _, p := range c.Properties {
			if !slices.ContainsFunc(slices.Collect(indices(len(values.Value))), func(i int) bool {
				return values.Value[i] == p.Value && sum.Predicates[values.Predicate[i]].ID == p.Predicate
			}) {
				t.Errorf("%s: the property %v is missing", c.ID, p)
			}
		}
	}
	for i := range ds.Statements {
		st := &ds.Statements[i]
		one := []graph.Ref{sum.First(graph.ClassStatement) + graph.Ref(i)}
		if err := s.Statements(ctx, one, graph.AllStatementFields, &statements); err != nil {
			t.Fatal(err)
		}
		b := &statements
		same(st.ID, "claim",
			[]any{b.ID[0], b.IRI[0], b.Subject[0], sum.Predicates[b.Predicate[0]].ID, b.Object[0], b.Value[0]},
			[]any{string(st.ID), st.IRI, ref[st.Subject], st.Predicate, ref[st.Object], st.Value})
		var want graph.StatementBatch
		want.AppendQualifiers(graph.AllStatementFields, st, func(id graph.ID) graph.Ref { return ref[id] })
		same(st.ID, "qualifiers", fmt.Sprint(b.Qualifiers), fmt.Sprint(want.Qualifiers)) // as texts: NaN differs from itself
		same(st.ID, "properties", b.Properties.At(0), st.Properties)
		if t.Failed() {
			t.FailNow()
		}
	}
	if sum.Version != ds.Version() || sum.Concepts == 0 || sum.Statements == 0 {
		t.Errorf("the version is %s, want %s", sum.Version, ds.Version())
	}
}

func indices(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}
