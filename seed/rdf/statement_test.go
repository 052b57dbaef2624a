package rdf_test

import (
	"bytes"
	"testing"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/seed/rdf"
)

// TestPlainTriples takes all rdf:Statements out of Turtle and looks at what is
// left for those who do not know them: claims that nothing limits, and no
// other.
func TestPlainTriples(t *testing.T) {
	t.Parallel()
	plain, limited := 0, 0
	for n := range uint64(250) {
		ds := graphtest.Random(n, 8)
		claims := map[[3]graph.ID]bool{} // true: the source says so, and no more
		for _, s := range ds.Statements {
			q := s.Qualifiers
			if q.Modality == graph.Asserted {
				q.Modality = graph.ModalityNotStated
			}
			claim := [3]graph.ID{s.Subject, s.Predicate, s.Object}
			claims[claim] = claims[claim] || q == graph.Qualifiers{}
		}
		text := write(t, rdf.Turtle, ds)
		text = bytes.ReplaceAll(text, []byte("rdf:object"), []byte("rdf:nothing"))
		text = bytes.ReplaceAll(text, []byte("a rdf:Statement"), []byte("rdf:nothing rdf:nothing"))
		found := map[[3]graph.ID]bool{}
		for _, s := range read(t, rdf.Turtle, bytes.NewReader(text)).Statements {
			found[[3]graph.ID{s.Subject, s.Predicate, s.Object}] = true
		}
		for claim, holds := range claims {
			if claim[2] == "" {
				continue
			}
			if found[claim] != holds {
				t.Errorf("Random(%d): %v is a plain triple: %t; without limits: %t", n, claim, found[claim], holds)
			}
			if holds {
				plain++
			} else {
				limited++
			}
		}
	}
	if plain < 20 || limited < 20 {
		t.Errorf("%d claims without and %d with limits were looked at: too few", plain, limited)
	}
}

// TestForeignStatements reads rdf:Statements that others wrote.
func TestForeignStatements(t *testing.T) {
	t.Parallel()
	const head = `@prefix : <http://a.example/> . @prefix kg: <https://kg.example/vocab#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
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
