package quads_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/cayleygraph/quad"

	"github.com/plexus-kg/plexus/graph/quads"
)

func read(text io.Reader) (all []quad.Quad, lines []int, err error) {
	err = quads.ReadNQuads(context.Background(), text, func(line int, q quad.Quad) error {
		all, lines = append(all, q), append(lines, line)
		return nil
	})
	return all, lines, err
}

func TestReadNQuads(t *testing.T) {
	text := "\uFEFF# a comment\r\n" +
		`<http://a/s> <http://a/p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> <http://a/g> .` + "\n\n" +
		`_:b.1 <http://a/p> <http://a/caf\u00E9>. # the end` + "\n" +
		`<http://a/s> <http://a/p> "^^<not> \"^^<a type\"> \u00e9\n"@en-GB .` + "\n" +
		`<http://a/s> <http://a/p> "plain"^^<http://www.w3.org/2001/XMLSchema#string> .` + "\n" +
		`<http://a/s> <http://a/p> "0.50"^^<http://www.w3.org/2001/XMLSchema#double> _:g .`
	got, lines, err := read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	s, p, xsd := quad.IRI("http://a/s"), quad.IRI("http://a/p"), quad.IRI("http://www.w3.org/2001/XMLSchema#")
	want := []quad.Quad{
		{Subject: s, Predicate: p, Object: quad.TypedString{Value: "007", Type: xsd + "integer"}, Label: quad.IRI("http://a/g")},
		{Subject: quad.BNode("b.1"), Predicate: p, Object: quad.IRI("http://a/café")},
		{Subject: s, Predicate: p, Object: quad.LangString{Value: "^^<not> \"^^<a type\"> é\n", Lang: "en-GB"}},
		{Subject: s, Predicate: p, Object: quad.String("plain")},
		{Subject: s, Predicate: p, Object: quad.TypedString{Value: "0.50", Type: xsd + "double"}, Label: quad.BNode("g")},
	}
	if fmt.Sprint(got, lines) != fmt.Sprint(want, []int{2, 4, 5, 6, 7}) {
		t.Errorf("got  %#v on lines %v\nwant %#v", got, lines, want)
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("quad %d: got %#v, want %#v", i, got[i], want[i])
		}
	}
}

// TestSyntaxErrors: every mistake is found on the second line, with its column
// where there is one.
func TestSyntaxErrors(t *testing.T) {
	const good = "<http://a/s> <http://a/p> \"é\" .\n"
	for _, c := range []struct{ line, want string }{
		{"<http://a/s> <http://a/p> \"o\x00\" .", "line 2, column 29: a NUL byte"},
		{"<http://a/s> <http://a/p> \"é\xff\" .", "line 2, column 29: not UTF-8"},
		{`<http://a/s> <http://a/p> word .`, "line 2, column 27: expected <IRI>"},
		{`<http://a/s> <http://a/p> "cut`, "line 2, column 27: the literal does not end"},
		{`<http://a/s> <http://a/p> <http://a/o>`, "line 2, column 39: the quad does not end with a full stop"},
		{`<http://a/s> <http://a/p`, "line 2, column 25: the quad does not end with a full stop"},
		{`<http://a/s> <http://a/p> .`, "line 2"},
		{`"s" <http://a/p> "o" .`, "line 2, column 1: the subject must be"},
		{`<http://a/s> _:p "o" .`, "line 2, column 14: the predicate must be"},
		{`<http://a/s> <http://a/p> "o" "g" .`, "line 2, column 31: the graph label must be"},
		{`<s> <http://a/p> "o" .`, "line 2, column 1: the IRI is relative"},
		{`<http://a/s> <http://a/p> "\uD800" .`, "line 2, column 28: the escape names no Unicode character"},
		{`<http://a/s> <http://a/p> "\q" .`, "line 2"},
		{`<http://a/s> <http://a/p> "o" <http://a/g> <http://a/h> .`, "line 2"},
	} {
		got, _, err := read(strings.NewReader(good + c.line + "\n" + good))
		var mistake *quads.SyntaxError
		if !errors.As(err, &mistake) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s\n got %v\nwant %s", c.line, err, c.want)
		}
		if len(got) != 2 {
			t.Errorf("%s: %d quads around the mistake, want 2", c.line, len(got))
		}
	}
}

func TestReadErrors(t *testing.T) {
	const good = "<http://a/s> <http://a/p> \"o\" .\n"
	long := io.MultiReader(strings.NewReader(good), strings.NewReader(strings.Repeat("x", quads.MaxLine+1)))
	if _, _, err := read(long); err == nil || !strings.HasPrefix(err.Error(), "line 2: the line is longer") {
		t.Errorf("over-long line: %v", err)
	}
	broken := errors.New("broken pipe")
	if _, _, err := read(io.MultiReader(strings.NewReader(good), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("broken reader: %v", err)
	}
	stop := errors.New("enough")
	if err := quads.ReadNQuads(context.Background(), strings.NewReader(good), func(int, quad.Quad) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("yield: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := quads.ReadNQuads(ctx, strings.NewReader(good), func(int, quad.Quad) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("context: %v", err)
	}
}

// FuzzReadNQuads: no input makes the reader panic or accept what Decode then
// refuses as a quad.
func FuzzReadNQuads(f *testing.F) {
	f.Add(`<http://a/s> <http://a/p> "o\u00e9"^^<http://a/t> _:g .`)
	f.Add(`_:b. <x:> "`)
	f.Add(`<a:\> <a:b> "\U00110000"@en .`)
	f.Fuzz(func(t *testing.T, text string) {
		all, _, _ := read(strings.NewReader(text))
		for _, q := range all {
			if !q.IsValid() {
				t.Errorf("%q gives %#v", text, q)
			}
		}
	})
}
