package quads

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/nquads"
)

// What the fast parser reads is what the other reads.
func FuzzFastParser(f *testing.F) {
	for _, line := range strings.Split(`<http://a.example/s> <http://a.example/p> <http://a.example/o> .
_:a <http://a.example/p> "text"@en-GB <http://a.example/g> .
<a:b> <a:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> _:g .
<a:b> <a:b> "x"^^<http://www.w3.org/2001/XMLSchema#string> .
<a:b> <a:b> "say \"x\"" . # comment
<a:b>  <a:b>	"x".
_:b0. <a:b> "x"@en .
<a:b> <a:b> "x"@en--x .
<a:b> <b> <a:b> .
<a:b> <a:b> <a:b> <a:b> <a:b> .
# nothing
<a:é> <a:b> "é" .
<a:b> <a:b> "x"^^<y> .
<a:b> <a:b> "a" "b" .
"a" <a:b> <a:b> .`, "\n") {
		f.Add([]byte(line))
	}
	p := newFastParser()
	f.Fuzz(func(t *testing.T, line []byte) {
		if bytes.ContainsAny(line, "\n") {
			return
		}
		for range 2 { // from the cache, too
			got, ok := p.quad(line)
			if !ok {
				return
			}
			want, found, err := parseLine(line)
			if err != nil || !found || !reflect.DeepEqual(got, want) {
				t.Fatalf("%q: read as %#v, not %#v, %v, %v", line, got, want, found, err)
			}
		}
	})
}

var sampleLines = strings.Repeat(`<http://purl.obolibrary.org/obo/DOID_12506> <https://schema.org/name> "Bell's palsy" <https://kg.example/dataset/doid> .
<http://purl.obolibrary.org/obo/HP_0005107> <https://schema.org/identifyingTest> <http://purl.obolibrary.org/obo/MAXO_0000487> <https://kg.example/ev/maxoa/dx-L4523> .
<https://kg.example/ev/maxoa/dx-L4523> <https://schema.org/isPartOf> <https://kg.example/dataset/maxoa> .
`, 1000)

func BenchmarkFastParser(b *testing.B) {
	p := newFastParser()
	lines := bytes.Split([]byte(sampleLines), []byte("\n"))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, ok := p.quad(lines[i%3000]); !ok {
			b.Fatalf("%s", lines[i%3000])
		}
	}
}

func BenchmarkParseLine(b *testing.B) {
	lines := bytes.Split([]byte(sampleLines), []byte("\n"))
	for i := 0; b.Loop(); i++ {
		if _, _, err := parseLine(lines[i%3000]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCayleyParse(b *testing.B) {
	lines := strings.Split(sampleLines, "\n")
	var q quad.Quad
	for i := 0; b.Loop(); i++ {
		var err error
		if q, err = nquads.Parse(lines[i%3000]); err != nil {
			b.Fatal(err)
		}
	}
	_ = q
}
