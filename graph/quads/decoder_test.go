package quads_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/quads"
)

// What comes one by one makes the data set that Decode makes of all, which
// numbers many quads in two halves.
func TestDecoder(t *testing.T) {
	ds := graphtest.Large(1, 60_000)
	const n = 40_000 // quads in the first part
	r := rand.New(rand.NewPCG(1, 1))
	source := graph.Source{ID: "part"}
	for _, foreign := range []int{0, 2, 3} {
		all := slices.Collect(quads.Encode(ds))
		for i := range all {
			if foreign > 0 && i%foreign == 0 { // a link that only its part answers for
				all[i].Label = nil
			}
		}
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		want, err := quads.Decode(ds.Prefixes, quads.Part{Quads: all[:n]}, quads.Part{Source: source, Quads: all[n:]})
		if err != nil {
			t.Fatal(err)
		}
		d := quads.NewDecoder(0)
		for i, q := range all {
			if i == n {
				d.Begin(source)
			}
			if err := d.Add(q); err != nil {
				t.Fatal(err)
			}
		}
		if d.Len() != len(all) {
			t.Errorf("%d quads, want %d", d.Len(), len(all))
		}
		got, err := d.Dataset(ds.Prefixes)
		if err != nil {
			t.Fatal(err)
		}
		sameDataset(t, "one by one", got, want)
	}
}

// A mistake is told by its place in its part, in whichever half it is.
func TestDecodeCountsQuads(t *testing.T) {
	good := quad.Quad{Subject: quad.IRI("http://example.com/s"), Predicate: quad.IRI("http://example.com/p"), Object: quad.String("o")}
	for _, at := range []int{0, 10, 20_000, 29_999} {
		part := quads.Part{Quads: slices.Repeat([]quad.Quad{good}, 30_000)}
		part.Quads[at].Subject = quad.String("no subject")
		_, err := quads.Decode(graph.NewPrefixes(nil), quads.Part{Quads: []quad.Quad{good}}, part)
		if want := "quad " + strconv.Itoa(at+1) + " ("; err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("the error is %v, want %s…", err, want)
		}
	}
}
