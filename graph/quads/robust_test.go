package quads_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// TestAnyQuads throws quads together at random, out of the very words that
// mean something to the decoder. Whatever comes out is stable: encoded and
// decoded again it is the same, and the order of the quads does not matter.
func TestAnyQuads(t *testing.T) {
	p := graph.NewPrefixes(map[string]string{"a": "http://a.example/"})
	refused, types, predicates := 0, 0, 0
	rounds := 10_000
	if testing.Short() {
		rounds = 1000
	}
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 1))
		all := make([]quad.Quad, 1+r.IntN(12))
		for i := range all {
			all[i] = anyQuad(r, p)
			if seed%2 == 1 && r.IntN(3) > 0 {
				all[i] = anyDeclaration(r, p)
			}
		}
		ds, err := quads.Decode(p, quads.Part{Quads: all})
		if err != nil {
			refused++
			continue
		}
		said, err := quads.Decode(p, quads.Part{Source: graph.Source{ID: "file", Kind: graph.DataSource}, Quads: all})
		if err != nil {
			t.Fatalf("seed %d: refused with a source: %v", seed, err)
		}
		for i := range said.Statements { // GraphQL promises one for each
			if said.Statements[i].Source == "" {
				t.Errorf("seed %d: the statement %v has no source", seed, said.Statements[i])
			}
		}
		types += len(ds.Types)
		predicates += len(ds.Predicates)
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		shuffled, err := quads.Decode(p, quads.Part{Quads: all})
		if err != nil {
			t.Fatalf("seed %d: refused in another order: %v", seed, err)
		}
		sameDataset(t, fmt.Sprintf("seed %d, shuffled", seed), shuffled, ds)
		again, err := quads.Decode(p, quads.Part{Quads: slices.Collect(quads.Encode(ds))})
		if err != nil {
			t.Fatalf("seed %d: its own encoding refused: %v", seed, err)
		}
		sameDataset(t, fmt.Sprintf("seed %d, encoded and decoded", seed), again, ds)
		if t.Failed() {
			for _, q := range all {
				t.Log(q.NQuad())
			}
			return
		}
	}
	t.Logf("%d of %d refused; %d types and %d predicates are declared", refused, rounds, types, predicates)
	if refused > rounds/2 || types < rounds/50 || predicates < rounds/50 {
		t.Error("the test tests little")
	}
}

func anyQuad(r *rand.Rand, p graph.Prefixes) quad.Quad {
	iri := func(ids ...string) quad.Value { return quads.Node(p.Expand(graph.ID(ids[r.IntN(len(ids))]))) }
	thing := func() quad.Value { return iri("a:1", "a:2", "a:3", "a:4", "a:5", "_:b") }
	q := quad.Quad{
		Subject: thing(),
		Predicate: iri("schema:cause", "schema:causeOf", "schema:riskFactor", "skos:exactMatch", "skos:related", "schema:isPartOf", "rdf:type",
			"kg:primaryType", "schema:name", "schema:identifier", "skos:altLabel", "schema:code", "schema:additionalProperty", "kg:id",
			"kg:stage", "kg:section", "kg:modality", "kg:negated", "kg:frequency", "kg:frequencyValue", "rdfs:isDefinedBy", "schema:mentions", "a:p"),
	}
	switch r.IntN(4) {
	case 0, 1:
		q.Object = thing()
	case 2:
		q.Object = iri("schema:Dataset", "schema:Article", "schema:MedicalCondition", "schema:Drug", "prov:Person", "kg:Predicate", "a:other")
	default:
		literals := []quad.Value{
			quad.String("word"), quad.String("asserted"), quad.String("b:1"), quad.String(""),
			quad.LangString{Value: "wort", Lang: "de"},
			quad.TypedString{Value: "true", Type: graph.XSD + "boolean"},
			quad.TypedString{Value: "0.50", Type: graph.XSD + "double"},
			quad.TypedString{Value: "http://a.example/1", Type: graph.XSD + "anyURI"},
		}
		q.Object = literals[r.IntN(len(literals))]
	}
	if r.IntN(2) == 0 {
		q.Label = thing()
	}
	return q
}

// anyDeclaration returns a quad of the kind that declares or uses predicates
// and types.
func anyDeclaration(r *rand.Rand, p graph.Prefixes) quad.Quad {
	iri := func(ids ...string) quad.Value { return quads.Node(p.Expand(graph.ID(ids[r.IntN(len(ids))]))) }
	thing := func() quad.Value { return iri("a:1", "a:2", "a:3", "a:4", "a:5", "_:b") }
	q := quad.Quad{Subject: thing(), Predicate: iri("rdf:type"), Object: thing()}
	switch r.IntN(6) {
	case 0, 1:
		q.Object = iri("rdfs:Class", "rdf:Property", "kg:Type", "kg:Predicate", owl+"Class", owl+"ObjectProperty", owl+"SymmetricProperty")
	case 2:
		q.Predicate, q.Object = iri("rdfs:label", "rdfs:comment", "kg:inverseName", "schema:name"), quad.LangString{Value: "word", Lang: "de"}
	case 3:
		q.Predicate = iri("rdfs:subClassOf", "rdfs:domain", "schema:rangeIncludes", "rdfs:isDefinedBy")
		if r.IntN(2) == 0 {
			q.Object = iri("schema:Drug", owl+"Thing", "rdfs:Literal", "a:other")
		}
	case 4:
		q.Predicate = thing()
		if _, isIRI := q.Predicate.(quad.IRI); !isIRI {
			q.Predicate = iri("a:1")
		}
	}
	if r.IntN(8) == 0 {
		q.Label = thing()
	}
	return q
}

const owl = "http://www.w3.org/2002/07/owl#"
