package rdf_test

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed/rdf"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// forget takes the words of rdf:Statements out of a file, which many programs do
// not know.
func forget(text []byte) []byte {
	for _, word := range []string{"subject", "predicate", "object", "Statement"} {
		for _, form := range []string{"rdf:" + word, "22-rdf-syntax-ns#" + word} {
			text = bytes.ReplaceAll(text, []byte(form), []byte(strings.TrimSuffix(form, word)+"no-"+word))
		}
	}
	return text
}

// asserts returns the triples that a file asserts, in whatever graph.
func asserts(t *testing.T, format rdf.Format, ds *graph.Dataset) map[[3]graph.ID]bool {
	t.Helper()
	found, ids := map[[3]graph.ID]bool{}, map[string]graph.ID{}
	for _, c := range ds.Concepts {
		ids[c.IRI] = c.ID
	}
	err := format.Read(t.Context(), bytes.NewReader(forget(write(t, format, ds))), func(_ syntax.Place, q quad.Quad) error {
		id := func(v quad.Value) graph.ID {
			name, _ := quads.Name(v)
			return cmp.Or(ids[name], ds.Prefixes.Compact(name))
		}
		found[[3]graph.ID{id(q.Subject), id(q.Predicate), id(q.Object)}] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestPlainTriples looks at what files say to those who do not know
// rdf:Statements. Turtle asserts claims of which no source says less, and no
// other; no format asserts what no source holds.
func TestPlainTriples(t *testing.T) {
	t.Parallel()
	plain, limited, against := 0, 0, 0
	for n := range uint64(400) {
		ds := graphtest.Random(n, 8)
		curators := map[graph.ID]bool{}
		for _, s := range ds.Sources {
			curators[s.ID] = s.Kind == graph.CuratorSource
		}
		predicates := map[graph.ID]graph.PredicateCount{}
		for _, p := range graph.Summarize(ds).Predicates {
			predicates[p.ID] = p
		}
		type weight struct{ holds, all bool } // a source holds it; all do, and say no more
		claims, warned := map[[3]graph.ID]weight{}, map[[3]graph.ID]bool{}
		isDone := func(kinds []graph.Kind) bool {
			other := func(k graph.Kind) bool { return k != graph.Treatment && k != graph.Test }
			return len(kinds) > 0 && !slices.ContainsFunc(kinds, other)
		}
		both := func(s *graph.Statement) [][3]graph.ID {
			claim := [3]graph.ID{s.Subject, s.Predicate, s.Object}
			if predicates[s.Predicate].Symmetric {
				return [][3]graph.ID{claim, {s.Object, s.Predicate, s.Subject}}
			}
			return [][3]graph.ID{claim}
		}
		for i := range ds.Statements {
			s := &ds.Statements[i]
			if !s.Counts() {
				continue
			}
			q := s.Qualifiers
			if q.Modality == graph.Asserted {
				q.Modality = graph.ModalityNotStated
			}
			caution := predicates[s.Predicate].Caution
			holds := !q.Negated && (caution || q.Modality != graph.Discouraged) && (!caution || q.Modality != graph.Recommended)
			if caution && holds && s.Object != "" { // whichever end is the treatment
				for _, offered := range []graph.ID{graph.PredicatePossibleTreatment, graph.PredicateTypicalTest, graph.PredicateRecommendedCare} {
					p := predicates[s.Predicate]
					if subject, object := isDone(p.Domain), isDone(p.Range); subject || !object {
						warned[[3]graph.ID{s.Object, offered, s.Subject}] = true
					}
					if subject, object := isDone(p.Domain), isDone(p.Range); object || !subject {
						warned[[3]graph.ID{s.Subject, offered, s.Object}] = true
					}
				}
			}
			simple := q == graph.Qualifiers{} && s.Note == "" && len(s.Properties) == 0 && !curators[s.Source]
			for _, claim := range both(s) {
				w, known := claims[claim]
				claims[claim] = weight{w.holds || holds, simple && (w.all || !known)}
			}
		}
		turtle := asserts(t, rdf.Turtle, ds)
		for i := range ds.Statements {
			if s := &ds.Statements[i]; s.Object != "" {
				claim := [3]graph.ID{s.Subject, s.Predicate, s.Object}
				want := claims[claim].all && !warned[claim]
				if turtle[claim] != want {
					t.Errorf("Random(%d): %v is a plain triple: %t; without limits: %t", n, claim, !want, want)
				}
				if want {
					plain++
				} else {
					limited++
				}
			}
		}
		for _, format := range []rdf.Format{rdf.TriG, rdf.JSONLD, rdf.NQuads} {
			found := asserts(t, format, ds)
			for i := range ds.Statements {
				s := &ds.Statements[i]
				if s.Object == "" {
					continue
				}
				claim := [3]graph.ID{s.Subject, s.Predicate, s.Object}
				if claims[claim].holds {
					continue
				}
				against++
				if found[claim] {
					t.Errorf("Random(%d): %v asserts %v, which no source holds", n, format, claim)
				}
			}
		}
		if t.Failed() {
			return
		}
	}
	if plain < 20 || limited < 20 || against < 20 {
		t.Errorf("%d claims without and %d with limits, %d that nobody holds were looked at: too few", plain, limited, against)
	}
}

// TestLabelledDenials reads files of before: there every statement is a quad
// with a label, denials too.
func TestLabelledDenials(t *testing.T) {
	t.Parallel()
	denials := 0
	for n := range uint64(60) {
		ds := graphtest.Random(n, 8)
		var text bytes.Buffer
		for _, name := range ds.Prefixes.Names() {
			namespace, _ := ds.Prefixes.Namespace(name)
			fmt.Fprintf(&text, "<%s> <%sprefix> %q .\n", namespace, graph.KG, name)
		}
		for q := range quads.Encode(ds) {
			fmt.Fprintln(&text, q.NQuad())
		}
		for _, s := range ds.Statements {
			if s.Negated {
				denials++
			}
		}
		if got := read(t, rdf.NQuads, &text); got.Version() != ds.Version() {
			t.Fatalf("Random(%d) is another one: %s", n, firstDifference(ds, got))
		}
	}
	if denials < 20 {
		t.Errorf("%d denials: too few", denials)
	}
}

// TestForeignStatements reads rdf:Statements that others wrote.
func TestForeignStatements(t *testing.T) {
	t.Parallel()
	const head = `@prefix : <http://a.example/> . @prefix kg: <https://kg.example/vocab#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix biolink: <https://w3id.org/biolink/vocab/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> .
:a schema:name "A" . :b schema:name "B" .
`
	const s1 = `:s1 a rdf:Statement ; rdf:subject :a ; rdf:predicate skos:related ; rdf:object :b`
	for what, e := range map[string]struct {
		text string
		want []string // the source of each statement, and whether it is denied
	}{
		"beside its triple, it is one statement":     {`:a skos:related :b . ` + s1 + ` .`, []string{"http://a.example/s1"}},
		"in any order":                               {s1 + ` . :a skos:related :b .`, []string{"http://a.example/s1"}},
		"without its triple":                         {s1 + ` .`, []string{"http://a.example/s1"}},
		"two of one triple":                          {s1 + ` . ` + `:s2 rdf:subject :a ; rdf:predicate skos:related ; rdf:object :b . :a skos:related :b .`, []string{"http://a.example/s1", "http://a.example/s2"}},
		"a denial is none of the triple that stands": {s1 + ` ; kg:negated true . :a skos:related :b .`, []string{"http://a.example/s1 denied", "derived"}},
		"nor is a possibility":                       {s1 + ` ; kg:modality "possible" . :a skos:related :b .`, []string{"http://a.example/s1", "derived"}},
		"a note beside it is no limit":               {s1 + ` ; kg:note "in mice" . :a skos:related :b .`, []string{"http://a.example/s1"}},
		"a negative assertion is a denial":           {`:n a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty skos:related ; owl:targetIndividual :b .`, []string{"http://a.example/n denied"}},
		"of no type":                                 {`:n owl:sourceIndividual :a ; owl:assertionProperty skos:related ; owl:targetIndividual :b .`, []string{"http://a.example/n denied"}},
		"in any order, beside what it denies":        {`:n owl:targetIndividual :b ; owl:assertionProperty skos:related . :a skos:related :b . :n owl:sourceIndividual :a ; a owl:NegativePropertyAssertion .`, []string{"http://a.example/n denied", "derived"}},
		"of a value":                                 {`:n a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty :size ; owl:targetValue 3 .`, []string{"http://a.example/n denied"}},
		"negated in words of the Biolink Model":      {s1 + ` ; biolink:negated true .`, []string{"http://a.example/s1 denied"}},
		"a blank one":                                {`[] a rdf:Statement ; rdf:subject :a ; rdf:predicate skos:related ; rdf:object :b .`, []string{"_:bnhqselmokagmzhkcj"}},
		"parts in any order, said twice":             {`:s1 rdf:object :b . :s1 rdf:subject :a, :a . :s1 rdf:predicate skos:related . :s1 rdf:object :b .`, []string{"http://a.example/s1"}},
	} {
		got := map[string]bool{}
		ds := read(t, rdf.Turtle, bytes.NewReader([]byte(head+e.text)))
		for _, s := range ds.Statements {
			name := string(s.ID)
			if graph.IsStatementID(name) {
				name = "derived"
			}
			if s.Negated {
				name += " denied"
			}
			if len(s.Properties) > 0 {
				t.Errorf("%s: the record has %v", what, s.Properties)
			}
			got[name] = true
		}
		if len(got) != len(e.want) || len(ds.Statements) != len(e.want) || len(ds.Concepts) != 2 {
			t.Errorf("%s: statements %v, want %v", what, got, e.want)
		}
		for _, name := range e.want {
			if !got[name] {
				t.Errorf("%s: statements %v, want %v", what, got, e.want)
			}
		}
	}
}
