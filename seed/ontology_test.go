//go:build unix

package seed_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/cayleygraph/quad"
	"golang.org/x/sys/unix"

	"github.com/plexus-kg/plexus/seed/obo"
	"github.com/plexus-kg/plexus/seed/rdf"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// ontologies are the forms of a made ontology of so many terms, as the OBO Foundry
// publishes them.
var ontologies = []struct {
	name  string
	scan  syntax.Quads
	write func(w io.Writer, terms int)
}{
	{"RDF/XML", rdf.XML.Scan, func(w io.Writer, terms int) {
		fmt.Fprint(w, `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:owl="http://www.w3.org/2002/07/owl#"
     xmlns:obo="http://purl.obolibrary.org/obo/" xmlns:oboInOwl="http://www.geneontology.org/formats/oboInOwl#">
`)
		for n := range terms {
			term := fmt.Sprintf("http://purl.obolibrary.org/obo/EX_%07d", n)
			fmt.Fprintf(w, `    <!-- %[1]s -->

    <owl:Class rdf:about="%[1]s">
        <rdfs:subClassOf rdf:resource="http://purl.obolibrary.org/obo/EX_%07[3]d"/>
        <rdfs:subClassOf>
            <owl:Restriction>
                <owl:onProperty rdf:resource="http://purl.obolibrary.org/obo/BFO_0000050"/>
                <owl:someValuesFrom rdf:resource="http://purl.obolibrary.org/obo/EX_%07[3]d"/>
            </owl:Restriction>
        </rdfs:subClassOf>
        <obo:IAO_0000115>The %[2]dth made disease, that is characterized by &quot;findings&quot; &amp; located in a made part of the body.</obo:IAO_0000115>
        <oboInOwl:hasDbXref>UMLS_CUI:C%07[2]d</oboInOwl:hasDbXref>
        <oboInOwl:hasExactSynonym>made disorder %[2]d</oboInOwl:hasExactSynonym>
        <oboInOwl:id>EX:%07[2]d</oboInOwl:id>
        <rdfs:label xml:lang="en">made disease %[2]d</rdfs:label>
    </owl:Class>
    <owl:Axiom>
        <owl:annotatedSource rdf:resource="%[1]s"/>
        <owl:annotatedProperty rdf:resource="http://www.geneontology.org/formats/oboInOwl#hasExactSynonym"/>
        <owl:annotatedTarget>made disorder %[2]d</owl:annotatedTarget>
        <oboInOwl:hasDbXref>PMID:%[2]d</oboInOwl:hasDbXref>
    </owl:Axiom>

`, term, n, n/2)
		}
		fmt.Fprintln(w, "</rdf:RDF>")
	}},
	{"OBO", obo.Scan, func(w io.Writer, terms int) {
		fmt.Fprintln(w, "format-version: 1.2\nontology: ex")
		for n := range terms {
			fmt.Fprintf(w, `
[Term]
id: EX:%07[1]d
name: made disease %[1]d
def: "The %[1]dth made disease, that is characterized by \"findings\" and located in a made part of the body." [url:http\://example.org/%[1]d]
synonym: "made disorder %[1]d" EXACT [PMID:%[1]d]
xref: UMLS_CUI:C%07[1]d
is_a: EX:%07[2]d ! made disease %[2]d
relationship: part_of EX:%07[2]d ! made disease %[2]d
`, n, n/2)
		}
	}},
	{"OBO Graphs", obo.ScanGraphs, func(w io.Writer, terms int) {
		fmt.Fprintln(w, `{"graphs": [{"nodes": [`)
		for n := range terms {
			fmt.Fprintf(w, `{"id": "http://purl.obolibrary.org/obo/EX_%07[1]d", "lbl": "made disease %[1]d", "type": "CLASS", "meta": {
  "definition": {"val": "The %[1]dth made disease, that is characterized by \"findings\" and located in a made part of the body.", "xrefs": ["url:http://example.org/%[1]d"]},
  "synonyms": [{"pred": "hasExactSynonym", "val": "made disorder %[1]d", "xrefs": ["PMID:%[1]d"]}],
  "xrefs": [{"val": "UMLS_CUI:C%07[1]d"}]
}},
`, n)
		}
		fmt.Fprintln(w, `{"id": "http://purl.obolibrary.org/obo/BFO_0000050", "lbl": "part of", "type": "PROPERTY"}], "edges": [`)
		for n := range terms {
			fmt.Fprintf(w, `{"sub": "http://purl.obolibrary.org/obo/EX_%07[1]d", "pred": "is_a", "obj": "http://purl.obolibrary.org/obo/EX_%07[2]d"},
{"sub": "http://purl.obolibrary.org/obo/EX_%07[1]d", "pred": "http://purl.obolibrary.org/obo/BFO_0000050", "obj": "http://purl.obolibrary.org/obo/EX_%07[2]d"},
`, n, n/2)
		}
		fmt.Fprintln(w, `{"sub": "http://purl.obolibrary.org/obo/EX_0000001", "pred": "is_a", "obj": "http://purl.obolibrary.org/obo/EX_0000000"}]}]}`)
	}},
}

// scanned reads an ontology that is written as it is read, and returns the bytes and
// quads of it, and what the reader holds at the last quad that the file has.
func scanned(tb testing.TB, scan syntax.Quads, write func(io.Writer, int), terms int) (size, quads int, held uint64) {
	tb.Helper()
	r, w := io.Pipe()
	go func() {
		buffered := bufio.NewWriterSize(w, 1<<16)
		write(buffered, terms)
		_ = w.CloseWithError(buffered.Flush())
	}()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	counted := &countedReader{Reader: r, ended: func() {
		runtime.GC()
		runtime.ReadMemStats(&after)
	}}
	if err := scan(context.Background(), counted, func(syntax.Place, quad.Quad) error { quads++; return nil }); err != nil {
		tb.Fatal(err)
	}
	return counted.size, quads, max(after.HeapAlloc, before.HeapAlloc) - before.HeapAlloc
}

// countedReader tells when its end is reached.
type countedReader struct {
	io.Reader

	size  int
	ended func()
}

func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if c.size += n; err != nil {
		c.ended()
	}
	return n, err
}

// TestOntologiesAreStreamed: a reader of RDF/XML or JSON holds as much of a large file
// as of a small one. That of OBO keeps what relates terms, whose relations stand at the
// end of a file.
func TestOntologiesAreStreamed(t *testing.T) {
	for _, o := range ontologies {
		if o.name == "OBO" {
			continue
		}
		size, quads, held := scanned(t, o.scan, o.write, 20_000)
		t.Logf("%s: of %d bytes, %d quads, it holds %d bytes", o.name, size, quads, held)
		if held > 1<<20 {
			t.Errorf("%s: of %d bytes it holds %d at the end", o.name, size, held)
		}
	}
}

// BenchmarkOntologies compares the readers with rapper, which parses RDF/XML and counts
// its triples, in processor time for each byte. Both only read: what the quads mean is
// found afterwards.
func BenchmarkOntologies(b *testing.B) {
	rapper, err := exec.LookPath("rapper")
	if err != nil {
		b.Skip("rapper (package raptor2-utils) is not installed")
	}
	var theirs float64 // seconds for each byte
	for _, o := range ontologies {
		file := filepath.Join(b.TempDir(), "ontology")
		f, err := os.Create(file)
		if err != nil {
			b.Fatal(err)
		}
		w := bufio.NewWriter(f)
		o.write(w, 25_000)
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
		size, err := f.Seek(0, io.SeekCurrent)
		if err != nil {
			b.Fatal(err)
		}
		if o.name == "RDF/XML" {
			const runs = 5
			for range runs {
				command := exec.CommandContext(b.Context(), rapper, "-q", "-c", "-i", "rdfxml", file, "http://example.org/")
				if err := command.Run(); err != nil {
					b.Fatal(err)
				}
				theirs += (command.ProcessState.UserTime() + command.ProcessState.SystemTime()).Seconds() / float64(size) / runs
			}
		}
		b.Run(o.name, func(b *testing.B) {
			b.SetBytes(size)
			before := processorTime()
			for b.Loop() {
				if _, err := f.Seek(0, io.SeekStart); err != nil {
					b.Fatal(err)
				}
				if err := o.scan(b.Context(), f, func(syntax.Place, quad.Quad) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
			ours := (processorTime() - before).Seconds() / float64(size) / float64(b.N)
			b.ReportMetric(1e-6/ours, "MB/s-processor")
			b.ReportMetric(1e-6/theirs, "rapper-MB/s-processor")
			b.ReportMetric(ours/theirs, "of-rapper")
		})
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// processorTime is what the process has used, with the work of the collector.
func processorTime() time.Duration {
	var used unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
