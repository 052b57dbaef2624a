package quads_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/quads"
)

// TestRoundTrip: what is encoded is decoded exactly, whatever the order of the
// quads and however often they are repeated.
func TestRoundTrip(t *testing.T) {
	graphs := uint64(300)
	if testing.Short() {
		graphs = 60
	}
	for seed := range graphs {
		ds := graphtest.Random(seed, 1+int(seed)%60)
		encoded := slices.Collect(quads.Encode(ds))
		distinct := map[quad.Quad]bool{}
		for _, q := range encoded {
			if distinct[q] {
				t.Fatalf("seed %d: encoded twice: %v", seed, q)
			}
			distinct[q] = true
		}
		shuffled := append(slices.Clone(encoded), encoded[:len(encoded)/3]...)
		r := rand.New(rand.NewPCG(seed, 0))
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		half := len(shuffled) / 2
		got, err := quads.Decode(ds.Prefixes, quads.Part{Quads: shuffled[:half]}, quads.Part{Quads: shuffled[half:]})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		sameDataset(t, fmt.Sprint("seed ", seed), got, ds)
		if t.Failed() {
			return
		}
	}
}

// sameDataset reports the first things that differ.
func sameDataset(t *testing.T, what string, got, want *graph.Dataset) {
	t.Helper()
	sameList(t, what, "source", got.Sources, want.Sources)
	sameList(t, what, "article", got.Articles, want.Articles)
	sameList(t, what, "predicate", got.Predicates, want.Predicates)
	sameList(t, what, "type", got.Types, want.Types)
	sameList(t, what, "concept", got.Concepts, want.Concepts)
	sameList(t, what, "statement", got.Statements, want.Statements)
	if g, w := got.Version(), want.Version(); g != w && !t.Failed() {
		t.Errorf("%s: version %s, want %s", what, g, w)
	}
}

func sameList[T any](t *testing.T, what, class string, got, want []T) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d of class %s, want %d", what, len(got), class, len(want))
		return
	}
	for i := range got {
		if g, w := written(got[i]), written(want[i]); g != w {
			t.Errorf("%s: %s %d:\n got %s\nwant %s", what, class, i, g, w)
			return
		}
	}
}

// written returns a thing as JSON, in which an absent list and an empty one
// are the same.
func written(thing any) string {
	b, err := json.Marshal(thing)
	if err != nil {
		return err.Error()
	}
	return strings.NewReplacer("null", "[]", `:""`, ":[]").Replace(string(b)) // kinds are written as bytes
}

// realQuads reads real data.
func realQuads(t testing.TB, d realdata.Data) []quad.Quad {
	t.Helper()
	f, err := os.Open(d.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		t.Fatal(err)
	}
	var all []quad.Quad
	if err := quads.ReadNQuads(context.Background(), z, func(_ int, q quad.Quad) error {
		all = append(all, q)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

func realPrefixes() graph.Prefixes {
	return graph.NewPrefixes(map[string]string{
		"DOID": "http://purl.obolibrary.org/obo/DOID_", "MONDO": "http://purl.obolibrary.org/obo/MONDO_",
		"HP": "http://purl.obolibrary.org/obo/HP_", "OMIM": "https://omim.org/entry/",
		"oboInOwl": "http://www.geneontology.org/formats/oboInOwl#",
	})
}

// TestReal accounts for every one of the real quads: each is found again in the
// data set, in the place where the rules put it.
func TestReal(t *testing.T) { realdata.Each(t, account) }

func account(t *testing.T, d realdata.Data) {
	all := realQuads(t, d)
	if len(all) != d.Quads {
		t.Errorf("%d quads, want %d", len(all), d.Quads)
	}
	p := realPrefixes()
	before := time.Now()
	ds, err := quads.Decode(p, quads.Part{Quads: all})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d quads decoded in %v: %d concepts, %d statements, %d sources", len(all), time.Since(before), len(ds.Concepts), len(ds.Statements), len(ds.Sources))

	told := tell(ds)
	missing := map[string]int{}
	for _, q := range all {
		if !told.has(q) {
			if missing[q.Predicate.String()] == 0 {
				t.Errorf("lost: %v", q)
			}
			missing[q.Predicate.String()]++
		}
	}
	if len(missing) > 0 {
		t.Errorf("lost quads by predicate: %v", missing)
	}

	before = time.Now()
	encoded := slices.Collect(quads.Encode(ds))
	t.Logf("encoded to %d quads in %v", len(encoded), time.Since(before))
	again, err := quads.Decode(p, quads.Part{Quads: encoded})
	if err != nil {
		t.Fatal(err)
	}
	sameDataset(t, "real data, encoded and decoded", again, ds)
}
