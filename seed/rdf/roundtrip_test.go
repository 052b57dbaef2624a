package rdf_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/graphtest"
	"github.com/plexus-kg/plexus/graph/graphtest/needs"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/quads"
	"github.com/plexus-kg/plexus/seed"
	"github.com/plexus-kg/plexus/seed/rdf"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// writable are the formats that are written.
func writable() []rdf.Format { return []rdf.Format{rdf.Turtle, rdf.TriG, rdf.JSONLD, rdf.NQuads} }

func write(t testing.TB, format rdf.Format, ds *graph.Dataset) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := format.Write(context.Background(), &b, ds); err != nil {
		t.Fatalf("writing %v: %v", format, err)
	}
	return b.Bytes()
}

// read makes a data set of a file, as seed does.
func read(t testing.TB, format rdf.Format, r io.Reader) *graph.Dataset {
	t.Helper()
	prefixes := map[string]string{}
	var part quads.Part
	err := format.Read(context.Background(), r, func(_ syntax.Place, q quad.Quad) error {
		if name, namespace, ok := rdf.Prefix(q); ok {
			prefixes[name] = namespace
			return nil
		}
		part.Quads = append(part.Quads, q)
		return nil
	})
	if err != nil {
		t.Fatalf("reading %v: %v", format, err)
	}
	ds, err := quads.Decode(graph.NewPrefixes(prefixes), part)
	if err != nil {
		t.Fatalf("decoding %v: %v", format, err)
	}
	return ds
}

// same fails if the data set is not the same after a way through the format,
// plain and compressed.
func same(t *testing.T, format rdf.Format, ds *graph.Dataset, what string) {
	t.Helper()
	text := write(t, format, ds)
	if again := write(t, format, ds); !bytes.Equal(text, again) {
		t.Errorf("%s in %v: writing twice gives different bytes", what, format)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	unpacked, err := gzip.NewReader(&packed)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []io.Reader{bytes.NewReader(text), unpacked} {
		got := read(t, format, r)
		if got.Version() == ds.Version() {
			continue
		}
		t.Errorf("%s is another one after %v: %s", what, format, firstDifference(ds, got))
		return
	}
}

func firstDifference(want, got *graph.Dataset) string {
	a, b := lines(want), lines(got)
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return fmt.Sprintf("want\n%s\ngot\n%s", x, y)
		}
	}
	return "no difference that is printed"
}

func lines(ds *graph.Dataset) (all []string) {
	for _, s := range ds.Sources {
		all = append(all, fmt.Sprintf("%#v", s))
	}
	for _, a := range ds.Articles {
		all = append(all, fmt.Sprintf("%#v", a))
	}
	for _, c := range ds.Concepts {
		all = append(all, fmt.Sprintf("%#v", c))
	}
	for _, s := range ds.Statements {
		if s.FrequencyValue != nil {
			s.Note += fmt.Sprint(" ", *s.FrequencyValue)
			s.FrequencyValue = nil
		}
		all = append(all, fmt.Sprintf("%#v", s))
	}
	for _, p := range ds.Predicates {
		all = append(all, fmt.Sprintf("%#v", p))
	}
	for _, p := range ds.Types {
		all = append(all, fmt.Sprintf("%#v", p))
	}
	for _, name := range ds.Prefixes.Names() {
		ns, _ := ds.Prefixes.Namespace(name)
		all = append(all, name+" "+ns)
	}
	return all
}

// TestRoundTrip sends random graphs, the embedded seed and, where it is, real
// data through every format: each statement, qualifier and id comes back.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	graphs := 150
	if testing.Short() {
		graphs = 20
	}
	for _, format := range writable() {
		t.Run(format.String(), func(t *testing.T) {
			t.Parallel()
			for n := range graphs {
				if same(t, format, graphtest.Random(uint64(n), 1+n%12), fmt.Sprintf("Random(%d)", n)); t.Failed() {
					return
				}
			}
			same(t, format, graphtest.Small(), "Small")
			ds, _, err := seed.Read(t.Context(), seed.EmbeddedPath)
			if err != nil {
				t.Fatal(err)
			}
			same(t, format, ds, "the embedded seed")
		})
	}
}

// TestRealData sends real data through every format; the whole through two, and
// with PLEXUS_REQUIRE_ALL=1 through every one.
func TestRealData(t *testing.T) {
	t.Parallel()
	realdata.Each(t, roundTripReal)
}

func roundTripReal(t *testing.T, d realdata.Data) {
	ds, _, err := seed.Read(t.Context(), d.Path)
	if err != nil {
		t.Fatal(err)
	}
	formats := []rdf.Format{rdf.Turtle, rdf.JSONLD} // whose form is farthest from quads
	if !d.Whole || needs.All() {
		formats = writable()
	}
	for _, format := range formats {
		text := write(t, format, ds)
		if got := read(t, format, bytes.NewReader(text)); got.Version() != ds.Version() {
			t.Errorf("the real data is another one after %v: %s", format, firstDifference(ds, got))
		}
	}
}
