package realdata_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph/graphtest/realdata"
	"github.com/plexus-kg/plexus/graph/quads"
)

var update = flag.Bool("update", false, "cut cut.nq.gz anew from the whole")

const (
	obo       = "http://purl.obolibrary.org/obo/"
	evidence  = "https://kg.example/ev/doid/"
	sign      = "https://schema.org/signOrSymptom"
	broader   = "http://www.w3.org/2004/02/skos/core#broader"
	root      = obo + "DOID_863"   // nervous system disease
	bellPalsy = obo + "DOID_12506" // which the tests ask for; it has no sign in the data
)

// own are the vocabularies whose terms the cut holds: CC0, or of the public domain.
var own = []string{obo + "DOID_", obo + "SYMP_", obo + "NCBITaxon_", obo + "TRANS_", obo + "DISDRIV_"}

// datasets are the named graphs whose quads the cut holds: CC0.
var datasets = []string{"https://kg.example/dataset/doid", "https://kg.example/dataset/symp"}

// TestCut compares the cut with the whole, from which it is made by rule: the
// diseases of the nervous system with signs, and Bell's palsy; the evidence
// records of what the Disease Ontology says of them; what these lead to; and what
// is broader, up to the roots.
func TestCut(t *testing.T) {
	t.Parallel()
	all := lines(t, realdata.Whole(t).Path)
	want := strings.Join(cut(all), "\n") + "\n"
	if *update {
		var packed bytes.Buffer
		z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(z, want); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(realdata.Cut().Path, packed.Bytes(), 0o644); err != nil { //nolint:gosec // everybody may read it
			t.Fatal(err)
		}
	}
	var got strings.Builder
	for _, l := range lines(t, realdata.Cut().Path) {
		got.WriteString(l.text + "\n")
	}
	if got.String() != want {
		t.Error("cut.nq.gz is not what the rule makes: go test ./graph/graphtest/realdata -update")
	}
}

// TestCutIsConnected: from every concept there is a way to every other; the number
// of quads is as told; all of it is under CC0, and says so.
func TestCutIsConnected(t *testing.T) {
	t.Parallel()
	all := lines(t, realdata.Cut().Path)
	if len(all) != realdata.Cut().Quads {
		t.Errorf("%d quads, told are %d", len(all), realdata.Cut().Quads)
	}
	leader := map[string]string{}
	var find func(string) string
	find = func(n string) string {
		if leader[n] == "" || leader[n] == n {
			leader[n] = n
			return n
		}
		leader[n] = find(leader[n])
		return leader[n]
	}
	count := map[string]int{}
	for _, l := range all {
		count[l.predicate]++
		if strings.HasPrefix(l.subject, obo) {
			find(l.subject)
			if strings.HasPrefix(l.object, obo) {
				leader[find(l.subject)] = find(l.object)
			}
		}
		if l.predicate == "https://schema.org/license" && l.object != "https://creativecommons.org/publicdomain/zero/1.0/" {
			t.Errorf("%s is under %s", l.subject, l.object)
		}
	}
	parts := map[string]string{}
	for n := range leader {
		parts[find(n)] = n
	}
	if len(parts) != 1 {
		t.Errorf("%d parts, with %v", len(parts), parts)
	}
	for _, p := range []string{
		"https://schema.org/license", "https://schema.org/name", "https://schema.org/description", "http://www.w3.org/2004/02/skos/core#altLabel",
		"http://www.geneontology.org/formats/oboInOwl#hasDbXref", broader, sign, "https://schema.org/isPartOf", "https://schema.org/evidenceOrigin",
		"https://kg.example/vocab#evidenceCode",
	} {
		if count[p] == 0 {
			t.Errorf("there is no %s", p)
		}
	}
	t.Log(count)
}

// line is a quad as it is written, with its parts as texts.
type line struct{ text, subject, predicate, object, label string }

func lines(t *testing.T, path string) (all []line) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	written := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	iri := func(v quad.Value) string {
		if i, ok := v.(quad.IRI); ok {
			return string(i)
		}
		return ""
	}
	if err := quads.ReadNQuads(context.Background(), bytes.NewReader(text), func(_ int, q quad.Quad) error {
		all = append(all, line{written[len(all)], iri(q.Subject), iri(q.Predicate), iri(q.Object), iri(q.Label)})
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(all) != len(written) {
		t.Fatalf("%d quads in %d lines", len(all), len(written))
	}
	return all
}

// cut returns the lines of the cut, in the order of the whole.
func cut(all []line) []string {
	isOwn := func(iri string) bool {
		return slices.ContainsFunc(own, func(prefix string) bool { return strings.HasPrefix(iri, prefix) })
	}
	above := map[string][]string{}
	for _, l := range all {
		if l.predicate == broader && slices.Contains(datasets, l.label) {
			above[l.subject] = append(above[l.subject], l.object)
		}
	}
	var climb func(seen map[string]bool, n string)
	climb = func(seen map[string]bool, n string) {
		if !seen[n] {
			seen[n] = true
			for _, b := range above[n] {
				climb(seen, b)
			}
		}
	}
	isLink := func(l line) bool { return strings.HasPrefix(l.label, evidence) && isOwn(l.subject) && isOwn(l.object) }

	diseases := map[string]bool{bellPalsy: true}
	for _, l := range all {
		if isLink(l) && l.predicate == sign {
			seen := map[string]bool{}
			if climb(seen, l.subject); seen[root] {
				diseases[l.subject] = true
			}
		}
	}
	concepts, records := map[string]bool{}, map[string]bool{}
	for n := range diseases {
		climb(concepts, n)
	}
	for _, l := range all {
		if isLink(l) && diseases[l.subject] {
			records[l.label] = true
			climb(concepts, l.object)
		}
	}
	var kept []string
	for _, l := range all {
		if concepts[l.subject] && slices.Contains(datasets, l.label) || records[l.label] || records[l.subject] || slices.Contains(datasets, l.subject) {
			kept = append(kept, l.text)
		}
	}
	return kept
}
