package quads_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/quads"
)

// TestBlankNodes: what comes of blank nodes depends on what is said of them, not
// on their labels, on the order of quads or parts, or on parts that say something
// else.
func TestBlankNodes(t *testing.T) {
	p := graph.NewPrefixes(map[string]string{"a": "http://a.example/"})
	blank, alike := 0, 0
	rounds := uint64(3000)
	if testing.Short() {
		rounds = 300
	}
	for seed := range rounds {
		r := rand.New(rand.NewPCG(seed, 2))
		parts := make([]quads.Part, 1+r.IntN(4))
		for i := range parts {
			if r.IntN(3) > 0 {
				name := fmt.Sprint("source-", r.IntN(2))
				parts[i].Source = graph.Source{ID: graph.ID(name), Kind: graph.DataSource, Name: name}
			}
			for range 1 + r.IntN(10) {
				parts[i].Quads = append(parts[i].Quads, blankQuad(r, 1+int(seed%6)))
			}
			if i > 0 && r.IntN(4) == 0 { // the same file twice
				parts[i].Quads = parts[i-1].Quads
			}
		}
		ds, err := quads.Decode(p, parts...)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for i := range ds.Concepts {
			if strings.HasPrefix(string(ds.Concepts[i].ID), "_:") {
				blank++
			}
		}
		others := make([]quads.Part, len(parts))
		for i, at := range r.Perm(len(parts)) {
			others[i] = relabelled(r, parts[at])
			alike += len(others[i].Quads)
		}
		got, err := quads.Decode(p, others...)
		if err != nil {
			t.Fatalf("seed %d, in another order: %v", seed, err)
		}
		sameDataset(t, fmt.Sprintf("seed %d, in another order", seed), got, ds)

		more := quads.Part{Quads: []quad.Quad{
			{Subject: quad.BNode("0"), Predicate: quad.IRI("http://a.example/unrelated"), Object: quad.String("word")},
			{Subject: quad.IRI("http://a.example/unrelated"), Predicate: quad.IRI("http://a.example/of"), Object: quad.BNode("0")},
		}}
		if got, err = quads.Decode(p, append([]quads.Part{more}, others...)...); err != nil {
			t.Fatalf("seed %d, with more: %v", seed, err)
		}
		got.Concepts = slices.DeleteFunc(got.Concepts, func(c graph.Concept) bool {
			return c.ID == "a:unrelated" || slices.ContainsFunc(c.Properties, func(p graph.Property) bool { return p.Predicate == "a:unrelated" })
		})
		got.Statements = slices.DeleteFunc(got.Statements, func(s graph.Statement) bool { return s.Predicate == "a:of" })
		sameDataset(t, fmt.Sprintf("seed %d, with more", seed), got, ds)

		again, err := quads.Decode(p, quads.Part{Quads: slices.Collect(quads.Encode(ds))})
		if err != nil {
			t.Fatalf("seed %d, its own encoding: %v", seed, err)
		}
		sameDataset(t, fmt.Sprintf("seed %d, encoded and decoded", seed), again, ds)
		if t.Failed() {
			for i := range parts {
				t.Logf("part %d of %q", i, parts[i].Source.ID)
				for _, q := range parts[i].Quads {
					t.Log(q.NQuad())
				}
			}
			return
		}
	}
	if blank < 1000 {
		t.Errorf("%d blank nodes are few to test with", blank)
	}
}

// blankQuad returns a quad of few words, so that many of its nodes are alike.
func blankQuad(r *rand.Rand, nodes int) quad.Quad {
	node := func() quad.Value { return quad.BNode(fmt.Sprint(r.IntN(nodes))) }
	q := quad.Quad{
		Subject: node(), Object: node(),
		Predicate: []quad.Value{quad.IRI("http://a.example/p"), quad.IRI("http://a.example/q"), quad.IRI(graph.SchemaOrg + "cause")}[r.IntN(3)],
	}
	switch r.IntN(6) {
	case 0:
		q.Object = quad.String([]string{"x", "y"}[r.IntN(2)])
	case 1:
		q.Object = quad.IRI("http://a.example/1")
	case 2:
		q.Subject = quad.IRI("http://a.example/1")
	case 3:
		q.Label = node()
	}
	return q
}

// relabelled returns what a part says in other words, and partly twice.
func relabelled(r *rand.Rand, p quads.Part) quads.Part {
	labels := r.Perm(100)
	rename := func(v quad.Value) quad.Value {
		if b, ok := v.(quad.BNode); ok {
			return quad.BNode(fmt.Sprint("n", labels[b[0]-'0']))
		}
		return v
	}
	said := append(slices.Clone(p.Quads), p.Quads[:r.IntN(len(p.Quads))]...)
	for i, q := range said {
		said[i] = quad.Quad{Subject: rename(q.Subject), Predicate: q.Predicate, Object: rename(q.Object), Label: rename(q.Label)}
	}
	r.Shuffle(len(said), func(i, j int) { said[i], said[j] = said[j], said[i] })
	return quads.Part{Source: p.Source, Quads: said}
}

// TestRecordOfTwoFiles: a statement that two files have, and neither says whose it
// is, has the same source in whatever order they come.
func TestRecordOfTwoFiles(t *testing.T) {
	p := graph.NewPrefixes(map[string]string{"a": "http://a.example/"})
	a := func(local string) quad.IRI { return quad.IRI("http://a.example/" + local) }
	record := []quad.Quad{
		{Subject: a("x"), Predicate: quad.IRI(graph.SchemaOrg + "cause"), Object: a("y"), Label: a("st")},
		{Subject: a("st"), Predicate: quad.IRI(graph.KG + "modality"), Object: quad.String("possible")},
	}
	parts := []quads.Part{{Quads: record}}
	for _, id := range []graph.ID{"c", "b", "d"} {
		parts = append(parts, quads.Part{Source: graph.Source{ID: id, Kind: graph.DataSource}, Quads: record})
	}
	for range len(parts) {
		parts = append(parts[1:], parts[0])
		ds, err := quads.Decode(p, parts...)
		if err != nil {
			t.Fatal(err)
		}
		if len(ds.Statements) != 1 || ds.Statements[0].Source != "b" || len(ds.Sources) != 1 {
			t.Errorf("statements %v of %v, want one from b", ds.Statements, ds.Sources)
		}
	}
}

// TestGivenNamesOfTwoFiles: two files may use one label, even one that looks
// like ours, for different nodes.
func TestGivenNamesOfTwoFiles(t *testing.T) {
	p := graph.NewPrefixes(map[string]string{"a": "http://a.example/"})
	name := func(word string) quads.Part {
		return quads.Part{Quads: []quad.Quad{{Subject: quad.BNode("bnabcdefghijklmnop"), Predicate: quad.IRI(graph.SchemaOrg + "name"), Object: quad.String(word)}}}
	}
	one, err := quads.Decode(p, name("x"), name("y"))
	if err != nil {
		t.Fatal(err)
	}
	other, err := quads.Decode(p, name("y"), name("x"))
	if err != nil {
		t.Fatal(err)
	}
	if len(one.Concepts) != 2 || one.Concepts[0].ID != "_:bnabcdefghijklmnop" && one.Concepts[1].ID != "_:bnabcdefghijklmnop" {
		t.Errorf("the concepts are %v", show(one))
	}
	sameDataset(t, "in another order", other, one)
}

// TestBlankNodesOfLargeComponents decodes shapes that are expensive to look at
// closely: the time must grow with their size, not with its square.
func TestBlankNodesOfLargeComponents(t *testing.T) {
	const size = 20_000
	p := graph.NewPrefixes(nil)
	node := func(i int) quad.Value { return quad.BNode(fmt.Sprint(i)) }
	for name, quadOf := range map[string]func(i int) quad.Quad{
		"a star":           func(i int) quad.Quad { return quad.Quad{Subject: quad.BNode("hub"), Object: node(i)} },
		"a chain":          func(i int) quad.Quad { return quad.Quad{Subject: node(i), Object: node(i + 1)} },
		"a circle":         func(i int) quad.Quad { return quad.Quad{Subject: node(i), Object: node((i + 1) % size)} },
		"a tree":           func(i int) quad.Quad { return quad.Quad{Subject: node(i / 2), Object: node(i + 1)} },
		"many of one kind": func(i int) quad.Quad { return quad.Quad{Subject: node(i), Object: quad.String("x")} },
	} {
		var all []quad.Quad
		for i := range size {
			q := quadOf(i)
			q.Predicate = quad.IRI("http://a.example/p")
			all = append(all, q, quad.Quad{Subject: node(i), Predicate: quad.IRI("http://a.example/q"), Object: quad.String("x")})
		}
		ds, err := quads.Decode(p, quads.Part{Quads: all})
		if err != nil {
			t.Fatal(err)
		}
		if n := len(ds.Concepts); n < size || n > size+1 {
			t.Errorf("%s: %d concepts of %d nodes", name, n, size)
		}
	}
}
