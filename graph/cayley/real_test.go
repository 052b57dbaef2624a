package cayley_test

import (
	"bufio"
	"compress/gzip"
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/graph/cayley"
	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/quads"
)

// TestReal loads the real data into memstore and reads Bell's palsy there.
func TestReal(t *testing.T) { realdata.Each(t, readReal) }

func readReal(t *testing.T, d realdata.Data) {
	f, err := os.Open(d.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	lap := time.Now()
	log := func(what string) {
		t.Logf("%-8s %v", what, time.Since(lap).Round(time.Millisecond))
		lap = time.Now()
	}
	var foreign []quad.Quad
	if err := quads.ReadNQuads(ctx, z, func(_ int, q quad.Quad) error {
		foreign = append(foreign, q)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	log("read")
	prefixes := graph.NewPrefixes(map[string]string{"MONDO": "http://purl.obolibrary.org/obo/MONDO_"})
	ds, err := quads.Decode(prefixes, quads.Part{Quads: foreign})
	if err != nil {
		t.Fatal(err)
	}
	log("decode")
	qs := memstore.New()
	if err := cayley.Load(ctx, qs, quads.Encode(ds)); err != nil {
		t.Fatal(err)
	}
	log("load")
	s, err := cayley.Open(ctx, qs, prefixes)
	if err != nil {
		t.Fatal(err)
	}
	log("open")
	if got, want := s.Summary().Version, ds.Version(); got != want {
		t.Errorf("version %s, want %s", got, want)
	}
	readBellsPalsy(ctx, t, s, d.Whole)
	log("ask")
}

// readBellsPalsy reads all that is told of Bell's palsy; only in the whole does
// anything lead to it.
func readBellsPalsy(ctx context.Context, t *testing.T, s *cayley.Store, whole bool) {
	var found graph.Resolution
	if err := s.Resolve(ctx, []string{"DOID:12506", "http://purl.obolibrary.org/obo/DOID_12506"}, &found); err != nil {
		t.Fatal(err)
	}
	ref := found.Refs[0]
	if ref == graph.NoRef || found.Refs[1] != ref {
		t.Fatalf("DOID:12506 and its IRI resolve to %v", found.Refs)
	}
	var c graph.ConceptBatch
	if err := s.Concepts(ctx, []graph.Ref{ref}, graph.AllConceptFields, &c); err != nil {
		t.Fatal(err)
	}
	if c.Name[0] != "Bell's palsy" || c.Kind[0] != graph.Condition || len(c.Sources.At(0)) == 0 {
		t.Errorf("name %q, kind %v, %d sources", c.Name[0], c.Kind[0], len(c.Sources.At(0)))
	}
	t.Logf("names %v, synonyms %v, codes %v", c.Names.At(0), c.Synonyms.At(0), c.Codes.At(0))
	if !slices.ContainsFunc(c.Codes.At(0), func(k graph.Code) bool { return k.Match == graph.MatchNotStated }) {
		t.Errorf("no cross references among the codes %v", c.Codes.At(0))
	}
	var links graph.LinkBatch
	if err := s.Links(ctx, []graph.Ref{ref}, graph.LinkQuery{Direction: graph.Both}, &links); err != nil {
		t.Fatal(err)
	}
	in, out := 0, 0
	for i, incoming := range links.Incoming {
		if incoming {
			in++
		} else {
			out++
		}
		if len(links.Statements.At(i)) == 0 {
			t.Errorf("link %d has no statement", i)
		}
	}
	t.Logf("%d links out, %d in", out, in)
	if whole && in == 0 || out == 0 {
		t.Errorf("%d links out and %d in, want some of both", out, in)
	}
	var st graph.StatementBatch
	if err := s.Statements(ctx, links.Statements.Items, graph.AllStatementFields, &st); err != nil {
		t.Fatal(err)
	}
	for i, subject := range st.Subject {
		if subject != ref && st.Object[i] != ref {
			t.Errorf("statement %s is not about DOID:12506", st.ID[i])
		}
		if st.Qualifiers[graph.QualifierSource].Refs[i] == graph.NoRef || st.Modality(i) != graph.ModalityNotStated {
			t.Errorf("statement %s: source %d, modality %v", st.ID[i], st.Qualifiers[graph.QualifierSource].Refs[i], st.Modality(i))
		}
	}
}
