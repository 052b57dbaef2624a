package graphtest

import (
	"context"
	"iter"
	"testing"

	"github.com/plexus-kg/plexus/graph"
)

func testLinks(a *asker) {
	const (
		cough   = "out schema:signOrSymptom cough: ev:1 ev:12"
		fever   = "out schema:signOrSymptom fever: ev:2 ev:13"
		foreign = "in ex:linksTo " + x1 + ": ev:15"
		flu     = "out skos:related flu: ev:7 ev:14"
		rest    = "out schema:possibleTreatment rest: ev:3 ev:6"
	)
	out, in, both := graph.LinkQuery{}, graph.LinkQuery{Direction: graph.In}, graph.LinkQuery{Direction: graph.Both}
	a.lines("what leads from cold", a.links("cold", out), cough, fever, flu, rest)
	a.lines("what leads to cold", a.links("cold", in), foreign, flu)
	a.lines("both", a.links("cold", both), cough, fever, foreign, flu, rest)
	a.lines("by source", a.links("cold", graph.LinkQuery{Direction: graph.Both, Order: graph.BySource}), cough, fever, rest, flu, foreign)

	// A link to itself is found from both ends, a symmetric one is one link.
	a.lines("what leads from fever", a.links("fever", out), "out schema:cause fever: ev:5")
	a.lines("what leads to fever", a.links("fever", in),
		"in schema:signOrSymptom cold: ev:2 ev:13", "in schema:cause fever: ev:5", "in schema:cause flu: ev:9")
	a.lines("both ways of fever", a.links("fever", both),
		"in schema:signOrSymptom cold: ev:2 ev:13", "out schema:cause fever: ev:5", "in schema:cause fever: ev:5", "in schema:cause flu: ev:9")
	a.lines("fever by source", a.links("fever", graph.LinkQuery{Direction: graph.Both, Order: graph.BySource}),
		"in schema:signOrSymptom cold: ev:2 ev:13", "out schema:cause fever: ev:5", "in schema:cause fever: ev:5", "in schema:cause flu: ev:9")
	related := graph.LinkQuery{Predicates: []graph.PredicateRef{a.predicate("skos:related")}}
	for related.Direction = graph.Out; related.Direction <= graph.Both; related.Direction++ {
		a.lines("what flu is related to", a.links("flu", related), "out skos:related cold: ev:7 ev:14", "out skos:related flu: ev:8")
	}

	// What is denied and never claimed is no link, unless it is asked for.
	a.lines("flu", a.links("flu", both),
		"out skos:related cold: ev:7 ev:14", "out schema:cause fever: ev:9", "out skos:related flu: ev:8")
	a.lines("flu with denials", a.links("flu", graph.LinkQuery{Direction: graph.Both, Negated: true}),
		"out skos:related cold: ev:7 ev:14", "out schema:cause fever: ev:9", "out skos:related flu: ev:8", "out schema:typicalTest swab: ev:4")
	a.lines("flu with denials by source", a.links("flu", graph.LinkQuery{Direction: graph.Both, Negated: true, Order: graph.BySource}),
		"out schema:typicalTest swab: ev:4", "out skos:related cold: ev:7 ev:14", "out skos:related flu: ev:8", "out schema:cause fever: ev:9")
	a.lines("swab", a.links("swab", both))
	a.lines("swab with denials", a.links("swab", graph.LinkQuery{Direction: graph.In, Negated: true}), "in schema:typicalTest flu: ev:4")

	// Predicates and To.
	sign, links := a.predicate("schema:signOrSymptom"), a.predicate("ex:linksTo")
	a.lines("two predicates", a.links("cold", graph.LinkQuery{Direction: graph.Both, Predicates: []graph.PredicateRef{links, sign, links}}),
		cough, fever, foreign)
	a.lines("no predicate", a.links("cold", graph.LinkQuery{Direction: graph.Both, Predicates: []graph.PredicateRef{}}))
	a.lines("an unused predicate", a.links("cold", graph.LinkQuery{Predicates: []graph.PredicateRef{a.predicate("kg:prevents")}}))
	a.lines("to rest", a.links("cold", graph.LinkQuery{Direction: graph.Both, To: a.ref("rest")}), rest)
	a.lines("to x1, outgoing", a.links("cold", graph.LinkQuery{To: a.ref(x1)}))
	a.lines("to itself", a.links("fever", graph.LinkQuery{Direction: graph.Both, To: a.ref("fever")}),
		"out schema:cause fever: ev:5", "in schema:cause fever: ev:5")
	a.lines("to what is no concept", a.links("cold", graph.LinkQuery{Direction: graph.Both, To: a.ref("ev:1")}))
	a.lines("to nothing there is", a.links("cold", graph.LinkQuery{Direction: graph.Both, To: 9999}))

	// One row for each ref, in their order; absent refs have empty rows.
	refs := append(a.refs("swab", "cold", "ev:1"), graph.NoRef, a.ref("fever"), 9999, a.ref("cold"))
	var b graph.LinkBatch
	a.ok(a.r.Links(context.Background(), refs, out, &b))
	a.same("Start", b.Start, []uint32{0, 0, 4, 4, 4, 5, 5, 9})
	a.same("Total", b.Total, []int{0, 4, 0, 0, 1, 0, 4})
	a.lines("the second row", a.linkLines(&b, 1), cough, fever, flu, rest)
	a.lines("the last row", a.linkLines(&b, 6), cough, fever, flu, rest)
}

// on makes a condition one on a qualifier.
func on(q graph.Qualifier, c graph.Criterion) graph.Criterion {
	c.Qualifier = q
	return c
}

func where(all ...graph.Criterion) graph.Filter { return graph.Filter{Where: all} }

func testLinkFilters(a *asker) {
	text := func(in ...string) graph.Criterion { return graph.Criterion{Texts: in} }
	stated := func(yes bool) graph.Criterion { return graph.Criterion{Stated: &yes} }
	refs := func(ids ...string) graph.Criterion { return graph.Criterion{Refs: a.refs(ids...)} }
	modality := func(in ...graph.Modality) graph.Criterion {
		var c graph.Criterion
		for _, m := range in {
			c.Words = append(c.Words, uint8(m))
		}
		return c
	}
	const (
		cough = "out schema:signOrSymptom cough: "
		fever = "out schema:signOrSymptom fever: "
		x     = "in ex:linksTo " + x1 + ": ev:15"
		flu   = "out skos:related flu: "
		rest  = "out schema:possibleTreatment rest: "
	)
	for _, test := range []struct {
		what string
		f    graph.Filter
		want []string // of cold, both ways
	}{
		{"nothing", graph.Filter{}, []string{cough + "ev:1 ev:12", fever + "ev:2 ev:13", x, flu + "ev:7 ev:14", rest + "ev:3 ev:6"}},
		{"possible", where(on(graph.QualifierModality, modality(graph.Possible))), []string{rest + "ev:6"}},
		{"possible or suspected", where(on(graph.QualifierModality, modality(graph.Possible, graph.Suspected))), []string{cough + "ev:12", rest + "ev:6"}},
		{"a modality", where(on(graph.QualifierModality, stated(true))), []string{cough + "ev:1 ev:12", flu + "ev:7", rest + "ev:3 ev:6"}},
		{"no modality", where(on(graph.QualifierModality, stated(false))), []string{fever + "ev:13", x, flu + "ev:14"}},
		{"no modality, as a value", where(on(graph.QualifierModality, modality(graph.ModalityNotStated))), []string{fever + "ev:13", x, flu + "ev:14"}},
		{"no value at all", where(on(graph.QualifierModality, graph.Criterion{Words: []uint8{}})), nil},
		{"a condition that asks nothing", where(on(graph.QualifierStage, graph.Criterion{})), []string{cough + "ev:1 ev:12", fever + "ev:2 ev:13", x, flu + "ev:7 ev:14", rest + "ev:3 ev:6"}},
		{"denials", where(graph.Denied(true)), []string{fever + "ev:2"}},
		{"claims", where(graph.Denied(false)), []string{cough + "ev:1 ev:12", fever + "ev:13", x, flu + "ev:7 ev:14", rest + "ev:3 ev:6"}},
		{"often", where(on(graph.QualifierFrequency, text("often", "never"))), []string{cough + "ev:1"}},
		{"a frequency", where(on(graph.QualifierFrequency, stated(true))), []string{cough + "ev:1 ev:12"}},
		{"no frequency", where(on(graph.QualifierFrequency, text(""))), []string{fever + "ev:2 ev:13", x, flu + "ev:7 ev:14", rest + "ev:3 ev:6"}},
		{"a contradiction", where(on(graph.QualifierFrequency, graph.Criterion{Texts: []string{"often"}, Stated: ptr(false)})), nil},
		{"the early stage", where(on(graph.QualifierStage, refs("early"))), []string{rest + "ev:3"}},
		{"no stage", where(on(graph.QualifierStage, stated(false))), []string{cough + "ev:1 ev:12", fever + "ev:2 ev:13", x, flu + "ev:7 ev:14", rest + "ev:6"}},
		{"another concept as stage", where(on(graph.QualifierStage, refs("flu", "ex:data"))), nil},
		{"a timing", where(on(graph.QualifierTiming, text("first days"))), []string{rest + "ev:3"}},
		{"another timing", where(on(graph.QualifierTiming, text("First days"))), nil},
		{"a context", where(on(graph.QualifierContext, text("children"))), []string{cough + "ev:12"}},
		{"a laterality", where(on(graph.QualifierLaterality, text("both sides"))), []string{cough + "ev:12"}},
		{"a strength", where(on(graph.QualifierStrength, stated(true))), []string{cough + "ev:12"}},
		{"an attribution", where(on(graph.QualifierAttribution, text("doctors"))), []string{rest + "ev:3"}},
		{"an evidence code", where(on(graph.QualifierEvidenceCode, text("ECO:0000303"))), []string{cough + "ev:1", rest + "ev:3"}},
		{"a data set", where(on(graph.QualifierSource, refs("ex:data"))), []string{cough + "ev:12", fever + "ev:13", x, flu + "ev:14"}},
		{"an article", where(on(graph.QualifierSource, refs("colds"))), []string{cough + "ev:1", rest + "ev:3"}},
		{"a section as source", where(on(graph.QualifierSource, refs("colds-care"))), nil},
		{"a section", where(on(graph.QualifierSection, refs("colds-care"))), []string{rest + "ev:3 ev:6"}},
		{"no section", where(on(graph.QualifierSection, stated(false))), []string{cough + "ev:12", fever + "ev:13", x, flu + "ev:7 ev:14"}},
		{"two conditions", where(on(graph.QualifierSource, refs("colds")), on(graph.QualifierFrequency, stated(false))), []string{rest + "ev:3"}},
		{"and", graph.Filter{And: []graph.Filter{where(on(graph.QualifierSource, refs("ex:data"))), where(on(graph.QualifierModality, modality(graph.Suspected)))}}, []string{cough + "ev:12"}},
		{"or", graph.Filter{Or: []graph.Filter{where(on(graph.QualifierStage, refs("early"))), where(on(graph.QualifierContext, text("children")))}}, []string{cough + "ev:12", rest + "ev:3"}},
		{"an empty or", graph.Filter{Or: []graph.Filter{}}, nil},
		{"not", graph.Filter{Not: ptr(where(on(graph.QualifierSource, refs("colds"))))}, []string{cough + "ev:12", fever + "ev:13", x, flu + "ev:7 ev:14", rest + "ev:6"}},
		{"denials, deep inside", graph.Filter{
			Where: []graph.Criterion{on(graph.QualifierSource, refs("colds"))}, Not: &graph.Filter{Or: []graph.Filter{{And: []graph.Filter{where(graph.Denied(false))}}}},
		}, []string{fever + "ev:2"}},
	} {
		a.lines("links of cold that pass a filter for "+test.what, a.links("cold", graph.LinkQuery{Direction: graph.Both, Filter: &test.f}), test.want...)
	}
	a.lines("links of cold in the article, with denials",
		a.links("cold", graph.LinkQuery{Filter: ptr(where(on(graph.QualifierSource, refs("colds")))), Negated: true}), cough+"ev:1", fever+"ev:2", rest+"ev:3")
	a.lines("by source, of what passes", a.links("cold", graph.LinkQuery{
		Direction: graph.Both, Order: graph.BySource, Filter: &graph.Filter{Not: ptr(where(on(graph.QualifierSource, refs("colds"))))},
	}), rest+"ev:6", flu+"ev:7 ev:14", cough+"ev:12", fever+"ev:13", x)
}

// testLinkWindows cuts every page out of a list of five.
func testLinkWindows(a *asker) {
	of := a.refs("swab", "cold")
	for _, order := range []graph.Order{graph.ByName, graph.BySource} {
		var all, page graph.LinkBatch
		a.ok(a.r.Links(context.Background(), of, graph.LinkQuery{Direction: graph.Both, Order: order}, &all))
		positions := []int{0, 1, 2, 3, 4}
		for w := range windows(5) {
			a.ok(a.r.Links(context.Background(), of, graph.LinkQuery{Direction: graph.Both, Order: order, Window: w}, &page))
			var want graph.LinkBatch
			want.Reset()
			for _, i := range cut(positions, w) {
				want.Predicate = append(want.Predicate, all.Predicate[i])
				want.Incoming = append(want.Incoming, all.Incoming[i])
				want.Other = append(want.Other, all.Other[i])
				want.Statements.Items = append(want.Statements.Items, all.Statements.At(i)...)
				want.Statements.Close()
			}
			want.Start = []uint32{0, 0, uint32(len(want.Other))}
			want.Total = []int{0, 5}
			a.same("Links with "+describe(w), &page, &want)
		}
	}
}

// windows yields combinations of positions and sizes in and around a list of n.
func windows(n int) iter.Seq[graph.Window] {
	return func(yield func(graph.Window) bool) {
		positions, sizes := []*int{nil}, []*int{nil}
		for _, i := range []int{-1, 1, n - 2, n} {
			positions = append(positions, ptr(i))
		}
		for _, i := range []int{0, 1, 2, n + 1} {
			sizes = append(sizes, ptr(i))
		}
		for _, after := range positions {
			for _, before := range positions {
				for _, first := range sizes {
					for _, last := range sizes {
						if !yield(graph.Window{After: after, Before: before, First: first, Last: last}) {
							return
						}
					}
				}
			}
		}
	}
}

// cut is Window.Range as Relay's algorithm has it, one step after the other.
func cut[T any](list []T, w graph.Window) []T {
	var kept []T
	for i, x := range list {
		if (w.After == nil || i > *w.After) && (w.Before == nil || i < *w.Before) {
			kept = append(kept, x)
		}
	}
	if w.First != nil && len(kept) > *w.First {
		kept = kept[:*w.First]
	}
	if w.Last != nil && len(kept) > *w.Last {
		kept = kept[len(kept)-*w.Last:]
	}
	return kept
}

func testProperties(a *asker) {
	const (
		days   = "kg:duration 7 days@en: st-yhnod7eak2iglwzt ev:10"
		always = "kg:duration always@en: ev:11"
		page   = "ex:page https://pages.example/cold^^xsd:anyURI:"
		twelve = "kg:severity 12^^xsd:integer:"
		three  = "kg:severity 3^^xsd:integer:"
	)
	query := func(f graph.Filter) graph.PropertyQuery { return graph.PropertyQuery{Filter: &f} }
	data := graph.Criterion{Refs: a.refs("ex:data")}
	a.lines("cold", a.properties("cold", graph.PropertyQuery{}), days, page, twelve, three)
	a.lines("cold with denials", a.properties("cold", graph.PropertyQuery{Negated: true}), days, always, page, twelve, three)
	a.lines("under a filter only statements count", a.properties("cold", query(graph.Filter{})), days)
	a.lines("by source", a.properties("cold", query(where(on(graph.QualifierSource, data)))), "kg:duration 7 days@en: ev:10")
	a.lines("denials", a.properties("cold", query(where(graph.Denied(true)))), always)
	a.lines("by predicates", a.properties("cold", graph.PropertyQuery{
		Predicates: []graph.PredicateRef{a.predicate("kg:severity"), a.predicate("ex:page"), a.predicate("kg:severity")},
	}), page, twelve, three)
	a.lines("by no predicate", a.properties("cold", graph.PropertyQuery{Predicates: []graph.PredicateRef{}}))
	a.lines("flu, given bare and denied", a.properties("flu", graph.PropertyQuery{}), "kg:duration a day@en: ev:16")
	a.lines("flu, denied", a.properties("flu", query(graph.Filter{})))
	a.lines("cough", a.properties("cough", graph.PropertyQuery{}))

	refs := append(a.refs("fever", "ev:1"), graph.NoRef, a.ref("cold"), 9999, a.ref("fever"))
	var all, b graph.PropertyBatch
	a.ok(a.r.Properties(context.Background(), refs, graph.PropertyQuery{}, &b))
	a.same("Start", b.Start, []uint32{0, 1, 1, 1, 5, 5, 6})
	a.same("Total", b.Total, []int{1, 0, 0, 4, 0, 1})

	a.ok(a.r.Properties(context.Background(), a.refs("cold"), graph.PropertyQuery{}, &all))
	for w := range windows(4) {
		a.ok(a.r.Properties(context.Background(), a.refs("cold"), graph.PropertyQuery{Window: w}, &b))
		a.same("Values with "+describe(w), b.Value, cut(all.Value, w))
		if len(b.Total) != 1 || b.Total[0] != 4 {
			a.t.Errorf("Total with %s is %d, want 4", describe(w), b.Total)
		}
	}
}

// testDataPredicates asks for a predicate that the data set itself describes:
// its place, and that its being symmetric counts.
func testDataPredicates(t *testing.T, open func(*testing.T, *graph.Dataset) graph.Reader) {
	ds := &graph.Dataset{
		Prefixes: graph.NewPrefixes(map[string]string{"ex": "https://example.org/"}),
		Sources:  []graph.Source{{ID: "data", Kind: graph.DataSource, Name: "Data"}},
		Predicates: []graph.Predicate{
			{ID: "ex:nextTo", Name: "nextTo", Inverse: "nextTo", Description: "Side by side.", Symmetric: true},
			{ID: "ex:before", Name: "before", Inverse: "after", Domain: []graph.Kind{graph.Stage, graph.Condition}},
		},
		Concepts: []graph.Concept{
			{ID: "a", Names: english("A"), Properties: []graph.Property{{Predicate: "ex:Z", Value: graph.Value{Text: "z"}}}},
			{ID: "b", Names: english("B")},
		},
		Statements: []graph.Statement{
			{Subject: "a", Predicate: "ex:nextTo", Object: "b", Source: "data"},
			{Subject: "b", Predicate: "ex:nextTo", Object: "a", Source: "data"},
			{Subject: "b", Predicate: "ex:a", Object: "a", Source: "data"},
		},
	}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	r := open(t, ds)
	var ids []graph.ID
	first := len(graph.Registry())
	for _, p := range r.Summary().Predicates[first:] {
		ids = append(ids, p.ID)
	}
	if d := diff(ids, []graph.ID{"ex:before", "ex:nextTo", "ex:Z", "ex:a"}); d != "" {
		t.Fatalf("the predicates after the registry: %s", d)
	}
	if d := diff(r.Summary().Predicates[first].Predicate, ds.Predicates[0]); d != "" {
		t.Errorf("ex:before%s", d)
	}
	var got graph.LinkBatch
	if err := r.Links(context.Background(), []graph.Ref{1, 2}, graph.LinkQuery{}, &got); err != nil {
		t.Fatal(err)
	}
	nextTo, other := graph.PredicateRef(first+1), graph.PredicateRef(first+3)
	want := graph.LinkBatch{
		Start: []uint32{0, 1, 3}, Total: []int{1, 2},
		Predicate: []graph.PredicateRef{nextTo, nextTo, other}, Incoming: []bool{false, false, false}, Other: []graph.Ref{2, 1, 1},
		// By subject, then predicate: A nextTo B, B a A, B nextTo A.
		Statements: graph.Lists[graph.Ref]{Start: []uint32{0, 2, 4, 5}, Items: []graph.Ref{3, 5, 3, 5, 4}},
	}
	if d := diff(&got, &want); d != "" {
		t.Errorf("the links of A and B: Links%s", d)
	}
}

// testEmpty asks a graph of nothing.
func testEmpty(t *testing.T, open func(*testing.T, *graph.Dataset) graph.Reader) {
	ds := &graph.Dataset{Prefixes: graph.NewPrefixes(nil)}
	if err := ds.Normalize(); err != nil {
		t.Fatal(err)
	}
	r := open(t, ds)
	want := NewNaive(ds)
	var got, wanted answer
	for _, c := range []call{
		{Method: "Resolve", IDs: []string{"", "a"}},
		{Method: "Concepts", Refs: []graph.Ref{0, 1}, Concept: graph.AllConceptFields},
		{Method: "Statements", Refs: []graph.Ref{0, 1}, Statement: graph.AllStatementFields},
		{Method: "Sources", Refs: []graph.Ref{0, 1}},
		{Method: "Sections", Refs: []graph.Ref{0, 1}},
		{Method: "List"},
		{Method: "Links", Refs: []graph.Ref{0, 1}},
		{Method: "Properties", Refs: []graph.Ref{0, 1}},
		{Method: "Combinations", Refs: []graph.Ref{0, 1}},
	} {
		if d := c.compare(r, want, &got, &wanted); d != "" {
			t.Errorf("an empty graph, %s: %s", describe(c), d)
		}
	}
}
