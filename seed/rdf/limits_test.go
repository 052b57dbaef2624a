package rdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph"
	"github.com/plexus-kg/plexus/seed/syntax"
)

// endless is a reader of one text, then of another one over and over.
type endless struct {
	first, again string
	next         int // within again
	at, size     int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.at >= e.size {
		return 0, io.EOF
	}
	n := copy(p, e.first)
	e.first = e.first[n:]
	for n < len(p) {
		c := copy(p[n:], e.again[e.next:])
		n, e.next = n+c, (e.next+c)%len(e.again)
	}
	e.at += int64(n)
	return n, nil
}

// TestHuge reads a gigabyte of what hurts a careless reader, with little stack
// and in bounded memory: it is refused as soon as it is known for what it is.
func TestHuge(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	defer debug.SetMaxStack(debug.SetMaxStack(64 << 20))
	const start = "<http://a.example/a> <http://a.example/b> "
	for _, format := range Formats() {
		begin := map[string]string{
			"a text": start + `"`, "an IRI": start + "<", "a blank node": start + "_:", "a number": start, "brackets": start + "[ <b> ",
			"an array": "[", "an object": `{"a":`, "a JSON text": `{"@id": "`,
		}
		again := map[string]string{
			"a text": "x", "an IRI": "x", "a blank node": "x", "a number": "1", "brackets": "[ <b> ",
			"an array": "[", "an object": `{"a":`, "a JSON text": `x`,
		}
		for what, first := range begin {
			err := parse(t.Context(), format, &endless{first: first, again: again[what], size: 1 << 30}, "", func(syntax.Place, quad.Quad) error { return nil })
			var mistakes syntax.Mistakes
			if !errors.As(err, &mistakes) || len(mistakes) > syntax.MaxMistakes {
				t.Errorf("%v, %s without end: %.300v", format, what, err)
			}
		}
	}
}

// TestMany reads many small things, which are allowed, and keeps nothing of
// them.
func TestMany(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const size = 20 << 20
	for what, e := range map[string]struct {
		format Format
		text   endless
	}{
		"statements":  {Turtle, endless{again: "<http://a.example/a> <http://a.example/b> \"c\" .\n", size: size}},
		"comments":    {TriG, endless{again: "# nothing to see\n", size: size}},
		"white space": {Turtle, endless{again: "  \t\n\r", size: size}},
		"graphs":      {TriG, endless{again: "<http://a.example/a> { } ", size: size}},
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		highest := uint64(0)
		n := 0
		err := e.format.Read(t.Context(), &e.text, func(syntax.Place, quad.Quad) error {
			if n++; n%100_000 == 0 {
				runtime.ReadMemStats(&after)
				highest = max(highest, after.HeapAlloc)
			}
			return nil
		})
		var mistakes syntax.Mistakes
		if err != nil && (!errors.As(err, &mistakes) || len(mistakes) > 2) { // the text is cut off anywhere
			t.Errorf("%s: %v", what, err)
		}
		if highest > before.HeapAlloc+64<<20 {
			t.Errorf("%s: %d MiB are held", what, (highest-before.HeapAlloc)>>20)
		}
	}
}

// TestStops wants every reader to stop when its context ends or the one who
// reads has had enough.
func TestStops(t *testing.T) {
	t.Parallel()
	texts := map[Format]string{
		Turtle: "<http://a.example/a> <http://a.example/b> \"c\" .\n", TriG: "<http://a.example/a> <http://a.example/b> \"c\" .\n",
		NTriples: "<http://a.example/a> <http://a.example/b> \"c\" .\n", NQuads: "<http://a.example/a> <http://a.example/b> \"c\" .\n",
		JSONLD: `{"@id": "http://a.example/a", "http://a.example/b": "c"},`,
		XML:    `<rdf:Description rdf:about="http://a.example/a"><b xmlns="http://a.example/">c</b></rdf:Description>`,
	}
	for format, again := range texts {
		first := map[Format]string{JSONLD: "[", XML: `<rdf:RDF xmlns:rdf="` + graph.RDF + `">`}[format]
		enough := errors.New("enough")
		if err := format.Read(t.Context(), &endless{first: first, again: again, size: 1 << 40}, func(syntax.Place, quad.Quad) error { return enough }); !errors.Is(err, enough) {
			t.Errorf("%v: the error of the one who reads is %v", format, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		err := format.Read(ctx, &endless{first: first, again: again, size: 1 << 40}, func(syntax.Place, quad.Quad) error {
			if n++; n == 10_000 {
				cancel()
			}
			return nil
		})
		cancel()
		if !errors.Is(err, context.Canceled) || n > 20_000 {
			t.Errorf("%v: after a cancellation %d quads and %v", format, n, err)
		}
		fails := io.MultiReader(strings.NewReader(first+again), failing{})
		if err := format.Read(t.Context(), fails, func(syntax.Place, quad.Quad) error { return nil }); !errors.Is(err, errDisk) {
			t.Errorf("%v: the error of the disk is %v", format, err)
		}
	}
}

var errDisk = fmt.Errorf("the disk is gone")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errDisk }
